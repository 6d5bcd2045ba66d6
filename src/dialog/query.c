/*
 * Queries in requests. What a query takes from the conversation becomes a literal of SOQL in the
 * script that prepares the request.
 */
#include "base/percent.h"
#include "dialog/preparation.h"
#include "language/operation/conversion.h"
#include "language/operation/reference_value.h"
#include "salesforce/path.h"

/* The kind of literal that a field is compared with; NULL when nothing is known of it. */
static const char *kind_of_type(const struct sobject_field *field)
{
    if (field == NULL) {
        return NULL;
    }
    return field_type_is_number(field->type) ? "number"
           : field->type == FIELD_BOOLEAN    ? "boolean"
           : field->type == FIELD_DATE       ? "date"
           : field->type == FIELD_DATETIME   ? "datetime"
           : field->type == FIELD_ANY        ? NULL
                                             : "text";
}

static const char *kind_of_reference(const struct preparation *p, const struct reference *reference)
{
    enum value_kind kind = reference_value(p->analysis, reference);
    return kind == VALUE_NUMBER ? "number" : kind == VALUE_DATE ? "date" : "text";
}

/* How a query or a search uses each of its pieces. */
static const struct soql_use *uses_of(const struct query *query)
{
    return query->sosl != NULL ? query->sosl->whole.uses : query->soql->uses;
}

/* The expression for a reference of a query: a whole literal, or the inside of one. */
static void add_parameter(struct preparation *p, size_t piece)
{
    const struct query *query = &p->service->salesforce.query;
    const struct reference *reference = query->pieces[piece].reference;
    struct soql_use use = uses_of(query)[piece];
    struct builder *out = &p->script.body;
    if (use.in_search) {
        p->script.helpers |= HELPER_TERM;
        builder_add_text(out, "term(");
        script_value(&p->script, reference);
        builder_add_text(out, use.in_phrase ? ", true)" : ")");
        return;
    }
    if (use.test == SIZE_MAX) { /* a number of LIMIT or OFFSET */
        p->script.helpers |= HELPER_COUNT;
        builder_add_text(out, "count(");
        script_value(&p->script, reference);
        builder_add_char(out, ')');
        return;
    }
    const struct soql_test *test = &use.query->tests[use.test];
    const struct soql_path *path = &test->item.path;
    bool like = test->comparison == SOQL_LIKE;
    if (use.in_text) {
        p->script.helpers |= HELPER_QUOTED;
        builder_add_text(out, "quoted(");
        script_value(&p->script, reference);
        builder_add_text(out, like ? ", true)" : ", false)");
        return;
    }
    const struct sobject_field *field =
        test->item.function == SOQL_NO_FUNCTION
            ? path_follow(p->arena, use.query->object, path->segments, path->count).field
            : NULL;
    const char *kind = kind_of_type(field);
    bool list = reference_value(p->analysis, reference) == VALUE_LIST;
    bool counts = soql_function_is_number(test->item.function);
    kind = counts ? "number" : kind != NULL ? kind : kind_of_reference(p, reference);
    p->script.helpers |= HELPER_LITERAL;
    builder_add_text(out, list ? "literal([].concat(" : "literal(");
    if (counts) {
        script_number(&p->script, reference);
    } else {
        script_for_field(&p->script, reference, list ? NULL : field);
    }
    builder_printf(out, "%s, \"%s\", %s)", list ? ")" : "", kind, like ? "true" : "false");
}

/*
 * The pieces of the query: literal text runs are joined, and fields that the dialog uses are
 * selected beside those that are written.
 */
struct query_writer {
    struct preparation *preparation;
    struct builder literal; /* the present run */
    bool first;
};

static void end_run(struct query_writer *w)
{
    if (w->literal.length > 0) {
        builder_add_text(&w->preparation->script.body, w->first ? "" : " + ");
        script_string(&w->preparation->script.body, builder_slice(&w->literal));
        w->literal.length = 0;
        w->first = false;
    }
}

static bool selects(const struct soql *soql, struct slice field)
{
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        if (item->kind == SOQL_FIELD && item->function == SOQL_NO_FUNCTION &&
            slice_equal_ignoring_case(item->path.place.text, field)) {
            return true;
        }
    }
    return false;
}

static void add_asked_fields(struct query_writer *w)
{
    const struct service *service = w->preparation->service;
    const struct service_facts *facts = analysis_service_facts(w->preparation->analysis, service);
    for (size_t i = 0; i < facts->asked_count; i++) {
        if (!selects(service->salesforce.query.soql, facts->asked[i])) {
            builder_printf(&w->literal, ", %.*s", SLICE_ARG(facts->asked[i]));
        }
    }
}

/* A search has text between braces, too: only its line breaks become spaces. */
static void add_search_run(struct builder *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        bool is_break = text.data[i] == '\n' || text.data[i] == '\r';
        builder_add_char(out, is_break ? ' ' : text.data[i]);
    }
}

/* Line breaks and indentation of a query become single spaces, outside of text literals. */
static void add_literal_run(struct builder *out, struct slice text, bool *in_text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (*in_text && c == '\\' && i + 1 < text.length) {
            builder_add_char(out, c);
            c = text.data[++i];
        } else if (c == '\'') {
            *in_text = !*in_text;
        } else if (space && !*in_text) {
            bool twice = out->length > 0 && out->data[out->length - 1] == ' ';
            if (!twice) {
                builder_add_char(out, ' ');
            }
            continue;
        }
        builder_add_char(out, c);
    }
}

void preparation_add_query(struct preparation *p, struct builder *out)
{
    const struct query *query = &p->service->salesforce.query;
    struct query_writer w = {p, builder_new(p->arena), true};
    bool has_references = false;
    bool in_text = false;
    for (size_t i = 0; i < query->count; i++) {
        has_references = has_references || query->pieces[i].reference != NULL;
    }
    if (has_references) {
        preparation_begin(p, SLICE("query"));
        builder_add_text(&p->script.body, "encodeURIComponent(");
    }
    for (size_t i = 0; i < query->count; i++) {
        const struct soql_piece *piece = &query->pieces[i];
        if (query->sosl == NULL && i == query->soql->items_end) {
            add_asked_fields(&w);
        }
        if (piece->reference == NULL) {
            if (query->sosl != NULL) {
                add_search_run(&w.literal, soql_piece_sent(piece));
            } else {
                add_literal_run(&w.literal, soql_piece_sent(piece), &in_text);
            }
            continue;
        }
        end_run(&w);
        builder_add_text(&p->script.body, w.first ? "" : " + ");
        w.first = false;
        add_parameter(p, i);
    }
    while (w.literal.length > 0 && w.literal.data[w.literal.length - 1] == ' ') {
        w.literal.length--; /* a block text ends with a line break */
    }
    if (!has_references) {
        percent_encode(out, slice_trim(builder_slice(&w.literal)));
        return;
    }
    end_run(&w);
    builder_add_text(&p->script.body, ")");
    preparation_end(p);
    builder_add(out, preparation_path(p, SLICE("query")));
}
