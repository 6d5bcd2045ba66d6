#include "editor/server/extraction.h"

#include "base/ascii.h"
#include "editor/text/names.h"
#include "editor/workspace/uri.h"

/* Columns of what is in the fragment: services by their names, steps behind their dashes. */
enum { SERVICE_COLUMN = 2, STEP_COLUMN = 4 };

struct extracting {
    struct arena *arena;
    struct slice text; /* of the template */
    const struct node *root;
    const struct node *step;
    const struct node *services;
    const struct member *service;
};

/* ---- what is moved ---- */

static bool is_around(const struct node *node, struct range range)
{
    return node->range.start <= range.start && range.end <= node->range.end;
}

/* The innermost step around a range that calls something; NULL when there is none. */
static const struct node *find_step(const struct node *node, struct range range)
{
    const struct node *found = NULL;
    for (size_t i = 0; node_is(node, NODE_MAPPING) && found == NULL && i < node->count; i++) {
        if (is_around(node->members[i].value, range)) {
            found = find_step(node->members[i].value, range);
        }
    }
    for (size_t i = 0; found == NULL && i < node_length(node); i++) {
        if (is_around(node->items[i], range)) {
            found = find_step(node->items[i], range);
        }
    }
    return found == NULL && node_text(node, "call").length > 0 ? node : found;
}

static size_t line_start(struct slice text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* The end of a value, without blank lines behind it. */
static size_t end_of(const struct extracting *e, const struct node *value)
{
    size_t end = value->range.end;
    while (end > value->range.start && strchr(" \t\r\n", e->text.data[end - 1]) != NULL) {
        end--;
    }
    return end;
}

static bool is_block(const struct extracting *e, const struct node *node)
{
    return node_is(node, NODE_MAPPING) && node->count > 0 && e->text.data[node->range.start] != '{';
}

/* How often steps call the service. */
static size_t count_calls(struct lsp *lsp, const struct extracting *e, const char *path)
{
    struct names names = names_of(e->arena, lsp_schemas(lsp, e->arena), path, e->root);
    size_t count = 0;
    for (size_t i = 0; i < names.count; i++) {
        count += names.items[i].kind == NAME_SERVICE && !names.items[i].is_definition &&
                 slice_equal(names.items[i].text, e->service->key->text);
    }
    return count;
}

/* ---- the fragment ---- */

/* "createLead" to "create-lead". */
static struct slice id_of(struct arena *arena, struct slice name)
{
    struct builder id = builder_new(arena);
    for (size_t i = 0; i < name.length; i++) {
        char lower = ascii_to_lower(name.data[i]);
        bool begins =
            i > 0 && lower != name.data[i] && ascii_to_lower(name.data[i - 1]) == name.data[i - 1];
        builder_add_text(&id, begins ? "-" : "");
        builder_add_char(&id, name.data[i] == '_' ? '-' : lower);
    }
    return builder_slice(&id);
}

/* Adds what is written from `start` to `end`, so that it begins at `column`. */
static void add_moved(struct builder *out, const struct extracting *e, size_t start, size_t end,
                      size_t column)
{
    size_t own = start - line_start(e->text, start);
    struct slice line;
    struct slice moved = slice_part(e->text, start, end);
    size_t number = 0;
    for (size_t at = 0; slice_next_part(moved, '\n', &at, &line); number++) {
        size_t blanks = 0;
        while (number > 0 && blanks < own && blanks < line.length && line.data[blanks] == ' ') {
            blanks++;
        }
        struct slice rest = slice_part(line, blanks, line.length);
        builder_printf(out, "%*s%.*s\n", number > 0 && rest.length > 0 ? (int)column : 0, "",
                       SLICE_ARG(rest));
    }
}

static struct slice write_fragment(const struct extracting *e, struct slice id)
{
    struct builder out = builder_new(e->arena);
    builder_printf(&out, "dialogc: 1\nfragment: %.*s\nservices:\n%*s", SLICE_ARG(id),
                   SERVICE_COLUMN, "");
    add_moved(&out, e, e->service->key->range.start, end_of(e, e->service->value), SERVICE_COLUMN);
    builder_printf(&out, "flow:\n%*s- ", STEP_COLUMN - 2, "");
    add_moved(&out, e, e->step->range.start, end_of(e, e->step), STEP_COLUMN);
    return builder_slice(&out);
}

/* ---- the template ---- */

/* Takes out the lines of the service; the last one takes `services` with it. */
static void remove_service(const struct extracting *e, struct edits *edits)
{
    const struct member *all = node_member(e->root, SLICE("services"));
    const struct node *first =
        e->services->count > 1 ? e->service->key : all->key; /* that is taken out */
    size_t end = end_of(e, e->service->value);
    while (end < e->text.length && e->text.data[end] != '\n') {
        end++;
    }
    edits_add(edits, line_start(e->text, first->range.start), end < e->text.length ? end + 1 : end,
              SLICE(""));
}

/* The folder of the project's fragments. */
static const char *folder_of(struct arena *arena, const struct project_state *project)
{
    const struct node *list = project_state_compiler(project)->project->fragments;
    for (size_t i = 0; i < node_length(list); i++) {
        if (!slice_ends_with(list->items[i]->text, ".yaml")) {
            return file_join(arena, project_state_folder(project), list->items[i]->text);
        }
    }
    return file_join(arena, project_state_folder(project), SLICE("fragments"));
}

bool extraction_of_call(struct lsp *lsp, struct arena *arena, const struct document *document,
                        const struct project_state *project, struct range range,
                        struct extraction *extraction)
{
    struct extracting e = {
        .arena = arena, .text = document->text, .root = lsp_tree(arena, document)};
    const struct compiler *compiler = project != NULL ? project_state_compiler(project) : NULL;
    e.step = e.root != NULL ? find_step(node_get(e.root, "flow"), range) : NULL;
    e.services = node_get(e.root, "services");
    e.service = e.step != NULL && is_block(&e, e.services)
                    ? node_member(e.services, node_text(e.step, "call"))
                    : NULL;
    if (compiler == NULL || e.service == NULL || project_state_alone(project) != NULL ||
        !is_block(&e, e.step) || count_calls(lsp, &e, document->path) != 1) {
        return false;
    }
    struct slice id = id_of(arena, e.service->key->text);
    if (fragment_find(compiler->fragments, id, arena) != NULL) {
        return false;
    }
    *extraction = (struct extraction){.id = id, .edits = edits_new(arena)};
    extraction->path =
        path_shortened(arena, file_join(arena, folder_of(arena, project),
                                        arena_printf(arena, "%.*s.yaml", SLICE_ARG(id))));
    extraction->text = write_fragment(&e, id);
    remove_service(&e, &extraction->edits);
    edits_add(&extraction->edits, e.step->range.start, end_of(&e, e.step),
              arena_printf(arena, "use: %.*s", SLICE_ARG(id)));
    return true;
}
