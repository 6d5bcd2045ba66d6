/*
 * Security: credentials in the text, calls without authorization, answers that reach a request
 * unprepared, URLs without encryption, SOQL parameters inside quotes.
 */
#include "language/check/families.h"
#include "diag/secret.h"
#include "language/model/platform_name.h"

/* ---- literal credentials ---- */

static bool is_reference_only(struct slice value)
{
    value = slice_trim(value);
    size_t reference = slice_find(value, "${", 0);
    size_t platform = slice_find(value, "{{", 0);
    return reference != SIZE_MAX || platform != SIZE_MAX;
}

void check_report_secret(struct check *check, const struct node *node, struct slice key)
{
    source_mask(check->arena, node->source, node->range);
    struct diagnostic *d = key.length > 0
                               ? diag_report(check->diagnostics, E0701, node->source, node->range,
                                             "`%.*s` contains a literal credential", SLICE_ARG(key))
                               : diag_report(check->diagnostics, E0701, node->source, node->range,
                                             "this looks like a literal credential");
    diag_note(check->diagnostics, d, NULL, node->range,
              "templates are committed and shared; use an auth profile, or an environment "
              "variable: `${env.NAME}`");
}

static void look_for_secrets(struct check *check, const struct node *node, struct slice key)
{
    if (check->template != NULL && node->source != check->template->source) {
        return; /* of a fragment: looked at when it was loaded */
    }
    switch (node->kind) {
    case NODE_STRING: {
        bool named = secret_is_named(key) && node->text.length > 0;
        if ((named && !is_reference_only(node->text)) || secret_is_likely(node->text)) {
            check_report_secret(check, node, named ? key : SLICE(""));
        }
        break;
    }
    case NODE_SEQUENCE:
        for (size_t i = 0; i < node->count; i++) {
            look_for_secrets(check, node->items[i], SLICE(""));
        }
        break;
    case NODE_MAPPING:
        for (size_t i = 0; i < node->count; i++) {
            look_for_secrets(check, node->members[i].value, node->members[i].key->text);
        }
        break;
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_INTEGER:
    case NODE_FLOAT:
        break;
    }
}

/* Scripts: a long string that looks like a token, between quotes. */
static void look_in_script(struct check *check, const struct node *node)
{
    struct slice text = node->text;
    if (check->template != NULL && node->source != check->template->source) {
        return;
    }
    for (size_t i = 0; i < text.length; i++) {
        char quote = text.data[i];
        if (quote != '\'' && quote != '"') {
            continue;
        }
        size_t end = i + 1;
        while (end < text.length && text.data[end] != quote && text.data[end] != '\n') {
            end++;
        }
        struct slice inside = slice_part(text, i + 1, end);
        if (secret_is_likely(inside)) {
            struct node part = *node;
            part.range = passage_range(node, inside);
            check_report_secret(check, &part, SLICE(""));
        }
        i = end;
    }
}

static void check_secrets(struct check *check)
{
    const struct template *template = check->template;
    static const char *const parts[] = {"services", "messages", "flow", "entities", "variables"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct node *node = node_get(template->root, parts[i]);
        bool names_count = strcmp(parts[i], "services") == 0;
        if (node != NULL && names_count) {
            look_for_secrets(check, node, SLICE(""));
        } else if (node != NULL) {
            /* names of entities and messages are the author's own: only values count */
            for (size_t j = 0; j < node->count && node->kind == NODE_MAPPING; j++) {
                look_for_secrets(check, node->members[j].value, SLICE(""));
            }
        }
    }
    for (size_t i = 0; i < template->script_count; i++) {
        look_in_script(check, template->scripts[i].node);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        if (template->messages[i].kind == MESSAGE_SCRIPT) {
            look_in_script(check, template->messages[i].script.node);
        }
    }
}

void check_fragment_secrets(const struct node *root, struct diagnostics *diagnostics)
{
    struct check check = {.arena = diagnostics->arena, .diagnostics = diagnostics};
    const struct node *scripts = node_get(root, "scripts");
    look_for_secrets(&check, root, SLICE(""));
    for (size_t i = 0; node_is(scripts, NODE_MAPPING) && i < scripts->count; i++) {
        look_in_script(&check, scripts->members[i].value);
    }
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
    if (auth.length == 0 || (salesforce && slice_is(auth, "none"))) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0702, service->key->source, service->key->range,
                        "the service `%.*s` has no authorization", SLICE_ARG(service->name));
        diag_note(check->diagnostics, d, NULL, service->key->range, "%s",
                  salesforce ? "Salesforce answers only signed-in callers; name an auth profile "
                               "with `auth`, here or for the whole template"
                             : "name an auth profile with `auth`; if the service needs none, write "
                               "`auth: none`");
    }
    if (salesforce && !template->salesforce) {
        struct diagnostic *d = diag_report(
            check->diagnostics, E0214, service->key->source, service->key->range,
            "`%.*s` is a Salesforce operation, but the template has no Salesforce integration",
            SLICE_ARG(service->name));
        diag_note(check->diagnostics, d, NULL, service->key->range,
                  "add `integration: salesforce` at the top of the template");
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

void check_security(struct check *check)
{
    const struct template *template = check->template;
    check_secrets(check);
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        check_authorization(check, service);
        check_unprepared(check, service);
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        check_bare(check, check->graph->nodes[i].step);
    }
}
