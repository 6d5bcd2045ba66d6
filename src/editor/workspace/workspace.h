/*
 * The workspace: the folders that a client has opened, the documents that are open in it, and the
 * projects around them. Nothing outside of its folders is read.
 */
#ifndef DIALOGC_EDITOR_WORKSPACE_WORKSPACE_H
#define DIALOGC_EDITOR_WORKSPACE_WORKSPACE_H

#include "editor/workspace/position.h"
#include "editor/workspace/project_state.h"

/* A text that a client edits. */
struct document {
    struct arena arena; /* of all below; replaced with each change */
    struct slice uri;   /* as the client writes it */
    const char *path;   /* NULL: it is no file */
    struct slice text;
    struct lines lines;
    long long version;
    enum content_kind kind;
    bool is_dirty; /* its findings are to be brought up to date */
    struct document *next;
};

struct workspace {
    struct arena arena;       /* of the folders */
    struct file_list folders; /* none: each project around a document counts as one */
    enum position_encoding encoding;
    struct document *documents; /* the last opened first */
    struct workspace_project *projects;
};

/* A project of the workspace. */
struct workspace_project {
    struct project_state *state;
    struct workspace_project *next;
};

/* A workspace without folders. */
void workspace_init(struct workspace *workspace);

/* Gives back all memory. */
void workspace_free(struct workspace *workspace);

/* Forgets all projects; documents stay. */
void workspace_forget_projects(struct workspace *workspace);

/* Adds, or removes, a folder by its absolute path. The recovery point is that of `caller`. */
void workspace_add_folder(struct workspace *workspace, struct arena *caller, const char *path);
void workspace_remove_folder(struct workspace *workspace, const char *path);

/*
 * Opens a document, or replaces the text of one that is open already. Over YAML_BYTES_LIMIT bytes
 * it is empty. When memory runs out, `caller` is unwound and nothing has changed.
 */
struct document *workspace_open(struct workspace *workspace, struct arena *caller, struct slice uri,
                                struct slice text, long long version);

/* The open document with this URI, or this path; NULL when there is none. */
struct document *workspace_document(const struct workspace *workspace, struct slice uri);
struct document *workspace_document_at(const struct workspace *workspace, const char *path);

/* Closes a document. */
void workspace_close(struct workspace *workspace, struct document *document);

/* The texts of the open documents that are files, as inputs. */
struct given_inputs workspace_given(const struct workspace *workspace, struct arena *arena);

/*
 * The project of the nearest project file around a file, made when it is new; NULL when there is
 * none within the workspace.
 */
struct project_state *workspace_project_around(struct workspace *workspace, struct arena *arena,
                                               const char *path);

/*
 * The project that a document belongs to: the one around it, else one with this template alone;
 * NULL when it is none of dialogc's files.
 */
struct project_state *workspace_project_of(struct workspace *workspace, struct arena *arena,
                                           const struct document *document);

/* The folders that a project may read. */
struct file_list workspace_bounds(const struct workspace *workspace, struct arena *arena,
                                  const struct project_state *project);

/* The text of a document has changed: all that depends on it is to be checked again. */
void workspace_touch(struct workspace *workspace, struct arena *arena,
                     const struct document *document);

/* A file that is not open has changed on the disk. */
void workspace_touch_file(struct workspace *workspace, const char *path);

#endif
