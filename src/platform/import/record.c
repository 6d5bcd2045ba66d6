/*
 * What a compiled template lacks of the dialog that it was made of.
 *
 * Both are taken apart under the same addresses. A difference is one of two kinds: what the
 * platform knows a part by and how an older export writes it (ids, places, keys with their usual
 * values) goes to `imported`; everything else means something, and goes to `xo`.
 */
#include "platform/import/importer.h"
#include "platform/artifact/id.h"
#include "platform/artifact/equivalence.h"
#include "platform/artifact/overlay.h"

/* ---- working on one dialog ---- */

struct recorder {
    struct arena *arena;
    struct arena *paths; /* of places, while they are compared */
};

/* ---- patches ---- */

/* Values of the export, and of what is compared with it, are only read: they may hang in patches.
 */
static struct node *shared(const struct node *node)
{
    return (struct node *)(uintptr_t)node;
}

/* Of one place: what goes to `imported` and to `xo`; NULL: nothing. */
struct patches {
    struct node *imported, *xo;
};

static struct node **patch_for(struct patches *patches, bool form)
{
    struct node **patch = form ? &patches->imported : &patches->xo;
    return patch;
}

static struct node *mapping_of(struct recorder *r, struct node **patch)
{
    *patch = *patch != NULL ? *patch : node_new_mapping(r->arena);
    return *patch;
}

static bool has_meaning(struct slice key)
{
    return key.length > 0 && strchr("-=%\\", key.data[0]) != NULL;
}

/* A key as a patch has it. */
static struct node *patch_key(struct recorder *r, struct node *key)
{
    return has_meaning(key->text)
               ? node_new_text(r->arena, arena_printf(r->arena, "\\%.*s", SLICE_ARG(key->text)))
               : key;
}

static bool has_meaning_inside(const struct node *value)
{
    for (size_t i = 0; value->kind == NODE_MAPPING && i < value->count; i++) {
        if (has_meaning(value->members[i].key->text) ||
            has_meaning_inside(value->members[i].value)) {
            return true;
        }
    }
    return false;
}

/* A value as a patch gives it where nothing stands: its keys are written as keys of patches. */
static struct node *write_plain_value(struct recorder *r, const struct node *value)
{
    if (!has_meaning_inside(value)) {
        return shared(value);
    }
    struct node *out = node_new_mapping(r->arena);
    for (size_t i = 0; i < value->count; i++) {
        struct member member = value->members[i];
        member.key = patch_key(r, member.key);
        member.value = write_plain_value(r, member.value);
        node_add_member(r->arena, out, member);
    }
    return out;
}

static void add_removal(struct recorder *r, struct node *patch, struct slice key)
{
    struct node *list = node_get(patch, "-");
    if (list == NULL) {
        list = node_new_sequence(r->arena);
        node_set(r->arena, patch, SLICE("-"), list);
    }
    node_append(r->arena, list, node_new_text(r->arena, key));
}

static struct patches compare(struct recorder *r, struct slice path, const struct node *have,
                              const struct node *want);

static void add_patches(struct recorder *r, struct patches *out, struct node *key,
                        struct patches inner)
{
    if (inner.imported != NULL) {
        node_add_member(r->arena, mapping_of(r, &out->imported),
                        (struct member){key, inner.imported});
    }
    if (inner.xo != NULL) {
        node_add_member(r->arena, mapping_of(r, &out->xo), (struct member){key, inner.xo});
    }
}

static struct slice extend_path(struct recorder *r, struct slice path, struct slice key)
{
    bool under_locales = slice_ends_with(path, "/localeData");
    return arena_printf(r->paths, "%.*s/%.*s", SLICE_ARG(path),
                        SLICE_ARG(under_locales ? SLICE("*") : key));
}

/* Compares what stands under `key` of two values at `path`. */
static struct patches compare_under(struct recorder *r, struct slice path, struct slice key,
                                    const struct node *have, const struct node *want)
{
    struct arena_mark mark = arena_mark(r->paths);
    struct patches patches = compare(r, extend_path(r, path, key), have, want);
    arena_rewind(r->paths, mark);
    return patches;
}

