/* The judgements that checks rest on: risky patterns, broken scripts, secrets. */
#include "support.h"

#include "language/check/check.h"
#include "diag/secret.h"
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

static void recognises_secrets(void **state)
{
    (void)state;
    static const char *const secret[] = {
        "Bearer 4f9c0a77d2b14e0f8a6b",
        "Basic dXNlcjpwYXNzd29yZDE=",
        "AKIAIOSFODNN7EXAMPLE1",
        "-----BEGIN RSA PRIVATE KEY-----",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "3MVG9lKcPoNINVBIPJjdw1J9LLM82Hn",
        "00D5g0000000001!AQcAQH0dMHZfz972Szmpkb58urFRkgeBGsxL",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "Zx8Kq2LmNp4RsT6UvW8XyZ0AbC2DeF4GhI6JkL8M",
    };
    static const char *const harmless[] = {
        "",
        "Create a Lead",
        "00Q5g00000DZ0d4EAD",
        "Open - Not Contacted",
        "SELECT Id, Name FROM Lead WHERE Company = 'x' LIMIT 10",
        "/services/data/v62.0/sobjects/Lead/00Q5g00000DZ0d4EAD",
        "https://login.salesforce.com/services/oauth2/authorize",
        "Bearer token",
        "What is the lead's first name?",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "00D5g000005AbCdEAM",
        "basic",
        "Basic information",
        "skip this question for now please",
        "createOpportunityServiceUnauthorizedMessage12345",
    };
    for (size_t i = 0; i < sizeof secret / sizeof secret[0]; i++) {
        if (!secret_is_likely(slice_of(secret[i]))) {
            fail_msg("%s is not recognised", secret[i]);
        }
    }
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
        if (secret_is_likely(slice_of(harmless[i]))) {
            fail_msg("%s counts as a secret", harmless[i]);
        }
    }
    assert_true(secret_is_named(SLICE("Authorization")));
    assert_true(secret_is_named(SLICE("client_secret")));
    assert_false(secret_is_named(SLICE("Accept")));
}

static void finds_secrets_in_lines(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"clientSecret: abc def", "abc def"},
        {"  client_secret: 'abc", "abc"},
        {"{\"password\": \"a,b}c\", x: 1}", "a,b}c"},
        {"headers: {Authorization: Bearer x, Accept: y}", "Bearer x"},
        {"token = abc", "abc"},
        {"x: {token: ${env.T}, apiKey: k}", "k"},
        {"clientSecret: ${env.SECRET}", NULL},
        {"clientSecret:", NULL},
        {"tokens: abc", NULL},
        {"the password is not told", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice line = slice_of(cases[i][0]);
        size_t start;
        size_t end;
        bool found = secret_in_line(line, 0, &start, &end);
        assert_int_equal(found, cases[i][1] != NULL);
        if (found) {
            assert_slice(slice_part(line, start, end), cases[i][1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_risky_patterns),
        cmocka_unit_test(finds_broken_scripts),
        cmocka_unit_test(recognises_secrets),
        cmocka_unit_test(finds_secrets_in_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
