#include "diag/secret_form.h"

#include <stdint.h>

#include "base/ascii.h"
#include "diag/secret_shape.h"

/* ---- tables ---- */

enum rule {
    RULE_BODY,    /* the prefix, and the body behind it */
    RULE_SESSION, /* 00D, the rest of an organisation's id, an exclamation mark, the body */
    RULE_JWT,     /* any number of parts with dots between them */
    RULE_PEM,     /* up to the end of the private key */
};

enum demand {
    DEMAND_ANY,
    DEMAND_DIGIT,
    DEMAND_MIXED,
    DEMAND_BASIC,
};

struct form {
    struct slice prefix;
    enum rule rule;
    unsigned body; /* enum character */
    size_t least, most;
    enum demand demand;
};

struct scheme {
    struct slice word;
    unsigned body;
    size_t least;
    enum demand demand;
};

static const struct form forms[] = {
#define FORM(prefix, rule, body, least, most, demand)                                              \
    {{prefix, sizeof prefix - 1}, RULE_##rule, CHARS_##body, least, most, DEMAND_##demand},
#define SCHEME(...)
#include "diag/secret_form.def"
#undef FORM
#undef SCHEME
};

static const struct scheme schemes[] = {
#define FORM(...)
#define SCHEME(word, body, least, demand)                                                          \
    {{word, sizeof word - 1}, CHARS_##body, least, DEMAND_##demand},
#include "diag/secret_form.def"
#undef FORM
#undef SCHEME
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* ---- forms ---- */

static int base64_value(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

/* True for base64 of `name:password`: printable, with a colon. */
static bool is_name_and_password(struct slice body)
{
    unsigned bits = 0;
    unsigned count = 0;
    bool colon = false;
    for (size_t i = 0; i < body.length && body.data[i] != '='; i++) {
        int value = base64_value(body.data[i]);
        if (value < 0) {
            return false;
        }
        bits = bits << 6 | (unsigned)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            unsigned byte = bits >> count & 0xFF;
            if (byte < 0x20 || byte == 0x7F) {
                return false;
            }
            colon = colon || byte == ':';
        }
    }
    return colon;
}

static bool is_as_demanded(struct slice body, enum demand demand)
{
    struct shape shape = shape_measure(body);
    if (shape.different < 5 || shape_is_placeholder(body)) {
        return false;
    }
    switch (demand) {
    case DEMAND_ANY:
        return true;
    case DEMAND_DIGIT:
        return shape.digits > 0 || (shape.capitals > 2 && shape.changes * 3 >= body.length);
    case DEMAND_MIXED:
        return shape.digits > 1 && shape.capitals > 0 && shape.smalls > 0;
    case DEMAND_BASIC:
        return is_name_and_password(body) ||
               (body.length >= 16 && shape.digits > 1 && shape.capitals > 1 && shape.smalls > 1);
    }
    return false;
}

/* Without the full stop of the sentence that it ends. */
static size_t without_stop(struct slice text, size_t start, size_t end)
{
    while (end > start && text.data[end - 1] == '.') {
        end--;
    }
    return end;
}

/* Each of these sets where the credential that begins at `at` ends; false when it is none. */

static bool match_body(struct slice text, size_t at, const struct form *form, size_t *end)
{
    size_t start = at + form->prefix.length;
    size_t room = text.length - start > form->most ? form->most + 1 : text.length - start;
    struct slice near = slice_part(text, 0, start + room);
    *end = without_stop(text, start, start + shape_run(near, start, form->body));
    size_t length = *end - start;
    return length >= form->least && length <= form->most &&
           is_as_demanded(slice_part(text, start, *end), form->demand);
}

static bool match_session(struct slice text, size_t at, const struct form *form, size_t *end)
{
    size_t id = shape_run(text, at, CHARS_ALNUM);
    size_t mark = at + id;
    if (id < 12 || id > 18 || mark >= text.length || text.data[mark] != '!') {
        return false;
    }
    *end = without_stop(text, mark, mark + 1 + shape_run(text, mark + 1, form->body));
    return *end - mark > form->least;
}

static bool match_jwt(struct slice text, size_t at, const struct form *form, size_t *end)
{
    size_t near = at + 200 < text.length ? at + 200 : text.length;
    if (!match_body(slice_part(text, 0, near), at, form, end)) {
        return false;
    }
    *end = at + shape_run(text, at, form->body);
    while (*end + 1 < text.length && text.data[*end] == '.') {
        size_t part = shape_run(text, *end + 1, form->body);
        if (part == 0) {
            break;
        }
        *end += part + 1;
    }
    return true;
}

/* What a private key may consist of, in any notation: base64, blanks, escaped line ends. */
static bool is_key_text(char c)
{
    return (shape_of(c) & (CHARS_BASE64 | CHAR_SEPARATOR | CHAR_ESCAPE)) != 0 ||
           strchr(" \t\r\n,()", c) != NULL;
}

static bool match_pem(struct slice text, size_t at, const struct form *form, size_t *end)
{
    static const char dashes[] = "-----";
    size_t start = at + form->prefix.length;
    size_t close = slice_find(text, dashes, start);
    if (close == SIZE_MAX || close - start > 60 ||
        slice_find(slice_part(text, start, close), "PRIVATE KEY", 0) == SIZE_MAX) {
        return false;
    }
    *end = close + sizeof dashes - 1;
    while (*end < text.length && is_key_text(text.data[*end])) {
        if (shape_is_at(text, *end, SLICE("-----END "))) {
            size_t last = slice_find(text, dashes, *end + sizeof dashes - 1);
            *end = last == SIZE_MAX ? text.length : last + sizeof dashes - 1;
            return true;
        }
        (*end)++;
    }
    return true;
}

static bool match_form(struct slice text, size_t at, const struct form *form, size_t *end)
{
    switch (form->rule) {
    case RULE_BODY:
        return match_body(text, at, form, end);
    case RULE_SESSION:
        return match_session(text, at, form, end);
    case RULE_JWT:
        return match_jwt(text, at, form, end);
    case RULE_PEM:
        return match_pem(text, at, form, end);
    }
    return false;
}

static unsigned pair_at(const char *text)
{
    return (unsigned)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

/* The first form whose prefix begins with these two bytes, or a later one. */
static size_t first_form(unsigned pair)
{
    size_t low = 0;
    size_t high = COUNT(forms);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pair_at(forms[middle].prefix.data) < pair) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool form_find(struct slice text, size_t at, size_t *start, size_t *end)
{
    if (text.length - at < 2) {
        return false;
    }
    unsigned pair = pair_at(text.data + at);
    for (size_t i = first_form(pair); i < COUNT(forms); i++) {
        const struct form *form = &forms[i];
        if (pair_at(form->prefix.data) != pair) {
            return false;
        }
        if (shape_is_at(text, at, form->prefix) && match_form(text, at, form, end)) {
            /* of a webhook, only what is behind the address of the service */
            *start = form->body == CHARS_PATH ? at + form->prefix.length : at;
            return true;
        }
    }
    return false;
}

size_t form_count(void)
{
    return COUNT(forms);
}

struct slice form_prefix(size_t index)
{
    return forms[index].prefix;
}

/* False for most words: no scheme begins with this letter. Folds to a comparison with a constant.
 */
static bool may_be_scheme(char first)
{
    const uint32_t initials = 0
#define FORM(...)
#define SCHEME(word, body, least, demand) | UINT32_C(1) << ((word)[0] & 31)
#include "diag/secret_form.def"
#undef FORM
#undef SCHEME
        ;
    return (initials >> (first & 31) & 1) != 0;
}

/* The scheme at `at`, NULL without one; where its body begins goes to `*body`. */
static const struct scheme *scheme_at(struct slice text, size_t at, size_t *body)
{
    if (text.length - at < 2 || !may_be_scheme(text.data[at])) {
        return NULL;
    }
    char first = ascii_to_lower(text.data[at]);
    char second = ascii_to_lower(text.data[at + 1]);
    for (size_t i = 0; i < COUNT(schemes); i++) {
        struct slice word = schemes[i].word;
        size_t end = at + word.length;
        if (word.data[0] != first || word.data[1] != second) {
            continue;
        }
        bool escaped = end + 2 < text.length && shape_is_at(text, end, SLICE("%20"));
        if (end < text.length && (shape_is_blank(text, end) || escaped) &&
            slice_equal_ignoring_case(slice_part(text, at, end), word)) {
            *body = shape_skip_blanks(text, escaped ? end + 3 : end);
            return &schemes[i];
        }
    }
    return NULL;
}

bool form_find_scheme(struct slice text, size_t at, size_t *start, size_t *end)
{
    const struct scheme *scheme = scheme_at(text, at, start);
    if (scheme == NULL) {
        return false;
    }
    *end = without_stop(text, *start, *start + shape_run(text, *start, scheme->body));
    struct slice body = slice_part(text, *start, *end);
    return body.length >= scheme->least && is_as_demanded(body, scheme->demand);
}

bool form_is_scheme(struct slice text, size_t at, size_t *body)
{
    return scheme_at(text, at, body) != NULL;
}

bool form_is_bot_token(struct slice text, size_t start, size_t *end)
{
    *end = start + shape_run(text, start, CHARS_NAME);
    return *end - start >= 30 && *end - start <= 50 && shape_is_at(text, start, SLICE("AA")) &&
           is_as_demanded(slice_part(text, start, *end), DEMAND_DIGIT);
}

bool form_is_discord(struct slice text, size_t start, size_t *end)
{
    if (text.length - start < 59 || text.data[start + 24] != '.' || text.data[start + 31] != '.') {
        return false;
    }
    size_t last = shape_run(text, start + 32, CHARS_NAME);
    *end = start + 32 + last;
    return last >= 27 && last <= 60 && shape_run(text, start + 25, CHARS_NAME) == 6 &&
           is_as_demanded(slice_part(text, start, *end), DEMAND_MIXED);
}
