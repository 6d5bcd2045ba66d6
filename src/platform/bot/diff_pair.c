/* Which elements of two exports are the same. */
#include "platform/bot/comparison.h"

#include "document/json/writer.h"
#include "platform/artifact/node_type.h"

struct pairing pairing_new(struct comparison *c, const struct node *a, const struct node *b)
{
    struct pairing pairing = {
        .a = a,
        .b = b,
        .of_a = arena_alloc_array(c->arena, node_length(a) + 1, sizeof(size_t)),
        .of_b = arena_alloc_array(c->arena, node_length(b) + 1, sizeof(size_t)),
    };
    for (size_t i = 0; i < node_length(a); i++) {
        pairing.of_a[i] = UNPAIRED;
    }
    for (size_t i = 0; i < node_length(b); i++) {
        pairing.of_b[i] = UNPAIRED;
    }
    return pairing;
}

/* ---- keys ---- */

struct slice pair_by_content(const struct comparison *c, const struct node *element, bool is_a,
                             size_t index, const char *name)
{
    (void)is_a, (void)index, (void)name;
    struct builder json = builder_new(c->arena);
    struct json_writer writer = json_writer_new(&json, true);
    json_node(&writer, element);
    return builder_slice(&json);
}

struct slice pair_by_text(const struct comparison *c, const struct node *element, bool is_a,
                          size_t index, const char *name)
{
    (void)c, (void)is_a, (void)index;
    return node_text(element, name);
}

struct slice pair_by_id(const struct comparison *c, const struct node *element, bool is_a,
                        size_t index, const char *name)
{
    (void)index;
    struct slice id = name != NULL ? node_text(element, name) : element->text;
    return is_a ? pair_id(c, id) : id;
}

struct slice pair_by_position(const struct comparison *c, const struct node *element, bool is_a,
                              size_t index, const char *name)
{
    (void)element, (void)is_a, (void)name;
    return arena_printf(c->arena, "%zu", index);
}

struct slice pair_nameless(const struct comparison *c, const struct node *element, bool is_a,
                           size_t index, const char *name)
{
    static const char *const keys[] = {"_id", "refId", "lname"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (node_text(element, keys[i]).length > 0) {
            return SLICE("");
        }
    }
    return pair_by_position(c, element, is_a, index, name);
}

/* Of nodes; a component has its name itself. */
struct slice pair_by_type_and_name(const struct comparison *c, const struct node *element,
                                   bool is_a, size_t index, const char *name)
{
    (void)index, (void)name;
    struct slice own = node_text(element, "name");
    own = own.length > 0 ? own : bot_node_name(is_a ? c->a : c->b, element);
    return arena_printf(c->arena, "%.*s %.*s", SLICE_ARG(node_text(element, "type")),
                        SLICE_ARG(own));
}

/* ---- matching ---- */

/* The elements of `b` with one key that have no partner, in their order. */
struct candidates {
    size_t first;
    size_t last;
    size_t count;
};

/* Above so many with one key, equal ones are not looked for: it would take too long. */
#define CANDIDATES_COMPARED 64

static void take(struct pairing *pairing, size_t i, size_t j)
{
    pairing->of_a[i] = j;
    pairing->of_b[j] = i;
}

static struct map index_candidates(const struct comparison *c, const struct pairing *pairing,
                                   pair_key key, const char *name, size_t *next)
{
    struct map map = map_new(c->arena);
    for (size_t j = 0; j < node_length(pairing->b); j++) {
        struct slice text =
            pairing->of_b[j] == UNPAIRED ? key(c, pairing->b->items[j], false, j, name) : SLICE("");
        next[j] = UNPAIRED;
        if (text.length == 0) {
            continue;
        }
        struct candidates *found = map_get(&map, text);
        if (found == NULL) {
            found = arena_alloc(c->arena, sizeof *found);
            *found = (struct candidates){j, j, 0};
            map_add(&map, text, found);
        } else {
            next[found->last] = j;
            found->last = j;
        }
        found->count++;
    }
    return map;
}

