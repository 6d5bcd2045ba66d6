/* What people, and services, may answer. */
#include <stdlib.h>

#include "trial/explore/alternatives.h"
#include "trial/simulator/answer.h"
#include "document/tree/build.h"
#include "base/percent.h"

void alternatives_add(struct arena *arena, struct alternatives *list, struct slice label,
                      struct slice text, const struct node *answer)
{
    list->items = arena_append(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = (struct alternative){label, text, answer};
}

/* Texts of many forms; those that an entity takes are good answers to it. */
static const char *const samples[] = {
    "Example",
    "2026-08-31",
    "42",
    "new.person@example.com",
    "ada@example.com",
    "+1 415 555 0100",
    "Ada Example",
    "2026-08-31 10:30",
    "10:30",
    "12345",
    "AB-1234",
    "00001001",
    "https://example.com",
    "5 kg",
    "EUR 1200",
    "2026-08-01 to 2026-08-31",
    "00Q000000000001EAA",
    "ABC123",
    "A1",
    "123-45-6789",
};

/* What people write who mean harm, or have unusual names. */
static const char *const hostile[] = {
    "O'Brien \"the\" \\ Boss",
    "a' OR Name != '",
    "</script><b>x</b>",
    "\",\"Status\":\"Closed\",\"x\":\"",
    "../../sobjects/User?x=1#y",
    "100% & more; a+b",
    "{{context.session}}",
    "${env.SECRET}",
    "\xf0\x9f\x98\x80 \xc3\xa9\xc3\xa0 \xe6\x97\xa5\xe6\x9c\xac",
};

static void add_sample(struct alternatives *list, const struct answer_context *context,
                       const struct program_node *node, const char *text)
{
    if (answer_value(context, node, slice_of(text)) != NULL) {
        alternatives_add(context->arena, list, SLICE(""), slice_of(text), NULL);
    }
}

/* Every choice, by its title. */
static void add_choices(struct alternatives *list, const struct answer_context *context,
                        const struct program_node *node)
{
    const struct node *choices = answer_choices(context, node);
    for (size_t i = 0; i < node_length(choices); i++) {
        const struct node *title = node_get(choices->items[i], "title");
        const struct node *value = node_get(choices->items[i], "value");
        const struct node *said = node_is(title, NODE_STRING) ? title : value;
        if (!node_is(said, NODE_STRING)) {
            continue;
        }
        struct slice text = percent_decode_text(context->arena, said->text);
        alternatives_add(
            context->arena, list,
            arena_printf(context->arena, "%.*s is %.*s", SLICE_ARG(node->name), SLICE_ARG(text)),
            text, NULL);
    }
}

static struct slice number_text(struct arena *arena, struct slice number, long long plus)
{
    return arena_printf(arena, "%lld", strtoll(arena_copy(arena, number), NULL, 10) + plus);
}

/* An answer of `count` characters that the entity takes: a word, an address, a number. */
static struct slice long_answer(const struct answer_context *context,
                                const struct program_node *node, long long count)
{
    static const struct {
        const char *before, *after;
        char filling;
    } forms[] = {
        {"", "", 'x'}, {"", "@example.com", 'x'}, {"https://", ".com", 'x'}, {"", "", '1'}};
    struct slice text = SLICE("");
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        long long fixed = (long long)(strlen(forms[i].before) + strlen(forms[i].after));
        struct builder out = builder_new(context->arena);
        builder_add_text(&out, forms[i].before);
        builder_add_repeated(&out, forms[i].filling,
                             count > fixed && count < 100000 ? (size_t)(count - fixed) : 1);
        builder_add_text(&out, forms[i].after);
        text = builder_slice(&out);
        if (answer_value(context, node, text) != NULL) {
            break;
        }
    }
    return text;
}

