/* Credentials anywhere in the export: in names, texts, variables, settings, whatever holds them. */
#include "platform/bot/verify_rules.h"
#include "diag/secret.h"

/* The export is searched as it is written; what other rules have found is masked already. */
static void check_text(struct verify *v)
{
    const struct source *source = v->bot->source;
    struct secret_scan scan = secret_scan_credentials(source->bytes);
    struct secret found;
    while (!diagnostics_full(v->diagnostics) && secret_next_credential(&scan, &found)) {
        struct node place = {.range = {(uint32_t)found.start, (uint32_t)found.end}};
        if (!source_has_mask(source, place.range)) {
            verify_report_credential(v, &place, "export", SLICE(""));
        }
    }
}

/* `name:password@host`: here, the address has no scheme before it. */
static void check_host(struct verify *v, const struct node *component)
{
    const struct node *host = node_get(node_get(component, "endPoint"), "host");
    size_t at = node_is(host, NODE_STRING) ? slice_find(host->text, "@", 0) : SIZE_MAX;
    if (at != SIZE_MAX && slice_find(host->text, ":", 0) < at && !verify_is_reference(host->text) &&
        !source_has_mask(v->bot->source, host->range)) {
        verify_report_credential(v, host, "URL", SLICE(""));
    }
}

void verify_secrets(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    for (size_t i = 0; i < components->count; i++) {
        check_host(v, components->items[i]);
    }
    check_text(v);
}
