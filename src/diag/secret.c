/* What looks like a credential, by its form or by the name of its key. */
#include "diag/secret.h"

#include <stdint.h>

static size_t count_class(struct slice s, const char *from_to)
{
    size_t count = 0;
    for (size_t i = 0; i < s.length; i++) {
        count += s.data[i] >= from_to[0] && s.data[i] <= from_to[1];
    }
    return count;
}

/* How often digits begin: words with a number behind them have one run, random text has many. */
static size_t count_digit_runs(struct slice s)
{
    size_t runs = 0;
    for (size_t i = 0; i < s.length; i++) {
        bool digit = s.data[i] >= '0' && s.data[i] <= '9';
        bool before = i > 0 && s.data[i - 1] >= '0' && s.data[i - 1] <= '9';
        runs += digit && !before;
    }
    return runs;
}

/* Base64-like, base64url-like or hexadecimal text without spaces. */
static bool is_token(struct slice s)
{
    for (size_t i = 0; i < s.length; i++) {
        char c = s.data[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    (c != '\0' && strchr("+/=_-.!", c) != NULL);
        if (!fits) {
            return false;
        }
    }
    return s.length > 0;
}

/* A word that services begin their tokens with, and a token behind it. */
static bool has_token_prefix(struct slice value)
{
    static const char *const prefixes[] = {"Bearer ", "bearer ", "Basic ", "sk-",   "sk_live_",
                                           "ghp_",    "gho_",    "xoxb-",  "xoxp-", "AKIA",
                                           "eyJ",     "3MVG9",   "00D",    NULL};
    for (const char *const *prefix = prefixes; *prefix != NULL; prefix++) {
        if (value.data[0] != (*prefix)[0] || !slice_starts_with(value, *prefix)) {
            continue;
        }
        size_t length = strlen(*prefix);
        struct slice rest = slice_part(value, length, value.length);
        bool session = strcmp(*prefix, "00D") == 0;
        if (rest.length >= 12 && is_token(rest) &&
            (!session || slice_find(rest, "!", 0) != SIZE_MAX)) {
            return true;
        }
    }
    return false;
}

bool secret_is_likely(struct slice value)
{
    value = slice_trim(value);
    if (value.length < 10) {
        return false; /* shorter than anything below */
    }
    if (memchr(value.data, '-', value.length) != NULL &&
        slice_find(value, "-----BEGIN", 0) != SIZE_MAX) {
        return true;
    }
    if (has_token_prefix(value)) {
        return true;
    }
    if (value.length < 40 || !is_token(value)) {
        return false;
    }
    /* long, no words, letters of both cases and digits mixed: chosen by a machine */
    size_t digits = count_class(value, "09");
    size_t upper = count_class(value, "AZ");
    size_t small = count_class(value, "az");
    return slice_find(value, "/", 0) == SIZE_MAX && slice_find(value, ".", 0) == SIZE_MAX &&
           digits >= 5 && count_digit_runs(value) >= 4 && upper + small >= 5 &&
           (upper >= 3 || count_class(value, "gz") == 0);
}

#define WORD(word)                                                                                 \
    {                                                                                              \
        word, sizeof word - 1                                                                      \
    }

bool secret_is_named(struct slice key)
{
    static const struct slice words[] = {
        WORD("authorization"), WORD("proxy-authorization"),
        WORD("x-api-key"),     WORD("api-key"),
        WORD("apikey"),        WORD("api_key"),
        WORD("password"),      WORD("passwd"),
        WORD("secret"),        WORD("client_secret"),
        WORD("clientsecret"),  WORD("token"),
        WORD("access_token"),  WORD("accesstoken"),
        WORD("refresh_token"), WORD("private_key"),
        WORD("x-auth-token"),  WORD("sessionid"),
        WORD("session_id"),
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (key.length == words[i].length && slice_equal_ignoring_case(key, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_key_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/* Where a value that begins at `start` ends: at its closing quote, or before a comma or brace. */
static size_t value_end(struct slice line, size_t start)
{
    char quote = line.data[start];
    if (quote == '"' || quote == '\'') {
        size_t at = start + 1;
        while (at < line.length && line.data[at] != quote) {
            at++;
        }
        return at;
    }
    size_t at = start;
    while (at < line.length && strchr(",}]", line.data[at]) == NULL) {
        at++;
    }
    return at;
}

bool secret_in_line(struct slice line, size_t from, size_t *start, size_t *end)
{
    for (size_t at = from; at < line.length;) {
        size_t key = at;
        while (at < line.length && is_key_char(line.data[at])) {
            at++;
        }
        if (at == key) {
            at++;
            continue;
        }
        if (!secret_is_named(slice_part(line, key, at))) {
            continue;
        }
        size_t value = at;
        while (value < line.length && strchr("\"' \t", line.data[value]) != NULL) {
            value++;
        }
        if (value == line.length || (line.data[value] != ':' && line.data[value] != '=')) {
            continue;
        }
        for (value++; value < line.length && strchr(" \t", line.data[value]) != NULL;) {
            value++;
        }
        if (value == line.length) {
            return false;
        }
        size_t last = value_end(line, value);
        value += line.data[value] == '"' || line.data[value] == '\'';
        struct slice text = slice_part(line, value, last < value ? value : last);
        if (text.length > 0 && !slice_starts_with(text, "${") && !slice_starts_with(text, "{{")) {
            *start = value;
            *end = last;
            return true;
        }
        at = last;
    }
    return false;
}
