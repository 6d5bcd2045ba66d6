/* Slices, UTF-8, percent-encoding, ids, maps, arenas. */
#define _POSIX_C_SOURCE 200809L

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/character.h"
#include "base/composed.h"
#include "base/graph.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/percent.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "base/uuid5.h"
#include "base/suggestion.h"

static void measures_distance(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t distance;
    } cases[] = {{"", "", 0},
                 {"a", "", 1},
                 {"prompt", "promt", 1},
                 {"ask", "aks", 1},
                 {"kitten", "sitting", 3},
                 {"Lead", "lead", 0},
                 {"abc", "xyz", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(suggestion_distance(slice_of(cases[i].a), slice_of(cases[i].b)),
                         cases[i].distance);
        assert_int_equal(suggestion_distance(slice_of(cases[i].b), slice_of(cases[i].a)),
                         cases[i].distance);
    }
    assert_true(suggestion_is_near(SLICE("lastNam"), SLICE("lastName"), NULL));
    assert_false(suggestion_is_near(SLICE("id"), SLICE("to"), NULL));
    assert_false(suggestion_is_near(SLICE("placeholder"), SLICE("pattern"), NULL));
}

static void composes_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *composed;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"\u00FC", "\u00FC"},
        {"u\u0308", "\u00FC"}, /* u with a mark */
        {"Mu\u0308ller", "M\u00FCller"},
        {"a\u0323\u0302", "\u1EAD"},        /* two marks on one letter */
        {"a\u0302\u0323", "\u1EAD"},        /* in the other order */
        {"\u304B\u3099", "\u304C"},         /* a voiced kana */
        {"\u1112\u1161\u11AB", "\uD55C"},   /* a syllable of Hangul */
        {"\u092B\u093C", "\u092B\u093C"},   /* stays apart, as Unicode says */
        {"\u095E", "\u092B\u093C"},         /* and so is this one taken apart */
        {"\uFB01", "\uFB01"},               /* a ligature is not two letters */
        {"\xFFu\xCC\x88", "\xFFu\xCC\x88"}, /* not UTF-8 */
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice composed = composed_text(&arena, slice_of(cases[i].text));
        assert_int_equal(composed.length, strlen(cases[i].composed));
        assert_memory_equal(composed.data, cases[i].composed, composed.length);
    }
    assert_true(composed_equal(&arena, SLICE("u\u0308"), SLICE("\u00FC")));
    assert_false(composed_equal(&arena, SLICE("u"), SLICE("\u00FC")));
    arena_free(&arena);
}

static void measures_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cells;
    } cases[] = {
        {"", 0},
        {"abc", 3},
        {"\u00E9", 1},
        {"e\u0301", 1},                  /* a combining accent */
        {"\u65E5\u672C", 4},             /* two ideographs */
        {"\uFF21", 2},                   /* a fullwidth letter */
        {"\U0001F600", 2},               /* an emoji */
        {"\u2764\uFE0F", 1},             /* a heart with a selector */
        {"\u2026", 1},                   /* an ellipsis */
        {"\u0627\u0644\u0633\u0651", 3}, /* Arabic letters, one with a mark */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(character_cells(slice_of(cases[i].text)), cases[i].cells);
    }
}

