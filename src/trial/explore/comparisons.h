/*
 * What a dialog compares, and with what: the tests of its transitions, and what can be seen of
 * those in its scripts. It says which answers and responses make a difference.
 */
#ifndef DIALOGC_TRIAL_EXPLORE_COMPARISONS_H
#define DIALOGC_TRIAL_EXPLORE_COMPARISONS_H

#include "trial/simulator/program.h"

enum comparison_kind {
    COMPARES_EQUAL,
    COMPARES_ORDER,   /* <, <=, >, >= */
    COMPARES_PART,    /* contains */
    COMPARES_PATTERN, /* a regular expression */
    COMPARES_PRESENCE,
};

struct comparison {
    struct slice subject; /* a path: "context.entities.age", "context.find.response.body[0].Id" */
    bool of_length;       /* its length is compared */
    enum comparison_kind kind;
    struct slice value; /* a text, number or pattern; of a presence empty */
    size_t group;       /* the condition or script that makes it, first */
};

/* A script keeps what is at a path under another one: context.n = Number(context.entities.n). */
struct comparison_alias {
    struct slice name, path;
};

struct comparisons {
    struct comparison *items;
    size_t count;
    size_t own;   /* the first ones, of the dialog itself: others are of dialogs that it calls */
    size_t group; /* of what is added */
    struct comparison_alias *aliases;
    size_t alias_count;
};

/* Adds a comparison, once, to the group of the list. */
void comparisons_add(struct arena *arena, struct comparisons *list, struct comparison comparison);

void comparisons_add_alias(struct arena *arena, struct comparisons *list,
                           struct comparison_alias alias);

/* Adds, for each comparison of what has another name, the same comparison with the other one. */
void comparisons_follow_aliases(struct arena *arena, struct comparisons *list);

/* All comparisons of a dialog and of those that it calls, in `arena`, in the order of the nodes. */
struct comparisons comparisons_of_dialog(struct arena *arena, const struct program *program,
                                         const struct program_dialog *dialog);

/*
 * Adds the comparisons of a script, as far as they can be seen in its text: a path of the context,
 * or a variable made of one, and a literal on the other side of an operator.
 */
void comparisons_of_script(struct arena *arena, struct slice script, struct comparisons *list);

#endif
