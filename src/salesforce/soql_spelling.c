/*
 * Names in SOQL have no letter case; answers have the organisation's. The names of a parsed query
 * get its spelling, in the tree and in the text that is sent.
 */
#include "salesforce/soql.h"

#include <stdint.h>

#include "salesforce/children.h"
#include "salesforce/path.h"

struct spelling {
    struct arena *arena;
    struct soql *soql;
    struct sobject_catalog *catalog;
    const struct soql *query; /* the one whose names get their spelling */
};

/* Writes `name` over the same letters, in another case, of the piece that they are in. */
static void respell(struct spelling *s, struct slice written, struct slice name)
{
    if (slice_equal(written, name) || !slice_equal_ignoring_case(written, name)) {
        return;
    }
    for (size_t i = 0; i < s->soql->piece_count; i++) {
        struct soql_piece *piece = &s->soql->pieces[i];
        uintptr_t start = (uintptr_t)piece->text.data;
        uintptr_t at = (uintptr_t)written.data;
        if (piece->reference != NULL || at < start || at >= start + piece->text.length) {
            continue;
        }
        if (piece->sent.data == NULL) {
            piece->sent = arena_slice(s->arena, piece->text);
        }
        memcpy((char *)(uintptr_t)piece->sent.data + (at - start), name.data, name.length);
        return;
    }
}

static void spell_name(struct spelling *s, struct slice *written, struct slice name)
{
    respell(s, *written, name);
    *written = name;
}

/* `Contact.LastName` of `(SELECT … FROM Contacts)`: the object of the children may come first. */
static void drop_object(struct spelling *s, struct soql_path *path, const struct sobject *object)
{
    if (s->query->outer != NULL && path->count > 1 && object != NULL &&
        slice_equal_ignoring_case(path->segments[0], object->name) &&
        sobject_relationship_any_case(object, path->segments[0]) == NULL) {
        path->segments++;
        path->count--;
    }
}

static void spell_path(struct spelling *s, struct soql_path *path, const struct sobject *object)
{
    drop_object(s, path, object);
    for (size_t i = 0; i < path->count && object != NULL; i++) {
        bool last = i + 1 == path->count;
        const struct sobject_field *field =
            last ? sobject_field_any_case(object, path->segments[i]) : NULL;
        const struct sobject_field *relationship =
            field == NULL ? sobject_relationship_any_case(object, path->segments[i]) : NULL;
        if (relationship == NULL && !last) { /* part of an address, or a mistake */
            field = sobject_field_any_case(object, path->segments[i]);
        }
        if (relationship != NULL) {
            spell_name(s, &path->segments[i], relationship->relationship);
            bool is_complete;
            object = last ? NULL
                          : path_target(s->arena, object, relationship, path->segments[i + 1],
                                        &is_complete);
            continue;
        }
        if (field != NULL) {
            spell_name(s, &path->segments[i], field->name);
        }
        return;
    }
}

static void spell_item(struct spelling *s, struct soql_item *item, const struct sobject *object)
{
    if (soql_aliased_item(s->query, item) == NULL) {
        spell_path(s, &item->path, object);
    }
    spell_path(s, &item->other, object);
}

static void spell_query(struct spelling *s, struct soql *query, const struct sobject *object)
{
    const struct soql *outer = s->query;
    s->query = query;
    for (size_t i = 0; i < query->item_count; i++) {
        struct soql_item *item = &query->items[i];
        if (item->kind == SOQL_SUBQUERY) {
            spell_query(s, item->subquery, item->subquery->object);
        } else {
            spell_item(s, item, object);
        }
    }
    for (size_t i = 0; i < query->test_count; i++) {
        struct soql_test *test = &query->tests[i];
        spell_item(s, &test->item, object);
        if (test->subquery != NULL) {
            spell_query(s, test->subquery, test->subquery->object);
        }
    }
    for (size_t i = 0; i < query->group_count; i++) {
        spell_item(s, &query->groups[i], object);
    }
    for (size_t i = 0; i < query->order_count; i++) {
        spell_item(s, &query->orders[i].item, object);
    }
    s->query = outer;
}

/* ---- objects ---- */

/*
 * The object of a relationship to children that the platform does not name, if its name says it:
 * `Contacts` of Account leads to Contact, `Opportunities` to Opportunity. NULL when that is not
 * known.
 */
static const struct sobject *child_object(struct spelling *s, const struct sobject *parent,
                                          struct slice relationship)
{
    struct slice singular = relationship;
    if (slice_ends_with(relationship, "ies")) {
        singular = arena_printf(s->arena, "%.*sy", (int)relationship.length - 3, relationship.data);
    } else if (slice_ends_with(relationship, "s")) {
        singular.length--;
    }
    const struct sobject *child = sobject_find_any_case(s->catalog, singular, s->arena);
    for (size_t i = 0; child != NULL && i < child->field_count; i++) {
        for (size_t j = 0; j < child->fields[i].reference_count; j++) {
            if (slice_equal(child->fields[i].references[j], parent->name)) {
                return child;
            }
        }
    }
    return NULL;
}

static void find_objects(struct spelling *s, struct soql *query, const struct sobject *parent)
{
    struct slice *name = &query->from.segments[query->from.count - 1];
    const struct child_relationship *children =
        parent != NULL ? children_find(parent->name, *name) : NULL;
    if (children != NULL) {
        query->object = sobject_find(s->catalog, slice_of(children->child), s->arena);
        spell_name(s, name, slice_of(children->name));
    } else if (parent != NULL) {
        query->object = child_object(s, parent, *name);
    } else {
        query->object = sobject_find_any_case(s->catalog, *name, s->arena);
        spell_name(s, name, query->object != NULL ? query->object->name : *name);
    }
    for (size_t i = 0; i < query->item_count; i++) {
        if (query->items[i].kind == SOQL_SUBQUERY && query->object != NULL) {
            find_objects(s, query->items[i].subquery, query->object);
        }
    }
    for (size_t i = 0; i < query->test_count; i++) {
        if (query->tests[i].subquery != NULL) {
            find_objects(s, query->tests[i].subquery, NULL);
        }
    }
}

void soql_spell(struct arena *arena, struct soql *soql, struct sobject_catalog *catalog)
{
    struct spelling spelling = {.arena = arena, .soql = soql, .catalog = catalog};
    find_objects(&spelling, soql, NULL);
    spell_query(&spelling, soql, soql->object);
}

void soql_spell_part(struct arena *arena, struct soql *soql, struct soql *part,
                     struct sobject_catalog *catalog)
{
    struct spelling spelling = {.arena = arena, .soql = soql, .catalog = catalog};
    find_objects(&spelling, part, NULL);
    spell_query(&spelling, part, part->object);
}
