/* What a table and the schema of templates must say alike. */
#include "support.h"

#include "build/compiler/compiler.h"
#include "document/json/reader.h"
#include "language/model/entity_type.h"
#include "language/model/template.h"

static const struct node *definition(struct arena *arena, const char *name)
{
    struct diagnostics list = diagnostics_new(arena);
    struct slice text;
    struct source *source;
    assert_true(compiler_schema_text(arena, SLICE("action-template"), &text));
    const struct node *root = json_read(arena, "action-template", text, &list, &source);
    return node_get(node_get(root, "$defs"), name);
}

static bool has_text(const struct node *list, const char *text)
{
    for (size_t i = 0; i < node_length(list); i++) {
        if (slice_is(list->items[i]->text, text)) {
            return true;
        }
    }
    return false;
}

/* Each name and platform id is in the schema, and the schema has no others. */
static void names_the_entity_types(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    const struct node *properties = node_get(definition(&arena, "entity"), "properties");
    const struct node *names = node_get(node_get(properties, "type"), "enum");
    for (size_t kind = 0; kind < ENTITY_KIND_COUNT; kind++) {
        const struct entity_type *type = entity_type_of((enum entity_kind)kind);
        if (!has_text(names, type->name) || !has_text(names, type->platform_id)) {
            fail_msg("the schema lacks `%s` or `%s`", type->name, type->platform_id);
        }
    }
    for (size_t i = 0; i < node_length(names); i++) {
        if (entity_type_find(names->items[i]->text) == NULL) {
            fail_msg("no entity type is named `%.*s`", SLICE_ARG(names->items[i]->text));
        }
    }
    arena_free(&arena);
}

/* A step needs the word of its kind: the schema of each is named after it. */
static void names_the_steps(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    for (size_t kind = 0; kind < STEP_KIND_COUNT; kind++) {
        const char *word = step_kind_word((enum step_kind)kind);
        struct slice name = arena_printf(&arena, "%sStep", word);
        const struct node *step = definition(&arena, arena_copy(&arena, name));
        if (!has_text(node_get(step, "required"), word)) {
            fail_msg("the schema has no step `%s`", word);
        }
    }
    const struct node *steps = node_get(definition(&arena, "step"), "anyOf");
    size_t others = 2; /* useStep: fragments are expanded before; ifStep: a form of `choose` */
    assert_int_equal(node_length(node_get(steps->items[1], "oneOf")), STEP_KIND_COUNT + others);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_entity_types),
        cmocka_unit_test(names_the_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
