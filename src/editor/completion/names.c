/* Names: of what the file, its fragments and the project define. */
#include "editor/completion/offers.h"

/* ---- definitions ---- */

struct visit {
    void (*each)(struct offers *offers, const struct name *name, void *context);
    void *context;
};

static void visit_names(struct offers *offers, const struct visit *visit, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->items[i];
        if (name->is_definition && slice_find(name->text, CURSOR_PROBE, 0) == SIZE_MAX) {
            visit->each(offers, name, visit->context);
        }
    }
}

/* The names of a tree, and of the fragments that it uses. */
static void visit_tree(struct offers *offers, const struct visit *visit, const struct node *root)
{
    struct names names = names_of(offers->arena, offers->schemas, offers->path, root);
    visit_names(offers, visit, &names);
    for (size_t i = 0; i < names.count; i++) {
        const struct name *name = &names.items[i];
        const struct node *fragment = name->kind == NAME_FRAGMENT && !name->is_definition
                                          ? offers_fragment(offers, name->text)
                                          : NULL;
        if (fragment != NULL && fragment != root) {
            struct names inside = names_of(offers->arena, offers->schemas, "", fragment);
            visit_names(offers, visit, &inside);
        }
    }
}

void offers_definitions(struct offers *offers,
                        void (*each)(struct offers *offers, const struct name *name, void *context),
                        void *context)
{
    struct visit visit = {each, context};
    visit_tree(offers, &visit, offers->cursor->root);
    if (offers->dialog != NULL) {
        visit_tree(offers, &visit, offers->dialog);
    }
}

/* ---- offers ---- */

struct wanted {
    enum name_kind kind;
    enum offer_kind as;
};

/* What a definition is about, for people: its prompt, text or description. */
static struct slice about(const struct node *what)
{
    static const char *const keys[] = {"prompt", "description", "title", "label", "en", "text"};
    if (node_is(what, NODE_STRING)) {
        return what->text;
    }
    for (size_t i = 0; what != NULL && i < sizeof keys / sizeof keys[0]; i++) {
        const struct node *text = node_get(what, keys[i]);
        if (node_is(text, NODE_STRING)) {
            return text->text;
        }
    }
    return SLICE("");
}

static void add_definition(struct offers *offers, const struct name *name, void *context)
{
    const struct wanted *wanted = context;
    struct slice type =
        node_is(name->what, NODE_MAPPING) ? node_text(name->what, "type") : SLICE("");
    const char *word = name_kind_info(name->kind)->word;
    if (name_kind_can_mean(wanted->kind, name->kind)) {
        offers_add(offers, (struct offer){
                               .kind = wanted->as,
                               .rank = OFFER_USUAL,
                               .label = name->text,
                               .detail = type.length > 0 ? arena_printf(offers->arena, "%s (%.*s)",
                                                                        word, SLICE_ARG(type))
                                                         : slice_of(word),
                               .documentation = about(name->what),
                           });
    }
}

void offers_add_names(struct offers *offers, enum name_kind kind, enum offer_kind as)
{
    struct wanted wanted = {kind, as};
    offers_definitions(offers, add_definition, &wanted);
}

static void add_name(void *context, struct slice name)
{
    struct offers *offers = context;
    offers_add_value(offers,
                     (struct offer){.kind = OFFER_NAME, .rank = OFFER_USUAL, .label = name});
}

static void add_fragments(struct offers *offers)
{
    size_t first = offers->count;
    fragment_library_offer(offers->compiler->fragments, add_name, offers);
    for (size_t i = first; i < offers->count; i++) {
        const struct node *root = offers_fragment(offers, offers->items[i].label);
        offers->items[i].documentation = root != NULL ? node_text(root, "description") : SLICE("");
    }
}

static void add_profiles(struct offers *offers)
{
    const struct auth_profiles *profiles = &offers->compiler->profiles;
    for (size_t i = 0; i < profiles->count; i++) {
        add_name(offers, profiles->items[i]->id);
    }
    add_name(offers, SLICE("none"));
}

static void add_dialogs(struct offers *offers)
{
    const struct summary *summary;
    for (size_t i = 0; (summary = project_state_template(offers->project, i)) != NULL; i++) {
        struct slice id = summary->id.length > 0 ? summary->id : summary->broken_id;
        if (id.length > 0) {
            add_name(offers, id);
        }
    }
}

