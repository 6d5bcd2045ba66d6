/* A recursive-descent parser of SOQL over pieces of text and references: the clauses of a query. */
#include "salesforce/soql.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/suggestion.h"
#include "salesforce/soql_token.h"

/* "Using Relationship Queries": the object of the query is the first of five levels. */
#define SUBQUERY_DEPTH_LIMIT 4

/* ---- SELECT ---- */

/* WHEN Account THEN Phone, Website */
static struct soql_when parse_when(struct soql_parser *p, bool is_else)
{
    struct soql_when when = {.object = soql_place_of(p, &p->token)};
    when.object.text.length = is_else ? 0 : when.object.text.length;
    if (!is_else) {
        if (p->token.kind != SOQL_TOKEN_WORD) {
            soql_expected(p, "an object");
            return when;
        }
        soql_advance(p);
        soql_expect(p, "then");
    }
    do {
        when.fields = arena_append(p->arena, when.fields, when.field_count, sizeof *when.fields);
        when.fields[when.field_count] = (struct soql_path){0};
        soql_parse_path(p, &when.fields[when.field_count++], "a field");
    } while (!p->failed && soql_accept(p, ","));
    return when;
}

/* TYPEOF What WHEN Account THEN Phone ELSE Name END */
static void parse_typeof(struct soql_parser *p, struct soql_item *item)
{
    item->kind = SOQL_TYPEOF;
    soql_advance(p);
    soql_parse_path(p, &item->path, "a relationship that leads to several objects");
    bool is_else = false;
    while (!p->failed && !is_else && !soql_takes(p, "end")) {
        is_else = item->when_count > 0 && soql_accept(p, "else");
        if (is_else || soql_expect(p, "when")) {
            item->whens =
                arena_append(p->arena, item->whens, item->when_count, sizeof *item->whens);
            item->whens[item->when_count++] = parse_when(p, is_else);
        }
    }
    if (item->when_count == 0) {
        soql_expected(p, "WHEN");
    }
    soql_extend(&item->place, &p->token);
    soql_expect(p, "end");
}

static void parse_selected(struct soql_parser *p, struct soql_item *item)
{
    item->place = soql_place_of(p, &p->token);
    if (soql_takes(p, "typeof") && !soql_is_followed_by(p, ',')) {
        parse_typeof(p, item);
    } else if ((soql_is_keyword(p, "distinct") || soql_is_keyword(p, "top")) &&
               soql_is_followed_by_name(p)) {
        soql_expected(p, "a field");
    } else if (soql_is_keyword(p, "select")) {
        soql_fail(p, &p->token, "write a subquery in parentheses: `(SELECT … FROM …)`", NULL);
    } else if (soql_accept(p, "(")) {
        item->kind = SOQL_SUBQUERY;
        item->subquery = soql_parse_subquery(p);
        soql_extend(&item->place, &p->token);
        soql_expect(p, ")");
    } else {
        soql_parse_item(p, item, SOQL_CLAUSE_SELECT, "a field");
    }
}

/* fieldList: fields, functions, subqueries and TYPEOF, with commas between them. */
static void parse_select(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    if (!soql_takes(p, "select")) {
        soql_fail(p, &p->token,
                  soql_is_keyword(p, "find") ? "this is a search; write it behind `search:`"
                                             : "a SOQL query begins with SELECT",
                  NULL);
        return;
    }
    soql_advance(p);
    do {
        struct soql_item *item = soql_add_item(p, &soql->items, &soql->item_count);
        parse_selected(p, item);
        soql->aggregates = soql->aggregates || item->aggregates;
        if (p->token.kind == SOQL_TOKEN_WORD && !soql_is_keyword(p, "from")) {
            if (soql_is_keyword(p, "as") && !soql_is_followed_by(p, ',')) {
                soql_expected(p, "an alias");
            }
            item->alias_place = soql_take_alias(p);
            item->alias = item->alias_place.text;
        }
    } while (!p->failed && soql_accept(p, ","));
    soql->items_end = p->token.piece;
}

/* ---- USING, WITH ---- */

