#include "platform/bot/diff.h"
#include "platform/artifact/node_type.h"

#include <stdarg.h>
#include "base/percent.h"
#include "base/printable.h"

struct diff {
    struct arena *arena;
    const struct bot *a;
    const struct bot *b;
    struct map old_training; /* of `a`, see index_training */
    struct map new_training;
    struct builder out;
    bool partial; /* an artifact and a bot */
    bool marks;
    struct slice heading; /* of the lines that follow; written with the first of them */
    bool written;
    size_t changes;
    size_t breaking;
};

/* ---- lines ---- */

static void begin(struct diff *d, struct slice heading)
{
    d->heading = heading;
    d->written = false;
}

PRINTF_LIKE(3, 4)
static void tell(struct diff *d, bool breaks, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_vprintf(d->arena, format, arguments);
    va_end(arguments);
    if (!d->written) {
        printable_add(&d->out, d->heading, PRINTABLE_LINE);
        builder_add_char(&d->out, '\n');
        d->written = true;
    }
    builder_add_text(&d->out, d->marks && breaks ? "! " : "  ");
    printable_add(&d->out, text, PRINTABLE_LINE);
    builder_add_char(&d->out, '\n');
    d->changes++;
    d->breaking += breaks;
}

/* A text as it is shown: decoded, on one line, not too long. */
static struct slice quote_text(struct diff *d, struct slice text)
{
    struct builder out = builder_new(d->arena);
    text = percent_decode_text(d->arena, text);
    builder_add_char(&out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (out.length >= 160 && (c & 0xC0) != 0x80) {
            builder_add_text(&out, "…");
            break;
        }
        builder_add_char(&out, c < 0x20 ? ' ' : (char)c);
    }
    builder_add_char(&out, '"');
    return builder_slice(&out);
}

static bool values_are_equal(const struct node *a, const struct node *b)
{
    return a == NULL || b == NULL ? a == b : node_equal(a, b);
}

/* ---- elements of two arrays that are the same ---- */

/*
 * The elements of an array by a key, each under a key of its own: where a key occurs again, the
 * occurrences are numbered.
 */
struct keyed {
    struct slice *keys;
    struct map map;
};

/* Nodes of a dialog by type and name, instead of a text of theirs. */
static const char by_type_and_name[] = "";

static struct slice key_of(struct arena *arena, const struct bot *bot, const struct node *element,
                           const char *key)
{
    if (key != by_type_and_name) {
        return node_text(element, key);
    }
    return arena_printf(arena, "%.*s %.*s", SLICE_ARG(node_text(element, "type")),
                        SLICE_ARG(bot_node_name(bot, element)));
}

static struct keyed key_elements(struct arena *arena, const struct bot *bot,
                                 const struct node *array, const char *key)
{
    struct keyed keyed = {.map = map_new(arena)};
    struct map counts = map_new(arena);
    keyed.keys = arena_alloc_array(arena, node_length(array) + 1, sizeof *keyed.keys);
    for (size_t i = 0; i < node_length(array); i++) {
        struct slice base = key_of(arena, bot, array->items[i], key);
        size_t before = map_increment(&counts, base) - 1;
        keyed.keys[i] =
            before == 0 ? base : arena_printf(arena, "%.*s\n%zu", SLICE_ARG(base), before);
        map_add(&keyed.map, keyed.keys[i], array->items[i]);
    }
    return keyed;
}

/* An array by two keys: the id, and what serves where the id is another one. */
struct pairing {
    struct keyed by_id;
    struct keyed by_name;
};

static struct pairing pair_elements(struct arena *arena, const struct bot *bot,
                                    const struct node *array, const char *id, const char *name)
{
    return (struct pairing){key_elements(arena, bot, array, id),
                            key_elements(arena, bot, array, name)};
}

/* The element of `to` that is the element `index` of `from`; NULL when there is none. */
static const struct node *partner(const struct pairing *from, size_t index,
                                  const struct pairing *to)
{
    const struct node *found = map_get(&to->by_id.map, from->by_id.keys[index]);
    return found != NULL ? found : map_get(&to->by_name.map, from->by_name.keys[index]);
}

/* ---- content of a node ---- */

/* What a line about a node begins with. */
struct subject {
    struct slice type;
    struct slice name;
};

