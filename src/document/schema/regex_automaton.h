/*
 * A regular expression as an automaton without empty moves: a position for each character that the
 * pattern can match, and how one position follows another. A backtracking matcher walks its paths
 * one by one, so that the number of paths over a text is the number of steps that it takes at
 * worst.
 */
#ifndef DIALOGC_DOCUMENT_SCHEMA_REGEX_AUTOMATON_H
#define DIALOGC_DOCUMENT_SCHEMA_REGEX_AUTOMATON_H

#include <stdint.h>

#include "base/arena.h"

/* ASCII, and what lies beyond it in 64 parts, by the remainder of the code point. */
#define CHAR_SET_SIZE 192

struct char_set {
    uint64_t bits[CHAR_SET_SIZE / 64];
};

/* A position that is reached, and in how many ways without matching another character. */
struct regex_edge {
    uint32_t to;
    double ways;
};

struct regex_edges {
    struct regex_edge *items;
    size_t count;
};

struct regex_automaton {
    struct char_set *sets;    /* of each position: what it matches */
    struct regex_edges *next; /* of each position: what can follow */
    bool *aside;              /* of each position: it is in a lookaround, which leads nowhere */
    size_t count;
    struct regex_edges first; /* where a match can begin */
    bool anchored;            /* a match begins at the start of the text */
    bool too_large;           /* it is not whole: the pattern has too many positions */
};

/*
 * The automaton of a pattern, valid or not, in `arena`. It has all ways of the pattern, and some
 * more: assertions always hold, repetitions of many are without end, and a back reference
 * matches all that its group can.
 */
struct regex_automaton regex_automaton_new(struct arena *arena, struct slice pattern);

static inline bool char_set_has(const struct char_set *set, unsigned c)
{
    return (set->bits[c / 64] >> (c % 64) & 1) != 0;
}

static inline bool char_sets_meet(const struct char_set *a, const struct char_set *b)
{
    return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1]) | (a->bits[2] & b->bits[2])) != 0;
}

#endif
