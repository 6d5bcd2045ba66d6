/* The artifact as a whole: its keys stand in the order of a platform export. */
#include "platform/artifact/write.h"

#include "platform/artifact/writer.h"

static void write_names(struct artifact_writer *w)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    json_begin_object_member(json, "localeData");
    for (size_t i = 0; i < template->locale_count; i++) {
        struct slice locale = template->locales[i];
        json_key_slice(json, locale);
        json_begin_object(json);
        json_text_member(json, "name", texts_fixed(&template->title, locale, SLICE("")));
        json_text_member(json, "shortDesc", texts_fixed(&template->description, locale, SLICE("")));
        json_end_object(json);
    }
    json_end_object(json);
}

/* The author's settings, or those of the bot. */
static void write_settings(struct artifact_writer *w, const char *key)
{
    struct json_writer *json = &w->json;
    const struct node *given = node_get(w->dialog->template->options, key);
    json_key(json, key);
    if (given != NULL) {
        json_node(json, given);
        return;
    }
    json_begin_object(json);
    json_word_member(json, "priority", SLICE("bot"));
    json_end_object(json);
}

static void write_dialog(struct artifact_writer *w)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    struct artifact_id id = artifact_dialog_id(template->id);
    struct artifact_id ref = artifact_dialog_ref(template->id);
    json_begin_object(json);
    json_text_member(json, "_id", slice_of(id.text));
    json_text_member(json, "refId", slice_of(ref.text));
    json_begin_array_member(json, "nodes");
    for (size_t i = 0; i < w->dialog->count; i++) {
        artifact_write_stub(w, &w->dialog->nodes[i]);
    }
    json_end_array(json);
    json_text_member(
        json, "lname",
        arena_lower_case(w->arena, texts_fixed(&template->title, template->locales[0], SLICE(""))));
    json_boolean_member(json, "isHidden", template->hidden);
    write_names(w);
    json_empty_array_member(json, "groups");
    json_boolean_member(json, "isFollowUp", template->follow_up);
    json_boolean_member(json, "isAbandonment", false);
    write_settings(w, "interruptOptions");
    json_begin_object_member(json, "followupTaskOptions");
    json_boolean_member(json, "isFollowUp", false);
    json_word_member(json, "message", SLICE(""));
    json_end_object(json);
    json_begin_object_member(json, "contextLifeTime");
    json_word_member(json, "options", SLICE("close"));
    json_end_object(json);
    json_begin_object_member(json, "onTaskFailure");
    json_empty_array_member(json, "msg");
    json_boolean_member(json, "enabled", false);
    json_end_object(json);
    write_settings(w, "amendConfig");
    const struct node *display = node_get(template->options, "displayOption");
    if (display != NULL) {
        json_text_member(json, "displayOption", display->text);
    }
    json_empty_array_member(json, "vNameSpace");
    json_end_object(json);
}

/* The content variables that the template declares, in the form of exports. */
static void write_content_variables(struct artifact_writer *w)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    json_begin_array(json);
    for (size_t i = 0; template->content != NULL && i < template->content->count; i++) {
        const struct member *member = &template->content->members[i];
        json_begin_object(json);
        json_word_member(json, "group", SLICE(""));
        json_text_member(json, "key", member->key->text);
        json_begin_object_member(json, "localeData");
        for (size_t l = 0; l < template->locale_count; l++) {
            const struct node *value = member->value;
            struct member *own = node_member(value, template->locales[l]);
            json_key_slice(json, template->locales[l]);
            json_begin_object(json);
            json_word_member(json, "audioTag", SLICE(""));
            json_text_member(json, "hint", SLICE(ARTIFACT_CONTENT_HINT));
            json_text_member(json, "value", own != NULL ? own->value->text : value->text);
            json_end_object(json);
        }
        json_end_object(json);
        json_boolean_member(json, "propagateValue", false);
        json_word_member(json, "scope", SLICE("prePopulated"));
        json_empty_array_member(json, "vNameSpace");
        json_word_member(json, "variableType", SLICE("locale"));
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_export_options(struct artifact_writer *w)
{
    struct json_writer *json = &w->json;
    struct artifact_id id = artifact_dialog_id(w->dialog->template->id);
    json_begin_object_member(json, "exportOptions");
    json_begin_object_member(json, "subTasks");
    json_begin_array_member(json, "dialogs");
    json_string(json, slice_of(id.text));
    json_end_array(json);
    json_end_object(json);
    json_end_object(json);
}

static void write_all(struct artifact_writer *w)
{
    struct json_writer *json = &w->json;
    artifact_make_ids(w);
    json_begin_object(json);
    json_key(json, "idpConfigurations");
    artifact_write_profiles(w);
    json_key(json, "patterns");
    artifact_write_patterns(w);
    json_key(json, "dialogComponents");
    artifact_write_components(w);
    json_begin_array_member(json, "dialogs");
    write_dialog(w);
    json_end_array(json);
    json_empty_array_member(json, "forms");
    json_key(json, "sentences");
    artifact_write_sentences(w);
    json_key(json, "contentVariables");
    write_content_variables(w);
    json_empty_array_member(json, "namespaces");
    write_export_options(w);
    json_end_object(json);
}

void artifact_write(struct builder *out, struct arena *arena, const struct dialog *dialog)
{
    struct artifact_writer w = {
        .json = json_writer_new(out, false), .arena = arena, .dialog = dialog};
    write_all(&w);
}

struct artifact_tree artifact_make_tree(struct arena *arena, const struct dialog *dialog)
{
    struct json_tree tree = json_tree_new(arena);
    struct artifact_writer w = {
        .json = json_writer_of_tree(&tree), .arena = arena, .dialog = dialog};
    write_all(&w);
    return (struct artifact_tree){json_tree_root(&tree), w.ids};
}
