/* Nodes that ask a language model: its answers come from the conversation. */
#ifndef DIALOGC_TRIAL_SIMULATOR_MODEL_H
#define DIALOGC_TRIAL_SIMULATOR_MODEL_H

#include "trial/simulator/run.h"

enum model_kind {
    MODEL_NONE,
    MODEL_PROMPT, /* generativeai: one answer, which scripts read */
    MODEL_AGENT,  /* aiassist: talks with the user, and collects entities */
    MODEL_SEARCH, /* searchai: one answer, which the user sees */
    MODEL_INTENT, /* dynamicIntent: its answer is the dialog that goes on */
};

enum model_kind model_kind(const struct program_node *node);

/*
 * Takes the next answer for a node: what it says is said, and what it is goes into the context.
 * True when the node is done; false when it waits for the user. Without an answer there is a
 * problem, and the node is done.
 */
bool model_answer(struct run *run, const struct program_node *node);

/* The dialog that the next answer for a dynamicIntent names; NULL, with a problem, without one. */
const struct program_dialog *model_dialog(struct run *run, const struct program_node *node);

#endif
