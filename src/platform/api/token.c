#include "platform/api/token.h"

#include <nettle/base64.h>
#include <nettle/hmac.h>
#include <stdio.h>

#include "base/ascii.h"

/* A part of a token: base64 for URLs, without padding. Returns its length. */
static size_t encode(char *out, const void *bytes, size_t length)
{
    struct base64_encode_ctx context;
    base64url_encode_init(&context);
    size_t written = base64_encode_update(&context, out, length, bytes);
    written += base64_encode_final(&context, out + written);
    while (written > 0 && out[written - 1] == '=') {
        written--;
    }
    return written;
}

void token_wipe(void *bytes, size_t size)
{
    volatile unsigned char *at = bytes;
    while (size-- > 0) {
        *at++ = 0;
    }
}

bool token_takes_client_id(struct slice id)
{
    bool fits = id.length > 0 && id.length <= TOKEN_LONGEST_ID;
    for (size_t i = 0; fits && i < id.length; i++) {
        fits = ascii_is_word(id.data[i]) || id.data[i] == '-' || id.data[i] == '.';
    }
    return fits;
}

void token_make(const struct api_credentials *credentials, long long now,
                const unsigned char unique[TOKEN_UNIQUE_BYTES], char text[TOKEN_LONGEST_TEXT])
{
    static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    char payload[TOKEN_LONGEST_TEXT / 2];
    char id[2 * TOKEN_UNIQUE_BYTES + 1];
    unsigned char signature[SHA256_DIGEST_SIZE];
    struct hmac_sha256_ctx context;
    for (size_t i = 0; i < TOKEN_UNIQUE_BYTES; i++) {
        snprintf(id + 2 * i, 3, "%02x", unique[i]);
    }
    int length = snprintf(payload, sizeof payload,
                          "{\"sub\":\"dialogc\",\"appId\":\"%s\",\"iat\":%lld,\"exp\":%lld,"
                          "\"jti\":\"%s\"}",
                          credentials->client_id, now, now + TOKEN_SECONDS, id);
    size_t end = encode(text, header, sizeof header - 1);
    text[end++] = '.';
    end += encode(text + end, payload, (size_t)length);
    hmac_sha256_set_key(&context, strlen(credentials->secret),
                        (const unsigned char *)credentials->secret);
    hmac_sha256_update(&context, end, (const unsigned char *)text);
    hmac_sha256_digest(&context, sizeof signature, signature);
    text[end++] = '.';
    end += encode(text + end, signature, sizeof signature);
    text[end] = '\0';
    token_wipe(&context, sizeof context);
    token_wipe(signature, sizeof signature);
}
