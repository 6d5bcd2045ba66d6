/*
 * SOQL on the records in memory: the answer to a query. It goes through the parser that checks
 * templates; what that reports is refused as malformed.
 */
#include "trial/organisation/query_rows.h"

#include "document/tree/build.h"

static struct node *null_node(struct arena *arena)
{
    struct node *node = node_new_boolean(arena, false);
    node->kind = NODE_NULL;
    return node;
}

/* Puts a value where its path leads: records on the way are objects with attributes. */
static void put(struct evaluation *e, struct node *result, const struct record *record,
                const struct soql_item *item)
{
    struct arena *arena = e->org->work;
    const struct soql_path *path = &item->path;
    if (item->function == SOQL_DISTANCE) {
        const struct node *distance = query_distance(e, record, item);
        node_set(arena, result, item->alias.length > 0 ? item->alias : SLICE("expr0"),
                 distance != NULL ? distance : null_node(arena));
        return;
    }
    for (size_t i = 0; i + 1 < path->count; i++) {
        const struct sobject_field *reference =
            sobject_relationship(record->object, path->segments[i]);
        struct slice name = reference != NULL ? reference->relationship : path->segments[i];
        record = reference != NULL ? record_follow(e->org, record, reference) : NULL;
        if (record == NULL) {
            node_set(arena, result, name, null_node(arena));
            return;
        }
        struct member *known = node_member(result, name);
        struct node *inner = known != NULL ? known->value : node_new_mapping(arena);
        if (known == NULL) {
            node_set(arena, inner, SLICE("attributes"),
                     store_attributes(e->org, record, e->version));
            node_set(arena, result, name, inner);
        }
        result = inner;
    }
    const struct sobject_field *field =
        sobject_field(record->object, path->segments[path->count - 1]);
    const struct node *value = field != NULL ? record_value(record, field) : NULL;
    if (!soql_function_keeps_value(item->function) && value != NULL) {
        const struct node *part = query_date_part(e, item->function, value);
        value = part != NULL ? part : value;
    }
    struct slice name = item->alias.length > 0 ? item->alias
                        : field != NULL        ? field->name
                                               : path->segments[path->count - 1];
    node_set(arena, result, name, value != NULL ? value : null_node(arena));
}

static struct node *make_answer(struct evaluation *e, const struct rows *rows);

/* The reference of a child that leads to `parent`: the way back of a subquery. */
static const struct sobject_field *way_back(const struct sobject *child,
                                            const struct sobject *parent)
{
    for (size_t i = 0; child != NULL && i < child->field_count; i++) {
        for (size_t j = 0; j < child->fields[i].reference_count; j++) {
            if (slice_equal(child->fields[i].references[j], parent->name)) {
                return &child->fields[i];
            }
        }
    }
    return NULL;
}

/* The children of a record, as an answer of their own; null when there are none. */
static void put_children(struct evaluation *e, struct node *result, const struct record *record,
                         const struct soql *subquery)
{
    struct evaluation inner = {
        .org = e->org,
        .soql = subquery,
        .version = e->version,
        .parent_field = way_back(subquery->object, record->object),
        .parent = record->id,
    };
    struct slice name = subquery->from.segments[subquery->from.count - 1];
    if (inner.parent_field == NULL || query_check_object(&inner) == NULL) {
        inner.parent_field = NULL;
        query_check_object(&inner);
        query_fail(e, inner.refusal);
        return;
    }
    struct rows rows = query_select(&inner);
    query_order(&inner, &rows);
    struct node *answer = make_answer(&inner, &rows);
    bool is_empty = node_length(node_get(answer, "records")) == 0;
    query_fail(e, inner.refusal);
    node_set(e->org->work, result, name, is_empty ? null_node(e->org->work) : answer);
}

static void put_field(struct evaluation *e, struct node *result, const struct record *record,
                      struct soql_path path)
{
    struct soql_item item = {.path = path};
    put(e, result, record, &item);
}

