/* Searching texts: the parameterized search, and SOSL as far as templates and people write it. */
#include "base/ascii.h"
#include "base/glob.h"
#include "trial/organisation/parts.h"
#include "salesforce/path.h"
#include "document/tree/build.h"

static bool is_word_byte(char c)
{
    return ascii_is_word(c) || (unsigned char)c >= 0x80;
}

/*
 * The next word of the term from `*at` on, with `*` and `?`; what is escaped stands for itself.
 * Without items at the end of the term.
 */
static struct glob next_word(struct arena *arena, struct slice term, size_t *at)
{
    struct glob word = {.arena = arena};
    while (*at < term.length) {
        bool escaped = term.data[*at] == '\\' && *at + 1 < term.length;
        char c = term.data[*at + escaped];
        *at += escaped ? 2 : 1;
        if (!escaped && (c == '*' || c == '?')) {
            glob_add(&word, c == '*' ? GLOB_ANY : GLOB_ONE, c);
        } else if (is_word_byte(c)) {
            glob_add(&word, GLOB_BYTE, c);
        } else if (word.count > 0) {
            break;
        }
    }
    return word;
}

/* True when one of the words of `text` is the pattern's. */
static bool has_word(struct slice text, const struct glob *word)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        while (at < text.length && is_word_byte(text.data[at])) {
            at++;
        }
        if (at > start && glob_matches(word, slice_part(text, start, at))) {
            return true;
        }
        at += at == start;
    }
    return false;
}

static bool record_has_word(const struct record *record, const struct glob *word)
{
    for (size_t i = 0; i < record->object->field_count; i++) {
        const struct sobject_field *field = &record->object->fields[i];
        bool searched = field_type_is_text(field->type) || field->type == FIELD_EMAIL ||
                        field->type == FIELD_PHONE || field->type == FIELD_URL;
        const struct node *value = searched ? record_value(record, field) : NULL;
        if (node_is(value, NODE_STRING) && has_word(value->text, word)) {
            return true;
        }
    }
    return false;
}

bool search_matches(struct organisation *org, const struct record *record, struct slice term)
{
    size_t at = 0;
    struct glob word = next_word(org->work, term, &at);
    bool any = word.count > 0;
    while (word.count > 0) {
        if (!record_has_word(record, &word)) {
            return false;
        }
        word = next_word(org->work, term, &at);
    }
    return any;
}

struct node *search_record(struct organisation *org, const struct record *record,
                           const struct slice *fields, size_t count, struct slice version)
{
    struct node *result = node_new_mapping(org->work);
    node_set(org->work, result, SLICE("attributes"), store_attributes(org, record, version));
    if (count == 0) {
        node_set_text(org->work, result, "Id", record->id);
    }
    for (size_t i = 0; i < count; i++) {
        const struct sobject_field *field = sobject_field(record->object, fields[i]);
        const struct node *value = field != NULL ? record_value(record, field) : NULL;
        if (field != NULL && value == NULL) {
            struct node *null = node_new_boolean(org->work, false);
            null->kind = NODE_NULL;
            value = null;
        }
        if (field != NULL) {
            node_set(org->work, result, field->name, value);
        }
    }
    return result;
}

/* ---- SOSL ---- */

struct sosl {
    struct organisation *org;
    struct slice text;
    size_t at;
};

static void skip_space(struct sosl *s)
{
    while (s->at < s->text.length && strchr(" \t\r\n", s->text.data[s->at]) != NULL) {
        s->at++;
    }
}

static struct slice take_word(struct sosl *s)
{
    skip_space(s);
    size_t start = s->at;
    while (s->at < s->text.length &&
           (ascii_is_word(s->text.data[s->at]) || s->text.data[s->at] == '.')) {
        s->at++;
    }
    return slice_part(s->text, start, s->at);
}

static bool take(struct sosl *s, char c)
{
    skip_space(s);
    bool there = s->at < s->text.length && s->text.data[s->at] == c;
    s->at += there;
    return there;
}

