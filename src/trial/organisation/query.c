/*
 * SOQL on the records in memory. A query goes through the parser that checks templates; what that
 * does not cover is refused as malformed.
 */
#include <stdlib.h>

#include "base/date.h"
#include "base/glob.h"
#include "trial/organisation/parts.h"
#include "salesforce/path.h"
#include "salesforce/record_id.h"
#include "salesforce/soql.h"
#include "document/tree/build.h"
#include "document/tree/decimal.h"

#define BATCH_SIZE 2000

struct evaluation {
    struct organisation *org;
    const struct soql *soql;
    struct slice version;
    struct refusal refusal;
};

static void fail(struct evaluation *e, struct refusal refusal)
{
    if (e->refusal.code == NULL) {
        e->refusal = refusal;
    }
}

/* ---- values of records ---- */

static const struct sobject *object_of(struct evaluation *e)
{
    return sobject_find(e->org->catalog, e->soql->from.segments[0], e->org->work);
}

/* The field at the end of a path, and the record it is of; NULL where a reference is empty. */
static const struct node *value_at(struct evaluation *e, const struct record *record,
                                   const struct soql_path *path)
{
    for (size_t i = 0; i + 1 < path->count; i++) {
        const struct sobject_field *reference =
            sobject_relationship(record->object, path->segments[i]);
        record = reference != NULL ? record_follow(e->org, record, reference) : NULL;
        if (record == NULL) {
            return NULL;
        }
    }
    const struct sobject_field *field =
        sobject_field(record->object, path->segments[path->count - 1]);
    return field != NULL ? record_value(record, field) : NULL;
}

/* A date function of a value: CALENDAR_YEAR, DAY_ONLY, …; NULL for no date. */
static const struct node *date_part(struct evaluation *e, struct slice function,
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
    if (slice_is(function, "DAY_ONLY")) {
        return node_new_text(
            arena, arena_printf(arena, "%04lld-%02lld-%02lld", date.year, date.month, date.day));
    }
    long long first = date_days((struct date){date.year, 1, 1});
    long long number = 0;
    if (slice_ends_with(function, "_YEAR") && !slice_starts_with(function, "DAY") &&
        !slice_starts_with(function, "WEEK")) {
        number = date.year;
    } else if (slice_ends_with(function, "_QUARTER")) {
        number = (date.month + 2) / 3;
    } else if (slice_is(function, "CALENDAR_MONTH") || slice_is(function, "FISCAL_MONTH")) {
        number = date.month;
    } else if (slice_is(function, "DAY_IN_MONTH")) {
        number = date.day;
    } else if (slice_is(function, "DAY_IN_YEAR")) {
        number = days - first + 1;
    } else if (slice_is(function, "DAY_IN_WEEK")) {
        number = ((days + 4) % 7 + 7) % 7 + 1;
    } else if (slice_is(function, "WEEK_IN_MONTH")) {
        number = (date.day - 1) / 7 + 1;
    } else if (slice_is(function, "WEEK_IN_YEAR")) {
        number = (days - first) / 7 + 1;
    } else if (slice_is(function, "HOUR_IN_DAY")) {
        number = (time - days * DATE_MILLISECONDS) / 3600000;
    }
    return node_new_integer(arena, number);
}

static const struct node *item_value(struct evaluation *e, const struct record *record,
                                     const struct soql_item *item)
{
    const struct node *value = value_at(e, record, &item->path);
    bool plain = item->function.length == 0 || slice_is(item->function, "TOLABEL") ||
                 slice_is(item->function, "FORMAT") || slice_is(item->function, "CONVERTCURRENCY");
    return plain || value == NULL ? value : date_part(e, item->function, value);
}

/* ---- names ---- */

static void check_path(struct evaluation *e, const struct soql_path *path)
{
    const struct sobject *object = object_of(e);
    struct path_result result = path_follow(e->org->work, object, path->segments, path->count);
    if (result.is_missing) {
        fail(e, organisation_refuse(
                    e->org, 400, "INVALID_FIELD",
                    "No such %s '%.*s' on entity '%.*s'. If you are attempting to use a custom "
                    "field, be sure to append the '__c' after the custom field name.",
                    result.is_relationship ? "relation" : "column",
                    SLICE_ARG(path->segments[result.segment]),
                    SLICE_ARG(result.object != NULL ? result.object->name : object->name)));
    }
}

