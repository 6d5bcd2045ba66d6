/* Which files are templates, and which are conversations. */
#ifndef DIALOGC_BUILD_INPUTS_TEMPLATES_H
#define DIALOGC_BUILD_INPUTS_TEMPLATES_H

#include "diag/input.h"
#include "language/model/project.h"

/*
 * Leaves out of what was `found` below `folder` the files that belong to a project of their own, a
 * folder below it with a project file.
 */
void templates_leave_out_inner_projects(struct arena *arena, struct file_list *found,
                                        const char *folder);

/*
 * Adds a template, or those of a folder, to the inputs. Files of conversations are passed over.
 */
void templates_add(struct arena *arena, struct file_list *inputs, struct findings *findings,
                   const char *path);

/* Adds the templates of the project in `folder`, which may not name any. */
void templates_add_project(struct arena *arena, struct file_list *inputs, struct findings *findings,
                           const struct project *project, const char *folder);

/*
 * Adds the files of conversations in the folders of the project's templates. A folder that cannot
 * be read has none: whoever looks for templates there reports it.
 */
void conversations_add_project(struct arena *arena, struct file_list *conversations,
                               const struct project *project, const char *folder);

#endif