/* Values that a test of the dialog makes a difference for: equal, beside, too long, too short. */
static void add_tested(struct alternatives *list, const struct answer_context *context,
                       const struct program_dialog *dialog, const struct program_node *node,
                       const struct node *test)
{
    struct arena *arena = context->arena;
    const struct node *tests = node_get(test, "tests");
    for (size_t i = 0; i < node_length(tests); i++) {
        add_tested(list, context, dialog, node, tests->items[i]);
    }
    struct slice path = node_text(test, "context");
    struct slice value = node_text(test, "value");
    struct slice op = node_text(test, "op");
    struct slice own = arena_printf(arena, "context.entities.%.*s", SLICE_ARG(node->name));
    struct slice length = arena_printf(arena, "%.*s.length", SLICE_ARG(own));
    const struct program_node *asked = program_node(dialog, node_text(test, "field"));
    if (slice_equal(path, length) && slice_is(op, "gt")) {
        long long most = strtoll(arena_copy(arena, value), NULL, 10);
        alternatives_add(arena, list,
                         arena_printf(arena, "%.*s is too long", SLICE_ARG(node->name)),
                         long_answer(context, node, most + 1), NULL);
    } else if (slice_equal(path, length)) {
        alternatives_add(arena, list,
                         arena_printf(arena, "%.*s is too short", SLICE_ARG(node->name)),
                         SLICE("x"), NULL);
    } else if ((slice_equal(path, own) || asked == node) && value.length > 0) {
        alternatives_add(
            arena, list,
            arena_printf(arena, "%.*s is %.*s", SLICE_ARG(node->name), SLICE_ARG(value)), value,
            NULL);
        if (slice_starts_with(op, "gt") || slice_starts_with(op, "lt")) {
            alternatives_add(arena, list, SLICE(""), number_text(arena, value, 1), NULL);
            alternatives_add(arena, list, SLICE(""), number_text(arena, value, -1), NULL);
        }
    }
}

static void add_all_tested(struct alternatives *list, const struct answer_context *context,
                           const struct program_dialog *dialog, const struct program_node *node)
{
    for (size_t i = 0; i < dialog->count; i++) {
        const struct program_node *other = &dialog->nodes[i];
        for (size_t j = 0; j < other->transition_count; j++) {
            if (other->transitions[j].test != NULL) {
                add_tested(list, context, dialog, node, other->transitions[j].test);
            }
        }
    }
}

static void add_entity(struct alternatives *list, const struct answer_context *context,
                       const struct program_dialog *dialog, const struct program_node *node,
                       const struct node *ids)
{
    add_choices(list, context, node);
    for (size_t i = 0; i < node_length(ids); i++) {
        bool takes_ids = answer_reading(node) == READ_PATTERN;
        if (takes_ids && answer_value(context, node, ids->items[i]->text) != NULL) {
            alternatives_add(context->arena, list, SLICE(""), ids->items[i]->text, NULL);
        }
    }
    bool is_email = answer_reading(node) == READ_EMAIL;
    size_t wanted = list->count > 0 ? 0 : is_email ? 2 : 1; /* a new address, and a known one */
    for (size_t i = 0; i < sizeof samples / sizeof samples[0] && list->count < wanted; i++) {
        add_sample(list, context, node, samples[i]);
    }
    add_all_tested(list, context, dialog, node);
    alternatives_add(context->arena, list,
                     arena_printf(context->arena, "%.*s is not understood", SLICE_ARG(node->name)),
                     SLICE("?"), NULL);
    alternatives_add(context->arena, list,
                     arena_printf(context->arena, "%.*s is skipped", SLICE_ARG(node->name)),
                     SLICE(""), NULL);
}

