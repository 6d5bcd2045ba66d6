/*
 * The template: a valid document in the language's own terms.
 *
 * Loading (template_load) takes a tree that is valid under the schema. What is left out is filled
 * with the language's defaults, so that later stages see one form: an implicit flow is written
 * out, `${instanceUrl}` gets the service that it needs.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_TEMPLATE_H
#define DIALOGC_LANGUAGE_MODEL_TEMPLATE_H

#include "base/map.h"
#include "language/model/condition.h"
#include "language/model/entity_type.h"
#include "language/model/media_type.h"
#include "language/model/project.h"
#include "language/model/text.h"
#include "salesforce/operation.h"
#include "salesforce/sosl.h"
#include "salesforce/sobject.h"

/* ---- training ---- */

/* A word in a sentence that is an example of an entity, in UTF-16 units, end exclusive. */
struct mark {
    size_t start;
    size_t end;
    struct slice words; /* a part of the node's text */
    struct slice name;  /* the entity's, as written */
    struct range range; /* of the name */
    const struct mark *next;
};

struct sentence {
    const struct node *node;
    struct slice locale;
    struct slice text; /* without the marks' notation */
    const struct mark *marks;
    bool borrowed; /* it is one of another locale's, too, which is the one to look at */
};

struct sentences {
    const struct node *node; /* NULL when the key is not there */
    const struct sentence *items;
    size_t count;
};

struct intent {
    const struct node *node;
    struct slice name;  /* identifier on the platform */
    struct texts title; /* node NULL: as the template's */
    struct texts description;
    struct texts label; /* node NULL: none */
    struct sentences utterances;
    struct sentences patterns;
    struct sentences negative_patterns;
    const struct node *options; /* of its node, as those of a step; NULL: none */
};

/* ---- entities ---- */

struct choice {
    const struct node *node;
    struct texts title;
    struct slice value;
    struct sentences synonyms;
    struct sentences words; /* node NULL: none; else instead of the title and the synonyms */
};

struct entity {
    const struct node *key;
    struct slice name;
    const struct entity_type *type;
    const struct node *node;
    struct texts label;
    struct texts prompt;
    struct texts error;
    bool optional, sensitive, multiple;
    bool default_template; /* the channel shows the possible answers, as buttons for example */
    long long retries;
    const struct node *default_value; /* a fixed one, or NULL */
    struct text computed_default;     /* one that is known when the dialog runs; node NULL: none */
    struct references default_references; /* its references, for the step that sets it */
    const struct choice *choices;
    size_t choice_count;
    const struct node *variable;            /* `choices: {variable: context.leads, …}`, or NULL */
    const struct node *from;                /* `choices: {from: Lead.Rating}`, or NULL */
    const struct sobject_field *from_field; /* NULL when it is not known */
    struct slice object;                    /* of `salesforce-id`: whose ids; empty: any object's */
    struct slice pattern;                   /* of `pattern` and `salesforce-id`; else empty */
    const struct node *pattern_node;
    struct sentences synonyms;
    struct sentences patterns;
    struct references references; /* of prompts and error prompts */
    size_t index;                 /* among the template's entities */
};

/* ---- services ---- */

/* A value of a body: data whose strings may hold references. */
struct body {
    const struct node *node;
    struct text text;         /* NODE_STRING */
    const struct body *items; /* of lists and mappings */
    const struct slice *keys; /* of mappings */
    size_t count;
};

struct header {
    const struct node *key;
    struct text value;
};

/* A query in SOQL, of either form of the language. */
struct query {
    const struct soql_piece *pieces;
    size_t count;
    bool structured;         /* not written as SOQL, so that fields can be added */
    const struct soql *soql; /* NULL when it cannot be parsed, which is reported; of a search, what
                                it returns of its object, NULL when there are several or none */
    const struct sosl *sosl; /* of a search as SOSL, or NULL */
};

