/* A recursive-descent parser of SOQL over pieces of text and references. */
#include "salesforce/soql.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/ascii.h"

#define DEPTH_LIMIT 50

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_DATE,
    TOKEN_DATETIME,
    TOKEN_REFERENCE,
    TOKEN_SYMBOL, /* ( ) , . = != < <= > >= : */
};

struct token {
    enum token_kind kind;
    struct slice text; /* as written; of TOKEN_TEXT with its quotes where they are in one piece */
    size_t piece;
    struct soql_value value; /* TOKEN_TEXT, TOKEN_REFERENCE */
};

struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct soql *soql;
    struct token token; /* the one that comes next */
    size_t piece, offset;
    enum token_kind last_kind; /* of the token before */
    size_t depth;
    bool failed;
    bool having;
};

/* ---- findings ---- */

struct range soql_range(const struct soql_place *place)
{
    if (place->reference != NULL) {
        return place->reference->range;
    }
    const struct slice whole = place->node->text;
    bool inside =
        (uintptr_t)place->text.data >= (uintptr_t)whole.data &&
        (uintptr_t)place->text.data + place->text.length <= (uintptr_t)whole.data + whole.length;
    return inside && place->text.length > 0 ? text_range(place->node, place->text)
                                            : place->node->range;
}

struct diagnostic *soql_report(struct diagnostics *diagnostics, enum code code,
                               const struct soql_place *place, const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    const struct source *source =
        place->reference != NULL ? place->reference->source : place->node->source;
    return diag_report(diagnostics, code, source, soql_range(place), "%s", message);
}

static struct soql_place place_of(const struct parser *p, const struct token *token)
{
    const struct soql_piece *piece = &p->soql->pieces[token->piece];
    return (struct soql_place){piece->node, token->text,
                               token->kind == TOKEN_REFERENCE ? piece->reference : NULL};
}

/* The first mistake is the one that counts. */
static void fail(struct parser *p, const struct token *token, const char *message,
                 const char *suggestion)
{
    if (!p->failed) {
        struct soql_place place = place_of(p, token);
        struct diagnostic *d = soql_report(p->diagnostics, E0815, &place, "%s", message);
        if (suggestion != NULL) {
            diag_suggest(p->diagnostics, d, slice_of(suggestion));
        }
    }
    p->failed = true;
}

static void expected(struct parser *p, const char *what)
{
    const struct token *t = &p->token;
    bool end = t->kind == TOKEN_END;
    if (p->last_kind == TOKEN_TEXT && t->kind == TOKEN_TEXT) {
        fail(p, t, "inside text a quote is written `\\'`", NULL);
        return;
    }
    fail(p, t,
         arena_printf(p->arena, "%s is expected here%s%.*s%s", what,
                      end ? ", where the query ends" : ", not `", end ? 0 : (int)t->text.length,
                      end ? "" : t->text.data, end ? "" : "`")
             .data,
         NULL);
}

/* ---- tokens ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* yyyy-mm-dd at the start of `text`; the length of the date or date and time. */
static size_t match_date(struct slice text, bool *has_time)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form - 1; i++) {
        if (i >= text.length ||
            (form[i] == 'd' ? !ascii_is_digit(text.data[i]) : text.data[i] != form[i])) {
            return 0;
        }
    }
    size_t end = sizeof form - 1;
    *has_time = end < text.length && (text.data[end] == 'T' || text.data[end] == 't');
    while (*has_time && end < text.length &&
           (ascii_is_word(text.data[end]) ||
            slice_find(SLICE(":.+-"), (char[]){text.data[end], 0}, 0) != SIZE_MAX)) {
        end++;
    }
    return end;
}

static size_t match_number(struct slice text)
{
    size_t end = text.data[0] == '-' || text.data[0] == '+';
    size_t first = end;
    if (end == text.length || !ascii_is_digit(text.data[end])) {
        return 0;
    }
    while (end < text.length && (ascii_is_digit(text.data[end]) || text.data[end] == '.')) {
        end++;
    }
    return end > first ? end : 0;
}

