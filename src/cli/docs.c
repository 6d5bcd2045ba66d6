/*
 * dialogc-docs: writes the manual pages and the completions of shells, all from the table of
 * commands, into a folder: man/dialogc.1 and one page for each command, and dialogc.bash, _dialogc
 * (zsh), dialogc.fish.
 *
 *     dialogc-docs FOLDER
 */
#include "cli/commands.h"

#include <stdio.h>

#include "base/version.h"

struct docs {
    struct arena *arena;
    const char *folder;
};

/* ---- the help of a command ---- */

/* A line of text off the front of `rest`. */
static struct slice take_line(struct slice *rest)
{
    size_t end = slice_find(*rest, "\n", 0);
    end = end < rest->length ? end : rest->length;
    struct slice line = slice_part(*rest, 0, end);
    *rest = slice_part(*rest, end < rest->length ? end + 1 : end, rest->length);
    return line;
}

static struct slice trimmed(struct slice text)
{
    while (text.length > 0 && text.data[0] == ' ') {
        text = slice_part(text, 1, text.length);
    }
    return text;
}

/* A row of the list of options: the term, and its meaning with the lines that go on. */
struct row {
    struct slice term;
    struct slice meaning;
};

static bool is_row(struct slice line)
{
    return line.length > 2 && slice_starts_with(line, "  ") && line.data[2] != ' ';
}

/* The next row of a help text; false when there is none. */
static bool take_row(struct arena *arena, struct slice *rest, struct row *row)
{
    struct slice line = SLICE("");
    while (rest->length > 0 && !is_row(line)) {
        line = take_line(rest);
    }
    if (!is_row(line)) {
        return false;
    }
    size_t gap = slice_find(line, "  ", 2);
    gap = gap < line.length ? gap : slice_find(line, " colour", 2); /* the term fills its column */
    gap = gap < line.length ? gap : line.length;
    row->term = slice_part(line, 2, gap);
    struct builder meaning = builder_new(arena);
    builder_add(&meaning, trimmed(slice_part(line, gap, line.length)));
    while (slice_starts_with(*rest, "      ")) {
        builder_add_char(&meaning, ' ');
        builder_add(&meaning, trimmed(take_line(rest)));
    }
    row->meaning = builder_slice(&meaning);
    return true;
}

/* Up to a parenthesis, a colon or a semicolon. */
static struct slice first_clause(struct slice text)
{
    static const char *const ends[] = {" (", ":", ";"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t end = slice_find(text, ends[i], 0);
        text = end < text.length ? slice_part(text, 0, end) : text;
    }
    return text;
}

/* What an option means to a command: the first clause of its row; its name when there is none. */
static struct slice meaning_of(struct arena *arena, const struct command *command,
                               const struct option *option)
{
    struct slice texts[] = {slice_of(command->help), slice_of(command_shared_help)};
    struct slice wanted = arena_printf(arena, "--%s", option->name);
    for (size_t i = 0; i < 2; i++) {
        struct row row;
        while (take_row(arena, &texts[i], &row)) {
            size_t at = slice_find(row.term, wanted.data, 0);
            char after =
                at + wanted.length < row.term.length ? row.term.data[at + wanted.length] : ' ';
            if (at < row.term.length && (after == ' ' || after == '=' || after == ',')) {
                return first_clause(row.meaning);
            }
        }
    }
    return slice_of(option->name);
}

/* ---- manual pages ---- */

/* Text of a page: a hyphen is a minus, a backslash itself, `x` is bold. */
static void add_roff(struct builder *out, struct slice text)
{
    bool bold = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '`') {
            builder_add_text(out, bold ? "\\fR" : "\\fB");
            bold = !bold;
        } else if (c == '-') {
            builder_add_text(out, "\\-");
        } else if (c == '\\') {
            builder_add_text(out, "\\e");
        } else if ((c == '.' || c == '\'') && (i == 0 || text.data[i - 1] == '\n')) {
            builder_printf(out, "\\&%c", c);
        } else {
            builder_add_char(out, c);
        }
    }
}

static void add_rows(struct docs *d, struct builder *out, const char *text)
{
    struct slice rest = slice_of(text);
    struct row row;
    while (take_row(d->arena, &rest, &row)) {
        builder_add_text(out, ".TP\n.B ");
        add_roff(out, row.term);
        builder_add_char(out, '\n');
        add_roff(out, row.meaning);
        builder_add_char(out, '\n');
    }
}

static void begin_page(struct builder *out, const char *title)
{
    builder_printf(out, ".TH %s 1 \"\" \"dialogc %s\" \"dialogc\"\n.SH NAME\n", title,
                   version_string());
}

static void add_end(struct docs *d, struct builder *out)
{
    builder_add_text(out, ".SH FINDINGS\nOptions that every command has:\n");
    add_rows(d, out, command_shared_help);
    builder_add_text(out,
                     ".SH EXIT STATUS\n"
                     ".TP\n.B 0\nclean\n"
                     ".TP\n.B 1\nfindings: the input has errors\n"
                     ".TP\n.B 2\nwrong usage\n"
                     ".TP\n.B 3\nthe system failed: cannot read, cannot write, out of memory\n");
}

