/* What a page shows, as JSON for its scripts. */
#ifndef DIALOGC_PAGE_DATA_H
#define DIALOGC_PAGE_DATA_H

#include "base/builder.h"
#include "page/page.h"

/*
 * Appends one JSON object: {title, folder, dialogs: [{id, name, file, line, width, height,
 * utterances, findings, nodes, edges}],
 * findings}. docs/preview.md describes it. There is no `<` in it, so
 * that it can be in a script of a page; what hides or turns text around is escaped.
 */
void page_data(struct builder *out, const struct page *page);

#endif
