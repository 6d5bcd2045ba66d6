/* The parts that the nodes of a dialog name: which section of the template has what. */
#include "base/percent.h"
#include "language/model/platform_name.h"
#include "platform/import/importer.h"

/* ---- messages, forms and scripts ---- */

static struct node *message_of(struct import_dialog *d, const struct import_node *node)
{
    struct arena *arena = d->importer->arena;
    struct node *label = import_localized(d, node->component, "label", node->name);
    struct node *text = import_is_opaque(d, "messages", node->name)
                            ? NULL
                            : import_messages(d, node->component, "message");
    text = text != NULL ? text : node_new_text(arena, SLICE(IMPORT_PLACEHOLDER));
    if (text->kind == NODE_STRING && label == NULL) {
        return text;
    }
    struct node *message = node_new_mapping(arena);
    /* one script or one value for every channel and locale needs no list */
    const struct node *only = node_length(text) == 1 ? text->items[0] : NULL;
    if (only != NULL && only->count == 1 && node_get(only, "text") == NULL) {
        node_set(arena, message, only->members[0].key->text, only->members[0].value);
    } else {
        node_set(arena, message, SLICE("text"), text);
    }
    import_set(d, message, "label", label);
    return message;
}

static struct node *form_of(struct import_dialog *d, const struct import_node *node)
{
    struct arena *arena = d->importer->arena;
    struct node *form = node_new_mapping(arena);
    struct slice resource = node_text(node->component, "resourceId");
    node_set_text(arena, form, "form", resource.length > 0 ? resource : SLICE("unknown"));
    import_set(d, form, "label", import_localized(d, node->component, "label", node->name));
    import_set(d, form, "prompt", import_messages(d, node->component, "message"));
    import_set(d, form, "error", import_messages(d, node->component, "errorMessage"));
    import_set(d, form, "submitted", import_messages(d, node->component, "submitMessage"));
    struct slice render = node_text(node->component, "rtmRenderType");
    if (render.length > 0 && !slice_is(render, "pop-up")) {
        node_set_text(arena, form, "render", render);
    }
    return form;
}

/* `foreign`: the type of a node that the language has no step for; empty for scripts. */
static struct node *script_of(struct import_dialog *d, const struct node *component,
                              struct slice name, struct slice foreign)
{
    struct arena *arena = d->importer->arena;
    struct slice script = percent_decode_text(arena, node_text(component, "script"));
    struct node *label = import_localized(d, component, "label", name);
    if (foreign.length > 0) {
        script = arena_printf(arena, "// a node of the type %.*s " IMPORT_PLACEHOLDER,
                              SLICE_ARG(foreign));
    } else if (script.length == 0 || import_is_opaque(d, "scripts", name)) {
        script = SLICE("// " IMPORT_PLACEHOLDER);
    }
    struct node *text = node_new_text(arena, script);
    if (label == NULL) {
        return text;
    }
    struct node *mapping = node_new_mapping(arena);
    node_set(arena, mapping, SLICE("script"), text);
    node_set(arena, mapping, SLICE("label"), label);
    return mapping;
}

/* ---- all of them ---- */

const struct node *import_preparation(struct import_dialog *d, const struct node *members,
                                      size_t service)
{
    const struct bot *bot = d->importer->bot;
    if (service == 0 || !node_type_is(members->items[service], DIALOG_SERVICE) ||
        !node_type_is(members->items[service - 1], DIALOG_SCRIPT)) {
        return NULL;
    }
    const struct node *script = bot_component(bot, members->items[service - 1]);
    const struct node *component = bot_component(bot, members->items[service]);
    struct slice name = import_component_name(d, DIALOG_SERVICE, component);
    struct slice made = platform_script_name(d->importer->arena, name);
    return slice_equal(node_text(script, "name"), made) ? script : NULL;
}

struct sections {
    struct node *entities, *services, *scripts, *messages, *forms;
};

static void add_part(struct import_dialog *d, struct node *section, struct slice name,
                     struct node *(*make)(struct import_dialog *, const struct import_node *),
                     const struct import_node *node)
{
    if (node_member(section, name) == NULL) {
        node_set(d->importer->arena, section, name, make(d, node));
    }
}

/* A script, a service or a foreign node, in a bot action or on its own. `script` prepares the
 * request, or NULL. */
static void add_program(struct import_dialog *d, struct sections *s, const struct node *stub,
                        const struct node *script)
{
    struct arena *arena = d->importer->arena;
    const struct node *component = bot_component(d->importer->bot, stub);
    bool is_service = node_type_is(stub, DIALOG_SERVICE);
    bool is_program = is_service || node_type_is(stub, DIALOG_SCRIPT);
    struct slice foreign = import_is_foreign(stub)
                               ? import_name(arena, node_text(stub, "type"), "unknown")
                               : SLICE("");
    if (!import_is_foreign(stub) && (!is_program || component == NULL)) {
        return;
    }
    struct slice name =
        import_component_name(d, is_service ? DIALOG_SERVICE : DIALOG_SCRIPT, component);
    struct node *section = is_service ? s->services : s->scripts;
    if (node_member(section, name) == NULL) {
        node_set(arena, section, name,
                 is_service ? import_service(d, component, name, script)
                            : script_of(d, component, name, foreign));
    }
}

