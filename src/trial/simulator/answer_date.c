/* Dates and times in the forms that the platform documents, and those that people write. */
#include "base/ascii.h"
#include "base/date.h"
#include "trial/simulator/answer.h"

/* The words and numbers of an answer; what stands between them does not count. */
struct token {
    struct slice text;
    long long number; /* -1: a word */
};

enum { TOKEN_LIMIT = 8 };

static size_t tokens_of(struct slice text, struct token tokens[TOKEN_LIMIT])
{
    size_t count = 0;
    for (size_t at = 0; at < text.length && count < TOKEN_LIMIT;) {
        size_t start = at;
        bool digit = ascii_is_digit(text.data[at]);
        while (at < text.length &&
               (digit ? ascii_is_digit(text.data[at])
                      : ascii_is_letter(text.data[at]) || (unsigned char)text.data[at] >= 0x80)) {
            at++;
        }
        if (at == start) {
            at++;
            continue;
        }
        struct token token = {slice_part(text, start, at), -1};
        if (digit) {
            token.number = 0;
            for (size_t i = 0; i < token.text.length && i < 9; i++) {
                token.number = token.number * 10 + (token.text.data[i] - '0');
            }
        }
        tokens[count++] = token;
    }
    return count;
}

/* 1 to 12 for the name of a month, English or German, or its first three letters; else 0. */
static long long month_of(struct slice word)
{
    static const char *const names[][2] = {
        {"january", "januar"},  {"february", "februar"},  {"march", "m\xc3\xa4rz"},
        {"april", "april"},     {"may", "mai"},           {"june", "juni"},
        {"july", "juli"},       {"august", "august"},     {"september", "september"},
        {"october", "oktober"}, {"november", "november"}, {"december", "dezember"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (size_t j = 0; j < 2; j++) {
            struct slice name = slice_of(names[i][j]);
            bool starts = word.length >= 3 && word.length <= name.length;
            if (starts && slice_equal_ignoring_case(word, slice_part(name, 0, word.length))) {
                return (long long)i + 1;
            }
        }
    }
    return 0;
}

/* A day that is named: today, tomorrow, yesterday. */
static bool named_day(struct slice word, long long *days)
{
    static const struct {
        const char *word;
        int days;
    } names[] = {{"today", 0},  {"heute", 0},      {"tomorrow", 1},
                 {"morgen", 1}, {"yesterday", -1}, {"gestern", -1}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (slice_equal_ignoring_case(word, slice_of(names[i].word))) {
            *days = names[i].days;
            return true;
        }
    }
    return false;
}

/* The date at the start of `tokens`; the number of tokens that it takes, or 0. */
static size_t read_date(const struct token *tokens, size_t count, struct slice text, long long now,
                        struct date *date)
{
    long long offset;
    if (count >= 1 && named_day(tokens[0].text, &offset)) {
        *date = date_of_days(now / DATE_MILLISECONDS + offset);
        return 1;
    }
    if (count < 3) {
        return 0;
    }
    const struct token *t = tokens;
    if (t[0].number >= 0 && t[1].number >= 0 && t[2].number >= 0) {
        bool german = slice_find(text, ".", 0) < text.length;
        if (t[0].text.length == 4) {
            *date = (struct date){t[0].number, t[1].number, t[2].number};
        } else if (german) {
            *date = (struct date){t[2].number, t[1].number, t[0].number};
        } else {
            *date = (struct date){t[2].number, t[0].number, t[1].number};
        }
        return 3;
    }
    if (t[0].number < 0 && month_of(t[0].text) > 0 && t[1].number > 0) { /* August 31st, 2026 */
        size_t year = t[2].number < 0 && t[2].text.length == 2 ? 3 : 2;
        if (year < count && t[year].number > 0) {
            *date = (struct date){t[year].number, month_of(t[0].text), t[1].number};
            return year + 1;
        }
        return 0;
    }
    size_t month = t[1].text.length == 2 && t[1].number < 0 ? 2 : 1; /* 31st August 2026 */
    if (t[0].number > 0 && month + 1 < count && month_of(t[month].text) > 0 &&
        t[month + 1].number > 0) {
        *date = (struct date){t[month + 1].number, month_of(t[month].text), t[0].number};
        return month + 2;
    }
    return 0;
}

/* 10:30, 10:30:15, 10 am, 10.30 pm, 14 Uhr: minutes and seconds may be missing. */
static size_t read_time(const struct token *tokens, size_t count, long long *seconds)
{
    if (count == 0 || tokens[0].number < 0 || tokens[0].text.length > 2) {
        return 0;
    }
    long long parts[3] = {tokens[0].number, 0, 0};
    size_t used = 1;
    while (used < 3 && used < count && tokens[used].number >= 0 && tokens[used].text.length == 2) {
        parts[used] = tokens[used].number;
        used++;
    }
    bool named = false;
    if (used < count && tokens[used].number < 0) {
        bool pm = slice_equal_ignoring_case(tokens[used].text, SLICE("pm"));
        bool am = slice_equal_ignoring_case(tokens[used].text, SLICE("am"));
        named = pm || am || slice_equal_ignoring_case(tokens[used].text, SLICE("uhr"));
        if ((pm || am) && (parts[0] < 1 || parts[0] > 12)) {
            return 0;
        }
        if (pm || am) {
            parts[0] = parts[0] % 12 + (pm ? 12 : 0);
        }
        used += named || slice_is(tokens[used].text, "Z");
    }
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59 || (used == 1 && !named)) {
        return 0;
    }
    *seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    return used;
}

struct slice answer_date(struct arena *arena, struct slice text, long long now)
{
    struct token tokens[TOKEN_LIMIT];
    struct date date;
    size_t count = tokens_of(text, tokens);
    size_t used = read_date(tokens, count, text, now, &date);
    if (used == 0 || used != count || !date_is_valid(date)) {
        return SLICE("");
    }
    return arena_printf(arena, "%04lld-%02lld-%02lld", date.year, date.month, date.day);
}

struct slice answer_time(struct arena *arena, struct slice text)
{
    struct token tokens[TOKEN_LIMIT];
    long long seconds;
    size_t count = tokens_of(text, tokens);
    size_t used = read_time(tokens, count, &seconds);
    if (used == 0 || used != count) {
        return SLICE("");
    }
    return arena_printf(arena, "%02lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60,
                        seconds % 60);
}

struct slice answer_date_time(struct arena *arena, struct slice text, long long now)
{
    struct token tokens[TOKEN_LIMIT];
    struct date date;
    long long seconds = 0;
    size_t count = tokens_of(text, tokens);
    size_t used = read_date(tokens, count, text, now, &date);
    if (used == 0 || !date_is_valid(date)) {
        return SLICE("");
    }
    if (used < count && tokens[used].number < 0) { /* at, T, um */
        used++;
    }
    used += used < count ? read_time(tokens + used, count - used, &seconds) : 0;
    if (used != count) {
        return SLICE("");
    }
    return arena_printf(arena, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld+00:00", date.year,
                        date.month, date.day, seconds / 3600, seconds / 60 % 60, seconds % 60);
}
