/* What is kept of a compiled template, and the rules between templates. */
#ifndef DIALOGC_COMPILER_SUMMARY_H
#define DIALOGC_COMPILER_SUMMARY_H

#include "model/template.h"

/* A name or sentence that must be unique in a run, and where it stands. */
struct unique_text {
    struct slice key;  /* folded; sentences with their locale */
    struct slice text; /* as written */
    struct range range;
};

struct summary {
    const char *path;
    struct slice id; /* empty: no template */
    struct range id_range;
    struct unique_text *titles;
    size_t title_count;
    struct unique_text *utterances;
    size_t utterance_count;
    bool imported; /* the platform has it like that */
    bool deferred; /* waits for the second pass */
    struct diagnostics diagnostics;
    struct slice failure; /* of the system; empty: none */
    struct slice artifact;
};

/* Keeps what the rules between templates need, in `arena`. */
void summary_fill(struct summary *summary, struct arena *arena, const struct template *template);

/*
 * Reports identifiers and titles that two templates share (E0510) and utterances that train two
 * intents (E0505), with the later of the two in order of the inputs. Files are read once more to
 * show the lines; `standard_input` stands for "-".
 */
void summaries_check(struct arena *arena, struct summary *summaries, size_t count,
                     struct slice standard_input);

#endif
