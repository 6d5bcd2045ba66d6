/* Exact numbers; the YAML and JSON readers. */
#include "support.h"

#include <stdio.h>

#include "base/builder.h"
#include "document/json/layout.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "document/tree/decimal.h"
#include "document/tree/index.h"
#include "document/tree/pointer.h"
#include "document/yaml/reader.h"
#include "document/yaml/writer.h"

static void compares_numbers_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        {"1", "1.0", 0},         {"1e3", "1000", 0},
        {"-0", "0.0e5", 0},      {"2", "10", -1},
        {"-2", "-10", 1},        {"-1", "1", -1},
        {"0.1", "0.10", 0},      {"0.1", "0.09999", 1},
        {"1.5e-3", "0.0015", 0}, {"9007199254740993", "9007199254740992", 1},
        {"1e400", "1e399", 1},   {"12345678901234567890123", "1.2345678901234567890123e22", 0},
        {"0", "1e-400", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice a = slice_of(cases[i].a);
        struct slice b = slice_of(cases[i].b);
        assert_int_equal(decimal_compare(a, b), cases[i].order);
        assert_int_equal(decimal_compare(b, a), -cases[i].order);
        if (cases[i].order == 0) {
            assert_true(decimal_hash(7, a) == decimal_hash(7, b));
        }
    }
}

static void divides_numbers_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *number, *divisor;
        bool multiple;
    } cases[] = {
        {"0.03", "0.01", true},
        {"4.35", "0.01", true},
        {"0.0075", "0.0001", true},
        {"0.00751", "0.0001", false},
        {"35", "1.5", false},
        {"4.5", "1.5", true},
        {"0", "7", true},
        {"1e308", "0.5", true},
        {"12391239123", "1e-8", true},
        {"-9", "3", true},
        {"7", "2e1", false},
        {"40", "2e1", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(decimal_is_multiple(slice_of(cases[i].number), slice_of(cases[i].divisor)),
                         cases[i].multiple);
    }
    assert_true(decimal_is_integer(SLICE("1.0")));
    assert_true(decimal_is_integer(SLICE("1.5e1")));
    assert_false(decimal_is_integer(SLICE("1.5")));
}

/* The document as compact JSON, or its first code ("E0005 2:3"). */
static struct slice read_yaml(struct arena *arena, struct slice text)
{
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    struct node *root = yaml_read(arena, "t.yaml", text, &list, &source);
    struct builder out = builder_new(arena);
    if (root == NULL) {
        struct position at = source_position(source, list.first->range.start);
        builder_printf(&out, "%s %zu:%zu", code_info(list.first->code)->name, at.line, at.column);
    } else {
        struct json_writer json = json_writer_new(&out, true);
        json_node(&json, root);
    }
    return builder_slice(&out);
}

#define ZEROS "000000000000000000000000000000000000000000000000000000000000" /* 60 */

static void resolves_scalars_as_yaml_1_2(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"yes", "\"yes\""},
        {"no", "\"no\""},
        {"on", "\"on\""},
        {"NO", "\"NO\""},
        {"0777", "\"0777\""},
        {"1_000", "\"1_000\""},
        {"0o17", "15"},
        {"0x1F", "31"},
        {"0o18", "\"0o18\""},
        {"1e3", "1e3"},
        {"true", "true"},
        {"False", "false"},
        {"tRUE", "\"tRUE\""},
        {"null", "null"},
        {"~", "null"},
        {"Null", "null"},
        {"-12", "-12"},
        {"+12", "12"},
        {"-0", "0"},
        {".5", "0.5"},
        {"1.", "1"},
        {"-1.50", "-1.50"},
        {".", "\".\""},
        {"-", "\"-\""},
        {"1.2.3", "\"1.2.3\""},
        {".inf", "\".inf\""},
        {"'12'", "\"12\""},
        {"\"~\"", "\"~\""},
        {"12:30:45", "\"12:30:45\""},
        {"2024-01-31", "\"2024-01-31\""},
        {"0b11", "\"0b11\""},
        {"!!str 12", "\"12\""},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"0xFFFFFFFFFFFFFFFFFFFF", "1208925819614629174706175"},
        {"0x" ZEROS ZEROS ZEROS ZEROS "000000000000001", "1"},
        {"0x" ZEROS ZEROS ZEROS ZEROS "0000000000000001", "1"}, /* 256 digits */
        {"0x" ZEROS ZEROS ZEROS ZEROS "00000000000000001",
         "\"0x" ZEROS ZEROS ZEROS ZEROS "00000000000000001\""},
        {"1e", "\"1e\""},
        {"=", "\"=\""},
        {"0", "0"},
        {"00501", "\"00501\""},
        {"-007", "\"-007\""},
        {"00.5", "\"00.5\""},
        {"0.50", "0.50"},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice text = arena_printf(&arena, "[%s]", cases[i][0]);
        bool own_line = strcmp(cases[i][0], "-") == 0;
        if (!own_line) {
            struct slice expected = arena_printf(&arena, "[%s]", cases[i][1]);
            assert_string_equal(read_yaml(&arena, text).data, expected.data);
        }
    }
    arena_free(&arena);
}

