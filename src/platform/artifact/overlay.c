#include "platform/artifact/overlay.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/suggestion.h"
#include "document/tree/build.h"
#include "platform/artifact/equivalence.h"
#include "platform/artifact/id.h"

/* ---- one value over another ---- */

static struct slice plain_key(struct slice key)
{
    return key.length > 0 && key.data[0] == '\\' ? slice_part(key, 1, key.length) : key;
}

static bool is_special(struct slice key)
{
    return slice_is(key, "-") || slice_is(key, "=") || slice_is(key, "%");
}

/* The number of a list's item; SIZE_MAX when the key is none. */
static size_t item_number(struct slice key)
{
    size_t number = 0;
    for (size_t i = 0; i < key.length; i++) {
        if (!ascii_is_digit(key.data[i]) || key.length > 9) {
            return SIZE_MAX;
        }
        number = number * 10 + (size_t)(key.data[i] - '0');
    }
    return key.length > 0 ? number : SIZE_MAX;
}

/* What is laid, and where: an empty path takes any change. */
struct laying {
    struct arena *arena;
    bool guarded; /* only what means nothing: see src/platform/artifact/equivalence.h */
};

static struct node *lay(const struct laying *l, struct slice path, const struct node *target,
                        const struct node *patch);

static struct slice extend_path(const struct laying *l, struct slice path, struct slice key)
{
    if (!l->guarded) {
        return path;
    }
    bool any = slice_ends_with(path, "/localeData");
    return arena_printf(l->arena, "%.*s/%.*s", SLICE_ARG(path), SLICE_ARG(any ? SLICE("*") : key));
}

static bool may_change(const struct laying *l, struct slice path, const struct node *from,
                       const struct node *to)
{
    return !l->guarded || artifact_is_equivalent(l->arena, path, from, to);
}

static struct node *lay_over_list(const struct laying *l, struct slice path,
                                  const struct node *target, const struct node *patch)
{
    struct node *out = node_copy(l->arena, target);
    for (size_t i = 0; i < patch->count; i++) {
        size_t number = item_number(patch->members[i].key->text);
        const struct node *value = patch->members[i].value;
        if (number < out->count) {
            out->items[number] =
                lay(l, extend_path(l, path, SLICE("*")), out->items[number], value);
        } else if (number == out->count && node_get(value, "=") != NULL && !l->guarded) {
            node_append(l->arena, out, node_get(value, "="));
        }
    }
    const struct node *without = l->guarded ? NULL : node_get(patch, "-");
    for (size_t i = 0; i < node_length(without); i++) {
        size_t number = item_number(without->items[i]->text);
        if (number < out->count) {
            out->items[number] = NULL;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i] != NULL) {
            out->items[kept++] = out->items[i];
        }
    }
    out->count = (uint32_t)kept;
    return out;
}

static struct node *lay_over_mapping(const struct laying *l, struct slice path,
                                     const struct node *target, const struct node *patch)
{
    struct node *out =
        node_is(target, NODE_MAPPING) ? node_copy(l->arena, target) : node_new_mapping(l->arena);
    const struct node *without = node_get(patch, "-");
    for (size_t i = 0; i < node_length(without); i++) {
        struct slice key = without->items[i]->text;
        struct member *member = node_member(out, key);
        if (member != NULL && member->value != NULL &&
            may_change(l, extend_path(l, path, key), member->value, NULL)) {
            member->value = NULL;
        }
    }
    node_remove_empty(out);
    for (size_t i = 0; i < patch->count; i++) {
        if (is_special(patch->members[i].key->text)) {
            continue;
        }
        struct node *written = patch->members[i].key;
        struct slice key = plain_key(written->text);
        struct member *older = node_member(out, key);
        struct node *value = lay(l, extend_path(l, path, key), older != NULL ? older->value : NULL,
                                 patch->members[i].value);
        if (value != NULL && older != NULL) {
            older->value = value;
        } else if (value != NULL && key.length == written->text.length) {
            node_add_member(l->arena, out, (struct member){written, value});
        } else if (value != NULL) {
            node_add(l->arena, out, key, value);
        }
    }
    return out;
}

