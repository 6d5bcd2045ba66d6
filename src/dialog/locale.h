/* How dates, times and numbers are written in each language; the data is that of Unicode's CLDR. */
#ifndef DIALOGC_DIALOG_LOCALE_H
#define DIALOGC_DIALOG_LOCALE_H

#include "base/slice.h"

enum { LOCALE_MONTHS = 12 };

/*
 * Patterns have the places {d} {m} {month} {y}, {h} {hh} {h12} {mm} {half}, {date} {time}, {n},
 * {symbol} {amount}.
 */
struct locale_words {
    const char *locale;
    const char *months[LOCALE_MONTHS];
    const char *date;
    const char *time;
    const char *halves[2]; /* of a clock with twelve hours */
    const char *date_time;
    const char *decimal;
    const char *group; /* between groups of digits */
    int smallest;      /* digits of a whole number from which on they are grouped */
    bool pairs;        /* groups in front of the last one have two digits */
    const char *percent;
    const char *money;
};

/* The words of a locale: those of "en_GB", else of "en"; of English where there are none. */
const struct locale_words *locale_find(struct slice locale);

#endif
