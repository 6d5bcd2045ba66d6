/* Dialogs as diagrams in Markdown, which GitHub and others draw (mermaid.js.org). */
#ifndef DIALOGC_PAGE_MERMAID_H
#define DIALOGC_PAGE_MERMAID_H

#include "base/builder.h"
#include "page/page.h"

/* Appends a diagram for each dialog, below its name where there are several. */
void page_mermaid(struct builder *out, const struct page *page);

#endif