/* A string literal; it may go on behind references, in later pieces. */
static void read_text(struct parser *p)
{
    struct soql *soql = p->soql;
    struct builder content = builder_new(p->arena);
    struct token *t = &p->token;
    size_t start = p->offset++;
    size_t first = p->piece;
    size_t references = 0;
    t->kind = TOKEN_TEXT;
    t->value.kind = SOQL_TEXT;
    for (; p->piece < soql->piece_count; p->piece++, p->offset = 0) {
        const struct soql_piece *piece = &soql->pieces[p->piece];
        if (piece->reference != NULL) {
            t->value.reference = references++ == 0 ? piece->reference : t->value.reference;
            soql->uses[p->piece].in_text = true;
            continue;
        }
        for (; p->offset < piece->text.length; p->offset++) {
            char c = piece->text.data[p->offset];
            if (c == '\'') {
                p->offset++;
                t->value.text = builder_slice(&content);
                t->value.only_reference = references == 1 && content.length == 0;
                t->text =
                    slice_part(soql->pieces[first].text, start,
                               p->piece == first ? p->offset : soql->pieces[first].text.length);
                return;
            }
            if (c == '\\') {
                p->offset++;
                if (p->offset == piece->text.length) {
                    break;
                }
                c = piece->text.data[p->offset];
            }
            builder_add_char(&content, c);
        }
    }
    t->text = slice_part(soql->pieces[first].text, start, start + 1);
    fail(p, t, "this text is not closed: a `'` is missing", NULL);
    t->kind = TOKEN_END;
}

static void skip_space(struct parser *p)
{
    const struct soql *soql = p->soql;
    while (p->piece < soql->piece_count) {
        const struct soql_piece *piece = &soql->pieces[p->piece];
        if (piece->reference != NULL) {
            return;
        }
        while (p->offset < piece->text.length && is_space(piece->text.data[p->offset])) {
            p->offset++;
        }
        if (p->offset < piece->text.length) {
            return;
        }
        p->piece++;
        p->offset = 0;
    }
}

static size_t symbol_length(struct slice rest)
{
    static const char *const symbols[] = {"!=", "<>", "<=", ">=", "==", "&&", "||"};
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (slice_starts_with(rest, symbols[i])) {
            return 2;
        }
    }
    return 1;
}

/* Reads the next token. */
static void advance(struct parser *p)
{
    struct soql *soql = p->soql;
    struct token *t = &p->token;
    p->last_kind = p->token.kind;
    skip_space(p);
    *t = (struct token){.kind = TOKEN_END, .piece = p->piece};
    if (p->piece == soql->piece_count) {
        t->piece = soql->piece_count - 1;
        struct slice last = soql->pieces[t->piece].text;
        t->text = slice_part(last, last.length > 0 ? last.length - 1 : 0, last.length);
        return;
    }
    const struct soql_piece *piece = &soql->pieces[p->piece];
    if (piece->reference != NULL) {
        t->kind = TOKEN_REFERENCE;
        t->text = SLICE("${…}");
        t->value = (struct soql_value){.kind = SOQL_PARAMETER, .reference = piece->reference};
        p->piece++;
        p->offset = 0;
        return;
    }
    struct slice rest = slice_part(piece->text, p->offset, piece->text.length);
    bool has_time = false;
    size_t length = match_date(rest, &has_time);
    if (rest.data[0] == '\'') {
        read_text(p);
        return;
    }
    if (length > 0) {
        t->kind = has_time ? TOKEN_DATETIME : TOKEN_DATE;
    } else if (ascii_is_word(rest.data[0]) && !ascii_is_digit(rest.data[0])) {
        t->kind = TOKEN_WORD;
        while (length < rest.length && ascii_is_word(rest.data[length])) {
            length++;
        }
    } else if ((length = match_number(rest)) > 0) {
        t->kind = TOKEN_NUMBER;
    } else {
        t->kind = TOKEN_SYMBOL;
        length = symbol_length(rest);
        if (rest.data[0] == '"') {
            t->text = slice_part(rest, 0, 1);
            fail(p, t, "text stands in single quotes in SOQL", NULL);
        } else if ((unsigned char)rest.data[0] >= 0x80 ||
                   slice_find(SLICE("(),.=<>:!&|"), (char[]){rest.data[0], 0}, 0) == SIZE_MAX) {
            t->text = slice_part(rest, 0, 1);
            fail(p, t,
                 rest.data[0] == '*'   ? "SOQL has no `*`: name the fields"
                 : rest.data[0] == '%' ? "the pattern of LIKE stands in quotes: `'%…%'`"
                                       : "this character has no meaning in SOQL",
                 NULL);
        }
    }
    t->text = slice_part(rest, 0, length);
    p->offset += length;
}

