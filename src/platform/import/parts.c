/* Entities, services, scripts, messages and forms; training sentences and patterns. */
#include "base/builder.h"
#include "base/utf8.h"
#include "platform/import/importer.h"
#include "document/json/layout.h"
#include "language/model/platform_name.h"
#include "base/percent.h"
#include "base/ascii.h"
#include "language/model/entity_type.h"

/* The placeholder for a part that only `xo` can describe. */
#define PLACEHOLDER "(see xo)"

static bool is_opaque(const struct import_dialog *d, const char *section, struct slice name)
{
    struct slice key = arena_printf(d->importer->arena, "%s/%.*s", section, SLICE_ARG(name));
    return map_get(&d->opaque, key) != NULL;
}

/* Sets `key` when there is a value for it. */
static void set_found(struct import_dialog *d, struct node *mapping, const char *key,
                      const struct node *value)
{
    if (value != NULL) {
        node_set(d->importer->arena, mapping, slice_of(key), value);
    }
}

static void set_true(struct import_dialog *d, struct node *mapping, const char *key, bool value)
{
    if (value) {
        node_set(d->importer->arena, mapping, slice_of(key),
                 node_new_boolean(d->importer->arena, true));
    }
}

static bool is_true(const struct node *object, const char *key)
{
    const struct node *value = node_get(object, key);
    return node_is(value, NODE_BOOLEAN) && value->boolean;
}

/* JSON text as data when it is written in a known layout; else NULL. */
static const struct node *read_exact_data(struct arena *arena, struct slice text,
                                          enum node_kind kind)
{
    enum json_layout layout;
    const struct node *data = json_read_layout(arena, text, &layout);
    return node_is(data, kind) ? data : NULL;
}

/* ---- lists by locale ---- */

/* Lists by locale; one list where the dialog has one locale. */
static struct node *list_by_locale(struct import_dialog *d, struct node **lists, bool needed)
{
    struct arena *arena = d->importer->arena;
    struct node *map = node_new_mapping(arena);
    bool any = false;
    for (size_t i = 0; i < d->locale_count; i++) {
        any = any || lists[i]->count > 0;
        if (lists[i]->count > 0) {
            node_set(arena, map, d->locales[i], lists[i]);
        }
    }
    if (!any) {
        return needed ? node_new_sequence(arena) : NULL;
    }
    return d->locale_count == 1 ? lists[0] : map;
}

static struct node **empty_lists(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct node **lists = arena_alloc_array(arena, d->locale_count + 1, sizeof *lists);
    for (size_t i = 0; i < d->locale_count; i++) {
        lists[i] = node_new_sequence(arena);
    }
    return lists;
}

static size_t locale_index(const struct import_dialog *d, struct slice locale)
{
    size_t i = 0;
    while (i < d->locale_count && !slice_equal(d->locales[i], locale)) {
        i++;
    }
    return i;
}

static struct node *patterns_of(struct import_dialog *d, const struct node *entry, const char *key)
{
    struct node **lists = empty_lists(d);
    const struct node *data = node_get(entry, "localeData");
    for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
        size_t locale = locale_index(d, data->members[i].key->text);
        const struct node *patterns = node_get(data->members[i].value, key);
        for (size_t j = 0; locale < d->locale_count && j < node_length(patterns); j++) {
            struct slice text = node_text(patterns->items[j], "value");
            if (text.length > 0) {
                node_append(d->importer->arena, lists[locale],
                            node_new_text(d->importer->arena, text));
            }
        }
    }
    return list_by_locale(d, lists, false);
}

/* The patterns of an intent or entity. */
static struct node *component_patterns(struct import_dialog *d, const struct node *component,
                                       const char *key)
{
    const struct node *entries = map_get(&d->importer->patterns, node_text(component, "refId"));
    return entries != NULL ? patterns_of(d, entries->items[0], key) : NULL;
}

/* ---- entities ---- */

