#include "page/sample.h"

#include "document/json/reader.h"
#include "document/tree/build.h"
#include "trial/simulator/channel.h"
#include "trial/simulator/invention.h"

/* 2026-01-15T09:00:00Z, as in conversations that give no time. */
#define SAMPLE_NOW 1768467600000LL

struct page_sampler page_sampler_new(struct arena *arena, struct script_machine *machine)
{
    return (struct page_sampler){.arena = arena, .machine = machine};
}

static void set_entity(struct page_sampler *s, struct slice name)
{
    struct slice path[] = {SLICE("context"), SLICE("entities"), name};
    struct slice shown = arena_printf(s->arena, "⟨%.*s⟩", SLICE_ARG(name));
    script_set(s->engine, s->arena, path, 3, node_new_text(s->arena, shown));
}

/* The sample of a service: {statusCode, headers, body}, as JSON text; NULL without one. */
static const struct node *sample_of(struct page_sampler *s, const struct program_node *service)
{
    const struct node *samples = node_get(service->component, "sampleResponse");
    if (node_length(samples) == 0) {
        return NULL;
    }
    return json_read_quietly(s->arena, node_text(samples->items[0], "response"));
}

static void set_response(struct page_sampler *s, const struct program_node *service)
{
    struct slice path[] = {SLICE("context"), service->name, SLICE("response")};
    const struct node *response = sample_of(s, service);
    if (!node_is(response, NODE_MAPPING)) {
        struct node *invented = node_new_mapping(s->arena);
        node_set(s->arena, invented, SLICE("statusCode"), node_new_integer(s->arena, 200));
        node_set(s->arena, invented, SLICE("body"),
                 invention_body(s->arena, s->dialog, service->name));
        response = invented;
    }
    script_set(s->engine, s->arena, path, 3, response);
}

static void set_values(void *context, const struct program_node *node)
{
    struct page_sampler *s = context;
    if (node->kind == DIALOG_ENTITY) {
        set_entity(s, node->name);
    } else if (node->kind == DIALOG_SERVICE) {
        set_response(s, node);
    }
}

/* An engine whose context has a value for all that the dialog asks for. */
static void begin(struct page_sampler *s, const struct program_dialog *dialog)
{
    s->engine = script_engine_new(s->arena, SAMPLE_NOW, s->machine);
    s->dialog = dialog;
    program_visit(dialog, set_values, s);
}

const struct node *page_sample(struct page_sampler *sampler, const struct program_dialog *dialog,
                               struct slice script)
{
    if (sampler->machine == NULL ||
        (sampler->engine != NULL && script_broken(sampler->engine).length > 0)) {
        return NULL;
    }
    if (sampler->dialog != dialog) {
        begin(sampler, dialog);
    }
    struct script_result result = script_run(sampler->engine, sampler->arena, script);
    bool shows = !result.failed && !result.closed && result.printed.length > 0;
    return shows ? channel_message(sampler->arena, result.printed, true) : NULL;
}
