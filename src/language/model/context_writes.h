/*
 * What a template gives values in the platform's context: its `set` steps, its scripts, and the
 * dialogs that it calls, as far as their steps name it under `returns`.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_CONTEXT_WRITES_H
#define DIALOGC_LANGUAGE_MODEL_CONTEXT_WRITES_H

#include "base/map.h"
#include "document/javascript/javascript.h"
#include "language/model/template.h"

struct context_writes {
    struct map variables; /* `context.NAME` */
    struct map entities;  /* `context.entities.NAME` */
    struct map scripts;   /* those that have been parsed, by the addresses of their nodes */
    bool is_open;         /* some script can set a name that is known only when it runs */
};

struct context_writes context_writes_of(struct arena *arena, const struct template *template);

/* Where nobody asks what the template sets: nothing, and all scripts are still to be parsed. */
struct context_writes context_writes_unread(struct arena *arena);

/* A script of the template, parsed: once, however many ask for it. */
const struct javascript_script *context_writes_script(struct context_writes *writes,
                                                      const struct node *script);

/* Calls `visit` for every script of the template that has been parsed. */
void context_writes_each_script(const struct context_writes *writes,
                                void (*visit)(void *context, const struct node *script,
                                              const struct javascript_script *parsed),
                                void *context);

#endif
