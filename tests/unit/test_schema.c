/* The validator, by small cases of every keyword; and that the embedded schemas compile. */
#include "support.h"

#include "base/embedded.h"
#include "document/json/reader.h"
#include "document/schema/prepared.h"
#include "document/schema/regex.h"
#include "document/schema/schema.h"
#include "document/schema/uri.h"

static const struct node *parse(struct arena *arena, const char *text)
{
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    const struct node *node = json_read(arena, "t", slice_of(text), &list, &source);
    if (node == NULL) {
        fail_msg("bad JSON in the test: %s", text);
    }
    return node;
}

static bool is_valid(struct arena *arena, const char *schema_text, const char *instance)
{
    struct diagnostics list = diagnostics_new(arena);
    struct schema_set *set = schema_set_new(arena);
    schema_set_add(set, SLICE("https://example.com/s"), parse(arena, schema_text));
    const struct schema *schema = schema_compile(set, SLICE("https://example.com/s"), &list);
    if (schema == NULL) {
        fail_msg("the schema does not compile: %s", schema_text);
    }
    const struct node *node = parse(arena, instance);
    bool quick = schema_is_valid(arena, schema, node);
    struct diagnostics findings = diagnostics_new(arena);
    assert_int_equal(schema_validate(&findings, schema, node), quick);
    assert_int_equal(findings.error_count == 0, quick); /* both modes agree, failures are told */
    return quick;
}

