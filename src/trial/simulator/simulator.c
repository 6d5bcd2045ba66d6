/* The simulator's loop: entering nodes, asking, going on. */
#include "trial/simulator/simulator.h"

#include "base/percent.h"
#include "document/json/reader.h"
#include "trial/simulator/answer.h"
#include "trial/simulator/channel.h"
#include "trial/simulator/substitute.h"
#include "trial/simulator/transition.h"
#include "trial/simulator/utterance.h"
#include "document/tree/build.h"

/* A dialog that waits for another one to end. */
struct frame {
    const struct program_dialog *dialog;
    const struct program_node *node;
    struct frame *below;
};

struct run_state {
    struct simulator public;
    struct arena *arena;
    const struct program *program;
    const struct program_dialog *dialog;
    struct simulator_options options;
    struct event *events;
    struct frame *frames;
    long long failed_answers; /* at the question that waits */
    size_t steps;             /* of this turn */
    bool signed_in;
    bool stop_is_reported; /* of the scripts: see script_broken */
};

/* ---- events ---- */

static struct event *add_event(struct run_state *s, enum event_kind kind,
                               const struct program_node *node)
{
    s->events = arena_append(s->arena, s->events, s->public.event_count, sizeof *s->events);
    struct event *event = &s->events[s->public.event_count++];
    *event = (struct event){.kind = kind, .dialog = s->dialog, .node = node};
    s->public.events = s->events;
    return event;
}

static void add_problem(struct run_state *s, const struct program_node *node, struct slice text)
{
    add_event(s, EVENT_PROBLEM, node)->text = text;
}

static void end_dialog(struct run_state *s, const struct program_node *node, const char *reason)
{
    add_event(s, EVENT_END, node)->text = slice_of(reason);
    s->public.ended = true;
    s->public.waiting = NULL;
}

/* ---- texts ---- */

static struct answer_context answer_context_of(const struct run_state *s)
{
    return (struct answer_context){s->arena, s->public.engine, s->options.locale, s->options.now};
}

/* The text for the channel, else for every channel; for the locale, else the first there is. */
static const struct node *find_text(const struct run_state *s, const struct node *messages)
{
    const struct node *found = NULL;
    for (size_t i = 0; i < node_length(messages); i++) {
        struct slice channel = node_text(messages->items[i], "channel");
        const struct node *locales = node_get(messages->items[i], "localeData");
        if (!node_is(locales, NODE_MAPPING) || locales->count == 0) {
            continue;
        }
        struct member *locale = node_member(locales, s->options.locale);
        const struct node *text = locale != NULL ? locale->value : locales->members[0].value;
        if (slice_equal(channel, s->options.channel)) {
            return text;
        }
        if (found == NULL && slice_is(channel, "default")) {
            found = text;
        }
    }
    return found;
}

static struct script_result run(struct run_state *s, const struct program_node *node,
                                struct slice script)
{
    struct builder source = builder_new(s->arena);
    /* {{env.X}} in a script is text before the script runs */
    substitute(s->public.engine, s->arena, &source, percent_decode_text(s->arena, script),
               s->options.host);
    struct script_result result = script_run(s->public.engine, s->arena, builder_slice(&source));
    if (result.failed) {
        struct slice place = result.error.line > 0
                                 ? arena_printf(s->arena, " in line %ld", result.error.line)
                                 : SLICE("");
        add_problem(s, node,
                    arena_printf(s->arena, "the script of `%.*s` fails%.*s: %.*s",
                                 SLICE_ARG(node->name), SLICE_ARG(place),
                                 SLICE_ARG(result.error.message)));
        s->stop_is_reported = script_broken(s->public.engine).length > 0;
    }
    if (result.cleared_logins) {
        s->signed_in = false;
    }
    return result;
}

