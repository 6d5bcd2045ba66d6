/* The steps of nodes, without their branches. */
#include "base/percent.h"
#include "platform/import/flow.h"

static bool is_usual(const struct node *value, const char *usual)
{
    if (node_is(value, NODE_STRING) || node_is(value, NODE_INTEGER)) {
        return slice_is(value->text, usual);
    }
    if (node_is(value, NODE_BOOLEAN)) {
        return strcmp(usual, value->boolean ? "true" : "false") == 0;
    }
    return value == NULL;
}

/* `optional` of an entity says already when the question is put. */
static bool is_said_by_entity(struct flow_writer *w, const struct import_node *node,
                              const struct node *value)
{
    const struct member *entity = node->kind == DIALOG_ENTITY
                                      ? node_member(node_get(w->d->root, "entities"), node->name)
                                      : NULL;
    return entity != NULL && node_get(entity->value, "optional") != NULL &&
           node_is(value, NODE_STRING) && slice_is(value->text, "optional");
}

static void add_settings(struct flow_writer *w, struct node *out, const struct import_node *node,
                         const struct node *options)
{
    static const struct {
        const char *key;
        const char *usual; /* "true" and "false" are booleans */
    } settings[] = {
        {"transitionType", "auto"},
        {"isRetriesExceeded", "false"},
        {"promptOptions", "required"},
        {"reuseMarkedupPhrases", "false"},
        {"transitionMode", "initiateCurrentTask"},
        {"inputHandlingOptions", "useAsEntityValue"},
        {"reuseOptions", "1"},
        {"userInputCorrection", "true"},
        {"noAutoCorrection", "false"},
        {"notForReuse", "false"},
        {"precedence", "entityOverIntent"},
        {"errorPromptSequencing", ""},
        {"arraySize", ""},
        {"isOptional", "false"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const struct node *value = node_get(options, settings[i].key);
        bool said =
            strcmp(settings[i].key, "promptOptions") == 0 && is_said_by_entity(w, node, value);
        if (!is_usual(value, settings[i].usual) && !said) {
            node_set(w->arena, out, slice_of(settings[i].key), value);
        }
    }
}

/* True for a mapping without any other keys. */
static bool has_only(const struct node *mapping, const char *const *keys)
{
    for (size_t i = 0; node_is(mapping, NODE_MAPPING) && i < mapping->count; i++) {
        if (!slice_is_any(mapping->members[i].key->text, keys)) {
            return false;
        }
    }
    return node_is(mapping, NODE_MAPPING);
}

static bool is_message(const struct node *message)
{
    for (size_t i = 0; i < node_length(message); i++) {
        if (!node_is(message->items[i], NODE_STRING)) {
            return false;
        }
    }
    return message == NULL || node_is(message, NODE_STRING) || node_is(message, NODE_SEQUENCE);
}

bool import_can_say_interruptions(const struct node *interruptions)
{
    static const char *const keys[] = {"priority",      "interruptsEnabled", "type",
                                       "holdUxOptions", "resumeUxOptions",   NULL};
    static const char *const inner[] = {"option", "message", "neverNotify", NULL};
    static const char *const priorities[] = {"task", "node", "bot", NULL};
    const struct node *enabled = node_get(interruptions, "interruptsEnabled");
    bool known = has_only(interruptions, keys) &&
                 (node_get(interruptions, "priority") == NULL ||
                  slice_is_any(node_text(interruptions, "priority"), priorities)) &&
                 (enabled == NULL || enabled->kind == NODE_BOOLEAN);
    for (size_t i = 2; known && keys[i] != NULL; i++) {
        const struct node *choice = node_get(interruptions, keys[i]);
        const struct node *option = node_get(choice, "option");
        const struct node *never = node_get(choice, "neverNotify");
        known =
            choice == NULL || (has_only(choice, inner) && is_message(node_get(choice, "message")) &&
                               (option == NULL || option->kind == NODE_STRING) &&
                               (never == NULL || never->kind == NODE_BOOLEAN));
    }
    return known;
}

bool import_can_say_amendments(const struct node *amendments)
{
    static const char *const keys[] = {"priority", "enabled", "allowHidden", "postAmend", NULL};
    const struct node *enabled = node_get(amendments, "enabled");
    const struct node *hidden = node_get(amendments, "allowHidden");
    const struct node *after = node_get(amendments, "postAmend");
    return has_only(amendments, keys) && slice_is(node_text(amendments, "priority"), "task") &&
           (enabled == NULL || enabled->kind == NODE_BOOLEAN) &&
           (hidden == NULL || hidden->kind == NODE_BOOLEAN) &&
           (after == NULL || after->kind == NODE_STRING);
}

static bool has_usual_interruptions(const struct node *interruptions)
{
    const struct node *enabled = node_get(interruptions, "interruptsEnabled");
    return node_get(interruptions, "type") == NULL && (enabled == NULL || enabled->boolean) &&
           slice_is(node_text(interruptions, "priority"), "task");
}

/* What happens after too many retries, where it is unusual; NULL: nothing. */
static struct node *own_events(struct flow_writer *w, const struct import_node *node,
                               const struct node *events)
{
    const struct node *retry = node_get(events, "defaultMaxRetry");
    const struct node *limit = node_get(retry, "retry_limit");
    bool usual = node_get(events, "maxRetry") == NULL && node_text(retry, "ref").length == 0 &&
                 (retry == NULL || slice_is(node_text(retry, "action"), "endOfDialog")) &&
                 (limit == NULL || limit->kind == NODE_INTEGER);
    if (usual) {
        return NULL;
    }
    struct node *own = node_copy(w->arena, events);
    for (size_t i = 0; i < own->count; i++) { /* an empty `ref` is none */
        if (node_is(own->members[i].value, NODE_MAPPING) &&
            node_text(own->members[i].value, "ref").length == 0) {
            own->members[i].value = node_copy(w->arena, own->members[i].value);
            node_remove(own->members[i].value, SLICE("ref"));
        }
    }
    if (node->retries != NO_TARGET) {
        struct node *leads = node_copy(w->arena, retry);
        node_remove(leads, SLICE("ref"));
        node_set_text(w->arena, leads, "goto", flow_label(w, node->retries));
        node_set(w->arena, own, SLICE("defaultMaxRetry"), leads);
    }
    return own;
}

/* The platform writes a row without name and value where nobody has given a tag. */
static bool has_tags(const struct node *tags)
{
    for (size_t i = 0; node_is(tags, NODE_MAPPING) && i < tags->count; i++) {
        const struct node *list = tags->members[i].value;
        for (size_t j = 0; j < node_length(list); j++) {
            if (node_text(list->items[j], "name").length > 0 ||
                node_text(list->items[j], "value").length > 0) {
                return true;
            }
        }
    }
    return false;
}

struct node *flow_options(struct flow_writer *w, const struct import_node *node)
{
    const struct node *options = node_get(node->stub, "nodeOptions");
    const struct node *interruptions = node_get(options, "interruptOptions");
    const struct node *events = node_get(options, "eventOptions");
    const struct node *tags = node_get(options, "customTags");
    struct node *out = node_new_mapping(w->arena);
    if (w->d->no_options) {
        return NULL;
    }
    add_settings(w, out, node, options);
    if (interruptions != NULL && !has_usual_interruptions(interruptions) &&
        import_can_say_interruptions(interruptions)) {
        node_set(w->arena, out, SLICE("interruptOptions"), interruptions);
    }
    struct node *own = events != NULL ? own_events(w, node, events) : NULL;
    if (own != NULL) {
        node_set(w->arena, out, SLICE("eventOptions"), own);
    }
    const struct node *context_tags = node_get(options, "contextTags");
    if (node_length(context_tags) > 0) {
        node_set(w->arena, out, SLICE("contextTags"), context_tags);
    }
    const struct node *rules = node_get(options, "entityRules");
    if (node_is(rules, NODE_MAPPING) && rules->count > 0) {
        node_set(w->arena, out, SLICE("entityRules"), rules);
    }
    if (has_tags(tags)) {
        struct node *kept = node_copy(w->arena, tags);
        node_remove(kept, SLICE("altText"));
        node_set(w->arena, out, SLICE("customTags"), kept);
    }
    return out->count > 0 ? out : NULL;
}

static struct node *members_of(struct flow_writer *w, const struct import_node *node)
{
    struct import_dialog *d = w->d;
    struct node *list = node_new_sequence(w->arena);
    const struct node *members = node_get(node->stub, "nodes");
    const struct node *services = node_get(d->root, "services");
    for (size_t i = 0; i < node_length(members); i++) {
        if (import_is_prepared(d, services, members, i)) {
            continue;
        }
        const struct node *component = bot_component(d->importer->bot, members->items[i]);
        enum dialog_kind kind = node_type_is(members->items[i], DIALOG_SERVICE) ? DIALOG_SERVICE
                                : node_type_is(members->items[i], DIALOG_LOGIC) ? DIALOG_LOGIC
                                                                                : DIALOG_SCRIPT;
        struct node *member = node_new_mapping(w->arena);
        node_set_text(w->arena, member, dialog_kind_step(kind),
                      import_component_name(d, kind, component));
        node_append(w->arena, list, member);
    }
    return list;
}

/* What there is to know of a dialog that is no template: its names and ids. */
static struct node *declaration_of(struct flow_writer *w, const struct import_node *node)
{
    struct import_dialog *d = w->d;
    struct arena *arena = w->arena;
    struct slice name = node_text(node->component, "name");
    struct slice component = node_text(node->component, "_id");
    struct slice dialog_id = node_text(node->component, "dialogId");
    struct slice ref = node_text(node->stub, "flowTaskId");
    struct node *other = node_new_mapping(arena);
    const struct {
        const char *key, *platform_key;
        struct slice usual;
    } texts[] = {{"title", "intent", name}, {"label", "label", {0}}, {"description", "desc", {0}}};
    node_set_text(arena, other, "intent", name.length > 0 ? name : SLICE("unknown"));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct node *text =
            import_localized(d, node->component, texts[i].platform_key, texts[i].usual);
        if (text != NULL) {
            node_set(arena, other, slice_of(texts[i].key), text);
        }
    }
    if (slice_starts_with(dialog_id, "dg-")) {
        node_set_text(arena, other, "id", dialog_id);
    }
    if (ref.length > 0) {
        node_set_text(arena, other, "ref", ref);
    }
    if (slice_starts_with(component, "dc-")) {
        node_set_text(arena, other, "component", component);
        node_set_text(arena, other, "componentRef", node_text(node->component, "refId"));
    }
    return other;
}

