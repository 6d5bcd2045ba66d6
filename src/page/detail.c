#include "page/detail.h"

#include "base/ascii.h"
#include "base/percent.h"

/* The text of a value, decoded; three asterisks where it holds a credential. */
static struct slice shown_text(struct arena *arena, const struct node *value)
{
    if (!node_is(value, NODE_STRING)) {
        return SLICE("");
    }
    if (value->source != NULL && source_has_mask(value->source, value->range)) {
        return SLICE("***");
    }
    return percent_decode_text(arena, value->text);
}

/* Adds the text under `key` of an object of the export, unless it is empty. */
static void add_text(struct cjson json, const char *name, const struct node *object,
                     const char *key)
{
    struct slice text = shown_text(json.arena, node_get(object, key));
    if (text.length > 0) {
        cjson_add_text(json, name, text);
    }
}

/* ---- texts ---- */

/* Where a component has what is said. */
static const struct {
    const char *key;
    const char *use;
} uses[] = {
    {"message", "message"},
    {"errorMessage", "error"},
    {"submitMessage", "submitted"},
};

static void add_wording(struct cjson texts, struct page_sampler *sampler,
                        const struct program_dialog *dialog, const char *use, struct slice channel,
                        const struct member *wording)
{
    struct cjson json = cjson_add_object(texts, NULL);
    struct slice text = shown_text(texts.arena, node_get(wording->value, "text"));
    bool is_script = slice_is(node_text(wording->value, "type"), "uxmap");
    cjson_add_text(json, "use", slice_of(use));
    cjson_add_text(json, "channel", channel);
    cjson_add_text(json, "locale", wording->key->text);
    cjson_add_text(json, "text", text);
    if (is_script) {
        const struct node *shown = page_sample(sampler, dialog, text);
        cjson_add_boolean(json, "script", true);
        if (shown != NULL) {
            cjson_add_node(json, "shown", shown);
        }
    }
}

static void add_texts(struct cjson json, struct page_sampler *sampler,
                      const struct program_dialog *dialog, const struct node *component)
{
    struct cjson texts = cjson_add_array(json, "texts");
    for (size_t u = 0; u < sizeof uses / sizeof uses[0]; u++) {
        const struct node *entries = node_get(component, uses[u].key);
        for (size_t i = 0; i < node_length(entries); i++) {
            const struct node *locales = node_get(entries->items[i], "localeData");
            struct slice channel = node_text(entries->items[i], "channel");
            for (size_t l = 0; node_is(locales, NODE_MAPPING) && l < locales->count; l++) {
                add_wording(texts, sampler, dialog, uses[u].use, channel, &locales->members[l]);
            }
        }
    }
}

/* ---- requests ---- */

/* "https://host:port/path?query", as the platform sends it. */
static struct slice address_of(struct arena *arena, const struct node *end_point)
{
    struct builder out = builder_new(arena);
    struct slice port = shown_text(arena, node_get(end_point, "port"));
    struct slice path = shown_text(arena, node_get(end_point, "path"));
    builder_printf(&out, "%.*s://%.*s", SLICE_ARG(node_text(end_point, "protocol")),
                   SLICE_ARG(shown_text(arena, node_get(end_point, "host"))));
    if (port.length > 0) {
        builder_printf(&out, ":%.*s", SLICE_ARG(port));
    }
    builder_add(&out, path);
    return builder_slice(&out);
}

static void add_request(struct cjson json, const struct node *component)
{
    const struct node *end_point = node_get(component, "endPoint");
    if (!node_is(end_point, NODE_MAPPING)) {
        return;
    }
    struct cjson request = cjson_add_object(json, "request");
    cjson_add_text(request, "method", arena_upper_case(json.arena, node_text(end_point, "method")));
    cjson_add_text(request, "url", address_of(json.arena, end_point));
    add_text(request, "profile", component, "idp");
    add_text(request, "headers", node_get(component, "headers"), "value");
    add_text(request, "body", node_get(component, "payload"), "value");
    add_text(request, "before", component, "preProcessor");
    add_text(request, "after", component, "postProcessor");
    struct cjson samples = cjson_add_array(request, "samples");
    const struct node *given = node_get(component, "sampleResponse");
    for (size_t i = 0; i < node_length(given); i++) {
        cjson_add_text(samples, NULL,
                       shown_text(json.arena, node_get(given->items[i], "response")));
    }
}

/* ---- entities ---- */

static void add_choices(struct cjson json, const struct node *component)
{
    const struct node *locales = node_get(component, "localeData");
    struct cjson list = cjson_add_array(json, "choices");
    for (size_t l = 0; node_is(locales, NODE_MAPPING) && l < locales->count; l++) {
        const struct node *allowed = node_get(locales->members[l].value, "allowedValues");
        const struct node *values = node_get(allowed, "values");
        for (size_t i = 0; i < node_length(values); i++) {
            struct cjson choice = cjson_add_object(list, NULL);
            cjson_add_text(choice, "locale", locales->members[l].key->text);
            add_text(choice, "title", values->items[i], "title");
            add_text(choice, "value", values->items[i], "value");
        }
    }
}

void page_add_detail(struct cjson json, struct page_sampler *sampler,
                     const struct program_dialog *dialog, const struct program_node *node)
{
    const struct node *component = node->component;
    add_texts(json, sampler, dialog, component);
    add_request(json, component);
    add_text(json, "script", component, "script");
    add_text(json, "entityType", component, "entityType");
    add_text(json, "pattern", component, "regexPattern");
    if (node->kind == DIALOG_ENTITY) {
        add_choices(json, component);
    }
}