static void check_items(struct evaluation *e, const struct soql_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_alias = false;
        for (size_t j = 0; j < e->soql->item_count && items != e->soql->items; j++) {
            is_alias = is_alias || (e->soql->items[j].alias.length > 0 &&
                                    slice_equal(e->soql->items[j].alias, items[i].path.place.text));
        }
        if (items[i].path.count > 0 && !is_alias) {
            check_path(e, &items[i].path);
        }
    }
}

static void check_names(struct evaluation *e)
{
    const struct soql *soql = e->soql;
    check_items(e, soql->items, soql->item_count);
    check_items(e, soql->groups, soql->group_count);
    for (size_t i = 0; i < soql->test_count; i++) {
        check_items(e, &soql->tests[i].item, 1);
    }
    for (size_t i = 0; i < soql->order_count; i++) {
        check_items(e, &soql->orders[i].item, 1);
    }
}

/* ---- comparing ---- */

/* The first day of a unit of time, `offset` units from the one that has `days` in it. */
static long long unit_start(struct slice unit, long long days, long long offset)
{
    struct date date = date_of_days(days);
    if (slice_is(unit, "WEEK")) {
        long long weekday = ((days + 4) % 7 + 7) % 7; /* Sunday is the first */
        return days - weekday + offset * 7;
    }
    if (slice_is(unit, "MONTH")) {
        return date_days((struct date){date.year, date.month + offset, 1});
    }
    if (slice_ends_with(unit, "QUARTER")) {
        return date_days((struct date){date.year, (date.month - 1) / 3 * 3 + 1 + offset * 3, 1});
    }
    if (slice_ends_with(unit, "YEAR")) {
        return date_days((struct date){date.year + offset, 1, 1});
    }
    return days + offset;
}

static struct slice remove_prefix(struct slice word, const char *prefix)
{
    return slice_starts_with(word, prefix) ? slice_part(word, strlen(prefix), word.length) : word;
}

/* The days that a date literal stands for: from the first to before the last. */
static void literal_range(struct slice literal, long long today, long long *first, long long *end)
{
    size_t colon = slice_find(literal, ":", 0);
    long long n = 0;
    for (size_t i = colon + 1; i < literal.length && i < colon + 8; i++) {
        n = literal.data[i] >= '0' && literal.data[i] <= '9' ? n * 10 + literal.data[i] - '0' : n;
    }
    struct slice word = slice_part(literal, 0, colon < literal.length ? colon : literal.length);
    if (slice_is(word, "TODAY") || slice_is(word, "YESTERDAY") || slice_is(word, "TOMORROW")) {
        *first = today + slice_is(word, "TOMORROW") - slice_is(word, "YESTERDAY");
        *end = *first + 1;
    } else if (slice_is(word, "LAST_90_DAYS")) {
        *first = today - 89;
        *end = today + 1;
    } else if (slice_is(word, "NEXT_90_DAYS")) {
        *first = today + 1;
        *end = today + 91;
    } else if (slice_starts_with(word, "N_")) { /* N_DAYS_AGO:3 */
        struct slice unit = slice_part(word, 2, word.length - (word.length > 7 ? 5 : 0));
        *first = unit_start(unit, today, -n);
        *end = unit_start(unit, today, 1 - n);
    } else if (slice_starts_with(word, "LAST_N_")) {
        struct slice unit = remove_prefix(word, "LAST_N_");
        unit.length -= unit.length > 0; /* the plural */
        bool days = slice_is(unit, "DAY");
        *first = unit_start(unit, today, -n + days);
        *end = days ? today + 1 : unit_start(unit, today, 0);
    } else if (slice_starts_with(word, "NEXT_N_")) {
        struct slice unit = remove_prefix(word, "NEXT_N_");
        unit.length -= unit.length > 0;
        *first = unit_start(unit, today, 1);
        *end = unit_start(unit, today, n + 1);
    } else {
        long long offset = slice_starts_with(word, "LAST_") ? -1 : slice_starts_with(word, "NEXT_");
        struct slice unit =
            remove_prefix(remove_prefix(remove_prefix(word, "LAST_"), "NEXT_"), "THIS_");
        *first = unit_start(unit, today, offset);
        *end = unit_start(unit, today, offset + 1);
    }
}

