/* Finding phrases by their languages and by their English text. */
#include "language/model/phrase.h"

#include <stdint.h>
#include <string.h>

#include "base/table.h"

/* The texts of fragments are from here on. */
enum { FIRST_OF_FRAGMENTS = PHRASE_UNREACHABLE };

/* True for "pt_BR" and "pt". */
static bool is_of_language(struct slice locale, struct slice language)
{
    return slice_equal(slice_part(locale, 0, language.length), language) &&
           (locale.length == language.length || locale.data[language.length] == '_' ||
            locale.data[language.length] == '-');
}

/* The place of the locale in the table: that of "pt_BR", else of "pt", else NULL. */
static const struct phrase_language *language_of(struct slice locale)
{
    const struct phrase_language *best = NULL;
    size_t longest = 0;
    for (const struct phrase_language *l = phrase_languages; l->locale[0] != '\0'; l++) {
        if (locale.length < 2 || memcmp(l->locale, locale.data, 2) != 0) {
            continue; /* which is quicker than what follows */
        }
        struct slice name = slice_of(l->locale);
        if (name.length > longest && name.length <= locale.length && is_of_language(locale, name)) {
            best = l;
            longest = name.length;
        }
    }
    return best;
}

static struct slice text_of(const struct phrase_language *language, size_t phrase)
{
    return slice_of(phrase_texts + language->texts[phrase]);
}

struct slice phrase_in(enum phrase phrase, struct slice locale)
{
    const struct phrase_language *language = language_of(locale);
    return text_of(language != NULL ? language : phrase_languages, phrase);
}

/* The references that a fragment has in the places of its texts. */
static struct slice fill_fragment(struct arena *arena, struct slice text, struct slice locale)
{
    const struct phrase_place places[] = {
        {"noun", arena_printf(arena, "${params.noun.%.*s}", SLICE_ARG(locale))},
        {"word", SLICE("${searchWord}")},
        {"reason", SLICE("${${params.service}.error}")},
    };
    return phrase_fill(arena, text, places, TABLE_LENGTH(places));
}

/* True when `text` begins as the phrase does in front of its first place. */
static bool begins_alike(struct slice text, struct slice phrase)
{
    if (phrase.data[0] != '{' && (text.length == 0 || text.data[0] != phrase.data[0])) {
        return false;
    }
    size_t place = slice_find(phrase, "{", 0);
    size_t length = place != SIZE_MAX ? place : phrase.length;
    return text.length >= length &&
           slice_equal(slice_part(text, 0, length), slice_part(phrase, 0, length));
}

struct slice phrase_of_fragment(struct arena *arena, struct slice english, struct slice locale)
{
    const struct phrase_language *language = language_of(locale);
    for (size_t i = FIRST_OF_FRAGMENTS; language != NULL && i < PHRASE_COUNT; i++) {
        struct slice original = text_of(phrase_languages, i);
        if (begins_alike(english, original) &&
            slice_equal(english, fill_fragment(arena, original, SLICE("en")))) {
            return fill_fragment(arena, text_of(language, i), locale);
        }
    }
    return (struct slice){0};
}
