/* How much of dialogs is tried: by their conversations, and by exploring them. */
#ifndef DIALOGC_CLI_PREVIEW_COVERAGE_H
#define DIALOGC_CLI_PREVIEW_COVERAGE_H

#include "cli/stage.h"
#include "page/page.h"

/*
 * Runs the conversations beside the templates of the stage's dialogs, and explores the first of
 * these, in processes of their own; notes in each dialog what was taken and what was reached.
 * False, with findings in the run, when conversations are not valid. What cannot be tried stays
 * without, and a remark in the run says why.
 */
bool coverage_measure(struct stage *stage, const struct options *options,
                      struct page_dialog *dialogs, size_t count, size_t explored);

#endif
