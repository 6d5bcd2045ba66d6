/*
 * How many steps a backtracking matcher may take.
 *
 * It goes through all ways in which a pattern can match the start of a text, one by one, before it
 * says no. Two searches look for a text with too many of them:
 *
 * - One is exact and finds exponential growth: a position that leads back to itself over one text
 *   in two ways, as in `(a+)+`, doubles the ways with each turn.
 * - One makes texts of a hundred characters, from the beginning and from each fork on, keeps of all
 *   that end with the same character those with the most ways, and counts. So it finds what is
 * only exponential up to some length, as `(a?){30}a{30}`, and many loops in a row, as `.*.*.*.*=`.
 */
#include "document/schema/regex_risk.h"

#include <stdint.h>

#include "document/schema/regex_automaton.h"

#define TEXT_LENGTH 100
#define MOST_STEPS  1e6
#define KEPT        3                  /* of the texts that end with the same character */
#define WORK_LIMIT  ((size_t)30000000) /* of moves that are looked at */

static const char exponential[] =
    "a loop can match the same text in two ways, as in `(a+)+` or `(a|a)+`: each further character "
    "can double the time";
static const char many_steps[] =
    "a text of 100 characters can take more than a million steps, as with `.*.*.*.*=`";
static const char too_large[] = "it is too large to say that it does not";

struct judge {
    struct arena *arena;
    struct regex_automaton automaton;
    size_t *component; /* of each position: those of one component lead to each other */
    size_t work;
};

/* ---- which positions lead back to themselves ---- */

/* The state of Tarjan's algorithm. */
struct tarjan {
    struct judge *judge;
    size_t *order, *low; /* 0: not met */
    uint32_t *stack;
    bool *on_stack;
    size_t met, stacked, components;
};

/* A position whose edges are being followed. */
struct visit {
    uint32_t position;
    size_t edge;
};

static void enter(struct tarjan *t, struct visit *visits, size_t *depth, uint32_t position)
{
    visits[(*depth)++] = (struct visit){position, 0};
    t->order[position] = t->low[position] = ++t->met;
    t->stack[t->stacked++] = position;
    t->on_stack[position] = true;
}

/* All edges of `position` have been followed: a component may be whole. */
static void leave(struct tarjan *t, uint32_t position)
{
    if (t->low[position] != t->order[position]) {
        return;
    }
    uint32_t member;
    do {
        member = t->stack[--t->stacked];
        t->on_stack[member] = false;
        t->judge->component[member] = t->components;
    } while (member != position);
    t->components++;
}

static void walk(struct tarjan *t, struct visit *visits, uint32_t start)
{
    size_t depth = 0;
    enter(t, visits, &depth, start);
    while (depth > 0) {
        struct visit *top = &visits[depth - 1];
        const struct regex_edges *next = &t->judge->automaton.next[top->position];
        if (top->edge == next->count) {
            uint32_t done = top->position;
            leave(t, done);
            depth--;
            uint32_t above = depth > 0 ? visits[depth - 1].position : done;
            t->low[above] = t->low[done] < t->low[above] ? t->low[done] : t->low[above];
            continue;
        }
        uint32_t to = next->items[top->edge++].to;
        if (t->order[to] == 0) {
            enter(t, visits, &depth, to);
        } else if (t->on_stack[to] && t->order[to] < t->low[top->position]) {
            t->low[top->position] = t->order[to];
        }
    }
}

static void find_components(struct judge *j)
{
    size_t count = j->automaton.count;
    struct tarjan t = {.judge = j};
    t.order = arena_alloc_array(j->arena, count, sizeof *t.order);
    t.low = arena_alloc_array(j->arena, count, sizeof *t.low);
    t.stack = arena_alloc_array(j->arena, count, sizeof *t.stack);
    t.on_stack = arena_alloc_array(j->arena, count, sizeof *t.on_stack);
    struct visit *visits = arena_alloc_array(j->arena, count, sizeof *visits);
    j->component = arena_alloc_array(j->arena, count, sizeof *j->component);
    for (uint32_t i = 0; i < count; i++) {
        if (t.order[i] == 0) {
            walk(&t, visits, i);
        }
    }
}

/* ---- two ways from a position to itself ---- */

/* Pairs of positions that one text leads to from one position, the smaller one first. */
struct pairs {
    struct judge *judge;
    uint64_t *met; /* a bit for each pair */
    uint32_t (*list)[2];
    size_t count;
};

static void meet(struct pairs *pairs, uint32_t a, uint32_t b)
{
    uint32_t small = a < b ? a : b;
    uint32_t great = a < b ? b : a;
    size_t bit = small * pairs->judge->automaton.count + great;
    if ((pairs->met[bit / 64] >> (bit % 64) & 1) == 0) {
        pairs->met[bit / 64] |= (uint64_t)1 << (bit % 64);
        pairs->list =
            arena_append(pairs->judge->arena, pairs->list, pairs->count, sizeof *pairs->list);
        pairs->list[pairs->count][0] = small;
        pairs->list[pairs->count++][1] = great;
    }
}