/* A list of texts in each locale; NULL when there is none, or one that the language cannot say. */
static struct node *localized_list(struct import_dialog *d, const struct node **lists)
{
    struct arena *arena = d->importer->arena;
    struct node *map = node_new_mapping(arena);
    for (size_t i = 0; i < d->locale_count; i++) {
        for (size_t j = 0; j < node_length(lists[i]); j++) {
            const struct node *item = lists[i]->items[j];
            if (!node_is(item, NODE_STRING) || item->text.length == 0 ||
                !slice_equal(slice_trim(item->text), item->text)) {
                return NULL;
            }
        }
        if (node_length(lists[i]) > 0) {
            node_set(arena, map, d->locales[i], lists[i]);
        }
    }
    if (map->count == 0) {
        return NULL;
    }
    return d->locale_count == 1 ? map->members[0].value : map;
}

/* The lists under `outer` and then `inner` (NULL: `outer` is the list) of each locale. */
static struct node *list_under(struct import_dialog *d, const struct node *component,
                               const char *outer, const char *inner)
{
    const struct node *data = node_get(component, "localeData");
    const struct node **lists =
        arena_alloc_array(d->importer->arena, d->locale_count + 1, sizeof(struct node *));
    for (size_t i = 0; i < d->locale_count; i++) {
        struct member *own = node_member(data, d->locales[i]);
        lists[i] = own != NULL ? node_get(own->value, outer) : NULL;
        lists[i] = inner != NULL ? node_get(lists[i], inner) : lists[i];
    }
    return localized_list(d, lists);
}

/* `"Hot"` is the exact phrase of Hot. */
static bool is_phrase_of(struct slice phrase, struct slice text)
{
    return phrase.length == text.length + 2 && phrase.data[0] == '"' &&
           phrase.data[phrase.length - 1] == '"' &&
           slice_equal(slice_part(phrase, 1, phrase.length - 1), text);
}

/* `synonyms`, where the words are the title and exact phrases; else `words`, as they are. */
static void add_words(struct import_dialog *d, struct node *choice, const struct node **values)
{
    struct arena *arena = d->importer->arena;
    const struct node **words = arena_alloc_array(arena, d->locale_count + 1, sizeof *words);
    const struct node **phrases = arena_alloc_array(arena, d->locale_count + 1, sizeof *phrases);
    bool usual = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        words[i] = node_get(values[i], "synonyms");
        struct node *rest = node_new_sequence(arena);
        for (size_t j = 0; usual && j < node_length(words[i]); j++) {
            struct slice text = words[i]->items[j]->text;
            bool quoted =
                text.length > 2 && text.data[0] == '"' && text.data[text.length - 1] == '"';
            bool title = j == 0 && is_phrase_of(text, node_text(values[i], "title"));
            usual = j == 0 ? title : quoted;
            if (j > 0 && quoted) {
                node_append(arena, rest,
                            node_new_text(arena, slice_part(text, 1, text.length - 1)));
            }
        }
        usual = usual && node_length(words[i]) > 0;
        phrases[i] = rest;
    }
    if (usual) {
        set_found(d, choice, "synonyms", localized_list(d, phrases));
        return;
    }
    struct node *list = localized_list(d, words);
    bool none = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        none = none && node_is(words[i], NODE_SEQUENCE) && words[i]->count == 0;
    }
    set_found(d, choice, "words", none ? node_new_sequence(arena) : list);
}

/* One choice of the same place in all locales; NULL when the language cannot say it. */
static struct node *choice_of(struct import_dialog *d, const struct node **values)
{
    struct arena *arena = d->importer->arena;
    struct node *choice = node_new_mapping(arena);
    struct slice value = node_text(values[0], "value");
    struct slice title = node_text(values[0], "title");
    bool same = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        same = same && slice_equal(node_text(values[i], "title"), title);
        if (node_text(values[i], "title").length == 0 ||
            !slice_equal(node_text(values[i], "value"), value) || value.length == 0) {
            return NULL;
        }
    }
    if (same) {
        node_set(arena, choice, SLICE("title"), import_text(arena, title));
    } else {
        struct node *titles = node_new_mapping(arena);
        for (size_t i = 0; i < d->locale_count; i++) {
            node_set(arena, titles, d->locales[i],
                     import_text(arena, node_text(values[i], "title")));
        }
        node_set(arena, choice, SLICE("title"), titles);
    }
    if (!same || !slice_equal(title, value)) {
        node_set_text(arena, choice, "value", value);
    }
    add_words(d, choice, values);
    return choice->count == 1 && same ? node_get(choice, "title") : choice;
}

