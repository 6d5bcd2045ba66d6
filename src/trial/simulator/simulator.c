/* The simulator's loop: entering nodes, asking, going on. */
#include "trial/simulator/simulator.h"

#include "base/percent.h"
#include "document/json/reader.h"
#include "document/tree/build.h"
#include "trial/simulator/model.h"
#include "trial/simulator/service.h"
#include "trial/simulator/speech.h"
#include "trial/simulator/transition.h"
#include "trial/simulator/utterance.h"
#include "trial/simulator/variables.h"

/* ---- going on ---- */

/* The transition that is taken from `node`; NULL when none holds. */
static const struct program_transition *next_of(struct run *run, const struct program_node *node,
                                                struct slice confirmation)
{
    struct transition_context context = {run->public.engine, run->arena, run->dialog, confirmation};
    for (size_t i = 0; i < node->transition_count; i++) {
        const struct program_transition *transition = &node->transitions[i];
        if (transition->test == NULL || transition_holds(&context, transition->test)) {
            run_event(run, EVENT_TRANSITION, node)->transition = i;
            return transition;
        }
    }
    return NULL;
}

static const struct program_node *member_of(const struct program_node *action, struct slice id)
{
    for (size_t i = 0; i < action->member_count; i++) {
        if (slice_equal(action->members[i].id, id)) {
            return &action->members[i];
        }
    }
    return NULL;
}

/* Values that scripts leave behind can run for too long, too, when they are read. */
static bool is_stopped(struct run *run, const struct program_node *node)
{
    struct slice reason = script_broken(run->public.engine);
    if (reason.length > 0 && !run->stop_is_reported) {
        run_problem(run, node,
                    arena_printf(run->arena, "a value that a script has left cannot be read: %.*s",
                                 SLICE_ARG(reason)));
        run->stop_is_reported = true;
    }
    return reason.length > 0;
}

/*
 * True when this turn has run through too many nodes without a question, or when a script was
 * stopped: the dialog ends.
 */
static bool is_endless(struct run *run, const struct program_node *node)
{
    if (is_stopped(run, node)) {
        run_end(run, node, "a script was stopped");
        return true;
    }
    if (run->steps++ < SIMULATOR_STEP_LIMIT) {
        return false;
    }
    run_problem(
        run, node,
        arena_printf(run->arena, "%d nodes ran without a question: a loop", SIMULATOR_STEP_LIMIT));
    run_end(run, node, "a loop without a question");
    return true;
}

/* What cannot be run is passed over, with a problem. */
static void pass_over(struct run *run, const struct program_node *node)
{
    run_problem(run, node,
                arena_printf(run->arena,
                             "the simulator cannot run `%.*s`, a node of the type `%.*s`, and goes "
                             "on behind it",
                             SLICE_ARG(node->name), SLICE_ARG(node->unknown)));
}

/* Runs a script, service or node of a model; false when the dialog has ended, or waits. */
static bool run_member(struct run *run, const struct program_node *node)
{
    if (node->kind == DIALOG_SCRIPT) {
        run_script(run, node, node_text(node->component, "script"));
    } else if (node->kind == DIALOG_SERVICE || service_is_webhook(node)) {
        service_call(run, node);
    } else if (model_kind(node) != MODEL_NONE) {
        return model_answer(run, node) && !run->public.ended;
    } else if (node->unknown.length > 0) {
        pass_over(run, node);
    }
    return !run->public.ended;
}

/* Runs the members of a bot action; false when the dialog has ended over it. */
static bool run_action(struct run *run, const struct program_node *action)
{
    const struct program_node *node = action->member_count > 0 ? &action->members[0] : NULL;
    while (node != NULL) {
        if (is_endless(run, node)) {
            return false;
        }
        run_event(run, EVENT_NODE, node);
        while (!run_member(run, node)) {
            if (run->public.ended) {
                return false;
            }
            run->public.waiting = NULL; /* nobody is asked within a bot action */
        }
        const struct program_transition *next = next_of(run, node, SLICE(""));
        node = next != NULL ? member_of(action, next->target) : NULL;
    }
    return true;
}

/* A text of blanks is no answer: scripts clear an entity with it. */
static bool has_answer(struct run *run, const struct program_node *node)
{
    const struct node *value =
        script_get_member(run->public.engine, run->arena, SLICE("context.entities"), node->name);
    return value != NULL && value->kind != NODE_NULL &&
           !(value->kind == NODE_STRING && slice_trim(value->text).length == 0);
}

