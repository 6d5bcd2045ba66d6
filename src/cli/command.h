/* The table of commands, made from commands.def. */
#ifndef DIALOGC_CLI_COMMAND_H
#define DIALOGC_CLI_COMMAND_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct options;

/* One enumerator for each row of commands.def: COMMAND_BUILD, COMMAND_CHECK, … */
enum command_id {
#define COMMAND(id, ...) COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
    COMMAND_COUNT,
};

/* The commands themselves: each returns an exit status. */
#define COMMAND(id, function, ...)                                                                 \
    int command_##function(struct arena *arena, struct options *options);
#include "cli/commands.def"
#undef COMMAND

struct command {
    enum command_id id;
    const char *name;
    int (*run)(struct arena *arena, struct options *options);
    size_t least, most;      /* operands */
    const char *operands;    /* as the synopsis shows them */
    const char *takes;       /* "one bot export"; NULL: any number of operands */
    const char *summary;     /* a line without a full stop */
    const char *description; /* paragraphs, separated by empty lines */
};

/* By enumerator. */
extern const struct command commands[COMMAND_COUNT];

/* Finds a command by its name; NULL when there is none. */
const struct command *command_find(const char *name);

#endif
