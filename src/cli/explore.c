/* dialogc test --explore: every way through dialogs, with good, bad and hostile answers. */
#include "trial/explore/explore.h"

#include "cli/pool.h"
#include "cli/stage.h"
#include "report/render.h"
#include "document/json/reader.h"
#include "document/json/writer.h"

struct exploring {
    struct stage *stage;
    const struct slice *names; /* of each dialog, for people */
};

static void explore_one(void *context, size_t index, const struct script_hooks *hooks,
                        struct builder *out)
{
    const struct exploring *exploring = context;
    struct conversation_world world =
        stage_world(exploring->stage, &exploring->stage->program.dialogs[index]);
    struct explore_options options = {.hostile = true};
    world.hooks = hooks;
    struct exploration found = explore(out->arena, &world, exploring->names[index], &options);
    struct json_writer json = json_writer_new(out, true);
    json_begin_object(&json);
    json_text_member(&json, "dialog", exploring->names[index]);
    json_key(&json, "conversations");
    json_integer(&json, (long long)found.runs);
    json_boolean_member(&json, "complete", found.complete);
    json_key(&json, "findings");
    json_begin_array(&json);
    for (size_t i = 0; i < found.finding_count; i++) {
        json_begin_object(&json);
        json_text_member(&json, "message", found.findings[i].what);
        json_key(&json, "turns");
        json_node(&json, found.findings[i].turns);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
}

/* What a person would say to see it: "create a lead", "Ada" (createLeadService: {"status":503}). */
static void show_turns(struct builder *out, const struct node *turns)
{
    for (size_t i = 0; i < node_length(turns); i++) {
        const struct node *answers = node_get(turns->items[i], "answers");
        builder_add_text(out, i == 0 ? "    after " : ", ");
        json_quote(out, node_text(turns->items[i], "user"));
        if (answers != NULL) {
            struct json_writer json = json_writer_new(out, true);
            builder_add_text(out, " with ");
            json_node(&json, answers);
        }
    }
    builder_add_char(out, '\n');
}

static void show_human(struct builder *out, const struct node *result)
{
    const struct node *findings = node_get(result, "findings");
    const struct node *complete = node_get(result, "complete");
    struct slice name = node_text(result, "dialog");
    builder_printf(out, "%.*s: %zu finding%s in %lld conversations%s\n", SLICE_ARG(name),
                   node_length(findings), plural(node_length(findings)),
                   node_integer(node_get(result, "conversations"), 0),
                   complete->boolean ? "" : ", which are not all");
    for (size_t i = 0; i < node_length(findings); i++) {
        builder_printf(out, "  %.*s\n", SLICE_ARG(node_text(findings->items[i], "message")));
        show_turns(out, node_get(findings->items[i], "turns"));
    }
}

static void show_junit(struct builder *out, const struct node *result)
{
    const struct node *findings = node_get(result, "findings");
    builder_add_text(out, "    <testcase classname=\"explore\" name=\"");
    render_xml(out, node_text(result, "dialog"));
    builder_add_text(out, node_length(findings) > 0 ? "\">\n" : "\"/>\n");
    for (size_t i = 0; i < node_length(findings); i++) {
        struct builder turns = builder_new(out->arena);
        show_turns(&turns, node_get(findings->items[i], "turns"));
        builder_add_text(out, "      <failure message=\"");
        render_xml(out, node_text(findings->items[i], "message"));
        builder_add_text(out, "\">");
        render_xml(out, builder_slice(&turns));
        builder_add_text(out, "</failure>\n");
    }
    builder_add_text(out, node_length(findings) > 0 ? "    </testcase>\n" : "");
}

/* A result, or that there is none. */
static const struct node *result_of(struct arena *arena, const struct pool_result *result,
                                    struct slice name)
{
    struct slice bytes = result->bytes;
    if (result->failure.length > 0) {
        struct builder json = builder_new(arena);
        builder_add_text(&json, "{\"dialog\":");
        json_quote(&json, name);
        builder_add_text(&json,
                         ",\"conversations\":0,\"complete\":false,\"findings\":[{\"message\":");
        json_quote(&json, result->failure);
        builder_add_text(&json, ",\"turns\":[]}]}");
        bytes = builder_slice(&json);
    }
    return json_read_quietly(arena, bytes);
}

static bool show(struct arena *arena, const struct options *options,
                 const struct node *const *results, size_t count, size_t findings)
{
    struct builder out = builder_new(arena);
    if (options->format == FORMAT_JSON) {
        struct json_writer json = json_writer_new(&out, false);
        json_begin_array(&json);
        for (size_t i = 0; i < count; i++) {
            json_node(&json, results[i]);
        }
        json_end_array(&json);
        builder_add_char(&out, '\n');
    } else if (options->format == FORMAT_JUNIT) {
        builder_printf(&out,
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dialogc\">\n"
                       "  <testsuite name=\"explore\" tests=\"%zu\" failures=\"%zu\">\n",
                       count, findings);
        for (size_t i = 0; i < count; i++) {
            show_junit(&out, results[i]);
        }
        builder_add_text(&out, "  </testsuite>\n</testsuites>\n");
    } else {
        for (size_t i = 0; i < count; i++) {
            show_human(&out, results[i]);
        }
    }
    struct slice text = builder_slice(&out);
    return cli_print(options->format == FORMAT_HUMAN ? cli_printable(arena, text) : text);
}

int cli_explore(struct arena *arena, struct options *options)
{
    struct stage stage = {0};
    const char *reason;
    if (options->operands.count == 0 && options->bot == NULL) {
        cli_message("`dialogc test --explore` needs templates");
        return STATUS_USAGE;
    }
    int status = stage_set(arena, options, &stage, &options->operands);
    if (status != STATUS_OK) {
        return status;
    }
    size_t count = stage.program.count;
    struct slice *names = arena_alloc_array(arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        names[i] = options->bot != NULL ? stage.program.dialogs[i].name : stage.run.ids[i];
    }
    struct exploring exploring = {&stage, names};
    struct pool_result *results = arena_alloc_array(arena, count, sizeof *results);
    if (!pool_run(arena, count, options->jobs, explore_one, &exploring, results, &reason)) {
        cli_message("cannot start a process: %s", reason);
        return STATUS_SYSTEM;
    }
    const struct node **shown = arena_alloc_array(arena, count, sizeof *shown);
    size_t findings = 0;
    for (size_t i = 0; i < count; i++) {
        shown[i] = result_of(arena, &results[i], names[i]);
        findings += node_length(node_get(shown[i], "findings"));
    }
    if (!show(arena, options, shown, count, findings)) {
        return STATUS_SYSTEM;
    }
    return findings > 0 ? STATUS_FINDINGS : STATUS_OK;
}