/* True when it means nothing that only one of two values at `path` has the key. */
static bool means_nothing(struct recorder *r, struct slice path, struct slice key,
                          const struct node *have, const struct node *want)
{
    struct arena_mark mark = arena_mark(r->paths);
    bool form = artifact_is_equivalent(r->arena, extend_path(r, path, key), have, want);
    arena_rewind(r->paths, mark);
    return form;
}

/* A key that the compiled template lacks: as a whole, or its parts one by one. */
static void add_missing(struct recorder *r, struct patches *out, struct slice path,
                        struct member missing)
{
    const struct node *want = missing.value;
    struct node *key = patch_key(r, missing.key);
    bool form = means_nothing(r, path, missing.key->text, NULL, want);
    bool divides = !form && want->kind == NODE_MAPPING && want->count > 0;
    if (divides) {
        struct patches inner =
            compare_under(r, path, missing.key->text, node_new_mapping(r->arena), want);
        add_patches(r, out, key, inner);
        return;
    }
    node_add_member(r->arena, mapping_of(r, patch_for(out, form)),
                    (struct member){key, write_plain_value(r, want)});
}

static struct patches compare_mappings(struct recorder *r, struct slice path,
                                       const struct node *have, const struct node *want)
{
    struct patches out = {0};
    for (size_t i = 0; i < have->count; i++) {
        struct slice key = have->members[i].key->text;
        if (node_member(want, key) == NULL) {
            bool form = means_nothing(r, path, key, have->members[i].value, NULL);
            add_removal(r, mapping_of(r, patch_for(&out, form)), key);
        }
    }
    for (size_t i = 0; i < want->count; i++) {
        struct slice key = want->members[i].key->text;
        const struct member *own = node_member(have, key);
        if (own == NULL) {
            add_missing(r, &out, path, want->members[i]);
        } else if (!node_equal(own->value, want->members[i].value)) {
            add_patches(r, &out, patch_key(r, want->members[i].key),
                        compare_under(r, path, key, own->value, want->members[i].value));
        }
    }
    return out;
}

/* Item by item; what one list has more at its end is added or removed. */
static struct patches compare_lists(struct recorder *r, struct slice path, const struct node *have,
                                    const struct node *want)
{
    struct patches out = {0};
    for (size_t i = 0; i < have->count && i < want->count; i++) {
        if (!node_equal(have->items[i], want->items[i])) {
            add_patches(r, &out, node_new_text(r->arena, arena_printf(r->arena, "%zu", i)),
                        compare_under(r, path, SLICE("*"), have->items[i], want->items[i]));
        }
    }
    for (size_t i = have->count; i < want->count; i++) {
        struct node *whole = node_new_mapping(r->arena);
        node_set(r->arena, whole, SLICE("="), want->items[i]);
        node_set(r->arena, mapping_of(r, &out.xo), arena_printf(r->arena, "%zu", i), whole);
    }
    for (size_t i = want->count; i < have->count; i++) {
        add_removal(r, mapping_of(r, &out.xo), arena_printf(r->arena, "%zu", i));
    }
    return out;
}

static bool is_container(const struct node *node)
{
    return node->kind == NODE_SEQUENCE || node->kind == NODE_MAPPING;
}

static struct patches compare(struct recorder *r, struct slice path, const struct node *have,
                              const struct node *want)
{
    struct patches out = {0};
    bool form = artifact_is_equivalent(r->arena, path, have, want);
    if (have->kind == NODE_MAPPING && want->kind == NODE_MAPPING) {
        out = compare_mappings(r, path, have, want);
        if (form && out.xo != NULL) { /* its keys mean something, but not in this value */
            out = (struct patches){.imported = node_new_mapping(r->arena)};
            node_set(r->arena, out.imported, SLICE("="), want);
        }
        return out;
    }
    if (!form && have->kind == NODE_SEQUENCE && want->kind == NODE_SEQUENCE) {
        return compare_lists(r, path, have, want);
    }
    struct node *value = shared(want);
    struct arena_mark mark = arena_mark(r->paths);
    struct slice found = form ? artifact_find_manner(r->paths, have, want) : SLICE("");
    struct slice manner = found.length > 0 ? arena_slice(r->arena, found) : found;
    arena_rewind(r->paths, mark);
    if (manner.length > 0) { /* not the text itself, so that a change of it is not lost */
        value = node_new_mapping(r->arena);
        node_set_text(r->arena, value, "%", manner);
    } else if (is_container(have) && want->kind == NODE_MAPPING) {
        value = node_new_mapping(r->arena);
        node_set(r->arena, value, SLICE("="), want);
    } else if (want->kind == NODE_MAPPING) {
        value = write_plain_value(r, want);
    }
    *patch_for(&out, form) = value;
    return out;
}

