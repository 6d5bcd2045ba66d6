/* URIs of files (RFC 8089), as editors name documents, and their paths. */
#ifndef DIALOGC_EDITOR_WORKSPACE_URI_H
#define DIALOGC_EDITOR_WORKSPACE_URI_H

#include "base/builder.h"

/* "/a b.yaml" of "file:///a%20b.yaml"; NULL when it is not the URI of a file on this machine. */
const char *uri_path(struct arena *arena, struct slice uri);

/* The URI of an absolute path. */
struct slice uri_of_path(struct arena *arena, const char *path);

/* An absolute path without empty parts, `.` and `..`: one name for one file, but for links. */
const char *path_shortened(struct arena *arena, const char *path);

#endif