static void compare_entry(struct diff *d, const struct subject *s, const char *what,
                          const struct node *a, const struct node *b)
{
    const struct node *old = node_get(a, "localeData");
    const struct node *new = node_get(b, "localeData");
    struct slice channel = node_text(a != NULL ? a : b, "channel");
    for (size_t i = 0; node_is(old, NODE_MAPPING) && i < old->count; i++) {
        struct slice locale = old->members[i].key->text;
        const struct member *other = node_member(new, locale);
        struct slice before = node_text(old->members[i].value, "text");
        struct slice after = other != NULL ? node_text(other->value, "text") : SLICE("");
        if (other == NULL) {
            tell(d, true, "%.*s `%.*s`: %s for %.*s in %.*s was removed", SLICE_ARG(s->type),
                 SLICE_ARG(s->name), what, SLICE_ARG(channel), SLICE_ARG(locale));
        } else if (!slice_equal(before, after)) {
            tell(d, false, "%.*s `%.*s`: %s for %.*s in %.*s was %.*s, now %.*s",
                 SLICE_ARG(s->type), SLICE_ARG(s->name), what, SLICE_ARG(channel),
                 SLICE_ARG(locale), SLICE_ARG(quote_text(d, before)),
                 SLICE_ARG(quote_text(d, after)));
        }
    }
    for (size_t i = 0; node_is(new, NODE_MAPPING) && i < new->count; i++) {
        struct slice locale = new->members[i].key->text;
        if (node_member(old, locale) == NULL) {
            tell(d, false, "%.*s `%.*s`: %s for %.*s in %.*s was added: %.*s", SLICE_ARG(s->type),
                 SLICE_ARG(s->name), what, SLICE_ARG(channel), SLICE_ARG(locale),
                 SLICE_ARG(quote_text(d, node_text(new->members[i].value, "text"))));
        }
    }
}

static void compare_texts(struct diff *d, const struct subject *s, const char *key,
                          const char *what, const struct node *a, const struct node *b)
{
    const struct node *entries = node_get(a, key);
    const struct node *new_entries = node_get(b, key);
    struct keyed old = key_elements(d->arena, d->a, entries, "channel");
    struct keyed new = key_elements(d->arena, d->b, new_entries, "channel");
    for (size_t i = 0; i < node_length(entries); i++) {
        compare_entry(d, s, what, entries->items[i], map_get(&new.map, old.keys[i]));
    }
    for (size_t i = 0; i < node_length(new_entries); i++) {
        if (map_get(&old.map, new.keys[i]) == NULL) {
            compare_entry(d, s, what, NULL, new_entries->items[i]);
        }
    }
}

/* The keys of headers (a JSON text) are not taken apart: their values may be credentials. */
static void compare_request(struct diff *d, const struct subject *s, const struct node *a,
                            const struct node *b)
{
    static const char *const parts[] = {"method", "protocol", "host", "port", "path", NULL};
    const struct node *old = node_get(a, "endPoint");
    const struct node *new = node_get(b, "endPoint");
    for (const char *const *part = parts; *part != NULL; part++) {
        struct slice before = node_text(old, *part);
        struct slice after = node_text(new, *part);
        if (!slice_equal(before, after)) {
            size_t hidden = slice_find(before, "?", 0);
            size_t also_hidden = slice_find(after, "?", 0);
            before = slice_part(before, 0, hidden < before.length ? hidden : before.length);
            after = slice_part(after, 0, also_hidden < after.length ? also_hidden : after.length);
            tell(d, true, "%.*s `%.*s`: the request's %s was %.*s, now %.*s%s", SLICE_ARG(s->type),
                 SLICE_ARG(s->name), *part, SLICE_ARG(quote_text(d, before)),
                 SLICE_ARG(quote_text(d, after)),
                 slice_equal(before, after) ? " with a different query" : "");
        }
    }
    if (!values_are_equal(node_get(a, "headers"), node_get(b, "headers"))) {
        tell(d, true, "%.*s `%.*s`: the request's headers changed", SLICE_ARG(s->type),
             SLICE_ARG(s->name));
    }
    if (!values_are_equal(node_get(a, "payload"), node_get(b, "payload"))) {
        tell(d, true, "%.*s `%.*s`: the request's body changed", SLICE_ARG(s->type),
             SLICE_ARG(s->name));
    }
    if (!slice_equal(node_text(a, "idp"), node_text(b, "idp"))) {
        tell(d, true, "%.*s `%.*s`: the auth profile was `%.*s`, now `%.*s`", SLICE_ARG(s->type),
             SLICE_ARG(s->name), SLICE_ARG(node_text(a, "idp")), SLICE_ARG(node_text(b, "idp")));
    }
}

