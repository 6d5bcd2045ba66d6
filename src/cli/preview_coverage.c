#include "cli/preview_coverage.h"

#include "cli/pool.h"
#include "cli/templates.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"
#include "report/cjson.h"
#include "trial/explore/explore.h"

/* ---- conversations ---- */

static void take(bool *all, const bool *flags, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        all[i] = all[i] || flags[i];
    }
}

bool coverage_add_conversations(struct stage *stage, struct page_dialog *dialog, const char *path)
{
    struct arena *arena = stage->run.arena;
    struct findings *findings = &stage->run.findings;
    const struct program_dialog *program = dialog->dialog;
    struct conversation_world world = dialog->world;
    const char *beside = cli_conversation_path(arena, path);
    bool *nodes = arena_alloc_array(arena, program->node_count, sizeof *nodes);
    bool *transitions = arena_alloc_array(arena, program->transition_count, sizeof *transitions);
    struct conversation_file file;
    struct slice bytes;
    dialog->nodes = nodes;
    dialog->transitions = transitions;
    if (!input_exists(findings, beside)) {
        return true;
    }
    const struct schema *schema = compiler_conversation_schema(stage->run.compiler);
    if (!input_read(arena, findings, beside, YAML_BYTES_LIMIT, &bytes) ||
        !conversation_load(arena, schema, beside, bytes, &findings->diagnostics, &file)) {
        return false;
    }
    conversation_check(arena, &file, &world, &findings->diagnostics);
    for (size_t i = 0; findings->diagnostics.error_count == 0 && i < file.cases->count; i++) {
        if (!conversation_is_left_out(&file, i, &world)) {
            struct conversation_result result = conversation_run(arena, &file, i, &world);
            take(nodes, result.nodes, program->node_count);
            take(transitions, result.transitions, program->transition_count);
        }
    }
    return findings->diagnostics.error_count == 0;
}

/* ---- exploration ---- */

/* Flags as text, "1101", as a worker sends them. */
static void add_flags(struct cjson json, const char *key, const bool *flags, size_t count)
{
    struct builder text = builder_new(json.arena);
    for (size_t i = 0; i < count; i++) {
        builder_add_char(&text, flags[i] ? '1' : '0');
    }
    cjson_add_text(json, key, builder_slice(&text));
}

static const bool *read_flags(struct arena *arena, struct slice text, size_t count)
{
    bool *flags = arena_alloc_array(arena, count + 1, sizeof *flags);
    for (size_t i = 0; i < count && i < text.length; i++) {
        flags[i] = text.data[i] == '1';
    }
    return flags;
}

static void explore_one(void *context, size_t index, struct script_machine *machine,
                        struct builder *out)
{
    const struct page_dialog *dialog = &((const struct page_dialog *)context)[index];
    struct conversation_world world = dialog->world;
    struct explore_options options = {.hostile = true}; /* as `dialogc test --explore` does it */
    world.machine = machine;
    struct exploration found = explore(out->arena, &world, dialog->called, &options);
    struct cjson result = cjson_new_object(out->arena);
    add_flags(result, "nodes", found.nodes, dialog->dialog->node_count);
    add_flags(result, "transitions", found.transitions, dialog->dialog->transition_count);
    struct cjson gaps = cjson_add_array(result, "gaps");
    for (size_t i = 0; i < found.gap_count; i++) {
        struct cjson gap = cjson_add_object(gaps, NULL);
        cjson_add_text(gap, "text", found.gaps[i].what);
        cjson_add_text(gap, "reason", found.gaps[i].why);
    }
    cjson_print(out, result, CJSON_COMPACT);
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

void coverage_explore(struct stage *stage, const struct options *options,
                      struct page_dialog *dialogs, size_t count)
{
    struct arena *arena = stage->run.arena;
    struct findings *findings = &stage->run.findings;
    struct pool_result *results = arena_alloc_array(arena, count + 1, sizeof *results);
    const char *reason;
    if (!pool_run(arena, count, options->jobs, explore_one, dialogs, results, &reason)) {
        findings_remark(findings, "the dialogs cannot be explored: %s", reason);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (results[i].failure.length > 0) {
            findings_remark(findings, "%s cannot be explored: %.*s", dialogs[i].file,
                            SLICE_ARG(results[i].failure));
            continue;
        }
        dialogs[i].reach =
            read_reach(arena, json_read_quietly(arena, results[i].bytes), dialogs[i].dialog);
    }
}
