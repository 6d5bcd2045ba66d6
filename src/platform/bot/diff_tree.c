/* What is compared as a tree: everything for which there are no words. */
#include "platform/bot/comparison.h"

#include "base/percent.h"

/* What a difference at a place means. */
enum meaning {
    MEANS_CHANGE,
    MEANS_NOTHING,  /* every export makes the value anew */
    MEANS_POSITION, /* on the canvas */
    MEANS_ID,
    MEANS_TEXT,  /* a text that may be percent-encoded: a change when it is another text */
    MEANS_TASKS, /* the ids of the dialogs that are in the export */
};

/*
 * The places that do not simply mean a change. A path begins with the kind of thing; then keys
 * follow, `*` is any key or item, `**` any number of them.
 */
static const struct place_meaning {
    const char *path;
    enum meaning meaning;
} place_meanings[] = {
    {"bot/encryptedHash", MEANS_NOTHING},
    {"bot/botEvents/**/lMod", MEANS_NOTHING},
    {"bot/botEvents/**/lModBy", MEANS_NOTHING},
    {"bot/botEvents/**/createdOn", MEANS_NOTHING},
    {"bot/botEvents/**/createdBy", MEANS_NOTHING},
    {"bot/advancedNLSettings/*/lastModifiedOn", MEANS_NOTHING},
    {"bot/advancedNLSettings/*/lastModifiedBy", MEANS_NOTHING},
    {"bot/namespaces/*/createdOn", MEANS_NOTHING},
    {"bot/namespaces/*/createdBy", MEANS_NOTHING},
    {"bot/namespaces/*/lModifiedOn", MEANS_NOTHING},
    {"bot/namespaces/*/lModifiedBy", MEANS_NOTHING},
    {"bot/translationEngines/*/createdOn", MEANS_NOTHING},
    {"bot/translationEngines/*/createdBy", MEANS_NOTHING},
    {"bot/translationEngines/*/lMod", MEANS_NOTHING},
    {"bot/translationEngines/*/lModBy", MEANS_NOTHING},
    {"bot/smallTalk/**/_id", MEANS_NOTHING},
    {"bot/smallTalk/**/groupId", MEANS_NOTHING},
    {"bot/scenes/*/_id", MEANS_NOTHING},
    {"bot/scenes/*/refId", MEANS_NOTHING},
    {"bot/scenes/*/components/*/parentId", MEANS_NOTHING},
    {"bot/scenes/*/components/*/seqId", MEANS_NOTHING},
    {"bot/sceneComponents/*/_id", MEANS_NOTHING},
    {"bot/sceneComponents/*/refId", MEANS_NOTHING},
    {"bot/sceneComponents/*/sceneId", MEANS_NOTHING},
    {"dialog/sceneRefId", MEANS_NOTHING},
    {"component/parentId", MEANS_NOTHING},

    {"node/positionMeta", MEANS_POSITION},
    {"node/metadata", MEANS_POSITION},
    {"node/transitions/*/metadata/color", MEANS_POSITION},

    {"*/_id", MEANS_ID},
    {"*/refId", MEANS_ID},
    {"node/nodeId", MEANS_ID},
    {"node/transitions/*/metadata/connId", MEANS_ID},

    {"*/**/text", MEANS_TEXT},
    {"component/script", MEANS_TEXT},
    {"component/preProcessor", MEANS_TEXT},
    {"component/postProcessor", MEANS_TEXT},
    {"component/endPoint/path", MEANS_TEXT},
    {"component/payload/value", MEANS_TEXT},
    {"component/generativeAI/prompt", MEANS_TEXT},
    {"component/generativeAI/preProcessorScript", MEANS_TEXT},
    {"component/generativeAI/postProcessorScript", MEANS_TEXT},

    {"bot/exportOptions/subTasks/dialogs", MEANS_TASKS},
};

/* True when the steps of a way follow the rest of a pattern. */
static bool way_matches(const char *pattern, const struct step *way, size_t depth)
{
    if (*pattern == '\0') {
        return depth == 0;
    }
    const char *end = strchr(pattern, '/');
    size_t length = end != NULL ? (size_t)(end - pattern) : strlen(pattern);
    const char *rest = end != NULL ? end + 1 : pattern + length;
    if (length == 2 && memcmp(pattern, "**", 2) == 0) {
        return way_matches(rest, way, depth) ||
               (depth > 0 && way_matches(pattern, way + 1, depth - 1));
    }
    bool any = length == 1 && *pattern == '*';
    return depth > 0 &&
           (any || (way[0].key.data != NULL &&
                    slice_equal(way[0].key, (struct slice){pattern, length}))) &&
           way_matches(rest, way + 1, depth - 1);
}

