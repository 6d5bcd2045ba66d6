/* Gaps in words. */
#include "trial/conversation/gaps.h"

#include "base/builder.h"

struct finding_gaps {
    struct arena *arena;
    const struct program_dialog *dialog;
    const bool *nodes, *transitions;
    const struct program_node *action; /* the last bot action: members come behind theirs */
    struct gaps found;
};

/* True for the operators that ask for no particular value. */
static bool is_about_existence(struct slice operator_key)
{
    return operator_key.length == 0 || slice_is(operator_key, "exists") ||
           slice_is(operator_key, "dne");
}

/* "is at least" for "gte"; an operator of the bot's own, such as "startsWith", is called as it is.
 */
static struct slice operator_words(struct slice operator_key)
{
    static const struct {
        const char *key, *words;
    } operators[] = {
        {"eq", "is"},           {"neq", "is not"},       {"gt", "is more than"},
        {"lt", "is less than"}, {"gte", "is at least"},  {"lte", "is at most"},
        {"cnt", "contains"},    {"dne", "has no value"},
    };
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (slice_is(operator_key, operators[i].key)) {
            return slice_of(operators[i].words);
        }
    }
    return is_about_existence(operator_key) ? SLICE("has a value") : operator_key;
}

static void add_condition(struct builder *out, const struct program_dialog *dialog,
                          const struct node *test)
{
    const struct node *tests = node_get(test, "tests");
    const char *join = slice_is(node_text(test, "conjoin"), "or") ? " or " : " and ";
    for (size_t i = 0; i < node_length(tests); i++) {
        builder_add_text(out, i > 0 ? join : "");
        add_condition(out, dialog, tests->items[i]);
    }
    struct slice act = node_text(test, "dialogAct");
    if (tests != NULL) {
        return;
    }
    if (act.length > 0 || node_get(test, "intent") != NULL) {
        builder_printf(out, act.length > 0 ? "the answer is %.*s" : "another intent is recognised",
                       SLICE_ARG(act));
        return;
    }
    const struct program_node *asked = program_node(dialog, node_text(test, "field"));
    struct slice subject = asked != NULL ? asked->name : node_text(test, "context");
    const struct node *value = node_get(test, "value");
    if (slice_starts_with(subject, "context.")) {
        subject = slice_part(subject, strlen("context."), subject.length);
    }
    struct slice operator_key = node_text(test, "op");
    builder_printf(out, "`%.*s` %.*s", SLICE_ARG(subject), SLICE_ARG(operator_words(operator_key)));
    if (!is_about_existence(operator_key) && node_is(value, NODE_STRING) &&
        value->text.length > 0) {
        builder_printf(out, " %.*s", SLICE_ARG(value->text));
    }
}

struct slice gap_condition(struct arena *arena, const struct program_dialog *dialog,
                           const struct node *test)
{
    struct builder out = builder_new(arena);
    add_condition(&out, dialog, test);
    return builder_slice(&out);
}

static void add_gap(struct finding_gaps *f, const struct program_node *node,
                    const struct program_transition *transition, struct slice text)
{
    struct gaps *found = &f->found;
    found->items = arena_append(f->arena, found->items, found->count, sizeof *found->items);
    found->items[found->count++] = (struct gap){node, transition, text};
}

static const struct program_node *target_of(const struct finding_gaps *f,
                                            const struct program_transition *transition)
{
    const struct program_node *target = program_node(f->dialog, transition->target);
    for (size_t i = 0; target == NULL && f->action != NULL && i < f->action->member_count; i++) {
        const struct program_node *member = &f->action->members[i];
        target = slice_equal(member->id, transition->target) ? member : NULL;
    }
    return target;
}

static void add_transition(struct finding_gaps *f, const struct program_node *node, size_t index)
{
    const struct program_transition *transition = &node->transitions[index];
    const struct program_node *target = target_of(f, transition);
    struct slice when = SLICE("otherwise");
    if (transition->test != NULL) {
        struct slice condition = gap_condition(f->arena, f->dialog, transition->test);
        when = arena_printf(f->arena, "if %.*s", SLICE_ARG(condition));
    }
    add_gap(f, node, transition,
            arena_printf(f->arena, "never taken: from %s %.*s to %.*s, %.*s",
                         dialog_kind_step(node->kind), SLICE_ARG(node->name),
                         SLICE_ARG(target != NULL ? target->name : SLICE("the end")),
                         SLICE_ARG(when)));
}

static void look_at(void *context, const struct program_node *node)
{
    struct finding_gaps *f = context;
    f->action = node->member_count > 0 ? node : f->action;
    if (!f->nodes[node->index]) {
        add_gap(f, node, NULL,
                arena_printf(f->arena, "never entered: %s %.*s", dialog_kind_step(node->kind),
                             SLICE_ARG(node->name)));
        return;
    }
    for (size_t i = 0; i < node->transition_count; i++) {
        if (!f->transitions[node->first_transition + i]) {
            add_transition(f, node, i);
        }
    }
}

struct gaps gaps_find(struct arena *arena, const struct program_dialog *dialog, const bool *nodes,
                      const bool *transitions)
{
    struct finding_gaps finding = {arena, dialog, nodes, transitions, NULL, {0}};
    program_visit(dialog, look_at, &finding);
    return finding.found;
}
