/* Literals of SOQL: dates, their names, and text in quotes. */
#include <stdint.h>

#include "base/ascii.h"
#include "base/date.h"
#include "salesforce/soql_token.h"
#include "base/suggestion.h"

size_t soql_match_date(struct slice text, bool *has_time)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form - 1; i++) {
        if (i >= text.length ||
            (form[i] == 'd' ? !ascii_is_digit(text.data[i]) : text.data[i] != form[i])) {
            return 0;
        }
    }
    size_t end = sizeof form - 1;
    *has_time = end < text.length && (text.data[end] == 'T' || text.data[end] == 't');
    while (*has_time && end < text.length &&
           (ascii_is_word(text.data[end]) ||
            slice_find(SLICE(":.+-"), (char[]){text.data[end], 0}, 0) != SIZE_MAX)) {
        end++;
    }
    return end;
}

/* True for `+02:00`, `-0800` and `Z`, which may be small. */
static bool is_zone(struct slice zone)
{
    if (zone.length == 1) {
        return zone.data[0] == 'Z' || zone.data[0] == 'z';
    }
    static const char *const forms[] = {"sdd:dd", "sdddd"};
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        bool fits = zone.length == strlen(forms[f]);
        for (size_t i = 0; fits && i < zone.length; i++) {
            char c = zone.data[i];
            fits = forms[f][i] == 's'   ? c == '+' || c == '-'
                   : forms[f][i] == 'd' ? ascii_is_digit(c)
                                        : c == forms[f][i];
        }
        if (fits) {
            return true;
        }
    }
    return false;
}

const char *soql_date_mistake(struct slice text, bool has_time)
{
    enum { DATE_LENGTH = 10, TIME_LENGTH = 8 }; /* yyyy-mm-dd, hh:mm:ss */
    long long numbers[6] = {0};
    static const size_t at[] = {0, 5, 8, 11, 14, 17};
    size_t count = has_time ? 6 : 3;
    if (has_time && (text.length < DATE_LENGTH + 1 + TIME_LENGTH || text.data[13] != ':' ||
                     text.data[16] != ':')) {
        return "write a date and time as `2026-01-31T13:30:00Z`";
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = at[i]; j < at[i] + (i == 0 ? 4 : 2); j++) {
            if (!ascii_is_digit(text.data[j])) {
                return "write a date and time as `2026-01-31T13:30:00Z`";
            }
            numbers[i] = numbers[i] * 10 + text.data[j] - '0';
        }
    }
    if (!date_is_valid((struct date){numbers[0], numbers[1], numbers[2]})) {
        return "this date does not exist";
    }
    if (!has_time) {
        return NULL;
    }
    if (numbers[3] > 23 || numbers[4] > 59 || numbers[5] > 59) {
        return "this time of day does not exist";
    }
    size_t zone = DATE_LENGTH + 1 + TIME_LENGTH;
    if (zone < text.length && text.data[zone] == '.') {
        zone++;
        while (zone < text.length && ascii_is_digit(text.data[zone])) {
            zone++;
        }
    }
    return is_zone(slice_part(text, zone, text.length))
               ? NULL
               : "a SOQL date and time must end with its zone: `Z`, or an offset such as `+02:00`";
}

static const char *const date_literals[] = {"YESTERDAY",
                                            "TODAY",
                                            "TOMORROW",
                                            "LAST_WEEK",
                                            "THIS_WEEK",
                                            "NEXT_WEEK",
                                            "LAST_MONTH",
                                            "THIS_MONTH",
                                            "NEXT_MONTH",
                                            "LAST_90_DAYS",
                                            "NEXT_90_DAYS",
                                            "THIS_QUARTER",
                                            "LAST_QUARTER",
                                            "NEXT_QUARTER",
                                            "THIS_YEAR",
                                            "LAST_YEAR",
                                            "NEXT_YEAR",
                                            "THIS_FISCAL_QUARTER",
                                            "LAST_FISCAL_QUARTER",
                                            "NEXT_FISCAL_QUARTER",
                                            "THIS_FISCAL_YEAR",
                                            "LAST_FISCAL_YEAR",
                                            "NEXT_FISCAL_YEAR",
                                            NULL};
