/*
 * The dialog graph: nodes, what they hold, and the transitions between them, without the keys and
 * ids of any file format. src/dialog/lower.c makes it from a checked template;
 * src/platform/artifact/ writes it.
 */
#ifndef DIALOGC_DIALOG_DIALOG_H
#define DIALOGC_DIALOG_DIALOG_H

#include "dialog/kind.h"
#include "language/model/analysis.h"
#include "language/model/auth_profile.h"

#define DIALOG_END SIZE_MAX

/* What is said on one channel in one locale. */
struct dialog_message {
    struct slice channel;
    struct slice locale;
    size_t entry;      /* messages of one entry are its locales */
    struct slice text; /* platform text, or JavaScript that prints the message */
    bool is_script;
};

struct dialog_messages {
    struct dialog_message *items;
    size_t count;
};

/* One test of a transition; only the first two kinds have a comparison. */
enum dialog_test_kind {
    DIALOG_TEST_ENTITY,  /* the value asked by the entity node `node` */
    DIALOG_TEST_CONTEXT, /* the value at a context path */
    DIALOG_TEST_ANSWER,  /* the answer to a confirmation: "yes" or "no", in `value` */
    DIALOG_TEST_INTENT,  /* the intent with the name in `value` is recognised */
    DIALOG_TEST_NEVER,   /* a condition that nobody has filled in */
};

struct dialog_test {
    enum dialog_test_kind kind;
    size_t node;
    struct slice path;
    enum operator_kind comparison;
    struct slice operator_name; /* of OPERATOR_PLATFORM */
    struct slice value;
};

/* Taken when all tests hold; a transition without tests is the default and comes last. */
struct dialog_transition {
    struct dialog_test *tests;
    size_t test_count;
    size_t target; /* the index of a node, or DIALOG_END */
    bool any;      /* taken when one of the tests holds */
};

/* An HTTP request, its values either fixed or put in by the platform as {{…}}. */
struct dialog_request {
    const char *method;            /* "get", "post", … */
    const char *protocol;          /* NULL: https */
    const struct node *data_table; /* instead of all else: an operation on a data table */
    struct slice host;
    struct slice port;                 /* mostly empty */
    struct slice path;                 /* with query string, not yet percent-encoded */
    struct slice headers;              /* JSON text */
    struct slice payload;              /* text, not yet percent-encoded; empty: none */
    struct slice profile;              /* the auth profile's name on the platform; empty: none */
    long long timeout;                 /* seconds */
    struct slice sample;               /* JSON text of {statusCode, headers, body}; empty: none */
    const struct node *before, *after; /* scripts of a verbatim request, or NULL */
    const struct node *integration;    /* that sends a verbatim request: its type and id, or NULL */
};

struct dialog_node {
    struct slice key;           /* unique among the nodes, stable: ids derive from it */
    struct slice name;          /* of the component; nodes of one kind and name share one */
    const struct texts *label;  /* the display name; NULL or node NULL: the name */
    const struct node *options; /* settings in the platform's words, or NULL */
    size_t retries;             /* the node that too many retries lead to; 0, the intent: none */
    bool default_template;
    struct dialog_transition *transitions;
    size_t transition_count;
    struct dialog_node *members; /* of DIALOG_ACTION; other kinds have none */
    size_t member_count;
    long left, top; /* place on the canvas, in pixels */
    enum dialog_kind kind;
    union {
        struct {
            const struct entity *entity;
            struct dialog_messages prompts, errors;
        } entity;
        struct {
            struct dialog_messages texts;
        } message;
        struct {
            const struct step *step;
            struct dialog_messages prompts;
        } confirm;
        struct {
            const struct step *step; /* the `action` that it is, or NULL */
        } action;
        struct {
            struct slice text;
        } script;
        struct {
            struct dialog_request request;
        } service;
        struct {
            const struct template *callee; /* at least its head is loaded */
            const struct step *step;
            struct slice values; /* JSON of its entities' values, with `{{…}}`; empty: none */
        } call;
        struct {
            const struct form *form;
            struct dialog_messages prompts, errors, submitted;
        } form;
    };
};

struct dialog {
    const struct template *template;
    struct dialog_node *nodes; /* the first one is the intent */
    size_t count;
    const struct auth_profile **profiles; /* those that services are bound to, each once */
    size_t profile_count;
    bool incomplete; /* it calls a dialog whose template has errors, or needs such a profile:
                        nothing can be made of it */
};

/* The other dialogs, for `dialog` steps. */
struct dialog_directory {
    /* The template with this identifier; NULL when there is none, or none that is valid. */
    const struct template *(*find)(void *context, struct slice id);
    /* Of one that is not found: whether its template has errors, which are told; may be NULL. */
    bool (*is_broken)(void *context, struct slice id);
    /* Of one that is not found: the identifier that was meant, or empty; may be NULL. */
    struct slice (*nearest)(void *context, struct slice id);
    void *context;
};

/*
 * Makes the dialog of the template of `analysis`, which has passed the checks. Unknown dialogs are
 * reported (E0213); those whose templates have errors make it incomplete.
 */
struct dialog *dialog_lower(struct arena *arena, const struct analysis *analysis,
                            const struct auth_profiles *profiles,
                            const struct dialog_directory *directory,
                            struct diagnostics *diagnostics);

/* ---- private to src/dialog/ ---- */

/* Gives every node a place: from top to bottom, branches side by side, no two on one spot. */
void dialog_layout(struct arena *arena, struct dialog *dialog);

/*
 * The request of a service, and the script that prepares it (empty when none is needed). `profile`
 * is what it authenticates with; NULL: with nothing.
 */
struct dialog_request request_lower(struct arena *arena, const struct analysis *analysis,
                                    const struct service *service,
                                    const struct auth_profile *profile, struct slice *script);

/* What a message says, for all its channels and the template's locales. */
struct dialog_messages message_lower(struct arena *arena, const struct analysis *analysis,
                                     const struct message *message);

/* The script that prints a message that is given as data. */
struct slice message_data_script(struct arena *arena, const struct node *data);

/* A prompt for all its channels and the template's locales; empty texts give an empty list. */
struct dialog_messages message_lower_texts(struct arena *arena, const struct analysis *analysis,
                                           const struct texts *texts);

/* The messages that dialogc says of its own, where the author gives none. */
struct dialog_messages message_default_prompt(struct arena *arena, const struct template *template,
                                              const struct entity *entity);
struct dialog_messages message_default_error(struct arena *arena, const struct template *template,
                                             const struct entity *entity);
struct dialog_messages message_refused_answer(struct arena *arena, const struct template *template);
struct dialog_messages message_default_failure(struct arena *arena, const struct template *template,
                                               const struct service *service);

#endif
