/*
 * Names that clash: the platform compares component names without regard to case, and scripts see
 * services as context variables.
 */
#include "base/map.h"
#include "check/check.h"
#include "model/platform_name.h"

struct named {
    const char *what;
    const struct node *node; /* NULL: a name that dialogc makes */
    struct slice made_for;   /* of such a name: the service */
    struct slice name;
};

struct names {
    struct check *check;
    struct map taken; /* lower-cased name to struct named */
};

static void note_other(struct check *check, struct diagnostic *d, const struct named *other,
                       struct range here)
{
    if (other->node != NULL) {
        diag_note(check->diagnostics, d, other->node->source, other->node->range,
                  "the %s `%.*s` is here", other->what, SLICE_ARG(other->name));
    } else {
        diag_note(check->diagnostics, d, NULL, here,
                  "dialogc gives the name `%.*s` to %s of `%.*s`",
                  SLICE_ARG(other->name), other->what, SLICE_ARG(other->made_for));
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
        "the name `%.*s` clashes with another one on the platform", SLICE_ARG(written->name));
    note_other(check, d, rest, written->node->range);
    if (!slice_equal(written->name, rest->name)) {
        diag_note(check->diagnostics, d, NULL, written->node->range,
                  "the platform does not tell upper from lower case in names");
    }
}

static void take_confirmations(struct names *names, const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        if (step->kind == STEP_CONFIRM && step->name.length > 0) {
            take(names, (struct named){"confirmation", step->node, SLICE(""), step->name});
        }
        for (size_t j = 0; j < step->branch_count; j++) {
            take_confirmations(names, &step->branches[j].steps);
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
        {"the script", platform_script_name(arena, service->name), platform_needs_script(service)},
        {"the script of outcomes", platform_outcome_name(arena, service->name),
         service->operation != OPERATION_REQUEST},
        {"the login", platform_login_name(arena, service->name),
         service->operation != OPERATION_REQUEST},
    };
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        if (made[i].needed) {
            take(names, (struct named){made[i].what, NULL, service->name, made[i].name});
        }
    }
}

static void take_entity_names(struct names *names, const struct entity *entity)
{
    struct arena *arena = names->check->arena;
    bool checked = entity->longest > 0 || entity->is_term;
    const struct {
        struct slice name;
        bool needed;
    } made[] = {
        {platform_reset_name(arena, entity->name), checked},
        {platform_too_long_name(arena, entity->name), entity->longest > 0},
        {platform_too_short_name(arena, entity->name), entity->is_term},
    };
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        if (made[i].needed) {
            take(names, (struct named){"the check", NULL, entity->name, made[i].name});
        }
    }
}

/* What scripts and references find under these names is something else already. */
static void check_reserved(struct check *check, const struct node *key, const char *what)
{
    static const char *const reserved[] = {"env",      "content",         "params",   "user",
                                           "intent",   "instanceUrl",     "item",     "context",
                                           "entities", "session",         "forms",    "history",
                                           "dialog",   "currentLanguage", "koreUtil", NULL};
    for (const char *const *word = reserved; *word != NULL; word++) {
        if (slice_is(key->text, *word)) {
            diag_report(check->diagnostics, E0408, key->source, key->range,
                        "`%s` cannot name %s: the language or the platform uses it itself", *word,
                        what);
        }
    }
}

void check_names(struct check *check)
{
    struct names names = {check, map_new(check->arena)};
    const struct template *template = check->template;
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
        take(&names, (struct named){"message", template->messages[i].key, SLICE(""),
                                    template->messages[i].name});
    }
    take_confirmations(&names, &template->flow);
    for (size_t i = 0; i < template->entity_count; i++) {
        take_entity_names(&names, &template->entities[i]);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        take_service_names(&names, &template->services[i]);
    }
}
