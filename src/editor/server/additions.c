/*
 * Code actions that add what a template lacks: the required fields of an object, with entities that
 * ask for them, and the texts of a locale.
 */
#include "editor/server/additions.h"

#include "document/yaml/writer.h"
#include "language/scaffold/scaffold.h"

struct additions {
    struct arena *arena;
    const struct document *document;
    const struct compiler *compiler;
    const struct node *root;
    struct edits edits;
};

/* ---- places ---- */

static struct slice written(const struct additions *a, struct range range)
{
    return slice_part(a->document->text, range.start, range.end);
}

/* The end of a value, without the blanks behind it. */
static size_t end_of(const struct additions *a, const struct node *value)
{
    struct slice text = written(a, value->range);
    while (text.length > 0 && strchr(" \t\r\n", text.data[text.length - 1]) != NULL) {
        text.length--;
    }
    return value->range.start + text.length;
}

static size_t line_start(const struct additions *a, size_t at)
{
    while (at > 0 && a->document->text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* True for a mapping that is written line by line, and has a member to go on behind. */
static bool is_block(const struct additions *a, const struct node *mapping)
{
    return node_is(mapping, NODE_MAPPING) && mapping->count > 0 &&
           a->document->text.data[mapping->range.start] != '{';
}

/* The column of a mapping's keys. */
static int column_of(const struct additions *a, const struct node *mapping)
{
    size_t start = mapping->members[0].key->range.start;
    return (int)(start - line_start(a, start));
}

/* Adds a member with this text behind the last one of a mapping. */
static void add_member(struct additions *a, const struct node *mapping, struct slice key,
                       struct slice value)
{
    size_t end = end_of(a, mapping->members[mapping->count - 1].value);
    struct slice text =
        is_block(a, mapping)
            ? arena_printf(a->arena, "\n%*s%.*s: %.*s", column_of(a, mapping), "", SLICE_ARG(key),
                           SLICE_ARG(value))
            : arena_printf(a->arena, ", %.*s: %.*s", SLICE_ARG(key), SLICE_ARG(value));
    edits_add(&a->edits, end, end, text);
}

/* ---- the texts of a locale ---- */

/* A list of the locales that are missing somewhere, in order of their first place. */
static void note_locale(struct builder *names, struct slice name)
{
    if (slice_find_slice(builder_slice(names), name, 0) == SIZE_MAX) {
        builder_printf(names, "%s`%.*s`", names->length > 0 ? ", " : "", SLICE_ARG(name));
    }
}

/* The text in the first locale stands for the others, until somebody has translated it. */
static void add_locales(struct additions *a, const struct built_locales *locales,
                        const struct node *node, struct builder *names)
{
    bool is_map = node_is(node, NODE_MAPPING) && node->count > 0 && locales_is_map(node);
    for (size_t i = 0; is_map && i < locales->count; i++) {
        if (node_member(node, locales->names[i]) == NULL) {
            const struct node *first = node->members[0].value;
            struct range range = {first->range.start, (uint32_t)end_of(a, first)};
            add_member(a, node, locales->names[i], written(a, range));
            note_locale(names, locales->names[i]);
        }
    }
    for (size_t i = 0; !is_map && node_is(node, NODE_MAPPING) && i < node->count; i++) {
        add_locales(a, locales, node->members[i].value, names);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        add_locales(a, locales, node->items[i], names);
    }
}

struct slice additions_of_locales(struct arena *arena, const struct document *document,
                                  const struct compiler *compiler, struct edits *edits)
{
    struct additions a = {.arena = arena,
                          .document = document,
                          .compiler = compiler,
                          .root = lsp_tree(arena, document),
                          .edits = edits_new(arena)};
    struct builder names = builder_new(arena);
    if (a.root == NULL || compiler == NULL) {
        return SLICE("");
    }
    struct built_locales locales = locales_of_template(arena, a.root, compiler->project);
    add_locales(&a, &locales, a.root, &names);
    *edits = a.edits;
    return builder_slice(&names);
}

/* ---- required fields ---- */

/* The service that a range is in, which creates a record; NULL when it is in none. */
static const struct member *find_service(const struct additions *a, struct range range)
{
    const struct node *services = node_get(a->root, "services");
    for (size_t i = 0; node_is(services, NODE_MAPPING) && i < services->count; i++) {
        const struct member *service = &services->members[i];
        if (service->key->range.start <= range.start && range.end <= service->value->range.end &&
            node_get(node_get(service->value, "salesforce"), "create") != NULL) {
            return service;
        }
    }
    return NULL;
}

/* True when a new record needs a value that the operation does not give. */
static bool is_missing(const struct sobject_field *field, const struct node *fields)
{
    return field->required && field->createable && field->default_value == NULL &&
           node_member(fields, field->name) == NULL;
}

/* An entity that asks for the field, unless there is one; its name. */
static struct slice add_entity(struct additions *a, const struct sobject *object,
                               const struct sobject_field *field)
{
    const struct node *entities = node_get(a->root, "entities");
    struct slice name = scaffold_entity_name(a->arena, field->name);
    if (node_member(entities, name) != NULL) {
        return name;
    }
    struct builder entity = builder_new(a->arena);
    struct builder text = builder_new(a->arena);
    scaffold_write_entity(a->arena, object, field, name, &entity);
    struct slice lines = builder_slice(&entity);
    struct slice line;
    int more = column_of(a, entities) - SCAFFOLD_ENTITY_COLUMN;
    for (size_t at = 0; slice_next_part(lines, '\n', &at, &line) && line.length > 0;) {
        size_t less = more < 0 ? (size_t)-more : 0;
        builder_printf(&text, "\n%*s%.*s", more > 0 ? more : 0, "",
                       SLICE_ARG(slice_part(line, less, line.length)));
    }
    size_t end = end_of(a, entities->members[entities->count - 1].value);
    edits_add(&a->edits, end, end, builder_slice(&text));
    return name;
}

/* The step of a flow that calls a service; NULL when none does. */
static const struct node *find_call(const struct node *steps, struct slice service)
{
    for (size_t i = 0; i < node_length(steps); i++) {
        if (slice_equal(node_text(steps->items[i], "call"), service)) {
            return steps->items[i];
        }
    }
    return NULL;
}

/* A flow asks for entities itself: before the call, in a step of its own. */
static void add_question(struct additions *a, struct slice service, struct slice names)
{
    const struct node *call = find_call(node_get(a->root, "flow"), service);
    if (call != NULL && is_block(a, call)) {
        size_t start = line_start(a, call->range.start);
        size_t dash = start;
        while (dash < call->range.start && a->document->text.data[dash] == ' ') {
            dash++;
        }
        edits_add(&a->edits, start, start,
                  arena_printf(a->arena, "%*s- ask: [%.*s]\n", (int)(dash - start), "",
                               SLICE_ARG(names)));
    }
}

struct slice additions_of_fields(struct arena *arena, const struct document *document,
                                 const struct compiler *compiler, struct range range,
                                 struct edits *edits)
{
    struct additions a = {.arena = arena,
                          .document = document,
                          .compiler = compiler,
                          .root = lsp_tree(arena, document),
                          .edits = edits_new(arena)};
    const struct member *service = a.root != NULL ? find_service(&a, range) : NULL;
    if (service == NULL || compiler == NULL) {
        return SLICE("");
    }
    const struct node *operation = node_get(service->value, "salesforce");
    const struct node *fields = node_get(operation, "fields");
    const struct sobject *object =
        sobject_find(compiler->project->catalog, node_text(operation, "create"), arena);
    bool fits = object != NULL && node_is(fields, NODE_MAPPING) && fields->count > 0 &&
                is_block(&a, node_get(a.root, "entities"));
    struct builder names = builder_new(arena);
    struct builder asked = builder_new(arena);
    for (size_t i = 0; fits && i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        if (is_missing(field, fields)) {
            struct slice entity = add_entity(&a, object, field);
            add_member(&a, fields, field->name,
                       arena_printf(arena, is_block(&a, fields) ? "${%.*s}" : "\"${%.*s}\"",
                                    SLICE_ARG(entity)));
            builder_printf(&names, "%s`%.*s`", names.length > 0 ? ", " : "",
                           SLICE_ARG(field->name));
            builder_printf(&asked, "%s%.*s", asked.length > 0 ? ", " : "", SLICE_ARG(entity));
        }
    }
    if (names.length > 0) {
        add_question(&a, service->key->text, builder_slice(&asked));
    }
    *edits = a.edits;
    return builder_slice(&names);
}
