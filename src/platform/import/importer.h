/* What the parts of the importer share. */
#ifndef DIALOGC_PLATFORM_IMPORT_IMPORTER_H
#define DIALOGC_PLATFORM_IMPORT_IMPORTER_H

#include "base/map.h"
#include "dialog/dialog.h"
#include "platform/artifact/node_type.h"
#include "platform/artifact/write.h"
#include "platform/import/import.h"
#include "document/tree/build.h"

/* A node of a dialog of the export. */
struct import_node {
    const struct node *stub;
    const struct node *component; /* NULL: the export has none */
    /* the nodes of the same component in the order of the dialog, this one among them */
    const struct import_node *first_use, *next_use;
    enum dialog_kind kind;
    bool known;        /* there is a step for it */
    struct slice name; /* in the template: of the entity, the message, … */
    struct node *step; /* made of it; NULL so far */
    size_t *targets;   /* of its transitions: a node, or NO_TARGET for the end */
    size_t target_count;
    size_t retries; /* the node that too many retries of an entity lead to, or NO_TARGET */
    bool needs_label;
    struct slice label;
};

#define NO_TARGET SIZE_MAX

struct importer;

/* A dialog on its way to a template. */
struct import_dialog {
    struct importer *importer;
    const struct node *dialog;
    const struct node *intent; /* its component */
    struct slice id;           /* of the template */
    struct slice *locales;
    size_t locale_count;
    struct import_node *nodes;
    size_t node_count;
    size_t *emitted; /* nodes in the order of their steps */
    size_t emitted_count;
    struct map by_node_id;       /* `nodeId` to struct import_node */
    struct map names;            /* kind and component id to its name in the template */
    struct map taken;            /* kind and name to the component that has it */
    struct map opaque;           /* "messages/done": what only `xo` can say */
    bool no_options;             /* `xo` has the options of all nodes */
    bool flat;                   /* the flow is a list of its nodes: `xo` has the transitions */
    bool head_only;              /* `xo` has everything */
    bool has_negative_component; /* its negative patterns are in the intent's component */
    /* of the present attempt: in the importer's scratch arena, until the next one begins */
    struct node *root; /* the template, without `imported` and `xo` */
    struct node *imported, *xo;
    struct slice text; /* of the template's file */

    bool selected; /* a template is written for it */
    bool needs_xo;
    struct slice written;            /* the text of its file; kept */
    bool failed;                     /* it cannot be imported */
    struct slice reason;             /* why; kept */
    const struct template *template; /* for the dialogs that call it; NULL so far */
    size_t secrets;
};

struct importer {
    struct arena *arena;   /* what is made now: `scratch` while a dialog is imported */
    struct arena *kept;    /* what stays until the end */
    struct arena *scratch; /* of one attempt to write a dialog */
    struct arena *paths;   /* of places that are compared */
    const struct bot *bot;
    struct compiler *compiler;
    struct diagnostics *diagnostics;
    struct import_dialog *dialogs;
    size_t dialog_count;
    struct map by_dialog_id; /* `_id` of a dialog to struct import_dialog */
    struct map ids;          /* identifier of a template to struct import_dialog */
    struct map sentences;    /* `_id` of an intent component to a list of its sentences */
    struct map patterns;     /* `refId` of a component to a list of its patterns */
    struct map profiles;     /* name of an auth profile to its identifier (struct slice) */
};

/* ---- read.c ---- */

/*
 * True for a node, or a member of a bot action, of a type that the language has no step for. In the
 * template it is a script, of which `xo` has the type and the content.
 */
bool import_is_foreign(const struct node *stub);

/* Reads the dialogs of the bot, and its training. */
void import_read_dialogs(struct importer *importer);

/* ---- attempt.c ---- */

/* Sets what dialogs that call this one need to know of it. */
void import_load_head(struct import_dialog *d);

/* Sets what is written; false, with the reason, for a dialog that cannot be imported. */
bool import_dialog(struct import_dialog *d);

/* ---- crew.c ---- */

/* Gives the importer memory for attempts, which lives as long as `arena`. */
void import_add_scratch(struct importer *importer, struct arena *arena);

/* Imports the selected dialogs, whose heads are loaded, in at most so many threads. */
void import_work(struct importer *importer, size_t jobs);

/* ---- names.c ---- */

/* "Create a Lead" to "create-a-lead"; `fallback` where nothing is left. */
struct slice import_identifier(struct arena *arena, struct slice text, const char *fallback);

/* A name of the language made of any text: letters, digits and underscores. */
struct slice import_name(struct arena *arena, struct slice text, const char *fallback);

/* `wanted`, or `wanted` with a number behind `mark`, so that `taken` has it only now. */
struct slice import_unique(struct arena *arena, struct map *taken, struct slice wanted,
                           const char *mark, void *owner);

/* The name that a component has in the template. */
struct slice import_component_name(struct import_dialog *d, enum dialog_kind kind,
                                   const struct node *component);

/* True when only `xo` can describe the part of this name: "messages/done". */
bool import_is_opaque(const struct import_dialog *d, const char *section, struct slice name);

/* Sets `key` when there is a value for it. */
static inline void import_set(struct import_dialog *d, struct node *mapping, const char *key,
                              const struct node *value)
{
    if (value != NULL) {
        node_set(d->importer->arena, mapping, slice_of(key), value);
    }
}

