/* Parsing options: long ones with `=` or a following value, short ones alone. */
#define _GNU_SOURCE

#include "cli/commands.h"

#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "document/tree/build.h"

const struct option options_known[] = {
    {'C', "directory", true, false}, {'o', "output", true, false},
    {'a', "auth", true, false},      {'j', "jobs", true, false},
    {'f', "format", true, true},     {'c', "color", true, true},
    {'q', "quiet", false, true},     {'w', "max-warnings", true, true},
    {'e', "error", true, true},      {'i', "ignore", true, true},
    {'h', "help", false, true},      {'O', "object", true, false},
    {'P', "operation", true, false}, {'F', "fields", true, false},
    {'I', "into", true, false},      {'R', "from", true, false},
    {'n', "dry-run", false, false},  {'B', "breaking", false, false},
    {'D', "dialog", true, false},    {'U', "update", false, false},
    {'V', "coverage", false, false}, {'M', "min-coverage", true, false},
    {'L', "locale", true, false},    {'E', "explore", false, false},
    {'S', "set", true, false},       {'N', "port", true, false},
    {'X', "export", true, false},    {'A', "address", true, false},
    {'G', "org", true, false},       {'d', "depfile", true, false},
    {'K', "known", true, false},     {'k', "check", false, false},
    {'s', "shard", true, false},
};

const size_t options_known_count = sizeof options_known / sizeof options_known[0];

bool option_has_short_form(const struct option *option)
{
    return strchr("afcweiOPFIRBDUVMLESNAGXdKks", option->letter) == NULL;
}

bool option_is_for(const struct option *option, const struct command *command)
{
    return option->everywhere || strchr(command->options, option->letter) != NULL;
}

static const struct option *find_long(struct slice name)
{
    for (size_t i = 0; i < options_known_count; i++) {
        if (slice_is(name, options_known[i].name)) {
            return &options_known[i];
        }
    }
    return NULL;
}

static const struct option *find_short(char letter)
{
    for (size_t i = 0; i < options_known_count; i++) {
        if (options_known[i].letter == letter && option_has_short_form(&options_known[i])) {
            return &options_known[i];
        }
    }
    return NULL;
}

static bool set_jobs(struct options *options, const char *value)
{
    char *end;
    unsigned long jobs = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end != '\0' || jobs < 1 || jobs > 1024) {
        cli_message("--jobs takes a number from 1 to 1024, not `%s`", value);
        return false;
    }
    options->jobs = jobs;
    return true;
}

static bool set_max_warnings(struct options *options, const char *value)
{
    char *end;
    long most = strtol(value, &end, 10);
    if (*value < '0' || *value > '9' || *end != '\0' || most < 0) {
        cli_message("--max-warnings takes a number, not `%s`", value);
        return false;
    }
    options->max_warnings = most;
    return true;
}

/* NAME=VALUE */
static bool set_entity(struct arena *arena, struct options *options, const char *value)
{
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value) {
        cli_message("--set takes NAME=VALUE, not `%s`", value);
        return false;
    }
    if (options->entities == NULL) {
        options->entities = node_new_mapping(arena);
    }
    struct slice name = {value, (size_t)(equals - value)};
    node_set(arena, options->entities, name, node_new_text(arena, slice_of(equals + 1)));
    return true;
}

static bool set_min_coverage(struct options *options, const char *value)
{
    char *end;
    long percent = strtol(value, &end, 10);
    if (*value < '0' || *value > '9' || *end != '\0' || percent < 0 || percent > 100) {
        cli_message("--min-coverage takes per cents from 0 to 100, not `%s`", value);
        return false;
    }
    options->min_coverage = percent;
    return true;
}

/* A list of a million files is enough. */
#define OPERANDS_BYTES_LIMIT ((size_t)64 * 1024 * 1024)

/* I/N */
static bool set_shard(struct options *options, const char *value)
{
    char *end;
    unsigned long shard = strtoul(value, &end, 10);
    bool has_slash = *value >= '0' && *value <= '9' && *end == '/';
    unsigned long count =
        has_slash && end[1] >= '0' && end[1] <= '9' ? strtoul(end + 1, &end, 10) : 0;
    if (*end != '\0' || shard < 1 || shard > count || count > 100000) {
        cli_message("--shard takes I/N, part I of N, such as 1/4, not `%s`", value);
        return false;
    }
    options->shard = shard - 1;
    options->shards = count;
    return true;
}

/* Codes of warnings, separated by commas. */
static bool set_codes(const char *option, const char *value, bool *codes)
{
    struct slice list = slice_of(value);
    for (size_t at = 0; at <= list.length;) {
        size_t comma = slice_find(list, ",", at);
        size_t end = comma < list.length ? comma : list.length;
        struct slice name = slice_part(list, at, end);
        enum code code = code_find(name);
        if (code == CODE_COUNT || code_info(code)->severity == SEVERITY_ERROR) {
            cli_message("--%s takes codes of warnings, and `%.*s` is %s", option, SLICE_ARG(name),
                        code == CODE_COUNT ? "none" : "an error");
            return false;
        }
        codes[code] = true;
        at = end + 1;
    }
    return true;
}

