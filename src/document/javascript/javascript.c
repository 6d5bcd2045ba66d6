/* The parser's beginning, and paths. */
#include "document/javascript/javascript.h"

#include "document/javascript/expression.h"
#include "document/javascript/function.h"
#include "document/javascript/statement.h"

static const struct javascript_hooks hooks = {
    .expression = javascript_expression,
    .assignment = javascript_assignment,
    .function = javascript_function,
    .method = javascript_method_function,
    .class = javascript_class,
    .arrow = javascript_arrow,
    .statements = javascript_statements,
};

struct javascript_script javascript_parse(struct arena *arena, struct slice text)
{
    struct javascript_parser parser = {.lexer = {.arena = arena, .script = text}, .hooks = &hooks};
    struct javascript_script script = {.text = text};
    parser.token = javascript_token_next(&parser.lexer);
    struct javascript_node *root = javascript_node(&parser, JAVASCRIPT_PROGRAM, 0);
    javascript_statements(&parser, root);
    if (parser.token.kind != JAVASCRIPT_TOKEN_END) {
        javascript_fail_here(&parser, "this `}` closes nothing: there is no `{` for it");
    }
    script.mistake = parser.lexer.mistake;
    if (script.mistake.message.length == 0) {
        script.names = javascript_names_of(arena, root);
        script.mistake = script.names.mistake;
    }
    script.root = script.mistake.message.length == 0 ? root : NULL;
    return script;
}

/* ---- paths ---- */

/* Adds the names of a chain, the innermost first; false when a name is not known from there on. */
static bool add_names(struct javascript_path *path, const struct javascript_node *node)
{
    static const size_t most = sizeof path->names / sizeof path->names[0];
    if (node->kind == JAVASCRIPT_NAME) {
        return true;
    }
    if (!add_names(path, node->first)) {
        return false;
    }
    const struct javascript_node *index = node->last;
    bool is_named = node->kind == JAVASCRIPT_MEMBER || index->kind == JAVASCRIPT_STRING ||
                    (index->kind == JAVASCRIPT_NUMBER && path->count > 0);
    if (!is_named || path->count == most) {
        path->is_computed = path->is_computed || !is_named;
        return false;
    }
    path->names[path->count++] = node->kind == JAVASCRIPT_MEMBER ? node->text : index->text;
    return true;
}

struct javascript_path javascript_path_of(const struct javascript_use *use)
{
    struct javascript_path path = {.is_written = use->is_written};
    add_names(&path, use->whole);
    path.is_computed = path.is_computed || path.count == 0;
    return path;
}

void javascript_each_path(const struct javascript_script *script, const char *root,
                          void (*visit)(void *context, const struct javascript_path *path),
                          void *context)
{
    for (size_t i = 0; i < script->names.count; i++) {
        const struct javascript_use *use = &script->names.uses[i];
        if (use->declaration == NULL && slice_is(use->name->text, root)) {
            struct javascript_path path = javascript_path_of(use);
            visit(context, &path);
        }
    }
}