/* The identifier by which `dialog:` calls the dialog of an intent node. */
static struct slice callee_of(struct flow_writer *w, const struct import_node *node)
{
    struct import_dialog *d = w->d;
    struct slice component = node_text(node->component, "_id");
    const struct import_dialog *callee =
        map_get(&d->importer->by_dialog_id, node_text(node->component, "dialogId"));
    bool known = callee != NULL && callee->intent == node->component;
    if (known && callee->selected) {
        return callee->id;
    }
    struct node *dialogs = node_get(d->root, "dialogs");
    if (dialogs == NULL) {
        dialogs = node_new_mapping(w->arena);
        node_set(w->arena, d->root, SLICE("dialogs"), dialogs);
    }
    struct slice id =
        known ? callee->id
              : import_identifier(w->arena, node_text(node->component, "name"), "dialog");
    struct slice wanted = id;
    for (size_t number = 2;; number++) {
        const struct member *taken = node_member(dialogs, wanted);
        const struct import_dialog *named = map_get(&d->importer->ids, wanted);
        if (taken != NULL && slice_equal(node_text(taken->value, "component"), component)) {
            return wanted;
        }
        if (taken == NULL && (named == NULL || named == callee)) {
            break;
        }
        wanted = arena_printf(w->arena, "%.*s-%zu", SLICE_ARG(id), number);
    }
    node_set(w->arena, dialogs, wanted, declaration_of(w, node));
    return wanted;
}

