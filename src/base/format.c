/* Text, characters and plain numbers; all else is left to vsnprintf. */
#define _POSIX_C_SOURCE 200809L /* strnlen */

#include "base/format.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What is written; what does not fit is only counted. */
struct output {
    char *room;
    size_t available;
    size_t length;
};

static void add(struct output *out, const char *text, size_t length)
{
    if (out->length < out->available) {
        size_t left = out->available - out->length;
        memcpy(out->room + out->length, text, length < left ? length : left);
    }
    out->length += length;
}

static void add_number(struct output *out, size_t number)
{
    char digits[24];
    char *at = digits + sizeof digits;
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    add(out, at, (size_t)(digits + sizeof digits - at));
}

/* False when there is a conversion that is none of %s, %.*s, %zu and %%. */
static bool add_simple(struct output *out, const char *format, va_list arguments)
{
    for (;;) {
        const char *percent = strchr(format, '%');
        if (percent == NULL) {
            add(out, format, strlen(format));
            return true;
        }
        add(out, format, (size_t)(percent - format));
        if (percent[1] == 's') {
            const char *text = va_arg(arguments, const char *);
            add(out, text, strlen(text));
            format = percent + 2;
        } else if (percent[1] == '.' && percent[2] == '*' && percent[3] == 's') {
            int length = va_arg(arguments, int);
            const char *text = va_arg(arguments, const char *);
            if (length > 0) { /* an empty slice may have no bytes at all */
                add(out, text, strnlen(text, (size_t)length));
            }
            format = percent + 4;
        } else if (percent[1] == 'z' && percent[2] == 'u') {
            add_number(out, va_arg(arguments, size_t));
            format = percent + 3;
        } else if (percent[1] == '%') {
            add(out, "%", 1);
            format = percent + 2;
        } else {
            return false;
        }
    }
}

int format_text(char *room, size_t available, const char *format, va_list arguments)
{
    struct output out = {room, available, 0};
    va_list again;
    va_copy(again, arguments);
    if (!add_simple(&out, format, arguments)) {
        int length = vsnprintf(room, available, format, again); /* over what has been written */
        va_end(again);
        return length;
    }
    va_end(again);
    if (available > 0) {
        room[out.length < available ? out.length : available - 1] = '\0';
    }
    return out.length <= INT_MAX ? (int)out.length : -1;
}
