/* Conditions of WHERE and HAVING, and the values that they compare with. */
#include <stdint.h>

#include "salesforce/soql_token.h"

#define DEPTH_LIMIT 50

/* ---- values ---- */

/* LAST_N_DAYS:30, whose name comes next. */
static void parse_date_literal(struct soql_parser *p, struct soql_value *value, bool with_number)
{
    value->kind = SOQL_DATE_LITERAL;
    soql_mark(p, SOQL_WORD_KEYWORD);
    soql_advance(p);
    if (!with_number) {
        return;
    }
    soql_expect(p, ":");
    if (p->failed) {
        return;
    }
    if (p->token.kind != SOQL_TOKEN_NUMBER) {
        soql_expected(p, "a number of days, weeks, months, quarters or years");
        return;
    }
    for (size_t i = 0; i < p->token.text.length; i++) {
        if (p->token.text.data[i] < '0' || p->token.text.data[i] > '9') {
            soql_fail(p, &p->token, "the number of a date literal must be whole and positive",
                      NULL);
        }
    }
    soql_extend(&value->place, &p->token);
    value->text = value->place.text;
    soql_advance(p);
}

static struct soql_value word_value(struct soql_parser *p, struct soql_value value)
{
    bool with_number;
    if (soql_takes(p, "null")) {
        value.kind = SOQL_NULL;
    } else if (soql_takes(p, "true") || soql_takes(p, "false")) {
        value.kind = SOQL_BOOLEAN;
    } else if (soql_is_date_name(p->token.text, &with_number)) {
        parse_date_literal(p, &value, with_number);
        return value;
    } else {
        const char *literal = soql_near_date_literal(p->arena, p->token.text);
        bool now = soql_is_keyword(p, "now") || soql_is_keyword(p, "current_date");
        soql_fail(p, &p->token,
                  now ? "SOQL has no time of now; write `TODAY`, or a date and time"
                  : literal != NULL
                      ? "this is not a valid SOQL value"
                      : arena_printf(p->arena,
                                     "write text in single quotes: `'%.*s'`; a field cannot be "
                                     "compared with another field",
                                     SLICE_ARG(p->token.text))
                            .data,
                  now ? NULL : literal);
    }
    soql_advance(p);
    return value;
}

struct soql_value soql_parse_value(struct soql_parser *p)
{
    bool has_value = p->token.kind == SOQL_TOKEN_TEXT || p->token.kind == SOQL_TOKEN_REFERENCE;
    struct soql_value value = has_value ? p->value : (struct soql_value){0};
    value.place = soql_place_of(p, &p->token);
    value.text = p->token.kind == SOQL_TOKEN_TEXT ? value.text : p->token.text;
    switch (p->token.kind) {
    case SOQL_TOKEN_WORD:
        return word_value(p, value);
    case SOQL_TOKEN_NUMBER:
        value.kind = SOQL_NUMBER;
        break;
    case SOQL_TOKEN_CURRENCY:
        value.kind = SOQL_CURRENCY;
        break;
    case SOQL_TOKEN_DATE:
        value.kind = SOQL_DATE;
        break;
    case SOQL_TOKEN_DATETIME:
        value.kind = SOQL_DATETIME;
        break;
    case SOQL_TOKEN_TIME:
        value.kind = SOQL_TIME;
        break;
    case SOQL_TOKEN_TEXT:
    case SOQL_TOKEN_REFERENCE:
        break;
    case SOQL_TOKEN_SYMBOL:
        if (soql_is_symbol(p, ":")) {
            soql_fail(p, &p->token,
                      "`:name` is an Apex variable; write `${name}` for a value from the dialog",
                      NULL);
            return value;
        }
        if (soql_is_symbol(p, "(")) {
            soql_fail(p, &p->token,
                      "only IN, NOT IN, INCLUDES and EXCLUDES compare with what is "
                      "in parentheses",
                      NULL);
            return value;
        }
        soql_expected(p, "a value");
        return value;
    case SOQL_TOKEN_END:
        soql_expected(p, "a value");
        return value;
    }
    soql_advance(p);
    return value;
}

long long soql_value_number(const struct soql_value *value)
{
    long long number = 0;
    for (size_t i = 0; i < value->text.length; i++) {
        number = number * 10 + value->text.data[i] - '0'; /* nine digits at most: see parse_count */
    }
    return number;
}

static void add_value(struct soql_parser *p, struct soql_test *test, struct soql_value value)
{
    test->values = arena_append(p->arena, test->values, test->value_count, sizeof *test->values);
    test->values[test->value_count++] = value;
}

typedef struct soql *subquery_parser(struct soql_parser *p);

