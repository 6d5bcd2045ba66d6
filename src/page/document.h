/* The page itself: one file that loads nothing. */
#ifndef DIALOGC_PAGE_DOCUMENT_H
#define DIALOGC_PAGE_DOCUMENT_H

#include "base/builder.h"
#include "page/page.h"

/*
 * Appends the HTML document: the data of the page, and the styles and scripts of page/ (at the top
 * of the repository), which are part of the program. Its content security policy allows these, by
 * their hashes, and nothing else.
 */
void page_document(struct builder *out, const struct page *page);

#endif
