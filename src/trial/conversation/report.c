/* Rendering of what became of conversations. */
#include "trial/conversation/report.h"

#include "report/render.h"
#include "document/json/writer.h"

/* ---- differences ---- */

struct lines {
    struct slice *items;
    size_t count;
};

static struct lines lines_of(struct arena *arena, struct slice text)
{
    struct lines lines = {0};
    for (size_t at = 0; at < text.length;) {
        size_t end = slice_find(text, "\n", at);
        end = end < text.length ? end : text.length;
        lines.items = arena_append(arena, lines.items, lines.count, sizeof *lines.items);
        lines.items[lines.count++] = slice_part(text, at, end);
        at = end + 1;
    }
    return lines;
}

static void add_line(struct builder *out, char sign, struct slice line)
{
    builder_printf(out, "    %c %.*s\n", sign, SLICE_ARG(line));
}

/* The longest common lines stay; tables of more than DIFF_LIMIT places are not filled. */
#define DIFF_LIMIT ((size_t)1 << 20)

static void add_difference(struct builder *out, struct slice expected, struct slice actual)
{
    struct arena *arena = out->arena;
    struct lines a = lines_of(arena, expected);
    struct lines b = lines_of(arena, actual);
    size_t width = b.count + 1;
    bool small = (a.count + 1) * width <= DIFF_LIMIT;
    unsigned *common = arena_alloc_array(arena, small ? (a.count + 1) * width : 1, sizeof *common);
    for (size_t i = a.count; small && i-- > 0;) {
        for (size_t j = b.count; j-- > 0;) {
            unsigned down = common[(i + 1) * width + j];
            unsigned right = common[i * width + j + 1];
            common[i * width + j] = slice_equal(a.items[i], b.items[j])
                                        ? common[(i + 1) * width + j + 1] + 1
                                    : down > right ? down
                                                   : right;
        }
    }
    size_t i = 0, j = 0;
    while (i < a.count || j < b.count) {
        if (i < a.count && j < b.count && slice_equal(a.items[i], b.items[j])) {
            add_line(out, ' ', a.items[i++]);
            j++;
        } else if (i < a.count && (j == b.count || !small ||
                                   common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            add_line(out, '-', a.items[i++]);
        } else {
            add_line(out, '+', b.items[j++]);
        }
    }
}

static void add_failure(struct builder *out, const struct report_case *one,
                        const struct report_failure *failure)
{
    builder_printf(out, "  %s:%zu:%zu: %.*s\n", one->path, failure->position.line,
                   failure->position.column, SLICE_ARG(failure->what));
    add_difference(out, failure->expected, failure->actual);
}

/* ---- coverage ---- */

size_t report_percent(const struct report *report)
{
    size_t covered = 0, all = 0;
    for (size_t i = 0; i < report->coverage_count; i++) {
        const struct report_coverage *coverage = &report->coverage[i];
        covered += coverage->node_count + coverage->transition_count;
        all += coverage->dialog->node_count + coverage->dialog->transition_count;
    }
    return all > 0 ? covered * 100 / all : 100;
}

struct missing {
    struct builder *out;
    const struct report_coverage *coverage;
};

static struct slice target_name(const struct program_dialog *dialog,
                                const struct program_transition *transition)
{
    const struct program_node *node = program_node(dialog, transition->target);
    return node != NULL ? node->name : SLICE("the end");
}

/* "if context.x.response.statusCode gte 500" */
static void add_test(struct builder *out, const struct program_dialog *dialog,
                     const struct node *test)
{
    if (test == NULL) {
        builder_add_text(out, "otherwise");
        return;
    }
    struct slice act = node_text(test, "dialogAct");
    const struct program_node *asked = program_node(dialog, node_text(test, "field"));
    struct slice subject = asked != NULL ? asked->name : node_text(test, "context");
    struct slice op = node_text(test, "op");
    const struct node *value = node_get(test, "value");
    if (act.length > 0) {
        builder_printf(out, "if the answer is %.*s", SLICE_ARG(act));
    } else if (node_get(test, "tests") != NULL) {
        builder_printf(out, "if %zu tests hold", node_length(node_get(test, "tests")));
    } else {
        builder_printf(out, "if %.*s %.*s %.*s", SLICE_ARG(subject),
                       SLICE_ARG(op.length > 0 ? op : SLICE("exists")),
                       SLICE_ARG(node_is(value, NODE_STRING) ? value->text : SLICE("")));
    }
}

static void add_missing(void *context, const struct program_node *node)
{
    struct missing *missing = context;
    const struct report_coverage *coverage = missing->coverage;
    if (!coverage->nodes[node->index]) {
        builder_printf(missing->out, "    never entered: %s %.*s\n", dialog_kind_step(node->kind),
                       SLICE_ARG(node->name));
        return;
    }
    for (size_t i = 0; i < node->transition_count; i++) {
        if (!coverage->transitions[node->first_transition + i]) {
            struct slice target = target_name(coverage->dialog, &node->transitions[i]);
            builder_printf(missing->out, "    never taken: from %s %.*s to %.*s, ",
                           dialog_kind_step(node->kind), SLICE_ARG(node->name), SLICE_ARG(target));
            add_test(missing->out, coverage->dialog, node->transitions[i].test);
            builder_add_char(missing->out, '\n');
        }
    }
}

static void add_statuses(struct builder *out, const struct node *statuses)
{
    for (size_t i = 0; node_is(statuses, NODE_MAPPING) && i < statuses->count; i++) {
        builder_printf(out, "    %.*s was answered", SLICE_ARG(statuses->members[i].key->text));
        const struct node *list = statuses->members[i].value;
        for (size_t j = 0; j < node_length(list); j++) {
            bool none = slice_is(list->items[j]->text, "0");
            builder_printf(out, "%s %.*s", j > 0 ? "," : "",
                           SLICE_ARG(none ? SLICE("not at all") : list->items[j]->text));
        }
        builder_add_char(out, '\n');
    }
}

static void add_coverage(struct builder *out, const struct report_coverage *coverage)
{
    builder_printf(out, "%.*s: %zu of %zu nodes, %zu of %zu transitions\n",
                   SLICE_ARG(coverage->name), coverage->node_count, coverage->dialog->node_count,
                   coverage->transition_count, coverage->dialog->transition_count);
    struct missing missing = {out, coverage};
    program_visit(coverage->dialog, add_missing, &missing);
    add_statuses(out, coverage->statuses);
}

/* ---- formats ---- */

void report_human(struct builder *out, const struct report *report, bool coverage, bool quiet)
{
    for (size_t i = 0; i < report->case_count; i++) {
        const struct report_case *one = &report->cases[i];
        if (one->failure_count > 0) {
            builder_printf(out, "FAILED %.*s\n", SLICE_ARG(one->name));
        }
        for (size_t j = 0; j < one->failure_count; j++) {
            add_failure(out, one, &one->failures[j]);
        }
    }
    for (size_t i = 0; coverage && i < report->coverage_count; i++) {
        add_coverage(out, &report->coverage[i]);
    }
    if (!quiet) {
        builder_printf(out,
                       "%zu conversation%s, %zu passed, %zu failed; %zu %% of nodes and "
                       "transitions\n",
                       report->case_count, plural(report->case_count),
                       report->case_count - report->failed_count, report->failed_count,
                       report_percent(report));
    }
}

static void write_failure(struct json_writer *json, const struct report_failure *failure)
{
    json_begin_object(json);
    json_key(json, "line");
    json_integer(json, (long long)failure->position.line);
    json_key(json, "column");
    json_integer(json, (long long)failure->position.column);
    json_text_member(json, "message", failure->what);
    json_text_member(json, "expected", failure->expected);
    json_text_member(json, "actual", failure->actual);
    json_end_object(json);
}

static void write_count(struct json_writer *json, const char *key, size_t covered, size_t all)
{
    json_key(json, key);
    json_begin_object(json);
    json_key(json, "covered");
    json_integer(json, (long long)covered);
    json_key(json, "all");
    json_integer(json, (long long)all);
    json_end_object(json);
}

void report_json(struct builder *out, const struct report *report)
{
    struct json_writer writer = json_writer_new(out, false);
    struct json_writer *json = &writer;
    json_begin_object(json);
    json_key(json, "conversations");
    json_begin_array(json);
    for (size_t i = 0; i < report->case_count; i++) {
        const struct report_case *one = &report->cases[i];
        json_begin_object(json);
        json_text_member(json, "file", slice_of(one->path));
        json_text_member(json, "name", one->name);
        json_key(json, "line");
        json_integer(json, (long long)one->position.line);
        json_boolean_member(json, "passed", one->failure_count == 0);
        json_key(json, "failures");
        json_begin_array(json);
        for (size_t j = 0; j < one->failure_count; j++) {
            write_failure(json, &one->failures[j]);
        }
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "coverage");
    json_begin_array(json);
    for (size_t i = 0; i < report->coverage_count; i++) {
        const struct report_coverage *coverage = &report->coverage[i];
        json_begin_object(json);
        json_text_member(json, "dialog", coverage->name);
        write_count(json, "nodes", coverage->node_count, coverage->dialog->node_count);
        write_count(json, "transitions", coverage->transition_count,
                    coverage->dialog->transition_count);
        json_key(json, "statuses");
        json_node(json, coverage->statuses);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "summary");
    json_begin_object(json);
    json_key(json, "conversations");
    json_integer(json, (long long)report->case_count);
    json_key(json, "failed");
    json_integer(json, (long long)report->failed_count);
    json_key(json, "percent");
    json_integer(json, (long long)report_percent(report));
    json_end_object(json);
    json_end_object(json);
    builder_add_char(out, '\n');
}

/* One suite for each file, one test case for each conversation. */
static void write_suite(struct builder *out, const struct report *report, size_t first, size_t end)
{
    size_t failed = 0;
    for (size_t i = first; i < end; i++) {
        failed += report->cases[i].failure_count > 0;
    }
    builder_add_text(out, "  <testsuite name=\"");
    render_xml(out, slice_of(report->cases[first].path));
    builder_printf(out, "\" tests=\"%zu\" failures=\"%zu\">\n", end - first, failed);
    for (size_t i = first; i < end; i++) {
        const struct report_case *one = &report->cases[i];
        builder_add_text(out, "    <testcase classname=\"");
        render_xml(out, slice_of(one->path));
        builder_add_text(out, "\" name=\"");
        render_xml(out, one->name);
        builder_add_text(out, one->failure_count > 0 ? "\">\n" : "\"/>\n");
        for (size_t j = 0; j < one->failure_count; j++) {
            struct builder text = builder_new(out->arena);
            add_failure(&text, one, &one->failures[j]);
            builder_add_text(out, "      <failure message=\"");
            render_xml(out, one->failures[j].what);
            builder_add_text(out, "\">");
            render_xml(out, builder_slice(&text));
            builder_add_text(out, "</failure>\n");
        }
        builder_add_text(out, one->failure_count > 0 ? "    </testcase>\n" : "");
    }
    builder_add_text(out, "  </testsuite>\n");
}

void report_junit(struct builder *out, const struct report *report)
{
    builder_printf(out,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<testsuites name=\"dialogc\" tests=\"%zu\" failures=\"%zu\">\n",
                   report->case_count, report->failed_count);
    for (size_t first = 0; first < report->case_count;) {
        size_t end = first + 1;
        while (end < report->case_count && report->cases[end].path == report->cases[first].path) {
            end++;
        }
        write_suite(out, report, first, end);
        first = end;
    }
    builder_add_text(out, "</testsuites>\n");
}
