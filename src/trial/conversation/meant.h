/* Which dialog a file of conversations is about. Private to src/trial/conversation/. */
#ifndef DIALOGC_TRIAL_CONVERSATION_MEANT_H
#define DIALOGC_TRIAL_CONVERSATION_MEANT_H

#include "trial/conversation/scope.h"

/*
 * The dialog that has all services and nodes which the file names, when the one that it is about
 * has none of them; else NULL.
 */
const struct program_dialog *conversation_meant(struct arena *arena,
                                                const struct conversation_file *file,
                                                const struct conversation_world *world);

#endif
