/* In a file of its own: a new version compiles nothing else anew. */
#include "base/version.h"

const char *version_string(void)
{
    return DIALOGC_VERSION;
}
