/* Code lenses: above a template and its conversations, what can be run of them. */
#include "editor/server/server.h"

struct lenses {
    struct lsp *lsp;
    struct rpc_call *call;
    const struct document *document;
    struct range range; /* that they are above */
    struct cjson result;
};

static void add_lens(struct lenses *l, const char *title, const char *command)
{
    struct cjson lens = cjson_add_object(l->result, NULL);
    lines_add_range(&l->document->lines, lens, "range", l->range);
    struct cjson added = cjson_add_object(lens, "command");
    cjson_add_text(added, "title", slice_of(title));
    cjson_add_text(added, "command", slice_of(command));
    cjson_add_text(cjson_add_array(added, "arguments"), NULL, l->document->uri);
}

/* True when a template has conversations beside it. */
static bool has_conversations(const struct lenses *l)
{
    struct findings ignored = findings_new(l->call->arena, -1);
    struct slice stem = slice_of(l->document->path);
    if (!slice_ends_with(stem, ".yaml")) {
        return false;
    }
    stem.length -= strlen(".yaml");
    const char *beside =
        arena_printf(l->call->arena, "%.*s%s", SLICE_ARG(stem), CONVERSATION_SUFFIX).data;
    return workspace_document_at(&l->lsp->workspace, beside) != NULL ||
           input_exists(&ignored, beside);
}

/* The place of a key at the top of a file; false when there is none. */
static bool find_key(struct lenses *l, const char *key)
{
    const struct node *root = lsp_tree(l->call->arena, l->document);
    const struct member *member =
        node_is(root, NODE_MAPPING) ? node_member(root, slice_of(key)) : NULL;
    l->range = member != NULL ? member->key->range : (struct range){0, 0};
    return member != NULL;
}

void lsp_lenses(struct lsp *lsp, struct rpc_call *call)
{
    struct lenses l = {.lsp = lsp, .call = call, .document = lsp_document(lsp, call)};
    if (l.document == NULL) {
        return;
    }
    l.result = cjson_add_array(call->response, "result");
    if (lsp->host.run == NULL || l.document->path == NULL) {
        return;
    }
    if (l.document->kind == CONTENT_CONVERSATION && find_key(&l, "conversation")) {
        add_lens(&l, "Run these conversations", "dialogc.test");
    } else if (l.document->kind == CONTENT_TEMPLATE && find_key(&l, "template")) {
        if (has_conversations(&l)) {
            add_lens(&l, "Run its conversations", "dialogc.test");
        }
        if (lsp->client.chats) {
            add_lens(&l, "Chat", "dialogc.chat");
        }
        add_lens(&l, "Explore", "dialogc.explore");
    }
}
