/*
 * What a user or an organisation would notice: broken requests, and words of programs ("undefined")
 * in texts.
 */
#include "trial/explore/mistakes.h"

#include "base/percent.h"
#include "diag/secret.h"
#include "document/json/reader.h"
#include "document/tree/build.h"
#include "trial/simulator/service.h"

static void add(struct arena *arena, struct node *mistakes, struct slice what)
{
    for (size_t i = 0; i < mistakes->count; i++) {
        if (slice_equal(mistakes->items[i]->text, what)) {
            return;
        }
    }
    node_append(arena, mistakes, node_new_text(arena, what));
}

/* A word of a program in a text for people; NULL: none. */
static const char *leak_in(struct slice text, bool braces)
{
    static const char *const leaks[] = {"undefined", "[object Object]", "NaN"};
    for (size_t i = 0; i < sizeof leaks / sizeof leaks[0]; i++) {
        if (slice_find(text, leaks[i], 0) < text.length) {
            return leaks[i];
        }
    }
    for (size_t at = slice_find(text, "null", 0); at < text.length;
         at = slice_find(text, "null", at + 1)) {
        bool begins = at == 0 || strchr(" :\"'/,;(", text.data[at - 1]) != NULL;
        bool ends = at + 4 == text.length || strchr(" .:\"'/,;!?)", text.data[at + 4]) != NULL;
        if (begins && ends) {
            return "null";
        }
    }
    return !braces && slice_find(text, "{{", 0) < text.length ? "{{" : NULL;
}

/* The first leak in any text of a message. */
static const char *leak_of(const struct node *message, bool braces)
{
    if (node_is(message, NODE_STRING)) {
        return leak_in(message->text, braces);
    }
    const char *leak = NULL;
    for (size_t i = 0; node_is(message, NODE_MAPPING) && i < message->count && leak == NULL; i++) {
        leak = leak_of(message->members[i].value, braces);
    }
    for (size_t i = 0; i < node_length(message) && leak == NULL; i++) {
        leak = leak_of(message->items[i], braces);
    }
    return leak;
}

/* Characters that no path or query has unescaped. */
static bool is_broken_url(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}#", c) != NULL) {
            return true;
        }
        bool escape = c == '%' && i + 2 < text.length &&
                      strchr("0123456789abcdefABCDEF", text.data[i + 1]) != NULL &&
                      strchr("0123456789abcdefABCDEF", text.data[i + 2]) != NULL;
        if (c == '%' && !escape) {
            return true;
        }
    }
    return false;
}

static bool says_json(const struct http_request *request)
{
    const struct node *headers = request->headers;
    for (size_t i = 0; node_is(headers, NODE_MAPPING) && i < headers->count; i++) {
        if (slice_equal_ignoring_case(headers->members[i].key->text, SLICE("content-type")) &&
            node_is(headers->members[i].value, NODE_STRING)) {
            struct slice type = headers->members[i].value->text;
            return slice_find(type, "json", 0) < type.length;
        }
    }
    return false;
}

/* A query as it may be shown: without the values of parameters that hold credentials. */
static struct slice shown_query(struct arena *arena, struct slice query)
{
    struct builder out = builder_new(arena);
    struct slice name, value;
    while (percent_take_pair(&query, &name, &value)) {
        bool is_secret = secret_is_named(name) || secret_is_telling(name);
        builder_printf(&out, "%s%.*s=%.*s", out.length > 0 ? "&" : "", SLICE_ARG(name),
                       SLICE_ARG(is_secret ? SLICE("***") : value));
    }
    return builder_slice(&out);
}

/* A word of a program where a request has a value; NULL: none. */
static const char *leak_in_body(struct slice body)
{
    static const char *const leaks[] = {"undefined", "[object Object]", "NaN"};
    for (size_t i = 0; i < sizeof leaks / sizeof leaks[0]; i++) {
        if (slice_find(body, leaks[i], 0) < body.length) {
            return leaks[i];
        }
    }
    return NULL;
}

/*
 * What an organisation never says to a request that is made well, whatever the user has answered:
 * the code of its error, or empty.
 */
