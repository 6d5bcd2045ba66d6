/* SOQL: what the grammar takes at the cursor, with the names of the organisation. */
#include "base/ascii.h"
#include "editor/completion/offers.h"
#include "editor/text/query_text.h"
#include "salesforce/children.h"
#include "salesforce/soql_next.h"

/* A query at the cursor. */
struct written {
    struct offers *offers;
    struct slice before; /* the text up to the word that is typed */
    struct slice behind; /* the text behind the cursor */
    struct soql_next next;
};

/* ---- what there is of the query ---- */

static struct slice clause_of(const struct cursor *cursor)
{
    const struct cursor_step *last = cursor_last(cursor);
    bool is_item = last->node->kind == NODE_SEQUENCE;
    return query_text_keyword("x-clause", &cursor->places, is_item ? &last->places : NULL);
}

static bool is_query(const struct cursor *cursor)
{
    const struct cursor_step *last = cursor_last(cursor);
    bool is_item = last->node->kind == NODE_SEQUENCE;
    return slice_is(
        query_text_keyword("x-language", &cursor->places, is_item ? &last->places : NULL), "soql");
}

static struct written read_query(struct offers *offers)
{
    const struct cursor *cursor = offers->cursor;
    struct slice whole = cursor->scalar->text;
    size_t start = cursor->before.length;
    while (start > 0 && ascii_is_word(whole.data[start - 1])) {
        start--;
    }
    struct query_text pieces =
        query_text_of(offers->arena, cursor->scalar, slice_part(whole, 0, start), clause_of(cursor),
                      offers_name_around(offers, NAME_SOBJECT));
    return (struct written){
        .offers = offers,
        .before = slice_part(whole, 0, start),
        .behind = slice_part(whole, cursor->before.length + sizeof CURSOR_PROBE - 1, whole.length),
        .next = soql_next_of(offers->arena, pieces.items, pieces.count)};
}

/* ---- the object ---- */

static struct sobject_catalog *catalog_of(const struct written *written)
{
    const struct compiler *compiler = written->offers->compiler;
    return compiler != NULL ? compiler->project->catalog : NULL;
}

/* What FROM of a query names; the innermost query has the level 0. */
static struct slice from_of(const struct written *written, const struct soql *soql, size_t level)
{
    if (soql->from.count > 0) {
        return soql->from.segments[soql->from.count - 1];
    }
    return soql_from_behind(written->before, written->behind, level);
}

/* The object of a query; of a subquery in SELECT the one that the relationship leads to. */
static const struct sobject *object_of(const struct written *written, const struct soql *soql,
                                       size_t level)
{
    struct arena *arena = written->offers->arena;
    struct slice from = from_of(written, soql, level);
    bool is_part = soql->outer == NULL && clause_of(written->offers->cursor).length > 0;
    if (catalog_of(written) == NULL) {
        return NULL;
    }
    if (is_part) {
        return offers_object_around(written->offers);
    }
    if (soql->outer != NULL && soql->outer->from.count == 0) {
        const struct sobject *parent = object_of(written, soql->outer, level + 1);
        const struct child_relationship *children =
            parent != NULL && from.length > 0 ? children_find(parent->name, from) : NULL;
        from = children != NULL ? slice_of(children->child) : SLICE("");
    }
    return from.length > 0 ? sobject_find_any_case(catalog_of(written), from, arena) : NULL;
}

/* "Account.Owner.": the path that is typed, without an alias of the object. */
static struct slice path_of(const struct written *written)
{
    const struct soql_next *next = &written->next;
    const struct soql *soql = next->query;
    struct builder path = builder_new(written->offers->arena);
    for (size_t i = 0; i < next->path_count; i++) {
        bool is_object = soql->from.count > 0 && i == 0 && soql_is_base(soql, next->path[0]);
        if (!is_object) {
            builder_printf(&path, "%.*s.", SLICE_ARG(next->path[i]));
        }
    }
    return builder_slice(&path);
}

/* ---- what is offered ---- */

static void add_function(void *context, struct slice name)
{
    struct offers *offers = context;
    offers_add(offers,
               (struct offer){.kind = OFFER_FUNCTION,
                              .rank = OFFER_LATER,
                              .label = name,
                              .detail = SLICE("function of SOQL"),
                              .text = arena_printf(offers->arena, "%.*s(", SLICE_ARG(name))});
}

static void add_object(void *context, struct slice name)
{
    offers_add(context, (struct offer){.kind = OFFER_OBJECT, .rank = OFFER_USUAL, .label = name});
}

static void add_date(void *context, struct slice literal)
{
    offers_add(context, (struct offer){.kind = OFFER_WORD,
                                       .rank = OFFER_LATER,
                                       .label = literal,
                                       .detail = SLICE("date literal")});
}

/* A text as a literal, for the YAML that it is in. */
static struct slice literal_of(const struct offers *offers, struct slice value)
{
    struct builder literal = builder_new(offers->arena);
    struct builder out = builder_new(offers->arena);
    bool is_single = offers->cursor->text.data[offers->cursor->scalar->range.start] == '\'';
    soql_literal(&literal, value);
    struct slice text = builder_slice(&literal);
    for (size_t i = 0; i < text.length; i++) {
        builder_add_char(&out, text.data[i]);
        builder_add_text(&out, is_single && text.data[i] == '\'' ? "'" : "");
    }
    return builder_slice(&out);
}

