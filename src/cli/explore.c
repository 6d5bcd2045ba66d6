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
    const struct program_dialog **dialogs;
    const struct slice *names; /* of each dialog, for people */
};

/* What is shown of a dialog, and what a worker sends. */
static struct cjson add_result(struct cjson result, struct slice name,
                               const struct exploration *found)
{
    cjson_add_text(result, "dialog", name);
    cjson_add_count(result, "conversations", found->runs);
    cjson_add_boolean(result, "complete", found->complete);
    cjson_add_count(result, "reached", found->reached);
    cjson_add_count(result, "all", found->all);
    struct cjson unreached = cjson_add_array(result, "unreached");
    for (size_t i = 0; i < found->gap_count; i++) {
        struct cjson gap = cjson_add_object(unreached, NULL);
        cjson_add_text(gap, "message", found->gaps[i].what);
        cjson_add_text(gap, "reason", found->gaps[i].why);
    }
    return cjson_add_array(result, "findings");
}

static void add_finding(struct cjson findings, const struct explore_finding *found)
{
    struct cjson finding = cjson_add_object(findings, NULL);
    cjson_add_text(finding, "message", found->what);
    cjson_add_node(finding, "turns", found->turns);
    if (found->set != NULL) {
        cjson_add_node(finding, "set", found->set);
    }
    if (found->session != NULL) {
        cjson_add_node(finding, "session", found->session);
    }
    if (found->org != NULL) {
        cjson_add_node(finding, "org", found->org);
    }
}

static void explore_one(void *context, size_t index, struct script_machine *machine,
                        struct builder *out)
{
    const struct exploring *exploring = context;
    struct conversation_world world = stage_world(exploring->stage, exploring->dialogs[index]);
    struct explore_options options = {.hostile = true};
    world.machine = machine;
    struct exploration found = explore(out->arena, &world, exploring->names[index], &options);
    struct cjson result = cjson_new_object(out->arena);
    struct cjson findings = add_result(result, exploring->names[index], &found);
    for (size_t i = 0; i < found.finding_count; i++) {
        add_finding(findings, &found.findings[i]);
    }
    cjson_print(out, result, CJSON_COMPACT);
}

static void add_json(struct builder *out, const char *before, const struct node *value)
{
    struct json_writer json = json_writer_new(out, true);
    builder_add_text(out, before);
    json_node(&json, value);
}

/* What a person would say to see it: after "create a lead", "Ada" with
 * {"createLead":{"status":503}} */
static void show_turns(struct builder *out, const struct node *finding)
{
    const struct node *turns = node_get(finding, "turns");
    for (size_t i = 0; i < node_length(turns); i++) {
        const struct node *answers = node_get(turns->items[i], "answers");
        builder_add_text(out, i == 0 ? "    after " : ", ");
        json_quote(out, node_text(turns->items[i], "user"));
        if (answers != NULL) {
            add_json(out, " with ", answers);
        }
    }
    if (node_get(finding, "set") != NULL) {
        add_json(out, ", where entities have values before: ", node_get(finding, "set"));
    }
    if (node_get(finding, "session") != NULL) {
        add_json(out, ", where the session holds ", node_get(finding, "session"));
    }
    if (node_get(finding, "org") != NULL) {
        add_json(out, ", with the records ", node_get(finding, "org"));
    }
    builder_add_char(out, '\n');
}

static long long count_of(const struct node *result, const char *key)
{
    return node_integer(node_get(result, key), 0);
}

/* True when the conversations stopped at a bound. */
static bool is_cut(const struct node *result)
{
    return !node_get(result, "complete")->boolean;
}

static void show_human(struct builder *out, const struct node *result)
{
    const struct node *findings = node_get(result, "findings");
    const struct node *unreached = node_get(result, "unreached");
    struct slice name = node_text(result, "dialog");
    size_t start = out->length;
    builder_printf(
        out, "%.*s: %zu finding%s in %lld conversations; %lld of %lld nodes and transitions",
        SLICE_ARG(name), node_length(findings), plural(node_length(findings)),
        count_of(result, "conversations"), count_of(result, "reached"), count_of(result, "all"));
    printable_end_line(out, start);
    for (size_t i = 0; i < node_length(findings); i++) {
        start = out->length;
        builder_printf(out, "  %.*s", SLICE_ARG(node_text(findings->items[i], "message")));
        printable_end_line(out, start);
        show_turns(out, findings->items[i]);
    }
    for (size_t i = 0; i < node_length(unreached); i++) {
        struct slice reason = node_text(unreached->items[i], "reason");
        start = out->length;
        builder_printf(out, "  %.*s", SLICE_ARG(node_text(unreached->items[i], "message")));
        printable_end_line(out, start);
        start = out->length;
        builder_printf(out, "    %.*s", SLICE_ARG(reason));
        if (reason.length > 0) {
            printable_end_line(out, start);
        } else {
            out->length = start;
        }
    }
    if (is_cut(result)) {
        builder_printf(out,
                       "  not everything was tried: the search stopped after %lld conversations\n",
                       count_of(result, "conversations"));
    }
}

