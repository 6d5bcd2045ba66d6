/*
 * Waiting for the platform, in a way that Ctrl-C ends at once and at a known point: from
 * pauses_hold_signals on, SIGINT and SIGTERM do not end the process but the next pause or request.
 */
#ifndef DIALOGC_PLATFORM_API_PAUSES_H
#define DIALOGC_PLATFORM_API_PAUSES_H

#include <stdbool.h>

struct pauses {
    long first;       /* milliseconds; later pauses are longer */
    long limit;       /* seconds that a job of the platform may take */
    bool interrupted; /* somebody wants the command to end */
};

/* One wait for something: its pauses grow by half, to thirty times the first. */
struct wait {
    long next;  /* milliseconds */
    long until; /* seconds of the monotonic clock */
};

/* Blocks the signals for the rest of the process. */
void pauses_hold_signals(const struct pauses *pauses);

/* True once a signal has come. */
bool pauses_interrupted(struct pauses *pauses);

/* Waits that long; false when a signal has come. */
bool pauses_sleep(struct pauses *pauses, long milliseconds);

/* A wait that begins now. */
struct wait wait_new(const struct pauses *pauses);

/* The next pause; false when a signal has come, or the limit of `pauses` is over. */
bool wait_once(struct wait *wait, struct pauses *pauses);

#endif
