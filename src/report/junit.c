#include "report/junit.h"

#include "base/utf8.h"

/* Characters that XML 1.0 allows; others are shown as `?`. */
static bool is_xml_char(uint32_t c)
{
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

static void add_xml(struct builder *out, struct slice text)
{
    for (size_t i = 0; i < text.length;) {
        size_t length;
        struct slice rest = slice_part(text, i, text.length);
        uint32_t c = utf8_decode(rest, &length);
        if (utf8_sequence(rest) == 0 || !is_xml_char(c)) {
            builder_add_char(out, '?');
        } else if (c == '<') {
            builder_add_text(out, "&lt;");
        } else if (c == '>') {
            builder_add_text(out, "&gt;");
        } else if (c == '&') {
            builder_add_text(out, "&amp;");
        } else if (c == '"') {
            builder_add_text(out, "&quot;");
        } else {
            builder_add(out, slice_part(text, i, i + length));
        }
        i += length;
    }
}

static void add_attribute(struct builder *out, const char *name, struct slice value)
{
    builder_printf(out, " %s=\"", name);
    add_xml(out, value);
    builder_add_char(out, '"');
}

static void add_counts(struct builder *out, const struct junit_count *count)
{
    builder_printf(out, " tests=\"%zu\" failures=\"%zu\"", count->cases, count->failed);
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
    add_xml(out, text);
    builder_add_text(out, "</failure>\n");
    junit->case_failed = true;
}

void junit_add_output(struct junit *junit, struct slice text)
{
    struct builder *out = content(junit);
    builder_add_text(out, "      <system-out>");
    add_xml(out, text);
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
