/* Names of what holds credentials (secret_name.def), and the values behind them in any text. */
#ifndef DIALOGC_DIAG_SECRET_NAME_H
#define DIALOGC_DIAG_SECRET_NAME_H

#include "diag/secret.h"

/* The longest name in the table, and a letter more. */
#define NAME_LONGEST 24

/*
 * The end of a name in small letters, without dashes, underscores and the number behind it
 * ("X-Api-Key2": "xapikey"); at most NAME_LONGEST characters, which are put into `room`.
 */
struct slice name_plain(struct slice name, char room[NAME_LONGEST]);

/* The name that ends before `at`, or before blanks and quotes there; empty without one. */
struct slice name_before(struct slice text, size_t at);

/* What may separate a name from its value: `:`, `=`, `>`, `%3A` and `%3D`. */
struct separator {
    size_t start;
    size_t end;
    bool colon; /* values without quotes may have blanks */
};

/* True when a secret is behind the separator: a value by its name, or the password of a URL. */
bool name_find_secret(struct slice text, const struct separator *separator, struct secret *found);

/* The words of the table. */
size_t name_count(void);
struct slice name_word(size_t index);

#endif