static enum meaning meaning_of(const struct comparison *c)
{
    for (size_t i = 0; i < sizeof place_meanings / sizeof place_meanings[0]; i++) {
        if (way_matches(place_meanings[i].path, c->path, c->depth)) {
            return place_meanings[i].meaning;
        }
    }
    return MEANS_CHANGE;
}

/* ---- the way to a value ---- */

static void enter(struct comparison *c, struct step step)
{
    c->path = arena_append(c->arena, c->path, c->depth, sizeof *c->path);
    c->path[c->depth++] = step;
}

void key_list_add_way(struct comparison *c, struct key_list *keys, const struct step *way,
                      size_t depth)
{
    struct builder out = builder_new(c->arena);
    for (size_t i = 0; i < depth; i++) {
        if (way[i].key.data == NULL) {
            builder_printf(&out, "[%zu]", way[i].index);
        } else {
            builder_add_text(&out, i > 0 ? "." : "");
            builder_add(&out, way[i].key);
        }
    }
    keys->keys = arena_append(c->arena, keys->keys, keys->count, sizeof *keys->keys);
    keys->keys[keys->count++] = builder_slice(&out);
}

/* The step before the first of a way is the kind of thing. */
static void add_here(struct comparison *c, struct key_list *keys)
{
    key_list_add_way(c, keys, c->path + 1, c->depth - 1);
}

/* ---- values ---- */

bool is_same_text(const struct comparison *c, struct slice a, struct slice b)
{
    return slice_equal(percent_decode_text(c->arena, a), percent_decode_text(c->arena, b));
}

/* True when the texts are ids of partners. */
static bool is_partner_id(const struct comparison *c, struct slice a, struct slice b)
{
    return !slice_equal(pair_id(c, a), a) && slice_equal(pair_id(c, a), b);
}

static bool is_renaming(const struct comparison *c, struct slice a, struct slice b)
{
    return c->old_name.length > 0 && slice_equal_ignoring_case(a, c->old_name) &&
           slice_equal_ignoring_case(b, c->new_name);
}

/* Ids of dialogs that both exports have, in the order of the list, as they are in `b`. */
static struct map exported_dialogs(struct comparison *c, const struct node *list, bool is_a)
{
    struct map ids = map_new(c->arena);
    const struct pairing *dialogs = &c->dialogs;
    const struct node *array = is_a ? dialogs->a : dialogs->b;
    const size_t *partners = is_a ? dialogs->of_a : dialogs->of_b;
    struct map single = map_new(c->arena);
    for (size_t i = 0; i < node_length(array); i++) {
        if (partners[i] == UNPAIRED) {
            map_increment(&single, node_text(array->items[i], "_id"));
        }
    }
    for (size_t i = 0; i < node_length(list); i++) {
        struct slice id = list->items[i]->text;
        if (map_number(&single, id) == 0) {
            map_increment(&ids, is_a ? pair_id(c, id) : id);
        }
    }
    return ids;
}

/* A dialog that came or went is a change of its own, and is left out here. */
static bool tasks_differ(struct comparison *c, const struct node *a, const struct node *b)
{
    if (!node_is(a, NODE_SEQUENCE) || !node_is(b, NODE_SEQUENCE)) {
        return true;
    }
    struct map old = exported_dialogs(c, a, true);
    struct map new = exported_dialogs(c, b, false);
    bool differ = old.count != new.count;
    for (size_t i = 0; !differ && i < old.count; i++) {
        struct slice id = old.entries[i].key;
        differ = map_number(&old, id) != map_number(&new, id);
    }
    return differ;
}

static void compare_values(struct comparison *c, const struct node *a, const struct node *b,
                           struct key_list *keys);

/* Values that are not both mappings or both lists, and are not equal. */
static void compare_leaves(struct comparison *c, const struct node *a, const struct node *b,
                           struct key_list *keys)
{
    if (a != NULL && b != NULL && a->kind == NODE_STRING && b->kind == NODE_STRING) {
        if (is_partner_id(c, a->text, b->text)) {
            note(c, DIFF_ID);
            return;
        }
        if (is_renaming(c, a->text, b->text)) {
            return;
        }
        if (meaning_of(c) == MEANS_TEXT && is_same_text(c, a->text, b->text)) {
            note(c, DIFF_ENCODING);
            return;
        }
    }
    add_here(c, keys);
}

/* Ids that are keys are made anew as other ids are. */
static bool has_ids_for_keys(const struct node *mapping)
{
    for (size_t i = 0; i < mapping->count; i++) {
        if (!slice_starts_with(mapping->members[i].key->text, "snc-")) {
            return false;
        }
    }
    return mapping->count > 0;
}