static void validates_keywords(void **state)
{
    (void)state;
    static const struct {
        const char *schema;
        const char *valid; /* a JSON list of instances */
        const char *invalid;
    } cases[] = {
        {"true", "[1, null]", "[]"},
        {"false", "[]", "[1, {}]"},
        {"{\"type\":\"integer\"}", "[1, 1.0, 1e2]", "[1.5, \"1\", true]"},
        {"{\"type\":[\"string\",\"null\"]}", "[\"\", null]", "[0, []]"},
        {"{\"const\":{\"a\":[1.0]}}", "[{\"a\":[1]}]", "[{\"a\":[true]}, {}]"},
        {"{\"enum\":[1,\"a\",null]}", "[1, 1.0, \"a\", null]", "[2, false]"},
        {"{\"minimum\":9007199254740993}", "[9007199254740993, 1e16]", "[9007199254740992]"},
        {"{\"exclusiveMaximum\":3}", "[2.9999999999999999999, \"x\"]", "[3.0, 4]"},
        {"{\"multipleOf\":0.01}", "[0.07, 19.99, 4.35]", "[0.075]"},
        {"{\"minLength\":2,\"maxLength\":3}", "[\"\\u00e4\\ud83d\\ude00\", 5]",
         "[\"a\", \"abcd\"]"},
        {"{\"pattern\":\"^\\\\d+$\"}", "[\"12\", 1]", "[\"\", \"1\\n\"]"},
        {"{\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"integer\"}}",
         "[[], [\"a\"], [\"a\", 1]]", "[[1], [\"a\", \"b\"]]"},
        {"{\"contains\":{\"const\":1},\"minContains\":2,\"maxContains\":3}",
         "[[1, 1], [1, 2, 1, 1]]", "[[], [1], [1, 1, 1, 1]]"},
        {"{\"uniqueItems\":true}", "[[1, true, \"1\", [1], {}]]",
         "[[1, 1.0], [{\"a\":1,\"b\":2}, {\"b\":2,\"a\":1}]]"},
        {"{\"minItems\":1,\"maxItems\":2}", "[[1], {}]", "[[], [1,2,3]]"},
        {"{\"properties\":{\"a\":{\"type\":\"string\"}},\"patternProperties\":{\"^x\":true},"
         "\"additionalProperties\":false}",
         "[{}, {\"a\":\"\", \"x1\":2}]", "[{\"a\":1}, {\"b\":1}]"},
        {"{\"propertyNames\":{\"maxLength\":2}}", "[{\"ab\":1}]", "[{\"abc\":1}]"},
        {"{\"required\":[\"a\"],\"minProperties\":1,\"maxProperties\":2}", "[{\"a\":1}, 3]",
         "[{}, {\"a\":1,\"b\":1,\"c\":1}]"},
        {"{\"dependentRequired\":{\"a\":[\"b\"]},\"dependentSchemas\":{\"c\":{\"required\":[\"d\"]}"
         "}}",
         "[{}, {\"a\":1,\"b\":1}, {\"c\":1,\"d\":1}]", "[{\"a\":1}, {\"c\":1}]"},
        {"{\"allOf\":[{\"minimum\":1}],\"anyOf\":[{\"maximum\":3},{\"const\":9}]}", "[2, 9]",
         "[0, 5]"},
        {"{\"oneOf\":[{\"multipleOf\":2},{\"multipleOf\":3}]}", "[2, 3]", "[6, 5]"},
        {"{\"not\":{\"type\":\"string\"}}", "[1]", "[\"a\"]"},
        {"{\"if\":{\"minimum\":10},\"then\":{\"multipleOf\":10},\"else\":{\"maximum\":5}}",
         "[20, 3]", "[12, 7]"},
        {"{\"$ref\":\"#/$defs/a~1b%25\",\"$defs\":{\"a/b%\":{\"type\":\"integer\"}}}", "[1]",
         "[\"x\"]"},
        {"{\"$defs\":{\"n\":{\"$anchor\":\"node\",\"type\":\"object\",\"properties\":{\"next\":"
         "{\"$ref\":\"#node\"}},\"additionalProperties\":false}},\"$ref\":\"#node\"}",
         "[{}, {\"next\":{\"next\":{}}}]", "[{\"next\":{\"nxt\":{}}}]"},
        {"{\"$id\":\"https://example.com/root\",\"$ref\":\"item\",\"$defs\":{\"i\":{\"$id\":"
         "\"item\",\"type\":\"array\"}}}",
         "[[]]", "[{}]"},
        {"{\"$id\":\"https://example.com/strict\",\"$dynamicAnchor\":\"node\",\"$ref\":\"tree\","
         "\"unevaluatedProperties\":false,\"$defs\":{\"t\":{\"$id\":\"tree\",\"$dynamicAnchor\":"
         "\"node\",\"type\":\"object\",\"properties\":{\"data\":true,\"children\":{\"items\":"
         "{\"$dynamicRef\":\"#node\"}}}}}}",
         "[{\"children\":[{\"data\":1}]}]", "[{\"children\":[{\"daat\":1}]}]"},
        {"{\"allOf\":[{\"properties\":{\"a\":true}}],\"if\":{\"required\":[\"b\"]},\"then\":"
         "{\"properties\":{\"b\":true}},\"unevaluatedProperties\":false}",
         "[{\"a\":1}, {\"a\":1,\"b\":1}]", "[{\"c\":1}]"},
        {"{\"prefixItems\":[true],\"contains\":{\"type\":\"string\"},\"unevaluatedItems\":false}",
         "[[1, \"a\", \"b\"]]", "[[1, \"a\", 2]]"},
        {"{\"anyOf\":[{\"properties\":{\"a\":{\"const\":1}},\"required\":[\"a\"]},{\"properties\":"
         "{\"b\":true}}],\"unevaluatedProperties\":false}",
         "[{\"a\":1,\"b\":2}, {\"b\":1}]", "[{\"a\":2}]"},
        {"{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"format\":\"email\"}",
         "[\"not an address\"]", "[]"},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int expected = 0; expected <= 1; expected++) {
            const char *text = expected ? cases[i].valid : cases[i].invalid;
            const struct node *list = parse(&arena, text);
            for (size_t j = 0; j < list->count; j++) {
                struct range range = list->items[j]->range;
                const char *instance =
                    arena_copy(&arena, slice_part(slice_of(text), range.start, range.end));
                if (is_valid(&arena, cases[i].schema, instance) != (bool)expected) {
                    fail_msg("%s should be %s under %s", instance, expected ? "valid" : "invalid",
                             cases[i].schema);
                }
            }
        }
    }
    arena_free(&arena);
}

static void refuses_bad_schemas(void **state)
{
    (void)state;
    static const char *const schemas[] = {
        "{\"$ref\":\"#/$defs/none\"}",
        "{\"$ref\":\"other.json\"}",
        "{\"type\":\"text\"}",
        "{\"pattern\":\"(\"}",
        "{\"minLength\":-1}",
        "{\"minLength\":\"1\"}",
        "{\"required\":\"a\"}",
        "{\"items\":3}",
        "{\"allOf\":{}}",
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof schemas / sizeof schemas[0]; i++) {
        struct diagnostics list = diagnostics_new(&arena);
        struct schema_set *set = schema_set_new(&arena);
        schema_set_add(set, SLICE("https://example.com/s"), parse(&arena, schemas[i]));
        assert_null(schema_compile(set, SLICE("https://example.com/s"), &list));
        assert_int_equal(list.first->code, E0108);
    }
    arena_free(&arena);
}

