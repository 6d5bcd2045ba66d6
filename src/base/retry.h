/* System calls that a signal has interrupted are made again. */
#ifndef DIALOGC_BASE_RETRY_H
#define DIALOGC_BASE_RETRY_H

#include <errno.h>

/*
 * Sets `result` to the value of `call`, which is made until it is not interrupted. Calls on files
 * seldom are, but on network file systems any of them may be.
 */
#define RETRY(result, call)                                                                        \
    do {                                                                                           \
        (result) = (call);                                                                         \
    } while ((result) < 0 && errno == EINTR)

#endif
