/* Functions that are worth inlining wherever they are called, whatever the compiler thinks of it.
 */
#ifndef DIALOGC_BASE_ALWAYS_INLINE_H
#define DIALOGC_BASE_ALWAYS_INLINE_H

/* In place of `inline`. */
#if defined(__GNUC__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline
#endif

#endif
