/* Resolving names, and whether the value of a reference fits where it stands. */
#include "language/check/families.h"
#include "base/suggestion.h"
#include "language/operation/response.h"
#include "language/operation/reference_value.h"

/* Where what is found out about a reference goes. */
static struct resolution *resolution_at(struct check *check, const struct reference *reference)
{
    return &check->analysis->references[reference->index];
}

/* ---- unknown names ---- */

static void suggest(struct check *check, struct diagnostic *d, const struct suggestion *s)
{
    diag_suggest(check->diagnostics, d, s->best);
}

static void offer_entities(const struct template *template, struct suggestion *suggestion)
{
    for (size_t i = 0; i < template->entity_count; i++) {
        suggestion_offer(suggestion, template->entities[i].name);
    }
}

static void offer_services(const struct template *template, struct suggestion *suggestion)
{
    for (size_t i = 0; i < template->service_count; i++) {
        suggestion_offer(suggestion, template->services[i].name);
    }
}

/* Without a suggestion the known names are listed, when they are few enough to be read. */
static void note_entities(struct check *check, struct diagnostic *d, const struct suggestion *s,
                          struct range range)
{
    enum { MOST_NAMES = 12 };
    const struct template *template = check->template;
    if (s->best.length > 0 || template->entity_count == 0 || template->entity_count > MOST_NAMES) {
        return;
    }
    struct builder out = builder_new(check->arena);
    for (size_t i = 0; i < template->entity_count; i++) {
        builder_printf(&out, "%s`%.*s`", i > 0 ? ", " : "", SLICE_ARG(template->entities[i].name));
    }
    diag_note(check->diagnostics, d, NULL, range, "the entities are %.*s",
              SLICE_ARG(builder_slice(&out)));
}

/*
 * The entity that `${entities.name}`, `${context.entities.name}` or `${slots.name}` means, in words
 * of the platform or of other tools for what is `${name}` here: it, or the one that is nearly
 * called so; empty for other paths.
 */
static struct slice platform_entity(const struct check *check, const struct reference *reference)
{
    size_t at = slice_is(reference->segments[0], "context") ? 1 : 0;
    static const char *const words[] = {"entities", "entity", "slots", "slot",
                                        "inputs",   "input",  "vars",  "variables",
                                        "answers",  "form",   NULL};
    if (reference->count != at + 2 || !slice_is_any(reference->segments[at], words)) {
        return SLICE("");
    }
    struct slice name = reference->segments[at + 1];
    struct suggestion s = suggestion_new(name);
    offer_entities(check->template, &s);
    return template_entity(check->template, name) != NULL ? name : s.best;
}

/* True when a step or a script sets a variable of the conversation with this name. */
static bool is_set(const struct check *check, struct slice name)
{
    return map_get(&check->writes->variables, name) != NULL;
}

/* `${record.Name}`, `${items.Name}` in a list: what other tools call the record that is shown. */
static bool is_item_word(const struct check *check, struct slice head)
{
    static const char *const words[] = {"record", "records", "items", "element", "row",   "entry",
                                        "each",   "it",      "this",  "card",    "value", NULL};
    return check->message != NULL && message_records(check->message) != NULL &&
           slice_is_any(head, words);
}

static bool has_variable(const struct template *template, bool env, struct slice name)
{
    const struct project *project = template->project;
    return node_member(env ? template->env : template->content, name) != NULL ||
           node_member(env ? project->env : project->content, name) != NULL;
}

/* What `${hotline}` lacks: the first part of `${params.hotline}`; NULL: there is no such variable.
 */
static const char *kind_of_variable(const struct template *template, struct slice name)
{
    return node_member(template->project->parameters, name) != NULL ? "params"
           : has_variable(template, false, name)                    ? "content"
           : has_variable(template, true, name)                     ? "env"
                                                                    : NULL;
}

