/* Dates of the Gregorian calendar as numbers of days, and back. */
#ifndef DIALOGC_BASE_DATE_H
#define DIALOGC_BASE_DATE_H

#include "base/arena.h"

#define DATE_MILLISECONDS (24LL * 60 * 60 * 1000) /* of a day */

struct date {
    long long year, month, day;
};

/* Days from 1970-01-01 to `date`; months and days past their ends count on. */
long long date_days(struct date date);

/* The date `days` after 1970-01-01. */
struct date date_of_days(long long days);

/* True for a day that the calendar has, in the years 1 to 9999. */
bool date_is_valid(struct date date);

/* The days of a month. */
long long date_month_length(long long year, long long month);

/*
 * Reads "2026-01-15", or "2026-01-15T09:30:00.000+02:00" (seconds, fraction and zone may be
 * missing; UTC then), as milliseconds since 1970. False for other texts, and dates that there are
 * not.
 */
bool date_read(struct slice text, long long *milliseconds, bool *has_time);

/* "2026-01-15", and "2026-01-15T09:00:00.000+0000", of milliseconds since 1970. */
struct slice date_text(struct arena *arena, long long milliseconds);
struct slice date_time_text(struct arena *arena, long long milliseconds);

#endif