static void makes_text_printable(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line, *lines;
    } cases[] = {
        {"plain: text #1", "plain: text #1", "plain: text #1"},
        {"a\x1b[31mb\x07", "a\\x1b[31mb\\x07", "a\\x1b[31mb\\x07"},
        {"a\nb\tc\rd\x7f", "a\\nb\\tc\\rd\\x7f", "a\nb\tc\\rd\\x7f"},
        {"\xc2\x9b"
         "31m \x9b"
         "31m \xff",
         "\\u{9b}31m \\x9b31m \\xff", "\\u{9b}31m \\x9b31m \\xff"},
        {"x\u202Ey\u200Bz\uFEFF\u2066\u061C\U000E0041\uFFFF",
         "x\\u{202e}y\\u{200b}z\\u{feff}\\u{2066}\\u{61c}\\u{e0041}\\u{ffff}",
         "x\\u{202e}y\\u{200b}z\\u{feff}\\u{2066}\\u{61c}\\u{e0041}\\u{ffff}"},
        /* a family, and a Persian word: joined in a text, apart in a name */
        {"\U0001F469\u200D\U0001F467", "\U0001F469\\u{200d}\U0001F467",
         "\U0001F469\u200D\U0001F467"},
        {"\u2764\uFE0F\u200D\U0001F525", "\u2764\uFE0F\\u{200d}\U0001F525",
         "\u2764\uFE0F\u200D\U0001F525"},
        {"\u0645\u06CC\u200C\u062E", "\u0645\u06CC\\u{200c}\u062E", "\u0645\u06CC\u200C\u062E"},
        {"a\u200Db\u00E9\u200D\u200D\u00E9\u200D",
         "a\\u{200d}b\u00E9\\u{200d}\\u{200d}\u00E9\\u{200d}",
         "a\\u{200d}b\u00E9\\u{200d}\\u{200d}\u00E9\\u{200d}"},
        {"1\uFE0F\uFE0F\uFE0F", "1\uFE0F\\u{fe0f}\\u{fe0f}", "1\uFE0F\\u{fe0f}\\u{fe0f}"},
        {"e\u0301", "e\u0301", "e\u0301"},
        {"::error::x", "\\x3a:error::x", "\\x3a:error::x"},
        {"a\n \u3000::error::x\na::b", "a\\n \u3000\\x3a:error::x\\na::b",
         "a\n \u3000\\x3a:error::x\na::b"},
        {"a ##[error]b ##vso[x] ## [y] #[z]", "a #\\x23[error]b #\\x23vso[x] ## [y] #[z]",
         "a #\\x23[error]b #\\x23vso[x] ## [y] #[z]"},
    };
    WITH_ARENA(arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice text = slice_of(cases[i].text);
        struct slice line = printable_text(&arena, text, PRINTABLE_LINE);
        struct slice lines = printable_text(&arena, text, PRINTABLE_TEXT);
        assert_slice(line, cases[i].line);
        assert_slice(lines, cases[i].lines);
        assert_slice(printable_text(&arena, lines, PRINTABLE_TEXT), cases[i].lines);
    }
    assert_slice(printable_text(&arena, SLICE("a\0b"), PRINTABLE_LINE), "a\\x00b");
    arena_free(&arena);
}

/* Names with line feeds do not begin lines, and JSON keeps its values. */
static void makes_reports_printable(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    builder_add_text(&out, "first\n");
    size_t start = out.length;
    builder_add_text(&out, "  name\n::error::");
    printable_end_line(&out, start);
    assert_slice(builder_slice(&out), "first\n  name\\n\\x3a:error::\n");
    out.length = 0;
    printable_add_json(
        &out, SLICE("{\n\t\"a\u202E\": \"##[x] \xC2\x85\x7f \U0001F469\U000E0041 \u00E9\"}"));
    assert_slice(builder_slice(&out), "{\n\t\"a\\u202e\": \"#\\u0023[x] \\u0085\\u007f \U0001F469"
                                      "\\udb40\\udc41 \u00E9\"}");
    arena_free(&arena);
}

/* No text, however it is made, has a control or a hidden character left. */
static void leaves_nothing_that_acts(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        struct slice text = {bytes, utf8_encode(c, bytes)};
        struct builder out = builder_new(&arena);
        printable_add(&out, text, PRINTABLE_LINE);
        struct slice shown = builder_slice(&out);
        assert_true(utf8_is_valid(shown));
        enum character_kind kind = character_kind(c);
        bool has_form = kind == CHARACTER_PLAIN || kind == CHARACTER_WIDE || kind == CHARACTER_MARK;
        assert_int_equal(slice_equal(shown, text), has_form);
        arena_free(&arena);
    }
}