static void report_unknown_head(struct check *check, const struct reference *reference)
{
    static const char *const builtins[] = {"env",    "content",     "params", "user",
                                           "intent", "instanceUrl", "now",    "today"};
    struct slice head = reference->segments[0];
    check->unresolved = true;
    if (check_is_reported(check, head, reference->source, reference_segment_range(reference, 0))) {
        return;
    }
    struct diagnostic *d = diag_report(
        check->diagnostics, E0202, reference->source, reference_segment_range(reference, 0),
        "`%.*s` is neither an entity nor a service of this template", SLICE_ARG(head));
    check_note_unknown(check, head, d);
    struct slice entity = platform_entity(check, reference);
    if (entity.length > 0) {
        diag_note(check->diagnostics, d, NULL, reference->range,
                  "write an entity's value as `${%.*s}`", SLICE_ARG(entity));
        return;
    }
    if (slice_is(head, "now") || slice_is(head, "today")) {
        diag_note(check->diagnostics, d, NULL, reference->range,
                  "`${%.*s}` has no parts; write it with a format or an offset, such as "
                  "`${today + 1 day | date}`",
                  SLICE_ARG(head));
        return;
    }
    if (is_item_word(check, head)) {
        diag_suggest(check->diagnostics, d, SLICE("item"));
        return;
    }
    if (reference->count == 1 && (slice_is(head, "tomorrow") || slice_is(head, "yesterday"))) {
        diag_suggest(check->diagnostics, d,
                     slice_is(head, "tomorrow") ? SLICE("today + 1 day") : SLICE("today - 1 day"));
        return;
    }
    struct slice session = check_session_name(head);
    if (session.length > 0 || slice_is(head, "session")) {
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "context.session%s%.*s",
                                  session.length > 0 ? "." : "", SLICE_ARG(session)));
        return;
    }
    if (is_set(check, head)) {
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "context.%.*s", SLICE_ARG(head)));
        return;
    }
    const char *variables = kind_of_variable(check->template, head);
    if (variables != NULL) {
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "%s.%.*s", variables, SLICE_ARG(head)));
        return;
    }
    struct suggestion s = suggestion_new(head);
    offer_entities(check->template, &s);
    offer_services(check->template, &s);
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        suggestion_offer(&s, slice_of(builtins[i]));
    }
    suggest(check, d, &s);
    if (reference->is_alternative && reference->count == 1) {
        diag_note(check->diagnostics, d, NULL, reference->range,
                  "a text is in quotes: write `?? '%.*s'`", SLICE_ARG(head));
        return;
    }
    note_entities(check, d, &s, reference_segment_range(reference, 0));
}

/* ---- variables ---- */

static void offer_keys(struct suggestion *suggestion, const struct node *mapping)
{
    for (size_t i = 0; mapping != NULL && i < mapping->count; i++) {
        suggestion_offer(suggestion, mapping->members[i].key->text);
    }
}

static void resolve_variable(struct check *check, const struct reference *reference,
                             enum reference_kind kind)
{
    bool env = kind == REFERENCE_ENV;
    const struct template *template = check->template;
    const struct node *own = env ? template->env : template->content;
    const struct node *shared = env ? template->project->env : template->project->content;
    resolution_at(check, reference)->kind = kind;
    struct slice name = reference->count > 1 ? reference->segments[1] : SLICE("");
    if (reference->count == 2 && has_variable(template, env, name)) {
        return;
    }
    const char *section = env ? "env" : "content";
    struct diagnostic *d = diag_report(
        check->diagnostics, E0206, reference->source,
        reference_segment_range(reference, reference->count > 1), "unknown %s variable `%.*s`",
        env ? "environment" : "content", SLICE_ARG(reference_path(check->arena, reference, 1)));
    struct suggestion s = suggestion_new(name);
    offer_keys(&s, own);
    offer_keys(&s, shared);
    suggest(check, d, &s);
    diag_note(check->diagnostics, d, NULL, reference->range,
              "declare it under `variables: {%s: …}`, here or in the project file", section);
}

/* ---- entities and services ---- */

