/* What an exploration makes of scripts and patterns. */
#include "support.h"

#include "document/schema/regex.h"
#include "base/builder.h"
#include "trial/explore/comparisons.h"
#include "trial/explore/solve.h"

/* "context.entities.age < 18; …" of a script. */
static struct slice seen(struct arena *arena, const char *script)
{
    static const char *const kinds[] = {"=", "<", "contains", "matches", "?"};
    struct comparisons list = {0};
    struct builder out = builder_new(arena);
    comparisons_of_script(arena, slice_of(script), &list);
    comparisons_follow_aliases(arena, &list);
    for (size_t i = 0; i < list.count; i++) {
        const struct comparison *one = &list.items[i];
        builder_printf(&out, "%s%.*s%s %s %.*s", i > 0 ? "; " : "", SLICE_ARG(one->subject),
                       one->of_length ? ".length" : "", kinds[one->kind], SLICE_ARG(one->value));
    }
    return builder_slice(&out);
}

static void test_comparisons_of_scripts(void **state)
{
    (void)state;
    static const struct {
        const char *script, *seen;
    } cases[] = {
        {"if (context.entities.age < 18) { context.x = 'y'; }", "context.entities.age < 18"},
        {"if (18 <= context.entities.age) {}", "context.entities.age < 18"},
        {"if (read(context, [\"entities\", \"age\"]) >= 18 && show(read(context, [\"entities\", "
         "\"colour\"])) === \"red\") {",
         "context.entities.age < 18; context.entities.colour = red"},
        {"var body = context.find.response.body; if (body.items.length > 2) {}",
         "context.find.response.body.items.length < 2"},
        {"if (body.items[0]['state'] == \"open\") {}", ""},
        {"const body = context.find.response.body;\nif (body.items[0]['state'] == \"open\") {}",
         "context.find.response.body.items[0].state = open"},
        {"if (String(context.entities.name).length > 5) {}", "context.entities.name.length < 5"},
        {"if (context.entities.name.indexOf('Acme') >= 0) {}",
         "context.entities.name contains Acme; context.entities.name < 0"},
        {"if (/^[A-Z]\\/x{2}$/.test(context.entities.code)) {}",
         "context.entities.code matches ^[A-Z]\\/x{2}$"},
        {"switch (context.entities.tier) { case 'gold': x = 1; break; case 'iron': x = 2; }",
         "context.entities.tier = gold; context.entities.tier = iron"},
        {"if (context.entities.delta < -5) {}", "context.entities.delta < -5"},
        {"if (context.entities.name) {} // == 'x'", "context.entities.name ? "},
        {"var half = 10 / 2; var y = context.entities.a / 2; if (y > 3) {}",
         "context.entities.a < 3"},
        {"context.level = context.entities.a; if (context.level === 'x') {}",
         "context.level = x; context.entities.a = x"},
        {"context.s = context.find && context.find.x ? context.find.x.s : ''; if (context.s == "
         "'o') {}",
         "context.find ? ; context.find.x ? ; context.s = o; context.find = o; context.find.x = o; "
         "context.find.x.s = o"},
        {"context.a = Number(context.find.response.body.n); if (context.b.c > 1) {}"
         "context.b = context.a; context.a = context.b;",
         "context.b.c < 1; context.a.c < 1; context.find.response.body.n.c < 1"},
        {"/* context.entities.a == 1 */ var s = 'context.entities.b == 2';", ""},
        {"if (context.entities.a == \"unfinished", "context.entities.a = unfinished"},
        {"context", ""},
        {"read(context, [", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        WITH_ARENA(arena);
        assert_string_equal(arena_copy(&arena, seen(&arena, cases[i].script)), cases[i].seen);
        arena_free(&arena);
    }
}

static void test_patterns(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "^[A-Z]{2}-\\d{4}$", "^ORD-[0-9]{6,8}$",  "^\\d{16}$",
        "^(foo|bar)+baz$",   "^[^a-z ]{3}\\.x?$", "^0[0-9A-Fa-f]{14,17}$",
        "[A-Z]+[a-z]*\\d",   "^a{0,3}b{2}$",      "^\\w+@\\w+\\.com$"};
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        struct slice message;
        size_t offset;
        struct slice text = solve_pattern(&arena, slice_of(patterns[i]), 1, 100);
        struct regex *regex = regex_compile(&arena, slice_of(patterns[i]), &message, &offset);
        assert_true(text.length > 0);
        assert_int_equal(regex_search(regex_scratch_new(&arena), regex, text), REGEX_MATCH);
    }
    assert_slice(solve_pattern(&arena, SLICE("^[a-c]{2,4}$"), 4, 4), "acbc");
    assert_slice(solve_pattern(&arena, SLICE("(unclosed"), 1, 100), "");
    assert_slice(solve_pattern(&arena, SLICE("^(?!x)x$"), 1, 100), "");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comparisons_of_scripts),
        cmocka_unit_test(test_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
