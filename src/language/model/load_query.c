/*
 * Loading queries. Both forms become pieces of SOQL: the text as written, or what the mapping
 * (object, fields, where, order, …) says. Values of the mapping are quoted here, by the types of
 * their fields; references are quoted by the generated script. The pieces are parsed in the end.
 */
#include <stdlib.h>

#include "language/model/load.h"
#include "salesforce/path.h"

struct query_loader {
    struct loader *loader;
    struct salesforce_request *request;
    struct references *references;
    struct soql_piece *pieces;
    size_t count;
};

static void add_piece(struct query_loader *q, const struct node *node, struct slice text,
                      const struct reference *reference)
{
    if (reference == NULL && text.length == 0) {
        return;
    }
    q->pieces = arena_append(q->loader->arena, q->pieces, q->count, sizeof *q->pieces);
    q->pieces[q->count++] =
        (struct soql_piece){.node = node,
                            .text = text,
                            .reference = reference,
                            .range = reference != NULL ? reference->range : node->range};
}

static void add_words(struct query_loader *q, const struct node *node, const char *words)
{
    add_piece(q, node, slice_of(words), NULL);
}

/* SOQL as the author wrote it. */
static void add_source(struct query_loader *q, const struct node *node)
{
    struct text text = text_parse(&q->loader->texts, node, USE_QUERY, q->references);
    for (size_t i = 0; i < text.count; i++) {
        add_piece(q, node, text.parts[i].literal, text.parts[i].reference);
    }
}

/* ---- values ---- */

/* The type of the field that `key` leads to; FIELD_ANY when it is not known. */
static enum field_type type_of_key(const struct query_loader *q, struct slice key)
{
    struct path_result result = path_follow_text(q->loader->arena, q->request->sobject, key);
    return result.field != NULL ? result.field->type : FIELD_ANY;
}

/* The inside of a text literal; wildcards of LIKE stand for themselves where `like`. */
static void add_escaped(struct query_loader *q, const struct node *node, struct slice literal,
                        bool like)
{
    struct builder quoted = builder_new(q->loader->arena);
    struct builder out = builder_new(q->loader->arena);
    soql_literal(&quoted, literal);
    for (size_t i = 1; i + 1 < quoted.length; i++) {
        if (like && (quoted.data[i] == '%' || quoted.data[i] == '_')) {
            builder_add_char(&out, '\\');
        }
        builder_add_char(&out, quoted.data[i]);
    }
    add_piece(q, node, builder_slice(&out), NULL);
}

static bool is_bare(enum field_type type, struct slice text)
{
    bool has_time;
    bool takes_dates = type == FIELD_DATE || type == FIELD_DATETIME;
    return takes_dates && (soql_is_date_literal(text) || soql_is_date(text, &has_time));
}

/* A text with or without references, `before` and `after` it the wildcards of LIKE. */
static void add_text_value(struct query_loader *q, const struct node *node, enum field_type type,
                           const char *before, const char *after, bool like)
{
    struct text text = text_parse(&q->loader->texts, node, USE_QUERY, q->references);
    const struct reference *single = text_single(&text);
    if (single != NULL && !like) {
        add_piece(q, node, SLICE(""), single);
        return;
    }
    if (!text.has_references && is_bare(type, text_fixed(&text))) {
        add_piece(q, node, text_fixed(&text), NULL);
        return;
    }
    add_words(q, node, "'");
    add_words(q, node, before);
    for (size_t i = 0; i < text.count; i++) {
        if (text.parts[i].reference != NULL) {
            add_piece(q, node, SLICE(""), text.parts[i].reference);
        } else {
            add_escaped(q, node, text.parts[i].literal, like && before[0] + after[0] != 0);
        }
    }
    add_words(q, node, after);
    add_words(q, node, "'");
}

static void add_value(struct query_loader *q, const struct node *node, enum field_type type)
{
    switch (node->kind) {
    case NODE_NULL:
        add_words(q, node, "null");
        break;
    case NODE_BOOLEAN:
        add_words(q, node, node->boolean ? "true" : "false");
        break;
    case NODE_STRING:
        add_text_value(q, node, type, "", "", false);
        break;
    case NODE_INTEGER:
    case NODE_FLOAT:
    case NODE_SEQUENCE:
    case NODE_MAPPING:
        add_piece(q, node, node->text, NULL);
        break;
    }
}

