/*
 * Lowering: the flow graph to dialog nodes.
 *
 * Every reachable step but `choose`, `goto` and `end` becomes a node. A `choose` becomes conditions
 * on the transitions that lead to it, where those can carry them; elsewhere (behind a confirmation
 * or another condition, with `<`, which the platform's exports do not show) a bot action decides by
 * a script and its transitions follow.
 */
#include "dialog/dialog.h"
#include "dialog/script.h"
#include "language/model/platform_name.h"
#include "language/operation/outcome.h"

#define NO_NODE SIZE_MAX

/* A `choose` whose conditions would be repeated on more transitions than this gets a node. */
#define INLINE_LIMIT 4

/* Nodes that refuse answers by their length, and the questions that they lead back to. */
struct refusals {
    size_t action, message;
    size_t *nodes;
    size_t count;
    struct refusals *next;
};

struct lowering {
    struct arena *arena;
    const struct template *template;
    const struct flow_graph *graph;
    const struct analysis *analysis;
    const struct auth_profiles *profiles;
    const struct dialog_directory *directory;
    struct diagnostics *diagnostics;
    struct dialog *dialog;
    size_t capacity;
    bool *reachable;       /* of the flow nodes */
    size_t *entry_of;      /* flow node to the dialog node that it is entered by, or NO_NODE */
    size_t *node_of;       /* flow node to its own dialog node (after a reset), or NO_NODE */
    size_t *defaults_into; /* `choose` only: default transitions that lead to it */
    size_t *others_into;   /* `choose` only: other transitions that lead to it */
    size_t *asked_by;      /* entity to the node that asks it, NO_NODE when there are several */
    size_t *failure_of;    /* service to its failure message, or NO_NODE */
    size_t *login_of;      /* service to the node that forgets the login, or NO_NODE */
    struct refusals *refusals, *shared_refusals;
    struct map occurrences; /* component to struct occurrence */
    struct map tests;       /* single tests of the nodes that have many transitions */
};

struct occurrence {
    size_t count;
};

/* ---- nodes ---- */

/* How often a node of this kind and name has been made before. */
static size_t count_occurrence(struct lowering *l, const char *kind, struct slice name)
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

static size_t add_node(struct lowering *l, enum dialog_kind kind, struct slice name)
{
    struct dialog *dialog = l->dialog;
    if (dialog->count == l->capacity) {
        size_t bigger = l->capacity == 0 ? 16 : l->capacity * 2;
        dialog->nodes =
            arena_grow(l->arena, dialog->nodes, l->capacity, bigger, sizeof *dialog->nodes);
        l->capacity = bigger;
    }
    const char *word = dialog_kind_word(kind);
    size_t occurrence = count_occurrence(l, word, name);
    struct dialog_node *node = &dialog->nodes[dialog->count];
    node->kind = kind;
    node->name = kind == DIALOG_ACTION ? number_name(l->arena, name, occurrence) : name;
    node->key = arena_printf(l->arena, "%s/%.*s/%zu", word, SLICE_ARG(name), occurrence);
    return dialog->count++;
}

