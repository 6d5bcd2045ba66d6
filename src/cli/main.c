/* dialogc: finding the command, and what happens when memory runs out. */
#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/version.h"

static void print_overview(FILE *stream)
{
    fputs("dialogc compiles action templates to dialog tasks of the Kore.ai XO Platform.\n\n"
          "Usage:\n",
          stream);
    for (size_t i = 0; i < command_count; i++) {
        fprintf(stream, "  %s\n      %s\n", commands[i].synopsis, commands[i].summary);
    }
    fputs("  dialogc --help | --version\n\n"
          "`dialogc COMMAND --help` tells more.\n",
          stream);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < command_count; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    struct slice best = SLICE("");
    size_t least = (size_t)-1;
    for (size_t i = 0; i < command_count; i++) {
        size_t distance;
        if (slice_is_near(slice_of(name), slice_of(commands[i].name), &distance) &&
            distance < least) {
            least = distance;
            best = slice_of(commands[i].name);
        }
    }
    if (best.length > 0) {
        cli_message("there is no command `%s`; did you mean `%.*s`?", name, SLICE_ARG(best));
    } else {
        cli_message("there is no command `%s`; `dialogc --help` lists them", name);
    }
    return STATUS_USAGE;
}

static int run_command(struct arena *arena, const struct command *command, int count,
                       char **arguments)
{
    struct options options = {.command = command->name, .arguments = arguments};
    if (!options_parse(arena, &options, command->options, count - 2, arguments + 2)) {
        return STATUS_USAGE;
    }
    if (options.help) {
        printf("Usage: %s\n\n%s%s", command->synopsis, command->help, command_shared_help);
        return fflush(stdout) == 0 ? STATUS_OK : STATUS_SYSTEM;
    }
    return command->run(arena, &options);
}

int main(int count, char **arguments)
{
    if (count < 2) {
        print_overview(stderr);
        return STATUS_USAGE;
    }
    const char *name = arguments[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_overview(stdout);
        return fflush(stdout) == 0 ? STATUS_OK : STATUS_SYSTEM;
    }
    if (strcmp(name, "--version") == 0) {
        printf("dialogc %s\n", version_string());
        return fflush(stdout) == 0 ? STATUS_OK : STATUS_SYSTEM;
    }
    const struct command *command = find_command(name);
    if (command == NULL) {
        return unknown_command(name);
    }
    struct arena arena;
    jmp_buf recovery;
    volatile int status = STATUS_SYSTEM;
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        status = run_command(&arena, command, count, arguments);
    } else {
        cli_message("out of memory");
        status = STATUS_SYSTEM;
    }
    arena_free(&arena);
    return status;
}
