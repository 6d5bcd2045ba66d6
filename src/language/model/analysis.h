/*
 * What the checks find out about a template: where its references and steps lead, which of its
 * parts are used, what its services must ask for.
 *
 * A template is read-only once it is loaded. Whatever is learnt of a part later is kept here, under
 * the part's index. The checks (language/check/) fill the analysis in; everything after them reads
 * it.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_ANALYSIS_H
#define DIALOGC_LANGUAGE_MODEL_ANALYSIS_H

#include "language/model/flow_graph.h"
#include "language/model/template.h"

enum reference_kind {
    REFERENCE_UNKNOWN, /* not resolved, or not resolvable (which has been reported) */
    REFERENCE_ENTITY,
    REFERENCE_BODY,
    REFERENCE_STATUS,
    REFERENCE_ERROR,
    REFERENCE_INTENT,
    REFERENCE_ENV,
    REFERENCE_CONTENT,
    REFERENCE_PARAMETER,
    REFERENCE_USER,
    REFERENCE_CONTEXT,
    REFERENCE_INSTANCE,
    REFERENCE_ITEM,
    REFERENCE_NOW,
    REFERENCE_TODAY,
};

/* Where a reference leads. */
struct resolution {
    enum reference_kind kind;
    const struct entity *entity;   /* REFERENCE_ENTITY; else NULL */
    const struct service *service; /* REFERENCE_BODY, _STATUS, _ERROR, _INSTANCE; else NULL */
};

struct entity_facts {
    bool used;         /* a reference names it */
    bool asked;        /* a step asks for it, or sets it */
    bool is_term;      /* a search needs two characters of it */
    long long longest; /* characters that its fields take; 0: no limit */
};

struct service_facts {
    bool called;
    bool asks_all;       /* hand-written scripts read the answer, and no fields are named */
    struct slice *asked; /* fields that the answer must hold */
    size_t asked_count;
};

struct analysis {
    struct arena *arena; /* the template's: descriptions of objects are read when asked for */
    const struct template *template;
    const struct flow_graph *graph;
    struct resolution *references; /* these arrays: by the index of the part */
    const void **targets;          /* of steps: see the functions below */
    struct entity_facts *entities;
    struct service_facts *services;
    bool *messages_said;
    bool *scripts_run;
};

/* An analysis that knows nothing yet; it lives in `arena`, beside the template. */
struct analysis *analysis_new(struct arena *arena, const struct template *template,
                              const struct flow_graph *graph);

/* Where a reference of the template leads. */
static inline const struct resolution *analysis_resolution(const struct analysis *analysis,
                                                           const struct reference *reference)
{
    return &analysis->references[reference->index];
}

/* True when only a script can make the value: the platform itself knows no more than paths. */
static inline bool analysis_is_computed(const struct analysis *analysis,
                                        const struct reference *reference)
{
    enum reference_kind kind = analysis_resolution(analysis, reference)->kind;
    return !reference_is_plain(reference) || kind == REFERENCE_NOW || kind == REFERENCE_TODAY;
}

/*
 * What a step names: the entity that it asks for, the service that it calls, the message that it
 * says, the script that it runs, the form that it shows. NULL for steps of another kind, and where
 * the name is not known (which has been reported).
 */
const struct entity *analysis_entity(const struct analysis *analysis, const struct step *step);
const struct service *analysis_service(const struct analysis *analysis, const struct step *step);
const struct message *analysis_message(const struct analysis *analysis, const struct step *step);
const struct script *analysis_script(const struct analysis *analysis, const struct step *step);
const struct form *analysis_form(const struct analysis *analysis, const struct step *step);

/* What is known of an entity or service of the template. */
static inline const struct entity_facts *analysis_entity_facts(const struct analysis *analysis,
                                                               const struct entity *entity)
{
    return &analysis->entities[entity->index];
}

static inline const struct service_facts *analysis_service_facts(const struct analysis *analysis,
                                                                 const struct service *service)
{
    return &analysis->services[service->index];
}

/*
 * True when a request of the service uses anything but variables of the bot: then a script prepares
 * it, in front of the service.
 */
bool analysis_needs_script(const struct analysis *analysis, const struct service *service);

#endif
