/* PCRE2 with the options that come nearest to ECMA-262 with its `u` flag. */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "document/schema/regex.h"

#include <pcre2.h>

#include "base/ascii.h"
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

/* ---- translation ---- */

/* ECMA-262's white space and line ends, for use inside a class. */
#define SPACES                                                                                     \
    "\\x09-\\x0d \\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}\\u{2029}\\u{202f}\\u{205f}"          \
    "\\u{3000}\\u{feff}"

enum quantifier {
    NOT_QUANTIFIED,
    QUANTIFIED,
    LAZILY_QUANTIFIED,
};

/*
 * From ECMA-262 to PCRE2, piece by piece. What it does not follow: `\\S` inside a class is PCRE2's,
 * and a lookbehind has a bounded length.
 */
struct translation {
    struct slice pattern;
    size_t at;
    struct builder out;
    bool in_class;
    enum quantifier quantifier; /* of the piece before */
    const char *refusal;        /* not NULL: PCRE2 knows it, ECMA-262 does not */
};

/* The byte `distance` after the present one, or NUL. */
static char peek(const struct translation *t, size_t distance)
{
    return t->at + distance < t->pattern.length ? t->pattern.data[t->at + distance] : '\0';
}

static void copy(struct translation *t, size_t length)
{
    builder_add(&t->out, slice_part(t->pattern, t->at, t->at + length));
    t->at += length;
}

static void replace(struct translation *t, size_t length, const char *text)
{
    builder_add_text(&t->out, text);
    t->at += length;
}

/* The four hexadecimal digits of a `\uXXXX` that stands `distance` after the present byte, or 0. */
static uint32_t code_unit(const struct translation *t, size_t distance)
{
    uint32_t value = 0;
    if (peek(t, distance) != '\\' || peek(t, distance + 1) != 'u') {
        return 0;
    }
    for (size_t i = 2; i < 6; i++) {
        int digit = ascii_hex_value(peek(t, distance + i));
        if (digit < 0) {
            return 0;
        }
        value = value * 16 + (uint32_t)digit;
    }
    return value;
}

static void translate_property(struct translation *t, size_t close)
{
    struct slice name = slice_part(t->pattern, t->at + 3, close);
    copy(t, 3);
    builder_add(&t->out, property_name(name));
    builder_add_char(&t->out, '}');
    t->at = close + 1;
}

static void translate_escape(struct translation *t)
{
    char next = peek(t, 1);
    uint32_t high = code_unit(t, 0);
    uint32_t low = code_unit(t, 6);
    size_t close = peek(t, 2) == '{' ? slice_find(t->pattern, "}", t->at) : SIZE_MAX;
    t->quantifier = NOT_QUANTIFIED;
    if ((next == 'p' || next == 'P') && close != SIZE_MAX) {
        translate_property(t, close);
    } else if (high >> 10 == 0xD800 >> 10 && low >> 10 == 0xDC00 >> 10) {
        uint32_t code_point = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
        builder_printf(&t->out, "\\u{%x}", code_point);
        t->at += 12;
    } else if (next == 'u' && close != SIZE_MAX) {
        copy(t, close + 1 - t->at);
    } else if (next == 's') {
        replace(t, 2, t->in_class ? SPACES : "[" SPACES "]");
    } else if (next == 'S' && !t->in_class) {
        replace(t, 2, "[^" SPACES "]");
    } else if (next == 'v') {
        replace(t, 2, "\\x0b");
    } else if (ascii_is_letter(next) && strchr("dDwWSbBfnrtcxukpP", next) == NULL) {
        t->refusal = "ECMA-262 has no such escape";
    } else {
        copy(t, next == '\0' ? 1 : 2);
    }
}

static void translate_group(struct translation *t)
{
    char kind = peek(t, 2);
    char after = peek(t, 3);
    bool named = kind == '<' && (ascii_is_letter(after) || after == '_' || after == '$');
    bool behind = kind == '<' && (after == '=' || after == '!');
    t->quantifier = NOT_QUANTIFIED;
    if (peek(t, 1) == '*') {
        t->refusal = "nothing to repeat";
    } else if (peek(t, 1) != '?') {
        copy(t, 1);
    } else if (kind == ':' || kind == '=' || kind == '!' || named || behind) {
        copy(t, 2);
    } else {
        t->refusal = "ECMA-262 has no such group";
    }
}

