#include "platform/artifact/parts.h"

#include <stdint.h>

#include "document/tree/build.h"
#include "platform/artifact/writer.h"

/* "message/done/1" is the key of the second node of that name. */
struct slice artifact_node_address(struct arena *arena, const struct dialog_node *node)
{
    size_t slash = node->key.length;
    while (slash > 0 && node->key.data[slash - 1] != '/') {
        slash--;
    }
    struct slice occurrence = slice_part(node->key, slash, node->key.length);
    struct slice name = slice_part(node->key, 0, slash > 0 ? slash - 1 : 0);
    if (slice_is(occurrence, "0")) {
        return name;
    }
    size_t number = 0;
    for (size_t i = 0; i < occurrence.length; i++) {
        number = number * 10 + (size_t)(occurrence.data[i] - '0');
    }
    return arena_printf(arena, "%.*s#%zu", SLICE_ARG(name), number + 1);
}

struct slice artifact_component_address(struct arena *arena, const struct dialog_node *node)
{
    return arena_printf(arena, "%s/%.*s", dialog_kind_word(node->kind), SLICE_ARG(node->name));
}

/* ---- lists of parts ---- */

struct artifact_part *artifact_part_find(const struct artifact_part_list *list,
                                         struct slice address)
{
    size_t number = (size_t)(uintptr_t)map_get(&list->index, address);
    return number > 0 ? &list->items[number - 1] : NULL;
}

void artifact_part_add(struct arena *arena, struct artifact_part_list *list, struct slice address,
                       struct node *value)
{
    if (list->count == list->capacity) {
        size_t bigger = list->capacity == 0 ? 16 : list->capacity * 2;
        list->items = arena_grow(arena, list->items, list->count, bigger, sizeof *list->items);
        list->capacity = bigger;
    }
    list->items[list->count++] = (struct artifact_part){address, value};
    list->index.arena = arena;
    map_add(&list->index, address, (void *)(uintptr_t)list->count);
}

void artifact_parts_reorder(struct arena *arena, struct artifact_part_list *list,
                            struct artifact_part *items)
{
    list->items = items;
    list->capacity = list->count;
    list->index = map_new(arena);
    for (size_t i = 0; i < list->count; i++) {
        map_add(&list->index, items[i].address, (void *)(uintptr_t)(i + 1));
    }
}

/* ---- taking apart ---- */

static void note_component(struct arena *arena, struct map *addresses, const struct artifact_id *id,
                           const struct dialog_node *node)
{
    if (map_get(addresses, slice_of(id->text)) == NULL) {
        struct slice *address = arena_alloc(arena, sizeof *address);
        *address = artifact_component_address(arena, node);
        map_add(addresses, slice_of(id->text), address);
    }
}

static void take_components(struct arena *arena, const struct dialog *dialog,
                            const struct artifact_tree *artifact, struct artifact_part_list *parts)
{
    const struct node *list = node_get(artifact->root, "dialogComponents");
    const struct artifact_node_ids *ids = artifact->ids;
    struct map addresses = map_new(arena); /* `_id` to the address */
    for (size_t i = 0; i < dialog->count; i++) {
        const struct dialog_node *node = &dialog->nodes[i];
        note_component(arena, &addresses, &ids[i].component, node);
        for (size_t j = 0; j < node->member_count; j++) {
            note_component(arena, &addresses, &ids[i].members[j].component, &node->members[j]);
        }
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct slice *address = map_get(&addresses, node_get(list->items[i], "_id")->text);
        artifact_part_add(arena, parts, *address, list->items[i]);
    }
}

/* Sentences that stand there twice have one id: the second one is "…#2". */
static void take_sentences(struct arena *arena, const struct node *list,
                           struct artifact_part_list *parts)
{
    struct map seen = map_new(arena);
    for (size_t i = 0; i < list->count; i++) {
        struct slice id = node_get(list->items[i], "_id")->text;
        size_t number = map_increment(&seen, id);
        struct slice address =
            number == 1 ? id : arena_printf(arena, "%.*s#%zu", SLICE_ARG(id), number);
        artifact_part_add(arena, parts, address, list->items[i]);
    }
}

static void take_patterns(struct arena *arena, const struct node *list,
                          struct artifact_part_list *parts)
{
    for (size_t i = 0; i < list->count; i++) {
        struct slice type = node_get(list->items[i], "taskType")->text;
        struct slice name = node_get(list->items[i], "taskName")->text;
        artifact_part_add(arena, parts,
                          arena_printf(arena, "%.*s/%.*s", SLICE_ARG(type), SLICE_ARG(name)),
                          list->items[i]);
    }
}

struct artifact_parts artifact_parts_of(struct arena *arena, const struct dialog *dialog,
                                        const struct artifact_tree *artifact)
{
    struct node *root = artifact->root;
    struct artifact_parts parts = {.root = root};
    const struct node *whole = node_get(root, "dialogs")->items[0];
    const struct node *nodes = node_get(whole, "nodes");
    parts.dialog = node_copy(arena, whole);
    node_remove(parts.dialog, SLICE("nodes"));
    for (size_t i = 0; i < nodes->count; i++) {
        artifact_part_add(arena, &parts.nodes, artifact_node_address(arena, &dialog->nodes[i]),
                          nodes->items[i]);
    }
    take_components(arena, dialog, artifact, &parts.components);
    take_sentences(arena, node_get(root, "sentences"), &parts.sentences);
    take_patterns(arena, node_get(root, "patterns"), &parts.patterns);
    return parts;
}

/* ---- putting together ---- */

static struct node *list_of(struct arena *arena, const struct artifact_part_list *parts)
{
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i].value != NULL) {
            node_append(arena, list, parts->items[i].value);
        }
    }
    return list;
}

/* The nodes stand in the dialog where the platform has them: behind its ids. */
static struct node *whole_dialog(struct arena *arena, const struct artifact_parts *parts)
{
    struct node *whole = node_new_mapping(arena);
    struct node *nodes = list_of(arena, &parts->nodes);
    for (size_t i = 0; i < parts->dialog->count; i++) {
        const struct member *member = &parts->dialog->members[i];
        if (slice_is(member->key->text, "lname")) {
            node_set(arena, whole, SLICE("nodes"), nodes);
        }
        node_set(arena, whole, member->key->text, member->value);
    }
    node_set(arena, whole, SLICE("nodes"), nodes);
    return whole;
}

struct node *artifact_parts_together(struct arena *arena, const struct artifact_parts *parts)
{
    struct node *root = node_copy(arena, parts->root);
    struct node *dialogs = node_new_sequence(arena);
    node_append(arena, dialogs, whole_dialog(arena, parts));
    node_set(arena, root, SLICE("dialogs"), dialogs);
    node_set(arena, root, SLICE("dialogComponents"), list_of(arena, &parts->components));
    node_set(arena, root, SLICE("sentences"), list_of(arena, &parts->sentences));
    node_set(arena, root, SLICE("patterns"), list_of(arena, &parts->patterns));
    return root;
}
