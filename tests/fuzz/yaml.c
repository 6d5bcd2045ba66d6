/* Fuzz target: the YAML reader. What it reads must be writable as JSON that reads as the same. */
#include "target.h"

#include "json/reader.h"
#include "json/writer.h"
#include "yaml/reader.h"

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
    if (root->weight > 10000) {
        return; /* aliases: much text for few bytes */
    }
    struct builder out = builder_new(arena);
    struct json_writer json = json_writer_new(&out, true);
    json_node(&json, root);
    const struct node *again = json_read(arena, "t.json", builder_slice(&out), &list, &source);
    if (again == NULL || !node_equal(root, again)) {
        abort();
    }
}

FUZZ_TARGET(check)
