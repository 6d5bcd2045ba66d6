#include "build/inputs/form.h"

#include "build/compiler/compiler.h"
#include "build/inputs/content.h"
#include "document/json/reader.h"
#include "document/schema/key_order.h"
#include "document/yaml/formatter.h"
#include "document/yaml/reader.h"

struct form_writer form_writer_new(struct arena *arena)
{
    return (struct form_writer){arena, map_new(arena)};
}

/* "fragment.schema.json", as schemas refer to each other; each is read once. */
static const struct node *find_schema(void *context, struct slice name)
{
    static const char suffix[] = ".schema.json";
    struct form_writer *w = context;
    const struct node *known = map_get(&w->schemas, name);
    struct slice text;
    if (known != NULL || !slice_ends_with(name, suffix) ||
        !compiler_schema_text(w->arena, slice_part(name, 0, name.length - (sizeof suffix - 1)),
                              &text)) {
        return known;
    }
    struct node *schema = json_read_quietly(w->arena, text);
    map_add(&w->schemas, name, schema);
    return schema;
}

static void order_keys(struct form_writer *w, const struct concrete_document *document,
                       const struct node *root, const char *path)
{
    const char *name = content_schema_of(root, path);
    if (name != NULL) {
        struct schema_documents documents = {find_schema, w};
        key_order_apply(w->arena, document,
                        find_schema(w, arena_printf(w->arena, "%s.schema.json", name)), &documents);
    }
}

/* True when `text` says what the file said, and with as many comments. */
static bool says_the_same(struct form_writer *w, const struct node *root,
                          const struct concrete_document *document, struct slice text)
{
    struct diagnostics ignored = diagnostics_new(w->arena);
    struct source *source;
    const struct node *again = yaml_read(w->arena, "", text, &ignored, &source);
    const struct concrete_document *written = concrete_read(w->arena, text);
    return again != NULL && node_equal(root, again) && written != NULL &&
           written->comment_count == document->comment_count;
}

bool form_write(struct form_writer *writer, const char *path, const struct node *root,
                struct slice bytes, struct slice *text)
{
    const struct concrete_document *document = concrete_read(writer->arena, bytes);
    if (document == NULL) {
        return false;
    }
    order_keys(writer, document, root, path);
    *text = yaml_format(writer->arena, document);
    return says_the_same(writer, root, document, *text);
}
