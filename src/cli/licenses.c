/* dialogc licenses. The build writes the text (cmake/DialogcComponents.cmake). */
#include "base/embedded.h"
#include "cli/cli.h"

extern const struct embedded_file license_files[];

int command_licenses(struct arena *arena, struct options *options)
{
    (void)arena;
    (void)options;
    struct slice text = {(const char *)license_files[0].bytes, license_files[0].length};
    return cli_print(text) ? STATUS_OK : STATUS_SYSTEM;
}