/* The values that a user may choose, in one locale. */
static const struct node *choices_of(const struct node *locale)
{
    return node_get(node_get(locale, "allowedValues"), "values");
}

static void compare_choices(struct diff *d, const struct subject *s, struct slice locale,
                            const struct node *a, const struct node *b)
{
    struct keyed old = key_elements(d->arena, d->a, a, "value");
    struct keyed new = key_elements(d->arena, d->b, b, "value");
    for (size_t i = 0; i < node_length(a); i++) {
        struct slice value = node_text(a->items[i], "value");
        const struct node *other = map_get(&new.map, old.keys[i]);
        if (other == NULL) {
            tell(d, true, "entity `%.*s`: the choice `%.*s` was removed in %.*s",
                 SLICE_ARG(s->name), SLICE_ARG(value), SLICE_ARG(locale));
        } else if (!node_equal(a->items[i], other)) {
            tell(d, false,
                 "entity `%.*s`: the title or synonyms of the choice `%.*s` changed in %.*s",
                 SLICE_ARG(s->name), SLICE_ARG(value), SLICE_ARG(locale));
        }
    }
    for (size_t i = 0; i < node_length(b); i++) {
        if (map_get(&old.map, new.keys[i]) == NULL) {
            tell(d, false, "entity `%.*s`: the choice `%.*s` was added in %.*s", SLICE_ARG(s->name),
                 SLICE_ARG(node_text(b->items[i], "value")), SLICE_ARG(locale));
        }
    }
}

static void compare_entity(struct diff *d, const struct subject *s, const struct node *a,
                           const struct node *b)
{
    struct slice before = node_text(a, "entityType");
    struct slice after = node_text(b, "entityType");
    const struct node *locales = node_get(a, "localeData");
    if (!slice_equal(before, after)) {
        tell(d, true, "entity `%.*s`: the type was `%.*s`, now `%.*s`", SLICE_ARG(s->name),
             SLICE_ARG(before), SLICE_ARG(after));
    }
    if (!values_are_equal(node_get(a, "regexPattern"), node_get(b, "regexPattern"))) {
        tell(d, true, "entity `%.*s`: the pattern changed", SLICE_ARG(s->name));
    }
    for (size_t i = 0; node_is(locales, NODE_MAPPING) && i < locales->count; i++) {
        struct slice locale = locales->members[i].key->text;
        const struct member *other = node_member(node_get(b, "localeData"), locale);
        if (other != NULL) {
            compare_choices(d, s, locale, choices_of(locales->members[i].value),
                            choices_of(other->value));
        }
    }
}

/* Keys that the lines above already cover, or whose values differ in every export. */
static const char *const told_of_component[] = {
    "_id",      "refId",   "name",     "type",     "message",    "errorMessage",
    "endPoint", "headers", "payload",  "idp",      "entityType", "regexPattern",
    "script",   "nodes",   "dialogId", "parentId", NULL};

/* Names the other keys that differ, so that no change is passed over in silence. */
static void compare_rest(struct diff *d, const struct subject *s, const struct node *a,
                         const struct node *b, const char *const *told)
{
    struct builder names = builder_new(d->arena);
    for (size_t i = 0; node_is(a, NODE_MAPPING) && i < a->count; i++) {
        struct slice key = a->members[i].key->text;
        const struct member *other = node_member(b, key);
        bool choices =
            slice_is(key, "localeData") && slice_is(s->type, node_type_name(DIALOG_ENTITY));
        if (!slice_is_any(key, told) && !choices &&
            (other == NULL || !node_equal(a->members[i].value, other->value))) {
            builder_printf(&names, "%s`%.*s`", names.length > 0 ? ", " : "", SLICE_ARG(key));
        }
    }
    for (size_t i = 0; node_is(b, NODE_MAPPING) && i < b->count; i++) {
        struct slice key = b->members[i].key->text;
        if (!slice_is_any(key, told) && node_member(a, key) == NULL) {
            builder_printf(&names, "%s`%.*s`", names.length > 0 ? ", " : "", SLICE_ARG(key));
        }
    }
    if (names.length > 0) {
        tell(d, false, "%.*s `%.*s`: changed in %.*s", SLICE_ARG(s->type), SLICE_ARG(s->name),
             SLICE_ARG(builder_slice(&names)));
    }
}

