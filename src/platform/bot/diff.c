/* Comparing two exports: dialogs, and what the bot has besides. */
#include "platform/bot/comparison.h"

#include "document/tree/build.h"

/* ---- dialogs ---- */

static const struct diff_subject the_dialog = {{NULL, 0}, {NULL, 0}};

/*
 * A dialog has a new name when the first language that both know has another one. `lname` is the
 * same name in lower case.
 */
static void compare_dialog_name(struct comparison *c, const struct dialog_pair *pair,
                                struct key_list *keys)
{
    const struct node *old = node_get(pair->a, "localeData");
    const struct node *new = node_get(pair->b, "localeData");
    for (size_t i = 0; node_is(old, NODE_MAPPING) && i < old->count; i++) {
        const struct member *other = node_member(new, old->members[i].key->text);
        struct slice before = node_text(old->members[i].value, "name");
        struct slice after = other != NULL ? node_text(other->value, "name") : SLICE("");
        if (before.length > 0 && after.length > 0 && !slice_equal(before, after)) {
            tell(c, &the_dialog, DIFF_CHANGED, false, "was named `%.*s`", SLICE_ARG(before));
            c->old_name = before;
            c->new_name = after;
            return;
        }
    }
    compare_trees(c, "dialog", "lname", node_get(pair->a, "lname"), node_get(pair->b, "lname"),
                  keys);
}

static void compare_dialog_languages(struct comparison *c, const struct dialog_pair *pair,
                                     struct key_list *keys)
{
    const struct node *a = node_get(pair->a, "localeData");
    const struct node *b = node_get(pair->b, "localeData");
    if (!node_is(a, NODE_MAPPING) || !node_is(b, NODE_MAPPING)) {
        compare_trees(c, "dialog", "localeData", a, b, keys);
        return;
    }
    compare_languages(c, &the_dialog, a, b);
    for (size_t i = 0; i < a->count; i++) {
        const struct member *other = node_member(b, a->members[i].key->text);
        struct step way[2] = {{SLICE("localeData"), 0}, {a->members[i].key->text, 0}};
        if (other != NULL) {
            compare_members_at(c, "dialog", way, 2, a->members[i].value, other->value, NULL, keys);
        }
    }
}

/* A dialog begins with its first intent, whatever the order of its nodes. */
static void compare_start(struct comparison *c, const struct dialog_pair *pair)
{
    const struct node *a = bot_intent(c->a, pair->a);
    const struct node *b = bot_intent(c->b, pair->b);
    if (a != NULL && b != NULL && map_get_address(&c->partners, a) != b &&
        map_get_address(&c->partners, a) != NULL && pairing_is_reordered(&pair->nodes)) {
        tell(c, &the_dialog, DIFF_CHANGED, true, "began with `%.*s`, now with `%.*s`",
             SLICE_ARG(node_text(a, "name")), SLICE_ARG(node_text(b, "name")));
    }
}

static const char *const told_of_dialog[] = {"nodes", "lname", "localeData", NULL};

/* An artifact is in no namespace; an installation puts its dialog into the bot's. */
static const char *const told_of_artifact[] = {"nodes", "lname", "localeData", "vNameSpace", NULL};

static void compare_dialogs(struct comparison *c, const struct dialog_pair *pair)
{
    struct key_list keys = {0};
    c->place = pair->place;
    c->pair = pair;
    compare_dialog_name(c, pair, &keys);
    compare_dialog_languages(c, pair, &keys);
    compare_members(c, "dialog", pair->a, pair->b, c->partial ? told_of_artifact : told_of_dialog,
                    &keys);
    c->old_name = c->new_name = (struct slice){0};
    compare_start(c, pair);
    if (node_is(node_get(pair->a, "nodes"), NODE_SEQUENCE) &&
        node_is(node_get(pair->b, "nodes"), NODE_SEQUENCE)) {
        compare_nodes(c, &pair->nodes);
    } else {
        compare_trees(c, "dialog", "nodes", node_get(pair->a, "nodes"), node_get(pair->b, "nodes"),
                      &keys);
    }
    struct diff_subject subject = {SLICE("dialog"), pair->place->name};
    tell_keys(c, &subject, false, &keys);
    c->pair = NULL;
}

