/* Inlay hints: the platform's type of an entity, and the parameters of a fragment. */
#include "editor/server/server.h"
#include "editor/text/names.h"
#include "language/model/entity_type.h"

enum { HINT_TYPE = 1, HINT_PARAMETER = 2 };

struct hints {
    const struct document *document;
    const struct compiler *compiler;
    struct range range; /* that the client asks for */
    struct cjson result;
};

static void add_hint(struct hints *h, uint32_t offset, struct slice label, size_t kind,
                     struct slice tooltip)
{
    if (offset < h->range.start || offset > h->range.end) {
        return;
    }
    struct text_position position = lines_position(&h->document->lines, offset);
    struct cjson hint = cjson_add_object(h->result, NULL);
    struct cjson at = cjson_add_object(hint, "position");
    cjson_add_count(at, "line", position.line);
    cjson_add_count(at, "character", position.character);
    cjson_add_text(hint, "label", label);
    cjson_add_count(hint, "kind", kind);
    cjson_add_text(hint, "tooltip", tooltip);
    cjson_add_boolean(hint, "paddingLeft", true);
}

/* `type: string` is the platform's `label`. */
static void add_type(struct hints *h, const struct name *entity)
{
    const struct node *type = node_get(entity->what, "type");
    const struct entity_type *known =
        node_is(type, NODE_STRING) ? entity_type_find(type->text) : NULL;
    if (known != NULL && !slice_is(type->text, known->platform_id)) {
        add_hint(h, type->range.end, slice_of(known->platform_id), HINT_TYPE,
                 SLICE("The type of the entity on the platform"));
    }
}

/* `use: choose-record` takes `object`, `noun` and others. */
static void add_parameters(struct hints *h, const struct name *use)
{
    struct arena *arena = h->result.arena;
    const struct fragment *fragment =
        h->compiler != NULL ? fragment_find(h->compiler->fragments, use->text, arena) : NULL;
    const struct node *parameters =
        fragment != NULL ? node_get(fragment->root, "parameters") : NULL;
    struct builder label = builder_new(arena);
    for (size_t i = 0; node_is(parameters, NODE_MAPPING) && i < parameters->count; i++) {
        builder_printf(&label, "%s%.*s", i > 0 ? ", " : "(",
                       SLICE_ARG(parameters->members[i].key->text));
    }
    if (label.length > 0) {
        builder_add_char(&label, ')');
        add_hint(h, use->range.end, builder_slice(&label), HINT_PARAMETER,
                 SLICE("The parameters of the fragment, which are given under `with`"));
    }
}

void lsp_hints(struct lsp *lsp, struct rpc_call *call)
{
    struct hints h = {.document = lsp_document(lsp, call)};
    if (h.document == NULL) {
        return;
    }
    const struct node *root = lsp_tree(call->arena, h.document);
    h.result = cjson_add_array(call->response, "result");
    if (root == NULL ||
        !lines_read_range(&h.document->lines, node_get(call->params, "range"), &h.range)) {
        return;
    }
    const struct project_state *project = lsp_project(lsp, call->arena, h.document);
    h.compiler = project != NULL ? project_state_compiler(project) : NULL;
    struct names names =
        names_of(call->arena, lsp_schemas(lsp, call->arena), h.document->path, root);
    for (size_t i = 0; i < names.count; i++) {
        const struct name *name = &names.items[i];
        if (name->is_definition && name->kind == NAME_ENTITY && name->what != NULL) {
            add_type(&h, name);
        } else if (!name->is_definition && name->kind == NAME_FRAGMENT) {
            add_parameters(&h, name);
        }
    }
}
