/* Edges of the flow to transitions of nodes. */
#include "dialog/lowering.h"
#include "dialog/script.h"
#include "language/model/platform_name.h"
#include "language/operation/outcome.h"

static struct dialog_test platform_test(struct lowering *l, const struct test *test)
{
    const struct reference *r = test->reference;
    const struct entity *entity = analysis_resolution(l->analysis, r)->entity;
    struct dialog_test out = {.comparison = test->comparison,
                              .operator_name = test->operator_name,
                              .value = test->literal};
    bool by_node = entity != NULL && r->count == 1 && l->asked_by[entity->index] != NO_NODE &&
                   test->comparison != OPERATOR_MISSING;
    if (analysis_resolution(l->analysis, r)->kind == REFERENCE_INTENT) {
        out.kind = DIALOG_TEST_INTENT;
    } else if (by_node) {
        out.kind = DIALOG_TEST_ENTITY;
        out.node = l->asked_by[entity->index];
    } else {
        out.kind = DIALOG_TEST_CONTEXT;
        out.path = script_reference_path(l->arena, l->analysis, r);
    }
    return out;
}

/* The dialog node that a conditional edge leads to. */
size_t edge_target(struct lowering *l, size_t target, const struct service *service)
{
    if (target == FLOW_FAIL) {
        size_t *failure = &l->failure_of[service->index];
        if (*failure == NO_NODE) {
            *failure =
                lowering_add_node(l, DIALOG_MESSAGE, platform_failed_name(l->arena, service->name));
            l->dialog->nodes[*failure].message.texts =
                message_default_failure(l->arena, l->template, service);
            lowering_add_transition(l, *failure, (struct dialog_transition){.target = DIALOG_END});
        }
        return *failure;
    }
    target = flow_graph_resolve(l->graph, target);
    return flow_is_node(target) && l->entry_of[target] != NO_NODE ? l->entry_of[target]
                                                                  : DIALOG_END;
}

static void emit_condition(struct lowering *l, size_t from, const struct condition *condition,
                           size_t target)
{
    if (condition->never) {
        struct dialog_test never = {.kind = DIALOG_TEST_NEVER, .comparison = OPERATOR_EXISTS};
        lowering_add_transition(l, from, lowering_single_test(l->arena, never, target));
        return;
    }
    /* a bot that has `or` in its conditions keeps it there; values of a case are conditions each */
    bool whole = l->template->imported != NULL && condition->node->kind == NODE_STRING;
    if (condition->any && !whole) {
        for (size_t i = 0; i < condition->count; i++) {
            lowering_add_transition(
                l, from,
                lowering_single_test(l->arena, platform_test(l, &condition->tests[i]), target));
        }
        return;
    }
    struct dialog_test *tests = arena_alloc_array(l->arena, condition->count, sizeof *tests);
    for (size_t i = 0; i < condition->count; i++) {
        tests[i] = platform_test(l, &condition->tests[i]);
    }
    lowering_add_transition(
        l, from, (struct dialog_transition){tests, condition->count, target, condition->any});
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
        if (!choice_is_at(l, target) || l->entry_of[target] != NO_NODE ||
            passed++ > l->graph->count) {
            break;
        }
        const struct flow_node *choose = &l->graph->nodes[target];
        for (size_t i = 0; i + 1 < choose->edge_count; i++) {
            size_t to = edge_target(l, choose->edges[i].target, service);
            emit_condition(l, from, choose->edges[i].condition, to);
        }
        target = choose->edges[choose->edge_count - 1].target;
    }
    lowering_add_transition(l, from,
                            (struct dialog_transition){.target = edge_target(l, target, service)});
}

/* A node that forgets the expired login of an end user; NO_NODE for other profiles. */
static size_t login_node(struct lowering *l, const struct service *service, bool counts)
{
    const struct auth_profile *profile = lowering_profile(l, service);
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
    return lowering_add_action(l, name, arena_printf(l->arena, "%.*sScript", SLICE_ARG(name)),
                               builder_slice(&script));
}

