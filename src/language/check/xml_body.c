/* Elements of a body that is written as XML: each is closed, in the right order. */
#include "base/ascii.h"
#include "document/tree/passage.h"
#include "language/check/families.h"

enum { MOST_OPEN = 100 };

struct markup {
    struct check *check;
    const struct node *node;
    struct slice text;
    struct slice open[MOST_OPEN]; /* the names of elements, as they stand in the text */
    size_t count;
};

static void report_close(struct markup *m, struct slice name)
{
    struct diagnostics *diagnostics = m->check->diagnostics;
    struct diagnostic *d = diag_report(
        diagnostics, E0707, m->node->source, passage_range(m->node, name),
        m->count > 0 ? "this closes no element: `<%.*s>` is open" : "this closes no element%.*s",
        SLICE_ARG(m->count > 0 ? m->open[m->count - 1] : SLICE("")));
    if (m->count > 0) {
        diag_suggest(diagnostics, d, m->open[m->count - 1]);
    } else {
        diag_note(diagnostics, d, NULL, m->node->range, "remove it");
    }
}

static void report_open(struct markup *m)
{
    struct slice name = m->open[m->count - 1];
    struct diagnostic *d =
        diag_report(m->check->diagnostics, E0707, m->node->source, passage_range(m->node, name),
                    "the element `%.*s` is not closed", SLICE_ARG(name));
    diag_note(m->check->diagnostics, d, NULL, m->node->range, "write `</%.*s>` behind its content",
              SLICE_ARG(name));
}

/* The end of what begins at `at` and is no element: `<?…?>`, `<!--…-->`; `at` for an element. */
static size_t skip_other(struct slice text, size_t at)
{
    static const char *const others[][2] = {
        {"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}};
    struct slice rest = slice_part(text, at, text.length);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (slice_starts_with(rest, others[i][0])) {
            size_t end = slice_find(text, others[i][1], at);
            return end != SIZE_MAX ? end + strlen(others[i][1]) : text.length;
        }
    }
    return at;
}

/* The `>` that ends the tag at `at`, whose attributes may have one in quotes; SIZE_MAX: none. */
static size_t end_of_tag(struct slice text, size_t at)
{
    char quote = '\0';
    for (; at < text.length; at++) {
        char c = text.data[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return at;
        }
    }
    return SIZE_MAX;
}

static struct slice name_at(struct slice text, size_t at)
{
    size_t end = at;
    while (end < text.length &&
           (ascii_is_word(text.data[end]) || strchr(".:-", text.data[end]) != NULL)) {
        end++;
    }
    return slice_part(text, at, end);
}

/* Takes the tag at `*at`; false: something is wrong, or cannot be told. */
static bool take_tag(struct markup *m, size_t *at)
{
    bool closes = *at + 1 < m->text.length && m->text.data[*at + 1] == '/';
    struct slice name = name_at(m->text, *at + 1 + closes);
    size_t end = end_of_tag(m->text, *at);
    if (name.length == 0 || end == SIZE_MAX || m->count == MOST_OPEN) {
        return false;
    }
    bool is_empty = m->text.data[end - 1] == '/';
    *at = end + 1;
    if (!closes) {
        m->open[m->count] = name;
        m->count += !is_empty;
        return true;
    }
    if (m->count == 0 || !slice_equal(m->open[m->count - 1], name)) {
        report_close(m, name);
        return false;
    }
    m->count--;
    return true;
}

void check_xml_body(struct check *check, const struct node *body)
{
    struct markup m = {.check = check, .node = body, .text = body->text};
    for (size_t at = 0; (at = slice_find(m.text, "<", at)) != SIZE_MAX;) {
        size_t behind = skip_other(m.text, at);
        if (behind == at && !take_tag(&m, &at)) {
            return;
        }
        at = behind > at ? behind : at;
    }
    if (m.count > 0) {
        report_open(&m);
    }
}
