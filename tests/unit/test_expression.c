/* What stands between `${` and `}`: read, and written out again in one form. */
#include "support.h"

#include "base/builder.h"
#include "document/yaml/reader.h"
#include "language/model/text.h"

static void write_value(struct builder *out, const struct reference *r)
{
    if (r->is_literal) {
        builder_printf(out, r->is_number ? "%.*s" : "\"%.*s\"", SLICE_ARG(r->literal));
    } else {
        builder_add(out, reference_name(out->arena, r));
        builder_add_text(out, r->optional ? "?" : "");
    }
    for (size_t i = 0; i < r->format_count; i++) {
        const struct format_use *use = &r->formats[i];
        if (use->format->kind == FORMAT_OFFSET) {
            builder_printf(out, "%+lld%s", use->count, span_unit_name(use->unit));
        } else {
            builder_printf(out, "|%s%s%.*s", use->format->name,
                           use->argument.data != NULL ? " " : "", SLICE_ARG(use->argument));
        }
    }
}

/* "a?|date ?? "x"|date", or how often the text is malformed. */
static struct slice read_back(struct arena *arena, const char *inside)
{
    struct diagnostics diagnostics = diagnostics_new(arena);
    struct text_reader reader = {.arena = arena, .diagnostics = &diagnostics};
    struct references list = {0};
    struct slice yaml = arena_printf(arena, "\"${%s}\"", inside);
    struct source *source;
    struct node *node = yaml_read(arena, "t.yaml", yaml, &diagnostics, &source);
    assert_non_null(node);
    struct text text = text_parse(&reader, node, USE_TEXT, &list);
    const struct reference *single = text_single(&text);
    if (single == NULL) {
        return arena_printf(arena, "%zu errors", diagnostics.error_count);
    }
    struct builder out = builder_new(arena);
    size_t index = 0;
    for (const struct reference *r = single; r != NULL; r = r->otherwise) {
        builder_add_text(&out, r != single ? " ?? " : "");
        write_value(&out, r);
        if (!r->is_literal) {
            assert_int_equal(r->index, index++);
        }
    }
    assert_int_equal(reader.reference_count, index);
    return builder_slice(&out);
}

static void expressions_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *inside, *expected;
    } cases[] = {
        {"a", "a"},
        {" s.body[0].Name? ", "s.body[0].Name?"},
        {"a|date", "a|date"},
        {"a | first | upper", "a|first|upper"},
        {"a | currency EUR", "a|currency EUR"},
        {"a | currency | upper", "a|currency|upper"},
        {"a | join '; '", "a|join ; "},
        {"a | join ''", "a|join "},
        {"today + 2 weeks", "today+14day"},
        {"today+1 day-3 months", "today+1day-3month"},
        {"now - 2 hours | time", "now-120minute|time"},
        {"a - 1 year", "a-12month"},
        {"a ?? b", "a? ?? b"},
        {"a??b?", "a? ?? b?"},
        {"a ? ", "1 errors"},
        {"a ?? 'x}y'", "a? ?? \"x}y\""},
        {"a ?? -12.5", "a? ?? -12.5"},
        {"a ?? b ?? 0", "a? ?? b? ?? 0"},
        /* formats are for all in front of them, each once */
        {"a ?? b | date", "a?|date ?? b|date"},
        {"a | date ?? 'x'", "a?|date ?? \"x\""},
        {"a | date ?? b | date", "a?|date ?? b|date"},
        {"a | upper ?? b + 1 day | date", "a?|upper|date ?? b+1day|date"},
        /* what is none */
        {"", "1 errors"},
        {"a b", "1 errors"},
        {"a |", "1 errors"},
        {"a ??", "1 errors"},
        {"a ?? ?? b", "1 errors"},
        {"a ?? 'x", "1 errors"},
        {"'x'", "1 errors"},
        {"5", "1 errors"},
        {"a | nothing", "1 errors"},
        {"a | date EUR", "1 errors"},
        {"a + 1", "1 errors"},
        {"a + day", "1 errors"},
        {"a + 1 dya", "1 errors"},
        {"a + 999999 days", "1 errors"},
        {"a | date + 1 day", "1 errors"},
        {"a ?? 5 + 1 day", "1 errors"},
        {"params.x | upper", "1 errors"},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice actual = read_back(&arena, cases[i].inside);
        if (!slice_is(actual, cases[i].expected)) {
            fail_msg("${%s} is %.*s, not %s", cases[i].inside, SLICE_ARG(actual),
                     cases[i].expected);
        }
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(expressions_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
