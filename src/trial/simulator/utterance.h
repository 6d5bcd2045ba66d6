/* First utterances, and what the marked words of training sentences stand for in them. */
#ifndef DIALOGC_TRIAL_SIMULATOR_UTTERANCE_H
#define DIALOGC_TRIAL_SIMULATOR_UTTERANCE_H

#include "trial/simulator/answer.h"

#define UTTERANCE_MARK_LIMIT 8

/* Entity nodes, and the values that the words of an utterance give them. */
struct utterance_marks {
    const struct program_node *nodes[UTTERANCE_MARK_LIMIT];
    const struct node *values[UTTERANCE_MARK_LIMIT];
    size_t count;
};

/*
 * What the words of an utterance are that stand where the first training sentence of the dialog
 * that it is like has marked ones; none when it is like no sentence with marked words.
 */
struct utterance_marks utterance_match(const struct answer_context *context,
                                       const struct program_dialog *dialog, struct slice utterance);

/*
 * The dialog that is called so, or has this training sentence, letter case aside; NULL: none. What
 * comparing needs is taken from `arena`.
 */
const struct program_dialog *utterance_dialog(struct arena *arena, const struct program *program,
                                              struct slice utterance);

#endif