/* -1, 0, 1: where a moment lies to the days of a value. */
static int compare_time(struct evaluation *e, const struct node *value,
                        const struct soql_value *other)
{
    long long time = 0, first = 0, end = 0;
    bool has_time, other_has_time;
    date_read(value->text, &time, &has_time);
    if (other->kind == SOQL_DATE_LITERAL) {
        long long today = e->org->options.now / DATE_MILLISECONDS;
        literal_range(arena_upper_case(e->org->work, other->text), today, &first, &end);
        first *= DATE_MILLISECONDS;
        end *= DATE_MILLISECONDS;
    } else {
        date_read(other->text, &first, &other_has_time);
        end = first + (other->kind == SOQL_DATE && has_time ? DATE_MILLISECONDS : 1);
    }
    return time < first ? -1 : time >= end;
}

static int compare(struct evaluation *e, const struct node *value, const struct soql_value *other)
{
    if (other->kind == SOQL_DATE || other->kind == SOQL_DATETIME ||
        other->kind == SOQL_DATE_LITERAL) {
        return node_is(value, NODE_STRING) ? compare_time(e, value, other) : -1;
    }
    if (other->kind == SOQL_NUMBER) {
        return node_is_number(value) ? decimal_compare(value->text, other->text) : -1;
    }
    if (other->kind == SOQL_BOOLEAN) {
        bool wanted = slice_equal_ignoring_case(other->text, SLICE("true"));
        return node_is(value, NODE_BOOLEAN) ? value->boolean - wanted : -1;
    }
    if (!node_is(value, NODE_STRING)) {
        return -1;
    }
    if (record_id_mistake(value->text) == NULL && record_id_mistake(other->text) == NULL &&
        record_id_equal(value->text, other->text)) {
        return 0;
    }
    if (slice_equal_ignoring_case(value->text, other->text)) {
        return 0;
    }
    int order = slice_compare(arena_lower_case(e->org->work, value->text),
                              arena_lower_case(e->org->work, other->text));
    return order != 0 ? order : -1;
}

/* LIKE: `%` for any text, `_` for one character, a backslash in front of either for itself. */
static bool is_like(struct arena *arena, struct slice text, struct slice pattern)
{
    struct glob glob = {.arena = arena};
    for (size_t i = 0; i < pattern.length; i++) {
        bool escaped = pattern.data[i] == '\\' && i + 1 < pattern.length;
        char c = pattern.data[escaped ? ++i : i];
        glob_add(&glob,
                 escaped || (c != '%' && c != '_') ? GLOB_BYTE
                 : c == '%'                        ? GLOB_ANY
                                                   : GLOB_ONE,
                 c);
    }
    return glob_matches(&glob, text);
}

/* A picklist of several values is text between semicolons. */
static bool includes(struct slice values, struct slice wanted)
{
    struct slice value;
    for (size_t at = 0; slice_next_part(values, ';', &at, &value);) {
        if (slice_equal_ignoring_case(value, wanted)) {
            return true;
        }
    }
    return false;
}

static bool test_value(struct evaluation *e, const struct soql_test *test, const struct node *value)
{
    bool any = false;
    for (size_t i = 0; i < test->value_count; i++) {
        const struct soql_value *other = &test->values[i];
        if (other->kind == SOQL_NULL) {
            any = any || value == NULL;
        } else if (value != NULL &&
                   (test->comparison == SOQL_INCLUDES || test->comparison == SOQL_EXCLUDES)) {
            any = any || includes(value->text, other->text);
        } else if (value != NULL) {
            any = any || compare(e, value, other) == 0;
        }
    }
    switch (test->comparison) {
    case SOQL_EQUAL:
    case SOQL_IN:
    case SOQL_INCLUDES:
        return any;
    case SOQL_NOT_EQUAL:
    case SOQL_NOT_IN:
    case SOQL_EXCLUDES:
        return !any;
    case SOQL_LIKE:
        return node_is(value, NODE_STRING) &&
               is_like(e->org->work, value->text, test->values[0].text);
    case SOQL_LESS:
    case SOQL_LESS_EQUAL:
    case SOQL_GREATER:
    case SOQL_GREATER_EQUAL:
        break;
    }
    if (value == NULL || test->values[0].kind == SOQL_NULL) {
        return false;
    }
    int order = compare(e, value, &test->values[0]);
    return test->comparison == SOQL_LESS         ? order < 0
           : test->comparison == SOQL_LESS_EQUAL ? order <= 0
           : test->comparison == SOQL_GREATER    ? order > 0
                                                 : order >= 0;
}

/* ---- groups ---- */

/* What a query gives a row for: a record, or a group of them. */
struct row {
    struct record_list records;
    struct node *result;
    const struct node **keys; /* values of ORDER BY; NULL elements: none */
};

