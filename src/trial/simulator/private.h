/* What the parts of the simulator share. */
#ifndef DIALOGC_TRIAL_SIMULATOR_PRIVATE_H
#define DIALOGC_TRIAL_SIMULATOR_PRIVATE_H

#include "trial/simulator/simulator.h"

/* ---- variables (substitute.c) ---- */

/*
 * Appends `text` with each {{…}} replaced by its value: text as it is, other values as JSON.
 * Environment variables without a value become `host`.
 */
void substitute(struct script_engine *engine, struct arena *arena, struct builder *out,
                struct slice text, struct slice host);

/* A value as the platform shows it in a text. */
void substitute_value(struct builder *out, const struct node *value);

/* Percent-encoded text as it was; text that is not encoded stays. */
struct slice decoded(struct arena *arena, struct slice text);

/* ---- answers (answer.c, answer_date.c) ---- */

struct answer_context {
    struct arena *arena;
    struct script_engine *engine;
    struct slice locale;
    long long now;
};

/* The value that the entity of `node` has after the answer `text`; NULL when it is none. */
struct node *answer_value(const struct answer_context *context, const struct program_node *node,
                          struct slice text);

/* The choices of an entity, as a list of {title, value, synonyms}; NULL when it has none. */
const struct node *answer_choices(const struct answer_context *context,
                                  const struct program_node *node);

/* "yes", "no" or "", by the synonyms of a confirmation. */
struct slice answer_confirmation(const struct answer_context *context,
                                 const struct program_node *node, struct slice text);

/* The date, time, or date and time in `text` as ISO 8601; empty when it is none. */
struct slice answer_date(struct arena *arena, struct slice text, long long now);
struct slice answer_time(struct arena *arena, struct slice text);
struct slice answer_date_time(struct arena *arena, struct slice text, long long now);

/* ---- transitions (transition.c) ---- */

struct transition_context {
    struct script_engine *engine;
    struct arena *arena;
    const struct program_dialog *dialog;
    struct slice confirmation; /* the answer to a confirmation that has just been given */
};

/* True when the test of a transition holds. */
bool transition_holds(const struct transition_context *context, const struct node *test);

/* ---- what is said (channel.c) ---- */

/*
 * A message as it is seen: text, or a mapping of `text` and what it shows beside it: `buttons`,
 * `quickReplies`, `list`, `carousel`, `table`, or the `payload` of another template.
 */
const struct node *channel_message(struct arena *arena, struct slice printed, bool is_script);

#endif
