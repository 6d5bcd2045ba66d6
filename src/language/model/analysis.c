/* Making an analysis, and what is asked of it most. */
#include "language/model/analysis.h"

struct analysis *analysis_new(struct arena *arena, const struct template *template,
                              const struct flow_graph *graph)
{
    struct analysis *analysis = arena_alloc(arena, sizeof *analysis);
    *analysis = (struct analysis){
        .arena = arena,
        .template = template,
        .graph = graph,
        .references =
            arena_alloc_array(arena, template->reference_count, sizeof *analysis->references),
        .targets = arena_alloc_array(arena, template->step_count, sizeof *analysis->targets),
        .entities = arena_alloc_array(arena, template->entity_count, sizeof *analysis->entities),
        .services = arena_alloc_array(arena, template->service_count, sizeof *analysis->services),
        .messages_said =
            arena_alloc_array(arena, template->message_count, sizeof *analysis->messages_said),
        .scripts_run =
            arena_alloc_array(arena, template->script_count, sizeof *analysis->scripts_run),
    };
    return analysis;
}

static const void *target_of(const struct analysis *analysis, const struct step *step,
                             enum step_kind kind)
{
    return step->kind == kind ? analysis->targets[step->index] : NULL;
}

const struct entity *analysis_entity(const struct analysis *analysis, const struct step *step)
{
    return target_of(analysis, step, STEP_ASK);
}

const struct service *analysis_service(const struct analysis *analysis, const struct step *step)
{
    return target_of(analysis, step, STEP_CALL);
}

const struct message *analysis_message(const struct analysis *analysis, const struct step *step)
{
    return target_of(analysis, step, STEP_SAY);
}

const struct script *analysis_script(const struct analysis *analysis, const struct step *step)
{
    return target_of(analysis, step, STEP_RUN);
}

const struct form *analysis_form(const struct analysis *analysis, const struct step *step)
{
    return target_of(analysis, step, STEP_FORM);
}

bool analysis_needs_script(const struct analysis *analysis, const struct service *service)
{
    for (const struct reference *r = service->references.first; r != NULL; r = r->next) {
        enum reference_kind kind = analysis_resolution(analysis, r)->kind;
        bool variable = kind == REFERENCE_ENV || kind == REFERENCE_CONTENT;
        if (!variable || analysis_is_computed(analysis, r)) {
            return true;
        }
    }
    return false;
}
