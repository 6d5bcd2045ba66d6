/*
 * The public API of the platform: a function for each request, and what it answers. Each request
 * has a token of its own. What has a bound is tried again after a pause: connections that break,
 * 429, and 5xx; a request that may have been carried out is not sent again (request.def).
 *
 * A function that fails leaves a `failure` and a `message` in the client: a sentence without a full
 * stop that names what was asked for, and what to do.
 */
#ifndef DIALOGC_PLATFORM_API_CLIENT_H
#define DIALOGC_PLATFORM_API_CLIENT_H

#include "document/tree/node.h"
#include "platform/api/address.h"
#include "platform/api/token.h"
#include "platform/api/transport.h"

enum api_failure {
    API_NO_FAILURE,
    API_REJECTED,    /* the platform has not done it */
    API_UNCERTAIN,   /* it may have: the response was lost */
    API_INTERRUPTED, /* a signal has come; a request that was under way may have been done */
};

struct api_client {
    struct arena *arena;
    struct api_address address;
    const struct api_credentials *credentials;
    struct transport *transport;
    struct pauses *pauses;
    enum api_failure failure;
    struct slice message;
};

/* Nothing is sent yet. The credentials and the pauses must outlive the client. */
struct api_client api_client_new(struct arena *arena, struct api_address address,
                                 const struct api_credentials *credentials, const char *authorities,
                                 struct pauses *pauses);

enum api_state {
    API_RUNNING,
    API_DONE,
    API_FAILED,
};

/* The state that a word of the platform stands for; API_RUNNING for one that is not known. */
enum api_state api_state_of(struct slice word);

/* A part of a job: a dialog that is imported, a task that is published. */
struct api_task {
    struct slice type, name; /* as the platform calls them: "Dialog", "Create a Lead" */
    enum api_state state;
    struct slice word;   /* the state in the platform's word */
    struct slice reason; /* what it says of a failure; may be empty */
};

/* Something that takes the platform some time. */
struct api_job {
    struct slice id; /* "ber-…", "bir-…"; empty for a publication */
    enum api_state state;
    struct slice word;
    struct slice reason;
    struct slice bot; /* that the job is about, as far as the platform says */
    struct slice url; /* of an export that is done */
    struct api_task *tasks;
    size_t task_count;
};

struct api_bot {
    struct slice id, name;
};

/* Lists all bots that the app sees, in the order of the platform. */
bool api_list(struct api_client *client, struct api_bot **bots, size_t *count);

/* Starts an export of the latest version, or of the published one. */
bool api_export(struct api_client *client, struct slice bot, bool published, struct api_job *job);
bool api_export_state(struct api_client *client, struct slice bot, struct api_job *job);

/* The file at the URL of an export; without a token, since the URL has its own proof. */
bool api_download(struct api_client *client, struct slice url, size_t limit, struct slice *bytes);

/* Uploads a file named `name`, and gives its id. `extension` is "json" or "zip". */
bool api_upload(struct api_client *client, const char *name, const char *extension,
                struct slice bytes, struct slice *file);

/*
 * Starts an import of uploaded files into a bot; `config` may be empty. A `whole` import replaces
 * all of the bot. Any other adds and updates dialogs, their training and the bot's variables, and
 * leaves everything else alone.
 */
bool api_import(struct api_client *client, struct slice bot, struct slice definition,
                struct slice config, bool whole, struct api_job *job);

/* Starts to make a new bot of an uploaded zip. */
bool api_import_new(struct api_client *client, struct slice zip, struct slice name,
                    struct api_job *job);

bool api_import_state(struct api_client *client, struct slice id, struct api_job *job);

/* Publishes the bot, and trains it; the response is the whole job. */
bool api_publish(struct api_client *client, struct slice bot, struct slice comment,
                 struct api_job *job);

/* Imports an uploaded file as a suite of conversation tests. */
bool api_import_tests(struct api_client *client, struct slice bot, struct slice language,
                      struct slice file, struct slice name, struct slice user);

#endif
