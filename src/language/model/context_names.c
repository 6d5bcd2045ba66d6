/*
 * From "The Context" and "Using Session and Context Variables" of the platform's documentation.
 */
#include "language/model/context_names.h"

#include <stddef.h>

static const char *const platform_names[] = {"session",
                                             "intent",
                                             "entities",
                                             "traits",
                                             "currentTags",
                                             "historicTags",
                                             "dialog_tags",
                                             "message_tone",
                                             "dialog_tone",
                                             "onHoldTasks",
                                             "taskName",
                                             "currentTaskName",
                                             "nlAnalysis",
                                             "resultsOf",
                                             "suggestedIntents",
                                             "suggestedRephrases",
                                             "lastMessage",
                                             "forms",
                                             "system",
                                             "currentLanguage",
                                             "conversationHistory",
                                             "UserQuery",
                                             "opts",
                                             "intentName",
                                             NULL};

static const char *const profile_names[] = {
    "firstName",  "lastName",   "fullName",  "emailId",     "email", "fName",
    "lName",      "profImage",  "profColor", "jTitle",      "orgId", "activationStatus",
    "identities", "customData", "phoneNo",   "timezone",    "_id",   "id",
    "userId",     "locale",     "language",  "lastLoginAt", NULL};

const char *const *context_platform_names(void)
{
    return platform_names;
}

const char *const *context_profile_names(void)
{
    return profile_names;
}
