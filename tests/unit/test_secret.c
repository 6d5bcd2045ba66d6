/* What counts as a credential, where it is in a text, and that nothing of it is shown. */
#include "support.h"

#include "diag/concealment.h"
#include "diag/findings.h"
#include "diag/secret.h"
#include "diag/secret_form.h"
#include "diag/secret_name.h"

static const char *const secrets[] = {
#define SECRET(text) text,
#define HARMLESS(text)
#include "secret_samples.def"
#undef SECRET
#undef HARMLESS
};

static const char *const harmless[] = {
#define SECRET(text)
#define HARMLESS(text) text,
#include "secret_samples.def"
#undef SECRET
#undef HARMLESS
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static void recognises_credentials(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(secrets); i++) {
        if (!secret_is_likely(slice_of(secrets[i]))) {
            fail_msg("%s is not recognised", secrets[i]);
        }
    }
    for (size_t i = 0; i < COUNT(harmless); i++) {
        if (secret_is_likely(slice_of(harmless[i]))) {
            fail_msg("%s counts as a secret", harmless[i]);
        }
    }
}

static void recognises_names(void **state)
{
    (void)state;
    static const char *const named[] = {"Authorization", "client_secret", "X-Api-Key", "TOKEN",
                                        "password",      "accessToken",   "session-id"};
    static const char *const telling[] = {"dbPassword", "DB_PASSWORD_2", "x-vault-token",
                                          "SLACK_BOT_TOKEN", "Ocp-Apim-Subscription-Key"};
    static const char *const others[] = {"Accept",    "tokens", "passwordHint", "nextPageToken",
                                         "publicKey", "key",    "id",           "",
                                         "_",         "t"};
    for (size_t i = 0; i < COUNT(named); i++) {
        assert_true(secret_is_named(slice_of(named[i])));
        assert_true(secret_is_telling(slice_of(named[i])));
    }
    for (size_t i = 0; i < COUNT(telling); i++) {
        assert_false(secret_is_named(slice_of(telling[i])));
        assert_true(secret_is_telling(slice_of(telling[i])));
    }
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_false(secret_is_named(slice_of(others[i])));
        assert_false(secret_is_telling(slice_of(others[i])));
    }
    assert_true(secret_is_at(SLICE("apiKey"), SLICE("a1b2c3d4")));
    assert_true(secret_is_at(SLICE("auth"), SLICE("Bearer 9f86d081884c7d659a2feaa0c55ad015")));
    assert_false(secret_is_at(SLICE("apiKey"), SLICE("The key of the 2nd service")));
    assert_false(secret_is_at(SLICE("name"), SLICE("a1b2c3d4")));
    assert_true(secret_is_random(SLICE("9f86d081884c7d659a2feaa0c55ad015")));
    assert_false(secret_is_random(SLICE("9f86d081-884c-4d65-9a2f-eaa0c55ad015")));
    assert_true(secret_is_public(SLICE("sys_id")));
    assert_false(secret_is_public(SLICE("key")));
}

