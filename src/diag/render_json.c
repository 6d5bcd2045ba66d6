/* JSON output of findings, built with cJSON. */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "diag/render.h"

static bool add_slice(cJSON *object, const char *key, struct slice text)
{
    char *copy = malloc(text.length + 1);
    if (copy == NULL) {
        return false;
    }
    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    copy[text.length] = '\0';
    bool added = cJSON_AddStringToObject(object, key, copy) != NULL;
    free(copy);
    return added;
}

static bool add_position(cJSON *range, const char *key, const struct source *source,
                         uint32_t offset)
{
    struct position at = source_position(source, offset);
    cJSON *object = cJSON_AddObjectToObject(range, key);
    return object != NULL && cJSON_AddNumberToObject(object, "line", (double)at.line) != NULL &&
           cJSON_AddNumberToObject(object, "column", (double)at.column) != NULL;
}

static bool add_place(cJSON *object, const struct source *source, struct range place)
{
    if (source == NULL) {
        return cJSON_AddNullToObject(object, "file") != NULL &&
               cJSON_AddNullToObject(object, "range") != NULL;
    }
    if (cJSON_AddStringToObject(object, "file", source->path) == NULL) {
        return false;
    }
    cJSON *range = cJSON_AddObjectToObject(object, "range");
    return range != NULL && add_position(range, "start", source, place.start) &&
           add_position(range, "end", source, place.end);
}

/* Appends a new object to `array`; NULL when there is no memory. */
static cJSON *append_object(cJSON *array)
{
    cJSON *object = cJSON_CreateObject();
    if (object != NULL && !cJSON_AddItemToArray(array, object)) {
        cJSON_Delete(object);
        return NULL;
    }
    return object;
}

static bool add_notes(cJSON *object, const struct note *notes)
{
    cJSON *array = cJSON_AddArrayToObject(object, "notes");
    if (array == NULL) {
        return false;
    }
    for (const struct note *note = notes; note != NULL; note = note->next) {
        cJSON *item = append_object(array);
        if (item == NULL || !add_slice(item, "message", note->message) ||
            !add_place(item, note->source, note->range)) {
            return false;
        }
    }
    return true;
}

static bool add_diagnostic(cJSON *array, const struct diagnostic *diagnostic)
{
    const struct code_info *info = code_info(diagnostic->code);
    const char *severity = diagnostic->severity == SEVERITY_ERROR ? "error" : "warning";
    cJSON *object = append_object(array);
    if (object == NULL || cJSON_AddStringToObject(object, "code", info->name) == NULL ||
        cJSON_AddStringToObject(object, "severity", severity) == NULL ||
        !add_slice(object, "message", diagnostic->message) ||
        !add_place(object, diagnostic->source, diagnostic->range) ||
        !add_notes(object, diagnostic->notes)) {
        return false;
    }
    return diagnostic->suggestion.length > 0
               ? add_slice(object, "suggestion", diagnostic->suggestion)
               : cJSON_AddNullToObject(object, "suggestion") != NULL;
}

static bool build(cJSON *root, const struct diagnostics *list, const struct run_summary *summary)
{
    cJSON *array = cJSON_AddArrayToObject(root, "diagnostics");
    if (array == NULL) {
        return false;
    }
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        if (!add_diagnostic(array, d)) {
            return false;
        }
    }
    cJSON *object = cJSON_AddObjectToObject(root, "summary");
    return object != NULL &&
           cJSON_AddNumberToObject(object, "files", (double)summary->files) != NULL &&
           cJSON_AddNumberToObject(object, "errors", (double)summary->errors) != NULL &&
           cJSON_AddNumberToObject(object, "warnings", (double)summary->warnings) != NULL;
}

bool render_json(struct builder *out, const struct diagnostics *list,
                 const struct run_summary *summary)
{
    cJSON *root = cJSON_CreateObject();
    char *text = NULL;
    if (root != NULL && build(root, list, summary)) {
        text = cJSON_PrintUnformatted(root);
    }
    cJSON_Delete(root);
    if (text == NULL) {
        return false;
    }
    builder_add_text(out, text);
    builder_add_char(out, '\n');
    cJSON_free(text);
    return true;
}
