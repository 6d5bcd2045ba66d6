#define _POSIX_C_SOURCE 200809L

#include "platform/api/pauses.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

/* The longest pause, as a multiple of the first. */
enum { GROWTH_LIMIT = 30 };

static sigset_t ending_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

static long seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec;
}

void pauses_hold_signals(const struct pauses *pauses)
{
    (void)pauses;
    sigset_t signals = ending_signals();
    sigprocmask(SIG_BLOCK, &signals, NULL);
}

bool pauses_interrupted(struct pauses *pauses)
{
    sigset_t pending;
    if (sigpending(&pending) == 0 &&
        (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1)) {
        pauses->interrupted = true;
    }
    return pauses->interrupted;
}

bool pauses_sleep(struct pauses *pauses, long milliseconds)
{
    sigset_t signals = ending_signals();
    struct timespec length = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    if (pauses_interrupted(pauses)) {
        return false;
    }
    /* Another signal (SIGWINCH, SIGCONT) makes a pause shorter, which does no harm. */
    pauses->interrupted = sigtimedwait(&signals, NULL, &length) > 0;
    return !pauses->interrupted;
}

struct wait wait_new(const struct pauses *pauses)
{
    return (struct wait){pauses->first, seconds_now() + pauses->limit};
}

bool wait_once(struct wait *wait, struct pauses *pauses)
{
    long longest = pauses->first * GROWTH_LIMIT;
    long length = wait->next < longest ? wait->next : longest;
    wait->next = length + (length + 1) / 2;
    return seconds_now() < wait->until && pauses_sleep(pauses, length);
}
