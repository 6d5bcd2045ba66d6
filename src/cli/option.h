/* The table of options. */
#ifndef DIALOGC_CLI_OPTION_H
#define DIALOGC_CLI_OPTION_H

#include "cli/options.h"

struct option;

/* Sets the option's field to `value`; false, after a message, when the option does not take it. */
typedef bool option_setter(struct arena *arena, struct options *options,
                           const struct option *option, const char *value);

/*
 * A row of the table. An option that means different things to different commands has a row for
 * each meaning, with the same name.
 */
struct option {
    const char *name;
    char letter;              /* '\0': no short form */
    const char *argument;     /* what help calls it; NULL: a flag, or one of `words` */
    const char *const *words; /* the values that it takes, with a NULL behind them; NULL: others */
    long least, most;         /* the numbers that it takes */
    bool takes_path;          /* for completions */
    bool required;
    option_setter *set;
    size_t field;         /* its offset in struct options */
    uint32_t commands;    /* a bit for each command that has it */
    const char *needs;    /* the option without which it has no effect, or NULL */
    const char *excludes; /* options that it cannot be used with, separated by spaces, or NULL */
    const char *help;
};

extern const struct option option_table[];
extern const size_t option_count;

/* True when the option takes a value. */
static inline bool option_has_value(const struct option *option)
{
    return option->argument != NULL || option->words != NULL;
}

/* True when the command has this option, with this meaning. */
static inline bool option_is_for(const struct option *option, const struct command *command)
{
    return (option->commands >> command->id & 1) != 0;
}

/* The option's argument as help shows it: "FILE", "auto|always|never"; empty for a flag. */
struct slice option_argument(struct arena *arena, const struct option *option);

#endif
