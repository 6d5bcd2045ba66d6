/*
 * Fuzz target: SOQL against an evaluator of its own. The bytes make records, and a query over them;
 * the simulated organisation and the few lines below, which share nothing but the query's text,
 * must give the same answer.
 *
 * The evaluator follows the SOQL reference: a field without a value equals null alone, is different
 * from every value, and is never less or greater; text has no letter case; records without a value
 * come first unless the query says otherwise.
 */
#define _DEFAULT_SOURCE /* timegm */
#include "target.h"

#include <time.h>

#include "base/percent.h"
#include "document/json/reader.h"
#include "trial/organisation/organisation.h"

#define NOW   1768467600000LL /* 2026-01-15T09:00:00Z */
#define TODAY (NOW / 86400000)

enum { ACCOUNTS = 3, DEALS = 9, NO_ACCOUNT = ACCOUNTS, DEPTH = 4, LONGEST_LIST = 3 };

static const char *const names[] = {"a",   "B",   "b",   "ab",       "Ab",       "a%",
                                    "a_b", "a'b", "a\\", "\xc3\xa9", "\xc3\x89", "z"};
static const char *const stages[] = {"Prospecting", "Closed Won", "Qualification"};
static const char *const industries[] = {"Banking", "Energy", NULL};

enum { NAMES = sizeof names / sizeof names[0] };

struct deal {
    const char *name;
    bool has_amount;
    int amount;
    long long close; /* days since 1970 */
    const char *stage;
    int account;
};

struct world {
    const char *account_names[ACCOUNTS];
    const char *account_industries[ACCOUNTS];
    struct deal deals[DEALS];
};

/* ---- conditions ---- */

enum field { NAME, AMOUNT, CLOSE_DATE, STAGE, ACCOUNT_NAME, ACCOUNT_INDUSTRY, FIELD_COUNT };
static const char *const field_names[FIELD_COUNT] = {
    "Name", "Amount", "CloseDate", "StageName", "Account.Name", "Account.Industry"};

enum comparison { EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, IN, NOT_IN, LIKE };
static const char *const comparison_names[] = {"=",  "!=", "<",      "<=",  ">",
                                               ">=", "IN", "NOT IN", "LIKE"};

enum kind { TEST, SEMI_JOIN, NOT, AND, OR };

struct value {
    bool is_null;
    const char *text;   /* or NULL */
    long long from, to; /* a number, or days: from the first to before the last */
};

struct condition {
    enum kind kind;
    enum field field;
    enum comparison comparison;
    struct value values[LONGEST_LIST];
    size_t value_count;
    const struct condition *left, *right;
};

struct query {
    struct arena *arena;
    struct slice *bytes;
    struct builder text;
};

static size_t pick(struct query *query, size_t count)
{
    return fuzz_choice(query->bytes) % count;
}

static void write_text(struct query *query, const char *text, bool is_pattern)
{
    builder_add_char(&query->text, '\'');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'' || *c == '\\' ||
            (is_pattern && (*c == '%' || *c == '_') && pick(query, 2))) {
            builder_add_char(&query->text, '\\');
        }
        builder_add_char(&query->text, *c);
    }
    builder_add_char(&query->text, '\'');
}

static long long days_of(long long year, long long month, long long day)
{
    struct tm tm = {.tm_year = (int)year - 1900, .tm_mon = (int)month - 1, .tm_mday = (int)day};
    return timegm(&tm) / 86400;
}

