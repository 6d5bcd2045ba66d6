/* What is kept of a compiled template, and the rules between templates. */
#ifndef DIALOGC_BUILD_COMPILER_SUMMARY_H
#define DIALOGC_BUILD_COMPILER_SUMMARY_H

#include "build/compiler/given.h"
#include "language/model/template.h"

/* A name or sentence that must be unique in a run, and where it stands. */
struct unique_text {
    uint64_t fingerprint; /* of the text folded; of sentences with their locale */
    struct slice text; /* NULL: as the file has it at `range`, or the template was not compiled */
    struct range range;
};

struct summary {
    const char *path;
    struct slice id;        /* empty: no valid template */
    struct slice broken_id; /* of one that is not valid, as far as it says it */
    struct range id_range;
    struct unique_text *titles;
    size_t title_count;
    struct unique_text *utterances;
    size_t utterance_count;
    struct slice *own_locales; /* those that the template itself lists */
    size_t own_locale_count;
    bool imported;      /* the platform has it like that */
    bool deferred;      /* waits for the second pass */
    bool compiled;      /* by this run */
    bool from_state;    /* by an earlier one, and it is as it was */
    bool calls_dialogs; /* what is found out of it depends on other templates */
    bool has_errors;    /* of its own */
    struct diagnostics diagnostics;
    struct diagnostics between; /* what the rules between templates find out */
    struct slice failure;       /* of the system; empty: none */
    struct slice artifact;
};

/* Keeps what the rules between templates need, in `arena`. */
void summary_fill(struct summary *summary, struct arena *arena, const struct template *template);

/* A copy in `arena`, with its findings but for those between templates, and without the artifact.
 */
struct summary summary_copy(struct arena *arena, const struct summary *summary);

/*
 * Summaries that an earlier run has left have no texts to show. True when some of them share a text
 * with another: from_state becomes false in those, and they must be compiled.
 */
bool summaries_need_texts(struct arena *arena, struct summary *summaries, size_t count);

/*
 * Reports identifiers and titles that two templates share (E0510) and utterances that train two
 * intents (E0505), with the later of the two in order of the inputs. Files are read once more to
 * show the lines, but for those that are given.
 */
void summaries_check(struct arena *arena, struct summary *summaries, size_t count,
                     const struct given_inputs *given);

#endif
