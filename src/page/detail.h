/* What the page says of a node. */
#ifndef DIALOGC_PAGE_DETAIL_H
#define DIALOGC_PAGE_DETAIL_H

#include "page/sample.h"
#include "report/cjson.h"

/*
 * Adds to `json`, an object, what a node has: `texts` (of each: use, channel, locale, text,
 * `script` where it is one, `shown` as the channel shows it), `request`, `script`, `entityType`,
 * `choices`, `pattern`. Texts are decoded. Values that are masked in the export are three
 * asterisks.
 */
void page_add_detail(struct cjson json, struct page_sampler *sampler,
                     const struct program_dialog *dialog, const struct program_node *node);

#endif
