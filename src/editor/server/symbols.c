/* Names as the protocol's symbols: definitions, references, renames, and lists of them. */
#include "base/ascii.h"
#include "document/yaml/reader.h"
#include "editor/server/server.h"
#include "editor/text/name_scope.h"
#include "editor/workspace/uri.h"

/* ---- the files of a project ---- */

struct symbols {
    struct lsp *lsp;
    struct rpc_call *call;
    const struct document *document;
    const struct name *name; /* under the cursor */
    struct named_file *files;
    size_t count;
    struct name_scope scope;
};

/* Reads those files of the project that have `word` in them; all of them with an empty one. */
static void read_files(struct symbols *s, struct project_state *state, struct slice word)
{
    struct arena *arena = s->call->arena;
    struct file_list paths = {0};
    struct given_inputs given;
    struct file_list bounds;
    struct project_work work = lsp_work_on(s->lsp, arena, state, &given, &bounds);
    project_state_list(state, &work);
    project_state_files(state, arena, &paths);
    for (size_t i = 0; i < paths.count; i++) {
        struct named_file file;
        struct slice text;
        if (lsp_text(s->lsp, arena, paths.paths[i], &text) &&
            (word.length == 0 || slice_find_slice(text, word, 0) != SIZE_MAX) &&
            named_file_read(arena, lsp_schemas(s->lsp, arena), paths.paths[i], text, &file)) {
            s->files = arena_append(arena, s->files, s->count, sizeof *s->files);
            s->files[s->count++] = file;
        }
    }
}

/* Finds the name at the position of the call, and its scope; false when there is none. */
static bool find_name(struct symbols *s)
{
    struct arena *arena = s->call->arena;
    struct text_position position;
    struct named_file own;
    s->document = lsp_document(s->lsp, s->call);
    if (s->document == NULL || s->document->path == NULL ||
        !position_read(node_get(s->call->params, "position"), &position) ||
        !named_file_read(arena, lsp_schemas(s->lsp, arena), s->document->path, s->document->text,
                         &own)) {
        return false;
    }
    s->name = names_at(&own.names, lines_offset(&s->document->lines, position));
    struct project_state *state = workspace_project_of(&s->lsp->workspace, arena, s->document);
    if (s->name == NULL || state == NULL) {
        return false;
    }
    s->files = arena_append(arena, NULL, 0, sizeof *s->files);
    s->files[s->count++] = own;
    read_files(s, state, s->name->text);
    for (size_t i = 1; i < s->count; i++) { /* the document itself is there already */
        if (strcmp(s->files[i].path, own.path) == 0) {
            s->files[i] = s->files[--s->count];
        }
    }
    s->scope = name_scope_of(s->files, s->count, 0, s->name);
    return true;
}

static struct slice uri_of(const struct symbols *s, const char *path)
{
    const struct document *document = workspace_document_at(&s->lsp->workspace, path);
    return document != NULL ? document->uri : uri_of_path(s->call->arena, path);
}

static struct lines lines_of(const struct symbols *s, const struct named_file *file)
{
    return lines_new(s->call->arena, file->text, s->lsp->workspace.encoding);
}

/* ---- definition and references ---- */

static void add_location(const struct symbols *s, struct cjson parent,
                         const struct named_file *file, const struct name *name)
{
    struct lines lines = lines_of(s, file);
    struct cjson location = cjson_add_object(parent, NULL);
    cjson_add_text(location, "uri", uri_of(s, file->path));
    lines_add_range(&lines, location, "range", name->range);
}

void lsp_definition(struct lsp *lsp, struct rpc_call *call)
{
    struct symbols s = {.lsp = lsp, .call = call};
    const struct named_file *file;
    if (!find_name(&s)) {
        return;
    }
    const struct name *definition = name_scope_definition(&s.scope, &file);
    if (definition != NULL) {
        add_location(&s, cjson_add_array(call->response, "result"), file, definition);
    }
}