/* Waits for an answer to `node`, or goes on when there is one. */
static bool enter_entity(struct run *run, const struct program_node *node)
{
    if (has_answer(run, node)) {
        return true;
    }
    run->public.waiting = node;
    run->failed_answers = 0;
    speech_ask(run, node);
    return false;
}

/* ---- other dialogs ---- */

/* An intent without a dialog: the platform waits for whatever the user wants next. */
static bool is_open_intent(const struct program_node *node)
{
    return node->kind == DIALOG_CALL && node->component != NULL &&
           node_text(node->component, "dialogId").length == 0;
}

/* The dialog that a node calls; NULL when it calls none, or, with a problem, when there is none. */
static const struct program_dialog *called_by(struct run *run, const struct program_node *node)
{
    if (model_kind(node) == MODEL_INTENT) {
        return model_dialog(run, node);
    }
    if (node->kind != DIALOG_CALL || is_open_intent(node)) {
        return NULL;
    }
    const struct program_dialog *called =
        map_get(&run->program->by_id, node_text(node->component, "dialogId"));
    if (called == NULL || called->count == 0) {
        run_problem(run, node,
                    arena_printf(run->arena, "the dialog `%.*s` does not exist here and is skipped",
                                 SLICE_ARG(node->name)));
        return NULL;
    }
    return called;
}

/*
 * The values that a call gives to entities of the dialog: {name: value}, or [{name or key, value}].
 */
static void assign_entities(struct run *run, const struct node *map)
{
    for (size_t i = 0; node_is(map, NODE_MAPPING) && i < map->count; i++) {
        run_set_entity(run, map->members[i].key->text, map->members[i].value);
    }
    for (size_t i = 0; i < node_length(map); i++) {
        struct slice key = node_text(map->items[i], "key");
        struct slice name = key.length > 0 ? key : node_text(map->items[i], "name");
        const struct node *value = node_get(map->items[i], "value");
        if (name.length > 0 && value != NULL) {
            run_set_entity(run, name, value);
        }
    }
}

static void set_entities(struct run *run, const struct node *entities)
{
    const struct slice path[] = {SLICE("context"), SLICE("entities")};
    run_set(run, path, 2, entities != NULL ? entities : node_new_mapping(run->arena));
}

/* Entities belong to their dialog: a called one begins without any, and its caller's come back. */
static void begin_dialog(struct run *run, const struct program_node *node,
                         const struct program_dialog *called)
{
    struct frame *frame = arena_alloc(run->arena, sizeof *frame);
    *frame = (struct frame){run->dialog, node,
                            script_get(run->public.engine, run->arena, SLICE("context.entities")),
                            run->frames};
    run->frames = frame;
    run->dialog = called;
    struct slice text = percent_decode_text(run->arena, node_text(node->stub, "contextMap"));
    const struct node *assigned = json_read_quietly(run->arena, run_text(run, text));
    set_entities(run, NULL);
    assign_entities(run, assigned);
    variables_note_dialog(run);
}

static void return_to_caller(struct run *run)
{
    const struct frame *frame = run->frames;
    run->dialog = frame->dialog;
    run->frames = frame->below;
    set_entities(run, frame->entities);
    variables_note_dialog(run);
}

/* ---- the flow ---- */

/* Does what a node does; true when its transitions are to be looked at. */
static bool enter(struct run *run, const struct program_node *node)
{
    run_event(run, EVENT_NODE, node);
    switch (node->kind) {
    case DIALOG_ENTITY:
        return enter_entity(run, node);
    case DIALOG_CONFIRM:
    case DIALOG_FORM:
        run->public.waiting = node;
        run->failed_answers = 0;
        speech_say(run, node, node_get(node->component, "message"));
        return false;
    case DIALOG_MESSAGE:
        speech_say(run, node, node_get(node->component, "message"));
        return true;
    case DIALOG_ACTION:
        return run_action(run, node);
    case DIALOG_SCRIPT:
    case DIALOG_SERVICE:
    case DIALOG_LOGIC:
        return run_member(run, node);
    case DIALOG_CALL:
        run->public.waiting = is_open_intent(node) ? node : NULL;
        return !is_open_intent(node);
    case DIALOG_TRANSFER:
        run_event(run, EVENT_TRANSFER, node);
        run_end(run, node, "");
        return false;
    case DIALOG_INTENT:
        break;
    }
    return true;
}

