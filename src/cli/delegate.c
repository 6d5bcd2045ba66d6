/*
 * The commands that run dialogs or make archives live in a program of their own, dialogc-full: what
 * they need (a JavaScript engine, a line editor, an HTTP server, libzip with libcrypto behind it)
 * would double the time that every other command takes to start. This file stands in for them in
 * dialogc, and passes the command line on.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <limits.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "cli/cli.h"

#define PROGRAM "dialogc-full"

/*
 * The folder of this program, with a slash behind it; empty when it is not known. Where /proc is
 * not mounted, the path by which the kernel started the program (AT_EXECFN) is used.
 */
static struct slice own_folder(struct arena *arena)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    const char *called = (const char *)getauxval(AT_EXECFN);
    struct slice whole =
        length > 0 ? (struct slice){path, (size_t)length} : slice_of(called != NULL ? called : "");
    while (whole.length > 0 && whole.data[whole.length - 1] != '/') {
        whole.length--;
    }
    return arena_slice(arena, whole);
}

/* It lies beside this program in a folder that was built, and where it is installed from there. */
static int delegate(struct arena *arena, struct options *options)
{
    struct slice folder = own_folder(arena);
    execv(arena_printf(arena, "%.*s" PROGRAM, SLICE_ARG(folder)).data, options->arguments);
    int failure = errno; /* of the nearer one, unless that is not there */
    execv(arena_printf(arena, "%.*s" DIALOGC_LIBEXECDIR "/" PROGRAM, SLICE_ARG(folder)).data,
          options->arguments);
    cli_message("cannot start %s, which runs `dialogc %s`: %s", PROGRAM, options->command->name,
                strerror(failure != ENOENT ? failure : errno));
    return STATUS_SYSTEM;
}

/* Every command of the program FULL is this function here. */
#define DELEGATED_HERE(function)
#define DELEGATED_FULL(function)                                                                   \
    int command_##function(struct arena *arena, struct options *options)                           \
    {                                                                                              \
        return delegate(arena, options);                                                           \
    }
#define COMMAND(id, function, name, program, ...) DELEGATED_##program(function)
#include "cli/commands.def"
#undef COMMAND
