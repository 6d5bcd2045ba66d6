#include "platform/api/call.h"

#include "base/table.h"
#include "document/json/writer.h"
#include "document/tree/node.h"

struct api_client api_client_new(struct arena *arena, struct api_address address,
                                 const struct api_credentials *credentials, const char *authorities,
                                 struct pauses *pauses)
{
    return (struct api_client){.arena = arena,
                               .address = address,
                               .credentials = credentials,
                               .transport =
                                   transport_new(arena, authorities, address.is_plain, pauses),
                               .pauses = pauses};
}

/* ---- what responses say ---- */

enum api_state api_state_of(struct slice word)
{
    static const struct {
        const char *word;
        enum api_state state;
    } states[] = {
#define STATE(word, state) {word, API_##state},
#include "platform/api/state.def"
#undef STATE
    };
    for (size_t i = 0; i < TABLE_LENGTH(states); i++) {
        if (slice_equal_ignoring_case(word, slice_of(states[i].word))) {
            return states[i].state;
        }
    }
    return API_RUNNING;
}

/* The text under the first of the keys that has one. */
static struct slice first_text(const struct node *object, const char *const *keys)
{
    struct slice text = SLICE("");
    for (size_t i = 0; text.length == 0 && keys[i] != NULL; i++) {
        text = node_text(object, keys[i]);
    }
    return text;
}

/* What a job or a task says of its failure. */
static struct slice reason_in(const struct node *object)
{
    static const char *const keys[] = {"statusMessage", "message", "reason", "error", NULL};
    return first_text(object, keys);
}

static void read_tasks(struct arena *arena, const struct node *list, struct api_job *job)
{
    static const char *const types[] = {"taskType", "resourceType", NULL};
    static const char *const names[] = {"taskName", "resourceName", "resourceId", NULL};
    job->task_count = node_length(list);
    job->tasks = arena_alloc_array(arena, job->task_count, sizeof *job->tasks);
    for (size_t i = 0; i < job->task_count; i++) {
        const struct node *item = list->items[i];
        struct slice word = node_text(item, "status");
        job->tasks[i] = (struct api_task){.type = first_text(item, types),
                                          .name = first_text(item, names),
                                          .state = api_state_of(word),
                                          .word = word,
                                          .reason = reason_in(item)};
    }
}

/* Reads the state of an import or an export; false with a failure when there is none. */
static bool read_job(struct api_client *client, const struct api_call *call,
                     const struct node *root, struct api_job *job)
{
    static const char *const bots[] = {"streamId", "streamRefId", NULL};
    *job = (struct api_job){.id = node_text(root, "_id"),
                            .word = node_text(root, "status"),
                            .reason = reason_in(root),
                            .bot = first_text(root, bots),
                            .url = node_text(root, "downloadURL")};
    job->state = api_state_of(job->word);
    read_tasks(client->arena, node_get(root, "statusLogs"), job);
    return job->word.length > 0 || api_fail_without(client, call, "a `status`");
}

static bool ask_for_job(struct api_client *client, const struct api_call *call, struct api_job *job)
{
    const struct node *root = api_ask(client, call);
    return root != NULL && read_job(client, call, root, job);
}

/* ---- exports ---- */

bool api_list(struct api_client *client, struct api_bot **bots, size_t *count)
{
    enum { PAGE = 50, BOT_LIMIT = 10000 };
    bool more = true;
    *bots = NULL;
    *count = 0;
    while (more && *count < BOT_LIMIT) {
        struct api_call call = {
            .request = API_REQUEST_LIST,
            .url =
                arena_printf(client->arena, "/api/public/bots?offset=%zu&limit=%d", *count, PAGE)};
        const struct node *root = api_ask(client, &call);
        const struct node *list = node_get(root, "bots");
        const struct node *available = node_get(root, "availableMore");
        if (root == NULL) {
            return false;
        }
        if (!node_is(list, NODE_SEQUENCE)) {
            return api_fail_without(client, &call, "a list `bots`");
        }
        for (size_t i = 0; i < list->count; i++) {
            *bots = arena_append(client->arena, *bots, *count, sizeof **bots);
            (*bots)[(*count)++] = (struct api_bot){node_text(list->items[i], "_id"),
                                                   node_text(list->items[i], "name")};
        }
        more = list->count > 0 && node_is(available, NODE_BOOLEAN) && available->boolean;
    }
    return true;
}

