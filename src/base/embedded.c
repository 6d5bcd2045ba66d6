/* The table is short, so it is searched from its start. */
#include "base/embedded.h"

struct slice embedded_find(struct slice name)
{
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        if (slice_is(name, file->name)) {
            return (struct slice){(const char *)file->bytes, file->length};
        }
    }
    return (struct slice){0};
}