static struct dialog_node *add_member(struct lowering *l, struct dialog_node *action,
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
static size_t add_script_action(struct lowering *l, struct slice name, struct slice script_name,
                                struct slice script)
{
    size_t index = add_node(l, DIALOG_ACTION, name);
    struct dialog_node *node = &l->dialog->nodes[index];
    add_member(l, node, DIALOG_SCRIPT, script_name)->script = script;
    return index;
}

static bool is_same_test(const struct dialog_test *a, const struct dialog_test *b)
{
    return a->kind == b->kind && a->comparison == b->comparison && a->node == b->node &&
           slice_equal(a->path, b->path) && slice_equal(a->value, b->value);
}

/* Notes the test of a node, by a key of all its parts; true when the node has had it before. */
static bool note_test(struct lowering *l, struct dialog_node *node, const struct dialog_test *test)
{
    struct builder key = builder_new(l->arena);
    builder_printf(&key, "%zu/%zu/%zu/%zu/%zu/", (size_t)(node - l->dialog->nodes),
                   (size_t)test->kind, (size_t)test->comparison, test->node, test->path.length);
    builder_add(&key, test->path);
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

static void add_transition(struct lowering *l, size_t from, struct dialog_transition transition)
{
    struct dialog_node *node = &l->dialog->nodes[from];
    if (l->template->imported == NULL && is_shadowed(l, node, &transition)) {
        return;
    }
    node->transitions = arena_append(l->arena, node->transitions, node->transition_count,
                                     sizeof *node->transitions);
    node->transitions[node->transition_count++] = transition;
}

/* ---- steps to nodes ---- */

static const struct auth_profile *profile_of(struct lowering *l, const struct service *service)
{
    struct slice id = service->auth.length > 0 ? service->auth : l->template->auth;
    if (id.length == 0 || slice_is(id, "none")) {
        return NULL;
    }
    const struct auth_profile *profile = auth_profiles_find(l->profiles, id);
    struct dialog *dialog = l->dialog;
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

static bool has_coded_outcome(const struct flow_node *node)
{
    for (size_t i = 0; i < node->edge_count; i++) {
        if (outcome_is_coded(node->edges[i].outcome)) {
            return true;
        }
    }
    return false;
}

static size_t lower_call(struct lowering *l, const struct flow_node *call)
{
    const struct service *service = analysis_service(l->analysis, call->step);
    const struct auth_profile *profile = profile_of(l, service);
    size_t index = add_node(l, DIALOG_ACTION, platform_action_name(l->arena, service->name));
    struct dialog_node *node = &l->dialog->nodes[index];
    struct slice script;
    struct dialog_request request = request_lower(
        l->arena, l->analysis, service, profile != NULL ? profile->name : SLICE(""), &script);
    if (script.length > 0) {
        struct slice name = platform_script_name(l->arena, service->name);
        add_member(l, node, DIALOG_SCRIPT, name)->script = script;
    }
    struct dialog_node *member = add_member(l, node, DIALOG_SERVICE, service->name);
    member->request = request;
    member->label = &service->label;
    node->options = call->step->options;
    if (has_coded_outcome(call)) {
        struct slice name = platform_outcome_name(l->arena, service->name);
        add_member(l, node, DIALOG_SCRIPT, name)->script =
            script_outcome(l->arena, service->name, name);
    }
    return index;
}

/* The request of a service, and the script that prepares it; empty: none. */
static struct dialog_request lower_service(struct lowering *l, const struct service *service,
                                           struct slice *script)
{
    const struct auth_profile *profile = profile_of(l, service);
    return request_lower(l->arena, l->analysis, service,
                         profile != NULL ? profile->name : SLICE(""), script);
}

/* `call` and `run` with `bare: true`: nodes of their own. */
static size_t lower_bare(struct lowering *l, const struct step *step)
{
    bool is_call = step->kind == STEP_CALL;
    size_t index = add_node(l, is_call ? DIALOG_SERVICE : DIALOG_SCRIPT, step->target);
    struct dialog_node *node = &l->dialog->nodes[index];
    if (is_call) {
        const struct service *service = analysis_service(l->analysis, step);
        struct slice script; /* none: see check_bare */
        node->request = lower_service(l, service, &script);
        node->label = &service->label;
    } else {
        const struct script *script = analysis_script(l->analysis, step);
        node->script = script->node->text;
        node->label = &script->label;
    }
    return index;
}

/* A bot action as the author has put it together. */
static size_t lower_action(struct lowering *l, const struct step *step)
{
    size_t index = add_node(l, DIALOG_ACTION, step->target);
    struct dialog_node *node = &l->dialog->nodes[index];
    node->name = step->target; /* without the number of its occurrence: the component is shared */
    node->step = step;
    node->label = &step->display;
    for (size_t i = 0; i < step->member_count; i++) {
        const struct action_member *part = &step->members[i];
        const struct service *service = template_member_service(l->template, part);
        const struct script *run = template_member_script(l->template, part);
        enum dialog_kind kind = service != NULL ? DIALOG_SERVICE
                                : run != NULL   ? DIALOG_SCRIPT
                                                : DIALOG_LOGIC;
        struct slice script = SLICE("");
        struct dialog_request request = {0};
        if (kind == DIALOG_SERVICE) {
            request = lower_service(l, service, &script);
        }
        if (script.length > 0) {
            struct slice name = platform_script_name(l->arena, service->name);
            add_member(l, node, DIALOG_SCRIPT, name)->script = script;
        }
        struct dialog_node *member = add_member(l, node, kind, part->node->text);
        if (kind == DIALOG_SERVICE) {
            member->request = request;
            member->label = &service->label;
        } else if (kind == DIALOG_SCRIPT) {
            member->script = run->node->text;
            member->label = &run->label;
        }
    }
    return index;
}

static size_t lower_form(struct lowering *l, const struct form *form)
{
    size_t index = add_node(l, DIALOG_FORM, form->name);
    struct dialog_node *node = &l->dialog->nodes[index];
    node->form = form;
    node->label = &form->label;
    node->messages = message_lower_texts(l->arena, l->analysis, &form->prompt);
    node->errors = message_lower_texts(l->arena, l->analysis, &form->error);
    node->submitted = message_lower_texts(l->arena, l->analysis, &form->submitted);
    return index;
}

static size_t lower_ask(struct lowering *l, const struct entity *entity)
{
    size_t index = add_node(l, DIALOG_ENTITY, entity->name);
    struct dialog_node *node = &l->dialog->nodes[index];
    node->entity = entity;
    node->default_template = entity->default_template;
    node->messages = entity->prompt.node != NULL
                         ? message_lower_texts(l->arena, l->analysis, &entity->prompt)
                         : message_default_prompt(l->arena, l->template, entity);
    node->errors = entity->error.node != NULL
                       ? message_lower_texts(l->arena, l->analysis, &entity->error)
                       : message_default_error(l->arena, l->template, entity);
    size_t *asked_by = &l->asked_by[entity->index];
    bool first = count_occurrence(l, "asked", entity->name) == 0;
    *asked_by = first ? index : NO_NODE;
    return index;
}

static void report_unknown_dialog(struct lowering *l, const struct step *step)
{
    const struct dialog_directory *others = l->directory;
    if (others != NULL && others->is_broken != NULL &&
        others->is_broken(others->context, step->target)) {
        l->dialog->incomplete = true;
        return;
    }
    struct diagnostic *d =
        diag_report(l->diagnostics, E0213, step->node->source, step->node->range,
                    "no template of this build has the identifier `%.*s`", SLICE_ARG(step->target));
    struct slice nearest = others != NULL && others->nearest != NULL
                               ? others->nearest(others->context, step->target)
                               : SLICE("");
    if (nearest.length > 0) {
        diag_suggest(l->diagnostics, d, nearest);
    } else {
        diag_note(l->diagnostics, d, NULL, step->node->range,
                  "a dialog can be called when its template is compiled in the same run");
    }
}

static size_t lower_dialog_call(struct lowering *l, const struct step *step)
{
    const struct template *callee = template_other_dialog(l->arena, l->template, step->target);
    if (callee == NULL && l->directory != NULL) {
        callee = l->directory->find(l->directory->context, step->target);
    }
    if (callee == NULL) {
        report_unknown_dialog(l, step);
        return NO_NODE;
    }
    size_t index = add_node(l, DIALOG_CALL, callee->intent.name);
    l->dialog->nodes[index].callee = callee;
    return index;
}

static struct slice confirm_name(struct lowering *l, const struct step *step)
{
    if (step->name.length > 0) {
        return step->name;
    }
    size_t number = count_occurrence(l, "unnamed", SLICE("confirm"));
    return arena_printf(l->arena, "confirm%zu", number + 1);
}

/* A bot action that forgets an entity's value, so that it is asked once more. */
static size_t lower_reset(struct lowering *l, const struct entity *entity)
{
    struct slice name = arena_printf(l->arena, "%.*sReset", SLICE_ARG(entity->name));
    struct builder script = builder_new(l->arena);
    builder_add_text(&script, "delete context.entities[");
    script_string(&script, entity->name);
    builder_add_text(&script, "];\n");
    return add_script_action(l, name, arena_printf(l->arena, "%.*sScript", SLICE_ARG(name)),
                             builder_slice(&script));
}

static size_t lower_say(struct lowering *l, const struct message *message)
{
    size_t index = add_node(l, DIALOG_MESSAGE, message->name);
    l->dialog->nodes[index].messages = message_lower(l->arena, l->analysis, message);
    l->dialog->nodes[index].label = &message->label;
    return index;
}

static size_t lower_run(struct lowering *l, const struct script *script)
{
    struct slice name = arena_printf(l->arena, "%.*sAction", SLICE_ARG(script->name));
    size_t index = add_script_action(l, name, script->name, script->node->text);
    l->dialog->nodes[index].members[0].label = &script->label;
    return index;
}

static void lower_step(struct lowering *l, size_t at)
{
    const struct step *step = l->graph->nodes[at].step;
    size_t index = NO_NODE;
    size_t entry = NO_NODE;
    switch (step->kind) {
    case STEP_ASK:
        entry = step->again ? lower_reset(l, analysis_entity(l->analysis, step)) : NO_NODE;
        index = lower_ask(l, analysis_entity(l->analysis, step));
        break;
    case STEP_CALL:
        index = step->bare ? lower_bare(l, step) : lower_call(l, &l->graph->nodes[at]);
        break;
    case STEP_SAY:
        index = lower_say(l, analysis_message(l->analysis, step));
        break;
    case STEP_RUN:
        index = step->bare ? lower_bare(l, step) : lower_run(l, analysis_script(l->analysis, step));
        break;
    case STEP_CONFIRM:
        index = add_node(l, DIALOG_CONFIRM, confirm_name(l, step));
        l->dialog->nodes[index].step = step;
        l->dialog->nodes[index].messages =
            message_lower_texts(l->arena, l->analysis, &step->prompt);
        l->dialog->nodes[index].label = &step->display;
        l->dialog->nodes[index].default_template = step->default_template;
        break;
    case STEP_CHOOSE: /* with a node of its own */
        index = add_node(l, DIALOG_LOGIC, step->name);
        l->dialog->nodes[index].label = &step->display;
        break;
    case STEP_ACTION:
        index = lower_action(l, step);
        break;
    case STEP_FORM:
        index = lower_form(l, analysis_form(l->analysis, step));
        break;
    case STEP_DIALOG:
        index = lower_dialog_call(l, step);
        break;
    case STEP_TRANSFER:
        index = add_node(l, DIALOG_TRANSFER,
                         step->name.length > 0 ? step->name : SLICE("agentTransfer"));
        l->dialog->nodes[index].label = &step->display;
        break;
    case STEP_GOTO:
    case STEP_END:
        break;
    }
    if (index != NO_NODE && step->options != NULL) {
        l->dialog->nodes[index].options = step->options;
    }
    l->node_of[at] = index;
    l->entry_of[at] = entry != NO_NODE ? entry : index;
}

/* ---- which `choose` can be inlined ---- */

static bool is_choose(const struct lowering *l, size_t target)
{
    return flow_is_node(target) && l->graph->nodes[target].step->kind == STEP_CHOOSE;
}

static bool can_be_platform_test(const struct lowering *l, const struct test *test)
{
    if (test->reference == NULL || test->comparison == OPERATOR_LESS ||
        test->comparison == OPERATOR_LESS_EQUAL) {
        return false;
    }
    const struct resolution *to = analysis_resolution(l->analysis, test->reference);
    return (to->kind == REFERENCE_ENTITY && !to->entity->multiple) || to->kind == REFERENCE_BODY ||
           to->kind == REFERENCE_STATUS || to->kind == REFERENCE_CONTEXT;
}

static bool has_platform_conditions(const struct lowering *l, const struct flow_node *node)
{
    for (size_t i = 0; i < node->edge_count; i++) {
        const struct condition *condition = node->edges[i].condition;
        for (size_t j = 0; condition != NULL && j < condition->count; j++) {
            if (!can_be_platform_test(l, &condition->tests[j])) {
                return false;
            }
        }
    }
    return true;
}

static bool is_inline(const struct lowering *l, size_t at)
{
    return is_choose(l, at) && l->graph->nodes[at].step->name.length == 0 &&
           l->others_into[at] == 0 && l->defaults_into[at] > 0 &&
           l->defaults_into[at] <= INLINE_LIMIT && l->graph->entry != at &&
           has_platform_conditions(l, &l->graph->nodes[at]);
}

/* Counts how each `choose` is reached. A confirmation's transitions cannot carry conditions. */
static void count_ways_into_chooses(struct lowering *l)
{
    for (size_t i = 0; i < l->graph->count; i++) {
        const struct flow_node *node = &l->graph->nodes[i];
        if (!l->reachable[i] || node->step->kind == STEP_GOTO) {
            continue;
        }
        bool bears = node->step->kind != STEP_CONFIRM;
        for (size_t j = 0; j < node->edge_count; j++) {
            size_t target = flow_graph_resolve(l->graph, node->edges[j].target);
            if (!is_choose(l, target)) {
                continue;
            }
            if (bears && j + 1 == node->edge_count) {
                l->defaults_into[target]++;
            } else {
                l->others_into[target]++;
            }
        }
    }
}

/* A bot action whose script finds the case that holds: context.NAME = "1", "2", … or "". */
static void lower_choose(struct lowering *l, size_t at)
{
    const struct flow_node *node = &l->graph->nodes[at];
    const struct step *step = node->step;
    size_t number = count_occurrence(l, "unnamed", SLICE("choose"));
    struct slice name =
        step->label != NULL ? step->label->text : arena_printf(l->arena, "choose%zu", number + 1);
    struct builder variable = builder_new(l->arena);
    for (size_t i = 0; i < name.length; i++) {
        builder_add_char(&variable, name.data[i] == '-' ? '_' : name.data[i]);
    }
    struct script_writer w = script_writer_new(l->arena, l->analysis, l->template->locales[0]);
    struct slice path = builder_slice(&variable);
    builder_printf(&w.body, "context.%.*s = \"\";\n", SLICE_ARG(path));
    for (size_t i = 0; i + 1 < node->edge_count; i++) {
        builder_add_text(&w.body, i == 0 ? "if (" : " else if (");
        script_condition(&w, node->edges[i].condition);
        builder_printf(&w.body, ") {\n    context.%.*s = \"%zu\";\n}", SLICE_ARG(path), i + 1);
    }
    builder_add_text(&w.body, node->edge_count > 1 ? "\n" : "");
    size_t index =
        add_script_action(l, arena_printf(l->arena, "%.*sAction", SLICE_ARG(path)),
                          arena_printf(l->arena, "%.*sScript", SLICE_ARG(path)), script_finish(&w));
    l->node_of[at] = l->entry_of[at] = index;
}

/* ---- edges to transitions ---- */

static struct dialog_test platform_test(struct lowering *l, const struct test *test)
{
    const struct reference *r = test->reference;
    const struct entity *entity = analysis_resolution(l->analysis, r)->entity;
    struct dialog_test out = {.comparison = test->comparison, .value = test->literal};
    bool by_node = entity != NULL && r->count == 1 && l->asked_by[entity->index] != NO_NODE &&
                   test->comparison != OPERATOR_MISSING;
    if (by_node) {
        out.kind = DIALOG_TEST_ENTITY;
        out.node = l->asked_by[entity->index];
    } else {
        out.kind = DIALOG_TEST_CONTEXT;
        out.path = script_reference_path(l->arena, l->analysis, r);
    }
    return out;
}

static void emit_default(struct lowering *l, size_t from, size_t target,
                         const struct service *service);

/* The dialog node that a conditional edge leads to. */
static size_t node_target(struct lowering *l, size_t target, const struct service *service)
{
    if (target == FLOW_FAIL) {
        size_t *failure = &l->failure_of[service->index];
        if (*failure == NO_NODE) {
            *failure = add_node(l, DIALOG_MESSAGE, platform_failed_name(l->arena, service->name));
            l->dialog->nodes[*failure].messages =
                message_default_failure(l->arena, l->template, service);
            add_transition(l, *failure, (struct dialog_transition){.target = DIALOG_END});
        }
        return *failure;
    }
    target = flow_graph_resolve(l->graph, target);
    return flow_is_node(target) && l->entry_of[target] != NO_NODE ? l->entry_of[target]
                                                                  : DIALOG_END;
}

static struct dialog_transition single_test(struct arena *arena, struct dialog_test test,
                                            size_t target)
{
    struct dialog_test *copy = arena_alloc(arena, sizeof *copy);
    *copy = test;
    return (struct dialog_transition){.tests = copy, .test_count = 1, .target = target};
}

static void emit_condition(struct lowering *l, size_t from, const struct condition *condition,
                           size_t target)
{
    if (condition->any) {
        for (size_t i = 0; i < condition->count; i++) {
            add_transition(l, from,
                           single_test(l->arena, platform_test(l, &condition->tests[i]), target));
        }
        return;
    }
    struct dialog_test *tests = arena_alloc_array(l->arena, condition->count, sizeof *tests);
    for (size_t i = 0; i < condition->count; i++) {
        tests[i] = platform_test(l, &condition->tests[i]);
    }
    add_transition(l, from, (struct dialog_transition){tests, condition->count, target});
}

/* The last transitions of a node: those of an inlined `choose`, and the default. */
static void emit_default(struct lowering *l, size_t from, size_t target,
                         const struct service *service)
{
    size_t passed = 0;
    for (;;) {
        if (target != FLOW_FAIL) {
            target = flow_graph_resolve(l->graph, target);
        }
        if (!is_choose(l, target) || l->entry_of[target] != NO_NODE || passed++ > l->graph->count) {
            break;
        }
        const struct flow_node *choose = &l->graph->nodes[target];
        for (size_t i = 0; i + 1 < choose->edge_count; i++) {
            size_t to = node_target(l, choose->edges[i].target, service);
            emit_condition(l, from, choose->edges[i].condition, to);
        }
        target = choose->edges[choose->edge_count - 1].target;
    }
    add_transition(l, from, (struct dialog_transition){.target = node_target(l, target, service)});
}

/* A node that forgets the expired login of an end user; NO_NODE for other profiles. */
static size_t login_node(struct lowering *l, const struct service *service, bool counts)
{
    const struct auth_profile *profile = profile_of(l, service);
    if (profile == NULL || !profile->end_user) {
        return NO_NODE;
    }
    struct slice name = platform_login_name(l->arena, service->name);
    struct builder script = builder_new(l->arena);
    builder_add_text(&script, "koreUtil.ClearAuthProfiles([");
    script_string(&script, profile->name);
    builder_add_text(&script, "]);\n");
    if (counts) { /* a 401 right after a new login has another cause */
        builder_printf(&script, "context.%.*s = context.%.*s === \"again\" ? \"\" : \"again\";\n",
                       SLICE_ARG(name), SLICE_ARG(name));
    }
    return add_script_action(l, name, arena_printf(l->arena, "%.*sScript", SLICE_ARG(name)),
                             builder_slice(&script));
}

static void emit_context(struct lowering *l, size_t from, struct slice path,
                         enum operator_kind comparison, struct slice value, size_t target)
{
    struct dialog_test test = {
        .kind = DIALOG_TEST_CONTEXT, .path = path, .comparison = comparison, .value = value};
    add_transition(l, from, single_test(l->arena, test, target));
}

static void emit_status(struct lowering *l, size_t from, const struct service *service,
                        enum operator_kind comparison, const char *value, size_t target)
{
    struct slice path =
        arena_printf(l->arena, "context.%.*s.response.statusCode", SLICE_ARG(service->name));
    emit_context(l, from, path, comparison, slice_of(value), target);
}

static const struct flow_edge *find_edge(const struct flow_node *node, enum outcome outcome)
{
    for (size_t i = 0; i < node->edge_count; i++) {
        if (node->edges[i].outcome == outcome) {
            return &node->edges[i];
        }
    }
    return NULL;
}

/* Failures that Salesforce's error code tells, by the variable that a script has set. */
static void emit_coded(struct lowering *l, size_t from, const struct flow_node *node)
{
    const struct service *service = analysis_service(l->analysis, node->step);
    size_t count;
    const struct outcome_info *infos = outcome_infos(&count);
    struct slice path = arena_printf(l->arena, "context.%.*s",
                                     SLICE_ARG(platform_outcome_name(l->arena, service->name)));
    for (size_t i = 0; i < count; i++) {
        const struct flow_edge *edge = find_edge(node, infos[i].outcome);
        if (edge != NULL) {
            emit_context(l, from, path, OPERATOR_EQUAL, slice_of(infos[i].key),
                         node_target(l, edge->target, service));
        }
    }
}

/*
 * Status 401. An end user's expired login is forgotten, so that the next call leads to the sign-in:
 * where the author has no branch for it the same call is made once more, and only when that fails
 * as well it is a failure as any other.
 */
static void emit_login(struct lowering *l, size_t from, const struct flow_node *node)
{
    const struct service *service = analysis_service(l->analysis, node->step);
    const struct flow_edge *unauthorized = find_edge(node, OUTCOME_UNAUTHORIZED);
    const struct flow_edge *failure = find_edge(node, OUTCOME_FAILURE);
    const struct flow_edge *edge = unauthorized != NULL ? unauthorized : failure;
    size_t login = login_node(l, service, unauthorized == NULL);
    if (login == NO_NODE && unauthorized == NULL) {
        return;
    }
    const struct flow_edge *success = &node->edges[node->edge_count - 1];
    size_t target = node_target(l, edge != NULL ? edge->target : success->target, service);
    emit_status(l, from, service, OPERATOR_EQUAL, "401", login != NO_NODE ? login : target);
    if (login == NO_NODE) {
        return;
    }
    if (unauthorized == NULL) {
        struct slice path = arena_printf(l->arena, "context.%.*s",
                                         SLICE_ARG(platform_login_name(l->arena, service->name)));
        emit_context(l, login, path, OPERATOR_EQUAL, SLICE("again"), from);
    }
    add_transition(l, login, (struct dialog_transition){.target = target});
}

/*
 * The transitions of a call, in the order in which they are tried: no answer, 5xx, error codes,
 * 401, 404, any other failure, success. No answer is a failure, too: without a branch of its own it
 * goes there.
 */
static void emit_call(struct lowering *l, size_t from, const struct flow_node *node)
{
    const struct service *service = analysis_service(l->analysis, node->step);
    const struct flow_edge *unreachable = find_edge(node, OUTCOME_UNREACHABLE);
    const struct flow_edge *not_found = find_edge(node, OUTCOME_NOT_FOUND);
    const struct flow_edge *failure = find_edge(node, OUTCOME_FAILURE);
    if (unreachable != NULL) {
        size_t target = node_target(l, unreachable->target, service);
        emit_status(l, from, service, OPERATOR_MISSING, "", target);
        emit_status(l, from, service, OPERATOR_GREATER_EQUAL, "500", target);
    } else if (failure != NULL) {
        emit_status(l, from, service, OPERATOR_MISSING, "",
                    node_target(l, failure->target, service));
    }
    emit_coded(l, from, node);
    emit_login(l, from, node);
    if (not_found != NULL) {
        emit_status(l, from, service, OPERATOR_EQUAL, "404",
                    node_target(l, not_found->target, service));
    }
    if (failure != NULL) {
        emit_status(l, from, service, OPERATOR_GREATER_EQUAL, "400",
                    node_target(l, failure->target, service));
    }
    emit_default(l, from, node->edges[node->edge_count - 1].target, service);
}

/*
 * Free answers that are too long for their field, or too short for a search, are refused: a bot
 * action finds the answer and forgets it, a message says why, and its transitions lead back to the
 * question. One action and message serve all entities that are asked once; one that is asked in
 * several places has its own for each, so that the way back is known. (An entity of type regex
 * could refuse by its pattern, but the platform takes such entities from the user's first words as
 * well, whatever they are.)
 */
static struct refusals *refusals_of(struct lowering *l, const struct entity *entity)
{
    bool shared = l->asked_by[entity->index] != NO_NODE;
    if (shared && l->shared_refusals != NULL) {
        return l->shared_refusals;
    }
    struct slice stem = shared ? SLICE(PLATFORM_ANSWER) : entity->name;
    struct refusals *refusals = arena_alloc(l->arena, sizeof *refusals);
    struct slice name = platform_check_name(l->arena, stem);
    refusals->action = add_script_action(
        l, name, arena_printf(l->arena, "%.*sScript", SLICE_ARG(name)), SLICE(""));
    refusals->message = add_node(l, DIALOG_MESSAGE, platform_refused_name(l->arena, stem));
    refusals->next = l->refusals;
    l->refusals = refusals;
    l->shared_refusals = shared ? refusals : l->shared_refusals;
    return refusals;
}

static void emit_length_checks(struct lowering *l, size_t from, size_t at)
{
    const struct entity *entity = analysis_entity(l->analysis, l->graph->nodes[at].step);
    const struct entity_facts *facts = analysis_entity_facts(l->analysis, entity);
    bool imported = l->template->imported != NULL; /* has them as nodes of its own, if at all */
    if (imported || (facts->longest == 0 && !facts->is_term)) {
        return;
    }
    struct refusals *refusals = refusals_of(l, entity);
    struct slice path =
        arena_printf(l->arena, "context.entities.%.*s.length", SLICE_ARG(entity->name));
    refusals->nodes =
        arena_append(l->arena, refusals->nodes, refusals->count, sizeof *refusals->nodes);
    refusals->nodes[refusals->count++] = from;
    if (facts->longest > 0) {
        emit_context(l, from, path, OPERATOR_GREATER,
                     arena_printf(l->arena, "%lld", facts->longest), refusals->action);
    }
    if (facts->is_term) {
        emit_context(l, from, path, OPERATOR_EQUAL, SLICE("1"), refusals->action);
    }
}

/* The script, the message and the ways back, once all entities are known. */
static void finish_refusals(struct lowering *l, const struct refusals *refusals)
{
    struct dialog_node *action = &l->dialog->nodes[refusals->action];
    struct builder script = builder_new(l->arena);
    builder_add_text(&script, "var limits = {\n");
    for (size_t i = 0; i < refusals->count; i++) {
        const struct entity *entity = l->dialog->nodes[refusals->nodes[i]].entity;
        const struct entity_facts *facts = analysis_entity_facts(l->analysis, entity);
        builder_add_text(&script, "    ");
        script_string(&script, entity->name);
        builder_printf(&script, ": [%d, %lld]%s\n", facts->is_term ? 2 : 0, facts->longest,
                       i + 1 < refusals->count ? "," : "");
    }
    builder_add_text(&script,
                     "};\n"
                     "context.refused = {};\n"
                     "for (var name in limits) {\n"
                     "    var answer = context.entities[name];\n"
                     "    var isShort = answer && answer.length < limits[name][0];\n"
                     "    var isLong = answer && limits[name][1] > 0 && answer.length > "
                     "limits[name][1];\n"
                     "    if (isShort || isLong) {\n"
                     "        context.refused = {name: name, most: isLong ? limits[name][1] : 0};\n"
                     "        delete context.entities[name];\n"
                     "    }\n"
                     "}\n");
    action->members[0].script = builder_slice(&script);
    l->dialog->nodes[refusals->message].messages = message_refused_answer(l->arena, l->template);
    add_transition(l, refusals->action, (struct dialog_transition){.target = refusals->message});
    for (size_t i = 0; i + 1 < refusals->count; i++) {
        emit_context(l, refusals->message, SLICE("context.refused.name"), OPERATOR_EQUAL,
                     l->dialog->nodes[refusals->nodes[i]].entity->name, refusals->nodes[i]);
    }
    add_transition(l, refusals->message,
                   (struct dialog_transition){.target = refusals->nodes[refusals->count - 1]});
}

static void emit_confirm(struct lowering *l, size_t from, const struct flow_node *node)
{
    static const char *const answers[] = {"yes", "no"};
    size_t target = DIALOG_END;
    for (size_t i = 0; i < 2; i++) {
        target = node_target(l, node->edges[i].target, NULL);
        struct dialog_test test = {.kind = DIALOG_TEST_ANSWER, .value = slice_of(answers[i])};
        add_transition(l, from, single_test(l->arena, test, target));
    }
    if (node->step->no_default) {
        return;
    }
    if (node->edge_count > 2) {
        emit_default(l, from, node->edges[2].target, NULL);
    } else { /* what is neither counts as no */
        add_transition(l, from, (struct dialog_transition){.target = target});
    }
}

/* The conditions of a `choose` that is a node of its own. */
static void emit_logic(struct lowering *l, size_t from, const struct flow_node *node)
{
    for (size_t i = 0; i + 1 < node->edge_count; i++) {
        emit_condition(l, from, node->edges[i].condition,
                       node_target(l, node->edges[i].target, NULL));
    }
    emit_default(l, from, node->edges[node->edge_count - 1].target, NULL);
}

static void emit_choose(struct lowering *l, size_t from, const struct flow_node *node)
{
    const struct dialog_node *action = &l->dialog->nodes[from];
    struct slice variable =
        slice_part(action->members[0].name, 0, action->members[0].name.length - strlen("Script"));
    struct slice path = arena_printf(l->arena, "context.%.*s", SLICE_ARG(variable));
    for (size_t i = 0; i + 1 < node->edge_count; i++) {
        struct dialog_test test = {.kind = DIALOG_TEST_CONTEXT,
                                   .path = path,
                                   .comparison = OPERATOR_EQUAL,
                                   .value = arena_printf(l->arena, "%zu", i + 1)};
        size_t target = node_target(l, node->edges[i].target, NULL);
        add_transition(l, from, single_test(l->arena, test, target));
    }
    emit_default(l, from, node->edges[node->edge_count - 1].target, NULL);
}

static void emit_transitions(struct lowering *l, size_t at)
{
    const struct flow_node *node = &l->graph->nodes[at];
    size_t from = l->node_of[at];
    if (from == NO_NODE) {
        return;
    }
    if (l->entry_of[at] != from) { /* a reset goes before the question */
        add_transition(l, l->entry_of[at], (struct dialog_transition){.target = from});
    }
    switch (node->step->kind) {
    case STEP_ASK:
        emit_length_checks(l, from, at);
        emit_default(l, from, node->edges[0].target, NULL);
        break;
    case STEP_CALL:
        if (node->step->bare) {
            emit_default(l, from, node->edges[0].target, NULL);
        } else {
            emit_call(l, from, node);
        }
        break;
    case STEP_CONFIRM:
        emit_confirm(l, from, node);
        break;
    case STEP_CHOOSE:
        if (node->step->name.length > 0) {
            emit_logic(l, from, node);
        } else {
            emit_choose(l, from, node);
        }
        break;
    case STEP_TRANSFER:
        add_transition(l, from, (struct dialog_transition){.target = DIALOG_END});
        break;
    case STEP_SAY:
    case STEP_RUN:
    case STEP_DIALOG:
    case STEP_ACTION:
    case STEP_FORM:
        emit_default(l, from, node->edges[0].target, NULL);
        break;
    case STEP_GOTO:
    case STEP_END:
        break;
    }
}

/* ---- the whole ---- */

static size_t *new_indexes(struct lowering *l, size_t count, size_t value)
{
    size_t *indexes = arena_alloc_array(l->arena, count + 1, sizeof *indexes);
    for (size_t i = 0; i < count; i++) {
        indexes[i] = value;
    }
    return indexes;
}

struct dialog *dialog_lower(struct arena *arena, const struct analysis *analysis,
                            const struct auth_profiles *profiles,
                            const struct dialog_directory *directory,
                            struct diagnostics *diagnostics)
{
    const struct template *template = analysis->template;
    const struct flow_graph *graph = analysis->graph;
    struct lowering lowering = {.arena = arena,
                                .template = template,
                                .graph = graph,
                                .analysis = analysis,
                                .profiles = profiles,
                                .directory = directory,
                                .diagnostics = diagnostics};
    struct lowering *l = &lowering;
    l->dialog = arena_alloc(arena, sizeof *l->dialog);
    l->dialog->template = template;
    l->reachable = arena_alloc(arena, graph->count + 1);
    l->entry_of = new_indexes(l, graph->count, NO_NODE);
    l->node_of = new_indexes(l, graph->count, NO_NODE);
    l->defaults_into = new_indexes(l, graph->count, 0);
    l->others_into = new_indexes(l, graph->count, 0);
    l->asked_by = new_indexes(l, template->entity_count, NO_NODE);
    l->failure_of = new_indexes(l, template->service_count, NO_NODE);
    l->occurrences = map_new(arena);
    l->tests = map_new(arena);
    if (template->imported != NULL) {
        memset(l->reachable, true, graph->count); /* the platform keeps what nothing leads to */
    } else {
        flow_graph_mark_reachable(arena, graph, graph->entry, l->reachable);
    }
    count_ways_into_chooses(l);
    add_node(l, DIALOG_INTENT, template->intent.name);
    for (size_t i = 0; i < graph->count; i++) {
        if (!l->reachable[i]) {
            continue;
        }
        const struct step *step = graph->nodes[i].step;
        if (step->kind != STEP_CHOOSE || step->name.length > 0) {
            lower_step(l, i);
        } else if (!is_inline(l, i)) {
            lower_choose(l, i);
        }
    }
    add_transition(l, 0, (struct dialog_transition){.target = node_target(l, graph->entry, NULL)});
    for (size_t i = 0; i < graph->count; i++) {
        if (l->reachable[i]) {
            emit_transitions(l, i);
        }
    }
    for (const struct refusals *r = l->refusals; r != NULL; r = r->next) {
        finish_refusals(l, r);
    }
    dialog_layout(arena, l->dialog);
    return l->dialog;
}
