/* Training sentences and patterns. */
#include "base/map.h"
#include "platform/artifact/writer.h"

static void write_marks(struct artifact_writer *w, const struct sentence *sentence)
{
    struct json_writer *json = &w->json;
    json_begin_array_member(json, "entities");
    for (const struct mark *mark = sentence->marks; mark != NULL; mark = mark->next) {
        struct artifact_id entity =
            artifact_component_id(w->dialog->template->id, DIALOG_ENTITY, mark->name);
        json_begin_object(json);
        json_integer_member(json, "startIndex", (long long)mark->start);
        json_integer_member(json, "endIndex", (long long)mark->end);
        json_text_member(json, "entityId", slice_of(entity.text));
        json_end_object(json);
    }
    json_end_array(json);
}

void artifact_write_sentences(struct artifact_writer *w)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    const struct sentences *utterances = &template->intent.utterances;
    const struct artifact_id *intent = &artifact_ids_of(w, &w->dialog->nodes[0])->component;
    json_begin_array(json);
    for (size_t i = 0; i < utterances->count; i++) {
        const struct sentence *sentence = &utterances->items[i];
        struct artifact_id id =
            artifact_sentence_id(template->id, sentence->locale, sentence->text);
        json_begin_object(json);
        artifact_write_id(json, "_id", &id);
        artifact_write_id(json, "taskId", intent);
        json_text_member(json, "sentence", sentence->text);
        json_text_member(json, "taskName", template->intent.name);
        json_word_member(json, "type", SLICE("DialogIntent"));
        json_text_member(json, "language", sentence->locale);
        write_marks(w, sentence);
        json_end_object(json);
    }
    json_end_array(json);
}

/* The patterns of one locale under `key`; nothing where there are none. */
void artifact_write_pattern_list(struct artifact_writer *w, const char *key,
                                 const struct sentences *patterns, struct slice locale)
{
    struct json_writer *json = &w->json;
    bool any = false;
    for (size_t i = 0; i < patterns->count; i++) {
        if (!slice_equal(patterns->items[i].locale, locale)) {
            continue;
        }
        if (!any) {
            json_begin_array_member(json, key);
            any = true;
        }
        json_begin_object(json);
        json_text_member(json, "value", patterns->items[i].text);
        json_text_member(json, "original", patterns->items[i].text);
        json_end_object(json);
    }
    if (any) {
        json_end_array(json);
    }
}

/* Of the component of `node`: the dialog's intent or an entity. */
static void write_pattern(struct artifact_writer *w, const struct dialog_node *node,
                          const struct sentences *patterns, const struct sentences *negative)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    json_begin_object(json);
    json_begin_object_member(json, "localeData");
    for (size_t i = 0; i < template->locale_count; i++) {
        json_key_slice(json, template->locales[i]);
        json_begin_object(json);
        artifact_write_pattern_list(w, "patterns", patterns, template->locales[i]);
        artifact_write_pattern_list(w, "negativePatterns", negative, template->locales[i]);
        json_end_object(json);
    }
    json_end_object(json);
    artifact_write_id(json, "refId", &artifact_ids_of(w, node)->ref);
    json_text_member(json, "taskName", node->name);
    json_word_member(json, "taskType", slice_of(node_type_name(node->kind)));
    json_word_member(json, "nodeType", SLICE("dialog"));
    json_end_object(json);
}

bool artifact_has_negative_component(const struct template *template)
{
    return node_get(template->imported, "negativePatterns") != NULL;
}

void artifact_write_patterns(struct artifact_writer *w)
{
    const struct template *template = w->dialog->template;
    const struct sentences none = {0};
    struct map written = map_new(w->arena);
    json_begin_array(&w->json);
    write_pattern(w, &w->dialog->nodes[0], &template->intent.patterns,
                  artifact_has_negative_component(template) ? &none
                                                            : &template->intent.negative_patterns);
    for (size_t i = 0; i < w->dialog->count; i++) {
        const struct dialog_node *node = &w->dialog->nodes[i];
        if (node->kind == DIALOG_ENTITY && map_add(&written, node->name, w) == NULL) {
            write_pattern(w, node, &node->entity.entity->patterns, &none);
        }
    }
    json_end_array(&w->json);
}
