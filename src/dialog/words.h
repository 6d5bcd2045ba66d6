/* The few sentences that dialogc says of its own, in the languages it has them in. */
#ifndef DIALOGC_DIALOG_WORDS_H
#define DIALOGC_DIALOG_WORDS_H

#include "base/slice.h"

enum words {
    WORDS_PROMPT,    /* before the label of an entity */
    WORDS_FAILED,    /* before the reason of a failure */
    WORDS_NO_ANSWER, /* as the reason of a failure */
    WORDS_STATUS,    /* before an HTTP status */
};

/* The words in `locale` ("de_AT" falls back to "de"), English where there are none. */
struct slice words_get(enum words words, struct slice locale);

#endif
