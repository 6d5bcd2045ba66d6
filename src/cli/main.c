/* dialogc: finding the command, and what happens when memory runs out. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/version.h"
#include "cli/cli.h"
#include "cli/help.h"

static int print_overview(struct arena *arena)
{
    struct builder out = builder_new(arena);
    help_add_overview(&out);
    return cli_print(builder_slice(&out)) ? STATUS_OK : STATUS_SYSTEM;
}

static int print_help(struct arena *arena, const struct command *command)
{
    struct builder out = builder_new(arena);
    help_add_command(&out, command);
    return cli_print(builder_slice(&out)) ? STATUS_OK : STATUS_SYSTEM;
}

static int unknown_command(const char *name)
{
    struct suggestion meant = suggestion_new(slice_of(name));
    if (name[0] == '-') {
        cli_message("the command comes first, then its options: `dialogc COMMAND %s`; "
                    "`dialogc --help` lists the commands",
                    name);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        suggestion_offer(&meant, slice_of(commands[i].name));
    }
    cli_message_unknown("command", &meant, "`dialogc --help` lists the commands");
    return STATUS_USAGE;
}

static int run_command(struct arena *arena, const char *name, int count, char **arguments)
{
    const struct command *command = command_find(name);
    if (command == NULL) {
        return unknown_command(name);
    }
    struct options options = {.command = command, .arguments = arguments};
    int status = options_parse(arena, &options, count - 2, arguments + 2);
    if (status != STATUS_OK) {
        return status;
    }
    return options.help ? print_help(arena, command) : cli_run(arena, &options);
}

static int run(struct arena *arena, int count, char **arguments)
{
    if (count < 2) {
        struct builder out = builder_new(arena);
        help_add_overview(&out);
        struct slice overview = builder_slice(&out);
        fwrite(overview.data, 1, overview.length, stderr);
        return STATUS_USAGE;
    }
    const char *name = arguments[1];
    if (strcmp(name, "--version") == 0) {
        return cli_print(arena_printf(arena, "dialogc %s\n", version_string())) ? STATUS_OK
                                                                                : STATUS_SYSTEM;
    }
    if (strcmp(name, "help") == 0 && count > 2) {
        const struct command *command = command_find(arguments[2]);
        return command != NULL ? print_help(arena, command) : unknown_command(arguments[2]);
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        return print_overview(arena);
    }
    return run_command(arena, name, count, arguments);
}

/*
 * Files that are opened must not get the numbers of standard streams that are closed, or messages
 * would be written into them. What is opened in their place cannot be used: reading and writing
 * fail as they do on closed streams.
 */
static void occupy_standard_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF) {
            (void)open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

int main(int count, char **arguments)
{
    struct arena arena;
    jmp_buf recovery;
    volatile int status = STATUS_SYSTEM;
    occupy_standard_streams();
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        status = run(&arena, count, arguments);
    } else {
        cli_message("out of memory");
        status = STATUS_SYSTEM;
    }
    arena_free(&arena);
    return status;
}