static struct slice rejection_of(struct arena *arena, const struct http_response *response)
{
    static const char *const codes[] = {"INVALID_FIELD",      "INVALID_FIELD_FOR_INSERT_UPDATE",
                                        "INVALID_TYPE",       "MALFORMED_QUERY",
                                        "MALFORMED_SEARCH",   "JSON_PARSER_ERROR",
                                        "METHOD_NOT_ALLOWED", NULL};
    const struct node *body =
        response->status >= 400 ? json_read_quietly(arena, response->body) : NULL;
    if (node_length(body) == 0) {
        return SLICE("");
    }
    struct slice code = node_text(body->items[0], "errorCode");
    struct slice message = node_text(body->items[0], "message");
    return slice_is_any(code, codes)
               ? arena_printf(arena, "%.*s: %.*s", SLICE_ARG(code), SLICE_ARG(message))
               : SLICE("");
}

/* What the organisation itself has responded: not what the conversation gives as its answer. */
static void look_at_response(struct arena *arena, const struct conversation *conversation,
                             const struct event *event, struct node *mistakes)
{
    struct slice name = event->node->name;
    const struct node *given = conversation->answers;
    bool is_given = node_is(given, NODE_MAPPING) && node_member(given, name) != NULL;
    struct slice rejection = is_given || event->from_sample || event->invented
                                 ? SLICE("")
                                 : rejection_of(arena, &event->response);
    if (rejection.length > 0) {
        add(arena, mistakes,
            arena_printf(arena, "the organisation rejects the request of `%.*s`: %.*s",
                         SLICE_ARG(name), SLICE_ARG(rejection)));
    }
}

static void look_at_request(struct arena *arena, const struct event *event, struct node *mistakes)
{
    const struct http_request *request = &event->request;
    struct slice name = event->node->name;
    bool climbs = slice_find(request->path, "/../", 0) < request->path.length ||
                  slice_ends_with(request->path, "/..");
    struct slice query = shown_query(arena, request->query);
    if (is_broken_url(request->path) || is_broken_url(request->query) || climbs) {
        add(arena, mistakes,
            arena_printf(arena, "the URL of `%.*s` is broken: %.*s%s%.*s", SLICE_ARG(name),
                         SLICE_ARG(request->path), query.length > 0 ? "?" : "", SLICE_ARG(query)));
    }
    if (slice_find(request->path, "undefined", 0) < request->path.length ||
        slice_find(request->query, "undefined", 0) < request->query.length) {
        add(arena, mistakes,
            arena_printf(arena, "the URL of `%.*s` contains `undefined`", SLICE_ARG(name)));
    }
    const char *leak = leak_in_body(request->body);
    if (leak != NULL) {
        add(arena, mistakes,
            arena_printf(arena, "the body of `%.*s` contains `%s`", SLICE_ARG(name), leak));
    }
    if (request->body.length > 0 && says_json(request) &&
        json_read_quietly(arena, request->body) == NULL) {
        add(arena, mistakes,
            arena_printf(arena, "the body of `%.*s` is not JSON: %.*s", SLICE_ARG(name),
                         SLICE_ARG(request->body)));
    }
}

void mistakes_find(struct arena *arena, const struct conversation *conversation,
                   bool user_wrote_braces, struct node *mistakes)
{
    const struct simulator *s = conversation->simulator;
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        const char *leak;
        switch (event->kind) {
        case EVENT_MESSAGE:
            leak = leak_of(event->message, user_wrote_braces);
            if (leak != NULL) {
                add(arena, mistakes,
                    arena_printf(arena, "the message `%.*s` shows `%s`",
                                 SLICE_ARG(event->node->name), leak));
            }
            break;
        case EVENT_REQUEST:
            if (!service_is_webhook(event->node)) { /* nobody has written its request */
                look_at_request(arena, event, mistakes);
            }
            look_at_response(arena, conversation, event, mistakes);
            break;
        case EVENT_PROBLEM:
            add(arena, mistakes, event->text);
            break;
        case EVENT_END:
            if (slice_is(event->text, "no transition matches")) {
                add(arena, mistakes,
                    arena_printf(arena, "no transition of `%.*s` matches: a dead end",
                                 SLICE_ARG(event->node->name)));
            }
            break;
        case EVENT_NODE:
        case EVENT_TRANSITION:
        case EVENT_SIGN_IN:
        case EVENT_TRANSFER:
            break;
        }
    }
}

/* A mistake without its example. */
static struct slice place_of(struct slice mistake)
{
    size_t end = slice_find(mistake, ": ", 0);
    return slice_part(mistake, 0, end < mistake.length ? end : mistake.length);
}

bool mistakes_equal(struct slice a, struct slice b)
{
    return slice_equal(place_of(a), place_of(b));
}