static void compare_member_values(struct comparison *c, struct slice key, const struct node *a,
                                  const struct node *b, struct key_list *keys)
{
    enter(c, (struct step){key, 0});
    compare_values(c, a, b, keys);
    c->depth--;
}

static void compare_mappings(struct comparison *c, const struct node *a, const struct node *b,
                             const char *const *told, struct key_list *keys)
{
    static const char *const nothing[] = {NULL};
    told = told != NULL ? told : nothing;
    bool by_position = node_is(a, NODE_MAPPING) && node_is(b, NODE_MAPPING) &&
                       a->count == b->count && has_ids_for_keys(a) && has_ids_for_keys(b);
    for (size_t i = 0; node_is(a, NODE_MAPPING) && i < a->count; i++) {
        struct slice key = a->members[i].key->text;
        const struct member *other = by_position ? &b->members[i] : node_member(b, key);
        if (!slice_is_any(key, told)) {
            compare_member_values(c, key, a->members[i].value, other != NULL ? other->value : NULL,
                                  keys);
        }
    }
    for (size_t i = 0; !by_position && node_is(b, NODE_MAPPING) && i < b->count; i++) {
        struct slice key = b->members[i].key->text;
        if (!slice_is_any(key, told) && node_member(a, key) == NULL) {
            compare_member_values(c, key, NULL, b->members[i].value, keys);
        }
    }
}

/* The way goes into a list only when one of its items differs: otherwise the list has changed. */
static void compare_lists(struct comparison *c, const struct node *a, const struct node *b,
                          struct key_list *keys)
{
    if (a->count != b->count) {
        add_here(c, keys);
        return;
    }
    size_t before = keys->count;
    size_t differing = 0;
    for (size_t i = 0; i < a->count; i++) {
        size_t found = keys->count;
        enter(c, (struct step){{NULL, 0}, i});
        compare_values(c, a->items[i], b->items[i], keys);
        c->depth--;
        differing += keys->count > found;
    }
    if (differing > 1) {
        keys->count = before;
        add_here(c, keys);
    }
}

/* What differs at a place with a meaning of its own; false when it has none. */
static bool compare_meaning(struct comparison *c, const struct node *a, const struct node *b,
                            struct key_list *keys)
{
    switch (meaning_of(c)) {
    case MEANS_NOTHING:
        return true;
    case MEANS_POSITION:
        note(c, DIFF_POSITION);
        return true;
    case MEANS_ID:
        note(c, DIFF_ID);
        return true;
    case MEANS_TASKS:
        if (tasks_differ(c, a, b)) {
            add_here(c, keys);
        } else {
            struct pairing order = pairing_new(c, a, b);
            pairing_match(c, &order, pair_by_id, NULL);
            pairing_note_order(c, &order, "exportOptions.subTasks.dialogs");
        }
        return true;
    case MEANS_TEXT:
    case MEANS_CHANGE:
        break;
    }
    return false;
}

static void compare_values(struct comparison *c, const struct node *a, const struct node *b,
                           struct key_list *keys)
{
    if (a != NULL && b != NULL && node_equal(a, b)) {
        return;
    }
    if (compare_meaning(c, a, b, keys)) {
        return;
    }
    if (node_is(a, NODE_MAPPING) && node_is(b, NODE_MAPPING)) {
        compare_mappings(c, a, b, NULL, keys);
    } else if (node_is(a, NODE_SEQUENCE) && node_is(b, NODE_SEQUENCE)) {
        compare_lists(c, a, b, keys);
    } else {
        compare_leaves(c, a, b, keys);
    }
}

void compare_members_at(struct comparison *c, const char *scope, const struct step *way,
                        size_t depth, const struct node *a, const struct node *b,
                        const char *const *told, struct key_list *keys)
{
    c->depth = 0;
    enter(c, (struct step){slice_of(scope), 0});
    for (size_t i = 0; i < depth; i++) {
        enter(c, way[i]);
    }
    if (node_is(a, NODE_MAPPING) && node_is(b, NODE_MAPPING)) {
        compare_mappings(c, a, b, told, keys);
    } else if (a != NULL || b != NULL) {
        compare_values(c, a, b, keys);
    }
}

void compare_members(struct comparison *c, const char *scope, const struct node *a,
                     const struct node *b, const char *const *told, struct key_list *keys)
{
    compare_members_at(c, scope, NULL, 0, a, b, told, keys);
}

void compare_trees(struct comparison *c, const char *scope, const char *key, const struct node *a,
                   const struct node *b, struct key_list *keys)
{
    if (a == NULL && b == NULL) {
        return;
    }
    c->depth = 0;
    enter(c, (struct step){slice_of(scope), 0});
    enter(c, (struct step){slice_of(key), 0});
    compare_values(c, a, b, keys);
}
