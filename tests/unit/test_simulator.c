/* The simulator's parts: answers by entity type, conditions, scripts, dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/date.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "trial/simulator/answer.h"
#include "trial/simulator/transition.h"

#define NOW 1768467600000LL /* 2026-01-15T09:00:00Z */

static struct arena arena;
static jmp_buf recovery;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    arena.recovery = &recovery;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct node *read(const char *json)
{
    struct diagnostics findings = diagnostics_new(&arena);
    struct source *source;
    struct node *node = json_read(&arena, "test", slice_of(json), &findings, &source);
    assert_non_null(node);
    return node;
}

static const char *written(const struct node *node)
{
    struct builder out = builder_new(&arena);
    struct json_writer json = json_writer_new(&out, true);
    if (node == NULL) {
        return "none";
    }
    json_node(&json, node);
    builder_add_char(&out, '\0');
    return out.data;
}

/* ---- answers ---- */

static const struct {
    const char *type, *answer, *value;
} answers[] = {
    {"label", "  Ada  ", "\"Ada\""},
    {"label", "   ", "none"},
    {"number", "42", "42"},
    {"number", "-1,234.50", "-1234.50"},
    {"number", "007", "7"},
    {"number", "0", "0"},
    {"number", "about 12 of them", "12"},
    {"number", "1 or 2", "none"},
    {"number", "1.2.3", "none"},
    {"number", "twelve", "none"},
    {"currency", "$1,200", "1200"},
    {"currency", "1200 EUR", "1200"},
    {"percentage", "20 %", "20"},
    {"percentage", "20%", "20"},
    {"quantity", "5 kg", "{\"amount\":5,\"unit\":\"kg\"}"},
    {"email", "ada@example.com", "\"ada@example.com\""},
    {"email", "ada@example", "none"},
    {"email", "ada @example.com", "none"},
    {"email", "@example.com", "none"},
    {"email", "a@b@c.de", "none"},
    {"email", "ada@.com", "none"},
    {"phone_number", "+1 (415) 555-0100", "\"+14155550100\""},
    {"phone_number", "555", "none"},
    {"phone_number", "call me", "none"},
    {"date", "2026-08-31", "\"2026-08-31\""},
    {"date", "08-31-2026", "\"2026-08-31\""},
    {"date", "8/31/2026", "\"2026-08-31\""},
    {"date", "31.8.2026", "\"2026-08-31\""},
    {"date", "31st August 2026", "\"2026-08-31\""},
    {"date", "Aug 31, 2026", "\"2026-08-31\""},
    {"date", "5. M\xc3\xa4rz 2026", "\"2026-03-05\""},
    {"date", "tomorrow", "\"2026-01-16\""},
    {"date", "gestern", "\"2026-01-14\""},
    {"date", "2026-02-29", "none"},
    {"date", "2028-02-29", "\"2028-02-29\""},
    {"date", "31-08-2026", "none"},
    {"date", "soon", "none"},
    {"time", "10:30", "\"10:30:00\""},
    {"time", "10:30 pm", "\"22:30:00\""},
    {"time", "12 am", "\"00:00:00\""},
    {"time", "14 Uhr", "\"14:00:00\""},
    {"time", "25:00", "none"},
    {"time", "13 pm", "none"},
    {"datetime", "2026-08-31 10:30", "\"2026-08-31T10:30:00+00:00\""},
    {"datetime", "tomorrow at 9 am", "\"2026-01-16T09:00:00+00:00\""},
    {"datetime", "2026-08-31", "\"2026-08-31T00:00:00+00:00\""},
    {"datetime", "at 9", "none"},
    {"dateperiod", "2026-08-01 to 2026-08-31",
     "{\"fromDate\":\"2026-08-01\",\"toDate\":\"2026-08-31\"}"},
    {"dateperiod", "August", "none"},
    {"person_name", "Ada O'Neil", "\"Ada O'Neil\""},
    {"person_name", "R2D2", "none"},
    {"zipcode", "94105", "\"94105\""},
    {"zipcode", "San Francisco", "none"},
    {"url", "https://example.com/a", "\"https://example.com/a\""},
    {"url", "example", "none"},
};

