/* Components: what nodes hold. Several nodes may share one. */
#include "base/map.h"
#include "base/percent.h"
#include "platform/artifact/writer.h"

/* ---- messages ---- */

/* The entries of one list in order, each with its locales. */
static void write_messages(struct json_writer *json, const char *key,
                           const struct dialog_messages *list, bool plain)
{
    json_begin_array_member(json, key);
    for (size_t i = 0; i < list->count;) {
        size_t entry = list->items[i].entry;
        json_begin_object(json);
        json_text_member(json, "channel", list->items[i].channel);
        json_begin_object_member(json, "localeData");
        for (; i < list->count && list->items[i].entry == entry; i++) {
            const struct dialog_message *message = &list->items[i];
            json_key_slice(json, message->locale);
            json_begin_object(json);
            json_key(json, "text");
            if (plain) {
                json_string(json, message->text);
            } else {
                artifact_write_encoded(json, message->text);
            }
            json_text_member(json, "type", message->is_script ? SLICE("uxmap") : SLICE("basic"));
            json_end_object(json);
        }
        json_end_object(json);
        json_end_object(json);
    }
    json_end_array(json);
}

/* ---- locale data ---- */

/* Synonyms are exact phrases: the platform writes them in quotes of their own. */
static void write_phrase(struct artifact_writer *w, struct slice text)
{
    json_string(&w->json, arena_printf(w->arena, "\"%.*s\"", SLICE_ARG(text)));
}

static void write_choice(struct artifact_writer *w, const struct choice *choice,
                         struct slice locale)
{
    struct json_writer *json = &w->json;
    struct slice shown = texts_fixed(&choice->title, locale, choice->value);
    json_begin_object(json);
    json_text_member(json, "title", shown);
    json_text_member(json, "value", choice->value);
    json_begin_array_member(json, "synonyms");
    for (size_t i = 0; i < choice->words.count; i++) {
        if (slice_equal(choice->words.items[i].locale, locale)) {
            json_string(json, choice->words.items[i].text);
        }
    }
    if (choice->words.node == NULL) {
        write_phrase(w, shown);
    }
    for (size_t i = 0; i < choice->synonyms.count; i++) {
        const struct sentence *synonym = &choice->synonyms.items[i];
        if (slice_equal(synonym->locale, locale)) {
            write_phrase(w, synonym->text);
        }
    }
    json_end_array(json);
    json_end_object(json);
}

static void write_choices(struct artifact_writer *w, const struct entity *entity,
                          struct slice locale)
{
    json_begin_array(&w->json);
    for (size_t i = 0; i < entity->choice_count; i++) {
        write_choice(w, &entity->choices[i], locale);
    }
    json_end_array(&w->json);
}

static void write_words(struct artifact_writer *w, const char *key, const struct sentences *words,
                        struct slice locale)
{
    json_begin_array_member(&w->json, key);
    for (size_t i = 0; i < words->count; i++) {
        if (slice_equal(words->items[i].locale, locale)) {
            json_string(&w->json, words->items[i].text);
        }
    }
    json_end_array(&w->json);
}

static bool is_lookup(const struct entity *entity)
{
    return entity->type->kind == ENTITY_LOOKUP;
}

static void write_variable_choices(struct json_writer *json, const struct node *choices)
{
    static const struct {
        const char *key, *platform_key;
    } keys[] = {{"variable", "variable"},
                {"title", "titleKey"},
                {"value", "valueKey"},
                {"synonyms", "synonymsKey"},
                {"index", "indexKey"}};
    json_begin_object_member(json, "allowedValues");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct node *value = node_get(choices, keys[i].key);
        json_text_member(json, keys[i].platform_key, value != NULL ? value->text : SLICE(""));
    }
    json_end_object(json);
}

