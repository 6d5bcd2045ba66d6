#include "editor/workspace/workspace.h"

#include <stdlib.h>

#include "document/yaml/reader.h"
#include "editor/workspace/uri.h"

void workspace_init(struct workspace *workspace)
{
    *workspace = (struct workspace){0};
    arena_init(&workspace->arena);
}

void workspace_forget_projects(struct workspace *workspace)
{
    while (workspace->projects != NULL) {
        struct workspace_project *project = workspace->projects;
        workspace->projects = project->next;
        project_state_free(project->state);
        free(project);
    }
}

static void document_free(struct document *document)
{
    arena_free(&document->arena);
    free(document);
}

void workspace_free(struct workspace *workspace)
{
    workspace_forget_projects(workspace);
    while (workspace->documents != NULL) {
        workspace_close(workspace, workspace->documents);
    }
    arena_free(&workspace->arena);
}

/* ---- folders ---- */

void workspace_add_folder(struct workspace *workspace, struct arena *caller, const char *path)
{
    workspace->arena.recovery = caller->recovery;
    file_list_add(&workspace->arena, &workspace->folders,
                  arena_copy(&workspace->arena, slice_of(path)));
}

void workspace_remove_folder(struct workspace *workspace, const char *path)
{
    size_t kept = 0;
    for (size_t i = 0; i < workspace->folders.count; i++) {
        const char *folder = workspace->folders.paths[i];
        if (strcmp(folder, path) != 0) {
            workspace->folders.paths[kept++] = folder;
        }
    }
    workspace->folders.count = kept;
}

/* ---- documents ---- */

struct document *workspace_document(const struct workspace *workspace, struct slice uri)
{
    struct document *document = workspace->documents;
    while (document != NULL && !slice_equal(document->uri, uri)) {
        document = document->next;
    }
    return document;
}

struct document *workspace_document_at(const struct workspace *workspace, const char *path)
{
    struct document *document = workspace->documents;
    while (document != NULL && (document->path == NULL || strcmp(document->path, path) != 0)) {
        document = document->next;
    }
    return document;
}

/* A document that is in no list; its arena unwinds as that of the caller. */
static struct document *document_new(struct arena *caller, struct slice uri, struct slice text,
                                     enum position_encoding encoding)
{
    struct document *made = arena_require(caller, calloc(1, sizeof *made));
    arena_init(&made->arena);
    jmp_buf recovery;
    made->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        document_free(made);
        arena_fail(caller);
    }
    made->uri = arena_slice(&made->arena, uri);
    made->path = uri_path(&made->arena, uri);
    made->text = arena_slice(&made->arena, text.length <= YAML_BYTES_LIMIT ? text : SLICE(""));
    made->lines = lines_new(&made->arena, made->text, encoding);
    made->kind = content_of_bytes(made->path != NULL ? made->path : "", made->text);
    made->is_dirty = true;
    made->arena.recovery = NULL;
    return made;
}

struct document *workspace_open(struct workspace *workspace, struct arena *caller, struct slice uri,
                                struct slice text, long long version)
{
    struct document *made = document_new(caller, uri, text, workspace->encoding);
    struct document *before = workspace_document(workspace, uri);
    made->version = version;
    if (before != NULL) {
        workspace_close(workspace, before);
    }
    made->next = workspace->documents;
    workspace->documents = made;
    return made;
}

void workspace_close(struct workspace *workspace, struct document *document)
{
    struct document **at = &workspace->documents;
    while (*at != document) {
        at = &(*at)->next;
    }
    *at = document->next;
    document_free(document);
}

struct given_inputs workspace_given(const struct workspace *workspace, struct arena *arena)
{
    struct given_inputs given = {0};
    struct draft *drafts = NULL;
    for (const struct document *d = workspace->documents; d != NULL; d = d->next) {
        if (d->path != NULL) {
            drafts = arena_append(arena, drafts, given.draft_count, sizeof *drafts);
            drafts[given.draft_count++] = (struct draft){d->path, d->text};
        }
    }
    given.drafts = drafts;
    return given;
}

/* ---- projects ---- */

/* The folder of the workspace that a file is in; its own folder when it is in none. */
static const char *folder_of(const struct workspace *workspace, struct arena *arena,
                             const char *path)
{
    for (size_t i = 0; i < workspace->folders.count; i++) {
        if (file_inside(workspace->folders.paths[i], path) != path) {
            return workspace->folders.paths[i];
        }
    }
    return file_folder(arena, path);
}

static struct project_state *find_project(const struct workspace *workspace, const char *folder,
                                          const char *alone)
{
    for (const struct workspace_project *p = workspace->projects; p != NULL; p = p->next) {
        const char *other = project_state_alone(p->state);
        bool is_same = alone == NULL || other == NULL ? alone == other : strcmp(alone, other) == 0;
        if (is_same && strcmp(project_state_folder(p->state), folder) == 0) {
            return p->state;
        }
    }
    return NULL;
}

/* The project in a folder, or of a template that is alone there. */
static struct project_state *project_in(struct workspace *workspace, struct arena *arena,
                                        const char *folder, const char *alone)
{
    struct project_state *state = find_project(workspace, folder, alone);
    if (state != NULL) {
        return state;
    }
    struct workspace_project *made = calloc(1, sizeof *made);
    state = made != NULL ? project_state_new(folder, alone) : NULL;
    if (state == NULL) {
        free(made);
        arena_fail(arena);
    }
    made->state = state;
    made->next = workspace->projects;
    workspace->projects = made;
    return state;
}

struct project_state *workspace_project_around(struct workspace *workspace, struct arena *arena,
                                               const char *path)
{
    struct findings ignored = findings_new(arena, -1);
    const struct file_list *bounds = workspace->folders.count > 0 ? &workspace->folders : NULL;
    const char *folder = shared_folder_around(arena, &ignored, path, bounds);
    return folder != NULL ? project_in(workspace, arena, folder, NULL) : NULL;
}

struct project_state *workspace_project_of(struct workspace *workspace, struct arena *arena,
                                           const struct document *document)
{
    const char *path = document->path;
    if (path == NULL) {
        return NULL;
    }
    struct project_state *around = workspace_project_around(workspace, arena, path);
    if (around != NULL || !content_is_ours(path, document->text)) {
        return around;
    }
    return project_in(workspace, arena, folder_of(workspace, arena, path), path);
}

struct file_list workspace_bounds(const struct workspace *workspace, struct arena *arena,
                                  const struct project_state *project)
{
    struct file_list bounds = workspace->folders;
    if (bounds.count == 0) {
        file_list_add(arena, &bounds, project_state_folder(project));
    }
    return bounds;
}

void workspace_touch(struct workspace *workspace, struct arena *arena,
                     const struct document *document)
{
    struct project_state *own = workspace_project_of(workspace, arena, document);
    if (own != NULL) {
        project_state_touch(own, document->path, document->kind);
    }
    for (const struct workspace_project *p = workspace->projects; p != NULL; p = p->next) {
        if (p->state != own && document->path != NULL &&
            (project_state_has(p->state, document->path) ||
             project_state_wants(p->state, document->path, document->kind))) {
            project_state_touch(p->state, document->path, document->kind);
        }
    }
}

void workspace_touch_file(struct workspace *workspace, const char *path)
{
    for (const struct workspace_project *p = workspace->projects; p != NULL; p = p->next) {
        if (project_state_has(p->state, path) ||
            file_inside(project_state_folder(p->state), path) != path) {
            project_state_forget(p->state);
        }
    }
}