static bool is_keyword(const struct parser *p, const char *word)
{
    return p->token.kind == TOKEN_WORD && slice_equal_ignoring_case(p->token.text, slice_of(word));
}

static bool is_symbol(const struct parser *p, const char *symbol)
{
    return p->token.kind == TOKEN_SYMBOL && slice_is(p->token.text, symbol);
}

static bool accept(struct parser *p, const char *word)
{
    bool found = is_keyword(p, word) || is_symbol(p, word);
    if (found) {
        advance(p);
    }
    return found;
}

static bool expect(struct parser *p, const char *word)
{
    if (p->failed || accept(p, word)) {
        return !p->failed;
    }
    expected(p, arena_printf(p->arena, "`%s`", word).data);
    return false;
}

/* ---- fields and functions ---- */

static struct slice upper_case(struct arena *arena, struct slice word)
{
    char *copy = arena_copy(arena, word);
    for (size_t i = 0; i < word.length; i++) {
        copy[i] = copy[i] >= 'a' && copy[i] <= 'z' ? (char)(copy[i] - 'a' + 'A') : copy[i];
    }
    return (struct slice){copy, word.length};
}

static bool is_reserved(const struct parser *p)
{
    static const char *const words[] = {"select", "from",  "where",  "and",   "or",
                                        "not",    "like",  "in",     "group", "order",
                                        "having", "limit", "offset", "by",    NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        if (is_keyword(p, *word)) {
            return true;
        }
    }
    return false;
}