static void write_entity_locale(struct artifact_writer *w, const struct entity *entity,
                                struct slice locale)
{
    struct json_writer *json = &w->json;
    json_text_member(json, "label", texts_fixed(&entity->label, locale, entity->name));
    if (entity->variable != NULL) {
        write_variable_choices(json, entity->variable);
    } else if (entity->choice_count > 0 && !is_lookup(entity)) {
        json_begin_object_member(json, "allowedValues");
        json_key(json, "values");
        write_choices(w, entity, locale);
        json_end_object(json);
    }
    if (entity->synonyms.count > 0) {
        write_words(w, "synonyms", &entity->synonyms, locale);
    }
}

static void write_label(struct artifact_writer *w, const struct dialog_node *node,
                        struct slice locale)
{
    struct slice label =
        node->label != NULL ? texts_fixed(node->label, locale, node->name) : node->name;
    json_text_member(&w->json, "label", label);
}

static void write_confirm_locale(struct artifact_writer *w, const struct dialog_node *node,
                                 struct slice locale)
{
    const struct step *step = node->confirm.step;
    const struct sentences *yes = &step->confirm.yes_synonyms;
    const struct sentences *no = &step->confirm.no_synonyms;
    write_label(w, node, locale);
    if (yes->count + no->count > 0) {
        json_begin_object_member(&w->json, "synonyms");
        write_words(w, "yes", yes, locale);
        write_words(w, "no", no, locale);
        json_end_object(&w->json);
    }
}

static void write_intent_locale(struct artifact_writer *w, const struct template *template,
                                struct slice locale)
{
    const struct texts *title =
        template->intent.title.node != NULL ? &template->intent.title : &template->title;
    json_text_member(&w->json, "desc",
                     texts_fixed(&template->intent.description, locale, SLICE("")));
    json_text_member(&w->json, "intent", texts_fixed(title, locale, template->intent.name));
    if (template->intent.label.node != NULL) {
        json_text_member(&w->json, "label",
                         texts_fixed(&template->intent.label, locale, SLICE("")));
    }
    if (artifact_has_negative_component(template)) {
        artifact_write_pattern_list(w, "negativePatterns", &template->intent.negative_patterns,
                                    locale);
    }
}

static void write_locale_data(struct artifact_writer *w, const struct dialog_node *node)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    json_begin_object_member(json, "localeData");
    for (size_t i = 0; i < template->locale_count; i++) {
        struct slice locale = template->locales[i];
        json_key_slice(json, locale);
        json_begin_object(json);
        switch (node->kind) {
        case DIALOG_INTENT:
            write_intent_locale(w, template, locale);
            break;
        case DIALOG_CALL:
            write_intent_locale(w, node->call.callee, locale);
            break;
        case DIALOG_ENTITY:
            write_entity_locale(w, node->entity.entity, locale);
            break;
        case DIALOG_CONFIRM:
            write_confirm_locale(w, node, locale);
            break;
        case DIALOG_ACTION:
            json_text_member(
                json, "desc",
                node->action.step != NULL
                    ? texts_fixed(&node->action.step->action.description, locale, SLICE(""))
                    : SLICE(""));
            write_label(w, node, locale);
            break;
        case DIALOG_MESSAGE:
        case DIALOG_SCRIPT:
        case DIALOG_SERVICE:
        case DIALOG_LOGIC:
        case DIALOG_TRANSFER:
        case DIALOG_FORM:
            write_label(w, node, locale);
            break;
        }
        json_end_object(json);
    }
    json_end_object(json);
}

/* ---- own keys ---- */

static void write_raw(struct artifact_writer *w, const char *key, struct slice value, bool encode)
{
    struct json_writer *json = &w->json;
    json_begin_object_member(json, key);
    json_word_member(json, "type", SLICE("raw"));
    json_key(json, "value");
    if (encode) {
        artifact_write_encoded(json, value);
    } else {
        json_string(json, value);
    }
    json_end_object(json);
}

static void write_endpoint(struct artifact_writer *w, const struct dialog_request *request)
{
    struct json_writer *json = &w->json;
    struct builder path = builder_new(w->arena);
    percent_encode_path(&path, request->path);
    json_begin_object_member(json, "endPoint");
    json_text_member(json, "host", request->host);
    json_text_member(json, "port", request->port);
    json_text_member(json, "path", builder_slice(&path));
    json_text_member(json, "protocol",
                     slice_of(request->protocol != NULL ? request->protocol : "https"));
    json_text_member(json, "method", slice_of(request->method));
    json_boolean_member(json, "connectorEnabled", false);
    json_boolean_member(json, "piiDataEnabled", false);
    json_end_object(json);
}

