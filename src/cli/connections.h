/*
 * The connections of a server, and how long each has been without a whole request: a client that
 * sends nothing, or a byte now and then, would keep its place for ever.
 */
#ifndef DIALOGC_CLI_CONNECTIONS_H
#define DIALOGC_CLI_CONNECTIONS_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

#define CONNECTION_LIMIT 64

struct connection {
    int socket;   /* -1: this place is free */
    time_t since; /* when it came, or its last request was answered; of the monotonic clock */
};

/* The server's thread enters and leaves connections, another one looks for those that wait. */
struct connections {
    pthread_mutex_t mutex;
    struct connection items[CONNECTION_LIMIT];
};

/* False when there is no memory. */
bool connections_init(struct connections *connections);
void connections_free(struct connections *connections);

/* A connection has come; NULL when there are too many, and then it must be closed. */
struct connection *connections_enter(struct connections *connections, int socket);

/* Its request has been answered: it has its time again. */
void connections_renew(struct connections *connections, struct connection *connection);

void connections_leave(struct connections *connections, struct connection *connection);

/* Shuts those down that have waited for `seconds` or longer; the server then closes them. */
void connections_shut_old(struct connections *connections, time_t seconds);

#endif