static struct node *choices_of(struct import_dialog *d, const struct node *component)
{
    struct arena *arena = d->importer->arena;
    const struct node *data = node_get(component, "localeData");
    const struct node *lookup = node_get(component, "lookupValues");
    const struct node **lists = arena_alloc_array(arena, d->locale_count + 1, sizeof *lists);
    const struct node **values = arena_alloc_array(arena, d->locale_count + 1, sizeof *values);
    for (size_t i = 0; i < d->locale_count; i++) {
        struct member *own = node_member(data, d->locales[i]);
        const struct node *allowed = own != NULL ? node_get(own->value, "allowedValues") : NULL;
        lists[i] = lookup != NULL ? lookup : node_get(allowed, "values");
        if (node_length(lists[i]) == 0 || lists[i]->count != node_length(lists[0])) {
            return NULL;
        }
    }
    struct node *choices = node_new_sequence(arena);
    for (size_t j = 0; j < node_length(lists[0]); j++) {
        for (size_t i = 0; i < d->locale_count; i++) {
            values[i] = lists[i]->items[j];
        }
        struct node *choice = choice_of(d, values);
        if (choice == NULL) {
            return NULL;
        }
        node_append(arena, choices, choice);
    }
    return choices;
}

/* Choices that come from a list in the context; NULL when not all locales have the same. */
static struct node *variable_of(struct import_dialog *d, const struct node *component)
{
    static const struct {
        const char *key, *platform_key;
        bool required;
    } keys[] = {{"variable", "variable", true},
                {"title", "titleKey", true},
                {"value", "valueKey", true},
                {"synonyms", "synonymsKey", false},
                {"index", "indexKey", false}};
    struct arena *arena = d->importer->arena;
    const struct node *data = node_get(component, "localeData");
    const struct node *first = NULL;
    for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
        const struct node *allowed = node_get(data->members[i].value, "allowedValues");
        first = i == 0 ? allowed : first;
        if (allowed == NULL || !node_equal(allowed, first)) {
            return NULL;
        }
    }
    struct node *out = node_new_mapping(arena);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct slice value = node_text(first, keys[i].platform_key);
        if (value.length == 0 && keys[i].required) {
            return NULL;
        }
        if (value.length > 0) {
            node_set_text(arena, out, keys[i].key, value);
        }
    }
    return out;
}

/* The retry limit that all nodes of an entity have; 0 when it is none that the language has. */
static long long retries_of(const struct import_node *node)
{
    long long retries = 0;
    for (const struct import_node *use = node->first_use; use != NULL; use = use->next_use) {
        const struct node *options = node_get(use->stub, "nodeOptions");
        const struct node *events = node_get(options, "eventOptions");
        if (events != NULL) {
            const struct node *retry = node_get(events, "defaultMaxRetry");
            long long limit = node_integer(node_get(retry, "retry_limit"), 0);
            retries = retries == 0 || retries == limit ? limit : -1;
        }
    }
    return retries >= 1 && retries <= 10 ? retries : 0;
}

static bool is_optional(const struct import_node *node)
{
    bool optional = true;
    for (const struct import_node *use = node->first_use; use != NULL; use = use->next_use) {
        const struct node *options = node_get(use->stub, "nodeOptions");
        optional = optional && slice_is(node_text(options, "promptOptions"), "optional");
    }
    return optional;
}

/* The error prompt, unless it is the platform's own for the type. */
static struct node *error_of(struct import_dialog *d, const struct node *component,
                             const struct entity_type *type)
{
    struct node *error = import_messages(d, component, "errorMessage");
    const char *own = type->error != NULL ? type->error : entity_type_of(ENTITY_STRING)->error;
    bool usual = node_is(error, NODE_STRING) && slice_is(error->text, own) && d->locale_count == 1;
    return usual ? NULL : error;
}

