/*
 * The files of a new project: the project file, an auth profile, what git, the commit hook and CI
 * need. They pass `check` as they are.
 */
#ifndef DIALOGC_LANGUAGE_SCAFFOLD_STARTER_H
#define DIALOGC_LANGUAGE_SCAFFOLD_STARTER_H

#include "base/arena.h"
#include "base/slice.h"

/* What a new project is to be; texts are valid under the schemas. */
struct starter {
    struct slice name;
    const struct slice *locales; /* at least one; the first is the default */
    size_t locale_count;
    struct slice instance; /* a host, or ${env.NAME} */
    struct slice login;    /* a host */
    bool end_user;         /* each user signs in; else the developer has, once */
    bool custom;           /* an own connected app, which has the rest */
    struct slice identity_provider;
    struct slice client_id, client_secret; /* names of environment variables */
    const struct slice *scopes;
    size_t scope_count;
};

struct starter_file {
    const char *path; /* in the project's folder */
    struct slice bytes;
};

enum { STARTER_FILES = 6 };

/* Makes the files, the project file last: a folder is a project when all else is there. */
void starter_write(struct arena *arena, const struct starter *starter,
                   struct starter_file files[STARTER_FILES]);

#endif