static struct slice day_text(struct arena *arena, long long days)
{
    time_t seconds = (time_t)days * 86400;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    return arena_printf(arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

static struct value make_day(struct query *query)
{
    static const struct {
        const char *literal;
        long long from, to;
    } literals[] = {
        {"TODAY", TODAY, TODAY + 1},
        {"YESTERDAY", TODAY - 1, TODAY},
        {"TOMORROW", TODAY + 1, TODAY + 2},
    };
    struct value value = {0};
    size_t choice = pick(query, 8);
    if (choice < 3) {
        builder_add_text(&query->text, literals[choice].literal);
        value.from = literals[choice].from;
        value.to = literals[choice].to;
    } else if (choice < 6) { /* LAST_MONTH, THIS_MONTH, NEXT_MONTH */
        static const char *const words[] = {"LAST_MONTH", "THIS_MONTH", "NEXT_MONTH"};
        builder_add_text(&query->text, words[choice - 3]);
        value.from = days_of(2026, (long long)choice - 3, 1);
        value.to = days_of(2026, (long long)choice - 2, 1);
    } else {
        value.from = TODAY + (long long)pick(query, 9) - 4;
        value.to = value.from + 1;
        builder_add(&query->text, day_text(query->arena, value.from));
    }
    return value;
}

static struct value make_value(struct query *query, enum field field, enum comparison comparison)
{
    struct value value = {0};
    bool may_be_null = (comparison == EQUAL || comparison == NOT_EQUAL) && field != STAGE;
    if (may_be_null && pick(query, 5) == 0) {
        builder_add_text(&query->text, "null");
        value.is_null = true;
    } else if (field == CLOSE_DATE) {
        value = make_day(query);
    } else if (field == AMOUNT) {
        value.from = (long long)pick(query, 7) - 3;
        value.to = value.from + 1;
        builder_printf(&query->text, "%lld", value.from);
    } else {
        value.text = field == STAGE              ? stages[pick(query, 3)]
                     : field == ACCOUNT_INDUSTRY ? industries[pick(query, 2)]
                                                 : names[pick(query, NAMES)];
        write_text(query, value.text, false);
    }
    return value;
}

/* The pattern is written with its escapes at once: the text between the quotes is what the
 * evaluator reads. */
static void make_pattern(struct query *query, struct condition *condition)
{
    static const char *const parts[] = {"%", "_",        "a",        "b",   "\\%",     "\\_",
                                        "B", "\xc3\xa9", "\\\\\\\\", "\\'", "\xc3\x89"};
    struct builder pattern = builder_new(query->arena);
    for (size_t left = pick(query, 5) + 1; left > 0; left--) {
        builder_add_text(&pattern, parts[pick(query, sizeof parts / sizeof parts[0])]);
    }
    builder_add_char(&pattern, '\0');
    condition->values[0].text = pattern.data;
    builder_printf(&query->text, "'%s'", pattern.data);
}

static void make_test(struct query *query, struct condition *made)
{
    made->field = (enum field)pick(query, FIELD_COUNT);
    bool is_text = made->field != AMOUNT && made->field != CLOSE_DATE;
    static const enum comparison of_text[] = {EQUAL, NOT_EQUAL, IN, NOT_IN, LIKE};
    static const enum comparison of_others[] = {EQUAL,   NOT_EQUAL,     LESS, LESS_EQUAL,
                                                GREATER, GREATER_EQUAL, IN,   NOT_IN};
    made->comparison =
        is_text ? of_text[pick(query, made->field == NAME || made->field == ACCOUNT_NAME ? 5 : 4)]
                : of_others[pick(query, made->field == AMOUNT ? 8 : 6)];
    builder_printf(&query->text, "%s %s ", field_names[made->field],
                   comparison_names[made->comparison]);
    if (made->comparison == LIKE) {
        make_pattern(query, made);
        return;
    }
    bool is_list = made->comparison == IN || made->comparison == NOT_IN;
    made->value_count = is_list ? pick(query, LONGEST_LIST) + 1 : 1;
    builder_add_text(&query->text, is_list ? "(" : "");
    for (size_t i = 0; i < made->value_count; i++) {
        builder_add_text(&query->text, i > 0 ? ", " : "");
        made->values[i] = make_value(query, made->field, made->comparison);
    }
    builder_add_text(&query->text, is_list ? ")" : "");
}

static const struct condition *make_condition(struct query *query, size_t depth)
{
    struct condition *made = arena_alloc(query->arena, sizeof *made);
    *made = (struct condition){.kind = TEST};
    size_t choice = depth < DEPTH ? pick(query, 8) : 0;
    if (choice == 5) {
        made->kind = NOT;
        builder_add_text(&query->text, "(NOT (");
        made->left = make_condition(query, depth + 1);
        builder_add_text(&query->text, "))");
    } else if (choice > 5) {
        made->kind = choice == 6 ? AND : OR;
        builder_add_char(&query->text, '(');
        made->left = make_condition(query, depth + 1);
        builder_add_text(&query->text, choice == 6 ? ") AND (" : ") OR (");
        made->right = make_condition(query, depth + 1);
        builder_add_char(&query->text, ')');
    } else {
        make_test(query, made);
    }
    return made;
}

/* A semi-join may stand beside other conditions, and neither in NOT nor in OR. */
static const struct condition *make_conditions(struct query *query)
{
    if (pick(query, 4) > 0) {
        return make_condition(query, 0);
    }
    struct condition *both = arena_alloc(query->arena, sizeof *both);
    struct condition *join = arena_alloc(query->arena, sizeof *join);
    *join = (struct condition){.kind = SEMI_JOIN, .comparison = pick(query, 2) ? IN : NOT_IN};
    builder_printf(&query->text, "AccountId %s (SELECT Id FROM Account WHERE Industry = ",
                   comparison_names[join->comparison]);
    join->values[0].text = industries[pick(query, 2)];
    write_text(query, join->values[0].text, false);
    builder_add_text(&query->text, ") AND (");
    *both = (struct condition){.kind = AND, .left = join, .right = make_condition(query, 0)};
    builder_add_char(&query->text, ')');
    return both;
}

/* ---- evaluating them ---- */

static struct value value_of(const struct world *world, const struct deal *deal, enum field field)
{
    struct value value = {0};
    bool has_account = deal->account != NO_ACCOUNT;
    switch (field) {
    case NAME:
        value.text = deal->name;
        break;
    case STAGE:
        value.text = deal->stage;
        break;
    case ACCOUNT_NAME:
        value.text = has_account ? world->account_names[deal->account] : NULL;
        break;
    case ACCOUNT_INDUSTRY:
        value.text = has_account ? world->account_industries[deal->account] : NULL;
        break;
    case AMOUNT:
        value.from = deal->amount;
        break;
    case CLOSE_DATE:
        value.from = deal->close;
        break;
    case FIELD_COUNT:
        break;
    }
    value.is_null = field == AMOUNT ? !deal->has_amount : field != CLOSE_DATE && value.text == NULL;
    return value;
}

static int lower(char c)
{
    enum { CAPITAL_E_ACUTE = 0x89, SMALL_E_ACUTE = 0xa9 }; /* behind 0xc3 */
    unsigned char byte = (unsigned char)c;
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : byte == CAPITAL_E_ACUTE ? SMALL_E_ACUTE : byte;
}

static int compare_text(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) - lower(*b);
}

static size_t character(const char *text)
{
    size_t length = 1;
    while ((text[length] & 0xc0) == 0x80) {
        length++;
    }
    return length;
}

/* In the pattern's text a backslash comes first of two: once for the literal, once for LIKE. */
static bool is_like(const char *text, const char *pattern)
{
    if (*pattern == '\0') {
        return *text == '\0';
    }
    if (*pattern == '%') {
        return is_like(text, pattern + 1) || (*text != '\0' && is_like(text + 1, pattern));
    }
    if (*pattern == '_') {
        return *text != '\0' && is_like(text + character(text), pattern + 1);
    }
    if (strncmp(pattern, "\\\\\\\\", 4) == 0) {
        return *text == '\\' && is_like(text + 1, pattern + 4);
    }
    pattern += *pattern == '\\';
    return lower(*text) == lower(*pattern) && is_like(text + 1, pattern + 1);
}

static int order_of(const struct value *value, const struct value *other)
{
    if (value->text != NULL) {
        return compare_text(value->text, other->text);
    }
    return value->from < other->from ? -1 : value->from >= other->to;
}

static bool passes_test(const struct world *world, const struct deal *deal,
                        const struct condition *test)
{
    struct value value = value_of(world, deal, test->field);
    if (test->comparison == LIKE) {
        return !value.is_null && is_like(value.text, test->values[0].text);
    }
    bool equal = false;
    for (size_t i = 0; i < test->value_count; i++) {
        const struct value *other = &test->values[i];
        equal = equal || (other->is_null || value.is_null ? other->is_null && value.is_null
                                                          : order_of(&value, other) == 0);
    }
    if (test->comparison == EQUAL || test->comparison == IN) {
        return equal;
    }
    if (test->comparison == NOT_EQUAL || test->comparison == NOT_IN) {
        return !equal;
    }
    if (value.is_null) {
        return false;
    }
    int order = order_of(&value, &test->values[0]);
    return (order < 0 && (test->comparison == LESS || test->comparison == LESS_EQUAL)) ||
           (order > 0 && (test->comparison == GREATER || test->comparison == GREATER_EQUAL)) ||
           (order == 0 && (test->comparison == LESS_EQUAL || test->comparison == GREATER_EQUAL));
}

static bool passes(const struct world *world, const struct deal *deal,
                   const struct condition *condition)
{
    const char *industry =
        deal->account == NO_ACCOUNT ? NULL : world->account_industries[deal->account];
    switch (condition->kind) {
    case TEST:
        return passes_test(world, deal, condition);
    case SEMI_JOIN:
        return (industry != NULL && strcmp(industry, condition->values[0].text) == 0) ==
               (condition->comparison == IN);
    case NOT:
        return !passes(world, deal, condition->left);
    case AND:
        return passes(world, deal, condition->left) && passes(world, deal, condition->right);
    case OR:
        return passes(world, deal, condition->left) || passes(world, deal, condition->right);
    }
    return false;
}

/* ---- the records ---- */

static void make_world(struct query *query, struct world *world, struct builder *json)
{
    builder_add_text(json, "{\"Account\":[");
    for (int i = 0; i < ACCOUNTS; i++) {
        world->account_names[i] = names[pick(query, 5)];
        world->account_industries[i] = industries[pick(query, 3)];
        builder_printf(json, "%s{\"Id\":\"00100000000000%dAAA\",\"Name\":\"%s\"", i > 0 ? "," : "",
                       i, world->account_names[i]);
        if (world->account_industries[i] != NULL) {
            builder_printf(json, ",\"Industry\":\"%s\"", world->account_industries[i]);
        }
        builder_add_char(json, '}');
    }
    builder_add_text(json, "],\"Opportunity\":[");
    for (int i = 0; i < DEALS; i++) {
        struct deal *deal = &world->deals[i];
        *deal = (struct deal){names[pick(query, NAMES)], pick(query, 4) > 0,
                              (int)pick(query, 7) - 3,   TODAY + (long long)pick(query, 9) - 4,
                              stages[pick(query, 3)],    (int)pick(query, ACCOUNTS + 1)};
        struct slice day = day_text(query->arena, deal->close);
        builder_printf(
            json,
            "%s{\"NextStep\":\"%d\",\"Name\":\"%s\",\"CloseDate\":\"%.*s\",\"StageName\":\"%s\"",
            i > 0 ? "," : "", i, strcmp(deal->name, "a\\") == 0 ? "a\\\\" : deal->name,
            SLICE_ARG(day), deal->stage);
        if (deal->has_amount) {
            builder_printf(json, ",\"Amount\":%d", deal->amount);
        }
        if (deal->account != NO_ACCOUNT) {
            builder_printf(json, ",\"AccountId\":\"00100000000000%dAAA\"", deal->account);
        }
        builder_add_char(json, '}');
    }
    builder_add_text(json, "]}");
}

static const struct node *ask(struct query *query, struct organisation *organisation, long *status)
{
    struct builder parameter = builder_new(query->arena);
    struct diagnostics list = diagnostics_new(query->arena);
    struct source *source;
    builder_add_text(&parameter, "q=");
    percent_encode(&parameter, builder_slice(&query->text));
    struct http_request request = {.method = SLICE("GET"),
                                   .path = SLICE("/services/data/v62.0/query"),
                                   .query = builder_slice(&parameter)};
    struct http_response response = organisation_respond(organisation, query->arena, &request);
    *status = response.status;
    return json_read(query->arena, "answer", response.body, &list, &source);
}

/* ---- queries of records ---- */

struct order {
    enum field field;
    bool descending, nulls_last;
};

static bool comes_before(const struct world *world, const struct deal *a, const struct deal *b,
                         const struct order *orders, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct value x = value_of(world, a, orders[i].field);
        struct value y = value_of(world, b, orders[i].field);
        y.to = y.from + 1;
        if (x.is_null != y.is_null) {
            return x.is_null != orders[i].nulls_last;
        }
        int order = x.is_null ? 0 : order_of(&x, &y);
        if (order != 0) {
            return (order < 0) != orders[i].descending;
        }
    }
    return false;
}