static void add_objects(struct offers *offers)
{
    size_t first = offers->count;
    struct sobject_catalog *catalog = offers->compiler->project->catalog;
    sobject_catalog_offer(catalog, add_name, offers);
    for (size_t i = first; i < offers->count; i++) {
        offers->items[i].kind = OFFER_OBJECT;
    }
}

/* The locales that the file is built for. */
static void add_locales(struct offers *offers)
{
    const struct node *root = offers->dialog != NULL ? offers->dialog : offers->cursor->root;
    struct built_locales locales =
        locales_of_template(offers->arena, root, offers->compiler->project);
    for (size_t i = 0; i < locales.count; i++) {
        if (slice_find(locales.names[i], CURSOR_PROBE, 0) == SIZE_MAX) {
            add_name(offers, locales.names[i]);
        }
    }
}

/* What the project has of this kind. */
static void add_of_project(struct offers *offers, enum name_kind kind)
{
    if (kind == NAME_FRAGMENT) {
        add_fragments(offers);
    } else if (kind == NAME_PROFILE) {
        add_profiles(offers);
    } else if (kind == NAME_DIALOG) {
        add_dialogs(offers);
    } else if (kind == NAME_SOBJECT) {
        add_objects(offers);
    } else if (kind == NAME_LOCALE) {
        add_locales(offers);
    }
}

/* `with: {noun: …}`: the parameters of the fragment beside it. */
static void offer_parameters(struct offers *offers)
{
    const struct cursor *cursor = offers->cursor;
    const struct node *fragment =
        cursor->count > 1 && cursor->is_key &&
                slice_is(schema_places_text(&cursor_last(cursor)->places, "title"), "With")
            ? offers_fragment(offers, offers_name_around(offers, NAME_FRAGMENT))
            : NULL;
    const struct node *parameters = node_get(fragment, "parameters");
    for (size_t i = 0; node_is(parameters, NODE_MAPPING) && i < parameters->count; i++) {
        struct slice key = parameters->members[i].key->text;
        if (node_member(cursor_last(cursor)->node, key) == NULL) {
            offers_add(offers, (struct offer){
                                   .kind = OFFER_KEY,
                                   .rank = OFFER_USUAL,
                                   .label = key,
                                   .detail = SLICE("parameter"),
                                   .documentation = about(parameters->members[i].value),
                                   .text = arena_printf(offers->arena, "%.*s: ", SLICE_ARG(key)),
                               });
        }
    }
}

/* A key that is a name: of an entity that is set, a locale, a value of a picklist. */
static void offer_named_keys(struct offers *offers)
{
    const struct cursor_step *last = cursor_last(offers->cursor);
    struct schema_places keys = schema_places_keys(&last->places);
    enum name_kind kind;
    size_t first = offers->count;
    if (!offers->cursor->is_key ||
        !(name_kind_used(&last->places, &kind) || name_kind_used(&keys, &kind))) {
        return;
    }
    if (kind == NAME_LOCALE && offers->compiler != NULL) {
        add_locales(offers);
    } else if (kind == NAME_PICKLIST_VALUE) {
        offer_values_of_picklist(offers);
    } else {
        offers_add_names(offers, kind, OFFER_VARIABLE);
    }
    size_t kept = first;
    for (size_t i = first; i < offers->count; i++) {
        struct offer offer = offers->items[i];
        struct slice key = offer.text.length > 0 ? offer.text : offer.label;
        if (!offers->cursor->has_colon) {
            offer.text = arena_printf(offers->arena, "%.*s: ", SLICE_ARG(key));
        }
        if (node_member(last->node, offer.label) == NULL) {
            offers->items[kept++] = offer;
        }
    }
    offers->count = kept;
}

void offer_names(struct offers *offers)
{
    enum name_kind kind;
    struct slice reference;
    bool is_name = offers->cursor->is_value && !cursor_in_reference(offers->cursor, &reference) &&
                   name_kind_used(&offers->cursor->places, &kind);
    if (is_name && kind == NAME_PICKLIST) {
        offer_picklists(offers);
    } else if (is_name && kind == NAME_PICKLIST_VALUE) {
        offer_values_of_picklist(offers);
    } else if (is_name) {
        offers_add_names(offers, kind, OFFER_NAME);
        if (offers->compiler != NULL) {
            add_of_project(offers, kind);
        }
    } else {
        offer_named_keys(offers);
        offer_parameters(offers);
    }
}