/* The first of a text, certain or not. */
static void finds_values_of_names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"clientSecret: abc def", "abc def"},
        {"  client_secret: 'abc", "abc"},
        {"{\"password\": \"a,b}c\", x: 1}", "a,b}c"},
        {"headers: {Authorization: Bearer x, Accept: y}", "x"},
        {"token = abc", "abc"},
        {"x: {token: ${env.T}, apiKey: k}", "k"},
        {"\"password\": \"a\\\"b\"", "a\\\"b"},
        {"{\\\"api_key\\\": \\\"k1\\\"}", "k1"},
        {"%22X-Api-Key%22%3A%22k1%22%2C", "k1"},
        {"password: |\n  first line\n  second", "first line"},
        {"password:\n  hunter\nnext: 1", "hunter"},
        {"a: 1 # password: hunter # old", "hunter"},
        {"see https://joe:hunter@example.com/ for more", "hunter"},
        {"a ghp_0123456789abcdefghij0123456789abcdef.", "ghp_0123456789abcdefghij0123456789abcdef"},
        {"https://hooks.slack.com/services/T01ABCDEF/B01ABCDEF/0a1b2c3d4e5f",
         "T01ABCDEF/B01ABCDEF/0a1b2c3d4e5f"},
        {"Authorization: Bearer 4f9c0a77d2b14e0f8a6b, x", "4f9c0a77d2b14e0f8a6b"},
        {"-----BEGIN PRIVATE KEY-----\n  MIIE\n  -----END PRIVATE KEY-----\nx: 1",
         "-----BEGIN PRIVATE KEY-----\n  MIIE\n  -----END PRIVATE KEY-----"},
        {"clientSecret: ${env.SECRET}", NULL},
        {"clientSecret:", NULL},
        {"clientSecret:\nname: x", NULL},
        {"clientSecret:\n  name: x", NULL},
        {"tokens: abc", NULL},
        {"password: {type: string}", NULL},
        {"authorization: end-user", NULL},
        {"the password is not told", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct slice text = slice_of(cases[i][0]);
        struct secret_scan scan = secret_scan_new(text);
        struct secret found;
        bool any = secret_next(&scan, &found);
        if (any != (cases[i][1] != NULL)) {
            fail_msg("%s", cases[i][0]);
        }
        if (any) {
            assert_slice(slice_part(text, found.start, found.end), cases[i][1]);
        }
    }
}

static bool has_digit(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] >= '0' && text.data[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* In a long text, the search that looks at some lines only finds what the other one does. */
static void finds_credentials_in_files(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    for (size_t i = 0; i < COUNT(secrets); i++) {
        struct slice text = arena_printf(&arena,
                                         "title: What people say\n"
                                         "entities: {lastName: {type: string}}\n"
                                         "%s\n"
                                         "flow: [{ask: lastName}, {say: done}]\n",
                                         secrets[i]);
        struct secret_scan all = secret_scan_new(text);
        struct secret_scan some = secret_scan_credentials(text);
        struct secret one;
        struct secret other = {0};
        while (secret_next(&all, &one)) {
            struct slice part = slice_part(text, one.start, one.end);
            bool short_word = part.length < 31 && !has_digit(part) && part.data[0] != '-';
            bool wanted = one.certain && !short_word;
            bool any = true;
            while (wanted && any && other.end < one.end) {
                any = secret_next_credential(&some, &other);
            }
            if (wanted && (other.start != one.start || other.end != one.end)) {
                fail_msg("%s", secrets[i]);
            }
        }
    }
    arena_free(&arena);
}

/* Bisection needs it. */
static void tables_are_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < form_count(); i++) {
        assert_true(form_prefix(i).length >= 2);
        if (i > 0 && memcmp(form_prefix(i - 1).data, form_prefix(i).data, 2) > 0) {
            fail_msg("%s is behind %s", form_prefix(i).data, form_prefix(i - 1).data);
        }
    }
    for (size_t i = 1; i < name_count(); i++) {
        struct slice a = name_word(i - 1);
        struct slice b = name_word(i);
        char ends[2][3] = {{a.data[a.length - 1], a.data[a.length - 2], '\0'},
                           {b.data[b.length - 1], b.data[b.length - 2], '\0'}};
        if (strcmp(ends[0], ends[1]) > 0 || b.length > NAME_LONGEST) {
            fail_msg("%s is behind %s", b.data, a.data);
        }
    }
}

/* ---- concealment ---- */

#define TOKEN "ghp_16C7e42F292c6912E7710c838347Ae178B4a"

static void conceals(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct concealment c = concealment_new(&arena);
    static const char *const cases[][2] = {
        {"`" TOKEN "` is not an entity", "`***` is not an entity"},
        {TOKEN TOKEN " and " TOKEN, "*** and ***"},
        {"\"Authorization\": \"Bearer " TOKEN "\"", "\"Authorization\": \"Bearer ***\""},
        {"password is hunter-of-owls!", "password is ***!"},
        {"the hunter-of-o…", "the ***…"},
        {"the hunter", "the hunter"},
        {"owlets, owl, owletsy", "***, owl, owletsy"},
        {"part2part2part2 of it", "*** of it"},
        {"nothing", "nothing"},
        {"", ""},
    };
    conceal_add(&c, SLICE("hunter-of-owls"));
    conceal_add(&c, SLICE("owlets"));
    conceal_add(&c, SLICE("owlets-12"));
    conceal_add(&c, SLICE("part1part1part1.part2part2part2"));
    conceal_add(&c, SLICE("owl"));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct slice shown = conceal_text(&c, &arena, slice_of(cases[i][0]));
        if (!slice_is(shown, cases[i][1])) {
            fail_msg("%s: %.*s", cases[i][0], SLICE_ARG(shown));
        }
    }
    arena_free(&arena);
}