static void emit_status(struct lowering *l, size_t from, const struct service *service,
                        enum operator_kind comparison, const char *value, size_t target)
{
    struct slice path =
        arena_printf(l->arena, "context.%.*s.response.statusCode", SLICE_ARG(service->name));
    lowering_add_test(l, from, path, comparison, slice_of(value), target);
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
            lowering_add_test(l, from, path, OPERATOR_EQUAL, slice_of(infos[i].key),
                              edge_target(l, edge->target, service));
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
    size_t target = edge_target(l, edge != NULL ? edge->target : success->target, service);
    emit_status(l, from, service, OPERATOR_EQUAL, "401", login != NO_NODE ? login : target);
    if (login == NO_NODE) {
        return;
    }
    if (unauthorized == NULL) {
        struct slice path = arena_printf(l->arena, "context.%.*s",
                                         SLICE_ARG(platform_login_name(l->arena, service->name)));
        lowering_add_test(l, login, path, OPERATOR_EQUAL, SLICE("again"), from);
    }
    lowering_add_transition(l, login, (struct dialog_transition){.target = target});
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
        size_t target = edge_target(l, unreachable->target, service);
        emit_status(l, from, service, OPERATOR_MISSING, "", target);
        emit_status(l, from, service, OPERATOR_GREATER_EQUAL, "500", target);
    } else if (failure != NULL) {
        emit_status(l, from, service, OPERATOR_MISSING, "",
                    edge_target(l, failure->target, service));
    }
    emit_coded(l, from, node);
    emit_login(l, from, node);
    if (not_found != NULL) {
        emit_status(l, from, service, OPERATOR_EQUAL, "404",
                    edge_target(l, not_found->target, service));
    }
    if (failure != NULL) {
        emit_status(l, from, service, OPERATOR_GREATER_EQUAL, "400",
                    edge_target(l, failure->target, service));
    }
    emit_default(l, from, node->edges[node->edge_count - 1].target, service);
}

static void emit_confirm(struct lowering *l, size_t from, const struct flow_node *node)
{
    static const char *const answers[] = {"yes", "no"};
    size_t target = DIALOG_END;
    for (size_t i = 0; i < 2; i++) {
        target = edge_target(l, node->edges[i].target, NULL);
        struct dialog_test test = {.kind = DIALOG_TEST_ANSWER, .value = slice_of(answers[i])};
        lowering_add_transition(l, from, lowering_single_test(l->arena, test, target));
    }
    if (node->step->confirm.no_default) {
        return;
    }
    if (node->edge_count > 2) {
        emit_default(l, from, node->edges[2].target, NULL);
    } else { /* what is neither counts as no */
        lowering_add_transition(l, from, (struct dialog_transition){.target = target});
    }
}

/* The conditions of a `choose` that is a node of its own. */
static void emit_logic(struct lowering *l, size_t from, const struct flow_node *node)
{
    for (size_t i = 0; i + 1 < node->edge_count; i++) {
        emit_condition(l, from, node->edges[i].condition,
                       edge_target(l, node->edges[i].target, NULL));
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
        size_t target = edge_target(l, node->edges[i].target, NULL);
        lowering_add_transition(l, from, lowering_single_test(l->arena, test, target));
    }
    emit_default(l, from, node->edges[node->edge_count - 1].target, NULL);
}

/* The node that too many retries of a question lead to; 0: none. */
static size_t retries_target(struct lowering *l, const struct flow_node *node)
{
    size_t target = edge_target(l, flow_graph_retries(node), NULL);
    return target != DIALOG_END ? target : 0;
}

void edges_lower(struct lowering *l, size_t at)
{
    const struct flow_node *node = &l->graph->nodes[at];
    size_t from = l->node_of[at];
    if (from == NO_NODE) {
        return;
    }
    if (l->entry_of[at] != from) { /* a reset goes before the question */
        lowering_add_transition(l, l->entry_of[at], (struct dialog_transition){.target = from});
    }
    switch (node->step->kind) {
    case STEP_ASK:
        l->dialog->nodes[from].retries = retries_target(l, node);
        refusals_add(l, from, at);
        emit_default(l, from, node->edges[node->edge_count - 1].target, NULL);
        break;
    case STEP_CALL:
        if (node->step->call.bare) {
            emit_default(l, from, node->edges[0].target, NULL);
        } else {
            emit_call(l, from, node);
        }
        break;
    case STEP_CONFIRM:
        emit_confirm(l, from, node);
        break;
    case STEP_CHOOSE:
        if (node->step->choose.name.length > 0) {
            emit_logic(l, from, node);
        } else {
            emit_choose(l, from, node);
        }
        break;
    case STEP_TRANSFER:
        lowering_add_transition(l, from, (struct dialog_transition){.target = DIALOG_END});
        break;
    case STEP_SAY:
    case STEP_RUN:
    case STEP_SET:
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
