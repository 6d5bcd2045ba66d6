#define _DEFAULT_SOURCE

#include "platform/api/call.h"

#include <time.h>

#include "base/system.h"
#include "base/table.h"
#include "document/json/reader.h"

enum {
    ATTEMPT_LIMIT = 6,
    LONGEST_PAUSE = 120, /* seconds that a response may ask dialogc to wait */
    REDIRECT_LIMIT = 5,
    LONGEST_REASON = 500,
};

#define USUAL_LIMIT ((size_t)16 << 20)

enum method { GET, POST };
enum repetition { ONCE, REPEATED };

struct request_info {
    enum method method;
    enum repetition repetition;
    const char *what;
    const char *scope;
};

static const struct request_info requests[] = {
#define REQUEST(id, method, repetition, what, scope)                                               \
    [API_REQUEST_##id] = {method, repetition, what, scope},
#include "platform/api/request.def"
#undef REQUEST
};
TABLE_HAS_ROWS(requests, API_REQUEST_COUNT);

bool api_fail(struct api_client *client, enum api_failure failure, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    client->failure = failure;
    client->message = arena_vprintf(client->arena, format, arguments);
    va_end(arguments);
    return false;
}

bool api_fail_without(struct api_client *client, const struct api_call *call, const char *what)
{
    return api_fail(client, API_UNCERTAIN,
                    "%.*s responds without %s to the request to %s; this version of dialogc does "
                    "not know such a platform",
                    SLICE_ARG(client->address.host), what, requests[call->request].what);
}

/* ---- what is wrong, in words ---- */

/* What the platform says of an error: `{"errors": [{"msg": …}]}`, or one of a few other keys. */
static struct slice reason_of(struct api_client *client, struct slice body)
{
    static const char *const keys[] = {"msg", "message", "error", "error_description"};
    const struct node *root = json_read_quietly(client->arena, body);
    const struct node *errors = node_get(root, "errors");
    const struct node *object = node_length(errors) > 0 ? errors->items[0] : root;
    struct slice reason = SLICE("");
    for (size_t i = 0; reason.length == 0 && i < TABLE_LENGTH(keys); i++) {
        reason = node_text(object, keys[i]);
    }
    reason.length = reason.length < LONGEST_REASON ? reason.length : LONGEST_REASON;
    return reason;
}

/* ": REASON", or nothing. A server that repeats the proof it was sent is not quoted. */
static struct slice quoted_reason(struct api_client *client, struct slice body, const char *token)
{
    struct slice reason = reason_of(client, body);
    if (reason.length == 0 || slice_find(reason, token, 0) < reason.length ||
        slice_find(reason, client->credentials->secret, 0) < reason.length) {
        return SLICE("");
    }
    return arena_printf(client->arena, ": %.*s", SLICE_ARG(reason));
}

static bool fail_for_scope(struct api_client *client, const struct request_info *info,
                           struct slice reason)
{
    if (info->scope[0] == '\0') {
        return api_fail(client, API_REJECTED,
                        "the app may not %s (403)%.*s; look at the scopes of the app on %.*s",
                        info->what, SLICE_ARG(reason), SLICE_ARG(client->address.host));
    }
    return api_fail(client, API_REJECTED,
                    "the app may not %s (403)%.*s; give it the scope `%s` in the admin console of "
                    "%.*s, and make sure that it may see this bot",
                    info->what, SLICE_ARG(reason), info->scope, SLICE_ARG(client->address.host));
}

/* A status that is not 2xx, for good. */
static bool fail_for_status(struct api_client *client, const struct api_call *call,
                            const struct transport_response *response, const char *token)
{
    const struct request_info *info = &requests[call->request];
    const struct slice host = client->address.host;
    struct slice reason = quoted_reason(client, response->body, token);
    switch (response->status) {
    case 401:
        return api_fail(client, API_REJECTED,
                        "%.*s does not accept the credentials, which are needed to %s (401)%.*s; "
                        "check the client id and the secret, that the app signs with HS256, and "
                        "the clock of this machine",
                        SLICE_ARG(host), info->what, SLICE_ARG(reason));
    case 403:
        return fail_for_scope(client, info, reason);
    case 404:
        return api_fail(client, API_REJECTED,
                        "%.*s knows nothing there, asked to %s (404)%.*s; check the id of the bot "
                        "and the host",
                        SLICE_ARG(host), info->what, SLICE_ARG(reason));
    case 413:
        return api_fail(client, API_REJECTED,
                        "the file is too large for %.*s, asked to %s (413)%.*s", SLICE_ARG(host),
                        info->what, SLICE_ARG(reason));
    case 429:
        return api_fail(client, API_REJECTED,
                        "%.*s allows no more requests for now, asked to %s (429)%.*s; try again "
                        "later",
                        SLICE_ARG(host), info->what, SLICE_ARG(reason));
    default: /* any other number */
        return api_fail(client, response->status >= 500 ? API_UNCERTAIN : API_REJECTED,
                        "%.*s responds with %ld, asked to %s%.*s", SLICE_ARG(host),
                        response->status, info->what, SLICE_ARG(reason));
    }
}

static bool fail_for_redirect(struct api_client *client, const struct api_call *call,
                              const struct transport_response *response)
{
    return api_fail(client, API_REJECTED,
                    "%.*s redirects the request to %s to another place, %s; dialogc sends "
                    "nothing there. If that is the platform, name it with `--host`",
                    SLICE_ARG(client->address.host), requests[call->request].what,
                    response->redirect != NULL ? response->redirect : "which it does not name");
}

static bool fail_for_transport(struct api_client *client, const struct api_call *call,
                               enum transport_result result, const char *reason)
{
    const char *what = requests[call->request].what;
    const struct slice host = client->address.host;
    switch (result) {
    case TRANSPORT_ANSWERED:
    case TRANSPORT_UNSENT:
        return api_fail(client, API_REJECTED, "cannot reach %.*s to %s: %s", SLICE_ARG(host), what,
                        reason);
    case TRANSPORT_UNTRUSTED:
        return api_fail(client, API_REJECTED,
                        "%.*s cannot be trusted: %s; a proxy with certificates of its own needs "
                        "`--ca-file`",
                        SLICE_ARG(host), reason);
    case TRANSPORT_TOO_LARGE:
        return api_fail(client, API_UNCERTAIN,
                        "%.*s responds with too many bytes to the request to %s", SLICE_ARG(host),
                        what);
    case TRANSPORT_INTERRUPTED:
        return api_fail(client, API_INTERRUPTED, "interrupted");
    case TRANSPORT_BROKEN:
        break;
    }
    return api_fail(client, API_UNCERTAIN, "the connection to %.*s broke, asked to %s: %s",
                    SLICE_ARG(host), what, reason);
}

/* ---- sending ---- */

static void make_token(const struct api_client *client, char token[TOKEN_LONGEST_TEXT])
{
    unsigned char unique[TOKEN_UNIQUE_BYTES];
    while (!system_random(unique, sizeof unique)) {
    }
    token_make(client->credentials, (long long)time(NULL), unique, token);
}

/* True when another attempt may help, and cannot do harm. */
static bool is_worth_repeating(const struct request_info *info, enum transport_result result,
                               const struct transport_response *response)
{
    switch (result) {
    case TRANSPORT_UNSENT:
        return true;
    case TRANSPORT_BROKEN:
        return info->repetition == REPEATED;
    case TRANSPORT_UNTRUSTED:
    case TRANSPORT_TOO_LARGE:
    case TRANSPORT_INTERRUPTED:
        return false;
    case TRANSPORT_ANSWERED:
        break;
    }
    /* 429 and 503 say that nothing has been done. */
    return response->status == 429 || response->status == 503 ||
           (response->status >= 500 && info->repetition == REPEATED);
}

/* Any number of attempts within the bound; what came of the last one. */
static enum transport_result attempt(struct api_client *client, const struct api_call *call,
                                     const char *url, const char *token,
                                     struct transport_response *response)
{
    const struct request_info *info = &requests[call->request];
    struct transport_request request = {.is_post = info->method == POST,
                                        .url = url,
                                        .token =
                                            call->request != API_REQUEST_DOWNLOAD ? token : NULL,
                                        .language = call->language,
                                        .json = call->json,
                                        .form = call->form,
                                        .limit = call->limit > 0 ? call->limit : USUAL_LIMIT,
                                        .is_once = info->repetition == ONCE};
    struct wait wait = wait_new(client->pauses);
    for (unsigned attempts = 1;; attempts++) {
        enum transport_result result =
            transport_send(client->transport, client->arena, &request, response);
        if (!is_worth_repeating(info, result, response) || attempts == ATTEMPT_LIMIT ||
            response->retry_after > LONGEST_PAUSE) {
            return result;
        }
        bool waited = response->retry_after > 0
                          ? pauses_sleep(client->pauses, response->retry_after * 1000)
                          : wait_once(&wait, client->pauses);
        if (!waited) {
            return client->pauses->interrupted ? TRANSPORT_INTERRUPTED : result;
        }
    }
}

static bool send_with_token(struct api_client *client, const struct api_call *call,
                            const char *token, struct slice *body)
{
    struct transport_response response = {0};
    struct slice url = call->url;
    if (slice_starts_with(url, "/")) {
        url = arena_printf(client->arena, "%.*s%.*s", SLICE_ARG(client->address.origin),
                           SLICE_ARG(url));
    }
    for (unsigned redirects = 0;; redirects++) {
        enum transport_result result =
            attempt(client, call, arena_copy(client->arena, url), token, &response);
        if (result != TRANSPORT_ANSWERED) {
            return fail_for_transport(client, call, result, response.reason);
        }
        if (response.status < 300 || response.status >= 400) {
            break;
        }
        /* Only what is read, and only within the origin, which alone gets the token. */
        url = slice_of(response.redirect);
        if (requests[call->request].method != GET || redirects == REDIRECT_LIMIT ||
            !api_address_has(&client->address, url)) {
            return fail_for_redirect(client, call, &response);
        }
    }
    *body = response.body;
    return (response.status >= 200 && response.status < 300) ||
           fail_for_status(client, call, &response, token);
}

bool api_send(struct api_client *client, const struct api_call *call, struct slice *body)
{
    char token[TOKEN_LONGEST_TEXT];
    client->failure = API_NO_FAILURE;
    make_token(client, token);
    bool done = send_with_token(client, call, token, body);
    token_wipe(token, sizeof token);
    return done;
}

const struct node *api_ask(struct api_client *client, const struct api_call *call)
{
    struct slice body = {0};
    if (!api_send(client, call, &body)) {
        return NULL;
    }
    const struct node *root = json_read_quietly(client->arena, body);
    if (!node_is(root, NODE_MAPPING) && !node_is(root, NODE_SEQUENCE)) {
        api_fail_without(client, call, "JSON");
        return NULL;
    }
    return root;
}
