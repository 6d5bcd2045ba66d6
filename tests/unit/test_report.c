/* What other programs read: JSON by cJSON, and JUnit. */
#include "support.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "document/json/reader.h"
#include "report/cjson.h"
#include "report/junit.h"

/* ---- an allocator for cJSON that fails ---- */

static size_t until_failure; /* allocations that succeed; 0: none fails */
static size_t live;          /* blocks that are not freed */

static void *failing_malloc(size_t size)
{
    if (until_failure > 0 && --until_failure == 0) {
        return NULL;
    }
    live++;
    return malloc(size);
}

static void counting_free(void *block)
{
    live -= block != NULL;
    free(block);
}

static void write_sample(struct arena *arena, struct builder *out, enum cjson_form form)
{
    struct cjson object = cjson_new_object(arena);
    struct cjson list = cjson_add_array(object, "list");
    cjson_add_text(object, "text", SLICE("caf\xC3\xA9 \"\\\n\x01/"));
    cjson_add_text(object, "nul", SLICE("a\0\"b"));
    cjson_add_text(object, "bytes", SLICE("a\xFF\xC3z\xE2\x82"));
    cjson_add_text(object, "empty", SLICE(""));
    cjson_add_null(object, "null");
    cjson_add_boolean(list, NULL, true);
    cjson_add_count(list, NULL, 4012345678);
    cjson_add_count(cjson_add_object(list, NULL), "line", 7);
    cjson_add_node(object, "node",
                   json_read_quietly(arena, SLICE("{\"a\\u0000\": [1.50, 12345678901234567890]}")));
    cjson_print(out, object, form);
}

static void writes_json(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    write_sample(&arena, &out, CJSON_COMPACT);
    assert_slice(builder_slice(&out),
                 "{\"list\":[true,4012345678,{\"line\":7}],\"text\":\"caf\xC3\xA9 "
                 "\\\"\\\\\\n\\u0001/\",\"nul\":\"a\\u0000\\\"b\",\"bytes\":\"a\xEF\xBF\xBD"
                 "\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\",\"empty\":\"\",\"null\":null,"
                 "\"node\":{\"a\\u0000\":[1.50,12345678901234567890]}}");
    arena_free(&arena);
}

static void writes_lines(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    struct cjson list = cjson_new_array(&arena);
    cjson_add_count(cjson_add_object(list, NULL), "line", 7);
    cjson_print(&out, list, CJSON_LINES);
    assert_slice(builder_slice(&out), "[{\n\t\t\"line\":\t7\n\t}]");
    arena_free(&arena);
}

/* Each allocation of cJSON fails once: the arena unwinds, and nothing is left behind. */
static void unwinds_without_memory(void **state)
{
    (void)state;
    cJSON_Hooks hooks = {failing_malloc, counting_free};
    cJSON_InitHooks(&hooks);
    volatile size_t failures = 0;
    volatile bool complete = false;
    while (!complete) {
        struct arena arena;
        jmp_buf recovery;
        arena_init(&arena);
        arena.recovery = &recovery;
        live = 0;
        until_failure = failures + 1;
        if (setjmp(recovery) == 0) {
            struct builder out = builder_new(&arena);
            write_sample(&arena, &out, CJSON_LINES);
            complete = true;
        } else {
            failures++;
        }
        arena_free(&arena);
        assert_int_equal(live, 0);
    }
    cJSON_InitHooks(NULL);
    assert_true(failures > 10);
}

static void writes_junit(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    struct junit junit = junit_new(&arena);
    junit_begin_suite(&junit, SLICE("one"));
    junit_begin_case(&junit, SLICE("a"), SLICE("passes"));
    junit_begin_case(&junit, SLICE("a"), SLICE("says \"<&>\"\x01\xFF"));
    junit_add_output(&junit, SLICE("so"));
    junit_begin_suite(&junit, SLICE("two"));
    junit_begin_case(&junit, SLICE("b"), SLICE("fails twice"));
    junit_add_failure(&junit, "E0101", SLICE("m"), SLICE("t"));
    junit_add_failure(&junit, NULL, SLICE("n"), SLICE("u"));
    junit_write(&out, &junit);
    assert_slice(
        builder_slice(&out),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"dialogc\" tests=\"3\" failures=\"1\">\n"
        "  <testsuite name=\"one\" tests=\"2\" failures=\"0\" errors=\"0\">\n"
        "    <testcase classname=\"a\" name=\"passes\"/>\n"
        "    <testcase classname=\"a\" name=\"says &quot;&lt;&amp;&gt;&quot;\\x01\\xff\">\n"
        "      <system-out>so</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "  <testsuite name=\"two\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
        "    <testcase classname=\"b\" name=\"fails twice\">\n"
        "      <failure type=\"E0101\" message=\"m\">t</failure>\n"
        "      <failure message=\"n\">u</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n");
    arena_free(&arena);
}

/* ---- places ---- */

/* Lines end in three ways, and characters have one to four bytes: places as counted from the start.
 */
static void finds_places(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    static const char *const parts[] = {
        "x", "é", "\n", "€", "\r\n", "𝄞", "y", "\r", "zzzzzzzzzzzzzzz"};
    struct builder text = builder_new(&arena);
    for (size_t i = 0; text.length < 100000; i = i * 31 + 7) {
        builder_add_text(&text, i % 97 < 80 ? "long" : parts[i % 9]);
    }
    struct slice bytes = builder_slice(&text);
    struct source *source = source_new(&arena, "t", bytes);
    struct position counted = {1, 1};
    for (size_t i = 0; i < bytes.length; i++) {
        char c = bytes.data[i];
        if (((unsigned char)c & 0xC0) == 0x80) {
            continue; /* inside of a character */
        }
        struct position found = source_position(source, (uint32_t)i);
        assert_true(found.line == counted.line && found.column == counted.column);
        bool crlf = c == '\r' && i + 1 < bytes.length && bytes.data[i + 1] == '\n';
        bool ends = c == '\n' || (c == '\r' && !crlf);
        counted = ends ? (struct position){counted.line + 1, 1}
                       : (struct position){counted.line, counted.column + 1};
    }
    uint32_t start;
    struct slice excerpt = source_excerpt(source, 50000, &start);
    assert_true(excerpt.length <= 2 * SOURCE_EXCERPT && start <= 50000 &&
                start + excerpt.length >= 50000);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_places), cmocka_unit_test(writes_json),
        cmocka_unit_test(writes_lines), cmocka_unit_test(unwinds_without_memory),
        cmocka_unit_test(writes_junit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
