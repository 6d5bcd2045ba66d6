/*
 * Text from outside, made fit to be shown: in a terminal, in the log of a build, in a report. What
 * is in a file, in a name or in an answer must not move the cursor, hide or reorder what is beside
 * it, or give orders to the program that reads a log. All that dialogc shows passes through here.
 *
 *     byte or character                          shown as
 *     a control character                        \x1b, \n, \t, \r
 *     a control of two bytes (U+0080 to U+009F), \u{9b}, \u{202e}
 *     of the direction of text, without a form
 *     a byte that is not UTF-8                   \xff
 *     ##[…] and ##vso[…], commands in logs       #\x23[…]
 *     ::…, a command at the start of a line      \x3a:…
 */
#ifndef DIALOGC_BASE_PRINTABLE_H
#define DIALOGC_BASE_PRINTABLE_H

#include "base/builder.h"

enum printable_form {
    PRINTABLE_LINE, /* a name or a message: within a line, and nothing in it is invisible */
    PRINTABLE_TEXT, /* lines: their ends and tabs stay, and so do the characters that join emoji
                       and letters of scripts that need it */
};

/* Room for one character in its printable form. */
#define PRINTABLE_LONGEST 12

/*
 * The character at `at` of `text`: its printable form goes to `shown`, and how long that is to
 * `*length`. Returns the bytes of `text` that it stands for, 1 to 4.
 */
size_t printable_character(struct slice text, size_t at, enum printable_form form,
                           char shown[PRINTABLE_LONGEST], size_t *length);

/* Appends `text` in its printable form. What is printable already does not change. */
void printable_add(struct builder *out, struct slice text, enum printable_form form);

/* `text` in its printable form: itself, when nothing has to change. */
struct slice printable_text(struct arena *arena, struct slice text, enum printable_form form);

/*
 * Ends a line that was begun where the builder had `start` bytes: makes it printable, so that a
 * line feed in a name does not begin a line, and adds a line feed.
 */
void printable_end_line(struct builder *out, size_t start);

/*
 * Appends a JSON document whose characters of these kinds are escaped as JSON does it, \u202e: it
 * has the same values as before.
 */
void printable_add_json(struct builder *out, struct slice json);

#endif
