#include "trial/simulator/run.h"

#include "base/percent.h"
#include "trial/simulator/substitute.h"

struct event *run_event(struct run *run, enum event_kind kind, const struct program_node *node)
{
    run->events =
        arena_append(run->arena, run->events, run->public.event_count, sizeof *run->events);
    struct event *event = &run->events[run->public.event_count++];
    *event = (struct event){.kind = kind, .dialog = run->dialog, .node = node};
    run->public.events = run->events;
    return event;
}

void run_problem(struct run *run, const struct program_node *node, struct slice text)
{
    run_event(run, EVENT_PROBLEM, node)->text = text;
}

void run_end(struct run *run, const struct program_node *node, const char *reason)
{
    run_event(run, EVENT_END, node)->text = slice_of(reason);
    run->public.ended = true;
    run->public.waiting = NULL;
}

struct slice run_text(struct run *run, struct slice text)
{
    struct builder out = builder_new(run->arena);
    substitute(run->public.engine, run->arena, &out, text, run->options.host);
    return builder_slice(&out);
}

struct script_result run_script(struct run *run, const struct program_node *node,
                                struct slice script)
{
    /* {{env.X}} in a script is text before the script runs */
    struct slice source = run_text(run, percent_decode_text(run->arena, script));
    struct script_result result = script_run(run->public.engine, run->arena, source);
    if (result.failed) {
        struct slice place = result.error.line > 0
                                 ? arena_printf(run->arena, " in line %ld", result.error.line)
                                 : SLICE("");
        run_problem(run, node,
                    arena_printf(run->arena, "the script of `%.*s` fails%.*s: %.*s",
                                 SLICE_ARG(node->name), SLICE_ARG(place),
                                 SLICE_ARG(result.error.message)));
        run->stop_is_reported = script_broken(run->public.engine).length > 0;
    }
    if (result.cleared_logins) {
        run->signed_in = false;
    }
    if (result.closed) {
        run_end(run, node, "a script closed the conversation");
    }
    return result;
}

void run_set(struct run *run, const struct slice *path, size_t count, const struct node *value)
{
    script_set(run->public.engine, run->arena, path, count, value);
}

void run_set_entity(struct run *run, struct slice name, const struct node *value)
{
    const struct slice path[] = {SLICE("context"), SLICE("entities"), name};
    run_set(run, path, 3, value);
}

struct answer_context run_answer_context(const struct run *run)
{
    return (struct answer_context){run->arena, run->public.engine, run->options.locale,
                                   run->options.now};
}

const struct node *run_locale(const struct run *run, const struct node *locales)
{
    if (!node_is(locales, NODE_MAPPING) || locales->count == 0) {
        return NULL;
    }
    struct member *locale = node_member(locales, run->options.locale);
    return locale != NULL ? locale->value : locales->members[0].value;
}