struct alternatives alternatives_of_question(struct arena *arena, struct simulator *simulator,
                                             const struct program_dialog *dialog,
                                             const struct node *ids, bool with_hostile)
{
    struct alternatives list = {0};
    const struct program_node *node = simulator->waiting;
    struct answer_context context = {arena, simulator->engine, simulator->locale, simulator->now};
    if (node->kind == DIALOG_CONFIRM) {
        struct slice name = node->name;
        alternatives_add(arena, &list, SLICE(""), SLICE("yes"), NULL);
        alternatives_add(arena, &list, arena_printf(arena, "%.*s: no", SLICE_ARG(name)),
                         SLICE("no"), NULL);
        alternatives_add(arena, &list, arena_printf(arena, "%.*s: neither", SLICE_ARG(name)),
                         SLICE("perhaps"), NULL);
    } else if (node->kind == DIALOG_FORM) {
        alternatives_add(arena, &list, SLICE(""), SLICE("{}"), NULL);
    } else {
        add_entity(&list, &context, dialog, node, ids);
    }
    for (size_t i = 0; with_hostile && i < sizeof hostile / sizeof hostile[0]; i++) {
        alternatives_add(arena, &list, SLICE("hostile"), slice_of(hostile[i]), NULL);
    }
    return list;
}

/* ---- services ---- */

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

/* ---- answers that the dialog tests ---- */

/* A test of the answer of a service: the path in its body, and what it is compared with. */
struct body_test {
    struct slice path, op, value;
};

struct body_tests {
    struct arena *arena;
    struct slice prefix; /* "context.NAME.response.body." */
    struct body_test *items;
    size_t count;
};

static void add_body_test(struct body_tests *tests, const struct node *test)
{
    const struct node *inner = node_get(test, "tests");
    for (size_t i = 0; i < node_length(inner); i++) {
        add_body_test(tests, inner->items[i]);
    }
    struct slice path = node_text(test, "context");
    if (path.length <= tests->prefix.length ||
        !slice_equal(slice_part(path, 0, tests->prefix.length), tests->prefix)) {
        return;
    }
    struct body_test own = {slice_part(path, tests->prefix.length, path.length),
                            node_text(test, "op"), node_text(test, "value")};
    for (size_t i = 0; i < tests->count; i++) {
        if (slice_equal(tests->items[i].path, own.path) &&
            slice_equal(tests->items[i].value, own.value)) {
            return;
        }
    }
    tests->items = arena_append(tests->arena, tests->items, tests->count, sizeof *tests->items);
    tests->items[tests->count++] = own;
}

static void collect_body_tests(void *context, const struct program_node *node)
{
    for (size_t i = 0; i < node->transition_count; i++) {
        if (node->transitions[i].test != NULL) {
            add_body_test(context, node->transitions[i].test);
        }
    }
}

static bool is_number(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.length > 0;
}

/* A value for which the test holds, or does not; NULL: none at all. */
static const struct node *value_for(struct arena *arena, const struct body_test *test, bool holds)
{
    struct slice op = test->op;
    bool is_boolean = slice_is(test->value, "true") || slice_is(test->value, "false");
    bool absence = slice_is(op, "dne") || slice_is(op, "neq");
    if (op.length == 0 || slice_is(op, "dne") || slice_is(op, "exists")) {
        return holds == absence ? NULL : node_new_text(arena, SLICE("something"));
    }
    bool equal = holds != slice_is(op, "neq");
    if (is_boolean) {
        return node_new_boolean(arena, slice_is(test->value, "true") == equal);
    }
    if (is_number(test->value)) {
        long long number = strtoll(arena_copy(arena, test->value), NULL, 10);
        long long step = slice_is(op, "gt") ? 1 : slice_is(op, "lt") ? -1 : 0;
        long long other = slice_starts_with(op, "g") ? number - 1 : number + 1;
        return node_new_integer(arena, equal ? number + step : other);
    }
    return node_new_text(arena, equal ? test->value : SLICE("something else"));
}

/* Sets what is at a path of names between dots; lists and their lengths are left alone. */
static void set_at(struct arena *arena, struct node *object, struct slice path,
                   const struct node *value)
{
    size_t dot = slice_find(path, ".", 0);
    struct slice name = slice_part(path, 0, dot < path.length ? dot : path.length);
    if (slice_find(path, "[", 0) < path.length || slice_ends_with(path, ".length")) {
        return;
    }
    if (dot < path.length) {
        struct member *member = node_member(object, name);
        struct node *inner = member != NULL && node_is(member->value, NODE_MAPPING)
                                 ? node_copy(arena, member->value)
                                 : node_new_mapping(arena);
        set_at(arena, inner, slice_part(path, dot + 1, path.length), value);
        node_set(arena, object, name, inner);
    } else if (value != NULL) {
        node_set(arena, object, name, value);
    } else {
        node_remove(object, name);
    }
}

