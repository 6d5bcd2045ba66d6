/* The project: what the templates of one bot share. */
#ifndef DIALOGC_LANGUAGE_MODEL_PROJECT_H
#define DIALOGC_LANGUAGE_MODEL_PROJECT_H

#include "diag/diagnostic.h"
#include "salesforce/sobject.h"
#include "document/tree/node.h"

#define PROJECT_FILE        "dialogc.yaml"
#define PROJECT_API_VERSION "v62.0"
#define PROJECT_INSTANCE    "${env.SALESFORCE_INSTANCE}"
#define PROJECT_LOGIN       "login.salesforce.com"
#define PROJECT_OUTPUT      "dialogs"

/* Where the bot lives, and what it gets there; all is empty unless an environment is chosen. */
struct project_environment {
    struct slice name;
    struct slice bot;             /* its id on the platform */
    struct slice host;            /* of the platform */
    const struct node *variables; /* values of environment variables; a mapping, or NULL */
};

struct project {
    const struct node *root; /* NULL: no project file, all defaults */
    struct slice name;       /* empty when not given */
    const struct slice *locales;
    size_t locale_count;
    bool has_locales;                /* given, not the default */
    const struct node *channels;     /* a list, or NULL: any channel */
    const struct node *templates;    /* a list, or NULL: the folder `templates` */
    const struct node *auth;         /* a list, or NULL: the folder `auth` */
    const struct node *fragments;    /* a list, or NULL: the folder `fragments` */
    const struct node *sobjects;     /* a list, or NULL: the folder `sobjects` */
    struct sobject_catalog *catalog; /* of Salesforce objects; never NULL */
    struct slice output;
    struct slice api_version;
    struct slice instance;           /* a host, or ${env.NAME} */
    struct slice login;              /* a host */
    struct slice currency;           /* of amounts, a code; empty when not given */
    const struct node *parameters;   /* a mapping, or NULL */
    const struct node *env;          /* name to hint, or NULL */
    const struct node *content;      /* name to text, or NULL */
    const struct node *checks;       /* maxWarnings, error, ignore; or NULL */
    const struct node *environments; /* name to environment; a mapping, or NULL */
    struct project_environment environment;
};

/* Loads a tree that is valid under project.schema.json; `root` may be NULL for the defaults. */
struct project *project_load(struct arena *arena, const struct node *root,
                             struct sobject_catalog *catalog);

/* True when the project has the locale. */
bool project_has_locale(const struct project *project, struct slice locale);

/*
 * The project as it is in one of its environments, with the parameters and profiles of that; NULL
 * when there is none of this name.
 */
struct project *project_in_environment(struct arena *arena, const struct project *project,
                                       struct slice name);

#endif
