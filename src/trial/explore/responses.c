/* What services may respond. */
#include "base/ascii.h"
#include "base/percent.h"
#include "document/json/reader.h"
#include "document/tree/build.h"
#include "trial/explore/alternatives.h"
#include "trial/explore/path.h"
#include "trial/explore/solve.h"

#include <stdlib.h>

/* No list of a response gets longer than this for a comparison of its length. */
#define LIST_LIMIT 60

static struct node *new_answer(struct arena *arena, long long status, const struct node *body)
{
    struct node *answer = node_new_mapping(arena);
    node_set(arena, answer, SLICE("status"), node_new_integer(arena, status));
    node_set(arena, answer, SLICE("body"), body);
    return answer;
}

static const struct node *error_answer(struct arena *arena, long long status, const char *code)
{
    struct node *answer = node_new_mapping(arena);
    struct node *errors = node_new_sequence(arena);
    struct node *error = node_new_mapping(arena);
    node_set(arena, answer, SLICE("status"), node_new_integer(arena, status));
    node_set_text(arena, error, "message", SLICE("The organisation says no."));
    node_set_text(arena, error, "errorCode", slice_of(code));
    node_append(arena, errors, error);
    node_set(arena, answer, SLICE("body"), errors);
    return answer;
}

/* ---- values of a response ---- */

static bool is_whole_number(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_digit(text.data[i]) && !(i == 0 && text.data[i] == '-')) {
            return false;
        }
    }
    return text.length > 0 && text.length < 16 && ascii_is_digit(text.data[text.length - 1]);
}

/* A text as the kind of value that was there, or that it looks like. */
static const struct node *typed(struct arena *arena, const struct node *before, struct slice text)
{
    bool is_boolean = slice_is(text, "true") || slice_is(text, "false");
    if (is_boolean && !node_is(before, NODE_STRING)) {
        return node_new_boolean(arena, slice_is(text, "true"));
    }
    if (is_whole_number(text) && !node_is(before, NODE_STRING)) {
        return node_new_integer(arena, strtoll(arena_copy(arena, text), NULL, 10));
    }
    return node_new_text(arena, text);
}

/* The list or text at a path, `length` long; a list that has nothing stays empty. */
static const struct node *resized(struct arena *arena, const struct node *before, size_t length)
{
    if (!node_is(before, NODE_SEQUENCE)) {
        struct builder out = builder_new(arena);
        builder_add_repeated(&out, 'x', length);
        return node_new_text(arena, builder_slice(&out));
    }
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < length && i < LIST_LIMIT && before->count > 0; i++) {
        node_append(arena, list, before->items[i < before->count ? i : before->count - 1]);
    }
    return list;
}

/* ---- responses that the dialog asks for ---- */

struct asked {
    struct arena *arena;
    const struct comparisons *comparisons;
    struct slice status; /* "context.NAME.response.statusCode" */
    struct slice prefix; /* "context.NAME.response.body" */
    const struct node *body;
    long long code;
    struct alternatives *list;
};

/* The path inside the body that a comparison looks at; false: it looks at something else. */
static bool path_of(const struct asked *a, const struct comparison *comparison, struct slice *path)
{
    struct slice subject = comparison->subject;
    if (!slice_starts_with(subject, a->prefix.data)) {
        return false;
    }
    *path = slice_part(subject, a->prefix.length, subject.length);
    return path->length == 0 || path->data[0] == '.' || path->data[0] == '[';
}

/* The body in which a comparison for a value does not hold. */
static const struct node *without(const struct asked *a, const struct node *body,
                                  const struct comparison *comparison, struct slice path)
{
    const struct node *before = path_value(a->arena, body, path);
    struct slice value = comparison->value;
    if (comparison->kind != COMPARES_EQUAL || comparison->of_length || path.length == 0) {
        return body;
    }
    struct slice other =
        slice_is(value, "true")    ? SLICE("false")
        : slice_is(value, "false") ? SLICE("true")
        : is_whole_number(value)
            ? arena_printf(a->arena, "%lld", strtoll(arena_copy(a->arena, value), NULL, 10) + 1)
            : SLICE("something else");
    return path_put(a->arena, body, path, typed(a->arena, before, other));
}

