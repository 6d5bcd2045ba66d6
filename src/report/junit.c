#include "report/junit.h"

#include "base/printable.h"

/* Printable text has no character that XML 1.0 does not allow. */
static void add_xml(struct builder *out, struct slice text, enum printable_form form)
{
    text = printable_text(out->arena, text, form);
    for (size_t i = 0; i < text.length; i++) {
        switch (text.data[i]) {
        case '<':
            builder_add_text(out, "&lt;");
            break;
        case '>':
            builder_add_text(out, "&gt;");
            break;
        case '&':
            builder_add_text(out, "&amp;");
            break;
        case '"':
            builder_add_text(out, "&quot;");
            break;
        default:
            builder_add_char(out, text.data[i]);
        }
    }
}

static void add_attribute(struct builder *out, const char *name, struct slice value)
{
    builder_printf(out, " %s=\"", name);
    add_xml(out, value, PRINTABLE_LINE);
    builder_add_char(out, '"');
}

static void add_counts(struct builder *out, const struct junit_count *count)
{
    builder_printf(out, " tests=\"%zu\" failures=\"%zu\"", count->cases, count->failed);
    if (count->skipped > 0) {
        builder_printf(out, " skipped=\"%zu\"", count->skipped);
    }
}

struct junit junit_new(struct arena *arena)
{
    return (struct junit){.suites = builder_new(arena), .cases = builder_new(arena)};
}

static void end_case(struct junit *junit)
{
    if (junit->case_is_open) {
        builder_add_text(&junit->cases, junit->case_has_content ? "    </testcase>\n" : "/>\n");
        junit->count.cases++;
        junit->count.failed += junit->case_failed;
        junit->case_is_open = false;
    }
}

static void end_suite(struct junit *junit)
{
    if (junit->suite_name.data == NULL) {
        return;
    }
    struct builder *out = &junit->suites;
    end_case(junit);
    builder_add_text(out, "  <testsuite");
    add_attribute(out, "name", junit->suite_name);
    add_counts(out, &junit->count);
    builder_add_text(out, " errors=\"0\">\n");
    builder_add(out, builder_slice(&junit->cases));
    builder_add_text(out, "  </testsuite>\n");
    junit->total.cases += junit->count.cases;
    junit->total.failed += junit->count.failed;
    junit->total.skipped += junit->count.skipped;
}

void junit_begin_suite(struct junit *junit, struct slice name)
{
    end_suite(junit);
    junit->suite_name = name;
    junit->cases.length = 0;
    junit->count = (struct junit_count){0};
}

void junit_begin_case(struct junit *junit, struct slice class_name, struct slice name)
{
    end_case(junit);
    builder_add_text(&junit->cases, "    <testcase");
    add_attribute(&junit->cases, "classname", class_name);
    add_attribute(&junit->cases, "name", name);
    junit->case_is_open = true;
    junit->case_has_content = false;
    junit->case_failed = false;
}

/* The builder of the test case, behind its start tag. */
static struct builder *content(struct junit *junit)
{
    if (!junit->case_has_content) {
        builder_add_text(&junit->cases, ">\n");
        junit->case_has_content = true;
    }
    return &junit->cases;
}

void junit_add_failure(struct junit *junit, const char *type, struct slice message,
                       struct slice text)
{
    struct builder *out = content(junit);
    builder_add_text(out, "      <failure");
    if (type != NULL) {
        add_attribute(out, "type", slice_of(type));
    }
    add_attribute(out, "message", message);
    builder_add_char(out, '>');
    add_xml(out, text, PRINTABLE_TEXT);
    builder_add_text(out, "</failure>\n");
    junit->case_failed = true;
}

void junit_skip(struct junit *junit, struct slice reason)
{
    struct builder *out = content(junit);
    builder_add_text(out, "      <skipped");
    add_attribute(out, "message", reason);
    builder_add_text(out, "/>\n");
    junit->count.skipped++;
}

void junit_add_output(struct junit *junit, struct slice text)
{
    struct builder *out = content(junit);
    builder_add_text(out, "      <system-out>");
    add_xml(out, text, PRINTABLE_TEXT);
    builder_add_text(out, "</system-out>\n");
}

void junit_write(struct builder *out, struct junit *junit)
{
    end_suite(junit);
    junit->suite_name = (struct slice){0};
    builder_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    add_attribute(out, "name", SLICE("dialogc"));
    add_counts(out, &junit->total);
    builder_add_text(out, ">\n");
    builder_add(out, builder_slice(&junit->suites));
    builder_add_text(out, "</testsuites>\n");
}
