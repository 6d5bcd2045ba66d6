/*
 * Links that a user may follow. What a link begins with says what following it does: a page is
 * opened, a mail is written, or a script runs on the user's device.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_LINK_H
#define DIALOGC_LANGUAGE_MODEL_LINK_H

#include "base/slice.h"

/* "https://, mailto:, tel: or sms:": what a link of a template may begin with. */
#define LINK_BEGINNINGS "https://, mailto:, tel: or sms:"

/* True when `link` begins with one of those, in any case. */
bool link_is_fixed(struct slice link);

/*
 * True for javascript:, vbscript:, data:, file: and the like, however they are written: with
 * blanks, controls or characters without a form in front or inside, in any case, with HTML
 * entities.
 */
bool link_is_dangerous(struct slice link);

/* True for keys of messages whose value is a link: `url`, `image_url`, `href`. */
bool link_is_key(struct slice key);

/* True for a picture as a data: link under a key that shows it: nobody follows it. */
bool link_is_picture(struct slice key, struct slice link);

/* True when what follows `text` is a link: it ends with `](` of Markdown, or href=" of HTML. */
bool link_is_opened(struct slice text);

/* The links inside a text: the next one at or after `*at`, which moves behind it; false at the end.
 */
bool link_next(struct slice text, size_t *at, struct slice *link);

#endif
