/* Questions on a terminal. */
#ifndef DIALOGC_CLI_ASK_H
#define DIALOGC_CLI_ASK_H

#include "base/arena.h"
#include "base/slice.h"

/* True when there is somebody to ask: standard input and output are a terminal. */
bool ask_is_possible(void);

/*
 * One line from the terminal; nothing but Enter gives `fallback`, which the question shows. False
 * when there is no answer: at the end of the input, or without a fallback.
 */
bool ask(struct arena *arena, const char *question, struct slice fallback, struct slice *answer);

/* The answer to a question that has been shown already. */
bool ask_line(struct arena *arena, struct slice fallback, struct slice *answer);

#endif
