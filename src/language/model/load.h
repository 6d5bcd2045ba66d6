/* Loading the parts of a template; private to src/language/model/. */
#ifndef DIALOGC_LANGUAGE_MODEL_LOAD_H
#define DIALOGC_LANGUAGE_MODEL_LOAD_H

#include "language/model/template.h"

struct loader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct text_reader texts;
    struct template *template;
    struct message *alternatives; /* room behind the template's messages for those of choices */
    struct service *services;     /* of the template, with room for one more than it has written */

    /* while the flow is loaded */
    bool adds_domain;  /* there is a sub-domain service that dialogc has added: it must be called */
    bool knows_domain; /* it has been, on the way to the present step */
};

/* A list of sentences, or one for each locale; lists without locale are of the default one. */
struct sentences load_sentences(struct loader *loader, const struct node *node, bool with_marks);

/* A value of data whose strings may hold references; `node` may be NULL. */
struct body load_body(struct loader *loader, const struct node *node, enum reference_use use,
                      struct references *list);

void load_entities(struct loader *loader, const struct node *node);
void load_services(struct loader *loader, const struct node *node);
void load_query(struct loader *loader, struct salesforce_request *request, const struct node *query,
                struct references *references);
void load_search(struct loader *loader, struct salesforce_request *request,
                 const struct node *search, struct references *references);
void load_messages(struct loader *loader, const struct node *node);

/* The flow as written, or the implicit one; then the steps that `${instanceUrl}` needs. */
void load_flow(struct loader *loader, const struct node *node);

/* Adds the sub-domain service to the template when `${instanceUrl}` is used and there is none. */
void load_userinfo_service(struct loader *loader);

/* The boolean of `key`, or false. */
bool load_flag(const struct node *node, const char *key);

/* The text of `key`, or `fallback`. */
struct slice load_slice(const struct node *node, const char *key, const char *fallback);

/* Parses the text under `key`; node NULL when it is not there. */
struct text load_text(struct loader *loader, const struct node *node, const char *key,
                      enum reference_use use, struct references *list);

#endif