static void compare_components(struct diff *d, const struct node *a, const struct node *b)
{
    struct subject s = {node_text(b, "type"), node_text(b, "name")};
    if (a == NULL || b == NULL || node_equal(a, b)) {
        return;
    }
    if (!slice_equal(node_text(a, "name"), s.name)) {
        tell(d, true, "%.*s `%.*s`: was named `%.*s`", SLICE_ARG(s.type), SLICE_ARG(s.name),
             SLICE_ARG(node_text(a, "name")));
    }
    compare_texts(d, &s, "message", "the text", a, b);
    compare_texts(d, &s, "errorMessage", "the error text", a, b);
    if (slice_is(s.type, node_type_name(DIALOG_SERVICE))) {
        compare_request(d, &s, a, b);
    } else if (slice_is(s.type, node_type_name(DIALOG_ENTITY))) {
        compare_entity(d, &s, a, b);
    }
    if (!values_are_equal(node_get(a, "script"), node_get(b, "script"))) {
        tell(d, false, "%.*s `%.*s`: the script changed", SLICE_ARG(s.type), SLICE_ARG(s.name));
    }
    compare_rest(d, &s, a, b, told_of_component);
}

/* ---- nodes ---- */

/* The nodes of a dialog or a bot action. */
struct nodes {
    const struct bot *bot;
    struct pairing pairing;
};

/* The target of a transition by name: `end`, or the node's. */
static struct slice target_name(const struct nodes *nodes, const struct node *target)
{
    if (!node_is(target, NODE_STRING) || target->text.length == 0) {
        return SLICE("nowhere");
    }
    const struct node *stub = map_get(&nodes->pairing.by_id.map, target->text);
    return stub != NULL ? bot_node_name(nodes->bot, stub) : target->text;
}

static void add_test(struct builder *out, const struct nodes *nodes, const struct node *test)
{
    struct slice field = node_text(test, "field");
    struct slice act = node_text(test, "dialogAct");
    struct slice subject = node_text(test, "context");
    subject = subject.length > 0 ? subject : node_text(test, "intent");
    if (act.length > 0) {
        builder_add(out, act);
        return;
    }
    if (field.length > 0) {
        subject = target_name(nodes, node_get(test, "field"));
    }
    builder_printf(out, "%.*s", SLICE_ARG(subject));
    if (node_text(test, "op").length > 0) {
        builder_printf(out, " %.*s %.*s", SLICE_ARG(node_text(test, "op")),
                       SLICE_ARG(node_text(test, "value")));
    }
}

/* "yes -> a; no -> end; otherwise -> b" */
static struct slice transitions_text(struct diff *d, const struct nodes *nodes,
                                     const struct node *stub)
{
    struct builder out = builder_new(d->arena);
    const struct node *transitions = node_get(stub, "transitions");
    for (size_t i = 0; i < node_length(transitions); i++) {
        const struct node *transition = transitions->items[i];
        const struct node *condition = node_get(transition, "if");
        const struct node *tests = node_get(condition, "tests");
        builder_add_text(&out, i > 0 ? "; " : "");
        if (condition == NULL) {
            struct slice target = target_name(nodes, node_get(transition, "default"));
            builder_printf(&out, "otherwise -> %.*s", SLICE_ARG(target));
            continue;
        }
        if (tests == NULL) {
            add_test(&out, nodes, condition);
        }
        for (size_t t = 0; t < node_length(tests); t++) {
            if (t > 0) {
                builder_printf(&out, " %.*s ", SLICE_ARG(node_text(condition, "conjoin")));
            }
            add_test(&out, nodes, tests->items[t]);
        }
        struct slice target = target_name(nodes, node_get(transition, "then"));
        builder_printf(&out, " -> %.*s", SLICE_ARG(target));
    }
    return builder_slice(&out);
}

static const char *const told_of_node[] = {"nodeId", "type",     "componentId",  "transitions",
                                           "nodes",  "metadata", "positionMeta", NULL};

