/*
 * The commands that run dialogs or make archives live in a program of their own, dialogc-full: what
 * they need (a JavaScript engine, a line editor, an HTTP server, libzip with libcrypto behind it)
 * would double the time that every other command takes to start. This file stands in for them in
 * dialogc, and passes the command line on; so it does with a command that names an archive.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "base/table.h"
#include "base/file.h"
#include "cli/cli.h"
#include "platform/bot/archive.h"

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

/* True for a file that begins as an archive does. What a pipe has can be read only once. */
static bool is_archive(const char *path)
{
    char start[5];
    const char *reason;
    bool is_file = path != NULL && file_type_of(path, &reason) == FILE_TYPE_REGULAR;
    int descriptor = is_file ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t length = descriptor >= 0 ? read(descriptor, start, sizeof start) : 0;
    if (descriptor >= 0) {
        close(descriptor);
    }
    return length > 0 && archive_is((struct slice){start, (size_t)length});
}

/* True when the command is to read a bot out of an archive. */
static bool names_archive(const struct options *options)
{
    int (*const commands_of_bots[])(struct arena *, struct options *) = {
        command_import, command_verify, command_list, command_diff};
    bool takes_bots = false;
    for (size_t i = 0; i < TABLE_LENGTH(commands_of_bots); i++) {
        takes_bots = takes_bots || options->command->run == commands_of_bots[i];
    }
    bool found = is_archive(options->bot);
    for (size_t i = 0; takes_bots && !found && i < options->operands.count; i++) {
        found = is_archive(options->operands.paths[i]);
    }
    return found;
}

int cli_run(struct arena *arena, struct options *options)
{
    return names_archive(options) ? delegate(arena, options)
                                  : options->command->run(arena, options);
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
