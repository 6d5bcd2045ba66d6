/* ISO 639-2 codes of languages that have one of two letters, and regions in small letters. */
#include "language/check/locale_name.h"

#include "base/ascii.h"
#include "base/table.h"

static const struct {
    const char *three, *two;
} languages[] = {
    {"ara", "ar"}, {"chi", "zh"}, {"zho", "zh"}, {"dan", "da"}, {"deu", "de"}, {"dut", "nl"},
    {"eng", "en"}, {"fin", "fi"}, {"fra", "fr"}, {"fre", "fr"}, {"ger", "de"}, {"hin", "hi"},
    {"ita", "it"}, {"jpn", "ja"}, {"kor", "ko"}, {"nld", "nl"}, {"nor", "no"}, {"pol", "pl"},
    {"por", "pt"}, {"rus", "ru"}, {"spa", "es"}, {"swe", "sv"}, {"tur", "tr"},
};

/* The usual spelling of `locale`, or empty: "de" for "ger", "en_US" for "en_us". */
static struct slice usual_spelling(struct arena *arena, struct slice locale)
{
    for (size_t i = 0; i < TABLE_LENGTH(languages); i++) {
        if (slice_is(locale, languages[i].three)) {
            return slice_of(languages[i].two);
        }
    }
    bool has_region = locale.length == 5 && (locale.data[2] == '_' || locale.data[2] == '-') &&
                      ascii_is_letter(locale.data[3]) && ascii_is_letter(locale.data[4]);
    bool is_small = has_region && locale.data[3] == ascii_to_lower(locale.data[3]) &&
                    locale.data[4] == ascii_to_lower(locale.data[4]);
    return is_small ? arena_printf(arena, "%.*s%c%c", 3, locale.data,
                                   ascii_to_upper(locale.data[3]), ascii_to_upper(locale.data[4]))
                    : SLICE("");
}

void locale_names_check(const struct node *locales, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < node_length(locales); i++) {
        const struct node *locale = locales->items[i];
        struct slice usual = usual_spelling(diagnostics->arena, locale->text);
        if (usual.length > 0) {
            struct diagnostic *d = diag_report(diagnostics, W0513, locale->source, locale->range,
                                               "the locale `%.*s` is usually written otherwise",
                                               SLICE_ARG(locale->text));
            diag_suggest(diagnostics, d, usual);
        }
    }
}