/* An operation of Salesforce. Of its parts it has those of its route (salesforce/operation.def). */
struct salesforce_request {
    enum operation operation;
    const struct node *node;       /* the value of the operation's key; NULL: added by dialogc */
    struct slice object;           /* empty: there is none */
    const struct sobject *sobject; /* NULL: nothing is known of the object */
    struct text id;                /* of a record; of upsert: the external value */
    const struct node *external;   /* the name of the external id field, or NULL */
    const struct node *field_list; /* names to read, or NULL */
    struct text term;
    long long limit; /* of records; 0: not known */
    struct query query;
    struct body fields; /* to write: a mapping */
};

/* A request that is written out in the template, and made safe by dialogc. */
struct raw_request {
    struct slice method;
    struct text url;
    const struct header *parameters; /* of the query string */
    size_t parameter_count;
    const struct header *headers;
    size_t header_count;
    struct body body;     /* under `body`, `form` or `text`; node NULL: none */
    const char *body_key; /* which of them it is */
    enum body_form form;
};

enum service_kind {
    SERVICE_SALESFORCE,
    SERVICE_REQUEST,
    SERVICE_VERBATIM,   /* a request that is taken as it is */
    SERVICE_DATA_TABLE, /* an operation on a data table of the platform */
};

struct service {
    const struct node *key;
    struct slice name;
    const struct node *node; /* NULL: added by dialogc (the sub-domain service) */
    struct texts label;
    const struct node *unprepared; /* the key of that name, when it is true; else NULL */
    const struct node *headers;    /* as they are, or NULL: the usual, and those of a raw request */
    struct slice auth;             /* profile id; empty: the template's */
    const struct node *auth_node;
    long long timeout;
    const struct node *samples; /* a list, or NULL */
    struct references references;
    size_t index; /* among the template's services */
    enum service_kind kind;
    union {
        struct salesforce_request salesforce;
        struct raw_request request;
        const struct node *verbatim;
        const struct node *data_table;
    };
};

/* The script of a verbatim service with this key, `before` or `after`; NULL when there is none. */
static inline const struct node *service_script(const struct service *service, const char *key)
{
    return service->kind == SERVICE_VERBATIM ? node_get(service->verbatim, key) : NULL;
}

/* The object whose records a service is about; NULL when nothing is known of one. */
static inline const struct sobject *service_sobject(const struct service *service)
{
    return service->kind == SERVICE_SALESFORCE ? service->salesforce.sobject : NULL;
}

/* The operation of Salesforce that a service is; OPERATION_NONE for other requests. */
static inline enum operation service_operation(const struct service *service)
{
    return service->kind == SERVICE_SALESFORCE ? service->salesforce.operation : OPERATION_NONE;
}

/* ---- values that steps set ---- */

/* A name and the value that it gets: an entity, or a variable of the conversation. */
struct assignment {
    const struct node *key;
    struct body value;
};

struct assignments {
    const struct assignment *items;
    size_t count;
};

/* ---- scripts and messages ---- */

struct script {
    const struct node *key;
    struct slice name;
    const struct node *node; /* the JavaScript */
    struct texts label;
    size_t index; /* among the template's scripts */
};

struct button {
    const struct node *node;
    struct texts title;
    struct text url; /* node NULL: a postback */
    struct text postback;
};

struct quick_reply {
    struct texts title;
    struct text payload; /* node NULL: the title */
};

struct element {
    struct texts title;
    struct texts subtitle; /* node NULL: none */
    struct text image;     /* node NULL: none */
    struct text url;       /* node NULL: none */
    const struct button *buttons;
    size_t button_count;
};

struct column {
    struct texts title;
    struct text value;
};

enum message_kind {
    MESSAGE_TEXT,
    MESSAGE_SCRIPT,
    MESSAGE_DATA,
    MESSAGE_BUTTONS,
    MESSAGE_QUICK_REPLIES,
    MESSAGE_LIST,
    MESSAGE_CAROUSEL,
    MESSAGE_TABLE,
    MESSAGE_CHOICE,
};

/* A message that is said when the condition holds. */
struct alternative {
    struct condition condition;    /* node NULL: in any other case */
    const struct message *message; /* one of the template's, which no step can name */
};

/* Records that a list, carousel or table shows. */
struct shown_records {
    struct text each; /* the reference to them; node NULL: fixed items */
    long long limit;  /* of records shown */
};