static bool set_word(const char *option, const char *value, const char *const *words, int *place)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], value) == 0) {
            *place = i;
            return true;
        }
    }
    cli_message("--%s cannot be `%s`", option, value);
    return false;
}

static bool apply(struct arena *arena, struct options *options, const struct option *option,
                  const char *value)
{
    static const char *const formats[] = {"human", "json", "sarif", "github", "junit", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    int word = 0;
    switch (option->letter) {
    case 'C':
        options->directory = value;
        return true;
    case 'o':
        options->output = value;
        return true;
    case 'O':
        options->object = value;
        return true;
    case 'P':
        options->operation = value;
        return true;
    case 'F':
        options->fields = value;
        return true;
    case 'I':
    case 'R':
        options->bot = value;
        return true;
    case 'B':
        options->breaking = true;
        return true;
    case 'U':
        options->update = true;
        return true;
    case 'E':
        options->explore = true;
        return true;
    case 'X':
        options->export = value;
        return true;
    case 'N':
        options->port = value;
        return true;
    case 'A':
        options->address = value;
        return true;
    case 'G':
        options->records = value;
        return true;
    case 'S':
        return set_entity(arena, options, value);
    case 'V':
        options->coverage = true;
        return true;
    case 'M':
        return set_min_coverage(options, value);
    case 'd':
        options->depfile = value;
        return true;
    case 'K':
        file_list_add(arena, &options->known, value);
        return true;
    case 'k':
        options->check = true;
        return true;
    case 's':
        return set_shard(options, value);
    case 'L':
        options->locale = value;
        return true;
    case 'n':
        options->dry_run = true;
        return true;
    case 'a':
        file_list_add(arena, &options->auth, value);
        return true;
    case 'D':
        file_list_add(arena, &options->dialogs, value);
        return true;
    case 'j':
        return set_jobs(options, value);
    case 'f':
        if (!set_word("format", value, formats, &word)) {
            return false;
        }
        options->format = (enum output_format)word;
        return true;
    case 'c':
        if (!set_word("color", value, colors, &word)) {
            return false;
        }
        options->color = (enum color_mode)word;
        return true;
    case 'w':
        return set_max_warnings(options, value);
    case 'e':
        return set_codes("error", value, options->policy.is_error);
    case 'i':
        return set_codes("ignore", value, options->policy.is_ignored);
    case 'q':
        options->quiet = true;
        return true;
    default:
        options->help = true;
        return true;
    }
}

/* The cores that this process may run on: one call, where counting the machine's reads files. */
static size_t core_count(void)
{
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) != 0) {
        return 1; /* more than CPU_SETSIZE of them: the user knows better, with -j */
    }
    size_t count = (size_t)CPU_COUNT(&cores);
    return count < 1 ? 1 : count > 64 ? 64 : count;
}

/* Adds an operand; `@FILE` stands for the lines of a file. */
static bool add_operand(struct arena *arena, struct options *options, const char *operand)
{
    struct slice bytes;
    const char *reason;
    if (operand[0] != '@') {
        file_list_add(arena, &options->operands, operand);
        return true;
    }
    if (file_read(arena, operand + 1, OPERANDS_BYTES_LIMIT, &bytes, &reason) != FILE_OK) {
        cli_message("cannot read %s: %s", operand + 1,
                    reason != NULL ? reason : "it is no list of files");
        return false;
    }
    for (size_t at = 0; at < bytes.length;) {
        size_t end = slice_find(bytes, "\n", at);
        end = end < bytes.length ? end : bytes.length;
        if (end > at) {
            file_list_add(arena, &options->operands, arena_copy(arena, slice_part(bytes, at, end)));
        }
        at = end + 1;
    }
    return true;
}

bool options_parse(struct arena *arena, struct options *options, const char *accepted, int count,
                   char **arguments)
{
    options->jobs = core_count();
    options->max_warnings = -1;
    bool only_operands = false;
    for (int i = 0; i < count; i++) {
        char *argument = arguments[i];
        if (only_operands || argument[0] != '-' || argument[1] == '\0') {
            if (!add_operand(arena, options, argument)) {
                return false;
            }
            continue;
        }
        if (strcmp(argument, "--") == 0) {
            only_operands = true;
            continue;
        }
        bool is_long = argument[1] == '-';
        const char *value = is_long ? strchr(argument, '=') : NULL;
        struct slice name = slice_of(argument + 1 + is_long);
        if (value != NULL) {
            name.length = (size_t)(value - name.data);
            value++;
        }
        const struct option *option = is_long ? find_long(name) : find_short(argument[1]);
        if (!is_long && option != NULL && argument[2] != '\0') {
            value = argument + 2;
        }
        bool usable =
            option != NULL && (option->everywhere || strchr(accepted, option->letter) != NULL);
        if (!usable) {
            cli_message("`dialogc %s` has no option `%s`; see `dialogc %s --help`",
                        options->command, argument, options->command);
            return false;
        }
        if (option->has_value && value == NULL) {
            if (i + 1 == count) {
                cli_message("the option `%s` needs a value", argument);
                return false;
            }
            value = arguments[++i];
        }
        if (!option->has_value && value != NULL) {
            cli_message("the option `%s` takes no value", argument);
            return false;
        }
        if (!apply(arena, options, option, value)) {
            return false;
        }
    }
    return true;
}