/* True when nothing in a patch has a meaning of its own: it is the value itself. */
static bool is_plain(const struct node *patch)
{
    for (size_t i = 0; patch->kind == NODE_MAPPING && i < patch->count; i++) {
        struct slice key = patch->members[i].key->text;
        bool has_meaning = is_special(key) || (key.length > 0 && key.data[0] == '\\');
        if (has_meaning || !is_plain(patch->members[i].value)) {
            return false;
        }
    }
    return true;
}

/* NULL when `target` is NULL and no change was allowed that would have made a value of it. */
static struct node *lay(const struct laying *l, struct slice path, const struct node *target,
                        const struct node *patch)
{
    bool is_mapping = patch->kind == NODE_MAPPING;
    const struct node *manner = node_get(patch, "%");
    if (node_is(target, NODE_STRING) && node_is(manner, NODE_STRING)) {
        return node_new_text(l->arena, artifact_apply_manner(l->arena, target->text, manner->text));
    }
    if (is_mapping && node_get(patch, "=") == NULL && node_is(target, NODE_SEQUENCE)) {
        return lay_over_list(l, path, target, patch);
    }
    if (is_mapping && node_get(patch, "=") == NULL && node_is(target, NODE_MAPPING)) {
        return lay_over_mapping(l, path, target, patch);
    }
    const struct laying free = {l->arena, false};
    const struct node *whole = node_get(patch, "=");
    const struct node *value = whole != NULL     ? whole
                               : is_plain(patch) ? patch
                                                 : lay_over_mapping(&free, path, NULL, patch);
    /* values are only read from here on: they may hang in the patch as well */
    return (struct node *)(uintptr_t)(may_change(l, path, target, value) ? value : target);
}

struct node *artifact_lay(struct arena *arena, const struct node *target, const struct node *patch)
{
    const struct laying free = {arena, false};
    return lay(&free, SLICE(""), target, patch);
}

/* As artifact_lay, but takes only changes that mean nothing. `path` is what the value is. */
static struct node *lay_imported(struct arena *arena, const char *path, const struct node *target,
                                 const struct node *patch)
{
    const struct laying guarded = {arena, true};
    return lay(&guarded, slice_of(path), target, patch);
}

/* ---- ids ---- */

static void note_id(struct arena *arena, struct map *names, const struct node *part,
                    const struct node *patch, const char *key)
{
    const struct node *old = node_get(part, key);
    const struct node *fresh = node_get(patch, key);
    if (node_is(old, NODE_STRING) && node_is(fresh, NODE_STRING)) {
        struct slice *name = arena_alloc(arena, sizeof *name);
        *name = fresh->text;
        map_add(names, old->text, name);
    }
}

static const char *const id_keys[] = {"_id",         "refId",   "nodeId",   "componentId",
                                      "dialogId",    "taskId",  "entityId", "flowTaskId",
                                      "dialogRefId", "field",   "default",  "then",
                                      "ref",         "dialogs", NULL};

/* A copy of a list or mapping whose values can be replaced; none can be added. */
static struct node *copy_to_rename(struct arena *arena, const struct node *node)
{
    bool is_mapping = node->kind == NODE_MAPPING;
    size_t size = node->count * (is_mapping ? sizeof *node->members : sizeof *node->items);
    struct node *copy = arena_alloc(arena, sizeof *copy);
    *copy = *node;
    if (is_mapping) {
        copy->members = memcpy(arena_alloc(arena, size), node->members, size);
    } else {
        copy->items = memcpy(arena_alloc(arena, size), node->items, size);
    }
    return copy;
}

/* The value with its ids renamed: itself when there are none in it. */
static const struct node *rename_value(struct arena *arena, const struct node *node,
                                       const struct map *names, bool is_id)
{
    struct slice *name;
    struct node *out = NULL;
    switch (node->kind) {
    case NODE_STRING:
        name = is_id ? map_get(names, node->text) : NULL;
        return name != NULL ? node_new_text(arena, *name) : node;
    case NODE_SEQUENCE:
        for (size_t i = 0; i < node->count; i++) {
            const struct node *item = rename_value(arena, node->items[i], names, is_id);
            if (item != node->items[i]) {
                out = out != NULL ? out : copy_to_rename(arena, node);
                out->items[i] = (struct node *)(uintptr_t)item;
            }
        }
        break;
    case NODE_MAPPING:
        for (size_t i = 0; i < node->count; i++) {
            const struct member *member = &node->members[i];
            bool may_be_id =
                member->value->kind == NODE_STRING || member->value->kind == NODE_SEQUENCE;
            bool is_id_key = may_be_id && slice_is_any(member->key->text, id_keys);
            const struct node *value = rename_value(arena, member->value, names, is_id_key);
            if (value != member->value) {
                out = out != NULL ? out : copy_to_rename(arena, node);
                out->members[i].value = (struct node *)(uintptr_t)value;
            }
        }
        break;
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_INTEGER:
    case NODE_FLOAT:
        break;
    }
    return out != NULL ? out : node;
}

