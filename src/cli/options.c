/*
 * Parsing a command line by the table of options. getopt_long would need a table of its own made
 * from ours for each command, would accept every unambiguous beginning of a name (so that a new
 * option could break a script), and would print its own messages; this loop is as short.
 */
#define _GNU_SOURCE

#include "cli/options.h"

#include "base/suggestion.h"
#include "base/system.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/option.h"

/* A list of a million files is enough. */
#define OPERANDS_BYTES_LIMIT ((size_t)64 * 1024 * 1024)

struct parser {
    struct arena *arena;
    struct options *options;
    const struct command *command;
    bool *given; /* for each row of the table */
    char **arguments;
    int count;
    int at;
    bool system_failed; /* the command line may be right, but what it names cannot be read */
};

/* ---- finding an option ---- */

/* An option of the command; `*elsewhere` gets a bit for each command that has one of this name. */
static const struct option *find_option(const struct command *command, bool is_long,
                                        struct slice name, uint32_t *elsewhere)
{
    *elsewhere = 0;
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        bool is_named = is_long ? slice_is(name, option->name)
                                : name.length > 0 && option->letter == name.data[0];
        if (is_named && option_is_for(option, command)) {
            return option;
        }
        *elsewhere |= is_named ? option->commands : 0;
    }
    return NULL;
}

/* "an option of `dialogc test` and `dialogc chat`" */
static struct slice name_owners(struct arena *arena, uint32_t owners)
{
    enum { MOST_SHOWN = 3 };
    struct builder out = builder_new(arena);
    size_t count = 0;
    size_t shown = 0;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        count += owners >> i & 1;
    }
    builder_add_text(&out, count > MOST_SHOWN ? "an option of other commands, such as "
                                              : "an option of ");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if ((owners >> i & 1) == 0 || (count > MOST_SHOWN && shown > 0)) {
            continue;
        }
        builder_printf(&out, "%s`dialogc %s`",
                       shown == 0           ? ""
                       : shown + 1 == count ? " and "
                                            : ", ",
                       commands[i].name);
        shown++;
    }
    return builder_slice(&out);
}

static void refuse_option(const struct parser *p, bool is_long, struct slice name,
                          uint32_t elsewhere)
{
    const char *command = p->command->name;
    struct slice shown = is_long ? name : slice_part(name, 0, name.length > 0);
    const char *dashes = is_long ? "--" : "-";
    if (elsewhere != 0) {
        struct slice owners = name_owners(p->arena, elsewhere);
        cli_message("`dialogc %s` does not have the option `%s%.*s`; it is %.*s", command, dashes,
                    SLICE_ARG(shown), SLICE_ARG(owners));
        return;
    }
    /* the whole word: `-format` is meant to be `--format` */
    struct suggestion meant = suggestion_new(name);
    for (size_t i = 0; i < option_count; i++) {
        if (option_is_for(&option_table[i], p->command)) {
            suggestion_offer(&meant, slice_of(option_table[i].name));
        }
    }
    if (meant.best.length > 0) {
        cli_message("`dialogc %s` does not have the option `%s%.*s`; did you mean `--%.*s`?",
                    command, dashes, SLICE_ARG(name), SLICE_ARG(meant.best));
    } else {
        cli_message("`dialogc %s` does not have the option `%s%.*s`; `dialogc %s --help` lists its "
                    "options",
                    command, dashes, SLICE_ARG(shown), command);
    }
}

/* ---- parsing ---- */

/* "--auth FILE" */
static struct slice show_use(struct arena *arena, const struct option *option)
{
    return arena_printf(arena, "--%s %.*s", option->name,
                        SLICE_ARG(option_argument(arena, option)));
}

/* `--name`, `--name=value`, `--name value`, `-n`, `-nvalue`, `-n value`. */
static bool parse_option(struct parser *p)
{
    const char *argument = p->arguments[p->at];
    bool is_long = argument[1] == '-';
    const char *value = strchr(argument, '=');
    struct slice name = slice_of(argument + 1 + is_long);
    if (value != NULL) {
        name.length = (size_t)(value - name.data);
        value++;
    }
    uint32_t elsewhere;
    const struct option *option = find_option(p->command, is_long, name, &elsewhere);
    if (option == NULL) {
        refuse_option(p, is_long, name, elsewhere);
        return false;
    }
    if (!is_long) {
        value = argument[2] != '\0' ? argument + 2 : NULL;
    }
    if (!option_has_value(option)) {
        if (value != NULL) {
            cli_message("the option `--%s` takes no value: write it alone, not as `%s`",
                        option->name, argument);
            return false;
        }
    } else if (value == NULL && p->at + 1 < p->count) {
        value = p->arguments[++p->at];
    }
    if (option_has_value(option) && (value == NULL || value[0] == '\0')) {
        cli_message("the option `--%s` needs a value: `%.*s`", option->name,
                    SLICE_ARG(show_use(p->arena, option)));
        return false;
    }
    p->given[option - option_table] = true;
    return option->set(p->arena, p->options, option, value);
}