/* ---- the parts of the dialog in the export ---- */

static void add_component(struct import_dialog *d, struct artifact_parts *parts,
                          const struct dialog_node *node, const struct node *component)
{
    struct arena *arena = d->importer->arena;
    struct slice address = artifact_component_address(arena, node);
    if (node->kind == DIALOG_CALL && slice_equal(node->call.callee->id, d->id)) {
        return; /* a dialog that calls itself: the component is its own intent's */
    }
    if (component != NULL && artifact_part_find(&parts->components, address) == NULL) {
        artifact_part_add(arena, &parts->components, address, shared(component));
    }
}

static void add_sentences(struct import_dialog *d, struct artifact_parts *parts)
{
    struct arena *arena = d->importer->arena;
    const struct node *sentences = map_get(&d->importer->sentences, node_text(d->intent, "_id"));
    struct map seen = map_new(arena);
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        struct artifact_id own = artifact_sentence_id(d->id, node_text(sentence, "language"),
                                                      slice_trim(node_text(sentence, "sentence")));
        struct slice address = arena_slice(arena, slice_of(own.text));
        address = import_unique(arena, &seen, address, "#", d);
        artifact_part_add(arena, &parts->sentences, address, shared(sentence));
    }
}

/* The patterns of a component, under its address. */
static void add_patterns(struct import_dialog *d, struct artifact_parts *parts, struct map *seen,
                         const struct node *component, struct slice address)
{
    struct arena *arena = d->importer->arena;
    const struct node *list = map_get(&d->importer->patterns, node_text(component, "refId"));
    if (list == NULL || map_get(seen, address) != NULL) {
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        artifact_part_add(arena, &parts->patterns, import_unique(arena, seen, address, "#", d),
                          shared(list->items[i]));
    }
}

/* The dialog of the export under the addresses of the compiled template. */
static struct artifact_parts parts_of_export(struct import_dialog *d, const struct dialog *compiled)
{
    struct arena *arena = d->importer->arena;
    const struct bot *bot = d->importer->bot;
    struct artifact_parts parts = {0};
    parts.dialog = node_copy(arena, d->dialog);
    node_remove(parts.dialog, SLICE("nodes"));
    struct map seen = map_new(arena);
    for (size_t i = 0; i < compiled->count && d->node_count > 0; i++) {
        const struct dialog_node *node = &compiled->nodes[i];
        const struct import_node *own = &d->nodes[i == 0 ? 0 : d->emitted[i - 1]];
        if (node->kind == DIALOG_INTENT || node->kind == DIALOG_ENTITY) {
            add_patterns(d, &parts, &seen, own->component, artifact_component_address(arena, node));
        }
        artifact_part_add(arena, &parts.nodes, artifact_node_address(arena, node),
                          shared(own->stub));
        add_component(d, &parts, node, own->component);
        const struct node *members = node_get(own->stub, "nodes");
        for (size_t j = 0; j < node->member_count && j < node_length(members); j++) {
            add_component(d, &parts, &node->members[j], bot_component(bot, members->items[j]));
        }
    }
    add_sentences(d, &parts);
    return parts;
}

/* ---- ids ---- */

static void keep_id(struct recorder *r, struct node *record, const struct node *part,
                    const char *key)
{
    const struct node *id = node_get(part, key);
    if (node_is(id, NODE_STRING)) {
        node_set(r->arena, record, slice_of(key), id);
    }
}

/* The ids of the parts of the export, under their addresses. */
static struct node *ids_of(struct recorder *r, const struct artifact_part_list *parts)
{
    struct node *section = node_new_mapping(r->arena);
    for (size_t i = 0; i < parts->count; i++) {
        struct node *record = node_new_mapping(r->arena);
        const struct node *part = parts->items[i].value;
        const struct node *members = node_get(part, "nodes");
        keep_id(r, record, part, "_id");
        keep_id(r, record, part, "refId");
        keep_id(r, record, part, "nodeId");
        struct node *inner = node_new_mapping(r->arena);
        for (size_t j = 0; j < node_length(members); j++) {
            struct node *member = node_new_mapping(r->arena);
            keep_id(r, member, members->items[j], "nodeId");
            node_set(r->arena, inner, arena_printf(r->arena, "%zu", j), member);
        }
        if (inner->count > 0) {
            node_set(r->arena, record, SLICE("nodes"), inner);
        }
        node_add(r->arena, section, parts->items[i].address, record);
    }
    return section;
}

