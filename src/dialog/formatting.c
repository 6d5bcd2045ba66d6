/* The parts of formats, and the words that they have in a language. */
#include "dialog/formatting.h"

#include "base/table.h"
#include "dialog/function.h"
#include "dialog/locale.h"

static const struct {
    const char *function;
    unsigned parts;
} formats_of_scripts[] = {
#define FORMAT(kind, name, takes, taken, gives, argument, parts, function) {function, parts},
#include "language/model/value_formats.def"
#undef FORMAT
};

static const struct {
    enum format_part part;
    unsigned needs;
    const char *function;
} parts_of_scripts[] = {
    {PART_LOCAL, PART_MOMENT | PART_OFFSET, "local"},
    {PART_DAY, PART_FILL | PART_DATE_WORDS, "dayOf"},
    {PART_CLOCK, PART_FILL | PART_TIME_WORDS, "clockOf"},
    {PART_FILL, 0, "fill"},
    {PART_GROUPED, PART_NUMBER_WORDS, "grouped"},
    {PART_DIGITS, 0, "digitsOf"},
    {PART_TODAY, PART_OFFSET, "today"},
    {PART_NOW, 0, "now"},
    {PART_MOMENT, 0, "moment"},
    {PART_OFFSET, PART_READ, "offset"},
    {PART_EITHER, 0, "either"},
};

enum {
    ALL_WORDS = PART_DATE_WORDS | PART_TIME_WORDS | PART_DATE_TIME_WORDS | PART_NUMBER_WORDS |
                PART_PERCENT_WORDS | PART_CURRENCY_WORDS
};

const char *formatting_function(enum format_kind kind)
{
    return formats_of_scripts[kind].function;
}

unsigned formatting_parts(unsigned formats, unsigned parts)
{
    for (size_t i = 0; i < TABLE_LENGTH(formats_of_scripts); i++) {
        parts |= (formats & (1U << i)) != 0 ? formats_of_scripts[i].parts : 0;
    }
    for (size_t i = 0; i < TABLE_LENGTH(parts_of_scripts); i++) { /* in the order of their needs */
        parts |= (parts & parts_of_scripts[i].part) != 0 ? parts_of_scripts[i].needs : 0;
    }
    return parts;
}

/* ---- words ---- */

static void add_member(struct builder *out, bool *further, const char *name, const char *text)
{
    builder_printf(out, "%s%s: \"%s\"", *further ? ", " : "{", name, text);
    *further = true;
}

/* {date: "{d}. {month} {y}", …}: the words of a locale that the parts need. */
static void add_words(struct builder *out, unsigned parts, const struct locale_words *words)
{
    bool further = false;
    if ((parts & PART_DATE_WORDS) != 0) {
        add_member(out, &further, "date", words->date);
        builder_add_text(out, ", months: [");
        for (size_t i = 0; i < LOCALE_MONTHS; i++) {
            builder_printf(out, "%s\"%s\"", i > 0 ? ", " : "", words->months[i]);
        }
        builder_add_char(out, ']');
    }
    if ((parts & PART_TIME_WORDS) != 0) {
        add_member(out, &further, "time", words->time);
        builder_printf(out, ", halves: [\"%s\", \"%s\"]",
                       words->halves[0] != NULL ? words->halves[0] : "",
                       words->halves[1] != NULL ? words->halves[1] : "");
    }
    if ((parts & PART_DATE_TIME_WORDS) != 0) {
        add_member(out, &further, "dateTime", words->date_time);
    }
    if ((parts & PART_NUMBER_WORDS) != 0) {
        add_member(out, &further, "decimal", words->decimal);
        add_member(out, &further, "group", words->group);
        builder_printf(out, ", smallest: %d, groups: %s", words->smallest,
                       words->pairs ? "/\\B(?=(\\d{2})*\\d{3}$)/g" : "/\\B(?=(\\d{3})+$)/g");
    }
    if ((parts & PART_PERCENT_WORDS) != 0) {
        add_member(out, &further, "percent", words->percent);
    }
    if ((parts & PART_CURRENCY_WORDS) != 0) {
        add_member(out, &further, "money", words->money);
    }
    builder_add_char(out, '}');
}

static void add_language(struct builder *out, unsigned parts, const struct slice *locales,
                         size_t locale_count)
{
    if (locale_count == 1) {
        builder_add_text(out, "var language = ");
        add_words(out, parts, locale_find(locales[0]));
        builder_add_text(out, ";\n");
        return;
    }
    builder_add_text(out, "var languages = {\n");
    for (size_t i = 0; i < locale_count; i++) {
        builder_printf(out, "    \"%.*s\": ", SLICE_ARG(locales[i]));
        add_words(out, parts, locale_find(locales[i]));
        builder_add_text(out, i + 1 < locale_count ? ",\n" : "\n");
    }
    builder_printf(out,
                   "};\n"
                   "var language = languages[context.currentLanguage] || languages[\"%.*s\"];\n",
                   SLICE_ARG(locales[0]));
}

void formatting_write(struct builder *out, unsigned formats, unsigned parts,
                      const struct slice *locales, size_t locale_count)
{
    if ((parts & ALL_WORDS) != 0) {
        add_language(out, parts, locales, locale_count);
    }
    for (size_t i = 0; i < TABLE_LENGTH(formats_of_scripts); i++) {
        if ((formats & (1U << i)) != 0) {
            builder_add(out, function_source(formats_of_scripts[i].function));
        }
    }
    for (size_t i = 0; i < TABLE_LENGTH(parts_of_scripts); i++) {
        if ((parts & parts_of_scripts[i].part) != 0) {
            builder_add(out, function_source(parts_of_scripts[i].function));
        }
    }
}
