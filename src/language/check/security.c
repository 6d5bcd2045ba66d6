/*
 * Security: calls without authorization, answers that reach a request
 * unprepared, URLs without encryption, SOQL parameters inside quotes.
 */
#include <string.h>

#include "base/suggestion.h"
#include "diag/secret.h"
#include "language/check/families.h"
#include "language/model/platform_name.h"

/* ---- the integration ---- */

/* `Salesforce`, `saleforce`: any name is an integration, but hardly these. */
static bool has_near_integration(const struct template *template)
{
    const struct node *node = node_get(template->root, "integration");
    size_t distance;
    return node != NULL && !template->salesforce &&
           suggestion_is_near(node->text, SLICE("salesforce"), &distance);
}

static void check_integration(struct check *check)
{
    const struct node *node = node_get(check->template->root, "integration");
    if (!has_near_integration(check->template)) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, E0104, node->source, node->range,
                                       "`integration` cannot be `%.*s`", SLICE_ARG(node->text));
    diag_suggest(check->diagnostics, d, SLICE("salesforce"));
}

/* ---- authorization ---- */

/* `unprepared`: the platform puts answers in as they are. */
static void check_unprepared(struct check *check, const struct service *service)
{
    if (service->unprepared == NULL || service->references.first == NULL) {
        return;
    }
    struct diagnostic *d = diag_report(
        check->diagnostics, E0703, service->unprepared->source, service->unprepared->range,
        "users' answers would reach the request of `%.*s` unescaped", SLICE_ARG(service->name));
    diag_note(check->diagnostics, d, NULL, service->unprepared->range,
              "a quote or `&` in an answer would alter the request; remove this key and dialogc "
              "prepares the answers");
}

static void check_authorization(struct check *check, const struct service *service)
{
    const struct template *template = check->template;
    struct slice auth = service->auth.length > 0 ? service->auth : template->auth;
    if (service->node == NULL) {
        return;
    }
    bool salesforce = service->kind == SERVICE_SALESFORCE;
    if (service->kind == SERVICE_DATA_TABLE) {
        return; /* the platform's own */
    }
    const struct auth_profile *profile = auth_profiles_find(check->profiles, auth);
    bool is_open = slice_is(auth, "none") || (profile != NULL && profile->type == AUTH_NONE);
    if (auth.length == 0 || (salesforce && is_open)) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0702, service->key->source, service->key->range,
                        "the service `%.*s` has no authorization", SLICE_ARG(service->name));
        diag_note(check->diagnostics, d, NULL, service->key->range, "%s",
                  salesforce ? "Salesforce answers only signed-in callers; name an auth profile "
                               "with `auth`, here or for the whole template"
                             : "name an auth profile with `auth`; if the service needs none, write "
                               "`auth: none`");
    }
    if (salesforce && !template->salesforce && !has_near_integration(template) &&
        !check_is_reported(check, SLICE("integration: salesforce"), service->key->source,
                           service->key->range)) {
        struct diagnostic *d = diag_report(
            check->diagnostics, E0214, service->key->source, service->key->range,
            "`%.*s` is a Salesforce operation, but the template has no Salesforce integration",
            SLICE_ARG(service->name));
        diag_note(check->diagnostics, d, NULL, service->key->range,
                  "add `integration: salesforce` at the top of the template");
        check_note_unknown(check, SLICE("integration: salesforce"), d);
    }
}

/* ---- unprepared answers ---- */

/* A node of its own has no script before it that could prepare the request. */
static void check_bare(struct check *check, const struct step *step)
{
    const struct service *service = analysis_service(check->analysis, step);
    if (service == NULL || !step->call.bare || service->unprepared != NULL ||
        !analysis_needs_script(check->analysis, service)) {
        return;
    }
    struct diagnostic *d = diag_report(
        check->diagnostics, E0214, step->node->source, step->node->range,
        "`%.*s` needs a script that prepares its request, but `bare` leaves no room for one",
        SLICE_ARG(service->name));
    diag_note(check->diagnostics, d, NULL, step->node->range, "remove `bare`");
}

/* ---- sensitive answers ---- */

/* True for a variable that the profile has its secret from. */
static bool is_secret_of(const struct auth_profile *profile, struct slice name)
{
    for (unsigned i = 0; profile != NULL && i < AUTH_FIELD_COUNT; i++) {
        const struct reference *r = text_single(&profile->fields[i]);
        if (auth_field_info((enum auth_field)i)->value == AUTH_VALUE_SECRET && r != NULL &&
            r->count == 2 && slice_equal(r->segments[1], name)) {
            return true;
        }
    }
    return false;
}

/* By its name, or since a profile of the template has its secret from it. */
static bool is_credential(const struct check *check, struct slice name)
{
    const struct template *template = check->template;
    bool found = secret_is_telling(name) ||
                 is_secret_of(auth_profiles_find(check->profiles, template->auth), name);
    for (size_t i = 0; i < template->service_count; i++) {
        found = found ||
                is_secret_of(auth_profiles_find(check->profiles, template->services[i].auth), name);
    }
    return found;
}

/* `${env.API_KEY}`, which users have no business to read. */
static void check_shown_variable(struct check *check, const struct reference *r)
{
    struct slice name = r->count > 1 ? r->segments[1] : SLICE("");
    bool is_env = check_resolution(check, r)->kind == REFERENCE_ENV;
    if (!is_env || !is_credential(check, name)) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0709, r->source, r->range,
                    "the credential `env.%.*s` is shown to the user", SLICE_ARG(name));
    diag_note(check->diagnostics, d, NULL, r->range,
              "leave it out; an auth profile sends it with the calls");
}

/* The platform masks a sensitive answer in its logs; a message that repeats it is not masked. */
static void check_shown(struct check *check, const struct references *references)
{
    for (const struct reference *r = references->first; r != NULL; r = r->next) {
        const struct entity *entity = check_resolution(check, r)->entity;
        if (r->use == USE_TEXT) {
            check_shown_variable(check, r);
        }
        if (r->use != USE_TEXT || entity == NULL || !entity->sensitive) {
            continue;
        }
        struct diagnostic *d =
            diag_report(check->diagnostics, W0709, r->source, r->range,
                        "the sensitive answer `%.*s` is shown in full", SLICE_ARG(entity->name));
        diag_note(check->diagnostics, d, NULL, r->range,
                  "leave it out; the conversation's history keeps what the bot says");
    }
}

static void check_sensitive(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->message_count; i++) {
        check_shown(check, &template->messages[i].references);
    }
    for (size_t i = 0; i < template->entity_count; i++) {
        check_shown(check, &template->entities[i].references);
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        check_shown(check, &check->graph->nodes[i].step->references);
    }
}

void check_security(struct check *check)
{
    const struct template *template = check->template;
    check_integration(check);
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        check_authorization(check, service);
        check_unprepared(check, service);
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        check_bare(check, check->graph->nodes[i].step);
    }
    check_sensitive(check);
}
