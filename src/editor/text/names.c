#include "editor/text/names.h"

#include "base/ascii.h"
#include "base/table.h"
#include "document/tree/passage.h"
#include "language/model/text.h"

static const struct name_kind_info kinds[] = {
#define NAME_KIND(id, word, symbol) [NAME_##id] = {word, symbol},
#include "editor/text/name_kinds.def"
#undef NAME_KIND
};
TABLE_HAS_ROWS(kinds, NAME_KIND_COUNT);

const struct name_kind_info *name_kind_info(enum name_kind kind)
{
    return &kinds[kind];
}

bool name_kind_can_mean(enum name_kind use, enum name_kind defined)
{
    bool is_value = defined == NAME_ENTITY || defined == NAME_SERVICE;
    return use == defined || (use == NAME_VALUE && is_value) ||
           (use == NAME_NODE && (is_value || defined == NAME_MESSAGE || defined == NAME_SCRIPT));
}

bool name_kind_is_local(enum name_kind kind)
{
    return kind <= NAME_PARAMETER || kind == NAME_NODE || kind == NAME_VALUE;
}

const struct name *names_at(const struct names *names, uint32_t offset)
{
    const struct name *found = NULL;
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->items[i];
        if (name->range.start <= offset && offset <= name->range.end) {
            found = name;
        }
    }
    return found;
}

/* The kind that a keyword of the schemas says; false when none does. */
static bool kind_of(const struct schema_places *places, const char *keyword, enum name_kind *kind)
{
    struct slice word = schema_places_text(places, keyword);
    for (size_t i = 0; word.length > 0 && i < NAME_KIND_COUNT; i++) {
        if (slice_is(word, kinds[i].word)) {
            *kind = (enum name_kind)i;
            return true;
        }
    }
    return false;
}

bool name_kind_defined(const struct schema_places *places, enum name_kind *kind)
{
    return kind_of(places, "x-defines", kind);
}

bool name_kind_used(const struct schema_places *places, enum name_kind *kind)
{
    return kind_of(places, "x-names", kind);
}

/* ---- finding them ---- */

struct finder {
    struct arena *arena;
    struct names names;
};

static void add(struct finder *f, enum name_kind kind, bool is_definition, struct slice text,
                struct range range, const struct node *what)
{
    f->names.items = arena_append(f->arena, f->names.items, f->names.count, sizeof(struct name));
    f->names.items[f->names.count++] = (struct name){kind, text, range, is_definition, what};
}

/* ---- in texts ---- */

/* What a reference begins with: `${params.noun}` is a parameter, `${name}` a value. */
static void add_reference(struct finder *f, const struct reference *reference)
{
    struct slice first = reference->count > 0 ? reference->segments[0] : SLICE("");
    bool is_entity = reference->count > 2 && slice_is(first, "context") &&
                     slice_is(reference->segments[1], "entities");
    if (is_entity) {
        add(f, NAME_ENTITY, false, reference->segments[2], reference_segment_range(reference, 2),
            NULL);
    } else if (reference->count > 1 && slice_is(first, "params")) {
        add(f, NAME_PARAMETER, false, reference->segments[1], reference_segment_range(reference, 1),
            NULL);
    } else if (first.length > 0) {
        add(f, NAME_VALUE, false, first, reference_segment_range(reference, 0), NULL);
    }
}

static void find_references(struct finder *f, const struct node *node)
{
    struct diagnostics ignored = diagnostics_new(f->arena);
    struct text_reader reader = {.arena = f->arena, .diagnostics = &ignored};
    const struct reference *first = NULL;
    struct references list = {.end = &first};
    text_parse(&reader, node, USE_TEXT, &list);
    for (const struct reference *r = first; r != NULL; r = r->next) {
        if (!r->is_literal) {
            add_reference(f, r);
        }
    }
}

/* `context.entities.name` in a script. */
static void find_in_script(struct finder *f, const struct node *node)
{
    static const char path[] = "context.entities.";
    for (size_t at = slice_find(node->text, path, 0); at != SIZE_MAX;
         at = slice_find(node->text, path, at)) {
        at += sizeof path - 1;
        size_t end = at;
        while (end < node->text.length && ascii_is_word(node->text.data[end])) {
            end++;
        }
        struct slice name = slice_part(node->text, at, end);
        struct range range = passage_range(node, name);
        if (name.length > 0 && range.end - range.start == name.length) {
            add(f, NAME_ENTITY, false, name, range, NULL);
        }
    }
}

static void find_in_text(struct finder *f, const struct node *node)
{
    if (slice_find(node->text, "${", 0) != SIZE_MAX) {
        find_references(f, node);
    } else {
        find_in_script(f, node);
    }
}

/* ---- in the tree ---- */

static void visit(struct finder *f, const struct node *node, const struct schema_places *places);

static struct range place_of(const struct node *node)
{
    return passage_range(node, node->text);
}

static void visit_scalar(struct finder *f, const struct node *node,
                         const struct schema_places *places)
{
    enum name_kind kind;
    bool has_reference = slice_find(node->text, "${", 0) != SIZE_MAX;
    if (!has_reference && name_kind_defined(places, &kind)) {
        add(f, kind, true, node->text, place_of(node), node);
    } else if (!has_reference && name_kind_used(places, &kind)) {
        add(f, kind, false, node->text, place_of(node), NULL);
    } else {
        find_in_text(f, node);
    }
}

static void visit_mapping(struct finder *f, const struct node *mapping,
                          const struct schema_places *places)
{
    enum name_kind kind;
    bool defines = name_kind_defined(places, &kind);
    bool names = !defines && name_kind_used(places, &kind);
    for (size_t i = 0; i < mapping->count; i++) {
        const struct member *member = &mapping->members[i];
        if (defines || names) {
            add(f, kind, defines, member->key->text, place_of(member->key), member->value);
        }
        struct schema_places below = schema_places_member(places, mapping, member->key->text);
        visit(f, member->value, &below);
    }
}

static void visit(struct finder *f, const struct node *node, const struct schema_places *places)
{
    if (node->kind == NODE_MAPPING) {
        visit_mapping(f, node, places);
    } else if (node->kind == NODE_SEQUENCE) {
        struct schema_places below = schema_places_items(places);
        for (size_t i = 0; i < node->count; i++) {
            visit(f, node->items[i], &below);
        }
    } else if (node->kind == NODE_STRING) {
        visit_scalar(f, node, places);
    }
}

struct names names_of(struct arena *arena, struct schema_texts *schemas, const char *path,
                      const struct node *root)
{
    struct finder finder = {.arena = arena};
    struct schema_places places = schema_texts_places(schemas, arena, root, path);
    visit(&finder, root, &places);
    return finder.names;
}
