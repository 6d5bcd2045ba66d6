/* The library: the templates that come with dialogc, and their conversations. */
#ifndef DIALOGC_CLI_LIBRARY_H
#define DIALOGC_CLI_LIBRARY_H

#include "cli/cli.h"

struct library_template {
    struct slice name; /* "create-a-lead" */
    const struct node *root;
    const struct node *conversations; /* NULL: it has none */
};

/* Finds a template by its name; false after a message. Trees are in `arena`. */
bool library_find(struct arena *arena, const char *name, struct library_template *found);

/* True for the tree of a fragment of the library, not one of a project. */
bool library_has_fragment(const struct node *root);

/* Prints the names, titles and descriptions of all templates, in the format of the options. */
int library_list(struct arena *arena, const struct options *options);

#endif