static void reads_documents(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a: 1\nb: [x, {c: d}]\n", "{\"a\":1,\"b\":[\"x\",{\"c\":\"d\"}]}"},
        {"\xEF\xBB\xBF"
         "a: b",
         "{\"a\":\"b\"}"},
        {"1: x\ntrue: y\n~: z\n", "{\"1\":\"x\",\"true\":\"y\",\"~\":\"z\"}"},
        {"a: |\n  one\n  two\nb: >-\n  x\n  y\n", "{\"a\":\"one\\ntwo\\n\",\"b\":\"x y\"}"},
        {"a: &x {k: v}\nb: *x\n", "{\"a\":{\"k\":\"v\"},\"b\":{\"k\":\"v\"}}"},
        {"a: &x {k: v, l: m}\nb: {<<: *x, k: w}\n",
         "{\"a\":{\"k\":\"v\",\"l\":\"m\"},\"b\":{\"k\":\"w\",\"l\":\"m\"}}"},
        {"a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc: {<<: [*x, *y]}\n",
         "{\"a\":{\"k\":1},\"b\":{\"k\":2,\"l\":3},\"c\":{\"k\":1,\"l\":3}}"},
        {"\"<<\": x\n", "{\"<<\":\"x\"}"},
        {"a: \"\\u00e4\\x41\"\n", "{\"a\":\"\xC3\xA4"
                                  "A\"}"},
        {"", "E0009 1:1"},
        {"---\n", "E0009 1:1"},
        {"a: 1\n---\nb: 2\n", "E0008 2:1"},
        {"a: 1\na: 2\n", "E0007 2:1"},
        {"{a: 1, a: 2}", "E0007 1:8"},
        {"a: *b\n", "E0012 1:4"},
        {"a: &b [*b]\n", "E0013 1:8"},
        {"a: {<<: 1}\n", "E0014 1:9"},
        {"? [x]\n: y\n", "E0015 1:3"},
        {"a:\n\tb: c\n", "E0006 2:1"},
        {"\xC3\xA4\xC3\xA4: \"x\n", "E0005 1:5"},
        {"a: \xFF\n", "E0003 1:4"},
        {"a: \x01\n", "E0004 1:4"},
        {"a: b: c\n", "E0005 1:5"},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(read_yaml(&arena, slice_of(cases[i][0])).data, cases[i][1]);
    }
    arena_free(&arena);
}

static void knows_places(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct diagnostics list = diagnostics_new(&arena);
    struct source *source;
    /* 70 two-byte letters make the byte offset differ from libyaml's character index */
    struct builder text = builder_new(&arena);
    builder_add_text(&text, "# ");
    for (size_t i = 0; i < 70; i++) {
        builder_add_text(&text, "\xC3\xB6");
    }
    builder_add_text(&text,
                     "\r\nk\xC3\xB6y: 'v\xC3\xA4l'\r\nlist:\r\n  - one\r\n  - two\r\nlast: x\r\n");
    struct slice bytes = builder_slice(&text);
    struct node *root = yaml_read(&arena, "t.yaml", bytes, &list, &source);
    assert_non_null(root);
    struct node *value = root->members[0].value;
    assert_slice(
        slice_part(bytes, root->members[0].key->range.start, root->members[0].key->range.end),
        "k\xC3\xB6y");
    assert_slice(slice_part(bytes, value->range.start, value->range.end), "'v\xC3\xA4l'");
    struct position at = source_position(source, value->range.start);
    assert_int_equal(at.line, 2);
    assert_int_equal(at.column, 6);
    struct node *items = root->members[1].value;
    assert_slice(slice_part(bytes, items->range.start, items->range.end), "- one\r\n  - two");
    at = source_position(source, root->members[2].value->range.start);
    assert_int_equal(at.line, 6);
    assert_int_equal(at.column, 7);
    arena_free(&arena);
}

