/*
 * The functions of generated scripts that say values as people read them, in ECMAScript 5 without
 * any library: the platform's engine may have none. language/model/value_formats.def lists them;
 * the parts are what they share.
 */
#ifndef DIALOGC_DIALOG_FORMATTING_H
#define DIALOGC_DIALOG_FORMATTING_H

#include "base/builder.h"
#include "language/model/value_format.h"

enum format_part {
    PART_READ = 1 << 0,   /* read(object, path) */
    PART_SHOW = 1 << 1,   /* show(value) */
    PART_EITHER = 1 << 2, /* either(values): the first one that is there */
    PART_FILL = 1 << 3,   /* fill(pattern, values) */
    PART_MOMENT = 1 << 4, /* moment(value): a date, perhaps with a time, in its own zone */
    PART_OFFSET = 1 << 5, /* offset(time): minutes of the user's zone, or undefined */
    PART_LOCAL = 1 << 6,  /* local(value): a moment in the user's zone */
    PART_DAY = 1 << 7,    /* dayOf(moment): in words */
    PART_CLOCK = 1 << 8,  /* clockOf(moment): in words */
    PART_DIGITS = 1 << 9, /* digitsOf(value): "-1234.5", or undefined */
    PART_GROUPED = 1 << 10,
    PART_NOW = 1 << 11,        /* now(): the time, in UTC */
    PART_TODAY = 1 << 12,      /* today(): the day, where the user is */
    PART_DATE_WORDS = 1 << 13, /* from here on: members of `language`, with its locale */
    PART_TIME_WORDS = 1 << 14,
    PART_DATE_TIME_WORDS = 1 << 15,
    PART_NUMBER_WORDS = 1 << 16,
    PART_PERCENT_WORDS = 1 << 17,
    PART_CURRENCY_WORDS = 1 << 18,
};

/* The name of the function of a format. */
const char *formatting_function(enum format_kind kind);

/* The parts that the formats (bits of enum format_kind) and parts need, with those parts. */
unsigned formatting_parts(unsigned formats, unsigned parts);

/*
 * Writes the functions of the formats and of the parts, which formatting_parts has completed; not
 * those that are helpers of script.h. With several locales the script takes the one that the
 * conversation has when it runs.
 */
void formatting_write(struct builder *out, unsigned formats, unsigned parts,
                      const struct slice *locales, size_t locale_count);

#endif
