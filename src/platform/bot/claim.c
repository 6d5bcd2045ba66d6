/*
 * Finding what is ours in an export: ids that derive from names, and the hints that dialogc writes,
 * show it (docs/bots.md).
 */
#include "platform/bot/installation.h"
#include "platform/artifact/id.h"
#include "platform/artifact/write.h"
#include "platform/artifact/node_type.h"

/* A component that is ours, and who else uses it. */
struct own_component {
    const struct node *component;
    bool shared; /* a dialog that stays uses it too */
};

bool installation_claim_dialog(struct installation *in, struct slice id)
{
    struct node *dialog = map_get(&in->bot->dialogs, id);
    if (dialog != NULL) {
        map_add(&in->own_dialogs, node_text(dialog, "_id"), dialog);
    }
    return dialog != NULL;
}

/* ---- what belongs to a dialog ---- */

static void claim_component(void *context, const struct node *stub)
{
    struct installation *in = context;
    struct node *component = bot_component(in->bot, stub);
    if (component == NULL) {
        return;
    }
    struct own_component *own = arena_alloc(in->arena, sizeof *own);
    *own = (struct own_component){component, false};
    map_add(&in->own_components, node_text(stub, "componentId"), own);
}

static void mark_shared(void *context, const struct node *stub)
{
    struct installation *in = context;
    struct own_component *own = map_get(&in->own_components, node_text(stub, "componentId"));
    if (own != NULL) {
        own->shared = true;
    }
}

/* Marks the elements whose text under `key` names an owner; without a key, whose id does. */
static void claim_all(struct section *section, const char *key, const struct map *owners)
{
    for (size_t i = 0; i < node_length(section->array); i++) {
        const struct node *element = section->array->items[i];
        struct slice owner = key != NULL ? node_text(element, key) : section_id(section, element);
        section->ours[i] = owner.length > 0 && map_get(owners, owner) != NULL;
    }
}

/* Marks what belongs to the dialogs in own_dialogs. */
static void claim_own(struct installation *in)
{
    const struct node *dialogs = in->sections[DIALOGS].array;
    for (size_t i = 0; i < dialogs->count; i++) {
        struct slice id = node_text(dialogs->items[i], "_id");
        if (map_get(&in->own_dialogs, id) == dialogs->items[i]) {
            in->sections[DIALOGS].ours[i] = true;
            bot_visit_nodes(dialogs->items[i], claim_component, in);
        }
    }
    for (size_t i = 0; i < dialogs->count; i++) {
        if (!in->sections[DIALOGS].ours[i]) {
            bot_visit_nodes(dialogs->items[i], mark_shared, in);
        }
    }
    struct section *components = &in->sections[COMPONENTS];
    for (size_t i = 0; i < components->array->count; i++) {
        const struct node *component = components->array->items[i];
        const struct own_component *own = map_get(&in->own_components, node_text(component, "_id"));
        if (own == NULL || own->component != component ||
            (own->shared && map_get(&in->wanted_components, node_text(component, "_id")) == NULL)) {
            continue;
        }
        components->ours[i] = true;
        bool is_intent = node_type_is(component, DIALOG_INTENT);
        bool called = map_get(&in->own_dialogs, node_text(component, "dialogId")) == NULL;
        /* what trains a dialog that is called is that dialog's; other kinds have no patterns */
        if (is_intent ? !called : node_type_is(component, DIALOG_ENTITY)) {
            map_add(&in->own_refs, node_text(component, "refId"), components->array->items[i]);
        }
        if (!called) {
            map_add(&in->own_intents, node_text(component, "_id"), components->array->items[i]);
        }
    }
    claim_all(&in->sections[SENTENCES], "taskId", &in->own_intents);
    claim_all(&in->sections[PATTERNS], "refId", &in->own_refs);
    claim_all(&in->sections[EXPORTED], NULL, &in->own_dialogs);
}

/* ---- profiles and content variables: what other templates and the bot may share ---- */