/* Name, or Account.Owner.Name. */
static void parse_path(struct parser *p, struct soql_path *path, const char *what)
{
    if (p->token.kind == TOKEN_REFERENCE) {
        fail(p, &p->token, "`${…}` stands for a value only, never for a part of the query itself",
             NULL);
        return;
    }
    if (p->token.kind != TOKEN_WORD || is_reserved(p)) {
        expected(p, what);
        return;
    }
    path->place = place_of(p, &p->token);
    size_t piece = p->token.piece;
    for (;;) {
        path->segments = arena_grow(p->arena, path->segments, path->count, path->count + 1,
                                    sizeof *path->segments);
        path->segments[path->count++] = p->token.text;
        if (p->token.piece == piece) {
            const char *end = p->token.text.data + p->token.text.length;
            path->place.text.length = (size_t)(end - path->place.text.data);
        }
        advance(p);
        if (!is_symbol(p, ".")) {
            return;
        }
        advance(p);
        if (p->token.kind != TOKEN_WORD) {
            expected(p, "a field behind the `.`");
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

static struct soql_item parse_item(struct parser *p, const char *what)
{
    struct soql_item item = {0};
    struct token start = p->token;
    if (is_keyword(p, "typeof")) {
        fail(p, &p->token, "TYPEOF is not supported here", NULL);
        return item;
    }
    if (is_symbol(p, "(")) {
        fail(p, &p->token, "subqueries are not supported here: use a second service", NULL);
        return item;
    }
    parse_path(p, &item.path, what);
    if (p->failed || item.path.count > 1 || !is_symbol(p, "(")) {
        return item;
    }
    item.function = upper_case(p->arena, item.path.segments[0]);
    item.aggregates = is_aggregate(item.function);
    if (slice_is(item.function, "FIELDS")) {
        fail(p, &start, "FIELDS() is not supported here: name the fields", NULL);
    } else if (!is_known_function(item.function)) {
        fail(p, &start, "SOQL has no such function", NULL);
    }
    struct soql_place place = item.path.place;
    item.path = (struct soql_path){.place = place};
    advance(p);
    if (!(slice_is(item.function, "COUNT") && is_symbol(p, ")"))) {
        parse_path(p, &item.path, "a field");
    }
    expect(p, ")");
    return item;
}

static void add_item(struct parser *p, struct soql_item **items, size_t *count,
                     struct soql_item item)
{
    *items = arena_grow(p->arena, *items, *count, *count + 1, sizeof **items);
    (*items)[(*count)++] = item;
}

static void parse_select(struct parser *p)
{
    struct soql *soql = p->soql;
    do {
        struct soql_item item = parse_item(p, "a field");
        soql->aggregates = soql->aggregates || item.aggregates;
        if (p->token.kind == TOKEN_WORD && !is_keyword(p, "from")) {
            if (item.function.length == 0) {
                fail(p, &p->token, "a comma stands between fields", NULL);
            }
            item.alias = p->token.text;
            advance(p);
        }
        add_item(p, &soql->items, &soql->item_count, item);
    } while (!p->failed && accept(p, ","));
    soql->items_end = p->token.piece;
}

/* ---- values ---- */

static const char *const date_literals[] = {"YESTERDAY",
                                            "TODAY",
                                            "TOMORROW",
                                            "LAST_WEEK",
                                            "THIS_WEEK",
                                            "NEXT_WEEK",
                                            "LAST_MONTH",
                                            "THIS_MONTH",
                                            "NEXT_MONTH",
                                            "LAST_90_DAYS",
                                            "NEXT_90_DAYS",
                                            "THIS_QUARTER",
                                            "LAST_QUARTER",
                                            "NEXT_QUARTER",
                                            "THIS_YEAR",
                                            "LAST_YEAR",
                                            "NEXT_YEAR",
                                            "THIS_FISCAL_QUARTER",
                                            "LAST_FISCAL_QUARTER",
                                            "NEXT_FISCAL_QUARTER",
                                            "THIS_FISCAL_YEAR",
                                            "LAST_FISCAL_YEAR",
                                            "NEXT_FISCAL_YEAR",
                                            NULL};
static const char *const numbered_date_literals[] = {"LAST_N_DAYS",
                                                     "NEXT_N_DAYS",
                                                     "N_DAYS_AGO",
                                                     "LAST_N_WEEKS",
                                                     "NEXT_N_WEEKS",
                                                     "N_WEEKS_AGO",
                                                     "LAST_N_MONTHS",
                                                     "NEXT_N_MONTHS",
                                                     "N_MONTHS_AGO",
                                                     "LAST_N_QUARTERS",
                                                     "NEXT_N_QUARTERS",
                                                     "N_QUARTERS_AGO",
                                                     "LAST_N_YEARS",
                                                     "NEXT_N_YEARS",
                                                     "N_YEARS_AGO",
                                                     "LAST_N_FISCAL_QUARTERS",
                                                     "NEXT_N_FISCAL_QUARTERS",
                                                     "LAST_N_FISCAL_YEARS",
                                                     "NEXT_N_FISCAL_YEARS",
                                                     NULL};

static bool is_one_of(struct slice word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (slice_equal_ignoring_case(word, slice_of(*words))) {
            return true;
        }
    }
    return false;
}

static bool is_date_literal(struct slice word, bool *with_number)
{
    *with_number = is_one_of(word, numbered_date_literals);
    return *with_number || is_one_of(word, date_literals);
}

/* The date literal that was meant, or NULL. */
static const char *near_date_literal(struct slice word)
{
    size_t distance;
    for (size_t i = 0; date_literals[i] != NULL; i++) {
        if (slice_is_near(word, slice_of(date_literals[i]), &distance)) {
            return date_literals[i];
        }
    }
    for (size_t i = 0; numbered_date_literals[i] != NULL; i++) {
        if (slice_is_near(word, slice_of(numbered_date_literals[i]), &distance)) {
            return numbered_date_literals[i];
        }
    }
    return NULL;
}

static struct soql_value word_value(struct parser *p, struct soql_value value)
{
    bool with_number;
    if (is_keyword(p, "null")) {
        value.kind = SOQL_NULL;
    } else if (is_keyword(p, "true") || is_keyword(p, "false")) {
        value.kind = SOQL_BOOLEAN;
    } else if (is_date_literal(p->token.text, &with_number)) {
        value.kind = SOQL_DATE_LITERAL;
        advance(p);
        if (with_number) {
            expect(p, ":");
            if (!p->failed && p->token.kind != TOKEN_NUMBER) {
                expected(p, "a number of days, weeks, months or years");
            }
            advance(p);
        }
        return value;
    } else {
        const char *literal = near_date_literal(p->token.text);
        fail(p, &p->token,
             literal != NULL ? "this is no value of SOQL"
                             : arena_printf(p->arena, "text stands in single quotes: `'%.*s'`",
                                            SLICE_ARG(p->token.text))
                                   .data,
             literal);
    }
    advance(p);
    return value;
}

static struct soql_value parse_value(struct parser *p)
{
    struct soql_value value = p->token.value;
    value.place = place_of(p, &p->token);
    value.text = p->token.kind == TOKEN_TEXT ? value.text : p->token.text;
    switch (p->token.kind) {
    case TOKEN_WORD:
        return word_value(p, value);
    case TOKEN_NUMBER:
        value.kind = SOQL_NUMBER;
        break;
    case TOKEN_DATE:
        value.kind = SOQL_DATE;
        break;
    case TOKEN_DATETIME:
        value.kind = SOQL_DATETIME;
        break;
    case TOKEN_TEXT:
    case TOKEN_REFERENCE:
        break;
    default:
        expected(p, "a value");
        return value;
    }
    advance(p);
    return value;
}

static void add_value(struct parser *p, struct soql_test *test, struct soql_value value)
{
    test->values = arena_grow(p->arena, test->values, test->value_count, test->value_count + 1,
                              sizeof *test->values);
    test->values[test->value_count++] = value;
}

static void parse_list(struct parser *p, struct soql_test *test)
{
    if (p->token.kind == TOKEN_REFERENCE) { /* IN ${list} */
        add_value(p, test, parse_value(p));
        return;
    }
    if (!expect(p, "(")) {
        return;
    }
    if (is_keyword(p, "select")) {
        fail(p, &p->token, "subqueries are not supported here: use a second service", NULL);
    }
    do {
        add_value(p, test, parse_value(p));
    } while (!p->failed && accept(p, ","));
    expect(p, ")");
}

/* ---- conditions ---- */

static bool parse_operator(struct parser *p, enum soql_operator *comparison)
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
        if (accept(p, operators[i].word)) {
            *comparison = operators[i].comparison;
            return true;
        }
    }
    if (accept(p, "not")) {
        *comparison = SOQL_NOT_IN;
        return expect(p, "in");
    }
    if (is_symbol(p, "==")) {
        fail(p, &p->token, "SOQL compares with a single `=`", "=");
    } else if (is_keyword(p, "contains") || is_keyword(p, "is")) {
        fail(p, &p->token,
             is_keyword(p, "is") ? "SOQL writes `= null` and `!= null`"
                                 : "SOQL writes `LIKE '%…%'`",
             NULL);
    } else {
        expected(p, "a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`, LIKE, IN, NOT IN)");
    }
    return false;
}