static const char *const numbered_date_literals[] = {"LAST_N_DAYS",
                                                     "NEXT_N_DAYS",
                                                     "N_DAYS_AGO",
                                                     "LAST_N_WEEKS",
                                                     "NEXT_N_WEEKS",
                                                     "N_WEEKS_AGO",
                                                     "LAST_N_MONTHS",
                                                     "NEXT_N_MONTHS",
                                                     "N_MONTHS_AGO",
                                                     "LAST_N_QUARTERS",
                                                     "NEXT_N_QUARTERS",
                                                     "N_QUARTERS_AGO",
                                                     "LAST_N_YEARS",
                                                     "NEXT_N_YEARS",
                                                     "N_YEARS_AGO",
                                                     "LAST_N_FISCAL_QUARTERS",
                                                     "NEXT_N_FISCAL_QUARTERS",
                                                     "N_FISCAL_QUARTERS_AGO",
                                                     "LAST_N_FISCAL_YEARS",
                                                     "NEXT_N_FISCAL_YEARS",
                                                     "N_FISCAL_YEARS_AGO",
                                                     NULL};

static bool is_one_of(struct slice word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (slice_equal_ignoring_case(word, slice_of(*words))) {
            return true;
        }
    }
    return false;
}

bool soql_is_date_name(struct slice word, bool *with_number)
{
    *with_number = is_one_of(word, numbered_date_literals);
    return *with_number || is_one_of(word, date_literals);
}

/* `LAST_30_DAYS` is `LAST_N_DAYS:30`; NULL: `word` is nothing like that. */
static const char *with_number_behind(struct arena *arena, struct slice word)
{
    size_t first = slice_find(word, "_", 0);
    size_t last = first == SIZE_MAX ? SIZE_MAX : slice_find(word, "_", first + 1);
    if (last == SIZE_MAX || last == first + 1) {
        return NULL;
    }
    struct slice number = slice_part(word, first + 1, last);
    for (size_t i = 0; i < number.length; i++) {
        if (!ascii_is_digit(number.data[i])) {
            return NULL;
        }
    }
    struct slice name = arena_printf(arena, "%.*s_N%.*s", (int)first, word.data,
                                     SLICE_ARG(slice_part(word, last, word.length)));
    return is_one_of(name, numbered_date_literals)
               ? arena_printf(arena, "%.*s:%.*s", SLICE_ARG(name), SLICE_ARG(number)).data
               : NULL;
}

const char *soql_near_date_literal(struct arena *arena, struct slice word)
{
    size_t distance;
    const char *numbered = with_number_behind(arena, word);
    if (numbered != NULL) {
        return numbered;
    }
    for (size_t i = 0; date_literals[i] != NULL; i++) {
        if (suggestion_is_near(word, slice_of(date_literals[i]), &distance)) {
            return date_literals[i];
        }
    }
    for (size_t i = 0; numbered_date_literals[i] != NULL; i++) {
        if (suggestion_is_near(word, slice_of(numbered_date_literals[i]), &distance)) {
            return numbered_date_literals[i];
        }
    }
    return NULL;
}

void soql_offer_date_literals(struct arena *arena,
                              void (*offer)(void *context, struct slice literal), void *context)
{
    for (size_t i = 0; date_literals[i] != NULL; i++) {
        offer(context, slice_of(date_literals[i]));
    }
    for (size_t i = 0; numbered_date_literals[i] != NULL; i++) {
        offer(context, arena_printf(arena, "%s:", numbered_date_literals[i]));
    }
}

bool soql_is_date_literal(struct slice word)
{
    bool with_number;
    size_t colon = slice_find(word, ":", 0);
    struct slice name = colon == SIZE_MAX ? word : slice_part(word, 0, colon);
    struct slice number = colon == SIZE_MAX ? SLICE("") : slice_part(word, colon + 1, word.length);
    for (size_t i = 0; i < number.length; i++) {
        if (!ascii_is_digit(number.data[i])) {
            return false;
        }
    }
    return soql_is_date_name(name, &with_number) && with_number == (number.length > 0);
}

bool soql_is_date(struct slice text, bool *has_time)
{
    size_t length = soql_match_date(text, has_time);
    return length > 0 && length == text.length;
}

void soql_literal(struct builder *out, struct slice text)
{
    static const char from[] = "\n\r\t\b\f";
    static const char to[] = "nrtbf";
    builder_add_char(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        const char *escape = strchr(from, text.data[i]);
        if (escape != NULL && text.data[i] != '\0') {
            builder_add_char(out, '\\');
            builder_add_char(out, to[escape - from]);
        } else {
            if (strchr("\\'\"", text.data[i]) != NULL && text.data[i] != '\0') {
                builder_add_char(out, '\\');
            }
            builder_add_char(out, text.data[i]);
        }
    }
    builder_add_char(out, '\'');
}
