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
    enum { MOST_NAMES = 8 };
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
 * The entity that `${entities.name}` or `${context.entities.name}` means, in the platform's words
 * for what is `${name}` here: it, or the one that is nearly called so; empty for other paths.
 */
static struct slice platform_entity(const struct check *check, const struct reference *reference)
{
    size_t at = slice_is(reference->segments[0], "context") ? 1 : 0;
    if (reference->count != at + 2 || !slice_is(reference->segments[at], "entities")) {
        return SLICE("");
    }
    struct slice name = reference->segments[at + 1];
    struct suggestion s = suggestion_new(name);
    offer_entities(check->template, &s);
    return template_entity(check->template, name) != NULL ? name : s.best;
}

/* True when a step sets a variable of the conversation with this name. */
static bool is_set(const struct check *check, struct slice name)
{
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        for (size_t j = 0; step->kind == STEP_SET && j < step->set.values.count; j++) {
            if (slice_equal(step->set.values.items[j].key->text, name)) {
                return true;
            }
        }
    }
    return false;
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
    if (is_set(check, head)) {
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "context.%.*s", SLICE_ARG(head)));
        return;
    }
    struct suggestion s = suggestion_new(head);
    offer_entities(check->template, &s);
    offer_services(check->template, &s);
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        suggestion_offer(&s, slice_of(builtins[i]));
    }
    suggest(check, d, &s);
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
    if (reference->count == 2 &&
        (node_member(own, name) != NULL || node_member(shared, name) != NULL)) {
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
        diag_report(check->diagnostics, E0208, reference->source, reference->range,
                    "`%.*s` is %s, so it has no part `%.*s`", SLICE_ARG(entity->name),
                    value_kind_name(entity->type->value),
                    SLICE_ARG(reference_path(check->arena, reference, 1)));
    }
}

