/* The templates that a command is about. */
#ifndef DIALOGC_CLI_TEMPLATES_H
#define DIALOGC_CLI_TEMPLATES_H

#include "cli/cli.h"

/*
 * Adds the project's templates to the inputs. False, after a message, when there is no project and
 * -C does not name a folder.
 */
bool cli_add_project_inputs(struct arena *arena, const struct options *options,
                            const struct project *project, const char *folder,
                            struct file_list *inputs, struct findings *findings);

/* True for an operand that is neither a path nor the name of a file that there is. */
bool cli_is_name(struct findings *findings, const char *operand);

/*
 * Adds what operands name to the inputs: files and folders as they are, other words as names of
 * templates of the project; without operands the project's templates. False, after a message, when
 * there is no such thing. `folder` is the project's.
 */
bool cli_add_operands(struct arena *arena, const struct options *options,
                      const struct project *project, const char *folder,
                      const struct file_list *operands, struct file_list *inputs,
                      struct findings *findings);

/*
 * Makes the templates that `named` lists (NULL: none) known to the run, and those of the project
 * when the operands are a part of it: their dialogs can be called. They are looked for only when a
 * dialog is called that is not among the inputs. `folder` is the project's.
 */
void cli_know_project(struct arena *arena, const struct options *options,
                      const struct file_list *named, const char *folder, struct run *run);

/* The template with an identifier among files; NULL when none has it. */
const char *cli_template_with_id(struct arena *arena, const struct file_list *files,
                                 struct slice id);

/* The file of the project's template with this name; NULL, after a message, when there is none. */
const char *cli_find_template(struct arena *arena, const struct options *options,
                              struct findings *findings, const char *name);

/* True for what can be the identifier of a template; false after a message. */
bool cli_check_template_name(struct slice name);

/*
 * The first of the folders that a project names, `named` (NULL: the `usual` one), which is in the
 * project's own folder: a project may come from anybody, and may not make dialogc write elsewhere.
 * NULL when none is.
 */
const char *cli_project_folder(struct arena *arena, const char *folder, const struct node *named,
                               const char *usual, struct findings *findings);

/* Where a new template goes: -o, or NAME.yaml in the project's folder of templates, or beside the
 * project file, or here. */
const char *cli_new_template_path(struct arena *arena, const struct options *options,
                                  const struct project *project, const char *folder,
                                  struct slice id, struct findings *findings);

/* Where the conversations of a template go: X.yaml to X.test.yaml. */
const char *cli_conversation_path(struct arena *arena, const char *path);

/*
 * Compiles the operands, keeping the artifacts. STATUS_USAGE, after a message, when one names
 * nothing; findings and failures are in the run.
 */
int cli_compile_templates(struct arena *arena, const struct options *options, struct run *run);

/* Reads the artifacts that the run has kept; false, with findings, when one is broken. */
bool cli_read_artifacts(struct arena *arena, struct run *run, struct artifact **artifacts);

#endif