static void resolve_entity(struct check *check, const struct reference *reference,
                           const struct entity *entity)
{
    *resolution_at(check, reference) =
        (struct resolution){.kind = REFERENCE_ENTITY, .entity = entity};
    check->analysis->entities[entity->index].used = true;
    bool has_parts = entity->type->value == VALUE_OBJECT || entity->type->value == VALUE_ANY;
    if (reference->count > 1 && !has_parts && !entity->multiple) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0208, reference->source, reference->range,
                        "`%.*s` is %s, so it has no part `%.*s`", SLICE_ARG(entity->name),
                        value_kind_name(entity->type->value),
                        SLICE_ARG(reference_path(check->arena, reference, 1)));
        diag_note(check->diagnostics, d, NULL, reference->range, "write the value as `${%.*s}`",
                  SLICE_ARG(entity->name));
    }
}

/* `${service.id}` for `${service.body.id}` */
static bool is_in_body(struct check *check, const struct reference *reference,
                       const struct service *service)
{
    if (reference->count < 2) {
        return false;
    }
    struct slice path[] = {service->name, SLICE("body"), reference->segments[1]};
    struct reference probe = *reference;
    probe.segments = path;
    probe.count = sizeof path / sizeof path[0];
    enum value_kind kind;
    size_t segment;
    return response_look_up(check->arena, service, &probe, RESPONSE_OF_ANY, &kind, &segment, NULL,
                            NULL) == RESPONSE_FOUND;
}

static void resolve_service(struct check *check, const struct reference *reference,
                            const struct service *service)
{
    static const struct {
        const char *name;
        enum reference_kind kind;
    } parts[] = {
        {"body", REFERENCE_BODY}, {"status", REFERENCE_STATUS}, {"error", REFERENCE_ERROR}};
    struct slice part = reference->count > 1 ? reference->segments[1] : SLICE("");
    struct suggestion s = suggestion_new(part);
    enum reference_kind kind = REFERENCE_UNKNOWN;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        suggestion_offer(&s, slice_of(parts[i].name));
        if (slice_is(part, parts[i].name)) {
            kind = parts[i].kind;
        }
    }
    bool too_long = kind != REFERENCE_BODY && reference->count > 2;
    if (kind == REFERENCE_UNKNOWN || too_long) {
        struct diagnostic *d = diag_report(check->diagnostics, E0203, reference->source,
                                           reference_segment_range(reference, reference->count > 1),
                                           "the service `%.*s` has `body`, `status` and `error`",
                                           SLICE_ARG(service->name));
        bool in_body = kind == REFERENCE_UNKNOWN && s.best.length == 0 &&
                       is_in_body(check, reference, service);
        if (in_body) {
            s.best = arena_printf(check->arena, "body.%.*s", SLICE_ARG(part));
        }
        if (slice_is(part, "response") && reference->count > 2) { /* the platform's path */
            diag_suggest(check->diagnostics, d, reference_path(check->arena, reference, 2));
        } else if (!too_long || in_body) {
            suggest(check, d, &s);
        }
        return;
    }
    *resolution_at(check, reference) = (struct resolution){.kind = kind, .service = service};
}

/* A Salesforce operation says already that the template lacks `integration: salesforce`. */
static bool integration_is_missed(const struct template *template)
{
    for (size_t i = 0; i < template->service_count && !template->salesforce; i++) {
        const struct service *service = &template->services[i];
        if (service->node != NULL && service->kind == SERVICE_SALESFORCE) {
            return true;
        }
    }
    return false;
}

static void resolve_instance(struct check *check, const struct reference *reference)
{
    const struct service *service = template_userinfo_service(check->template);
    if (service != NULL && reference->count == 1) {
        *resolution_at(check, reference) =
            (struct resolution){.kind = REFERENCE_INSTANCE, .service = service};
        return;
    }
    if (integration_is_missed(check->template)) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, E0214, reference->source,
                                       reference->range, "`instanceUrl` has no value here");
    diag_note(check->diagnostics, d, NULL, reference->range, "%s",
              check->template->salesforce
                  ? "outside messages, it needs a service `salesforce: {userinfo: true}`"
                  : "it needs `integration: salesforce`");
}