static void checks_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length; /* of the first sequence; 0: none */
    } cases[] = {
        {"a", 1},
        {"\xC3\xA4", 2},
        {"\xE2\x82\xAC", 3},
        {"\xF0\x9F\x98\x80", 4},
        {"\xC0\xAF", 0},
        {"\xE0\x80\xAF", 0},
        {"\xED\xA0\x80", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF0\x80\x80\x80", 0},
        {"\x80", 0},
        {"\xC3", 0},
        {"\xE2\x82", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\xFF", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(utf8_sequence(slice_of(cases[i].bytes)), cases[i].length);
    }
    assert_int_equal(utf8_count(SLICE("Z\xC3\xBCrich")), 6);
    for (uint32_t c = 0; c <= 0x10FFFF; c += 97) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        char bytes[4];
        size_t length = utf8_encode(c, bytes);
        size_t read;
        assert_int_equal(utf8_decode((struct slice){bytes, length}, &read), c);
        assert_int_equal(read, length);
    }
}

static void encodes_percent(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    percent_encode(&out, SLICE("A-z_0.9!~*'() \xC3\xA4&=%/\n\"{}"));
    assert_slice(builder_slice(&out), "A-z_0.9!~*'()%20%C3%A4%26%3D%25%2F%0A%22%7B%7D");
    for (int c = 0; c < 256; c++) { /* MDN's list of what encodeURIComponent does not escape */
        char byte = (char)c;
        bool stays = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     (c != 0 && strchr("-_.!~*'()", c) != NULL);
        char expected[8];
        snprintf(expected, sizeof expected, stays ? "%c" : "%%%02X", c);
        out = builder_new(&arena);
        percent_encode(&out, (struct slice){&byte, 1});
        assert_slice(builder_slice(&out), expected);
    }
    out = builder_new(&arena);
    percent_encode_path(&out, SLICE("/a b/{{context.x}}?q=A%27&b=c,d"));
    assert_slice(builder_slice(&out), "/a%20b/%7B%7Bcontext.x%7D%7D?q=A%27&b=c,d");
    out = builder_new(&arena);
    percent_encode_path(&out, SLICE("100%"));
    assert_slice(builder_slice(&out), "100%25");
    arena_free(&arena);
}

static void makes_stable_ids(void **state)
{
    (void)state;
    char first[UUID5_TEXT];
    char second[UUID5_TEXT];
    char object[25];
    uuid5_text(SLICE("create-a-lead/dialog"), first);
    uuid5_text(SLICE("create-a-lead/dialog"), second);
    uuid5_object_id(SLICE("x"), object);
    /* the ids of installed dialogs hang on this: it must never change */
    assert_string_equal(first, "894ed375-9bc4-57d5-acfd-27343dd0555f");
    assert_string_equal(first, second);
    assert_int_equal(first[14], '5');
    assert_int_equal(strspn(object, "0123456789abcdef"), 24);
}

static void maps_keep_first_value(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct map map = map_new(&arena);
    char names[500][8];
    for (size_t i = 0; i < 500; i++) {
        snprintf(names[i], sizeof names[i], "k%zu", i);
        assert_null(map_add(&map, slice_of(names[i]), &names[i]));
    }
    for (size_t i = 0; i < 500; i++) {
        assert_ptr_equal(map_get(&map, slice_of(names[i])), &names[i]);
        assert_ptr_equal(map_add(&map, slice_of(names[i]), &map), &names[i]);
    }
    assert_null(map_get(&map, SLICE("other")));
    arena_free(&arena);
}

static void count_release(void *resource)
{
    ++*(int *)resource;
}

static void maps_count(void **state)
{
    (void)state;
    struct arena arena;
    jmp_buf recovery;
    arena_init(&arena);
    assert_int_equal(setjmp(recovery), 0);
    arena.recovery = &recovery;
    struct map map = map_new(&arena);
    assert_int_equal(map_number(&map, SLICE("lead")), 0);
    assert_int_equal(map_increment(&map, SLICE("lead")), 1);
    assert_int_equal(map_increment(&map, SLICE("case")), 1);
    assert_int_equal(map_increment(&map, SLICE("lead")), 2);
    assert_int_equal(map_number(&map, SLICE("lead")), 2);
    arena_free(&arena);
}

