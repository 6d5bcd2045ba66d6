/* What the commands that run dialogs have in common: dialogs ready to be run, conversations. */
#ifndef DIALOGC_CLI_STAGE_H
#define DIALOGC_CLI_STAGE_H

#include "cli/cli.h"
#include "trial/conversation/conversation.h"

struct stage {
    struct run run;
    struct program program;
    size_t wanted; /* the first dialogs are those that the command is about, the others called */
    struct map by_name;          /* identifiers of templates to dialogs; empty for exports */
    bool is_misused;             /* an operand names nothing */
    struct diagnostics warnings; /* about the templates; they are not among the run's findings */
};

/*
 * Compiles templates, or reads the export of --from, and makes a program of them. `paths` are
 * templates, folders and names of templates of the project; templates of the dialogs that they call
 * are found in the project and beside them. STATUS_OK, or another status after a report.
 */
int stage_set(struct arena *arena, const struct options *options, struct stage *stage,
              const struct file_list *paths);

/*
 * The same for templates that are not on the disk yet, with a compiler that has been set up for
 * their project. False when one of them has errors, which are among the findings of the run.
 */
bool stage_set_drafts(struct arena *arena, struct compiler *compiler, const struct draft *drafts,
                      size_t count, struct stage *stage);

/* The dialog that conversations call `name`; NULL when there is none. */
const struct program_dialog *stage_dialog(const struct stage *stage, struct slice name);

/* The world of a dialog. */
struct conversation_world stage_world(const struct stage *stage,
                                      const struct program_dialog *dialog);

#endif
