/* What was expected of a conversation against what was, in words for the author of the test. */
#include <string.h>

#include "document/tree/build.h"
#include "document/yaml/writer.h"
#include "trial/conversation/difference.h"
#include "trial/conversation/parts.h"

/* ---- failures ---- */

static struct slice write_yaml(struct arena *arena, const char *key, const struct node *value)
{
    struct builder out = builder_new(arena);
    struct node *mapping = node_new_mapping(arena);
    if (value == NULL) {
        return SLICE("");
    }
    node_set(arena, mapping, slice_of(key), value);
    yaml_write_members(&out, mapping, 0, NULL);
    return builder_slice(&out);
}

void comparison_add(struct comparison *c, const struct node *place, struct slice expected,
                    struct slice actual, struct slice what, struct slice help)
{
    struct arena *arena = c->conversation->arena;
    struct conversation_result *result = c->result;
    if (c->turn > 0) {
        what = arena_printf(arena, "turn %zu: %.*s", c->turn, SLICE_ARG(what));
    }
    if (help.length == 0 && c->turn > 0) {
        help = c->refused;
    } else if (help.length == 0 && c->refused_yet.length > 0) {
        help = arena_printf(arena, "in turn %zu, %.*s", c->refused_turn, SLICE_ARG(c->refused_yet));
    }
    result->failures =
        arena_append(arena, result->failures, result->failure_count, sizeof *result->failures);
    result->failures[result->failure_count++] =
        (struct conversation_failure){place, what, expected, actual, help};
}

/* ---- the way out ---- */

/* The text with a backslash before what has a meaning in a regular expression. */
static struct slice escape_pattern(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text.length; i++) {
        if (strchr("\\^$.|?*+()[]{}", text.data[i]) != NULL && text.data[i] != '\0') {
            builder_add_char(&out, '\\');
        }
        builder_add_char(&out, text.data[i]);
    }
    return builder_slice(&out);
}

/* What is easily overlooked in the difference of two texts. */
static struct slice explain_text(struct arena *arena, struct slice expected, struct slice actual)
{
    if (slice_equal_ignoring_case(expected, actual)) {
        return SLICE("only the letter case is different");
    }
    return slice_equal(slice_trim(expected), slice_trim(actual))
               ? SLICE("only spaces at the ends are different")
           : slice_find_slice(actual, expected, 0) < actual.length
               ? arena_printf(arena, "the whole text is compared; `{matches: …}` looks for a part")
               : SLICE("");
}

static struct slice explain(struct arena *arena, const struct difference *d)
{
    bool texts = node_is(d->actual, NODE_STRING);
    switch (d->kind) {
    case DIFFERENCE_PATTERN: {
        struct slice pattern = node_get(d->place, "matches")->text;
        bool literal = texts && pattern.length > 0 &&
                       slice_find_slice(d->actual->text, pattern, 0) < d->actual->text.length;
        return literal ? arena_printf(arena,
                                      "in a regular expression some characters need a backslash: "
                                      "`{matches: '%.*s'}`",
                                      SLICE_ARG(escape_pattern(arena, pattern)))
                       : SLICE("");
    }
    case DIFFERENCE_VALUE:
        return texts && node_is(d->place, NODE_STRING)
                   ? explain_text(arena, d->place->text, d->actual->text)
                   : SLICE("");
    case DIFFERENCE_TYPE:
        return arena_printf(arena, "%s was expected, but it is %s", node_kind_name(d->place->kind),
                            node_kind_name(d->actual->kind));
    case DIFFERENCE_LENGTH:
    case DIFFERENCE_MISSING:
    case DIFFERENCE_SURPLUS:
        break;
    }
    return SLICE("");
}

/* "`body.Company` of request 1 is different" */
static struct slice describe(struct arena *arena, const struct difference *d, struct slice item)
{
    struct slice of = arena_printf(arena, "`%.*s` of %.*s", SLICE_ARG(d->path), SLICE_ARG(item));
    struct slice who = d->path.length > 0 ? of : item;
    switch (d->kind) {
    case DIFFERENCE_VALUE:
    case DIFFERENCE_TYPE:
        break;
    case DIFFERENCE_PATTERN:
        return arena_printf(arena, "%.*s does not match", SLICE_ARG(who));
    case DIFFERENCE_LENGTH:
        return arena_printf(arena, "%.*s has %u item%s, not %u", SLICE_ARG(who), d->actual->count,
                            plural(d->actual->count), d->place->count);
    case DIFFERENCE_MISSING:
        return arena_printf(arena, "%.*s has no `%.*s`", SLICE_ARG(item), SLICE_ARG(d->path));
    case DIFFERENCE_SURPLUS:
        return arena_printf(arena, "%.*s has a `%.*s` that is not expected", SLICE_ARG(item),
                            SLICE_ARG(d->path));
    }
    return arena_printf(arena, "%.*s is different", SLICE_ARG(who));
}

/* ---- lists ---- */

