/* Searching texts: what matches, and the answers to searches in SOSL. */
#include "base/ascii.h"
#include "base/glob.h"
#include "base/letter_case.h"
#include "trial/organisation/query_rows.h"
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

/* The next word of a text from `*at` on; empty at its end. */
static struct slice take_text_word(struct slice text, size_t *at)
{
    while (*at < text.length && !is_word_byte(text.data[*at])) {
        (*at)++;
    }
    size_t start = *at;
    while (*at < text.length && is_word_byte(text.data[*at])) {
        (*at)++;
    }
    return slice_part(text, start, *at);
}

/* True when one of the words of `text` is the pattern's. */
static bool has_word(struct slice text, const struct glob *word)
{
    size_t at = 0;
    for (struct slice next = take_text_word(text, &at); next.length > 0;
         next = take_text_word(text, &at)) {
        if (glob_matches(word, next)) {
            return true;
        }
    }
    return false;
}

/* Whether a field is one that a search of the group looks through. */
static bool is_searched(const struct sobject_field *field, enum sosl_group group)
{
    bool is_name = field->name_field || slice_is(field->name, "FirstName") ||
                   slice_is(field->name, "LastName");
    switch (group) {
    case SOSL_NAME:
        return is_name && field_type_is_text(field->type);
    case SOSL_EMAIL:
        return field->type == FIELD_EMAIL;
    case SOSL_PHONE:
        return field->type == FIELD_PHONE;
    case SOSL_ALL:
    case SOSL_SIDEBAR:
        break;
    }
    return field_type_is_text(field->type) || field->type == FIELD_EMAIL ||
           field->type == FIELD_PHONE || field->type == FIELD_URL;
}

/* True when the words of `text` have the pattern's, one behind the other. */
static bool has_phrase(struct arena *arena, struct slice text, struct slice phrase)
{
    for (size_t start = 0; start < text.length;) {
        size_t at = 0;
        size_t from = start;
        struct glob word = next_word(arena, phrase, &at);
        bool fits = word.count > 0;
        while (fits && word.count > 0) {
            struct slice next = take_text_word(text, &from);
            fits = next.length > 0 && glob_matches(&word, next);
            word = next_word(arena, phrase, &at);
        }
        if (fits) {
            return true;
        }
        take_text_word(text, &start);
    }
    return false;
}

static bool record_has(struct organisation *org, const struct record *record, struct slice text,
                       bool is_phrase, enum sosl_group group)
{
    text = letter_small_text(org->work, text);
    for (size_t i = 0; i < record->object->field_count; i++) {
        const struct sobject_field *field = &record->object->fields[i];
        const struct node *value = is_searched(field, group) ? record_value(record, field) : NULL;
        if (value == NULL || value->kind != NODE_STRING) {
            continue;
        }
        struct slice searched = letter_small_text(org->work, value->text);
        size_t at = 0;
        struct glob word = next_word(org->work, text, &at);
        if (is_phrase ? has_phrase(org->work, searched, text) : has_word(searched, &word)) {
            return true;
        }
    }
    return false;
}

/* The words of "john-smith" may be in several fields. */
static bool record_has_words(struct organisation *org, const struct record *record,
                             struct slice words, enum sosl_group group)
{
    bool any = false;
    for (size_t at = 0; at < words.length;) {
        size_t start = at;
        struct glob word = next_word(org->work, words, &at);
        if (word.count > 0 &&
            !record_has(org, record, slice_part(words, start, at), false, group)) {
            return false;
        }
        any = any || word.count > 0;
    }
    return any;
}

