/*
 * A page to look at dialogs: what it is about. The wing makes documents of it: a page with the
 * canvas (document.h), a picture (svg.h) and a diagram for Markdown (mermaid.h).
 */
#ifndef DIALOGC_PAGE_PAGE_H
#define DIALOGC_PAGE_PAGE_H

#include "diag/diagnostic.h"
#include "language/model/template.h"
#include "page/canvas.h"
#include "platform/bot/diff.h"
#include "trial/conversation/conversation.h"

/* What no answer of an exploration has led to (trial/explore), as `dialogc test --explore` says it.
 */
struct page_gap {
    struct slice text;
    struct slice reason; /* empty: not known */
};

/* What an exploration has reached. */
struct page_reach {
    const bool *nodes; /* of each */
    const bool *transitions;
    const struct page_gap *gaps;
    size_t gap_count;
};

struct page_dialog {
    const struct program_dialog *dialog;
    const char *file;                /* of the template or export, as the user gave it */
    const struct template *template; /* NULL: there is none, or it cannot be loaded */
    const bool *nodes;               /* which nodes conversations entered; NULL: none were run */
    const bool *transitions;
    const struct page_reach *reach;   /* NULL: it was not explored */
    struct slice called;              /* what conversations call it */
    const struct diff_place *changes; /* since an older version; NULL: nothing is compared */
    const struct program_dialog *old; /* that version; NULL: there is none, or no newer one */
    struct conversation_world world;  /* for talking to it */
};

/* Its scripts are of whoever wrote the bot: a page with a machine is made in a worker (cli/pool.h).
 */
struct page {
    struct slice title; /* empty: the page finds words of its own */
    struct page_dialog *dialogs;
    size_t count;
    const struct diagnostics *findings;
    const struct diff_place *changes; /* of a bot that is compared, outside of its dialogs */
    bool talks;                       /* a server answers the chat of the page */
    struct slice stamp; /* another one means that the page is out of date; with `talks` */
    struct script_machine *machine; /* runs the scripts of messages; NULL: they are not run */
    const char *folder; /* from that of the page to the one that `file`s are relative to: "../" */
};

#endif