static void show_junit(struct junit *junit, struct arena *arena, const struct node *result)
{
    const struct node *findings = node_get(result, "findings");
    const struct node *unreached = node_get(result, "unreached");
    junit_begin_case(junit, SLICE("explore"), node_text(result, "dialog"));
    for (size_t i = 0; i < node_length(findings); i++) {
        struct builder turns = builder_new(arena);
        show_turns(&turns, findings->items[i]);
        junit_add_failure(junit, NULL, node_text(findings->items[i], "message"),
                          builder_slice(&turns));
    }
    for (size_t i = 0; i < node_length(unreached); i++) {
        junit_add_failure(junit, NULL, node_text(unreached->items[i], "message"),
                          node_text(unreached->items[i], "reason"));
    }
    if (is_cut(result)) {
        junit_add_failure(junit, NULL, SLICE("not everything was tried"),
                          arena_printf(arena, "the search stopped after %lld conversations",
                                       count_of(result, "conversations")));
    }
}

/* Per cent of the nodes and transitions of all dialogs that were reached, rounded down. */
static long percent_reached(const struct node *const *results, size_t count)
{
    long long reached = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        reached += count_of(results[i], "reached");
        all += count_of(results[i], "all");
    }
    return all > 0 ? (long)(reached * 100 / all) : 100;
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
    struct exploration nothing = {.complete = true};
    struct explore_finding failure = {.what = result->failure, .turns = node_new_sequence(arena)};
    add_finding(add_result(failed, name, &nothing), &failure);
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
            cjson_add_node(list, NULL, results[i]);
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

/* True when no operand is a file of conversations, which has no dialog of its own. */
static bool are_templates(const struct file_list *operands)
{
    for (size_t i = 0; i < operands->count; i++) {
        if (content_is_conversation(operands->paths[i])) {
            cli_message("%s has conversations: `dialogc test --explore` needs the template",
                        operands->paths[i]);
            return false;
        }
    }
    return true;
}

/*
 * The dialogs to explore: all, or those of a bot that the operands name. NULL, with a message, when
 * the bot has no such dialog, or when there is nothing to explore.
 */
static const struct program_dialog **find_dialogs(struct arena *arena,
                                                  const struct options *options,
                                                  const struct stage *stage, size_t *count)
{
    const struct program *program = &stage->program;
    size_t named = options->bot != NULL ? options->operands.count : 0;
    *count = named > 0 ? named : stage->wanted;
    const struct program_dialog **dialogs =
        arena_alloc_array(arena, *count, sizeof(const struct program_dialog *));
    for (size_t i = 0; i < *count; i++) {
        const char *name = named > 0 ? options->operands.paths[i] : "";
        dialogs[i] = named > 0 ? program_find(program, slice_of(name)) : &program->dialogs[i];
        if (dialogs[i] == NULL) {
            cli_message("%s has no dialog `%s`", options->bot, name);
            return NULL;
        }
    }
    if (*count == 0) {
        cli_message("found no templates");
    }
    return *count > 0 ? dialogs : NULL;
}

int cli_explore(struct arena *arena, struct options *options)
{
    struct stage stage = {0};
    const char *reason;
    if (options->bot == NULL && !are_templates(&options->operands)) {
        return STATUS_USAGE;
    }
    int status = stage_set(arena, options, &stage, &options->operands);
    if (status != STATUS_OK) {
        return status;
    }
    size_t count;
    const struct program_dialog **dialogs = find_dialogs(arena, options, &stage, &count);
    if (dialogs == NULL) {
        return STATUS_USAGE;
    }
    struct slice *names = arena_alloc_array(arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        names[i] = options->bot != NULL ? dialogs[i]->name : stage.run.ids[i];
    }
    struct exploring exploring = {&stage, dialogs, names};
    struct pool_result *results = arena_alloc_array(arena, count, sizeof *results);
    if (!pool_run(arena, count, options->jobs, explore_one, &exploring, results, &reason)) {
        cli_message("cannot run conversations in processes of their own: %s", reason);
        return STATUS_SYSTEM;
    }
    const struct node **shown = arena_alloc_array(arena, count, sizeof *shown);
    bool failed = false;
    for (size_t i = 0; i < count; i++) {
        shown[i] = result_of(arena, &results[i], names[i]);
        bool is_whole = node_length(node_get(shown[i], "unreached")) == 0 && !is_cut(shown[i]);
        failed = failed || node_length(node_get(shown[i], "findings")) > 0 ||
                 (!is_whole && options->test.min_coverage == 0);
    }
    if (!show(arena, options, shown, count)) {
        return STATUS_SYSTEM;
    }
    long percent = percent_reached(shown, count);
    if (percent < options->test.min_coverage) {
        cli_message(
            "%ld %% of nodes and transitions were reached, but --min-coverage requires %ld %%",
            percent, options->test.min_coverage);
        failed = true;
    }
    return failed ? STATUS_FINDINGS : STATUS_OK;
}
