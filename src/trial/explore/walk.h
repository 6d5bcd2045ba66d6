/* One conversation of an exploration: what is said and answered in it, and what became of it. */
#ifndef DIALOGC_TRIAL_EXPLORE_WALK_H
#define DIALOGC_TRIAL_EXPLORE_WALK_H

#include "trial/explore/alternatives.h"
#include "trial/explore/comparisons.h"

/* What is said, and what services respond meanwhile. */
struct walk {
    const struct node *turns;   /* as in a file: {user, answers} */
    const struct node *set;     /* entities that have a value before, or NULL */
    const struct node *org;     /* records besides those of all conversations, or NULL */
    struct slice label;         /* what is special about it */
    const struct node *session; /* what the session holds before, or NULL */
};

/* A service that was called in the last turn. */
struct walk_call {
    const struct program_node *node;
    struct http_request request;
    struct http_response response; /* to its first call */
};

/* What became of a walk. */
struct walked {
    bool is_new;       /* it reached nodes or transitions that no other had */
    bool is_new_below; /* or such of a dialog that is called */
    bool ended;
    bool happy;     /* it ended as the flow says, and no service was refused */
    size_t covered; /* nodes and transitions */
    bool *nodes, *transitions;
    struct alternatives next; /* what can be said now */
    struct walk_call *calls;  /* of the last turn, one for each service */
    size_t call_count;
    const struct node *answer; /* a good answer, as a value of the entity; NULL: none */
    const struct program_node *waiting;
    const struct program_node **asked; /* of each turn: what waited for it; NULL: nothing */
    struct slice outcomes; /* a character for each comparison, then for each entity; see states.h */
    struct slice end;      /* the node in which it ended */
    struct slice transcript; /* what the bot said in the last turn, and where that led */
};

/* A walk that reached something new. */
struct kept_walk {
    struct walk walk;
    bool *nodes; /* that it entered */
    const struct program_node **asked;
};

/* What an exploration knows. */
struct exploring {
    struct arena *arena;  /* of the result */
    struct arena scratch; /* of one conversation */
    const struct conversation_world *world;
    struct explore_options options;
    struct conversation_file file; /* with one case, which every conversation is led as */
    struct comparisons comparisons;
    struct slice *entities; /* the names of all */
    size_t entity_count;
    struct node *records, *ids;
    bool *nodes, *transitions; /* reached so far */
    struct map below;          /* the nodes and transitions of called dialogs, by address */
    struct kept_walk *kept;    /* in the order in which they were led */
    size_t kept_count;
    bool ends; /* some walk came to an end */
    struct exploration result;
};

/* The walk, and then `said`. */
struct walk walk_add_turn(struct exploring *e, const struct walk *walk,
                          const struct alternative *said);

/* The walk, with another answer in the turn number `turn`. */
struct walk walk_replace_turn(struct exploring *e, const struct walk *walk, size_t turn,
                              const struct alternative *said);

/* The walk, with another response of `service` in its last turn. */
struct walk walk_set_response(struct exploring *e, const struct walk *walk, struct slice service,
                              const struct alternative *response);

/*
 * Leads a conversation, and keeps the mistakes in it. With `notes` what it reaches counts as
 * reached. Everything of the result lives until the next one (`e->scratch`).
 */
struct walked walk_lead(struct exploring *e, const struct walk *walk, bool notes);

/* Keeps a mistake that a walk shows, once for each place. */
void walk_keep_mistake(struct exploring *e, const struct walk *walk, struct slice what);

#endif
