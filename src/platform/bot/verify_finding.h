/* What the rules for bot exports share: what they look up, and findings that name their place. */
#ifndef DIALOGC_PLATFORM_BOT_VERIFY_FINDING_H
#define DIALOGC_PLATFORM_BOT_VERIFY_FINDING_H

#include "platform/bot/bot.h"

struct verify {
    struct arena *arena;
    const struct bot *bot;
    struct diagnostics *diagnostics;
    bool partial;             /* see bot_is_partial */
    struct map used_by;       /* a component's `_id` to the first dialog that has a node of it */
    struct map dialogs_refs;  /* a dialog's `refId` to the dialog */
    struct map safe_entities; /* an entity's name to a bool: it cannot hold any text */
    struct map called;        /* `_id` of dialogs that other dialogs call, to the dialog */
};

/* Adds the note that names the dialog, the node and the JSON pointer of a finding in the export. */
void verify_note_place(struct verify *v, struct diagnostic *diagnostic);

/*
 * Adds a finding at `at`, with the note that names its dialog, node and JSON pointer; returns it
 * for more notes.
 */
PRINTF_LIKE(4, 5)
struct diagnostic *verify_report(struct verify *v, enum code code, const struct node *at,
                                 const char *format, ...);

/*
 * Reports the literal credential (W1114) at `at` and masks it: nothing of it is ever shown. `where`
 * is a word for the place ("headers"), `key` the name that it stands under; empty: under none.
 */
void verify_report_credential(struct verify *v, const struct node *at, const char *where,
                              struct slice key);

/* True for a text that names a variable: it is no literal credential. */
bool verify_is_reference(struct slice value);

#endif
