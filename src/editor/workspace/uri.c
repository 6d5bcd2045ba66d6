#include "editor/workspace/uri.h"

#include <stdint.h>

#include "base/percent.h"

#define SCHEME "file://"

const char *uri_path(struct arena *arena, struct slice uri)
{
    static const size_t scheme = sizeof SCHEME - 1;
    if (!slice_starts_with_ignoring_case(uri, SCHEME)) {
        return NULL;
    }
    size_t root = slice_find(uri, "/", scheme);
    bool is_local = root == scheme ||
                    (root != SIZE_MAX && slice_is(slice_part(uri, scheme, root), "localhost"));
    struct builder path = builder_new(arena);
    if (!is_local || !percent_decode(&path, slice_part(uri, root, uri.length))) {
        return NULL;
    }
    struct slice text = builder_slice(&path);
    return memchr(text.data, '\0', text.length) == NULL ? path_shortened(arena, text.data) : NULL;
}

struct slice uri_of_path(struct arena *arena, const char *path)
{
    struct builder uri = builder_new(arena);
    size_t at = 0;
    struct slice part;
    builder_add_text(&uri, SCHEME);
    for (bool first = true; slice_next_part(slice_of(path), '/', &at, &part); first = false) {
        builder_add_text(&uri, first ? "" : "/");
        percent_encode(&uri, part);
    }
    return builder_slice(&uri);
}

const char *path_shortened(struct arena *arena, const char *path)
{
    struct builder out = builder_new(arena);
    size_t at = 0;
    struct slice part;
    while (slice_next_part(slice_of(path), '/', &at, &part)) {
        if (slice_is(part, "..")) {
            while (out.length > 0 && out.data[--out.length] != '/') {
            }
        } else if (part.length > 0 && !slice_is(part, ".")) {
            builder_add_char(&out, '/');
            builder_add(&out, part);
        }
    }
    return out.length > 0 ? builder_slice(&out).data : "/";
}
