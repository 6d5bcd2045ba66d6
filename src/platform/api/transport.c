#include "platform/api/transport.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/version.h"
#include "platform/api/token.h"

enum {
    CONNECT_SECONDS = 30,
    SILENT_SECONDS = 60, /* a connection on which nothing comes for this long is broken */
    LONGEST_HEADER = TOKEN_LONGEST_TEXT + 64,
};

/* libcurl's callbacks must not unwind: what they collect is on the heap until the request ends. */
struct transport {
    struct arena *arena;
    CURL *curl;
    struct curl_slist *headers;
    curl_mime *form;
    const char *authorities;
    bool is_plain;
    struct pauses *pauses;
    char *body;
    size_t length, capacity, limit;
    bool is_full; /* the response has more bytes than `limit` */
};

/* ---- what libcurl calls ---- */

static size_t take_part(char *part, size_t size, size_t count, void *context)
{
    struct transport *t = context;
    size_t length = size * count;
    if (length > t->limit - t->length) {
        t->is_full = true;
        return 0;
    }
    if (length > t->capacity - t->length) {
        size_t wanted = 2 * t->capacity + length;
        char *bigger = realloc(t->body, wanted);
        if (bigger == NULL) {
            return 0;
        }
        t->body = bigger;
        t->capacity = wanted;
    }
    memcpy(t->body + t->length, part, length);
    t->length += length;
    return length;
}

static int look_around(void *context, curl_off_t to_get, curl_off_t got, curl_off_t to_send,
                       curl_off_t sent)
{
    (void)to_get;
    (void)got;
    (void)to_send;
    (void)sent;
    struct transport *t = context;
    return pauses_interrupted(t->pauses);
}

/* ---- a request ---- */

/* Also after a request whose arena has run out of memory. */
static void forget_request(struct transport *t)
{
    for (struct curl_slist *header = t->headers; header != NULL; header = header->next) {
        token_wipe(header->data, strlen(header->data));
    }
    curl_slist_free_all(t->headers);
    curl_mime_free(t->form);
    free(t->body);
    t->headers = NULL;
    t->form = NULL;
    t->body = NULL;
    t->length = t->capacity = 0;
    t->is_full = false;
}

static void release(void *resource)
{
    struct transport *t = resource;
    forget_request(t);
    if (t->curl != NULL) {
        curl_easy_cleanup(t->curl);
    }
    curl_global_cleanup();
}

/* What libcurl has no memory for unwinds as everything else does. */
static void check(struct transport *t, bool done)
{
    if (!done) {
        arena_fail(t->arena);
    }
}

#define SET(option, value) check(t, curl_easy_setopt(t->curl, option, value) == CURLE_OK)

static void add_header(struct transport *t, const char *name, const char *value)
{
    char line[LONGEST_HEADER];
    int length = snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer =
        length < (int)sizeof line ? curl_slist_append(t->headers, line) : NULL;
    token_wipe(line, sizeof line);
    check(t, longer != NULL);
    t->headers = longer;
}

static void add_field(struct transport *t, const char *name, struct slice value,
                      const char *file_name)
{
    curl_mimepart *part = curl_mime_addpart(t->form);
    check(t, part != NULL && curl_mime_name(part, name) == CURLE_OK &&
                 curl_mime_data(part, value.data, value.length) == CURLE_OK &&
                 (file_name == NULL || curl_mime_filename(part, file_name) == CURLE_OK));
}

static void set_body(struct transport *t, const struct transport_request *request)
{
    const struct transport_form *form = request->form;
    if (form != NULL) {
        t->form = curl_mime_init(t->curl);
        check(t, t->form != NULL);
        add_field(t, "file", form->bytes, form->file_name);
        add_field(t, "fileContext", slice_of(form->context), NULL);
        add_field(t, "fileExtension", slice_of(form->extension), NULL);
        SET(CURLOPT_MIMEPOST, t->form);
    } else if (request->is_post) {
        add_header(t, "Content-Type", "application/json");
        SET(CURLOPT_POST, 1L);
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->json.length);
        SET(CURLOPT_POSTFIELDS, request->json.data != NULL ? request->json.data : "");
    }
}