void flow_add_display(struct flow_writer *w, struct node *step, const struct import_node *node)
{
    struct node *display = import_localized(w->d, node->component, "label", node->name);
    if (display != NULL) {
        node_set(w->arena, step, SLICE("display"), display);
    }
}

/* Other words for yes and no. */
static void add_yes_and_no(struct flow_writer *w, struct node *step, const struct import_node *node)
{
    static const char *const words[] = {"yes", "no"};
    struct import_dialog *d = w->d;
    struct node *synonyms = node_new_mapping(w->arena);
    const struct node *data = node_get(node->component, "localeData");
    for (size_t i = 0; i < 2; i++) {
        struct node *map = node_new_mapping(w->arena);
        bool whole = true;
        for (size_t j = 0; j < d->locale_count; j++) {
            struct member *own = node_member(data, d->locales[j]);
            const struct node *list =
                own != NULL ? node_get(node_get(own->value, "synonyms"), words[i]) : NULL;
            for (size_t k = 0; k < node_length(list); k++) {
                whole = whole && node_is(list->items[k], NODE_STRING) &&
                        list->items[k]->text.length > 0;
            }
            if (node_length(list) > 0) {
                node_set(w->arena, map, d->locales[j], list);
            }
        }
        if (map->count > 0 && whole) {
            node_set(w->arena, synonyms, slice_of(words[i]),
                     d->locale_count == 1 ? map->members[0].value : map);
        }
    }
    if (synonyms->count > 0) {
        node_set(w->arena, step, SLICE("synonyms"), synonyms);
    }
}