/* The first of the candidates without a partner; only one that is equal to `element`, if given. */
static size_t find_candidate(const struct pairing *pairing, const struct candidates *found,
                             const size_t *next, const struct node *element)
{
    for (size_t j = found->first; j != UNPAIRED; j = next[j]) {
        if (pairing->of_b[j] == UNPAIRED &&
            (element == NULL || node_equal(element, pairing->b->items[j]))) {
            return j;
        }
    }
    return UNPAIRED;
}

void pairing_match(const struct comparison *c, struct pairing *pairing, pair_key key,
                   const char *name)
{
    size_t *next = arena_alloc_array(c->arena, node_length(pairing->b) + 1, sizeof *next);
    struct map map = index_candidates(c, pairing, key, name, next);
    for (int equal = 1; equal >= 0; equal--) {
        for (size_t i = 0; i < node_length(pairing->a); i++) {
            const struct node *element = pairing->a->items[i];
            struct slice text =
                pairing->of_a[i] == UNPAIRED ? key(c, element, true, i, name) : SLICE("");
            struct candidates *found = text.length > 0 ? map_get(&map, text) : NULL;
            if (found == NULL ||
                (equal == 1 && (found->count == 1 || found->count > CANDIDATES_COMPARED))) {
                continue;
            }
            size_t j = find_candidate(pairing, found, next, equal == 1 ? element : NULL);
            if (j != UNPAIRED) {
                take(pairing, i, j);
            }
            while (found->first != found->last && pairing->of_b[found->first] != UNPAIRED) {
                found->first = next[found->first];
            }
        }
    }
}

bool pairing_is_reordered(const struct pairing *pairing)
{
    size_t last = 0;
    for (size_t i = 0; i < node_length(pairing->a); i++) {
        if (pairing->of_a[i] != UNPAIRED) {
            if (pairing->of_a[i] < last) {
                return true;
            }
            last = pairing->of_a[i];
        }
    }
    return false;
}

void pairing_note_order(struct comparison *c, const struct pairing *pairing, const char *name)
{
    struct bot_diff *result = &c->result;
    if (!pairing_is_reordered(pairing) || (c->partial && c->place->is_bot)) {
        return;
    }
    for (size_t i = 0; i < result->reordered_count; i++) {
        if (slice_is(result->reordered[i], name)) {
            return;
        }
    }
    result->reordered = arena_append(c->arena, result->reordered, result->reordered_count,
                                     sizeof *result->reordered);
    result->reordered[result->reordered_count++] = slice_of(name);
}

/* ---- ids ---- */

static void note_id(struct comparison *c, struct map *ids, const struct node *a,
                    const struct node *b, const char *key)
{
    struct slice old = node_text(a, key);
    struct slice *new = arena_alloc(c->arena, sizeof *new);
    *new = node_text(b, key);
    if (old.length > 0 && new->length > 0 && !slice_equal(old, *new)) {
        map_add(ids, old, new);
    }
}

static void note_ids(struct comparison *c, const struct node *a, const struct node *b)
{
    note_id(c, &c->ids, a, b, "_id");
    note_id(c, &c->ids, a, b, "refId");
}

struct slice pair_id(const struct comparison *c, struct slice id)
{
    const struct slice *found = c->pair != NULL ? map_get(&c->pair->ids, id) : NULL;
    found = found != NULL ? found : map_get(&c->ids, id);
    return found != NULL ? *found : id;
}

/* ---- components ---- */

static void pair_component(struct comparison *c, size_t i, size_t j)
{
    struct node *a = c->components.a->items[i];
    struct node *b = c->components.b->items[j];
    take(&c->components, i, j);
    map_add_address(&c->partners, a, b);
    map_add_address(&c->partners_b, b, a);
    note_ids(c, a, b);
}

/* The positions of components, plus one, by address. */
static struct map index_positions(struct comparison *c, const struct node *array)
{
    struct map map = map_new(c->arena);
    size_t *positions = arena_alloc_array(c->arena, node_length(array) + 1, sizeof *positions);
    for (size_t i = 0; i < node_length(array); i++) {
        positions[i] = i;
        map_add_address(&map, array->items[i], &positions[i]);
    }
    return map;
}

struct positions {
    struct map a;
    struct map b;
};