/* The context has values of the dialog, too: an author is told their short names. */
static bool is_context_path(const struct check *check, const struct reference *reference)
{
    return reference->count > 1 &&
           (check->template->imported != NULL || !slice_is(reference->segments[1], "entities"));
}

static void resolve(struct check *check, const struct reference *reference)
{
    if (diagnostics_failed(check->diagnostics)) {
        return;
    }
    struct slice head = reference->segments[0];
    const struct entity *entity = template_entity(check->template, head);
    const struct service *service = template_service(check->template, head);
    if (entity != NULL) {
        resolve_entity(check, reference, entity);
    } else if (service != NULL) {
        resolve_service(check, reference, service);
    } else if (slice_is(head, "env")) {
        resolve_variable(check, reference, REFERENCE_ENV);
    } else if (slice_is(head, "content")) {
        resolve_variable(check, reference, REFERENCE_CONTENT);
    } else if (slice_is(head, "user")) {
        resolution_at(check, reference)->kind = REFERENCE_USER;
    } else if (slice_is(head, "context") && is_context_path(check, reference)) {
        resolution_at(check, reference)->kind = REFERENCE_CONTEXT;
    } else if (slice_is(head, "intent") && reference->count == 1) {
        resolution_at(check, reference)->kind = REFERENCE_INTENT;
    } else if (slice_is(head, "now") && reference->count == 1) {
        resolution_at(check, reference)->kind = REFERENCE_NOW;
    } else if (slice_is(head, "today") && reference->count == 1) {
        resolution_at(check, reference)->kind = REFERENCE_TODAY;
    } else if (slice_is(head, "instanceUrl")) {
        resolve_instance(check, reference);
    } else if (slice_is(head, "item")) {
        resolution_at(check, reference)->kind =
            REFERENCE_ITEM; /* check_items says whether there is a list */
    } else {
        report_unknown_head(check, reference);
    }
}

/* ---- items of lists and tables ---- */

static void refuse_item(struct check *check, const struct reference *reference)
{
    if (check_resolution(check, reference)->kind == REFERENCE_ITEM) {
        struct diagnostic *d = diag_report(check->diagnostics, E0214, reference->source,
                                           reference->range, "`item` has no value here");
        diag_note(check->diagnostics, d, NULL, reference->range,
                  "`item` is one record of a list or table with `each`");
    }
}

static void check_items(struct check *check)
{
    for (size_t i = 0; i < check->template->message_count; i++) {
        const struct message *message = &check->template->messages[i];
        const struct shown_records *records = message_records(message);
        const struct node *each = records != NULL ? records->each.node : NULL;
        for (const struct reference *r = message->references.first; r != NULL && each == NULL;
             r = r->next) {
            refuse_item(check, r);
        }
        if (each != NULL && text_single(&records->each) == NULL) {
            struct diagnostic *d = diag_report(check->diagnostics, E0208, each->source, each->range,
                                               "`each` must be a single reference to a list");
            diag_note(check->diagnostics, d, NULL, each->range,
                      "write it in braces: `each: ${service.body.records}`");
        }
    }
}

static void refuse_items_elsewhere(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->service_count; i++) {
        for (const struct reference *r = template->services[i].references.first; r != NULL;
             r = r->next) {
            refuse_item(check, r);
        }
    }
    for (size_t i = 0; i < template->entity_count; i++) {
        for (const struct reference *r = template->entities[i].references.first; r != NULL;
             r = r->next) {
            refuse_item(check, r);
        }
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct references *list = &check->graph->nodes[i].step->references;
        for (const struct reference *r = list->first; r != NULL; r = r->next) {
            refuse_item(check, r);
        }
    }
}

/* ---- types ---- */

