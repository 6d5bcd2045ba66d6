/* A recursive-descent parser of SOQL over pieces of text and references. */
#include "salesforce/soql.h"

#include <stdint.h>

#include "base/ascii.h"
#include "salesforce/soql_token.h"

#define DEPTH_LIMIT 50

/* ---- fields and functions ---- */

static bool is_reserved(const struct soql_parser *p)
{
    static const char *const words[] = {"select", "from",  "where",  "and",   "or",
                                        "not",    "like",  "in",     "group", "order",
                                        "having", "limit", "offset", "by",    NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        if (soql_is_keyword(p, *word)) {
            return true;
        }
    }
    return false;
}

/* Name, or Account.Owner.Name. */
static void parse_path(struct soql_parser *p, struct soql_path *path, const char *what)
{
    if (p->token.kind == SOQL_TOKEN_REFERENCE) {
        soql_fail(p, &p->token,
                  "`${…}` stands for a value only, never for a part of the query itself", NULL);
        return;
    }
    if (p->token.kind != SOQL_TOKEN_WORD || is_reserved(p)) {
        soql_expected(p, what);
        return;
    }
    path->place = soql_place_of(p, &p->token);
    size_t piece = p->token.piece;
    for (;;) {
        path->segments =
            arena_append(p->arena, path->segments, path->count, sizeof *path->segments);
        path->segments[path->count++] = p->token.text;
        if (p->token.piece == piece) {
            const char *end = p->token.text.data + p->token.text.length;
            path->place.text.length = (size_t)(end - path->place.text.data);
        }
        soql_advance(p);
        if (!soql_is_symbol(p, ".")) {
            return;
        }
        soql_advance(p);
        if (p->token.kind != SOQL_TOKEN_WORD) {
            soql_expected(p, "a field behind the `.`");
            return;
        }
    }
}

