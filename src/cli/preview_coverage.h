/* How much of dialogs is tried: by their conversations, and by exploring them. */
#ifndef DIALOGC_CLI_PREVIEW_COVERAGE_H
#define DIALOGC_CLI_PREVIEW_COVERAGE_H

#include "cli/stage.h"
#include "page/page.h"

/*
 * Runs the conversations beside the template `path`, and notes in the dialog what they take. False,
 * with findings in the run, when they are not valid.
 */
bool coverage_add_conversations(struct stage *stage, struct page_dialog *dialog, const char *path);

/*
 * Explores the dialogs, in processes of their own, and notes what was reached. A dialog that cannot
 * be explored stays without, and a remark in the run says why.
 */
void coverage_explore(struct stage *stage, const struct options *options,
                      struct page_dialog *dialogs, size_t count);

#endif