static bool take_keyword(struct sosl *s, const char *keyword)
{
    size_t before = s->at;
    bool there = slice_equal_ignoring_case(take_word(s), slice_of(keyword));
    if (!there) {
        s->at = before;
    }
    return there;
}

/* What stands between the braces of FIND, escapes kept. */
static struct slice take_term(struct sosl *s)
{
    if (!take(s, '{')) {
        return SLICE("");
    }
    size_t start = s->at;
    while (s->at < s->text.length && s->text.data[s->at] != '}') {
        s->at += s->text.data[s->at] == '\\' ? 2 : 1;
    }
    size_t end = s->at < s->text.length ? s->at : s->text.length;
    s->at = end + 1;
    return slice_part(s->text, start, end);
}

static struct refusal refuse_malformed(struct organisation *org, const char *what)
{
    return organisation_refuse(org, 400, "MALFORMED_SEARCH", "%s", what);
}

/* Lead(Id, Name LIMIT 5): adds what is found of one object. */
static struct refusal search_object(struct sosl *s, struct slice term, struct slice version,
                                    struct node *found)
{
    struct organisation *org = s->org;
    struct slice name = take_word(s);
    const struct sobject *object = sobject_find(org->catalog, name, org->work);
    struct slice *fields = NULL;
    size_t count = 0;
    long long limit = 2000;
    if (object == NULL) {
        return organisation_refuse(org, 400, "INVALID_TYPE",
                                   "sObject type '%.*s' is not supported.", SLICE_ARG(name));
    }
    if (take(s, '(')) {
        do {
            struct slice field = take_word(s);
            if (sobject_field(object, field) == NULL) {
                return organisation_refuse(org, 400, "INVALID_FIELD",
                                           "No such column '%.*s' on entity '%.*s'.",
                                           SLICE_ARG(field), SLICE_ARG(object->name));
            }
            fields = arena_append(org->work, fields, count, sizeof *fields);
            fields[count++] = field;
        } while (take(s, ','));
        if (take_keyword(s, "limit")) {
            struct slice number = take_word(s);
            limit = 0;
            for (size_t i = 0; i < number.length && i < 6; i++) {
                limit = limit * 10 + (number.data[i] - '0');
            }
        }
        if (!take(s, ')')) {
            return refuse_malformed(org, "only fields and LIMIT are supported in RETURNING");
        }
    }
    for (size_t i = 0; i < org->records.count && limit > 0; i++) {
        const struct record *record = org->records.items[i];
        if (record->object == object && !record->is_deleted && search_matches(org, record, term)) {
            node_append(org->work, found, search_record(org, record, fields, count, version));
            limit--;
        }
    }
    return (struct refusal){0};
}

struct refusal search_respond(struct organisation *org, struct slice text, struct slice version,
                              struct node **answer)
{
    struct sosl sosl = {.org = org, .text = text};
    struct node *found = node_new_sequence(org->work);
    if (!take_keyword(&sosl, "find")) {
        return refuse_malformed(org, "a search begins with FIND {…}");
    }
    struct slice term = take_term(&sosl);
    if (slice_trim(term).length < 2) {
        return refuse_malformed(org, "search term must be longer than one character");
    }
    if (take_keyword(&sosl, "in")) { /* ALL FIELDS, NAME FIELDS, …: all texts are looked through */
        take_word(&sosl);
        take_keyword(&sosl, "fields");
    }
    if (!take_keyword(&sosl, "returning")) {
        return refuse_malformed(org, "RETURNING is required");
    }
    do {
        struct refusal refusal = search_object(&sosl, term, version, found);
        if (refusal.code != NULL) {
            return refusal;
        }
    } while (take(&sosl, ','));
    *answer = node_new_mapping(org->work);
    node_set(org->work, *answer, SLICE("searchRecords"), found);
    return (struct refusal){0};
}
