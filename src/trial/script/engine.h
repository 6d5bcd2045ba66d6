/*
 * Running the scripts of a dialog: one engine for one conversation, with the global `context` that
 * all of its scripts share, and what else the platform gives to scripts (platform.js).
 *
 * The engine is JavaScriptCore: the ECMAScript of today. A script has no access to files or to the
 * network. Its time and memory are bounded: see trial/script/machine.h.
 */
#ifndef DIALOGC_TRIAL_SCRIPT_ENGINE_H
#define DIALOGC_TRIAL_SCRIPT_ENGINE_H

#include "base/arena.h"
#include "document/tree/node.h"
#include "trial/script/machine.h"

/*
 * What the scripts of one conversation may print, and what of their values may be read in all, as
 * trees. An engine whose scripts exceed that, or the bounds of the machine, is broken: they fail
 * from then on, and it has no values.
 */
#define SCRIPT_PRINTED_LIMIT ((size_t)4 * 1024 * 1024)
#define SCRIPT_VALUES_LIMIT  ((size_t)128 * 1024 * 1024)

/* Longer messages of errors are cut. */
#define SCRIPT_MESSAGE_LIMIT 2000

struct script_engine;

/* What went wrong in a script. */
struct script_error {
    struct slice message; /* "ReferenceError: Can't find variable: x" */
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
 * see, in milliseconds since 1970. With a machine that others use, too, it takes a tenth of the
 * time to begin; NULL: it gets its own.
 */
struct script_engine *script_engine_new(struct arena *arena, long long now,
                                        struct script_machine *machine);

/* Runs `source`; its variables are its own. Texts of the result are in the arena. */
struct script_result script_run(struct script_engine *engine, struct arena *arena,
                                struct slice source);

/*
 * The value at a path of a global ("context.entities.name", "context.list[0].Id", "x.length"), as a
 * tree in `arena`; NULL when there is none, or when it cannot be written as JSON. Getters of
 * hostile scripts run here.
 */
struct node *script_get(struct script_engine *engine, struct arena *arena, struct slice path);

/* As script_get, for the member `key`, whatever its characters, of what is at `path`. */
struct node *script_get_member(struct script_engine *engine, struct arena *arena, struct slice path,
                               struct slice key);

/* As script_get; why there is no value goes to `*reason`, a text in `arena` or a constant. */
struct node *script_show(struct script_engine *engine, struct arena *arena, struct slice path,
                         struct slice *reason);

/* Why no script runs any more: "it runs for more than 2 seconds"; empty: they run. */
struct slice script_broken(const struct script_engine *engine);

/*
 * Sets the value at a path whose keys `segments` are, the first one a global; objects on the way
 * are made where there are none. NULL deletes it.
 */
void script_set(struct script_engine *engine, struct arena *arena, const struct slice *segments,
                size_t count, const struct node *value);

#endif