/* ---- the whole ---- */

static struct node *section_of(struct recorder *r, struct node **overlay, const char *key)
{
    *overlay = *overlay != NULL ? *overlay : node_new_mapping(r->arena);
    struct node *section = node_get(*overlay, key);
    if (section == NULL) {
        section = node_new_mapping(r->arena);
        node_set(r->arena, *overlay, slice_of(key), section);
    }
    return section;
}

/* Lays `extra` over a patch that is there already: both are mappings of different keys. */
static void add_to_patch(struct recorder *r, struct node *section, struct slice address,
                         const struct node *extra)
{
    struct member *own = node_member(section, address);
    if (own == NULL || own->value->kind != NODE_MAPPING || extra->kind != NODE_MAPPING) {
        node_set(r->arena, section, address, extra);
        return;
    }
    for (size_t i = 0; i < extra->count; i++) {
        struct slice key = extra->members[i].key->text;
        struct member *inner = node_member(own->value, key);
        if (inner == NULL) {
            node_add_member(r->arena, own->value, extra->members[i]);
        } else if (inner->value->kind == NODE_MAPPING) {
            add_to_patch(r, own->value, key, extra->members[i].value);
        } else {
            inner->value = extra->members[i].value;
        }
    }
}

static void record_parts(struct recorder *r, struct import_dialog *d, const char *key,
                         const char *path, const struct artifact_part_list *have,
                         const struct artifact_part_list *want)
{
    for (size_t i = 0; i < want->count; i++) {
        const struct artifact_part *part = &want->items[i];
        const struct artifact_part *own = artifact_part_find(have, part->address);
        struct patches patches = {0};
        if (own == NULL) {
            bool form = artifact_is_equivalent(r->arena, slice_of(path), NULL, part->value);
            struct node *whole = node_new_mapping(r->arena);
            node_set(r->arena, whole, SLICE("="), part->value);
            *patch_for(&patches, form) = whole;
        } else if (!node_equal(own->value, part->value)) {
            patches = compare(r, slice_of(path), own->value, part->value);
        }
        if (patches.imported != NULL) {
            add_to_patch(r, section_of(r, &d->imported, key), part->address, patches.imported);
        }
        if (patches.xo != NULL) {
            node_set(r->arena, section_of(r, &d->xo, key), part->address, patches.xo);
        }
    }
    for (size_t i = 0; i < have->count; i++) {
        if (artifact_part_find(want, have->items[i].address) == NULL) {
            bool form =
                artifact_is_equivalent(r->arena, slice_of(path), have->items[i].value, NULL);
            struct node **overlay = form ? &d->imported : &d->xo;
            add_removal(r, section_of(r, overlay, key), have->items[i].address);
        }
    }
}

/* A sentence's record is mostly its id alone. */
static void shorten_sentences(struct import_dialog *d)
{
    struct node *sentences = node_get(d->imported, "sentences");
    for (size_t i = 0; sentences != NULL && i < sentences->count; i++) {
        struct node *record = sentences->members[i].value;
        if (record->kind == NODE_MAPPING && record->count == 1 &&
            slice_is(record->members[0].key->text, "_id")) {
            sentences->members[i].value = record->members[0].value;
        }
    }
}

