/* What a conversation looks like in the terminal, and what the numbers on the screen stand for. */
#ifndef DIALOGC_CLI_CHAT_SCREEN_H
#define DIALOGC_CLI_CHAT_SCREEN_H

#include "trial/simulator/simulator.h"

#define CHOICE_LIMIT 100

/* Buttons, replies and entries of lists, by their numbers. */
struct choices {
    struct slice said[CHOICE_LIMIT];
    size_t count;
};

struct screen {
    struct arena *arena;
    struct choices choices;             /* that can be chosen now */
    const struct program_node *waiting; /* after the last turn that was shown */
};

/* Writes text to standard output, fit for a terminal. */
void screen_put(struct screen *screen, struct slice text);

/* `before`, the text and a line feed; further lines of the text are indented. */
void screen_put_line(struct screen *screen, const char *before, struct slice text);

/*
 * Shows what happened in the last turn. Where the question has not taken the answer, the choices
 * that were shown before stay; where it never showed any, they are listed.
 */
void screen_show_turn(struct screen *screen, const struct simulator *simulator);

/* Forgets the choices: the conversation begins. */
void screen_clear(struct screen *screen);

/* What a line says: the choice of its number, or itself. */
struct slice screen_resolve(const struct screen *screen, struct slice line);

#endif