static void add_words(struct json_writer *json, const char *key, const char *const *words)
{
    json_begin_array_member(json, key);
    for (size_t i = 0; words[i] != NULL; i++) {
        json_word(json, slice_of(words[i]));
    }
    json_end_array(json);
}

/* Everything that there is in a bot. */
static void add_export_options(struct json_writer *json)
{
    static const char *const settings[] = {"botSettings", "botVariables", "ivrSettings", NULL};
    static const char *const tasks[] = {"botTask", "knowledgeGraph", "smallTalk", NULL};
    static const char *const training[] = {
        "utterances", "patterns",          "traits",      "rules", "concepts",
        "synonyms",   "standardResponses", "nlpSettings", NULL};
    json_begin_object_member(json, "exportOptions");
    add_words(json, "settings", settings);
    add_words(json, "tasks", tasks);
    add_words(json, "nlpData", training);
    json_end_object(json);
    json_boolean_member(json, "allTasks", true);
    json_boolean_member(json, "IncludeDependentTasks", true);
    json_boolean_member(json, "customDashboards", true);
}

bool api_export(struct api_client *client, struct slice bot, bool published, struct api_job *job)
{
    struct builder body = builder_new(client->arena);
    struct json_writer json = json_writer_new(&body, true);
    json_begin_object(&json);
    json_text_member(&json, "exportType", published ? SLICE("published") : SLICE("latest"));
    add_export_options(&json);
    json_end_object(&json);
    struct api_call call = {
        .request = API_REQUEST_EXPORT,
        .url = arena_printf(client->arena, "/api/public/bot/%.*s/export", SLICE_ARG(bot)),
        .json = builder_slice(&body)};
    return ask_for_job(client, &call, job);
}

bool api_export_state(struct api_client *client, struct slice bot, struct api_job *job)
{
    struct api_call call = {
        .request = API_REQUEST_EXPORT_STATE,
        .url = arena_printf(client->arena, "/api/public/bot/%.*s/export/status", SLICE_ARG(bot))};
    return ask_for_job(client, &call, job);
}

bool api_download(struct api_client *client, struct slice url, size_t limit, struct slice *bytes)
{
    struct api_call call = {.request = API_REQUEST_DOWNLOAD, .url = url, .limit = limit};
    if (!api_address_has(&client->address, url)) {
        return api_fail(client, API_REJECTED,
                        "the export lies on another host than %.*s: %.*s. If that is the platform, "
                        "name it with `--host`",
                        SLICE_ARG(client->address.host), SLICE_ARG(url));
    }
    return api_send(client, &call, bytes);
}

/* ---- imports ---- */

bool api_upload(struct api_client *client, const char *name, const char *extension,
                struct slice bytes, struct slice *file)
{
    struct transport_form form = {name, bytes, "bulkImport", extension};
    struct api_call call = {
        .request = API_REQUEST_UPLOAD, .url = SLICE("/api/public/uploadfile"), .form = &form};
    const struct node *root = api_ask(client, &call);
    *file = node_text(root, "fileId");
    return file->length > 0 || (root != NULL && api_fail_without(client, &call, "a `fileId`"));
}

/* What dialogc changes in a bot, so that all else of it stays as it is. */
static void add_import_options(struct json_writer *json, bool has_config)
{
    static const char *const tasks[] = {"botTask", NULL};
    static const char *const training[] = {"utterances", "patterns", NULL};
    static const char *const settings[] = {"botVariables", NULL};
    json_begin_object_member(json, "importOptions");
    add_words(json, "tasks", tasks);
    add_words(json, "nlpData", training);
    add_words(json, "settings", has_config ? settings : settings + 1);
    json_begin_object_member(json, "options");
    json_begin_object_member(json, "utterances");
    json_boolean_member(json, "append", false);
    json_boolean_member(json, "replace", true);
    json_end_object(json);
    json_end_object(json);
    json_end_object(json);
}

