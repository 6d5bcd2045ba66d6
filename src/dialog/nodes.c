/* The dialog while it grows: its nodes, their members and transitions, its profiles. */
#include "dialog/lowering.h"

struct occurrence {
    size_t count;
};

/* How often a node of this kind and name has been made before. */
size_t lowering_count(struct lowering *l, const char *kind, struct slice name)
{
    struct slice key = arena_printf(l->arena, "%s/%.*s", kind, SLICE_ARG(name));
    struct occurrence *fresh = arena_alloc(l->arena, sizeof *fresh);
    struct occurrence *known = map_add(&l->occurrences, key, fresh);
    struct occurrence *occurrence = known != NULL ? known : fresh;
    return occurrence->count++;
}

static struct slice number_name(struct arena *arena, struct slice name, size_t occurrence)
{
    return occurrence == 0 ? name : arena_printf(arena, "%.*s%zu", SLICE_ARG(name), occurrence + 1);
}

size_t lowering_add_node(struct lowering *l, enum dialog_kind kind, struct slice name)
{
    struct dialog *dialog = l->dialog;
    if (dialog->count == l->capacity) {
        size_t bigger = l->capacity == 0 ? 16 : l->capacity * 2;
        dialog->nodes =
            arena_grow(l->arena, dialog->nodes, l->capacity, bigger, sizeof *dialog->nodes);
        l->capacity = bigger;
    }
    const char *word = dialog_kind_word(kind);
    size_t occurrence = lowering_count(l, word, name);
    struct dialog_node *node = &dialog->nodes[dialog->count];
    node->kind = kind;
    node->name = kind == DIALOG_ACTION ? number_name(l->arena, name, occurrence) : name;
    node->key = arena_printf(l->arena, "%s/%.*s/%zu", word, SLICE_ARG(name), occurrence);
    return dialog->count++;
}

struct dialog_node *lowering_add_member(struct lowering *l, struct dialog_node *action,
                                        enum dialog_kind kind, struct slice name)
{
    action->members =
        arena_append(l->arena, action->members, action->member_count, sizeof *action->members);
    struct dialog_node *member = &action->members[action->member_count++];
    member->kind = kind;
    member->name = name;
    size_t before = 0;
    for (size_t i = 0; i + 1 < action->member_count; i++) {
        before += action->members[i].kind == kind && slice_equal(action->members[i].name, name);
    }
    member->key =
        arena_printf(l->arena, "%.*s/%s/%.*s", SLICE_ARG(action->key), dialog_kind_word(kind),
                     SLICE_ARG(number_name(l->arena, name, before)));
    return member;
}

/* A bot action with one script. */
size_t lowering_add_action(struct lowering *l, struct slice name, struct slice script_name,
                           struct slice script)
{
    size_t index = lowering_add_node(l, DIALOG_ACTION, name);
    struct dialog_node *node = &l->dialog->nodes[index];
    lowering_add_member(l, node, DIALOG_SCRIPT, script_name)->script.text = script;
    return index;
}

static bool is_same_test(const struct dialog_test *a, const struct dialog_test *b)
{
    return a->kind == b->kind && a->comparison == b->comparison && a->node == b->node &&
           slice_equal(a->operator_name, b->operator_name) && slice_equal(a->path, b->path) &&
           slice_equal(a->value, b->value);
}

/* Notes the test of a node, by a key of all its parts; true when the node has had it before. */
static bool note_test(struct lowering *l, struct dialog_node *node, const struct dialog_test *test)
{
    struct builder key = builder_new(l->arena);
    builder_printf(&key, "%zu/%zu/%zu/%zu/%zu/%zu/", (size_t)(node - l->dialog->nodes),
                   (size_t)test->kind, (size_t)test->comparison, test->node, test->path.length,
                   test->operator_name.length);
    builder_add(&key, test->path);
    builder_add(&key, test->operator_name);
    builder_add(&key, test->value);
    return map_add(&l->tests, builder_slice(&key), node) != NULL;
}

/*
 * True when a transition before has the same single test, and is taken always instead. A `choose`
 * behind another one on the same entity makes such transitions. Otherwise the transition is added.
 */
static bool is_shadowed(struct lowering *l, struct dialog_node *node,
                        const struct dialog_transition *transition)
{
    enum { FEW = 16 }; /* are compared one by one */
    if (transition->test_count != 1) {
        return false;
    }
    bool shadowed = false;
    for (size_t i = 0; i < node->transition_count && !shadowed; i++) {
        const struct dialog_transition *before = &node->transitions[i];
        if (before->test_count != 1) {
            continue;
        }
        if (node->transition_count < FEW) {
            shadowed = is_same_test(before->tests, transition->tests);
        } else if (note_test(l, node, before->tests)) {
            break; /* as all that follow */
        }
    }
    return node->transition_count < FEW ? shadowed : note_test(l, node, transition->tests);
}

void lowering_add_transition(struct lowering *l, size_t from, struct dialog_transition transition)
{
    struct dialog_node *node = &l->dialog->nodes[from];
    if (l->template->imported == NULL && is_shadowed(l, node, &transition)) {
        return;
    }
    node->transitions = arena_append(l->arena, node->transitions, node->transition_count,
                                     sizeof *node->transitions);
    node->transitions[node->transition_count++] = transition;
}

struct dialog_transition lowering_single_test(struct arena *arena, struct dialog_test test,
                                              size_t target)
{
    struct dialog_test *copy = arena_alloc(arena, sizeof *copy);
    *copy = test;
    return (struct dialog_transition){.tests = copy, .test_count = 1, .target = target};
}

void lowering_add_test(struct lowering *l, size_t from, struct slice path,
                       enum operator_kind comparison, struct slice value, size_t target)
{
    struct dialog_test test = {
        .kind = DIALOG_TEST_CONTEXT, .path = path, .comparison = comparison, .value = value};
    lowering_add_transition(l, from, lowering_single_test(l->arena, test, target));
}

const struct auth_profile *lowering_profile(struct lowering *l, const struct service *service)
{
    struct slice id = service->auth.length > 0 ? service->auth : l->template->auth;
    if (id.length == 0 || slice_is(id, "none")) {
        return NULL;
    }
    const struct auth_profile *profile = auth_profiles_find(l->profiles, id);
    struct dialog *dialog = l->dialog;
    if (profile == NULL) {
        dialog->incomplete = true;
        return NULL;
    }
    for (size_t i = 0; i < dialog->profile_count; i++) {
        if (dialog->profiles[i] == profile) {
            return profile;
        }
    }
    dialog->profiles =
        arena_append(l->arena, dialog->profiles, dialog->profile_count, sizeof *dialog->profiles);
    dialog->profiles[dialog->profile_count++] = profile;
    return profile;
}
