/*
 * The flow: what cannot be reached, what never ends, what is asked twice, and what is used before
 * it can have a value.
 *
 * The last two are data-flow problems over the flow graph. Facts are bits: for each entity that it
 * has a value, for each service that it has been called and that it has succeeded.
 */
#include "base/ascii.h"
#include "language/check/families.h"

#include <stdint.h>

/* The most bits for all nodes together: a flow that needs more was not written by hand. */
#define FACTS_LIMIT ((size_t)200 * 1000 * 1000)

typedef uint64_t word;

struct flow_check {
    struct check *check;
    const struct flow_graph *graph;
    bool *reachable;
    size_t fact_count;
    size_t words;   /* of one node's facts */
    word *entering; /* of all nodes: what holds on every path to the node */
    word *asked;    /* of all nodes: entities asked on some path to the node */
    word *scratch;
};

static size_t entity_fact(const struct entity *entity)
{
    return entity->index;
}

static size_t called_fact(const struct flow_check *a, const struct service *service)
{
    return a->check->template->entity_count + 2 * service->index;
}

static size_t success_fact(const struct flow_check *a, const struct service *service)
{
    return called_fact(a, service) + 1;
}

static bool get(const word *bits, size_t fact)
{
    return (bits[fact / 64] >> (fact % 64) & 1) != 0;
}

static void set(word *bits, size_t fact)
{
    bits[fact / 64] |= (word)1 << (fact % 64);
}

/* ---- reachability ---- */

static void report_unreachable(struct flow_check *a)
{
    const struct flow_graph *graph = a->graph;
    if (graph->has_lost_jump) {
        return; /* it may lead to what nothing else does */
    }
    bool *covered = arena_alloc(a->check->arena, graph->count + 1);
    for (size_t i = 0; i < graph->count; i++) {
        if (a->reachable[i] || covered[i]) {
            continue;
        }
        const struct step *step = graph->nodes[i].step;
        if (!step->implicit) {
            struct diagnostic *d = diag_report(a->check->diagnostics, E0301, step->node->source,
                                               step->node->range, "this step is unreachable");
            diag_note(
                a->check->diagnostics, d, NULL, step->node->range,
                "the steps before it end the dialog or jump elsewhere, and no `goto` leads here");
        }
        /* one finding for what follows it */
        flow_graph_mark_reachable(a->check->arena, graph, i, covered);
    }
}

/* ---- loops ---- */

static bool is_question(const struct flow_node *node)
{
    return node->step->kind == STEP_ASK || node->step->kind == STEP_CONFIRM;
}

/* Depth-first search that does not pass through questions: a back edge closes a silent loop. */
static void report_loops(struct flow_check *a)
{
    enum { NEW, OPEN, DONE };
    const struct flow_graph *graph = a->graph;
    unsigned char *state = arena_alloc(a->check->arena, graph->count + 1);
    size_t *stack = arena_alloc_array(a->check->arena, graph->count + 1, sizeof *stack);
    size_t *edge = arena_alloc_array(a->check->arena, graph->count + 1, sizeof *edge);
    for (size_t start = 0; start < graph->count; start++) {
        if (!a->reachable[start] || state[start] != NEW || is_question(&graph->nodes[start])) {
            continue;
        }
        size_t depth = 0;
        stack[depth++] = start;
        state[start] = OPEN;
        while (depth > 0) {
            size_t at = stack[depth - 1];
            const struct flow_node *node = &graph->nodes[at];
            if (edge[at] == node->edge_count) {
                state[at] = DONE;
                depth--;
                continue;
            }
            size_t target = node->edges[edge[at]++].target;
            if (!flow_is_node(target) || is_question(&graph->nodes[target])) {
                continue;
            }
            if (state[target] == OPEN) {
                struct diagnostic *d =
                    diag_report(a->check->diagnostics, E0302, a->check->template->source,
                                node->step->node->range,
                                "this goes back to an earlier step without asking anything");
                diag_note(a->check->diagnostics, d, a->check->template->source,
                          graph->nodes[target].step->node->range, "the loop starts here");
            } else if (state[target] == NEW) {
                state[target] = OPEN;
                stack[depth++] = target;
            }
        }
    }
}

/* ---- facts ---- */