static void parse_scope(struct soql_parser *p)
{
    static const char *const scopes[] = {
        "everything",        "delegated", "mine",        "mine_and_my_groups", "my_territory",
        "my_team_territory", "team",      "scopingrule", "allprivate",         NULL};
    soql_expect(p, "scope");
    if (!p->failed && !soql_takes_one_of(p, scopes)) {
        soql_expected(p, "a scope (everything, mine, mine_and_my_groups, team, delegated, "
                         "my_territory, my_team_territory, scopingRule)");
    }
    p->soql->scope = p->token.text;
    soql_advance(p);
}

/* Geography__c ABOVE usa__c, Product__c AT (laptop__c, phone__c) */
static void parse_category(struct soql_parser *p)
{
    static const char *const selectors[] = {"at", "above", "below", "above_or_below", NULL};
    struct soql_path name = {0};
    soql_parse_path(p, &name, "a data category group");
    if (!p->failed && !soql_takes_one_of(p, selectors)) {
        soql_expected(p, "AT, ABOVE, BELOW or ABOVE_OR_BELOW");
    }
    soql_advance(p);
    bool list = soql_accept(p, "(");
    do {
        struct soql_path category = {0};
        soql_parse_path(p, &category, "a data category");
    } while (list && !p->failed && soql_accept(p, ","));
    if (list) {
        soql_expect(p, ")");
    }
}

static void parse_with(struct soql_parser *p)
{
    static const char *const modes[] = {"security_enforced", "user_mode", "system_mode", NULL};
    struct soql *soql = p->soql;
    if (soql_takes_one_of(p, modes)) {
        soql->security = p->token.text;
        soql->security_place = soql_place_of(p, &p->token);
        soql_advance(p);
        return;
    }
    if (!soql_takes(p, "data")) {
        soql_expected(p, "SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE or DATA CATEGORY");
        return;
    }
    soql->has_data_category = true;
    soql_parse_categories(p);
}

void soql_parse_categories(struct soql_parser *p)
{
    soql_expect(p, "data");
    soql_expect(p, "category");
    do {
        parse_category(p);
    } while (!p->failed && soql_accept(p, "and"));
    if (soql_is_keyword(p, "or")) {
        soql_fail(p, &p->token, "data categories can be joined only with AND", "AND");
    }
}

/* ---- GROUP BY, ORDER BY ---- */

static void parse_group(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    soql_expect(p, "by");
    soql->aggregates = true;
    bool rollup = soql_is_keyword(p, "rollup") && soql_is_followed_by(p, '(');
    bool cube = soql_is_keyword(p, "cube") && soql_is_followed_by(p, '(');
    if (rollup || cube) {
        soql->grouping = rollup ? SOQL_GROUP_ROLLUP : SOQL_GROUP_CUBE;
        soql_advance(p);
        soql_advance(p);
    }
    if ((soql_is_keyword(p, "rollup") || soql_is_keyword(p, "cube")) && !rollup && !cube &&
        soql_is_followed_by_name(p)) {
        soql_advance(p);
        soql_expected(p, "`(`");
    }
    do {
        soql_parse_item(p, soql_add_item(p, &soql->groups, &soql->group_count), SOQL_CLAUSE_GROUP,
                        "a field");
    } while (!p->failed && soql_accept(p, ","));
    if (rollup || cube) {
        soql_expect(p, ")");
        if (soql_is_symbol(p, ",")) {
            soql_fail(p, &p->token, "nothing can be grouped by next to ROLLUP and CUBE", NULL);
        }
    }
}

static void parse_having(struct soql_parser *p)
{
    p->having = true;
    p->soql->having = soql_parse_conditions(p, soql_parse_subquery);
    p->having = false;
}

void soql_parse_order(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    soql_expect(p, "by");
    do {
        soql->orders =
            arena_append(p->arena, soql->orders, soql->order_count, sizeof *soql->orders);
        struct soql_order *order = &soql->orders[soql->order_count++];
        soql_parse_item(p, &order->item, SOQL_CLAUSE_ORDER, "a field");
        order->descending = !soql_accept(p, "asc") && soql_accept(p, "desc");
        if (soql_accept(p, "nulls")) {
            order->nulls_last = soql_accept(p, "last");
            if (!order->nulls_last && !soql_accept(p, "first")) {
                soql_expected(p, "FIRST or LAST");
            }
        }
    } while (!p->failed && soql_accept(p, ","));
}

/* ---- LIMIT, OFFSET and what follows them ---- */