/* A dialog that only `xo` can say: all of its parts as they are. */
static void record_whole(struct recorder *r, struct import_dialog *d)
{
    struct arena *arena = r->arena;
    for (size_t i = 1; i < d->node_count; i++) {
        const struct import_node *node = &d->nodes[i];
        const struct node *stubs[] = {node->stub};
        struct node *whole = node_new_mapping(arena);
        node_set(arena, whole, SLICE("="), stubs[0]);
        node_set(arena, section_of(r, &d->xo, "nodes"), arena_printf(arena, "export/%zu", i),
                 whole);
    }
    struct map seen = map_new(arena);
    map_add(&seen, node_text(d->intent, "_id"), d);
    for (size_t i = 1; i < d->node_count; i++) {
        const struct node *members = node_get(d->nodes[i].stub, "nodes");
        for (size_t j = 0; j <= node_length(members); j++) {
            const struct node *stub = j == 0 ? d->nodes[i].stub : members->items[j - 1];
            const struct node *component = bot_component(d->importer->bot, stub);
            struct slice id = node_text(component, "_id");
            if (component == NULL || map_add(&seen, id, d) != NULL) {
                continue;
            }
            struct node *whole = node_new_mapping(arena);
            node_set(arena, whole, SLICE("="), component);
            node_set(arena, section_of(r, &d->xo, "components"), id, whole);
            const struct node *patterns =
                node_type_is(component, DIALOG_ENTITY)
                    ? map_get(&d->importer->patterns, node_text(component, "refId"))
                    : NULL;
            for (size_t k = 0; k < node_length(patterns); k++) {
                whole = node_new_mapping(arena);
                node_set(arena, whole, SLICE("="), patterns->items[k]);
                node_set(arena, section_of(r, &d->xo, "patterns"),
                         arena_printf(arena, "%.*s#%zu", SLICE_ARG(id), k), whole);
            }
        }
    }
}

bool import_record(struct import_dialog *d, const struct dialog *compiled,
                   const struct artifact_tree *artifact)
{
    struct recorder recorder = {d->importer->arena, d->importer->paths};
    struct recorder *r = &recorder;
    d->imported = node_new_mapping(r->arena);
    d->xo = NULL;
    bool has_all = d->head_only || d->emitted_count + 1 == d->node_count;
    if (!has_all || compiled->count != d->emitted_count + 1) {
        return false; /* a node that only a condition without words leads to has no step */
    }
    for (size_t i = 1; i < compiled->count; i++) {
        const struct import_node *node = &d->nodes[d->emitted[i - 1]];
        const struct node *members = node_get(node->stub, "nodes");
        if (compiled->nodes[i].kind != node->kind ||
            (node->kind == DIALOG_ACTION &&
             compiled->nodes[i].member_count != node_length(members))) {
            return false;
        }
    }
    struct artifact_parts have = artifact_parts_of(r->arena, compiled, artifact);
    struct artifact_parts want = parts_of_export(d, compiled);
    /* nodes in the export's order, which is the order that they are recorded in */
    struct artifact_part *sorted = arena_alloc_array(r->arena, d->node_count + 1, sizeof *sorted);
    for (size_t j = 0; j < want.nodes.count; j++) {
        sorted[j == 0 ? 0 : d->emitted[j - 1]] = want.nodes.items[j];
    }
    artifact_parts_reorder(r->arena, &want.nodes, sorted);
    struct node *dialog = section_of(r, &d->imported, "dialog");
    keep_id(r, dialog, want.dialog, "_id");
    keep_id(r, dialog, want.dialog, "refId");
    node_set(r->arena, d->imported, SLICE("nodes"), ids_of(r, &want.nodes));
    node_set(r->arena, d->imported, SLICE("components"), ids_of(r, &want.components));
    struct map names = map_new(r->arena);
    artifact_take_ids(r->arena, &have, d->imported, &names);
    struct patches patches = compare(r, SLICE("dialog"), have.dialog, want.dialog);
    if (patches.imported != NULL) {
        add_to_patch(r, d->imported, SLICE("dialog"), patches.imported);
    }
    if (patches.xo != NULL) {
        d->xo = node_new_mapping(r->arena);
        node_set(r->arena, d->xo, SLICE("dialog"), patches.xo);
    }
    record_parts(r, d, "nodes", "node", &have.nodes, &want.nodes);
    record_parts(r, d, "components", "component", &have.components, &want.components);
    record_parts(r, d, "sentences", "sentence", &have.sentences, &want.sentences);
    record_parts(r, d, "patterns", "pattern", &have.patterns, &want.patterns);
    if (d->head_only) {
        record_whole(r, d);
    }
    import_share_patches(r->arena, node_get(d->imported, "nodes"));
    import_share_patches(r->arena, node_get(d->imported, "components"));
    shorten_sentences(d);
    return true;
}