static void divides_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *parts[3];
    } cases[] = {{"a,b", {"a", "b", NULL}},
                 {"a,", {"a", "", NULL}},
                 {",", {"", "", NULL}},
                 {"a", {"a", NULL, NULL}},
                 {"", {"", NULL, NULL}}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count = 0;
        struct slice part;
        for (size_t at = 0; slice_next_part(slice_of(cases[i].text), ',', &at, &part); count++) {
            assert_non_null(cases[i].parts[count]);
            assert_true(slice_is(part, cases[i].parts[count]));
        }
        assert_null(cases[i].parts[count]);
    }
}

/* 0 leads to 1 and 2, both to 3, 3 back to 0 and out of the graph; 4 leads to 0. */
static size_t test_target(const void *edges, size_t node, size_t edge)
{
    const size_t *targets = edges;
    return targets[3 * node + edge];
}

static void walks_graphs(void **state)
{
    (void)state;
    static const size_t targets[][3] = {{1, 2, GRAPH_NO_EDGE},
                                        {3, GRAPH_NO_EDGE},
                                        {3, GRAPH_NO_EDGE},
                                        {0, GRAPH_OUTSIDE, GRAPH_NO_EDGE},
                                        {0, GRAPH_NO_EDGE}};
    struct arena arena;
    jmp_buf recovery;
    arena_init(&arena);
    assert_int_equal(setjmp(recovery), 0);
    arena.recovery = &recovery;
    struct graph graph = {5, targets[0], test_target};
    bool met[5] = {false};
    size_t order[5];
    assert_int_equal(graph_walk(&arena, &graph, 0, met, order), 4);
    static const size_t expected[] = {0, 2, 1, 3};
    assert_memory_equal(order, expected, sizeof expected);
    assert_false(met[4]);
    assert_int_equal(graph_walk(&arena, &graph, 4, met, NULL), 1);
    arena_free(&arena);
}

static void arenas_grow_and_release(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    int released = 0;
    arena_defer(&arena, count_release, &released);
    /* Past 256 KB an array has a chunk of its own: AddressSanitizer copies it at each step. */
    enum { COUNT = 70000 };
    int *numbers = NULL;
    for (size_t i = 0; i < COUNT; i++) {
        numbers = arena_grow(&arena, numbers, i, i + 1, sizeof *numbers);
        assert_int_equal(numbers[i], 0);
        numbers[i] = (int)i;
        if (i % 1000 == 0) {
            arena_alloc(&arena, 24); /* in the way: the array has to move */
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(numbers[i], (int)i);
    }
    assert_slice(arena_printf(&arena, "%s-%d", "a", 7), "a-7");
    arena_reset(&arena);
    assert_int_equal(released, 1);
    arena_free(&arena);
    assert_int_equal(released, 1);
}

/* However often the array has to move, all of it and the copies of it are a few times its size. */
static void arrays_that_grow_take_memory_in_proportion(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    enum { COUNT = 100000 };
    size_t moves = 0;
    int *numbers = NULL;
    for (size_t i = 0; i < COUNT; i++) {
        int *before = numbers;
        numbers = arena_append(&arena, numbers, i, sizeof *numbers);
        moves += numbers != before;
        assert_int_equal(numbers[i], 0);
        numbers[i] = (int)i;
        arena_alloc(&arena, 24); /* in the way */
    }
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(numbers[i], (int)i);
    }
    assert_int_equal(moves, 18); /* for 1, 2, 4 … 131072 elements */
    arena_free(&arena);
}

static void arenas_unwind(void **state)
{
    (void)state;
    struct arena arena;
    jmp_buf recovery;
    volatile int failures = 0;
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        failures++;
    }
    if (failures == 0) {
        arena_alloc_array(&arena, SIZE_MAX / 2, 4); /* the product overflows */
    }
    if (failures == 1) {
        arena_alloc(&arena, SIZE_MAX - 4);
    }
    assert_int_equal(failures, 2);
    arena_free(&arena);
}

