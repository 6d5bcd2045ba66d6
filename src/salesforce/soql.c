/* A recursive-descent parser of SOQL over pieces of text and references: the clauses of a query. */
#include "salesforce/soql.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/suggestion.h"
#include "salesforce/soql_token.h"

/* Subqueries for children go five levels down from the object of the query. */
#define SUBQUERY_DEPTH_LIMIT 5

/* What may follow FROM and its aliases. */
static const char *const clauses[] = {"using", "where", "with",   "group", "having",
                                      "order", "limit", "offset", "for",   "update",
                                      "all",   "from",  NULL};

static struct soql *parse_subquery(struct soql_parser *p);

/* ---- SELECT ---- */

/* Reserved words of SOQL ("Reserved Keywords"): they cannot be aliases. */
static bool is_reserved_alias(const struct soql_parser *p)
{
    static const char *const words[] = {"and",   "asc",    "desc", "excludes", "first", "from",
                                        "group", "having", "in",   "includes", "last",  "like",
                                        "limit", "not",    "null", "nulls",    "or",    "select",
                                        "using", "where",  "with", NULL};
    return soql_is_one_of(p, words);
}

static struct soql_place take_alias(struct soql_parser *p)
{
    if (is_reserved_alias(p)) {
        soql_fail(p, &p->token,
                  arena_printf(p->arena, "`%.*s` is a reserved word of SOQL and cannot be an alias",
                               SLICE_ARG(p->token.text))
                      .data,
                  NULL);
    }
    struct soql_place place = soql_place_of(p, &p->token);
    soql_advance(p);
    return place;
}

static void add_item(struct soql_parser *p, struct soql_item **items, size_t *count,
                     struct soql_item item)
{
    *items = arena_append(p->arena, *items, *count, sizeof **items);
    (*items)[(*count)++] = item;
}

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
static struct soql_item parse_typeof(struct soql_parser *p)
{
    struct soql_item item = {.kind = SOQL_TYPEOF, .place = soql_place_of(p, &p->token)};
    soql_advance(p);
    soql_parse_path(p, &item.path, "a relationship that leads to several objects");
    bool is_else = false;
    while (!p->failed && !is_else && !soql_is_keyword(p, "end")) {
        is_else = item.when_count > 0 && soql_accept(p, "else");
        if (is_else || soql_expect(p, "when")) {
            item.whens = arena_append(p->arena, item.whens, item.when_count, sizeof *item.whens);
            item.whens[item.when_count++] = parse_when(p, is_else);
        }
    }
    if (item.when_count == 0) {
        soql_expected(p, "WHEN");
    }
    soql_extend(&item.place, &p->token);
    soql_expect(p, "end");
    return item;
}

static struct soql_item parse_selected(struct soql_parser *p)
{
    struct soql_item item = {.place = soql_place_of(p, &p->token)};
    if (soql_is_keyword(p, "typeof") && !soql_is_followed_by(p, ',')) {
        return parse_typeof(p);
    }
    if (soql_accept(p, "(")) {
        item.kind = SOQL_SUBQUERY;
        item.subquery = parse_subquery(p);
        soql_extend(&item.place, &p->token);
        soql_expect(p, ")");
        return item;
    }
    return soql_parse_item(p, SOQL_CLAUSE_SELECT, "a field");
}

/* fieldList: fields, functions, subqueries and TYPEOF, with commas between them. */
static void parse_select(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    soql_expect(p, "select");
    if (p->failed) {
        return;
    }
    do {
        struct soql_item item = parse_selected(p);
        soql->aggregates = soql->aggregates || item.aggregates;
        if (p->token.kind == SOQL_TOKEN_WORD && !soql_is_keyword(p, "from")) {
            item.alias_place = take_alias(p);
            item.alias = item.alias_place.text;
        }
        add_item(p, &soql->items, &soql->item_count, item);
    } while (!p->failed && soql_accept(p, ","));
    soql->items_end = p->token.piece;
}

/* ---- FROM ---- */