static struct node *entity_of(struct import_dialog *d, const struct import_node *node)
{
    struct arena *arena = d->importer->arena;
    const struct node *component = node->component;
    struct node *entity = node_new_mapping(arena);
    const struct entity_type *type = entity_type_find(node_text(component, "entityType"));
    if (type == NULL || is_opaque(d, "entities", node->name)) {
        node_set_text(arena, entity, "type", SLICE("string"));
        return entity;
    }
    node_set_text(arena, entity, "type", slice_of(type->name));
    set_found(d, entity, "label", import_localized(d, component, "label", node->name));
    set_found(d, entity, "prompt", import_messages(d, component, "message"));
    set_found(d, entity, "error", error_of(d, component, type));
    struct node *choices = choices_of(d, component);
    set_found(d, entity, "choices", choices != NULL ? choices : variable_of(d, component));
    struct slice pattern = node_text(component, "regexPattern");
    if (pattern.length > 0 && type->kind == ENTITY_PATTERN) {
        node_set_text(arena, entity, "pattern", pattern);
    }
    set_found(d, entity, "synonyms", list_under(d, component, "synonyms", NULL));
    set_found(d, entity, "patterns", component_patterns(d, component, "patterns"));
    set_true(d, entity, "optional", is_optional(node));
    set_true(d, entity, "sensitive", is_true(component, "isSensitive"));
    set_true(d, entity, "multiple", is_true(component, "isArray"));
    set_true(d, entity, "defaultTemplate", is_true(component, "applyDefaultTemplate"));
    long long retries = retries_of(node);
    if (retries != 0 && retries != 5) {
        node_set(arena, entity, SLICE("retries"), node_new_integer(arena, retries));
    }
    return entity;
}

/* ---- messages and forms ---- */

static struct node *message_of(struct import_dialog *d, const struct import_node *node)
{
    struct arena *arena = d->importer->arena;
    struct node *label = import_localized(d, node->component, "label", node->name);
    struct node *text = is_opaque(d, "messages", node->name)
                            ? NULL
                            : import_messages(d, node->component, "message");
    text = text != NULL ? text : node_new_text(arena, SLICE(PLACEHOLDER));
    if (text->kind == NODE_STRING && label == NULL) {
        return text;
    }
    struct node *message = node_new_mapping(arena);
    /* one script or one value for every channel and locale needs no list */
    const struct node *only = node_length(text) == 1 ? text->items[0] : NULL;
    if (only != NULL && only->count == 1 && node_get(only, "text") == NULL) {
        node_set(arena, message, only->members[0].key->text, only->members[0].value);
    } else {
        node_set(arena, message, SLICE("text"), text);
    }
    set_found(d, message, "label", label);
    return message;
}

static struct node *form_of(struct import_dialog *d, const struct import_node *node)
{
    struct arena *arena = d->importer->arena;
    struct node *form = node_new_mapping(arena);
    struct slice resource = node_text(node->component, "resourceId");
    node_set_text(arena, form, "form", resource.length > 0 ? resource : SLICE("unknown"));
    set_found(d, form, "label", import_localized(d, node->component, "label", node->name));
    set_found(d, form, "prompt", import_messages(d, node->component, "message"));
    set_found(d, form, "error", import_messages(d, node->component, "errorMessage"));
    set_found(d, form, "submitted", import_messages(d, node->component, "submitMessage"));
    return form;
}

/* ---- scripts and services ---- */

static struct node *script_of(struct import_dialog *d, const struct node *component,
                              struct slice name)
{
    struct arena *arena = d->importer->arena;
    struct slice script = percent_decode_text(arena, node_text(component, "script"));
    struct node *label = import_localized(d, component, "label", name);
    if (script.length == 0 || is_opaque(d, "scripts", name)) {
        script = SLICE("// " PLACEHOLDER);
    }
    struct node *text = node_new_text(arena, script);
    if (label == NULL) {
        return text;
    }
    struct node *mapping = node_new_mapping(arena);
    node_set(arena, mapping, SLICE("script"), text);
    node_set(arena, mapping, SLICE("label"), label);
    return mapping;
}

