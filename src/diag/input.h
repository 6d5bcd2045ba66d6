/*
 * Input files: what is at a path, and reading it; what goes wrong is among the findings.
 */
#ifndef DIALOGC_DIAG_INPUT_H
#define DIALOGC_DIAG_INPUT_H

#include "diag/findings.h"

/* How messages name a file: "<stdin>" for "-". */
const char *input_shown_path(const char *path);

/*
 * What is at `path`. That the system does not say is a failure among the findings, and nobody can
 * go on as if nothing were there.
 */
enum file_type input_type_of(struct findings *findings, const char *path);

static inline bool input_is_folder(struct findings *findings, const char *path)
{
    return input_type_of(findings, path) == FILE_TYPE_FOLDER;
}

static inline bool input_exists(struct findings *findings, const char *path)
{
    enum file_type type = input_type_of(findings, path);
    return type != FILE_TYPE_ABSENT && type != FILE_TYPE_UNKNOWN;
}

/* That `path` cannot be read, and which path that exists may have been meant; in `arena`. */
struct slice input_failure(struct arena *arena, const char *path, const char *reason);

/*
 * Reads an input of at most `limit` bytes, which is one of those looked at from then on. False,
 * with a failure or an error, when it cannot be read.
 */
bool input_read(struct arena *arena, struct findings *findings, const char *path, size_t limit,
                struct slice *bytes);

#endif