/* Says one of the messages of a node; nothing when there is no text. */
static void say(struct run_state *s, const struct program_node *node, const struct node *messages)
{
    const struct node *entry = find_text(s, messages);
    struct slice text = node_text(entry, "text");
    bool is_script = slice_is(node_text(entry, "type"), "uxmap");
    if (entry == NULL) {
        return;
    }
    struct slice shown;
    if (is_script) {
        struct script_result result = run(s, node, text);
        shown = result.printed;
        if (result.failed) {
            return;
        }
    } else {
        struct builder out = builder_new(s->arena);
        substitute(s->public.engine, s->arena, &out, percent_decode_text(s->arena, text),
                   s->options.host);
        shown = builder_slice(&out);
    }
    const struct node *message = channel_message(s->arena, shown, is_script);
    bool as_printed = node_is(message, NODE_STRING) && slice_equal(message->text, shown);
    if (is_script && as_printed && slice_starts_with(slice_trim(shown), "{")) {
        add_problem(s, node,
                    arena_printf(s->arena, "the message `%.*s` prints invalid JSON: %.*s",
                                 SLICE_ARG(node->name), SLICE_ARG(shown)));
    }
    struct slice link = channel_dangerous_link(message);
    if (link.length > 0) {
        add_problem(s, node,
                    arena_printf(s->arena, "the message `%.*s` has a dangerous link: %.*s",
                                 SLICE_ARG(node->name), SLICE_ARG(link)));
    }
    add_event(s, EVENT_MESSAGE, node)->message = message;
}

/* Where the channel shows the choices in its own way, they are quick replies. */
static void ask(struct run_state *s, const struct program_node *node)
{
    size_t before = s->public.event_count;
    say(s, node, node_get(node->component, "message"));
    const struct node *as_template = node_get(node->component, "applyDefaultTemplate");
    struct answer_context context = answer_context_of(s);
    const struct node *choices = answer_choices(&context, node);
    bool shows = node_is(as_template, NODE_BOOLEAN) && as_template->boolean;
    if (!shows || choices == NULL || s->public.event_count == before ||
        !node_is(s->events[before].message, NODE_STRING)) {
        return;
    }
    struct node *replies = node_new_sequence(s->arena);
    for (size_t i = 0; i < node_length(choices); i++) {
        struct node *reply = node_new_mapping(s->arena);
        const struct node *title = node_get(choices->items[i], "title");
        if (node_is(title, NODE_STRING)) {
            node_set_text(s->arena, reply, "title", percent_decode_text(s->arena, title->text));
            node_append(s->arena, replies, reply);
        }
    }
    struct node *message = node_new_mapping(s->arena);
    node_set(s->arena, message, SLICE("text"), s->events[before].message);
    node_set(s->arena, message, SLICE("quickReplies"), replies);
    s->events[before].message = message;
}

/* ---- services ---- */

static struct slice substitute_text(struct run_state *s, struct slice text)
{
    struct builder out = builder_new(s->arena);
    substitute(s->public.engine, s->arena, &out, text, s->options.host);
    return builder_slice(&out);
}

/* The braces of a path are encoded in newer exports; everything else stays as it is. */
static struct slice decode_braces(struct arena *arena, struct slice path)
{
    struct builder out = builder_new(arena);
    for (size_t at = 0; at < path.length;) {
        struct slice rest = slice_part(path, at, path.length);
        bool open = slice_starts_with(rest, "%7B%7B") || slice_starts_with(rest, "%7b%7b");
        bool close = slice_starts_with(rest, "%7D%7D") || slice_starts_with(rest, "%7d%7d");
        if (open || close) {
            builder_add_text(&out, open ? "{{" : "}}");
            at += 6;
        } else {
            builder_add_char(&out, path.data[at++]);
        }
    }
    return builder_slice(&out);
}

static const struct node *headers_of(struct run_state *s, const struct program_node *node)
{
    struct slice text = node_text(node_get(node->component, "headers"), "value");
    const struct node *headers =
        json_read_quietly(s->arena, substitute_text(s, percent_decode_text(s->arena, text)));
    return node_is(headers, NODE_MAPPING) ? headers : NULL;
}

