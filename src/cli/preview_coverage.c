#include "cli/preview_coverage.h"

#include "cli/pool.h"
#include "cli/templates.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"
#include "report/cjson.h"
#include "trial/explore/explore.h"

struct tried {
    struct page_dialog *dialog;
    struct conversation_file *file; /* its conversations; NULL: it has none */
};

struct coverage {
    struct arena *arena;
    struct tried *dialogs;
    size_t count;
};

/* ---- in the worker ---- */

static void take(bool *all, const bool *flags, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        all[i] = all[i] || flags[i];
    }
}

/* Flags as text, "1101", as a worker sends them. */
static void add_flags(struct cjson json, const char *key, const bool *flags, size_t count)
{
    struct builder text = builder_new(json.arena);
    for (size_t i = 0; i < count; i++) {
        builder_add_char(&text, flags[i] ? '1' : '0');
    }
    cjson_add_text(json, key, builder_slice(&text));
}

static void run_conversations(struct cjson result, const struct tried *tried,
                              const struct conversation_world *world)
{
    struct arena *arena = result.arena;
    const struct program_dialog *dialog = tried->dialog->dialog;
    bool *nodes = arena_alloc_array(arena, dialog->node_count, sizeof *nodes);
    bool *transitions = arena_alloc_array(arena, dialog->transition_count, sizeof *transitions);
    for (size_t i = 0; tried->file != NULL && i < tried->file->cases->count; i++) {
        if (!conversation_is_left_out(tried->file, i, world)) {
            struct conversation_result ran = conversation_run(arena, tried->file, i, world);
            take(nodes, ran.nodes, dialog->node_count);
            take(transitions, ran.transitions, dialog->transition_count);
        }
    }
    add_flags(result, "nodes", nodes, dialog->node_count);
    add_flags(result, "transitions", transitions, dialog->transition_count);
}

static void explore_dialog(struct cjson result, const struct tried *tried,
                           const struct conversation_world *world)
{
    const struct program_dialog *dialog = tried->dialog->dialog;
    struct explore_options options = {.hostile = true}; /* as `dialogc test --explore` does it */
    struct exploration found = explore(result.arena, world, tried->dialog->called, &options);
    add_flags(result, "nodes", found.nodes, dialog->node_count);
    add_flags(result, "transitions", found.transitions, dialog->transition_count);
    struct cjson gaps = cjson_add_array(result, "gaps");
    for (size_t i = 0; i < found.gap_count; i++) {
        struct cjson gap = cjson_add_object(gaps, NULL);
        cjson_add_text(gap, "text", found.gaps[i].what);
        cjson_add_text(gap, "reason", found.gaps[i].why);
    }
}

/* The first tasks are the conversations of each dialog, the others explore them. */
static void try_dialog(void *context, size_t index, struct script_machine *machine,
                       struct builder *out)
{
    const struct coverage *coverage = context;
    const struct tried *tried = &coverage->dialogs[index % coverage->count];
    struct conversation_world world = tried->dialog->world;
    struct cjson result = cjson_new_object(out->arena);
    world.machine = machine;
    (index < coverage->count ? run_conversations : explore_dialog)(result, tried, &world);
    cjson_print(out, result, CJSON_COMPACT);
}

/* ---- what it sends ---- */

static const bool *read_flags(struct arena *arena, struct slice text, size_t count)
{
    bool *flags = arena_alloc_array(arena, count + 1, sizeof *flags);
    for (size_t i = 0; i < count && i < text.length; i++) {
        flags[i] = text.data[i] == '1';
    }
    return flags;
}

static const struct page_reach *read_reach(struct arena *arena, const struct node *result,
                                           const struct program_dialog *dialog)
{
    struct page_reach *reach = arena_alloc(arena, sizeof *reach);
    const struct node *list = node_get(result, "gaps");
    struct page_gap *gaps = arena_alloc_array(arena, node_length(list) + 1, sizeof *gaps);
    for (size_t i = 0; i < node_length(list); i++) {
        gaps[i] = (struct page_gap){node_text(list->items[i], "text"),
                                    node_text(list->items[i], "reason")};
    }
    *reach = (struct page_reach){
        .nodes = read_flags(arena, node_text(result, "nodes"), dialog->node_count),
        .transitions =
            read_flags(arena, node_text(result, "transitions"), dialog->transition_count),
        .gaps = gaps,
        .gap_count = node_length(list),
    };
    return reach;
}

static void note_result(const struct coverage *coverage, size_t index, struct slice bytes)
{
    struct arena *arena = coverage->arena;
    struct page_dialog *dialog = coverage->dialogs[index % coverage->count].dialog;
    const struct node *result = json_read_quietly(arena, bytes);
    if (index >= coverage->count) {
        dialog->reach = read_reach(arena, result, dialog->dialog);
        return;
    }
    dialog->nodes = read_flags(arena, node_text(result, "nodes"), dialog->dialog->node_count);
    dialog->transitions =
        read_flags(arena, node_text(result, "transitions"), dialog->dialog->transition_count);
}

/* ---- all dialogs ---- */

/* The conversations beside a template; false, with findings, when they are not valid. */
static bool load_conversations(struct stage *stage, struct tried *tried, const char *path)
{
    struct arena *arena = stage->run.arena;
    struct findings *findings = &stage->run.findings;
    const char *beside = cli_conversation_path(arena, path);
    const struct schema *schema = compiler_conversation_schema(stage->run.compiler);
    struct conversation_file *file = arena_alloc(arena, sizeof *file);
    struct slice bytes;
    if (!input_exists(findings, beside)) {
        return true;
    }
    if (!input_read(arena, findings, beside, YAML_BYTES_LIMIT, &bytes) ||
        !conversation_load(arena, schema, beside, bytes, &findings->diagnostics, file)) {
        return false;
    }
    conversation_check(arena, file, &tried->dialog->world, &findings->diagnostics);
    tried->file = file;
    return findings->diagnostics.error_count == 0;
}

bool coverage_measure(struct stage *stage, const struct options *options,
                      struct page_dialog *dialogs, size_t count, size_t explored)
{
    struct arena *arena = stage->run.arena;
    struct findings *findings = &stage->run.findings;
    size_t tasks = count + explored;
    struct coverage coverage = {
        arena, arena_alloc_array(arena, count + 1, sizeof *coverage.dialogs), count};
    struct pool_result *results = arena_alloc_array(arena, tasks + 1, sizeof *results);
    const char *reason;
    bool valid = true;
    for (size_t i = 0; i < count; i++) {
        coverage.dialogs[i].dialog = &dialogs[i];
        valid =
            load_conversations(stage, &coverage.dialogs[i], stage->run.inputs.paths[i]) && valid;
    }
    if (!valid) {
        return false;
    }
    if (!pool_run(arena, tasks, options->jobs, try_dialog, &coverage, results, &reason)) {
        findings_remark(findings, "the dialogs cannot be tried: %s", reason);
        return true;
    }
    for (size_t i = 0; i < tasks; i++) {
        if (results[i].failure.length > 0) {
            findings_remark(findings, "%s cannot be %s: %.*s", dialogs[i % count].file,
                            i < count ? "tried" : "explored", SLICE_ARG(results[i].failure));
        } else {
            note_result(&coverage, i, results[i].bytes);
        }
    }
    return true;
}