static struct soql_alias *find_alias(const struct soql *soql, struct slice name)
{
    for (size_t i = 0; i < soql->alias_count; i++) {
        if (slice_equal_ignoring_case(soql->aliases[i].name, name)) {
            return &soql->aliases[i];
        }
    }
    return NULL;
}

static void add_alias(struct soql_parser *p, struct soql_alias alias)
{
    struct soql *soql = p->soql;
    soql->aliases = arena_append(p->arena, soql->aliases, soql->alias_count, sizeof *soql->aliases);
    soql->aliases[soql->alias_count++] = alias;
}

/* `c` of "Contact c"; the object's own name is an alias, too. */
static void parse_alias(struct soql_parser *p, struct soql_alias alias)
{
    bool has_as = soql_accept(p, "as");
    if (has_as || (p->token.kind == SOQL_TOKEN_WORD && !soql_is_one_of(p, clauses))) {
        if (p->token.kind != SOQL_TOKEN_WORD) {
            soql_expected(p, "an alias");
            return;
        }
        alias.place = take_alias(p);
        alias.name = alias.place.text;
        add_alias(p, alias);
    }
}

/* Takes the object's name or an alias off the front of a path, and puts in what it stands for. */
static void resolve_path(struct soql_parser *p, struct soql_path *path)
{
    struct soql *soql = p->soql;
    if (path->count < 2 || soql->from.count == 0) {
        return;
    }
    const struct soql_alias *alias = find_alias(soql, path->segments[0]);
    bool is_object =
        slice_equal_ignoring_case(path->segments[0], soql->from.segments[soql->from.count - 1]);
    if (alias == NULL && !is_object) {
        return;
    }
    if (alias == NULL || alias->count == 0) {
        path->segments++;
        path->count--;
        return;
    }
    size_t count = alias->count + path->count - 1;
    struct slice *segments = arena_alloc_array(p->arena, count, sizeof *segments);
    memcpy(segments, alias->segments, alias->count * sizeof *segments);
    memcpy(segments + alias->count, path->segments + 1, (path->count - 1) * sizeof *segments);
    path->segments = segments;
    path->count = count;
}

/* FROM Contact c, c.Account a */
static void parse_from(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    if (!soql_expect(p, "from")) {
        return;
    }
    if (p->token.kind == SOQL_TOKEN_WORD) { /* Group, Order: keywords, and objects here */
        soql->from.place = soql_place_of(p, &p->token);
    }
    struct soql_token object = p->token;
    do {
        struct soql_path path = {0};
        if (p->token.kind != SOQL_TOKEN_WORD) {
            soql_parse_path(p, &path, "an object");
            return;
        }
        path.place = soql_place_of(p, &p->token);
        do {
            path.segments =
                arena_append(p->arena, path.segments, path.count, sizeof *path.segments);
            path.segments[path.count++] = p->token.text;
            soql_extend(&path.place, &p->token);
            soql_advance(p);
        } while (soql_accept(p, ".") && p->token.kind == SOQL_TOKEN_WORD);
        if (soql->from.count == 0) {
            soql->from = path;
            if (path.count > 1 && soql->outer == NULL) {
                soql_fail(p, &object, "FROM must start with an object, not a path", NULL);
            }
            parse_alias(p, (struct soql_alias){0});
            continue;
        }
        struct soql_alias *base = find_alias(soql, path.segments[0]);
        if (base == NULL && !slice_equal_ignoring_case(path.segments[0], soql->from.segments[0])) {
            soql_report(p->diagnostics, E0815, &path.place,
                        "FROM takes one object, followed only by its relationships, such as "
                        "`c.Account a` after `Contact c`");
            p->failed = true;
            return;
        }
        resolve_path(p, &path); /* from the object of the query on */
        parse_alias(p, (struct soql_alias){.segments = path.segments, .count = path.count});
    } while (!p->failed && soql_accept(p, ","));
}

/* ---- aliases of FROM in the other clauses ---- */

static void resolve_items(struct soql_parser *p, struct soql_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        resolve_path(p, &items[i].path);
        resolve_path(p, &items[i].other);
    }
}

