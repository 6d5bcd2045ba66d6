/* PCRE2 with the options that come nearest to ECMA-262 with its `u` flag. */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "schema/regex.h"

#include <pcre2.h>

#include "base/builder.h"

/* Steps of PCRE2's matcher before it gives up: some milliseconds. */
#define MATCH_LIMIT    200000
#define HEAP_LIMIT_KIB 8192

struct regex {
    pcre2_code *code;
};

static void release_code(void *resource)
{
    pcre2_code_free(resource);
}

/* ---- Unicode properties ---- */

/* ECMA-262's long names of general categories; PCRE2 knows the short ones. */
static const char *const categories[][2] = {
    {"Letter", "L"},
    {"Cased_Letter", "L&"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Enclosing_Mark", "Me"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Connector_Punctuation", "Pc"},
    {"Dash_Punctuation", "Pd"},
    {"Open_Punctuation", "Ps"},
    {"Close_Punctuation", "Pe"},
    {"Initial_Punctuation", "Pi"},
    {"Final_Punctuation", "Pf"},
    {"Other_Punctuation", "Po"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Modifier_Symbol", "Sk"},
    {"Other_Symbol", "So"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Line_Separator", "Zl"},
    {"Paragraph_Separator", "Zp"},
    {"Other", "C"},
    {"Control", "Cc"},
    {"cntrl", "Cc"},
    {"Format", "Cf"},
    {"Surrogate", "Cs"},
    {"Private_Use", "Co"},
    {"Unassigned", "Cn"},
};

/* The name that PCRE2 knows: `gc=Letter` and `Letter` are `L`, `Script=Greek` is `Greek`. */
static struct slice property_name(struct slice name)
{
    size_t equals = slice_find(name, "=", 0);
    if (equals != (size_t)-1) {
        name = slice_part(name, equals + 1, name.length);
    }
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        if (slice_is(name, categories[i][0])) {
            return slice_of(categories[i][1]);
        }
    }
    return name;
}

/* `pattern` with the names in \\p{…} and \\P{…} as PCRE2 spells them. */
static struct slice translate_properties(struct arena *arena, struct slice pattern)
{
    if (slice_find(pattern, "{", 0) == (size_t)-1) {
        return pattern;
    }
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < pattern.length; i++) {
        char next = i + 1 < pattern.length ? pattern.data[i + 1] : '\0';
        if (pattern.data[i] != '\\') {
            builder_add_char(&out, pattern.data[i]);
            continue;
        }
        bool property =
            (next == 'p' || next == 'P') && i + 2 < pattern.length && pattern.data[i + 2] == '{';
        size_t close = property ? slice_find(pattern, "}", i) : (size_t)-1;
        builder_add(&out, slice_part(pattern, i, i + 1 + (next != '\0')));
        i++;
        if (close != (size_t)-1) {
            builder_add_char(&out, '{');
            builder_add(&out, property_name(slice_part(pattern, i + 2, close)));
            builder_add_char(&out, '}');
            i = close;
        }
    }
    return builder_slice(&out);
}

struct regex *regex_compile(struct arena *arena, struct slice pattern, struct slice *message,
                            size_t *offset)
{
    struct regex *regex = arena_alloc(arena, sizeof *regex);
    pattern = translate_properties(arena, pattern);
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL) {
        arena_fail(arena);
    }
    pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALT_BSUX);
    uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF |
                       PCRE2_ALLOW_EMPTY_CLASS | PCRE2_NO_UTF_CHECK;
    regex->code = pcre2_compile((PCRE2_SPTR)(pattern.data != NULL ? pattern.data : ""),
                                pattern.length, options, &error, &at, context);
    pcre2_compile_context_free(context);
    if (regex->code == NULL) {
        if (error == PCRE2_ERROR_HEAP_FAILED || error == PCRE2_ERROR_NOMEMORY) {
            arena_fail(arena);
        }
        PCRE2_UCHAR words[160];
        pcre2_get_error_message(error, words, sizeof words);
        *message = arena_slice(arena, slice_of((const char *)words));
        *offset = at;
        return NULL;
    }
    arena_defer(arena, release_code, regex->code);
    return regex;
}

struct regex_scratch {
    struct arena *arena;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static void release_scratch(void *resource)
{
    struct regex_scratch *scratch = resource;
    pcre2_match_context_free(scratch->context);
    pcre2_match_data_free(scratch->data);
}

struct regex_scratch *regex_scratch_new(struct arena *arena)
{
    struct regex_scratch *scratch = arena_alloc(arena, sizeof *scratch);
    scratch->arena = arena;
    arena_defer(arena, release_scratch, scratch);
    scratch->data = pcre2_match_data_create(1, NULL);
    scratch->context = pcre2_match_context_create(NULL);
    if (scratch->data == NULL || scratch->context == NULL) {
        arena_fail(arena);
    }
    pcre2_set_match_limit(scratch->context, MATCH_LIMIT);
    pcre2_set_heap_limit(scratch->context, HEAP_LIMIT_KIB);
    return scratch;
}

enum regex_result regex_search(struct regex_scratch *scratch, const struct regex *regex,
                               struct slice text)
{
    int found = pcre2_match(regex->code, (PCRE2_SPTR)(text.data != NULL ? text.data : ""),
                            text.length, 0, PCRE2_NO_UTF_CHECK, scratch->data, scratch->context);
    if (found >= 0) {
        return REGEX_MATCH;
    }
    if (found == PCRE2_ERROR_NOMEMORY) {
        arena_fail(scratch->arena);
    }
    return found == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_GAVE_UP;
}