static const char *use_name(enum reference_use use)
{
    switch (use) {
    case USE_URL_PART:
    case USE_LINK:
        return "a URL";
    case USE_SEARCH:
        return "a search term";
    case USE_QUERY:
        return "a query";
    case USE_HEADER:
        return "a header";
    case USE_TEXT:
        return "text";
    case USE_BODY:
    case USE_CONDITION:
    case USE_EXISTENCE:
    case USE_LIST:
    case USE_SECRET:
        break;
    }
    return "this place";
}

/* What a reference stands for; that of `item` is a part of the list's first record. */
static enum value_kind kind_used(struct check *check, const struct reference *reference)
{
    struct reference place;
    if (check->message == NULL || check_resolution(check, reference)->kind != REFERENCE_ITEM ||
        !reference_is_plain(reference) ||
        !check_item_place(check, check->message, reference, &place)) {
        return reference_value(check->analysis, reference);
    }
    place.index = text_single(&message_records(check->message)->each)->index;
    return reference_value(check->analysis, &place);
}

static void check_use(struct check *check, const struct reference *reference)
{
    enum value_kind kind = kind_used(check, reference);
    bool in_list = reference->use == USE_QUERY; /* behind IN: see queries.c */
    bool compound = kind == VALUE_OBJECT || (kind == VALUE_LIST && !in_list);
    struct slice name = reference_name(check->arena, reference);
    switch (reference->use) {
    case USE_LIST:
        if (kind != VALUE_LIST && kind != VALUE_ANY) {
            struct diagnostic *d = diag_report(
                check->diagnostics, E0208, reference->source, reference->range,
                "expected a list here, but `%.*s` is %s", SLICE_ARG(name), value_kind_name(kind));
            check_suggest_list(check, d, reference);
        }
        break;
    case USE_TEXT:
        compound = compound && check_resolution(check, reference)->kind != REFERENCE_ENTITY;
        /* fall through */
    case USE_URL_PART:
    case USE_LINK:
    case USE_SEARCH:
    case USE_QUERY:
    case USE_HEADER:
        if (compound) {
            struct diagnostic *d =
                diag_report(check->diagnostics, E0208, reference->source, reference->range,
                            "`%.*s` is %s and cannot be used in %s", SLICE_ARG(name),
                            value_kind_name(kind), use_name(reference->use));
            diag_note(check->diagnostics, d, NULL, reference->range,
                      kind == VALUE_LIST ? "name one of its items, such as `[0]`"
                                         : "name one of its parts, after a dot");
        }
        break;
    case USE_BODY:
    case USE_CONDITION:
    case USE_EXISTENCE:
    case USE_SECRET:
        break;
    }
}

/* ---- steps ---- */

/* `found` of `${found}`: the steps take names, not references. Empty: there are no braces. */
static struct slice without_braces(struct slice name)
{
    bool has = slice_starts_with(name, "${") && slice_ends_with(name, "}");
    return has ? slice_part(name, 2, name.length - 1) : SLICE("");
}

/* The step that takes a thing of this name: `call` of a service; NULL: nothing has the name. */
static const char *step_of_name(const struct template *template, struct slice name)
{
    return template_service(template, name) != NULL   ? "call"
           : template_message(template, name) != NULL ? "say"
           : template_script(template, name) != NULL  ? "run"
           : template_entity(template, name) != NULL  ? "ask"
                                                      : NULL;
}