static struct slice upper_case(struct arena *arena, struct slice text)
{
    char *copy = arena_copy(arena, text);
    for (size_t i = 0; i < text.length; i++) {
        copy[i] = ascii_to_upper(copy[i]);
    }
    return (struct slice){copy, text.length};
}

static void add_body(struct import_dialog *d, struct node *request, const struct node *component)
{
    static const char *const nothing[] = {"", "{}", "undefined", NULL};
    struct arena *arena = d->importer->arena;
    struct slice text =
        percent_decode_text(arena, node_text(node_get(component, "payload"), "value"));
    if (slice_is_any(text, nothing)) {
        return;
    }
    const struct node *data = read_exact_data(arena, text, NODE_MAPPING);
    data = data == NULL ? read_exact_data(arena, text, NODE_SEQUENCE) : data;
    node_set(arena, request, SLICE("body"), data != NULL ? data : node_new_text(arena, text));
}

/* The headers, unless they are none or the `usual` ones. */
static void add_headers(struct import_dialog *d, struct node *request, const struct node *component,
                        const char *usual)
{
    struct arena *arena = d->importer->arena;
    struct slice text = node_text(node_get(component, "headers"), "value");
    if (slice_is(text, "{}") || text.length == 0 || slice_is(text, usual)) {
        return;
    }
    const struct node *data = read_exact_data(arena, text, NODE_MAPPING);
    bool words = data != NULL;
    for (size_t i = 0; words && i < data->count; i++) {
        words = data->members[i].value->kind == NODE_STRING;
    }
    node_set(arena, request, SLICE("headers"), words ? data : node_new_text(arena, text));
}

static struct node *request_of(struct import_dialog *d, const struct node *component)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", NULL};
    struct arena *arena = d->importer->arena;
    const struct node *point = node_get(component, "endPoint");
    struct node *request = node_new_mapping(arena);
    struct slice method = upper_case(arena, node_text(point, "method"));
    struct slice protocol = node_text(point, "protocol");
    struct slice port = node_text(point, "port");
    struct slice url = arena_printf(
        arena, "%.*s%s%.*s%s%.*s%.*s", SLICE_ARG(protocol), protocol.length > 0 ? "://" : "",
        SLICE_ARG(node_text(point, "host")), port.length > 0 ? ":" : "", SLICE_ARG(port),
        SLICE_ARG(import_decode_braces(arena, node_text(point, "path"))));
    node_set_text(arena, request, "method", slice_is_any(method, methods) ? method : SLICE("GET"));
    node_set_text(arena, request, "url", url.length > 0 ? url : SLICE("https://example.invalid/"));
    add_headers(d, request, component, "{}");
    add_body(d, request, component);
    return request;
}

/* The first sample answer, when it is written as dialogc writes one. */
static void add_sample(struct import_dialog *d, struct node *service, const struct node *component)
{
    struct arena *arena = d->importer->arena;
    const struct node *samples = node_get(component, "sampleResponse");
    struct slice text =
        node_length(samples) > 0 ? node_text(samples->items[0], "response") : SLICE("");
    const struct node *answer = read_exact_data(arena, text, NODE_MAPPING);
    const struct node *status = node_get(answer, "statusCode");
    const struct node *headers = node_get(answer, "headers");
    const struct node *body = node_get(answer, "body");
    long long code = node_integer(status, 0);
    if (answer == NULL || answer->count != 3 || code < 100 || code > 599 || body == NULL ||
        !node_is(headers, NODE_MAPPING)) {
        return;
    }
    for (size_t i = 0; i < headers->count; i++) {
        if (headers->members[i].value->kind != NODE_STRING) {
            return;
        }
    }
    struct node *sample = node_new_mapping(arena);
    struct node *list = node_new_sequence(arena);
    node_set(arena, sample, SLICE("status"), status);
    set_found(d, sample, "headers", headers->count > 0 ? headers : NULL);
    node_set(arena, sample, SLICE("body"), body);
    node_append(arena, list, sample);
    node_set(arena, service, SLICE("samples"), list);
}