/* True when a pair of two positions leads back to one: two ways have met again. */
static bool follow_pair(struct pairs *pairs, uint32_t a, uint32_t b)
{
    struct judge *j = pairs->judge;
    const struct regex_edges *from_a = &j->automaton.next[a];
    const struct regex_edges *from_b = &j->automaton.next[b];
    for (size_t i = 0; i < from_a->count && j->work < WORK_LIMIT; i++) {
        uint32_t to_a = from_a->items[i].to;
        if (j->component[to_a] != j->component[a]) {
            continue;
        }
        if (a == b && from_a->items[i].ways > 1) {
            return true;
        }
        j->work += from_b->count;
        for (size_t k = 0; k < from_b->count; k++) {
            uint32_t to_b = from_b->items[k].to;
            if (j->component[to_b] != j->component[a] ||
                !char_sets_meet(&j->automaton.sets[to_a], &j->automaton.sets[to_b])) {
                continue;
            }
            if (a != b && to_a == to_b) {
                return true;
            }
            if (to_a != to_b) {
                meet(pairs, to_a, to_b);
            }
        }
    }
    return false;
}

static bool grows_exponentially(struct judge *j)
{
    size_t count = j->automaton.count;
    struct pairs pairs = {.judge = j};
    pairs.met = arena_alloc_array(j->arena, count * count / 64 + 1, sizeof *pairs.met);
    for (uint32_t i = 0; i < count; i++) {
        if (follow_pair(&pairs, i, i)) {
            return true;
        }
    }
    for (size_t i = 0; i < pairs.count; i++) {
        if (follow_pair(&pairs, pairs.list[i][0], pairs.list[i][1])) {
            return true;
        }
    }
    return false;
}

/* ---- the text with the most ways ---- */

/* Characters that no position tells apart are one: of each kind, one is tried. */
struct alphabet {
    unsigned chars[CHAR_SET_SIZE];
    size_t count;
};

static struct alphabet find_alphabet(const struct regex_automaton *a)
{
    unsigned kind[CHAR_SET_SIZE] = {0};
    size_t kinds = 1;
    for (size_t i = 0; i < a->count && kinds < CHAR_SET_SIZE; i++) {
        unsigned renamed[CHAR_SET_SIZE] = {
            0}; /* the kind of those in the set, from their old one */
        size_t outside[CHAR_SET_SIZE] = {0};
        for (unsigned c = 0; c < CHAR_SET_SIZE; c++) {
            outside[kind[c]] += !char_set_has(&a->sets[i], c);
        }
        for (unsigned c = 0; c < CHAR_SET_SIZE; c++) {
            if (char_set_has(&a->sets[i], c) && outside[kind[c]] > 0) {
                unsigned old = kind[c];
                renamed[old] = renamed[old] != 0 ? renamed[old] : (unsigned)kinds++;
                kind[c] = renamed[old];
            }
        }
    }
    struct alphabet alphabet = {0};
    bool known[CHAR_SET_SIZE] = {0};
    for (unsigned c = 0; c < CHAR_SET_SIZE; c++) {
        if (!known[kind[c]]) {
            known[kind[c]] = true;
            alphabet.chars[alphabet.count++] = c;
        }
    }
    return alphabet;
}

/* The positions that a text leads to, and in how many ways to each; the ways of all its starts. */
struct ways {
    double *of; /* each position; 0 for those that are not in the list */
    uint32_t *list;
    size_t count;
    double steps;
};

/* For each kind of character, the best texts so far that end with it; and the next ones. */
struct texts {
    struct judge *judge;
    struct alphabet alphabet;
    struct ways *now, *next;
};

static struct ways *texts_new(struct judge *j, size_t count)
{
    struct ways *ways = arena_alloc_array(j->arena, count, sizeof *ways);
    for (size_t i = 0; i < count; i++) {
        ways[i].of = arena_alloc_array(j->arena, j->automaton.count, sizeof(double));
        ways[i].list = arena_alloc_array(j->arena, j->automaton.count, sizeof(uint32_t));
    }
    return ways;
}

static void ways_clear(struct ways *ways)
{
    for (size_t i = 0; i < ways->count; i++) {
        ways->of[ways->list[i]] = 0;
    }
    ways->count = 0;
    ways->steps = 0;
}

static void ways_add(struct ways *ways, uint32_t position, double number)
{
    if (ways->of[position] == 0) {
        ways->list[ways->count++] = position;
    }
    ways->of[position] += number;
}

/* Ways that lead nowhere are steps, but no reason to prefer a text. */
#define ASIDE 0.001

/* Adds up what the ways over each kind of character are worth, from `ways` ways on. */
static void sum_edges(struct texts *t, const struct regex_edges *edges, double ways, double *sums)
{
    const struct alphabet *alphabet = &t->alphabet;
    for (size_t i = 0; i < edges->count; i++) {
        uint32_t to = edges->items[i].to;
        const struct char_set *set = &t->judge->automaton.sets[to];
        double worth = ways * edges->items[i].ways * (t->judge->automaton.aside[to] ? ASIDE : 1);
        for (size_t k = 0; k < alphabet->count; k++) {
            sums[k] += char_set_has(set, alphabet->chars[k]) ? worth : 0;
        }
    }
    t->judge->work += edges->count * alphabet->count;
}

