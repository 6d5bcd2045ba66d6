/*
 * The commands that run dialogs or make archives live in a program of their own, dialogc-full, and
 * those that talk to the platform in another one, dialogc-online: what they need (a JavaScript
 * engine, a line editor, an HTTP server, libzip; libcurl with all that is behind it) would double
 * the time that every other command takes to start. A program that lacks a command passes the
 * command line on to the one that has it.
 */
#define _POSIX_C_SOURCE 200809L

#include "cli/delegate.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "base/system.h"

/* The folder of this program, with a slash behind it; empty when it is not known. */
static struct slice own_folder(struct arena *arena)
{
    char path[PATH_MAX];
    struct slice whole = system_program(path, sizeof path);
    while (whole.length > 0 && whole.data[whole.length - 1] != '/') {
        whole.length--;
    }
    return arena_slice(arena, whole);
}

int delegate_to(struct arena *arena, struct options *options, const char *program)
{
    struct slice folder = own_folder(arena);
    execv(arena_printf(arena, "%.*s%s", SLICE_ARG(folder), program).data, options->arguments);
    int failure = errno; /* of the nearer one, unless that is not there */
    execv(arena_printf(arena, "%.*s" DIALOGC_LIBEXECDIR "/%s", SLICE_ARG(folder), program).data,
          options->arguments);
    if (failure == ENOENT && errno == ENOENT) {
        cli_message(
            "`dialogc %s` needs the program %s, which is not beside dialogc; install it, too "
            "(on Debian, it is in the package dialogc-full)",
            options->command->name, program);
        return STATUS_SYSTEM;
    }
    cli_message("cannot start %s, which runs `dialogc %s`: %s", program, options->command->name,
                strerror(failure != ENOENT ? failure : errno));
    return STATUS_SYSTEM;
}
