/* The artifact as a whole: its keys stand in the order of a platform export. */
#include "xo/write.h"

#include "xo/private.h"

static void write_text(struct json_writer *json, const char *key, struct slice text)
{
    json_key(json, key);
    json_string(json, text);
}

static void write_flag(struct json_writer *json, const char *key, bool value)
{
    json_key(json, key);
    json_boolean(json, value);
}

static void write_empty_array(struct json_writer *json, const char *key)
{
    json_key(json, key);
    json_begin_array(json);
    json_end_array(json);
}

static void write_names(struct xo_writer *w)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    json_key(json, "localeData");
    json_begin_object(json);
    for (size_t i = 0; i < template->locale_count; i++) {
        struct slice locale = template->locales[i];
        json_key_slice(json, locale);
        json_begin_object(json);
        write_text(json, "name", texts_fixed(&template->title, locale, SLICE("")));
        write_text(json, "shortDesc", texts_fixed(&template->description, locale, SLICE("")));
        json_end_object(json);
    }
    json_end_object(json);
}

static void write_priority(struct json_writer *json, const char *key)
{
    json_key(json, key);
    json_begin_object(json);
    write_text(json, "priority", SLICE("bot"));
    json_end_object(json);
}

static void write_dialog(struct xo_writer *w)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    struct xo_id id = xo_dialog_id(template->id);
    struct xo_id ref = xo_dialog_ref(template->id);
    json_begin_object(json);
    write_text(json, "_id", slice_of(id.text));
    write_text(json, "refId", slice_of(ref.text));
    json_key(json, "nodes");
    json_begin_array(json);
    for (size_t i = 0; i < w->dialog->count; i++) {
        xo_write_stub(w, &w->dialog->nodes[i]);
    }
    json_end_array(json);
    write_text(
        json, "lname",
        arena_lower_case(w->arena, texts_fixed(&template->title, template->locales[0], SLICE(""))));
    write_flag(json, "isHidden", false);
    write_names(w);
    write_empty_array(json, "groups");
    write_flag(json, "isFollowUp", false);
    write_flag(json, "isAbandonment", false);
    write_priority(json, "interruptOptions");
    json_key(json, "followupTaskOptions");
    json_begin_object(json);
    write_flag(json, "isFollowUp", false);
    write_text(json, "message", SLICE(""));
    json_end_object(json);
    json_key(json, "contextLifeTime");
    json_begin_object(json);
    write_text(json, "options", SLICE("close"));
    json_end_object(json);
    json_key(json, "onTaskFailure");
    json_begin_object(json);
    write_empty_array(json, "msg");
    write_flag(json, "enabled", false);
    json_end_object(json);
    write_priority(json, "amendConfig");
    write_empty_array(json, "vNameSpace");
    json_end_object(json);
}

/* The content variables that the template declares, in the form of exports. */
static void write_content_variables(struct xo_writer *w)
{
    struct json_writer *json = &w->json;
    const struct template *template = w->dialog->template;
    json_begin_array(json);
    for (size_t i = 0; template->content != NULL && i < template->content->count; i++) {
        const struct member *member = &template->content->members[i];
        json_begin_object(json);
        write_text(json, "group", SLICE(""));
        write_text(json, "key", member->key->text);
        json_key(json, "localeData");
        json_begin_object(json);
        for (size_t l = 0; l < template->locale_count; l++) {
            const struct node *value = member->value;
            struct member *own = node_member(value, template->locales[l]);
            json_key_slice(json, template->locales[l]);
            json_begin_object(json);
            write_text(json, "audioTag", SLICE(""));
            write_text(json, "hint", SLICE(XO_CONTENT_HINT));
            write_text(json, "value", own != NULL ? own->value->text : value->text);
            json_end_object(json);
        }
        json_end_object(json);
        write_flag(json, "propagateValue", false);
        write_text(json, "scope", SLICE("prePopulated"));
        write_empty_array(json, "vNameSpace");
        write_text(json, "variableType", SLICE("locale"));
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_export_options(struct xo_writer *w)
{
    struct json_writer *json = &w->json;
    struct xo_id id = xo_dialog_id(w->dialog->template->id);
    json_key(json, "exportOptions");
    json_begin_object(json);
    json_key(json, "subTasks");
    json_begin_object(json);
    json_key(json, "dialogs");
    json_begin_array(json);
    json_string(json, slice_of(id.text));
    json_end_array(json);
    json_end_object(json);
    json_end_object(json);
}

void xo_write(struct builder *out, struct arena *arena, const struct dialog *dialog)
{
    struct xo_writer w = {.json = json_writer_new(out, false), .arena = arena, .dialog = dialog};
    struct json_writer *json = &w.json;
    xo_make_ids(&w);
    json_begin_object(json);
    json_key(json, "idpConfigurations");
    xo_write_profiles(&w);
    json_key(json, "patterns");
    xo_write_patterns(&w);
    json_key(json, "dialogComponents");
    xo_write_components(&w);
    json_key(json, "dialogs");
    json_begin_array(json);
    write_dialog(&w);
    json_end_array(json);
    write_empty_array(json, "forms");
    json_key(json, "sentences");
    xo_write_sentences(&w);
    json_key(json, "contentVariables");
    write_content_variables(&w);
    write_empty_array(json, "namespaces");
    write_export_options(&w);
    json_end_object(json);
}
