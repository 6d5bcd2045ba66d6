/* JUnit XML: one test case for each file, its errors as failures, its warnings as output. */
#include "report/render.h"

#include "base/utf8.h"

/* Characters that XML 1.0 allows; others are shown as `?`. */
static bool is_xml_char(uint32_t c)
{
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

void render_xml(struct builder *out, struct slice text)
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

static bool is_of(const struct diagnostic *d, const char *path, enum severity severity)
{
    return d->severity == severity && strcmp(d->source->path, path) == 0;
}

/* The findings of a file in human form. */
static void add_texts(struct builder *out, const struct diagnostics *list, const char *path,
                      enum severity severity)
{
    struct builder text = builder_new(out->arena);
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        if (is_of(d, path, severity)) {
            builder_add_text(&text, text.length > 0 ? "\n" : "");
            render_human(&text, d, false);
        }
    }
    render_xml(out, builder_slice(&text));
}

static size_t count_of(const struct diagnostics *list, const char *path, enum severity severity,
                       const struct diagnostic **first)
{
    size_t count = 0;
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        if (is_of(d, path, severity)) {
            *first = count == 0 ? d : *first;
            count++;
        }
    }
    return count;
}

static bool add_case(struct builder *out, const struct diagnostics *list, const char *path)
{
    const struct diagnostic *first = NULL;
    const struct diagnostic *warning = NULL;
    size_t errors = count_of(list, path, SEVERITY_ERROR, &first);
    size_t warnings = count_of(list, path, SEVERITY_WARNING, &warning);
    builder_add_text(out, "    <testcase classname=\"dialogc\" name=\"");
    render_xml(out, slice_of(path));
    if (errors + warnings == 0) {
        builder_add_text(out, "\"/>\n");
        return true;
    }
    builder_add_text(out, "\">\n");
    if (errors > 0) {
        builder_printf(out, "      <failure type=\"%s\" message=\"", code_info(first->code)->name);
        render_xml(out, first->message);
        builder_add_text(out, "\">");
        add_texts(out, list, path, SEVERITY_ERROR);
        builder_add_text(out, "</failure>\n");
    }
    if (warnings > 0) {
        builder_add_text(out, "      <system-out>");
        add_texts(out, list, path, SEVERITY_WARNING);
        builder_add_text(out, "</system-out>\n");
    }
    builder_add_text(out, "    </testcase>\n");
    return errors == 0;
}

void render_junit(struct builder *out, const struct findings *findings)
{
    const struct file_list *files = &findings->looked_at;
    struct builder cases = builder_new(out->arena);
    size_t failed = 0;
    for (size_t i = 0; i < files->count; i++) {
        failed += !add_case(&cases, &findings->diagnostics, files->paths[i]);
    }
    builder_printf(out,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<testsuites tests=\"%zu\" failures=\"%zu\">\n"
                   "  <testsuite name=\"dialogc\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
                   files->count, failed, files->count, failed);
    builder_add(out, builder_slice(&cases));
    builder_add_text(out, "  </testsuite>\n</testsuites>\n");
}
