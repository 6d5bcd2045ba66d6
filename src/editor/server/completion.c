/* Completion and hover: what may be written at the cursor, and what the word there is. */
#include "document/yaml/reader.h"
#include "editor/completion/offers.h"
#include "editor/server/server.h"

/* The template of a file of conversations; NULL when it is not known. */
static const struct node *dialog_of(struct lsp *lsp, struct arena *arena,
                                    const struct offers *offers)
{
    struct slice id = node_text(offers->cursor->root, "conversation");
    const struct summary *summary;
    if (offers->project == NULL || id.length == 0) {
        return NULL;
    }
    for (size_t i = 0; (summary = project_state_template(offers->project, i)) != NULL; i++) {
        struct diagnostics ignored = diagnostics_new(arena);
        struct source *source;
        struct slice text;
        bool is_meant = slice_equal(summary->id, id) || slice_equal(summary->broken_id, id);
        if (is_meant && lsp_text(lsp, arena, summary->path, &text)) {
            return yaml_read(arena, summary->path, text, &ignored, &source);
        }
    }
    return NULL;
}

static void add_item(const struct document *document, const struct offers *offers,
                     const struct offer *offer, struct cjson items)
{
    struct arena *arena = items.arena;
    struct cjson item = cjson_add_object(items, NULL);
    cjson_add_text(item, "label", offer->label);
    cjson_add_count(item, "kind", offer->kind);
    if (offer->detail.length > 0) {
        cjson_add_text(item, "detail", offer->detail);
    }
    if (offer->documentation.length > 0) {
        struct cjson documentation = cjson_add_object(item, "documentation");
        cjson_add_text(documentation, "kind", SLICE("markdown"));
        cjson_add_text(documentation, "value", offer->documentation);
    }
    cjson_add_text(item, "sortText",
                   arena_printf(arena, "%u%.*s", (unsigned)offer->rank, SLICE_ARG(offer->label)));
    if (offer->is_snippet) {
        cjson_add_count(item, "insertTextFormat", 2);
    }
    struct cjson edit = cjson_add_object(item, "textEdit");
    lines_add_range(&document->lines, edit, "range", offers->word);
    cjson_add_text(edit, "newText", offer->text.length > 0 ? offer->text : offer->label);
}

/* Finds what fits at the position of a call; false when nothing is known of that place. */
static bool find_offers(struct lsp *lsp, struct rpc_call *call, const struct document *document,
                        struct cursor *cursor, struct offers *offers)
{
    struct arena *arena = call->arena;
    struct text_position position;
    struct schema_texts *schemas = lsp_schemas(lsp, arena);
    if (document == NULL || document->path == NULL ||
        !position_read(node_get(call->params, "position"), &position)) {
        return false;
    }
    uint32_t offset = lines_offset(&document->lines, position);
    *offers = (struct offers){.arena = arena,
                              .schemas = schemas,
                              .path = document->path,
                              .cursor = cursor,
                              .takes_snippets = lsp->client.takes_snippets};
    if (offer_codes(offers, document->text, offset)) {
        return true;
    }
    if (!cursor_find(arena, schemas, document->path, document->text, offset, cursor)) {
        return false;
    }
    offers->word = cursor->word;
    offers->project = lsp_project(lsp, arena, document);
    offers->compiler = offers->project != NULL ? project_state_compiler(offers->project) : NULL;
    offers->dialog = dialog_of(lsp, arena, offers);
    offer_references(offers);
    offer_names(offers);
    offer_fields(offers);
    offer_queries(offers);
    offer_turns(offers);
    offer_values(offers);
    offer_keys(offers);
    return true;
}

void lsp_completion(struct lsp *lsp, struct rpc_call *call)
{
    const struct document *document = lsp_document(lsp, call);
    struct cursor cursor;
    struct offers offers;
    if (!find_offers(lsp, call, document, &cursor, &offers)) {
        return;
    }
    struct cjson result = cjson_add_object(call->response, "result");
    cjson_add_boolean(result, "isIncomplete", false);
    struct cjson items = cjson_add_array(result, "items");
    for (size_t i = 0; i < offers.count; i++) {
        add_item(document, &offers, &offers.items[i], items);
    }
}

/* ---- hover ---- */

static struct slice shown(struct arena *arena, const struct offer *offer)
{
    struct builder out = builder_new(arena);
    builder_printf(&out, "**%.*s**", SLICE_ARG(offer->label));
    if (offer->detail.length > 0) {
        builder_printf(&out, ": %.*s", SLICE_ARG(offer->detail));
    }
    if (offer->documentation.length > 0) {
        builder_printf(&out, "\n\n%.*s", SLICE_ARG(offer->documentation));
    }
    return builder_slice(&out);
}

void lsp_hover(struct lsp *lsp, struct rpc_call *call)
{
    const struct document *document = lsp_document(lsp, call);
    struct cursor cursor;
    struct offers offers;
    if (!find_offers(lsp, call, document, &cursor, &offers)) {
        return;
    }
    struct slice word = slice_part(document->text, offers.word.start, offers.word.end);
    for (size_t i = 0; i < offers.count; i++) {
        if (slice_equal(offers.items[i].label, word)) {
            struct cjson result = cjson_add_object(call->response, "result");
            struct cjson contents = cjson_add_object(result, "contents");
            cjson_add_text(contents, "kind", SLICE("markdown"));
            cjson_add_text(contents, "value", shown(call->arena, &offers.items[i]));
            lines_add_range(&document->lines, result, "range", offers.word);
            return;
        }
    }
}