static size_t make_orders(struct query *query, struct order *orders)
{
    static const enum field sorted[] = {NAME, AMOUNT, CLOSE_DATE, ACCOUNT_NAME};
    static const char *const nulls[] = {"", " NULLS FIRST", " NULLS LAST"};
    size_t count = pick(query, 3);
    size_t first = pick(query, 4);
    for (size_t i = 0; i < count; i++) {
        orders[i].field = sorted[(first + i) % 4];
        orders[i].descending = pick(query, 2);
        size_t choice = pick(query, 3);
        orders[i].nulls_last = choice == 2;
        builder_printf(&query->text, "%s %s%s%s", i > 0 ? "," : " ORDER BY",
                       field_names[orders[i].field], orders[i].descending ? " DESC" : "",
                       nulls[choice]);
    }
    return count;
}

static void check_records(struct query *query, const struct world *world,
                          struct organisation *organisation, bool counted)
{
    const struct deal *rows[DEALS];
    struct order orders[2];
    size_t count = 0;
    builder_add_text(&query->text, counted ? "SELECT COUNT() FROM Opportunity WHERE "
                                           : "SELECT NextStep, Name FROM Opportunity WHERE ");
    const struct condition *condition = make_conditions(query);
    size_t order_count = counted ? 0 : make_orders(query, orders);
    for (int i = 0; i < DEALS; i++) {
        const struct deal *deal = &world->deals[i];
        if (passes(world, deal, condition)) {
            size_t at = count++;
            for (; at > 0 && comes_before(world, deal, rows[at - 1], orders, order_count); at--) {
                rows[at] = rows[at - 1];
            }
            rows[at] = deal;
        }
    }
    size_t limit = pick(query, 12);
    size_t offset = counted ? 0 : pick(query, 4);
    builder_printf(&query->text, " LIMIT %zu", limit);
    if (offset > 0) {
        builder_printf(&query->text, " OFFSET %zu", offset);
    }
    size_t left = count > offset ? count - offset : 0;
    size_t wanted = left < limit ? left : limit;
    long status;
    const struct node *answer = ask(query, organisation, &status);
    const struct node *records = node_get(answer, "records");
    if (status != 200 || node_integer(node_get(answer, "totalSize"), -1) != (long long)wanted ||
        node_length(records) != (counted ? 0 : wanted)) {
        abort();
    }
    for (size_t i = 0; i < node_length(records); i++) {
        struct slice number = node_text(records->items[i], "NextStep");
        if (number.length != 1 || number.data[0] - '0' != rows[offset + i] - world->deals) {
            abort();
        }
    }
}