static struct answer_context context_of(struct script_engine *engine)
{
    return (struct answer_context){&arena, engine, SLICE("en"), NOW};
}

static void answers_by_type(void **state)
{
    (void)state;
    struct answer_context context = context_of(script_engine_new(&arena, NOW, NULL));
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        const char *json = arena_printf(&arena, "{\"entityType\":\"%s\"}", answers[i].type).data;
        struct program_node node = {.component = read(json)};
        const char *value = written(answer_value(&context, &node, slice_of(answers[i].answer)));
        if (strcmp(value, answers[i].value) != 0) {
            fail_msg("%s `%s`: %s, not %s", answers[i].type, answers[i].answer, value,
                     answers[i].value);
        }
    }
}

static void choices(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Status", "\"status\""},
        {"the STATUS, please", "\"status\""},
        {"open issues", "\"open\""},
        {"please open issues now", "\"open\""}, /* two fit: the longer one */
        {"statuses", "none"},
        {"exactly this.", "\"open\""},
        {"not exactly this", "none"}, /* a phrase in quotes is the whole answer */
        {"", "none"},
    };
    struct answer_context context = context_of(script_engine_new(&arena, NOW, NULL));
    struct program_node node = {
        .component = read("{\"entityType\":\"list_of_values\",\"localeData\":{\"en\":{"
                          "\"allowedValues\":{\"values\":["
                          "{\"title\":\"Status\",\"value\":\"status\",\"synonyms\":[\"issues\"]},"
                          "{\"title\":\"Open%20issues\",\"value\":\"open\","
                          "\"synonyms\":[\"\\\"exactly this\\\"\"]}]}}}}")};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(written(answer_value(&context, &node, slice_of(cases[i][0]))),
                            cases[i][1]);
    }
}

static void several_and_patterns(void **state)
{
    (void)state;
    struct answer_context context = context_of(script_engine_new(&arena, NOW, NULL));
    struct program_node several = {.component =
                                       read("{\"entityType\":\"number\",\"isArray\":true}")};
    struct program_node pattern = {
        .component = read("{\"entityType\":\"regex\",\"regexPattern\":\"^[A-Z]{2}[0-9]+$\"}")};
    assert_string_equal(written(answer_value(&context, &several, SLICE("1, 2,3"))), "[1,2,3]");
    assert_string_equal(written(answer_value(&context, &several, SLICE("1, two"))), "none");
    assert_string_equal(written(answer_value(&context, &pattern, SLICE("AB12"))), "\"AB12\"");
    assert_string_equal(written(answer_value(&context, &pattern, SLICE("ab12"))), "none");
}

