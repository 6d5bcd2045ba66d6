/*
 * The rows of a query: the records that its conditions select, in groups where it groups them, in
 * their order.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/letter_case.h"
#include "trial/organisation/query_rows.h"
#include "salesforce/path.h"
#include "salesforce/record_id.h"
#include "salesforce/soql.h"
#include "document/tree/build.h"
#include "document/tree/decimal.h"

/* ---- values of records ---- */

static const struct sobject *object_of(struct evaluation *e)
{
    return e->soql->object;
}

const struct node *query_date_part(struct evaluation *e, enum soql_function function,
                                   const struct node *value)
{
    long long time;
    bool has_time;
    if (!node_is(value, NODE_STRING) || !date_read(value->text, &time, &has_time)) {
        return NULL;
    }
    long long days = time / DATE_MILLISECONDS - (time % DATE_MILLISECONDS < 0);
    struct date date = date_of_days(days);
    struct arena *arena = e->org->work;
    long long first = date_days((struct date){date.year, 1, 1});
    long long number = 0;
    switch (function) {
    case SOQL_DAY_ONLY:
        return node_new_text(
            arena, arena_printf(arena, "%04lld-%02lld-%02lld", date.year, date.month, date.day));
    case SOQL_CALENDAR_YEAR:
    case SOQL_FISCAL_YEAR:
        number = date.year;
        break;
    case SOQL_CALENDAR_QUARTER:
    case SOQL_FISCAL_QUARTER:
        number = (date.month + 2) / 3;
        break;
    case SOQL_CALENDAR_MONTH:
    case SOQL_FISCAL_MONTH:
        number = date.month;
        break;
    case SOQL_DAY_IN_MONTH:
        number = date.day;
        break;
    case SOQL_DAY_IN_YEAR:
        number = days - first + 1;
        break;
    case SOQL_DAY_IN_WEEK:
        number = ((days + 4) % 7 + 7) % 7 + 1;
        break;
    case SOQL_WEEK_IN_MONTH:
        number = (date.day - 1) / 7 + 1;
        break;
    case SOQL_WEEK_IN_YEAR:
        number = (days - first) / 7 + 1;
        break;
    case SOQL_HOUR_IN_DAY:
        number = (time - days * DATE_MILLISECONDS) / 3600000;
        break;
    case SOQL_NO_FUNCTION:
    case SOQL_COUNT:
    case SOQL_COUNT_DISTINCT:
    case SOQL_SUM:
    case SOQL_AVG:
    case SOQL_MIN:
    case SOQL_MAX:
    case SOQL_GROUPING:
    case SOQL_CONVERTTIMEZONE:
    case SOQL_TOLABEL:
    case SOQL_FORMAT:
    case SOQL_CONVERTCURRENCY:
    case SOQL_DISTANCE:
    case SOQL_GEOLOCATION:
    case SOQL_FUNCTION_COUNT:
        return NULL; /* not of dates */
    }
    return node_new_integer(arena, number);
}

static const struct node *item_value(struct evaluation *e, const struct record *record,
                                     const struct soql_item *item)
{
    if (item->function == SOQL_DISTANCE) {
        return query_distance(e, record, item);
    }
    const struct node *value = query_value_at(e, record, &item->path);
    return soql_function_keeps_value(item->function) || value == NULL
               ? value
               : query_date_part(e, item->function, value);
}

/* ---- groups ---- */

static const struct node *sum_of(struct evaluation *e, const struct row *row,
                                 const struct soql_item *item, size_t *count)
{
    double sum = 0;
    for (size_t i = 0; i < row->records.count; i++) {
        const struct node *value = query_value_at(e, row->records.items[i], &item->path);
        if (node_is_number(value)) {
            sum += strtod(arena_copy(e->org->work, value->text), NULL);
            (*count)++;
        }
    }
    bool average = item->function == SOQL_AVG;
    if (*count == 0) {
        return NULL;
    }
    struct node *node = node_new_integer(e->org->work, 0);
    node->kind = NODE_FLOAT;
    node->text = arena_printf(e->org->work, "%.15g", average ? sum / (double)*count : sum);
    return node;
}