void lsp_references(struct lsp *lsp, struct rpc_call *call)
{
    struct symbols s = {.lsp = lsp, .call = call};
    const struct node *asked = node_get(node_get(call->params, "context"), "includeDeclaration");
    bool with_definition = !node_is(asked, NODE_BOOLEAN) || asked->boolean;
    if (!find_name(&s)) {
        return;
    }
    struct cjson result = cjson_add_array(call->response, "result");
    for (size_t i = 0; i < s.count; i++) {
        for (size_t j = 0; j < s.files[i].names.count; j++) {
            const struct name *name = &s.files[i].names.items[j];
            if (name_scope_has(&s.scope, &s.files[i], name) &&
                (with_definition || !name->is_definition)) {
                add_location(&s, result, &s.files[i], name);
            }
        }
    }
}

void lsp_highlights(struct lsp *lsp, struct rpc_call *call)
{
    struct symbols s = {.lsp = lsp, .call = call};
    if (!find_name(&s)) {
        return;
    }
    struct cjson result = cjson_add_array(call->response, "result");
    for (size_t j = 0; j < s.files[0].names.count; j++) {
        const struct name *name = &s.files[0].names.items[j];
        if (name_scope_has(&s.scope, &s.files[0], name)) {
            lines_add_range(&s.document->lines, cjson_add_object(result, NULL), "range",
                            name->range);
        }
    }
}

/* ---- rename ---- */

/* The definition of what is to be renamed; NULL, after rpc_fail, when it cannot be. */
static const struct name *find_renamed(struct symbols *s)
{
    const struct named_file *file;
    const struct name *definition = find_name(s) ? name_scope_definition(&s->scope, &file) : NULL;
    if (s->call->error == RPC_OK && definition == NULL) {
        rpc_fail(s->call, RPC_REQUEST_FAILED,
                 "there is no name here that a file of the project defines");
    }
    return definition;
}

void lsp_prepare_rename(struct lsp *lsp, struct rpc_call *call)
{
    struct symbols s = {.lsp = lsp, .call = call};
    if (find_renamed(&s) != NULL) {
        struct cjson result = cjson_add_object(call->response, "result");
        lines_add_range(&s.document->lines, result, "range", s.name->range);
        cjson_add_text(result, "placeholder", s.name->text);
    }
}

static bool is_name(struct slice text)
{
    bool fits = text.length > 0 && text.length <= 64 && !ascii_is_digit(text.data[0]);
    for (size_t i = 0; fits && i < text.length; i++) {
        fits = ascii_is_word(text.data[i]) || text.data[i] == '-';
    }
    return fits;
}

/* True, after rpc_fail, when the new name means something already in a file of the scope. */
static bool is_taken(struct symbols *s, struct slice wanted)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct names *names = &s->files[i].names;
        for (size_t j = 0; s->files[i].is_inside && j < names->count; j++) {
            const struct name *name = &names->items[j];
            bool clashes =
                name->kind == s->scope.kind || (name_kind_can_mean(NAME_VALUE, name->kind) &&
                                                name_kind_can_mean(NAME_VALUE, s->scope.kind));
            if (name->is_definition && clashes && slice_equal(name->text, wanted)) {
                rpc_fail(s->call, RPC_REQUEST_FAILED, "there is %s %s `%.*s` already",
                         name->kind == NAME_ENTITY ? "an" : "a", name_kind_info(name->kind)->word,
                         SLICE_ARG(wanted));
                return true;
            }
        }
    }
    return false;
}

/* The edits of a file; a value that hangs in several places (an alias) is one edit. */
static void add_edits(const struct symbols *s, struct cjson changes, const struct named_file *file,
                      struct slice wanted)
{
    struct lines lines = lines_of(s, file);
    struct map done = map_new(s->call->arena);
    struct cjson list = {NULL, NULL};
    for (size_t j = 0; j < file->names.count; j++) {
        const struct name *name = &file->names.items[j];
        struct slice place = arena_printf(s->call->arena, "%u", name->range.start);
        if (!name_scope_has(&s->scope, file, name) ||
            name->range.end - name->range.start != name->text.length ||
            map_add(&done, place, &done) != NULL) {
            continue;
        }
        if (list.item == NULL) {
            const char *uri = arena_copy(s->call->arena, uri_of(s, file->path));
            list = cjson_add_array(changes, uri);
        }
        struct cjson edit = cjson_add_object(list, NULL);
        lines_add_range(&lines, edit, "range", name->range);
        cjson_add_text(edit, "newText", wanted);
    }
}

