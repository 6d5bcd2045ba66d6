#include "cli/kind.h"

#include "cli/cli.h"

void cli_message_content(const char *path, enum content_kind kind)
{
    const char *remedy = content_info(kind)->remedy;
    size_t before = (size_t)(strchr(remedy, '%') - remedy);
    cli_message("%s is %s; %.*s%s%s", path, content_info(kind)->what, (int)before, remedy, path,
                remedy + before + 2);
}
