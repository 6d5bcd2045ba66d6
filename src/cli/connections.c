#define _POSIX_C_SOURCE 200809L

#include "cli/connections.h"

#include <stddef.h>
#include <sys/socket.h>

static time_t seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

bool connections_init(struct connections *connections)
{
    for (size_t i = 0; i < CONNECTION_LIMIT; i++) {
        connections->items[i].socket = -1;
    }
    return pthread_mutex_init(&connections->mutex, NULL) == 0;
}

void connections_free(struct connections *connections)
{
    pthread_mutex_destroy(&connections->mutex);
}

struct connection *connections_enter(struct connections *connections, int socket)
{
    struct connection *found = NULL;
    pthread_mutex_lock(&connections->mutex);
    for (size_t i = 0; i < CONNECTION_LIMIT && found == NULL; i++) {
        if (connections->items[i].socket < 0) {
            found = &connections->items[i];
            *found = (struct connection){socket, seconds_now()};
        }
    }
    pthread_mutex_unlock(&connections->mutex);
    return found;
}

void connections_renew(struct connections *connections, struct connection *connection)
{
    pthread_mutex_lock(&connections->mutex);
    connection->since = seconds_now();
    pthread_mutex_unlock(&connections->mutex);
}

void connections_leave(struct connections *connections, struct connection *connection)
{
    pthread_mutex_lock(&connections->mutex);
    connection->socket = -1;
    pthread_mutex_unlock(&connections->mutex);
}

void connections_shut_old(struct connections *connections, time_t seconds)
{
    time_t now = seconds_now();
    pthread_mutex_lock(&connections->mutex);
    for (size_t i = 0; i < CONNECTION_LIMIT; i++) {
        const struct connection *connection = &connections->items[i];
        if (connection->socket >= 0 && now - connection->since >= seconds) {
            shutdown(connection->socket, SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&connections->mutex);
}