static void add_list(struct query_loader *q, const struct node *list, enum field_type type)
{
    if (list->kind != NODE_SEQUENCE) { /* in: ${words} */
        add_value(q, list, type);
        return;
    }
    add_words(q, list, "(");
    for (size_t i = 0; i < list->count; i++) {
        add_words(q, list, i > 0 ? ", " : "");
        add_value(q, list->items[i], type);
    }
    add_words(q, list, ")");
}

/* ---- conditions ---- */

static const struct {
    const char *key;
    const char *soql;
    const char *before, *after; /* wildcards */
    bool is_like, is_list;
} comparisons[] = {
    {"equals", " = ", "", "", false, false},
    {"not", " != ", "", "", false, false},
    {"lessThan", " < ", "", "", false, false},
    {"atMost", " <= ", "", "", false, false},
    {"moreThan", " > ", "", "", false, false},
    {"atLeast", " >= ", "", "", false, false},
    {"like", " LIKE ", "", "", true, false},
    {"contains", " LIKE ", "%", "%", true, false},
    {"startsWith", " LIKE ", "", "%", true, false},
    {"endsWith", " LIKE ", "%", "", true, false},
    {"in", " IN ", "", "", false, true},
    {"notIn", " NOT IN ", "", "", false, true},
    {"includes", " INCLUDES ", "", "", false, true},
    {"excludes", " EXCLUDES ", "", "", false, true},
};

static void add_comparison(struct query_loader *q, const struct node *field, size_t row,
                           const struct node *value, enum field_type type)
{
    add_piece(q, field, field->text, NULL);
    add_words(q, value, comparisons[row].soql);
    if (comparisons[row].is_list) {
        add_list(q, value, type);
    } else if (comparisons[row].is_like && value->kind == NODE_STRING) {
        add_text_value(q, value, type, comparisons[row].before, comparisons[row].after, true);
    } else {
        add_value(q, value, type);
    }
}

/* Field: value, Field: [values], Field: {comparison: value, …}. */
static void add_field(struct query_loader *q, const struct node *field, const struct node *value)
{
    enum field_type type = type_of_key(q, field->text);
    if (value->kind == NODE_SEQUENCE) {
        add_piece(q, field, field->text, NULL);
        add_words(q, value, " IN ");
        add_list(q, value, type);
        return;
    }
    if (value->kind != NODE_MAPPING) {
        add_piece(q, field, field->text, NULL);
        add_words(q, value, " = ");
        add_value(q, value, type);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        add_words(q, value, i > 0 ? " AND " : "");
        for (size_t row = 0; row < sizeof comparisons / sizeof comparisons[0]; row++) {
            if (slice_is(value->members[i].key->text, comparisons[row].key)) {
                add_comparison(q, field, row, value->members[i].value, type);
            }
        }
    }
}

static void add_conditions(struct query_loader *q, const struct node *where);

/* (a) OR (b), (a) AND (b) */
static void add_alternatives(struct query_loader *q, const struct node *list, const char *joint)
{
    add_words(q, list, "(");
    for (size_t i = 0; i < list->count; i++) {
        add_words(q, list, i > 0 ? joint : "");
        add_words(q, list, "(");
        add_conditions(q, list->items[i]);
        add_words(q, list, ")");
    }
    add_words(q, list, ")");
}

static void add_conditions(struct query_loader *q, const struct node *where)
{
    for (size_t i = 0; i < where->count; i++) {
        const struct node *key = where->members[i].key;
        const struct node *value = where->members[i].value;
        add_words(q, where, i > 0 ? " AND " : "");
        if (slice_is(key->text, "any")) {
            add_alternatives(q, value, " OR ");
        } else if (slice_is(key->text, "all")) {
            add_alternatives(q, value, " AND ");
        } else if (slice_is(key->text, "not")) {
            add_words(q, value, i > 0 ? "(NOT (" : "NOT ("); /* no NOT directly behind AND */
            add_conditions(q, value);
            add_words(q, value, i > 0 ? "))" : ")");
        } else {
            add_field(q, key, value);
        }
    }
}