struct soql_value soql_parse_count(struct soql_parser *p)
{
    if (p->token.kind == SOQL_TOKEN_NUMBER) {
        for (size_t i = 0; i < p->token.text.length; i++) {
            if (!ascii_is_digit(p->token.text.data[i]) || i == 9) {
                soql_fail(p, &p->token, "expected a whole number here", NULL);
            }
        }
    } else if (p->token.kind != SOQL_TOKEN_REFERENCE && !soql_is_symbol(p, ":")) {
        soql_expected(p, "a whole number");
    }
    size_t piece = p->token.piece;
    struct soql_value value = soql_parse_value(p);
    if (value.kind == SOQL_PARAMETER) {
        p->soql->uses[piece].query = p->soql;
    }
    return value;
}

/* FOR VIEW, FOR REFERENCE, FOR UPDATE */
static void parse_for(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    do {
        struct soql_place place = soql_place_of(p, &p->token);
        if (soql_accept(p, "view")) {
            soql->for_view = true;
        } else if (soql_accept(p, "reference")) {
            soql->for_reference = true;
        } else if (soql_accept(p, "update")) {
            soql->for_update = place;
        } else {
            soql_expected(p, "VIEW, REFERENCE or UPDATE");
        }
    } while (!p->failed && soql_accept(p, ","));
}

/* UPDATE TRACKING, VIEWSTAT */
void soql_parse_update(struct soql_parser *p)
{
    do {
        if (soql_accept(p, "tracking")) {
            p->soql->update_tracking = true;
        } else if (soql_accept(p, "viewstat")) {
            p->soql->update_viewstat = true;
        } else {
            soql_expected(p, "TRACKING or VIEWSTAT");
        }
    } while (!p->failed && soql_accept(p, ","));
}

/* SET OPTIONS (name = value, …) */
static void parse_options(struct soql_parser *p)
{
    soql_expect(p, "options");
    soql_expect(p, "(");
    do {
        struct soql_path name = {0};
        soql_parse_path(p, &name, "an option");
        soql_expect(p, "=");
        if (!p->failed && p->token.kind == SOQL_TOKEN_WORD) {
            soql_advance(p);
        } else if (!p->failed) {
            soql_parse_value(p);
        }
    } while (!p->failed && soql_accept(p, ","));
    soql_expect(p, ")");
}

static void parse_all_rows(struct soql_parser *p)
{
    p->soql->all_rows = soql_place_of(p, &p->token);
    soql_advance(p);
    soql_extend(&p->soql->all_rows, &p->token);
    soql_expect(p, "rows");
}

static void parse_end(struct soql_parser *p)
{
    if (p->failed ||
        (p->soql->outer != NULL ? soql_is_symbol(p, ")") : p->token.kind == SOQL_TOKEN_END)) {
        return;
    }
    static const char *const ordered[] = {"using", "where", "with",   "group", "having",
                                          "order", "limit", "offset", NULL};
    if (soql_is_one_of(p, ordered)) {
        soql_fail(p, &p->token,
                  "write the clauses in this order: FROM, USING SCOPE, WHERE, WITH, GROUP BY, "
                  "HAVING, ORDER BY, LIMIT, OFFSET",
                  NULL);
        return;
    }
    if (soql_is_symbol(p, ";")) {
        soql_fail(p, &p->token, "a SOQL query does not end with `;`", NULL);
        return;
    }
    if (p->soql->outer != NULL) {
        soql_expected(p, "the `)` of the subquery");
        return;
    }
    bool is_condition = p->soql->where != NULL && p->soql->order_count == 0 &&
                        p->soql->group_count == 0 && p->soql->limit.kind == SOQL_NULL;
    if (is_condition && p->token.kind == SOQL_TOKEN_WORD) {
        soql_expected(p, "AND, OR or a clause (ORDER BY, LIMIT)");
        return;
    }
    soql_expected(p, "a clause (WHERE, GROUP BY, ORDER BY, LIMIT, OFFSET) or the end of the query");
}

/* ---- the query ---- */

