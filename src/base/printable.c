#include "base/printable.h"

#include <stdint.h>
#include <stdio.h>

#include "base/ascii.h"
#include "base/character.h"
#include "base/utf8.h"

/* ---- commands in logs ---- */

/* White space in the sense of those who look for commands at the start of a line. */
static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* The start of the character that ends before `at`, and the character; `at` when there is none. */
static size_t character_before(struct slice text, size_t at, uint32_t *c)
{
    for (size_t length = 1; length <= 4 && length <= at; length++) {
        struct slice last = slice_part(text, at - length, at);
        if (utf8_sequence(last) == length) {
            *c = utf8_decode(last, &length);
            return at - length;
        }
    }
    return at;
}

/* Nothing but white space is before `at` in its line. */
static bool begins_line(struct slice text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n') {
        uint32_t c;
        size_t start = character_before(text, at, &c);
        if (start == at || !is_space(c)) {
            return false;
        }
        at = start;
    }
    return true;
}

/* The second `#` of `##[` or `##word[`: these are commands anywhere in a line. */
static bool is_log_command(struct slice text, size_t at)
{
    if (text.data[at] != '#' || at == 0 || text.data[at - 1] != '#') {
        return false;
    }
    for (at++; at < text.length && ascii_is_word(text.data[at]); at++) {
    }
    return at < text.length && text.data[at] == '[';
}

static bool is_workflow_command(struct slice text, size_t at)
{
    return text.data[at] == ':' && at + 1 < text.length && text.data[at + 1] == ':' &&
           begins_line(text, at);
}

/* ---- characters without a form ---- */

static bool is_seen(enum character_kind kind)
{
    return kind == CHARACTER_PLAIN || kind == CHARACTER_WIDE;
}

/* A selector after a character that is seen: one for each, since many of them hide a message. */
static bool selects(struct slice text, size_t at)
{
    uint32_t before;
    return character_before(text, at, &before) < at && is_seen(character_kind(before));
}

/* A joiner between two characters that are not ASCII and have a form. */
static bool joins(struct slice text, size_t at, size_t length)
{
    uint32_t before, after;
    struct slice rest = slice_part(text, at + length, text.length);
    if (utf8_sequence(rest) < 2 || character_before(text, at, &before) == at || before < 0x80) {
        return false;
    }
    after = utf8_decode(rest, &length);
    enum character_kind kind = character_kind(before);
    return (is_seen(kind) || kind == CHARACTER_MARK || kind == CHARACTER_SELECTOR) &&
           is_seen(character_kind(after));
}

static bool stays(struct slice text, size_t at, size_t length, uint32_t c, enum printable_form form)
{
    switch (character_kind(c)) {
    case CHARACTER_PLAIN:
    case CHARACTER_WIDE:
    case CHARACTER_MARK:
        return true;
    case CHARACTER_SELECTOR:
        return selects(text, at);
    case CHARACTER_JOINER:
        return form == PRINTABLE_TEXT && joins(text, at, length);
    case CHARACTER_HIDDEN:
        break;
    }
    return form == PRINTABLE_TEXT && (c == '\n' || c == '\t');
}

/* The escape of a character that does not stay. */
static size_t escape(char shown[PRINTABLE_LONGEST], uint32_t c, bool is_byte)
{
    static const char named[] = "\nn\tt\rr";
    const char *name = c > 0 && c < 0x20 ? strchr(named, (int)c) : NULL;
    int length = name != NULL          ? snprintf(shown, PRINTABLE_LONGEST, "\\%c", name[1])
                 : is_byte || c < 0x80 ? snprintf(shown, PRINTABLE_LONGEST, "\\x%02x", (unsigned)c)
                                       : snprintf(shown, PRINTABLE_LONGEST, "\\u{%x}", (unsigned)c);
    return (size_t)length;
}

size_t printable_character(struct slice text, size_t at, enum printable_form form,
                           char shown[PRINTABLE_LONGEST], size_t *length)
{
    struct slice rest = slice_part(text, at, text.length);
    size_t taken = utf8_sequence(rest);
    if (taken == 0) {
        *length = escape(shown, (unsigned char)rest.data[0], true);
        return 1;
    }
    uint32_t c = utf8_decode(rest, &taken);
    if (is_log_command(text, at) || is_workflow_command(text, at) ||
        !stays(text, at, taken, c, form)) {
        *length = escape(shown, c, false);
    } else {
        memcpy(shown, rest.data, taken);
        *length = taken;
    }
    return taken;
}

/* ---- whole texts ---- */

/* The length of what is printable in any form at the start: most texts, to their end. */
static size_t plain_length(struct slice text)
{
    size_t at = 0;
    while (at < text.length) {
        unsigned char c = (unsigned char)text.data[at];
        if (c < 0x20 || c >= 0x7F || (c == '#' && is_log_command(text, at)) ||
            (c == ':' && is_workflow_command(text, at))) {
            break;
        }
        at++;
    }
    return at;
}

void printable_add(struct builder *out, struct slice text, enum printable_form form)
{
    size_t at = plain_length(text);
    builder_add(out, slice_part(text, 0, at));
    while (at < text.length) {
        char shown[PRINTABLE_LONGEST];
        size_t length;
        at += printable_character(text, at, form, shown, &length);
        builder_add(out, (struct slice){shown, length});
    }
}

struct slice printable_text(struct arena *arena, struct slice text, enum printable_form form)
{
    if (plain_length(text) == text.length) {
        return text;
    }
    struct builder out = builder_new(arena);
    printable_add(&out, text, form);
    return builder_slice(&out);
}

void printable_end_line(struct builder *out, size_t start)
{
    struct slice line = slice_part(builder_slice(out), start, out->length);
    if (plain_length(line) < line.length) {
        line = arena_slice(out->arena, line);
        out->length = start;
        printable_add(out, line, PRINTABLE_LINE);
    }
    builder_add_char(out, '\n');
}

/* Appends an escape of JSON: two for a character past U+FFFF. */
static void add_json_escape(struct builder *out, uint32_t c)
{
    if (c >= 0x10000) {
        builder_printf(out, "\\u%04x", (unsigned)(0xD800 + ((c - 0x10000) >> 10)));
        c = 0xDC00 + (c & 0x3FF);
    }
    builder_printf(out, "\\u%04x", (unsigned)c);
}

void printable_add_json(struct builder *out, struct slice json)
{
    size_t start = 0; /* of what stays as it is */
    for (size_t at = 0; at < json.length;) {
        size_t length = 1;
        uint32_t c = (unsigned char)json.data[at];
        if (c >= 0x7F) {
            c = utf8_decode(slice_part(json, at, json.length), &length);
        }
        if (c >= 0x7F ? !stays(json, at, length, c, PRINTABLE_LINE) : is_log_command(json, at)) {
            builder_add(out, slice_part(json, start, at));
            add_json_escape(out, c);
            start = at + length;
        }
        at += length;
    }
    builder_add(out, slice_part(json, start, json.length));
}
