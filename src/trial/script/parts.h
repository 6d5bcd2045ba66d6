/* What the files of this folder share: the machine from within, and texts. */
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
    JSClassRef native_class; /* see engine.c */
    struct map strings;      /* of JavaScript, by their text: see script_machine_string */
    size_t strings_size;     /* of these texts, in bytes */
    double deadline;         /* of the script that runs, in seconds of its thread; 0: not known */
    size_t size_at_start;    /* of the process, at its largest, in bytes */
    enum script_stop stop;
    long line; /* of the script, from 1: it was stopped there, or below */
};

/* What JavaScriptCore calls the scripts of a dialog, in the frames of a stack. */
#define SCRIPT_URL "script-of-the-dialog"

long script_line(const char *frames);

/* A script begins: its time runs from now on. */
void script_machine_begin(struct script_machine *machine);

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