static void limits_documents(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder deep = builder_new(&arena);
    builder_add_repeated(&deep, '[', 10000);
    assert_string_equal(read_yaml(&arena, builder_slice(&deep)).data, "E0010 1:101");
    deep = builder_new(&arena);
    for (size_t i = 0; i < 10000; i++) {
        builder_add_repeated(&deep, ' ', i < 200 ? i : 200);
        builder_add_text(&deep, "a:\n");
    }
    assert_string_equal(read_yaml(&arena, builder_slice(&deep)).data, "E0010 101:101");
    struct builder laughs = builder_new(&arena);
    builder_add_text(&laughs, "a: &a [x,x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c < 'k'; c++) {
        builder_printf(&laughs, "%c: &%c [", c, c);
        for (int i = 0; i < 10; i++) {
            builder_printf(&laughs, "%s*%c", i > 0 ? "," : "", c - 1);
        }
        builder_add_text(&laughs, "]\n");
    }
    assert_string_equal(read_yaml(&arena, builder_slice(&laughs)).data, "E0011 7:8");
    struct builder merges = builder_new(&arena);
    builder_add_text(&merges, "a: &a {k: [x,x,x,x,x,x,x,x,x,x]}\n");
    for (char c = 'b'; c < 'z'; c++) {
        builder_printf(&merges, "%c: &%c {p: {<<: *%c}, q: {<<: *%c}, r: {<<: *%c}}\n", c, c, c - 1,
                       c - 1, c - 1);
    }
    assert_int_equal(strncmp(read_yaml(&arena, builder_slice(&merges)).data, "E0011", 5), 0);
    arena_free(&arena);
}

static void reads_json(void **state)
{
    (void)state;
    static const char *const valid[][2] = {
        {" [1, -0.5e+3, true, null, \"\\u00e4\\ud83d\\ude00\\n\"] ",
         "[1,-0.5e+3,true,null,\"\xC3\xA4\xF0\x9F\x98\x80\\n\"]"},
        {"{\"a\": {}, \"b\": []}", "{\"a\":{},\"b\":[]}"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"\"\"", "\"\""},
        /* what every reader must accept: the grammar of RFC 8259, place by place */
        {"0", "0"},
        {"-0", "-0"},
        {"-0.0", "-0.0"},
        {"1E22", "1E22"},
        {"0e+1", "0e+1"},
        {"123.456e-789", "123.456e-789"},
        {"1e400", "1e400"},
        {"\t\r\n []\n", "[]"},
        {"[[[[]]]]", "[[[[]]]]"},
        {"{\"\":0}", "{\"\":0}"},
        {"{\"a\\u0062\":1}", "{\"ab\":1}"},
        {"{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}"},
        {"\"\\/\\b\\f\\r\\t\"", "\"/\\b\\f\\r\\t\""},
        {"\"\\u0001\"", "\"\\u0001\""},
        {"\"\\uD834\\uDD1E\"", "\"\xF0\x9D\x84\x9E\""},
        {"\"\xEF\xBF\xBF\x7F\"", "\"\xEF\xBF\xBF\x7F\""},
        {"[false,true,null]", "[false,true,null]"},
        {"\xEF\xBB\xBF[]", "[]"}, /* a byte-order mark */
    };
    static const char *const invalid[] = {
        "",
        "[1,]",
        "[1 2]",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "\"abc",
        "[1] x",
        "tru",
        "nul",
        "'a'",
        "{\"a\":1,\"a\":2}",
        "\"\xFF\"",
        "[",
        "{",
        "[\"a\",",
        "\xEF\xBB\xBF\xEF\xBB\xBF[]",
        "[\xEF\xBB\xBF]",
        "NaN",
        "[1}",
        "// c\n1",
        /* what every reader must refuse */
        " ",
        "[",
        "]",
        "[,1]",
        "[1,,2]",
        "[1",
        "[\"a\" :1]",
        "{\"a\":}",
        "{\"a\"}",
        "{\"a\":1 \"b\":2}",
        "{,}",
        "{1:1}",
        "{\"a\":1}}",
        "{\"a\\u0061\":1,\"aa\":2}",
        "-01",
        "00",
        "0x1",
        "1.e1",
        "1e+",
        "--1",
        "-a",
        "1 000",
        "Infinity",
        "-Infinity",
        "True",
        "nulll",
        "\"",
        "\"\\",
        "\"\\a\"",
        "\"\\u\"",
        "\"\\uD800\\u0041\"",
        "\"\\uDC00\"",
        "\"\t\"",
        "\"\x01\"",
        "\"\xC0\xAF\"",
        "\"\xE0\x80\x80\"",
        "\"\xED\xA0\x80\"",
        "\"\xF4\x90\x80\x80\"",
        "\"\xC3\"",
        "[1]\xFF",
        "\x0C[]",
        "\xC2\xA0[]",
        "/* c */ 1",
        "[1]#",
        "{\"a\":'b'}",
    };
    static const struct slice utf16[] = {
        {"\xFF\xFE[\x01", 4}, {"\xFE\xFF\0[\0]", 6}, {"[\0]\0", 4}, {"\0[\0]", 4}};
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++) {
        struct diagnostics list = diagnostics_new(&arena);
        struct source *source;
        struct node *root = json_read(&arena, "t", slice_of(valid[i][0]), &list, &source);
        assert_non_null(root);
        struct builder out = builder_new(&arena);
        struct json_writer json = json_writer_new(&out, true);
        json_node(&json, root);
        assert_string_equal(builder_slice(&out).data, valid[i][1]);
    }
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++) {
        struct diagnostics list = diagnostics_new(&arena);
        struct source *source;
        assert_null(json_read(&arena, "t", slice_of(invalid[i]), &list, &source));
        assert_int_equal(list.error_count, 1);
        assert_int_equal(list.first->code, E0016);
    }
    for (size_t i = 0; i < sizeof utf16 / sizeof utf16[0]; i++) {
        struct diagnostics list = diagnostics_new(&arena);
        struct source *source;
        assert_null(json_read(&arena, "t", utf16[i], &list, &source));
        assert_int_equal(list.error_count, 1);
        assert_int_equal(list.first->code, E0003);
    }
    struct builder deep = builder_new(&arena);
    builder_add_repeated(&deep, '[', 100000);
    struct diagnostics list = diagnostics_new(&arena);
    struct source *source;
    assert_null(json_read(&arena, "t", builder_slice(&deep), &list, &source));
    arena_free(&arena);
}

