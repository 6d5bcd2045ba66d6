/* Which dialog of several a user starts, and words for what there is not. */
#ifndef DIALOGC_CLI_CHAT_START_H
#define DIALOGC_CLI_CHAT_START_H

#include "cli/stage.h"

/*
 * The dialog that is trained for what the user says, or named so: of an export else the one that
 * the bot starts when it understands nothing. NULL when there is none.
 */
const struct program_dialog *chat_find_dialog(struct arena *arena, const struct stage *stage,
                                              struct slice text);

/* The dialog that the bot of an export starts when a user comes; NULL when there is none. */
const struct program_dialog *chat_welcome_dialog(const struct stage *stage);

/* "no dialog is trained for `x`; one can say `create a lead`, …" */
struct slice chat_no_dialog(struct arena *arena, const struct stage *stage, struct slice text);

/* "there is no command `/bak`; did you mean `/back`?", or with `remedy` when nothing is near. */
struct slice chat_unknown(struct arena *arena, const char *what, const struct suggestion *name,
                          const char *remedy);

/* Offers a name to the suggestion `context`. */
void chat_offer(void *context, struct slice name);

#endif
