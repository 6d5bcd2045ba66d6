/* What dialogc preview shows: the dialogs of templates, artifacts and exports. */
#ifndef DIALOGC_CLI_PREVIEW_SUBJECT_H
#define DIALOGC_CLI_PREVIEW_SUBJECT_H

#include "cli/stage.h"
#include "page/page.h"

struct preview {
    struct arena *arena;
    struct options *options;
    struct stage stage;
    struct page page;            /* but for `folder`, and what a server adds */
    struct diagnostics findings; /* about what is shown */
};

/*
 * Fills the page for the operands, as the options say. STATUS_OK, or another status after a report;
 * the files that have been looked at are among the findings of the run in any case.
 */
int preview_prepare(struct preview *preview);

#endif
