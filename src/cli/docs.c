/*
 * dialogc-docs: writes the manual pages and the completions of shells, all from the tables of
 * commands and options, into a folder: man/dialogc.1 and one page for each command, and
 * dialogc.bash, _dialogc (zsh), dialogc.fish.
 *
 *     dialogc-docs FOLDER
 */
#include <stdio.h>

#include "base/version.h"
#include "base/replacement.h"
#include "cli/cli.h"
#include "cli/help.h"

struct docs {
    struct arena *arena;
    const char *folder;
};

/* What an option means, in a few words: its help up to a parenthesis, colon or semicolon. */
static struct slice short_meaning(const struct option *option)
{
    static const char *const ends[] = {" (", ":", ";"};
    struct slice text = slice_of(option->help);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t end = slice_find(text, ends[i], 0);
        text = end < text.length ? slice_part(text, 0, end) : text;
    }
    return text;
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

static void add_rows(struct docs *d, struct builder *out, const struct command *command)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_is_for(&option_table[i], command)) {
            struct builder term = builder_new(d->arena);
            help_add_term(&term, &option_table[i]);
            builder_add_text(out, ".TP\n.B ");
            add_roff(out, builder_slice(&term));
            builder_add_char(out, '\n');
            add_roff(out, slice_of(option_table[i].help));
            builder_add_char(out, '\n');
        }
    }
}

/* Paragraphs, separated by empty lines. */
static void add_paragraphs(struct builder *out, struct slice text)
{
    static const char separator[] = "\n\n";
    while (text.length > 0) {
        size_t end = slice_find(text, separator, 0);
        end = end < text.length ? end : text.length;
        add_roff(out, slice_part(text, 0, end));
        builder_add_char(out, '\n');
        if (end < text.length) {
            builder_add_text(out, ".PP\n");
            end += strlen(separator);
        }
        text = slice_part(text, end, text.length);
    }
}

static void begin_page(struct builder *out, const char *title)
{
    builder_printf(out, ".TH %s 1 \"\" \"dialogc %s\" \"dialogc\"\n.SH NAME\n", title,
                   version_string());
}

static void add_exit_status(struct builder *out)
{
    builder_add_text(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; exit_meanings[i].meaning != NULL; i++) {
        builder_printf(out, ".TP\n.B %d\n%s\n", exit_meanings[i].status, exit_meanings[i].meaning);
    }
}

static struct slice command_page(struct docs *d, const struct command *command)
{
    struct builder out = builder_new(d->arena);
    struct builder synopsis = builder_new(d->arena);
    begin_page(
        &out, arena_upper_case(d->arena, arena_printf(d->arena, "dialogc-%s", command->name)).data);
    help_add_synopsis(&synopsis, command);
    builder_printf(&out, "dialogc\\-%s \\- %s\n.SH SYNOPSIS\n.B ", command->name, command->summary);
    add_roff(&out, builder_slice(&synopsis));
    builder_add_text(&out, "\n.SH DESCRIPTION\n");
    add_paragraphs(&out, slice_of(command->description));
    builder_add_text(&out, ".SH OPTIONS\n");
    add_rows(d, &out, command);
    add_exit_status(&out);
    builder_add_text(&out, ".SH SEE ALSO\n.BR dialogc (1)\n");
    return builder_slice(&out);
}

static struct slice main_page(struct docs *d)
{
    struct builder out = builder_new(d->arena);
    begin_page(&out, "DIALOGC");
    builder_add_text(
        &out, "dialogc \\- compile action templates to dialog tasks of the Kore.ai XO Platform\n"
              ".SH SYNOPSIS\n.B dialogc\n.I command\n"
              "[\\fIoption\\fR]... [\\fIfile\\fR]...\n"
              ".SH DESCRIPTION\n"
              "dialogc reads action templates (YAML), checks their syntax against JSON Schemas and "
              "their\n"
              "meaning against the flow and Salesforce, and writes dialog tasks in the platform's "
              "export format.\n"
              "The documents installed with the program describe templates, projects and tests.\n"
              ".SH COMMANDS\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        builder_printf(&out, ".TP\n.BR dialogc\\-%s (1)\n%s\n", commands[i].name,
                       commands[i].summary);
    }
    add_exit_status(&out);
    builder_add_text(&out,
                     ".SH FILES\n"
                     ".TP\n.I dialogc.yaml\nthe project file: settings that its templates share\n"
                     ".TP\n.I .dialogc/state\nthe results of the last build; safe to delete\n");
    return builder_slice(&out);
}

/* ---- completions ---- */

/* The words that an option takes, with blanks between them; empty: other values. */
static struct slice words_of(struct docs *d, const struct option *option)
{
    struct builder out = builder_new(d->arena);
    for (size_t i = 0; option->words != NULL && option->words[i] != NULL; i++) {
        builder_printf(&out, "%s%s", i > 0 ? " " : "", option->words[i]);
    }
    return builder_slice(&out);
}