/* The node that comes behind `node`; NULL when the whole conversation has ended. */
static const struct program_node *node_after(struct run *run, const struct program_node *node,
                                             struct slice confirmation)
{
    for (;;) {
        const struct program_transition *next = next_of(run, node, confirmation);
        const struct program_node *target =
            next != NULL ? program_node(run->dialog, next->target) : NULL;
        if (target != NULL) {
            return target;
        }
        if (next != NULL && next->target.length > 0 && !slice_is(next->target, "end")) {
            run_problem(run, node,
                        arena_printf(run->arena, "a transition of `%.*s` leads nowhere",
                                     SLICE_ARG(node->name)));
        }
        if (run->frames == NULL) {
            run_end(run, node, next != NULL ? "" : "no transition matches");
            return NULL;
        }
        node = run->frames->node;
        return_to_caller(run);
        confirmation = SLICE("");
    }
}

/* Runs from `node` on until the user is asked, or the end. */
static void run_from(struct run *run, const struct program_node *node)
{
    while (node != NULL && !is_endless(run, node)) {
        if (!enter(run, node) || run->public.ended) {
            return;
        }
        const struct program_dialog *called = called_by(run, node);
        if (called != NULL) {
            begin_dialog(run, node, called);
            node = &run->dialog->nodes[0];
        } else {
            node = node_after(run, node, SLICE(""));
        }
    }
}

/* ---- answers ---- */

/* The answer that is taken when the user gives none; NULL: none. */
static struct node *default_answer(struct run *run, const struct program_node *node)
{
    const struct node *value = node_get(node_get(node->stub, "nodeOptions"), "defaultValue");
    const struct node *text = run_locale(run, node_get(value, "localeData"));
    if (text == NULL) {
        return NULL;
    }
    struct answer_context context = run_answer_context(run);
    return answer_value(&context, node, percent_decode_text(run->arena, node_text(text, "text")));
}

/* What happens when the answers to a question have failed as often as may be. */
static void give_up(struct run *run, const struct program_node *node, const struct node *limit)
{
    const struct program_node *target = slice_is(node_text(limit, "action"), "executeNode")
                                            ? program_node(run->dialog, node_text(limit, "ref"))
                                            : NULL;
    if (target != NULL) {
        run_from(run, target);
    } else {
        run_end(run, node, "too many answers were not understood");
    }
}

static void refuse_answer(struct run *run, const struct program_node *node)
{
    const struct node *limit =
        node_get(node_get(node_get(node->stub, "nodeOptions"), "eventOptions"), "defaultMaxRetry");
    run->failed_answers++;
    if (run->failed_answers >= node_integer(node_get(limit, "retry_limit"), 5)) {
        run->public.waiting = NULL;
        give_up(run, node, limit);
        return;
    }
    speech_say(run, node, node_get(node->component, "errorMessage"));
}

static void answer_entity(struct run *run, const struct program_node *node, struct slice text)
{
    struct answer_context context = run_answer_context(run);
    const struct node *value = answer_value(&context, node, text);
    bool optional =
        slice_is(node_text(node_get(node->stub, "nodeOptions"), "promptOptions"), "optional");
    if (value == NULL && (optional || slice_trim(text).length == 0)) {
        value = default_answer(run, node);
    }
    if (value == NULL && !optional) {
        refuse_answer(run, node);
        return;
    }
    if (value != NULL) {
        run_set_entity(run, node->name, value);
    }
    run->public.waiting = NULL;
    run_from(run, node_after(run, node, SLICE("")));
}

/* A confirmation without a default asks again; with one it goes there. */
static void answer_confirm(struct run *run, const struct program_node *node, struct slice text)
{
    struct answer_context context = run_answer_context(run);
    struct slice answer = answer_confirmation(&context, node, text);
    bool has_default =
        node->transition_count > 0 && node->transitions[node->transition_count - 1].test == NULL;
    if (answer.length == 0 && !has_default) {
        speech_say(run, node, node_get(node->component, "message"));
        return;
    }
    run->public.waiting = NULL;
    run_from(run, node_after(run, node, answer));
}

