/* Conditions of transitions in the language's words. */
#include "base/ascii.h"
#include "base/builder.h"
#include "platform/artifact/equivalence.h"
#include "platform/import/flow.h"

/* A value between quotes where it needs them; false when it has both kinds. */
static bool add_value(struct builder *out, struct slice value)
{
    bool bare = value.length > 0 && !slice_is(value, "and") && !slice_is(value, "or");
    for (size_t i = 0; bare && i < value.length; i++) {
        char c = value.data[i];
        bare = ascii_is_word(c) || c == '.' || c == '-';
    }
    if (bare) {
        builder_add(out, value);
        return true;
    }
    bool single = slice_find(value, "'", 0) != SIZE_MAX;
    if (single && slice_find(value, "\"", 0) != SIZE_MAX) {
        return false;
    }
    builder_printf(out, "%c%.*s%c", single ? '"' : '\'', SLICE_ARG(value), single ? '"' : '\'');
    return true;
}

/* context.session.BotUserSession.name */
static bool is_context_path(struct slice path)
{
    if (!slice_starts_with(path, "context.") || path.length > 500) {
        return false;
    }
    bool start = false;
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i];
        bool word = ascii_is_word(c) && !(start && ascii_is_digit(c));
        if (!word && (start || c != '.')) {
            return false;
        }
        start = c == '.';
    }
    return !start;
}

/* What the context path is called in the language. */
static struct slice reference_of_path(struct flow_writer *w, struct slice path)
{
    static const char status[] = ".response.statusCode";
    struct slice inside = slice_part(path, strlen("context."), path.length);
    if (!slice_ends_with(inside, status)) {
        return path;
    }
    struct slice name = slice_part(inside, 0, inside.length - strlen(status));
    const struct node *services = node_get(w->d->root, "services");
    return node_member(services, name) != NULL
               ? arena_printf(w->arena, "%.*s.status", SLICE_ARG(name))
               : path;
}

struct slice flow_reference(struct flow_writer *w, const struct node *test)
{
    struct slice field = node_text(test, "field");
    const struct import_node *asked = field.length > 0 ? map_get(&w->d->by_node_id, field) : NULL;
    if (node_text(test, "intent").length > 0) {
        return SLICE("intent");
    }
    if (asked != NULL) {
        return asked->kind == DIALOG_ENTITY ? asked->name : SLICE("");
    }
    struct slice path = node_text(test, "context");
    if (path.length > 0 && !slice_starts_with(path, "context.")) {
        path = arena_printf(w->arena, "context.%.*s", SLICE_ARG(path)); /* as the platform does */
    }
    return is_context_path(path) ? reference_of_path(w, path) : SLICE("");
}

static const struct {
    const char *name;
    const char *text;
    bool has_value;
} operators[] = {
    {"eq", "==", true},  {"neq", "!=", true}, {"gt", ">", true},         {"lt", "<", true},
    {"lte", "<=", true}, {"gte", ">=", true}, {"cnt", "contains", true}, {"dne", "missing", false},
};

/* Appends `${name} == value`; false when the language cannot say the test. */
static bool add_test(struct flow_writer *w, struct builder *out, const struct node *test)
{
    struct slice reference = flow_reference(w, test);
    const struct node *op = node_get(test, "op");
    if (reference.length == 0) {
        return false;
    }
    builder_printf(out, "${%.*s} ", SLICE_ARG(reference));
    struct slice intent = node_text(test, "intent");
    if (intent.length > 0) {
        builder_add_text(out, "== ");
        return node_text(test, "op").length == 0 && add_value(out, intent);
    }
    /* no operator, or one that is empty: it has a value */
    if (op == NULL || (node_is(op, NODE_STRING) && op->text.length == 0)) {
        builder_add_text(out, "exists");
        return true;
    }
    const struct node *value = node_get(test, "value");
    bool has_value = node_is(value, NODE_STRING);
    if (!node_is(op, NODE_STRING)) {
        return false;
    }
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (slice_is(op->text, operators[i].name)) {
            builder_add_text(out, operators[i].text);
            builder_add_text(out, operators[i].has_value ? " " : "");
            return !operators[i].has_value || (has_value && add_value(out, value->text));
        }
    }
    if (!has_value || !slice_equal(import_name(w->arena, op->text, ""), op->text)) {
        return false; /* not one word */
    }
    builder_printf(out, "[%.*s] ", SLICE_ARG(op->text));
    return add_value(out, value->text);
}

struct slice flow_condition(struct flow_writer *w, const struct node *condition)
{
    struct builder out = builder_new(w->arena);
    const struct node *tests = node_get(condition, "tests");
    struct slice conjoin = node_text(condition, "conjoin");
    if (artifact_is_unfilled(condition)) {
        return SLICE("never");
    }
    bool known = tests != NULL ? (slice_is(conjoin, "and") || slice_is(conjoin, "or")) &&
                                     node_length(tests) > 1
                               : add_test(w, &out, condition);
    for (size_t i = 0; known && i < node_length(tests); i++) {
        if (i > 0) {
            builder_printf(&out, " %.*s ", SLICE_ARG(conjoin));
        }
        known = add_test(w, &out, tests->items[i]);
    }
    return known ? arena_slice(w->arena, builder_slice(&out)) : SLICE(NEVER);
}
