/* Going through the pieces of a route, and along a path with it. */
#include "salesforce/route.h"

#include <stdint.h>

#include "base/table.h"

static const char *const keys[] = {
#define PART(name, key) [PART_##name] = key,
#include "salesforce/route_part.def"
#undef PART
};

TABLE_HAS_ROWS(keys, PART_COUNT);

const char *route_part_key(enum route_part part)
{
    return keys[part];
}

static enum route_part part_of(struct slice key)
{
    unsigned part = 0;
    while (part < PART_COUNT && !slice_is(key, keys[part])) {
        part++;
    }
    return (enum route_part)part;
}

bool route_take(struct slice *route, struct route_piece *piece)
{
    if (route->length == 0 || route->data[0] == ']') {
        return false;
    }
    size_t end = 1;
    if (route->data[0] == '[') {
        *piece = (struct route_piece){.kind = ROUTE_OPTIONAL};
    } else if (route->data[0] == '{') {
        end = slice_find(*route, "}", 0) + 1;
        enum route_part part = part_of(slice_part(*route, 1, end - 1));
        *piece = (struct route_piece){.kind = ROUTE_PART, .part = part};
    } else {
        while (end < route->length && strchr("{[]", route->data[end]) == NULL) {
            end++;
        }
        *piece = (struct route_piece){.kind = ROUTE_TEXT, .text = slice_part(*route, 0, end)};
    }
    *route = slice_part(*route, end, route->length);
    return true;
}

/* Where a part that begins at `at` ends; a reference in it, {{…}}, may hold any character. */
static size_t part_end(struct slice path, size_t at)
{
    bool in_query = slice_find(path, "?", 0) < at;
    while (at < path.length && strchr(in_query ? "&" : "/?", path.data[at]) == NULL) {
        struct slice rest = slice_part(path, at, path.length);
        size_t close = slice_starts_with(rest, "{{") ? slice_find(path, "}}", at) : SIZE_MAX;
        at = close == SIZE_MAX ? at + 1 : close + 2;
    }
    return at;
}

/* Goes over the value of a part. One that the route has twice must have the same value again. */
static bool match_part(struct slice path, size_t *at, struct slice *known)
{
    size_t end = known->data != NULL ? *at + known->length : part_end(path, *at);
    if (end == *at || end > path.length) {
        return false;
    }
    struct slice value = slice_part(path, *at, end);
    if (known->data != NULL && !slice_equal(value, *known)) {
        return false;
    }
    *known = value;
    *at = end;
    return true;
}

static void clear(struct slice parts[PART_COUNT])
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        parts[i] = (struct slice){0};
    }
}

bool route_match(const char *route, struct slice path, struct slice parts[PART_COUNT])
{
    struct slice rest = slice_of(route);
    struct route_piece piece;
    size_t at = 0;
    clear(parts);
    while (route_take(&rest, &piece)) {
        bool matches = true;
        switch (piece.kind) {
        case ROUTE_OPTIONAL:
            if (at == path.length) {
                return true;
            }
            break;
        case ROUTE_TEXT:
            matches = path.length - at >= piece.text.length &&
                      slice_equal(slice_part(path, at, at + piece.text.length), piece.text);
            at += piece.text.length;
            break;
        case ROUTE_PART:
            matches = match_part(path, &at, &parts[piece.part]);
            break;
        }
        if (!matches) {
            return false;
        }
    }
    return at == path.length;
}

bool route_match_segments(const char *route, const struct slice *segments, size_t count,
                          struct slice parts[PART_COUNT])
{
    size_t matched = 0;
    clear(parts);
    for (const char *at = route + strspn(route, "/"); *at != '\0' && strchr("?[", *at) == NULL;) {
        struct slice wanted = {at, strcspn(at, "/?[")};
        bool is_part = *at == '{';
        if (matched == count || (!is_part && !slice_equal(wanted, segments[matched]))) {
            return false;
        }
        if (is_part) {
            parts[part_of(slice_part(wanted, 1, wanted.length - 1))] = segments[matched];
        }
        matched++;
        at += wanted.length;
        at += *at == '/';
    }
    return matched == count;
}
