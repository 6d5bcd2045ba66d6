/* Formatting: the form of dialogc fmt, as one edit of what changes. */
#include "build/inputs/form.h"
#include "document/yaml/reader.h"
#include "editor/server/server.h"

/* The lines that both texts begin with, in bytes. */
static size_t common_beginning(struct slice a, struct slice b)
{
    size_t line = 0;
    for (size_t i = 0; i < a.length && i < b.length && a.data[i] == b.data[i]; i++) {
        line = a.data[i] == '\n' ? i + 1 : line;
    }
    return line;
}

/* The lines that both end with, at most `most` bytes. */
static size_t common_ending(struct slice a, struct slice b, size_t most)
{
    size_t line = 0;
    for (size_t i = 0; i < most && a.data[a.length - 1 - i] == b.data[b.length - 1 - i]; i++) {
        bool begins = i + 1 == most || a.data[a.length - 2 - i] == '\n';
        line = begins && i + 1 < most ? i + 1 : line;
    }
    return line;
}

static void add_edit(struct cjson result, const struct document *document, struct slice text)
{
    struct slice before = document->text;
    size_t start = common_beginning(before, text);
    size_t shorter = before.length < text.length ? before.length : text.length;
    size_t ending = common_ending(before, text, shorter - start);
    struct cjson edit = cjson_add_object(result, NULL);
    lines_add_range(&document->lines, edit, "range",
                    (struct range){(uint32_t)start, (uint32_t)(before.length - ending)});
    cjson_add_text(edit, "newText", slice_part(text, start, text.length - ending));
}

void lsp_formatting(struct lsp *lsp, struct rpc_call *call)
{
    const struct document *document = lsp_document(lsp, call);
    if (document == NULL) {
        return;
    }
    struct diagnostics found = diagnostics_new(call->arena);
    struct source *source;
    struct slice text;
    const char *path = document->path != NULL ? document->path : "";
    const struct node *root = yaml_read(call->arena, path, document->text, &found, &source);
    struct schema_texts *schemas = lsp_schemas(lsp, call->arena);
    if (root == NULL || !form_write(schemas, call->arena, path, root, document->text, &text)) {
        rpc_fail(call, RPC_REQUEST_FAILED, "this file cannot be formatted%s",
                 root == NULL ? " before its syntax is right" : "");
        return;
    }
    struct cjson result = cjson_add_array(call->response, "result");
    if (!slice_equal(text, document->text)) {
        add_edit(result, document, text);
    }
}