static void survives_hostile_schemas(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    /* a schema that leads into itself, and a pattern that backtracks */
    assert_false(is_valid(&arena, "{\"$ref\":\"#\"}", "1"));
    assert_false(is_valid(&arena, "{\"allOf\":[{\"$ref\":\"#\"}]}", "{}"));
    assert_false(is_valid(&arena, "{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}", "{}"));
    /* sixty levels of two alternatives: 2^60 ways, none of them valid */
    struct builder ways = builder_new(&arena);
    builder_add_text(&ways, "{\"$ref\":\"#/$defs/0\",\"$defs\":{");
    for (int i = 0; i < 60; i++) {
        builder_printf(&ways,
                       "\"%d\":{\"anyOf\":[{\"$ref\":\"#/$defs/%d\"},{\"$ref\":\"#/$defs/%d\"}]},",
                       i, i + 1, i + 1);
    }
    builder_add_text(&ways, "\"60\":false}}");
    assert_false(is_valid(&arena, builder_slice(&ways).data, "{}"));
    struct builder text = builder_new(&arena);
    builder_add_char(&text, '"');
    builder_add_repeated(&text, 'a', 5000);
    builder_add_text(&text, "!\"");
    assert_false(is_valid(&arena, "{\"pattern\":\"^(a+)+$\"}", builder_slice(&text).data));
    arena_free(&arena);
}

static void matches_as_ecma_262(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        const char *matches;
        const char *misses;
    } cases[] = {
        {"^.$", "\xc3\xa4", "\xe2\x80\xa8"},   /* U+2028 ends a line */
        {"^\\s$", "\xc2\xa0", "\xe2\x80\x93"}, /* U+00A0 is a space */
        {"^[\\s]+$", " \xef\xbb\xbf", "a"},    /* U+FEFF too */
        {"^\\S$", "a", "\xe3\x80\x80"},        /* U+3000 */
        {"^\\v$", "\x0b", "\n"},               /* one character, no class */
        {"^[[:alpha:]]$", "a]", "a"},          /* no POSIX classes */
        {"^\\u{61}+$", "aaa", "u{61}"},        /* a code point, then a quantifier */
        {"^\\ud83d\\ude00$", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x81"}, /* a surrogate pair */
        {"^a{2,}?$", "aaa", "a"},
        {"^x{a}$", "x{a}", "xa"},
        {"^\\p{Script=Greek}$", "\xce\xb1", "a"},
        {"^[^]$", "\n", ""},
        {"^(?<n>a|b)\\k<n>$", "bb", "ab"},
        {"(?<!a)b", "cb", "ab"},
    };
    WITH_ARENA(arena);
    struct regex_scratch *scratch = regex_scratch_new(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice message;
        size_t offset;
        const struct regex *regex =
            regex_compile(&arena, slice_of(cases[i].pattern), &message, &offset);
        if (regex == NULL) {
            fail_msg("%s does not compile: %.*s", cases[i].pattern, SLICE_ARG(message));
        }
        bool matches = regex_search(scratch, regex, slice_of(cases[i].matches)) == REGEX_MATCH;
        bool misses = regex_search(scratch, regex, slice_of(cases[i].misses)) == REGEX_NO_MATCH;
        if (!matches || !misses) {
            fail_msg("%s: %d %d", cases[i].pattern, matches, misses);
        }
    }
    arena_free(&arena);
}

static void refuses_what_ecma_262_lacks(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        size_t offset; /* of what is refused; in the pattern as it is written */
    } cases[] = {
        {"a\\a", 1},    {"\\Aa\\z", 0}, {"x(?i)", 1}, {"(?P<n>a)", 0}, {"(?#c)", 0}, {"(?>a)", 0},
        {"(*FAIL)", 0}, {"a++", 2},     {"a{2}+", 4}, {"a*??", 3},     {"\\s.(", 4}, {"a.[b", 4},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice message = SLICE("");
        size_t offset = 99;
        const struct regex *regex =
            regex_compile(&arena, slice_of(cases[i].pattern), &message, &offset);
        if (regex != NULL || offset != cases[i].offset || message.length == 0) {
            fail_msg("%s: offset %zu, %.*s", cases[i].pattern, offset, SLICE_ARG(message));
        }
    }
    arena_free(&arena);
}

static void resolves_uris(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"g:h", "g:h"},
        {"/./g", "http://a/g"},
        {"g/../h", "http://a/b/c/h"},
        {"urn:x:y#z", "urn:x:y#z"},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(
            uri_resolve(&arena, SLICE("http://a/b/c/d;p?q"), slice_of(cases[i][0])).data,
            cases[i][1]);
    }
    arena_free(&arena);
}

