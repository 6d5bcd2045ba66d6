/* What can be said at each point of a conversation, and what services can respond. */
#ifndef DIALOGC_TRIAL_EXPLORE_ALTERNATIVES_H
#define DIALOGC_TRIAL_EXPLORE_ALTERNATIVES_H

#include "trial/explore/comparisons.h"
#include "trial/explore/explore.h"

/* Something that can be said, or answered to a request, and what it is called. */
struct alternative {
    struct slice label;        /* "is too long"; empty: nothing special */
    struct slice text;         /* of a user */
    const struct node *answer; /* of a service */
};

/* The label of answers that try to break requests and messages. */
#define ALTERNATIVE_HOSTILE "hostile"

struct alternatives {
    struct alternative *items;
    size_t count;
};

void alternatives_add(struct arena *arena, struct alternatives *list, struct slice label,
                      struct slice text, const struct node *answer);

/*
 * What can be said to the node that `simulator` waits at: good answers first, then those that the
 * dialog compares with, then bad ones; with `hostile` those as well. `ids` are the ids of records
 * that there are.
 */
struct alternatives alternatives_of_question(struct arena *arena, struct simulator *simulator,
                                             const struct comparisons *comparisons,
                                             const struct node *ids, bool hostile);

/*
 * What `service` can respond instead of `body`, which it has said (NULL: no JSON): failures, no
 * response, its samples, and for each of the dialog's comparisons a response on each side of it.
 */
struct alternatives alternatives_of_response(struct arena *arena,
                                             const struct comparisons *comparisons,
                                             const struct program_node *service,
                                             const struct node *body);

/* The first sentences of a dialog's training: one plain, and one for each set of marked words. */
struct alternatives alternatives_of_utterance(struct arena *arena,
                                              const struct program_dialog *dialog);

#endif
