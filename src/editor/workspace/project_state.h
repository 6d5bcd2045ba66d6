/*
 * A project that is checked while it is edited: what `dialogc check` would report of it, with the
 * texts of open documents in place of those on the disk.
 *
 * What templates share (a compiler that has loaded it) is one generation, which is made anew when
 * one of these files changes. Of each template there is the summary that the rules between
 * templates need, and its findings; a change in a template checks that one alone, and those that
 * call dialogs later. Work is done in small steps, so that a keystroke never waits long.
 */
#ifndef DIALOGC_EDITOR_WORKSPACE_PROJECT_STATE_H
#define DIALOGC_EDITOR_WORKSPACE_PROJECT_STATE_H

#include "build/compiler/given.h"
#include "build/compiler/run.h"
#include "build/inputs/content.h"
#include "build/inputs/shared.h"

struct project_state;

/* What a step of work needs: memory for the step, and what is not read from the disk. */
struct project_work {
    struct arena *arena;
    const struct given_inputs *given;
    const struct file_list *inside_of; /* nothing else is read */
};

/*
 * The project in `folder`, of which nothing is known yet. With `alone` it has this template only,
 * since there is no project file around it. NULL when there is no memory.
 */
struct project_state *project_state_new(const char *folder, const char *alone);

void project_state_free(struct project_state *state);

const char *project_state_folder(const struct project_state *state);

/* The template that is alone; NULL for a project. */
const char *project_state_alone(const struct project_state *state);

/* The text of a file has changed: it was edited, saved, closed, removed or is new. */
void project_state_touch(struct project_state *state, const char *path, enum content_kind kind);

/* All is to be read again. */
void project_state_forget(struct project_state *state);

/* Brings the findings of one file up to date. */
void project_state_check(struct project_state *state, const struct project_work *work,
                         const char *path);

/* True when some findings are not up to date. */
bool project_state_has_work(const struct project_state *state);

/* Does a part of what is to be done: a few milliseconds. */
void project_state_step(struct project_state *state, const struct project_work *work);

/*
 * Appends copies of the findings in the file at `path` to the list, in order of places; what they
 * show is concealed. As `dialogc check`, a finding in a fragment is there once.
 */
void project_state_findings(const struct project_state *state, const char *path,
                            struct findings *findings);

/*
 * The paths of files whose findings may have changed since the last call, each once; those of
 * findings alone come with `all`.
 */
struct file_list project_state_changes(struct project_state *state, struct arena *arena);

/* Loads what templates share, and lists the files, where that is not up to date. */
void project_state_list(struct project_state *state, const struct project_work *work);

/* Adds the paths of all files that have findings, or belong to the project. */
void project_state_files(const struct project_state *state, struct arena *arena,
                         struct file_list *files);

/* True when the file belongs to the project, or is used by it. */
bool project_state_has(const struct project_state *state, const char *path);

/* True when an open file of this kind, which is new to it, is shared by what it checks. */
bool project_state_wants(const struct project_state *state, const char *path,
                         enum content_kind kind);

/* The compiler that has loaded what templates share; NULL before the first check. */
const struct compiler *project_state_compiler(const struct project_state *state);

/* Failures and remarks of loading; NULL before the first check. */
const struct findings *project_state_shared_findings(const struct project_state *state);

/* The summaries of the templates, in order of their paths; valid until the next work. */
const struct summary *project_state_template(const struct project_state *state, size_t index);

#endif