static void compare_all_dialogs(struct comparison *c)
{
    const struct node *a = c->dialogs.a;
    const struct node *b = c->dialogs.b;
    size_t place = 0;
    size_t pair = 0;
    for (size_t i = 0; i < a->count; i++, place++) {
        c->place = &c->result.places[place];
        if (c->dialogs.of_a[i] != UNPAIRED) {
            compare_dialogs(c, &c->dialog_pairs[pair++]);
        } else if (!c->partial || bot_is_artifact(c->a)) {
            tell(c, &the_dialog, DIFF_REMOVED, true, "removed");
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (c->dialogs.of_b[i] == UNPAIRED) {
            c->place = &c->result.places[place++];
            if (!c->partial || bot_is_artifact(c->b)) {
                tell(c, &the_dialog, DIFF_ADDED, false, "added");
            }
        }
    }
    c->place = &c->result.places[c->result.count - 1];
    pairing_note_order(c, &c->dialogs, "dialogs");
}

/* ---- components that no node of a dialog in both exports has ---- */

static void tell_unused(struct comparison *c, const struct node *component, enum diff_kind kind)
{
    struct diff_subject subject = {node_text(component, "type"), node_text(component, "name")};
    tell(c, &subject, kind, false, "%s; no dialog uses it", diff_kind_name(kind));
}

static void compare_other_components(struct comparison *c)
{
    const struct pairing *components = &c->components;
    pairing_note_order(c, components, "dialogComponents");
    for (size_t i = 0; i < node_length(components->a); i++) {
        const struct node *component = components->a->items[i];
        if (components->of_a[i] != UNPAIRED) {
            compare_component_pair(c, component, components->b->items[components->of_a[i]]);
        } else if (map_get_address(&c->used_a, component) == NULL) {
            tell_unused(c, component, DIFF_REMOVED);
        }
    }
    for (size_t i = 0; i < node_length(components->b); i++) {
        const struct node *component = components->b->items[i];
        if (components->of_b[i] == UNPAIRED && map_get_address(&c->used_b, component) == NULL) {
            tell_unused(c, component, DIFF_ADDED);
        }
    }
}

/* ---- the bot ---- */

/* Sections whose entries have a name, and are used by it. */
static const struct named_section {
    const char *section;
    const char *name;
    const char *what;
    const char *scope;
} named_sections[] = {
    {"idpConfigurations", "name", "auth profile", "profile"},
    {"contentVariables", "key", "content variable", "variable"},
};

static void compare_entry(struct comparison *c, const struct named_section *section,
                          const struct node *a, const struct node *b)
{
    const char *const told[] = {section->name, NULL};
    struct slice before = node_text(a, section->name);
    struct slice after = node_text(b, section->name);
    struct diff_subject subject = {slice_of(section->what), after};
    struct key_list keys = {0};
    bool renamed = before.length > 0 && after.length > 0 && !slice_equal(before, after);
    if (renamed) {
        tell(c, &subject, DIFF_CHANGED, true, "was named `%.*s`", SLICE_ARG(before));
    }
    compare_members(c, section->scope, a, b, renamed ? told : NULL, &keys);
    tell_keys(c, &subject, true, &keys);
}

static void compare_named_section(struct comparison *c, const struct named_section *section,
                                  struct key_list *rest)
{
    const struct node *a = bot_section(c->a, section->section);
    const struct node *b = bot_section(c->b, section->section);
    struct pairing entries = pairing_new(c, a, b);
    pairing_match(c, &entries, pair_by_text, "_id");
    pairing_match(c, &entries, pair_by_text, section->name);
    pairing_match(c, &entries, pair_by_position, NULL);
    pairing_note_order(c, &entries, section->section);
    if ((a == NULL) != (b == NULL) && node_length(a) + node_length(b) == 0) {
        struct step way = {slice_of(section->section), 0};
        key_list_add_way(c, rest, &way, 1);
    }
    for (size_t i = 0; i < node_length(a); i++) {
        struct diff_subject subject = {slice_of(section->what),
                                       node_text(a->items[i], section->name)};
        if (entries.of_a[i] == UNPAIRED) {
            tell(c, &subject, DIFF_REMOVED, true, "removed");
        } else {
            compare_entry(c, section, a->items[i], b->items[entries.of_a[i]]);
        }
    }
    for (size_t i = 0; i < node_length(b); i++) {
        struct diff_subject subject = {slice_of(section->what),
                                       node_text(b->items[i], section->name)};
        if (entries.of_b[i] == UNPAIRED) {
            tell(c, &subject, DIFF_ADDED, false, "added");
        }
    }
}

/* The list of languages as a mapping, so that it is compared like the texts in them. */
static struct node *languages_of(struct comparison *c, const struct node *list)
{
    struct node *languages = node_new_mapping(c->arena);
    for (size_t i = 0; i < node_length(list); i++) {
        node_set(c->arena, languages, list->items[i]->text, list->items[i]);
    }
    return languages;
}

/*
 * A language of the bot is in a list, and has a name of the bot and settings. True when one has
 * come to the list, or has gone.
 */
static bool compare_bot_languages(struct comparison *c, const struct diff_subject *subject,
                                  struct key_list *keys)
{
    const struct node *a = bot_section(c->a, "localeData");
    const struct node *b = bot_section(c->b, "localeData");
    struct map told = map_new(c->arena);
    size_t before = c->result.changes;
    c->told = &told;
    compare_languages(c, subject, languages_of(c, bot_section(c->a, "supportedLanguages")),
                      languages_of(c, bot_section(c->b, "supportedLanguages")));
    bool listed = c->result.changes > before;
    if (!node_is(a, NODE_MAPPING) || !node_is(b, NODE_MAPPING)) {
        compare_trees(c, "bot", "localeData", a, b, keys);
    } else {
        compare_languages(c, subject, a, b);
        for (size_t i = 0; i < a->count; i++) {
            const struct member *other = node_member(b, a->members[i].key->text);
            struct step way[2] = {{SLICE("localeData"), 0}, {a->members[i].key->text, 0}};
            if (other != NULL) {
                compare_members_at(c, "bot", way, 2, a->members[i].value, other->value, NULL, keys);
            }
        }
    }
    c->told = NULL;
    return listed;
}

/* The first is left out when there are words for it. */
static const char *const told_of_bot[] = {"supportedLanguages", "dialogs",    "dialogComponents",
                                          "sentences",          "patterns",   "idpConfigurations",
                                          "contentVariables",   "localeData", NULL};

static void compare_bot(struct comparison *c)
{
    struct diff_subject subject = {SLICE("bot"), bot_name(c->b)};
    struct key_list keys = {0};
    c->place = &c->result.places[c->result.count - 1];
    for (size_t i = 0; i < sizeof named_sections / sizeof named_sections[0]; i++) {
        compare_named_section(c, &named_sections[i], &keys);
    }
    bool languages = compare_bot_languages(c, &subject, &keys);
    compare_members(c, "bot", c->a->root, c->b->root, told_of_bot + (languages ? 0 : 1), &keys);
    tell_keys(c, &subject, false, &keys);
}

struct bot_diff bot_compare(struct arena *arena, const struct bot *a, const struct bot *b)
{
    struct comparison c = {.arena = arena,
                           .a = a,
                           .b = b,
                           .partial = bot_is_artifact(a) != bot_is_artifact(b),
                           .partners = map_new(arena),
                           .partners_b = map_new(arena),
                           .owners_a = map_new(arena),
                           .owners_b = map_new(arena),
                           .used_a = map_new(arena),
                           .used_b = map_new(arena),
                           .compared = map_new(arena),
                           .ids = map_new(arena)};
    pair_everything(&c);
    compare_all_dialogs(&c);
    compare_other_components(&c);
    compare_training(&c);
    compare_bot(&c);
    return c.result;
}
