/* Loading entities: types, choices, prompts with their defaults. */
#include "base/composed.h"
#include "language/model/load.h"

#include "salesforce/record_id.h"

/* The title of a picklist's value: the author's, or the organisation's label. */
static struct texts picklist_title(struct loader *loader, const struct node *from,
                                   const struct picklist_value *value)
{
    struct member *member = node_member(node_get(from, "titles"), value->value);
    if (member != NULL) {
        return texts_parse_fixed(&loader->texts, member->value);
    }
    struct node *label = arena_alloc(loader->arena, sizeof *label);
    *label = *node_get(from, "from");
    label->text = value->label;
    struct text_variant *variant = arena_alloc(loader->arena, sizeof *variant);
    *variant = (struct text_variant){.channel = SLICE("default"),
                                     .text = text_of_literal(loader->arena, label, value->label)};
    return (struct texts){.node = label, .variants = variant, .count = 1};
}

static bool is_chosen(const struct node *only, struct slice value)
{
    bool chosen = only == NULL;
    for (size_t i = 0; only != NULL && i < only->count; i++) {
        chosen = chosen || slice_equal(only->items[i]->text, value);
    }
    return chosen;
}

/* choices: {from: Lead.Rating} */
static void load_picklist(struct loader *loader, struct entity *entity, const struct node *choices)
{
    const struct node *from = node_get(choices, "from");
    const struct node *synonyms = node_get(choices, "synonyms");
    size_t dot = slice_find(from->text, ".", 0);
    const struct sobject *object = sobject_find(loader->template->project->catalog,
                                                slice_part(from->text, 0, dot), loader->arena);
    entity->from = from;
    entity->from_field =
        object != NULL ? sobject_field(object, slice_part(from->text, dot + 1, from->text.length))
                       : NULL;
    if (entity->from_field == NULL) {
        return; /* reported by the checks */
    }
    const struct sobject_field *field = entity->from_field;
    struct choice *list = arena_alloc_array(loader->arena, field->value_count + 1, sizeof *list);
    entity->choices = list;
    for (size_t i = 0; i < field->value_count; i++) {
        const struct picklist_value *value = &field->values[i];
        if (!is_chosen(node_get(choices, "only"), value->value)) {
            continue;
        }
        struct member *words = node_member(synonyms, value->value);
        list[entity->choice_count++] = (struct choice){
            .node = from,
            .title = picklist_title(loader, choices, value),
            .value = value->value,
            .synonyms = load_sentences(loader, words != NULL ? words->value : NULL, false),
        };
    }
}

static void load_choices(struct loader *loader, struct entity *entity, const struct node *list)
{
    if (list == NULL) {
        return;
    }
    if (node_get(list, "variable") != NULL) {
        entity->variable = list;
        return;
    }
    if (list->kind == NODE_MAPPING) {
        load_picklist(loader, entity, list);
        return;
    }
    struct choice *choices = arena_alloc_array(loader->arena, list->count, sizeof *choices);
    entity->choices = choices;
    entity->choice_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        struct choice *choice = &choices[i];
        choice->node = item;
        if (item->kind == NODE_STRING) {
            choice->title = texts_parse_fixed(&loader->texts, item);
            choice->value =
                composed_text(loader->arena, text_fixed(&choice->title.variants[0].text));
            continue;
        }
        const struct node *title = node_get(item, "title");
        choice->title = texts_parse_fixed(&loader->texts, title);
        const struct node *value = node_get(item, "value");
        choice->value = composed_text(loader->arena,
                                      value != NULL ? value->text
                                                    : text_fixed(&choice->title.variants[0].text));
        choice->synonyms = load_sentences(loader, node_get(item, "synonyms"), false);
        choice->words = load_sentences(loader, node_get(item, "words"), false);
    }
}

/* "today + 1 day", which is a date only when the dialog runs. */
static bool is_counted_date(const struct entity *entity, struct slice text)
{
    bool is_date = entity->type->reading == READ_DATE || entity->type->reading == READ_DATE_TIME;
    return is_date && (slice_starts_with(text, "today") || slice_starts_with(text, "now"));
}

/* A default is fixed, or what references stand for. The latter is put in behind the question. */
static void load_default(struct loader *loader, struct entity *entity, const struct node *value)
{
    bool is_text = node_is(value, NODE_STRING);
    if (is_text && is_counted_date(entity, slice_trim(value->text))) {
        entity->computed_default =
            text_parse_expression(&loader->texts, value, USE_BODY, &entity->default_references);
    } else if (is_text && slice_find(value->text, "${", 0) != SIZE_MAX) {
        entity->computed_default =
            text_parse(&loader->texts, value, USE_BODY, &entity->default_references);
    }
    entity->optional = entity->optional || entity->computed_default.node != NULL;
    entity->default_value = entity->computed_default.node != NULL ? NULL : value;
}

static void load_entity(struct loader *loader, struct entity *entity, const struct node *node)
{
    struct text_reader *texts = &loader->texts;
    entity->node = node;
    entity->type = entity_type_find(node_get(node, "type")->text);
    entity->label = texts_parse_fixed(texts, node_get(node, "label"));
    entity->prompt = texts_parse(texts, node_get(node, "prompt"), USE_TEXT, &entity->references);
    entity->error = texts_parse(texts, node_get(node, "error"), USE_TEXT, &entity->references);
    entity->optional = load_flag(node, "optional");
    entity->sensitive = load_flag(node, "sensitive");
    entity->multiple = load_flag(node, "multiple");
    const struct node *shows = node_get(node, "defaultTemplate");
    entity->default_template =
        shows != NULL ? shows->boolean : entity_type_shows_answers(entity->type);
    entity->retries = node_integer(node_get(node, "retries"), 5);
    load_default(loader, entity, node_get(node, "default"));
    entity->pattern_node = node_get(node, "pattern");
    entity->pattern = load_slice(node, "pattern", "");
    entity->synonyms = load_sentences(loader, node_get(node, "synonyms"), false);
    entity->patterns = load_sentences(loader, node_get(node, "patterns"), false);
    load_choices(loader, entity, node_get(node, "choices"));
    if (entity->type->kind == ENTITY_SALESFORCE_ID) {
        entity->object = load_slice(node, "object", "");
        const struct sobject *object =
            sobject_find(loader->template->project->catalog, entity->object, loader->arena);
        entity->pattern =
            record_id_pattern(loader->arena, object != NULL ? object->key_prefix : SLICE(""));
    }
}

void load_entities(struct loader *loader, const struct node *node)
{
    if (node == NULL) {
        return;
    }
    struct template *template = loader->template;
    struct entity *entities = arena_alloc_array(loader->arena, node->count, sizeof *entities);
    template->entities = entities;
    template->entity_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        struct entity *entity = &entities[i];
        entity->key = node->members[i].key;
        entity->name = entity->key->text;
        entity->index = i;
        load_entity(loader, entity, node->members[i].value);
        map_add(&template->entity_names, entity->name, entity);
    }
}
