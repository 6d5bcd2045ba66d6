/*
 * The form of a request's path, with the parts that differ from one request to the next:
 *
 *     sobjects/{object}/{id}[?fields={fields}]
 *
 * {…} is a part (route_part.def), […] at the end may be left out. Whoever writes requests goes
 * through the pieces of a route; whoever reads them matches.
 */
#ifndef DIALOGC_SALESFORCE_ROUTE_H
#define DIALOGC_SALESFORCE_ROUTE_H

#include "base/slice.h"

enum route_part {
#define PART(name, key) PART_##name,
#include "salesforce/route_part.def"
#undef PART
};

enum {
    PART_COUNT = 0
#define PART(name, key) +1
#include "salesforce/route_part.def"
#undef PART
};

struct route_piece {
    enum {
        ROUTE_TEXT,
        ROUTE_PART,
        ROUTE_OPTIONAL, /* from here on all may be left out */
    } kind;
    struct slice text;    /* ROUTE_TEXT */
    enum route_part part; /* ROUTE_PART */
};

/* "id": the key of a part. */
const char *route_part_key(enum route_part part);

/* Takes the next piece off a route; false at its end. */
bool route_take(struct slice *route, struct route_piece *piece);

/*
 * Takes `path`, with its query, apart: `parts` are the values as written, without data where one is
 * not there. False for paths of another form.
 */
bool route_match(const char *route, struct slice path, struct slice parts[PART_COUNT]);

/* The same for a path that is split at its slashes, decoded, and without its query. */
bool route_match_segments(const char *route, const struct slice *segments, size_t count,
                          struct slice parts[PART_COUNT]);

#endif
