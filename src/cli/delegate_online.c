/* Every command of the program ONLINE is passed on to it. */
#include "cli/delegate.h"

#define DELEGATED_HERE(function)
#define DELEGATED_FULL(function)
#define DELEGATED_ONLINE(function)                DELEGATED(function, "dialogc-online")
#define COMMAND(id, function, name, program, ...) DELEGATED_##program(function)
#include "cli/commands.def"
#undef COMMAND