static void confirmations(void **state)
{
    (void)state;
    struct answer_context context = context_of(script_engine_new(&arena, NOW, NULL));
    struct program_node node = {
        .component = read("{\"localeData\":{\"en\":{\"synonyms\":{\"yes\":[\"go%20on\"],"
                          "\"no\":[\"\\\"stop\\\"\"]}}}}")};
    static const char *const cases[][2] = {{"Yes!", "yes"}, {"go on", "yes"}, {"stop", "no"},
                                           {"nope", "no"},  {"maybe", ""},    {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice answer = answer_confirmation(&context, &node, slice_of(cases[i][0]));
        assert_true(slice_is(answer, cases[i][1]));
    }
}

/* ---- conditions ---- */

static void conditions(void **state)
{
    (void)state;
    static const struct {
        const char *test;
        bool holds;
    } cases[] = {
        {"{\"context\":\"context.n\",\"op\":\"eq\",\"value\":\"12\"}", true},
        {"{\"context\":\"context.n\",\"op\":\"eq\",\"value\":\"12.0\"}", true},
        {"{\"context\":\"context.n\",\"op\":\"gt\",\"value\":\"9\"}", true},
        {"{\"context\":\"context.n\",\"op\":\"gte\",\"value\":\"12\"}", true},
        {"{\"context\":\"context.n\",\"op\":\"lt\",\"value\":\"9\"}", false},
        {"{\"context\":\"context.n\",\"op\":\"lte\",\"value\":\"12\"}", true},
        {"{\"context\":\"context.word\",\"op\":\"eq\",\"value\":\"abc\"}", true},
        {"{\"context\":\"context.word\",\"op\":\"eq\",\"value\":\"ABC\"}", false},
        {"{\"context\":\"context.word\",\"op\":\"neq\",\"value\":\"x\"}", true},
        {"{\"context\":\"context.word\",\"op\":\"cnt\",\"value\":\"bc\"}", true},
        {"{\"context\":\"context.word\",\"op\":\"cnt\",\"value\":\"cb\"}", false},
        {"{\"context\":\"context.word.length\",\"op\":\"eq\",\"value\":\"3\"}", true},
        {"{\"context\":\"context.list\",\"op\":\"cnt\",\"value\":\"2\"}", true},
        {"{\"context\":\"context.list[0]\",\"op\":\"eq\",\"value\":\"1\"}", true},
        {"{\"context\":\"context.list.length\",\"op\":\"eq\",\"value\":\"2\"}", true},
        {"{\"context\":\"context.flag\",\"op\":\"eq\",\"value\":\"true\"}", true},
        {"{\"context\":\"context.none\",\"op\":\"dne\",\"value\":\"\"}", true},
        {"{\"context\":\"context.none.deeper.still\",\"op\":\"dne\",\"value\":\"\"}", true},
        {"{\"context\":\"context.empty\",\"op\":\"dne\",\"value\":\"\"}", true},
        {"{\"context\":\"context.word\",\"op\":\"dne\",\"value\":\"\"}", false},
        {"{\"context\":\"context.word\"}", true},
        {"{\"context\":\"context.none\"}", false},
        {"{\"context\":\"context.word\",\"op\":\"\",\"value\":\"\"}", true},
        {"{\"context\":\"context.none\",\"op\":\"neq\",\"value\":\"x\"}", true},
        {"{\"context\":\"context.none\",\"op\":\"gt\",\"value\":\"0\"}", false},
        {"{\"context\":\"context.word\",\"op\":\"eq\",\"value\":\"context.same\"}", true},
        {"{\"context\":\"context.word\",\"op\":\"eq\",\"value\":\"{{context.same}}\"}", true},
        {"{\"conjoin\":\"and\",\"tests\":[{\"context\":\"context.word\"},{\"context\":\"context."
         "none\"}]}",
         false},
        {"{\"conjoin\":\"or\",\"tests\":[{\"context\":\"context.word\"},{\"context\":\"context."
         "none\"}]}",
         true},
        {"{\"dialogAct\":\"yes\"}", true},
        {"{\"dialogAct\":\"no\"}", false},
        {"{\"intent\":\"other\",\"op\":\"eq\",\"value\":\"x\"}", false},
    };
    struct script_engine *engine = script_engine_new(&arena, NOW, NULL);
    script_run(engine, &arena, SLICE("set"),
               SLICE("context.n = 12; context.word = context.same = 'abc'; context.empty = '';"
                     "context.list = [1, 2]; context.flag = true;"));
    struct program_dialog dialog = {.by_id = map_new(&arena)};
    struct transition_context context = {engine, &arena, &dialog, SLICE("yes")};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (transition_holds(&context, read(cases[i].test)) != cases[i].holds) {
            fail_msg("%s should %shold", cases[i].test, cases[i].holds ? "" : "not ");
        }
    }
}