/* TYPEOF: the fields that the object of the related record has a WHEN for. */
static void put_typeof(struct evaluation *e, struct node *result, const struct record *record,
                       const struct soql_item *item)
{
    const struct sobject_field *reference =
        sobject_relationship_any_case(record->object, item->path.segments[item->path.count - 1]);
    const struct record *related =
        reference != NULL ? record_follow(e->org, record, reference) : NULL;
    struct slice name = reference != NULL ? reference->relationship : item->path.segments[0];
    if (related == NULL) {
        node_set(e->org->work, result, name, null_node(e->org->work));
        return;
    }
    struct node *inner = node_new_mapping(e->org->work);
    node_set(e->org->work, inner, SLICE("attributes"),
             store_attributes(e->org, related, e->version));
    for (size_t i = 0; i < item->when_count; i++) {
        const struct soql_when *when = &item->whens[i];
        if (when->object.text.length == 0 ||
            slice_equal_ignoring_case(when->object.text, related->object->name)) {
            for (size_t j = 0; j < when->field_count; j++) {
                put_field(e, inner, related, when->fields[j]);
            }
            break;
        }
    }
    node_set(e->org->work, result, name, inner);
}

/* FIELDS(ALL), FIELDS(STANDARD), FIELDS(CUSTOM) */
static void put_fields(struct evaluation *e, struct node *result, const struct record *record,
                       const struct soql_item *item)
{
    for (size_t i = 0; i < record->object->field_count; i++) {
        struct slice name = record->object->fields[i].name;
        bool custom = sobject_is_custom_name(name);
        if (slice_is(item->group, "ALL") || custom == slice_is(item->group, "CUSTOM")) {
            put_field(e, result, record, (struct soql_path){.segments = &name, .count = 1});
        }
    }
}

static struct node *record_result(struct evaluation *e, const struct row *row)
{
    struct node *result = node_new_mapping(e->org->work);
    const struct record *record = row->records.items[0];
    node_set(e->org->work, result, SLICE("attributes"),
             store_attributes(e->org, record, e->version));
    if (e->soql->item_count == 0) { /* what a search returns without fields */
        node_set_text(e->org->work, result, "Id", record->id);
    }
    for (size_t i = 0; i < e->soql->item_count; i++) {
        const struct soql_item *item = &e->soql->items[i];
        switch (item->kind) {
        case SOQL_FIELD:
            put(e, result, record, item);
            break;
        case SOQL_FIELDS:
            put_fields(e, result, record, item);
            break;
        case SOQL_SUBQUERY:
            put_children(e, result, record, item->subquery);
            break;
        case SOQL_TYPEOF:
            put_typeof(e, result, record, item);
            break;
        }
    }
    return result;
}

/* Values without an alias are called expr0, expr1, … */
static struct node *group_result(struct evaluation *e, const struct row *row)
{
    struct arena *arena = e->org->work;
    struct node *result = node_new_mapping(arena);
    struct node *attributes = node_new_mapping(arena);
    node_set_text(arena, attributes, "type", SLICE("AggregateResult"));
    node_set(arena, result, SLICE("attributes"), attributes);
    size_t unnamed = 0;
    for (size_t i = 0; i < e->soql->item_count; i++) {
        const struct soql_item *item = &e->soql->items[i];
        struct slice name = item->alias;
        if (name.length == 0 && item->function != SOQL_NO_FUNCTION) {
            name = arena_printf(arena, "expr%zu", unnamed++);
        } else if (name.length == 0) {
            name = item->path.segments[item->path.count - 1];
        }
        const struct node *value = query_row_value(e, row, item);
        node_set(arena, result, name, value != NULL ? value : null_node(arena));
    }
    return result;
}

static size_t count_of(const struct soql_value *value, size_t fallback)
{
    if (value->kind != SOQL_NUMBER) {
        return fallback;
    }
    size_t count = 0;
    for (size_t i = 0; i < value->text.length && i < 9; i++) {
        count = count * 10 + (size_t)(value->text.data[i] - '0');
    }
    return count;
}

