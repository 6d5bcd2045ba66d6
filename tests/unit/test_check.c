/* The judgements that checks rest on: risky patterns, broken scripts. */
#include "support.h"

#include "language/check/check.h"
#include "document/javascript/javascript.h"
#include "document/schema/regex_risk.h"

static void finds_risky_patterns(void **state)
{
    (void)state;
    static const char *const risky[] = {
        "(a+)+", "(a*)*$", "^([a-z]+)+$", "(\\w+\\s?)*", "(a|a)*", "(\\w|\\d)+x", "(x+x+)+y",
        "((a+)b?)+", "(.*)*", "([0-9]{1,}){2,}", "(a+){1,50}", "^(?:[A-Za-z]+ ?)+$", "(?<n>a+)*",
        "(é+)+",
        /* alternatives that begin alike, and nothing between two turns */
        "^(a|ab|b)*c$", "^(aa|a)*$", "^(?:ab?b?c?)*$", "^((ab)*|(aba)*)*c$", "^((a|b)*a)*$",
        "^(\\s*,\\s*\\w*)*$", "^(?:(a)|(b)|(a))+$", "^([^,]*,?)*;$", "^(.|\\s)*z$", "^(a*b?)*c$",
        "^(?=(a+)+b)a*$", "^(a|é|[é-ü])*$", "^(x(a|a)*y)?z$", "^(a*)\\1*b$",
        /* bounded, but by far too much */
        "^(a?){30}a{30}$", "^(?:a{0,2}){30}b$", "^(?:a{1,9}){1,30}b$", "^(a{1,5}){5,30}$",
        "^(a{2,3}){2,20}$", "^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a{24}$",
        "^.*.*.*.*.*.*.*=$", "^(?:a?a?a?a?a?a?a?a?a?a?){3}b$",
        "^\\w+([.-]?\\w+)*@\\w+([.-]?\\w+)*(\\.\\w{2,3})+$", /* a well-known one for e-mail */
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
        /* e-mail, phone, URL, dates, times, codes, numbers, as many write them */
        "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
        "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
        "^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$",
        "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
        "^(\\+\\d{1,3}[- ]?)?\\(?\\d{3}\\)?[- ]?\\d{3}[- ]?\\d{4}$",
        "(?:(?:\\+|00)49|0)[1-9]\\d{1,14}",
        "^https?:\\/\\/(www\\.)?[-a-zA-Z0-9@:%._\\+~#=]{1,256}\\.[a-zA-Z0-9()]{1,6}\\b"
        "([-a-zA-Z0-9()@:%_\\+.~#?&//=]*)$",
        "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$",
        "^((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$",
        "^\\d{4}-\\d{2}-\\d{2}$",
        "^(0?[1-9]|[12][0-9]|3[01])[- /.](0?[1-9]|1[012])[- /.](19|20)?\\d\\d$",
        "^([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$",
        "^\\d{5}(?:[-\\s]\\d{4})?$",
        "^[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}$",
        "^[A-Z]{2}\\d{2}[A-Z0-9]{1,30}$",
        "^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|3[47][0-9]{13})$",
        "^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[a-zA-Z\\d]{8,}$",
        "^\\$?\\d{1,3}(,\\d{3})*(\\.\\d{2})?$",
        "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?$",
        "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        "^\\s*\\w+(\\s+\\w+)*\\s*$",
        "^[A-Za-zÀ-ÿ' -]{1,80}$",
        "^(?:(ä|ae|ö|oe|ü|ue|ß|ss)x)*$",
        "^(.{1,255})$",
        "^.{0,2000}$",
        "(\\w)\\1{3,}",
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof risky / sizeof risky[0]; i++) {
        if (regex_risk(&arena, slice_of(risky[i])) == NULL) {
            fail_msg("%s counts as safe", risky[i]);
        }
    }
    for (size_t i = 0; i < sizeof safe / sizeof safe[0]; i++) {
        if (regex_risk(&arena, slice_of(safe[i])) != NULL) {
            fail_msg("%s counts as risky", safe[i]);
        }
    }
    static const char *const broken[] = {"(",  ")",   "[", "(((", "a{", "\\",
                                         "(?", "(?<", "*", "[\\", "|)"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        regex_risk(&arena, slice_of(broken[i])); /* must end, whatever it says */
    }
    arena_free(&arena);
}

static void finds_broken_scripts(void **state)
{
    (void)state;
    static const char *const sound[] = {
        "",
        "var a = {b: [1, 2], c: 'it\\'s'};",
        "var r = /[)\"'/]+/g.test(x); var d = a / b / c;",
        "// a comment with ' and (\n/* and \" and { */ f();",
        "function f() { return /x\\/y/; }",
        "let s = `a ${b + `c ${d}`} e`;",
        "if (a) { b(); } /re\\(/.test(c)",
        "x = (1 + 2) / 3;",
        "s = \"line\\\ncontinued\";",
    };
    static const struct {
        const char *script;
        size_t offset;
    } broken[] = {
        {"f(1;", 3}, {"a = [1, 2};", 9}, {"}", 0},       {"s = 'abc", 4}, {"s = \"a\nb\";", 4},
        {"/* x", 0}, {"`a ${b", 4},      {"x = /ab", 4}, {"f(a))", 4},    {"`a", 0},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) {
        struct javascript_script script = javascript_parse(&arena, slice_of(sound[i]));
        if (script.root == NULL) {
            fail_msg("%s: %.*s at %zu", sound[i], SLICE_ARG(script.mistake.message),
                     script.mistake.start);
        }
    }
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct javascript_script script = javascript_parse(&arena, slice_of(broken[i].script));
        if (script.root != NULL) {
            fail_msg("%s counts as sound", broken[i].script);
        }
        assert_int_equal(script.mistake.start, broken[i].offset);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_risky_patterns),
        cmocka_unit_test(finds_broken_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
