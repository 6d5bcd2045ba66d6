/*
 * Secrets: what must never be shown. This is the one place that knows credentials, by their form
 * (secret_form.def), by the name of what holds them (secret_name.def), or because nobody but a
 * machine writes such text. It needs no structure around them: a value of a template, a line with
 * a syntax error, a script, a message or a whole export are all just text.
 *
 * What is found is reported by checks, and hidden in all output: see diag/concealment.h.
 */
#ifndef DIALOGC_DIAG_SECRET_H
#define DIALOGC_DIAG_SECRET_H

#include "base/slice.h"

/* A part of a text. */
struct secret {
    size_t start;
    size_t end;
    bool
        certain; /* a credential; otherwise what stands at the name of one, which may be any word */
};

/* A search through a text, from its start to its end. */
struct secret_scan {
    struct slice text;
    size_t at;
    size_t end; /* up to which it goes now */
};

/* A search in the whole text. */
static inline struct secret_scan secret_scan_new(struct slice text)
{
    return (struct secret_scan){text, 0, text.length};
}

/*
 * Finds the next secret that begins where the last one ended or later; false when there is none.
 * Quotes around it are no part of it. References (${…}, {{…}}) and placeholders (xxxx, YOUR_KEY)
 * are no secrets. In time proportional to the text.
 */
bool secret_next(struct secret_scan *scan, struct secret *found);

/* A search for secret_next_credential. */
static inline struct secret_scan secret_scan_credentials(struct slice text)
{
    return (struct secret_scan){text, 0, 0};
}

/*
 * The same for credentials only, in texts that have few of them: looks at the lines in which one
 * may be, by digits and long words, and costs little else. It misses those of less than 31
 * characters without a digit.
 */
bool secret_next_credential(struct secret_scan *scan, struct secret *found);

/* True when the text contains a credential. */
bool secret_is_likely(struct slice text);

/* True when a key of exactly this name holds a credential, whatever the value. */
bool secret_is_named(struct slice key);

/* True when a key whose name ends so holds a credential (`dbPassword`): look at the value, too. */
bool secret_is_telling(struct slice key);

/* True when `value` as a whole is a credential, since it is the value of `key`. */
bool secret_is_at(struct slice key, struct slice value);

/* True for long random text: a credential where a request or a setting takes it. */
bool secret_is_random(struct slice value);

/* True when a key of this name holds an identifier or a digest, which looks the same. */
bool secret_is_public(struct slice key);

#endif
