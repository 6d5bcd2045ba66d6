/*
 * The simulator: runs a dialog of an artifact or export, turn by turn, as the platform would.
 *
 * What the platform documents it does; where it is silent, docs/testing.md says what is assumed.
 * A conversation knows no clock and no chance: the same input gives the same events.
 *
 *     struct simulator *simulator = simulator_new(arena, &program, dialog, &options);
 *     simulator_say(simulator, SLICE("create a lead"));   first the events of this turn,
 *     simulator_say(simulator, SLICE("Ada"));             then of the next
 */
#ifndef DIALOGC_TRIAL_SIMULATOR_SIMULATOR_H
#define DIALOGC_TRIAL_SIMULATOR_SIMULATOR_H

#include "trial/organisation/http.h"
#include "trial/script/engine.h"
#include "trial/simulator/program.h"

/* The most nodes that run between two questions; a dialog that runs more is stopped as a loop. */
#define SIMULATOR_STEP_LIMIT 1000

/* Where the requests of services go. */
struct simulator_network {
    /*
     * Answers the request of the service `name`. False when nothing answers for this host: the
     * sample of the service is taken then.
     */
    bool (*send)(void *context, struct arena *arena, struct slice name,
                 const struct http_request *request, struct http_response *response);
    void *context;
};

struct simulator_options {
    struct slice locale;         /* empty: the first that the dialog has */
    struct slice channel;        /* empty: "default" */
    long long now;               /* milliseconds since 1970 */
    const struct node *env;      /* a mapping of texts, or NULL */
    const struct node *content;  /* the same */
    const struct node *session;  /* context.session.BotUserSession, or NULL */
    const struct node *entities; /* answers that are known from the start, or NULL */
    const struct node *model;    /* [{node, answers}]: what a language model says, or NULL */
    struct slice host;           /* what an environment variable without value stands for */
    bool invents;                /* what nobody has an answer for gets one that is made up */
    struct simulator_network network;
    struct script_machine *machine; /* NULL: one for this conversation */
};

enum event_kind {
    EVENT_NODE,       /* `node` is entered */
    EVENT_TRANSITION, /* its transition `transition` is taken */
    EVENT_MESSAGE,    /* the bot says `message` */
    EVENT_REQUEST,    /* a service has sent `request` and got `response` */
    EVENT_SIGN_IN,    /* the user signs in to the profile `text` */
    EVENT_PROBLEM,    /* `text` says what the platform would stumble over */
    EVENT_TRANSFER,   /* to a person */
    EVENT_END,        /* the dialog has ended; `text`: why, when it is not the flow's own end */
};

struct event {
    enum event_kind kind;
    const struct program_dialog *dialog;
    const struct program_node *node;
    size_t transition;
    const struct node *message; /* see channel_message */
    struct http_request request;
    struct http_response response;
    bool from_sample; /* the response is the sample of the service */
    bool invented;    /* it is made up */
    struct slice text;
};

struct simulator {
    const struct event *events; /* of all turns */
    size_t event_count;
    size_t turn_start; /* the first event of the last turn */
    size_t turn_count;
    bool ended;
    const struct program_node *waiting; /* for an answer; NULL: for the first utterance, or ended */
    struct script_engine *engine;
    struct slice locale;
    long long now;
};

/* A conversation about to begin; everything of it is in `arena`. */
struct simulator *simulator_new(struct arena *arena, const struct program *program,
                                const struct program_dialog *dialog,
                                const struct simulator_options *options);

/* The user says `text`: events up to the next question or the end are added. */
void simulator_say(struct simulator *simulator, struct slice text);

/* The entity `name` has another value from here on, as when the user corrects an answer. */
void simulator_set_entity(struct simulator *simulator, struct slice name, const struct node *value);

/*
 * `context` as the scripts see it; NULL, with the reason, when it cannot be shown: a script made it
 * cyclic, too deep, or something that throws when it is read.
 */
struct node *simulator_context(struct simulator *simulator, struct arena *arena,
                               struct slice *reason);

#endif