/* Wherever the two stand, in objects of any size. */
static void refuses_a_key_that_stands_twice(void **state)
{
    (void)state;
    enum { MEMBERS = 100 };
    for (size_t first = 0; first < MEMBERS; first += 9) {
        for (size_t second = first + 1; second < MEMBERS; second += 7) {
            WITH_ARENA(arena);
            struct diagnostics list = diagnostics_new(&arena);
            struct source *source;
            struct builder json = builder_new(&arena);
            for (size_t i = 0; i < MEMBERS; i++) {
                builder_printf(&json, "%s\"k%zu\": 1", i == 0 ? "{" : ", ",
                               i == second ? first : i);
            }
            builder_add_char(&json, '}');
            assert_null(json_read(&arena, "t", builder_slice(&json), &list, &source));
            assert_int_equal(list.error_count, 1);
            assert_slice(list.first->message, "this key appears twice");
            arena_free(&arena);
        }
    }
}

static void write_sample(struct json_writer *json)
{
    json_begin_object(json);
    json_key(json, "a");
    json_begin_array(json);
    json_integer(json, 1);
    json_begin_object(json);
    json_end_object(json);
    json_end_array(json);
    json_key_slice(json, SLICE("b\""));
    json_string(json, SLICE("\xC3\xA4\t\x01/"));
    json_key(json, "c");
    json_begin_array(json);
    json_end_array(json);
    json_end_object(json);
}

static void writes_json_as_exports_are(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    struct json_writer json = json_writer_new(&out, false);
    write_sample(&json);
    assert_string_equal(builder_slice(&out).data,
                        "{\n    \"a\": [\n        1,\n        {}\n    ],\n    \"b\\\"\": "
                        "\"\xC3\xA4\\t\\u0001/\",\n    \"c\": []\n}");
    arena_free(&arena);
}