/* A script before or after the request; an empty one is written, too. */
static void write_processor(struct artifact_writer *w, const char *key, const struct node *script)
{
    if (script != NULL) {
        json_key(&w->json, key);
        artifact_write_encoded(&w->json, script->text);
    }
}

static void write_integration(struct json_writer *json, const struct node *integration)
{
    const struct node *type = node_get(integration, "type");
    const struct node *id = node_get(integration, "id");
    if (type != NULL) {
        json_text_member(json, "subType", type->text);
    }
    if (id != NULL) {
        json_text_member(json, "integrationId", id->text);
    }
}

static void write_service_keys(struct artifact_writer *w, const struct dialog_request *request)
{
    struct json_writer *json = &w->json;
    bool bound = request->profile.length > 0;
    if (request->data_table != NULL) {
        json_begin_object_member(json, "payload");
        for (size_t i = 0; i < request->data_table->count; i++) {
            json_key_slice(json, request->data_table->members[i].key->text);
            json_node(json, request->data_table->members[i].value);
        }
        json_word_member(json, "resource", SLICE("dataTable"));
        json_end_object(json);
        return;
    }
    write_endpoint(w, request);
    json_boolean_member(json, "authRequired", bound);
    write_raw(w, "payload", request->payload.length > 0 ? request->payload : SLICE("{}"), true);
    write_raw(w, "headers", request->headers, false);
    json_word_member(json, "serviceType", SLICE("rest"));
    json_text_member(json, "idp", bound ? request->profile : SLICE("none"));
    write_processor(w, "preProcessor", request->before);
    write_processor(w, "postProcessor", request->after);
    write_integration(json, request->integration);
}

static void write_sample(struct artifact_writer *w, const struct dialog_request *request)
{
    struct json_writer *json = &w->json;
    if (request->sample.length == 0) {
        return;
    }
    json_begin_array_member(json, "sampleResponse");
    json_begin_object(json);
    json_word_member(json, "name", SLICE("sampleResponse"));
    json_boolean_member(json, "isDefault", true);
    json_text_member(json, "response", request->sample);
    json_end_object(json);
    json_end_array(json);
}

static void write_entity_keys(struct artifact_writer *w, const struct dialog_node *node)
{
    struct json_writer *json = &w->json;
    const struct entity *entity = node->entity.entity;
    json_text_member(json, "entityType", slice_of(entity->type->platform_id));
    if (entity->pattern.length > 0) {
        json_text_member(json, "regexPattern", entity->pattern);
    }
    write_messages(json, "message", &node->entity.prompts, false);
    write_messages(json, "errorMessage", &node->entity.errors, entity->error.node == NULL);
    if (entity->multiple) {
        json_boolean_member(json, "isArray", true);
    }
}

static void write_lookup_values(struct artifact_writer *w, const struct entity *entity)
{
    json_word_member(&w->json, "subType", SLICE("static"));
    json_key(&w->json, "lookupValues");
    write_choices(w, entity, w->dialog->template->locales[0]);
}

static void write_form_keys(struct artifact_writer *w, const struct dialog_node *node)
{
    struct json_writer *json = &w->json;
    write_messages(json, "message", &node->form.prompts, false);
    write_messages(json, "errorMessage", &node->form.errors, false);
    write_messages(json, "submitMessage", &node->form.submitted, false);
    json_text_member(json, "resourceId", node->form.form->resource);
    json_text_member(json, "rtmRenderType", node->form.form->render);
}

