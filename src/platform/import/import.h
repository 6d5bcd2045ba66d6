/*
 * Turning the dialogs of a bot export into templates.
 *
 * A template says in the language's words what the language has words for. What the platform knows
 * the parts by (ids, places on the canvas, the form of an older export) stands under `imported`,
 * and what the language cannot say, under `xo`. Each template is compiled again and compared with
 * the dialog that it was made of: what is written gives that dialog back, equal as JSON.
 */
#ifndef DIALOGC_PLATFORM_IMPORT_IMPORT_H
#define DIALOGC_PLATFORM_IMPORT_IMPORT_H

#include "platform/bot/bot.h"
#include "build/compiler/compiler.h"

/* A file of the new project. */
struct imported_file {
    struct slice path; /* "templates/create-a-lead.yaml" */
    struct slice bytes;
};

/* What became of a dialog. */
struct imported_dialog {
    struct slice name;
    struct slice id;  /* of the template */
    bool needs_xo;    /* the language cannot say all of it */
    bool is_whole_xo; /* it can say nothing but the head */
    size_t secrets;   /* findings of literal credentials, which are in the file now */
};

/* What is imported, and how. */
struct import_choice {
    const struct slice *names; /* of dialogs; none: all of them */
    size_t name_count;
    bool keeps_going; /* a dialog that cannot be imported is left out, and its callers declare it */
    size_t jobs;      /* threads; at least 1 */
};

struct import {
    struct imported_file *files; /* the project file first, then profiles, then templates */
    size_t file_count;
    struct imported_dialog *dialogs;
    size_t dialog_count;
    struct slice *left_out; /* names of dialogs that cannot be imported */
    size_t left_out_count;
};

/*
 * Imports the dialogs of `bot` that are chosen: by the name in any locale, or by the identifier
 * that the template gets. Names that no dialog has, and dialogs that cannot be imported, are
 * reported (E1009, E1010), and then it is false, unless it keeps going and there is anything to
 * write. Everything lives in `arena`.
 */
bool import_bot(struct arena *arena, const struct bot *bot, const struct import_choice *choice,
                struct diagnostics *diagnostics, struct import *import);

#endif