struct node *artifact_rename(struct arena *arena, const struct node *node, const struct map *names)
{
    return (struct node *)(uintptr_t)rename_value(arena, node, names, false);
}

static void note_part_ids(struct arena *arena, struct map *names,
                          const struct artifact_part_list *parts, const struct node *patches)
{
    for (size_t i = 0; node_is(patches, NODE_MAPPING) && i < patches->count; i++) {
        const struct artifact_part *part = artifact_part_find(parts, patches->members[i].key->text);
        const struct node *patch = patches->members[i].value;
        if (part == NULL) {
            continue;
        }
        note_id(arena, names, part->value, patch, "_id");
        note_id(arena, names, part->value, patch, "refId");
        note_id(arena, names, part->value, patch, "nodeId");
        const struct node *members = node_get(part->value, "nodes");
        const struct node *changes = node_get(patch, "nodes");
        for (size_t j = 0; j < node_length(members) && changes != NULL; j++) {
            struct member *change = node_member(changes, arena_printf(arena, "%zu", j));
            if (change != NULL) {
                note_id(arena, names, members->items[j], change->value, "nodeId");
            }
        }
    }
}

static void rename_parts(struct arena *arena, struct artifact_part_list *parts,
                         const struct map *names)
{
    for (size_t i = 0; i < parts->count; i++) {
        parts->items[i].value = artifact_rename(arena, parts->items[i].value, names);
    }
}

void artifact_take_ids(struct arena *arena, struct artifact_parts *parts,
                       const struct node *imported, struct map *names)
{
    const struct node *dialog = node_get(imported, "dialog");
    note_id(arena, names, parts->dialog, dialog, "_id");
    note_id(arena, names, parts->dialog, dialog, "refId");
    note_part_ids(arena, names, &parts->nodes, node_get(imported, "nodes"));
    note_part_ids(arena, names, &parts->components, node_get(imported, "components"));
    if (names->count == 0) {
        return;
    }
    parts->dialog = artifact_rename(arena, parts->dialog, names);
    rename_parts(arena, &parts->nodes, names);
    rename_parts(arena, &parts->components, names);
    rename_parts(arena, &parts->sentences, names);
    rename_parts(arena, &parts->patterns, names);
    const struct node *options = node_get(parts->root, "exportOptions");
    if (options != NULL) {
        parts->root = node_copy(arena, parts->root);
        node_set(arena, parts->root, SLICE("exportOptions"),
                 artifact_rename(arena, options, names));
    }
}

/* ---- the parts ---- */

static void report_nowhere(struct diagnostics *diagnostics, const struct artifact_part_list *parts,
                           const struct node *key)
{
    struct diagnostic *d = diag_report(diagnostics, E0217, key->source, key->range,
                                       "the address `%.*s` does not exist", SLICE_ARG(key->text));
    struct suggestion s = suggestion_new(key->text);
    for (size_t i = 0; i < parts->count; i++) {
        suggestion_offer(&s, parts->items[i].address);
    }
    diag_suggest(diagnostics, d, s.best);
}

/* "message/…" for the pattern "message/ *"; every address for "*". */
static bool address_matches(struct slice pattern, struct slice address)
{
    if (slice_is(pattern, "*")) {
        return true;
    }
    size_t kept = pattern.length - 1;
    return address.length > kept &&
           slice_equal(slice_part(pattern, 0, kept), slice_part(address, 0, kept));
}

static bool is_pattern(struct slice address)
{
    return slice_is(address, "*") || slice_ends_with(address, "/*");
}

