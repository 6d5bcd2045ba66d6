/* What a user's answer means to the node that waits for it. */
#ifndef DIALOGC_TRIAL_SIMULATOR_ANSWER_H
#define DIALOGC_TRIAL_SIMULATOR_ANSWER_H

#include "language/model/entity_type.h"
#include "trial/simulator/simulator.h"

struct answer_context {
    struct arena *arena;
    struct script_engine *engine;
    struct slice locale;
    long long now;
};

/* How answers to an entity node are read; those of types that dialogc does not know are text. */
enum entity_reading answer_reading(const struct program_node *node);

/* The value that the entity of `node` has after the answer `text`; NULL when it is none. */
struct node *answer_value(const struct answer_context *context, const struct program_node *node,
                          struct slice text);

/*
 * The choices of an entity, as a list of {title, value, synonyms}. NULL when it has none, since
 * they are in a lookup that the export does not have, or in a variable that has no value.
 */
const struct node *answer_choices(const struct answer_context *context,
                                  const struct program_node *node);

/* "yes", "no" or "", by the synonyms of a confirmation. */
struct slice answer_confirmation(const struct answer_context *context,
                                 const struct program_node *node, struct slice text);

/* The date, time, or date and time in `text` as ISO 8601; empty when it is none. */
struct slice answer_date(struct arena *arena, struct slice text, long long now);
struct slice answer_time(struct arena *arena, struct slice text);
struct slice answer_date_time(struct arena *arena, struct slice text, long long now);

#endif