bool search_matches(struct organisation *org, const struct record *record,
                    const struct sosl_term *term, enum sosl_group group)
{
    switch (term->kind) {
    case SOSL_WORDS:
        return record_has_words(org, record, term->text, group);
    case SOSL_PHRASE:
        return record_has(org, record, term->text, true, group);
    case SOSL_BOTH:
        return search_matches(org, record, term->first, group) &&
               search_matches(org, record, term->second, group);
    case SOSL_EITHER:
        return search_matches(org, record, term->first, group) ||
               search_matches(org, record, term->second, group);
    case SOSL_EXCEPT:
        return search_matches(org, record, term->first, group) &&
               !search_matches(org, record, term->second, group);
    }
    return false;
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

static struct refusal refuse_malformed(struct organisation *org, struct slice what)
{
    return organisation_refuse(org, 400, "MALFORMED_SEARCH", "%.*s", SLICE_ARG(what));
}

struct refusal search_read_term(struct organisation *org, struct slice text,
                                const struct sosl_term **term)
{
    const char *mistake = NULL;
    if (slice_trim(text).length < 2) {
        return refuse_malformed(
            org, arena_printf(org->work, "search term must be longer than one character: %.*s",
                              SLICE_ARG(text)));
    }
    *term = sosl_parse_term(org->work, text, &mistake);
    return *term == NULL ? refuse_malformed(org, slice_of(mistake)) : (struct refusal){0};
}

/* Without RETURNING: the ids of all that is found. */
static void find_everywhere(struct organisation *org, const struct sosl *sosl, struct slice version,
                            struct node *found)
{
    for (size_t i = 0; i < org->records.count; i++) {
        const struct record *record = org->records.items[i];
        if (!record->is_deleted && record->object->searchable &&
            search_matches(org, record, sosl->term, sosl->group)) {
            node_append(org->work, found, search_record(org, record, NULL, 0, version));
        }
    }
}

/* Lead(Id, Name WHERE … ORDER BY … LIMIT 5): adds what is found of one object. */
static struct refusal find_of_object(struct organisation *org, const struct sosl *sosl,
                                     const struct soql *returned, struct slice version,
                                     struct node *found)
{
    struct evaluation e = {.org = org, .soql = returned, .version = version};
    if (query_check_object(&e) == NULL) {
        return e.refusal;
    }
    struct rows rows = query_select(&e);
    size_t kept = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (search_matches(org, rows.items[i].records.items[0], sosl->term, sosl->group)) {
            rows.items[kept++] = rows.items[i];
        }
    }
    rows.count = kept;
    query_order(&e, &rows);
    struct node *records = query_records(&e, &rows);
    for (size_t i = 0; i < records->count; i++) {
        node_append(org->work, found, records->items[i]);
    }
    return e.refusal;
}

static const struct sosl *read_search(struct organisation *org, struct slice text,
                                      struct diagnostics *findings)
{
    struct node *node = node_new_text(org->work, text);
    node->source = source_new(org->work, "search", text);
    node->range = (struct range){0, (uint32_t)text.length};
    struct soql_piece *piece = arena_alloc(org->work, sizeof *piece);
    *piece = (struct soql_piece){.node = node, .text = text};
    struct sosl *sosl = sosl_parse(org->work, piece, 1, findings);
    if (sosl != NULL) {
        sosl_spell(org->work, sosl, org->catalog);
    }
    return findings->error_count == 0 ? sosl : NULL;
}

struct refusal search_respond(struct organisation *org, struct slice text, struct slice version,
                              struct node **answer)
{
    enum { MOST = 2000 };
    struct diagnostics findings = diagnostics_new(org->work);
    struct node *found = node_new_sequence(org->work);
    const struct sosl *sosl = read_search(org, text, &findings);
    if (sosl == NULL) {
        return refuse_malformed(org, findings.first->message);
    }
    if (sosl->returned_count == 0) {
        find_everywhere(org, sosl, version, found);
    }
    for (size_t i = 0; i < sosl->returned_count; i++) {
        struct refusal refusal = find_of_object(org, sosl, sosl->returned[i], version, found);
        if (refusal.code != NULL) {
            return refusal;
        }
    }
    size_t most = sosl->limit.kind == SOQL_NUMBER ? (size_t)soql_value_number(&sosl->limit) : MOST;
    found->count = found->count < most ? found->count : (uint32_t)most;
    *answer = node_new_mapping(org->work);
    node_set(org->work, *answer, SLICE("searchRecords"), found);
    return (struct refusal){0};
}