/* What a call of a dialog assigns before or after it. */
static void add_assignment(struct flow_writer *w, struct node *step, const char *key,
                           struct slice text)
{
    if (text.length > 0) {
        node_set_text(w->arena, step, key, percent_decode_text(w->arena, text));
    }
}

static void add_flag(struct flow_writer *w, struct node *step, const char *key)
{
    node_set(w->arena, step, slice_of(key), node_new_boolean(w->arena, true));
}

struct node *flow_step(struct flow_writer *w, const struct import_node *node)
{
    struct node *step = node_new_mapping(w->arena);
    struct arena *arena = w->arena;
    const struct node *flag = node_get(node->component, "applyDefaultTemplate");
    const char *word = dialog_kind_step(node->kind);
    struct node *question;
    switch (node->kind) {
    case DIALOG_ENTITY:
        node_set_text(arena, step, word, node->name);
        break;
    case DIALOG_MESSAGE:
        node_set_text(arena, step, word, node->name);
        break;
    case DIALOG_CONFIRM:
        question = import_messages(w->d, node->component, "message");
        node_set(arena, step, slice_of(word),
                 question != NULL ? question : node_new_text(arena, SLICE("(see xo)")));
        node_set_text(arena, step, "name", node->name);
        flow_add_display(w, step, node);
        add_yes_and_no(w, step, node);
        if (node_is(flag, NODE_BOOLEAN) && flag->boolean) {
            add_flag(w, step, "defaultTemplate");
        }
        break;
    case DIALOG_ACTION: {
        node_set_text(arena, step, word, node->name);
        node_set(arena, step, SLICE("do"), members_of(w, node));
        flow_add_display(w, step, node);
        struct node *text = import_localized(w->d, node->component, "desc", SLICE(""));
        if (text != NULL) {
            node_set(arena, step, SLICE("description"), text);
        }
        break;
    }
    case DIALOG_SCRIPT:
        node_set_text(arena, step, word, node->name);
        add_flag(w, step, "bare");
        break;
    case DIALOG_SERVICE:
        node_set_text(arena, step, word, node->name);
        add_flag(w, step, "bare");
        break;
    case DIALOG_CALL:
        node_set_text(arena, step, word, callee_of(w, node));
        add_assignment(w, step, "before", node_text(node->stub, "contextMap"));
        add_assignment(w, step, "after", node_text(node->stub, "postContextMap"));
        break;
    case DIALOG_TRANSFER:
        add_flag(w, step, word);
        node_set_text(arena, step, "name", node->name);
        flow_add_display(w, step, node);
        break;
    case DIALOG_FORM:
        node_set_text(arena, step, word, node->name);
        break;
    case DIALOG_INTENT: /* is the template's head, no step */
    case DIALOG_LOGIC:  /* is its `choose` */
        break;
    }
    return step;
}
