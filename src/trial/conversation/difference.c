/* Comparing trees, with patterns in what is expected. */
#include "trial/conversation/difference.h"

#include "base/builder.h"
#include "base/composed.h"
#include "base/date.h"
#include "document/schema/regex.h"
#include "document/tree/build.h"

/* A member or an item, and what it is in. */
struct step {
    const struct step *outer;
    struct slice key;
    size_t index; /* of an item: `key` is empty */
};

struct comparer {
    struct arena *arena;
    struct difference *found;
};

static void write_path(struct builder *out, const struct step *step)
{
    if (step == NULL) {
        return;
    }
    write_path(out, step->outer);
    if (step->key.length == 0) {
        builder_printf(out, "[%zu]", step->index);
    } else {
        builder_printf(out, "%s%.*s", out->length > 0 ? "." : "", SLICE_ARG(step->key));
    }
}

/* Notes a difference; always true. */
static bool differ(struct comparer *c, enum difference_kind kind, const struct step *step,
                   const struct node *place, const struct node *actual)
{
    struct builder path = builder_new(c->arena);
    write_path(&path, step);
    *c->found = (struct difference){kind, place, actual, builder_slice(&path)};
    return true;
}

static bool is_pattern(const struct node *expected)
{
    return node_is(expected, NODE_MAPPING) && expected->count == 1 &&
           node_is(node_get(expected, "matches"), NODE_STRING);
}

static bool fits_pattern(struct arena *arena, const struct node *expected,
                         const struct node *actual)
{
    struct slice message;
    size_t offset;
    struct regex *regex = regex_compile(
        arena, composed_text(arena, node_get(expected, "matches")->text), &message, &offset);
    return regex != NULL && node_is(actual, NODE_STRING) &&
           regex_search(regex_scratch_new(arena), regex, composed_text(arena, actual->text)) ==
               REGEX_MATCH;
}

/* What counts of a member of a value of which `how` counts. */
static enum comparing comparing_member(enum comparing how, struct slice key)
{
    switch (how) {
    case COMPARE_REQUEST:
        return slice_is(key, "headers") ? COMPARE_HEADERS : COMPARE_WHOLE;
    case COMPARE_HEADERS:
    case COMPARE_WHOLE:
        return COMPARE_WHOLE;
    case COMPARE_NAMED:
    case COMPARE_MESSAGE:
        return COMPARE_NAMED;
    case COMPARE_RECORD:
        break;
    }
    return COMPARE_RECORD;
}

static const struct node *member_of(const struct node *actual, struct slice key, enum comparing how)
{
    struct member *member = node_member(actual, key);
    for (size_t i = 0; member == NULL && how == COMPARE_HEADERS && i < actual->count; i++) {
        if (slice_equal_ignoring_case(actual->members[i].key->text, key)) {
            member = &actual->members[i];
        }
    }
    return member != NULL ? member->value : NULL;
}

/* A message with buttons for a text, and the other way round. */
static const struct node *same_form(struct arena *arena, const struct node *expected,
                                    const struct node *actual, enum comparing how)
{
    bool is_text = node_is(expected, NODE_STRING) || is_pattern(expected);
    if (how != COMPARE_MESSAGE || actual == NULL) {
        return actual;
    }
    if (is_text && node_is(actual, NODE_MAPPING) && node_get(actual, "text") != NULL) {
        return node_get(actual, "text");
    }
    if (!is_text && node_is(expected, NODE_MAPPING) && node_is(actual, NODE_STRING)) {
        struct node *message = node_new_mapping(arena);
        node_set(arena, message, SLICE("text"), actual);
        return message;
    }
    return actual;
}

/* Texts are the same in Unicode's composed form. */
static bool is_same_text(struct arena *arena, const struct node *expected,
                         const struct node *actual)
{
    return node_is(expected, NODE_STRING) && node_is(actual, NODE_STRING) &&
           composed_equal(arena, expected->text, actual->text);
}

static bool is_same_time(const struct node *expected, const struct node *actual)
{
    long long a, b;
    bool a_has_time, b_has_time;
    return node_is(expected, NODE_STRING) && node_is(actual, NODE_STRING) &&
           date_read(expected->text, &a, &a_has_time) && date_read(actual->text, &b, &b_has_time) &&
           a_has_time == b_has_time && a == b;
}

static bool is_scalar(const struct node *node)
{
    return node->kind != NODE_MAPPING && node->kind != NODE_SEQUENCE;
}

static bool find(struct comparer *c, const struct step *step, const struct node *expected,
                 const struct node *actual, enum comparing how);

