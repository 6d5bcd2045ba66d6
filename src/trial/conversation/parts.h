/* What the parts of conversations share; private to src/trial/conversation/. */
#ifndef DIALOGC_TRIAL_CONVERSATION_PARTS_H
#define DIALOGC_TRIAL_CONVERSATION_PARTS_H

#include "trial/conversation/conversation.h"

/* ---- what has happened, as files say it (happened.c) ---- */

/* The events of the last turn, in lists of what was sent, said, and went wrong. */
struct turn_lists {
    struct node *requests; /* with their headers and hosts */
    struct node *messages, *problems;
};

struct turn_lists happened_in_turn(const struct conversation *c);

/* The event with which the conversation has ended, or NULL. */
const struct event *happened_end(const struct simulator *s);

/* The value of `ends` for it. */
struct node *happened_end_node(struct arena *arena, const struct event *end);

/* How often a service has been called in a turn that answers for it: a value of `answered`. */
struct call_count {
    size_t calls;
};

/* How often the service `name` was called in the last turn, as far as the turn answers for it. */
size_t happened_call_count(const struct conversation *c, struct slice name);

/* A copy of headers in which credentials are three asterisks. */
const struct node *happened_mask_headers(struct arena *arena, const struct node *headers);

/* ---- what an answer means (understood.c) ---- */

/* What a conversation waits at before a turn. */
struct question {
    const struct program_node *node; /* NULL: none */
    size_t event_count;
};

struct question understood_before(const struct simulator *s);

/*
 * After the turn in which the user said `text`: why the question did not take it, in words for the
 * author of a test; empty when it did. "`green` is not an answer to `color`, which offers `Red`"
 */
struct slice understood_not(struct arena *arena, const struct simulator *s,
                            const struct question *question, struct slice text);

/* ---- checking (entity_value.c) ---- */

/* Why an entity cannot have a value; `message` empty: it can. */
struct value_mistake {
    struct slice message;
    struct slice instead; /* the value that was meant, or empty */
    struct slice way_out; /* what values there are, or empty */
    bool is_possible;     /* a script may have left it: explorations try such values, too */
};

/* Looks at a value that `set` gives to the entity of `node`; `locale` may be empty. */
struct value_mistake entity_value_mistake(struct arena *arena, const struct program_node *node,
                                          const struct node *value, struct slice locale);

/* ---- recording (record.c) ---- */

/* The fields of a record of `object` that people set: not those that Salesforce keeps itself. */
const struct node *record_shown_fields(const struct conversation *c, struct slice object,
                                       const struct node *record);

/* ---- comparing (compare.c) ---- */

struct comparison {
    struct conversation *conversation;
    struct conversation_result *result;
    size_t turn;              /* from 1; 0: the end */
    struct slice refused;     /* what the question did not take in this turn; or empty */
    struct slice refused_yet; /* the same for the last turn in which that was so */
    size_t refused_turn;
};

/* Adds a failure; `help` (the way out) may be empty. */
void comparison_add(struct comparison *c, const struct node *place, struct slice expected,
                    struct slice actual, struct slice what, struct slice help);

/* Compares the last turn with what `turn` of the file expects of it. */
void compare_turn(struct comparison *c, const struct node *turn);

/* Compares the end of the conversation with what the case `one` expects of it. */
void compare_end(struct comparison *c, const struct node *one);

#endif
