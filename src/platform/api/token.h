/*
 * What proves to the platform who sends a request: a JSON Web Token, signed by HMAC-SHA256 with the
 * secret of an app. One is made for each request, and it is good for a few minutes.
 */
#ifndef DIALOGC_PLATFORM_API_TOKEN_H
#define DIALOGC_PLATFORM_API_TOKEN_H

#include "base/slice.h"

#define TOKEN_SECONDS      300 /* how long a token is good for */
#define TOKEN_LONGEST_ID   255
#define TOKEN_LONGEST_TEXT 2048
#define TOKEN_UNIQUE_BYTES 16

/*
 * An app of the platform. It is in memory of the process alone, and is wiped by credentials_wipe;
 * no arena has a copy.
 */
struct api_credentials {
    char client_id[TOKEN_LONGEST_ID + 1];
    char secret[TOKEN_LONGEST_ID + 1];
    bool is_complete;
};

/* Writes zeros over bytes that were secret, in a way that compilers do not leave out. */
void token_wipe(void *bytes, size_t size);

/* True for what can be the client id of an app: letters, digits, `-`, `_` and `.`. */
bool token_takes_client_id(struct slice id);

/*
 * Writes a token to `text`, with a NUL behind it. `now` is in seconds since 1970, and `unique`
 * makes this token another one than those before it. The caller wipes it.
 */
void token_make(const struct api_credentials *credentials, long long now,
                const unsigned char unique[TOKEN_UNIQUE_BYTES], char text[TOKEN_LONGEST_TEXT]);

#endif