/* ---- clauses ---- */

/* A text or a list of texts, joined by commas. */
static void add_names(struct query_loader *q, const struct node *node)
{
    size_t count = node->kind == NODE_SEQUENCE ? node->count : 1;
    for (size_t i = 0; i < count; i++) {
        const struct node *item = node->kind == NODE_SEQUENCE ? node->items[i] : node;
        add_words(q, node, i > 0 ? ", " : "");
        add_piece(q, item, item->text, NULL);
    }
}

static void add_clause(struct query_loader *q, const struct node *query, const char *key,
                       const char *words)
{
    const struct node *node = node_get(query, key);
    if (node == NULL) {
        return;
    }
    add_words(q, node, words);
    if (node->kind == NODE_STRING && slice_starts_with(node->text, "${")) {
        add_source(q, node);
    } else {
        add_names(q, node);
    }
}

static void load_structured(struct query_loader *q, const struct node *query)
{
    const struct node *object = node_get(query, "object");
    const struct node *fields = node_get(query, "fields");
    const struct node *where = node_get(query, "where");
    add_words(q, query, "SELECT ");
    if (fields != NULL) {
        add_names(q, fields);
    } else {
        add_words(q, query, "Id");
    }
    add_words(q, query, " FROM ");
    add_piece(q, object, object->text, NULL);
    if (where != NULL) {
        add_words(q, where, " WHERE ");
        if (where->kind == NODE_STRING) {
            add_source(q, where);
        } else {
            add_conditions(q, where);
        }
    }
    add_clause(q, query, "group", " GROUP BY ");
    add_clause(q, query, "order", " ORDER BY ");
    add_clause(q, query, "limit", " LIMIT ");
    add_clause(q, query, "offset", " OFFSET ");
}

static const struct soql *parse_pieces(struct query_loader *q)
{
    struct soql *soql = soql_parse(q->loader->arena, q->pieces, q->count, q->loader->diagnostics);
    if (soql != NULL) {
        soql_spell(q->loader->arena, soql, q->loader->template->project->catalog);
    }
    q->request->query.pieces = q->pieces;
    q->request->query.count = q->count;
    return soql;
}

/* SOQL as text: the object and the limit are known when it is parsed. */
static void load_written(struct query_loader *q, const struct node *query)
{
    struct salesforce_request *request = q->request;
    add_source(q, query);
    request->limit = 0;
    request->query.soql = parse_pieces(q);
    if (request->query.soql != NULL) {
        const struct soql_value *limit = &request->query.soql->limit;
        request->object = request->query.soql->from.segments[0];
        request->sobject = request->query.soql->object;
        request->limit = limit->kind == SOQL_NUMBER ? strtoll(limit->place.text.data, NULL, 10) : 0;
    }
}

void load_search(struct loader *loader, struct salesforce_request *request,
                 const struct node *search, struct references *references)
{
    struct query_loader q = {.loader = loader, .request = request, .references = references};
    add_source(&q, search);
    struct sosl *sosl = sosl_parse(loader->arena, q.pieces, q.count, loader->diagnostics);
    request->query.pieces = q.pieces;
    request->query.count = q.count;
    request->query.sosl = sosl;
    if (sosl == NULL) {
        return;
    }
    sosl_spell(loader->arena, sosl, loader->template->project->catalog);
    if (sosl->returned_count == 1) {
        request->query.soql = sosl->returned[0];
        request->object = sosl->returned[0]->from.segments[0];
        request->sobject = sosl->returned[0]->object;
    }
}

void load_query(struct loader *loader, struct salesforce_request *request, const struct node *query,
                struct references *references)
{
    struct query_loader q = {.loader = loader, .request = request, .references = references};
    if (query->kind == NODE_STRING) {
        load_written(&q, query);
        return;
    }
    const struct node *object = node_get(query, "object");
    request->query.structured = true;
    request->node = object;
    request->object = object->text;
    request->sobject =
        sobject_find(loader->template->project->catalog, object->text, loader->arena);
    request->limit = node_integer(node_get(query, "limit"), 0);
    load_structured(&q, query);
    request->query.soql = parse_pieces(&q);
}
