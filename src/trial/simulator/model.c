#include "trial/simulator/model.h"

#include "document/tree/build.h"

static const struct {
    const char *type;
    enum model_kind kind;
} types[] = {
    {"generativeai", MODEL_PROMPT},
    {"aiassist", MODEL_AGENT},
    {"searchai", MODEL_SEARCH},
    {"dynamicIntent", MODEL_INTENT},
};

enum model_kind model_kind(const struct program_node *node)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (slice_is(node->unknown, types[i].type)) {
            return types[i].kind;
        }
    }
    return MODEL_NONE;
}

/* ---- answers ---- */

struct calls {
    size_t count;
};

static const struct node *answers_of(const struct run *run, struct slice name)
{
    const struct node *nodes = run->options.model;
    for (size_t i = 0; i < node_length(nodes); i++) {
        if (slice_equal(node_text(nodes->items[i], "node"), name)) {
            return node_get(nodes->items[i], "answers");
        }
    }
    return NULL;
}

/* An answer that nobody gave: some text, and some text for each entity that an agent collects. */
static const struct node *invent(struct run *run, const struct program_node *node)
{
    const struct node *config =
        node_get(node_get(node->component, "generativeAI"), "dynamicEntityConfig");
    const struct node *wanted = node_get(config, "dynamicEntities");
    struct node *answer = node_new_mapping(run->arena);
    struct node *entities = node_new_mapping(run->arena);
    node_set_text(run->arena, answer, "text", SLICE("Example"));
    for (size_t i = 0; i < node_length(wanted); i++) {
        node_set(run->arena, entities, node_text(wanted->items[i], "name"),
                 node_new_text(run->arena, SLICE("Example")));
    }
    node_set(run->arena, answer, SLICE("entities"), entities);
    return answer;
}

/* The next answer for a node, and whether it is the last; NULL, with a problem: none. */
static const struct node *next_answer(struct run *run, const struct program_node *node,
                                      bool *is_last)
{
    struct calls *calls = map_get(&run->model_calls, node->name);
    if (calls == NULL) {
        calls = arena_alloc(run->arena, sizeof *calls);
        map_add(&run->model_calls, node->name, calls);
    }
    const struct node *answers = answers_of(run, node->name);
    *is_last = calls->count + 1 >= node_length(answers);
    if (answers != NULL && calls->count < answers->count) {
        return answers->items[calls->count++];
    }
    if (run->options.invents) {
        return invent(run, node);
    }
    run_problem(run, node,
                arena_printf(run->arena,
                             "`%.*s` (%.*s) asks a language model: the conversation has no answer "
                             "for it under `model`",
                             SLICE_ARG(node->name), SLICE_ARG(node->unknown)));
    return NULL;
}

static struct slice text_of(const struct node *answer)
{
    return node_is(answer, NODE_STRING) ? answer->text : node_text(answer, "text");
}

/* ---- nodes ---- */

/* context.PART.NODE */
static void keep(struct run *run, const char *part, const struct program_node *node,
                 const struct node *value)
{
    const struct slice path[] = {SLICE("context"), slice_of(part), node->name};
    run_set(run, path, 3, value);
}

static struct node *wrap(struct run *run, const char *key, const struct node *value)
{
    struct node *mapping = node_new_mapping(run->arena);
    node_set(run->arena, mapping, slice_of(key), value);
    return mapping;
}

static void say(struct run *run, const struct program_node *node, struct slice text)
{
    if (text.length > 0) {
        run_event(run, EVENT_MESSAGE, node)->message = node_new_text(run->arena, text);
    }
}

static void run_processor(struct run *run, const struct program_node *node, const char *key)
{
    struct slice script = node_text(node_get(node->component, "generativeAI"), key);
    if (script.length > 0) {
        run_script(run, node, script);
    }
}

/* Scripts read context.GenerativeAINode.NODE.text. */
static void answer_prompt(struct run *run, const struct program_node *node)
{
    bool is_last;
    run_processor(run, node, "preProcessorScript");
    const struct node *answer = next_answer(run, node, &is_last);
    if (answer != NULL) {
        keep(run, "GenerativeAINode", node,
             node_is(answer, NODE_MAPPING) ? answer : wrap(run, "text", answer));
    }
    run_processor(run, node, "postProcessorScript");
}

/* Scripts read context.SearchAINode.NODE.response.answer. */
static void answer_search(struct run *run, const struct program_node *node)
{
    bool is_last;
    const struct node *answer = next_answer(run, node, &is_last);
    if (answer != NULL) {
        const struct node *text = node_new_text(run->arena, text_of(answer));
        keep(run, "SearchAINode", node, wrap(run, "response", wrap(run, "answer", text)));
        say(run, node, text_of(answer));
    }
}

/* Scripts read context.AI_Assisted_Dialogs.NODE.entities[0].NAME. */
static bool answer_agent(struct run *run, const struct program_node *node)
{
    bool is_last;
    const struct node *answer = next_answer(run, node, &is_last);
    const struct node *entities = node_get(answer, "entities");
    say(run, node, text_of(answer));
    if (entities != NULL) {
        struct node *list = node_new_sequence(run->arena);
        node_append(run->arena, list, entities);
        keep(run, "AI_Assisted_Dialogs", node, wrap(run, "entities", list));
    }
    if (is_last || entities != NULL) {
        return true;
    }
    run->public.waiting = node;
    return false;
}

bool model_answer(struct run *run, const struct program_node *node)
{
    switch (model_kind(node)) {
    case MODEL_PROMPT:
        answer_prompt(run, node);
        return true;
    case MODEL_SEARCH:
        answer_search(run, node);
        return true;
    case MODEL_AGENT:
        return answer_agent(run, node);
    case MODEL_NONE:
    case MODEL_INTENT:
        break;
    }
    return true;
}

const struct program_dialog *model_dialog(struct run *run, const struct program_node *node)
{
    bool is_last;
    if (run->options.invents && answers_of(run, node->name) == NULL) {
        return NULL; /* any dialog might follow: none is made up */
    }
    const struct node *answer = next_answer(run, node, &is_last);
    return answer != NULL ? program_find(run->program, text_of(answer)) : NULL;
}
