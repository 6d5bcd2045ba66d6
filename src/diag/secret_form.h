/* Credentials that can be known by their form alone: the tables of secret_form.def. */
#ifndef DIALOGC_DIAG_SECRET_FORM_H
#define DIALOGC_DIAG_SECRET_FORM_H

#include "base/slice.h"

/* No form is shorter, but private keys and what is behind a scheme. */
#define FORM_SHORTEST 12

/*
 * True when a credential is at `at`, where a word begins: its part of the text goes to `*start` and
 * `*end`.
 */
bool form_find(struct slice text, size_t at, size_t *start, size_t *end);

/* The same for a scheme (`Bearer …`): the credential is what comes behind it. */
bool form_find_scheme(struct slice text, size_t at, size_t *start, size_t *end);

/* True when a scheme and blanks are at `at`; where they end goes to `*body`. */
bool form_is_scheme(struct slice text, size_t at, size_t *body);

/* What Telegram's bots have behind their number. */
bool form_is_bot_token(struct slice text, size_t start, size_t *end);

/* Discord: three parts of 24, 6 and 27 or more characters; the first of them begins at `start`. */
bool form_is_discord(struct slice text, size_t start, size_t *end);

/* The prefixes of the table. */
size_t form_count(void);
struct slice form_prefix(size_t index);

#endif
