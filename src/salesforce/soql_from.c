/* FROM of a query: its object, and the aliases that fields of all clauses may begin with. */
#include "salesforce/soql_token.h"

/* What may follow FROM and its aliases. */
static const char *const clauses[] = {"using", "where", "with",   "group", "having",
                                      "order", "limit", "offset", "for",   "update",
                                      "all",   "from",  "set",    NULL};

/* Reserved words of SOQL ("Reserved Keywords"): they cannot be aliases. */
static bool is_reserved_alias(const struct soql_parser *p)
{
    static const char *const words[] = {"and",   "asc",    "desc", "excludes", "first", "from",
                                        "group", "having", "in",   "includes", "last",  "like",
                                        "limit", "not",    "null", "nulls",    "or",    "select",
                                        "using", "where",  "with", NULL};
    return soql_is_one_of(p, words);
}

struct soql_place soql_take_alias(struct soql_parser *p)
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

static struct soql_alias *find_alias(const struct soql *soql, struct slice name)
{
    for (size_t i = 0; i < soql->alias_count; i++) {
        if (slice_equal_ignoring_case(soql->aliases[i].name, name)) {
            return &soql->aliases[i];
        }
    }
    return NULL;
}

bool soql_is_base(const struct soql *soql, struct slice name)
{
    const struct soql_alias *alias = find_alias(soql, name);
    return alias != NULL
               ? alias->count == 0
               : slice_equal_ignoring_case(name, soql->from.segments[soql->from.count - 1]);
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
    bool is_alias =
        p->token.kind == SOQL_TOKEN_WORD && !soql_is_one_of(p, clauses) && !soql_is_sql_word(p);
    if (has_as || is_alias) {
        if (p->token.kind != SOQL_TOKEN_WORD) {
            soql_expected(p, "an alias");
            return;
        }
        alias.place = soql_take_alias(p);
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

/* A path whose names may be keywords, which are objects here: Group, Order. */
static void take_path(struct soql_parser *p, struct soql_path *path)
{
    path->place = soql_place_of(p, &p->token);
    do {
        path->segments =
            arena_append(p->arena, path->segments, path->count, sizeof *path->segments);
        path->segments[path->count++] = p->token.text;
        soql_extend(&path->place, &p->token);
        soql_mark(p, SOQL_WORD_OBJECT);
        soql_advance(p);
    } while (soql_accept(p, ".") && p->token.kind == SOQL_TOKEN_WORD);
}

/* FROM Contact c, c.Account a */
void soql_parse_from(struct soql_parser *p)
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
            soql_note_object(p);
            soql_parse_path(p, &path, "an object");
            return;
        }
        take_path(p, &path);
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
void soql_resolve_aliases(struct soql_parser *p)
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