static struct slice command_page(struct docs *d, const struct command *command)
{
    struct builder out = builder_new(d->arena);
    begin_page(
        &out, arena_upper_case(d->arena, arena_printf(d->arena, "dialogc-%s", command->name)).data);
    builder_printf(&out, "dialogc\\-%s \\- %s\n.SH SYNOPSIS\n.B ", command->name, command->summary);
    add_roff(&out, slice_of(command->synopsis));
    builder_add_text(&out, "\n.SH DESCRIPTION\n");
    struct slice rest = slice_of(command->help);
    bool has_rows = false;
    bool ends_paragraph = false;
    while (rest.length > 0 && !has_rows) {
        struct slice line = take_line(&rest);
        has_rows = is_row(line);
        if (!has_rows && line.length > 0) {
            builder_add_text(&out, ends_paragraph ? ".PP\n" : "");
            add_roff(&out, line);
            builder_add_char(&out, '\n');
        }
        ends_paragraph = line.length == 0;
    }
    if (has_rows) {
        builder_add_text(&out, ".SH OPTIONS\n");
        add_rows(d, &out, command->help);
    }
    add_end(d, &out);
    builder_add_text(&out, ".SH SEE ALSO\n.BR dialogc (1)\n");
    return builder_slice(&out);
}

static struct slice main_page(struct docs *d)
{
    struct builder out = builder_new(d->arena);
    begin_page(&out, "DIALOGC");
    builder_add_text(
        &out, "dialogc \\- compile action templates to dialog tasks of the Kore.ai XO Platform\n"
              ".SH SYNOPSIS\n.B dialogc\n.I command\n[\\fIoption\\fR]... [\\fIfile\\fR]...\n"
              ".SH DESCRIPTION\n"
              "dialogc reads action templates (YAML), validates them against JSON Schemas and "
              "against the\nmeaning of what they say, and writes the platform's dialog tasks in "
              "the form of its exports.\nTemplates, projects and their tests are described in "
              "the documents that come with the program.\n"
              ".SH COMMANDS\n");
    for (size_t i = 0; i < command_count; i++) {
        builder_printf(&out, ".TP\n.BR dialogc\\-%s (1)\n%s\n", commands[i].name,
                       commands[i].summary);
    }
    add_end(d, &out);
    builder_add_text(&out, ".SH FILES\n.TP\n.I dialogc.yaml\nthe project: what its templates "
                           "share\n.TP\n.I .dialogc/state\nwhat the last build has found; may be "
                           "deleted\n");
    return builder_slice(&out);
}

/* ---- completions ---- */

static const char formats[] = "human json sarif github junit";
static const char colors[] = "auto always never";

/* The words that an option takes; NULL: others. */
static const char *words_of(const struct option *option)
{
    return strcmp(option->name, "format") == 0  ? formats
           : strcmp(option->name, "color") == 0 ? colors
                                                : NULL;
}

static struct slice bash_completion(struct docs *d)
{
    struct builder out = builder_new(d->arena);
    builder_add_text(&out,
                     "# Completion of dialogc for bash.\n_dialogc()\n{\n"
                     "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "    if [ \"$word\" = = ]; then word=; fi\n"
                     "    if [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
                     "    local options\n    COMPREPLY=()\n"
                     "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '");
    for (size_t i = 0; i < command_count; i++) {
        builder_printf(&out, "%s ", commands[i].name);
    }
    builder_printf(&out,
                   "--help --version' -- \"$word\"))\n        return\n    fi\n"
                   "    case $before in\n"
                   "    --format) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return;;\n"
                   "    --color) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return;;\n"
                   "    esac\n    case ${COMP_WORDS[1]} in\n",
                   formats, colors);
    for (size_t i = 0; i < command_count; i++) {
        builder_printf(&out, "    %s) options='", commands[i].name);
        for (size_t j = 0; j < options_known_count; j++) {
            const struct option *option = &options_known[j];
            /* two options may have one letter: only what the help speaks of is offered */
            if (option_is_for(option, &commands[i]) &&
                !slice_is(meaning_of(d->arena, &commands[i], option), option->name)) {
                builder_printf(&out, "--%s ", option->name);
            }
        }
        builder_add_text(&out, "--help';;\n");
    }
    builder_add_text(&out, "    esac\n    case $word in\n"
                           "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\"));;\n"
                           "    *) COMPREPLY=($(compgen -f -- \"$word\"));;\n    esac\n}\n"
                           "complete -o filenames -F _dialogc dialogc\n");
    return builder_slice(&out);
}

/* Text inside of single quotes of a shell; zsh's own signs are escaped. */
static void add_quoted(struct builder *out, struct slice text, bool zsh)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\'') {
            builder_add_text(out, zsh ? "'\\''" : "\\'");
        } else if (c == '\\' || (zsh && (c == '[' || c == ']' || c == ':'))) {
            builder_printf(out, "\\%c", c);
        } else if (c != '`') {
            builder_add_char(out, c);
        }
    }
}

