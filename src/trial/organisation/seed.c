/* The records that an organisation has from the start. */
#include "document/tree/build.h"
#include "salesforce/record_id.h"
#include "trial/organisation/parts.h"

static void report_seed(struct diagnostics *diagnostics, const struct node *place,
                        struct slice message)
{
    diag_report(diagnostics, E1203, place->source, place->range, "%.*s", SLICE_ARG(message));
}

static void seed_record(struct organisation *org, const struct sobject *object,
                        const struct node *given, struct diagnostics *diagnostics)
{
    struct node *fields = node_new_mapping(org->work);
    struct slice id = SLICE("");
    if (!node_is(given, NODE_MAPPING)) {
        report_seed(diagnostics, given, SLICE("a record must be a mapping of fields"));
        return;
    }
    for (size_t i = 0; i < given->count; i++) {
        struct slice name = given->members[i].key->text;
        const struct node *value = given->members[i].value;
        if (slice_is(name, "Id") && node_is(value, NODE_STRING)) {
            id = value->text;
            const char *mistake = record_id_mistake(id);
            if (mistake != NULL || store_find(org, id) != NULL) {
                report_seed(diagnostics, value,
                            mistake != NULL ? slice_of(mistake)
                                            : SLICE("another record already has this id"));
                return;
            }
            continue;
        }
        struct refusal refusal = rules_apply_field(org, object, name, value, fields, true, true);
        if (refusal.code != NULL) {
            report_seed(diagnostics, given->members[i].key, refusal.message);
        }
    }
    store_derive(org, store_add(org, object, id, fields), true);
}

bool organisation_seed(struct organisation *org, const struct node *records,
                       struct diagnostics *diagnostics)
{
    size_t errors = diagnostics->error_count;
    for (size_t i = 0; node_is(records, NODE_MAPPING) && i < records->count; i++) {
        const struct node *key = records->members[i].key;
        const struct sobject *object = sobject_find(org->catalog, key->text, org->work);
        if (object == NULL) {
            report_seed(diagnostics, key,
                        arena_printf(org->work, "unknown object `%.*s`", SLICE_ARG(key->text)));
            continue;
        }
        const struct node *list = records->members[i].value;
        for (size_t j = 0; j < node_length(list); j++) {
            seed_record(org, object, list->items[j], diagnostics);
        }
    }
    return diagnostics->error_count == errors;
}
