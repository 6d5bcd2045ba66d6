/*
 * Concealment: the one place that decides what text may be shown.
 *
 * Two things are hidden in every text that leaves dialogc: what is a credential by itself
 * (diag/secret.h), and every credential that this run knows from the place where it was found, as
 * often as the same bytes appear anywhere, whole, in parts between dots and slashes, or cut off.
 *
 * Findings pass through findings_conceal before any renderer sees them (cli_report, dialogc.h), all
 * other text at the places where it leaves: pages (cli_printable), messages (cli_message, cli_note)
 * and JSON (cjson_print). Excerpts of sources show asterisks, so that columns stay what they are;
 * messages and pages three of them.
 */
#ifndef DIALOGC_DIAG_CONCEALMENT_H
#define DIALOGC_DIAG_CONCEALMENT_H

#include "base/arena.h"
#include "diag/source.h"

/* What a run knows. */
struct concealment {
    struct arena *arena;
    struct known_secret *known;
    size_t count;
    bool ordered;    /* the known ones are in the order of their bytes */
    size_t shortest; /* shorter ones are hidden only where they were found */
};

static inline struct concealment concealment_new(struct arena *arena)
{
    return (struct concealment){.arena = arena, .shortest = 6};
}

/* From now on `secret` is not shown; ignored when it is so short that any text may have it. */
void conceal_add(struct concealment *concealment, struct slice secret);

/* From now on the credentials that are in `text` are not shown: the bytes of a file, mostly. */
void conceal_learn(struct concealment *concealment, struct slice text);

/* The same for a source, and for what checks have masked in it. */
void conceal_learn_source(struct concealment *concealment, const struct source *source);

/* Masks what is known in the source around a place, as far as it is ever shown with it. */
void conceal_around(struct concealment *concealment, const struct source *source,
                    struct range range);

/* `text`, or a copy of it (in `arena`) without the secrets. */
struct slice conceal_text(struct concealment *concealment, struct arena *arena, struct slice text);

/*
 * Writes asterisks over the credentials that `text` has by itself; for where there is no arena, or
 * no more memory.
 */
void conceal_in_place(char *text, size_t length);

#endif
