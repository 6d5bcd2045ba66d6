#include "editor/server/server.h"

#include "base/file.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"

struct project_work lsp_work_on(const struct lsp *lsp, struct arena *arena,
                                const struct project_state *project, struct given_inputs *given,
                                struct file_list *bounds)
{
    *given = workspace_given(&lsp->workspace, arena);
    *bounds = workspace_bounds(&lsp->workspace, arena, project);
    return (struct project_work){arena, given, bounds};
}

struct document *lsp_document(const struct lsp *lsp, struct rpc_call *call)
{
    struct slice uri = node_text(node_get(call->params, "textDocument"), "uri");
    struct document *document = workspace_document(&lsp->workspace, uri);
    if (document == NULL) {
        rpc_fail(call, RPC_INVALID_PARAMS, "the document is not open");
    }
    return document;
}

const struct node *lsp_tree(struct arena *arena, const struct document *document)
{
    struct diagnostics ignored = diagnostics_new(arena);
    struct source *source;
    if (document->path == NULL) {
        return NULL;
    }
    return slice_ends_with(slice_of(document->path), ".json")
               ? json_read(arena, document->path, document->text, &ignored, &source)
               : yaml_read(arena, document->path, document->text, &ignored, &source);
}

const struct project_state *lsp_project(struct lsp *lsp, struct arena *arena,
                                        const struct document *document)
{
    struct project_state *state = workspace_project_of(&lsp->workspace, arena, document);
    if (state != NULL) {
        struct given_inputs given;
        struct file_list bounds;
        struct project_work work = lsp_work_on(lsp, arena, state, &given, &bounds);
        project_state_list(state, &work);
    }
    return state;
}

bool lsp_text(const struct lsp *lsp, struct arena *arena, const char *path, struct slice *text)
{
    const struct document *document = workspace_document_at(&lsp->workspace, path);
    const char *reason;
    if (document != NULL) {
        *text = document->text;
        return true;
    }
    return path[0] == '/' && file_read(arena, path, YAML_BYTES_LIMIT, text, &reason) == FILE_OK;
}

struct schema_texts *lsp_schemas(struct lsp *lsp, struct arena *arena)
{
    lsp->schema_arena.recovery = arena->recovery;
    return &lsp->schemas;
}