static const struct node *aggregate(struct evaluation *e, const struct row *row,
                                    const struct soql_item *item)
{
    struct arena *arena = e->org->work;
    size_t count = 0;
    if (item->function == SOQL_SUM || item->function == SOQL_AVG) {
        return sum_of(e, row, item, &count);
    }
    if (item->path.count == 0) {
        return node_new_integer(arena, (long long)row->records.count);
    }
    const struct node *best = NULL;
    bool wants_most = item->function == SOQL_MAX;
    struct map seen = map_new(arena);
    size_t distinct = 0;
    for (size_t i = 0; i < row->records.count; i++) {
        const struct node *value = query_value_at(e, row->records.items[i], &item->path);
        if (value == NULL) {
            continue;
        }
        count++;
        distinct += map_add(&seen, letter_small_text(arena, value->text), arena) == NULL;
        int order = best == NULL            ? 0
                    : node_is_number(value) ? decimal_compare(value->text, best->text)
                                            : slice_compare(letter_small_text(arena, value->text),
                                                            letter_small_text(arena, best->text));
        if (best == NULL || (wants_most ? order > 0 : order < 0)) {
            best = value;
        }
    }
    if (item->function == SOQL_COUNT) {
        return node_new_integer(arena, (long long)count);
    }
    if (item->function == SOQL_COUNT_DISTINCT) {
        return node_new_integer(arena, (long long)distinct);
    }
    return best;
}

/* The number of the field of GROUP BY that an item shows, or SIZE_MAX. */
static size_t group_number(const struct soql *soql, const struct soql_item *item)
{
    struct soql_item plain = *item;
    plain.function = item->function == SOQL_GROUPING ? SOQL_NO_FUNCTION : item->function;
    for (size_t i = 0; i < soql->group_count; i++) {
        if (soql_item_equal(&plain, &soql->groups[i])) {
            return i;
        }
    }
    return SIZE_MAX;
}

const struct node *query_row_value(struct evaluation *e, const struct row *row,
                                   const struct soql_item *item)
{
    if (item->aggregates) {
        return aggregate(e, row, item);
    }
    size_t group = group_number(e->soql, item);
    bool hidden = group != SIZE_MAX && (row->hidden >> group & 1) != 0;
    if (item->function == SOQL_GROUPING) {
        return node_new_integer(e->org->work, hidden);
    }
    return row->records.count > 0 && !hidden ? item_value(e, row->records.items[0], item) : NULL;
}

/* The values of the one field that a query inside of IN selects, each to itself. */
static struct map *semi_join(struct evaluation *e, const struct soql *subquery)
{
    struct evaluation inner = {.org = e->org, .soql = subquery, .version = e->version};
    struct map *values = arena_alloc(e->org->work, sizeof *values);
    *values = map_new(e->org->work);
    if (query_check_object(&inner) == NULL) {
        query_fail(e, inner.refusal);
        return values;
    }
    struct rows rows = query_select(&inner);
    for (size_t i = 0; i < rows.count; i++) {
        const struct node *value = query_row_value(&inner, &rows.items[i], &subquery->items[0]);
        if (value != NULL) {
            map_add(values, record_id_long(e->org->work, value->text), values);
        }
    }
    return values;
}

/* IN (SELECT …): the inner query is asked once for the whole query. */
static bool is_joined(struct evaluation *e, size_t test, const struct node *value)
{
    const struct soql *soql = e->soql;
    if (e->joins == NULL) {
        e->joins = arena_alloc_array(e->org->work, soql->test_count, sizeof *e->joins);
    }
    if (e->joins[test] == NULL) {
        e->joins[test] = semi_join(e, soql->tests[test].subquery);
    }
    bool found = node_is(value, NODE_STRING) &&
                 map_get(e->joins[test], record_id_long(e->org->work, value->text)) != NULL;
    return soql->tests[test].comparison == SOQL_IN ? found : !found;
}

