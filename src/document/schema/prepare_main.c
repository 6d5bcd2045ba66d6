/*
 * dialogc-schemas OUTPUT NAME...: writes the table of prepared schemas (schema/prepared.h) as a C
 * source, from the embedded schemas/NAME.schema.json. Run by the build.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/file.h"
#include "document/json/reader.h"
#include "document/schema/prepared.h"

static void die(const char *what, const char *name)
{
    fprintf(stderr, "dialogc-schemas: %s: %s\n", name, what);
    exit(1);
}

static struct prepared_document read_schema(struct arena *arena, const char *name)
{
    struct slice path = arena_printf(arena, "schemas/%s.schema.json", name);
    struct diagnostics mistakes = diagnostics_new(arena);
    struct slice text = embedded_find(path);
    struct source *source;
    if (text.data == NULL) {
        die("no such embedded file", path.data);
    }
    const struct node *root = json_read(arena, path.data, text, &mistakes, &source);
    if (root == NULL) {
        die("not valid JSON", path.data);
    }
    return (struct prepared_document){path, root};
}

static void prepare(struct arena *arena, const char *output, char **names, size_t count)
{
    struct schema_set *set = schema_set_new(arena);
    struct prepared_document *documents = arena_alloc_array(arena, count + 1, sizeof *documents);
    struct prepared_schema *schemas = arena_alloc_array(arena, count + 1, sizeof *schemas);
    for (size_t i = 0; i < count; i++) {
        documents[i] = read_schema(arena, names[i]);
        schema_set_add(set, node_text(documents[i].root, "$id"), documents[i].root);
    }
    for (size_t i = 0; i < count; i++) {
        struct diagnostics mistakes = diagnostics_new(arena);
        const struct schema *schema =
            schema_compile(set, node_text(documents[i].root, "$id"), &mistakes);
        if (schema == NULL) {
            die(mistakes.first != NULL ? mistakes.first->message.data : "it does not compile",
                names[i]);
        }
        schemas[i] = (struct prepared_schema){names[i], schema->root};
    }
    struct builder source = builder_new(arena);
    if (!prepared_write(&source, schemas, documents)) {
        die("a dynamic reference, a format or a schema of another document cannot be prepared",
            output);
    }
    FILE *file = fopen(output, "w");
    bool written = file != NULL && fwrite(source.data, 1, source.length, file) == source.length;
    if (file == NULL || fclose(file) != 0 || !written) {
        die("cannot be written", output);
    }
}

int main(int count, char **arguments)
{
    struct arena arena;
    jmp_buf recovery;
    if (count < 3) {
        fprintf(stderr, "usage: dialogc-schemas OUTPUT NAME...\n");
        return 2;
    }
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        die("out of memory", arguments[1]);
    }
    prepare(&arena, arguments[1], arguments + 2, (size_t)count - 2);
    arena_free(&arena);
    return 0;
}
