/*
 * Running the scripts of a dialog: one engine for one conversation, with the global `context` that
 * all of its scripts share.
 *
 * The engine is Duktape: ECMAScript 5.1, which is what dialogc generates and 92 % of the scripts of
 * real exports are. A script has no access to files or to the network. Its memory is bounded here;
 * its time by the owner of the process (see struct script_hooks), since Duktape cannot be
 * interrupted from inside.
 */
#ifndef DIALOGC_TRIAL_SCRIPT_ENGINE_H
#define DIALOGC_TRIAL_SCRIPT_ENGINE_H

#include "base/arena.h"
#include "document/tree/node.h"

/*
 * What the scripts of one conversation may take: their heap, and what they print, which counts
 * PRINTED_COST times, as a message of JSON becomes a tree. What is read of their values may take
 * SCRIPT_VALUES_LIMIT in all, as trees. An engine that has used up either is broken.
 */
#define SCRIPT_MEMORY_LIMIT ((size_t)64 * 1024 * 1024)
#define SCRIPT_VALUES_LIMIT ((size_t)128 * 1024 * 1024)
#define PRINTED_COST        16

/* Longer messages of errors are cut. */
#define SCRIPT_MESSAGE_LIMIT 2000

struct script_engine;

/* Called around everything that runs a script: a process can set a timer there. */
struct script_hooks {
    void (*enter)(void *context, struct slice name);
    void (*leave)(void *context);
    void *context;
};

/* What went wrong in a script. */
struct script_error {
    struct slice message; /* "TypeError: undefined not callable" */
    long line;            /* of the script, from 1; 0: not known */
    bool is_syntax;
};

/* What a script did, besides changing the context. */
struct script_result {
    bool failed;
    struct script_error error;
    struct slice printed; /* all that `print` was given, as one text */
    bool cleared_logins;  /* koreUtil.ClearAuthProfiles, ClearAllAuthProfiles */
    bool closed;          /* koreUtil.closeConversationSession */
};

/*
 * An engine with an empty `context`; it lives as long as the arena. `now` is the time that scripts
 * see, in milliseconds since 1970. `hooks` may be NULL, and must outlive the engine.
 */
struct script_engine *script_engine_new(struct arena *arena, long long now,
                                        const struct script_hooks *hooks);

/*
 * Runs `source`; its variables are its own. Texts of the result are in the arena. `name` is for
 * messages.
 */
struct script_result script_run(struct script_engine *engine, struct arena *arena,
                                struct slice name, struct slice source);

/*
 * The value at a path of a global ("context.entities.name", "context.list[0].Id", "x.length"), as a
 * tree in `arena`; NULL when there is none, or when it cannot be written as JSON. Getters of
 * hostile scripts run here.
 */
struct node *script_get(struct script_engine *engine, struct arena *arena, struct slice path);

/* As script_get; why there is no value goes to `*reason`, a text in `arena` or a constant. */
struct node *script_show(struct script_engine *engine, struct arena *arena, struct slice path,
                         struct slice *reason);

/* True when the engine has run out of memory: its scripts fail from now on, and it has no values.
 */
bool script_is_broken(const struct script_engine *engine);

/*
 * Sets the value at a path whose keys `segments` are, the first one a global; objects on the way
 * are made where there are none. NULL deletes it.
 */
void script_set(struct script_engine *engine, struct arena *arena, const struct slice *segments,
                size_t count, const struct node *value);

#endif
