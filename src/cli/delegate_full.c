/* Every command of the program FULL is passed on to it. */
#include "cli/delegate.h"

#define DELEGATED_HERE(function)
#define DELEGATED_ONLINE(function)
#define DELEGATED_FULL(function)                  DELEGATED(function, "dialogc-full")
#define COMMAND(id, function, name, program, ...) DELEGATED_##program(function)
#include "cli/commands.def"
#undef COMMAND