/* The facts after `node` left by `edge`, from the facts before it. */
static void leave(const struct flow_check *a, const struct flow_node *node,
                  const struct flow_edge *edge, word *facts)
{
    const struct step *step = node->step;
    const struct entity *entity = analysis_entity(a->check->analysis, step);
    const struct service *service = analysis_service(a->check->analysis, step);
    if (edge->outcome == OUTCOME_RETRIES) {
        return; /* there is still no answer */
    }
    if (entity != NULL && (!entity->optional || entity->default_value != NULL)) {
        set(facts, entity_fact(entity));
    }
    if (service != NULL) {
        set(facts, called_fact(a, service));
        if (edge->outcome == OUTCOME_NEXT && !step->call.bare) {
            set(facts, success_fact(a, service));
        }
    }
    for (size_t i = 0; step->kind == STEP_SET && i < step->set.values.count; i++) {
        entity = template_entity(a->check->template, step->set.values.items[i].key->text);
        if (entity != NULL) {
            set(facts, entity_fact(entity));
        }
    }
    size_t member_count = step->kind == STEP_ACTION ? step->action.member_count : 0;
    for (size_t i = 0; i < member_count; i++) {
        service = template_member_service(a->check->template, &step->action.members[i]);
        if (service != NULL) {
            set(facts, called_fact(a, service));
        }
    }
    /* `when: ${x} exists` and comparisons of x with a value tell that it has one */
    if (edge->condition != NULL && (!edge->condition->any || edge->condition->count == 1)) {
        for (size_t i = 0; i < edge->condition->count; i++) {
            const struct test *test = &edge->condition->tests[i];
            entity = test->reference != NULL ? check_resolution(a->check, test->reference)->entity
                                             : NULL;
            if (entity != NULL && test->comparison != OPERATOR_MISSING &&
                test->comparison != OPERATOR_NOT_EQUAL) {
                set(facts, entity_fact(entity));
            }
        }
    }
}

/* Carries facts along the edges until nothing changes. */
static void solve(struct flow_check *a)
{
    const struct flow_graph *graph = a->graph;
    size_t *queue = arena_alloc_array(a->check->arena, graph->count + 1, sizeof *queue);
    bool *queued = arena_alloc(a->check->arena, graph->count + 1);
    size_t head = 0;
    size_t waiting = 0;
    memset(a->entering, 0xFF, graph->count * a->words * sizeof(word));
    if (!flow_is_node(graph->entry)) {
        return;
    }
    memset(a->entering + graph->entry * a->words, 0, a->words * sizeof(word));
    queue[0] = graph->entry;
    queued[graph->entry] = true;
    waiting = 1;
    while (waiting > 0) {
        size_t at = queue[head];
        head = (head + 1) % (graph->count + 1);
        waiting--;
        queued[at] = false;
        const struct flow_node *node = &graph->nodes[at];
        const word *before = a->entering + at * a->words;
        const word *asked_before = a->asked + at * a->words;
        const struct entity *entity = analysis_entity(a->check->analysis, node->step);
        for (size_t i = 0; i < node->edge_count; i++) {
            size_t target = node->edges[i].target;
            if (!flow_is_node(target)) {
                continue;
            }
            memcpy(a->scratch, before, a->words * sizeof(word));
            leave(a, node, &node->edges[i], a->scratch);
            word *entering = a->entering + target * a->words;
            word *asked = a->asked + target * a->words;
            bool changed = false;
            for (size_t w = 0; w < a->words; w++) {
                word both = entering[w] & a->scratch[w];
                word either = asked[w] | asked_before[w];
                if (entity != NULL && entity->index / 64 == w) {
                    either |= (word)1 << (entity->index % 64);
                }
                changed = changed || both != entering[w] || either != asked[w];
                entering[w] = both;
                asked[w] = either;
            }
            if (changed && !queued[target]) {
                queue[(head + waiting) % (graph->count + 1)] = target;
                waiting++;
                queued[target] = true;
            }
        }
    }
}

/* ---- findings from facts ---- */

