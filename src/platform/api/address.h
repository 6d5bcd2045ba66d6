/* Where the platform is: the one host that tokens and files are sent to. */
#ifndef DIALOGC_PLATFORM_API_ADDRESS_H
#define DIALOGC_PLATFORM_API_ADDRESS_H

#include "base/arena.h"

#define API_USUAL_HOST "bots.kore.ai"

struct api_address {
    struct slice origin; /* "https://bots.kore.ai", without a slash behind it */
    struct slice host;   /* "bots.kore.ai", with the port if there is one: for messages */
    bool is_plain;       /* http, on this machine */
};

/*
 * Reads a host (`bots.kore.ai`, `bots.example.com:8443`) or the beginning of a URL
 * (`https://bots.kore.ai`). http is for addresses of this machine alone. False with `*reason` for
 * anything else: a path, a name and password, another scheme.
 */
bool api_address_read(struct arena *arena, struct slice text, struct api_address *address,
                      const char **reason);

/* True for a URL of this origin: the same scheme, host and port. */
bool api_address_has(const struct api_address *address, struct slice url);

/* True for what can be the id of a bot, `st-…`, or of a job of the platform, `bir-…`. */
bool api_id_is_valid(struct slice id, const char *prefix);

#endif