/* Adds an operand; `@FILE` stands for the lines of a file, which may be one of Windows. */
static bool add_operand(struct parser *p, const char *operand)
{
    struct arena *arena = p->arena;
    struct options *options = p->options;
    struct slice bytes;
    const char *reason;
    if (operand[0] != '@') {
        file_list_add(arena, &options->operands, operand);
        return true;
    }
    enum file_status status = file_read(arena, operand + 1, OPERANDS_BYTES_LIMIT, &bytes, &reason);
    if (status != FILE_OK) {
        p->system_failed = status == FILE_FAILED;
        cli_message("cannot read %s: %s", operand + 1,
                    status == FILE_FAILED ? reason : "it is not a list of files");
        return false;
    }
    if (utf16_is_likely(bytes)) {
        cli_message("cannot read %s: it looks like UTF-16; save it as UTF-8", operand + 1);
        return false;
    }
    struct slice line;
    for (size_t at = utf8_mark(bytes); slice_next_part(bytes, '\n', &at, &line);) {
        line.length -= slice_ends_with(line, "\r");
        if (line.length > 0) {
            file_list_add(arena, &options->operands, arena_copy(arena, line));
        }
    }
    return true;
}

static bool parse_arguments(struct parser *p)
{
    bool only_operands = false;
    for (; p->at < p->count; p->at++) {
        const char *argument = p->arguments[p->at];
        if (only_operands || argument[0] != '-' || argument[1] == '\0') {
            if (!add_operand(p, argument)) {
                return false;
            }
        } else if (strcmp(argument, "--") == 0) {
            only_operands = true;
        } else if (!parse_option(p)) {
            return false;
        }
    }
    return true;
}

/* ---- what belongs together ---- */

static bool is_given(const struct parser *p, struct slice name)
{
    for (size_t i = 0; i < option_count; i++) {
        if (p->given[i] && slice_is(name, option_table[i].name)) {
            return true;
        }
    }
    return false;
}

/* The option of the command with this name. */
static const struct option *own_option(const struct parser *p, const char *name)
{
    uint32_t elsewhere;
    return find_option(p->command, true, slice_of(name), &elsewhere);
}

/* That no option is there which another one makes useless. */
static bool check_excluded(const struct parser *p, const struct option *option)
{
    struct slice rest = slice_of(option->excludes);
    while (rest.length > 0) {
        size_t space = slice_find(rest, " ", 0);
        struct slice other = slice_part(rest, 0, space < rest.length ? space : rest.length);
        if (is_given(p, other)) {
            cli_message("`--%s` and `--%.*s` cannot be used together", option->name,
                        SLICE_ARG(other));
            return false;
        }
        rest = slice_part(rest, other.length + (space < rest.length), rest.length);
    }
    return true;
}

static bool check_options(const struct parser *p)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        if (!option_is_for(option, p->command)) {
            continue;
        }
        if (option->required && !p->given[i]) {
            cli_message("`dialogc %s` needs `%.*s`: %s", p->command->name,
                        SLICE_ARG(show_use(p->arena, option)), option->help);
            return false;
        }
        if (p->given[i] && option->needs != NULL && !is_given(p, slice_of(option->needs))) {
            cli_message("`--%s` needs `%.*s`", option->name,
                        SLICE_ARG(show_use(p->arena, own_option(p, option->needs))));
            return false;
        }
        if (p->given[i] && option->excludes != NULL && !check_excluded(p, option)) {
            return false;
        }
    }
    return true;
}

static bool check_operands(const struct parser *p)
{
    size_t count = p->options->operands.count;
    if (count >= p->command->least && count <= p->command->most) {
        return true;
    }
    cli_message("`dialogc %s` takes %s", p->command->name, p->command->takes);
    return false;
}

int options_parse(struct arena *arena, struct options *options, int count, char **arguments)
{
    struct parser parser = {
        .arena = arena,
        .options = options,
        .command = options->command,
        .given = arena_alloc_array(arena, option_count, sizeof(bool)),
        .arguments = arguments,
        .count = count,
    };
    options->jobs = system_cores();
    options->max_warnings = -1;
    bool parsed = parse_arguments(&parser) &&
                  (options->help || (check_options(&parser) && check_operands(&parser)));
    return parsed ? STATUS_OK : parser.system_failed ? STATUS_SYSTEM : STATUS_USAGE;
}
