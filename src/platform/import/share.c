/* What the patches of all parts, or of all parts of one kind, have in common is written once. */
#include "platform/import/importer.h"

/* What two patches agree in; NULL: nothing. */
static struct node *common_patch(struct arena *arena, const struct node *a, const struct node *b)
{
    if (a->kind != NODE_MAPPING || b->kind != NODE_MAPPING) {
        return node_equal(a, b) ? node_copy(arena, a) : NULL;
    }
    struct node *out = node_new_mapping(arena);
    for (size_t i = 0; i < a->count; i++) {
        const struct member *other = node_member(b, a->members[i].key->text);
        if (other == NULL) {
            continue;
        }
        bool removal = slice_is(a->members[i].key->text, "-");
        struct node *value = NULL;
        if (removal) {
            value = node_new_sequence(arena);
            for (size_t j = 0; j < a->members[i].value->count; j++) {
                for (size_t k = 0; k < other->value->count; k++) {
                    if (node_equal(a->members[i].value->items[j], other->value->items[k])) {
                        node_append(arena, value, a->members[i].value->items[j]);
                        break;
                    }
                }
            }
            value = value->count > 0 ? value : NULL;
        } else {
            value = common_patch(arena, a->members[i].value, other->value);
        }
        if (value != NULL) {
            node_set(arena, out, a->members[i].key->text, value);
        }
    }
    return out->count > 0 ? out : NULL;
}

/* `patch` without what `common` says already; NULL: nothing is left. */
static struct node *remove_common(struct arena *arena, const struct node *patch,
                                  const struct node *common)
{
    if (patch->kind != NODE_MAPPING || common->kind != NODE_MAPPING) {
        return NULL;
    }
    struct node *out = node_new_mapping(arena);
    for (size_t i = 0; i < patch->count; i++) {
        const struct member *shared = node_member(common, patch->members[i].key->text);
        struct node *value = patch->members[i].value;
        if (shared != NULL && slice_is(patch->members[i].key->text, "-")) {
            struct node *left = node_new_sequence(arena);
            for (size_t j = 0; j < value->count; j++) {
                bool said = false;
                for (size_t k = 0; k < shared->value->count; k++) {
                    said = said || node_equal(value->items[j], shared->value->items[k]);
                }
                if (!said) {
                    node_append(arena, left, value->items[j]);
                }
            }
            value = left->count > 0 ? left : NULL;
        } else if (shared != NULL) {
            value = remove_common(arena, value, shared->value);
        }
        if (value != NULL) {
            node_set(arena, out, patch->members[i].key->text, value);
        }
    }
    return out->count > 0 ? out : NULL;
}

static struct slice kind_pattern(struct arena *arena, struct slice address)
{
    size_t slash = slice_find(address, "/", 0);
    return arena_printf(arena, "%.*s/*", SLICE_ARG(slice_part(address, 0, slash)));
}

/* Puts what all the parts under `pattern` ("*", "message/ *") have in common under it. */
static void share(struct arena *arena, struct node *section, struct slice pattern)
{
    struct node *common = NULL;
    size_t count = 0;
    bool all = slice_is(pattern, "*");
    for (size_t i = 0; i < section->count; i++) {
        struct slice key = section->members[i].key->text;
        if (slice_ends_with(key, "*") ||
            (!all && !slice_equal(kind_pattern(arena, key), pattern))) {
            continue;
        }
        common = count++ == 0     ? node_copy(arena, section->members[i].value)
                 : common != NULL ? common_patch(arena, common, section->members[i].value)
                                  : NULL;
        if (common == NULL) {
            return;
        }
    }
    if (count < 2 || common == NULL || common->count == 0) {
        return;
    }
    for (size_t i = 0; i < section->count; i++) {
        struct slice key = section->members[i].key->text;
        if (slice_ends_with(key, "*") ||
            (!all && !slice_equal(kind_pattern(arena, key), pattern))) {
            continue;
        }
        struct node *left = remove_common(arena, section->members[i].value, common);
        section->members[i].value = left != NULL ? left : node_new_mapping(arena);
    }
    /* patterns come first: what a part says of its own counts more */
    size_t place = 0;
    while (place < section->count && slice_ends_with(section->members[place].key->text, "*")) {
        place++;
    }
    node_set(arena, section, pattern, common);
    struct member last = section->members[section->count - 1];
    memmove(&section->members[place + 1], &section->members[place],
            (section->count - 1 - place) * sizeof *section->members);
    section->members[place] = last;
    node_reindex(arena, section);
}

void import_share_patches(struct arena *arena, struct node *section)
{
    struct map seen = map_new(arena);
    size_t count = section->count;
    struct slice *kinds = arena_alloc_array(arena, count + 1, sizeof *kinds);
    size_t kind_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct slice kind = kind_pattern(arena, section->members[i].key->text);
        if (map_add(&seen, kind, section) == NULL) {
            kinds[kind_count++] = kind;
        }
    }
    share(arena, section, SLICE("*"));
    for (size_t i = 0; i < kind_count; i++) {
        share(arena, section, kinds[i]);
    }
}