/* What comes behind the type. */
static void write_content(struct artifact_writer *w, const struct dialog_node *node)
{
    switch (node->kind) {
    case DIALOG_ENTITY:
        write_entity_keys(w, node);
        break;
    case DIALOG_MESSAGE:
        write_messages(&w->json, "message", &node->message.texts, false);
        break;
    case DIALOG_CONFIRM:
        write_messages(&w->json, "message", &node->confirm.prompts, false);
        break;
    case DIALOG_ACTION:
        artifact_write_action_nodes(w, node);
        break;
    case DIALOG_SERVICE:
        write_sample(w, &node->service.request);
        break;
    case DIALOG_FORM:
        write_form_keys(w, node);
        break;
    case DIALOG_INTENT:
    case DIALOG_SCRIPT:
    case DIALOG_LOGIC:
    case DIALOG_CALL:
    case DIALOG_TRANSFER:
        break;
    }
}

/* ---- components ---- */

static void write_component(struct artifact_writer *w, const struct dialog_node *node,
                            const struct artifact_node_ids *ids)
{
    struct json_writer *json = &w->json;
    enum dialog_kind kind = node->kind;
    bool is_intent = kind == DIALOG_INTENT || kind == DIALOG_CALL;
    bool is_table = kind == DIALOG_SERVICE && node->service.request.data_table != NULL;
    json_begin_object(json);
    json_text_member(json, "_id", slice_of(ids->component.text));
    json_text_member(json, "refId", slice_of(ids->ref.text));
    json_text_member(json, "name", node->name);
    json_boolean_member(json, "piiDataEnabled", false);
    if (kind == DIALOG_SCRIPT) {
        json_key(json, "script");
        artifact_write_encoded(json, node->script.text);
    }
    if (kind == DIALOG_SERVICE) {
        write_service_keys(w, &node->service.request);
    }
    json_text_member(json, "serviceNodeType", is_table ? SLICE("datatable") : SLICE("custom"));
    json_word_member(json, "type", slice_of(node_type_name(kind)));
    write_content(w, node);
    json_boolean_member(json, "applyDefaultTemplate", node->default_template);
    if (is_intent) {
        struct artifact_id dialog =
            artifact_id_of_dialog(kind == DIALOG_CALL ? node->call.callee : w->dialog->template);
        json_text_member(json, "dialogId", slice_of(dialog.text));
    }
    write_locale_data(w, node);
    json_begin_object_member(json, "entityFields");
    json_begin_array_member(json, "cityAdvanced");
    json_end_array(json);
    json_end_object(json);
    if (kind == DIALOG_SERVICE && !is_table) {
        json_begin_object_member(json, "timeOutError");
        json_boolean_member(json, "closeConversation", true);
        json_end_object(json);
        json_integer_member(json, "serviceAPITimeout", node->service.request.timeout);
    }
    json_integer_member(json, "spellcorrectThreshold", 0);
    if (kind == DIALOG_ENTITY && is_lookup(node->entity.entity)) {
        write_lookup_values(w, node->entity.entity);
    }
    json_begin_array_member(json, "preConditions");
    json_end_array(json);
    json_begin_array_member(json, "vNameSpace");
    json_end_array(json);
    json_boolean_member(json, "useTaskLevelNs", true);
    json_boolean_member(json, "isSensitive",
                        kind == DIALOG_ENTITY && node->entity.entity->sensitive);
    if (kind == DIALOG_TRANSFER) {
        json_word_member(json, "containmentType", SLICE("agenttransfer"));
    }
    json_end_object(json);
}

static void write_once(struct artifact_writer *w, struct map *written,
                       const struct dialog_node *node, const struct artifact_node_ids *ids)
{
    if (map_add(written, slice_of(ids->component.text), w) == NULL) {
        write_component(w, node, ids);
    }
}

void artifact_write_components(struct artifact_writer *w)
{
    struct map written = map_new(w->arena);
    json_begin_array(&w->json);
    for (size_t i = 0; i < w->dialog->count; i++) {
        const struct dialog_node *node = &w->dialog->nodes[i];
        write_once(w, &written, node, &w->ids[i]);
        for (size_t j = 0; j < node->member_count; j++) {
            write_once(w, &written, &node->members[j], &w->ids[i].members[j]);
        }
    }
    json_end_array(&w->json);
}
