/* Where the credentials of an app of the platform come from. */
#ifndef DIALOGC_CLI_CREDENTIALS_H
#define DIALOGC_CLI_CREDENTIALS_H

#include "cli/cli.h"
#include "platform/api/token.h"

/*
 * Fills in the credentials: the client id from the command line, the file of `--credentials` or the
 * environment, the secret from the output of `--secret-command`, from that file or the environment.
 * What was in the environment is taken out of it. False with a failure among the findings, which
 * never holds any of it.
 */
bool credentials_find(const struct options *options, struct findings *findings,
                      struct api_credentials *credentials);

/* Forgets them. */
void credentials_wipe(struct api_credentials *credentials);

#endif
