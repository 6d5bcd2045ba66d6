/*
 * Days are counted by Howard Hinnant's algorithm: years begin in March, and an era has 400 years.
 */
#include "base/date.h"

#include "base/ascii.h"

#define ERA_DAYS     146097
#define DAYS_TO_1970 719468 /* from 0000-03-01 */

static long long floor_divide(long long a, long long b)
{
    return a / b - (a % b < 0);
}

long long date_days(struct date date)
{
    long long months = date.month - 1;
    long long year = date.year + floor_divide(months, 12);
    long long month = months - floor_divide(months, 12) * 12 + 1;
    if (month <= 2) {
        year--;
    }
    long long era = floor_divide(year, 400);
    long long year_of_era = year - era * 400;
    long long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year +
           date.day - 1 - DAYS_TO_1970;
}

struct date date_of_days(long long days)
{
    days += DAYS_TO_1970;
    long long era = floor_divide(days, ERA_DAYS);
    long long day_of_era = days - era * ERA_DAYS;
    long long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (ERA_DAYS - 1)) / 365;
    long long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long long month = (5 * day_of_year + 2) / 153;
    struct date date = {
        .year = year_of_era + era * 400,
        .month = month < 10 ? month + 3 : month - 9,
        .day = day_of_year - (153 * month + 2) / 5 + 1,
    };
    date.year += date.month <= 2;
    return date;
}

bool date_is_valid(struct date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= date_month_length(date.year, date.month);
}

long long date_month_length(long long year, long long month)
{
    return date_days((struct date){year, month + 1, 1}) - date_days((struct date){year, month, 1});
}

/* Takes `count` digits from the start of `*text`; false when they are not there. */
static bool take_number(struct slice *text, size_t count, long long *number)
{
    if (text->length < count) {
        return false;
    }
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (!ascii_is_digit(text->data[i])) {
            return false;
        }
        *number = *number * 10 + (text->data[i] - '0');
    }
    *text = slice_part(*text, count, text->length);
    return true;
}

static bool take_char(struct slice *text, char c)
{
    bool there = text->length > 0 && text->data[0] == c;
    if (there) {
        *text = slice_part(*text, 1, text->length);
    }
    return there;
}

/* Z, +02:00, -0530; minutes east of Greenwich. */
static bool take_zone(struct slice *text, long long *minutes)
{
    *minutes = 0;
    if (text->length == 0 || take_char(text, 'Z')) {
        return true;
    }
    bool west = text->data[0] == '-';
    long long hours, rest;
    if (!(take_char(text, '-') || take_char(text, '+')) || !take_number(text, 2, &hours)) {
        return false;
    }
    take_char(text, ':');
    if (!take_number(text, 2, &rest) || hours > 23 || rest > 59) {
        return false;
    }
    *minutes = (hours * 60 + rest) * (west ? -1 : 1);
    return true;
}

bool date_read(struct slice text, long long *milliseconds, bool *has_time)
{
    struct date date;
    if (!take_number(&text, 4, &date.year) || !take_char(&text, '-') ||
        !take_number(&text, 2, &date.month) || !take_char(&text, '-') ||
        !take_number(&text, 2, &date.day) || !date_is_valid(date)) {
        return false;
    }
    *milliseconds = date_days(date) * DATE_MILLISECONDS;
    *has_time = text.length > 0;
    if (!*has_time) {
        return true;
    }
    long long hour, minute, second = 0, zone, digit;
    long long fraction = 0;
    if (!(take_char(&text, 'T') || take_char(&text, ' ')) || !take_number(&text, 2, &hour) ||
        !take_char(&text, ':') || !take_number(&text, 2, &minute) ||
        (take_char(&text, ':') && !take_number(&text, 2, &second))) {
        return false;
    }
    if (take_char(&text, '.')) {
        long long place = 100;
        while (take_number(&text, 1, &digit)) {
            fraction += digit * place;
            place /= 10;
        }
    }
    if (!take_zone(&text, &zone) || text.length > 0 || hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    *milliseconds += ((hour * 60 + minute - zone) * 60 + second) * 1000 + fraction;
    return true;
}

struct slice date_text(struct arena *arena, long long milliseconds)
{
    struct date date = date_of_days(floor_divide(milliseconds, DATE_MILLISECONDS));
    return arena_printf(arena, "%04lld-%02lld-%02lld", date.year, date.month, date.day);
}

struct slice date_time_text(struct arena *arena, long long milliseconds)
{
    long long rest =
        milliseconds - floor_divide(milliseconds, DATE_MILLISECONDS) * DATE_MILLISECONDS;
    struct slice date = date_text(arena, milliseconds);
    return arena_printf(arena, "%.*sT%02lld:%02lld:%02lld.%03lld+0000", SLICE_ARG(date),
                        rest / 3600000, rest / 60000 % 60, rest / 1000 % 60, rest % 1000);
}
