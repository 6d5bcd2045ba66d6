/* The parts of formats, and the words that they have in a language. */
#include "dialog/formatting.h"

#include "base/table.h"
#include "dialog/locale.h"

static const struct {
    const char *function;
    unsigned parts;
    const char *source;
} formats_of_scripts[] = {
#define FORMAT(kind, name, takes, taken, gives, argument, parts, function, source)                 \
    {function, parts, source},
#include "language/model/value_formats.def"
#undef FORMAT
};

static const struct {
    enum format_part part;
    unsigned needs;
    const char *source; /* NULL: written elsewhere */
} parts_of_scripts[] = {
    {PART_LOCAL, PART_MOMENT | PART_OFFSET,
     "function local(value) {\n"
     "    var at = moment(value);\n"
     "    if (!at || at.offset === undefined) { // a day, or a time without zone, is as it is\n"
     "        return at;\n"
     "    }\n"
     "    var time = at.wall - at.offset * 60000;\n"
     "    var minutes = offset(time);\n"
     "    if (minutes !== undefined) {\n"
     "        at.wall = time + minutes * 60000;\n"
     "    } else if (at.offset === 0) {\n"
     "        at.suffix = \" UTC\";\n"
     "    }\n"
     "    return at;\n"
     "}\n"},
    {PART_DAY, PART_FILL | PART_DATE_WORDS,
     "function dayOf(at) {\n"
     "    var day = new Date(at.wall);\n"
     "    return fill(language.date, {d: day.getUTCDate(), m: day.getUTCMonth() + 1,\n"
     "        month: language.months[day.getUTCMonth()], y: day.getUTCFullYear()});\n"
     "}\n"},
    {PART_CLOCK, PART_FILL | PART_TIME_WORDS,
     "function clockOf(at) {\n"
     "    var time = new Date(at.wall);\n"
     "    var hour = time.getUTCHours();\n"
     "    var minute = time.getUTCMinutes();\n"
     "    return fill(language.time, {h: hour, hh: (hour < 10 ? \"0\" : \"\") + hour,\n"
     "        h12: hour % 12 || 12, mm: (minute < 10 ? \"0\" : \"\") + minute,\n"
     "        half: language.halves[hour < 12 ? 0 : 1]}) + at.suffix;\n"
     "}\n"},
    {PART_FILL, 0,
     "function fill(pattern, values) {\n"
     "    return pattern.replace(/\\{(\\w+)\\}/g, function (place, name) {\n"
     "        return values[name];\n"
     "    });\n"
     "}\n"},
    {PART_GROUPED, PART_NUMBER_WORDS,
     "function grouped(digits) {\n"
     "    var parts = digits.replace(\"-\", \"\").split(\".\");\n"
     "    if (parts[0].length >= language.smallest) {\n"
     "        parts[0] = parts[0].replace(language.groups, language.group);\n"
     "    }\n"
     "    return (digits.charAt(0) === \"-\" ? \"-\" : \"\") + parts.join(language.decimal);\n"
     "}\n"},
    {PART_DIGITS, 0,
     "function digitsOf(value) { // of 1234.5, \"1234.50\", [{amount: 12.5, code: \"EUR\"}]\n"
     "    var one = value instanceof Array && value.length === 1 ? value[0] : value;\n"
     "    one = one !== null && typeof one === \"object\" ? one.amount : one;\n"
     "    var text = typeof one === \"number\" || typeof one === \"string\" ? String(one) : \"\";\n"
     "    return /^-?(0|[1-9]\\d*)(\\.\\d+)?$/.test(text) ? text : undefined;\n"
     "}\n"},
    {PART_TODAY, PART_OFFSET,
     "function today() {\n"
     "    var time = new Date().getTime();\n"
     "    return new Date(time + (offset(time) || 0) * 60000).toISOString().slice(0, 10);\n"
     "}\n"},
    {PART_NOW, 0,
     "function now() {\n"
     "    return new Date().toISOString().slice(0, 19) + \"Z\";\n"
     "}\n"},
    {PART_MOMENT, 0,
     "function moment(value) { // \"2026-11-26\", \"2026-11-26T17:00:00.000+0000\"\n"
     "    var text = String(value).replace(/^(\\d{2})-(\\d{2})-(\\d{4})$/, \"$3-$1-$2\");\n"
     "    var parts = "
     "/^([1-9]\\d{3})-(\\d{2})-(\\d{2})(?:T(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?"
     "(Z|[+-]\\d{2}:?\\d{2})?)?$/.exec(text);\n"
     "    if (!parts || typeof value !== \"string\") {\n"
     "        return undefined;\n"
     "    }\n"
     "    var n = [];\n"
     "    for (var i = 1; i <= 6; i++) {\n"
     "        n.push(Number(parts[i] || 0));\n"
     "    }\n"
     "    var wall = Date.UTC(n[0], n[1] - 1, n[2], n[3], n[4], n[5]);\n"
     "    var day = new Date(wall);\n"
     "    if (day.getUTCMonth() + 1 !== n[1] || day.getUTCDate() !== n[2] || n[4] > 59 || n[5] > "
     "59)"
     " {\n"
     "        return undefined; // there is no such day or time\n"
     "    }\n"
     "    var zone = parts[7] || \"\";\n"
     "    var ahead = zone.replace(\":\", \"\");\n"
     "    return {wall: wall, timed: parts[4] !== undefined, zone: zone, suffix: \"\",\n"
     "        offset: ahead === \"\" ? undefined : ahead === \"Z\" ? 0 :\n"
     "            (ahead.charAt(0) === \"-\" ? -1 : 1) * (Number(ahead.slice(1, 3)) * 60 + "
     "Number(ahead.slice(3)))};\n"
     "}\n"},
    {PART_OFFSET, PART_READ,
     "function offset(time) { // the channel's last message may say the user's zone\n"
     "    try {\n"
     "        var zone = read(context, [\"session\", \"BotUserSession\", \"lastMessage\","
     " \"messagePayload\", \"meta\", \"timezone\"]);\n"
     "        var there = typeof zone === \"string\" ? koreUtil.moment(time).tz(zone) : "
     "undefined;\n"
     "        var minutes = there && there.tz() ? there.utcOffset() : undefined;\n"
     "        return typeof minutes === \"number\" && isFinite(minutes) ? minutes : undefined;\n"
     "    } catch (e) {\n"
     "        return undefined;\n"
     "    }\n"
     "}\n"},
    {PART_EITHER, 0,
     "function either(values) {\n"
     "    for (var i = 0; i < values.length; i++) {\n"
     "        var empty = values[i] instanceof Array && values[i].length === 0;\n"
     "        if (values[i] !== undefined && values[i] !== null && values[i] !== \"\" && !empty) "
     "{\n"
     "            return values[i];\n"
     "        }\n"
     "    }\n"
     "    return undefined;\n"
     "}\n"},
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
            builder_add_text(out, formats_of_scripts[i].source);
        }
    }
    for (size_t i = 0; i < TABLE_LENGTH(parts_of_scripts); i++) {
        if ((parts & parts_of_scripts[i].part) != 0) {
            builder_add_text(out, parts_of_scripts[i].source);
        }
    }
}