static bool is_aggregate(struct slice function)
{
    static const char *const names[] = {"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (slice_is(function, names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_known_function(struct slice function)
{
    static const char *const names[] = {
        "TOLABEL",          "FORMAT",        "CONVERTCURRENCY", "CALENDAR_MONTH",
        "CALENDAR_QUARTER", "CALENDAR_YEAR", "DAY_IN_MONTH",    "DAY_IN_WEEK",
        "DAY_IN_YEAR",      "DAY_ONLY",      "FISCAL_MONTH",    "FISCAL_QUARTER",
        "FISCAL_YEAR",      "HOUR_IN_DAY",   "WEEK_IN_MONTH",   "WEEK_IN_YEAR",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (slice_is(function, names[i])) {
            return true;
        }
    }
    return is_aggregate(function);
}

static struct soql_item parse_item(struct soql_parser *p, const char *what)
{
    struct soql_item item = {0};
    struct soql_token start = p->token;
    if (soql_is_keyword(p, "typeof")) {
        soql_fail(p, &p->token, "TYPEOF is not supported here", NULL);
        return item;
    }
    if (soql_is_symbol(p, "(")) {
        soql_fail(p, &p->token, "subqueries are not supported here: use a second service", NULL);
        return item;
    }
    parse_path(p, &item.path, what);
    if (p->failed || item.path.count > 1 || !soql_is_symbol(p, "(")) {
        return item;
    }
    item.function = arena_upper_case(p->arena, item.path.segments[0]);
    item.aggregates = is_aggregate(item.function);
    if (slice_is(item.function, "FIELDS")) {
        soql_fail(p, &start, "FIELDS() is not supported here: name the fields", NULL);
    } else if (!is_known_function(item.function)) {
        soql_fail(p, &start, "SOQL has no such function", NULL);
    }
    struct soql_place place = item.path.place;
    item.path = (struct soql_path){.place = place};
    soql_advance(p);
    if (!(slice_is(item.function, "COUNT") && soql_is_symbol(p, ")"))) {
        parse_path(p, &item.path, "a field");
    }
    soql_expect(p, ")");
    return item;
}

static void add_item(struct soql_parser *p, struct soql_item **items, size_t *count,
                     struct soql_item item)
{
    *items = arena_append(p->arena, *items, *count, sizeof **items);
    (*items)[(*count)++] = item;
}

static void parse_select(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    do {
        struct soql_item item = parse_item(p, "a field");
        soql->aggregates = soql->aggregates || item.aggregates;
        if (p->token.kind == SOQL_TOKEN_WORD && !soql_is_keyword(p, "from")) {
            if (item.function.length == 0) {
                soql_fail(p, &p->token, "a comma stands between fields", NULL);
            }
            item.alias = p->token.text;
            soql_advance(p);
        }
        add_item(p, &soql->items, &soql->item_count, item);
    } while (!p->failed && soql_accept(p, ","));
    soql->items_end = p->token.piece;
}

/* ---- values ---- */

static struct soql_value word_value(struct soql_parser *p, struct soql_value value)
{
    bool with_number;
    size_t piece = p->token.piece;
    if (soql_is_keyword(p, "null")) {
        value.kind = SOQL_NULL;
    } else if (soql_is_keyword(p, "true") || soql_is_keyword(p, "false")) {
        value.kind = SOQL_BOOLEAN;
    } else if (soql_is_date_name(p->token.text, &with_number)) {
        value.kind = SOQL_DATE_LITERAL;
        soql_advance(p);
        if (with_number) {
            soql_expect(p, ":");
            if (!p->failed && p->token.kind != SOQL_TOKEN_NUMBER) {
                soql_expected(p, "a number of days, weeks, months or years");
            } else if (!p->failed && p->token.piece == piece) { /* LAST_N_DAYS:30 */
                const char *end = p->token.text.data + p->token.text.length;
                value.text.length = (size_t)(end - value.text.data);
            }
            soql_advance(p);
        }
        return value;
    } else {
        const char *literal = soql_near_date_literal(p->token.text);
        soql_fail(p, &p->token,
                  literal != NULL ? "this is no value of SOQL"
                                  : arena_printf(p->arena, "text stands in single quotes: `'%.*s'`",
                                                 SLICE_ARG(p->token.text))
                                        .data,
                  literal);
    }
    soql_advance(p);
    return value;
}

static struct soql_value parse_value(struct soql_parser *p)
{
    struct soql_value value = p->token.value;
    value.place = soql_place_of(p, &p->token);
    value.text = p->token.kind == SOQL_TOKEN_TEXT ? value.text : p->token.text;
    switch (p->token.kind) {
    case SOQL_TOKEN_WORD:
        return word_value(p, value);
    case SOQL_TOKEN_NUMBER:
        value.kind = SOQL_NUMBER;
        break;
    case SOQL_TOKEN_DATE:
        value.kind = SOQL_DATE;
        break;
    case SOQL_TOKEN_DATETIME:
        value.kind = SOQL_DATETIME;
        break;
    case SOQL_TOKEN_TEXT:
    case SOQL_TOKEN_REFERENCE:
        break;
    case SOQL_TOKEN_END:
    case SOQL_TOKEN_SYMBOL:
        soql_expected(p, "a value");
        return value;
    }
    soql_advance(p);
    return value;
}

static void add_value(struct soql_parser *p, struct soql_test *test, struct soql_value value)
{
    test->values = arena_append(p->arena, test->values, test->value_count, sizeof *test->values);
    test->values[test->value_count++] = value;
}

static void parse_list(struct soql_parser *p, struct soql_test *test)
{
    if (p->token.kind == SOQL_TOKEN_REFERENCE) { /* IN ${list} */
        add_value(p, test, parse_value(p));
        return;
    }
    if (!soql_expect(p, "(")) {
        return;
    }
    if (soql_is_keyword(p, "select")) {
        soql_fail(p, &p->token, "subqueries are not supported here: use a second service", NULL);
    }
    do {
        add_value(p, test, parse_value(p));
    } while (!p->failed && soql_accept(p, ","));
    soql_expect(p, ")");
}

/* ---- conditions ---- */

static bool parse_operator(struct soql_parser *p, enum soql_operator *comparison)
{
    static const struct {
        const char *word;
        enum soql_operator comparison;
    } operators[] = {
        {"=", SOQL_EQUAL},
        {"!=", SOQL_NOT_EQUAL},
        {"<>", SOQL_NOT_EQUAL},
        {"<", SOQL_LESS},
        {"<=", SOQL_LESS_EQUAL},
        {">", SOQL_GREATER},
        {">=", SOQL_GREATER_EQUAL},
        {"like", SOQL_LIKE},
        {"in", SOQL_IN},
        {"includes", SOQL_INCLUDES},
        {"excludes", SOQL_EXCLUDES},
    };
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (soql_accept(p, operators[i].word)) {
            *comparison = operators[i].comparison;
            return true;
        }
    }
    if (soql_accept(p, "not")) {
        *comparison = SOQL_NOT_IN;
        return soql_expect(p, "in");
    }
    if (soql_is_symbol(p, "==")) {
        soql_fail(p, &p->token, "SOQL compares with a single `=`", "=");
    } else if (soql_is_keyword(p, "contains") || soql_is_keyword(p, "is")) {
        soql_fail(p, &p->token,
                  soql_is_keyword(p, "is") ? "SOQL writes `= null` and `!= null`"
                                           : "SOQL writes `LIKE '%…%'`",
                  NULL);
    } else {
        soql_expected(p, "a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`, LIKE, IN, NOT IN)");
    }
    return false;
}

static struct soql_condition *new_condition(struct soql_parser *p, enum soql_join join,
                                            const struct soql_condition *first,
                                            const struct soql_condition *second)
{
    struct soql_condition *condition = arena_alloc(p->arena, sizeof *condition);
    *condition = (struct soql_condition){.join = join, .first = first, .second = second};
    return condition;
}

/* NULL, after a report, when it is no test. */
static struct soql_condition *parse_test(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    struct soql_test test = {.having = p->having};
    size_t first = p->token.piece;
    test.item = parse_item(p, "a field");
    if (p->failed) {
        return NULL;
    }
    test.operator_place = soql_place_of(p, &p->token);
    if (!parse_operator(p, &test.comparison)) {
        return NULL;
    }
    if (test.comparison >= SOQL_IN) {
        parse_list(p, &test);
    } else {
        add_value(p, &test, parse_value(p));
    }
    size_t end = p->token.kind == SOQL_TOKEN_END ? soql->piece_count : p->token.piece;
    for (size_t i = first; i < end; i++) {
        soql->uses[i].test = soql->test_count;
    }
    soql->tests = arena_append(p->arena, soql->tests, soql->test_count, sizeof *soql->tests);
    soql->tests[soql->test_count] = test;
    struct soql_condition *condition = new_condition(p, SOQL_TEST, NULL, NULL);
    condition->test = soql->test_count++;
    return condition;
}

static const struct soql_condition *parse_conditions(struct soql_parser *p);

static const struct soql_condition *parse_term(struct soql_parser *p)
{
    if (p->depth == DEPTH_LIMIT) {
        soql_fail(p, &p->token, "the conditions are nested too deeply", NULL);
        return NULL;
    }
    const struct soql_condition *condition;
    p->depth++;
    if (soql_accept(p, "not")) {
        condition = new_condition(p, SOQL_NOT, parse_term(p), NULL);
    } else if (soql_accept(p, "(")) {
        condition = parse_conditions(p);
        soql_expect(p, ")");
    } else {
        condition = parse_test(p);
    }
    p->depth--;
    return condition;
}

static const struct soql_condition *parse_conditions(struct soql_parser *p)
{
    const struct soql_condition *condition = parse_term(p);
    bool any = soql_is_keyword(p, "or");
    while (!p->failed && soql_accept(p, any ? "or" : "and")) {
        condition = new_condition(p, any ? SOQL_OR : SOQL_AND, condition, parse_term(p));
    }
    if (soql_is_keyword(p, "and") || soql_is_keyword(p, "or")) {
        soql_fail(p, &p->token, "AND and OR side by side need parentheses in SOQL", NULL);
    }
    if (soql_is_symbol(p, "&&") || soql_is_symbol(p, "||")) {
        bool both = soql_is_symbol(p, "&&");
        soql_fail(p, &p->token,
                  both ? "SOQL joins conditions with AND" : "SOQL joins conditions with OR",
                  both ? "AND" : "OR");
    }
    return condition;
}

/* ---- clauses ---- */

static void parse_group(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    soql_expect(p, "by");
    soql->aggregates = true;
    do {
        add_item(p, &soql->groups, &soql->group_count, parse_item(p, "a field"));
    } while (!p->failed && soql_accept(p, ","));
    if (soql_accept(p, "having")) {
        p->having = true;
        soql->having = parse_conditions(p);
        p->having = false;
    }
}

static void parse_order(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    soql_expect(p, "by");
    do {
        struct soql_order order = {.item = parse_item(p, "a field")};
        order.descending = !soql_accept(p, "asc") && soql_accept(p, "desc");
        if (soql_accept(p, "nulls")) {
            order.nulls_last = soql_accept(p, "last");
            if (!order.nulls_last && !soql_accept(p, "first")) {
                soql_expected(p, "FIRST or LAST");
            }
        }
        soql->orders =
            arena_append(p->arena, soql->orders, soql->order_count, sizeof *soql->orders);
        soql->orders[soql->order_count++] = order;
    } while (!p->failed && soql_accept(p, ","));
}

static struct soql_value parse_count(struct soql_parser *p)
{
    if (p->token.kind != SOQL_TOKEN_NUMBER && p->token.kind != SOQL_TOKEN_REFERENCE) {
        soql_expected(p, "a whole number");
    } else if (p->token.kind == SOQL_TOKEN_NUMBER &&
               (slice_find(p->token.text, ".", 0) != SIZE_MAX || p->token.text.length > 9 ||
                !ascii_is_digit(p->token.text.data[0]))) {
        soql_fail(p, &p->token, "a whole number is needed here", NULL);
    }
    return parse_value(p);
}

static void parse_end(struct soql_parser *p)
{
    static const char *const order[] = {"where", "group", "order", "limit", "offset", NULL};
    static const char *const unsupported[] = {"with", "for", "using", "all", "update", NULL};
    for (const char *const *word = unsupported; *word != NULL; word++) {
        if (soql_is_keyword(p, *word)) {
            soql_fail(p, &p->token, "this clause is not supported here", NULL);
        }
    }
    for (const char *const *word = order; *word != NULL; word++) {
        if (soql_is_keyword(p, *word)) {
            soql_fail(p, &p->token,
                      "the clauses stand in this order: WHERE, GROUP BY, ORDER BY, LIMIT, OFFSET",
                      NULL);
        }
    }
    if (!p->failed && p->token.kind != SOQL_TOKEN_END) {
        soql_expected(
            p, "the end of the query, or a clause (WHERE, GROUP BY, ORDER BY, LIMIT, OFFSET),");
    }
}

struct soql *soql_parse(struct arena *arena, struct soql_piece *pieces, size_t count,
                        struct diagnostics *diagnostics)
{
    struct soql *soql = arena_alloc(arena, sizeof *soql);
    *soql = (struct soql){.pieces = pieces, .piece_count = count};
    soql->uses = arena_alloc_array(arena, count, sizeof *soql->uses);
    for (size_t i = 0; i < count; i++) {
        soql->uses[i].test = SIZE_MAX;
    }
    struct soql_parser parser = {.arena = arena, .diagnostics = diagnostics, .soql = soql};
    struct soql_parser *p = &parser;
    soql_advance(p);
    soql_expect(p, "select");
    if (!p->failed) {
        parse_select(p);
    }
    if (soql_expect(p, "from")) {
        struct soql_token object = p->token;
        parse_path(p, &soql->from, "an object");
        if (soql->from.count > 1) {
            soql_fail(p, &object, "FROM names one object", NULL);
        }
    }
    if (!p->failed && soql_accept(p, "where")) {
        soql->where = parse_conditions(p);
    }
    if (!p->failed && soql_accept(p, "group")) {
        parse_group(p);
    }
    if (!p->failed && soql_accept(p, "order")) {
        parse_order(p);
    }
    if (!p->failed && soql_accept(p, "limit")) {
        soql->limit = parse_count(p);
    }
    if (!p->failed && soql_accept(p, "offset")) {
        soql->offset = parse_count(p);
    }
    if (!p->failed) {
        parse_end(p);
    }
    return p->failed ? NULL : soql;
}
