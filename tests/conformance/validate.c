/* `validate SCHEMA.json FILE.json…`: validates JSON files with dialogc's own validator. */
#include <stdio.h>

#include "base/file.h"
#include "report/render.h"
#include "document/json/reader.h"
#include "document/schema/schema.h"

static const struct node *read_json(struct arena *arena, const char *path, struct diagnostics *list)
{
    struct slice bytes = SLICE("");
    const char *reason;
    struct source *source;
    if (file_read(arena, path, (size_t)1 << 28, &bytes, &reason) != FILE_OK) {
        fprintf(stderr, "cannot read %s\n", path);
        return NULL;
    }
    return json_read(arena, path, bytes, list, &source);
}

int main(int count, char **arguments)
{
    struct arena arena;
    jmp_buf recovery;
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) != 0 || count < 3) {
        return 3;
    }
    struct diagnostics list = diagnostics_new(&arena);
    struct schema_set *set = schema_set_new(&arena);
    const struct node *root = read_json(&arena, arguments[1], &list);
    const struct schema *schema = NULL;
    if (root != NULL) {
        schema_set_add(set, SLICE("file:///schema.json"), root);
        schema = schema_compile(set, SLICE("file:///schema.json"), &list);
    }
    int failed = 0;
    for (int i = 2; i < count && schema != NULL; i++) {
        const struct node *node = read_json(&arena, arguments[i], &list);
        failed += node == NULL || !schema_validate(&list, schema, node);
    }
    struct builder out = builder_new(&arena);
    for (const struct diagnostic *d = list.first; d != NULL; d = d->next) {
        render_human(&out, d, false);
    }
    builder_printf(&out, "%d passed, %d failed\n", count - 2 - failed, failed);
    fputs(builder_slice(&out).data, stdout);
    arena_free(&arena);
    return failed > 0 || schema == NULL;
}