static void report_unknown(struct check *check, enum code code, const char *what,
                           const struct step *step, const struct suggestion *suggestion)
{
    check->unresolved = true;
    if (step->kind == STEP_ASK &&
        check_is_reported(check, step->target, step->node->source, step->node->range)) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, code, step->node->source, step->node->range,
                    "unknown %s `%.*s`", what, SLICE_ARG(step->target));
    if (slice_find(step->target, " ", 0) != SIZE_MAX) {
        diag_note(check->diagnostics, d, NULL, step->node->range,
                  step->kind == STEP_SAY
                      ? "`say` takes the name of a message; write its text under `messages`"
                  : step->kind == STEP_RUN
                      ? "`run` takes the name of a script; write the script under `scripts`"
                  : slice_find(step->target, ",", 0) != SIZE_MAX
                      ? "write several names as a list: `[name, city]`"
                      : "names have no spaces; separate the names of a list with commas");
        return;
    }
    struct slice bare = without_braces(step->target);
    struct suggestion s = *suggestion;
    s.best = bare.length > 0 ? bare : s.best;
    suggest(check, d, &s);
    if (step->kind == STEP_ASK) {
        note_entities(check, d, &s, step->node->range);
    }
    const char *other = step_of_name(check->template, step->target);
    if (s.best.length == 0 && other != NULL) {
        diag_note(check->diagnostics, d, NULL, step->node->range, "write `%s: %.*s`", other,
                  SLICE_ARG(step->target));
    }
}

static void offer_scripts(const struct template *template, struct suggestion *suggestion)
{
    for (size_t i = 0; i < template->script_count; i++) {
        suggestion_offer(suggestion, template->scripts[i].name);
    }
}

/* The scripts and services of a bot action that the author has put together. */
static void resolve_action(struct check *check, const struct step *step)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < step->action.member_count; i++) {
        const struct action_member *member = &step->action.members[i];
        struct step part = {
            .kind = STEP_ACTION, .node = member->node, .target = member->node->text};
        struct suggestion s = suggestion_new(part.target);
        if (strcmp(member->key, "call") == 0) {
            const struct service *service = template_member_service(template, member);
            if (service == NULL) {
                offer_services(template, &s);
                report_unknown(check, E0203, "service", &part, &s);
            } else {
                check->analysis->services[service->index].called = true;
            }
        } else if (strcmp(member->key, "run") == 0) {
            const struct script *script = template_member_script(template, member);
            if (script == NULL) {
                offer_scripts(template, &s);
                report_unknown(check, E0212, "script", &part, &s);
            } else {
                check->analysis->scripts_run[script->index] = true;
            }
        }
    }
}

static const struct entity *resolve_ask(struct check *check, const struct step *step)
{
    const struct entity *entity = template_entity(check->template, step->target);
    if (entity == NULL) {
        struct suggestion s = suggestion_new(step->target);
        offer_entities(check->template, &s);
        report_unknown(check, E0202, "entity", step, &s);
    } else {
        check->analysis->entities[entity->index].asked = true;
    }
    return entity;
}

static const struct service *resolve_call(struct check *check, const struct step *step)
{
    const struct service *service = template_service(check->template, step->target);
    if (service == NULL) {
        struct suggestion s = suggestion_new(step->target);
        offer_services(check->template, &s);
        report_unknown(check, E0203, "service", step, &s);
    } else {
        check->analysis->services[service->index].called = true;
    }
    return service;
}

static const struct message *resolve_say(struct check *check, const struct step *step)
{
    const struct template *template = check->template;
    const struct message *message = template_message(template, step->target);
    if (message == NULL) {
        struct suggestion s = suggestion_new(step->target);
        for (size_t i = 0; i < template->message_count; i++) {
            suggestion_offer(&s, template->messages[i].name);
        }
        report_unknown(check, E0204, "message", step, &s);
    } else {
        check->analysis->messages_said[message->index] = true;
        size_t count = message->kind == MESSAGE_CHOICE ? message->choice.count : 0;
        for (size_t i = 0; i < count; i++) {
            check->analysis->messages_said[message->choice.items[i].message->index] = true;
        }
    }
    return message;
}

static const struct script *resolve_run(struct check *check, const struct step *step)
{
    const struct script *script = template_script(check->template, step->target);
    if (script == NULL) {
        struct suggestion s = suggestion_new(step->target);
        offer_scripts(check->template, &s);
        report_unknown(check, E0212, "script", step, &s);
    } else {
        check->analysis->scripts_run[script->index] = true;
    }
    return script;
}