static void parse_list(struct soql_parser *p, struct soql_test *test, subquery_parser *subquery)
{
    if (p->token.kind == SOQL_TOKEN_REFERENCE || soql_is_symbol(p, ":")) { /* IN ${list} */
        add_value(p, test, soql_parse_value(p));
        return;
    }
    if (!soql_is_symbol(p, "(")) {
        soql_expected(p, "a list in parentheses, such as `('a', 'b')`,");
        return;
    }
    soql_advance(p);
    if (soql_takes(p, "select")) {
        test->subquery = subquery(p);
        soql_expect(p, ")");
        return;
    }
    do {
        soql_note_value(p, &test->item);
        add_value(p, test, soql_parse_value(p));
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
        if (soql_is_keyword(p, "like")) {
            soql_fail(p, &p->token, "NOT comes before the field: `(NOT Name LIKE 'x%')`", NULL);
        }
        return soql_expect(p, "in");
    }
    if (soql_is_symbol(p, "==") || soql_is_symbol(p, "===")) {
        soql_fail(p, &p->token, "SOQL uses a single `=` to compare", "=");
    } else if (soql_is_symbol(p, "!==")) {
        soql_fail(p, &p->token, "SOQL uses `!=` to compare", "!=");
    } else if (soql_is_symbol(p, "=>") || soql_is_symbol(p, "=<")) {
        bool greater = soql_is_symbol(p, "=>");
        soql_fail(p, &p->token, "SOQL writes the `=` of a comparison last", greater ? ">=" : "<=");
    } else if (soql_is_keyword(p, "contains") || soql_is_keyword(p, "is")) {
        soql_fail(p, &p->token,
                  soql_is_keyword(p, "is") ? "in SOQL, write `= null` or `!= null`"
                                           : "in SOQL, write `LIKE '%…%'`",
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

/* The pieces from `first` to before the next token belong to the test number `test`. */
static void note_uses(struct soql_parser *p, size_t first, size_t test)
{
    struct soql *soql = p->soql;
    size_t end = p->token.kind == SOQL_TOKEN_END ? soql->piece_count : p->token.piece;
    for (size_t i = first; i < end; i++) {
        if (soql->uses[i].query == NULL) { /* else it is a subquery's */
            soql->uses[i].query = soql;
            soql->uses[i].test = test;
        }
    }
}

/* NULL, after a report, when it is no test. */
static struct soql_condition *parse_test(struct soql_parser *p, subquery_parser *subquery)
{
    struct soql *soql = p->soql;
    size_t first = p->token.piece;
    soql->tests = arena_append(p->arena, soql->tests, soql->test_count, sizeof *soql->tests);
    struct soql_test *test = &soql->tests[soql->test_count];
    test->having = p->having;
    soql_parse_item(p, &test->item, p->having ? SOQL_CLAUSE_HAVING : SOQL_CLAUSE_WHERE, "a field");
    if (p->failed) {
        return NULL;
    }
    test->operator_place = soql_place_of(p, &p->token);
    if (!parse_operator(p, &test->comparison)) {
        return NULL;
    }
    if (test->comparison >= SOQL_IN) {
        parse_list(p, test, subquery);
    } else {
        soql_note_value(p, &test->item);
        add_value(p, test, soql_parse_value(p));
    }
    if (p->failed) {
        return NULL;
    }
    note_uses(p, first, soql->test_count);
    struct soql_condition *condition = new_condition(p, SOQL_TEST, NULL, NULL);
    condition->test = soql->test_count++;
    return condition;
}

static const struct soql_condition *parse_term(struct soql_parser *p, subquery_parser *subquery,
                                               bool first)
{
    if (p->depth == DEPTH_LIMIT) {
        soql_fail(p, &p->token, "the conditions are nested too deeply", NULL);
        return NULL;
    }
    const struct soql_condition *condition;
    if (!first && soql_is_keyword(p, "not")) {
        soql_fail(p, &p->token, "after AND and OR, NOT needs parentheses around it: `AND (NOT …)`",
                  NULL);
        return NULL;
    }
    p->depth++;
    if (first && soql_accept(p, "not")) {
        condition = new_condition(p, SOQL_NOT, parse_term(p, subquery, true), NULL);
    } else if (soql_is_symbol(p, "!")) {
        soql_fail(p, &p->token, "in SOQL, write NOT", "NOT ");
        condition = NULL;
    } else if (soql_accept(p, "(")) {
        condition = soql_parse_conditions(p, subquery);
        soql_expect(p, ")");
    } else {
        condition = parse_test(p, subquery);
    }
    p->depth--;
    return condition;
}

const struct soql_condition *soql_parse_conditions(struct soql_parser *p,
                                                   struct soql *(*subquery)(struct soql_parser *p))
{
    const struct soql_condition *condition = parse_term(p, subquery, true);
    bool any = soql_takes(p, "or");
    while (!p->failed && soql_accept(p, any ? "or" : "and")) {
        condition =
            new_condition(p, any ? SOQL_OR : SOQL_AND, condition, parse_term(p, subquery, false));
    }
    if (soql_is_keyword(p, "and") || soql_is_keyword(p, "or")) {
        soql_fail(p, &p->token, "SOQL needs parentheses when AND and OR are mixed", NULL);
    }
    if (soql_is_symbol(p, "&&") || soql_is_symbol(p, "||")) {
        bool both = soql_is_symbol(p, "&&");
        soql_fail(p, &p->token,
                  both ? "in SOQL, join conditions with AND" : "in SOQL, join conditions with OR",
                  both ? "AND" : "OR");
    }
    return condition;
}