static void parse_test(struct parser *p)
{
    struct soql *soql = p->soql;
    struct soql_test test = {.having = p->having};
    size_t first = p->token.piece;
    test.item = parse_item(p, "a field");
    if (p->failed) {
        return;
    }
    test.operator_place = place_of(p, &p->token);
    if (!parse_operator(p, &test.comparison)) {
        return;
    }
    if (test.comparison >= SOQL_IN) {
        parse_list(p, &test);
    } else {
        add_value(p, &test, parse_value(p));
    }
    size_t end = p->token.kind == TOKEN_END ? soql->piece_count : p->token.piece;
    for (size_t i = first; i < end; i++) {
        soql->uses[i].test = soql->test_count;
    }
    soql->tests = arena_grow(p->arena, soql->tests, soql->test_count, soql->test_count + 1,
                             sizeof *soql->tests);
    soql->tests[soql->test_count++] = test;
}

static void parse_conditions(struct parser *p);

static void parse_term(struct parser *p)
{
    if (p->depth == DEPTH_LIMIT) {
        fail(p, &p->token, "the conditions are nested too deeply", NULL);
        return;
    }
    p->depth++;
    if (accept(p, "not")) {
        parse_term(p);
    } else if (accept(p, "(")) {
        parse_conditions(p);
        expect(p, ")");
    } else {
        parse_test(p);
    }
    p->depth--;
}

static void parse_conditions(struct parser *p)
{
    parse_term(p);
    const char *joint = is_keyword(p, "or") ? "or" : "and";
    while (!p->failed && accept(p, joint)) {
        parse_term(p);
    }
    if (is_keyword(p, "and") || is_keyword(p, "or")) {
        fail(p, &p->token, "AND and OR side by side need parentheses in SOQL", NULL);
    }
    if (is_symbol(p, "&&") || is_symbol(p, "||")) {
        bool both = is_symbol(p, "&&");
        fail(p, &p->token,
             both ? "SOQL joins conditions with AND" : "SOQL joins conditions with OR",
             both ? "AND" : "OR");
    }
}

/* ---- clauses ---- */

static void parse_group(struct parser *p)
{
    struct soql *soql = p->soql;
    expect(p, "by");
    soql->aggregates = true;
    do {
        add_item(p, &soql->groups, &soql->group_count, parse_item(p, "a field"));
    } while (!p->failed && accept(p, ","));
    if (accept(p, "having")) {
        p->having = true;
        parse_conditions(p);
        p->having = false;
    }
}

