#include "trial/script/libraries.h"

#include <stdio.h>

#include "base/embedded.h"

/* Made by the build, from the files that src/CMakeLists.txt names. */
extern const struct embedded_file script_files[];

/* Of the others, the file is NAME.js. */
static const struct {
    const char *name, *file;
} libraries[] = {
    {"platform", "src/trial/script/platform.js"},
    {"realm", "src/trial/script/realm.js"},
    {"lodash", "lodash.min.js"},
    {"moment", "moment-with-locales.min.js"},
    {"moment-timezone", "moment-timezone-with-data-1970-2030.min.js"},
    {"xmlbuilder", "index.js"},
};

struct slice script_library(struct slice name)
{
    char file[64];
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        if (slice_is(name, libraries[i].name)) {
            return embedded_in(script_files, slice_of(libraries[i].file));
        }
    }
    int length = snprintf(file, sizeof file, "%.*s.js", SLICE_ARG(name));
    return length < (int)sizeof file ? embedded_in(script_files, slice_of(file)) : SLICE("");
}