static struct http_request request_of(struct run_state *s, const struct program_node *node)
{
    const struct node *end_point = node_get(node->component, "endPoint");
    struct http_request request = {.method =
                                       arena_upper_case(s->arena, node_text(end_point, "method")),
                                   .host = substitute_text(s, node_text(end_point, "host"))};
    struct slice path = substitute_text(s, decode_braces(s->arena, node_text(end_point, "path")));
    size_t query = slice_find(path, "?", 0);
    request.path = slice_part(path, 0, query < path.length ? query : path.length);
    if (request.path.length == 0 || request.path.data[0] != '/') {
        request.path = arena_printf(s->arena, "/%.*s", SLICE_ARG(request.path));
    }
    request.query = query < path.length ? slice_part(path, query + 1, path.length) : SLICE("");
    request.headers = headers_of(s, node);
    struct slice payload =
        percent_decode_text(s->arena, node_text(node_get(node->component, "payload"), "value"));
    bool has_body = !slice_is(request.method, "GET") && !slice_is(request.method, "DELETE");
    if (has_body && !slice_is(payload, "undefined")) {
        request.body = substitute_text(s, payload);
    }
    return request;
}

/* The default one of the samples that are kept with a service. */
static bool take_sample(struct run_state *s, const struct program_node *node,
                        struct http_response *response)
{
    const struct node *samples = node_get(node->component, "sampleResponse");
    if (node_length(samples) == 0) {
        return false;
    }
    struct slice text = percent_decode_text(s->arena, node_text(samples->items[0], "response"));
    const struct node *sample = json_read_quietly(s->arena, text);
    const struct node *status = node_get(sample, "statusCode");
    if (!node_is(sample, NODE_MAPPING)) {
        return false;
    }
    long long code = status != NULL && status->kind == NODE_STRING && status->text.length == 3
                         ? (status->text.data[0] - '0') * 100 + (status->text.data[1] - '0') * 10 +
                               (status->text.data[2] - '0')
                         : node_integer(status, 200);
    struct builder body = builder_new(s->arena);
    const struct node *content = node_get(sample, "body");
    if (content != NULL) {
        substitute_value(&body, content);
    }
    *response = (struct http_response){.status = (long)code, .body = builder_slice(&body)};
    return true;
}

/* context.NAME.response as the platform fills it: a body that is JSON is data. */
static void keep_response(struct run_state *s, const struct program_node *node,
                          const struct http_response *response)
{
    struct node *kept = node_new_mapping(s->arena);
    node_set(s->arena, kept, SLICE("statusCode"), node_new_integer(s->arena, response->status));
    node_set(s->arena, kept, SLICE("headers"), node_new_mapping(s->arena));
    const struct node *body = json_read_quietly(s->arena, response->body);
    if (body == NULL) {
        body = node_new_text(s->arena, response->body);
    }
    node_set(s->arena, kept, SLICE("body"), body);
    const struct slice path[] = {SLICE("context"), node->name, SLICE("response")};
    script_set(s->public.engine, s->arena, path, 3, kept);
}

