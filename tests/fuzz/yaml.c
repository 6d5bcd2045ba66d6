/* Fuzz target: the YAML reader. What it reads must be writable as JSON that reads as the same. */
#include <stdint.h>
#include <stdlib.h>

#include "json/reader.h"
#include "json/writer.h"
#include "yaml/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    jmp_buf recovery;
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        check(&arena, (struct slice){(const char *)data, size});
    }
    arena_free(&arena);
    return 0;
}