/* The body in which no comparison for a value holds but the one with the number `chosen`. */
static const struct node *with_others_false(const struct asked *a, size_t chosen)
{
    const struct node *body = a->body;
    struct slice path;
    for (size_t i = 0; i < a->comparisons->count; i++) {
        if (i != chosen && path_of(a, &a->comparisons->items[i], &path)) {
            body = without(a, body, &a->comparisons->items[i], path);
        }
    }
    return body;
}

static void add_response(const struct asked *a, struct slice label, const struct node *body)
{
    if (body != NULL) {
        alternatives_add(a->arena, a->list, label, SLICE(""), new_answer(a->arena, a->code, body));
    }
}

static void add_compared(const struct asked *a, size_t chosen, struct slice path)
{
    const struct comparison *comparison = &a->comparisons->items[chosen];
    const struct node *others = with_others_false(a, chosen);
    const struct node *before = path_value(a->arena, others, path);
    struct slice name = path.length > 1 ? slice_part(path, 1, path.length) : SLICE("the response");
    const struct node *texts = solve_texts(a->arena, comparison);
    for (size_t i = 0; i < texts->count; i++) {
        struct slice text = texts->items[i]->text;
        size_t length = (size_t)strtoull(arena_copy(a->arena, text), NULL, 10);
        const struct node *value = comparison->of_length ? resized(a->arena, before, length)
                                                         : typed(a->arena, before, text);
        const char *form = comparison->of_length ? "the length of %.*s is %.*s" : "%.*s is %.*s";
        if (length <= LIST_LIMIT || !comparison->of_length) {
            add_response(a, arena_printf(a->arena, form, SLICE_ARG(name), SLICE_ARG(text)),
                         path_put(a->arena, others, path, value));
        }
    }
    if (comparison->kind == COMPARES_PRESENCE && path.length > 0) {
        add_response(a, arena_printf(a->arena, "%.*s is missing", SLICE_ARG(name)),
                     path_put(a->arena, others, path, NULL));
        if (before == NULL || node_is(before, NODE_BOOLEAN)) {
            bool other = before == NULL || !before->boolean;
            add_response(a, arena_printf(a->arena, "%.*s is there", SLICE_ARG(name)),
                         path_put(a->arena, others, path,
                                  before != NULL ? node_new_boolean(a->arena, other)
                                                 : node_new_text(a->arena, SLICE("something"))));
        }
    }
}

/* A status that the dialog compares with, and those beside it. */
static void add_status(const struct asked *a, const struct comparison *comparison)
{
    const struct node *texts = solve_texts(a->arena, comparison);
    for (size_t i = 0; i < texts->count; i++) {
        long long status = strtoll(texts->items[i]->text.data, NULL, 10);
        struct slice label = arena_printf(a->arena, "the status is %lld", status);
        if (status >= 200 && status < 300) {
            alternatives_add(a->arena, a->list, label, SLICE(""),
                             new_answer(a->arena, status, a->body));
        } else if (status >= 400 && status < 600) {
            alternatives_add(a->arena, a->list, label, SLICE(""),
                             error_answer(a->arena, status, "UNKNOWN_EXCEPTION"));
        }
    }
}

static void add_asked(const struct asked *a)
{
    struct slice path;
    bool any = false;
    for (size_t i = 0; i < a->comparisons->count; i++) {
        const struct comparison *comparison = &a->comparisons->items[i];
        if (path_of(a, comparison, &path)) {
            any = true;
            add_compared(a, i, path);
        } else if (slice_equal(comparison->subject, a->status) && comparison->value.length > 0) {
            add_status(a, comparison);
        }
    }
    if (any) {
        add_response(a, SLICE("nothing unusual"), with_others_false(a, (size_t)-1));
    }
}

/* ---- samples ---- */

