/*
 * vsnprintf for the formats that a compiler needs all the time: names put together. A build of
 * templates spends a twentieth of its time in the C library's, which must be ready for everything.
 */
#ifndef DIALOGC_BASE_FORMAT_H
#define DIALOGC_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

#include "base/printf_like.h"

/* As vsnprintf: the length of the whole text, below 0 when it cannot be formatted. */
PRINTF_LIKE(3, 0)
int format_text(char *room, size_t available, const char *format, va_list arguments);

#endif