/* Keys that were chosen to meet in a table: they do not, since the hash has a seed. */
static void hashes_keys_with_a_seed(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct map map = map_new(&arena);
    for (size_t i = 0; map.count < 400; i++) {
        struct slice key = arena_printf(&arena, "key %zu", i);
        if ((hash_short(key) & 1023) == 7) {
            map_add(&map, key, &arena);
        }
    }
    assert_int_equal(map.mask, 1023);
    size_t run = 0;
    size_t longest = 0;
    for (size_t i = 0; i <= map.mask; i++) {
        run = map.slots[i] != 0 ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    assert_true(longest < 100);
    for (size_t i = 0; i < map.count; i++) { /* in the order in which they were added */
        assert_ptr_equal(map_get(&map, map.entries[i].key), &arena);
    }
    arena_free(&arena);
}

static void goes_back_to_a_mark(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    int released = 0;
    struct arena_mark empty = arena_mark(&arena);
    char *kept = arena_copy(&arena, SLICE("kept"));
    arena_defer(&arena, count_release, &released);
    struct arena_mark mark = arena_mark(&arena);
    char *first = arena_alloc(&arena, 100);
    arena_defer(&arena, count_release, &released);
    for (size_t i = 0; i < 100; i++) {
        arena_alloc(&arena, 10000);
    }
    size_t held = arena_size(&arena);
    arena_rewind(&arena, mark);
    assert_int_equal(released, 1);
    assert_true(arena_size(&arena) < held / 10);
    assert_string_equal(kept, "kept");
    assert_ptr_equal(arena_alloc(&arena, 100), first);
    arena_rewind(&arena, empty);
    assert_int_equal(released, 2);
    assert_int_equal(arena_size(&arena), 0);
    arena_free(&arena);
}

/* Memory that is needed again as before is not asked for again; what was not needed is given back.
 */
static void keeps_what_is_needed_again(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    arena.keeps_all = true;
    size_t held = 0;
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < 1000; i++) {
            unsigned char *bytes = arena_alloc(&arena, 10000);
            assert_int_equal(bytes[0] | bytes[9999], 0);
            memset(bytes, 0xFF, 10000);
        }
        unsigned char *large = arena_alloc(&arena, 40 * 1024 * 1024);
        assert_int_equal(large[0], 0);
        large[0] = 1;
        assert_true(round == 0 || arena_size(&arena) == held);
        held = arena_size(&arena);
        arena_reset(&arena);
        assert_int_equal(arena_size(&arena), held);
    }
    arena_alloc(&arena, 10);
    arena_reset(&arena);
    assert_true(arena_size(&arena) < 1024 * 1024);
    arena_free(&arena);
    assert_int_equal(arena_size(&arena), 0);
}

/* A long text leaves nothing behind of what it was when it was shorter, whatever is made meanwhile.
 */
static void lets_long_texts_grow(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct builder out = builder_new(&arena);
    for (size_t i = 0; i < 1000000; i++) {
        builder_add_text(&out, "0123456789");
        if (i % 1000 == 0) {
            arena_alloc(&arena, 16);
        }
    }
    struct slice text = builder_slice(&out);
    assert_int_equal(text.length, 10000000);
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != (char)('0' + i % 10)) {
            fail();
        }
    }
    assert_true(arena_size(&arena) < 20 * 1024 * 1024);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_keys_with_a_seed),
        cmocka_unit_test(goes_back_to_a_mark),
        cmocka_unit_test(keeps_what_is_needed_again),
        cmocka_unit_test(lets_long_texts_grow),
        cmocka_unit_test(measures_distance),
        cmocka_unit_test(checks_utf8),
        cmocka_unit_test(composes_text),
        cmocka_unit_test(measures_cells),
        cmocka_unit_test(makes_text_printable),
        cmocka_unit_test(makes_reports_printable),
        cmocka_unit_test(leaves_nothing_that_acts),
        cmocka_unit_test(encodes_percent),
        cmocka_unit_test(makes_stable_ids),
        cmocka_unit_test(maps_keep_first_value),
        cmocka_unit_test(maps_count),
        cmocka_unit_test(divides_texts),
        cmocka_unit_test(walks_graphs),
        cmocka_unit_test(arenas_grow_and_release),
        cmocka_unit_test(arrays_that_grow_take_memory_in_proportion),
        cmocka_unit_test(arenas_unwind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