/* A form is answered with its fields, as JSON. */
static void answer_form(struct run *run, const struct program_node *node, struct slice text)
{
    const struct node *fields = json_read_quietly(run->arena, slice_trim(text));
    if (!node_is(fields, NODE_MAPPING)) {
        speech_say(run, node, node_get(node->component, "errorMessage"));
        return;
    }
    const struct slice path[] = {SLICE("context"), SLICE("forms"), node->name};
    run_set(run, path, 3, fields);
    run->public.waiting = NULL;
    speech_say(run, node, node_get(node->component, "submitMessage"));
    if (!run->public.ended) {
        run_from(run, node_after(run, node, SLICE("")));
    }
}

/* The dialog begins: marked words of the utterance are values of entities. */
static void begin_with(struct run *run, struct slice utterance)
{
    struct answer_context context = run_answer_context(run);
    struct utterance_marks marks = utterance_match(&context, run->dialog, slice_trim(utterance));
    for (size_t i = 0; i < marks.count; i++) {
        run_set_entity(run, marks.nodes[i]->name, marks.values[i]);
    }
    run_from(run, &run->dialog->nodes[0]);
}

/* What the user wants next begins the dialog that is trained for it; without one the flow goes on.
 */
static void answer_open_intent(struct run *run, const struct program_node *node, struct slice text)
{
    const struct program_dialog *wanted =
        utterance_dialog(run->arena, run->program, slice_trim(text));
    run->public.waiting = NULL;
    if (wanted == NULL) {
        run_from(run, node_after(run, node, SLICE("")));
        return;
    }
    begin_dialog(run, node, wanted);
    begin_with(run, text);
}

/* What the user says to a model, which answers. */
static void answer_model(struct run *run, const struct program_node *node)
{
    run->public.waiting = NULL;
    if (model_answer(run, node)) {
        run_from(run, node_after(run, node, SLICE("")));
    }
}

/* ---- the conversation ---- */

static struct slice first_locale(const struct program_dialog *dialog)
{
    const struct node *locales = node_get(dialog->root, "localeData");
    return node_is(locales, NODE_MAPPING) && locales->count > 0 ? locales->members[0].key->text
                                                                : SLICE("en");
}

struct simulator *simulator_new(struct arena *arena, const struct program *program,
                                const struct program_dialog *dialog,
                                const struct simulator_options *options)
{
    struct run *run = arena_alloc(arena, sizeof *run);
    run->arena = arena;
    run->program = program;
    run->dialog = dialog;
    run->options = *options;
    run->options.locale = options->locale.length > 0 ? options->locale : first_locale(dialog);
    run->options.channel = options->channel.length > 0 ? options->channel : SLICE("default");
    run->public.locale = run->options.locale;
    run->public.now = options->now;
    run->signed_in = true;
    run->public.engine = script_engine_new(arena, options->now, options->machine);
    run->model_calls = map_new(arena);
    variables_begin(run);
    return &run->public;
}

static void answer(struct run *run, const struct program_node *waiting, struct slice text)
{
    if (waiting->kind == DIALOG_ENTITY) {
        answer_entity(run, waiting, text);
    } else if (waiting->kind == DIALOG_CONFIRM) {
        answer_confirm(run, waiting, text);
    } else if (waiting->kind == DIALOG_FORM) {
        answer_form(run, waiting, text);
    } else if (waiting->kind == DIALOG_CALL) {
        answer_open_intent(run, waiting, text);
    } else {
        answer_model(run, waiting);
    }
}

void simulator_say(struct simulator *simulator, struct slice text)
{
    struct run *run = (struct run *)simulator;
    const struct program_node *waiting = simulator->waiting;
    simulator->turn_start = simulator->event_count;
    simulator->turn_count++;
    run->steps = 0;
    if (simulator->ended) {
        return;
    }
    variables_note_message(run, text);
    if (waiting == NULL && run->dialog->count == 0) {
        run_end(run, NULL, "the dialog has no nodes");
    } else if (waiting == NULL) {
        variables_note_dialog(run);
        begin_with(run, text);
    } else {
        answer(run, waiting, text);
    }
    if (simulator->event_count > 0) {
        is_stopped(run, run->events[simulator->event_count - 1].node);
    }
}

void simulator_set_entity(struct simulator *simulator, struct slice name, const struct node *value)
{
    run_set_entity((struct run *)simulator, name, value);
}

struct node *simulator_context(struct simulator *simulator, struct arena *arena,
                               struct slice *reason)
{
    return script_show(simulator->engine, arena, SLICE("context"), reason);
}