/* The answer for which the test number `chosen` holds, and no other does. */
static const struct node *answer_for(const struct body_tests *tests, size_t chosen,
                                     const struct node *body)
{
    struct arena *arena = tests->arena;
    struct node *object = node_copy(arena, body);
    for (size_t i = 0; i < tests->count; i++) {
        if (i != chosen) {
            set_at(arena, object, tests->items[i].path, value_for(arena, &tests->items[i], false));
        }
    }
    if (chosen < tests->count) {
        set_at(arena, object, tests->items[chosen].path,
               value_for(arena, &tests->items[chosen], true));
    }
    struct node *answer = node_new_mapping(arena);
    node_set(arena, answer, SLICE("status"), node_new_integer(arena, 200));
    node_set(arena, answer, SLICE("body"), object);
    return answer;
}

static void add_tested_answers(struct alternatives *list, struct arena *arena,
                               const struct program_dialog *dialog, struct slice service,
                               const struct node *body)
{
    struct body_tests tests = {.arena = arena};
    tests.prefix = arena_printf(arena, "context.%.*s.response.body.", SLICE_ARG(service));
    program_visit(dialog, collect_body_tests, &tests);
    for (size_t i = 0; tests.count > 0 && i <= tests.count; i++) {
        struct slice label = SLICE("nothing unusual");
        if (i < tests.count) {
            const struct body_test *test = &tests.items[i];
            label = arena_printf(arena, "%.*s %.*s %.*s", SLICE_ARG(test->path),
                                 SLICE_ARG(test->op.length > 0 ? test->op : SLICE("exists")),
                                 SLICE_ARG(test->value));
        }
        alternatives_add(arena, list, slice_trim(label), SLICE(""), answer_for(&tests, i, body));
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
    struct node *answer = node_new_mapping(arena);
    node_set(arena, answer, SLICE("status"), node_new_integer(arena, 200));
    node_set(arena, answer, SLICE("body"), nothing);
    if (had_some) {
        alternatives_add(arena, list, SLICE("finds nothing"), SLICE(""), answer);
    }
}

struct alternatives alternatives_of_response(struct arena *arena,
                                             const struct program_dialog *dialog,
                                             struct slice service, const struct node *body)
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
    if (node_is(body, NODE_MAPPING)) {
        add_empty(&list, arena, body);
        add_tested_answers(&list, arena, dialog, service, body);
    }
    return list;
}

/* ---- the first utterance ---- */

struct alternatives alternatives_of_utterance(struct arena *arena,
                                              const struct program_dialog *dialog)
{
    struct alternatives list = {0};
    const struct node *sentences = bot_section(dialog->bot, "sentences");
    struct slice intent =
        dialog->count > 0 ? node_text(dialog->nodes[0].stub, "componentId") : SLICE("");
    bool plain = false;
    size_t marked = 0;
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        size_t marks = node_length(node_get(sentence, "entities"));
        if (!slice_equal(node_text(sentence, "taskId"), intent)) {
            continue;
        }
        if (marks == 0 && !plain) {
            plain = true;
            struct alternatives first = {0};
            alternatives_add(arena, &first, SLICE(""), node_text(sentence, "sentence"), NULL);
            for (size_t j = 0; j < list.count; j++) {
                alternatives_add(arena, &first, list.items[j].label, list.items[j].text, NULL);
            }
            list = first;
        } else if (marks > 0 && marked++ < 4) {
            alternatives_add(arena, &list, SLICE("everything is said at once"),
                             node_text(sentence, "sentence"), NULL);
        }
    }
    if (list.count == 0) {
        alternatives_add(arena, &list, SLICE(""), dialog->name, NULL);
    }
    return list;
}
