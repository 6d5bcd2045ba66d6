/* Words for what differs in two components. */
#include "platform/bot/comparison.h"

#include "platform/artifact/node_type.h"

/* The components that are being compared, and what has no words so far. */
struct component_pair {
    struct diff_subject subject;
    const struct node *a;
    const struct node *b;
    struct key_list keys;
};

bool are_lists_of_mappings(const struct node *a, const struct node *b)
{
    const struct node *lists[] = {a, b};
    for (size_t l = 0; l < 2; l++) {
        if (lists[l] != NULL && lists[l]->kind != NODE_SEQUENCE) {
            return false;
        }
        for (size_t i = 0; i < node_length(lists[l]); i++) {
            if (lists[l]->items[i]->kind != NODE_MAPPING) {
                return false;
            }
        }
    }
    return a != NULL && b != NULL;
}

static bool are_mappings(const struct node *a, const struct node *b)
{
    return node_is(a, NODE_MAPPING) && node_is(b, NODE_MAPPING);
}

/* ---- texts ---- */

/* One text in one language, and the way to it. */
struct wording {
    const char *what; /* "the text" */
    struct slice channel;
    struct slice locale;
    struct step way[4];
};

static void compare_wording(struct comparison *c, struct component_pair *pair,
                            const struct wording *w, const struct node *a, const struct node *b)
{
    static const char *const told[] = {"text", "type", NULL};
    static const char *const none[] = {NULL};
    struct slice old = node_text(a, "text");
    struct slice new = node_text(b, "text");
    struct slice old_type = node_text(a, "type");
    struct slice new_type = node_text(b, "type");
    bool differs = !slice_equal(old, new) && !is_same_text(c, old, new);
    bool tells = are_mappings(a, b) && (differs || !slice_equal(old_type, new_type));
    if (tells) {
        bool types = !slice_equal(old_type, new_type);
        struct slice before = quote_text(c, old);
        struct slice after = quote_text(c, new);
        if (types) {
            before = arena_printf(c->arena, "%.*s (%.*s)", SLICE_ARG(before), SLICE_ARG(old_type));
            after = arena_printf(c->arena, "%.*s (%.*s)", SLICE_ARG(after), SLICE_ARG(new_type));
        }
        tell(c, &pair->subject, DIFF_CHANGED, false, "%s for %.*s in %.*s was %.*s, now %.*s",
             w->what, SLICE_ARG(w->channel), SLICE_ARG(w->locale), SLICE_ARG(before),
             SLICE_ARG(after));
    }
    compare_members_at(c, "component", w->way, 4, a, b, tells ? told : none, &pair->keys);
}

