/* The table of commands: what main runs, and what help, manual pages and completions show. */
#include "cli/command.h"

#include <string.h>

#define ANY                                   SIZE_MAX
#define OPERANDS(least, most, synopsis, what) least, most, synopsis, what

/* Expanded once more, so that OPERANDS becomes four fields. */
#define ROW(...)                                                                                   \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

const struct command commands[COMMAND_COUNT] = {
#define COMMAND(id, function, name, program, operands, summary, description)                       \
    [COMMAND_##id] = ROW(COMMAND_##id, name, command_##function, operands, summary, description),
#include "cli/commands.def"
#undef COMMAND
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}
