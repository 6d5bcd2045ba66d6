/* The names that dialogc gives to the nodes it adds around a service. */
#ifndef DIALOGC_LANGUAGE_MODEL_PLATFORM_NAME_H
#define DIALOGC_LANGUAGE_MODEL_PLATFORM_NAME_H

#include "language/model/template.h"

/* "updateLeadService" to "updateLeadAction": the bot action that holds the service. */
struct slice platform_action_name(struct arena *arena, struct slice service);

/* "updateLeadService" to "updateLeadScript": the script that prepares its request. */
struct slice platform_script_name(struct arena *arena, struct slice service);

/* "updateLeadService" to "updateLeadRequest": the context variable with the prepared values. */
struct slice platform_request_name(struct arena *arena, struct slice service);

/* "updateLeadService" to "updateLeadFailed": the message for a failure without a branch. */
struct slice platform_failed_name(struct arena *arena, struct slice service);

/*
 * "updateLeadService" to "updateLeadOutcome": the script that tells failures by their error codes,
 * and the context variable that it sets.
 */
struct slice platform_outcome_name(struct arena *arena, struct slice service);

/* "updateLeadService" to "updateLeadLogin": the bot action that forgets an expired login. */
struct slice platform_login_name(struct arena *arena, struct slice service);

/* What the nodes that refuse answers by their length are named after; else it is an entity. */
#define PLATFORM_ANSWER "answer"

/* "answer" to "answerCheck" and "answerRefused": the bot action and the message. */
struct slice platform_check_name(struct arena *arena, struct slice stem);
struct slice platform_refused_name(struct arena *arena, struct slice stem);

/* "total" to "totalSet": the bot action that sets it. */
struct slice platform_set_name(struct arena *arena, struct slice variable);

/* "due" to "dueDefault": the bot action that gives an entity its computed default. */
struct slice platform_default_name(struct arena *arena, struct slice entity);

/* "create-a-lead" to "createALeadValues": what a call hands to the dialog, and who prepares it. */
struct slice platform_values_name(struct arena *arena, struct slice dialog);

#endif
