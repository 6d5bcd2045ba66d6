/*
 * Names of which nothing is known. One that is unknown in several places is one mistake: the others
 * become notes of the first.
 */
#include "base/suggestion.h"
#include "language/check/salesforce.h"
#include "salesforce/setting_field.h"

bool check_is_reported(struct check *check, struct slice name, const struct source *source,
                       struct range range)
{
    struct diagnostic *first = map_get(&check->unknown_names, name);
    if (first == NULL) {
        return false;
    }
    bool same_place = first->source == source && first->range.start == range.start;
    if (!same_place) { /* the values of `cases` share the reference of `choose` */
        diag_note(check->diagnostics, first, source, range, "it is also used here");
    }
    return true;
}

void check_note_unknown(struct check *check, struct slice name, struct diagnostic *finding)
{
    map_add(&check->unknown_names, name, finding);
}

/* ---- objects ---- */

bool check_has_finding(const struct check *check, enum code code, const struct source *source,
                       struct range range)
{
    const struct diagnostic *d = check->diagnostics->first;
    while (d != NULL && (d->code != code || d->source != source || d->range.start != range.start ||
                         d->range.end != range.end)) {
        d = d->next;
    }
    return d != NULL;
}

static void offer_name(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

static void offer_custom_name(void *context, struct slice name)
{
    if (sobject_is_custom_name(name)) {
        suggestion_offer(context, name);
    }
}

void check_report_unknown_object(struct check *check, const struct node *node, struct range range,
                                 struct slice object)
{
    struct sobject_catalog *catalog = check->template->project->catalog;
    bool custom = sobject_is_custom_name(object);
    struct slice key = arena_printf(check->arena, "object %.*s", SLICE_ARG(object));
    if (check_is_reported(check, key, node->source, range) ||
        sobject_catalog_has_broken(catalog, object)) {
        return;
    }
    if (custom || sobject_is_known_standard(object)) {
        struct diagnostic *d = diag_report(
            check->diagnostics, W0817, node->source, range,
            "the fields of `%.*s` are not checked, because dialogc has no description of it",
            SLICE_ARG(object));
        map_add(&check->unknown_names, key, d);
        diag_note(check->diagnostics, d, NULL, range,
                  "`dialogc sobject import` creates one from your organisation's describe result");
        const struct sobject *meant = sobject_find_any_case(catalog, object, check->arena);
        struct suggestion near = suggestion_new(object);
        if (custom) {
            sobject_catalog_offer(catalog, offer_custom_name, &near);
        }
        diag_suggest(check->diagnostics, d, meant != NULL ? meant->name : near.best);
        return;
    }
    struct suggestion s = suggestion_new(object);
    sobject_catalog_offer(catalog, offer_name, &s);
    struct diagnostic *d = diag_report(check->diagnostics, E0801, node->source, range,
                                       "Salesforce has no object `%.*s`", SLICE_ARG(object));
    map_add(&check->unknown_names, key, d);
    diag_suggest(check->diagnostics, d, s.best);
    if (s.best.length == 0) {
        diag_note(check->diagnostics, d, NULL, range,
                  "to add an object of your organisation, use `dialogc sobject import`");
    }
}

/* ---- fields ---- */

static struct slice missing_key(struct check *check, const struct sobject *object,
                                struct slice name)
{
    return arena_printf(check->arena, "%.*s.%.*s", SLICE_ARG(object->name), SLICE_ARG(name));
}

void check_report_unknown_field(struct check *check, const struct sobject *object,
                                const struct source *source, struct range range, struct slice name,
                                bool is_relationship)
{
    struct slice key = missing_key(check, object, name);
    if (check_is_reported(check, key, source, range) ||
        check_has_finding(check, E0816, source, range) || /* a field that is no relationship */
        (sobject_is_custom_name(name) &&
         sobject_catalog_has_broken(check->template->project->catalog, object->name))) {
        return;
    }
    struct suggestion s = suggestion_new(name);
    for (size_t i = 0; i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        suggestion_offer(&s, is_relationship ? field->relationship : field->name);
    }
    if (!object->is_complete && sobject_is_custom_name(name)) {
        struct diagnostic *d = diag_report(check->diagnostics, W0817, source, range,
                                           "the custom field `%.*s` of %.*s is not checked, "
                                           "because dialogc has no description of it",
                                           SLICE_ARG(name), SLICE_ARG(object->name));
        map_add(&check->unknown_names, key, d);
        diag_note(check->diagnostics, d, NULL, range,
                  "`dialogc sobject import` creates one from your organisation's describe result");
        diag_suggest(check->diagnostics, d, s.best);
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, E0802, source, range,
                                       "%.*s has no %s `%.*s`", SLICE_ARG(object->name),
                                       is_relationship ? "relationship" : "field", SLICE_ARG(name));
    map_add(&check->unknown_names, key, d);
    if (s.best.length > 0) {
        diag_suggest(check->diagnostics, d, s.best);
        return;
    }
    for (size_t i = 0; i < object->field_count; i++) { /* by the label: "Last Name" */
        if (slice_equal_ignoring_case(object->fields[i].label, name)) {
            diag_suggest(check->diagnostics, d, object->fields[i].name);
        }
    }
}

/* ---- fields of some organisations ---- */

void check_report_setting(struct check *check, const struct sobject *object,
                          const struct source *source, struct range range,
                          const struct sobject_field *field)
{
    struct slice key = missing_key(check, object, field->name);
    if (check_is_reported(check, key, source, range)) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0823, source, range,
                    "only organisations with %s have the field `%.*s` of %.*s", setting_of(field),
                    SLICE_ARG(field->name), SLICE_ARG(object->name));
    map_add(&check->unknown_names, key, d);
    diag_note(check->diagnostics, d, NULL, range,
              "with a description of your organisation's object, dialogc knows whether it has the "
              "field: `dialogc sobject import`");
}
