/* Numbers and dates have neighbours; patterns are walked through by chance, which has a seed. */
#include "trial/explore/solve.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/builder.h"
#include "base/date.h"
#include "document/schema/regex.h"
#include "document/schema/regex_automaton.h"
#include "document/tree/build.h"

/* Walks through a pattern that are tried, and the longest one. */
#define WALK_COUNT  160
#define WALK_LENGTH 200

static void add(struct arena *arena, struct node *texts, struct slice text)
{
    node_append(arena, texts, node_new_text(arena, text));
}

static bool is_number(struct slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        digits += ascii_is_digit(text.data[i]);
        if (!ascii_is_digit(text.data[i]) && text.data[i] != '.' &&
            !(i == 0 && text.data[i] == '-')) {
            return false;
        }
    }
    return digits > 0 && digits < 16;
}

/* The neighbours of a number or date; none for other texts. */
static void add_neighbours(struct arena *arena, struct node *texts, struct slice value)
{
    long long milliseconds;
    bool has_time;
    if (is_number(value)) {
        long long number = strtoll(arena_copy(arena, value), NULL, 10);
        add(arena, texts, arena_printf(arena, "%lld", number + 1));
        add(arena, texts, arena_printf(arena, "%lld", number - 1));
    } else if (date_read(value, &milliseconds, &has_time)) {
        for (int i = -1; i <= 1; i += 2) {
            long long other = milliseconds + i * DATE_MILLISECONDS;
            add(arena, texts, has_time ? date_time_text(arena, other) : date_text(arena, other));
        }
    }
}

struct node *solve_texts(struct arena *arena, const struct comparison *comparison)
{
    struct node *texts = node_new_sequence(arena);
    struct slice value = comparison->value;
    switch (comparison->kind) {
    case COMPARES_EQUAL:
    case COMPARES_PART:
    case COMPARES_ORDER: /* what follows has the neighbours */
        add(arena, texts, value);
        break;
    case COMPARES_PATTERN:
        value = solve_pattern(arena, value, 1, WALK_LENGTH);
        if (value.length > 0) {
            add(arena, texts, value);
        }
        break;
    case COMPARES_PRESENCE:
        break;
    }
    if (comparison->kind == COMPARES_ORDER || comparison->of_length) {
        add_neighbours(arena, texts, value);
    }
    return texts;
}

/* ---- patterns ---- */

struct pattern_walk {
    struct regex_automaton automaton;
    const struct regex *regex;
    struct regex_scratch *scratch;
    uint32_t seed;
    size_t least, most;
};

/* Below `limit`. */
static uint32_t chance(struct pattern_walk *w, size_t limit)
{
    w->seed = w->seed * 1664525u + 1013904223u;
    return (uint32_t)((w->seed >> 8) % (limit > 0 ? limit : 1));
}

/* A character of a set: a letter or digit if there is one, else one that can be seen; 0: none. */
static char choose_character(struct pattern_walk *w, const struct char_set *set)
{
    char plain[128] = {0}, other[128] = {0};
    size_t plain_count = 0, other_count = 0;
    for (unsigned c = ' '; c < 127; c++) {
        if (!char_set_has(set, c)) {
            continue;
        }
        if (ascii_is_word((char)c) && c != '_') {
            plain[plain_count++] = (char)c;
        } else {
            other[other_count++] = (char)c;
        }
    }
    return plain_count > 0   ? plain[chance(w, plain_count)]
           : other_count > 0 ? other[chance(w, other_count)]
                             : '\0';
}

static bool fits(struct pattern_walk *w, struct slice text)
{
    return text.length >= w->least && text.length <= w->most &&
           regex_search(w->scratch, w->regex, text) == REGEX_MATCH;
}

/*
 * One way through the automaton, up to where the text fits. Some walks prefer to turn round in
 * loops, which are as long as a pattern demands only when they are walked that often.
 */
static struct slice walk_once(struct pattern_walk *w, struct arena *arena, size_t number)
{
    static const uint32_t turns[] = {50, 80, 95, 99}; /* per cent */
    struct builder out = builder_new(arena);
    const struct regex_edges *edges = &w->automaton.first;
    uint32_t at = UINT32_MAX;
    while (out.length < w->most && edges->count > 0) {
        uint32_t next = edges->items[chance(w, edges->count)].to;
        for (size_t i = 0; i < edges->count; i++) {
            bool turns_round = at != UINT32_MAX && edges->items[i].to <= at;
            if (turns_round && chance(w, 100) < turns[number % 4]) {
                next = edges->items[i].to;
            }
        }
        char c = choose_character(w, &w->automaton.sets[next]);
        if (c == '\0') {
            break;
        }
        builder_add_char(&out, c);
        if (fits(w, builder_slice(&out))) {
            return builder_slice(&out);
        }
        at = next;
        edges = &w->automaton.next[next];
    }
    return SLICE("");
}

struct slice solve_pattern(struct arena *arena, struct slice pattern, size_t least, size_t most)
{
    struct slice message;
    size_t offset;
    struct pattern_walk walk = {.seed = 1, .least = least, .most = most};
    walk.regex = regex_compile(arena, pattern, &message, &offset);
    if (walk.regex == NULL) {
        return SLICE("");
    }
    walk.automaton = regex_automaton_new(arena, pattern);
    walk.scratch = regex_scratch_new(arena);
    walk.most = most < WALK_LENGTH ? most : WALK_LENGTH;
    for (size_t i = 0; i < WALK_COUNT; i++) {
        struct slice text = walk_once(&walk, arena, i);
        if (text.length > 0) {
            return text;
        }
    }
    return SLICE("");
}
