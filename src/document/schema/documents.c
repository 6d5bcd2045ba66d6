/* Embedded documents of prepared schemas, each read once for a validation. */
#include <stdint.h>

#include "base/embedded.h"
#include "document/json/reader.h"
#include "document/schema/prepared.h"
#include "document/tree/pointer.h"

struct document {
    struct document *older;
    struct slice name;
    const struct node *root;
};

struct documents documents_new(struct arena *arena)
{
    return (struct documents){.arena = arena, .nodes = map_new(arena)};
}

static const struct node *read_document(struct arena *arena, struct slice name)
{
    struct diagnostics none = diagnostics_new(arena); /* it was read when it was prepared */
    struct source *source;
    return json_read(arena, name.data, embedded_find(name), &none, &source);
}

static const struct node *root_of(struct documents *documents, struct slice name)
{
    for (const struct document *d = documents->first; d != NULL; d = d->older) {
        if (slice_equal(d->name, name)) {
            return d->root;
        }
    }
    struct document *document = arena_alloc(documents->arena, sizeof *document);
    *document = (struct document){documents->first, name, read_document(documents->arena, name)};
    documents->first = document;
    return document->root;
}

const struct node *documents_node(struct documents *documents, const struct subschema *schema)
{
    if (schema->node != NULL) {
        return schema->node;
    }
    struct node *node = map_get_address(&documents->nodes, schema);
    if (node == NULL) {
        node = (struct node *)(uintptr_t)pointer_find(
            documents->arena, root_of(documents, schema->resource->document),
            slice_of(schema->pointer));
        map_add_address(&documents->nodes, schema, node);
    }
    return node;
}