void lsp_rename(struct lsp *lsp, struct rpc_call *call)
{
    struct symbols s = {.lsp = lsp, .call = call};
    struct slice wanted = node_text(call->params, "newName");
    if (!is_name(wanted)) {
        rpc_fail(call, RPC_INVALID_PARAMS,
                 "`%.*s` cannot be a name: use letters, digits, `_` and `-`", SLICE_ARG(wanted));
        return;
    }
    if (find_renamed(&s) == NULL) {
        return;
    }
    if (is_taken(&s, wanted)) {
        return;
    }
    struct cjson changes = cjson_add_object(cjson_add_object(call->response, "result"), "changes");
    for (size_t i = 0; i < s.count; i++) {
        add_edits(&s, changes, &s.files[i], wanted);
    }
}

/* ---- lists ---- */

void lsp_document_symbols(struct lsp *lsp, struct rpc_call *call)
{
    const struct document *document = lsp_document(lsp, call);
    struct named_file file;
    if (document == NULL || document->path == NULL) {
        return;
    }
    struct cjson result = cjson_add_array(call->response, "result");
    if (!named_file_read(call->arena, lsp_schemas(lsp, call->arena), document->path, document->text,
                         &file)) {
        return;
    }
    for (size_t i = 0; i < file.names.count; i++) {
        const struct name *name = &file.names.items[i];
        if (!name->is_definition) {
            continue;
        }
        struct cjson symbol = cjson_add_object(result, NULL);
        struct range whole = name->range;
        if (name->what != NULL && name->what->range.end > whole.end) {
            whole.end = name->what->range.end;
        }
        cjson_add_text(symbol, "name", name->text);
        cjson_add_text(symbol, "detail", slice_of(name_kind_info(name->kind)->word));
        cjson_add_count(symbol, "kind", name_kind_info(name->kind)->symbol);
        lines_add_range(&document->lines, symbol, "range", whole);
        lines_add_range(&document->lines, symbol, "selectionRange", name->range);
    }
}

static bool contains_ignoring_case(struct slice text, struct slice word, struct arena *arena)
{
    const char *words[] = {arena_lower_case(arena, word).data, NULL};
    return word.length == 0 || slice_contains_any_ignoring_case(text, words);
}

void lsp_workspace_symbols(struct lsp *lsp, struct rpc_call *call)
{
    struct symbols s = {.lsp = lsp, .call = call};
    struct slice query = node_text(call->params, "query");
    struct cjson result = cjson_add_array(call->response, "result");
    for (struct workspace_project *p = lsp->workspace.projects; p != NULL; p = p->next) {
        read_files(&s, p->state, SLICE(""));
    }
    for (size_t i = 0; i < s.count; i++) {
        for (size_t j = 0; j < s.files[i].names.count; j++) {
            const struct name *name = &s.files[i].names.items[j];
            if (!name->is_definition || !contains_ignoring_case(name->text, query, call->arena)) {
                continue;
            }
            struct lines lines = lines_of(&s, &s.files[i]);
            struct cjson symbol = cjson_add_object(result, NULL);
            cjson_add_text(symbol, "name", name->text);
            cjson_add_count(symbol, "kind", name_kind_info(name->kind)->symbol);
            cjson_add_text(symbol, "containerName", slice_of(file_name(s.files[i].path)));
            struct cjson location = cjson_add_object(symbol, "location");
            cjson_add_text(location, "uri", uri_of(&s, s.files[i].path));
            lines_add_range(&lines, location, "range", name->range);
        }
    }
}