static struct node *table_of(struct import_dialog *d, const struct node *component)
{
    const struct node *payload = node_get(component, "payload");
    if (!slice_is(node_text(component, "serviceNodeType"), "datatable") ||
        !slice_is(node_text(payload, "resource"), "dataTable") ||
        node_text(payload, "name").length == 0 || node_text(payload, "method").length == 0) {
        return NULL;
    }
    struct node *table = node_copy(d->importer->arena, payload);
    node_remove(table, SLICE("resource"));
    return table;
}

const struct node *import_preparation(struct import_dialog *d, const struct node *members,
                                      size_t service)
{
    const struct bot *bot = d->importer->bot;
    if (service == 0 || !node_type_is(members->items[service], DIALOG_SERVICE) ||
        !node_type_is(members->items[service - 1], DIALOG_SCRIPT)) {
        return NULL;
    }
    const struct node *script = bot_component(bot, members->items[service - 1]);
    const struct node *component = bot_component(bot, members->items[service]);
    struct slice name = import_component_name(d, DIALOG_SERVICE, component);
    struct slice made = platform_script_name(d->importer->arena, name);
    return slice_equal(node_text(script, "name"), made) ? script : NULL;
}

/* A profile, and what is only said where it differs from the usual. */
static void add_binding(struct import_dialog *d, struct node *service, const struct node *component)
{
    struct arena *arena = d->importer->arena;
    struct slice *profile = map_get(&d->importer->profiles, node_text(component, "idp"));
    node_set_text(arena, service, "auth", profile != NULL ? *profile : SLICE("none"));
    long long timeout = node_integer(node_get(component, "serviceAPITimeout"), 20);
    if (timeout >= 1 && timeout < 20) {
        node_set(arena, service, SLICE("timeout"), node_new_integer(arena, timeout));
    }
    add_sample(d, service, component);
}

static struct node *placeholder_service(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct node *service = node_new_mapping(arena);
    struct node *request = node_new_mapping(arena);
    node_set_text(arena, request, "method", SLICE("GET"));
    node_set_text(arena, request, "url", SLICE("https://example.invalid/"));
    node_set(arena, service, SLICE("verbatim"), request);
    node_set_text(arena, service, "auth", SLICE("none"));
    return service;
}

static bool has_reference(const struct node *node)
{
    bool found = node->kind == NODE_STRING && slice_find(node->text, "${", 0) != SIZE_MAX;
    for (size_t i = 0; !found && node->kind == NODE_MAPPING && i < node->count; i++) {
        found = has_reference(node->members[i].value);
    }
    return found;
}

/* `script`: what dialogc has written to prepare the request, or NULL. */
static struct node *service_of(struct import_dialog *d, const struct node *component,
                               struct slice name, const struct node *script)
{
    struct arena *arena = d->importer->arena;
    struct node *service = node_new_mapping(arena);
    struct node *table = table_of(d, component);
    if (is_opaque(d, "services", name)) {
        return placeholder_service(d);
    }
    set_found(d, service, "label", import_localized(d, component, "label", name));
    if (table != NULL) {
        node_set(arena, service, SLICE("dataTable"), table);
        add_sample(d, service, component);
        return service;
    }
    struct node *operation =
        is_opaque(d, "operations", name) ? NULL : import_operation(d, component, name, script);
    if (operation != NULL) {
        node_set(arena, service, SLICE("salesforce"), operation);
        bool has_body = node_get(operation, "fields") != NULL &&
                        node_get(operation, "fields")->kind == NODE_MAPPING;
        set_true(d, service, "unprepared", script == NULL && has_reference(operation));
        add_headers(d, service, component,
                    has_body ? "{\"Accept\":\"application/json\","
                               "\"Content-Type\":\"application/json\"}"
                             : "{\"Accept\":\"application/json\"}");
    } else {
        node_set(arena, service, SLICE("verbatim"), request_of(d, component));
    }
    add_binding(d, service, component);
    return service;
}

