/*
 * A whole bot export: botDefinition.json (newer name: appDefinition.json). It is read, and changed
 * by edits of its text, so that every byte that is not about a change stays as the platform wrote
 * it. docs/format.md tells what the keys hold.
 */
#ifndef DIALOGC_PLATFORM_BOT_BOT_H
#define DIALOGC_PLATFORM_BOT_BOT_H

#include "base/map.h"
#include "diag/diagnostic.h"
#include "document/tree/node.h"

/* More bytes than this are refused; the largest export seen has 3.6 MB. */
#define BOT_BYTES_LIMIT ((size_t)1 << 30)

/* How the document is laid out; what dialogc adds is laid out in the same way. */
struct bot_layout {
    struct slice newline; /* empty: the document has no white space at all */
    struct slice unit;    /* of indentation */
};

struct bot {
    struct source *source;
    struct node *root;
    struct bot_layout layout;
    struct map dialogs;    /* `_id` to the dialog */
    struct map components; /* `_id` to the component */
};

/*
 * Reads the export in `bytes`, which must outlive the bot. False, with a finding, when it is no
 * JSON (E0016) or no export (E1001). Repeated ids are not looked at: the first one counts.
 */
bool bot_read(struct arena *arena, const char *path, struct slice bytes,
              struct diagnostics *diagnostics, struct bot *bot);

/* The layout of a document whose root is an object, as the white space before its first key tells.
 */
struct bot_layout bot_layout_of(struct slice bytes, const struct node *root);

/* The bot's name in its default language; empty when the export does not say. */
struct slice bot_name(const struct bot *bot);

/*
 * The namespaces of variables (`vNameSpace`) that the bot's dialogs are in: in every export seen
 * they are the same for all of them. NULL when the export has none.
 */
const struct node *bot_namespaces(const struct bot *bot);

/* True for what `dialogc build` writes: an artifact has no `_id`. */
bool bot_is_artifact(const struct bot *bot);

/*
 * True for an export of a part of a bot: its dialogs have no nodes, as in one of the data for
 * language understanding ("NLP data") alone.
 */
bool bot_is_partial(const struct bot *bot);

/* The array under `key`; NULL when the export has no such key. */
struct node *bot_section(const struct bot *bot, const char *key);

/* The value under `key`, or the object itself when it has none: a place to report at. */
const struct node *bot_place(const struct node *object, const char *key);

/* The component of a node of a dialog, NULL when the export has none. */
struct node *bot_component(const struct bot *bot, const struct node *stub);

/* The name of a node: its component's, which the platform shows; else its id. */
struct slice bot_node_name(const struct bot *bot, const struct node *stub);

/*
 * The languages of the bot, its default language first, in `arena`; returns how many there are,
 * none for an artifact.
 */
size_t bot_locales(struct arena *arena, const struct bot *bot, struct slice **locales);

/* The name of a dialog in the locale that comes first, else its `lname`. */
struct slice bot_dialog_name(const struct node *dialog);

/* The dialog's intent: the component of its first node that is an intent; NULL without one. */
struct node *bot_intent(const struct bot *bot, const struct node *dialog);

/* Calls `visit` for each node of a dialog, and each node inside a bot action of it. */
void bot_visit_nodes(const struct node *dialog,
                     void (*visit)(void *context, const struct node *stub), void *context);

/* True when `text`, JSON or not, names `scope` KEY: bot_names_variable(text, "env.", key). */
bool bot_names_variable(struct slice text, const char *scope, struct slice key);

#endif