/* What the items of a list are called. */
struct list_words {
    const char *key;  /* in files */
    const char *noun; /* "request" */
    const char *verb; /* "the dialog sends": before their number */
    enum comparing how;
};

/* "the bot says 1 message, but 2 are expected" */
static struct slice count_words(struct arena *arena, const struct list_words *words,
                                size_t expected, size_t actual)
{
    struct slice was = actual == 0
                           ? arena_printf(arena, "no %s", words->noun)
                           : arena_printf(arena, "%zu %s%s", actual, words->noun, plural(actual));
    struct slice wanted = expected == 0 ? SLICE("none") : arena_printf(arena, "%zu", expected);
    return arena_printf(arena, "%s %.*s, but %.*s %s expected", words->verb, SLICE_ARG(was),
                        SLICE_ARG(wanted), expected == 1 || expected == 0 ? "is" : "are");
}

static struct slice item_words(struct arena *arena, const struct list_words *words,
                               const struct node *item, size_t index, size_t count)
{
    struct slice service = node_text(item, "service");
    if (service.length > 0) {
        return arena_printf(arena, "%s %zu (`%.*s`)", words->noun, index + 1, SLICE_ARG(service));
    }
    return count == 1 ? arena_printf(arena, "the %s", words->noun)
                      : arena_printf(arena, "%s %zu", words->noun, index + 1);
}

static const struct node *mask(struct arena *arena, const struct node *shown)
{
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(shown); i++) {
        const struct node *item = shown->items[i];
        const struct node *headers = node_get(item, "headers");
        if (node_is(headers, NODE_MAPPING)) {
            struct node *copy = node_copy(arena, item);
            node_set(arena, copy, SLICE("headers"), happened_mask_headers(arena, headers));
            item = copy;
        }
        node_append(arena, list, item);
    }
    return list;
}

static void compare_list(struct comparison *c, const struct node *expected,
                         const struct node *actual, const struct list_words *words)
{
    struct arena *arena = c->conversation->arena;
    struct difference d;
    const struct node *place = expected;
    struct slice what = SLICE(""), help = SLICE("");
    if (expected->count != actual->count) {
        what = count_words(arena, words, expected->count, actual->count);
        place = expected->count > actual->count ? expected->items[actual->count] : expected;
    }
    for (size_t i = 0; i < expected->count && i < actual->count; i++) {
        if (difference_find(arena, expected->items[i], actual->items[i], words->how, &d)) {
            struct slice item = item_words(arena, words, actual->items[i], i, expected->count);
            help = explain(arena, &d);
            if (what.length == 0) {
                what = describe(arena, &d, item);
                place = d.place;
            }
            break;
        }
    }
    if (what.length > 0) {
        const struct node *shown =
            mask(arena, difference_shown(arena, expected, actual, words->how));
        comparison_add(c, place, write_yaml(arena, words->key, expected),
                       write_yaml(arena, words->key, shown), what, help);
    }
}

/* A message and a list of that one message are the same. */
static const struct node *wrap_in_list(struct arena *arena, const struct node *value)
{
    if (node_is(value, NODE_SEQUENCE)) {
        return value;
    }
    struct node *list = node_new_sequence(arena);
    list->source = value->source;
    list->range = value->range;
    node_append(arena, list, value);
    return list;
}

/* ---- a turn ---- */

/* Answers that no call has asked for: the conversation does not show what it was written for. */
static void compare_answers(struct comparison *c, const struct node *answers)
{
    struct arena *arena = c->conversation->arena;
    for (size_t i = 0; node_is(answers, NODE_MAPPING) && i < answers->count; i++) {
        const struct node *key = answers->members[i].key;
        const struct node *given = answers->members[i].value;
        size_t calls = happened_call_count(c->conversation, key->text);
        size_t count = node_is(given, NODE_SEQUENCE) ? given->count : 1;
        if (calls == 0) {
            comparison_add(c, key, SLICE(""), SLICE(""),
                           arena_printf(arena,
                                        "`%.*s` is not called in this turn, so its answer "
                                        "is not used",
                                        SLICE_ARG(key->text)),
                           c->refused.length > 0
                               ? SLICE("")
                               : SLICE("move the answer to the turn that leads to the call, or "
                                       "remove it"));
        } else if (calls < count) {
            struct slice often =
                calls == 1 ? SLICE("once") : arena_printf(arena, "%zu times", calls);
            comparison_add(c, given->items[calls], SLICE(""), SLICE(""),
                           arena_printf(arena,
                                        "`%.*s` is called %.*s in this turn, but has %zu "
                                        "answers",
                                        SLICE_ARG(key->text), SLICE_ARG(often), count),
                           SLICE("remove the answers that are too many"));
        }
    }
}

