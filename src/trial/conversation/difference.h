/* How what was differs from what was expected: where, and in which way. */
#ifndef DIALOGC_TRIAL_CONVERSATION_DIFFERENCE_H
#define DIALOGC_TRIAL_CONVERSATION_DIFFERENCE_H

#include "base/arena.h"
#include "document/tree/node.h"

/* What counts of a value. Lists always have as many items as expected. */
enum comparing {
    COMPARE_WHOLE,   /* everything */
    COMPARE_NAMED,   /* of mappings the members that are expected, on every level */
    COMPARE_REQUEST, /* a request: named members, each as a whole; of its headers those named */
    COMPARE_HEADERS, /* members by name, in any letter case */
    COMPARE_MESSAGE, /* as COMPARE_NAMED; a text stands for a message with this text */
    COMPARE_RECORD,  /* as COMPARE_NAMED; times are the same in each of their forms */
};

enum difference_kind {
    DIFFERENCE_VALUE,
    DIFFERENCE_PATTERN, /* a text that does not match */
    DIFFERENCE_TYPE,    /* a number for a text, a mapping for a list */
    DIFFERENCE_LENGTH,  /* of a list */
    DIFFERENCE_MISSING, /* a member that was expected */
    DIFFERENCE_SURPLUS, /* a member that was not */
};

/* The first difference, as deep as it is. */
struct difference {
    enum difference_kind kind;
    const struct node *place;  /* what was expected there */
    const struct node *actual; /* what was there; NULL: nothing */
    struct slice path;         /* "buttons[0].title"; empty: the value itself */
};

/* True, with the first difference, when `actual` (may be NULL) is not what was expected. */
bool difference_find(struct arena *arena, const struct node *expected, const struct node *actual,
                     enum comparing how, struct difference *found);

/*
 * What to show of `actual` beside what was expected: where both agree, in the expectation's own
 * words, and nothing that does not count.
 */
const struct node *difference_shown(struct arena *arena, const struct node *expected,
                                    const struct node *actual, enum comparing how);

#endif
