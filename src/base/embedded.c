/* The table is short, so it is searched from its start. */
#include "base/embedded.h"

struct slice embedded_in(const struct embedded_file *files, struct slice name)
{
    for (const struct embedded_file *file = files; file->name != NULL; file++) {
        if (slice_is(name, file->name)) {
            return (struct slice){(const char *)file->bytes, file->length};
        }
    }
    return (struct slice){0};
}

struct slice embedded_find(struct slice name)
{
    return embedded_in(embedded_files, name);
}