/* Components of nodes that are partners are partners, when they have no other. */
static void pair_by_nodes(struct comparison *c, const struct positions *positions,
                          const struct pairing *nodes)
{
    for (size_t i = 0; i < node_length(nodes->a); i++) {
        if (nodes->of_a[i] == UNPAIRED) {
            continue;
        }
        const struct node *old = nodes->a->items[i];
        const struct node *new = nodes->b->items[nodes->of_a[i]];
        const struct node *a = bot_component(c->a, old);
        const struct node *b = bot_component(c->b, new);
        if (a != NULL && b != NULL && map_get_address(&c->partners, a) == NULL &&
            map_get_address(&c->partners_b, b) == NULL &&
            slice_equal(node_text(a, "type"), node_text(b, "type"))) {
            const size_t *from = map_get_address(&positions->a, a);
            const size_t *to = map_get_address(&positions->b, b);
            pair_component(c, *from, *to);
        }
        struct pairing members = pair_nodes(c, node_get(old, "nodes"), node_get(new, "nodes"));
        pair_by_nodes(c, positions, &members);
    }
}

/* What pairing_match has found becomes known to the maps. */
static void note_matches(struct comparison *c)
{
    for (size_t i = 0; i < node_length(c->components.a); i++) {
        size_t j = c->components.of_a[i];
        if (j != UNPAIRED && map_get_address(&c->partners, c->components.a->items[i]) == NULL) {
            pair_component(c, i, j);
        }
    }
}

/* A component of a dialog that only one version has goes or comes with it, and is no other one. */
static struct slice pair_apart_from_dialogs(const struct comparison *c, const struct node *element,
                                            bool is_a, size_t index, const char *name)
{
    const struct map *used = is_a ? &c->used_a : &c->used_b;
    const struct map *owners = is_a ? &c->owners_a : &c->owners_b;
    bool is_of_one =
        map_get_address(used, element) != NULL && map_get_address(owners, element) == NULL;
    return is_of_one ? SLICE("") : pair_by_type_and_name(c, element, is_a, index, name);
}

static void pair_components(struct comparison *c)
{
    const struct node *a = bot_section(c->a, "dialogComponents");
    const struct node *b = bot_section(c->b, "dialogComponents");
    struct positions positions = {index_positions(c, a), index_positions(c, b)};
    c->components = pairing_new(c, a, b);
    pairing_match(c, &c->components, pair_by_text, "_id");
    note_matches(c);
    for (size_t i = 0; i < c->dialog_pair_count; i++) {
        pair_by_nodes(c, &positions, &c->dialog_pairs[i].nodes);
    }
    pairing_match(c, &c->components, pair_apart_from_dialogs, NULL);
    note_matches(c);
}

/* ---- dialogs ---- */

struct pairing pair_nodes(struct comparison *c, const struct node *a, const struct node *b)
{
    struct pairing nodes = pairing_new(c, a, b);
    pairing_match(c, &nodes, pair_by_text, "nodeId");
    pairing_match(c, &nodes, pair_by_type_and_name, NULL);
    return nodes;
}

const size_t *bot_pair_nodes(struct arena *arena, const struct bot *a, const struct node *nodes_a,
                             const struct bot *b, const struct node *nodes_b)
{
    struct comparison c = {.arena = arena, .a = a, .b = b};
    return pair_nodes(&c, nodes_a, nodes_b).of_a;
}

static void note_node_ids(struct comparison *c, struct map *ids, const struct pairing *nodes)
{
    for (size_t i = 0; i < node_length(nodes->a); i++) {
        if (nodes->of_a[i] != UNPAIRED) {
            const struct node *a = nodes->a->items[i];
            const struct node *b = nodes->b->items[nodes->of_a[i]];
            note_id(c, ids, a, b, "nodeId");
            struct pairing members = pair_nodes(c, node_get(a, "nodes"), node_get(b, "nodes"));
            note_node_ids(c, ids, &members);
        }
    }
}

static struct diff_place *add_place(struct comparison *c, struct slice name)
{
    struct diff_place *place = &c->result.places[c->result.count++];
    *place = (struct diff_place){.name = name};
    return place;
}