static const struct node *sum_of(struct evaluation *e, const struct row *row,
                                 const struct soql_item *item, size_t *count)
{
    double sum = 0;
    for (size_t i = 0; i < row->records.count; i++) {
        const struct node *value = value_at(e, row->records.items[i], &item->path);
        if (node_is_number(value)) {
            sum += strtod(arena_copy(e->org->work, value->text), NULL);
            (*count)++;
        }
    }
    bool average = slice_is(item->function, "AVG");
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
    if (slice_is(item->function, "SUM") || slice_is(item->function, "AVG")) {
        return sum_of(e, row, item, &count);
    }
    if (item->path.count == 0) {
        return node_new_integer(arena, (long long)row->records.count);
    }
    const struct node *best = NULL;
    bool wants_most = slice_is(item->function, "MAX");
    struct map seen = map_new(arena);
    size_t distinct = 0;
    for (size_t i = 0; i < row->records.count; i++) {
        const struct node *value = value_at(e, row->records.items[i], &item->path);
        if (value == NULL) {
            continue;
        }
        count++;
        distinct += map_add(&seen, arena_lower_case(arena, value->text), arena) == NULL;
        int order = best == NULL            ? 0
                    : node_is_number(value) ? decimal_compare(value->text, best->text)
                                            : slice_compare(value->text, best->text);
        if (best == NULL || (wants_most ? order > 0 : order < 0)) {
            best = value;
        }
    }
    if (slice_is(item->function, "COUNT")) {
        return node_new_integer(arena, (long long)count);
    }
    if (slice_is(item->function, "COUNT_DISTINCT")) {
        return node_new_integer(arena, (long long)distinct);
    }
    return best;
}

static const struct node *row_value(struct evaluation *e, const struct row *row,
                                    const struct soql_item *item)
{
    if (item->aggregates) {
        return aggregate(e, row, item);
    }
    return row->records.count > 0 ? item_value(e, row->records.items[0], item) : NULL;
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
    return test_value(e, test, row_value(e, row, &test->item));
}

/* ---- rows ---- */

struct rows {
    struct row *items;
    size_t count;
};

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
static struct slice group_key(struct evaluation *e, struct record *record)
{
    struct builder key = builder_new(e->org->work);
    for (size_t i = 0; i < e->soql->group_count; i++) {
        const struct node *value = item_value(e, record, &e->soql->groups[i]);
        builder_printf(&key, "%zu:", value != NULL ? value->text.length : 0);
        builder_add(&key, value != NULL ? value->text : SLICE(""));
    }
    return builder_slice(&key);
}

static struct rows select_rows(struct evaluation *e)
{
    const struct sobject *object = object_of(e);
    struct rows rows = {0};
    struct map groups = map_new(e->org->work); /* a key to the number of the row, from 1 */
    for (size_t i = 0; i < e->org->records.count; i++) {
        struct record *record = e->org->records.items[i];
        struct row candidate = {0};
        if (record->object != object || record->is_deleted) {
            continue;
        }
        add_record(e, &candidate, record);
        if (e->soql->where != NULL && !holds(e, &candidate, e->soql->where)) {
            continue;
        }
        if (!e->soql->aggregates) {
            *add_row(e, &rows) = candidate;
            continue;
        }
        struct slice key = group_key(e, record);
        size_t *known = map_get(&groups, key);
        if (known == NULL) {
            known = arena_alloc(e->org->work, sizeof *known);
            *add_row(e, &rows) = (struct row){0};
            *known = rows.count;
            map_add(&groups, key, known);
        }
        add_record(e, &rows.items[*known - 1], record);
    }
    if (e->soql->aggregates && e->soql->group_count == 0 && rows.count == 0) {
        *add_row(e, &rows) = (struct row){0}; /* a sum over nothing is a row all the same */
    }
    size_t kept = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (e->soql->having == NULL || holds(e, &rows.items[i], e->soql->having)) {
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
        if (item->function.length == 0 && soql->items[i].alias.length > 0 &&
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

static void order_rows(struct evaluation *e, struct rows *rows)
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
                row_value(e, row, resolve_alias(soql, &soql->orders[j].item));
            if (node_is(value, NODE_STRING)) {
                value = node_new_text(e->org->work, arena_lower_case(e->org->work, value->text));
            }
            row->keys[j] = value;
        }
    }
    struct row *spare = arena_alloc_array(e->org->work, rows->count, sizeof *spare);
    sort_rows(soql, rows->items, spare, rows->count);
}

