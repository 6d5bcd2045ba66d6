/*
 * Pages are made in a process of their own, since the scripts of messages and of talks run for them
 * (cli/pool.h): what one of these does to the engine costs its page, and the program goes on.
 */
#ifndef DIALOGC_CLI_PAGE_WORKER_H
#define DIALOGC_CLI_PAGE_WORKER_H

#include "base/builder.h"
#include "page/page.h"

/*
 * Appends the page (page/document.h). When that is too much for the engine, a message says so, and
 * the page has the messages' scripts themselves in place of what they show.
 */
void page_worker_document(struct builder *out, const struct page *page);

/*
 * Appends the answer to a talk (page/talk.h), or nothing when the request in `body` is none. What
 * comes out is why there is no answer; empty: there is one.
 */
struct slice page_worker_talk(struct builder *out, const struct page *page, struct slice body);

#endif
