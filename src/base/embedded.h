/* Files that are part of the program: the JSON Schemas. The table is made by the build. */
#ifndef DIALOGC_BASE_EMBEDDED_H
#define DIALOGC_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name; /* without folder; NULL in the last row */
    const unsigned char *bytes;
    size_t length;
};

extern const struct embedded_file embedded_files[];

#endif
