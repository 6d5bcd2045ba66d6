/* What the bot says: the texts and scripts of messages, prompts and errors. */
#ifndef DIALOGC_TRIAL_SIMULATOR_SPEECH_H
#define DIALOGC_TRIAL_SIMULATOR_SPEECH_H

#include "trial/simulator/run.h"

/* Says one of the messages of a node: for the channel, else for every one. No text: nothing. */
void speech_say(struct run *run, const struct program_node *node, const struct node *messages);

/* Asks for an entity: where the channel shows the choices in its own way, they are quick replies.
 */
void speech_ask(struct run *run, const struct program_node *node);

#endif