struct message {
    const struct node *key;
    struct slice name;
    const struct node *node;
    struct texts label;
    struct texts text; /* node NULL only for MESSAGE_SCRIPT, MESSAGE_DATA and MESSAGE_CHOICE */
    struct references references;
    size_t index;
    const struct message *whole; /* of an alternative: the message that it is of; else NULL */
    enum message_kind kind;      /* MESSAGE_TEXT has nothing but its text */
    union {
        struct {
            const struct node *node; /* the JavaScript */
        } script;
        struct {
            const struct node *node;
        } data;
        struct {
            const struct button *items;
            size_t count;
        } buttons;
        struct {
            const struct quick_reply *items;
            size_t count;
        } quick_replies;
        struct { /* MESSAGE_LIST, MESSAGE_CAROUSEL */
            struct shown_records records;
            const struct element *items; /* fixed ones, or one for each record */
            size_t count;
        } elements;
        struct {
            struct shown_records records;
            const struct column *columns;
            size_t count;
        } table;
        struct {
            const struct alternative *items; /* the last one has no condition */
            size_t count;
        } choice;
    };
};

/* ---- forms, and dialogs of the bot that are no templates ---- */

struct form {
    const struct node *key;
    struct slice name;
    struct slice resource; /* the form's refId on the platform */
    struct slice render;   /* how it is shown, in the platform's words */
    struct texts label, prompt, error, submitted;
    struct references references;
};

/* ---- flow ---- */

enum step_kind {
#define STEP_KIND(kind, word) STEP_##kind,
#include "language/model/steps.def"
#undef STEP_KIND
};

enum {
    STEP_KIND_COUNT = 0
#define STEP_KIND(kind, word) +1
#include "language/model/steps.def"
#undef STEP_KIND
};

/* The key of a step: "ask". */
const char *step_kind_word(enum step_kind kind);

/* Which way a step went; the branches of a step are tried in this order. */
enum outcome {
    OUTCOME_UNREACHABLE,
    OUTCOME_MISSING_FIELD, /* this one and the next: by Salesforce's error code */
    OUTCOME_DUPLICATE,
    OUTCOME_INVALID_EMAIL,
    OUTCOME_DELETED,
    OUTCOME_CONVERTED,
    OUTCOME_NO_ACCESS,
    OUTCOME_LIMIT_EXCEEDED,
    OUTCOME_UNAUTHORIZED,
    OUTCOME_NOT_FOUND,
    OUTCOME_FAILURE,
    OUTCOME_YES,
    OUTCOME_NO,
    OUTCOME_CASE,
    OUTCOME_RETRIES, /* too many answers to a question were not understood */
    OUTCOME_NEXT,    /* success, `else`, and what simply follows */
};

struct steps {
    const struct step *items;
    size_t count;
};

struct branch {
    enum outcome outcome;
    const struct node *node;    /* the branch's key or condition */
    struct condition condition; /* OUTCOME_CASE */
    struct steps steps;
};

/* What is in a bot action that the author has put together: a script, a service or a logic node. */
struct action_member {
    const struct node *node; /* the name */
    const char *key;         /* "run", "call" or "logic" */
};

struct step {
    const struct node *node;       /* the place to point at: the name of the entity, service, … */
    struct slice target;           /* that name; of `goto` the label, of `dialog` the template */
    const struct node *label;      /* NULL: none */
    const struct node *options;    /* settings of the node in the platform's words, or NULL */
    const struct node *retries;    /* the label that too many retries lead to; NULL: none */
    const struct branch *branches; /* of a call, a confirmation, a choice */
    size_t branch_count;
    struct references references; /* of a question, of conditions */
    bool implicit;                /* written by dialogc, not by the author */
    size_t index;                 /* among the template's steps, in the order of the text */
    enum step_kind kind;          /* the kinds that are not below have nothing else */
    union {
        struct {
            bool again;
        } ask;
        struct {       /* STEP_CALL, STEP_RUN */
            bool bare; /* a node of its own */
        } call, run;
        struct {
            struct slice name;    /* of the node, or empty */
            struct texts display; /* its display name; node NULL: as its name */
            struct texts prompt;
            struct sentences yes_synonyms, no_synonyms;
            bool default_template;
            bool no_default; /* `else: none` */
        } confirm;
        struct {
            struct slice name; /* of the logic node that it is, or empty */
            struct texts display;
        } choose;
        struct {
            struct texts display, description;
            const struct action_member *members;
            size_t member_count;
        } action;
        struct {
            struct slice name; /* of the node, or empty */
            struct texts display;
        } transfer;
        struct {
            struct assignments with;           /* values of the called dialog's entities */
            const struct node *returns;        /* names of variables that it sets, or NULL */
            const struct node *before, *after; /* what is assigned then, or NULL */
        } dialog;
        struct {
            struct assignments values;
            const struct entity *default_of; /* its default, where it has no value; else NULL */
        } set;
    };
};

