/*
 * The tests of transitions, by the documented operators: exists, does not exist, equal to, not
 * equal to, greater than (or equal to), less than (or equal to), contains.
 */
#include "trial/simulator/substitute.h"
#include "trial/simulator/transition.h"
#include "document/tree/decimal.h"

/* The number in a value: a number, or text that is one as JSON writes it; empty: none. */
static struct slice number_of(const struct node *value)
{
    if (node_is_number(value)) {
        return value->text;
    }
    if (!node_is(value, NODE_STRING)) {
        return SLICE("");
    }
    struct slice text = value->text;
    size_t at = text.length > 0 && text.data[0] == '-';
    size_t digits = 0;
    bool point = false;
    for (; at < text.length; at++) {
        if (text.data[at] == '.' && !point && digits > 0) {
            point = true;
        } else if (text.data[at] >= '0' && text.data[at] <= '9') {
            digits++;
        } else {
            return SLICE("");
        }
    }
    return digits > 0 && text.data[text.length - 1] != '.' ? text : SLICE("");
}

static struct slice text_of(struct arena *arena, const struct node *value)
{
    struct builder out = builder_new(arena);
    substitute_value(&out, value);
    return builder_slice(&out);
}

/* Numbers by their value, everything else as text. */
static int compare(struct arena *arena, const struct node *value, const struct node *other)
{
    struct slice a = number_of(value);
    struct slice b = number_of(other);
    if (a.length > 0 && b.length > 0) {
        return decimal_compare(a, b);
    }
    return slice_compare(text_of(arena, value), text_of(arena, other));
}

static bool has_value(const struct node *value)
{
    return value != NULL && value->kind != NODE_NULL &&
           !(value->kind == NODE_STRING && value->text.length == 0) &&
           !(value->kind == NODE_SEQUENCE && value->count == 0);
}

static bool contains(struct arena *arena, const struct node *value, const struct node *other)
{
    if (node_is(value, NODE_SEQUENCE)) {
        for (size_t i = 0; i < value->count; i++) {
            if (compare(arena, value->items[i], other) == 0) {
                return true;
            }
        }
        return false;
    }
    struct slice needle = text_of(arena, other);
    return has_value(value) &&
           slice_find(text_of(arena, value), arena_copy(arena, needle), 0) != (size_t)-1;
}

/* What a test compares with: the text itself, or the variable that it names. */
static const struct node *operand_of(const struct transition_context *context,
                                     const struct node *value)
{
    if (!node_is(value, NODE_STRING)) {
        return value;
    }
    struct slice text = value->text;
    bool braces = slice_starts_with(text, "{{") && slice_ends_with(text, "}}");
    struct slice path = braces ? slice_trim(slice_part(text, 2, text.length - 2)) : text;
    if (slice_starts_with(path, "context.") || slice_starts_with(path, "env.") ||
        slice_starts_with(path, "content.")) {
        return script_get(context->engine, context->arena, path);
    }
    return value;
}

struct slice transition_variable(struct arena *arena, struct slice path)
{
    static const char *const scopes[] = {"context", "env", "content"};
    path = slice_trim(path);
    if (slice_starts_with(path, "{{") && slice_ends_with(path, "}}")) {
        path = slice_trim(slice_part(path, 2, path.length - 2));
    }
    size_t end = 0;
    while (end < path.length && strchr(".[", path.data[end]) == NULL) {
        end++;
    }
    bool has_scope = path.length == 0;
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        has_scope = has_scope || slice_is(slice_part(path, 0, end), scopes[i]);
    }
    return has_scope ? path : arena_printf(arena, "context.%.*s", SLICE_ARG(path));
}

static const struct node *variable_of(const struct transition_context *context, struct slice path)
{
    path = transition_variable(context->arena, path);
    return path.length > 0 ? script_get(context->engine, context->arena, path) : NULL;
}

static const struct node *subject_of(const struct transition_context *context,
                                     const struct node *test)
{
    struct slice field = node_text(test, "field");
    if (field.length == 0) {
        return variable_of(context, node_text(test, "context"));
    }
    const struct program_node *node = program_node(context->dialog, field);
    return node != NULL ? script_get_member(context->engine, context->arena,
                                            SLICE("context.entities"), node->name)
                        : NULL;
}

static bool test_holds(const struct transition_context *context, const struct node *test)
{
    const struct node *value = subject_of(context, test);
    const struct node *other = operand_of(context, node_get(test, "value"));
    struct slice op = node_text(test, "op");
    if (node_text(test, "field").length == 0 && node_text(test, "context").length == 0) {
        return false; /* nobody has filled it in */
    }
    if (op.length == 0 || slice_is(op, "exists")) {
        return has_value(value);
    }
    if (slice_is(op, "dne")) {
        return !has_value(value);
    }
    if (slice_is(op, "cnt")) {
        return contains(context->arena, value, other);
    }
    if (slice_is(op, "neq")) {
        return value == NULL || compare(context->arena, value, other) != 0;
    }
    if (!has_value(value)) {
        return slice_is(op, "eq") && value != NULL && compare(context->arena, value, other) == 0;
    }
    int order = compare(context->arena, value, other);
    return (slice_is(op, "eq") && order == 0) || (slice_is(op, "gt") && order > 0) ||
           (slice_is(op, "gte") && order >= 0) || (slice_is(op, "lt") && order < 0) ||
           (slice_is(op, "lte") && order <= 0);
}

bool transition_holds(const struct transition_context *context, const struct node *test)
{
    const struct node *tests = node_get(test, "tests");
    if (tests != NULL) {
        bool any = slice_is(node_text(test, "conjoin"), "or");
        for (size_t i = 0; i < node_length(tests); i++) {
            if (transition_holds(context, tests->items[i]) == any) {
                return any;
            }
        }
        return !any;
    }
    if (node_get(test, "dialogAct") != NULL) {
        return context->confirmation.length > 0 &&
               slice_equal(node_text(test, "dialogAct"), context->confirmation);
    }
    if (node_get(test, "intent") != NULL) {
        return false; /* no other intent is ever recognised here */
    }
    return test_holds(context, test);
}
