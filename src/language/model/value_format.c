/* The tables of formats, of units of time, and of currencies. */
#include "language/model/value_format.h"

#include "base/builder.h"
#include "base/table.h"

static const struct value_format formats[] = {
#define FORMAT(kind, name, takes, taken, gives, argument, parts, function)                         \
    {FORMAT_##kind, name, takes, taken, gives, argument},
#include "language/model/value_formats.def"
#undef FORMAT
};

const struct value_format *value_format_of(enum format_kind kind)
{
    return &formats[kind];
}

const struct value_format *value_format_find(struct slice name)
{
    for (size_t i = 0; i < TABLE_LENGTH(formats); i++) {
        if (formats[i].name != NULL && slice_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

const char *value_format_of_other(struct slice name)
{
    static const struct {
        const char *other, *name;
    } words[] = {
        {"uppercase", "upper"},    {"toUpperCase", "upper"},   {"upcase", "upper"},
        {"UPPER", "upper"},        {"lowercase", "lower"},     {"toLowerCase", "lower"},
        {"downcase", "lower"},     {"LOWER", "lower"},         {"datetime", "date-time"},
        {"dateTime", "date-time"}, {"timestamp", "date-time"}, {"money", "currency"},
        {"price", "currency"},     {"round", "number"},        {"decimal", "number"},
        {"integer", "number"},     {"toFixed", "number"},      {"percentage", "percent"},
    };
    for (size_t i = 0; i < TABLE_LENGTH(words); i++) {
        if (slice_is(name, words[i].other)) {
            return words[i].name;
        }
    }
    return NULL;
}

void value_format_offer(struct suggestion *suggestion)
{
    for (size_t i = 0; i < TABLE_LENGTH(formats); i++) {
        if (formats[i].name != NULL) {
            suggestion_offer(suggestion, slice_of(formats[i].name));
        }
    }
}

struct slice value_format_names(struct arena *arena, unsigned classes)
{
    const char *names[FORMAT_KIND_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < FORMAT_KIND_COUNT; i++) {
        if (formats[i].name != NULL && (formats[i].takes & classes) != 0) {
            names[count++] = formats[i].name;
        }
    }
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < count; i++) {
        builder_add_text(&out, i == 0 ? "" : i + 1 < count ? ", " : " and ");
        builder_printf(&out, "`%s`", names[i]);
    }
    return builder_slice(&out);
}

const char *value_class_name(unsigned classes)
{
    static const struct {
        unsigned classes;
        const char *name;
    } names[] = {
        {CLASS_TEXT, "text"},
        {CLASS_NUMBER, "a number"},
        {CLASS_DATE, "a date"},
        {CLASS_DATE_TIME, "a date with a time"},
        {CLASS_DATE | CLASS_DATE_TIME, "a date"},
        {CLASS_DATE | CLASS_DATE_TIME | CLASS_TIME | CLASS_TEXT, "a date as text"},
        {CLASS_TIME, "a time"},
        {CLASS_BOOLEAN, "true or false"},
        {CLASS_LIST, "a list"},
        {CLASS_OBJECT, "an object"},
    };
    for (size_t i = 0; i < TABLE_LENGTH(names); i++) {
        if (names[i].classes == classes) {
            return names[i].name;
        }
    }
    return (classes & CLASS_LIST) != 0 ? "another value" : "a single value";
}

/* ---- units of time ---- */

static const struct {
    const char *word;
    const char *plural;
    enum span_unit unit;
    long long count;
} spans[] = {
    {"minute", "minutes", SPAN_MINUTE, 1}, {"hour", "hours", SPAN_MINUTE, 60},
    {"day", "days", SPAN_DAY, 1},          {"week", "weeks", SPAN_DAY, 7},
    {"month", "months", SPAN_MONTH, 1},    {"year", "years", SPAN_MONTH, 12},
};

bool span_read(struct slice word, long long *count, enum span_unit *unit)
{
    for (size_t i = 0; i < TABLE_LENGTH(spans); i++) {
        if (slice_is(word, spans[i].word) || slice_is(word, spans[i].plural)) {
            *count *= spans[i].count;
            *unit = spans[i].unit;
            return true;
        }
    }
    return false;
}

void span_offer(struct suggestion *suggestion)
{
    for (size_t i = 0; i < TABLE_LENGTH(spans); i++) {
        suggestion_offer(suggestion, slice_of(spans[i].plural));
    }
}

const char *span_unit_name(enum span_unit unit)
{
    static const char *const names[] = {
        [SPAN_MINUTE] = "minute", [SPAN_DAY] = "day", [SPAN_MONTH] = "month"};
    TABLE_HAS_ROWS(names, SPAN_MONTH + 1);
    return names[unit];
}

/* ---- currencies ---- */

/* ISO 4217, without precious metals, funds and units of account. */
static const char currencies[] =
    "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOPCRC"
    "CUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISK"
    "JMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYR"
    "MZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSP"
    "STNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVEDVESVNDVUVWSTXAFXCDXCGXOFXPFYERZARZMW"
    "ZWG";

enum { CODE_LENGTH = 3 };

bool currency_is_code(struct slice code)
{
    for (size_t i = 0; i + 1 < sizeof currencies; i += CODE_LENGTH) {
        if (slice_equal(code, (struct slice){currencies + i, CODE_LENGTH})) {
            return true;
        }
    }
    return false;
}

void currency_offer(struct suggestion *suggestion)
{
    for (size_t i = 0; i + 1 < sizeof currencies; i += CODE_LENGTH) {
        suggestion_offer(suggestion, (struct slice){currencies + i, CODE_LENGTH});
    }
}