/* ---- queries of groups ---- */

struct group {
    long long count, with_amount, sum, least, most;
};

static void check_number(struct arena *arena, const struct node *record, const char *key,
                         bool is_null, long long wanted)
{
    const struct node *value = node_get(record, key);
    if (is_null
            ? !node_is(value, NODE_NULL)
            : !node_is_number(value) || atof(arena_copy(arena, value->text)) != (double)wanted) {
        abort();
    }
}

static void check_groups(struct query *query, const struct world *world,
                         struct organisation *organisation)
{
    struct group groups[3] = {0};
    size_t wanted = 0;
    builder_add_text(
        &query->text,
        "SELECT StageName, COUNT(Id) n, COUNT(Amount) m, SUM(Amount) s, MIN(Amount) l, "
        "MAX(Amount) h FROM Opportunity WHERE ");
    const struct condition *condition = make_conditions(query);
    long long least = (long long)pick(query, 4);
    builder_printf(&query->text, " GROUP BY StageName HAVING COUNT(Id) > %lld", least);
    for (int i = 0; i < DEALS; i++) {
        const struct deal *deal = &world->deals[i];
        size_t stage = 0;
        while (deal->stage != stages[stage]) {
            stage++;
        }
        if (!passes(world, deal, condition)) {
            continue;
        }
        struct group *group = &groups[stage];
        group->count++;
        if (deal->has_amount) {
            group->least = group->with_amount == 0 || deal->amount < group->least ? deal->amount
                                                                                  : group->least;
            group->most =
                group->with_amount == 0 || deal->amount > group->most ? deal->amount : group->most;
            group->with_amount++;
            group->sum += deal->amount;
        }
    }
    long status;
    const struct node *answer = ask(query, organisation, &status);
    const struct node *records = node_get(answer, "records");
    for (size_t i = 0; i < 3; i++) {
        const struct group *group = &groups[i];
        const struct node *record = NULL;
        for (size_t j = 0; j < node_length(records); j++) {
            if (slice_is(node_text(records->items[j], "StageName"), stages[i])) {
                record = records->items[j];
            }
        }
        bool shown = group->count > least;
        wanted += shown;
        if (shown != (record != NULL)) {
            abort();
        }
        if (shown) {
            bool is_null = group->with_amount == 0;
            check_number(query->arena, record, "n", false, group->count);
            check_number(query->arena, record, "m", false, group->with_amount);
            check_number(query->arena, record, "s", is_null, group->sum);
            check_number(query->arena, record, "l", is_null, group->least);
            check_number(query->arena, record, "h", is_null, group->most);
        }
    }
    if (status != 200 || node_length(records) != wanted) {
        abort();
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    struct query query = {arena, &bytes, builder_new(arena)};
    struct world world;
    struct builder json = builder_new(arena);
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    struct organisation_options options = {.url = SLICE("https://x.my.salesforce.com"), .now = NOW};
    size_t kind = pick(&query, 4);
    make_world(&query, &world, &json);
    struct organisation *organisation =
        organisation_new(arena, sobject_catalog_new(arena), &options);
    if (!organisation_seed(organisation,
                           json_read(arena, "org", builder_slice(&json), &list, &source), &list)) {
        abort();
    }
    if (kind == 0) {
        check_groups(&query, &world, organisation);
    } else {
        check_records(&query, &world, organisation, kind == 1);
    }
}

FUZZ_TARGET(check)
