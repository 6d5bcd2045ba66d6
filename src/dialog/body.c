/*
 * Lowering bodies: JSON, forms and texts. One without values from the conversation is fixed; else a
 * script prepares it, with each value escaped for what the body is.
 */
#include "base/percent.h"
#include "dialog/preparation.h"
#include "dialog/value.h"
#include "document/json/writer.h"

/* ---- JSON ---- */

static void prepare_json(struct preparation *p, const struct body *body)
{
    if (body->node->kind == NODE_STRING) { /* not an object: JSON text, with its quotes */
        builder_add_text(&p->script.body, "JSON.stringify(");
        value_write(&p->script, body, service_sobject(p->service));
        builder_add_text(&p->script.body, ") || \"null\"");
        return;
    }
    /* through JSON and back: members without a value fall away */
    builder_add_text(&p->script.body, "JSON.parse(JSON.stringify(");
    value_write(&p->script, body, service_sobject(p->service));
    builder_add_text(&p->script.body, "))");
}

/* ---- forms ---- */

/* A value of a form as text: scalars are as they are written. */
static struct slice scalar_text(struct arena *arena, const struct body *value)
{
    if (value->node->kind == NODE_STRING) {
        return text_fixed(&value->text);
    }
    struct builder out = builder_new(arena);
    struct json_writer json = json_writer_new(&out, true);
    json_node(&json, value->node);
    return value->node->kind == NODE_NULL ? SLICE("") : builder_slice(&out);
}

static struct slice encoded(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    percent_encode(&out, text);
    return builder_slice(&out);
}

/* One pair as an expression: `"lang=en"`, or `form("name", …)`, which gives a list of pairs. */
static void add_pair(struct preparation *p, struct slice name, const struct body *value)
{
    struct builder *out = &p->script.body;
    struct slice key = encoded(p->arena, name);
    builder_add_text(out, "    ");
    if (!value_has_references(value)) {
        struct slice text = encoded(p->arena, scalar_text(p->arena, value));
        script_string(out, arena_printf(p->arena, "%.*s=%.*s", SLICE_ARG(key), SLICE_ARG(text)));
        return;
    }
    p->script.helpers |= HELPER_FORM;
    builder_add_text(out, "form(");
    script_string(out, key);
    builder_add_text(out, ", ");
    value_write(&p->script, value, NULL);
    builder_add_char(out, ')');
}

/* Calls `add` for each value of a form: an item of a list is a value of the same name. */
static void each_pair(const struct body *form,
                      void (*add)(void *context, struct slice name, const struct body *value),
                      void *context)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct body *value = &form->items[i];
        if (value->node->kind != NODE_SEQUENCE) {
            add(context, form->keys[i], value);
        }
        for (size_t j = 0; value->node->kind == NODE_SEQUENCE && j < value->count; j++) {
            add(context, form->keys[i], &value->items[j]);
        }
    }
}

struct pairs {
    struct preparation *preparation;
    struct builder *fixed;
    bool further;
};

static void add_prepared_pair(void *context, struct slice name, const struct body *value)
{
    struct pairs *pairs = context;
    builder_add_text(&pairs->preparation->script.body, pairs->further ? ",\n" : "\n");
    pairs->further = true;
    add_pair(pairs->preparation, name, value);
}

static void add_fixed_pair(void *context, struct slice name, const struct body *value)
{
    struct pairs *pairs = context;
    builder_add_text(pairs->fixed, pairs->further ? "&" : "");
    pairs->further = true;
    percent_encode(pairs->fixed, name);
    builder_add_char(pairs->fixed, '=');
    percent_encode(pairs->fixed, scalar_text(pairs->fixed->arena, value));
}

static void prepare_form(struct preparation *p, const struct body *body)
{
    struct pairs pairs = {.preparation = p};
    builder_add_text(&p->script.body, "[].concat(");
    each_pair(body, add_prepared_pair, &pairs);
    builder_add_text(&p->script.body, "\n).join(\"&\")");
}

/* ---- the payload ---- */

/* The expression for a body with references. */
static void prepare(struct preparation *p, const struct body *body, enum body_form form)
{
    switch (form) {
    case BODY_JSON:
        prepare_json(p, body);
        break;
    case BODY_FORM:
        if (body->node->kind == NODE_MAPPING) {
            prepare_form(p, body);
        } else {
            script_text_through(&p->script, &body->text, HELPER_FIELD);
        }
        break;
    case BODY_XML:
        script_text_through(&p->script, &body->text, HELPER_XML);
        break;
    case BODY_TEXT:
    case BODY_OTHER:
        script_text(&p->script, &body->text);
        break;
    }
}

static void write_fixed(struct builder *out, const struct analysis *analysis,
                        const struct body *body, enum body_form form)
{
    struct pairs pairs = {.fixed = out};
    if (form == BODY_JSON) {
        struct json_writer json = json_writer_new(out, true);
        value_write_fixed(&json, analysis, body);
    } else if (body->node->kind == NODE_MAPPING) {
        each_pair(body, add_fixed_pair, &pairs);
    } else {
        builder_add(out, body->text.has_references
                             ? script_platform_text(out->arena, analysis, &body->text)
                             : text_fixed(&body->text));
    }
}

struct slice preparation_body(struct preparation *p, const struct body *body, enum body_form form)
{
    if (body->node == NULL) {
        return SLICE("");
    }
    if (!value_has_references(body) || p->service->unprepared != NULL) {
        struct builder out = builder_new(p->arena);
        write_fixed(&out, p->analysis, body, form);
        return builder_slice(&out);
    }
    preparation_begin(p, SLICE("body"));
    prepare(p, body, form);
    preparation_end(p);
    return preparation_path(p, SLICE("body"));
}