/* A patch may be a text alone: the `_id` of a sentence. `path`: as for lay_imported, or NULL. */
static struct node *lay_part(struct arena *arena, const char *path, const struct node *value,
                             const struct node *patch)
{
    if (patch->kind == NODE_STRING) {
        struct node *out = node_copy(arena, value);
        node_set_text(arena, out, "_id", patch->text);
        return out;
    }
    return path != NULL ? lay_imported(arena, path, value, patch)
                        : artifact_lay(arena, value, patch);
}

/* Laying one section. With a path it is of `imported`: only what means nothing is changed. */
struct section_laying {
    struct arena *arena;
    const char *path;
    struct artifact_part_list *parts;
    struct diagnostics
        *diagnostics; /* for addresses that nothing has; NULL: they are passed over */
};

static bool may_change_part(const struct section_laying *s, const struct node *from,
                            const struct node *to)
{
    return s->path == NULL || artifact_is_equivalent(s->arena, slice_of(s->path), from, to);
}

static void leave_out(const struct section_laying *s, const struct node *addresses)
{
    for (size_t i = 0; i < node_length(addresses); i++) {
        struct artifact_part *part = artifact_part_find(s->parts, addresses->items[i]->text);
        if (part != NULL && part->value != NULL && may_change_part(s, part->value, NULL)) {
            part->value = NULL;
        } else if (part == NULL && s->diagnostics != NULL) {
            report_nowhere(s->diagnostics, s->parts, addresses->items[i]);
        }
    }
}

static void lay_everywhere(const struct section_laying *s, struct slice pattern,
                           const struct node *patch)
{
    for (size_t i = 0; i < s->parts->count; i++) {
        struct artifact_part *part = &s->parts->items[i];
        if (part->value != NULL && address_matches(pattern, part->address)) {
            part->value = lay_part(s->arena, s->path, part->value, patch);
        }
    }
}

static void lay_at(const struct section_laying *s, const struct node *key, const struct node *patch)
{
    struct artifact_part *part = artifact_part_find(s->parts, key->text);
    const struct node *whole = node_get(patch, "=");
    if (part != NULL && part->value != NULL) {
        part->value = lay_part(s->arena, s->path, part->value, patch);
    } else if (part == NULL && whole != NULL && may_change_part(s, NULL, whole)) {
        artifact_part_add(s->arena, s->parts, key->text, node_copy(s->arena, whole));
    } else if (part == NULL && whole == NULL && s->diagnostics != NULL) {
        report_nowhere(s->diagnostics, s->parts, key);
    }
}

static void lay_section(const struct section_laying *s, const struct node *patches)
{
    for (size_t i = 0; node_is(patches, NODE_MAPPING) && i < patches->count; i++) {
        const struct node *key = patches->members[i].key;
        const struct node *patch = patches->members[i].value;
        if (slice_is(key->text, "-")) {
            leave_out(s, patch);
        } else if (is_pattern(key->text)) {
            lay_everywhere(s, key->text, patch);
        } else {
            lay_at(s, key, patch);
        }
    }
}

static void lay_all(struct arena *arena, struct artifact_parts *parts, const struct node *overlay,
                    bool imported, struct diagnostics *diagnostics)
{
    const struct {
        const char *key, *path;
        struct artifact_part_list *parts;
    } sections[] = {{"nodes", "node", &parts->nodes},
                    {"components", "component", &parts->components},
                    {"sentences", "sentence", &parts->sentences},
                    {"patterns", "pattern", &parts->patterns}};
    const struct node *dialog = node_get(overlay, "dialog");
    if (dialog != NULL) {
        parts->dialog = lay_part(arena, imported ? "dialog" : NULL, parts->dialog, dialog);
    }
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        const struct section_laying s = {arena, imported ? sections[i].path : NULL,
                                         sections[i].parts, imported ? NULL : diagnostics};
        lay_section(&s, node_get(overlay, sections[i].key));
    }
}