/* Whether the two are items of one list, one behind the other. */
static bool is_item_behind(const struct node *item, const struct node *next)
{
    if (item->source != next->source || item->range.end > next->range.start) {
        return false;
    }
    struct slice between = slice_part(item->source->bytes, item->range.end, next->range.start);
    for (size_t i = 0; i < between.length; i++) {
        if (strchr(" ,-\r\n", between.data[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static void report_asked_twice(struct flow_check *a)
{
    struct diagnostic *told = NULL; /* the last finding, and the last question that it is of */
    const struct node *told_last = NULL;
    for (size_t i = 0; i < a->graph->count; i++) {
        const struct step *step = a->graph->nodes[i].step;
        const struct entity *entity = analysis_entity(a->check->analysis, step);
        if (entity == NULL || step->ask.again || !a->reachable[i] ||
            diagnostics_full(a->check->diagnostics) ||
            !get(a->asked + i * a->words, entity->index)) {
            continue;
        }
        if (told != NULL && is_item_behind(told_last, step->node)) {
            diag_note(a->check->diagnostics, told, step->node->source, step->node->range,
                      "so may `%.*s`", SLICE_ARG(entity->name));
            told_last = step->node;
            continue;
        }
        struct diagnostic *d = diag_report(
            a->check->diagnostics, E0303, step->node->source, step->node->range,
            "`%.*s` may have already been asked when the flow gets here", SLICE_ARG(entity->name));
        told = d;
        told_last = step->node;
        for (size_t j = 0; j < a->graph->count; j++) {
            const struct step *other = a->graph->nodes[j].step;
            if (j != i && analysis_entity(a->check->analysis, other) == entity) {
                diag_note(a->check->diagnostics, d, other->node->source, other->node->range,
                          "it is also asked here");
                break;
            }
        }
        diag_note(
            a->check->diagnostics, d, NULL, step->node->range,
            "the platform skips an entity that has a value; `again: true` clears the value first");
    }
}

/* The step that sets an entity, for a note; NULL: none. */
static const struct node *setter_of(const struct flow_check *a, const struct entity *entity)
{
    for (size_t i = 0; i < a->graph->count; i++) {
        const struct step *step = a->graph->nodes[i].step;
        for (size_t j = 0; step->kind == STEP_SET && j < step->set.values.count; j++) {
            const struct node *key = step->set.values.items[j].key;
            if (step->set.default_of == NULL && slice_equal(key->text, entity->name)) {
                return key;
            }
        }
    }
    return NULL;
}

/* Questions whose entity a step has set, whichever way the flow has come. */
static void report_asked_in_vain(struct flow_check *a)
{
    for (size_t i = 0; i < a->graph->count; i++) {
        const struct step *step = a->graph->nodes[i].step;
        const struct entity *entity = analysis_entity(a->check->analysis, step);
        bool is_vain = entity != NULL && !step->ask.again && a->reachable[i] &&
                       !get(a->asked + i * a->words, entity->index) &&
                       get(a->entering + i * a->words, entity_fact(entity));
        const struct node *setter = is_vain ? setter_of(a, entity) : NULL;
        if (setter == NULL) {
            continue;
        }
        struct diagnostic *d =
            diag_report(a->check->diagnostics, E0303, step->node->source, step->node->range,
                        "`%.*s` has a value when the flow gets here, so it is never asked",
                        SLICE_ARG(entity->name));
        diag_note(a->check->diagnostics, d, setter->source, setter->range, "it is set here");
        diag_note(a->check->diagnostics, d, NULL, step->node->range,
                  "the platform skips an entity that has a value; leave the question out, or "
                  "clear the value first with `again: true`");
    }
}

/* Where the value would come from, for the note. */
static const char *reason(const struct analysis *analysis, const struct resolution *to)
{
    switch (to->kind) {
    case REFERENCE_ENTITY:
        return to->entity->optional && analysis_entity_facts(analysis, to->entity)->asked
                   ? "the user may skip it; write `${name?}`, or give it a default"
                   : "on some path it has not been asked; write `${name?}` if it may be missing";
    case REFERENCE_BODY:
        return "on some path the service has not been called, or its call has failed";
    case REFERENCE_UNKNOWN:
    case REFERENCE_STATUS:
    case REFERENCE_ERROR:
    case REFERENCE_INTENT:
    case REFERENCE_ENV:
    case REFERENCE_CONTENT:
    case REFERENCE_PARAMETER:
    case REFERENCE_USER:
    case REFERENCE_CONTEXT:
    case REFERENCE_INSTANCE:
    case REFERENCE_ITEM:
    case REFERENCE_NOW:
    case REFERENCE_TODAY:
        break;
    }
    return "on some path the service has not been called";
}

/* `guarded`: a condition decides whether the value is used, so a call is enough, failed or not. */
static void check_has_value(struct flow_check *a, const struct reference *reference,
                            const word *facts, const struct step *step, bool guarded)
{
    const struct resolution *to = check_resolution(a->check, reference);
    size_t fact = 0;
    if (reference->optional) {
        return;
    }
    switch (to->kind) {
    case REFERENCE_ENTITY:
        fact = entity_fact(to->entity);
        break;
    case REFERENCE_BODY:
        fact = guarded ? called_fact(a, to->service) : success_fact(a, to->service);
        break;
    case REFERENCE_STATUS:
    case REFERENCE_ERROR:
    case REFERENCE_INSTANCE:
        fact = called_fact(a, to->service);
        break;
    case REFERENCE_UNKNOWN:
    case REFERENCE_INTENT:
    case REFERENCE_ENV:
    case REFERENCE_CONTENT:
    case REFERENCE_PARAMETER:
    case REFERENCE_USER:
    case REFERENCE_CONTEXT:
    case REFERENCE_ITEM:
    case REFERENCE_NOW:
    case REFERENCE_TODAY:
        return;
    }
    struct slice key = arena_printf(a->check->arena, "fact %zu", fact); /* no name has a space */
    if (get(facts, fact) || check_is_reported(a->check, key, reference->source, reference->range)) {
        return;
    }
    struct diagnostic *d = diag_report(a->check->diagnostics, E0215, reference->source,
                                       reference->range, "`%.*s` may have no value here",
                                       SLICE_ARG(reference_name(a->check->arena, reference)));
    if (step->node->range.start > reference->range.end ||
        step->node->range.end < reference->range.start) {
        static const char *const verbs[] = {
            [STEP_ASK] = "asked", [STEP_CALL] = "called", [STEP_SAY] = "said"};
        bool named = step->kind <= STEP_SAY;
        diag_note(a->check->diagnostics, d, step->node->source, step->node->range,
                  "it is used when this is %s", named ? verbs[step->kind] : "reached");
    }
    check_note_unknown(a->check, key, d);
    diag_note(a->check->diagnostics, d, NULL, reference->range, "%s",
              reason(a->check->analysis, to));
    if (reference->use == USE_CONDITION) {
        diag_note(a->check->diagnostics, d, NULL, reference->range,
                  "to ask whether there is a value, write `${%.*s} exists` or `missing`",
                  SLICE_ARG(reference_name(a->check->arena, reference)));
    }
}

static void check_list(struct flow_check *a, const struct references *list, const word *facts,
                       const struct step *step)
{
    for (const struct reference *r = list->first; r != NULL; r = r->next) {
        check_has_value(a, r, facts, step, false);
    }
}

/* A message; of one that chooses, the conditions and what is said. */
static void check_message(struct flow_check *a, const struct message *message, const word *facts,
                          const struct step *step)
{
    if (message->kind != MESSAGE_CHOICE) {
        check_list(a, &message->references, facts, step);
        return;
    }
    for (const struct reference *r = message->references.first; r != NULL; r = r->next) {
        check_has_value(a, r, facts, step, true);
    }
    for (size_t i = 0; i < message->choice.count; i++) {
        const struct message *alternative = message->choice.items[i].message;
        for (const struct reference *r = alternative->references.first; r != NULL; r = r->next) {
            check_has_value(a, r, facts, step, true);
        }
    }
}

static void report_missing_values(struct flow_check *a)
{
    for (size_t i = 0; i < a->graph->count; i++) {
        const struct step *step = a->graph->nodes[i].step;
        const word *facts = a->entering + i * a->words;
        if (!a->reachable[i]) {
            continue;
        }
        const struct entity *entity = analysis_entity(a->check->analysis, step);
        const struct service *service = analysis_service(a->check->analysis, step);
        const struct message *message = analysis_message(a->check->analysis, step);
        check_list(a, &step->references, facts, step);
        if (entity != NULL) {
            check_list(a, &entity->references, facts, step);
        }
        if (service != NULL) {
            check_list(a, &service->references, facts, step);
        }
        if (message != NULL) {
            check_message(a, message, facts, step);
        }
    }
}

/* ---- what is never used ---- */

/* Notes every word of hand-written text, where an entity may be used without a reference. */
static void note_words(struct map *words, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        while (at < text.length && ascii_is_word(text.data[at])) {
            at++;
        }
        if (at > start) {
            map_add(words, slice_part(text, start, at), words);
        }
        at += at < text.length && !ascii_is_word(text.data[at]);
    }
}

/* The same for all texts of a value that the platform gets as it is; NULL: none. */
static void note_tree(struct map *words, const struct node *node)
{
    for (size_t i = 0; node_is(node, NODE_SEQUENCE) && i < node->count; i++) {
        note_tree(words, node->items[i]);
    }
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        note_tree(words, node->members[i].value);
    }
    if (node_is(node, NODE_STRING)) {
        note_words(words, node->text);
    }
}

static struct map words_of_scripts(struct check *check)
{
    struct map words = map_new(check->arena);
    const struct template *template = check->template;
    for (size_t i = 0; i < template->script_count; i++) {
        note_words(&words, template->scripts[i].node->text);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        if (service->kind == SERVICE_VERBATIM) {
            note_tree(&words, service->verbatim);
        } else if (service->kind == SERVICE_DATA_TABLE) {
            note_tree(&words, service->data_table);
        }
    }
    note_tree(&words, template->xo);
    for (size_t i = 0; i < template->message_count; i++) {
        const struct message *message = &template->messages[i];
        if (message->kind == MESSAGE_SCRIPT) {
            note_words(&words, message->script.node->text);
        } else if (message->kind == MESSAGE_DATA) {
            note_tree(&words, message->data.node);
        }
        for (size_t j = 0; j < message->text.count; j++) {
            const struct text_variant *variant = &message->text.variants[j];
            if (variant->is_script || variant->text.has_platform) {
                note_words(&words, variant->text.node->text);
            }
        }
    }
    return words;
}

/* A template need not use every part of a fragment. */
static bool is_own(const struct template *template, const struct node *key)
{
    return key->source == template->source;
}

/* True when a finding suggests to use the entity: `${name}` where there is `name`. */
static bool is_meant_elsewhere(const struct check *check, const struct entity *entity)
{
    struct slice reference = arena_printf(check->arena, "${%.*s", SLICE_ARG(entity->name));
    for (const struct diagnostic *d = check->diagnostics->first; d != NULL; d = d->next) {
        size_t at = slice_find_slice(d->suggestion, reference, 0);
        if (at != SIZE_MAX && at + reference.length < d->suggestion.length &&
            !ascii_is_word(d->suggestion.data[at + reference.length])) {
            return true;
        }
    }
    return false;
}

static void report_unused_entities(struct check *check)
{
    const struct template *template = check->template;
    const struct analysis *analysis = check->analysis;
    struct map words = words_of_scripts(check);
    for (size_t i = 0; i < template->entity_count; i++) {
        const struct entity *entity = &template->entities[i];
        const struct entity_facts *facts = &analysis->entities[i];
        if (!facts->used && is_own(template, entity->key) &&
            map_get(&words, entity->name) == NULL && !is_meant_elsewhere(check, entity)) {
            diag_report(check->diagnostics, W0313, entity->key->source, entity->key->range,
                        facts->asked ? "`%.*s` is asked, but its value is never used"
                                     : "the entity `%.*s` is never used",
                        SLICE_ARG(entity->name));
        }
    }
}

void check_unused(struct check *check)
{
    const struct template *template = check->template;
    struct diagnostics *out = check->diagnostics;
    const struct analysis *analysis = check->analysis;
    if (!check->is_flow_sound) {
        return;
    }
    report_unused_entities(check);
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        if (!analysis->services[i].called && service->node != NULL &&
            is_own(template, service->key)) {
            diag_report(out, W0311, service->key->source, service->key->range,
                        "the service `%.*s` is never called", SLICE_ARG(service->name));
        }
    }
    for (size_t i = 0; i < template->message_count; i++) {
        const struct message *message = &template->messages[i];
        if (!analysis->messages_said[i] && message->whole == NULL &&
            is_own(template, message->key)) {
            diag_report(out, W0312, message->key->source, message->key->range,
                        "the message `%.*s` is never said", SLICE_ARG(message->name));
        }
    }
    for (size_t i = 0; i < template->script_count; i++) {
        const struct script *script = &template->scripts[i];
        if (!analysis->scripts_run[i] && is_own(template, script->key)) {
            diag_report(out, W0314, script->key->source, script->key->range,
                        "the script `%.*s` is never run", SLICE_ARG(script->name));
        }
    }
}

void check_flow(struct check *check)
{
    const struct template *template = check->template;
    struct flow_check a = {.check = check, .graph = check->graph};
    a.fact_count = template->entity_count + 2 * template->service_count;
    a.words = a.fact_count / 64 + 1;
    a.reachable = arena_alloc(check->arena, a.graph->count + 1);
    flow_graph_mark_reachable(check->arena, a.graph, a.graph->entry, a.reachable);
    report_unreachable(&a);
    report_loops(&a);
    if (a.words > FACTS_LIMIT / 64 / (a.graph->count + 1)) {
        diag_report(
            check->diagnostics, E0304, template->source, template->id_node->range,
            "the flow is too large to check: it has %zu steps and %zu entities and services",
            a.graph->count, template->entity_count + template->service_count);
        return;
    }
    a.entering = arena_alloc_array(check->arena, a.graph->count * a.words + 1, sizeof(word));
    a.asked = arena_alloc_array(check->arena, a.graph->count * a.words + 1, sizeof(word));
    a.scratch = arena_alloc_array(check->arena, a.words, sizeof(word));
    solve(&a);
    report_asked_twice(&a);
    report_asked_in_vain(&a);
    size_t errors = check->diagnostics->error_count;
    if (!check->unresolved) {
        report_missing_values(&a);
    }
    if (!check->unresolved && check->diagnostics->error_count == errors) {
        check->is_flow_sound = true; /* else a missing step has been reported already */
    }
}