static struct slice zsh_completion(struct docs *d)
{
    struct builder out = builder_new(d->arena);
    builder_add_text(&out, "#compdef dialogc\n# Completion of dialogc for zsh.\n"
                           "_dialogc() {\n  local -a commands\n  commands=(\n");
    for (size_t i = 0; i < command_count; i++) {
        builder_printf(&out, "    '%s:", commands[i].name);
        add_quoted(&out, slice_of(commands[i].summary), true);
        builder_add_text(&out, "'\n");
    }
    builder_add_text(&out, "  )\n  if (( CURRENT == 2 )); then\n"
                           "    _describe command commands\n    return\n  fi\n"
                           "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n"
                           "  case $command in\n");
    for (size_t i = 0; i < command_count; i++) {
        builder_printf(&out, "    %s) _arguments -s", commands[i].name);
        for (size_t j = 0; j < options_known_count; j++) {
            const struct option *option = &options_known[j];
            struct slice meaning = meaning_of(d->arena, &commands[i], option);
            if (!option_is_for(option, &commands[i]) || slice_is(meaning, option->name)) {
                continue;
            }
            builder_printf(&out, " \\\n      '%s--%s%s[", option->has_value ? "*" : "",
                           option->name, option->has_value ? "=" : "");
            add_quoted(&out, meaning, true);
            builder_add_char(&out, ']');
            if (words_of(option) != NULL) {
                builder_printf(&out, ":word:(%s)", words_of(option));
            } else if (option->has_value) {
                builder_add_text(&out, ":value:_files");
            }
            builder_add_char(&out, '\'');
        }
        builder_add_text(&out, " \\\n      '*:file:_files' ;;\n");
    }
    builder_add_text(&out, "  esac\n}\n_dialogc \"$@\"\n");
    return builder_slice(&out);
}

static struct slice fish_completion(struct docs *d)
{
    struct builder out = builder_new(d->arena);
    builder_add_text(&out, "# Completion of dialogc for fish.\n");
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        builder_printf(&out, "complete -c dialogc -n __fish_use_subcommand -f -a %s -d '",
                       command->name);
        add_quoted(&out, slice_of(command->summary), false);
        builder_add_text(&out, "'\n");
        for (size_t j = 0; j < options_known_count; j++) {
            const struct option *option = &options_known[j];
            struct slice meaning = meaning_of(d->arena, command, option);
            if (!option_is_for(option, command) || slice_is(meaning, option->name)) {
                continue;
            }
            builder_printf(&out, "complete -c dialogc -n '__fish_seen_subcommand_from %s' -l %s",
                           command->name, option->name);
            if (option_has_short_form(option)) {
                builder_printf(&out, " -s %c", option->letter);
            }
            builder_add_text(&out, option->has_value ? " -r" : "");
            if (words_of(option) != NULL) {
                builder_printf(&out, " -f -a '%s'", words_of(option));
            }
            builder_add_text(&out, " -d '");
            add_quoted(&out, meaning, false);
            builder_add_text(&out, "'\n");
        }
    }
    return builder_slice(&out);
}

/* ---- files ---- */

static bool write_file(struct docs *d, struct slice name, struct slice bytes)
{
    const char *path = arena_printf(d->arena, "%s/%.*s", d->folder, SLICE_ARG(name)).data;
    struct file_replacement replacement;
    const char *reason;
    if (file_replacement_prepare(d->arena, path, bytes, &replacement, &reason) &&
        file_replacement_commit(&replacement, &reason)) {
        return true;
    }
    fprintf(stderr, "dialogc-docs: cannot write %s: %s\n", path, reason);
    return false;
}

static bool write_all(struct docs *d)
{
    const char *reason;
    const char *man = arena_printf(d->arena, "%s/man", d->folder).data;
    if (!file_make_directory(d->arena, man, &reason)) {
        fprintf(stderr, "dialogc-docs: cannot create %s: %s\n", man, reason);
        return false;
    }
    bool written = write_file(d, SLICE("man/dialogc.1"), main_page(d));
    for (size_t i = 0; i < command_count; i++) {
        struct slice name = arena_printf(d->arena, "man/dialogc-%s.1", commands[i].name);
        written = write_file(d, name, command_page(d, &commands[i])) && written;
    }
    return write_file(d, SLICE("dialogc.bash"), bash_completion(d)) &&
           write_file(d, SLICE("_dialogc"), zsh_completion(d)) &&
           write_file(d, SLICE("dialogc.fish"), fish_completion(d)) && written;
}

int main(int count, char **arguments)
{
    struct arena arena;
    jmp_buf recovery;
    if (count != 2) {
        fputs("usage: dialogc-docs FOLDER\n", stderr);
        return STATUS_USAGE;
    }
    arena_init(&arena);
    arena.recovery = &recovery;
    struct docs docs = {&arena, arguments[1]};
    bool written = setjmp(recovery) == 0 && write_all(&docs);
    arena_free(&arena);
    return written ? STATUS_OK : STATUS_SYSTEM;
}