/* Nodes that are not named keep their place behind the node before them. */
void artifact_order_nodes(struct arena *arena, struct artifact_parts *parts,
                          const struct node *order)
{
    struct artifact_part_list *nodes = &parts->nodes;
    if (!node_is(order, NODE_MAPPING)) {
        return;
    }
    struct map named = map_new(arena);
    for (size_t i = 0; i < order->count; i++) {
        map_add(&named, order->members[i].key->text, nodes);
    }
    struct artifact_part *sorted = arena_alloc_array(arena, nodes->count + 1, sizeof *sorted);
    size_t count = 0;
    size_t first = 0; /* what stands before the first node that is named */
    while (first < nodes->count && map_get(&named, nodes->items[first].address) == NULL) {
        sorted[count++] = nodes->items[first++];
    }
    for (size_t i = 0; i < order->count; i++) {
        struct artifact_part *part = artifact_part_find(nodes, order->members[i].key->text);
        if (part == NULL) {
            continue;
        }
        sorted[count++] = *part;
        for (size_t j = (size_t)(part - nodes->items) + 1;
             j < nodes->count && map_get(&named, nodes->items[j].address) == NULL; j++) {
            sorted[count++] = nodes->items[j];
        }
    }
    artifact_parts_reorder(arena, nodes, sorted);
}

/* ---- called dialogs ---- */

/* What the record of a called dialog says of its ids and of its intent's component. */
static void take_callee(struct arena *arena, struct artifact_parts *parts,
                        const struct dialog_node *call, struct map *names)
{
    const struct template *callee = call->call.callee;
    struct node *own = node_new_mapping(arena);
    struct artifact_id id = artifact_dialog_id(callee->id);
    struct artifact_id ref = artifact_dialog_ref(callee->id);
    node_set_text(arena, own, "_id", arena_slice(arena, slice_of(id.text)));
    node_set_text(arena, own, "refId", arena_slice(arena, slice_of(ref.text)));
    note_id(arena, names, own, node_get(callee->imported, "dialog"), "_id");
    note_id(arena, names, own, node_get(callee->imported, "dialog"), "refId");
    struct slice address = arena_printf(arena, "intent/%.*s", SLICE_ARG(callee->intent.name));
    struct artifact_part *part =
        artifact_part_find(&parts->components, artifact_component_address(arena, call));
    const struct node *overlays[] = {callee->imported, callee->xo};
    for (size_t i = 0; part != NULL && i < 2; i++) {
        const struct node *components = node_get(overlays[i], "components");
        struct member *any = node_member(components, SLICE("*"));
        struct member *patch = node_member(components, address);
        if (patch != NULL) {
            note_id(arena, names, part->value, patch->value, "_id");
            note_id(arena, names, part->value, patch->value, "refId");
        }
        const char *path = i == 0 ? "component" : NULL;
        if (any != NULL) {
            part->value = lay_part(arena, path, part->value, any->value);
        }
        if (patch != NULL) {
            part->value = lay_part(arena, path, part->value, patch->value);
        }
    }
}

/* ---- the whole ---- */

static const struct template *callee_of(const struct dialog_node *node)
{
    return node->kind == DIALOG_CALL ? node->call.callee : NULL;
}

bool artifact_has_overlay(const struct dialog *dialog)
{
    if (dialog->template->imported != NULL || dialog->template->xo != NULL) {
        return true;
    }
    for (size_t i = 0; i < dialog->count; i++) {
        const struct template *callee = callee_of(&dialog->nodes[i]);
        if (callee != NULL && (callee->imported != NULL || callee->xo != NULL)) {
            return true;
        }
    }
    return false;
}

struct node *artifact_overlay(struct arena *arena, const struct dialog *dialog,
                              const struct artifact_tree *artifact, struct diagnostics *diagnostics)
{
    struct artifact_parts parts = artifact_parts_of(arena, dialog, artifact);
    struct map names = map_new(arena);
    for (size_t i = 0; i < dialog->count; i++) {
        const struct template *callee = callee_of(&dialog->nodes[i]);
        if (callee != NULL && !slice_equal(callee->id, dialog->template->id)) {
            take_callee(arena, &parts, &dialog->nodes[i], &names);
        }
    }
    const struct node *imported = dialog->template->imported;
    artifact_take_ids(arena, &parts, imported, &names);
    lay_all(arena, &parts, imported, true, diagnostics);
    lay_all(arena, &parts, dialog->template->xo, false, diagnostics);
    artifact_order_nodes(arena, &parts, node_get(imported, "nodes"));
    return artifact_parts_together(arena, &parts);
}
