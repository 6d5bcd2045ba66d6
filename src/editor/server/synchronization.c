/* The texts of documents, as the client edits them. */
#include "document/yaml/reader.h"
#include "editor/server/server.h"
#include "editor/workspace/uri.h"

void lsp_did_open(struct lsp *lsp, struct rpc_call *call)
{
    const struct node *item = node_get(call->params, "textDocument");
    struct slice uri = node_text(item, "uri");
    if (uri.length == 0) {
        return;
    }
    const struct document *document =
        workspace_open(&lsp->workspace, call->arena, uri, node_text(item, "text"),
                       node_integer(node_get(item, "version"), 0));
    workspace_touch(&lsp->workspace, call->arena, document);
}

/* The text after a change; as it was when the change makes no sense. */
static struct slice apply_change(struct lsp *lsp, struct arena *arena, struct slice text,
                                 const struct node *change)
{
    const struct node *place = node_get(change, "range");
    struct slice inserted = node_text(change, "text");
    if (place == NULL) {
        return node_get(change, "text") != NULL ? inserted : text;
    }
    struct lines lines = lines_new(arena, text, lsp->workspace.encoding);
    struct range range;
    if (!lines_read_range(&lines, place, &range) ||
        text.length + inserted.length > YAML_BYTES_LIMIT) {
        return text;
    }
    struct builder changed = builder_new(arena);
    builder_reserve(&changed, text.length + inserted.length);
    builder_add(&changed, slice_part(text, 0, range.start));
    builder_add(&changed, inserted);
    builder_add(&changed, slice_part(text, range.end, text.length));
    return builder_slice(&changed);
}

void lsp_did_change(struct lsp *lsp, struct rpc_call *call)
{
    const struct node *item = node_get(call->params, "textDocument");
    const struct node *changes = node_get(call->params, "contentChanges");
    struct document *document = workspace_document(&lsp->workspace, node_text(item, "uri"));
    if (document == NULL) {
        return;
    }
    struct slice text = document->text;
    if (document->path != NULL) {
        lsp_forget_trial(lsp, document->path);
    }
    for (size_t i = 0; i < node_length(changes); i++) {
        text = apply_change(lsp, call->arena, text, changes->items[i]);
    }
    document = workspace_open(&lsp->workspace, call->arena, arena_slice(call->arena, document->uri),
                              text, node_integer(node_get(item, "version"), document->version));
    workspace_touch(&lsp->workspace, call->arena, document);
}

void lsp_did_save(struct lsp *lsp, struct rpc_call *call)
{
    (void)lsp; /* the text is that of the document */
    (void)call;
}

void lsp_did_close(struct lsp *lsp, struct rpc_call *call)
{
    struct slice uri = node_text(node_get(call->params, "textDocument"), "uri");
    struct document *document = workspace_document(&lsp->workspace, uri);
    if (document == NULL) {
        return;
    }
    workspace_touch(&lsp->workspace, call->arena, document);
    lsp_unpublish(lsp, call->arena, document);
    workspace_close(&lsp->workspace, document);
}

void lsp_did_change_files(struct lsp *lsp, struct rpc_call *call)
{
    const struct node *changes = node_get(call->params, "changes");
    for (size_t i = 0; i < node_length(changes); i++) {
        const char *path = uri_path(call->arena, node_text(changes->items[i], "uri"));
        bool is_artifact =
            path != NULL && slice_ends_with(slice_of(path), RUN_ARTIFACT_SUFFIX); /* of a build */
        if (path != NULL && !is_artifact && workspace_document_at(&lsp->workspace, path) == NULL) {
            workspace_touch_file(&lsp->workspace, path);
        }
    }
}
