/* Records for an organisation that a dialog can find something in. */
#include "base/ascii.h"
#include "trial/explore/seeds.h"
#include "salesforce/record_id.h"
#include "trial/simulator/simulator.h"
#include "document/tree/build.h"
#include "base/percent.h"

struct seeds {
    struct arena *arena;
    const struct conversation_world *world;
    struct node *records;
    struct node *ids;
};

/* The id of the record number `number` (from 1) of an object. */
static struct slice id_of(struct arena *arena, const struct sobject *object, size_t number)
{
    return record_id_long(
        arena, arena_printf(arena, "%.*sEX00000000%02zu", SLICE_ARG(object->key_prefix), number));
}

static const struct node *value_of(struct seeds *s, const struct sobject_field *field,
                                   size_t number);

/* A record with what is required, and what is usual. */
static struct node *new_record(struct seeds *s, const struct sobject *object, size_t number)
{
    static const char *const usual[] = {"FirstName", "Email", "Phone",  "MobilePhone",
                                        "Title",     "City",  "Amount", "Description",
                                        "IsActive",  NULL};
    struct arena *arena = s->arena;
    struct node *record = node_new_mapping(arena);
    node_set_text(arena, record, "Id", id_of(arena, object, number));
    for (size_t i = 0; i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        bool wanted = field->required || (field->createable && slice_is_any(field->name, usual));
        bool one_of = false;
        for (size_t j = 0; j < node_length(object->required_one_of); j++) {
            const struct node *group = object->required_one_of->items[j];
            one_of = one_of || slice_equal(group->items[0]->text, field->name);
        }
        const struct node *value = wanted || one_of ? value_of(s, field, number) : NULL;
        if (value != NULL) {
            node_set(arena, record, field->name, value);
        }
    }
    return record;
}

/* Two records of an object, once; those that they refer to come first. */
static void add_object(struct seeds *s, struct slice name, int depth)
{
    struct arena *arena = s->arena;
    const struct sobject *object = sobject_find(s->world->catalog, name, arena);
    if (object == NULL || object->key_prefix.length != 3 || depth > 3 ||
        slice_is(object->name, "User") || node_member(s->records, object->name) != NULL) {
        return;
    }
    for (size_t i = 0; i < object->field_count; i++) {
        if (object->fields[i].required && object->fields[i].type == FIELD_REFERENCE &&
            object->fields[i].reference_count > 0) {
            add_object(s, object->fields[i].references[0], depth + 1);
        }
    }
    struct node *list = node_new_sequence(arena);
    for (size_t number = 1; number <= 2; number++) {
        node_append(arena, list, new_record(s, object, number));
        node_append(arena, s->ids, node_new_text(arena, id_of(arena, object, number)));
    }
    node_set(arena, s->records, object->name, list);
}

static const struct node *value_of(struct seeds *s, const struct sobject_field *field,
                                   size_t number)
{
    struct arena *arena = s->arena;
    const char *person = number == 1 ? "Ada" : "Grace";
    switch (field->type) {
    case FIELD_PICKLIST:
    case FIELD_COMBOBOX:
        return field->value_count > 0
                   ? node_new_text(arena, field->values[(number - 1) % field->value_count].value)
                   : node_new_text(arena, SLICE("Example"));
    case FIELD_DATE:
        return node_new_text(arena, SLICE("2026-08-31"));
    case FIELD_DATETIME:
        return node_new_text(arena, SLICE("2026-08-31T10:30:00Z"));
    case FIELD_EMAIL:
        return node_new_text(arena,
                             arena_printf(arena, "%s@example.com", number == 1 ? "ada" : "grace"));
    case FIELD_PHONE:
        return node_new_text(arena, arena_printf(arena, "+1 415 555 010%zu", number));
    case FIELD_BOOLEAN:
        return node_new_boolean(arena, number == 1);
    case FIELD_REFERENCE: {
        const struct sobject *target =
            field->reference_count > 0
                ? sobject_find(s->world->catalog, field->references[0], arena)
                : NULL;
        return target != NULL && node_member(s->records, target->name) != NULL
                   ? node_new_text(arena, id_of(arena, target, 1))
                   : NULL;
    }
    case FIELD_ANY:
    case FIELD_ID:
    case FIELD_STRING:
    case FIELD_TEXTAREA:
    case FIELD_ENCRYPTED:
    case FIELD_MULTIPICKLIST:
    case FIELD_INT:
    case FIELD_LONG:
    case FIELD_DOUBLE:
    case FIELD_CURRENCY:
    case FIELD_PERCENT:
    case FIELD_TIME:
    case FIELD_URL:
    case FIELD_ADDRESS:
    case FIELD_LOCATION:
    case FIELD_BASE64:
        break;
    }
    if (field_type_is_number(field->type)) {
        return node_new_integer(arena, (long long)(1000 * number));
    }
    if (!field_type_is_text(field->type)) {
        return NULL;
    }
    if (slice_is(field->name, "FirstName")) {
        return node_new_text(arena, slice_of(person));
    }
    bool is_last = slice_is(field->name, "LastName");
    return node_new_text(arena,
                         is_last ? SLICE("Example")
                                 : arena_printf(arena, "Example %s", number == 1 ? "One" : "Two"));
}

/* The word that begins at `at`. */
static struct slice word_at(struct slice text, size_t at)
{
    size_t end = at;
    while (end < text.length && ascii_is_word(text.data[end])) {
        end++;
    }
    return slice_part(text, at < end ? at : end, end);
}

/* Objects that a text of a request or script names: /sobjects/X, sobject=X, FROM X. */
static void add_named(struct seeds *s, struct slice text)
{
    static const char *const marks[] = {"/sobjects/", "sobject=", "FROM ", "FROM%20"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        for (size_t at = slice_find(text, marks[i], 0); at < text.length;
             at = slice_find(text, marks[i], at + 1)) {
            add_object(s, word_at(text, at + strlen(marks[i])), 0);
        }
    }
}

static void look_at_node(void *context, const struct program_node *node)
{
    struct seeds *s = context;
    add_named(
        s, percent_decode_text(s->arena, node_text(node_get(node->component, "endPoint"), "path")));
    add_named(s, percent_decode_text(s->arena, node_text(node->component, "script")));
}

struct node *seed_records(struct arena *arena, const struct conversation_world *world,
                          struct node *ids)
{
    struct seeds seeds = {arena, world, node_new_mapping(arena), ids};
    program_visit(world->dialog, look_at_node, &seeds);
    return seeds.records;
}

struct node *explore_records(struct arena *arena, const struct conversation_world *world)
{
    return seed_records(arena, world, node_new_sequence(arena));
}

struct node *seed_record_like(struct arena *arena, const struct conversation_world *world,
                              struct node *records, const struct sobject *object, size_t number)
{
    struct seeds seeds = {arena, world, records, node_new_sequence(arena)};
    return object->key_prefix.length == 3 ? new_record(&seeds, object, number) : NULL;
}
