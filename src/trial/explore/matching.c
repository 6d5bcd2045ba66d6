/*
 * A record is made from what the query compares its fields with. Whether that was right is for the
 * organisation to say, which is asked: so nothing here has to be exact.
 */
#include "trial/explore/matching.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/percent.h"
#include "document/json/reader.h"
#include "document/tree/build.h"
#include "salesforce/soql.h"
#include "trial/explore/seeds.h"

struct matching {
    struct exploring *e;
    struct arena *arena;
    const struct soql *soql;
    struct node *record;
    struct node *records; /* of objects that the record refers to: new ones */
    long long now;
    int attempt;   /* another day, and the other side of each OR, for each */
    size_t number; /* of the record */
};

/* Days from now on that are tried for comparisons with times. */
static const int days[] = {0, -1, 1, -8, 8, -40, 40, -100, 100, -400, 400, 3650};

#define ATTEMPTS (sizeof days / sizeof days[0])

/* The decoded value of a parameter of a query string; empty: there is none. */
static struct slice parameter_of(struct arena *arena, struct slice query, const char *wanted)
{
    struct slice name, value;
    while (percent_take_pair(&query, &name, &value)) {
        if (slice_is(name, wanted)) {
            return percent_decode_form(arena, value);
        }
    }
    return SLICE("");
}

static const struct soql *parse(struct matching *m, struct slice text)
{
    struct diagnostics ignored = diagnostics_new(m->arena);
    struct node *node = node_new_text(m->arena, text);
    node->source = source_new(m->arena, "query", text);
    node->range = (struct range){0, (uint32_t)text.length};
    struct soql_piece *piece = arena_alloc(m->arena, sizeof *piece);
    *piece = (struct soql_piece){.node = node, .text = text};
    struct soql *soql = soql_parse(m->arena, piece, 1, &ignored);
    if (soql != NULL) {
        soql_spell(m->arena, soql, m->e->world->catalog);
    }
    return soql;
}

/* ---- values ---- */

static const struct node *number_beside(struct matching *m, struct slice text, int step)
{
    long long number = strtoll(arena_copy(m->arena, text), NULL, 10);
    return node_new_integer(m->arena, number + step);
}

/* The day of this attempt, in the form that the field has. */
static const struct node *day_of(struct matching *m, const struct sobject_field *field)
{
    long long time = m->now + days[m->attempt] * DATE_MILLISECONDS;
    return node_new_text(m->arena, field->type == FIELD_DATETIME ? date_time_text(m->arena, time)
                                                                 : date_text(m->arena, time));
}

/* A text that is like the pattern of LIKE: `%` and `_` stand for nothing and for a letter. */
static struct slice like_text(struct arena *arena, struct slice pattern)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < pattern.length; i++) {
        char c = pattern.data[i];
        if (c == '\\' && i + 1 < pattern.length) {
            builder_add_char(&out, pattern.data[++i]);
        } else if (c != '%') {
            builder_add_char(&out, c == '_' ? 'x' : c);
        }
    }
    return out.length > 0 ? builder_slice(&out) : SLICE("Example");
}

/* Another value than `value`. */
static const struct node *other_value(struct matching *m, const struct sobject_field *field,
                                      const struct soql_value *value)
{
    if (value->kind == SOQL_BOOLEAN) {
        return node_new_boolean(m->arena, slice_equal_ignoring_case(value->text, SLICE("false")));
    }
    for (size_t i = 0; i < field->value_count; i++) {
        if (!slice_equal_ignoring_case(field->values[i].value, value->text)) {
            return node_new_text(m->arena, field->values[i].value);
        }
    }
    if (value->kind == SOQL_NUMBER) {
        return number_beside(m, value->text, 1);
    }
    return value->kind == SOQL_TEXT && field_type_is_text(field->type)
               ? node_new_text(m->arena, SLICE("Example"))
               : NULL;
}

/* A value for which `field` compares with `value` as the query wants it; NULL: none is known. */
static const struct node *value_for(struct matching *m, const struct sobject_field *field,
                                    enum soql_operator comparison, const struct soql_value *value)
{
    bool less = comparison == SOQL_LESS;
    bool more = comparison == SOQL_GREATER;
    if (comparison == SOQL_NOT_EQUAL || comparison == SOQL_NOT_IN || comparison == SOQL_EXCLUDES) {
        return value->kind == SOQL_NULL ? NULL : other_value(m, field, value);
    }
    if (field->type == FIELD_DATE || field->type == FIELD_DATETIME) {
        return day_of(m, field);
    }
    switch (value->kind) {
    case SOQL_BOOLEAN:
        return node_new_boolean(m->arena, slice_equal_ignoring_case(value->text, SLICE("true")));
    case SOQL_NUMBER:
        return number_beside(m, value->text, less ? -1 : more ? 1 : 0);
    case SOQL_TEXT:
        return node_new_text(m->arena, comparison == SOQL_LIKE ? like_text(m->arena, value->pattern)
                                       : more
                                           ? arena_printf(m->arena, "%.*sz", SLICE_ARG(value->text))
                                       : less ? SLICE("A")
                                              : value->text);
    case SOQL_TIME:
        return node_new_text(m->arena, value->text);
    case SOQL_CURRENCY:
    case SOQL_DATE:
    case SOQL_DATETIME:
    case SOQL_DATE_LITERAL:
    case SOQL_PARAMETER:
    case SOQL_NULL:
        break;
    }
    return NULL;
}

/* ---- fields ---- */

