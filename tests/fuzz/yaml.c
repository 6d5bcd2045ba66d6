/* Fuzz target: the YAML reader. What it reads must be writable, as JSON and as YAML, and read as
 * the same. */
#include "target.h"

#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/yaml/reader.h"
#include "document/yaml/writer.h"

static void check(struct arena *arena, struct slice bytes)
{
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    const struct node *root = yaml_read(arena, "t.yaml", bytes, &list, &source);
    if (root == NULL) {
        if (list.error_count == 0) {
            abort(); /* refused without a word */
        }
        return;
    }
    if (node_weight(root, 10001) > 10000) {
        return; /* aliases: much text for few bytes */
    }
    struct builder out = builder_new(arena);
    struct json_writer json = json_writer_new(&out, true);
    json_node(&json, root);
    const struct node *again = json_read(arena, "t.json", builder_slice(&out), &list, &source);
    if (again == NULL || !node_equal(root, again)) {
        abort();
    }
    if (root->kind == NODE_MAPPING && root->count > 0) {
        struct builder lines = builder_new(arena);
        struct builder line = builder_new(arena);
        yaml_write_members(&lines, root, 0, NULL);
        yaml_write_line(&line, SLICE("all"), root, 0);
        const struct node *block =
            yaml_read(arena, "b.yaml", builder_slice(&lines), &list, &source);
        const struct node *flow = yaml_read(arena, "f.yaml", builder_slice(&line), &list, &source);
        if (block == NULL || !node_equal(root, block) || flow == NULL ||
            !node_equal(root, node_get(flow, "all"))) {
            abort();
        }
    }
}

FUZZ_TARGET(check)
