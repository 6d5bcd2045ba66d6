#include "diag/concealment.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/builder.h"
#include "diag/secret.h"

/*
 * The known secrets are kept in the order of their bytes. What begins at a place of a text is then
 * found by bisection: the longest secret that begins there is the last one that is not behind the
 * text, or one of the shorter ones that it begins with (`shorter`).
 */
struct known_secret {
    struct slice text;
    const struct known_secret *shorter;
};

/* Shorter ones are hidden only where they are whole words. */
#define SHORTEST_INSIDE 12

/* So much of the beginning of a secret is not shown either. */
#define SHORTEST_BEGINNING 10

/* Parts of a secret of at least this length are secrets, too. */
#define SHORTEST_PART 12

static void add_known(struct concealment *c, struct slice text)
{
    c->known = arena_append(c->arena, c->known, c->count, sizeof *c->known);
    c->known[c->count++] = (struct known_secret){.text = arena_slice(c->arena, text)};
    c->ordered = false;
}

void conceal_add(struct concealment *c, struct slice secret)
{
    if (secret.length < c->shortest) {
        return;
    }
    add_known(c, secret);
    for (size_t start = 0; start < secret.length;) {
        size_t end = start;
        while (end < secret.length && strchr("./!: ", secret.data[end]) == NULL) {
            end++;
        }
        if (end - start >= SHORTEST_PART && end - start < secret.length) {
            add_known(c, slice_part(secret, start, end));
        }
        start = end + 1;
    }
}

void conceal_learn(struct concealment *c, struct slice text)
{
    struct secret_scan scan = secret_scan_new(text);
    struct secret found;
    while (secret_next(&scan, &found)) {
        if (found.certain) {
            conceal_add(c, slice_part(text, found.start, found.end));
        }
    }
}

/* Without the quotes around it. */
static struct slice without_quotes(struct slice text)
{
    bool quoted = text.length > 1 && strchr("\"'", text.data[0]) != NULL &&
                  text.data[text.length - 1] == text.data[0];
    return quoted ? slice_part(text, 1, text.length - 1) : text;
}

void conceal_learn_source(struct concealment *c, const struct source *source)
{
    source_mask_secrets(c->arena, source);
    conceal_learn(c, slice_of(source->path));
    for (size_t i = 0; i < source->masks->count; i++) {
        const struct mask *mask = &source->masks->items[i];
        struct slice bytes = slice_part(source->bytes, mask->range.start, mask->range.end);
        if (mask->certain) {
            conceal_add(c, without_quotes(bytes));
        }
        if (mask->certain && mask->text.length > 0) {
            conceal_add(c, mask->text);
        }
    }
}

/* ---- looking for the known ones ---- */

static int compare_known(const void *first, const void *second)
{
    const struct known_secret *a = first;
    const struct known_secret *b = second;
    return slice_compare(a->text, b->text);
}

static bool begins_with(struct slice text, struct slice word)
{
    return text.length >= word.length && memcmp(text.data, word.data, word.length) == 0;
}

static void put_in_order(struct concealment *c)
{
    size_t kept = 0;
    if (c->ordered || c->count == 0) {
        return;
    }
    qsort(c->known, c->count, sizeof *c->known, compare_known);
    for (size_t i = 0; i < c->count; i++) {
        if (kept > 0 && slice_equal(c->known[i].text, c->known[kept - 1].text)) {
            continue;
        }
        c->known[kept] = c->known[i];
        const struct known_secret *shorter = kept > 0 ? &c->known[kept - 1] : NULL;
        while (shorter != NULL && !begins_with(c->known[kept].text, shorter->text)) {
            shorter = shorter->shorter;
        }
        c->known[kept++].shorter = shorter;
    }
    c->count = kept;
    c->ordered = true;
}

static size_t common_length(struct slice a, struct slice b)
{
    size_t length = 0;
    while (length < a.length && length < b.length && a.data[length] == b.data[length]) {
        length++;
    }
    return length;
}

static bool is_word_end(struct slice text, size_t at)
{
    return at == 0 || at >= text.length || !ascii_is_word(text.data[at - 1]) ||
           !ascii_is_word(text.data[at]);
}

/* How much of a known secret begins at `at`: 0 when none does. */
static size_t known_length(const struct concealment *c, struct slice text, size_t at)
{
    struct slice rest = slice_part(text, at, text.length);
    size_t low = 0;
    size_t high = c->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (slice_compare(c->known[middle].text, rest) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const struct known_secret *known = low > 0 ? &c->known[low - 1] : NULL;
    size_t before = known != NULL ? common_length(known->text, rest) : 0;
    size_t after = low < c->count ? common_length(c->known[low].text, rest) : 0;
    size_t beginning = before > after ? before : after;
    while (known != NULL && !begins_with(rest, known->text)) {
        known = known->shorter;
    }
    size_t whole = known != NULL ? known->text.length : 0;
    if (whole > 0 && whole < SHORTEST_INSIDE &&
        !(is_word_end(text, at) && is_word_end(text, at + whole))) {
        whole = 0;
    }
    return beginning >= SHORTEST_BEGINNING && beginning > whole ? beginning : whole;
}

/* No excerpt shows more on either side of a place. */
#define EXCERPT 1024

void conceal_around(struct concealment *c, const struct source *source, struct range range)
{
    size_t length = source->bytes.length;
    size_t end = length - range.start > EXCERPT ? range.start + EXCERPT : length;
    struct slice text = slice_part(source->bytes, 0, end);
    put_in_order(c);
    for (size_t at = range.start > EXCERPT ? range.start - EXCERPT : 0; c->count > 0 && at < end;) {
        size_t known = known_length(c, text, at);
        struct range place = {(uint32_t)at, (uint32_t)(at + known)};
        if (known > 0 && !source_has_mask(source, place)) {
            source_mask(c->arena, source, place, SLICE(""));
        }
        at += known > 0 ? known : 1;
    }
}

/* ---- hiding ---- */

#define HIDDEN "***"

/* Which credentials a text has by itself, one after the other. */
struct own_secrets {
    struct secret_scan scan;
    struct secret next;
    bool has_next;
};

static void move_on(struct own_secrets *own)
{
    do {
        own->has_next = secret_next(&own->scan, &own->next);
    } while (own->has_next && !own->next.certain);
}

struct slice conceal_text(struct concealment *c, struct arena *arena, struct slice text)
{
    struct own_secrets own = {.scan = secret_scan_new(text)};
    struct builder out = builder_new(arena);
    size_t shown = 0; /* what is before has been added */
    put_in_order(c);
    move_on(&own);
    if (!own.has_next && c->count == 0) {
        return text;
    }
    for (size_t at = 0; at < text.length;) {
        size_t length = c->count > 0 ? known_length(c, text, at) : 0;
        if (own.has_next && own.next.start <= at && own.next.end > at + length) {
            length = own.next.end - at;
        }
        while (own.has_next && own.next.end <= at + length) {
            move_on(&own);
        }
        if (length == 0) {
            at++;
            continue;
        }
        builder_add(&out, slice_part(text, shown, at));
        builder_add_text(&out, HIDDEN);
        at += length;
        shown = at;
    }
    if (shown == 0) {
        return text;
    }
    builder_add(&out, slice_part(text, shown, text.length));
    return builder_slice(&out);
}

void conceal_in_place(char *text, size_t length)
{
    struct secret_scan scan = secret_scan_new((struct slice){text, length});
    struct secret found;
    while (secret_next(&scan, &found)) {
        if (found.certain) {
            memset(text + found.start, '*', found.end - found.start);
        }
    }
}
