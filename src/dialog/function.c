#include "dialog/function.h"

#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"

#define FOLDER "src/dialog/functions/"

/* The files in the order of their names, as CMake finds them. */
extern const struct embedded_file script_functions[];

/* Compares a name with that in "src/dialog/functions/NAME.js". */
static int compare(const void *name, const void *row)
{
    const char *wanted = name;
    const char *found = ((const struct embedded_file *)row)->name + sizeof FOLDER - 1;
    size_t i = 0;
    while (wanted[i] != '\0' && wanted[i] == found[i]) {
        i++;
    }
    return wanted[i] == '\0' && found[i] == '.' ? 0 : wanted[i] - found[i];
}

struct slice function_source(const char *name)
{
    size_t count = 0;
    while (script_functions[count].name != NULL) {
        count++;
    }
    const struct embedded_file *file =
        bsearch(name, script_functions, count, sizeof *script_functions, compare);
    return (struct slice){(const char *)file->bytes, file->length};
}
