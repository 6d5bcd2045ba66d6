/*
 * Names that clash: the platform compares component names without regard to case, and scripts see
 * services as context variables.
 */
#include "base/map.h"
#include "language/check/families.h"
#include "language/model/platform_name.h"
#include "language/operation/outcome.h"

struct named {
    const char *what;
    const struct node *node; /* NULL: a name that dialogc makes */
    struct slice made_for;   /* of such a name: the service or entity; empty: of several */
    struct slice name;
};

struct names {
    struct check *check;
    struct map taken;  /* lower-cased name to struct named */
    size_t *asked;     /* by entity: how many steps ask for it */
    bool *has_outcome; /* by service: a step tells its outcomes apart */
};

static void note_other(struct check *check, struct diagnostic *d, const struct named *other,
                       struct range here)
{
    if (other->node != NULL) {
        diag_note(check->diagnostics, d, other->node->source, other->node->range,
                  "the %s `%.*s` is here", other->what, SLICE_ARG(other->name));
    } else {
        bool one = other->made_for.length > 0;
        diag_note(check->diagnostics, d, NULL, here, "dialogc gives the name `%.*s` to %s%s%.*s%s",
                  SLICE_ARG(other->name), other->what, one ? " of `" : "",
                  SLICE_ARG(other->made_for), one ? "`" : "");
    }
}

static void take(struct names *names, struct named entry)
{
    struct check *check = names->check;
    struct named *kept = arena_alloc(check->arena, sizeof *kept);
    *kept = entry;
    const struct named *other =
        map_add(&names->taken, arena_lower_case(check->arena, entry.name), kept);
    if (other == NULL) {
        return;
    }
    const struct named *written = entry.node != NULL ? kept : other;
    const struct named *rest = entry.node != NULL ? other : kept;
    if (written->node == NULL) {
        return; /* two made names clash only where their services do */
    }
    struct diagnostic *d = diag_report(
        check->diagnostics, E0407, written->node->source, written->node->range,
        "the name `%.*s` clashes with another name on the platform", SLICE_ARG(written->name));
    note_other(check, d, rest, written->node->range);
    if (!slice_equal(written->name, rest->name)) {
        diag_note(check->diagnostics, d, NULL, written->node->range,
                  "the platform ignores case in names");
    }
}

static void take_confirmations(struct names *names, const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        if (step->kind == STEP_CONFIRM && step->confirm.name.length > 0) {
            take(names, (struct named){"confirmation", step->node, SLICE(""), step->confirm.name});
        }
        for (size_t j = 0; j < step->branch_count; j++) {
            take_confirmations(names, &step->branches[j].steps);
        }
    }
}

/* The bot actions that set values. */
static void take_set_names(struct names *names)
{
    struct arena *arena = names->check->arena;
    for (size_t i = 0; i < names->check->graph->count; i++) {
        const struct step *step = names->check->graph->nodes[i].step;
        if (step->kind != STEP_SET) {
            continue;
        }
        struct slice first = step->set.values.items[0].key->text;
        bool is_default = step->set.default_of != NULL;
        struct slice name =
            is_default ? platform_default_name(arena, first) : platform_set_name(arena, first);
        take(names, (struct named){is_default ? "the default" : "the step that sets the value",
                                   NULL, first, name});
    }
}

static bool has_login(const struct check *check, const struct service *service)
{
    struct slice id = service->auth.length > 0 ? service->auth : check->template->auth;
    const struct auth_profile *profile = auth_profiles_find(check->profiles, id);
    return profile != NULL && profile->end_user;
}

/* What the steps ask for, and of which services they tell the outcomes apart. */
static void count_uses(struct names *names)
{
    const struct check *check = names->check;
    const struct template *template = check->template;
    names->asked = arena_alloc_array(check->arena, template->entity_count, sizeof *names->asked);
    names->has_outcome =
        arena_alloc_array(check->arena, template->service_count, sizeof *names->has_outcome);
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct flow_node *node = &check->graph->nodes[i];
        const struct step *step = node->step;
        const struct entity *entity = analysis_entity(check->analysis, step);
        const struct service *service = analysis_service(check->analysis, step);
        if (entity != NULL) {
            names->asked[entity->index]++;
        }
        for (size_t j = 0; service != NULL && j < node->edge_count; j++) {
            if (outcome_is_coded(node->edges[j].outcome)) {
                names->has_outcome[service->index] = true;
            }
        }
    }
}