static void embedded_schemas_compile(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct schema_set *set = schema_set_new(&arena);
    struct diagnostics list = diagnostics_new(&arena);
    size_t count = 0;
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        struct source *source;
        if (!slice_ends_with(slice_of(file->name), ".schema.json")) {
            continue;
        }
        const struct node *root =
            json_read(&arena, file->name, (struct slice){(const char *)file->bytes, file->length},
                      &list, &source);
        assert_non_null(root);
        schema_set_add(set, node_get(root, "$id")->text, root);
        count++;
    }
    assert_int_equal(count, 9);
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        if (slice_ends_with(slice_of(file->name), ".schema.json")) {
            struct slice uri = arena_printf(&arena, "https://dialogc.dev/%s", file->name);
            assert_non_null(schema_compile(set, uri, &list));
        }
    }
    assert_int_equal(list.error_count, 0);
    arena_free(&arena);
}

/* What dialogc-schemas writes of these schemas; fails the test when they cannot be prepared. */
static struct slice prepared_text(struct arena *arena, const struct prepared_schema *schemas,
                                  const struct prepared_document *documents)
{
    struct builder out = builder_new(arena);
    assert_true(prepared_write(&out, schemas, documents));
    return builder_slice(&out);
}

/* The constants of the program, and what the files beside them compile to now. */
static void prepared_schemas_are_those_of_the_files(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct diagnostics list = diagnostics_new(&arena);
    struct schema_set *set = schema_set_new(&arena);
    struct prepared_document documents[8] = {0};
    struct prepared_schema schemas[8] = {0};
    size_t count = 0;
    for (; prepared_schemas[count].name != NULL; count++) {
        struct source *source;
        struct slice path =
            arena_printf(&arena, "schemas/%s.schema.json", prepared_schemas[count].name);
        documents[count] = (struct prepared_document){
            path, json_read(&arena, path.data, embedded_find(path), &list, &source)};
        schema_set_add(set, node_text(documents[count].root, "$id"), documents[count].root);
    }
    assert_int_equal(count, 6);
    for (size_t i = 0; i < count; i++) {
        const struct schema *schema =
            schema_compile(set, node_text(documents[i].root, "$id"), &list);
        schemas[i] = (struct prepared_schema){prepared_schemas[i].name, schema->root};
    }
    const struct prepared_document none = {0};
    assert_string_equal(prepared_text(&arena, schemas, documents).data,
                        prepared_text(&arena, prepared_schemas, &none).data);
    arena_free(&arena);
}

static void refuses_to_prepare(void **state)
{
    (void)state;
    static const char *const schemas[] = {
        "{\"$dynamicAnchor\":\"a\",\"items\":{\"$dynamicRef\":\"#a\"}}",
        "{\"items\":{\"format\":\"date\"}}",
        "{\"properties\":{\"a\":{\"$ref\":\"other\"}}}", /* whose document is not given */
    };
    for (size_t i = 0; i < sizeof schemas / sizeof schemas[0]; i++) {
        WITH_ARENA(arena);
        struct diagnostics list = diagnostics_new(&arena);
        struct schema_set *set = schema_set_new(&arena);
        const struct prepared_document documents[] = {
            {SLICE("schemas/s.schema.json"), parse(&arena, schemas[i])}, {{0}, NULL}};
        schema_set_assert_formats(set);
        schema_set_add(set, SLICE("https://example.com/s"), documents[0].root);
        schema_set_add(set, SLICE("https://example.com/other"), parse(&arena, "{}"));
        const struct schema *schema = schema_compile(set, SLICE("https://example.com/s"), &list);
        assert_non_null(schema);
        const struct prepared_schema table[] = {{"s", schema->root}, {NULL, NULL}};
        struct builder out = builder_new(&arena);
        assert_false(prepared_write(&out, table, documents));
        assert_int_equal(out.length, 0);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(validates_keywords),
        cmocka_unit_test(refuses_bad_schemas),
        cmocka_unit_test(survives_hostile_schemas),
        cmocka_unit_test(resolves_uris),
        cmocka_unit_test(embedded_schemas_compile),
        cmocka_unit_test(matches_as_ecma_262),
        cmocka_unit_test(refuses_what_ecma_262_lacks),
        cmocka_unit_test(prepared_schemas_are_those_of_the_files),
        cmocka_unit_test(refuses_to_prepare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
