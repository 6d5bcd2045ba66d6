/*
 * What conversations with a dialog can name: its nodes and those of the dialogs that it calls,
 * channels, profiles, variables. Private to src/trial/conversation/.
 */
#ifndef DIALOGC_TRIAL_CONVERSATION_SCOPE_H
#define DIALOGC_TRIAL_CONVERSATION_SCOPE_H

#include "trial/conversation/conversation.h"

struct scope {
    struct arena *arena;
    const struct conversation_world *world;
    const struct program_node **nodes; /* those with a name */
    size_t count;
    const struct bot **bots; /* of the dialogs, each once */
    size_t bot_count;
};

enum scope_kind {
    SCOPE_NODE, /* any */
    SCOPE_QUESTION,
    SCOPE_ENTITY,
    SCOPE_SERVICE,
    SCOPE_TRANSFER,
};

/* The scope of the world's dialog. */
struct scope scope_new(struct arena *arena, const struct conversation_world *world);

/* True for a node that can have the name of such a thing. */
bool scope_fits(const struct program_node *node, enum scope_kind kind);

/* The first such node with this name, or NULL. */
const struct program_node *scope_find(const struct scope *scope, struct slice name,
                                      enum scope_kind kind);

/* "node", "an entity", "entities" */
const char *scope_word(enum scope_kind kind);
const char *scope_noun(enum scope_kind kind);
const char *scope_plural(enum scope_kind kind);

/* The channels: `default`, and those of the project or, without any, of the dialog's messages. */
struct node *scope_channels(const struct scope *scope);

/* The auth profiles that services of the dialog ask a user to sign in to. */
struct node *scope_profiles(const struct scope *scope);

/* The variables `env.NAME` or `content.NAME` that texts and scripts name. */
struct scope_variables {
    struct node *names; /* a list of texts, each once */
    bool any;           /* some script looks for a name that it computes */
};

struct scope_variables scope_variables(const struct scope *scope, const char *prefix);

/* Whether the dialogs write `https://` in front of `env.NAME`, which is a host then. */
bool scope_has_host(const struct scope *scope, struct slice name);

#endif
