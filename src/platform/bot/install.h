/* Installing compiled dialogs into a bot export, and taking them out again. */
#ifndef DIALOGC_PLATFORM_BOT_INSTALL_H
#define DIALOGC_PLATFORM_BOT_INSTALL_H

#include "platform/bot/bot.h"

/* A compiled template. */
struct artifact {
    struct slice id;   /* the template's identifier */
    struct node *root; /* what `dialogc build` writes */
};

/* What a plan does with one thing: a dialog, a profile, a variable. */
enum change {
    CHANGE_NONE,
    CHANGE_ADD,
    CHANGE_REPLACE,
    CHANGE_REMOVE,
};

struct install_plan_line {
    enum change change;
    struct slice text; /* "dialog `Create a Lead` (create-a-lead): 9 nodes, …" */
};

struct install_plan {
    struct slice bytes; /* of the changed export */
    bool changes;       /* they differ from those of the export */
    bool removes_file;  /* nothing is left of a file that dialogc has made: it goes */
    bool keeps_hash;    /* the export has an `encryptedHash`, which stays as it was */
    struct install_plan_line *lines;
    size_t line_count;
};

/* Adds a line to a plan. */
void install_plan_add(struct arena *arena, struct install_plan *plan, enum change change,
                      struct slice text);

/*
 * Plans to put `artifacts` into `bot`, in place of what is there of the same templates. Everything
 * lives in the diagnostics' arena. False, with findings at the places of the export, when
 * something clashes: a dialog of that name (E1002), an id (E1003), a training sentence (E1004), an
 * auth profile (E1005), a content variable (E1006).
 */
bool bot_install(const struct bot *bot, const struct artifact *artifacts, size_t count,
                 struct diagnostics *diagnostics, struct install_plan *plan);

/*
 * Plans to take out the dialogs of the templates `ids`. False, with findings, when one is not there
 * (E1008) or when another dialog calls it (E1007).
 */
bool bot_uninstall(const struct bot *bot, const struct slice *ids, size_t count,
                   struct diagnostics *diagnostics, struct install_plan *plan);

/*
 * Plans what `bytes`, a config.json, must have for the export `bot_bytes`, after a change: an
 * environment variable for each `env.NAME` of the artifacts that it has not; and without those
 * that dialogc has added (their hint says so), that are still without a value, and that nothing in
 * the export names any more. `bytes` are empty when there is no file yet. The hint also says
 * whether dialogc has made the list or the file, which go with the last variable.
 */
bool install_plan_config(const char *path, struct slice bytes, const struct bot *bot,
                         const struct artifact *artifacts, size_t count, struct slice bot_bytes,
                         struct diagnostics *diagnostics, struct install_plan *plan);

/*
 * Gives the variables of `plan`, which is one of install_plan_config, the values under their names
 * in `values`, a mapping; a line of the plan names each that had another one. False when there is
 * no variable of the name in `*missing`; or, with findings, when the file cannot be read.
 */
bool install_set_values(const char *path, const struct node *values,
                        struct diagnostics *diagnostics, struct install_plan *plan,
                        struct slice *missing);

#endif
