/*
 * What a template writes under `xo` over what is generated: docs/language.md, "xo".
 */
#include "support.h"

#include "base/builder.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "platform/artifact/overlay.h"

struct laid {
    const char *target; /* NULL: there is no value */
    const char *patch;
    const char *result;
};

static const struct laid cases[] = {
    /* members: set, added, taken away */
    {"{\"a\":1,\"b\":2}", "{\"a\":3}", "{\"a\":3,\"b\":2}"},
    {"{\"a\":1}", "{\"b\":{\"c\":2}}", "{\"a\":1,\"b\":{\"c\":2}}"},
    {"{\"a\":1,\"b\":2}", "{\"-\":[\"a\",\"no\"]}", "{\"b\":2}"},
    {"{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":{\"b\":3}}", "{\"a\":{\"b\":3,\"c\":2}}"},
    {"{\"a\":1}", "{\"a\":null}", "{\"a\":null}"},
    /* the value itself */
    {"{\"a\":{\"b\":1}}", "{\"a\":{\"=\":{\"c\":2}}}", "{\"a\":{\"c\":2}}"},
    {"[1,2]", "{\"=\":[3]}", "[3]"},
    {"[1,2]", "[3]", "[3]"},
    {"1", "{\"a\":2}", "{\"a\":2}"},
    /* items: by number, the next one, taken away */
    {"[1,2,3]", "{\"1\":5}", "[1,5,3]"},
    {"[1]", "{\"1\":{\"=\":2},\"2\":{\"=\":3}}", "[1,2,3]"},
    {"[1]", "{\"1\":2}", "[1]"},
    {"[1]", "{\"3\":{\"=\":2}}", "[1]"},
    {"[1,2,3]", "{\"-\":[\"0\",\"2\",\"7\",\"x\"]}", "[2]"},
    {"[1,2,3,4,5,6,7,8,9,10,11]", "{\"10\":0}", "[1,2,3,4,5,6,7,8,9,10,0]"},
    {"[{\"a\":1}]", "{\"0\":{\"b\":2}}", "[{\"a\":1,\"b\":2}]"},
    /* a key that looks like a word of the overlay */
    {"{\"-\":1}", "{\"\\\\-\":2}", "{\"-\":2}"},
    {"{}", "{\"\\\\=\":1}", "{\"=\":1}"},
    {"{}", "{\"\\\\\\\\a\":1}", "{\"\\\\a\":1}"},
    /* ... also inside of a value that is new as a whole */
    {"{}", "{\"a\":{\"\\\\=\":1}}", "{\"a\":{\"=\":1}}"},
    {"{}", "{\"a\":{\"b\":{\"\\\\-\":1},\"c\":2}}", "{\"a\":{\"b\":{\"-\":1},\"c\":2}}"},
    {"{}", "{\"a\":{\"b\":1,\"-\":[\"c\"]}}", "{\"a\":{\"b\":1}}"},
    {"{}", "{\"a\":{\"b\":{\"=\":[1]}}}", "{\"a\":{\"b\":[1]}}"},
    {NULL, "{\"a\":{\"=\":1}}", "{\"a\":1}"},
};

static void patches_are_laid_over_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct laid *c = &cases[i];
        WITH_ARENA(arena)
        const struct node *target =
            c->target != NULL ? json_read_quietly(&arena, slice_of(c->target)) : NULL;
        const struct node *patch = json_read_quietly(&arena, slice_of(c->patch));
        assert_non_null(patch);
        struct builder out = builder_new(&arena);
        struct json_writer json = json_writer_new(&out, true);
        json_node(&json, artifact_lay(&arena, target, patch));
        const char *result = arena_printf(&arena, "%.*s", SLICE_ARG(builder_slice(&out))).data;
        if (strcmp(result, c->result) != 0) {
            fail_msg("%s over %s is %s, and not %s", c->patch, c->target, result, c->result);
        }
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patches_are_laid_over_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
