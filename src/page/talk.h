/*
 * A conversation with a dialog of the page, for the chat beside the canvas. The page remembers what
 * the user has said, and sends all of it each time: a conversation knows no clock and no chance, so
 * that it comes to the same point again, and going back is saying less.
 */
#ifndef DIALOGC_PAGE_TALK_H
#define DIALOGC_PAGE_TALK_H

#include "base/builder.h"
#include "page/page.h"

/* More turns, and longer texts, are rejected. */
#define PAGE_TALK_TURNS 200
#define PAGE_TALK_TEXT  4000

/*
 * Appends what follows the request in `body`, JSON: {dialog: its number on the page, said: [texts],
 * locale?, save?}. The answer is {turns: [{said, events, requests, context}], records, ended}, and
 * with `save` instead {test}: the conversation as a file for `dialogc test`. False, with nothing
 * appended, when the request is not in this form. docs/preview.md describes the events.
 */
bool page_talk(struct builder *out, const struct page *page, struct slice body);

#endif
