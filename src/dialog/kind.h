/* Kinds of nodes; kinds.def is their table. */
#ifndef DIALOGC_DIALOG_KIND_H
#define DIALOGC_DIALOG_KIND_H

enum dialog_kind {
#define NODE_KIND(kind, word, step, type, prefix, effect) DIALOG_##kind,
#include "dialog/kinds.def"
#undef NODE_KIND
};

enum {
    DIALOG_KIND_COUNT = 0
#define NODE_KIND(kind, word, step, type, prefix, effect) +1
#include "dialog/kinds.def"
#undef NODE_KIND
};

/* What a dialog that comes round to a node again can rely on. */
enum dialog_effect {
    EFFECT_NONE,
    EFFECT_WAITS,   /* for the user, or it goes to where the dialog may wait */
    EFFECT_CHANGES, /* what conditions depend on */
};

/* The word for a kind in keys and addresses: "confirm". */
const char *dialog_kind_word(enum dialog_kind kind);

/* The word of the step that an author writes for a kind: "ask"; of those without one, their own. */
const char *dialog_kind_step(enum dialog_kind kind);

enum dialog_effect dialog_kind_effect(enum dialog_kind kind);

#endif