static void compare_nodes(struct diff *d, const struct node *a, const struct node *b, bool inner)
{
    struct nodes old = {d->a, pair_elements(d->arena, d->a, a, "nodeId", by_type_and_name)};
    struct nodes new = {d->b, pair_elements(d->arena, d->b, b, "nodeId", by_type_and_name)};
    for (size_t i = 0; i < node_length(a); i++) {
        if (partner(&old.pairing, i, &new.pairing) == NULL) {
            tell(d, true, "%.*s `%.*s`: removed", SLICE_ARG(node_text(a->items[i], "type")),
                 SLICE_ARG(bot_node_name(d->a, a->items[i])));
        }
    }
    for (size_t i = 0; i < node_length(b); i++) {
        const struct node *stub = b->items[i];
        struct subject s = {node_text(stub, "type"), bot_node_name(d->b, stub)};
        const struct node *other = partner(&new.pairing, i, &old.pairing);
        if (other == NULL) {
            tell(d, false, "%.*s `%.*s`: added", SLICE_ARG(s.type), SLICE_ARG(s.name));
            continue;
        }
        if (!slice_equal(node_text(other, "type"), s.type)) {
            tell(d, true, "the type of `%.*s` was `%.*s`, now `%.*s`", SLICE_ARG(s.name),
                 SLICE_ARG(node_text(other, "type")), SLICE_ARG(s.type));
        }
        compare_components(d, bot_component(d->a, other), bot_component(d->b, stub));
        if (!inner) {
            struct slice before = transitions_text(d, &old, other);
            struct slice after = transitions_text(d, &new, stub);
            if (!slice_equal(before, after)) {
                tell(d, true, "%.*s `%.*s`: the transitions were \"%.*s\", now \"%.*s\"",
                     SLICE_ARG(s.type), SLICE_ARG(s.name), SLICE_ARG(before), SLICE_ARG(after));
            }
            compare_nodes(d, node_get(other, "nodes"), node_get(stub, "nodes"), true);
        }
        compare_rest(d, &s, other, stub, told_of_node);
    }
}

/* ---- training ---- */

/* The training sentences of one intent, in the order of the export. */
struct training {
    struct node **sentences;
    size_t count;
};

/* The training of each intent, by the intent's `_id`. */
static struct map index_training(struct arena *arena, const struct bot *bot)
{
    struct map map = map_new(arena);
    const struct node *sentences = bot_section(bot, "sentences");
    for (size_t i = 0; i < node_length(sentences); i++) {
        struct slice intent = node_text(sentences->items[i], "taskId");
        struct training *training = map_get(&map, intent);
        if (training == NULL) {
            training = arena_alloc(arena, sizeof *training);
            map_add(&map, intent, training);
        }
        training->sentences =
            arena_append(arena, training->sentences, training->count, sizeof *training->sentences);
        training->sentences[training->count++] = sentences->items[i];
    }
    return map;
}

static struct slice sentence_text(struct arena *arena, const struct node *sentence)
{
    return arena_printf(arena, "%.*s: %.*s", SLICE_ARG(node_text(sentence, "language")),
                        SLICE_ARG(node_text(sentence, "sentence")));
}

/* Lists the sentences that only `these` has. */
static void tell_sentences(struct diff *d, const struct training *these,
                           const struct training *others, bool gone)
{
    struct map known = map_new(d->arena);
    for (size_t i = 0; others != NULL && i < others->count; i++) {
        map_add(&known, sentence_text(d->arena, others->sentences[i]), others->sentences[i]);
    }
    for (size_t i = 0; these != NULL && i < these->count; i++) {
        const struct node *sentence = these->sentences[i];
        if (map_get(&known, sentence_text(d->arena, sentence)) == NULL) {
            struct slice text = quote_text(d, node_text(sentence, "sentence"));
            tell(d, gone, "utterance %.*s (%.*s): %s", SLICE_ARG(text),
                 SLICE_ARG(node_text(sentence, "language")), gone ? "removed" : "added");
        }
    }
}

static void compare_training(struct diff *d, const struct node *a, const struct node *b)
{
    const struct training *old = map_get(&d->old_training, node_text(bot_intent(d->a, a), "_id"));
    const struct training *new = map_get(&d->new_training, node_text(bot_intent(d->b, b), "_id"));
    tell_sentences(d, old, new, true);
    tell_sentences(d, new, old, false);
}

/* ---- dialogs and what the bot has besides ---- */

static const char *const told_of_dialog[] = {"_id", "refId", "nodes", "lname", "sceneRefId", NULL};

