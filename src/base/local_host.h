/*
 * Which requests a server on this machine answers: a page of the web can send requests to it, by a
 * name of its own that it lets lead here (DNS rebinding), but not without saying so in the headers
 * Host and Origin.
 */
#ifndef DIALOGC_BASE_LOCAL_HOST_H
#define DIALOGC_BASE_LOCAL_HOST_H

#include "base/slice.h"

/*
 * True when `host`, the value of a Host header, names this machine: `localhost`, an address of the
 * loopback interface, or `also`, a name or address that the user has given (NULL: none). The port
 * does not matter.
 */
bool local_host_is(struct slice host, const char *also);

/* The same of an Origin header: a scheme, `://` and a host. */
bool local_host_is_origin(struct slice origin, const char *also);

#endif