bool api_import(struct api_client *client, struct slice bot, struct slice definition,
                struct slice config, bool whole, struct api_job *job)
{
    struct builder body = builder_new(client->arena);
    struct json_writer json = json_writer_new(&body, true);
    json_begin_object(&json);
    json_text_member(&json, "botDefinition", definition);
    if (config.length > 0) {
        json_text_member(&json, "configInfo", config);
    }
    if (!whole) {
        add_import_options(&json, config.length > 0);
    }
    json_end_object(&json);
    struct api_call call = {
        .request = API_REQUEST_IMPORT,
        .url = arena_printf(client->arena, "/api/public/bot/%.*s/import", SLICE_ARG(bot)),
        .json = builder_slice(&body)};
    return ask_for_job(client, &call, job);
}

bool api_import_new(struct api_client *client, struct slice zip, struct slice name,
                    struct api_job *job)
{
    struct builder body = builder_new(client->arena);
    struct json_writer json = json_writer_new(&body, true);
    json_begin_object(&json);
    json_text_member(&json, "uploadMode", SLICE("ZIP"));
    json_text_member(&json, "zipInfo", zip);
    json_text_member(&json, "name", name);
    json_end_object(&json);
    struct api_call call = {.request = API_REQUEST_IMPORT_NEW,
                            .url = SLICE("/api/public/bot/import"),
                            .json = builder_slice(&body)};
    return ask_for_job(client, &call, job);
}

bool api_import_state(struct api_client *client, struct slice id, struct api_job *job)
{
    struct api_call call = {
        .request = API_REQUEST_IMPORT_STATE,
        .url = arena_printf(client->arena, "/api/public/bot/import/status/%.*s", SLICE_ARG(id))};
    return ask_for_job(client, &call, job);
}

/* ---- what follows an import ---- */

bool api_publish(struct api_client *client, struct slice bot, struct slice comment,
                 struct api_job *job)
{
    struct builder body = builder_new(client->arena);
    struct json_writer json = json_writer_new(&body, true);
    json_begin_object(&json);
    json_text_member(&json, "versionComment", comment);
    json_boolean_member(&json, "initiateTraining", true);
    json_end_object(&json);
    struct api_call call = {
        .request = API_REQUEST_PUBLISH,
        .url = arena_printf(client->arena, "/api/public/bot/%.*s/publish", SLICE_ARG(bot)),
        .json = builder_slice(&body)};
    const struct node *root = api_ask(client, &call);
    if (root != NULL && !node_is(root, NODE_SEQUENCE)) {
        return api_fail_without(client, &call, "a list of what it publishes");
    }
    *job = (struct api_job){.bot = bot, .state = API_DONE};
    read_tasks(client->arena, root, job);
    for (size_t i = 0; i < job->task_count; i++) {
        job->state = job->tasks[i].state == API_FAILED ? API_FAILED : job->state;
    }
    return root != NULL;
}

bool api_import_tests(struct api_client *client, struct slice bot, struct slice language,
                      struct slice file, struct slice name, struct slice user)
{
    struct builder body = builder_new(client->arena);
    struct json_writer json = json_writer_new(&body, true);
    json_begin_object(&json);
    json_text_member(&json, "fileName", file);
    json_text_member(&json, "name", name);
    json_empty_array_member(&json, "tags");
    json_text_member(&json, "description", SLICE("Conversations of dialogc"));
    json_text_member(&json, "userEmailId", user);
    json_end_object(&json);
    struct api_call call = {
        .request = API_REQUEST_TEST_SUITE,
        .url = arena_printf(client->arena, "/api/public/stream/%.*s/conversation/testsuite/import",
                            SLICE_ARG(bot)),
        .json = builder_slice(&body),
        .language = arena_copy(client->arena, language)};
    struct api_job job;
    if (!ask_for_job(client, &call, &job)) {
        return false;
    }
    return job.state != API_FAILED ||
           api_fail(client, API_REJECTED, "the platform does not import the test suite: %.*s",
                    SLICE_ARG(job.reason));
}