bool import_is_prepared(struct import_dialog *d, const struct node *services,
                        const struct node *members, size_t script)
{
    const struct node *prepared =
        script + 1 < members->count ? import_preparation(d, members, script + 1) : NULL;
    if (prepared == NULL) {
        return false;
    }
    const struct node *component = bot_component(d->importer->bot, members->items[script + 1]);
    const struct member *service =
        node_member(services, import_component_name(d, DIALOG_SERVICE, component));
    return service != NULL && node_get(service->value, "salesforce") != NULL &&
           node_get(service->value, "unprepared") == NULL;
}

/*
 * What is in a bot action. A script that dialogc writes of itself, since the service behind it is a
 * Salesforce operation, is no part of the template.
 */
static void add_member_parts(struct import_dialog *d, struct sections *s,
                             const struct node *members)
{
    for (size_t i = 0; i < node_length(members); i++) {
        if (node_type_is(members->items[i], DIALOG_SERVICE)) {
            add_program(d, s, members->items[i], import_preparation(d, members, i));
        }
    }
    for (size_t i = 0; i < node_length(members); i++) {
        if (!node_type_is(members->items[i], DIALOG_SERVICE) &&
            !import_is_prepared(d, s->services, members, i)) {
            add_program(d, s, members->items[i], NULL);
        }
    }
}

static void add_node_parts(struct import_dialog *d, struct sections *s, struct import_node *node)
{
    const struct node *members = node_get(node->stub, "nodes");
    switch (node->kind) {
    case DIALOG_MESSAGE:
        add_part(d, s->messages, node->name, message_of, node);
        break;
    case DIALOG_FORM:
        add_part(d, s->forms, node->name, form_of, node);
        break;
    case DIALOG_SCRIPT:
    case DIALOG_SERVICE:
        add_program(d, s, node->stub, NULL);
        break;
    case DIALOG_ACTION:
        add_member_parts(d, s, members);
        break;
    case DIALOG_INTENT:
    case DIALOG_ENTITY: /* has been added already */
    case DIALOG_CONFIRM:
    case DIALOG_LOGIC:
    case DIALOG_CALL:
    case DIALOG_TRANSFER:
        break;
    }
}

static void set_section(struct import_dialog *d, struct node *root, const char *key,
                        struct node *section)
{
    import_set(d, root, key, section->count > 0 ? section : NULL);
}

void import_parts(struct import_dialog *d, struct node *root)
{
    struct arena *arena = d->importer->arena;
    struct sections s = {node_new_mapping(arena), node_new_mapping(arena), node_new_mapping(arena),
                         node_new_mapping(arena), node_new_mapping(arena)};
    for (size_t i = 1; i < d->node_count; i++) { /* first of all what services refer to */
        if (d->nodes[i].component != NULL && d->nodes[i].kind == DIALOG_ENTITY) {
            add_part(d, s.entities, d->nodes[i].name, import_entity, &d->nodes[i]);
        }
    }
    set_section(d, root, "entities", s.entities);
    for (size_t i = 1; i < d->node_count; i++) {
        if (d->nodes[i].component != NULL || import_is_foreign(d->nodes[i].stub)) {
            add_node_parts(d, &s, &d->nodes[i]);
        }
    }
    set_section(d, root, "services", s.services);
    set_section(d, root, "scripts", s.scripts);
    set_section(d, root, "messages", s.messages);
    set_section(d, root, "forms", s.forms);
}

/* ---- their order ---- */

/* The section of the parts of this kind; NULL for kinds that have none. */
static const char *section_of(enum dialog_kind kind)
{
    switch (kind) {
    case DIALOG_ENTITY:
        return "entities";
    case DIALOG_MESSAGE:
        return "messages";
    case DIALOG_SCRIPT:
        return "scripts";
    case DIALOG_SERVICE:
        return "services";
    case DIALOG_FORM:
        return "forms";
    case DIALOG_INTENT:
    case DIALOG_CONFIRM:
    case DIALOG_ACTION:
    case DIALOG_LOGIC:
    case DIALOG_CALL:
    case DIALOG_TRANSFER:
        break;
    }
    return NULL;
}

/* Moves a part behind those that have been moved before. */
static void move_part(struct import_dialog *d, const struct node *root, struct node *ordered,
                      enum dialog_kind kind, struct slice name)
{
    const char *key = section_of(kind);
    const struct member *part = key != NULL ? node_member(node_get(root, key), name) : NULL;
    if (part == NULL) {
        return;
    }
    struct node *section = node_get(ordered, key);
    if (section == NULL) {
        section = node_new_mapping(d->importer->arena);
        node_set(d->importer->arena, ordered, slice_of(key), section);
    }
    if (node_member(section, name) == NULL) {
        node_set(d->importer->arena, section, name, part->value);
    }
}

void import_order_parts(struct import_dialog *d, struct node *root)
{
    struct node *ordered = node_new_mapping(d->importer->arena);
    for (size_t i = 0; i < d->emitted_count; i++) {
        const struct import_node *node = &d->nodes[d->emitted[i]];
        const struct node *members = node_get(node->stub, "nodes");
        move_part(d, root, ordered, node->kind, node->name);
        for (size_t j = 0; j < node_length(members); j++) {
            const struct node *component = bot_component(d->importer->bot, members->items[j]);
            enum dialog_kind kind =
                node_type_is(members->items[j], DIALOG_SERVICE) ? DIALOG_SERVICE : DIALOG_SCRIPT;
            if (component != NULL) {
                move_part(d, root, ordered, kind, import_component_name(d, kind, component));
            }
        }
    }
    for (size_t i = 0; i < ordered->count; i++) {
        struct member *section = node_member(root, ordered->members[i].key->text);
        if (section->value->count == ordered->members[i].value->count) { /* none is left over */
            section->value = ordered->members[i].value;
        }
    }
}
