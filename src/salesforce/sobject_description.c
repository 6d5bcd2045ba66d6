/* Descriptions that say too little, or name what there is not. */
#include "salesforce/sobject_description.h"

#include "base/suggestion.h"

/* What a field of this type is described with; NULL: nothing of its own. */
static const char *wanted_key(enum field_type type)
{
    return type == FIELD_PICKLIST || type == FIELD_MULTIPICKLIST ? "values"
           : type == FIELD_REFERENCE                             ? "references"
                                                                 : NULL;
}

/* `Owner__c` of a relationship, which a query would have to name `Owner__r`. */
static void check_relationship(const struct node *field, struct diagnostics *diagnostics)
{
    const struct node *name = node_get(field, "relationship");
    if (node_is(name, NODE_STRING) && slice_ends_with(name->text, "__c")) {
        struct diagnostic *d = diag_report(diagnostics, W0830, name->source, name->range,
                                           "`%.*s` is the name of a field, not of a relationship",
                                           SLICE_ARG(name->text));
        diag_suggest(diagnostics, d,
                     arena_printf(diagnostics->arena, "%.*sr",
                                  SLICE_ARG(slice_part(name->text, 0, name->text.length - 1))));
    }
}

static void offer_name(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

/* `references: [Contacts]`, nearly the name of a known object. */
static void check_targets(const struct sobject_catalog *catalog, const struct node *references,
                          struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < node_length(references); i++) {
        const struct node *target = references->items[i];
        if (sobject_is_custom_name(target->text) || sobject_is_known_standard(target->text)) {
            continue;
        }
        struct suggestion s = suggestion_new(target->text);
        sobject_catalog_offer(catalog, offer_name, &s);
        if (s.best.length > 0 && !slice_equal(s.best, target->text)) {
            struct diagnostic *d =
                diag_report(diagnostics, W0830, target->source, target->range,
                            "Salesforce has no object `%.*s`", SLICE_ARG(target->text));
            diag_suggest(diagnostics, d, s.best);
        }
    }
}

/* An object whose ids begin like those of custom objects, and whose name is none. */
static void check_object_name(struct sobject_catalog *catalog, const struct node *root,
                              struct diagnostics *diagnostics)
{
    const struct node *name = node_get(root, "sobject");
    struct slice prefix = node_text(root, "keyPrefix");
    if (sobject_is_custom_name(name->text) || sobject_is_known_standard(name->text) ||
        !slice_starts_with(prefix, "a")) {
        return;
    }
    struct diagnostic *d =
        diag_report(diagnostics, W0829, name->source, name->range,
                    "`%.*s` is not a standard object, and its ids are those of a custom one",
                    SLICE_ARG(name->text));
    struct slice meant = arena_printf(diagnostics->arena, "%.*s__c", SLICE_ARG(name->text));
    diag_suggest(diagnostics, d, meant);
    sobject_catalog_note_broken(catalog, meant);
}

/* Fields whose descriptions say too little to check what is written into them. */
static void check_fields(const struct sobject_catalog *catalog, const struct node *root,
                         struct diagnostics *diagnostics)
{
    const struct node *fields = node_get(root, "fields");
    for (size_t i = 0; fields != NULL && i < fields->count; i++) {
        const struct node *name = fields->members[i].key;
        const struct node *field = fields->members[i].value;
        const struct node *type = node_get(field, "type");
        const char *key = type != NULL ? wanted_key(field_type_find(type->text)) : NULL;
        check_relationship(field, diagnostics);
        check_targets(catalog, node_get(field, "references"), diagnostics);
        if (key == NULL || node_get(field, key) != NULL) {
            continue;
        }
        struct diagnostic *d = diag_report(
            diagnostics, W0830, name->source, name->range, "the field `%.*s` is %s, and lacks `%s`",
            SLICE_ARG(name->text), field_type_name(field_type_find(type->text)), key);
        diag_note(diagnostics, d, NULL, name->range, "%s",
                  strcmp(key, "values") == 0
                      ? "nothing can be checked against it; add its values: `\"values\": [\"Hot\", "
                        "\"Warm\"]`"
                      : "add the objects whose ids it holds: `\"references\": [\"Account\"]`");
    }
}

void sobject_description_check(struct sobject_catalog *catalog, const struct node *root,
                               struct diagnostics *diagnostics)
{
    check_object_name(catalog, root, diagnostics);
    check_fields(catalog, root, diagnostics);
}
