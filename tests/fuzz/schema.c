/*
 * Fuzz target: the JSON reader, the schema compiler and the validator. The input is a JSON list of
 * a schema and instances. The quick and the collecting mode must agree.
 */
#include "target.h"

#include "document/json/reader.h"
#include "document/schema/schema.h"

static void check(struct arena *arena, struct slice bytes)
{
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    const struct node *root = json_read(arena, "t.json", bytes, &list, &source);
    if (!node_is(root, NODE_SEQUENCE) || root->count < 1) {
        return;
    }
    struct schema_set *set = schema_set_new(arena);
    schema_set_add(set, SLICE("https://example.com/s"), root->items[0]);
    const struct schema *schema = schema_compile(set, SLICE("https://example.com/s"), &list);
    for (size_t i = 1; schema != NULL && i < root->count && i < 8; i++) {
        struct diagnostics findings = diagnostics_new(arena);
        bool valid = schema_is_valid(arena, schema, root->items[i]);
        if (schema_validate(&findings, schema, root->items[i]) != valid ||
            (findings.error_count == 0) != valid) {
            abort();
        }
    }
}

FUZZ_TARGET(check)
