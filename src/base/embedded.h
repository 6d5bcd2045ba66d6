/*
 * Files that are part of the program: the JSON Schemas, the descriptions of Salesforce objects, the
 * fragments, and what scripts run with. Tables of them are made by the build
 * (cmake/EmbedFiles.cmake) and end with a row without a name.
 */
#ifndef DIALOGC_BASE_EMBEDDED_H
#define DIALOGC_BASE_EMBEDDED_H

#include "base/slice.h"

struct embedded_file {
    const char *name; /* "schemas/project.schema.json"; NULL in the last row */
    const unsigned char *bytes;
    size_t length;
};

extern const struct embedded_file embedded_files[];

/* The bytes of the file of `files` called `name`; without data when there is none. */
struct slice embedded_in(const struct embedded_file *files, struct slice name);

/* As embedded_in, of the files that every dialogc has. */
struct slice embedded_find(struct slice name);

#endif