static void compare_problems(struct comparison *c, const struct node *turn,
                             const struct node *actual)
{
    static const struct list_words words = {"problems", "problem", "the dialog has", COMPARE_NAMED};
    struct arena *arena = c->conversation->arena;
    const struct node *expected = node_get(turn, "problems");
    if (expected != NULL) {
        compare_list(c, expected, actual, &words);
    } else if (actual->count > 0) {
        comparison_add(c, turn, SLICE(""), write_yaml(arena, "problems", actual),
                       SLICE("a problem in the dialog"),
                       SLICE("if it is right, name it under `problems`"));
    }
}

void compare_turn(struct comparison *c, const struct node *turn)
{
    static const struct list_words request_words = {"requests", "request", "the dialog sends",
                                                    COMPARE_REQUEST};
    static const struct list_words message_words = {"bot", "message", "the bot says",
                                                    COMPARE_MESSAGE};
    struct arena *arena = c->conversation->arena;
    struct turn_lists lists = happened_in_turn(c->conversation);
    const struct node *requests = node_get(turn, "requests");
    const struct node *bot = node_get(turn, "bot");
    compare_answers(c, node_get(turn, "answers"));
    if (requests != NULL) {
        compare_list(c, requests, lists.requests, &request_words);
    }
    if (bot != NULL) {
        compare_list(c, wrap_in_list(arena, bot), lists.messages, &message_words);
    }
    compare_problems(c, turn, lists.problems);
}

/* ---- the end ---- */

/* "it ends at `done`", "it waits for an answer to `rating`" */
static struct slice end_words(struct arena *arena, const struct simulator *s,
                              const struct event *end)
{
    if (end != NULL) {
        struct slice name = end->node != NULL ? end->node->name : SLICE("");
        return end->text.length > 0 ? arena_printf(arena, "it ends at `%.*s`: %.*s",
                                                   SLICE_ARG(name), SLICE_ARG(end->text))
                                    : arena_printf(arena, "it ends at `%.*s`", SLICE_ARG(name));
    }
    return s->waiting != NULL ? arena_printf(arena, "it waits for an answer to `%.*s`",
                                             SLICE_ARG(s->waiting->name))
                              : SLICE("it has not begun");
}

static void compare_stop(struct comparison *c, const char *key, const struct node *expected)
{
    struct arena *arena = c->conversation->arena;
    const struct simulator *s = c->conversation->simulator;
    const struct event *end = happened_end(s);
    const struct node *stop = end != NULL          ? happened_end_node(arena, end)
                              : s->waiting != NULL ? node_new_text(arena, s->waiting->name)
                                                   : NULL;
    bool wants_end = strcmp(key, "ends") == 0;
    struct difference ignored;
    if ((end != NULL) == wants_end && stop != NULL &&
        !difference_find(arena, expected, stop, COMPARE_WHOLE, &ignored)) {
        return;
    }
    struct slice name =
        node_is(expected, NODE_MAPPING) ? node_text(expected, "node") : expected->text;
    struct slice was = end_words(arena, s, end);
    struct slice what =
        wants_end ? arena_printf(arena, "the dialog does not end at `%.*s`; %.*s", SLICE_ARG(name),
                                 SLICE_ARG(was))
                  : arena_printf(arena, "the dialog does not wait for an answer to `%.*s`; %.*s",
                                 SLICE_ARG(name), SLICE_ARG(was));
    if (wants_end && end != NULL && end->node != NULL && slice_equal(end->node->name, name)) {
        what = end->text.length > 0
                   ? arena_printf(arena, "the dialog ends at `%.*s` for another reason: %.*s",
                                  SLICE_ARG(name), SLICE_ARG(end->text))
                   : arena_printf(arena,
                                  "the dialog ends at `%.*s` as its flow says, for no "
                                  "other reason",
                                  SLICE_ARG(name));
    }
    comparison_add(c, expected, write_yaml(arena, key, expected),
                   write_yaml(arena, end != NULL ? "ends" : "asks", stop), what, SLICE(""));
}

static void compare_records(struct comparison *c, struct slice object, const struct node *expected)
{
    struct arena *arena = c->conversation->arena;
    const char *key = arena_copy(arena, object);
    struct list_words words = {key, arena_printf(arena, "%.*s record", SLICE_ARG(object)).data,
                               "at the end, the organisation has", COMPARE_RECORD};
    const struct node *actual = organisation_records(c->conversation->organisation, object);
    struct node *shown = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(actual); i++) {
        node_append(arena, shown,
                    i < expected->count
                        ? actual->items[i]
                        : record_shown_fields(c->conversation, object, actual->items[i]));
    }
    compare_list(c, expected, shown, &words);
}

void compare_end(struct comparison *c, const struct node *one)
{
    const struct node *records = node_get(one, "records");
    c->turn = 0;
    if (node_get(one, "ends") != NULL) {
        compare_stop(c, "ends", node_get(one, "ends"));
    }
    if (node_get(one, "asks") != NULL) {
        compare_stop(c, "asks", node_get(one, "asks"));
    }
    for (size_t i = 0; node_is(records, NODE_MAPPING) && i < records->count; i++) {
        compare_records(c, records->members[i].key->text, records->members[i].value);
    }
}
