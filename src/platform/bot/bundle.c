#include "platform/bot/bundle.h"

#include "document/json/writer.h"
#include "platform/artifact/id.h"

/* ---- the export ---- */

static void write_words(struct json_writer *json, const char *key, const char *const *words)
{
    json_begin_array_member(json, key);
    for (; *words != NULL; words++) {
        json_string(json, slice_of(*words));
    }
    json_end_array(json);
}

static void write_languages(struct json_writer *json, const struct slice *locales, size_t count)
{
    json_text_member(json, "defaultLanguage", locales[0]);
    json_begin_array_member(json, "supportedLanguages");
    for (size_t i = 0; i < count; i++) {
        json_string(json, locales[i]);
    }
    json_end_array(json);
    json_begin_object_member(json, "languagePreferences");
    json_text_member(json, "type", SLICE("perVolley"));
    json_end_object(json);
    json_boolean_member(json, "strict_pii", false);
    json_begin_object_member(json, "languageConfigurations");
    for (size_t i = 0; i < count; i++) {
        json_key_slice(json, locales[i]);
        json_begin_object(json);
        json_boolean_member(json, "enabled", true);
        json_end_object(json);
    }
    json_end_object(json);
}

static void write_names(struct json_writer *json, struct slice name, const struct slice *locales,
                        size_t count)
{
    json_begin_object_member(json, "localeData");
    for (size_t i = 0; i < count; i++) {
        json_key_slice(json, locales[i]);
        json_begin_object(json);
        json_text_member(json, "name", name);
        json_begin_object_member(json, "errorCodes");
        json_empty_array_member(json, "pollError");
        json_end_object(json);
        json_text_member(json, "description", SLICE(""));
        json_empty_array_member(json, "keywords");
        json_end_object(json);
    }
    json_end_object(json);
}

static void write_interruptions(struct json_writer *json)
{
    json_begin_object_member(json, "interruptOptions");
    json_boolean_member(json, "interruptsEnabled", true);
    json_begin_object_member(json, "type");
    json_text_member(json, "option", SLICE("developer"));
    json_text_member(json, "message", SLICE(""));
    json_end_object(json);
    json_begin_object_member(json, "holdUxOptions");
    json_text_member(json, "option", SLICE("discardCurrTaskNoNotify"));
    json_text_member(json, "message", SLICE(""));
    json_end_object(json);
    json_end_object(json);
}

static void write_export_options(struct json_writer *json)
{
    static const char *const tasks[] = {"botTask", NULL};
    static const char *const training[] = {"utterances", "patterns", NULL};
    static const char *const settings[] = {"botSettings", "botVariables", NULL};
    json_begin_object_member(json, "exportOptions");
    write_words(json, "tasks", tasks);
    write_words(json, "nlpData", training);
    write_words(json, "settings", settings);
    json_begin_object_member(json, "subTasks");
    json_empty_array_member(json, "dialogs");
    json_empty_array_member(json, "alerts");
    json_empty_array_member(json, "actions");
    json_empty_array_member(json, "forms");
    json_end_object(json);
    json_boolean_member(json, "IncludeDependentTasks", true);
    json_end_object(json);
}

void bot_write_new(struct builder *out, struct slice name, const struct slice *locales,
                   size_t count)
{
    static const char *const before[] = {"actions",
                                         "alerts",
                                         "patterns",
                                         "dialogComponents",
                                         "dialogs",
                                         "scenes",
                                         "sceneComponents",
                                         "widgetThemes",
                                         "knowledgeTasks",
                                         "smallTalk",
                                         "widgets",
                                         "panels",
                                         "forms",
                                         "unexportedTasks",
                                         "customDashboards",
                                         "paramMaps",
                                         "taskDgParamMaps",
                                         "idpConfigurations",
                                         "sentences",
                                         "koraResponses",
                                         "customTemplates",
                                         "mlParams",
                                         "contentVariables",
                                         "namespaces",
                                         NULL};
    struct json_writer json = json_writer_new(out, false);
    struct artifact_id id = artifact_bot_id(name);
    struct artifact_id ref = artifact_bot_ref(name);
    json_begin_object(&json);
    json_text_member(&json, "_id", slice_of(id.text));
    json_text_member(&json, "refId", slice_of(ref.text));
    json_text_member(&json, "purpose", SLICE("customer"));
    json_text_member(&json, "type", SLICE("default"));
    json_empty_array_member(&json, "variables");
    write_languages(&json, locales, count);
    json_empty_array_member(&json, "channels");
    json_empty_array_member(&json, "vNameSpace");
    json_boolean_member(&json, "isNLEnabled", true);
    json_boolean_member(&json, "interruptsEnabled", true);
    json_integer_member(&json, "sessionInactiveTime", 900000);
    write_names(&json, name, locales, count);
    write_interruptions(&json);
    json_boolean_member(&json, "detectMultiIntent", false);
    json_boolean_member(&json, "isCsMatchEnabled", false);
    json_begin_object_member(&json, "botEvents");
    json_end_object(&json);
    for (const char *const *key = before; *key != NULL; key++) {
        json_empty_array_member(&json, *key);
    }
    write_export_options(&json);
    json_end_object(&json);
}

void config_write_new(struct builder *out, struct slice name)
{
    struct json_writer json = json_writer_new(out, false);
    json_begin_object(&json);
    json_text_member(&json, "name", name);
    json_empty_array_member(&json, "envVariables");
    json_end_object(&json);
}
