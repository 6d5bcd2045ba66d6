/* What to say of a file that a command cannot take. */
#ifndef DIALOGC_CLI_KIND_H
#define DIALOGC_CLI_KIND_H

#include "build/inputs/content.h"

/* "`x.yaml` is an auth profile: `dialogc check x.yaml` checks it". */
void cli_message_content(const char *path, enum content_kind kind);

#endif