static void compare_wordings(struct comparison *c, struct component_pair *pair, struct wording *w,
                             const struct node *a, const struct node *b)
{
    for (size_t i = 0; i < a->count; i++) {
        w->locale = w->way[3].key = a->members[i].key->text;
        const struct member *other = node_member(b, w->locale);
        if (other == NULL) {
            tell(c, &pair->subject, DIFF_REMOVED, true, "%s for %.*s in %.*s was removed", w->what,
                 SLICE_ARG(w->channel), SLICE_ARG(w->locale));
        } else {
            compare_wording(c, pair, w, a->members[i].value, other->value);
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        w->locale = b->members[i].key->text;
        if (node_member(a, w->locale) == NULL) {
            tell(c, &pair->subject, DIFF_ADDED, false, "%s for %.*s in %.*s was added: %.*s",
                 w->what, SLICE_ARG(w->channel), SLICE_ARG(w->locale),
                 SLICE_ARG(quote_text(c, node_text(b->members[i].value, "text"))));
        }
    }
}

/* What is said through one channel: `{channel, localeData}`. */
static void compare_entry(struct comparison *c, struct component_pair *pair, struct wording *w,
                          const struct node *a, const struct node *b)
{
    static const char *const told[] = {"channel", "localeData", NULL};
    const char *const *known = told;
    struct slice before = node_text(a, "channel");
    w->channel = node_text(b, "channel");
    if (!slice_equal(before, w->channel)) {
        tell(c, &pair->subject, DIFF_CHANGED, true, "the channel of %s was `%.*s`, now `%.*s`",
             w->what, SLICE_ARG(before), SLICE_ARG(w->channel));
    } else if ((node_get(a, "channel") == NULL) != (node_get(b, "channel") == NULL)) {
        key_list_add_way(c, &pair->keys, w->way, 2);
    }
    w->way[2] = (struct step){SLICE("localeData"), 0};
    const struct node *old = node_get(a, "localeData");
    const struct node *new = node_get(b, "localeData");
    if (are_mappings(old, new)) {
        compare_wordings(c, pair, w, old, new);
    } else if (old != NULL || new != NULL) {
        compare_members_at(c, "component", w->way, 3, old, new, NULL, &pair->keys);
    }
    compare_members_at(c, "component", w->way, 2, a, b, known, &pair->keys);
}

static void tell_entry(struct comparison *c, const struct component_pair *pair, const char *what,
                       const struct node *entry, enum diff_kind kind)
{
    struct slice channel = node_text(entry, "channel");
    struct builder texts = builder_new(c->arena);
    const struct node *locales = node_get(entry, "localeData");
    for (size_t i = 0; node_is(locales, NODE_MAPPING) && i < locales->count; i++) {
        builder_printf(&texts, "%s%.*s", i > 0 ? ", " : " in ",
                       SLICE_ARG(locales->members[i].key->text));
    }
    if (kind == DIFF_REMOVED) {
        tell(c, &pair->subject, kind, true, "%s for %.*s%.*s was removed", what, SLICE_ARG(channel),
             SLICE_ARG(builder_slice(&texts)));
        return;
    }
    struct slice first = node_is(locales, NODE_MAPPING) && locales->count > 0
                             ? node_text(locales->members[0].value, "text")
                             : SLICE("");
    tell(c, &pair->subject, kind, false, "%s for %.*s%.*s was added: %.*s", what,
         SLICE_ARG(channel), SLICE_ARG(builder_slice(&texts)), SLICE_ARG(quote_text(c, first)));
}

static void compare_texts(struct comparison *c, struct component_pair *pair, const char *key,
                          const char *what)
{
    const struct node *a = node_get(pair->a, key);
    const struct node *b = node_get(pair->b, key);
    if (!are_lists_of_mappings(a, b)) {
        compare_trees(c, "component", key, a, b, &pair->keys);
        return;
    }
    struct pairing entries = pairing_new(c, a, b);
    pairing_match(c, &entries, pair_by_content, NULL); /* a channel may have several */
    pairing_match(c, &entries, pair_by_text, "channel");
    pairing_match(c, &entries, pair_by_position, NULL);
    struct wording w = {.what = what, .way = {{slice_of(key), 0}}};
    if (pairing_is_reordered(&entries)) {
        key_list_add_way(c, &pair->keys, w.way, 1);
    }
    for (size_t i = 0; i < a->count; i++) {
        if (entries.of_a[i] == UNPAIRED) {
            tell_entry(c, pair, what, a->items[i], DIFF_REMOVED);
        } else {
            w.way[1].index = entries.of_a[i];
            compare_entry(c, pair, &w, a->items[i], b->items[entries.of_a[i]]);
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (entries.of_b[i] == UNPAIRED) {
            tell_entry(c, pair, what, b->items[i], DIFF_ADDED);
        }
    }
}

/* ---- requests ---- */

/* What is before the query: that may hold credentials. */
static struct slice without_query(struct slice path)
{
    size_t hidden = slice_find(path, "?", 0);
    return slice_part(path, 0, hidden < path.length ? hidden : path.length);
}

/* The parts of a request's address that have words; "" behind them. */
static const char *const address_parts[] = {"method", "protocol", "host", "port", "path", NULL};

static void compare_address(struct comparison *c, struct component_pair *pair)
{
    const struct node *a = node_get(pair->a, "endPoint");
    const struct node *b = node_get(pair->b, "endPoint");
    const char *told[sizeof address_parts / sizeof address_parts[0]] = {NULL};
    size_t count = 0;
    for (const char *const *part = address_parts; are_mappings(a, b) && *part != NULL; part++) {
        struct slice before = node_text(a, *part);
        struct slice after = node_text(b, *part);
        bool encoding = slice_is(slice_of(*part), "path") && is_same_text(c, before, after);
        if (slice_equal(before, after) || encoding) {
            continue; /* what differs in form is seen below */
        }
        before = without_query(before);
        after = without_query(after);
        told[count++] = *part;
        tell(c, &pair->subject, DIFF_CHANGED, true, "the request's %s was %.*s, now %.*s%s", *part,
             SLICE_ARG(quote_text(c, before)), SLICE_ARG(quote_text(c, after)),
             slice_equal(before, after) ? " with a different query" : "");
    }
    struct key_list keys = {0};
    struct step way = {SLICE("endPoint"), 0};
    compare_members_at(c, "component", &way, 1, a, b, told, &keys);
    tell_keys(c, &pair->subject, true, &keys);
}

/* Parts that have no more than a name: their values may be credentials, or are long. */
static const struct opaque_part {
    const char *key;
    const char *what;
    bool breaks;
} opaque_parts[] = {
    {"headers", "the request's headers", true},
    {"payload", "the request's body", true},
    {"regexPattern", "the pattern", true},
    {"script", "the script", false},
};

static void compare_opaque_parts(struct comparison *c, struct component_pair *pair)
{
    for (size_t i = 0; i < sizeof opaque_parts / sizeof opaque_parts[0]; i++) {
        const struct opaque_part *part = &opaque_parts[i];
        struct key_list keys = {0};
        compare_trees(c, "component", part->key, node_get(pair->a, part->key),
                      node_get(pair->b, part->key), &keys);
        if (keys.count > 0) {
            tell(c, &pair->subject, DIFF_CHANGED, part->breaks, "%s changed", part->what);
        }
    }
}

/* ---- choices and languages ---- */

/* Says of a list of texts or choices which of them one side alone has. */
static void tell_choice(struct comparison *c, const struct component_pair *pair,
                        const struct node *choice, struct slice locale, enum diff_kind kind)
{
    tell(c, &pair->subject, kind, kind == DIFF_REMOVED, "the choice `%.*s` was %s in %.*s",
         SLICE_ARG(node_text(choice, "value")), diff_kind_name(kind), SLICE_ARG(locale));
}

static void compare_choice(struct comparison *c, struct component_pair *pair, struct slice locale,
                           const struct step *way, const struct node *a, const struct node *b)
{
    static const char *const told[] = {"value", NULL};
    struct slice before = node_text(a, "value");
    struct slice after = node_text(b, "value");
    struct key_list keys = {0};
    if (!slice_equal(before, after)) {
        tell(c, &pair->subject, DIFF_CHANGED, true, "the choice `%.*s` is now `%.*s` in %.*s",
             SLICE_ARG(before), SLICE_ARG(after), SLICE_ARG(locale));
        compare_members_at(c, "component", way, 5, a, b, told, &keys);
    } else {
        compare_members_at(c, "component", way, 5, a, b, NULL, &keys);
    }
    if (keys.count > 0) {
        tell(c, &pair->subject, DIFF_CHANGED, false,
             "the title or synonyms of the choice `%.*s` changed in %.*s", SLICE_ARG(after),
             SLICE_ARG(locale));
    }
}

static void compare_choices(struct comparison *c, struct component_pair *pair, struct slice locale,
                            const struct node *a, const struct node *b)
{
    struct step way[5] = {{SLICE("localeData"), 0},
                          {locale, 0},
                          {SLICE("allowedValues"), 0},
                          {SLICE("values"), 0},
                          {{NULL, 0}, 0}};
    if (!are_lists_of_mappings(a, b)) {
        compare_members_at(c, "component", way, 4, a, b, NULL, &pair->keys);
        return;
    }
    struct pairing choices = pairing_new(c, a, b);
    pairing_match(c, &choices, pair_by_text, "value");
    pairing_match(c, &choices, pair_by_text, "title");
    pairing_match(c, &choices, pair_by_position, NULL);
    if (pairing_is_reordered(&choices)) {
        tell(c, &pair->subject, DIFF_CHANGED, false, "the order of the choices changed in %.*s",
             SLICE_ARG(locale));
    }
    for (size_t i = 0; i < a->count; i++) {
        if (choices.of_a[i] == UNPAIRED) {
            tell_choice(c, pair, a->items[i], locale, DIFF_REMOVED);
        } else {
            way[4].index = choices.of_a[i];
            compare_choice(c, pair, locale, way, a->items[i], b->items[choices.of_a[i]]);
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (choices.of_b[i] == UNPAIRED) {
            tell_choice(c, pair, b->items[i], locale, DIFF_ADDED);
        }
    }
}

/* One language of a component; only entities have choices. */
static void compare_language(struct comparison *c, struct component_pair *pair, struct slice locale,
                             const struct node *a, const struct node *b)
{
    static const char *const told[] = {"allowedValues", NULL};
    static const char *const told_of_choices[] = {"values", NULL};
    struct step way[3] = {{SLICE("localeData"), 0}, {locale, 0}, {SLICE("allowedValues"), 0}};
    const struct node *old = node_get(a, "allowedValues");
    const struct node *new = node_get(b, "allowedValues");
    bool choices = are_mappings(old, new);
    if (choices) {
        const struct node *values = node_get(old, "values");
        const struct node *new_values = node_get(new, "values");
        if (values != NULL || new_values != NULL) {
            compare_choices(c, pair, locale, values, new_values);
        }
        compare_members_at(c, "component", way, 3, old, new, told_of_choices, &pair->keys);
    }
    compare_members_at(c, "component", way, 2, a, b, choices ? told : NULL, &pair->keys);
}

void compare_languages(struct comparison *c, const struct diff_subject *subject,
                       const struct node *a, const struct node *b)
{
    for (size_t i = 0; i < a->count; i++) {
        struct slice locale = a->members[i].key->text;
        if (node_member(b, locale) == NULL) {
            tell(c, subject, DIFF_REMOVED, true, "the language `%.*s` was removed",
                 SLICE_ARG(locale));
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        struct slice locale = b->members[i].key->text;
        if (node_member(a, locale) == NULL) {
            tell(c, subject, DIFF_ADDED, false, "the language `%.*s` was added", SLICE_ARG(locale));
        }
    }
}

static void compare_locale_data(struct comparison *c, struct component_pair *pair)
{
    const struct node *a = node_get(pair->a, "localeData");
    const struct node *b = node_get(pair->b, "localeData");
    if (!are_mappings(a, b)) {
        compare_trees(c, "component", "localeData", a, b, &pair->keys);
        return;
    }
    compare_languages(c, &pair->subject, a, b);
    for (size_t i = 0; i < a->count; i++) {
        struct slice locale = a->members[i].key->text;
        const struct member *other = node_member(b, locale);
        if (other != NULL) {
            compare_language(c, pair, locale, a->members[i].value, other->value);
        }
    }
}

/* ---- components ---- */

/* Texts that say what a component is, and break what relies on it when they change. */
static const struct named_part {
    const char *key;
    const char *what;
} named_parts[] = {
    {"entityType", "the type"},
    {"type", "the type"},
    {"idp", "the auth profile"},
};

static void compare_named_parts(struct comparison *c, struct component_pair *pair)
{
    for (size_t i = 0; i < sizeof named_parts / sizeof named_parts[0]; i++) {
        const struct named_part *part = &named_parts[i];
        const struct node *a = node_get(pair->a, part->key);
        const struct node *b = node_get(pair->b, part->key);
        if (slice_equal(node_text(pair->a, part->key), node_text(pair->b, part->key))) {
            compare_trees(c, "component", part->key, a, b, &pair->keys);
        } else {
            tell(c, &pair->subject, DIFF_CHANGED, true, "%s was `%.*s`, now `%.*s`", part->what,
                 SLICE_ARG(node_text(pair->a, part->key)),
                 SLICE_ARG(node_text(pair->b, part->key)));
        }
    }
}

/* The name of the dialog with that id; else the id. */
static struct slice dialog_name(const struct bot *bot, struct slice id)
{
    const struct node *dialog = map_get(&bot->dialogs, id);
    return dialog != NULL ? bot_dialog_name(dialog) : id;
}

static void compare_called_dialog(struct comparison *c, struct component_pair *pair)
{
    struct key_list keys = {0};
    compare_trees(c, "component", "dialogId", node_get(pair->a, "dialogId"),
                  node_get(pair->b, "dialogId"), &keys);
    if (keys.count > 0) {
        struct slice old = dialog_name(c->a, node_text(pair->a, "dialogId"));
        struct slice new = dialog_name(c->b, node_text(pair->b, "dialogId"));
        tell(c, &pair->subject, DIFF_CHANGED, true, "the dialog was `%.*s`, now `%.*s`",
             SLICE_ARG(old), SLICE_ARG(new));
    }
}

static void compare_name(struct comparison *c, struct component_pair *pair)
{
    struct slice before = node_text(pair->a, "name");
    struct slice after = node_text(pair->b, "name");
    if (slice_equal(before, after)) {
        compare_trees(c, "component", "name", node_get(pair->a, "name"), node_get(pair->b, "name"),
                      &pair->keys);
    } else {
        tell(c, &pair->subject, DIFF_CHANGED, true, "was named `%.*s`", SLICE_ARG(before));
        c->old_name = before;
        c->new_name = after;
    }
}

static const char *const told_of_component[] = {
    "name",         "type", "message",    "errorMessage", "submitMessage", "endPoint", "headers",
    "payload",      "idp",  "entityType", "script",       "nodes",         "dialogId", "localeData",
    "regexPattern", NULL};

bool compare_components(struct comparison *c, const struct node *a, const struct node *b)
{
    if (map_add_address(&c->compared, a, c) != NULL || node_equal(a, b)) {
        return false;
    }
    struct diff_place *place = c->place;
    struct component_pair pair = {{node_text(b, "type"), node_text(b, "name")}, a, b, {0}};
    c->place = component_place(c, a, b);
    compare_name(c, &pair);
    compare_texts(c, &pair, "message", "the text");
    compare_texts(c, &pair, "errorMessage", "the error text");
    compare_texts(c, &pair, "submitMessage", "the text after the form");
    compare_named_parts(c, &pair);
    compare_address(c, &pair);
    compare_opaque_parts(c, &pair);
    compare_called_dialog(c, &pair);
    compare_locale_data(c, &pair);
    compare_members(c, "component", a, b, told_of_component, &pair.keys);
    if (!are_lists_of_mappings(node_get(a, "nodes"), node_get(b, "nodes"))) {
        compare_trees(c, "component", "nodes", node_get(a, "nodes"), node_get(b, "nodes"),
                      &pair.keys);
    }
    tell_keys(c, &pair.subject, false, &pair.keys);
    c->old_name = c->new_name = (struct slice){0};
    c->place = place;
    return true;
}
