/*
 * Walking through a dialog: answers of every kind to its questions, answers of every kind to its
 * requests, until nothing new is reached. It finds conversations that go through every node and
 * transition, and what goes wrong on the way.
 */
#ifndef DIALOGC_TRIAL_EXPLORE_EXPLORE_H
#define DIALOGC_TRIAL_EXPLORE_EXPLORE_H

#include "trial/conversation/conversation.h"

struct explore_options {
    bool hostile;     /* answers that try to break requests and messages, too */
    bool makes_cases; /* conversations as a file, in place of what was not reached */
    bool only_happy;  /* one conversation, in which all goes well */
    size_t limit; /* conversations that are tried; 0: EXPLORE_LIMIT, and more for large dialogs */
};

#define EXPLORE_LIMIT 4000

/* What goes wrong in a conversation, said once for each place. */
struct explore_finding {
    struct slice what;          /* "the message `leadCreated` shows `undefined`" */
    const struct node *turns;   /* up to there, as in a file: {user, answers} */
    const struct node *set;     /* entities that have a value before, or NULL */
    const struct node *org;     /* records that the organisation must have for it, or NULL */
    const struct node *session; /* what the session must hold before, or NULL */
};

/* A node or transition that no conversation has reached. */
struct explore_gap {
    struct slice what; /* "never taken: from ask age to young, if `age` is 17" */
    struct slice why;  /* "no answer to `age` that was tried makes it true"; empty: not known */
};

struct exploration {
    struct node *file; /* conversations, as a file of schemas/conversation.schema.json; or NULL */
    struct explore_gap *gaps;
    size_t gap_count;
    size_t reached; /* nodes and transitions */
    size_t all;
    const bool *nodes; /* of each of the dialog: it was entered */
    const bool *transitions;
    struct explore_finding *findings;
    size_t finding_count;
    size_t runs;
    bool complete; /* the limit was not reached */
};

/*
 * Explores the world's dialog; `name` is what its file calls it, `project` may not be NULL. The
 * result is in `arena`.
 */
struct exploration explore(struct arena *arena, const struct conversation_world *world,
                           struct slice name, const struct explore_options *options);

/* Records that the requests of the world's dialog would find, as `org` of a file has them. */
struct node *explore_records(struct arena *arena, const struct conversation_world *world);

#endif
