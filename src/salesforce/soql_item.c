/* Fields, functions and what else a query can select, group by, order by or compare. */
#include <stdint.h>
#include <stdlib.h>

#include "base/suggestion.h"
#include "base/table.h"
#include "salesforce/soql_token.h"

/* ---- functions ---- */

/* What a function gives; see soql_function.def. */
enum function_value {
    AGGREGATE_NUMBER,
    AGGREGATE_VALUE,
    DATE_PART,
    DAY,
    SAME,
    NUMBER,
    PART,
};

enum function_arguments {
    FIELD,
    FIELD_OR_NONE,
    FIELD_OR_ZONE,
    FIELD_OR_ANY,
    PLACES,
};

static const struct {
    const char *name;
    enum function_value value;
    const char *clauses;
    enum function_arguments arguments;
} functions[] = {
    [SOQL_NO_FUNCTION] = {"", SAME, "SWGHO", FIELD},
#define FUNCTION(name, value, clauses, arguments)                                                  \
    [SOQL_##name] = {#name, value, clauses, arguments},
#include "salesforce/soql_function.def"
#undef FUNCTION
};

TABLE_HAS_ROWS(functions, SOQL_FUNCTION_COUNT);

const char *soql_function_name(enum soql_function function)
{
    return functions[function].name;
}

bool soql_function_aggregates(enum soql_function function)
{
    return functions[function].value == AGGREGATE_NUMBER ||
           functions[function].value == AGGREGATE_VALUE;
}

bool soql_function_keeps_value(enum soql_function function)
{
    return functions[function].value == SAME;
}

bool soql_function_is_number(enum soql_function function)
{
    return functions[function].value == AGGREGATE_NUMBER ||
           functions[function].value == DATE_PART || functions[function].value == NUMBER;
}

bool soql_function_takes_date(enum soql_function function)
{
    return functions[function].arguments == FIELD_OR_ZONE;
}

void soql_offer_functions(char clause, void (*offer)(void *context, struct slice name),
                          void *context)
{
    for (int f = SOQL_NO_FUNCTION + 1; clause != 0 && f < SOQL_FUNCTION_COUNT; f++) {
        if (functions[f].value != PART && strchr(functions[f].clauses, clause) != NULL) {
            offer(context, slice_of(functions[f].name));
        }
    }
}

static enum soql_function find_function(struct slice name)
{
    for (int f = SOQL_NO_FUNCTION + 1; f < SOQL_FUNCTION_COUNT; f++) {
        if (functions[f].name[0] == ascii_to_upper(name.data[0]) &&
            slice_equal_ignoring_case(name, slice_of(functions[f].name))) {
            return (enum soql_function)f;
        }
    }
    return SOQL_NO_FUNCTION;
}

static void fail_at_function(struct soql_parser *p)
{
    bool with_number;
    if (soql_is_date_name(p->token.text, &with_number)) {
        soql_fail(p, &p->token,
                  "write a date literal without parentheses, behind the comparison: "
                  "`CreatedDate = TODAY`",
                  NULL);
        return;
    }
    struct suggestion near = suggestion_new(arena_upper_case(p->arena, p->token.text));
    for (int f = SOQL_NO_FUNCTION + 1; f < SOQL_FUNCTION_COUNT; f++) {
        suggestion_offer(&near, slice_of(functions[f].name));
    }
    soql_fail(p, &p->token,
              arena_printf(p->arena, "SOQL has no function `%.*s`", SLICE_ARG(p->token.text)).data,
              near.best.length > 0 ? near.best.data : NULL);
}

static const char *clause_name(enum soql_clause clause)
{
    switch (clause) {
    case SOQL_CLAUSE_SELECT:
        return "SELECT";
    case SOQL_CLAUSE_WHERE:
        return "WHERE";
    case SOQL_CLAUSE_GROUP:
        return "GROUP BY";
    case SOQL_CLAUSE_HAVING:
        return "HAVING";
    case SOQL_CLAUSE_ORDER:
        return "ORDER BY";
    }
    return "";
}

/* ---- fields ---- */

static bool is_reserved(const struct soql_parser *p)
{
    enum { LONGEST = 6 };
    static const char *const words[LONGEST + 1][5] = {
        [2] = {"in", "or", "by"},
        [3] = {"and", "not"},
        [4] = {"from", "like"},
        [5] = {"where", "group", "order", "limit"},
        [LONGEST] = {"select", "having", "offset"},
    };
    size_t length = p->token.text.length; /* most names are longer */
    /* Group, Order and the like are names of objects, too: `Group.Name` */
    return length <= LONGEST && soql_is_one_of(p, words[length]) && !soql_is_followed_by(p, '.');
}

void soql_parse_path(struct soql_parser *p, struct soql_path *path, const char *what)
{
    if (p->token.kind == SOQL_TOKEN_REFERENCE) {
        soql_fail(p, &p->token, "`${…}` can replace only a value, not another part of the query",
                  NULL);
        return;
    }
    if (p->token.kind != SOQL_TOKEN_WORD || is_reserved(p)) {
        soql_note_field(p, path);
        soql_expected(p, what);
        return;
    }
    path->place = soql_place_of(p, &p->token);
    for (;;) {
        path->segments =
            arena_append(p->arena, path->segments, path->count, sizeof *path->segments);
        path->segments[path->count++] = p->token.text;
        soql_extend(&path->place, &p->token);
        soql_advance(p);
        if (!soql_is_symbol(p, ".")) {
            return;
        }
        soql_advance(p);
        if (p->token.kind != SOQL_TOKEN_WORD) {
            soql_note_field(p, path);
            soql_expected(p, "a field after the `.`");
            return;
        }
    }
}

/* ---- arguments ---- */

static bool is_function(const struct soql_parser *p)
{
    return p->token.kind == SOQL_TOKEN_WORD && soql_is_followed_by(p, '(');
}

/* A number of GEOLOCATION, from -most to most. */
static double parse_degrees(struct soql_parser *p, double most)
{
    double degrees = 0;
    if (p->token.kind != SOQL_TOKEN_NUMBER) {
        soql_expected(p, "a number of degrees");
        return 0;
    }
    degrees = strtod(arena_copy(p->arena, p->token.text), NULL);
    if (degrees < -most || degrees > most) {
        struct soql_place place = soql_place_of(p, &p->token);
        soql_report(p->diagnostics, E0816, &place, "a %s is between -%g and %g",
                    most > 90 ? "longitude" : "latitude", most, most);
    }
    soql_advance(p);
    return degrees;
}

/* DISTANCE(Location__c, GEOLOCATION(37.7, -122.4), 'mi') */
static void parse_distance(struct soql_parser *p, struct soql_item *item)
{
    if (soql_is_keyword(p, "geolocation") && is_function(p)) {
        soql_fail(p, &p->token, "the field comes first: `DISTANCE(field, GEOLOCATION(…), 'mi')`",
                  NULL);
        return;
    }
    soql_parse_path(p, &item->path, "a location field");
    soql_expect(p, ",");
    if (soql_is_keyword(p, "geolocation")) {
        soql_mark(p, SOQL_WORD_FUNCTION);
        soql_advance(p);
        soql_expect(p, "(");
        item->latitude = parse_degrees(p, 90);
        soql_expect(p, ",");
        item->longitude = parse_degrees(p, 180);
        soql_expect(p, ")");
    } else {
        soql_parse_path(p, &item->other, "GEOLOCATION(latitude, longitude), or a location field");
    }
    soql_expect(p, ",");
    item->in_miles = slice_equal_ignoring_case(p->value.text, SLICE("mi"));
    if (!p->failed && p->token.kind != SOQL_TOKEN_REFERENCE &&
        !(p->token.kind == SOQL_TOKEN_TEXT &&
          (item->in_miles || slice_equal_ignoring_case(p->value.text, SLICE("km"))))) {
        soql_expected(p, "the unit, `'mi'` or `'km'`,");
    }
    if (!p->failed) {
        soql_advance(p);
    }
}

static void parse_function(struct soql_parser *p, struct soql_item *item, enum soql_clause clause,
                           enum soql_function *slot);

/* What is between the parentheses of a function. */
static void parse_arguments(struct soql_parser *p, struct soql_item *item, enum soql_clause clause,
                            enum soql_function function)
{
    bool nested = is_function(p);
    bool zone = nested && soql_is_keyword(p, "converttimezone");
    if (soql_is_keyword(p, "distinct") && soql_is_followed_by_name(p)) {
        soql_fail(p, &p->token, "SOQL writes `COUNT_DISTINCT(field)`", NULL);
        return;
    }
    switch (functions[function].arguments) {
    case PLACES:
        if (function == SOQL_GEOLOCATION) {
            soql_fail(p, &p->token,
                      "GEOLOCATION can be used only as the second argument of DISTANCE", NULL);
            return;
        }
        parse_distance(p, item);
        return;
    case FIELD_OR_NONE:
        if (soql_is_symbol(p, ")")) {
            return;
        }
        break;
    case FIELD_OR_ZONE:
        if (zone) {
            parse_function(p, item, clause, &item->inner);
            return;
        }
        break;
    case FIELD_OR_ANY:
        if (nested && item->function == function) {
            parse_function(p, item, clause, &item->inner);
            return;
        }
        break;
    case FIELD:
        break;
    }
    if (nested) {
        soql_fail(p, &p->token,
                  arena_printf(p->arena, "%s takes a field, not another function",
                               functions[function].name)
                      .data,
                  NULL);
        return;
    }
    soql_parse_path(p, &item->path, "a field");
}

/* A function, which the next token names; it goes into item->function or item->inner. */
static void parse_function(struct soql_parser *p, struct soql_item *item, enum soql_clause clause,
                           enum soql_function *slot)
{
    enum soql_function function = find_function(p->token.text);
    if (function == SOQL_NO_FUNCTION) {
        fail_at_function(p);
        return;
    }
    if (function == SOQL_CONVERTTIMEZONE && slot == &item->function) {
        soql_fail(p, &p->token,
                  "convertTimezone can be used only as the argument of a date function", NULL);
    }
    if (strchr(functions[function].clauses, (char)clause) == NULL && slot == &item->function) {
        struct soql_place place = soql_place_of(p, &p->token);
        if (soql_function_aggregates(function) && clause == SOQL_CLAUSE_WHERE) {
            soql_report(p->diagnostics, E0816, &place,
                        "use aggregate functions in HAVING; WHERE compares fields of a record");
        } else {
            soql_report(p->diagnostics, E0816, &place, "%.*s cannot be used in %s",
                        SLICE_ARG(place.text), clause_name(clause));
        }
    }
    *slot = function;
    item->aggregates = item->aggregates || soql_function_aggregates(function);
    item->path.place = soql_place_of(p, &p->token);
    soql_mark(p, SOQL_WORD_FUNCTION);
    soql_advance(p);
    soql_expect(p, "(");
    if (!p->failed) {
        parse_arguments(p, item, clause, function);
    }
    soql_extend(&item->place, &p->token);
    soql_expect(p, ")");
}

/* ---- the whole item ---- */

/* FIELDS(ALL), FIELDS(STANDARD), FIELDS(CUSTOM) */
static void parse_fields(struct soql_parser *p, struct soql_item *item)
{
    static const char *const groups[] = {"all", "standard", "custom", NULL};
    item->kind = SOQL_FIELDS;
    soql_mark(p, SOQL_WORD_FUNCTION);
    soql_advance(p);
    soql_expect(p, "(");
    if (!p->failed && !soql_takes_one_of(p, groups)) {
        soql_expected(p, "ALL, STANDARD or CUSTOM");
    }
    item->group = arena_upper_case(p->arena, p->token.text);
    soql_advance(p);
    soql_extend(&item->place, &p->token);
    soql_expect(p, ")");
}

struct soql_item *soql_add_item(struct soql_parser *p, struct soql_item **items, size_t *count)
{
    *items = arena_append(p->arena, *items, *count, sizeof **items);
    return &(*items)[(*count)++];
}

void soql_parse_item(struct soql_parser *p, struct soql_item *item, enum soql_clause clause,
                     const char *what)
{
    bool called = is_function(p);
    item->place = soql_place_of(p, &p->token);
    if (soql_is_asked(p)) {
        p->next->clause = (char)clause;
    }
    if (called && soql_is_keyword(p, "fields") && clause == SOQL_CLAUSE_SELECT) {
        parse_fields(p, item);
    } else if (called && !is_reserved(p)) {
        parse_function(p, item, clause, &item->function);
    } else {
        soql_parse_path(p, &item->path, what);
        if (!p->failed) {
            item->place = item->path.place;
        }
    }
}

/* ---- comparing items ---- */

bool soql_path_equal(const struct soql_path *a, const struct soql_path *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!slice_equal_ignoring_case(a->segments[i], b->segments[i])) {
            return false;
        }
    }
    return true;
}

bool soql_item_equal(const struct soql_item *a, const struct soql_item *b)
{
    return a->kind == b->kind && a->function == b->function && a->inner == b->inner &&
           soql_path_equal(&a->path, &b->path);
}

const struct soql_item *soql_aliased_item(const struct soql *soql, const struct soql_item *item)
{
    for (size_t i = 0; item->path.count == 1 && i < soql->item_count; i++) {
        if (soql->items[i].alias.length > 0 &&
            slice_equal_ignoring_case(soql->items[i].alias, item->path.segments[0])) {
            return &soql->items[i];
        }
    }
    return NULL;
}
