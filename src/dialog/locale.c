/* Adding a language is adding a row. */
#include "dialog/locale.h"

#include "base/table.h"

#define NBSP        "\xC2\xA0"
#define NARROW_NBSP "\xE2\x80\xAF"

static const struct locale_words languages[] = {
    {.locale = "en",
     .months = {"January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December"},
     .date = "{month} {d}, {y}",
     .time = "{h12}:{mm} {half}",
     .halves = {"AM", "PM"},
     .date_time = "{date} at {time}",
     .decimal = ".",
     .group = ",",
     .smallest = 4,
     .percent = "{n}%",
     .money = "{symbol}{amount}"},
    {.locale = "en_GB",
     .months = {"January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December"},
     .date = "{d} {month} {y}",
     .time = "{hh}:{mm}",
     .date_time = "{date} at {time}",
     .decimal = ".",
     .group = ",",
     .smallest = 4,
     .percent = "{n}%",
     .money = "{symbol}{amount}"},
    {.locale = "de",
     .months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
                "Oktober", "November", "Dezember"},
     .date = "{d}. {month} {y}",
     .time = "{hh}:{mm}",
     .date_time = "{date} um {time}",
     .decimal = ",",
     .group = ".",
     .smallest = 4,
     .percent = "{n}" NBSP "%",
     .money = "{amount}" NBSP "{symbol}"},
    {.locale = "fr",
     .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                "septembre", "octobre", "novembre", "décembre"},
     .date = "{d} {month} {y}",
     .time = "{hh}:{mm}",
     .date_time = "{date} à {time}",
     .decimal = ",",
     .group = NARROW_NBSP,
     .smallest = 4,
     .percent = "{n}" NARROW_NBSP "%",
     .money = "{amount}" NBSP "{symbol}"},
    {.locale = "es",
     .months = {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
                "septiembre", "octubre", "noviembre", "diciembre"},
     .date = "{d} de {month} de {y}",
     .time = "{h}:{mm}",
     .date_time = "{date}, {time}",
     .decimal = ",",
     .group = ".",
     .smallest = 5,
     .percent = "{n}" NBSP "%",
     .money = "{amount}" NBSP "{symbol}"},
    {.locale = "pt",
     .months = {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
                "setembro", "outubro", "novembro", "dezembro"},
     .date = "{d} de {month} de {y}",
     .time = "{hh}:{mm}",
     .date_time = "{date} às {time}",
     .decimal = ",",
     .group = ".",
     .smallest = 4,
     .percent = "{n}%",
     .money = "{symbol}" NBSP "{amount}"},
    {.locale = "it",
     .months = {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
                "settembre", "ottobre", "novembre", "dicembre"},
     .date = "{d} {month} {y}",
     .time = "{hh}:{mm}",
     .date_time = "{date} alle ore {time}",
     .decimal = ",",
     .group = ".",
     .smallest = 5,
     .percent = "{n}%",
     .money = "{amount}" NBSP "{symbol}"},
    {.locale = "nl",
     .months = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
                "september", "oktober", "november", "december"},
     .date = "{d} {month} {y}",
     .time = "{hh}:{mm}",
     .date_time = "{date} om {time}",
     .decimal = ",",
     .group = ".",
     .smallest = 4,
     .percent = "{n}%",
     .money = "{symbol}" NBSP "{amount}"},
    {.locale = "ja",
     .months = {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月",
                "12月"},
     .date = "{y}年{m}月{d}日",
     .time = "{h}:{mm}",
     .date_time = "{date} {time}",
     .decimal = ".",
     .group = ",",
     .smallest = 4,
     .percent = "{n}%",
     .money = "{symbol}{amount}"},
    {.locale = "hi",
     .months = {"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर",
                "नवंबर", "दिसंबर"},
     .date = "{d} {month} {y}",
     .time = "{h12}:{mm} {half}",
     .halves = {"am", "pm"},
     .date_time = "{date} को {time} बजे",
     .decimal = ".",
     .group = ",",
     .smallest = 4,
     .pairs = true,
     .percent = "{n}%",
     .money = "{symbol}{amount}"},
    {.locale = "ar", /* with the digits of this file: they read the same in every channel */
     .months = {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر",
                "أكتوبر", "نوفمبر", "ديسمبر"},
     .date = "{d} {month} {y}",
     .time = "{h12}:{mm} {half}",
     .halves = {"ص", "م"},
     .date_time = "{date} في {time}",
     .decimal = ".",
     .group = ",",
     .smallest = 4,
     .percent = "{n}%",
     .money = "{amount}" NBSP "{symbol}"},
};

static bool is_joint(char c)
{
    return c == '_' || c == '-';
}

/* True when `locale` is, or begins with, the one of a row: "de_AT" and "de-AT" begin with "de". */
static bool is_of_row(struct slice locale, struct slice row)
{
    if (locale.length < row.length ||
        (locale.length > row.length && !is_joint(locale.data[row.length]))) {
        return false;
    }
    for (size_t i = 0; i < row.length; i++) {
        if (locale.data[i] != row.data[i] && !(is_joint(locale.data[i]) && is_joint(row.data[i]))) {
            return false;
        }
    }
    return true;
}

const struct locale_words *locale_find(struct slice locale)
{
    const struct locale_words *best = &languages[0];
    size_t longest = 0;
    for (size_t i = 0; i < TABLE_LENGTH(languages); i++) {
        struct slice row = slice_of(languages[i].locale);
        if (is_of_row(locale, row) && row.length > longest) {
            best = &languages[i];
            longest = row.length;
        }
    }
    return best;
}
