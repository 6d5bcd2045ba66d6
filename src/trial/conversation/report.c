/* Rendering of what became of conversations. */
#include "trial/conversation/report.h"

#include "base/printable.h"
#include "report/cjson.h"
#include "report/junit.h"
#include "trial/conversation/gaps.h"

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
    size_t start = out->length;
    builder_printf(out, "    %c %.*s", sign, SLICE_ARG(line));
    printable_end_line(out, start);
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
    size_t start = out->length;
    builder_printf(out, "  %s:%zu:%zu: %.*s", one->path, failure->position.line,
                   failure->position.column, SLICE_ARG(failure->what));
    printable_end_line(out, start);
    add_difference(out, failure->expected, failure->actual);
    if (failure->help.length > 0) {
        start = out->length;
        builder_printf(out, "    = help: %.*s", SLICE_ARG(failure->help));
        printable_end_line(out, start);
    }
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

static void add_statuses(struct builder *out, const struct node *statuses)
{
    for (size_t i = 0; node_is(statuses, NODE_MAPPING) && i < statuses->count; i++) {
        size_t start = out->length;
        builder_printf(out, "    %.*s returned", SLICE_ARG(statuses->members[i].key->text));
        const struct node *list = statuses->members[i].value;
        for (size_t j = 0; j < node_length(list); j++) {
            bool none = slice_is(list->items[j]->text, "0");
            builder_printf(out, "%s %.*s", j > 0 ? "," : "",
                           SLICE_ARG(none ? SLICE("nothing") : list->items[j]->text));
        }
        printable_end_line(out, start);
    }
}

static void add_coverage(struct builder *out, const struct report_coverage *coverage)
{
    size_t start = out->length;
    builder_printf(out, "%.*s: %zu of %zu nodes, %zu of %zu transitions", SLICE_ARG(coverage->name),
                   coverage->node_count, coverage->dialog->node_count, coverage->transition_count,
                   coverage->dialog->transition_count);
    printable_end_line(out, start);
    struct gaps gaps =
        gaps_find(out->arena, coverage->dialog, coverage->nodes, coverage->transitions);
    for (size_t i = 0; i < gaps.count; i++) {
        start = out->length;
        builder_printf(out, "    %.*s", SLICE_ARG(gaps.items[i].text));
        printable_end_line(out, start);
    }
    add_statuses(out, coverage->statuses);
}

/* ---- formats ---- */

void report_human(struct builder *out, const struct report *report, bool coverage, bool quiet)
{
    for (size_t i = 0; i < report->case_count; i++) {
        const struct report_case *one = &report->cases[i];
        if (one->failure_count > 0) {
            size_t start = out->length;
            builder_printf(out, "FAILED %.*s", SLICE_ARG(one->name));
            printable_end_line(out, start);
        }
        for (size_t j = 0; j < one->failure_count; j++) {
            add_failure(out, one, &one->failures[j]);
        }
    }
    for (size_t i = 0; coverage && i < report->coverage_count; i++) {
        add_coverage(out, &report->coverage[i]);
    }
    if (!quiet) {
        builder_printf(out, "%zu conversation%s, %zu passed, %zu failed", report->case_count,
                       plural(report->case_count),
                       report->case_count - report->failed_count - report->skipped_count,
                       report->failed_count);
        if (report->skipped_count > 0) {
            builder_printf(out, ", %zu skipped in languages that the project does not have",
                           report->skipped_count);
        }
        builder_printf(out, "; %zu %% of nodes and transitions\n", report_percent(report));
    }
}

static void list_failures(struct cjson conversation, const struct report_case *one)
{
    struct cjson list = cjson_add_array(conversation, "failures");
    for (size_t i = 0; i < one->failure_count; i++) {
        const struct report_failure *failure = &one->failures[i];
        struct cjson item = cjson_add_object(list, NULL);
        cjson_add_count(item, "line", failure->position.line);
        cjson_add_count(item, "column", failure->position.column);
        cjson_add_text(item, "message", failure->what);
        cjson_add_text(item, "expected", failure->expected);
        cjson_add_text(item, "actual", failure->actual);
        if (failure->help.length > 0) {
            cjson_add_text(item, "help", failure->help);
        }
    }
}

static void list_conversations(struct cjson json, const struct report *report)
{
    struct cjson list = cjson_add_array(json, "conversations");
    for (size_t i = 0; i < report->case_count; i++) {
        const struct report_case *one = &report->cases[i];
        struct cjson item = cjson_add_object(list, NULL);
        cjson_add_text(item, "file", slice_of(one->path));
        cjson_add_text(item, "name", one->name);
        cjson_add_count(item, "line", one->position.line);
        cjson_add_boolean(item, "passed", one->failure_count == 0 && !one->skipped);
        cjson_add_boolean(item, "skipped", one->skipped);
        list_failures(item, one);
    }
}

static void add_share(struct cjson object, const char *key, size_t covered, size_t all)
{
    struct cjson share = cjson_add_object(object, key);
    cjson_add_count(share, "covered", covered);
    cjson_add_count(share, "all", all);
}

static void list_coverage(struct cjson json, const struct report *report)
{
    struct cjson list = cjson_add_array(json, "coverage");
    for (size_t i = 0; i < report->coverage_count; i++) {
        const struct report_coverage *coverage = &report->coverage[i];
        struct cjson item = cjson_add_object(list, NULL);
        cjson_add_text(item, "dialog", coverage->name);
        add_share(item, "nodes", coverage->node_count, coverage->dialog->node_count);
        add_share(item, "transitions", coverage->transition_count,
                  coverage->dialog->transition_count);
        cjson_add_node(item, "statuses", coverage->statuses);
    }
}

void report_json(struct builder *out, const struct report *report)
{
    struct cjson json = cjson_new_object(out->arena);
    list_conversations(json, report);
    list_coverage(json, report);
    struct cjson summary = cjson_add_object(json, "summary");
    cjson_add_count(summary, "conversations", report->case_count);
    cjson_add_count(summary, "failed", report->failed_count);
    cjson_add_count(summary, "skipped", report->skipped_count);
    cjson_add_count(summary, "percent", report_percent(report));
    cjson_print(out, json, CJSON_LINES);
    builder_add_char(out, '\n');
}

/* One suite for each file, one test case for each conversation. */
void report_junit(struct builder *out, const struct report *report)
{
    struct junit junit = junit_new(out->arena);
    for (size_t i = 0; i < report->case_count; i++) {
        const struct report_case *one = &report->cases[i];
        if (i == 0 || one->path != report->cases[i - 1].path) {
            junit_begin_suite(&junit, slice_of(one->path));
        }
        junit_begin_case(&junit, slice_of(one->path), one->name);
        if (one->skipped) {
            junit_skip(&junit, SLICE("the project does not have this language"));
        }
        for (size_t j = 0; j < one->failure_count; j++) {
            struct builder text = builder_new(out->arena);
            add_failure(&text, one, &one->failures[j]);
            junit_add_failure(&junit, NULL, one->failures[j].what, builder_slice(&text));
        }
    }
    junit_write(out, &junit);
}