/* False when the dialog has ended over it. */
static bool call_service(struct run_state *s, const struct program_node *node)
{
    const struct node *needs_login = node_get(node->component, "authRequired");
    if (node_is(needs_login, NODE_BOOLEAN) && needs_login->boolean && !s->signed_in) {
        add_event(s, EVENT_SIGN_IN, node)->text = node_text(node->component, "idp");
        s->signed_in = true;
    }
    struct http_request request = request_of(s, node);
    struct http_response response = {0};
    bool answered = s->options.network.send != NULL &&
                    s->options.network.send(s->options.network.context, s->arena, node->name,
                                            &request, &response);
    bool sampled = !answered && take_sample(s, node, &response);
    struct event *event = add_event(s, EVENT_REQUEST, node);
    event->request = request;
    event->response = response;
    event->from_sample = sampled;
    if (!answered && !sampled) {
        struct slice message =
            arena_printf(s->arena,
                         "the request of `%.*s` to %.*s%.*s gets no response: "
                         "nothing simulates it, and the service has no sample",
                         SLICE_ARG(node->name), SLICE_ARG(request.host), SLICE_ARG(request.path));
        add_problem(s, node, message);
    }
    const struct slice path[] = {SLICE("context"), node->name, SLICE("response")};
    script_set(s->public.engine, s->arena, path, 3, NULL);
    if (response.status > 0) {
        keep_response(s, node, &response);
    }
    const struct node *closes =
        node_get(node_get(node->component, "timeOutError"), "closeConversation");
    if (response.timed_out && node_is(closes, NODE_BOOLEAN) && closes->boolean) {
        end_dialog(s, node, "a service timed out");
        return false;
    }
    return true;
}

/* ---- going on ---- */