/* ---- all of them ---- */

struct sections {
    struct node *entities, *services, *scripts, *messages, *forms;
};

static void add_part(struct import_dialog *d, struct node *section, struct slice name,
                     struct node *(*make)(struct import_dialog *, const struct import_node *),
                     const struct import_node *node)
{
    if (node_member(section, name) == NULL) {
        node_set(d->importer->arena, section, name, make(d, node));
    }
}

/* A script or service, in a bot action or on its own. `script` prepares the request, or NULL. */
static void add_program(struct import_dialog *d, struct sections *s, const struct node *stub,
                        const struct node *script)
{
    struct arena *arena = d->importer->arena;
    const struct node *component = bot_component(d->importer->bot, stub);
    bool is_service = node_type_is(stub, DIALOG_SERVICE);
    if (component == NULL || (!is_service && !node_type_is(stub, DIALOG_SCRIPT))) {
        return;
    }
    struct slice name =
        import_component_name(d, is_service ? DIALOG_SERVICE : DIALOG_SCRIPT, component);
    struct node *section = is_service ? s->services : s->scripts;
    if (node_member(section, name) == NULL) {
        node_set(arena, section, name,
                 is_service ? service_of(d, component, name, script)
                            : script_of(d, component, name));
    }
}

bool import_is_prepared(struct import_dialog *d, const struct node *services,
                        const struct node *members, size_t script)
{
    const struct node *prepared =
        script + 1 < members->count ? import_preparation(d, members, script + 1) : NULL;
    if (prepared == NULL) {
        return false;
    }
    const struct node *component = bot_component(d->importer->bot, members->items[script + 1]);
    const struct member *service =
        node_member(services, import_component_name(d, DIALOG_SERVICE, component));
    return service != NULL && node_get(service->value, "salesforce") != NULL &&
           node_get(service->value, "unprepared") == NULL;
}

/*
 * What is in a bot action. A script that dialogc writes of itself, since the service behind it is a
 * Salesforce operation, is no part of the template.
 */
static void add_member_parts(struct import_dialog *d, struct sections *s,
                             const struct node *members)
{
    for (size_t i = 0; i < node_length(members); i++) {
        if (node_type_is(members->items[i], DIALOG_SERVICE)) {
            add_program(d, s, members->items[i], import_preparation(d, members, i));
        }
    }
    for (size_t i = 0; i < node_length(members); i++) {
        if (!node_type_is(members->items[i], DIALOG_SERVICE) &&
            !import_is_prepared(d, s->services, members, i)) {
            add_program(d, s, members->items[i], NULL);
        }
    }
}

static void add_node_parts(struct import_dialog *d, struct sections *s, struct import_node *node)
{
    const struct node *members = node_get(node->stub, "nodes");
    switch (node->kind) {
    case DIALOG_MESSAGE:
        add_part(d, s->messages, node->name, message_of, node);
        break;
    case DIALOG_FORM:
        add_part(d, s->forms, node->name, form_of, node);
        break;
    case DIALOG_SCRIPT:
    case DIALOG_SERVICE:
        add_program(d, s, node->stub, NULL);
        break;
    case DIALOG_ACTION:
        add_member_parts(d, s, members);
        break;
    case DIALOG_INTENT:
    case DIALOG_ENTITY: /* has been added already */
    case DIALOG_CONFIRM:
    case DIALOG_LOGIC:
    case DIALOG_CALL:
    case DIALOG_TRANSFER:
        break;
    }
}

static void set_section(struct import_dialog *d, struct node *root, const char *key,
                        struct node *section)
{
    set_found(d, root, key, section->count > 0 ? section : NULL);
}