/* An artifact is in no namespace; an installation puts its dialog into the bot's. */
static const char *const told_of_artifact[] = {"_id",        "refId",      "nodes", "lname",
                                               "sceneRefId", "vNameSpace", NULL};

static void compare_dialogs(struct diff *d, const struct node *a, const struct node *b)
{
    struct slice before = bot_dialog_name(a);
    struct slice after = bot_dialog_name(b);
    struct subject s = {SLICE("dialog"), after};
    begin(d, arena_printf(d->arena, "dialog `%.*s`", SLICE_ARG(after)));
    if (!slice_equal(before, after)) {
        tell(d, false, "was named `%.*s`", SLICE_ARG(before));
    }
    compare_nodes(d, node_get(a, "nodes"), node_get(b, "nodes"), false);
    compare_training(d, a, b);
    compare_rest(d, &s, a, b, d->partial ? told_of_artifact : told_of_dialog);
}

/* Entries that are told apart by a name: profiles, content variables. */
static void compare_entries(struct diff *d, const char *section, const char *key, const char *what)
{
    const struct node *a = bot_section(d->a, section);
    const struct node *b = bot_section(d->b, section);
    struct keyed old = key_elements(d->arena, d->a, a, key);
    struct keyed new = key_elements(d->arena, d->b, b, key);
    for (size_t i = 0; i < node_length(a); i++) {
        const struct node *other = map_get(&new.map, old.keys[i]);
        struct slice name = node_text(a->items[i], key);
        if (other == NULL) {
            tell(d, true, "%s `%.*s`: removed", what, SLICE_ARG(name));
        } else if (!node_equal(a->items[i], other)) {
            tell(d, true, "%s `%.*s`: changed", what, SLICE_ARG(name));
        }
    }
    for (size_t i = 0; i < node_length(b); i++) {
        if (map_get(&old.map, new.keys[i]) == NULL) {
            struct slice name = node_text(b->items[i], key);
            tell(d, false, "%s `%.*s`: added", what, SLICE_ARG(name));
        }
    }
}

static const char *const told_of_bot[] = {"dialogs",       "dialogComponents",  "sentences",
                                          "patterns",      "idpConfigurations", "contentVariables",
                                          "exportOptions", "encryptedHash",     NULL};

/* An artifact has no `_id`: it is compared with a part of a bot. */
static bool is_artifact(const struct bot *bot)
{
    return node_get(bot->root, "_id") == NULL;
}

struct bot_diff bot_compare(struct arena *arena, const struct bot *a, const struct bot *b,
                            bool marks)
{
    struct diff d = {.arena = arena, .a = a, .b = b, .out = builder_new(arena), .marks = marks};
    const struct node *old = bot_section(a, "dialogs");
    const struct node *new = bot_section(b, "dialogs");
    bool partial = is_artifact(a) != is_artifact(b);
    d.partial = partial;
    d.old_training = index_training(arena, a);
    d.new_training = index_training(arena, b);
    struct pairing from = pair_elements(arena, a, old, "_id", "lname");
    struct pairing to = pair_elements(arena, b, new, "_id", "lname");
    for (size_t i = 0; i < old->count; i++) {
        const struct node *other = partner(&from, i, &to);
        if (other != NULL) {
            compare_dialogs(&d, old->items[i], other);
        } else if (!partial || is_artifact(a)) {
            begin(&d,
                  arena_printf(arena, "dialog `%.*s`", SLICE_ARG(bot_dialog_name(old->items[i]))));
            tell(&d, true, "removed");
        }
    }
    for (size_t i = 0; i < new->count; i++) {
        if (partner(&to, i, &from) == NULL && (!partial || is_artifact(b))) {
            begin(&d,
                  arena_printf(arena, "dialog `%.*s`", SLICE_ARG(bot_dialog_name(new->items[i]))));
            tell(&d, false, "added");
        }
    }
    if (!partial) {
        struct subject s = {SLICE("bot"), bot_name(b)};
        begin(&d, SLICE("the bot"));
        compare_entries(&d, "idpConfigurations", "name", "auth profile");
        compare_entries(&d, "contentVariables", "key", "content variable");
        compare_rest(&d, &s, a->root, b->root, told_of_bot);
    }
    return (struct bot_diff){builder_slice(&d.out), d.changes, d.breaking};
}