/* The record that the field `name` of `record` refers to: a new one, once. */
static struct node *refer(struct matching *m, const struct sobject *object, struct node *record,
                          struct slice relationship, const struct sobject **target)
{
    const struct sobject_field *field = sobject_relationship(object, relationship);
    *target = field != NULL && field->reference_count > 0
                  ? sobject_find(m->e->world->catalog, field->references[0], m->arena)
                  : NULL;
    if (*target == NULL) {
        return NULL;
    }
    struct member *known = node_member(m->records, (*target)->name);
    if (known != NULL) {
        return known->value->items[0];
    }
    struct node *made = seed_record_like(m->arena, m->e->world, m->e->records, *target, m->number);
    if (made != NULL) {
        struct node *list = node_new_sequence(m->arena);
        node_append(m->arena, list, made);
        node_set(m->arena, m->records, (*target)->name, list);
        node_set(m->arena, record, field->name, node_get(made, "Id"));
    }
    return made;
}

static void satisfy_test(struct matching *m, const struct soql_test *test)
{
    const struct sobject *object = m->soql->object;
    struct node *record = m->record;
    const struct soql_path *path = &test->item.path;
    if (test->value_count == 0 || path->count == 0 ||
        !soql_function_keeps_value(test->item.function)) {
        return;
    }
    for (size_t i = 0; i + 1 < path->count && record != NULL; i++) {
        const struct sobject *target = NULL;
        record = refer(m, object, record, path->segments[i], &target);
        object = target;
    }
    const struct sobject_field *field =
        record != NULL ? sobject_field(object, path->segments[path->count - 1]) : NULL;
    const struct node *value =
        field != NULL ? value_for(m, field, test->comparison, &test->values[0]) : NULL;
    if (field != NULL && test->comparison == SOQL_EQUAL && test->values[0].kind == SOQL_NULL) {
        node_remove(record, field->name);
    } else if (value != NULL) {
        node_set(m->arena, record, field->name, value);
    }
}

static void satisfy(struct matching *m, const struct soql_condition *condition)
{
    switch (condition->join) {
    case SOQL_TEST:
        satisfy_test(m, &m->soql->tests[condition->test]);
        break;
    case SOQL_AND:
        satisfy(m, condition->first);
        satisfy(m, condition->second);
        break;
    case SOQL_OR:
        satisfy(m, m->attempt % 2 == 0 ? condition->first : condition->second);
        break;
    case SOQL_NOT: /* what is not forbidden is left as it is */
        break;
    }
}

/* ---- trying ---- */

/* True when a response has something in one of its lists, or says that there is something. */
static bool finds_something(struct arena *arena, struct slice text)
{
    const struct node *body = json_read_quietly(arena, text);
    bool found = node_integer(node_get(body, "totalSize"), 0) > 0;
    for (size_t i = 0; node_is(body, NODE_MAPPING) && i < body->count; i++) {
        found = found || node_length(body->members[i].value) > 0;
    }
    return found;
}

/* `org` and the records that were made. */
static struct node *with_new_records(struct matching *m, const struct node *org)
{
    struct arena *arena = m->e->arena;
    struct node *all = org != NULL ? node_deep_copy(arena, org) : node_new_mapping(arena);
    for (size_t i = 0; i < m->records->count; i++) {
        struct slice name = m->records->members[i].key->text;
        struct member *known = node_member(all, name);
        struct node *list = node_new_sequence(arena);
        for (size_t j = 0; known != NULL && j < node_length(known->value); j++) {
            node_append(arena, list, known->value->items[j]);
        }
        node_append(arena, list, node_deep_copy(arena, m->records->members[i].value->items[0]));
        node_set(arena, all, arena_slice(arena, name), list);
    }
    return all;
}

static bool is_found(struct matching *m, const struct walk_call *call, const struct node *org)
{
    struct organisation_options options = {.url = SLICE("https://" CONVERSATION_HOST),
                                           .now = m->now};
    struct organisation *organisation = organisation_new(m->arena, m->e->world->catalog, &options);
    struct diagnostics findings = diagnostics_new(m->arena);
    organisation_seed(organisation, m->e->records, &findings);
    organisation_seed(organisation, org, &findings);
    struct http_response response = organisation_respond(organisation, m->arena, &call->request);
    return response.status == 200 && finds_something(m->arena, response.body);
}

static const struct node *try_record(struct matching *m, const struct walk_call *call,
                                     const struct node *org)
{
    m->records = node_new_mapping(m->arena);
    m->record = seed_record_like(m->arena, m->e->world, m->e->records, m->soql->object, m->number);
    if (m->record == NULL) {
        return NULL;
    }
    if (m->soql->where != NULL) {
        satisfy(m, m->soql->where);
    }
    struct node *list = node_new_sequence(m->arena);
    node_append(m->arena, list, m->record);
    node_set(m->arena, m->records, m->soql->object->name, list);
    const struct node *all = with_new_records(m, org);
    return is_found(m, call, all) ? all : NULL;
}

const struct node *matching_records(struct exploring *e, const struct walk_call *call,
                                    const struct node *org)
{
    struct matching m = {.e = e, .arena = &e->scratch, .now = CONVERSATION_NOW};
    struct slice text = parameter_of(m.arena, call->request.query, "q");
    if (call->response.status != 200 || text.length == 0 ||
        finds_something(m.arena, call->response.body)) {
        return NULL;
    }
    m.soql = parse(&m, text);
    if (m.soql == NULL || m.soql->object == NULL) {
        return NULL;
    }
    m.number = 10 + (org != NULL ? org->count : 0);
    const struct node *found = NULL;
    for (m.attempt = 0; m.attempt < (int)ATTEMPTS && found == NULL; m.attempt++) {
        found = try_record(&m, call, org);
    }
    return found;
}
