/* Semantic tokens: what is inside of the texts of a file, in the protocol's numbers. */
#include "document/yaml/reader.h"
#include "editor/server/server.h"
#include "editor/text/tokens.h"

/* Five numbers: lines and characters from the last token on, length, kind, modifiers. */
static void add_token(struct cjson data, const struct lines *lines, const struct token *token,
                      struct text_position *last)
{
    struct text_position start = lines_position(lines, token->range.start);
    struct text_position end = lines_position(lines, token->range.end);
    bool is_same_line = start.line == last->line;
    if (end.line != start.line) {
        return;
    }
    cjson_add_count(data, NULL, start.line - last->line);
    cjson_add_count(data, NULL, start.character - (is_same_line ? last->character : 0));
    cjson_add_count(data, NULL, end.character - start.character);
    cjson_add_count(data, NULL, token->kind);
    cjson_add_count(data, NULL, 0);
    *last = start;
}

void lsp_semantic_tokens(struct lsp *lsp, struct rpc_call *call)
{
    const struct document *document = lsp_document(lsp, call);
    const struct node *root = document != NULL ? lsp_tree(call->arena, document) : NULL;
    if (document == NULL) {
        return;
    }
    struct cjson data = cjson_add_array(cjson_add_object(call->response, "result"), "data");
    struct text_position last = {0, 0};
    if (root == NULL) {
        return;
    }
    struct token_list tokens =
        tokens_of(call->arena, lsp_schemas(lsp, call->arena), document->path, root);
    for (size_t i = 0; i < tokens.count; i++) {
        add_token(data, &document->lines, &tokens.items[i], &last);
    }
}

void lsp_add_legend(struct cjson abilities)
{
    struct cjson provider = cjson_add_object(abilities, "semanticTokensProvider");
    struct cjson legend = cjson_add_object(provider, "legend");
    struct cjson kinds = cjson_add_array(legend, "tokenTypes");
    for (size_t i = 0; i < TOKEN_KIND_COUNT; i++) {
        cjson_add_text(kinds, NULL, slice_of(token_kind_word((enum token_kind)i)));
    }
    cjson_add_array(legend, "tokenModifiers");
    cjson_add_boolean(provider, "full", true);
}