/* True when `node`, or anything in it, has `key` with the text `text`. */
static bool has_text(const struct node *node, const char *key, struct slice text)
{
    bool mapping = node_is(node, NODE_MAPPING);
    bool found = mapping && slice_equal(node_text(node, key), text);
    for (size_t i = 0; !found && (mapping || node_is(node, NODE_SEQUENCE)) && i < node->count;
         i++) {
        found = has_text(mapping ? node->members[i].value : node->items[i], key, text);
    }
    return found;
}

/* True for sections whose elements are looked at one by one: some of them may be ours. */
static bool is_section(const struct installation *in, struct slice key)
{
    for (size_t i = 0; i < EXPORTED; i++) {
        if (slice_equal(in->sections[i].key, key)) {
            return true;
        }
    }
    return false;
}

/* Services name a profile; they are in components, and who knows where else in the export. */
static bool names_profile(const struct node *node, struct slice name)
{
    return has_text(node, "idp", name);
}

static bool names_content(const struct node *node, struct slice key)
{
    return bot_names_variable(slice_part(node->source->bytes, node->range.start, node->range.end),
                              "content.", key);
}

/*
 * True when something other than our own elements of the export names the profile or content
 * variable `name`: the rest of the export, or what is to be installed.
 */
static bool is_named_elsewhere(const struct installation *in, struct slice name,
                               bool (*names)(const struct node *node, struct slice name))
{
    static const enum section_name places[] = {COMPONENTS, DIALOGS, PROFILES};
    const struct node *root = in->bot->root;
    for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
        const struct section *section = &in->sections[places[p]];
        for (size_t i = 0; i < node_length(section->array); i++) {
            if (!section->ours[i] && names(section->array->items[i], name)) {
                return true;
            }
        }
        for (size_t i = 0; i < section->wanted_count; i++) {
            if (names(section->wanted[i].node, name)) {
                return true;
            }
        }
    }
    for (size_t i = 0; i < root->count; i++) {
        if (!is_section(in, root->members[i].key->text) && names(root->members[i].value, name)) {
            return true;
        }
    }
    return false;
}

/* Profiles that dialogc has made and that only services of ours use are ours to take out. */
static void claim_profiles(struct installation *in)
{
    struct section *profiles = &in->sections[PROFILES];
    const struct section *components = &in->sections[COMPONENTS];
    for (size_t i = 0; i < node_length(profiles->array); i++) {
        struct slice name = node_text(profiles->array->items[i], "name");
        struct artifact_id id = artifact_profile_id(name);
        bool made = slice_is(node_text(profiles->array->items[i], "_id"), id.text);
        bool used = false;
        for (size_t j = 0; made && j < components->array->count; j++) {
            used = used || (components->ours[j] &&
                            slice_equal(node_text(components->array->items[j], "idp"), name));
        }
        /* one that none of our services has used is another template's */
        profiles->ours[i] = made && (section_wants(profiles, name) ||
                                     (used && !is_named_elsewhere(in, name, names_profile)));
    }
}

/* True for a content variable that dialogc has written: its hints say so. */
static bool is_own_variable(const struct node *variable)
{
    const struct node *locales = node_get(variable, "localeData");
    bool own = node_is(locales, NODE_MAPPING) && locales->count > 0;
    for (size_t i = 0; own && i < locales->count; i++) {
        own = slice_is(node_text(locales->members[i].value, "hint"), ARTIFACT_CONTENT_HINT);
    }
    return own;
}

static void claim_content(struct installation *in)
{
    struct section *content = &in->sections[CONTENT];
    for (size_t i = 0; i < node_length(content->array); i++) {
        const struct node *variable = content->array->items[i];
        struct slice key = node_text(variable, "key");
        content->ours[i] =
            is_own_variable(variable) &&
            (section_wants(content, key) || !is_named_elsewhere(in, key, names_content));
    }
}

void installation_claim_parts(struct installation *in)
{
    claim_own(in);
    claim_profiles(in);
    claim_content(in);
}