static void offer_to(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

enum { MOST_LISTED = 12 };

struct name_list {
    struct builder out;
    size_t count;
    struct slice last;
};

static void list_name(void *context, struct slice name)
{
    struct name_list *list = context;
    if (slice_equal(name, list->last)) {
        return;
    }
    if (list->count < MOST_LISTED) {
        builder_printf(&list->out, "%s`%.*s`", list->count > 0 ? ", " : "", SLICE_ARG(name));
    }
    list->count++;
    list->last = name;
}

/*
 * Checks `probe`, whose segments from 2 on lead into the service's answer. Its segments from `own`
 * on are those of `reference`, from 1 on.
 */
static void check_answer_path(struct check *check, const struct reference *reference,
                              const struct reference *probe, size_t own,
                              const struct service *service)
{
    enum value_kind kind;
    size_t segment;
    enum response_ends ends = check_response_ends(check, service);
    enum response_fact fact =
        response_look_up(check->arena, service, probe, ends, &kind, &segment, NULL, NULL);
    if (fact == RESPONSE_EMPTY) {
        diag_report(check->diagnostics, E0210, reference->source, reference->range,
                    "the response of `%.*s` has no body", SLICE_ARG(service->name));
        return;
    }
    if (fact != RESPONSE_NOT_FOUND) {
        return;
    }
    struct slice missing = segment < probe->count ? probe->segments[segment] : SLICE("");
    bool pointed = segment >= own && segment - own + 1 < reference->count;
    struct range place =
        pointed ? reference_segment_range(reference, segment - own + 1) : reference->range;
    struct diagnostic *d = diag_report(
        check->diagnostics, E0210, reference->source, place, "the response of `%.*s` has no `%.*s`",
        SLICE_ARG(service->name), SLICE_ARG(reference_path(check->arena, probe, 2)));
    struct suggestion s = suggestion_new(missing);
    response_look_up(check->arena, service, probe, ends, &kind, &segment, offer_to, &s);
    suggest(check, d, &s);
    if (s.best.length == 0) {
        struct name_list list = {.out = builder_new(check->arena)};
        response_look_up(check->arena, service, probe, ends, &kind, &segment, list_name, &list);
        if (list.count > 0 && list.count <= MOST_LISTED) {
            diag_note(check->diagnostics, d, NULL, reference->range, "it has %.*s",
                      SLICE_ARG(builder_slice(&list.out)));
        }
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

/* Of a request, only a sample says what the answer is. An imported one comes without. */
static void check_sample(struct check *check, const struct reference *reference,
                         const struct service *service)
{
    struct slice key = arena_printf(check->arena, "samples of %.*s", SLICE_ARG(service->name));
    if (service->kind != SERVICE_REQUEST || service->samples != NULL ||
        check->template->imported != NULL ||
        check_is_reported(check, key, reference->source, reference->range)) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0223, reference->source, reference->range,
                    "`%.*s` has no sample of its response, so this cannot be checked",
                    SLICE_ARG(service->name));
    diag_note(check->diagnostics, d, service->key->source, service->key->range,
              "add one here: `samples: [{status: 200, body: {…}}]`; conversations are tested with "
              "it, too");
    check_note_unknown(check, key, d);
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
        if (!too_long && s.best.length == 0 && is_in_body(check, reference, service)) {
            s.best = arena_printf(check->arena, "body.%.*s", SLICE_ARG(part));
        }
        if (slice_is(part, "response") && reference->count > 2) { /* the platform's path */
            diag_suggest(check->diagnostics, d, reference_path(check->arena, reference, 2));
        } else if (!too_long) {
            suggest(check, d, &s);
        }
        return;
    }
    *resolution_at(check, reference) = (struct resolution){.kind = kind, .service = service};
    if (kind == REFERENCE_BODY) {
        check_sample(check, reference, service);
        check_answer_path(check, reference, reference, 1, service);
    }
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

bool check_item_place(struct check *check, const struct message *message,
                      const struct reference *item, struct reference *place)
{
    const struct shown_records *records = message_records(message);
    const struct reference *list = records != NULL ? text_single(&records->each) : NULL;
    if (list == NULL) {
        return false;
    }
    enum value_kind kind = reference_value(check->analysis, list);
    if (check_resolution(check, list)->kind != REFERENCE_BODY ||
        (kind != VALUE_LIST && kind != VALUE_ANY)) {
        return false;
    }
    size_t count = list->count + item->count;
    struct slice *segments = arena_alloc_array(check->arena, count, sizeof *segments);
    memcpy(segments, list->segments, list->count * sizeof *segments);
    segments[list->count] = SLICE("0");
    for (size_t i = 1; i < item->count; i++) {
        segments[list->count + i] = item->segments[i];
    }
    *place = *list;
    place->segments = segments;
    place->count = count;
    return true;
}

static void check_item(struct check *check, const struct message *message,
                       const struct reference *item)
{
    const struct shown_records *records = message_records(message);
    const struct reference *list = records != NULL ? text_single(&records->each) : NULL;
    struct reference probe;
    if (list == NULL) {
        struct diagnostic *d = diag_report(check->diagnostics, E0214, item->source, item->range,
                                           "`item` has no value here");
        diag_note(check->diagnostics, d, NULL, item->range,
                  "`item` is one record of a list or table with `each`");
        return;
    }
    if (check_item_place(check, message, item, &probe)) {
        check_answer_path(check, item, &probe, list->count + 1,
                          check_resolution(check, list)->service);
    }
}

static void check_items(struct check *check)
{
    for (size_t i = 0; i < check->template->message_count; i++) {
        const struct message *message = &check->template->messages[i];
        for (const struct reference *r = message->references.first; r != NULL; r = r->next) {
            if (check_resolution(check, r)->kind == REFERENCE_ITEM) {
                check->message = message;
                check_item(check, message, r);
                check->message = NULL;
            }
        }
        const struct shown_records *records = message_records(message);
        const struct node *each = records != NULL ? records->each.node : NULL;
        if (each != NULL && text_single(&records->each) == NULL) {
            diag_report(check->diagnostics, E0208, each->source, each->range,
                        "`each` must be a single reference to a list");
        }
    }
}

static void refuse_item(struct check *check, const struct reference *reference)
{
    if (check_resolution(check, reference)->kind == REFERENCE_ITEM) {
        struct diagnostic *d = diag_report(check->diagnostics, E0214, reference->source,
                                           reference->range, "`item` has no value here");
        diag_note(check->diagnostics, d, NULL, reference->range,
                  "`item` is one record of a list or table with `each`");
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

static void check_use(struct check *check, const struct reference *reference)
{
    enum value_kind kind = reference_value(check->analysis, reference);
    bool in_list = reference->use == USE_QUERY; /* behind IN: see queries.c */
    bool compound = kind == VALUE_OBJECT || (kind == VALUE_LIST && !in_list);
    struct slice name = reference_name(check->arena, reference);
    switch (reference->use) {
    case USE_LIST:
        if (kind != VALUE_LIST && kind != VALUE_ANY) {
            diag_report(check->diagnostics, E0208, reference->source, reference->range,
                        "expected a list here, but `%.*s` is %s", SLICE_ARG(name),
                        value_kind_name(kind));
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

static void check_comparison(struct check *check, const struct test *test)
{
    bool ordered = test->comparison == OPERATOR_GREATER ||
                   test->comparison == OPERATOR_GREATER_EQUAL ||
                   test->comparison == OPERATOR_LESS || test->comparison == OPERATOR_LESS_EQUAL;
    if (test->reference == NULL) {
        return;
    }
    enum value_kind kind = reference_value(check->analysis, test->reference);
    struct slice name = reference_name(check->arena, test->reference);
    const struct source *source = test->reference->source;
    if (ordered && kind == VALUE_TEXT) {
        diag_report(check->diagnostics, E0209, source, test->range,
                    "greater and less compare numbers, but `%.*s` is text", SLICE_ARG(name));
    } else if (ordered && !test->is_number && kind != VALUE_DATE) {
        diag_report(check->diagnostics, E0209, source, test->range,
                    "greater and less compare numbers, but `%.*s` is not a number",
                    SLICE_ARG(test->literal));
    } else if (kind == VALUE_NUMBER && !test->is_number &&
               (test->comparison == OPERATOR_EQUAL || test->comparison == OPERATOR_NOT_EQUAL)) {
        diag_report(check->diagnostics, E0209, source, test->range,
                    "`%.*s` is a number, so it never equals `%.*s`", SLICE_ARG(name),
                    SLICE_ARG(test->literal));
    }
    const struct entity *entity = check_resolution(check, test->reference)->entity;
    if (entity == NULL || entity->choice_count == 0 || test->comparison != OPERATOR_EQUAL) {
        return;
    }
    struct suggestion s = suggestion_new(test->literal);
    for (size_t i = 0; i < entity->choice_count; i++) {
        if (slice_equal(entity->choices[i].value, test->literal)) {
            return;
        }
        suggestion_offer(&s, entity->choices[i].value);
    }
    struct diagnostic *d = diag_report(check->diagnostics, E0209, source, test->literal_range,
                                       "`%.*s` is not one of the values of `%.*s`",
                                       SLICE_ARG(test->literal), SLICE_ARG(entity->name));
    suggest(check, d, &s);
}

/* ---- steps ---- */

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
                      : "names have no spaces; separate the names of a list with commas");
        return;
    }
    suggest(check, d, suggestion);
    if (step->kind == STEP_ASK) {
        note_entities(check, d, suggestion, step->node->range);
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

/*
 * Cases are tried in order, so the second one for a value is never taken. The tests of cases have
 * the reference of one place; `seen` has the earlier tests by their values.
 */
static void check_repeated_case(struct check *check, struct map *seen, const struct test *test)
{
    const struct test *earlier = map_get(seen, test->literal);
    if (earlier == NULL) {
        map_add(seen, test->literal, (void *)test);
        return;
    }
    if (earlier->reference == NULL || test->reference == NULL ||
        earlier->reference->range.start != test->reference->range.start) {
        return;
    }
    const struct source *source = test->reference->source;
    struct diagnostic *d = diag_report(check->diagnostics, E0301, source, test->literal_range,
                                       "this case is never taken: `%.*s` has an earlier one",
                                       SLICE_ARG(test->literal));
    diag_note(check->diagnostics, d, source, earlier->literal_range, "the earlier case");
}

static void check_comparisons(struct check *check, const struct step *step)
{
    struct map seen = map_new(check->arena);
    for (size_t i = 0; i < step->branch_count; i++) {
        const struct condition *condition = &step->branches[i].condition;
        for (size_t j = 0; j < condition->count; j++) {
            check_comparison(check, &condition->tests[j]);
            if (check->template->imported == NULL) {
                check_repeated_case(check, &seen, &condition->tests[j]);
            }
        }
    }
}

/* The conditions of messages that choose. */
static void check_message_conditions(struct check *check)
{
    for (size_t i = 0; i < check->template->message_count; i++) {
        const struct message *message = &check->template->messages[i];
        size_t count = message->kind == MESSAGE_CHOICE ? message->choice.count : 0;
        for (size_t j = 0; j < count; j++) {
            const struct condition *condition = &message->choice.items[j].condition;
            for (size_t k = 0; k < condition->count; k++) {
                check_comparison(check, &condition->tests[k]);
            }
        }
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
    if (node == NULL || slice_is(id, "none") || auth_profiles_find(check->profiles, id) != NULL) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, E0207, node->source, node->range,
                                       "unknown auth profile `%.*s`", SLICE_ARG(id));
    struct suggestion s = suggestion_new(id);
    for (size_t i = 0; i < check->profiles->count; i++) {
        suggestion_offer(&s, check->profiles->items[i]->id);
    }
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
    for (size_t i = 0; i < check->graph->count && !diagnostics_full(check->diagnostics); i++) {
        check_comparisons(check, check->graph->nodes[i].step);
    }
    check_message_conditions(check);
    check_profile_name(check, template->auth_node, template->auth);
    for (size_t i = 0; i < template->service_count; i++) {
        check_profile_name(check, template->services[i].auth_node, template->services[i].auth);
    }
}