/* Each function of the writer once, and passages, of which the second and third time are copies. */
static void write_everything(struct json_writer *json)
{
    struct json_passage passage = {0};
    json_begin_object(json);
    json_key(json, "sample");
    write_sample(json);
    json_integer_member(json, "integer", -12);
    json_text_member(json, "text", SLICE("say \"so\""));
    json_word_member(json, "word", SLICE("so"));
    json_boolean_member(json, "true", true);
    json_boolean_member(json, "false", false);
    json_empty_array_member(json, "none");
    json_begin_array_member(json, "list");
    json_boolean(json, false);
    json_null(json);
    json_word(json, SLICE("so"));
    json_empty_array(json);
    json_node(json, node_new_integer(json->tree != NULL ? json->tree->arena : json->out->arena, 7));
    json_end_array(json);
    json_begin_array_member(json, "passages");
    for (size_t i = 0; i < 3; i++) {
        json_begin_object(json);
        if (!json_repeat(json, &passage)) {
            json_begin_object_member(json, "inner");
            json_word_member(json, "a", SLICE("b"));
            json_end_object(json);
            json_empty_array_member(json, "c");
            json_end_passage(json, &passage);
        }
        json_integer_member(json, "i", (long long)i);
        json_end_object(json);
    }
    json_end_array(json);
    json_begin_object_member(json, "many");
    for (size_t i = 0; i < 100; i++) {
        char key[8];
        snprintf(key, sizeof key, "k%zu", i); /* one place, many words */
        json_word_member(json, key, slice_of(key));
    }
    json_end_object(json);
    json_end_object(json);
}

static void makes_the_tree_that_is_read(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    struct json_writer json = json_writer_new(&out, false);
    write_everything(&json);
    struct node *read = json_read_quietly(&arena, builder_slice(&out));
    struct json_tree tree = json_tree_new(&arena);
    json = json_writer_of_tree(&tree);
    write_everything(&json);
    struct node *made = json_tree_root(&tree);
    assert_non_null(read);
    assert_true(node_equal(made, read));
    struct builder again = builder_new(&arena);
    json = json_writer_new(&again, false);
    json_node(&json, made); /* its order, too */
    assert_string_equal(builder_slice(&again).data, builder_slice(&out).data);
    assert_string_equal(node_text(node_get(made, "many"), "k99").data, "k99");
    arena_free(&arena);
}

static void writes_yaml_for_people(void **state)
{
    (void)state;
    static const char document[] =
        "{\"plain\":\"Hello there\",\"word\":\"yes\",\"number\":\"12\",\"real\":1.50,\"none\":null,"
        "\"empty\":\"\",\"colon\":\"a: b\",\"quote\":\"it's\",\"both\":\"it's \\\"so\\\"\","
        "\"reference\":\"${name}\",\"tab\":\"a\\tb\",\"smile\":\"\xF0\x9F\x98\x80\","
        "\"separator\":\"a\xE2\x80\xA8"
        "b\","
        "\"script\":\"var a;\\n\\tprint(a);\\n\",\"indented\":\"  x\\ny\",\"lines\":\"x\\n\\n\","
        "\"short\":[\"a\",{\"say\":\"b\"},\"end\"],\"list\":[],\"mapping\":{},"
        "\"own\":[\"a\"],\"deep\":[{\"a\":{\"b\":[{\"c\":[1,2],\"d\":{\"e\":\"f\\ng\"}}]}}],"
        "\"true\":true,\"<<\":1,\"-\":2,\"a: b\":3}";
    static const char expected[] = "plain: Hello there\n"
                                   "word: yes\n"
                                   "number: \"12\"\n"
                                   "real: 1.50\n"
                                   "none: null\n"
                                   "empty: \"\"\n"
                                   "colon: \"a: b\"\n"
                                   "quote: it's\n"
                                   "both: it's \"so\"\n"
                                   "reference: ${name}\n"
                                   "tab: \"a\\tb\"\n"
                                   "smile: \xF0\x9F\x98\x80\n"
                                   "separator: \"a\\u2028b\"\n"
                                   "script: |\n"
                                   "  var a;\n"
                                   "  \tprint(a);\n"
                                   "indented: |2-\n"
                                   "    x\n"
                                   "  y\n"
                                   "lines: |+\n"
                                   "  x\n"
                                   "\n"
                                   "short: [a, {say: b}, end]\n"
                                   "list: []\n"
                                   "mapping: {}\n"
                                   "own:\n"
                                   "  - a\n"
                                   "deep:\n"
                                   "  - a:\n"
                                   "      b:\n"
                                   "        - c: [1, 2]\n"
                                   "          d:\n"
                                   "            e: |-\n"
                                   "              f\n"
                                   "              g\n"
                                   "true: true\n"
                                   "\"<<\": 1\n"
                                   "\"-\": 2\n"
                                   "\"a: b\": 3\n";
    static const char *const lines[] = {"own", NULL};
    WITH_ARENA(arena);
    struct diagnostics list = diagnostics_new(&arena);
    struct source *source;
    const struct node *root = json_read(&arena, "t.json", slice_of(document), &list, &source);
    assert_non_null(root);
    struct builder out = builder_new(&arena);
    yaml_write_members(&out, root, 0, lines);
    assert_string_equal(builder_slice(&out).data, expected);
    const struct node *again = yaml_read(&arena, "t.yaml", builder_slice(&out), &list, &source);
    assert_true(again != NULL && node_equal(root, again));
    out = builder_new(&arena);
    yaml_write_line(&out, SLICE("a"), node_get(root, "deep"), 2);
    assert_string_equal(builder_slice(&out).data,
                        "  a: [{a: {b: [{c: [1, 2], d: {e: \"f\\ng\"}}]}}]\n");
    arena_free(&arena);
}

