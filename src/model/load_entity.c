/* Loading entities: types, choices, prompts with their defaults. */
#include "model/load.h"

#include "salesforce/record_id.h"

static bool load_flag(const struct node *node, const char *key)
{
    const struct node *value = node_get(node, key);
    return value != NULL && value->boolean;
}

static void load_choices(struct loader *loader, struct entity *entity, const struct node *list)
{
    if (list == NULL) {
        return;
    }
    entity->choices = arena_alloc_array(loader->arena, list->count, sizeof *entity->choices);
    entity->choice_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        struct choice *choice = &entity->choices[i];
        choice->node = item;
        if (item->kind == NODE_STRING) {
            choice->title = texts_parse_fixed(&loader->texts, item);
            choice->value = text_fixed(&choice->title.variants[0].text);
            continue;
        }
        const struct node *title = node_get(item, "title");
        choice->title = texts_parse_fixed(&loader->texts, title);
        const struct node *value = node_get(item, "value");
        choice->value = value != NULL ? value->text : text_fixed(&choice->title.variants[0].text);
        choice->synonyms = load_sentences(loader, node_get(item, "synonyms"), false);
    }
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
    entity->retries = node_integer(node_get(node, "retries"), 5);
    entity->default_value = node_get(node, "default");
    entity->pattern_node = node_get(node, "pattern");
    entity->pattern = load_slice(node, "pattern", "");
    entity->synonyms = load_sentences(loader, node_get(node, "synonyms"), false);
    load_choices(loader, entity, node_get(node, "choices"));
    if (strcmp(entity->type->name, "salesforce-id") == 0 && entity->pattern_node == NULL) {
        entity->pattern = record_id_pattern(loader->arena, load_slice(node, "object", ""));
    }
}

void load_entities(struct loader *loader, const struct node *node)
{
    if (node == NULL) {
        return;
    }
    struct template *template = loader->template;
    template->entities = arena_alloc_array(loader->arena, node->count, sizeof *template->entities);
    template->entity_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        struct entity *entity = &template->entities[i];
        entity->key = node->members[i].key;
        entity->name = entity->key->text;
        entity->index = i;
        load_entity(loader, entity, node->members[i].value);
    }
}