/* Behind an opening quote the whole text takes the place of what is typed. */
static void widen_word(struct offers *offers, struct slice typed)
{
    uint32_t offset = offers->cursor->offset;
    struct slice text = offers->cursor->text;
    size_t length = typed.length + offset - offers->cursor->word.start;
    if (length <= offset &&
        slice_equal(slice_part(text, offset - length, offset - length + typed.length), typed)) {
        offers->word.start = offset - (uint32_t)length;
    }
}

static void add_picklist(struct written *written, const struct sobject_field *field)
{
    struct offers *offers = written->offers;
    bool in_text = written->next.in_text;
    if (in_text) {
        widen_word(offers, written->next.typed);
    }
    for (size_t i = 0; i < field->value_count; i++) {
        struct slice value = field->values[i].value;
        offers_add(offers, (struct offer){.kind = OFFER_VALUE,
                                          .rank = OFFER_REQUIRED,
                                          .label = value,
                                          .detail = field->values[i].label,
                                          .text = in_text ? value : literal_of(offers, value)});
    }
}

/* `${name}` for each entity. */
static void add_entities(struct offers *offers)
{
    size_t first = offers->count;
    offers_add_names(offers, NAME_ENTITY, OFFER_VARIABLE);
    for (size_t i = first; i < offers->count; i++) {
        offers->items[i].label =
            arena_printf(offers->arena, "${%.*s}", SLICE_ARG(offers->items[i].label));
    }
}

static void add_values(struct written *written)
{
    struct offers *offers = written->offers;
    const struct soql_item *item = &written->next.item;
    const struct sobject *object = object_of(written, written->next.query, 0);
    struct builder path = builder_new(offers->arena);
    for (size_t i = 0; i + 1 < item->path.count; i++) {
        builder_printf(&path, "%.*s.", SLICE_ARG(item->path.segments[i]));
    }
    object = offers_follow(offers, object, builder_slice(&path));
    const struct sobject_field *field =
        object != NULL && item->path.count > 0
            ? sobject_field_any_case(object, item->path.segments[item->path.count - 1])
            : NULL;
    if (field != NULL) {
        add_picklist(written, field);
    }
    if (written->next.in_text) {
        return;
    }
    if (field != NULL && field->type == FIELD_BOOLEAN) {
        offers_add(offers, (struct offer){.kind = OFFER_VALUE, .label = SLICE("true")});
        offers_add(offers, (struct offer){.kind = OFFER_VALUE, .label = SLICE("false")});
    }
    add_entities(offers);
    if (field != NULL && (field->type == FIELD_DATE || field->type == FIELD_DATETIME)) {
        soql_offer_date_literals(offers->arena, add_date, offers);
    }
}

static void add_objects(struct written *written)
{
    const struct soql *query = written->next.query;
    if (query->outer != NULL && query->outer->from.count == 0) {
        const struct sobject *parent = object_of(written, query->outer, 1);
        if (parent != NULL) {
            children_offer(parent->name, add_object, written->offers);
        }
    } else if (catalog_of(written) != NULL) {
        sobject_catalog_offer(catalog_of(written), add_object, written->offers);
    }
}

static void add_fields(struct written *written)
{
    struct offers *offers = written->offers;
    const struct sobject *object = object_of(written, written->next.query, 0);
    offer_fields_of(offers, offers_follow(offers, object, path_of(written)));
    if (written->next.path_count == 0) {
        soql_offer_functions(written->next.clause, add_function, offers);
    }
}

/* The keywords; in a part of a query none that begin another clause. */
static void add_words(struct written *written)
{
    struct offers *offers = written->offers;
    const struct soql_next *next = &written->next;
    struct slice clause = clause_of(offers->cursor);
    bool ends = slice_is(clause, "SELECT") || slice_is(clause, "GROUP BY");
    size_t count = slice_is(clause, "ORDER BY") && next->end_word > 0 ? next->end_word
                   : ends && next->wanted == SOQL_WANTS_WORDS         ? 0
                                                                      : next->word_count;
    for (size_t i = 0; i < count; i++) {
        offers_add(offers, (struct offer){
                               .kind = OFFER_WORD, .rank = OFFER_LATER, .label = next->words[i]});
    }
}

void offer_queries(struct offers *offers)
{
    struct slice reference;
    if (!offers->cursor->is_value || !is_query(offers->cursor) ||
        cursor_in_reference(offers->cursor, &reference)) {
        return;
    }
    struct written written = read_query(offers);
    switch (written.next.wanted) {
    case SOQL_WANTS_WORDS:
        break;
    case SOQL_WANTS_FIELD:
        add_fields(&written);
        break;
    case SOQL_WANTS_OBJECT:
        add_objects(&written);
        break;
    case SOQL_WANTS_VALUE:
        add_values(&written);
        break;
    }
    add_words(&written);
}
