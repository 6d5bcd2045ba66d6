/*
 * Locales that nobody has: codes that are no language's, ISO 639-2 codes of languages that have one
 * of two letters, and regions in small letters.
 */
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

/* ISO 639-1, and the three-letter codes that the platform has for want of one of two. */
static const char codes[] =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu iw ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la "
    "lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj "
    "om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

/* False for a code of two letters that no language has. */
static bool is_language(struct slice locale)
{
    bool is_two = locale.length >= 2 && (locale.length == 2 || !ascii_is_letter(locale.data[2]));
    const char code[] = {is_two ? locale.data[0] : 'e', is_two ? locale.data[1] : 'n', ' ', '\0'};
    return strstr(codes, code) != NULL;
}

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
        } else if (!is_language(locale->text)) {
            diag_report(diagnostics, W0513, locale->source, locale->range,
                        "no language has the code `%.*s`",
                        SLICE_ARG(slice_part(locale->text, 0, 2)));
        }
    }
}
