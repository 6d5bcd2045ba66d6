/* What a file is, by its head. */
#ifndef DIALOGC_CLI_KIND_H
#define DIALOGC_CLI_KIND_H

#include "cli/cli.h"

enum content_kind {
    CONTENT_TEMPLATE, /* or nothing that is known: what is wrong with it is found when it is read */
    CONTENT_FRAGMENT,
    CONTENT_PROFILE,
    CONTENT_SOBJECT,
    CONTENT_CONVERSATION,
    CONTENT_PROJECT,
    CONTENT_DESCRIBE, /* what Salesforce responds of an object */
    CONTENT_ARTIFACT,
    CONTENT_BOT,
    CONTENT_COUNT
};

/*
 * What the file at `path` is: a template also when it cannot be read, or is a pipe, which can be
 * read only once. Only the beginning of the file is looked at.
 */
enum content_kind cli_content_of(struct arena *arena, const char *path);

/*
 * The name of the schema for what a YAML file holds, by its keys and for a project file by its
 * name; NULL when it is none of dialogc's.
 */
const char *cli_schema_of(const struct node *root, const char *path);

/* "`x.yaml` is an auth profile: `dialogc check x.yaml` checks it". */
void cli_message_content(const char *path, enum content_kind kind);

#endif