static void parse_order(struct parser *p)
{
    struct soql *soql = p->soql;
    expect(p, "by");
    do {
        struct soql_order order = {.item = parse_item(p, "a field")};
        if (!accept(p, "asc")) {
            accept(p, "desc");
        }
        if (accept(p, "nulls") && !accept(p, "first") && !accept(p, "last")) {
            expected(p, "FIRST or LAST");
        }
        soql->orders = arena_grow(p->arena, soql->orders, soql->order_count, soql->order_count + 1,
                                  sizeof *soql->orders);
        soql->orders[soql->order_count++] = order;
    } while (!p->failed && accept(p, ","));
}

static struct soql_value parse_count(struct parser *p)
{
    if (p->token.kind != TOKEN_NUMBER && p->token.kind != TOKEN_REFERENCE) {
        expected(p, "a whole number");
    } else if (p->token.kind == TOKEN_NUMBER &&
               (slice_find(p->token.text, ".", 0) != SIZE_MAX || p->token.text.length > 9 ||
                !ascii_is_digit(p->token.text.data[0]))) {
        fail(p, &p->token, "a whole number is needed here", NULL);
    }
    return parse_value(p);
}

static void parse_end(struct parser *p)
{
    static const char *const order[] = {"where", "group", "order", "limit", "offset", NULL};
    static const char *const unsupported[] = {"with", "for", "using", "all", "update", NULL};
    for (const char *const *word = unsupported; *word != NULL; word++) {
        if (is_keyword(p, *word)) {
            fail(p, &p->token, "this clause is not supported here", NULL);
        }
    }
    for (const char *const *word = order; *word != NULL; word++) {
        if (is_keyword(p, *word)) {
            fail(p, &p->token,
                 "the clauses stand in this order: WHERE, GROUP BY, ORDER BY, LIMIT, OFFSET", NULL);
        }
    }
    if (!p->failed && p->token.kind != TOKEN_END) {
        expected(p,
                 "the end of the query, or a clause (WHERE, GROUP BY, ORDER BY, LIMIT, OFFSET),");
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
    struct parser parser = {.arena = arena, .diagnostics = diagnostics, .soql = soql};
    struct parser *p = &parser;
    advance(p);
    expect(p, "select");
    if (!p->failed) {
        parse_select(p);
    }
    if (expect(p, "from")) {
        struct token object = p->token;
        parse_path(p, &soql->from, "an object");
        if (soql->from.count > 1) {
            fail(p, &object, "FROM names one object", NULL);
        }
    }
    if (!p->failed && accept(p, "where")) {
        parse_conditions(p);
    }
    if (!p->failed && accept(p, "group")) {
        parse_group(p);
    }
    if (!p->failed && accept(p, "order")) {
        parse_order(p);
    }
    if (!p->failed && accept(p, "limit")) {
        soql->limit = parse_count(p);
    }
    if (!p->failed && accept(p, "offset")) {
        soql->offset = parse_count(p);
    }
    if (!p->failed) {
        parse_end(p);
    }
    return p->failed ? NULL : soql;
}

/* ---- literals ---- */

bool soql_is_date_literal(struct slice word)
{
    bool with_number;
    size_t colon = slice_find(word, ":", 0);
    struct slice name = colon == SIZE_MAX ? word : slice_part(word, 0, colon);
    struct slice number = colon == SIZE_MAX ? SLICE("") : slice_part(word, colon + 1, word.length);
    for (size_t i = 0; i < number.length; i++) {
        if (!ascii_is_digit(number.data[i])) {
            return false;
        }
    }
    return is_date_literal(name, &with_number) && with_number == (number.length > 0);
}

bool soql_is_date(struct slice text, bool *has_time)
{
    size_t length = match_date(text, has_time);
    return length > 0 && length == text.length;
}

void soql_literal(struct builder *out, struct slice text)
{
    static const char from[] = "\n\r\t\b\f";
    static const char to[] = "nrtbf";
    builder_add_char(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        const char *escape = strchr(from, text.data[i]);
        if (escape != NULL && text.data[i] != '\0') {
            builder_add_char(out, '\\');
            builder_add_char(out, to[escape - from]);
        } else {
            if (strchr("\\'\"", text.data[i]) != NULL && text.data[i] != '\0') {
                builder_add_char(out, '\\');
            }
            builder_add_char(out, text.data[i]);
        }
    }
    builder_add_char(out, '\'');
}
