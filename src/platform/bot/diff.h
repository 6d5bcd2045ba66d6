/* What has changed between two exports, or artifacts, in words of dialogs. */
#ifndef DIALOGC_PLATFORM_BOT_DIFF_H
#define DIALOGC_PLATFORM_BOT_DIFF_H

#include <stdint.h>

#include "base/builder.h"
#include "platform/bot/bot.h"

/* What a change is about. */
struct diff_subject {
    struct slice type; /* "message", "utterance", "auth profile", …; empty: the dialog itself */
    struct slice name;
};

enum diff_kind {
    DIFF_ADDED,
    DIFF_REMOVED,
    DIFF_CHANGED,
    DIFF_KIND_COUNT,
};

/* The word for a kind: "added". */
const char *diff_kind_name(enum diff_kind kind);

struct diff_change {
    struct diff_subject subject;
    enum diff_kind kind;
    bool breaks;        /* it can break conversations or integrations */
    struct slice text;  /* "the type was `label`, now `number`" */
    struct slice *keys; /* where values differ for which there are no words: "endPoint.port" */
    size_t key_count;
};

/* The changes of one dialog, or of everything that belongs to no dialog. */
struct diff_place {
    bool is_bot;
    struct slice name;      /* of the dialog, in the newer export if it is there */
    const struct node *old; /* the dialog in the older export; NULL: it is not there */
    const struct node *new; /* in the newer one */
    struct diff_change *changes;
    size_t count;
};

/* Differences without an effect are counted. */
enum diff_noise {
    DIFF_ENCODING, /* texts: the same text, percent-encoded in another way */
    DIFF_POSITION, /* places on the canvas, and colours */
    DIFF_ID,       /* ids of what is otherwise the same */
    DIFF_NOISE_COUNT,
};

struct bot_diff {
    struct diff_place *places; /* dialogs in the order of the older export, new ones, the bot */
    size_t count;
    size_t noise[DIFF_NOISE_COUNT];
    struct slice *reordered; /* lists whose elements have another order: "dialogComponents" */
    size_t reordered_count;
    size_t changes;  /* in all places */
    size_t breaking; /* of them */
};

/*
 * Compares `a`, the older one, with `b`; the result is in `arena`, and refers to both. Dialogs,
 * nodes, components, utterances, profiles and variables are the same by their ids, or else by name,
 * and each has one partner at most. Whatever differs is a change, or counted as noise, but for
 * values that every export makes anew (diff_tree.c has the table). When one of the two is an
 * artifact of a single dialog, only its dialogs are compared. Values of headers, bodies and
 * profiles are in no text: they may be credentials.
 */
struct bot_diff bot_compare(struct arena *arena, const struct bot *a, const struct bot *b);

/* The partner of a node that has none. */
#define DIFF_UNPAIRED SIZE_MAX

/*
 * Which nodes of a dialog, or of a bot action, are the same: for each of the list `nodes_a`, of the
 * older export, the position of its partner in `nodes_b`, or DIFF_UNPAIRED. NULL, and what is not a
 * list, has no nodes.
 */
const size_t *bot_pair_nodes(struct arena *arena, const struct bot *a, const struct node *nodes_a,
                             const struct bot *b, const struct node *nodes_b);

/*
 * The result as lines: those of a dialog below its name, and, with `noise`, one line for everything
 * that has no effect; empty when nothing differs. With `marks`, lines of breaking changes begin
 * with "!".
 */
struct slice bot_diff_text(struct arena *arena, const struct bot_diff *diff, bool marks,
                           bool noise);

/*
 * Appends the result as Markdown, for a summary of CI: for each dialog a heading and its lines,
 * "+",
 * "-" and, where something can break, "!" first, as GitHub colours them. What the export says is in
 * blocks of code, where nothing of it has a meaning.
 */
void bot_diff_markdown(struct builder *out, const struct bot_diff *diff);

/* "message `thanks`: the text for default in en was removed", without marks. */
struct slice bot_diff_line(struct arena *arena, const struct diff_change *change);

/* Appends the result as JSON, for other programs; docs/bots.md describes the form. */
void bot_diff_json(struct builder *out, const struct bot_diff *diff, const char *old_path,
                   const char *new_path);

#endif
