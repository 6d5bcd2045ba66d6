/* Functions that take a format and its arguments: the compiler checks their calls as printf's. */
#ifndef DIALOGC_BASE_PRINTF_LIKE_H
#define DIALOGC_BASE_PRINTF_LIKE_H

/*
 * Before a declaration: its parameter number `text` (from 1) is a format, and its arguments begin
 * at parameter number `first`; 0: they are a va_list.
 */
#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

#endif