/* ---- the answer ---- */

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
    if (item->function.length > 0 && value != NULL) {
        value = date_part(e, item->function, value) != NULL ? date_part(e, item->function, value)
                                                            : value;
    }
    node_set(arena, result, field != NULL ? field->name : path->segments[path->count - 1],
             value != NULL ? value : null_node(arena));
}

static struct node *record_result(struct evaluation *e, const struct row *row)
{
    struct node *result = node_new_mapping(e->org->work);
    const struct record *record = row->records.items[0];
    node_set(e->org->work, result, SLICE("attributes"),
             store_attributes(e->org, record, e->version));
    for (size_t i = 0; i < e->soql->item_count; i++) {
        put(e, result, record, &e->soql->items[i]);
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
        if (name.length == 0 && item->function.length > 0) {
            name = arena_printf(arena, "expr%zu", unnamed++);
        } else if (name.length == 0) {
            name = item->path.segments[item->path.count - 1];
        }
        const struct node *value = row_value(e, row, item);
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

/* More records than one answer holds are kept for /query/LOCATOR. */
static void add_records(struct evaluation *e, struct node *answer, struct node *records)
{
    struct arena *arena = e->org->work;
    bool done = records->count <= BATCH_SIZE;
    node_set(arena, answer, SLICE("done"), node_new_boolean(arena, done));
    if (done) {
        node_set(arena, answer, SLICE("records"), records);
        return;
    }
    struct node *rest = node_new_sequence(arena);
    for (size_t i = BATCH_SIZE; i < records->count; i++) {
        node_append(arena, rest, records->items[i]);
    }
    records->count = BATCH_SIZE;
    node_append(e->org->arena, e->org->batches, node_deep_copy(e->org->arena, rest));
    node_set_text(arena, answer, "nextRecordsUrl",
                  arena_printf(arena, "/services/data/%.*s/query/01g%015zu-%d",
                               SLICE_ARG(e->version), e->org->batches->count, BATCH_SIZE));
    node_set(arena, answer, SLICE("records"), records);
}

static struct node *make_answer(struct evaluation *e, const struct rows *rows)
{
    struct arena *arena = e->org->work;
    const struct soql *soql = e->soql;
    struct node *answer = node_new_mapping(arena);
    struct node *records = node_new_sequence(arena);
    bool bare_count = soql->item_count == 1 && soql->items[0].aggregates &&
                      soql->items[0].path.count == 0 && soql->group_count == 0;
    size_t first = count_of(&soql->offset, 0);
    size_t most = count_of(&soql->limit, rows->count);
    for (size_t i = first; i < rows->count && i - first < most && !bare_count; i++) {
        node_append(arena, records,
                    soql->aggregates ? group_result(e, &rows->items[i])
                                     : record_result(e, &rows->items[i]));
    }
    size_t total = bare_count ? rows->items[0].records.count : records->count;
    node_set(arena, answer, SLICE("totalSize"), node_new_integer(arena, (long long)total));
    add_records(e, answer, records);
    return answer;
}

struct refusal query_respond(struct organisation *org, struct slice text, struct slice version,
                             struct node **answer)
{
    struct diagnostics findings = diagnostics_new(org->work);
    struct node *node = node_new_text(org->work, text);
    node->source = source_new(org->work, "query", text);
    node->range = (struct range){0, (uint32_t)text.length};
    struct soql_piece *piece = arena_alloc(org->work, sizeof *piece);
    *piece = (struct soql_piece){.node = node, .text = text};
    struct evaluation e = {.org = org, .version = version};
    e.soql = soql_parse(org->work, piece, 1, &findings);
    if (e.soql == NULL) {
        return organisation_refuse(
            org, 400, "MALFORMED_QUERY", "%.*s",
            SLICE_ARG(findings.first != NULL ? findings.first->message : SLICE("")));
    }
    const struct sobject *object = object_of(&e);
    if (object == NULL || !object->queryable) {
        return organisation_refuse(
            org, 400, "INVALID_TYPE",
            "sObject type '%.*s' is not supported. If you are attempting to use a custom "
            "object, be sure to append the '__c' after the entity name.",
            SLICE_ARG(e.soql->from.segments[0]));
    }
    check_names(&e);
    if (e.refusal.code != NULL) {
        return e.refusal;
    }
    struct rows rows = select_rows(&e);
    order_rows(&e, &rows);
    *answer = make_answer(&e, &rows);
    return e.refusal;
}
