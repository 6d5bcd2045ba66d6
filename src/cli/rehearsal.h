/* Conversations that are made rather than read: first ones, and those of copied templates. */
#ifndef DIALOGC_CLI_REHEARSAL_H
#define DIALOGC_CLI_REHEARSAL_H

#include "cli/stage.h"

/*
 * Talks to the first dialog of the stage and records conversations, as a file: one in which all
 * goes well or, with `all`, those that reach what can be reached. STATUS_OK, or another status
 * after a message.
 */
int rehearsal_record(struct arena *arena, const struct stage *stage, bool all, struct slice *bytes);

/*
 * Makes sure that a template that is not on the disk yet, and which compiles, has conversations
 * that pass: `*bytes` (maybe empty), the file `path`, is kept when all of it passes, and else
 * recorded anew. Returns as rehearsal_record.
 */
int rehearsal_fit(struct arena *arena, const struct options *options, struct compiler *compiler,
                  const struct draft *draft, const char *path, struct slice *bytes);

#endif
