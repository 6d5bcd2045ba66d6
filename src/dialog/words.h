/* The few sentences that dialogc says of its own, in the languages it has them in. */
#ifndef DIALOGC_DIALOG_WORDS_H
#define DIALOGC_DIALOG_WORDS_H

#include "base/slice.h"

enum words {
    WORDS_PROMPT,        /* before the label of an entity */
    WORDS_FAILED,        /* before the reason of a failure */
    WORDS_NO_ANSWER,     /* the reason of a failure, from here on */
    WORDS_STATUS,        /* before an HTTP status */
    WORDS_MISSING_FIELD, /* names of fields may follow, after a colon */
    WORDS_DUPLICATE,
    WORDS_INVALID_EMAIL,
    WORDS_DELETED,
    WORDS_CONVERTED,
    WORDS_NO_ACCESS,
    WORDS_LIMIT_EXCEEDED,
    WORDS_LOGIN,
    WORDS_NOT_FOUND,
    WORDS_SHORT_TERM,
    WORDS_TOO_LONG, /* before and after the most characters of an answer */
    WORDS_TOO_LONG_END,
    WORDS_TOO_SHORT, /* a search needs two characters */
    WORDS_SHOWN,     /* before, between and after the number shown and that of all */
    WORDS_SHOWN_OF,
    WORDS_SHOWN_END,
    WORDS_MAY_BE_MORE, /* the number of all is not known */
    WORDS_COUNT,
};

/* The words in `locale` ("de_AT" falls back to "de"), English where there are none. */
struct slice words_get(enum words words, struct slice locale);

/* A sentence of the platform, which has it in English, in `locale`; as it is where there is none.
 */
struct slice words_translate(const char *english, struct slice locale);

#endif