/* Sets `key` to true when `value` is. */
static inline void import_set_true(struct import_dialog *d, struct node *mapping, const char *key,
                                   bool value)
{
    import_set(d, mapping, key, value ? node_new_boolean(d->importer->arena, true) : NULL);
}

/* ---- texts.c ---- */

/* The braces of references are encoded in newer exports; other escapes mean themselves. */
struct slice import_decode_braces(struct arena *arena, struct slice path);

/* Text in which `${` means itself. */
struct node *import_text(struct arena *arena, struct slice text);

/*
 * One text, or one for each locale, of the key in the localeData of an object; NULL when there is
 * none, when one is empty, or when they all equal `usual`.
 */
struct node *import_localized(struct import_dialog *d, const struct node *object, const char *key,
                              struct slice usual);

/* A prompt or message (the list under `key`); NULL when the language has no words for it. */
struct node *import_messages(struct import_dialog *d, const struct node *component,
                             const char *key);

/* ---- lists.c ---- */

/* An empty list for each locale of the dialog. */
struct node **import_empty_lists(struct import_dialog *d);

/* The place of a locale among the dialog's; their number when it is none of them. */
size_t import_locale_index(const struct import_dialog *d, struct slice locale);

/*
 * The lists under their locales; one list where the dialog has one locale. Where all are empty
 * NULL, or an empty list when it is `needed`.
 */
struct node *import_list_by_locale(struct import_dialog *d, struct node **lists, bool needed);

/* The patterns under `key` in the localeData of an object, or NULL. */
struct node *import_patterns_in(struct import_dialog *d, const struct node *object,
                                const char *key);

/* The patterns of an intent or entity, or NULL. */
struct node *import_patterns(struct import_dialog *d, const struct node *component,
                             const char *key);

/* ---- entity.c, service.c, training.c, parts.c ---- */

/* The placeholder for a part that only `xo` can describe. */
#define IMPORT_PLACEHOLDER "(see xo)"

struct node *import_entity(struct import_dialog *d, const struct import_node *node);

/* `script`: what dialogc has written to prepare the request, or NULL. */
struct node *import_service(struct import_dialog *d, const struct node *component,
                            struct slice name, const struct node *script);

/* Utterances and patterns. */
void import_training(struct import_dialog *d, struct node *intent);

/* The parts of the template that the nodes name: entities, services, scripts, messages, forms. */
void import_parts(struct import_dialog *d, struct node *root);

/* Puts the parts into the order in which the flow comes to them, once there is one. */
void import_order_parts(struct import_dialog *d, struct node *root);

/* The script that dialogc writes before a service in a bot action, or NULL. */
const struct node *import_preparation(struct import_dialog *d, const struct node *members,
                                      size_t service);

/* True when the member is a script that dialogc writes of itself when it compiles `services`. */
bool import_is_prepared(struct import_dialog *d, const struct node *services,
                        const struct node *members, size_t script);

/* ---- operation.c ---- */

/*
 * The Salesforce operation that a service is, NULL when it is none. `script` is the component of
 * the script that prepares its request, or NULL.
 */
struct node *import_operation(struct import_dialog *d, const struct node *component,
                              struct slice name, const struct node *script);

/* Takes "/services/data/v62.0/sobjects/Lead" apart; false for other paths. */
bool import_salesforce_path(struct slice path, struct slice *version, struct slice *rest);

/* A host as the project file has it: "{{env.NAME}}" is "${env.NAME}" there. */
struct slice import_host(struct arena *arena, struct slice host);

/* ---- project.c ---- */

/* Adds a file to the new project. */
void import_add_file(struct importer *importer, struct import *import, struct slice path,
                     struct slice bytes);

/* Adds the project file, and loads it into the importer's compiler. */
void import_add_project(struct importer *importer, struct import *import);

/* Adds a file for each auth profile of the bot; their identifiers go to `importer->profiles`. */
void import_add_profiles(struct importer *importer, struct import *import);

/* ---- flow.c ---- */

/* The steps of the dialog; fills `emitted`. */
struct node *import_flow(struct import_dialog *d);

/* ---- steps.c ---- */

/* True when the schema of templates takes these `interruptOptions`. */
bool import_can_say_interruptions(const struct node *interruptions);

/* The same of `amendConfig`. */
bool import_can_say_amendments(const struct node *amendments);

/* ---- template.c ---- */

/* Makes the template's tree, `root`, without `imported` and `xo`; `head_only`: with an empty flow.
 */
void import_build(struct import_dialog *d);

/* The text of the template's file: `root`, and what `xo` and `imported` have. */
struct slice import_write_template(struct import_dialog *d);

/* ---- share.c ---- */

/*
 * Puts what all parts of `section` (patches under the addresses of parts), and what all parts of
 * one kind have in common under patterns of addresses ("*", "message/ *"), before the others.
 */
void import_share_patches(struct arena *arena, struct node *section);

/* ---- record.c ---- */

/*
 * Finds out what the compiled template lacks of the dialog, and sets `imported` and `xo`.
 * False when nodes and steps do not go together.
 */
bool import_record(struct import_dialog *d, const struct dialog *compiled,
                   const struct artifact_tree *artifact);

/* ---- match.c ---- */

/* True when the artifact has the dialog as the export has it. */
bool import_matches(struct import_dialog *d, const struct node *artifact);

#endif