/* The length of `{2}`, `{2,}` or `{2,3}` here, or 0. */
static size_t repetition_length(const struct translation *t)
{
    size_t length = 1;
    while (ascii_is_digit(peek(t, length))) {
        length++;
    }
    if (length == 1) {
        return 0;
    }
    length += peek(t, length) == ',';
    while (ascii_is_digit(peek(t, length))) {
        length++;
    }
    return peek(t, length) == '}' ? length + 1 : 0;
}

static void translate_quantifier(struct translation *t, size_t length)
{
    bool lazy = peek(t, 0) == '?' && t->quantifier == QUANTIFIED;
    if (t->quantifier != NOT_QUANTIFIED && !lazy) {
        t->refusal = "nothing to repeat";
        return;
    }
    t->quantifier = lazy ? LAZILY_QUANTIFIED : QUANTIFIED;
    copy(t, length);
}

static void translate_in_class(struct translation *t)
{
    char c = peek(t, 0);
    if (c == '[') {
        replace(t, 1, "\\["); /* PCRE2 has POSIX classes */
        return;
    }
    t->in_class = c != ']';
    copy(t, 1);
}

static void translate_piece(struct translation *t)
{
    char c = peek(t, 0);
    size_t repetition = c == '{' ? repetition_length(t) : 0;
    if (c == '\\') {
        translate_escape(t);
    } else if (t->in_class) {
        translate_in_class(t);
    } else if (c == '(') {
        translate_group(t);
    } else if (repetition > 0) {
        translate_quantifier(t, repetition);
    } else if (c != '\0' && strchr("*+?", c) != NULL) {
        translate_quantifier(t, 1);
    } else {
        t->quantifier = NOT_QUANTIFIED;
        t->in_class = c == '[';
        if (c == '.') {
            replace(t, 1, "[^\\n\\r\\u{2028}\\u{2029}]");
        } else {
            copy(t, c == '[' && peek(t, 1) == '^' ? 2 : 1);
        }
    }
}

/* Translates until `length` bytes are written: so an offset in the output is found in the input. */
static struct translation translate(struct arena *arena, struct slice pattern, size_t length)
{
    struct translation t = {.pattern = pattern, .out = builder_new(arena)};
    while (t.at < pattern.length && t.out.length < length && t.refusal == NULL) {
        translate_piece(&t);
    }
    return t;
}

struct regex *regex_compile(struct arena *arena, struct slice pattern, struct slice *message,
                            size_t *offset)
{
    struct regex *regex = arena_alloc(arena, sizeof *regex);
    struct translation t = translate(arena, pattern, SIZE_MAX);
    if (t.refusal != NULL) {
        *message = slice_of(t.refusal);
        *offset = t.at;
        return NULL;
    }
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL) {
        arena_fail(arena);
    }
    pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALT_BSUX);
    uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF |
                       PCRE2_ALLOW_EMPTY_CLASS | PCRE2_NO_UTF_CHECK;
    regex->code = pcre2_compile((PCRE2_SPTR)(t.out.length > 0 ? t.out.data : ""), t.out.length,
                                options, &error, &at, context);
    pcre2_compile_context_free(context);
    if (regex->code == NULL) {
        if (error == PCRE2_ERROR_HEAP_FAILED || error == PCRE2_ERROR_NOMEMORY) {
            arena_fail(arena);
        }
        PCRE2_UCHAR words[160];
        pcre2_get_error_message(error, words, sizeof words);
        *message = arena_slice(arena, slice_of((const char *)words));
        *offset = translate(arena, pattern, at).at;
        return NULL;
    }
    arena_defer(arena, release_code, regex->code);
    return regex;
}

void regex_accelerate(struct regex *regex)
{
    /* Where there is no JIT, or no memory that may be executed, the interpreter serves. */
    pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
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
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.data != NULL ? text.data : "");
    int found = pcre2_match(regex->code, subject, text.length, 0, PCRE2_NO_UTF_CHECK, scratch->data,
                            scratch->context);
    if (found ==
        PCRE2_ERROR_JIT_STACKLIMIT) { /* its stack is small; the interpreter has the heap */
        found = pcre2_match(regex->code, subject, text.length, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                            scratch->data, scratch->context);
    }
    if (found >= 0) {
        return REGEX_MATCH;
    }
    if (found == PCRE2_ERROR_NOMEMORY) {
        arena_fail(scratch->arena);
    }
    return found == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_GAVE_UP;
}
