/*
 * dialogc's own sentences, in the languages of the folder languages/: what the compiler puts into
 * dialogs where the author says nothing, and the texts of the fragments that are part of it. The
 * build makes a table of the files (prepare_phrases.c).
 */
#ifndef DIALOGC_LANGUAGE_MODEL_PHRASE_H
#define DIALOGC_LANGUAGE_MODEL_PHRASE_H

#include <stdint.h>

#include "base/arena.h"

enum phrase {
#define PHRASE(kind, key, places) PHRASE_##kind,
#include "language/model/phrases.def"
#undef PHRASE
};

enum {
    PHRASE_COUNT = 0
#define PHRASE(kind, key, places) +1
#include "language/model/phrases.def"
#undef PHRASE
};

/*
 * A language: where in phrase_texts each phrase begins, with places such as `{label}`. There are no
 * addresses in the table, which would be work for each start of the program.
 */
struct phrase_language {
    char locale[16]; /* empty: the table ends here */
    uint32_t texts[PHRASE_COUNT];
};

/* Made by the build; the first is English. */
extern const struct phrase_language phrase_languages[];

/* The phrases of all languages, each with a NUL behind it. */
extern const char phrase_texts[];

/* The words in `locale` ("de_AT" has those of "de"), English where there are none. */
struct slice phrase_in(enum phrase phrase, struct slice locale);

/* What is put into a place: {"label", …} for `{label}`. */
struct phrase_place {
    const char *name;
    struct slice value;
};

/*
 * Goes through the pieces of a phrase: `*place` is the name of one, or empty, and then `*literal`
 * is what lies between places. False at the end; `*at` begins as 0.
 */
bool phrase_next(struct slice text, size_t *at, struct slice *literal, struct slice *place);

/* The phrase with its places filled. A place that is not in the list stays as it is. */
struct slice phrase_fill(struct arena *arena, struct slice text, const struct phrase_place *places,
                         size_t count);

/*
 * The text of a fragment, which has `english`, in `locale`; without data when it is not one of
 * dialogc's, or not in that language. References in it name the argument for `locale`
 * (`${params.noun.fr}`).
 */
struct slice phrase_of_fragment(struct arena *arena, struct slice english, struct slice locale);

#endif