static void follow_edges(struct texts *t, const struct regex_edges *edges, double ways, size_t kind,
                         struct ways *to)
{
    for (size_t i = 0; i < edges->count; i++) {
        uint32_t position = edges->items[i].to;
        if (char_set_has(&t->judge->automaton.sets[position], t->alphabet.chars[kind])) {
            ways_add(to, position, ways * edges->items[i].ways);
        }
    }
}

/* Makes `to` the text `from` with another character; `first`: where matches begin behind it. */
static void add_character(struct texts *t, const struct ways *from, const struct regex_edges *first,
                          size_t kind, struct ways *to)
{
    ways_clear(to);
    to->steps = from->steps;
    follow_edges(t, first, 1, kind, to);
    for (size_t i = 0; i < from->count; i++) {
        uint32_t position = from->list[i];
        follow_edges(t, &t->judge->automaton.next[position], from->of[position], kind, to);
    }
    for (size_t i = 0; i < to->count; i++) {
        to->steps += to->of[to->list[i]];
    }
}

/* A text that another character makes, and what its ways are worth. */
struct candidate {
    double worth;
    size_t from;
};

/* Takes a candidate among the best of its kind; those that are worth the same count once. */
static void offer(struct candidate *best, struct candidate candidate)
{
    size_t place = KEPT;
    while (place > 0 && best[place - 1].worth < candidate.worth) {
        place--;
    }
    if (place == KEPT || candidate.worth == 0 ||
        (place > 0 && best[place - 1].worth <= candidate.worth)) {
        return;
    }
    memmove(best + place + 1, best + place, (KEPT - 1 - place) * sizeof *best);
    best[place] = candidate;
}

/*
 * The best texts that are one character longer than the first `count` of `now`, in its place;
 * returns the steps over the best of them.
 */
static double extend_texts(struct texts *t, size_t count, const struct regex_edges *first)
{
    struct candidate best[CHAR_SET_SIZE][KEPT] = {0};
    double most = 0;
    for (size_t s = 0; s < count; s++) {
        double sums[CHAR_SET_SIZE] = {0};
        sum_edges(t, first, 1, sums);
        for (size_t i = 0; i < t->now[s].count; i++) {
            uint32_t position = t->now[s].list[i];
            sum_edges(t, &t->judge->automaton.next[position], t->now[s].of[position], sums);
        }
        for (size_t k = 0; k < t->alphabet.count; k++) {
            offer(best[k], (struct candidate){sums[k], s});
        }
    }
    for (size_t i = 0; i < t->alphabet.count * KEPT; i++) {
        const struct candidate *made = &best[i / KEPT][i % KEPT];
        ways_clear(&t->next[i]);
        if (made->worth > 0) {
            add_character(t, &t->now[made->from], first, i / KEPT, &t->next[i]);
        }
        most = t->next[i].steps > most ? t->next[i].steps : most;
    }
    struct ways *swapped = t->now;
    t->now = t->next;
    t->next = swapped;
    return most;
}

/*
 * True when a text takes too many steps that begins behind the first of `now`, or at the start of
 * the pattern: then a match may begin at each character, too, when nothing holds it at the start.
 */
static bool has_slow_text(struct texts *t, bool begins)
{
    static const struct regex_edges none = {0};
    const struct regex_automaton *a = &t->judge->automaton;
    double steps = 1;
    for (size_t length = 0; length < TEXT_LENGTH && steps > 0; length++) {
        bool again = begins && (length == 0 || !a->anchored);
        steps =
            extend_texts(t, length == 0 ? 1 : t->alphabet.count * KEPT, again ? &a->first : &none);
        if (steps > MOST_STEPS) {
            return true;
        }
        if (t->judge->work > WORK_LIMIT) {
            return false;
        }
    }
    return false;
}

static bool takes_many_steps(struct judge *j)
{
    struct texts t = {.judge = j, .alphabet = find_alphabet(&j->automaton)};
    t.now = texts_new(j, t.alphabet.count * KEPT);
    t.next = texts_new(j, t.alphabet.count * KEPT);
    bool many = has_slow_text(&t, true);
    for (uint32_t i = 0; i < j->automaton.count && !many; i++) {
        if (j->automaton.next[i].count > 1) {
            for (size_t k = 0; k < t.alphabet.count * KEPT; k++) {
                ways_clear(&t.now[k]);
            }
            ways_add(&t.now[0], i, 1);
            many = has_slow_text(&t, false);
        }
    }
    return many;
}

const char *regex_risk(struct arena *arena, struct slice pattern)
{
    struct judge judge = {.arena = arena, .automaton = regex_automaton_new(arena, pattern)};
    if (judge.automaton.too_large) {
        return too_large;
    }
    find_components(&judge);
    if (grows_exponentially(&judge)) {
        return exponential;
    }
    if (judge.work > WORK_LIMIT) {
        return too_large;
    }
    judge.work = 0;
    return takes_many_steps(&judge) ? many_steps : NULL;
}