static void knows_layouts_of_json(void **state)
{
    (void)state;
    static const char *const texts[] = {
        [JSON_COMPACT] = "{\"a\":[1,2.0],\"b\":{}}",
        [JSON_SPACED] = "{\"a\": [1, 2.0], \"b\": {}}",
        [JSON_INDENT_2] = "{\n  \"a\": [\n    1,\n    2.0\n  ],\n  \"b\": {}\n}",
        [JSON_INDENT_4] = "{\n    \"a\": [\n        1,\n        2.0\n    ],\n    \"b\": {}\n}",
        [JSON_INDENT_TAB] = "{\n\t\"a\": [\n\t\t1,\n\t\t2.0\n\t],\n\t\"b\": {}\n}",
    };
    WITH_ARENA(arena);
    for (int i = 0; i < JSON_LAYOUT_COUNT; i++) {
        enum json_layout layout;
        const struct node *value = json_read_layout(&arena, slice_of(texts[i]), &layout);
        assert_non_null(value);
        assert_int_equal(layout, i);
        assert_int_equal(json_layout_find(slice_of(json_layout_name(layout))), i);
        struct builder out = builder_new(&arena);
        json_write_layout(&out, value, layout);
        assert_string_equal(builder_slice(&out).data, texts[i]);
    }
    enum json_layout layout;
    assert_null(json_read_layout(&arena, SLICE("{ \"a\":1}"), &layout));
    assert_null(json_read_layout(&arena, SLICE("{\"a\":"), &layout));
    assert_int_equal(json_layout_find(SLICE("wide")), JSON_LAYOUT_COUNT);
    arena_free(&arena);
}

static void finds_members_by_an_index(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct diagnostics list = diagnostics_new(&arena);
    struct source *source;
    static const size_t counts[] = {0, 1, 8, 9, 1000};
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        struct builder json = builder_new(&arena);
        builder_add_char(&json, '{');
        for (size_t i = 0; i < counts[c]; i++) {
            builder_printf(&json, "%s\"k%zu\": %zu", i > 0 ? "," : "", i, i);
        }
        builder_add_char(&json, '}');
        const struct node *mapping = json_read(&arena, "t", builder_slice(&json), &list, &source);
        for (size_t i = 0; i < counts[c]; i++) {
            struct slice key = arena_printf(&arena, "k%zu", i);
            assert_ptr_equal(node_member(mapping, key), &mapping->members[i]);
        }
        assert_null(node_member(mapping, SLICE("k")));
        assert_true((mapping->index != NULL) == (counts[c] > 100));
        struct node *copy = node_copy(&arena, mapping);
        for (size_t i = 0; i < counts[c]; i += 3) {
            node_remove(copy, arena_printf(&arena, "k%zu", i));
        }
        node_set_text(&arena, copy, "new", SLICE("here"));
        for (size_t i = 0; i < counts[c]; i++) {
            const struct member *found = node_member(copy, arena_printf(&arena, "k%zu", i));
            assert_true((found == NULL) == (i % 3 == 0));
        }
        assert_string_equal(node_text(copy, "new").data, "here");
    }
    assert_null(node_member(NULL, SLICE("k")));
    assert_null(node_member(node_new_text(&arena, SLICE("k")), SLICE("k")));
    arena_free(&arena);
}

