/* The version is a file of its own, so that a new version recompiles nothing else. */
#include "base/version.h"

const char *version_string(void)
{
    return DIALOGC_VERSION;
}