static bool find_in_mapping(struct comparer *c, const struct step *step,
                            const struct node *expected, const struct node *actual,
                            enum comparing how)
{
    for (size_t i = 0; i < expected->count; i++) {
        struct slice key = expected->members[i].key->text;
        struct step inner = {step, key, 0};
        if (find(c, &inner, expected->members[i].value, member_of(actual, key, how),
                 comparing_member(how, key))) {
            return true;
        }
    }
    for (size_t i = 0; how == COMPARE_WHOLE && i < actual->count; i++) {
        struct slice key = actual->members[i].key->text;
        if (node_member(expected, key) == NULL) {
            struct step inner = {step, key, 0};
            return differ(c, DIFFERENCE_SURPLUS, &inner, expected, actual->members[i].value);
        }
    }
    return false;
}

static bool find_in_list(struct comparer *c, const struct step *step, const struct node *expected,
                         const struct node *actual, enum comparing how)
{
    if (expected->count != actual->count) {
        return differ(c, DIFFERENCE_LENGTH, step, expected, actual);
    }
    for (size_t i = 0; i < expected->count; i++) {
        struct step inner = {step, SLICE(""), i};
        if (find(c, &inner, expected->items[i], actual->items[i], how)) {
            return true;
        }
    }
    return false;
}

static bool find(struct comparer *c, const struct step *step, const struct node *expected,
                 const struct node *actual, enum comparing how)
{
    actual = same_form(c->arena, expected, actual, how);
    if (actual == NULL) {
        return differ(c, DIFFERENCE_MISSING, step, expected, NULL);
    }
    if (is_pattern(expected)) {
        return !fits_pattern(c->arena, expected, actual) &&
               differ(c, DIFFERENCE_PATTERN, step, expected, actual);
    }
    if (expected->kind == NODE_MAPPING && actual->kind == NODE_MAPPING) {
        return find_in_mapping(c, step, expected, actual, how);
    }
    if (expected->kind == NODE_SEQUENCE && actual->kind == NODE_SEQUENCE) {
        return find_in_list(c, step, expected, actual, how);
    }
    if (node_equal(expected, actual) || is_same_text(c->arena, expected, actual) ||
        (how == COMPARE_RECORD && is_same_time(expected, actual))) {
        return false;
    }
    bool alike =
        is_scalar(expected) && is_scalar(actual) &&
        (expected->kind == actual->kind || (node_is_number(expected) && node_is_number(actual)));
    return differ(c, alike ? DIFFERENCE_VALUE : DIFFERENCE_TYPE, step, expected, actual);
}

bool difference_find(struct arena *arena, const struct node *expected, const struct node *actual,
                     enum comparing how, struct difference *found)
{
    struct comparer comparer = {arena, found};
    return find(&comparer, NULL, expected, actual, how);
}

static const struct node *show_mapping(struct arena *arena, const struct node *expected,
                                       const struct node *actual, enum comparing how)
{
    struct node *shown = node_new_mapping(arena);
    for (size_t i = 0; i < expected->count; i++) {
        struct slice key = expected->members[i].key->text;
        const struct node *value =
            difference_shown(arena, expected->members[i].value, member_of(actual, key, how),
                             comparing_member(how, key));
        if (value != NULL) {
            node_set(arena, shown, key, value);
        }
    }
    for (size_t i = 0; how == COMPARE_WHOLE && i < actual->count; i++) {
        if (node_member(expected, actual->members[i].key->text) == NULL) {
            node_set(arena, shown, actual->members[i].key->text, actual->members[i].value);
        }
    }
    return shown;
}

const struct node *difference_shown(struct arena *arena, const struct node *expected,
                                    const struct node *actual, enum comparing how)
{
    struct difference ignored = {0};
    if (expected == NULL || actual == NULL) {
        return actual;
    }
    if (!difference_find(arena, expected, actual, how, &ignored)) {
        return expected;
    }
    actual = same_form(arena, expected, actual, how);
    if (is_pattern(expected)) {
        return actual;
    }
    if (expected->kind == NODE_MAPPING && actual->kind == NODE_MAPPING) {
        return show_mapping(arena, expected, actual, how);
    }
    if (expected->kind != NODE_SEQUENCE || actual->kind != NODE_SEQUENCE) {
        return actual;
    }
    struct node *shown = node_new_sequence(arena);
    for (size_t i = 0; i < actual->count; i++) {
        const struct node *wanted = i < expected->count ? expected->items[i] : NULL;
        node_append(arena, shown, difference_shown(arena, wanted, actual->items[i], how));
    }
    return shown;
}
