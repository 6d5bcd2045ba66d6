/* dialogc passes a command on that names an archive: only other programs can read it. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "cli/delegate.h"
#include "platform/bot/archive.h"

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
        command_import, command_verify, command_list};
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
    return names_archive(options) ? delegate_to(arena, options, "dialogc-full")
                                  : options->command->run(arena, options);
}
