/* The judgements that checks rest on: risky patterns, broken scripts. */
#include "support.h"

#include "language/check/check.h"
#include "document/javascript/javascript.h"
#include "document/schema/regex_risk.h"

static void finds_risky_patterns(void **state)
{
    (void)state;
    static const char *const risky[] = {
        "(a+)+",     "(a*)*$",          "^([a-z]+)+$", "(\\w+\\s?)*",
        "(a|a)*",    "(\\w|\\d)+x",     "(x+x+)+y",    "((a+)b?)+",
        "(.*)*",     "([0-9]{1,}){2,}", "(a+){1,50}",  "^(?:[A-Za-z]+ ?)+$",
        "(?<n>a+)*", "(é+)+",
    };
    static const char *const safe[] = {
        "^[A-Z]{2}[0-9]{4}$",
        "^\\d{3}-\\d{4}$",
        "(ab)+",
        "(a|b)+",
        "^00Q[A-Za-z0-9]{12}$",
        "\\S.*\\S",
        "([a-z]+,)*[a-z]+",
        "(\\d+-)+\\d+",
        "a+b+c+",
        "(?:x|y){3}",
        "[(+*]+",
        "\\(+\\)+",
        "(a{1,3}){2}",
        "^[^@]+@[^@]+$",
        "(foo|bar)*",
        "(?=a)b+",
        "x*y*",
        "",
    };
    for (size_t i = 0; i < sizeof risky / sizeof risky[0]; i++) {
        if (regex_risk(slice_of(risky[i])) == NULL) {
            fail_msg("%s counts as safe", risky[i]);
        }
    }
    for (size_t i = 0; i < sizeof safe / sizeof safe[0]; i++) {
        if (regex_risk(slice_of(safe[i])) != NULL) {
            fail_msg("%s counts as risky", safe[i]);
        }
    }
    static const char *const broken[] = {"(",  ")",   "[", "(((", "a{", "\\",
                                         "(?", "(?<", "*", "[\\", "|)"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        regex_risk(slice_of(broken[i])); /* must end, whatever it says */
    }
}

static void finds_broken_scripts(void **state)
{
    (void)state;
    static const char *const sound[] = {
        "",
        "var a = {b: [1, 2], c: 'it\\'s'};",
        "var r = /[)\"'/]+/g.test(x); var d = a / b / c;",
        "// a comment with ' and (\n/* and \" and { */ f();",
        "return /x\\/y/;",
        "let s = `a ${b + `c ${d}`} e`;",
        "if (a) { b(); } /re(/.test(c)",
        "x = (1 + 2) / 3;",
        "s = \"line\\\ncontinued\";",
    };
    static const struct {
        const char *script;
        size_t offset;
    } broken[] = {
        {"f(1;", 1}, {"a = [1, 2};", 9}, {"}", 0},       {"s = 'abc", 4}, {"s = \"a\nb\";", 4},
        {"/* x", 0}, {"`a ${b", 0},      {"x = /ab", 4}, {"f(a))", 4},    {"`a", 0},
    };
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) {
        size_t offset;
        const char *mistake = javascript_mistake(slice_of(sound[i]), &offset);
        if (mistake != NULL) {
            fail_msg("%s: %s at %zu", sound[i], mistake, offset);
        }
    }
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        size_t offset;
        if (javascript_mistake(slice_of(broken[i].script), &offset) == NULL) {
            fail_msg("%s counts as sound", broken[i].script);
        }
        assert_int_equal(offset, broken[i].offset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_risky_patterns),
        cmocka_unit_test(finds_broken_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
