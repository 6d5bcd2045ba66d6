/* The templates that a command is about. */
#ifndef DIALOGC_CLI_TEMPLATES_H
#define DIALOGC_CLI_TEMPLATES_H

#include "cli/cli.h"

/* `dir` for `dir/`, so that paths in messages are the same for both. */
const char *cli_without_slash(struct arena *arena, const char *path);

/*
 * Adds a template, or those of a folder, to the inputs. Files of conversations are passed over.
 */
void cli_add_inputs(struct arena *arena, struct file_list *inputs, struct findings *findings,
                    const char *path);

/*
 * Adds the project's templates to the inputs. False, after a message, when there is no project and
 * -C does not name a folder.
 */
bool cli_add_project_inputs(struct arena *arena, const struct options *options,
                            const struct project *project, const char *folder,
                            struct file_list *inputs, struct findings *findings);

/*
 * Compiles the operands, keeping the artifacts: files and folders as they are, other words as names
 * of templates of the project; without operands the project's templates. STATUS_USAGE, after a
 * message, when there is no such thing; findings and failures are in the run.
 */
int cli_compile_templates(struct arena *arena, const struct options *options, struct run *run);

/* Reads the artifacts that the run has kept; false, with findings, when one is broken. */
bool cli_read_artifacts(struct arena *arena, struct run *run, struct artifact **artifacts);

#endif
