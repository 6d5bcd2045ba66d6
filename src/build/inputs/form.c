#include "build/inputs/form.h"

#include "build/inputs/content.h"
#include "document/schema/key_order.h"
#include "document/yaml/formatter.h"
#include "document/yaml/reader.h"

static void order_keys(struct schema_texts *schemas, struct arena *arena,
                       const struct concrete_document *document, const struct node *root,
                       const char *path)
{
    const char *name = content_schema_of(root, path);
    if (name != NULL) {
        key_order_apply(arena, document, schema_texts_find(schemas, name), &schemas->documents);
    }
}

/* True when `text` says what the file said, and with as many comments. */
static bool says_the_same(struct arena *arena, const struct node *root,
                          const struct concrete_document *document, struct slice text)
{
    struct diagnostics ignored = diagnostics_new(arena);
    struct source *source;
    const struct node *again = yaml_read(arena, "", text, &ignored, &source);
    const struct concrete_document *written = concrete_read(arena, text);
    return again != NULL && node_equal(root, again) && written != NULL &&
           written->comment_count == document->comment_count;
}

bool form_write(struct schema_texts *schemas, struct arena *arena, const char *path,
                const struct node *root, struct slice bytes, struct slice *text)
{
    const struct concrete_document *document = concrete_read(arena, bytes);
    if (document == NULL) {
        return false;
    }
    order_keys(schemas, arena, document, root, path);
    *text = yaml_format(arena, document);
    return says_the_same(arena, root, document, *text);
}

struct slice form_of(struct arena *arena, const char *path, struct slice text)
{
    struct schema_texts schemas;
    struct diagnostics ignored = diagnostics_new(arena);
    struct source *source;
    struct slice form;
    const struct node *root = yaml_read(arena, path, text, &ignored, &source);
    schema_texts_init(&schemas, arena);
    return root != NULL && form_write(&schemas, arena, path, root, text, &form) ? form : text;
}
