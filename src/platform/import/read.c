/* The dialogs of an export as the importer sees them, and the training that they have. */
#include "platform/import/importer.h"

bool import_is_foreign(const struct node *stub)
{
    enum dialog_kind kind;
    return !node_type_kind(node_text(stub, "type"), false, &kind);
}

/* Finds the kind of a node; false where the dialog does not begin with an intent. */
static bool find_kind(const struct node *stub, bool is_first, enum dialog_kind *kind)
{
    bool found = node_type_kind(node_text(stub, "type"), is_first, kind);
    if (is_first) {
        found = found && *kind == DIALOG_INTENT;
        *kind = DIALOG_INTENT;
        return found;
    }
    if (!found) {
        *kind = DIALOG_SCRIPT;
    }
    return true;
}

static void read_locales(struct import_dialog *d)
{
    const struct node *data = node_get(d->dialog, "localeData");
    size_t count = node_is(data, NODE_MAPPING) ? data->count : 0;
    d->locales = arena_alloc_array(d->importer->arena, count + 1, sizeof *d->locales);
    for (size_t i = 0; i < count; i++) {
        d->locales[d->locale_count++] = data->members[i].key->text;
    }
    if (d->locale_count == 0) {
        d->locales[d->locale_count++] = SLICE("en");
    }
}

/* Chains the nodes of each component. */
static void link_uses(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct map components = map_new(arena); /* to the first node of each */
    struct import_node **last = arena_alloc_array(arena, d->node_count + 1, sizeof *last);
    for (size_t i = 0; i < d->node_count; i++) {
        struct import_node *node = &d->nodes[i];
        struct import_node *first =
            node->component != NULL ? map_add_address(&components, node->component, node) : NULL;
        node->first_use = first != NULL ? first : node;
        if (first != NULL) {
            last[first - d->nodes]->next_use = node;
        }
        last[node->first_use - d->nodes] = node;
    }
}

static void read_nodes(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    const struct node *nodes = node_get(d->dialog, "nodes");
    d->node_count = node_length(nodes);
    d->nodes = arena_alloc_array(arena, d->node_count + 1, sizeof *d->nodes);
    d->by_node_id = map_new(arena);
    d->names = map_new(arena);
    d->taken = map_new(arena);
    for (size_t i = 0; i < d->node_count; i++) {
        struct import_node *node = &d->nodes[i];
        node->stub = nodes->items[i];
        node->component = bot_component(d->importer->bot, node->stub);
        bool has_content = node->component != NULL || import_is_foreign(node->stub);
        node->known = find_kind(node->stub, i == 0, &node->kind) && has_content;
        node->name = import_component_name(d, node->kind, node->component);
        map_add(&d->by_node_id, node_text(node->stub, "nodeId"), node);
        d->head_only = d->head_only || !node->known;
    }
    link_uses(d);
    d->head_only = d->head_only || d->node_count == 0;
    d->intent = d->node_count > 0 ? d->nodes[0].component : NULL;
}

static void read_targets(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    for (size_t i = 0; i < d->node_count; i++) {
        struct import_node *node = &d->nodes[i];
        const struct node *transitions = node_get(node->stub, "transitions");
        node->target_count = node_length(transitions);
        node->targets = arena_alloc_array(arena, node->target_count + 1, sizeof(size_t));
        for (size_t j = 0; j < node->target_count; j++) {
            bool has_default = node_get(transitions->items[j], "default") != NULL;
            struct slice id = node_text(transitions->items[j], has_default ? "default" : "then");
            const struct import_node *target = id.length > 0 ? map_get(&d->by_node_id, id) : NULL;
            node->targets[j] = target != NULL ? (size_t)(target - d->nodes) : NO_TARGET;
        }
        const struct node *options = node_get(node->stub, "nodeOptions");
        const struct node *event = node_get(node_get(options, "eventOptions"), "defaultMaxRetry");
        const struct import_node *after = map_get(&d->by_node_id, node_text(event, "ref"));
        bool leads = after != NULL && after != d->nodes && node->kind == DIALOG_ENTITY;
        node->retries = leads ? (size_t)(after - d->nodes) : NO_TARGET;
    }
}

/* Adds to the list under `key`; what has no key belongs to nothing. */
static void add_to_list(struct arena *arena, struct map *lists, struct slice key,
                        const struct node *item)
{
    struct node *list = key.length > 0 ? map_get(lists, key) : NULL;
    if (list == NULL && key.length > 0) {
        list = node_new_sequence(arena);
        map_add(lists, key, list);
    }
    if (list != NULL) {
        node_append(arena, list, item);
    }
}

/* Training by what it is of, so that no dialog has to look at all of it. */
static void read_training(struct importer *importer)
{
    struct arena *arena = importer->arena;
    const struct node *sentences = bot_section(importer->bot, "sentences");
    const struct node *patterns = bot_section(importer->bot, "patterns");
    importer->sentences = map_new(arena);
    importer->patterns = map_new(arena);
    for (size_t i = 0; i < node_length(sentences); i++) {
        add_to_list(arena, &importer->sentences, node_text(sentences->items[i], "taskId"),
                    sentences->items[i]);
    }
    for (size_t i = 0; i < node_length(patterns); i++) {
        add_to_list(arena, &importer->patterns, node_text(patterns->items[i], "refId"),
                    patterns->items[i]);
    }
}

void import_read_dialogs(struct importer *importer)
{
    struct arena *arena = importer->arena;
    const struct node *dialogs = bot_section(importer->bot, "dialogs");
    importer->dialog_count = dialogs->count;
    importer->dialogs = arena_alloc_array(arena, dialogs->count + 1, sizeof *importer->dialogs);
    importer->by_dialog_id = map_new(arena);
    importer->ids = map_new(arena);
    read_training(importer);
    for (size_t i = 0; i < dialogs->count; i++) {
        struct import_dialog *d = &importer->dialogs[i];
        d->importer = importer;
        d->dialog = dialogs->items[i];
        d->opaque = map_new(arena);
        d->id =
            import_unique(arena, &importer->ids,
                          import_identifier(arena, bot_dialog_name(d->dialog), "dialog"), "-", d);
        map_add(&importer->by_dialog_id, node_text(d->dialog, "_id"), d);
        read_locales(d);
        read_nodes(d);
        read_targets(d);
    }
}