static void set_connection(struct transport *t, const struct transport_request *request)
{
    SET(CURLOPT_URL, request->url);
    SET(CURLOPT_PROTOCOLS_STR, t->is_plain ? "http" : "https");
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
    SET(CURLOPT_LOW_SPEED_TIME, (long)SILENT_SECONDS);
    SET(CURLOPT_USERAGENT, "dialogc");
    if (t->is_plain) {
        SET(CURLOPT_PROXY, "");
    }
    /* On a connection that was open already libcurl sends once more what has got no response. */
    SET(CURLOPT_FRESH_CONNECT, request->is_once ? 1L : 0L);
}

static void set_callbacks(struct transport *t)
{
    SET(CURLOPT_WRITEFUNCTION, take_part);
    SET(CURLOPT_WRITEDATA, t);
    SET(CURLOPT_XFERINFOFUNCTION, look_around);
    SET(CURLOPT_XFERINFODATA, t);
    SET(CURLOPT_NOPROGRESS, 0L);
}

static void set_request(struct transport *t, const struct transport_request *request)
{
    curl_easy_reset(t->curl);
    t->limit = request->limit;
    set_connection(t, request);
    set_callbacks(t);
    if (t->authorities != NULL) {
        SET(CURLOPT_CAINFO, t->authorities);
    }
    if (request->token != NULL) {
        add_header(t, "auth", request->token);
    }
    if (request->language != NULL) {
        add_header(t, "bot-language", request->language);
    }
    add_header(t, "Accept", "application/json, application/zip");
    add_header(t, "Expect", "");
    set_body(t, request);
    SET(CURLOPT_HTTPHEADER, t->headers);
}

static void read_response(struct transport *t, struct arena *arena,
                          struct transport_response *response)
{
    curl_off_t seconds = 0;
    char *redirect = NULL;
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &response->status);
    curl_easy_getinfo(t->curl, CURLINFO_RETRY_AFTER, &seconds);
    curl_easy_getinfo(t->curl, CURLINFO_REDIRECT_URL, &redirect);
    response->retry_after = (long)seconds;
    response->redirect = redirect != NULL ? arena_copy(arena, slice_of(redirect)) : NULL;
    response->body = arena_slice(arena, (struct slice){t->body, t->length});
}

static enum transport_result result_of(const struct transport *t, CURLcode code)
{
    switch ((int)code) {
    case CURLE_OK:
        return TRANSPORT_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
        return TRANSPORT_UNSENT;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return TRANSPORT_UNTRUSTED;
    case CURLE_ABORTED_BY_CALLBACK:
        return TRANSPORT_INTERRUPTED;
    case CURLE_WRITE_ERROR:
        return t->is_full ? TRANSPORT_TOO_LARGE : TRANSPORT_BROKEN;
    default: /* libcurl's codes grow with its versions */
        return TRANSPORT_BROKEN;
    }
}

enum transport_result transport_send(struct transport *t, struct arena *arena,
                                     const struct transport_request *request,
                                     struct transport_response *response)
{
    *response = (struct transport_response){0};
    set_request(t, request);
    CURLcode code = curl_easy_perform(t->curl);
    enum transport_result result = result_of(t, code);
    check(t, code != CURLE_OUT_OF_MEMORY);
    response->reason = curl_easy_strerror(code);
    if (result == TRANSPORT_ANSWERED) {
        read_response(t, arena, response);
    }
    forget_request(t);
    return result;
}

struct transport *transport_new(struct arena *arena, const char *authorities, bool is_plain,
                                struct pauses *pauses)
{
    struct transport *t = arena_alloc(arena, sizeof *t);
    *t = (struct transport){
        .arena = arena, .authorities = authorities, .is_plain = is_plain, .pauses = pauses};
    check(t, curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    arena_defer(arena, release, t);
    t->curl = curl_easy_init();
    check(t, t->curl != NULL);
    return t;
}