struct slice query_locator(struct arena *arena, struct slice version, size_t number, size_t first)
{
    return arena_printf(arena, "/services/data/%.*s/query/01g%015zu-%zu", SLICE_ARG(version),
                        number, first);
}

/* More records than one answer holds are kept for /query/LOCATOR. */
static void add_records(struct evaluation *e, struct node *answer, struct node *records)
{
    struct arena *arena = e->org->work;
    size_t size = e->batch_size > 0 ? e->batch_size : QUERY_BATCH_MOST;
    bool done = records->count <= size;
    node_set(arena, answer, SLICE("done"), node_new_boolean(arena, done));
    if (done) {
        node_set(arena, answer, SLICE("records"), records);
        return;
    }
    e->refusal = store_refuse_more(e->org);
    if (e->refusal.code != NULL) {
        return;
    }
    struct node *rest = node_new_mapping(arena);
    struct node *later = node_new_sequence(arena);
    node_set(arena, rest, SLICE("size"), node_new_integer(arena, (long long)size));
    node_set(arena, rest, SLICE("total"), node_new_integer(arena, (long long)records->count));
    for (size_t i = size; i < records->count; i++) {
        node_append(arena, later, records->items[i]);
    }
    node_set(arena, rest, SLICE("records"), later);
    records->count = (uint32_t)size; /* at most QUERY_BATCH_MOST */
    node_append(e->org->arena, e->org->batches, node_deep_copy(e->org->arena, rest));
    node_set_text(arena, answer, "nextRecordsUrl",
                  query_locator(arena, e->version, node_length(e->org->batches), size));
    node_set(arena, answer, SLICE("records"), records);
}

struct node *query_records(struct evaluation *e, const struct rows *rows)
{
    struct node *records = node_new_sequence(e->org->work);
    size_t first = count_of(&e->soql->offset, 0);
    size_t most = count_of(&e->soql->limit, rows->count);
    for (size_t i = first; i < rows->count && i - first < most; i++) {
        node_append(e->org->work, records,
                    e->soql->aggregates ? group_result(e, &rows->items[i])
                                        : record_result(e, &rows->items[i]));
    }
    return records;
}

static struct node *make_answer(struct evaluation *e, const struct rows *rows)
{
    struct arena *arena = e->org->work;
    const struct soql *soql = e->soql;
    struct node *answer = node_new_mapping(arena);
    bool bare_count = soql->item_count == 1 && soql->items[0].aggregates &&
                      soql->items[0].path.count == 0 && soql->group_count == 0;
    struct node *records = bare_count ? node_new_sequence(arena) : query_records(e, rows);
    size_t total = bare_count ? rows->items[0].records.count : records->count;
    total =
        bare_count && total > count_of(&soql->limit, total) ? count_of(&soql->limit, total) : total;
    node_set(arena, answer, SLICE("totalSize"), node_new_integer(arena, (long long)total));
    add_records(e, answer, records);
    return answer;
}

struct refusal query_respond(struct organisation *org, struct slice text, struct slice version,
                             size_t batch_size, struct node **answer)
{
    struct diagnostics findings = diagnostics_new(org->work);
    struct node *node = node_new_text(org->work, text);
    node->source = source_new(org->work, "query", text);
    node->range = (struct range){0, (uint32_t)text.length};
    struct soql_piece *piece = arena_alloc(org->work, sizeof *piece);
    *piece = (struct soql_piece){.node = node, .text = text};
    struct evaluation e = {.org = org, .version = version, .batch_size = batch_size};
    struct soql *soql = soql_parse(org->work, piece, 1, &findings);
    if (soql == NULL || findings.error_count > 0) {
        return organisation_refuse(
            org, 400, "MALFORMED_QUERY", "%.*s",
            SLICE_ARG(findings.first != NULL ? findings.first->message : SLICE("")));
    }
    soql_spell(org->work, soql, org->catalog);
    e.soql = soql;
    if (query_check_object(&e) == NULL) {
        return e.refusal;
    }
    struct rows rows = query_select(&e);
    query_order(&e, &rows);
    *answer = make_answer(&e, &rows);
    return e.refusal;
}