/* The transition that is taken from `node`; NULL when none holds. */
static const struct program_transition *
next_of(struct run_state *s, const struct program_node *node, struct slice confirmation)
{
    struct transition_context context = {s->public.engine, s->arena, s->dialog, confirmation};
    for (size_t i = 0; i < node->transition_count; i++) {
        const struct program_transition *transition = &node->transitions[i];
        if (transition->test == NULL || transition_holds(&context, transition->test)) {
            add_event(s, EVENT_TRANSITION, node)->transition = i;
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
static bool is_stopped(struct run_state *s, const struct program_node *node)
{
    struct slice reason = script_broken(s->public.engine);
    if (reason.length > 0 && !s->stop_is_reported) {
        add_problem(s, node,
                    arena_printf(s->arena, "a value that a script has left cannot be read: %.*s",
                                 SLICE_ARG(reason)));
        s->stop_is_reported = true;
    }
    return reason.length > 0;
}

/*
 * True when this turn has run through too many nodes without a question, or when a script was
 * stopped: the dialog ends.
 */
static bool is_endless(struct run_state *s, const struct program_node *node)
{
    if (is_stopped(s, node)) {
        end_dialog(s, node, "a script was stopped");
        return true;
    }
    if (s->steps++ < SIMULATOR_STEP_LIMIT) {
        return false;
    }
    add_problem(
        s, node,
        arena_printf(s->arena, "%d nodes ran without a question: a loop", SIMULATOR_STEP_LIMIT));
    end_dialog(s, node, "a loop without a question");
    return true;
}

static bool run_script_node(struct run_state *s, const struct program_node *node)
{
    struct script_result result = run(s, node, node_text(node->component, "script"));
    if (result.closed) {
        end_dialog(s, node, "a script closed the conversation");
    }
    return !result.closed;
}

/* Runs the members of a bot action; false when the dialog has ended over it. */
static bool run_action(struct run_state *s, const struct program_node *action)
{
    const struct program_node *node = action->member_count > 0 ? &action->members[0] : NULL;
    while (node != NULL) {
        if (is_endless(s, node)) {
            return false;
        }
        add_event(s, EVENT_NODE, node);
        if (node->kind == DIALOG_SCRIPT && !run_script_node(s, node)) {
            return false;
        }
        if (node->kind == DIALOG_SERVICE && !call_service(s, node)) {
            return false;
        }
        const struct program_transition *next = next_of(s, node, SLICE(""));
        node = next != NULL ? member_of(action, next->target) : NULL;
    }
    return true;
}

static bool has_answer(struct run_state *s, const struct program_node *node)
{
    const struct node *entities = script_get(s->public.engine, s->arena, SLICE("context.entities"));
    struct member *member =
        node_is(entities, NODE_MAPPING) ? node_member(entities, node->name) : NULL;
    return member != NULL && member->value->kind != NODE_NULL;
}

/* Waits for an answer to `node`, or goes on when there is one. */
static bool enter_entity(struct run_state *s, const struct program_node *node)
{
    if (has_answer(s, node)) {
        return true;
    }
    s->public.waiting = node;
    s->failed_answers = 0;
    ask(s, node);
    return false;
}

/* Begins the dialog that a node calls; false when there is no such dialog here. */
static bool enter_call(struct run_state *s, const struct program_node *node)
{
    const struct program_dialog *called =
        map_get(&s->program->by_id, node_text(node->component, "dialogId"));
    if (called == NULL || called->count == 0) {
        add_problem(s, node,
                    arena_printf(s->arena, "the dialog `%.*s` does not exist here and is skipped",
                                 SLICE_ARG(node->name)));
        return false;
    }
    struct frame *frame = arena_alloc(s->arena, sizeof *frame);
    *frame = (struct frame){s->dialog, node, s->frames};
    s->frames = frame;
    s->dialog = called;
    return true;
}

/* Does what a node does; true when its transitions are to be looked at. */
static bool enter(struct run_state *s, const struct program_node *node)
{
    add_event(s, EVENT_NODE, node);
    switch (node->kind) {
    case DIALOG_ENTITY:
        return enter_entity(s, node);
    case DIALOG_CONFIRM:
    case DIALOG_FORM:
        s->public.waiting = node;
        s->failed_answers = 0;
        say(s, node, node_get(node->component, "message"));
        return false;
    case DIALOG_MESSAGE:
        say(s, node, node_get(node->component, "message"));
        return true;
    case DIALOG_ACTION:
        return run_action(s, node);
    case DIALOG_SCRIPT:
        return run_script_node(s, node);
    case DIALOG_SERVICE:
        return call_service(s, node);
    case DIALOG_TRANSFER:
        add_event(s, EVENT_TRANSFER, node);
        end_dialog(s, node, "");
        return false;
    case DIALOG_INTENT:
    case DIALOG_LOGIC:
    case DIALOG_CALL:
        break;
    }
    return true;
}

/* The node that comes behind `node`; NULL when the whole conversation has ended. */
static const struct program_node *node_after(struct run_state *s, const struct program_node *node,
                                             struct slice confirmation)
{
    for (;;) {
        const struct program_transition *next = next_of(s, node, confirmation);
        const struct program_node *target =
            next != NULL ? program_node(s->dialog, next->target) : NULL;
        if (target != NULL) {
            return target;
        }
        if (next != NULL && next->target.length > 0 && !slice_is(next->target, "end")) {
            add_problem(s, node,
                        arena_printf(s->arena, "a transition of `%.*s` leads nowhere",
                                     SLICE_ARG(node->name)));
        }
        if (s->frames == NULL) {
            end_dialog(s, node, next != NULL ? "" : "no transition matches");
            return NULL;
        }
        node = s->frames->node;
        s->dialog = s->frames->dialog;
        s->frames = s->frames->below;
        confirmation = SLICE("");
    }
}

/* Runs from `node` on until the user is asked, or the end. */
static void run_from(struct run_state *s, const struct program_node *node)
{
    while (node != NULL && !is_endless(s, node)) {
        if (!enter(s, node)) {
            return;
        }
        if (node->kind == DIALOG_CALL && enter_call(s, node)) {
            node = &s->dialog->nodes[0];
            continue;
        }
        node = node_after(s, node, SLICE(""));
    }
}

/* ---- answers ---- */

static void set_entity(struct run_state *s, struct slice name, const struct node *value)
{
    const struct slice path[] = {SLICE("context"), SLICE("entities"), name};
    script_set(s->public.engine, s->arena, path, 3, value);
}

/* The answer that is taken when the user gives none; NULL: none. */
static struct node *default_answer(struct run_state *s, const struct program_node *node)
{
    const struct node *value = node_get(node_get(node->stub, "nodeOptions"), "defaultValue");
    const struct node *locales = node_get(value, "localeData");
    if (!node_is(locales, NODE_MAPPING) || locales->count == 0) {
        return NULL;
    }
    struct member *locale = node_member(locales, s->options.locale);
    const struct node *text = locale != NULL ? locale->value : locales->members[0].value;
    struct answer_context context = answer_context_of(s);
    return answer_value(&context, node, percent_decode_text(s->arena, node_text(text, "text")));
}

/* What happens when the answers to a question have failed as often as may be. */
static void give_up(struct run_state *s, const struct program_node *node, const struct node *limit)
{
    const struct program_node *target = slice_is(node_text(limit, "action"), "executeNode")
                                            ? program_node(s->dialog, node_text(limit, "ref"))
                                            : NULL;
    if (target != NULL) {
        run_from(s, target);
    } else {
        end_dialog(s, node, "too many answers were not understood");
    }
}

static void refuse_answer(struct run_state *s, const struct program_node *node)
{
    const struct node *limit =
        node_get(node_get(node_get(node->stub, "nodeOptions"), "eventOptions"), "defaultMaxRetry");
    s->failed_answers++;
    if (s->failed_answers >= node_integer(node_get(limit, "retry_limit"), 5)) {
        s->public.waiting = NULL;
        give_up(s, node, limit);
        return;
    }
    say(s, node, node_get(node->component, "errorMessage"));
}

static void answer_entity(struct run_state *s, const struct program_node *node, struct slice text)
{
    struct answer_context context = answer_context_of(s);
    const struct node *value = answer_value(&context, node, text);
    bool optional =
        slice_is(node_text(node_get(node->stub, "nodeOptions"), "promptOptions"), "optional");
    if (value == NULL && (optional || slice_trim(text).length == 0)) {
        value = default_answer(s, node);
    }
    if (value == NULL && !optional) {
        refuse_answer(s, node);
        return;
    }
    if (value != NULL) {
        set_entity(s, node->name, value);
    }
    s->public.waiting = NULL;
    run_from(s, node_after(s, node, SLICE("")));
}

/* A confirmation without a default asks again; with one it goes there. */
static void answer_confirm(struct run_state *s, const struct program_node *node, struct slice text)
{
    struct answer_context context = answer_context_of(s);
    struct slice answer = answer_confirmation(&context, node, text);
    bool has_default =
        node->transition_count > 0 && node->transitions[node->transition_count - 1].test == NULL;
    if (answer.length == 0 && !has_default) {
        say(s, node, node_get(node->component, "message"));
        return;
    }
    s->public.waiting = NULL;
    run_from(s, node_after(s, node, answer));
}

/* A form is answered with its fields, as JSON. */
static void answer_form(struct run_state *s, const struct program_node *node, struct slice text)
{
    const struct node *fields = json_read_quietly(s->arena, slice_trim(text));
    if (!node_is(fields, NODE_MAPPING)) {
        say(s, node, node_get(node->component, "errorMessage"));
        return;
    }
    const struct slice path[] = {SLICE("context"), SLICE("forms"), node->name};
    script_set(s->public.engine, s->arena, path, 3, fields);
    say(s, node, node_get(node->component, "submitMessage"));
    s->public.waiting = NULL;
    run_from(s, node_after(s, node, SLICE("")));
}

/* ---- the conversation ---- */

static struct slice first_locale(const struct program_dialog *dialog)
{
    const struct node *locales = node_get(dialog->root, "localeData");
    return node_is(locales, NODE_MAPPING) && locales->count > 0 ? locales->members[0].key->text
                                                                : SLICE("en");
}

static void set_variables(struct run_state *s, const char *scope, const struct node *values)
{
    for (size_t i = 0; node_is(values, NODE_MAPPING) && i < values->count; i++) {
        const struct slice path[] = {slice_of(scope), values->members[i].key->text};
        script_set(s->public.engine, s->arena, path, 2, values->members[i].value);
    }
}

/* Content variables have a value in the artifact. */
static void set_content(struct run_state *s)
{
    const struct node *variables = bot_section(s->dialog->bot, "contentVariables");
    for (size_t i = 0; i < node_length(variables); i++) {
        const struct node *variable = variables->items[i];
        const struct node *locales = node_get(variable, "localeData");
        struct member *locale =
            node_is(locales, NODE_MAPPING) ? node_member(locales, s->options.locale) : NULL;
        const struct node *value = node_get(locale != NULL ? locale->value : variable, "value");
        if (value != NULL) {
            const struct slice path[] = {SLICE("content"), node_text(variable, "key")};
            script_set(s->public.engine, s->arena, path, 2, value);
        }
    }
    set_variables(s, "content", s->options.content);
}

struct simulator *simulator_new(struct arena *arena, const struct program *program,
                                const struct program_dialog *dialog,
                                const struct simulator_options *options)
{
    struct run_state *s = arena_alloc(arena, sizeof *s);
    s->arena = arena;
    s->program = program;
    s->dialog = dialog;
    s->options = *options;
    s->options.locale = options->locale.length > 0 ? options->locale : first_locale(dialog);
    s->options.channel = options->channel.length > 0 ? options->channel : SLICE("default");
    s->public.locale = s->options.locale;
    s->public.now = options->now;
    s->signed_in = true;
    s->public.engine = script_engine_new(arena, options->now, options->machine);
    set_variables(s, "env", options->env);
    set_content(s);
    const struct slice language[] = {SLICE("context"), SLICE("currentLanguage")};
    script_set(s->public.engine, arena, language, 2, node_new_text(arena, s->options.locale));
    if (options->session != NULL) {
        const struct slice path[] = {SLICE("context"), SLICE("session"), SLICE("BotUserSession")};
        script_set(s->public.engine, arena, path, 3, options->session);
    }
    for (size_t i = 0; node_is(options->entities, NODE_MAPPING) && i < options->entities->count;
         i++) {
        set_entity(s, options->entities->members[i].key->text, options->entities->members[i].value);
    }
    return &s->public;
}

void simulator_say(struct simulator *simulator, struct slice text)
{
    struct run_state *s = (struct run_state *)simulator;
    const struct program_node *waiting = simulator->waiting;
    simulator->turn_start = simulator->event_count;
    simulator->turn_count++;
    s->steps = 0;
    if (simulator->ended) {
        return;
    }
    if (waiting == NULL) {
        struct answer_context context = answer_context_of(s);
        struct utterance_marks marks = utterance_match(&context, s->dialog, slice_trim(text));
        for (size_t i = 0; i < marks.count; i++) {
            set_entity(s, marks.nodes[i]->name, marks.values[i]);
        }
        const struct slice intent[] = {SLICE("context"), SLICE("intent")};
        if (s->dialog->count > 0) {
            script_set(simulator->engine, s->arena, intent, 2,
                       node_new_text(s->arena, s->dialog->nodes[0].name));
            run_from(s, &s->dialog->nodes[0]);
        } else {
            end_dialog(s, NULL, "the dialog has no nodes");
        }
    } else if (waiting->kind == DIALOG_ENTITY) {
        answer_entity(s, waiting, text);
    } else if (waiting->kind == DIALOG_CONFIRM) {
        answer_confirm(s, waiting, text);
    } else {
        answer_form(s, waiting, text);
    }
    if (simulator->event_count > 0) {
        is_stopped(s, s->events[simulator->event_count - 1].node);
    }
}

void simulator_set_entity(struct simulator *simulator, struct slice name, const struct node *value)
{
    set_entity((struct run_state *)simulator, name, value);
}

struct node *simulator_context(struct simulator *simulator, struct arena *arena,
                               struct slice *reason)
{
    return script_show(simulator->engine, arena, SLICE("context"), reason);
}
