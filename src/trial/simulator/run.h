/* A conversation that runs: its state, and what every kind of node does with it. */
#ifndef DIALOGC_TRIAL_SIMULATOR_RUN_H
#define DIALOGC_TRIAL_SIMULATOR_RUN_H

#include "trial/simulator/answer.h"

/* A dialog that waits for another one to end. */
struct frame {
    const struct program_dialog *dialog;
    const struct program_node *node;
    const struct node *entities; /* that it had when it called */
    struct frame *below;
};

struct run {
    struct simulator public;
    struct arena *arena;
    const struct program *program;
    const struct program_dialog *dialog;
    struct simulator_options options;
    struct event *events;
    struct frame *frames;
    struct map model_calls;   /* how often each node of a model has answered */
    long long failed_answers; /* at the question that waits */
    size_t steps;             /* of this turn */
    bool signed_in;
    bool stop_is_reported; /* of the scripts: see script_broken */
};

struct event *run_event(struct run *run, enum event_kind kind, const struct program_node *node);

void run_problem(struct run *run, const struct program_node *node, struct slice text);

/* The conversation ends at `node`; `reason` is empty at the flow's own end. */
void run_end(struct run *run, const struct program_node *node, const char *reason);

/* A text with its variables replaced. */
struct slice run_text(struct run *run, struct slice text);

/*
 * Runs a percent-encoded script of `node`. What goes wrong becomes a problem; a script that closes
 * the conversation ends it.
 */
struct script_result run_script(struct run *run, const struct program_node *node,
                                struct slice script);

/* Sets what is at `path`, whose first segment is a global of scripts; NULL deletes it. */
void run_set(struct run *run, const struct slice *path, size_t count, const struct node *value);

void run_set_entity(struct run *run, struct slice name, const struct node *value);

struct answer_context run_answer_context(const struct run *run);

/* The text of a mapping of locales: that of the conversation, else the first; NULL: none. */
const struct node *run_locale(const struct run *run, const struct node *locales);

#endif