static bool holds(struct evaluation *e, const struct row *row,
                  const struct soql_condition *condition)
{
    switch (condition->join) {
    case SOQL_AND:
        return holds(e, row, condition->first) && holds(e, row, condition->second);
    case SOQL_OR:
        return holds(e, row, condition->first) || holds(e, row, condition->second);
    case SOQL_NOT:
        return !holds(e, row, condition->first);
    case SOQL_TEST:
        break;
    }
    const struct soql_test *test = &e->soql->tests[condition->test];
    const struct soql_item *item = &test->item;
    const struct soql_item *named = item->function == SOQL_NO_FUNCTION && test->having
                                        ? soql_aliased_item(e->soql, item)
                                        : NULL;
    const struct node *value = query_row_value(e, row, named != NULL ? named : item);
    return test->subquery != NULL ? is_joined(e, condition->test, value)
                                  : query_test(e->org, test, value);
}

/* ---- rows ---- */

static struct row *add_row(struct evaluation *e, struct rows *rows)
{
    rows->items = arena_append(e->org->work, rows->items, rows->count, sizeof *rows->items);
    return &rows->items[rows->count++];
}

static void add_record(struct evaluation *e, struct row *row, struct record *record)
{
    struct record_list *list = &row->records;
    list->items = arena_append(e->org->work, list->items, list->count, sizeof(struct record *));
    list->items[list->count++] = record;
}

/* What the members of a group share, as one text. */
static struct slice group_key(struct evaluation *e, struct record *record, unsigned hidden)
{
    struct builder key = builder_new(e->org->work);
    builder_printf(&key, "%u", hidden);
    for (size_t i = 0; i < e->soql->group_count; i++) {
        const struct node *value =
            (hidden >> i & 1) == 0 ? item_value(e, record, &e->soql->groups[i]) : NULL;
        builder_printf(&key, "/%zu:", value != NULL ? value->text.length : 0);
        builder_add(&key, value != NULL ? letter_small_text(e->org->work, value->text) : SLICE(""));
    }
    return builder_slice(&key);
}

/*
 * The next set of fields that ROLLUP or CUBE sums over, after `hidden`; false after the last.
 * ROLLUP hides the last field, the last two and so on, CUBE every set.
 */
static bool next_subtotal(const struct soql *soql, unsigned *hidden)
{
    unsigned all = (1U << soql->group_count) - 1;
    switch (soql->grouping) {
    case SOQL_GROUP_FIELDS:
        return false;
    case SOQL_GROUP_CUBE:
        return (*hidden)++ < all;
    case SOQL_GROUP_ROLLUP:
        if (*hidden == all) {
            return false;
        }
        *hidden = (*hidden >> 1 | 1U << (soql->group_count - 1)) & all;
        return true;
    }
    return false;
}

static void add_to_groups(struct evaluation *e, struct rows *rows, struct map *groups,
                          struct record *record)
{
    unsigned hidden = 0;
    do {
        struct slice key = group_key(e, record, hidden);
        size_t *known = map_get(groups, key);
        if (known == NULL) {
            known = arena_alloc(e->org->work, sizeof *known);
            *add_row(e, rows) = (struct row){.hidden = hidden};
            *known = rows->count;
            map_add(groups, key, known);
        }
        add_record(e, &rows->items[*known - 1], record);
    } while (next_subtotal(e->soql, &hidden));
}

/* Of a subquery for children: whether the record is one of the parent's. */
static bool is_child(const struct evaluation *e, const struct record *record)
{
    if (e->parent_field == NULL) {
        return true;
    }
    const struct node *parent = record_value(record, e->parent_field);
    return node_is(parent, NODE_STRING) && record_id_equal(parent->text, e->parent);
}