/* The examples of RFC 6901, section 5, and what leads nowhere. */
static void follows_json_pointers(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    static const char document[] =
        "{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3, \"g|h\": 4, "
        "\"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7, \"m~n\": 8}";
    static const char *const cases[][2] = {
        {"/foo/0", "bar"}, {"/foo/1", "baz"}, {"/", "0"},     {"/a~1b", "1"},
        {"/c%d", "2"},     {"/e^f", "3"},     {"/g|h", "4"},  {"/i\\j", "5"},
        {"/k\"l", "6"},    {"/ ", "7"},       {"/m~0n", "8"},
    };
    static const char *const nowhere[] = {
        "/bar",     "/foo/2", "/foo/", "/foo/x", "/foo/00000000000000000000000000009",
        "/foo/0/0", "/a/b",
    };
    struct diagnostics list = diagnostics_new(&arena);
    struct source *source;
    const struct node *root = json_read(&arena, "t", slice_of(document), &list, &source);
    assert_ptr_equal(pointer_find(&arena, root, SLICE("")), root);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct node *found = pointer_find(&arena, root, slice_of(cases[i][0]));
        assert_non_null(found);
        assert_slice(found->text, cases[i][1]);
    }
    for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++) {
        assert_null(pointer_find(&arena, root, slice_of(nowhere[i])));
    }
    struct builder pointer = builder_new(&arena);
    pointer_add(&pointer, SLICE("a/b"));
    pointer_add(&pointer, SLICE("m~n"));
    pointer_add(&pointer, SLICE(""));
    assert_slice(builder_slice(&pointer), "/a~1b/m~0n/");
    arena_free(&arena);
}

static void weighs_values(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct diagnostics list = diagnostics_new(&arena);
    struct source *source;
    struct slice text = SLICE("a: &a [1, 2]\nb: {c: *a, d: *a}\n");
    const struct node *root = yaml_read(&arena, "t", text, &list, &source);
    assert_int_equal(node_weight(root, 100), 15);
    for (size_t most = 1; most <= 15; most++) {
        assert_int_equal(node_weight(root, most), most);
    }
    arena_free(&arena);
}

/*
 * Keys and values that are the same are one node in a large document that nobody asks for places
 * in; what only looks alike is not, nor is what has a long text in it.
 */
static void shares_what_is_the_same(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    static const char items[] = "{\"key\":[1,\"1\",{\"a\":true}],\"pair\":[\"a\",true],"
                                "\"none\":[[],{},null,\"\",false],"
                                "\"long\":[\"this text has more than 24 characters\"]}";
    struct builder text = builder_new(&arena);
    for (size_t i = 0; i < 2000; i++) {
        builder_add_text(&text, i == 0 ? "[" : ",");
        builder_add_text(&text, items);
    }
    builder_add_text(&text, "]");
    const struct node *root = json_read_quietly(&arena, builder_slice(&text));
    assert_int_equal(node_length(root), 2000);
    const struct node *one = root->items[0];
    const struct node *other = root->items[1999];
    assert_ptr_equal(one->members[0].key, other->members[0].key);
    assert_ptr_equal(node_get(one, "key"), node_get(other, "key"));
    assert_ptr_equal(node_get(one, "none"), node_get(other, "none"));
    assert_ptr_not_equal(node_get(one, "long"), node_get(other, "long"));
    struct builder written = builder_new(&arena);
    struct json_writer json = json_writer_new(&written, true);
    json_node(&json, other);
    assert_string_equal(builder_slice(&written).data, items);
    struct slice twice = SLICE("{\"a\":1,\"a\":2}");
    assert_null(json_read_quietly(&arena, twice));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_numbers_exactly),
        cmocka_unit_test(weighs_values),
        cmocka_unit_test(shares_what_is_the_same),
        cmocka_unit_test(divides_numbers_exactly),
        cmocka_unit_test(resolves_scalars_as_yaml_1_2),
        cmocka_unit_test(reads_documents),
        cmocka_unit_test(knows_places),
        cmocka_unit_test(limits_documents),
        cmocka_unit_test(reads_json),
        cmocka_unit_test(refuses_a_key_that_stands_twice),
        cmocka_unit_test(writes_json_as_exports_are),
        cmocka_unit_test(makes_the_tree_that_is_read),
        cmocka_unit_test(writes_yaml_for_people),
        cmocka_unit_test(knows_layouts_of_json),
        cmocka_unit_test(follows_json_pointers),
        cmocka_unit_test(finds_members_by_an_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