static void parse_tail(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    if (soql_is_asked(p)) {
        p->next->end_word = p->next->word_count;
    }
    if (!p->failed && soql_accept(p, "limit")) {
        soql->limit = soql_parse_count(p);
        if (soql_is_symbol(p, ",")) {
            soql_fail(p, &p->token, "SOQL writes `LIMIT 20 OFFSET 10`, not `LIMIT 10, 20`", NULL);
        }
    }
    if (!p->failed && soql_accept(p, "offset")) {
        soql->offset = soql_parse_count(p);
    }
    for (;;) { /* the reference's order, FOR before UPDATE, is not what all queries have */
        if (p->failed) {
            return;
        }
        if (soql_accept(p, "for")) {
            parse_for(p);
        } else if (soql_accept(p, "update")) {
            soql_parse_update(p);
        } else if (soql_takes(p, "all")) {
            parse_all_rows(p);
        } else if (soql_accept(p, "set")) {
            parse_options(p);
        } else {
            return;
        }
    }
}

static void parse_query(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    parse_select(p);
    if (!p->failed) {
        soql_parse_from(p);
    }
    if (!p->failed && soql_accept(p, "using")) {
        parse_scope(p);
    }
    if (!p->failed && soql_accept(p, "where")) {
        soql->where = soql_parse_conditions(p, soql_parse_subquery);
    }
    while (!p->failed && soql_accept(p, "with")) {
        parse_with(p);
    }
    if (!p->failed && soql_accept(p, "group")) {
        parse_group(p);
    }
    if (!p->failed && soql_accept(p, "having")) {
        parse_having(p);
    }
    if (!p->failed && soql_accept(p, "order")) {
        soql_parse_order(p);
    }
    parse_tail(p);
    parse_end(p);
    if (!p->failed) {
        soql_resolve_aliases(p);
        soql_check(p->diagnostics, soql);
    }
}

/* A query inside of the present one, from SELECT on; NULL after a report. */
struct soql *soql_parse_subquery(struct soql_parser *p)
{
    struct soql *outer = p->soql;
    bool having = p->having;
    size_t depth = 0;
    for (const struct soql *soql = outer; soql != NULL; soql = soql->outer) {
        depth++;
    }
    if (depth > SUBQUERY_DEPTH_LIMIT) {
        soql_fail(p, &p->token,
                  "subqueries are nested too deeply; Salesforce allows five levels of objects",
                  NULL);
        return NULL;
    }
    struct soql *soql = arena_alloc(p->arena, sizeof *soql);
    *soql = (struct soql){.outer = outer,
                          .pieces = outer->pieces,
                          .piece_count = outer->piece_count,
                          .uses = outer->uses};
    p->soql = soql;
    p->having = false;
    parse_query(p);
    p->soql = outer;
    p->having = having;
    return p->failed ? NULL : soql;
}

static struct soql_parser parser_new(struct arena *arena, struct soql_piece *pieces, size_t count,
                                     struct diagnostics *diagnostics)
{
    struct soql *soql = arena_alloc(arena, sizeof *soql);
    *soql = (struct soql){.pieces = pieces, .piece_count = count};
    soql->uses = arena_alloc_array(arena, count, sizeof *soql->uses);
    for (size_t i = 0; i < count; i++) {
        soql->uses[i].test = SIZE_MAX;
    }
    return (struct soql_parser){.arena = arena, .diagnostics = diagnostics, .soql = soql};
}

static void parse_whole(struct soql_parser *parser)
{
    soql_advance(parser);
    parse_query(parser);
}

struct soql *soql_parse(struct arena *arena, struct soql_piece *pieces, size_t count,
                        struct diagnostics *diagnostics)
{
    struct soql_parser parser = parser_new(arena, pieces, count, diagnostics);
    parse_whole(&parser);
    return parser.failed ? NULL : parser.soql;
}

struct soql_next soql_next_of(struct arena *arena, struct soql_piece *pieces, size_t count)
{
    struct diagnostics ignored = diagnostics_new(arena);
    struct soql_next next = {.arena = arena};
    struct soql_parser parser = parser_new(arena, pieces, count, &ignored);
    parser.next = &next;
    parser.is_watched = true;
    parse_whole(&parser);
    return next;
}

struct soql_words soql_words_of(struct arena *arena, struct soql_piece *pieces, size_t count)
{
    struct diagnostics ignored = diagnostics_new(arena);
    struct soql_words words = {.arena = arena};
    struct soql_parser parser = parser_new(arena, pieces, count, &ignored);
    parser.words = &words;
    parser.is_watched = true;
    parse_whole(&parser);
    return words;
}
