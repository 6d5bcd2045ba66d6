/* What the files of this folder share: the machine and an engine from within, realms, texts. */
#ifndef DIALOGC_TRIAL_SCRIPT_PARTS_H
#define DIALOGC_TRIAL_SCRIPT_PARTS_H

#include <JavaScriptCore/JavaScript.h>

#include "base/builder.h"
#include "base/map.h"
#include "trial/script/machine.h"

/* Why a script was stopped. */
enum script_stop {
    SCRIPT_GOES_ON,
    SCRIPT_TAKES_TOO_LONG,
    SCRIPT_TAKES_TOO_MUCH,
};

struct script_machine {
    JSContextGroupRef group;
    JSClassRef native_class; /* see natives.c */
    struct map strings;      /* of JavaScript, by their text: see script_machine_string */
    size_t strings_size;     /* of these texts, in bytes */
    double seconds;          /* that the script may take which runs */
    double deadline;         /* of it, in seconds of its thread; 0: not known */
    bool in_series;          /* see script_machine_begin_series */
    struct map stopped;      /* scripts that took too long, by their text */
    size_t stops;            /* and how often any did */
    size_t size_at_start;    /* of the process, at its largest, in bytes */
    enum script_stop stop;
    long line;                  /* of the script, from 1: it was stopped there, or below */
    struct script_realm *idle;  /* that the next conversation gets; NULL: none */
    struct script_realm *spare; /* without a context */
    size_t alone;               /* how many conversations get realms for themselves before that */
    size_t patience;            /* how many do when one has changed a realm */
};

struct script_native;

/* The builtins that the scripts of a conversation have: see realm.js. */
struct script_realm {
    JSGlobalContextRef context;
    JSObjectRef own;              /* the functions of realm.js */
    struct script_engine *engine; /* of the conversation that has it */
    struct script_native *natives;
    bool is_remembered;        /* what is in it: others may have it afterwards */
    bool is_changed;           /* or may be */
    bool has_run;              /* a script of this conversation */
    size_t served;             /* conversations */
    struct script_realm *next; /* of those that are spare */
};

struct script_engine {
    struct script_machine *machine;
    struct script_realm *realm;
    JSGlobalContextRef context; /* of the realm */
    size_t printed_size;        /* of all scripts */
    size_t values;              /* by what was read */
    struct arena *arena;        /* of the call that runs */
    struct builder printed;
    bool cleared_logins, closed;
    struct slice broken; /* why no script runs any more; empty: they do */
};

/* Gives the engine a realm with all that its scripts find; false when none can be made. */
bool script_realm_enter(struct script_engine *engine, long long now);

/* A script is about to run. */
void script_realm_note(struct script_realm *realm, struct slice source);

/* The conversation is over: the next one gets the realm if it is as it was. */
void script_realm_leave(struct script_engine *engine);

/* The functions of the program, as an object. */
JSObjectRef script_make_natives(struct script_machine *machine, struct script_realm *realm);

JSValueRef script_make_text(struct script_engine *engine, JSContextRef context, struct slice text);

/* What JavaScriptCore calls the scripts of a dialog, in the frames of a stack. */
#define SCRIPT_URL "script-of-the-dialog"

long script_line(const char *frames);

/* A script, or a getter of one, begins: its time runs from now on. Empty: no script. */
void script_machine_begin(struct script_machine *machine, struct slice source);

/* The script was stopped for taking too long. */
void script_machine_note_stop(struct script_machine *machine, struct slice source);

/*
 * The text as JavaScript has it: scripts and keys, which every conversation uses again. The machine
 * keeps as many as it has room for. The caller releases it.
 */
JSStringRef script_machine_string(struct script_machine *machine, struct slice text);

/* The text as JavaScript has it; what is no UTF-8 becomes U+FFFD. The caller releases it. */
JSStringRef script_to_javascript(struct arena *arena, struct slice text);

/* Adds a text of JavaScript as UTF-8; surrogates that stand alone become U+FFFD. */
void script_from_javascript(struct builder *out, JSStringRef string);

#endif
