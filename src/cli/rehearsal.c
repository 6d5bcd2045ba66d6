#include "cli/rehearsal.h"

#include "cli/pool.h"
#include "document/yaml/writer.h"
#include "trial/explore/explore.h"

/* ---- recording ---- */

struct recording {
    const struct conversation_world *world;
    struct slice name;
    bool all;
};

static void record(void *context, size_t index, struct script_machine *machine, struct builder *out)
{
    (void)index;
    const struct recording *recording = context;
    struct conversation_world world = *recording->world;
    struct explore_options options = {.makes_cases = true, .only_happy = !recording->all};
    world.machine = machine;
    struct exploration exploration = explore(out->arena, &world, recording->name, &options);
    yaml_write_members(out, exploration.file, 0, NULL);
}

static int no_processes(const char *reason)
{
    cli_message("cannot run conversations in processes of their own: %s", reason);
    return STATUS_SYSTEM;
}

int rehearsal_record(struct arena *arena, const struct stage *stage, bool all, struct slice *bytes)
{
    struct conversation_world world = stage_world(stage, &stage->program.dialogs[0]);
    struct recording recording = {&world, stage->run.ids[0], all};
    struct pool_result result = {0};
    const char *reason;
    if (!pool_run(arena, 1, 1, record, &recording, &result, &reason)) {
        return no_processes(reason);
    }
    if (result.failure.length > 0) {
        cli_message("%.*s", SLICE_ARG(result.failure));
        return STATUS_FINDINGS;
    }
    *bytes = result.bytes;
    return STATUS_OK;
}

/* ---- rehearsing ---- */

struct rehearsal {
    const struct conversation_file *file;
    struct conversation_world world;
};

/* Builds nothing for a conversation that goes as the file says. */
static void rehearse(void *context, size_t index, struct script_machine *machine,
                     struct builder *out)
{
    const struct rehearsal *rehearsal = context;
    struct conversation_world world = rehearsal->world;
    world.machine = machine;
    struct conversation_result result =
        conversation_run(out->arena, rehearsal->file, index, &world);
    if (result.failure_count > 0) {
        builder_add_text(out, "failed");
    }
}

/* `*passes`: the file is valid, in languages of the project, and all goes as it says. */
static int try_file(struct arena *arena, const struct options *options, const struct stage *stage,
                    const char *path, struct slice bytes, bool *passes)
{
    struct conversation_file file;
    struct diagnostics own = diagnostics_new(arena);
    struct rehearsal rehearsal = {&file, stage_world(stage, &stage->program.dialogs[0])};
    const struct schema *schema = compiler_conversation_schema(stage->run.compiler);
    const char *reason;
    *passes = conversation_load(arena, schema, path, bytes, &own, &file);
    if (!*passes) {
        return STATUS_OK;
    }
    conversation_check(arena, &file, &rehearsal.world, &own);
    *passes = own.error_count == 0;
    struct pool_result *results = arena_alloc_array(arena, file.cases->count, sizeof *results);
    if (*passes && !pool_run(arena, file.cases->count, options->jobs, rehearse, &rehearsal, results,
                             &reason)) {
        return no_processes(reason);
    }
    for (size_t i = 0; i < file.cases->count; i++) {
        bool went_well = results[i].bytes.length == 0 && results[i].failure.length == 0;
        *passes = *passes && went_well && !conversation_is_left_out(&file, i, &rehearsal.world);
    }
    return STATUS_OK;
}

int rehearsal_fit(struct arena *arena, const struct options *options, struct compiler *compiler,
                  const struct draft *draft, const char *path, struct slice *bytes)
{
    struct stage stage;
    bool passes = false;
    if (!script_is_available() || !stage_set_drafts(arena, compiler, draft, 1, &stage)) {
        return STATUS_OK; /* nothing to try them with */
    }
    if (bytes->length > 0) {
        int status = try_file(arena, options, &stage, path, *bytes, &passes);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return passes ? STATUS_OK : rehearsal_record(arena, &stage, true, bytes);
}
