/* One field a line, so that two imports can be compared with `diff`. */
#include "salesforce/describe.h"

#include <stdint.h>

#include "base/ascii.h"
#include "document/json/writer.h"

struct importer {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct builder *out;
    struct map names; /* of the fields, to their nodes */
};

static bool refuse(struct importer *im, const struct node *node, const char *message)
{
    diag_report(im->diagnostics, E0820, node->source, node->range, "%s", message);
    return false;
}

/* ---- reading ---- */

static bool is_true(const struct node *node, const char *key)
{
    const struct node *value = node_get(node, key);
    return node_is(value, NODE_BOOLEAN) && value->boolean;
}

static struct slice text_of(const struct node *node, const char *key)
{
    const struct node *value = node_get(node, key);
    return node_is(value, NODE_STRING) ? value->text : SLICE("");
}

static bool is_api_name(struct slice name)
{
    enum { LONGEST_NAME = 120 };
    for (size_t i = 0; i < name.length; i++) {
        if (!ascii_is_word(name.data[i])) {
            return false;
        }
    }
    return name.length > 0 && name.length <= LONGEST_NAME && ascii_is_letter(name.data[0]);
}

static bool is_prefix(struct slice text)
{
    enum { PREFIX_LENGTH = 3 };
    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_letter(text.data[i]) && !ascii_is_digit(text.data[i])) {
            return false;
        }
    }
    return text.length == PREFIX_LENGTH;
}

/* The answer itself; `sf … --json` wraps it in `result`. */
static const struct node *unwrap(const struct node *root)
{
    const struct node *result = node_get(root, "result");
    return node_is(result, NODE_MAPPING) && node_get(root, "fields") == NULL ? result : root;
}

/* "62.0" of "/services/data/v62.0/sobjects/Lead" */
static struct slice version_of(const struct node *answer)
{
    struct slice url = text_of(node_get(answer, "urls"), "sobject");
    size_t start = slice_find(url, "/data/v", 0);
    if (start == SIZE_MAX) {
        return SLICE("");
    }
    start += sizeof "/data/v" - 1;
    size_t end = slice_find(url, "/", start);
    return slice_part(url, start, end == SIZE_MAX ? url.length : end);
}

/* ---- writing ---- */

static void add_text(struct importer *im, const char *key, struct slice text)
{
    if (text.length > 0) {
        builder_printf(im->out, ", \"%s\": ", key);
        json_quote(im->out, text);
    }
}

static void add_flag(struct importer *im, const char *key, bool value)
{
    builder_printf(im->out, ", \"%s\": %s", key, value ? "true" : "false");
}

static void add_true(struct importer *im, const char *key, bool value)
{
    if (value) {
        add_flag(im, key, true);
    }
}

static void add_count(struct importer *im, const char *key, const struct node *field,
                      const char *from)
{
    long long count = node_integer(node_get(field, from), 0);
    if (count > 0) {
        builder_printf(im->out, ", \"%s\": %lld", key, count);
    }
}

/*
 * The picklist's active values; the one that is the default goes to `*default_value`. False, with a
 * finding, for what no describe result has.
 */
static bool add_values(struct importer *im, const struct node *field, struct slice *default_value)
{
    const struct node *values = node_get(field, "picklistValues");
    bool first = true;
    add_flag(im, "restricted", is_true(field, "restrictedPicklist"));
    builder_add_text(im->out, ", \"values\": [");
    for (size_t i = 0; i < node_length(values); i++) {
        const struct node *item = values->items[i];
        if (item->kind != NODE_MAPPING) {
            return refuse(im, item,
                          "a value of a picklist must be a JSON object: "
                          "`{\"value\": \"…\", \"label\": \"…\", \"active\": true}`");
        }
        struct slice value = text_of(item, "value");
        struct slice label = text_of(item, "label");
        if (!is_true(item, "active") || !node_is(node_get(item, "value"), NODE_STRING)) {
            continue;
        }
        *default_value = is_true(item, "defaultValue") ? value : *default_value;
        builder_add_text(im->out, first ? "" : ", ");
        first = false;
        if (label.length == 0 || slice_equal(label, value)) {
            json_quote(im->out, value);
            continue;
        }
        builder_add_text(im->out, "{\"value\": ");
        json_quote(im->out, value);
        builder_add_text(im->out, ", \"label\": ");
        json_quote(im->out, label);
        builder_add_char(im->out, '}');
    }
    builder_add_char(im->out, ']');
    return true;
}

static bool add_references(struct importer *im, const struct node *field)
{
    const struct node *targets = node_get(field, "referenceTo");
    if (!node_is(targets, NODE_SEQUENCE) || targets->count == 0) {
        return true;
    }
    builder_add_text(im->out, ", \"references\": [");
    for (size_t i = 0; i < targets->count; i++) {
        if (!node_is(targets->items[i], NODE_STRING) || !is_api_name(targets->items[i]->text)) {
            return refuse(im, targets->items[i],
                          "`referenceTo` contains something that is not an object name");
        }
        builder_add_text(im->out, i > 0 ? ", " : "");
        json_quote(im->out, targets->items[i]->text);
    }
    builder_add_char(im->out, ']');
    add_text(im, "relationship", text_of(field, "relationshipName"));
    return true;
}

/* The default: fixed, of the picklist, or told to exist only. */
static void add_default(struct importer *im, const struct node *field, struct slice of_picklist)
{
    const struct node *value = node_get(field, "defaultValue");
    bool scalar = value != NULL && value->kind != NODE_NULL && value->kind != NODE_SEQUENCE &&
                  value->kind != NODE_MAPPING;
    if (of_picklist.length > 0) {
        add_text(im, "default", of_picklist);
    } else if (scalar) {
        struct json_writer json = json_writer_new(im->out, true);
        builder_add_text(im->out, ", \"default\": ");
        json_node(&json, value);
    } else {
        add_true(im, "defaulted", is_true(field, "defaultedOnCreate"));
    }
}

