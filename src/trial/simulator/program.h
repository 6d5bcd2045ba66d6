/*
 * Dialogs that are ready to be run: the nodes of artifacts and exports, in the order and with the
 * transitions that are there. This is a reader of the platform's format of its own, which knows
 * nothing of templates: what it makes of an artifact checks what the compiler has written.
 */
#ifndef DIALOGC_TRIAL_SIMULATOR_PROGRAM_H
#define DIALOGC_TRIAL_SIMULATOR_PROGRAM_H

#include "platform/artifact/node_type.h"
#include "platform/bot/bot.h"

struct program_transition {
    const struct node *test; /* the value of `if`; NULL for the default */
    struct slice target;     /* the id of a node, "end" or empty */
};

struct program_node {
    enum dialog_kind kind; /* DIALOG_LOGIC for a type that dialogc does not know */
    struct slice unknown;  /* that type; empty: it knows it */
    struct slice id;
    struct slice name; /* the component's */
    const struct node *stub;
    const struct node *component; /* NULL when the export has none */
    struct program_transition *transitions;
    size_t transition_count;
    struct program_node *members; /* of a bot action */
    size_t member_count;
    size_t index;            /* among all nodes of the dialog, members included */
    size_t first_transition; /* the number of its first transition among all of the dialog */
};

struct program_dialog {
    struct slice id;
    struct slice name;
    const struct bot *bot;
    const struct node *root;
    struct program_node *nodes; /* the first one is the intent, if there is any */
    size_t count;
    struct map by_id;        /* of `nodes` */
    size_t node_count;       /* with the members of bot actions */
    size_t transition_count; /* of all of them */
};

struct program {
    struct program_dialog *dialogs;
    size_t count;
    struct map by_id; /* of dialogs, by `_id` */
};

/* Adds the dialogs of an export or artifact, which must outlive the program. */
void program_add(struct arena *arena, struct program *program, const struct bot *bot);

/* The dialog of this name (letter case does not count) or id; NULL when there is none. */
const struct program_dialog *program_find(const struct program *program, struct slice name);

/* Dialogs that one leads to. */
struct program_calls {
    const struct program_dialog **dialogs; /* itself first */
    size_t count;
    const struct program_node *missing; /* a node that calls a dialog that is not here, or NULL */
};

/* `dialog`, and the dialogs that it calls, those call, and so on. */
struct program_calls program_calls(struct arena *arena, const struct program *program,
                                   const struct program_dialog *dialog);

/* The node with an id, or NULL. */
const struct program_node *program_node(const struct program_dialog *dialog, struct slice id);

/* Calls `visit` for each node, and for the members of each bot action behind it. */
void program_visit(const struct program_dialog *dialog,
                   void (*visit)(void *context, const struct program_node *node), void *context);

#endif