/* Whatever is a credential is shown neither in a text, nor when it is known from elsewhere. */
static void conceals_all(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    for (size_t i = 0; i < COUNT(secrets); i++) {
        struct slice text = slice_of(secrets[i]);
        struct concealment none = concealment_new(&arena);
        struct concealment c = concealment_new(&arena);
        struct secret_scan scan = secret_scan_new(text);
        struct secret found;
        conceal_learn(&c, text);
        while (secret_next(&scan, &found)) {
            struct slice part = slice_part(text, found.start, found.end);
            const char *secret = arena_copy(&arena, part);
            if (!found.certain || part.length < 6) {
                continue;
            }
            struct slice quoted = arena_printf(&arena, "`%s` is wrong", secret);
            struct slice shown = conceal_text(&c, &arena, quoted);
            if (slice_find(shown, secret, 0) != SIZE_MAX ||
                slice_find(conceal_text(&none, &arena, text), secret, 0) != SIZE_MAX) {
                fail_msg("%s", secrets[i]);
            }
        }
    }
    arena_free(&arena);
}

/* A finding: its message, its notes, the name of the file; not a suggestion with a hole. */
static void conceals_findings(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct findings findings = findings_new(&arena, -1);
    struct slice bytes = SLICE("a: " TOKEN "\ntoken: owl\na/svc" TOKEN "\n");
    struct source *source = source_new(&arena, TOKEN ".yaml", bytes);
    struct range first = {0, 3};
    struct range second = {45, 48};
    struct diagnostic *d =
        diag_report(&findings.diagnostics, E0202, source, first, "no `%s`", TOKEN);
    diag_note(&findings.diagnostics, d, source, second, "the owl of %s", TOKEN);
    diag_suggest(&findings.diagnostics, d, SLICE(TOKEN));
    d = diag_report(&findings.diagnostics, E0202, source, second, "no `owl`");
    diag_suggest(&findings.diagnostics, d, SLICE("owls"));
    findings_fail(&findings, "cannot read %s.yaml", TOKEN);
    file_list_add(&arena, &findings.looked_at, TOKEN ".yaml");
    findings_conceal(&findings);
    findings_conceal_files(&findings);
    d = findings.diagnostics.first;
    assert_slice(d->message, "no `***`");
    assert_slice(d->notes->message, "the *** of ***");
    assert_int_equal(d->suggestion.length, 0);
    assert_string_equal(d->source->path, "***.yaml");
    assert_string_equal(d->notes->source->path, "***.yaml");
    assert_true(source_is_masked(d->source, 3));
    assert_false(source_is_masked(d->source, 2));
    assert_false(source_is_masked(d->source, 3 + sizeof TOKEN - 1));
    assert_false(source_is_masked(d->source, 15 + 3 + sizeof TOKEN));
    assert_true(source_is_masked(d->source, 15 + 4 + sizeof TOKEN));
    assert_slice(d->next->message, "no `***`");
    assert_slice(d->next->suggestion, "owls");
    assert_slice(findings.failures[0], "cannot read ***.yaml");
    assert_string_equal(findings.looked_at.paths[0], "***.yaml");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recognises_credentials), cmocka_unit_test(recognises_names),
        cmocka_unit_test(finds_values_of_names),  cmocka_unit_test(finds_credentials_in_files),
        cmocka_unit_test(tables_are_in_order),    cmocka_unit_test(conceals),
        cmocka_unit_test(conceals_all),           cmocka_unit_test(conceals_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
