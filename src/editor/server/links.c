/* Document links: from a name to the file that it means, and from a project to what it lists. */
#include "editor/server/server.h"
#include "editor/text/names.h"
#include "editor/workspace/uri.h"

struct links {
    struct lsp *lsp;
    struct rpc_call *call;
    const struct document *document;
    const struct project_state *project;
    struct cjson result;
};

static void add_link(struct links *l, struct range range, const char *path)
{
    if (path == NULL || path[0] != '/') { /* part of dialogc */
        return;
    }
    struct cjson link = cjson_add_object(l->result, NULL);
    lines_add_range(&l->document->lines, link, "range", range);
    cjson_add_text(link, "target", uri_of_path(l->call->arena, path));
}

/* ---- names ---- */

static const char *path_of_fragment(const struct links *l, struct slice id)
{
    const struct compiler *compiler = project_state_compiler(l->project);
    const struct fragment *fragment =
        compiler != NULL ? fragment_find(compiler->fragments, id, l->call->arena) : NULL;
    return fragment != NULL ? fragment->root->source->path : NULL;
}

static const char *path_of_profile(const struct links *l, struct slice id)
{
    const struct compiler *compiler = project_state_compiler(l->project);
    for (size_t i = 0; compiler != NULL && i < compiler->profiles.count; i++) {
        const struct auth_profile *profile = compiler->profiles.items[i];
        if (slice_equal(profile->id, id) && profile->source != NULL) {
            return profile->source->path;
        }
    }
    return NULL;
}

static const char *path_of_dialog(const struct links *l, struct slice id)
{
    const struct summary *summary;
    for (size_t i = 0; (summary = project_state_template(l->project, i)) != NULL; i++) {
        if (slice_equal(summary->id, id) || slice_equal(summary->broken_id, id)) {
            return summary->path;
        }
    }
    return NULL;
}

static void add_name(struct links *l, const struct name *name)
{
    if (name->is_definition) {
        return;
    }
    if (name->kind == NAME_FRAGMENT) {
        add_link(l, name->range, path_of_fragment(l, name->text));
    } else if (name->kind == NAME_PROFILE) {
        add_link(l, name->range, path_of_profile(l, name->text));
    } else if (name->kind == NAME_DIALOG) {
        add_link(l, name->range, path_of_dialog(l, name->text));
    }
}

/* ---- files ---- */

/* Files, not folders, that a project file lists and that are there. */
static void add_files(struct links *l, const struct node *list)
{
    const char *folder = file_folder(l->call->arena, l->document->path);
    struct findings ignored = findings_new(l->call->arena, -1);
    for (size_t i = 0; i < node_length(list); i++) {
        const struct node *item = list->items[i];
        if (!node_is(item, NODE_STRING) || item->text.length == 0 || item->text.data[0] == '/') {
            continue;
        }
        const char *path =
            path_shortened(l->call->arena, file_join(l->call->arena, folder, item->text));
        bool is_inside = file_inside(folder, path) != path;
        if (is_inside && input_type_of(&ignored, path) == FILE_TYPE_REGULAR) {
            add_link(l, passage_range(item, item->text), path);
        }
    }
}

void lsp_links(struct lsp *lsp, struct rpc_call *call)
{
    struct links l = {.lsp = lsp, .call = call, .document = lsp_document(lsp, call)};
    if (l.document == NULL) {
        return;
    }
    l.result = cjson_add_array(call->response, "result");
    const struct node *root = lsp_tree(call->arena, l.document);
    l.project = lsp_project(lsp, call->arena, l.document);
    if (root == NULL || l.project == NULL) {
        return;
    }
    struct names names =
        names_of(call->arena, lsp_schemas(lsp, call->arena), l.document->path, root);
    for (size_t i = 0; i < names.count; i++) {
        add_name(&l, &names.items[i]);
    }
    if (strcmp(file_name(l.document->path), PROJECT_FILE) == 0) {
        add_files(&l, node_get(root, "templates"));
        add_files(&l, node_get(root, "auth"));
        add_files(&l, node_get(root, "fragments"));
        add_files(&l, node_get(node_get(root, "salesforce"), "sobjects"));
    }
}