/* A case of the shell for each option of the command that takes a value. */
static void add_bash_values(struct docs *d, struct builder *out, const struct command *command)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        if (!option_is_for(option, command) || !option_has_value(option) || option->takes_path) {
            continue;
        }
        struct slice words = words_of(d, option);
        builder_printf(out, "    %s:--%s", command->name, option->name);
        if (option->letter != '\0') {
            builder_printf(out, "|%s:-%c", command->name, option->letter);
        }
        if (words.length > 0) {
            builder_printf(out, ") COMPREPLY=($(compgen -W '%.*s' -- \"$word\")); return;;\n",
                           SLICE_ARG(words));
        } else {
            builder_add_text(out, ") return;;\n");
        }
    }
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
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        builder_printf(&out, "%s ", commands[i].name);
    }
    builder_add_text(&out, "--help --version' -- \"$word\"))\n        return\n    fi\n"
                           "    case ${COMP_WORDS[1]}:$before in\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        add_bash_values(d, &out, &commands[i]);
    }
    builder_add_text(&out, "    esac\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        builder_printf(&out, "    %s) options='", commands[i].name);
        const char *space = "";
        for (size_t j = 0; j < option_count; j++) {
            if (option_is_for(&option_table[j], &commands[i])) {
                builder_printf(&out, "%s--%s", space, option_table[j].name);
                space = " ";
            }
        }
        builder_add_text(&out, "';;\n");
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

static void add_zsh_option(struct docs *d, struct builder *out, const struct option *option)
{
    bool has_value = option_has_value(option);
    struct slice words = words_of(d, option);
    builder_printf(out, " \\\n      '%s--%s%s[", has_value ? "*" : "", option->name,
                   has_value ? "=" : "");
    add_quoted(out, short_meaning(option), true);
    builder_add_char(out, ']');
    if (words.length > 0) {
        builder_printf(out, ":word:(%.*s)", SLICE_ARG(words));
    } else if (has_value) {
        builder_add_text(out, option->takes_path ? ":value:_files" : ":value: ");
    }
    builder_add_char(out, '\'');
}

static struct slice zsh_completion(struct docs *d)
{
    struct builder out = builder_new(d->arena);
    builder_add_text(&out, "#compdef dialogc\n# Completion of dialogc for zsh.\n"
                           "_dialogc() {\n  local -a commands\n  commands=(\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        builder_printf(&out, "    '%s:", commands[i].name);
        add_quoted(&out, slice_of(commands[i].summary), true);
        builder_add_text(&out, "'\n");
    }
    builder_add_text(&out, "  )\n  if (( CURRENT == 2 )); then\n"
                           "    _describe command commands\n    return\n  fi\n"
                           "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n"
                           "  case $command in\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        builder_printf(&out, "    %s) _arguments -s", commands[i].name);
        for (size_t j = 0; j < option_count; j++) {
            if (option_is_for(&option_table[j], &commands[i])) {
                add_zsh_option(d, &out, &option_table[j]);
            }
        }
        builder_add_text(&out, " \\\n      '*:file:_files' ;;\n");
    }
    builder_add_text(&out, "  esac\n}\n_dialogc \"$@\"\n");
    return builder_slice(&out);
}

static void add_fish_option(struct docs *d, struct builder *out, const struct command *command,
                            const struct option *option)
{
    struct slice words = words_of(d, option);
    builder_printf(out, "complete -c dialogc -n '__fish_seen_subcommand_from %s' -l %s",
                   command->name, option->name);
    if (option->letter != '\0') {
        builder_printf(out, " -s %c", option->letter);
    }
    builder_add_text(out, option_has_value(option) ? " -r" : "");
    builder_add_text(out, option_has_value(option) && !option->takes_path ? " -f" : "");
    if (words.length > 0) {
        builder_printf(out, " -a '%.*s'", SLICE_ARG(words));
    }
    builder_add_text(out, " -d '");
    add_quoted(out, short_meaning(option), false);
    builder_add_text(out, "'\n");
}

static struct slice fish_completion(struct docs *d)
{
    struct builder out = builder_new(d->arena);
    builder_add_text(&out, "# Completion of dialogc for fish.\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const struct command *command = &commands[i];
        builder_printf(&out, "complete -c dialogc -n __fish_use_subcommand -f -a %s -d '",
                       command->name);
        add_quoted(&out, slice_of(command->summary), false);
        builder_add_text(&out, "'\n");
        for (size_t j = 0; j < option_count; j++) {
            if (option_is_for(&option_table[j], command)) {
                add_fish_option(d, &out, command, &option_table[j]);
            }
        }
    }
    return builder_slice(&out);
}

/* ---- files ---- */

static bool write_file(struct docs *d, struct slice name, struct slice bytes)
{
    const char *path = arena_printf(d->arena, "%s/%.*s", d->folder, SLICE_ARG(name)).data;
    struct file_replacement replacement;
    size_t failed;
    const char *reason;
    if (replacement_prepare(d->arena, path, bytes, REPLACEMENT_LINK, &replacement, &reason) &&
        replacements_place(d->arena, &replacement, 1, &failed, &reason) == REPLACED) {
        replacements_finish(&replacement, 1);
        return true;
    }
    fprintf(stderr, "dialogc-docs: cannot write %s: %s\n", path, reason);
    return false;
}

static bool write_all(struct docs *d)
{
    const char *reason;
    const char *man = arena_printf(d->arena, "%s/man", d->folder).data;
    if (!file_make_directory(d->arena, man, NULL, &reason)) {
        fprintf(stderr, "dialogc-docs: cannot create %s: %s\n", man, reason);
        return false;
    }
    bool written = write_file(d, SLICE("man/dialogc.1"), main_page(d));
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
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
