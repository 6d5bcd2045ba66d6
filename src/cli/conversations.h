/* Checking files of conversations without running them. */
#ifndef DIALOGC_CLI_CONVERSATIONS_H
#define DIALOGC_CLI_CONVERSATIONS_H

#include "cli/cli.h"

/*
 * Checks the form of the files, their records, and whether there is a template that they are about:
 * among the inputs of the run, which has been compiled, in the project, whose folder is `folder`,
 * or beside the file. The findings are added to those of the run.
 */
void cli_check_conversations(struct arena *arena, const struct options *options, struct run *run,
                             const char *folder, const struct file_list *files);

#endif
