/* What messages that are scripts show, with sample values for all that they read. */
#ifndef DIALOGC_PAGE_SAMPLE_H
#define DIALOGC_PAGE_SAMPLE_H

#include "trial/script/engine.h"
#include "trial/simulator/program.h"

/* Runs the scripts of messages, one dialog after the other. */
struct page_sampler {
    struct arena *arena;
    struct script_machine *machine; /* NULL: scripts are not run */
    struct script_engine *engine;   /* of the dialog that is being looked at; NULL: none yet */
    const struct program_dialog *dialog;
};

/* A sampler without any engine; the first script makes one. */
struct page_sampler page_sampler_new(struct arena *arena, struct script_machine *machine);

/*
 * What the script of a message shows (see channel_message); NULL when it fails, or without a
 * machine. Entities are their names in angle brackets, services answer with their
 * samples. Once a script has exceeded the bounds of the machine, no other one is run.
 */
const struct node *page_sample(struct page_sampler *sampler, const struct program_dialog *dialog,
                               struct slice script);

#endif