void import_parts(struct import_dialog *d, struct node *root)
{
    struct arena *arena = d->importer->arena;
    struct sections s = {node_new_mapping(arena), node_new_mapping(arena), node_new_mapping(arena),
                         node_new_mapping(arena), node_new_mapping(arena)};
    for (size_t i = 1; i < d->node_count; i++) { /* first of all what services refer to */
        if (d->nodes[i].component != NULL && d->nodes[i].kind == DIALOG_ENTITY) {
            add_part(d, s.entities, d->nodes[i].name, entity_of, &d->nodes[i]);
        }
    }
    set_section(d, root, "entities", s.entities);
    for (size_t i = 1; i < d->node_count; i++) {
        if (d->nodes[i].component != NULL) {
            add_node_parts(d, &s, &d->nodes[i]);
        }
    }
    set_section(d, root, "services", s.services);
    set_section(d, root, "scripts", s.scripts);
    set_section(d, root, "messages", s.messages);
    set_section(d, root, "forms", s.forms);
}

/* ---- training ---- */

/* The byte that the UTF-16 unit `unit` begins at; SIZE_MAX inside or behind the text. */
static size_t byte_of_unit(struct slice text, long long unit)
{
    size_t at = 0;
    long long units = 0;
    while (units < unit && at < text.length) {
        size_t length;
        units += utf8_decode(slice_part(text, at, text.length), &length) >= 0x10000 ? 2 : 1;
        at += length;
    }
    return units == unit && unit >= 0 ? at : SIZE_MAX;
}

/* The name of the entity that a mark is of; empty when the dialog does not ask it. */
static struct slice marked_entity(struct import_dialog *d, const struct node *mark)
{
    struct slice id = node_text(mark, "entityId");
    for (size_t i = 0; i < d->node_count && !d->head_only; i++) {
        if (d->nodes[i].kind == DIALOG_ENTITY &&
            slice_equal(node_text(d->nodes[i].component, "_id"), id)) {
            return d->nodes[i].name;
        }
    }
    return SLICE("");
}

/* The sentence with its marks in the language's notation; NULL when that cannot say it. */
static struct node *utterance_of(struct import_dialog *d, const struct node *sentence)
{
    struct arena *arena = d->importer->arena;
    struct slice text = node_text(sentence, "sentence");
    const struct node *marks = node_get(sentence, "entities");
    if (slice_trim(text).length == 0 || slice_find(text, "](", 0) != SIZE_MAX) {
        return NULL;
    }
    if (node_length(marks) == 0) {
        return node_new_text(arena, text);
    }
    struct builder out = builder_new(arena);
    size_t at = 0;
    for (size_t i = 0; i < marks->count; i++) {
        size_t start =
            byte_of_unit(text, node_integer(node_get(marks->items[i], "startIndex"), -1));
        size_t end = byte_of_unit(text, node_integer(node_get(marks->items[i], "endIndex"), -1));
        struct slice name = marked_entity(d, marks->items[i]);
        if (start == SIZE_MAX || end == SIZE_MAX || start < at || end <= start ||
            name.length == 0) {
            return node_new_text(arena, text);
        }
        builder_add(&out, slice_part(text, at, start));
        builder_printf(&out, "[%.*s](%.*s)", SLICE_ARG(slice_part(text, start, end)),
                       SLICE_ARG(name));
        at = end;
    }
    builder_add(&out, slice_part(text, at, text.length));
    return node_new_text(arena, builder_slice(&out));
}

void import_training(struct import_dialog *d, struct node *intent)
{
    struct arena *arena = d->importer->arena;
    const struct node *sentences = map_get(&d->importer->sentences, node_text(d->intent, "_id"));
    struct node **lists = empty_lists(d);
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        size_t locale = locale_index(d, node_text(sentence, "language"));
        if (locale < d->locale_count && map_get(&d->opaque, SLICE("intent/utterances")) == NULL) {
            struct node *utterance = utterance_of(d, sentence);
            if (utterance != NULL) {
                node_append(arena, lists[locale], utterance);
            }
        }
    }
    node_set(arena, intent, SLICE("utterances"), list_by_locale(d, lists, true));
    set_found(d, intent, "patterns", component_patterns(d, d->intent, "patterns"));
    set_found(d, intent, "negativePatterns", component_patterns(d, d->intent, "negativePatterns"));
}
