/* The table of commands. */
#ifndef DIALOGC_CLI_COMMANDS_H
#define DIALOGC_CLI_COMMANDS_H

#include "cli/cli.h"

struct command {
    const char *name;
    const char
        *options; /* letters of the options that it accepts, besides those of every command */
    int (*run)(struct arena *arena, struct options *options);
    const char *synopsis;
    const char *summary; /* a line without a full stop */
    /*
     * Paragraphs, an empty line, and a list of options and operands: two spaces, the option, and in
     * column 28 what it means; lines that go on begin there.
     */
    const char *help;
};

extern const struct command commands[];
extern const size_t command_count;

/* What follows every command's help: the options that all commands have, and the exit statuses. */
extern const char command_shared_help[];

/* An option as the command line has it. */
struct option {
    char letter; /* also its sign in a command's list; shown only where it is a short form */
    const char *name;
    bool has_value;
    bool everywhere; /* every command knows it */
};

extern const struct option options_known[];
extern const size_t options_known_count;

/* Some options have no short form. */
bool option_has_short_form(const struct option *option);

/* True when the command knows the option. */
bool option_is_for(const struct option *option, const struct command *command);

#endif
