#include "platform/bot/verify.h"

#include "platform/bot/verify_rules.h"
#include "platform/artifact/node_type.h"

struct user {
    struct verify *v;
    struct node *dialog;
};

static void note_user(void *context, const struct node *stub)
{
    struct user *user = context;
    struct verify *v = user->v;
    const struct node *component = bot_component(v->bot, stub);
    if (component == NULL) {
        return;
    }
    map_add(&v->used_by, node_text(component, "_id"), user->dialog);
    struct slice called = node_text(component, "dialogId");
    if (node_type_is(component, DIALOG_INTENT) &&
        !slice_equal(called, node_text(user->dialog, "_id"))) {
        struct node *dialog = map_get(&v->bot->dialogs, called);
        if (dialog != NULL) {
            map_add(&v->called, called, dialog);
        }
    }
}

static void find_users(struct verify *v)
{
    const struct node *dialogs = bot_section(v->bot, "dialogs");
    for (size_t i = 0; i < dialogs->count; i++) {
        struct user user = {v, dialogs->items[i]};
        struct slice ref = node_text(dialogs->items[i], "refId");
        bot_visit_nodes(dialogs->items[i], note_user, &user);
        if (ref.length > 0) {
            map_add(&v->dialogs_refs, ref, dialogs->items[i]);
        }
    }
}

/* ---- types of nodes ---- */

/* Types that dialogc knows by name alone, of platform versions 10 and 11. */
static const char *const later_types[] = {"aiassist", "generativeai", "searchai", "dynamicIntent",
                                          NULL};

struct unknown_types {
    struct map seen;
    struct builder names;
    const struct node *first;
};

static void note_type(void *context, const struct node *stub)
{
    struct unknown_types *unknown = context;
    const struct node *type = node_get(stub, "type");
    enum dialog_kind kind;
    if (!node_is(type, NODE_STRING) || node_type_kind(type->text, false, &kind) ||
        slice_is_any(type->text, later_types) || map_increment(&unknown->seen, type->text) > 1) {
        return;
    }
    unknown->first = unknown->first != NULL ? unknown->first : type;
    builder_printf(&unknown->names, "%s`%.*s`", unknown->names.length > 0 ? ", " : "",
                   SLICE_ARG(type->text));
}

/* One finding for the bot, however many nodes there are. */
static void check_types(struct verify *v)
{
    struct unknown_types unknown = {map_new(v->arena), builder_new(v->arena), NULL};
    const struct node *dialogs = bot_section(v->bot, "dialogs");
    for (size_t i = 0; i < dialogs->count; i++) {
        bot_visit_nodes(dialogs->items[i], note_type, &unknown);
    }
    if (unknown.first != NULL) {
        verify_report(
            v, W1123, unknown.first, "the bot has nodes of %s that dialogc does not know: %.*s",
            unknown.seen.count == 1 ? "a type" : "types", SLICE_ARG(builder_slice(&unknown.names)));
    }
}

void bot_verify(const struct bot *bot, const struct schema *schema, struct diagnostics *diagnostics)
{
    struct arena *arena = diagnostics->arena;
    struct verify v = {.arena = arena,
                       .bot = bot,
                       .partial = bot_is_partial(bot),
                       .diagnostics = diagnostics,
                       .used_by = map_new(arena),
                       .dialogs_refs = map_new(arena),
                       .called = map_new(arena)};
    find_users(&v);
    struct diagnostics form = diagnostics_new(arena);
    schema_validate(&form, schema, bot->root);
    for (struct diagnostic *d = form.first; d != NULL; d = d->next) {
        verify_note_place(&v, d);
    }
    diagnostics_append(diagnostics, &form);
    check_types(&v);
    verify_requests(&v);
    verify_scripts(&v);
    verify_secrets(&v);
    verify_references(&v);
    verify_graphs(&v);
    verify_texts(&v);
    diagnostics_sort(diagnostics);
}
