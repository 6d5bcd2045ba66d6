/* Each spelling is tried on the pattern itself, so that nothing here knows what a place asks for.
 */
#include "document/schema/repair.h"
#include "base/ascii.h"
#include "base/builder.h"
#include "base/utf8.h"

/* What may be between the words of a name: anything else means more than a spelling. */
static bool is_gap(char c)
{
    return c == ' ' || c == '-' || c == '_' || c == '.' || c == '/';
}

/* "Book a Visit", "book_a_visit", "bookVisit": words in lower case, joined by hyphens. */
static struct slice to_hyphens(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    bool after_lower = false;
    bool gap = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (is_gap(c)) {
            gap = true;
            continue;
        }
        if (out.length > 0 && (gap || (after_lower && ascii_is_upper(c)))) {
            builder_add_char(&out, '-');
        }
        builder_add_char(&out, ascii_to_lower(c));
        after_lower = !ascii_is_upper(c);
        gap = false;
    }
    return builder_slice(&out);
}

/* "last name", "last-name": words in one, each but the first with a capital. */
static struct slice to_one_word(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    bool gap = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (is_gap(c) && c != '_') {
            gap = true;
            continue;
        }
        builder_add_char(&out, gap && out.length > 0 ? ascii_to_upper(c) : c);
        gap = false;
    }
    return builder_slice(&out);
}

/* "https://acme.my.salesforce.com/": the host alone. */
static struct slice to_host(struct arena *arena, struct slice text)
{
    (void)arena;
    size_t scheme = slice_find(text, "://", 0);
    struct slice rest = scheme != SIZE_MAX ? slice_part(text, scheme + 3, text.length) : text;
    size_t end = slice_find(rest, "/", 0);
    return end != SIZE_MAX ? slice_part(rest, 0, end) : rest;
}

/* "context.total": the name alone. */
static struct slice without_scope(struct arena *arena, struct slice text)
{
    static const char *const scopes[] = {"context.entities.", "context.", "entities.", "params.",
                                         "env."};
    (void)arena;
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        if (slice_starts_with(text, scopes[i])) {
            return slice_part(text, strlen(scopes[i]), text.length);
        }
    }
    return SLICE("");
}

/* "sso.yaml": the name without what files end with. */
static struct slice without_suffix(struct arena *arena, struct slice text)
{
    static const char *const suffixes[] = {".yaml", ".yml", ".json"};
    (void)arena;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (slice_ends_with(text, suffixes[i])) {
            return slice_part(text, 0, text.length - strlen(suffixes[i]));
        }
    }
    return SLICE("");
}

/* "$HOST", "${HOST}", "{{env.HOST}}": a variable in the form of another tool. */
static struct slice to_variable(struct arena *arena, struct slice text)
{
    size_t start = 0;
    size_t end = text.length;
    bool is_marked = end > 0 && text.data[0] == '$';
    while (start < end && strchr("${", text.data[start]) != NULL) {
        start++;
    }
    is_marked = is_marked || start == 2;
    while (end > start && text.data[end - 1] == '}') {
        end--;
    }
    struct slice name = slice_trim(slice_part(text, start, end));
    size_t scope = slice_starts_with(name, "env.") ? 4 : 0;
    return is_marked
               ? arena_printf(arena, "${env.%.*s}", SLICE_ARG(slice_part(name, scope, name.length)))
               : SLICE("");
}

/* "62": a number becomes a version, `v62.0`. */
static struct slice to_version(struct arena *arena, struct slice text)
{
    struct slice digits =
        slice_starts_with_ignoring_case(text, "v") ? slice_part(text, 1, text.length) : text;
    const char *end = slice_find(digits, ".", 0) == SIZE_MAX ? ".0" : "";
    return arena_printf(arena, "v%.*s%s", SLICE_ARG(digits), end);
}

/* The order is that of preference. */
static struct slice (*const spellings[])(struct arena *, struct slice) = {
    to_host,     without_suffix, without_scope,    to_variable,      to_hyphens,
    to_one_word, to_version,     arena_lower_case, arena_upper_case,
};

static bool fits(struct regex_scratch *scratch, const struct regex *regex,
                 const struct string_keywords *strings, struct slice text)
{
    size_t length = utf8_count(text);
    return length >= strings->min_length && length <= strings->max_length &&
           regex_search(scratch, regex, text) == REGEX_MATCH;
}

struct slice schema_repair(struct arena *arena, struct pattern_table *patterns,
                           const struct subschema *schema, struct slice text)
{
    const struct string_keywords *strings = schema->strings;
    if (strings == NULL || strings->pattern == NULL) {
        return SLICE("");
    }
    struct regex_scratch *scratch = regex_scratch_new(arena);
    const struct regex *regex =
        pattern_table_get(patterns, arena, strings->pattern->index, strings->pattern->text);
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        struct slice spelling = spellings[i](arena, slice_trim(text));
        if (spelling.length > 0 && fits(scratch, regex, strings, spelling)) {
            return spelling;
        }
    }
    return SLICE("");
}
