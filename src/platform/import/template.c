/* The template of a dialog: as a tree, and as the text of its file. */
#include "base/builder.h"
#include "document/yaml/writer.h"
#include "platform/import/importer.h"

/* ---- the template ---- */

/* The name in each locale, which a dialog must have. */
static struct node *title_of(struct import_dialog *d)
{
    struct node *title = import_localized(d, d->dialog, "name", SLICE(""));
    struct slice name = bot_dialog_name(d->dialog);
    return title != NULL ? title : import_text(d->importer->arena, name.length > 0 ? name : d->id);
}

static bool is_flag(const struct node *object, const char *key)
{
    const struct node *value = node_get(object, key);
    return node_is(value, NODE_BOOLEAN) && value->boolean;
}

/* Settings of the dialog that are not the bot's; NULL: there are none that the language has. */
static struct node *options_of(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct node *options = node_new_mapping(arena);
    const struct node *interruptions = node_get(d->dialog, "interruptOptions");
    if (import_can_say_interruptions(interruptions) &&
        !slice_is(node_text(interruptions, "priority"), "bot")) {
        node_set(arena, options, SLICE("interruptOptions"), interruptions);
    }
    const struct node *amendments = node_get(d->dialog, "amendConfig");
    const struct node *display = node_get(d->dialog, "displayOption");
    if (node_is(display, NODE_STRING)) {
        node_set(arena, options, SLICE("displayOption"), display);
    }
    if (import_can_say_amendments(amendments) &&
        !slice_is(node_text(amendments, "priority"), "bot")) {
        node_set(arena, options, SLICE("amendConfig"), amendments);
    }
    return options->count > 0 ? options : NULL;
}

static struct node *intent_of(struct import_dialog *d, const struct node *title)
{
    struct arena *arena = d->importer->arena;
    struct node *intent = node_new_mapping(arena);
    if (d->intent != NULL) {
        struct slice name = node_text(d->intent, "name");
        if (name.length > 0 && slice_equal(import_name(arena, name, ""), name)) {
            node_set_text(arena, intent, "name", name);
        }
        struct node *own = import_localized(d, d->intent, "intent", SLICE(""));
        if (own != NULL && !node_equal(own, title)) {
            node_set(arena, intent, SLICE("title"), own);
        }
        import_set(d, intent, "label", import_localized(d, d->intent, "label", SLICE("")));
        import_set(d, intent, "description", import_localized(d, d->intent, "desc", SLICE("")));
        import_training(d, intent);
    } else {
        node_set(arena, intent, SLICE("utterances"), node_new_sequence(arena));
    }
    return intent;
}

static bool has_salesforce(const struct node *root)
{
    const struct node *services = node_get(root, "services");
    for (size_t i = 0; services != NULL && i < services->count; i++) {
        if (node_get(services->members[i].value, "salesforce") != NULL) {
            return true;
        }
    }
    return false;
}

void import_build(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct node *root = node_new_mapping(arena);
    struct node *title = title_of(d);
    d->root = root;
    node_set(arena, root, SLICE("dialogc"), node_new_integer(arena, 1));
    node_set_text(arena, root, "template", d->id);
    node_set(arena, root, SLICE("title"), title);
    import_set(d, root, "description", import_localized(d, d->dialog, "shortDesc", SLICE("")));
    struct node *locales = node_new_sequence(arena);
    for (size_t i = 0; i < d->locale_count; i++) {
        node_append(arena, locales, node_new_text(arena, d->locales[i]));
    }
    node_set(arena, root, SLICE("locales"), locales);
    import_set(d, root, "hidden",
               is_flag(d->dialog, "isHidden") ? node_new_boolean(arena, true) : NULL);
    import_set(d, root, "followUp",
               is_flag(d->dialog, "isFollowUp") ? node_new_boolean(arena, true) : NULL);
    import_set(d, root, "options", options_of(d));
    node_set(arena, root, SLICE("intent"), intent_of(d, title));
    if (d->head_only) {
        d->emitted_count = 0;
        node_set(arena, root, SLICE("flow"), node_new_sequence(arena));
        return;
    }
    import_parts(d, root);
    if (has_salesforce(root)) {
        node_set_text(arena, root, "integration", SLICE("salesforce"));
    }
    struct node *flow = import_flow(d);
    import_order_parts(d, root);
    struct node *dialogs = node_get(root, "dialogs");
    if (dialogs != NULL) { /* declared on the way; it reads better behind the flow's last part */
        node_remove(root, SLICE("dialogs"));
        node_set(arena, root, SLICE("dialogs"), dialogs);
    }
    node_set(arena, root, SLICE("flow"), flow);
}

/* ---- the file ---- */

/* One line for each part: they are for the machine. */
static void write_overlay(struct builder *out, const char *key, const struct node *overlay)
{
    builder_printf(out, "%s:\n", key);
    for (size_t i = 0; i < overlay->count; i++) {
        const struct node *section = overlay->members[i].value;
        if (slice_is(overlay->members[i].key->text, "dialog") || section->kind != NODE_MAPPING) {
            yaml_write_line(out, overlay->members[i].key->text, section, 2);
            continue;
        }
        builder_printf(out, "  %.*s:\n", SLICE_ARG(overlay->members[i].key->text));
        for (size_t j = 0; j < section->count; j++) {
            yaml_write_line(out, section->members[j].key->text, section->members[j].value, 4);
        }
    }
}

static void write_member(struct builder *out, struct member *member, const char *const *lines)
{
    if (member != NULL) {
        struct node one = {.kind = NODE_MAPPING, .members = member, .count = 1};
        yaml_write_members(out, &one, 0, lines);
    }
}

struct slice import_write_template(struct import_dialog *d)
{
    static const char *const head[] = {"dialogc",     "template",    "title",
                                       "description", "integration", "locales",
                                       "hidden",      "followUp",    NULL};
    static const char *const lines[] = {"flow", "utterances", "patterns", "steps", NULL};
    struct arena *arena = d->importer->arena;
    struct builder out = builder_new(arena);
    for (size_t i = 0; head[i] != NULL; i++) {
        write_member(&out, node_member(d->root, slice_of(head[i])), lines);
    }
    for (size_t i = 0; i < d->root->count; i++) {
        if (!slice_is_any(d->root->members[i].key->text, head)) {
            builder_add_char(&out, '\n');
            write_member(&out, &d->root->members[i], lines);
        }
    }
    if (d->xo != NULL) {
        builder_add_text(&out, "\n"
                               "# What the language cannot express, in the platform's own keys.\n");
        write_overlay(&out, "xo", d->xo);
    }
    builder_add_text(
        &out, "\n"
              "# The platform's own ids and settings. They do not affect what the dialog does.\n");
    struct node *imported =
        d->imported != NULL ? node_copy(arena, d->imported) : node_new_mapping(arena);
    if (d->has_negative_component) {
        node_set_text(arena, imported, "negativePatterns", SLICE("component"));
    }
    if (imported->count == 0) {
        builder_add_text(&out, "imported: {}\n");
    } else {
        write_overlay(&out, "imported", imported);
    }
    return builder_slice(&out);
}
