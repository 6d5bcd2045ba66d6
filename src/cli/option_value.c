/* One function for each kind of value; each says what the option takes when it is given another. */
#include "cli/option_value.h"

#include <limits.h>
#include <stdlib.h>

#include "base/suggestion.h"
#include "cli/cli.h"
#include "document/tree/build.h"

const char *const option_formats[] = {
    [FORMAT_HUMAN] = "human",   [FORMAT_JSON] = "json",   [FORMAT_SARIF] = "sarif",
    [FORMAT_GITHUB] = "github", [FORMAT_JUNIT] = "junit", NULL,
};

const char *const option_colors[] = {
    [COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never", NULL};

struct slice option_word_list(struct arena *arena, const char *const *words)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; words[i] != NULL; i++) {
        const char *before = i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ";
        builder_printf(&out, "%s%s", before, words[i]);
    }
    return builder_slice(&out);
}

static void *field_of(struct options *options, const struct option *option)
{
    return (char *)options + option->field;
}

/* ---- texts ---- */

bool option_check_word(struct arena *arena, struct slice beginning, const char *const *words,
                       const char *value)
{
    struct suggestion meant = suggestion_new(slice_of(value));
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], value) == 0) {
            return true;
        }
        suggestion_offer(&meant, slice_of(words[i]));
    }
    struct slice allowed = option_word_list(arena, words);
    if (meant.best.length > 0) {
        cli_message("%.*s %.*s, not `%s`; did you mean `%.*s`?", SLICE_ARG(beginning),
                    SLICE_ARG(allowed), value, SLICE_ARG(meant.best));
    } else {
        cli_message("%.*s %.*s, not `%s`", SLICE_ARG(beginning), SLICE_ARG(allowed), value);
    }
    return false;
}

static bool is_word_of(struct arena *arena, const struct option *option, const char *value)
{
    struct slice beginning = arena_printf(arena, "`--%s` takes", option->name);
    return option_check_word(arena, beginning, option->words, value);
}

/* The place of a word that is in the list. */
static int place_of(const char *const *words, const char *value)
{
    int place = 0;
    while (strcmp(words[place], value) != 0) {
        place++;
    }
    return place;
}

bool option_set_flag(struct arena *arena, struct options *options, const struct option *option,
                     const char *value)
{
    (void)arena;
    (void)value;
    *(bool *)field_of(options, option) = true;
    return true;
}

bool option_set_text(struct arena *arena, struct options *options, const struct option *option,
                     const char *value)
{
    if (option->words != NULL && !is_word_of(arena, option, value)) {
        return false;
    }
    *(const char **)field_of(options, option) = value;
    return true;
}

bool option_set_list(struct arena *arena, struct options *options, const struct option *option,
                     const char *value)
{
    file_list_add(arena, field_of(options, option), value);
    return true;
}

bool option_set_format(struct arena *arena, struct options *options, const struct option *option,
                       const char *value)
{
    if (!is_word_of(arena, option, value)) {
        return false;
    }
    options->format = (enum output_format)place_of(option_formats, value);
    return true;
}

bool option_set_color(struct arena *arena, struct options *options, const struct option *option,
                      const char *value)
{
    if (!is_word_of(arena, option, value)) {
        return false;
    }
    options->color = (enum color_mode)place_of(option_colors, value);
    return true;
}

bool option_set_entity(struct arena *arena, struct options *options, const struct option *option,
                       const char *value)
{
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value) {
        cli_message("`--%s` takes NAME=VALUE, not `%s`", option->name, value);
        return false;
    }
    if (options->chat.entities == NULL) {
        options->chat.entities = node_new_mapping(arena);
    }
    struct slice name = {value, (size_t)(equals - value)};
    node_set(arena, options->chat.entities, name, node_new_text(arena, slice_of(equals + 1)));
    return true;
}

/* ---- numbers ---- */

static bool read_number(const struct option *option, const char *value, long *number)
{
    char *end;
    *number = strtol(value, &end, 10);
    if (*value >= '0' && *value <= '9' && *end == '\0' && *number >= option->least &&
        *number <= option->most) {
        return true;
    }
    if (option->most == LONG_MAX) {
        cli_message("`--%s` takes a number, %ld or more, not `%s`", option->name, option->least,
                    value);
    } else {
        cli_message("`--%s` takes a number from %ld to %ld, not `%s`", option->name, option->least,
                    option->most, value);
    }
    return false;
}

bool option_set_number(struct arena *arena, struct options *options, const struct option *option,
                       const char *value)
{
    (void)arena;
    return read_number(option, value, field_of(options, option));
}

bool option_set_count(struct arena *arena, struct options *options, const struct option *option,
                      const char *value)
{
    (void)arena;
    long number;
    if (!read_number(option, value, &number)) {
        return false;
    }
    *(size_t *)field_of(options, option) = (size_t)number;
    return true;
}

bool option_set_shard(struct arena *arena, struct options *options, const struct option *option,
                      const char *value)
{
    (void)arena;
    char *end;
    unsigned long shard = strtoul(value, &end, 10);
    bool has_slash = *value >= '0' && *value <= '9' && *end == '/';
    unsigned long count =
        has_slash && end[1] >= '0' && end[1] <= '9' ? strtoul(end + 1, &end, 10) : 0;
    if (*end != '\0' || shard < 1 || shard > count || count > (unsigned long)option->most) {
        cli_message("`--%s` takes I/N, such as 1/4 for the first of four parts, not `%s`",
                    option->name, value);
        return false;
    }
    options->shard = shard - 1;
    options->shards = count;
    return true;
}

/* ---- codes ---- */

static void unknown_code(const struct option *option, struct slice name)
{
    struct suggestion meant = suggestion_new(name);
    if (name.length == 0) {
        cli_message("`--%s` takes warning codes, separated by single commas", option->name);
        return;
    }
    for (size_t i = 0; i < CODE_COUNT; i++) {
        if (code_info((enum code)i)->severity == SEVERITY_WARNING) {
            suggestion_offer(&meant, slice_of(code_info((enum code)i)->name));
        }
    }
    if (meant.best.length > 0) {
        cli_message("`--%s` takes warning codes, but there is no code `%.*s`; did you mean "
                    "`%.*s`?",
                    option->name, SLICE_ARG(name), SLICE_ARG(meant.best));
    } else {
        cli_message("`--%s` takes warning codes, but there is no code `%.*s`; `dialogc explain` "
                    "lists the codes",
                    option->name, SLICE_ARG(name));
    }
}

bool option_set_codes(struct arena *arena, struct options *options, const struct option *option,
                      const char *value)
{
    (void)arena;
    bool *codes = field_of(options, option);
    struct slice list = slice_of(value);
    struct slice name;
    for (size_t at = 0; slice_next_part(list, ',', &at, &name);) {
        enum code code = code_find(name);
        if (code == CODE_COUNT) {
            unknown_code(option, name);
            return false;
        }
        if (code_info(code)->severity == SEVERITY_ERROR) {
            cli_message("`--%s` takes warning codes, but `%.*s` is always an error", option->name,
                        SLICE_ARG(name));
            return false;
        }
        codes[code] = true;
    }
    return true;
}