static void pair_dialogs(struct comparison *c)
{
    const struct node *a = bot_section(c->a, "dialogs");
    const struct node *b = bot_section(c->b, "dialogs");
    c->result.places =
        arena_alloc_array(c->arena, a->count + b->count + 1, sizeof *c->result.places);
    c->dialog_pairs = arena_alloc_array(c->arena, a->count + 1, sizeof *c->dialog_pairs);
    c->dialogs = pairing_new(c, a, b);
    pairing_match(c, &c->dialogs, pair_by_text, "_id");
    pairing_match(c, &c->dialogs, pair_by_text, "refId");
    pairing_match(c, &c->dialogs, pair_by_text, "lname");
    pairing_match(c, &c->dialogs, pair_nameless, NULL);
    for (size_t i = 0; i < a->count; i++) {
        size_t j = c->dialogs.of_a[i];
        const struct node *named = j != UNPAIRED ? b->items[j] : a->items[i];
        struct diff_place *place = add_place(c, bot_dialog_name(named));
        place->old = a->items[i];
        if (j != UNPAIRED) {
            struct dialog_pair *pair = &c->dialog_pairs[c->dialog_pair_count++];
            place->new = b->items[j];
            *pair = (struct dialog_pair){a->items[i], b->items[j], place, {0}, map_new(c->arena)};
            pair->nodes = pair_nodes(c, node_get(pair->a, "nodes"), node_get(pair->b, "nodes"));
            note_ids(c, pair->a, pair->b);
            note_node_ids(c, &pair->ids, &pair->nodes);
        }
    }
    for (size_t j = 0; j < b->count; j++) {
        if (c->dialogs.of_b[j] == UNPAIRED) {
            add_place(c, bot_dialog_name(b->items[j]))->new = b->items[j];
        }
    }
    add_place(c, SLICE(""))->is_bot = true;
}

/* ---- who uses what ---- */

struct users {
    const struct bot *bot;
    struct map *owners;
    struct map *used;
    struct dialog_pair *pair;
};

static void note_user(void *context, const struct node *stub)
{
    struct users *users = context;
    struct node *component = bot_component(users->bot, stub);
    if (component != NULL) {
        map_add_address(users->used, component, component);
        if (users->pair != NULL) {
            map_add_address(users->owners, component, users->pair);
        }
    }
}

/* An intent belongs to the dialog that it begins, whoever calls that. */
static void note_users(struct comparison *c)
{
    for (size_t i = 0; i < c->dialog_pair_count; i++) {
        struct dialog_pair *pair = &c->dialog_pairs[i];
        const struct node *a = bot_intent(c->a, pair->a);
        const struct node *b = bot_intent(c->b, pair->b);
        if (a != NULL) {
            map_add_address(&c->owners_a, a, pair);
        }
        if (b != NULL) {
            map_add_address(&c->owners_b, b, pair);
        }
    }
    for (size_t i = 0; i < c->dialog_pair_count; i++) {
        struct dialog_pair *pair = &c->dialog_pairs[i];
        struct users old = {c->a, &c->owners_a, &c->used_a, pair};
        struct users new = {c->b, &c->owners_b, &c->used_b, pair};
        bot_visit_nodes(pair->a, note_user, &old);
        bot_visit_nodes(pair->b, note_user, &new);
    }
    for (size_t i = 0; i < node_length(c->dialogs.a); i++) {
        struct users old = {c->a, NULL, &c->used_a, NULL};
        bot_visit_nodes(c->dialogs.a->items[i], note_user, &old);
    }
    for (size_t i = 0; i < node_length(c->dialogs.b); i++) {
        struct users new = {c->b, NULL, &c->used_b, NULL};
        bot_visit_nodes(c->dialogs.b->items[i], note_user, &new);
    }
}

struct diff_place *component_place(struct comparison *c, const struct node *a, const struct node *b)
{
    const struct dialog_pair *owner = b != NULL ? map_get_address(&c->owners_b, b) : NULL;
    if (owner == NULL && a != NULL) {
        owner = map_get_address(&c->owners_a, a);
    }
    return owner != NULL ? owner->place : &c->result.places[c->result.count - 1];
}

void pair_everything(struct comparison *c)
{
    note_ids(c, c->a->root, c->b->root);
    pair_dialogs(c);
    note_users(c);
    pair_components(c);
}
