/* Outcomes of comparisons, one by one and in pairs. */
#include "trial/explore/states.h"

/* States of one question with new pairs: of comparisons that belong together, and of any. */
#define CLOSE_PAIR_LIMIT 200
#define PAIR_LIMIT       24

struct states states_new(struct exploring *e)
{
    return (struct states){e, map_new(e->arena), map_new(e->arena), map_new(e->arena)};
}

/* True when a part of a state was not seen before; it is noted. */
static bool note_part(struct states *states, struct slice part)
{
    if (map_get(&states->parts, part) != NULL) {
        return false;
    }
    map_add(&states->parts, arena_slice(states->e->arena, part), states);
    return true;
}

/*
 * The question that waits in a conversation with this session, as a key; other dialogs may have one
 * with the same id.
 */
static struct slice question_of(struct states *states, const struct walk *walk,
                                const struct walked *walked)
{
    return arena_printf(&states->e->scratch, "%p %p", (const void *)walked->waiting,
                        (const void *)walk->session);
}

struct novelty {
    bool single, close_pair, pair;
};

/* Outcomes of comparisons come first, then, for each entity, whether it has a value. */
static struct novelty novelty_of(struct states *states, struct slice question,
                                 const struct walked *walked)
{
    const struct exploring *e = states->e;
    struct novelty novelty = {0};
    struct slice outcomes = walked->outcomes;
    novelty.single = note_part(states, question);
    for (size_t i = 0; i < outcomes.length; i++) {
        bool is_comparison = i < e->comparisons.own;
        if (is_comparison && outcomes.data[i] == '-') {
            continue; /* nothing was compared yet */
        }
        novelty.single |= note_part(states, arena_printf(&states->e->scratch, "%.*s %zu%c",
                                                         SLICE_ARG(question), i, outcomes.data[i]));
        for (size_t j = i + 1; j < outcomes.length; j++) {
            bool are_comparisons = is_comparison && j < e->comparisons.own;
            if (are_comparisons && outcomes.data[j] == '-') {
                continue;
            }
            bool is_new = note_part(states, arena_printf(&states->e->scratch, "%.*s %zu%c %zu%c",
                                                         SLICE_ARG(question), i, outcomes.data[i],
                                                         j, outcomes.data[j]));
            bool are_close =
                are_comparisons && e->comparisons.items[i].group == e->comparisons.items[j].group;
            novelty.pair |= is_new;
            novelty.close_pair |= is_new && are_close;
        }
    }
    return novelty;
}

bool states_note(struct states *states, const struct walk *walk, const struct walked *walked)
{
    if (walked->waiting == NULL && walked->call_count == 0) {
        return false;
    }
    struct slice question = question_of(states, walk, walked);
    struct slice state = arena_printf(&states->e->scratch, "%.*s %.*s", SLICE_ARG(question),
                                      SLICE_ARG(walked->outcomes));
    if (map_get(&states->seen, state) != NULL) {
        return false;
    }
    map_add(&states->seen, arena_slice(states->e->arena, state), states);
    struct novelty novelty = novelty_of(states, question, walked);
    size_t count = map_number(&states->counts, question);
    bool is_worth = walked->is_new || novelty.single ||
                    (novelty.close_pair && count < CLOSE_PAIR_LIMIT) ||
                    (novelty.pair && count < PAIR_LIMIT);
    if (is_worth) {
        map_increment(&states->counts, arena_slice(states->e->arena, question));
    }
    return is_worth;
}
