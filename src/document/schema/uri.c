/* Splitting, merging and joining the five components of a URI. */
#include "document/schema/uri.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/builder.h"

struct uri {
    struct slice scheme, authority, path, query, fragment;
    bool has_scheme, has_authority, has_query, has_fragment;
};

static size_t find_any(struct slice s, const char *set, size_t from)
{
    size_t at = from;
    while (at < s.length && strchr(set, s.data[at]) == NULL) {
        at++;
    }
    return at;
}

static struct uri parse(struct slice text)
{
    struct uri uri = {0};
    size_t at = find_any(text, ":/?#", 0);
    size_t start = 0;
    if (at < text.length && text.data[at] == ':' && at > 0) {
        uri.has_scheme = true;
        uri.scheme = slice_part(text, 0, at);
        start = at + 1;
    }
    if (start + 1 < text.length && text.data[start] == '/' && text.data[start + 1] == '/') {
        size_t end = find_any(text, "/?#", start + 2);
        uri.has_authority = true;
        uri.authority = slice_part(text, start + 2, end);
        start = end;
    }
    size_t end = find_any(text, "?#", start);
    uri.path = slice_part(text, start, end);
    if (end < text.length && text.data[end] == '?') {
        start = end + 1;
        end = find_any(text, "#", start);
        uri.has_query = true;
        uri.query = slice_part(text, start, end);
    }
    if (end < text.length) {
        uri.has_fragment = true;
        uri.fragment = slice_part(text, end + 1, text.length);
    }
    return uri;
}

/* RFC 3986, 5.2.4: takes `.` and `..` out of a path. */
static struct slice remove_dots(struct arena *arena, struct slice path)
{
    struct builder out = builder_new(arena);
    size_t at = 0;
    while (at < path.length) {
        bool slash = path.data[at] == '/';
        size_t end = find_any(path, "/", at + slash);
        struct slice segment = slice_part(path, at + slash, end);
        bool last = end == path.length;
        if (slice_is(segment, ".") || slice_is(segment, "..")) {
            if (segment.length == 2) {
                while (out.length > 0 && out.data[out.length - 1] != '/') {
                    out.length--;
                }
                out.length -= out.length > 0;
            }
            if (last && slash) {
                builder_add_char(&out, '/');
            }
        } else {
            builder_add(&out, slice_part(path, at, end));
        }
        at = end;
    }
    return builder_slice(&out);
}

static struct slice merge_paths(struct arena *arena, const struct uri *base, struct slice path)
{
    if (base->has_authority && base->path.length == 0) {
        return arena_printf(arena, "/%.*s", SLICE_ARG(path));
    }
    size_t end = base->path.length;
    while (end > 0 && base->path.data[end - 1] != '/') {
        end--;
    }
    return arena_printf(arena, "%.*s%.*s", (int)end, base->path.data, SLICE_ARG(path));
}

struct slice uri_resolve(struct arena *arena, struct slice base_text, struct slice reference)
{
    struct uri base = parse(base_text);
    struct uri uri = parse(reference);
    struct uri target = uri;
    if (uri.has_scheme) {
        target.path = remove_dots(arena, uri.path);
    } else {
        target.has_scheme = base.has_scheme;
        target.scheme = base.scheme;
        if (uri.has_authority) {
            target.path = remove_dots(arena, uri.path);
        } else {
            target.has_authority = base.has_authority;
            target.authority = base.authority;
            if (uri.path.length == 0) {
                target.path = base.path;
                target.has_query = uri.has_query || base.has_query;
                target.query = uri.has_query ? uri.query : base.query;
            } else if (uri.path.data[0] == '/') {
                target.path = remove_dots(arena, uri.path);
            } else {
                target.path = remove_dots(arena, merge_paths(arena, &base, uri.path));
            }
        }
    }
    struct builder out = builder_new(arena);
    if (target.has_scheme) {
        builder_printf(&out, "%.*s:", SLICE_ARG(target.scheme));
    }
    if (target.has_authority) {
        builder_printf(&out, "//%.*s", SLICE_ARG(target.authority));
    }
    builder_add(&out, target.path);
    if (target.has_query) {
        builder_printf(&out, "?%.*s", SLICE_ARG(target.query));
    }
    if (target.has_fragment) {
        builder_printf(&out, "#%.*s", SLICE_ARG(target.fragment));
    }
    return builder_slice(&out);
}

struct slice uri_split_fragment(struct slice uri, struct slice *fragment)
{
    size_t at = find_any(uri, "#", 0);
    *fragment = at < uri.length ? slice_part(uri, at + 1, uri.length) : SLICE("");
    return slice_part(uri, 0, at);
}

struct slice uri_decode(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text.length; i++) {
        int high =
            text.data[i] == '%' && i + 2 < text.length ? ascii_hex_value(text.data[i + 1]) : -1;
        int low = high >= 0 ? ascii_hex_value(text.data[i + 2]) : -1;
        if (low >= 0) {
            builder_add_char(&out, (char)(high * 16 + low));
            i += 2;
        } else {
            builder_add_char(&out, text.data[i]);
        }
    }
    return builder_slice(&out);
}
