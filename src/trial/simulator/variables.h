/* What scripts and texts find in a conversation from outside of its dialog. */
#ifndef DIALOGC_TRIAL_SIMULATOR_VARIABLES_H
#define DIALOGC_TRIAL_SIMULATOR_VARIABLES_H

#include "trial/simulator/run.h"

/* At the start: env, content, the session, the language, entities that are known. */
void variables_begin(struct run *run);

/* Each turn: the last message of the user. */
void variables_note_message(struct run *run, struct slice text);

/* A dialog begins: its intent. */
void variables_note_dialog(struct run *run);

#endif
