/* What a file is, by its head. */
#ifndef DIALOGC_BUILD_INPUTS_CONTENT_H
#define DIALOGC_BUILD_INPUTS_CONTENT_H

#include "document/tree/node.h"

/* Names of files that hold conversations end so. */
#define CONVERSATION_SUFFIX ".test.yaml"

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

struct content_info {
    const char *what;   /* "an auth profile" */
    const char *remedy; /* a command for it, with %s for the path */
    const char *key;    /* at the top of such a YAML file; NULL: it has none of its own */
    const char *schema; /* its name; NULL: it is not a YAML file of dialogc */
};

const struct content_info *content_info(enum content_kind kind);

/* True for `X.test.yaml`: a file of conversations, and no template. */
bool content_is_conversation(const char *path);

/*
 * True for what says that it is dialogc's: a key `dialogc` in its head, or a name that only its
 * files have. Other YAML may lie beside them.
 */
bool content_is_ours(const char *path, struct slice bytes);

/*
 * What the file at `path` is: a template also when it cannot be read, or is a pipe, which can be
 * read only once. Only the beginning of the file is looked at.
 */
enum content_kind content_of_file(struct arena *arena, const char *path);

/* The same for a file whose bytes are at hand. */
enum content_kind content_of_bytes(const char *path, struct slice bytes);

/*
 * The name of the schema for what a YAML file holds, by its keys and for a project file by its
 * name; NULL when it is none of dialogc's.
 */
const char *content_schema_of(const struct node *root, const char *path);

#endif
