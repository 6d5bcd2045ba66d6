/* dialogc test --explore: every way through dialogs, with good, bad and hostile answers. */
#include "trial/explore/explore.h"

#include "base/printable.h"
#include "cli/pool.h"
#include "cli/stage.h"
#include "report/cjson.h"
#include "report/junit.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"

struct exploring {
    struct stage *stage;
    const struct slice *names; /* of each dialog, for people */
};

/* What is shown of a dialog, and what a worker sends: {dialog, conversations, complete, findings}.
 */
static struct cjson add_result(struct cjson result, struct slice name, size_t runs, bool complete)
{
    cjson_add_text(result, "dialog", name);
    cjson_add_count(result, "conversations", runs);
    cjson_add_boolean(result, "complete", complete);
    return cjson_add_array(result, "findings");
}

static void add_finding(struct cjson findings, struct slice what, const struct node *turns)
{
    struct cjson finding = cjson_add_object(findings, NULL);
    cjson_add_text(finding, "message", what);
    cjson_add_node(finding, "turns", turns);
}

static void explore_one(void *context, size_t index, struct script_machine *machine,
                        struct builder *out)
{
    const struct exploring *exploring = context;
    struct conversation_world world =
        stage_world(exploring->stage, &exploring->stage->program.dialogs[index]);
    struct explore_options options = {.hostile = true};
    world.machine = machine;
    struct exploration found = explore(out->arena, &world, exploring->names[index], &options);
    struct cjson result = cjson_new_object(out->arena);
    struct cjson findings = add_result(result, exploring->names[index], found.runs, found.complete);
    for (size_t i = 0; i < found.finding_count; i++) {
        add_finding(findings, found.findings[i].what, found.findings[i].turns);
    }
    cjson_print(out, result, CJSON_COMPACT);
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
    size_t start = out->length;
    builder_printf(out, "%.*s: %zu finding%s in %lld conversations%s", SLICE_ARG(name),
                   node_length(findings), plural(node_length(findings)),
                   node_integer(node_get(result, "conversations"), 0),
                   complete->boolean ? "" : ", but not all were tried");
    printable_end_line(out, start);
    for (size_t i = 0; i < node_length(findings); i++) {
        start = out->length;
        builder_printf(out, "  %.*s", SLICE_ARG(node_text(findings->items[i], "message")));
        printable_end_line(out, start);
        show_turns(out, node_get(findings->items[i], "turns"));
    }
}

static void show_junit(struct junit *junit, struct arena *arena, const struct node *result)
{
    const struct node *findings = node_get(result, "findings");
    junit_begin_case(junit, SLICE("explore"), node_text(result, "dialog"));
    for (size_t i = 0; i < node_length(findings); i++) {
        struct builder turns = builder_new(arena);
        show_turns(&turns, node_get(findings->items[i], "turns"));
        junit_add_failure(junit, NULL, node_text(findings->items[i], "message"),
                          builder_slice(&turns));
    }
}

static void show_json(struct cjson results, const struct node *result)
{
    const struct node *findings = node_get(result, "findings");
    struct cjson list = add_result(cjson_add_object(results, NULL), node_text(result, "dialog"),
                                   (size_t)node_integer(node_get(result, "conversations"), 0),
                                   node_get(result, "complete")->boolean);
    for (size_t i = 0; i < node_length(findings); i++) {
        add_finding(list, node_text(findings->items[i], "message"),
                    node_get(findings->items[i], "turns"));
    }
}

/* A result, or that there is none. */
static const struct node *result_of(struct arena *arena, const struct pool_result *result,
                                    struct slice name)
{
    if (result->failure.length == 0) {
        return json_read_quietly(arena, result->bytes);
    }
    struct builder out = builder_new(arena);
    struct cjson failed = cjson_new_object(arena);
    add_finding(add_result(failed, name, 0, false), result->failure, node_new_sequence(arena));
    cjson_print(&out, failed, CJSON_COMPACT);
    return json_read_quietly(arena, builder_slice(&out));
}

static bool show(struct arena *arena, const struct options *options,
                 const struct node *const *results, size_t count)
{
    struct builder out = builder_new(arena);
    if (options->format == FORMAT_JSON) {
        struct cjson list = cjson_new_array(arena);
        for (size_t i = 0; i < count; i++) {
            show_json(list, results[i]);
        }
        cjson_print(&out, list, CJSON_LINES);
        builder_add_char(&out, '\n');
    } else if (options->format == FORMAT_JUNIT) {
        struct junit junit = junit_new(arena);
        junit_begin_suite(&junit, SLICE("explore"));
        for (size_t i = 0; i < count; i++) {
            show_junit(&junit, arena, results[i]);
        }
        junit_write(&out, &junit);
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
        cli_message("cannot run conversations in processes of their own: %s", reason);
        return STATUS_SYSTEM;
    }
    const struct node **shown = arena_alloc_array(arena, count, sizeof *shown);
    size_t findings = 0;
    for (size_t i = 0; i < count; i++) {
        shown[i] = result_of(arena, &results[i], names[i]);
        findings += node_length(node_get(shown[i], "findings"));
    }
    if (!show(arena, options, shown, count)) {
        return STATUS_SYSTEM;
    }
    return findings > 0 ? STATUS_FINDINGS : STATUS_OK;
}
