/* What the session of a user may hold before a conversation, put there by other dialogs. */
#ifndef DIALOGC_TRIAL_EXPLORE_SESSIONS_H
#define DIALOGC_TRIAL_EXPLORE_SESSIONS_H

#include "trial/simulator/program.h"

/*
 * Contents of context.session.BotUserSession for which the conditions of the dialog, and of those
 * that it calls, hold: one for each condition, and one for all of them together.
 */
struct node *sessions_wanted(struct arena *arena, const struct program *program,
                             const struct program_dialog *dialog);

#endif
