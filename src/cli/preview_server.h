/* dialogc preview --serve: the page with a chat, for a browser on this machine. */
#ifndef DIALOGC_CLI_PREVIEW_SERVER_H
#define DIALOGC_CLI_PREVIEW_SERVER_H

#include "cli/cli.h"

/*
 * Serves the page until a signal comes; an exit status. The address has a token, without which
 * nothing is answered; nothing of the file system is served but the page. A change of a file that
 * the page was made of makes it anew; while there are errors, the last page stays.
 */
int preview_serve(struct arena *arena, struct options *options);

#endif
