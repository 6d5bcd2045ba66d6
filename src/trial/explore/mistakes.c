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

static bool user_wrote(const struct node *turns, const char *sign)
{
    for (size_t i = 0; i < node_length(turns); i++) {
        struct slice text = node_get(turns->items[i], "user")->text;
        if (slice_find(text, sign, 0) < text.length) {
            return true;
        }
    }
    return false;
}

/* The first of some words in a text; NULL: none. */
static const char *find_word(struct slice text, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (slice_find(text, words[i], 0) < text.length) {
            return words[i];
        }
    }
    return NULL;
}

/* `null` as a word of its own: it is a part of others. */
static bool has_null(struct slice text)
{
    for (size_t at = slice_find(text, "null", 0); at < text.length;
         at = slice_find(text, "null", at + 1)) {
        bool begins = at == 0 || strchr(" :\"'/,;(", text.data[at - 1]) != NULL;
        bool ends = at + 4 == text.length || strchr(" .:\"'/,;!?)", text.data[at + 4]) != NULL;
        if (begins && ends) {
            return true;
        }
    }
    return false;
}

/* A word of a program in a text for people; NULL: none. */
static const char *leak_in(struct slice text, const struct node *turns)
{
    static const char *const leaks[] = {"undefined",    "[object Object]", "NaN",
                                        "Invalid Date", "Invalid date",    NULL};
    static const char *const open[] = {"{{", "${", NULL};
    const char *leak = find_word(text, leaks);
    if (leak == NULL && has_null(text)) {
        return "null";
    }
    for (size_t i = 0; open[i] != NULL && leak == NULL; i++) {
        bool is_there = slice_find(text, open[i], 0) < text.length;
        leak = is_there && !user_wrote(turns, open[i]) ? open[i] : NULL;
    }
    return leak;
}

/* The first leak in any text of a message. */
static const char *leak_of(const struct node *message, const struct node *turns)
{
    if (node_is(message, NODE_STRING)) {
        return leak_in(message->text, turns);
    }
    const char *leak = NULL;
    for (size_t i = 0; node_is(message, NODE_MAPPING) && i < message->count && leak == NULL; i++) {
        leak = leak_of(message->members[i].value, turns);
    }
    for (size_t i = 0; i < node_length(message) && leak == NULL; i++) {
        leak = leak_of(message->items[i], turns);
    }
    return leak;
}

static bool is_blank(const struct node *text)
{
    return text == NULL || (node_is(text, NODE_STRING) && slice_trim(text->text).length == 0);
}

/* True when a button or reply of a message, or of an entry in it, has nothing to be called by. */
static bool has_blank_button(const struct node *message)
{
    static const char *const keys[] = {"buttons", "quickReplies", "list", "carousel"};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        const struct node *items = node_get(message, keys[k]);
        for (size_t i = 0; i < node_length(items); i++) {
            bool is_entry = k >= 2;
            if (is_entry ? has_blank_button(items->items[i])
                         : is_blank(node_get(items->items[i], "title"))) {
                return true;
            }
        }
    }
    return false;
}

static void look_at_message(struct arena *arena, const struct event *event,
                            const struct node *turns, struct node *mistakes)
{
    struct slice name = event->node->name;
    const char *leak = leak_of(event->message, turns);
    if (leak != NULL) {
        add(arena, mistakes,
            arena_printf(arena, "the message `%.*s` shows `%s`", SLICE_ARG(name), leak));
    }
    if (node_is(event->message, NODE_STRING) && is_blank(event->message)) {
        add(arena, mistakes, arena_printf(arena, "the message `%.*s` is empty", SLICE_ARG(name)));
    }
    if (has_blank_button(event->message)) {
        add(arena, mistakes,
            arena_printf(arena, "the message `%.*s` has a button without a title",
                         SLICE_ARG(name)));
    }
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

/* Words of a program where a request has a value. */
static const char *const leaks_in_values[] = {"undefined", "[object Object]", "NaN", NULL};

/* The name of a header whose value has such a word, and the word; NULL: none has. */
static const char *leak_in_headers(const struct node *headers, struct slice *name)
{
    const char *leak = NULL;
    for (size_t i = 0; node_is(headers, NODE_MAPPING) && i < headers->count && leak == NULL; i++) {
        const struct node *value = headers->members[i].value;
        *name = headers->members[i].key->text;
        leak = node_is(value, NODE_STRING) ? find_word(value->text, leaks_in_values) : NULL;
    }
    return leak;
}

/*
 * True when a part of a URL was encoded two times: a blank is `%2520`. In the query of a Salesforce
 * request `%` stands for any letters.
 */
static bool is_encoded_twice(const struct http_request *request, const struct node *turns)
{
    static const char *const twice[] = {"%2520", "%2522", "%2526", "%2527", "%252C", "%252F",
                                        "%253A", "%2540", "%25C3", "%25E2", NULL};
    bool is_salesforce = slice_find(request->path, "/services/data/", 0) < request->path.length;
    return (find_word(request->path, twice) != NULL ||
            (!is_salesforce && find_word(request->query, twice) != NULL)) &&
           !user_wrote(turns, "%");
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
    /* a fraction where a whole number belongs is the user's, as too long a text is */
    bool is_answer = slice_find(message, "from VALUE_NUMBER", 0) < message.length;
    return slice_is_any(code, codes) && !is_answer
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

static void look_at_url(struct arena *arena, const struct event *event, const struct node *turns,
                        struct node *mistakes)
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
    const char *leak = find_word(percent_decode_text(arena, request->path), leaks_in_values);
    leak = leak != NULL ? leak
                        : find_word(percent_decode_text(arena, request->query), leaks_in_values);
    if (leak != NULL) {
        add(arena, mistakes,
            arena_printf(arena, "the URL of `%.*s` contains `%s`", SLICE_ARG(name), leak));
    }
    if (slice_find(request->path, "//", 0) < request->path.length) {
        add(arena, mistakes,
            arena_printf(arena, "the URL of `%.*s` has nothing between two slashes: %.*s",
                         SLICE_ARG(name), SLICE_ARG(request->path)));
    }
    if (is_encoded_twice(request, turns)) {
        add(arena, mistakes,
            arena_printf(arena, "the URL of `%.*s` is encoded twice: %.*s%s%.*s", SLICE_ARG(name),
                         SLICE_ARG(request->path), query.length > 0 ? "?" : "", SLICE_ARG(query)));
    }
}

static void look_at_request(struct arena *arena, const struct event *event,
                            const struct node *turns, struct node *mistakes)
{
    const struct http_request *request = &event->request;
    struct slice name = event->node->name, header;
    look_at_url(arena, event, turns, mistakes);
    const char *leak = leak_in_headers(request->headers, &header);
    if (leak != NULL) {
        add(arena, mistakes,
            arena_printf(arena, "the header `%.*s` of `%.*s` contains `%s`", SLICE_ARG(header),
                         SLICE_ARG(name), leak));
    }
    leak = find_word(request->body, leaks_in_values);
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
                   const struct node *turns, struct node *mistakes)
{
    const struct simulator *s = conversation->simulator;
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        switch (event->kind) {
        case EVENT_MESSAGE:
            look_at_message(arena, event, turns, mistakes);
            break;
        case EVENT_REQUEST:
            if (!service_is_webhook(event->node)) { /* nobody has written its request */
                look_at_request(arena, event, turns, mistakes);
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