/* Entities that are set have a value without being asked. */
static void resolve_set(struct check *check, const struct step *step)
{
    for (size_t i = 0; i < step->set.values.count; i++) {
        const struct entity *entity =
            template_entity(check->template, step->set.values.items[i].key->text);
        if (entity != NULL) {
            check->analysis->entities[entity->index].asked = true;
        }
    }
}

static const struct form *resolve_form(struct check *check, const struct step *step)
{
    const struct template *template = check->template;
    const struct form *form = template_form(template, step->target);
    if (form == NULL) {
        struct suggestion s = suggestion_new(step->target);
        for (size_t i = 0; i < template->form_count; i++) {
            suggestion_offer(&s, template->forms[i].name);
        }
        report_unknown(check, E0202, "form", step, &s);
    }
    return form;
}

static void resolve_step(struct check *check, const struct step *step)
{
    const void **target = &check->analysis->targets[step->index];
    if (diagnostics_failed(check->diagnostics)) {
        return;
    }
    switch (step->kind) {
    case STEP_ASK:
        *target = resolve_ask(check, step);
        break;
    case STEP_CALL:
        *target = resolve_call(check, step);
        break;
    case STEP_SAY:
        *target = resolve_say(check, step);
        break;
    case STEP_RUN:
        *target = resolve_run(check, step);
        break;
    case STEP_FORM:
        *target = resolve_form(check, step);
        break;
    case STEP_SET:
        resolve_set(check, step);
        break;
    case STEP_ACTION:
        resolve_action(check, step);
        break;
    case STEP_CONFIRM:
    case STEP_CHOOSE:
    case STEP_GOTO:
    case STEP_DIALOG:
    case STEP_TRANSFER:
    case STEP_END:
        break; /* they name no part of the template */
    }
}

static void check_marks(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->intent.utterances.count; i++) {
        const struct sentence *sentence = &template->intent.utterances.items[i];
        for (const struct mark *mark = sentence->marks; mark != NULL; mark = mark->next) {
            if (sentence->borrowed || template_entity(template, mark->name) != NULL) {
                continue;
            }
            check->unresolved = true;
            struct suggestion s = suggestion_new(mark->name);
            offer_entities(template, &s);
            struct diagnostic *d =
                diag_report(check->diagnostics, E0202, sentence->node->source, mark->range,
                            "unknown entity `%.*s`", SLICE_ARG(mark->name));
            suggest(check, d, &s);
            note_entities(check, d, &s, mark->range);
        }
    }
}

static void check_profile_name(struct check *check, const struct node *node, struct slice id)
{
    if (node == NULL || slice_is(id, "none") || auth_profiles_find(check->profiles, id) != NULL ||
        auth_profiles_has_broken(check->profiles, id)) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, E0207, node->source, node->range,
                                       "unknown auth profile `%.*s`", SLICE_ARG(id));
    struct suggestion s = suggestion_new(id);
    for (size_t i = 0; i < check->profiles->count; i++) {
        suggestion_offer(&s, check->profiles->items[i]->id);
    }
    static const char *const no[] = {"no", "false", "off", "open", "public", "anonymous", NULL};
    s.best = slice_is_any(id, no) ? SLICE("none") : s.best;
    suggest(check, d, &s);
    if (s.best.length == 0) {
        diag_note(check->diagnostics, d, NULL, node->range,
                  "put profiles in the project's `auth` folder, or name their files with --auth");
    }
}

void check_references(struct check *check)
{
    const struct template *template = check->template;
    check_each_reference(check, resolve);
    check_items(check);
    refuse_items_elsewhere(check);
    for (size_t i = 0; i < check->graph->count; i++) {
        resolve_step(check, check->graph->nodes[i].step);
    }
    check_marks(check);
    check_each_reference(check, check_use);
    check_comparisons(check);
    check_cases(check);
    check_profile_name(check, template->auth_node, template->auth);
    for (size_t i = 0; i < template->service_count; i++) {
        check_profile_name(check, template->services[i].auth_node, template->services[i].auth);
    }
}