struct rows query_select(struct evaluation *e)
{
    const struct soql *soql = e->soql;
    const struct sobject *object = object_of(e);
    struct rows rows = {0};
    struct map groups = map_new(e->org->work); /* a key to the number of the row, from 1 */
    for (size_t i = 0; i < e->org->records.count; i++) {
        struct record *record = e->org->records.items[i];
        struct row candidate = {0};
        if (!slice_equal(record->object->name, object->name) || record->is_deleted ||
            !is_child(e, record)) {
            continue;
        }
        add_record(e, &candidate, record);
        if (soql->where != NULL && !holds(e, &candidate, soql->where)) {
            continue;
        }
        if (soql->aggregates) {
            add_to_groups(e, &rows, &groups, record);
        } else {
            *add_row(e, &rows) = candidate;
        }
    }
    if (soql->aggregates && soql->group_count == 0 && rows.count == 0) {
        *add_row(e, &rows) = (struct row){0}; /* a sum over nothing is a row all the same */
    }
    size_t kept = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (soql->having == NULL || holds(e, &rows.items[i], soql->having)) {
            rows.items[kept++] = rows.items[i];
        }
    }
    rows.count = kept;
    return rows;
}

/* The item of SELECT that an alias names, else the item itself. */
static const struct soql_item *resolve_alias(const struct soql *soql, const struct soql_item *item)
{
    for (size_t i = 0; i < soql->item_count && item->path.count == 1; i++) {
        if (item->function == SOQL_NO_FUNCTION && soql->items[i].alias.length > 0 &&
            slice_equal_ignoring_case(soql->items[i].alias, item->path.segments[0])) {
            return &soql->items[i];
        }
    }
    return item;
}

static int order_of(const struct soql *soql, const struct row *a, const struct row *b)
{
    for (size_t i = 0; i < soql->order_count; i++) {
        const struct node *one = a->keys[i];
        const struct node *other = b->keys[i];
        int order;
        if (one == NULL || other == NULL) {
            order = (one != NULL) - (other != NULL);
            order = soql->orders[i].nulls_last ? -order : order;
        } else {
            order = node_is_number(one) ? decimal_compare(one->text, other->text)
                                        : slice_compare(one->text, other->text);
            order = soql->orders[i].descending ? -order : order;
        }
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

/* A merge sort, since rows that are equal keep their order. */
static void sort_rows(const struct soql *soql, struct row *rows, struct row *spare, size_t count)
{
    if (count < 2) {
        return;
    }
    size_t half = count / 2;
    sort_rows(soql, rows, spare, half);
    sort_rows(soql, rows + half, spare, count - half);
    memcpy(spare, rows, half * sizeof *rows);
    size_t left = 0, right = half, to = 0;
    while (left < half) {
        bool takes_right = right < count && order_of(soql, &rows[right], &spare[left]) < 0;
        rows[to++] = takes_right ? rows[right++] : spare[left++];
    }
}

void query_order(struct evaluation *e, struct rows *rows)
{
    const struct soql *soql = e->soql;
    if (soql->order_count == 0) {
        return;
    }
    for (size_t i = 0; i < rows->count; i++) {
        struct row *row = &rows->items[i];
        row->keys = arena_alloc_array(e->org->work, soql->order_count, sizeof *row->keys);
        for (size_t j = 0; j < soql->order_count; j++) {
            const struct node *value =
                query_row_value(e, row, resolve_alias(soql, &soql->orders[j].item));
            if (node_is(value, NODE_STRING)) {
                value = node_new_text(e->org->work, letter_small_text(e->org->work, value->text));
            }
            row->keys[j] = value;
        }
    }
    struct row *spare = arena_alloc_array(e->org->work, rows->count, sizeof *spare);
    sort_rows(soql, rows->items, spare, rows->count);
}