/* ---- the whole ---- */

struct template
{
    const struct source *source;
    const struct node *root;
    struct slice id;
    const struct node *id_node;
    struct texts title;
    struct texts description;
    bool hidden, follow_up;
    const struct node *options; /* of the dialog task, in the platform's words; NULL: none */
    bool salesforce;            /* integration: salesforce */
    struct slice auth;          /* profile id, "none", or empty */
    const struct node *auth_node;
    const struct slice *locales; /* that it is built for, at least one; the first is the default */
    size_t locale_count;
    const struct node *own_locales; /* those that the template itself lists, or NULL */
    struct intent intent;
    const struct entity *entities;
    size_t entity_count;
    const struct service *services;
    size_t service_count;
    const struct script *scripts;
    size_t script_count;
    const struct message *messages;
    size_t message_count;
    const struct form *forms;
    size_t form_count;
    const struct node *dialogs;  /* of the bot that are no templates, or NULL */
    const struct node *other;    /* the template stands for one of those; its entry there */
    const struct node *imported; /* what the platform knows the parts by, or NULL */
    const struct node *xo;       /* what the language cannot say, or NULL */
    const struct node *env;      /* declared variables, or NULL */
    const struct node *content;
    struct steps flow;
    size_t step_count;            /* of the flow, those of branches among them */
    const struct node *flow_node; /* NULL: implicit */
    size_t reference_count;       /* of all parts */
    bool has_malformed;           /* a reference could not be read, which has been reported */
    const struct project *project;
    struct map entity_names, service_names, script_names, message_names; /* to the parts above */
};

/*
 * Loads a tree that is valid under action-template.schema.json and fits the template's locales
 * (language/model/locales.h). `project` gives parameters, locales and variables. Mistakes inside
 * texts are reported; the template is returned in any case, and nothing changes it from then on:
 * what the checks find out about it is kept in an analysis (language/model/analysis.h).
 */
const struct template *template_load(struct arena *arena, const struct node *root,
                                     const struct project *project,
                                     struct diagnostics *diagnostics);

/*
 * What makes two sentences of a locale the same: case and spacing do not count. "en/create a lead".
 */
struct slice template_sentence_key(struct arena *arena, struct slice locale, struct slice sentence);

/* Finding parts by name; NULL when there is none. */
const struct entity *template_entity(const struct template *template, struct slice name);
const struct service *template_service(const struct template *template, struct slice name);
const struct script *template_script(const struct template *template, struct slice name);
const struct message *template_message(const struct template *template, struct slice name);
const struct form *template_form(const struct template *template, struct slice name);

/* The records that a message shows; NULL for messages that show none. */
const struct shown_records *message_records(const struct message *message);

/*
 * What there is to know of a dialog of the bot that is declared under `dialogs`: a template with a
 * head alone; NULL when the identifier is not declared. For `dialog` steps.
 */
const struct template *template_other_dialog(struct arena *arena, const struct template *template,
                                             struct slice id);

/* What a part of a bot action names: the service that it calls, the script that it runs. NULL where
 * it is something else, or not known. */
const struct service *template_member_service(const struct template *template,
                                              const struct action_member *member);
const struct script *template_member_script(const struct template *template,
                                            const struct action_member *member);

/* The service that asks for the organisation's domain, or NULL. */
const struct service *template_userinfo_service(const struct template *template);

#endif