/* ---- scripts ---- */

static void scripts(void **state)
{
    (void)state;
    struct script_engine *engine = script_engine_new(&arena, NOW, NULL);
    struct script_result result =
        script_run(engine, &arena, SLICE("one"), SLICE("var own = 1;\nprint('a', 2); print({});"));
    assert_false(result.failed);
    assert_true(slice_is(result.printed, "a 2\n[object Object]"));
    result =
        script_run(engine, &arena, SLICE("two"), SLICE("\n\nprint(typeof own);\nnothing.at.all;"));
    assert_true(result.failed);
    assert_int_equal(result.error.line, 4);
    assert_true(slice_is(result.printed, "undefined"));
    result = script_run(engine, &arena, SLICE("three"), SLICE("var = 1;"));
    assert_true(result.failed && result.error.is_syntax);
    result = script_run(engine, &arena, SLICE("four"),
                        SLICE("throw {toString: function () { throw 1; }};"));
    assert_true(result.failed);
    result = script_run(
        engine, &arena, SLICE("five"),
        SLICE("koreUtil.ClearAuthProfiles(['x']); koreUtil.closeConversationSession();"));
    assert_true(result.cleared_logins && result.closed);
    result = script_run(engine, &arena, SLICE("six"), SLICE("(function deep() { deep(); })();"));
    assert_true(result.failed);
    result = script_run(engine, &arena, SLICE("lone"),
                        SLICE("print('a\\ud800b' + '\\udc00');"
                              "context.word = {'two words': 'here', list: ['first']};"));
    assert_true(slice_is(result.printed, "a\xef\xbf\xbd"
                                         "b\xef\xbf\xbd"));
    assert_true(
        slice_is(script_get(engine, &arena, SLICE("context['word']['two words']"))->text, "here"));
    assert_true(
        slice_is(script_get(engine, &arena, SLICE("context[\"word\"].list[0]"))->text, "first"));
    script_run(engine, &arena, SLICE("seven"),
               SLICE("context.loop = context; Object.defineProperty(context, 'bad',"
                     "{get: function () { throw new Error('no'); }, enumerable: true});"));
    assert_null(script_get(engine, &arena, SLICE("context.loop")));
    assert_null(script_get(engine, &arena, SLICE("context.bad")));
    assert_null(script_get(engine, &arena, SLICE("nothing.at[0].all")));
}

/* ---- dates ---- */

static void dates_count(void **state)
{
    (void)state;
    for (long long days = -800000; days < 3000000; days += 97) {
        struct date date = date_of_days(days);
        assert_int_equal(date_days(date), days);
    }
    assert_int_equal(date_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_days((struct date){2025, 14, 1}), date_days((struct date){2026, 2, 1}));
    assert_int_equal(date_days((struct date){2026, -1, 1}), date_days((struct date){2025, 11, 1}));
    assert_int_equal(date_month_length(2024, 2), 29);
    assert_int_equal(date_month_length(2100, 2), 28);
    assert_int_equal(date_month_length(2026, 12), 31);
    static const struct {
        const char *text;
        long long milliseconds; /* -1: none */
    } times[] = {{"2026-01-15", 1768435200000LL},
                 {"2026-01-15T09:00:00Z", NOW},
                 {"2026-01-15T10:00+01:00", NOW},
                 {"2026-01-15T04:00:00.5-0500", NOW + 500},
                 {"2026-13-01", -1},
                 {"2026-01-15T24:00:00Z", -1},
                 {"2026-01-15T09:00:00X", -1},
                 {"2026-01-15T", -1},
                 {"", -1}};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        long long milliseconds = -1;
        bool has_time;
        bool read_it = date_read(slice_of(times[i].text), &milliseconds, &has_time);
        assert_int_equal(read_it ? milliseconds : -1, times[i].milliseconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_by_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(choices, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_and_patterns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(confirmations, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scripts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_count, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