static bool add_field(struct importer *im, const struct node *field)
{
    const struct node *name = node_get(field, "name");
    enum field_type type = field_type_find(text_of(field, "type"));
    if (!node_is(name, NODE_STRING) || !is_api_name(name->text)) {
        return refuse(im, name != NULL ? name : field, "this field has no API name");
    }
    if (map_add(&im->names, name->text, (void *)(uintptr_t)name) != NULL) {
        return refuse(im, name, "another field has the same name");
    }
    bool picklist = type == FIELD_PICKLIST || type == FIELD_MULTIPICKLIST || type == FIELD_COMBOBOX;
    bool defaulted = is_true(field, "defaultedOnCreate");
    bool createable = is_true(field, "createable");
    bool nillable = is_true(field, "nillable");
    struct slice of_picklist = SLICE("");
    builder_add_text(im->out, "    ");
    json_quote(im->out, name->text);
    builder_add_text(im->out, ": {\"type\": ");
    json_quote(im->out, slice_of(field_type_word(type)));
    add_text(im, "label", text_of(field, "label"));
    add_count(im, "length", field, "length");
    add_count(im, "precision", field, type == FIELD_INT ? "digits" : "precision");
    add_count(im, "scale", field, "scale");
    add_flag(im, "createable", createable);
    add_flag(im, "updateable", is_true(field, "updateable"));
    add_flag(im, "nillable", nillable);
    add_flag(im, "required", createable && !nillable && !defaulted && type != FIELD_BOOLEAN);
    if (picklist && !add_values(im, field, &of_picklist)) {
        return false;
    }
    add_default(im, field, of_picklist);
    if (!add_references(im, field)) {
        return false;
    }
    add_true(im, "externalId", is_true(field, "externalId"));
    add_true(im, "idLookup", is_true(field, "idLookup"));
    add_true(im, "nameField", is_true(field, "nameField"));
    const struct node *filterable = node_get(field, "filterable");
    if (node_is(filterable, NODE_BOOLEAN) && !filterable->boolean) {
        add_flag(im, "filterable", false);
    }
    builder_add_char(im->out, '}');
    return true;
}

static bool add_fields(struct importer *im, const struct node *fields)
{
    bool first = true;
    builder_add_text(im->out, "  \"fields\": {\n");
    for (size_t i = 0; i < fields->count; i++) {
        const struct node *field = fields->items[i];
        if (field->kind != NODE_MAPPING) {
            return refuse(im, field, "a field must be a JSON object");
        }
        if (is_true(field, "deprecatedAndHidden")) {
            continue;
        }
        builder_add_text(im->out, first ? "" : ",\n");
        first = false;
        if (!add_field(im, field)) {
            return false;
        }
    }
    builder_add_text(im->out, "\n  }\n}\n");
    return true;
}

static void add_head_text(struct importer *im, const char *key, struct slice text)
{
    if (text.length > 0) {
        builder_printf(im->out, "  \"%s\": ", key);
        json_quote(im->out, text);
        builder_add_text(im->out, ",\n");
    }
}

static void add_head(struct importer *im, const struct node *answer, const struct sobject *known)
{
    static const struct {
        const char *key;
        const char *from;
    } flags[] = {{"createable", "createable"},
                 {"updateable", "updateable"},
                 {"deletable", "deletable"},
                 {"queryable", "queryable"},
                 {"searchable", "searchable"}};
    builder_add_text(im->out, "{\n  \"dialogc\": 1,\n");
    add_head_text(im, "sobject", text_of(answer, "name"));
    add_head_text(im, "label", text_of(answer, "label"));
    add_head_text(im, "labelPlural", text_of(answer, "labelPlural"));
    add_head_text(im, "keyPrefix", text_of(answer, "keyPrefix"));
    add_head_text(im, "apiVersion", version_of(answer));
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        builder_printf(im->out, "  \"%s\": %s,\n", flags[i].key,
                       is_true(answer, flags[i].from) ? "true" : "false");
    }
    if (known != NULL && known->required_one_of != NULL) {
        struct json_writer json = json_writer_new(im->out, true);
        builder_add_text(im->out, "  \"requiredOneOf\": ");
        json_node(&json, known->required_one_of);
        builder_add_text(im->out, ",\n");
    }
}

bool describe_import(struct arena *arena, const struct node *root, struct sobject_catalog *catalog,
                     struct builder *out, struct slice *name, struct diagnostics *diagnostics)
{
    struct importer im = {arena, diagnostics, out, map_new(arena)};
    const struct node *answer = unwrap(root);
    const struct node *fields = node_get(answer, "fields");
    struct slice prefix = text_of(answer, "keyPrefix");
    *name = text_of(answer, "name");
    if (!is_api_name(*name) || !node_is(fields, NODE_SEQUENCE)) {
        return refuse(&im, root,
                      answer->kind == NODE_MAPPING && node_get(answer, "sobject") != NULL
                          ? "this is already an object description, not a describe result"
                          : "not a describe result: it needs `name` and a list `fields`");
    }
    if (prefix.length > 0 && !is_prefix(prefix)) {
        return refuse(&im, node_get(answer, "keyPrefix"),
                      "a key prefix must have three characters");
    }
    add_head(&im, answer, sobject_find(catalog, *name, arena));
    return add_fields(&im, fields);
}