/* Calls `add_asked` with each body of the samples that are kept with the service. */
static void add_samples(struct asked *a, const struct program_node *service)
{
    const struct node *samples = node_get(service->component, "sampleResponse");
    for (size_t i = 0; i < node_length(samples); i++) {
        struct slice text = percent_decode_text(a->arena, node_text(samples->items[i], "response"));
        const struct node *sample = json_read_quietly(a->arena, text);
        const struct node *body = node_get(sample, "body");
        const struct node *status = node_get(sample, "statusCode");
        if (body == NULL) {
            continue;
        }
        a->code = node_is(status, NODE_STRING)
                      ? strtoll(arena_copy(a->arena, status->text), NULL, 10)
                      : node_integer(status, 200);
        a->body = body;
        add_response(a, arena_printf(a->arena, "sample %zu", i + 1), body);
        if (node_is(body, NODE_MAPPING) || node_is(body, NODE_SEQUENCE)) {
            add_asked(a);
        }
    }
}

/* The same answer, with nothing in its lists. */
static void add_empty(struct alternatives *list, struct arena *arena, const struct node *body)
{
    struct node *nothing = node_copy(arena, body);
    bool had_some = false;
    for (size_t i = 0; i < body->count; i++) {
        const struct node *key = body->members[i].key;
        if (node_length(body->members[i].value) > 0) {
            had_some = true;
            node_set(arena, nothing, key->text, node_new_sequence(arena));
        } else if (slice_is(key->text, "totalSize")) {
            node_set(arena, nothing, key->text, node_new_integer(arena, 0));
        }
    }
    if (had_some) {
        alternatives_add(arena, list, SLICE("finds nothing"), SLICE(""),
                         new_answer(arena, 200, nothing));
    }
}

struct alternatives alternatives_of_response(struct arena *arena,
                                             const struct comparisons *comparisons,
                                             const struct program_node *service,
                                             const struct node *body)
{
    static const struct {
        const char *label;
        long long status;
        const char *code;
    } errors[] = {
        {"a required field is missing", 400, "REQUIRED_FIELD_MISSING"},
        {"a duplicate exists", 400, "DUPLICATES_DETECTED"},
        {"an e-mail address is rejected", 400, "INVALID_EMAIL_ADDRESS"},
        {"the lead is converted", 400, "CANNOT_UPDATE_CONVERTED_LEAD"},
        {"something else is rejected", 400, "FIELD_CUSTOM_VALIDATION_EXCEPTION"},
        {"the record is deleted", 404, "ENTITY_IS_DELETED"},
        {"no such record", 404, "NOT_FOUND"},
        {"no access", 403, "INSUFFICIENT_ACCESS"},
        {"the limit is exceeded", 403, "REQUEST_LIMIT_EXCEEDED"},
        {"the login has expired", 401, "INVALID_SESSION_ID"},
    };
    struct alternatives list = {0};
    struct node *unreachable = node_new_mapping(arena);
    node_set(arena, unreachable, SLICE("unreachable"), node_new_boolean(arena, true));
    alternatives_add(arena, &list, SLICE("cannot be reached"), SLICE(""), unreachable);
    struct node *broken = node_new_mapping(arena);
    node_set(arena, broken, SLICE("status"), node_new_integer(arena, 503));
    node_set_text(arena, broken, "text", SLICE("<html>Service Unavailable</html>"));
    alternatives_add(arena, &list, SLICE("is down"), SLICE(""), broken);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        alternatives_add(arena, &list, slice_of(errors[i].label), SLICE(""),
                         error_answer(arena, errors[i].status, errors[i].code));
    }
    struct node *twice = node_new_sequence(arena);
    node_append(arena, twice, error_answer(arena, 401, "INVALID_SESSION_ID"));
    node_append(arena, twice, error_answer(arena, 401, "INVALID_SESSION_ID"));
    alternatives_add(arena, &list, SLICE("the login expires twice"), SLICE(""), twice);
    struct asked asked = {
        .arena = arena, .comparisons = comparisons, .body = body, .code = 200, .list = &list};
    struct slice name = service->name;
    asked.status = arena_printf(arena, "context.%.*s.response.statusCode", SLICE_ARG(name));
    asked.prefix = arena_printf(arena, "context.%.*s.response.body", SLICE_ARG(name));
    if (node_is(body, NODE_MAPPING)) {
        add_empty(&list, arena, body);
        add_asked(&asked);
    }
    add_samples(&asked, service);
    return list;
}