static void take_service_names(struct names *names, const struct service *service)
{
    struct arena *arena = names->check->arena;
    const struct {
        const char *what;
        struct slice name;
        bool needed;
    } made[] = {
        {"the bot action", platform_action_name(arena, service->name), true},
        {"the script", platform_script_name(arena, service->name),
         analysis_needs_script(names->check->analysis, service)},
        {"the outcome script", platform_outcome_name(arena, service->name),
         names->has_outcome[service->index]},
        {"the login", platform_login_name(arena, service->name), has_login(names->check, service)},
    };
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        if (made[i].needed) {
            take(names, (struct named){made[i].what, NULL, service->name, made[i].name});
        }
    }
}

/* The nodes that refuse answers: one pair for all entities asked once, one for each of the others.
 */
static void take_refusal_names(struct names *names)
{
    struct arena *arena = names->check->arena;
    const struct template *template = names->check->template;
    bool shared = false;
    for (size_t i = 0; i < template->entity_count; i++) {
        const struct entity *entity = &template->entities[i];
        size_t asked = names->asked[entity->index];
        const struct entity_facts *facts = analysis_entity_facts(names->check->analysis, entity);
        if ((facts->longest == 0 && !facts->is_term) || (asked == 1 && shared)) {
            continue;
        }
        shared = shared || asked == 1;
        struct slice owner = asked == 1 ? SLICE("") : entity->name;
        struct slice stem = asked == 1 ? SLICE(PLATFORM_ANSWER) : entity->name;
        take(names, (struct named){"the script that checks answers", NULL, owner,
                                   platform_check_name(arena, stem)});
        take(names, (struct named){"the message that rejects answers", NULL, owner,
                                   platform_refused_name(arena, stem)});
    }
}

/* What scripts and references find under these names is something else already. */
static void check_reserved(struct check *check, const struct node *key, const char *what)
{
    static const char *const reserved[] = {"env",      "content",         "params",   "user",
                                           "intent",   "instanceUrl",     "item",     "context",
                                           "entities", "session",         "forms",    "history",
                                           "dialog",   "currentLanguage", "koreUtil", NULL};
    if (slice_is_any(key->text, reserved)) {
        diag_report(check->diagnostics, E0408, key->source, key->range,
                    "`%.*s` cannot be the name of %s, because the language or the platform uses it",
                    SLICE_ARG(key->text), what);
    }
}

/* A variable of the conversation must not hide what the context has already. */
static void check_set_names(struct check *check)
{
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        for (size_t j = 0; step->kind == STEP_SET && j < step->set.values.count; j++) {
            const struct node *key = step->set.values.items[j].key;
            if (template_entity(check->template, key->text) != NULL) {
                continue;
            }
            check_reserved(check, key, "a variable");
            const struct service *service = template_service(check->template, key->text);
            if (service != NULL) {
                diag_report(check->diagnostics, E0408, key->source, key->range,
                            "`%.*s` is a service: the context has its response under this name",
                            SLICE_ARG(key->text));
            }
        }
    }
}

void check_names(struct check *check)
{
    struct names names = {.check = check, .taken = map_new(check->arena)};
    const struct template *template = check->template;
    count_uses(&names);
    const struct node *intent_name = node_get(template->intent.node, "name");
    take(&names, (struct named){"intent", intent_name != NULL ? intent_name : template->id_node,
                                SLICE(""), template->intent.name});
    for (size_t i = 0; i < template->entity_count; i++) {
        const struct entity *entity = &template->entities[i];
        check_reserved(check, entity->key, "an entity");
        take(&names, (struct named){"entity", entity->key, SLICE(""), entity->name});
    }
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        if (service->key != NULL) {
            check_reserved(check, service->key, "a service");
            take(&names, (struct named){"service", service->key, SLICE(""), service->name});
        }
    }
    for (size_t i = 0; i < template->script_count; i++) {
        take(&names, (struct named){"script", template->scripts[i].key, SLICE(""),
                                    template->scripts[i].name});
    }
    for (size_t i = 0; i < template->message_count; i++) {
        if (template->messages[i].whole == NULL) {
            take(&names, (struct named){"message", template->messages[i].key, SLICE(""),
                                        template->messages[i].name});
        }
    }
    take_confirmations(&names, &template->flow);
    take_refusal_names(&names);
    take_set_names(&names);
    check_set_names(check);
    for (size_t i = 0; i < template->service_count; i++) {
        take_service_names(&names, &template->services[i]);
    }
}