/* FROM comes after the fields, so aliases are resolved when the query has been read. */
static void resolve_aliases(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    resolve_items(p, soql->items, soql->item_count);
    resolve_items(p, soql->groups, soql->group_count);
    for (size_t i = 0; i < soql->test_count; i++) {
        resolve_items(p, &soql->tests[i].item, 1);
    }
    for (size_t i = 0; i < soql->order_count; i++) {
        resolve_items(p, &soql->orders[i].item, 1);
    }
}

/* ---- USING, WITH ---- */

static void parse_scope(struct soql_parser *p)
{
    static const char *const scopes[] = {
        "everything",        "delegated", "mine",        "mine_and_my_groups", "my_territory",
        "my_team_territory", "team",      "scopingrule", "allprivate",         NULL};
    soql_expect(p, "scope");
    if (!p->failed && !soql_is_one_of(p, scopes)) {
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
    if (!p->failed && !soql_is_one_of(p, selectors)) {
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
    if (soql_is_one_of(p, modes)) {
        soql->security = p->token.text;
        soql->security_place = soql_place_of(p, &p->token);
        soql_advance(p);
        return;
    }
    if (!soql_accept(p, "data")) {
        soql_expected(p, "SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE or DATA CATEGORY");
        return;
    }
    soql_expect(p, "category");
    soql->has_data_category = true;
    do {
        parse_category(p);
    } while (!p->failed && soql_accept(p, "and"));
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
    do {
        add_item(p, &soql->groups, &soql->group_count,
                 soql_parse_item(p, SOQL_CLAUSE_GROUP, "a field"));
    } while (!p->failed && soql_accept(p, ","));
    if (rollup || cube) {
        soql_expect(p, ")");
    }
}

static void parse_having(struct soql_parser *p)
{
    p->having = true;
    p->soql->having = soql_parse_conditions(p, parse_subquery);
    p->having = false;
}

static void parse_order(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    soql_expect(p, "by");
    do {
        struct soql_order order = {.item = soql_parse_item(p, SOQL_CLAUSE_ORDER, "a field")};
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

/* ---- LIMIT, OFFSET and what follows them ---- */

static struct soql_value parse_count(struct soql_parser *p)
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
static void parse_update(struct soql_parser *p)
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
    soql_expected(p, "a clause (WHERE, GROUP BY, ORDER BY, LIMIT, OFFSET) or the end of the query");
}

/* ---- the query ---- */

static void parse_tail(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    if (!p->failed && soql_accept(p, "limit")) {
        soql->limit = parse_count(p);
    }
    if (!p->failed && soql_accept(p, "offset")) {
        soql->offset = parse_count(p);
    }
    for (;;) { /* the reference's order, FOR before UPDATE, is not what all queries have */
        if (p->failed) {
            return;
        }
        if (soql_accept(p, "for")) {
            parse_for(p);
        } else if (soql_accept(p, "update")) {
            parse_update(p);
        } else if (soql_is_keyword(p, "all")) {
            parse_all_rows(p);
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
        parse_from(p);
    }
    if (!p->failed && soql_accept(p, "using")) {
        parse_scope(p);
    }
    if (!p->failed && soql_accept(p, "where")) {
        soql->where = soql_parse_conditions(p, parse_subquery);
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
        parse_order(p);
    }
    parse_tail(p);
    parse_end(p);
    if (!p->failed) {
        resolve_aliases(p);
        soql_check(p->diagnostics, soql);
    }
}

/* A query inside of the present one, from SELECT on; NULL after a report. */
static struct soql *parse_subquery(struct soql_parser *p)
{
    struct soql *outer = p->soql;
    bool having = p->having;
    size_t depth = 0;
    for (const struct soql *soql = outer; soql != NULL; soql = soql->outer) {
        depth++;
    }
    if (depth > SUBQUERY_DEPTH_LIMIT) {
        soql_fail(p, &p->token, "subqueries are nested too deeply; Salesforce allows five levels",
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
    soql_advance(&parser);
    parse_query(&parser);
    return parser.failed ? NULL : soql;
}
