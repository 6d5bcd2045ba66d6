/* Going through the steps and scripts of a template. */
#include "language/model/context_writes.h"

static void note_path(void *context, const struct javascript_path *path)
{
    struct context_writes *writes = context;
    bool is_entity = path->count > 1 && slice_is(path->names[0], "entities");
    writes->is_open = writes->is_open || path->is_computed;
    if (path->is_written && path->count > 0) {
        map_add(is_entity ? &writes->entities : &writes->variables, path->names[is_entity], writes);
    }
}

const struct javascript_script *context_writes_script(struct context_writes *writes,
                                                      const struct node *script)
{
    struct javascript_script *parsed = map_get_address(&writes->scripts, script);
    if (parsed == NULL) {
        struct arena *arena = writes->scripts.arena;
        parsed = arena_alloc(arena, sizeof *parsed);
        *parsed = javascript_parse(arena, script->text);
        map_add_address(&writes->scripts, script, parsed);
    }
    return parsed;
}

void context_writes_each_script(const struct context_writes *writes,
                                void (*visit)(void *context, const struct node *script,
                                              const struct javascript_script *parsed),
                                void *context)
{
    for (size_t i = 0; i < writes->scripts.count; i++) {
        const struct node *script;
        memcpy(&script, writes->scripts.entries[i].key.data, sizeof script);
        visit(context, script, writes->scripts.entries[i].value);
    }
}

static void note_script(struct context_writes *writes, const struct node *script)
{
    const struct javascript_script *parsed = context_writes_script(writes, script);
    writes->is_open = writes->is_open || parsed->root == NULL;
    javascript_each_path(parsed, "context", note_path, writes);
}

static void note_optional(struct context_writes *writes, const struct node *script)
{
    if (script != NULL) {
        note_script(writes, script);
    }
}

static void note_texts(struct context_writes *writes, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (texts->variants[i].is_script) {
            note_script(writes, texts->variants[i].text.node);
        }
    }
}

static void note_step(struct context_writes *writes, const struct template *template,
                      const struct step *step)
{
    for (size_t i = 0; step->kind == STEP_SET && i < step->set.values.count; i++) {
        struct slice name = step->set.values.items[i].key->text;
        bool is_entity = template_entity(template, name) != NULL;
        map_add(is_entity ? &writes->entities : &writes->variables, name, writes);
    }
    const struct node *returns = step->kind == STEP_DIALOG ? step->dialog.returns : NULL;
    for (size_t i = 0; returns != NULL && i < returns->count; i++) {
        map_add(&writes->variables, returns->items[i]->text, writes);
    }
    if (step->kind == STEP_CONFIRM) {
        note_texts(writes, &step->confirm.prompt);
    }
}

static void note_steps(struct context_writes *writes, const struct template *template,
                       const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        note_step(writes, template, step);
        for (size_t j = 0; j < step->branch_count; j++) {
            note_steps(writes, template, &step->branches[j].steps);
        }
    }
}

struct context_writes context_writes_unread(struct arena *arena)
{
    return (struct context_writes){
        .variables = map_new(arena), .entities = map_new(arena), .scripts = map_new(arena)};
}

struct context_writes context_writes_of(struct arena *arena, const struct template *template)
{
    struct context_writes writes = context_writes_unread(arena);
    for (size_t i = 0; i < template->script_count; i++) {
        note_script(&writes, template->scripts[i].node);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        const struct message *message = &template->messages[i];
        if (message->kind == MESSAGE_SCRIPT) {
            note_script(&writes, message->script.node);
        }
        note_texts(&writes, &message->text);
    }
    for (size_t i = 0; i < template->entity_count; i++) {
        note_texts(&writes, &template->entities[i].prompt);
        note_texts(&writes, &template->entities[i].error);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        note_optional(&writes, service_script(&template->services[i], "before"));
        note_optional(&writes, service_script(&template->services[i], "after"));
    }
    note_steps(&writes, template, &template->flow);
    return writes;
}
