/*
 * An installation looks at the export and at the artifacts and says, section by section, what is
 * ours there and what must be there; src/bot/section.c makes edits of it. Ours is what hangs on a
 * dialog with an id that dialogc makes of the template's identifier; docs/bots.md tells the rules.
 */
#include "bot/install.h"

#include <stdint.h>

#include "bot/section.h"
#include "xo/id.h"
#include "xo/write.h"

enum section_name {
    PROFILES,
    PATTERNS,
    COMPONENTS,
    DIALOGS,
    SENTENCES,
    CONTENT,
    EXPORTED,
    SECTION_COUNT,
};

/* A component that is ours, and who else uses it. */
struct own_component {
    const struct node *component;
    bool shared; /* a dialog that stays uses it too */
};

struct installation {
    struct arena *arena;
    const struct bot *bot;
    struct diagnostics *diagnostics;
    struct plan *plan;
    struct section sections[SECTION_COUNT];
    struct map own_dialogs;       /* `_id` to the dialog in the export */
    struct map own_components;    /* `_id` to struct own_component */
    struct map own_refs;          /* `refId` of components of ours that go or are replaced */
    struct map own_intents;       /* `_id` of the intents of the dialogs of ours */
    struct map wanted_components; /* `_id` to the component of an artifact */
};

static void add_line(struct installation *in, enum change change, struct slice text)
{
    struct plan *plan = in->plan;
    plan->lines = arena_grow(in->arena, plan->lines, plan->line_count, plan->line_count + 1,
                             sizeof *plan->lines);
    plan->lines[plan->line_count++] = (struct plan_line){change, text};
}

static struct installation installation_new(const struct bot *bot, struct diagnostics *diagnostics,
                                            struct plan *plan)
{
    struct arena *arena = diagnostics->arena;
    struct installation in = {.arena = arena,
                              .bot = bot,
                              .diagnostics = diagnostics,
                              .plan = plan,
                              .own_dialogs = map_new(arena),
                              .own_components = map_new(arena),
                              .own_refs = map_new(arena),
                              .own_intents = map_new(arena),
                              .wanted_components = map_new(arena)};
    static const struct {
        const char *key;
        const char *identity;
    } table[] = {
        [PROFILES] = {"idpConfigurations", "name"}, [PATTERNS] = {"patterns", "refId"},
        [COMPONENTS] = {"dialogComponents", "_id"}, [DIALOGS] = {"dialogs", "_id"},
        [SENTENCES] = {"sentences", "_id"},         [CONTENT] = {"contentVariables", "key"},
    };
    for (size_t i = 0; i < EXPORTED; i++) {
        in.sections[i] = section_of(arena, bot->root, slice_of(table[i].key), table[i].identity, 2);
    }
    const struct node *tasks = node_get(node_get(bot->root, "exportOptions"), "subTasks");
    in.sections[EXPORTED] = section_of(arena, tasks, SLICE("dialogs"), NULL, 4);
    *plan = (struct plan){.keeps_hash = node_get(bot->root, "encryptedHash") != NULL};
    return in;
}

/* ---- what is ours in the export ---- */

static void claim_component(void *context, const struct node *stub)
{
    struct installation *in = context;
    struct node *component = bot_component(in->bot, stub);
    if (component == NULL) {
        return;
    }
    struct own_component *own = arena_alloc(in->arena, sizeof *own);
    *own = (struct own_component){component, false};
    map_add(&in->own_components, bot_text(stub, "componentId"), own);
}

static void mark_shared(void *context, const struct node *stub)
{
    struct installation *in = context;
    struct own_component *own = map_get(&in->own_components, bot_text(stub, "componentId"));
    if (own != NULL) {
        own->shared = true;
    }
}

/* Finds what belongs to the dialogs in own_dialogs. */
static void claim_parts(struct installation *in)
{
    const struct node *dialogs = in->sections[DIALOGS].array;
    for (size_t i = 0; i < dialogs->count; i++) {
        struct slice id = bot_text(dialogs->items[i], "_id");
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
        const struct own_component *own = map_get(&in->own_components, bot_text(component, "_id"));
        if (own == NULL || own->component != component ||
            (own->shared && map_get(&in->wanted_components, bot_text(component, "_id")) == NULL)) {
            continue;
        }
        components->ours[i] = true;
        map_add(&in->own_refs, bot_text(component, "refId"), components->array->items[i]);
        if (map_get(&in->own_dialogs, bot_text(component, "dialogId")) != NULL) {
            map_add(&in->own_intents, bot_text(component, "_id"), components->array->items[i]);
        }
    }
    struct section *sentences = &in->sections[SENTENCES];
    for (size_t i = 0; i < node_length(sentences->array); i++) {
        sentences->ours[i] =
            map_get(&in->own_intents, bot_text(sentences->array->items[i], "taskId")) != NULL;
    }
    struct section *patterns = &in->sections[PATTERNS];
    for (size_t i = 0; i < node_length(patterns->array); i++) {
        patterns->ours[i] =
            map_get(&in->own_refs, bot_text(patterns->array->items[i], "refId")) != NULL;
    }
    struct section *exported = &in->sections[EXPORTED];
    for (size_t i = 0; i < node_length(exported->array); i++) {
        exported->ours[i] =
            map_get(&in->own_dialogs, section_id(exported, exported->array->items[i])) != NULL;
    }
}

static bool own_dialog(struct installation *in, struct slice template_id)
{
    struct xo_id id = xo_dialog_id(template_id);
    struct node *dialog = map_get(&in->bot->dialogs, slice_of(id.text));
    if (dialog != NULL) {
        map_add(&in->own_dialogs, bot_text(dialog, "_id"), dialog);
    }
    return dialog != NULL;
}

/* ---- profiles and content variables: what other templates and the bot may share ---- */

static bool uses_profile(const struct installation *in, struct slice name)
{
    const struct section *components = &in->sections[COMPONENTS];
    for (size_t i = 0; i < components->array->count; i++) {
        if (!components->ours[i] &&
            slice_equal(bot_text(components->array->items[i], "idp"), name)) {
            return true;
        }
    }
    return false;
}

/* Profiles that dialogc has made and that no service uses any more are ours to take out. */
static void claim_profiles(struct installation *in)
{
    struct section *profiles = &in->sections[PROFILES];
    for (size_t i = 0; i < node_length(profiles->array); i++) {
        struct slice name = bot_text(profiles->array->items[i], "name");
        struct xo_id id = xo_profile_id(name);
        bool made = slice_is(bot_text(profiles->array->items[i], "_id"), id.text);
        bool wanted = false;
        for (size_t j = 0; j < profiles->wanted_count; j++) {
            wanted = wanted || slice_equal(profiles->wanted[j].id, name);
        }
        /* one that none of our services has used is another template's */
        bool used = false;
        for (size_t j = 0; j < in->sections[COMPONENTS].array->count; j++) {
            const struct node *component = in->sections[COMPONENTS].array->items[j];
            used = used || (in->sections[COMPONENTS].ours[j] &&
                            slice_equal(bot_text(component, "idp"), name));
        }
        profiles->ours[i] = made && (wanted || (used && !uses_profile(in, name)));
    }
}

/* True for a content variable that dialogc has written: its hints say so. */
static bool is_own_variable(const struct node *variable)
{
    const struct node *locales = node_get(variable, "localeData");
    bool own = node_is(locales, NODE_MAPPING) && locales->count > 0;
    for (size_t i = 0; own && i < locales->count; i++) {
        own = slice_is(bot_text(locales->members[i].value, "hint"), XO_CONTENT_HINT);
    }
    return own;
}

static bool is_named_elsewhere(const struct installation *in, const char *scope, struct slice key)
{
    const enum section_name places[] = {COMPONENTS, DIALOGS, PROFILES};
    for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
        const struct section *section = &in->sections[places[p]];
        for (size_t i = 0; i < node_length(section->array); i++) {
            const struct range range = section->array->items[i]->range;
            if (!section->ours[i] &&
                bot_names_variable(slice_part(in->bot->source->bytes, range.start, range.end),
                                   scope, key)) {
                return true;
            }
        }
    }
    return false;
}

static void claim_content(struct installation *in)
{
    struct section *content = &in->sections[CONTENT];
    for (size_t i = 0; i < node_length(content->array); i++) {
        const struct node *variable = content->array->items[i];
        struct slice key = bot_text(variable, "key");
        bool wanted = false;
        for (size_t j = 0; j < content->wanted_count; j++) {
            wanted = wanted || slice_equal(content->wanted[j].id, key);
        }
        content->ours[i] =
            is_own_variable(variable) && (wanted || !is_named_elsewhere(in, "content.", key));
    }
}

/* ---- clashes ---- */

/* A finding at a place of the export that tells what to do. */
static struct diagnostic *clash(struct installation *in, enum code code, const struct node *at,
                                struct slice message, const char *way_out)
{
    struct diagnostic *d =
        diag_report(in->diagnostics, code, in->bot->source, at->range, "%.*s", SLICE_ARG(message));
    diag_note(in->diagnostics, d, NULL, at->range, "%s", way_out);
    return d;
}

static void check_title(struct installation *in, const struct artifact *artifact,
                        const struct node *dialog)
{
    const struct section *dialogs = &in->sections[DIALOGS];
    const struct node *wanted = node_get(dialog, "localeData");
    for (size_t i = 0; i < dialogs->array->count; i++) {
        const struct node *other = dialogs->array->items[i];
        if (dialogs->ours[i]) {
            continue;
        }
        bool same = slice_equal_ignoring_case(bot_text(other, "lname"), bot_text(dialog, "lname"));
        for (size_t l = 0; !same && node_is(wanted, NODE_MAPPING) && l < wanted->count; l++) {
            const struct member *member =
                node_member(node_get(other, "localeData"), wanted->members[l].key->text);
            same = member != NULL &&
                   slice_equal_ignoring_case(bot_text(member->value, "name"),
                                             bot_text(wanted->members[l].value, "name"));
        }
        if (same) {
            clash(in, E1002, bot_place(other, "lname"),
                  arena_printf(in->arena,
                               "the bot has a dialog `%.*s`, and it is not the one of the template "
                               "`%.*s`",
                               SLICE_ARG(bot_dialog_name(other)), SLICE_ARG(artifact->id)),
                  "give the template another `title`, or rename or delete the bot's dialog");
        }
    }
}

/* An element of the export that is not ours and has `id` under `key`. */
static const struct node *find_foreign(const struct map *map, const struct section *section,
                                       struct slice id)
{
    struct node **place = map_get(map, id);
    if (place == NULL || section->ours[place - section->array->items]) {
        return NULL;
    }
    return *place;
}

static struct map index_places(struct arena *arena, const struct section *section, const char *key)
{
    struct map map = map_new(arena);
    for (size_t i = 0; i < node_length(section->array); i++) {
        struct slice id = bot_text(section->array->items[i], key);
        if (id.length > 0 && !section->ours[i]) {
            map_add(&map, id, &section->array->items[i]);
        }
    }
    return map;
}

static void check_id(struct installation *in, const struct artifact *artifact,
                     const struct map *map, const struct section *section, struct slice id,
                     const char *key)
{
    const struct node *foreign = find_foreign(map, section, id);
    if (foreign != NULL) {
        clash(in, E1003, bot_place(foreign, key),
              arena_printf(in->arena,
                           "the id `%.*s` of the template `%.*s` belongs to another part of the "
                           "bot",
                           SLICE_ARG(id), SLICE_ARG(artifact->id)),
              "give the template another identifier, of which its ids are made, or take the "
              "other part out of the bot");
    }
}

static struct slice training_key(struct arena *arena, const struct node *sentence)
{
    return sentence_key(arena, bot_text(sentence, "language"), bot_text(sentence, "sentence"));
}

static struct map index_sentences(const struct installation *in)
{
    struct map map = map_new(in->arena);
    const struct section *sentences = &in->sections[SENTENCES];
    for (size_t i = 0; i < node_length(sentences->array); i++) {
        if (!sentences->ours[i]) {
            map_add(&map, training_key(in->arena, sentences->array->items[i]),
                    sentences->array->items[i]);
        }
    }
    return map;
}

static void check_sentence(struct installation *in, const struct artifact *artifact,
                           const struct map *map, const struct node *sentence)
{
    const struct node *other = map_get(map, training_key(in->arena, sentence));
    if (other != NULL) {
        clash(in, E1004, bot_place(other, "sentence"),
              arena_printf(in->arena,
                           "the training sentence `%.*s` of the template `%.*s` trains `%.*s` of "
                           "the bot already",
                           SLICE_ARG(bot_text(sentence, "sentence")), SLICE_ARG(artifact->id),
                           SLICE_ARG(bot_text(other, "taskName"))),
              "a sentence can mean one dialog only: change it in the template or in the bot");
    }
}

/* True when two profiles are the same but for their ids. */
static bool same_settings(const struct node *a, const struct node *b)
{
    size_t compared = 0;
    for (size_t i = 0; i < a->count; i++) {
        struct slice key = a->members[i].key->text;
        if (slice_is(key, "_id") || slice_is(key, "refId")) {
            continue;
        }
        const struct member *other = node_member(b, key);
        if (other == NULL || !node_equal(a->members[i].value, other->value)) {
            return false;
        }
        compared++;
    }
    for (size_t i = 0; i < b->count; i++) {
        struct slice key = b->members[i].key->text;
        compared -= !slice_is(key, "_id") && !slice_is(key, "refId");
    }
    return compared == 0;
}

/* The entry of a section, not ours, whose identity is `id`. */
static const struct node *find_entry(const struct section *section, struct slice id)
{
    for (size_t i = 0; i < node_length(section->array); i++) {
        if (!section->ours[i] && slice_equal(section_id(section, section->array->items[i]), id)) {
            return section->array->items[i];
        }
    }
    return NULL;
}

/* Profiles that the bot has of its own are used, not written, when their settings agree. */
static void settle_profiles(struct installation *in)
{
    struct section *profiles = &in->sections[PROFILES];
    size_t kept = 0;
    for (size_t i = 0; i < profiles->wanted_count; i++) {
        struct wanted wanted = profiles->wanted[i];
        const struct node *other = find_entry(profiles, wanted.id);
        if (other == NULL) {
            profiles->wanted[kept++] = wanted;
        } else if (!same_settings(other, wanted.node)) {
            clash(in, E1005, bot_place(other, "name"),
                  arena_printf(in->arena,
                               "the bot has an authorization profile `%.*s` with other settings",
                               SLICE_ARG(wanted.id)),
                  "give the auth profile of the project another `name`, or the same settings");
        }
    }
    profiles->wanted_count = kept;
}

static bool same_values(const struct node *a, const struct node *b)
{
    const struct node *left = node_get(a, "localeData");
    const struct node *right = node_get(b, "localeData");
    for (size_t i = 0; node_is(left, NODE_MAPPING) && i < left->count; i++) {
        const struct member *other = node_member(right, left->members[i].key->text);
        if (other == NULL || !slice_equal(bot_text(left->members[i].value, "value"),
                                          bot_text(other->value, "value"))) {
            return false;
        }
    }
    return true;
}

static void settle_content(struct installation *in)
{
    struct section *content = &in->sections[CONTENT];
    size_t kept = 0;
    for (size_t i = 0; i < content->wanted_count; i++) {
        struct wanted wanted = content->wanted[i];
        const struct node *other = find_entry(content, wanted.id);
        if (other == NULL) {
            content->wanted[kept++] = wanted;
        } else if (!same_values(wanted.node, other)) {
            clash(in, E1006, bot_place(other, "key"),
                  arena_printf(in->arena,
                               "the bot has a content variable `%.*s` with another value",
                               SLICE_ARG(wanted.id)),
                  "give the template's variable another name, or the same value");
        }
    }
    content->wanted_count = kept;
}

/* ---- what must be there ---- */

/*
 * A copy of a dialog or a content variable in the namespaces of the bot's own: an artifact is in
 * none, as the template does not know the bot.
 */
static const struct node *in_namespaces(const struct installation *in, const struct node *object)
{
    const struct node *spaces = bot_namespaces(in->bot);
    const struct member *member = node_member(object, SLICE("vNameSpace"));
    if (spaces == NULL || member == NULL) {
        return object;
    }
    struct node *copy = arena_alloc(in->arena, sizeof *copy);
    *copy = *object;
    copy->members = arena_alloc_array(in->arena, object->count, sizeof *copy->members);
    memcpy(copy->members, object->members, object->count * sizeof *copy->members);
    copy->members[member - object->members].value = (struct node *)(uintptr_t)spaces;
    return copy;
}

/* Wants every element of an artifact's section, each id once in all artifacts. */
static void want_all(struct installation *in, enum section_name name, const struct node *array,
                     struct map *seen)
{
    struct section *section = &in->sections[name];
    for (size_t i = 0; i < node_length(array); i++) {
        struct slice id = section_id(section, array->items[i]);
        if (map_add(seen, id, array->items[i]) == NULL) {
            bool spaced = name == DIALOGS || name == CONTENT;
            section_want(in->arena, section, id,
                         spaced ? in_namespaces(in, array->items[i]) : array->items[i]);
        }
    }
}

/* A call's intent is the called dialog's; the export has it when that dialog stays as it is. */
static bool is_called_elsewhere(const struct installation *in, const struct artifact *artifact,
                                const struct node *component)
{
    struct xo_id dialog = xo_dialog_id(artifact->id);
    struct slice called = bot_text(component, "dialogId");
    return slice_is(bot_text(component, "type"), "intent") && !slice_is(called, dialog.text) &&
           map_get(&in->bot->dialogs, called) != NULL && map_get(&in->own_dialogs, called) == NULL;
}

static void want_components(struct installation *in, const struct artifact *artifact)
{
    struct section *section = &in->sections[COMPONENTS];
    const struct node *array = node_get(artifact->root, "dialogComponents");
    for (size_t i = 0; i < node_length(array); i++) {
        struct slice id = section_id(section, array->items[i]);
        if (!is_called_elsewhere(in, artifact, array->items[i]) &&
            map_add(&in->wanted_components, id, array->items[i]) == NULL) {
            section_want(in->arena, section, id, array->items[i]);
        }
    }
}

/* The patterns of the artifact's own components. */
static void want_patterns(struct installation *in, const struct artifact *artifact,
                          struct map *seen)
{
    const struct node *components = node_get(artifact->root, "dialogComponents");
    const struct node *patterns = node_get(artifact->root, "patterns");
    struct map refs = map_new(in->arena);
    for (size_t i = 0; i < components->count; i++) {
        if (!is_called_elsewhere(in, artifact, components->items[i])) {
            map_add(&refs, bot_text(components->items[i], "refId"), components->items[i]);
        }
    }
    for (size_t i = 0; i < patterns->count; i++) {
        struct slice ref = bot_text(patterns->items[i], "refId");
        if (map_get(&refs, ref) != NULL && map_add(seen, ref, patterns->items[i]) == NULL) {
            section_want(in->arena, &in->sections[PATTERNS], ref, patterns->items[i]);
        }
    }
}

/* Wants all that the artifacts hold. */
static void want_artifacts(struct installation *in, const struct artifact *artifacts, size_t count)
{
    struct map seen[SECTION_COUNT];
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        seen[i] = map_new(in->arena);
    }
    for (size_t i = 0; i < count; i++) {
        const struct node *root = artifacts[i].root;
        const struct node *tasks = node_get(node_get(root, "exportOptions"), "subTasks");
        want_components(in, &artifacts[i]);
        want_patterns(in, &artifacts[i], &seen[PATTERNS]);
        want_all(in, PROFILES, node_get(root, "idpConfigurations"), &seen[PROFILES]);
        want_all(in, DIALOGS, node_get(root, "dialogs"), &seen[DIALOGS]);
        want_all(in, SENTENCES, node_get(root, "sentences"), &seen[SENTENCES]);
        want_all(in, CONTENT, node_get(root, "contentVariables"), &seen[CONTENT]);
        want_all(in, EXPORTED, node_get(tasks, "dialogs"), &seen[EXPORTED]);
    }
}

static struct slice tell(struct installation *in, struct slice id, struct slice name, size_t nodes,
                         size_t components, size_t sentences)
{
    return arena_printf(in->arena,
                        "dialog `%.*s` (%.*s): %zu node%s, %zu component%s, %zu training "
                        "sentence%s",
                        SLICE_ARG(name), SLICE_ARG(id), nodes, plural(nodes), components,
                        plural(components), sentences, plural(sentences));
}

/* The place of `id` in the export's section, or NULL. */
static const struct node *present(const struct section *section, struct slice id)
{
    for (size_t i = 0; i < node_length(section->array); i++) {
        if (slice_equal(section_id(section, section->array->items[i]), id)) {
            return section->array->items[i];
        }
    }
    return NULL;
}

/* True when the export has of this section exactly what the artifact has. */
static bool is_present(const struct installation *in, enum section_name name,
                       const struct node *array)
{
    const struct section *section = &in->sections[name];
    for (size_t i = 0; i < node_length(array); i++) {
        const struct node *old = present(section, section_id(section, array->items[i]));
        if (old == NULL || !node_equal(old, array->items[i])) {
            return false;
        }
    }
    return true;
}

static size_t own_sentences(const struct installation *in, struct slice intent)
{
    const struct node *sentences = in->sections[SENTENCES].array;
    size_t count = 0;
    for (size_t i = 0; i < node_length(sentences); i++) {
        count += slice_equal(bot_text(sentences->items[i], "taskId"), intent);
    }
    return count;
}

static void tell_dialog(struct installation *in, const struct artifact *artifact,
                        const struct node *dialog)
{
    const struct node *old = map_get(&in->own_dialogs, bot_text(dialog, "_id"));
    const struct node *sentences = node_get(artifact->root, "sentences");
    size_t sentence_count = node_length(node_get(artifact->root, "sentences"));
    enum change change = CHANGE_ADD;
    if (old != NULL) {
        const struct node *intent = bot_intent(in->bot, old);
        bool same = node_equal(old, in_namespaces(in, dialog)) &&
                    is_present(in, COMPONENTS, node_get(artifact->root, "dialogComponents")) &&
                    is_present(in, PATTERNS, node_get(artifact->root, "patterns")) &&
                    is_present(in, SENTENCES, sentences) &&
                    sentence_count == own_sentences(in, bot_text(intent, "_id"));
        change = same ? CHANGE_NONE : CHANGE_REPLACE;
    }
    add_line(in, change,
             tell(in, artifact->id, bot_dialog_name(dialog), node_length(node_get(dialog, "nodes")),
                  node_length(node_get(artifact->root, "dialogComponents")), sentence_count));
}

/* ---- the two plans ---- */

static void tell_entries(struct installation *in, enum section_name name, const char *kind)
{
    struct section *section = &in->sections[name];
    for (size_t i = 0; i < section->wanted_count; i++) {
        const struct node *old = present(section, section->wanted[i].id);
        enum change change = old == NULL                                ? CHANGE_ADD
                             : node_equal(old, section->wanted[i].node) ? CHANGE_NONE
                                                                        : CHANGE_REPLACE;
        add_line(in, change,
                 arena_printf(in->arena, "%s `%.*s`", kind, SLICE_ARG(section->wanted[i].id)));
    }
    for (size_t i = 0; i < node_length(section->array); i++) {
        struct slice id = section_id(section, section->array->items[i]);
        bool stays = !section->ours[i];
        for (size_t j = 0; j < section->wanted_count; j++) {
            stays = stays || slice_equal(section->wanted[j].id, id);
        }
        if (!stays) {
            add_line(in, CHANGE_REMOVE, arena_printf(in->arena, "%s `%.*s`", kind, SLICE_ARG(id)));
        }
    }
}

static bool finish(struct installation *in)
{
    tell_entries(in, PROFILES, "authorization profile");
    tell_entries(in, CONTENT, "content variable");
    struct edits edits = edits_new(in->arena);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (i != EXPORTED || node_is(in->sections[i].array, NODE_SEQUENCE)) {
            section_merge(&in->sections[i], in->bot, &edits);
        }
    }
    in->plan->changes = edits.count > 0;
    in->plan->bytes = edits_apply(&edits, in->bot->source->bytes);
    return true;
}

/* What is looked up in the export while clashes are sought. */
struct known_ids {
    struct map dialog_refs;
    struct map component_ids;
    struct map component_refs;
    struct map sentence_ids;
    struct map sentences;
};

static void check_artifact(struct installation *in, const struct artifact *artifact,
                           const struct known_ids *known)
{
    const struct node *dialog = node_get(artifact->root, "dialogs")->items[0];
    const struct node *sentences = node_get(artifact->root, "sentences");
    const struct node *components = node_get(artifact->root, "dialogComponents");
    check_title(in, artifact, dialog);
    check_id(in, artifact, &known->dialog_refs, &in->sections[DIALOGS], bot_text(dialog, "refId"),
             "refId");
    for (size_t i = 0; i < sentences->count; i++) {
        check_sentence(in, artifact, &known->sentences, sentences->items[i]);
        check_id(in, artifact, &known->sentence_ids, &in->sections[SENTENCES],
                 bot_text(sentences->items[i], "_id"), "_id");
    }
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        if (map_get(&in->wanted_components, bot_text(component, "_id")) == component) {
            check_id(in, artifact, &known->component_ids, &in->sections[COMPONENTS],
                     bot_text(component, "_id"), "_id");
            check_id(in, artifact, &known->component_refs, &in->sections[COMPONENTS],
                     bot_text(component, "refId"), "refId");
        }
    }
}

bool bot_install(const struct bot *bot, const struct artifact *artifacts, size_t count,
                 struct diagnostics *diagnostics, struct plan *plan)
{
    struct installation in = installation_new(bot, diagnostics, plan);
    size_t before = diagnostics->error_count;
    for (size_t i = 0; i < count; i++) {
        own_dialog(&in, artifacts[i].id);
    }
    want_artifacts(&in, artifacts, count);
    claim_parts(&in);
    claim_profiles(&in);
    claim_content(&in);
    struct known_ids known = {
        index_places(in.arena, &in.sections[DIALOGS], "refId"),
        index_places(in.arena, &in.sections[COMPONENTS], "_id"),
        index_places(in.arena, &in.sections[COMPONENTS], "refId"),
        index_places(in.arena, &in.sections[SENTENCES], "_id"),
        index_sentences(&in),
    };
    for (size_t i = 0; i < count; i++) {
        check_artifact(&in, &artifacts[i], &known);
        tell_dialog(&in, &artifacts[i], node_get(artifacts[i].root, "dialogs")->items[0]);
    }
    settle_profiles(&in);
    settle_content(&in);
    return diagnostics->error_count == before && finish(&in);
}

/* ---- taking out ---- */

/* The identifier that a title becomes when it is made by the usual rule. */
static struct slice identifier_of(struct arena *arena, struct slice title)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < title.length; i++) {
        char c = title.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (c >= 'A' && c <= 'Z')) {
            builder_add_char(&out, plain ? c : (char)(c + 'a' - 'A'));
        } else if (out.length > 0 && out.data[out.length - 1] != '-') {
            builder_add_char(&out, '-');
        }
    }
    return builder_slice(&out);
}

struct call_search {
    struct installation *in;
    const struct node *caller;
};

static void check_call(void *context, const struct node *stub)
{
    struct call_search *search = context;
    struct installation *in = search->in;
    const struct node *component = bot_component(in->bot, stub);
    const struct node *called = map_get(&in->own_dialogs, bot_text(component, "dialogId"));
    if (called != NULL && slice_is(bot_text(stub, "type"), "intent")) {
        clash(in, E1007, bot_place(stub, "componentId"),
              arena_printf(in->arena, "the dialog `%.*s` of the bot calls `%.*s`",
                           SLICE_ARG(bot_dialog_name(search->caller)),
                           SLICE_ARG(bot_dialog_name(called))),
              "take the call out of that dialog first, or uninstall that dialog too");
    }
}

static void check_calls(struct installation *in)
{
    const struct section *dialogs = &in->sections[DIALOGS];
    const struct node *standard = node_get(in->bot->root, "defaultDialogId");
    for (size_t i = 0; i < dialogs->array->count; i++) {
        const struct node *dialog = dialogs->array->items[i];
        struct call_search search = {in, dialog};
        if (!dialogs->ours[i]) {
            bot_visit_nodes(dialog, check_call, &search);
        } else if (node_is(standard, NODE_STRING) &&
                   slice_equal(standard->text, bot_text(dialog, "refId"))) {
            clash(in, E1007, standard,
                  arena_printf(in->arena, "`%.*s` is the bot's default dialog",
                               SLICE_ARG(bot_dialog_name(dialog))),
                  "give the bot another default dialog first");
        }
    }
}

/* Claims the dialog of a template, by its identifier or the title that it is made of. */
static void take_dialog(struct installation *in, struct slice id)
{
    const struct node *dialogs = in->sections[DIALOGS].array;
    struct slice made = identifier_of(in->arena, id);
    if (!own_dialog(in, id) && !own_dialog(in, made)) {
        struct diagnostic *d =
            diag_report(in->diagnostics, E1008, in->bot->source, (struct range){0, 0},
                        "the bot has no dialog of a template `%.*s`", SLICE_ARG(id));
        for (size_t i = 0; i < dialogs->count; i++) {
            if (slice_equal_ignoring_case(bot_dialog_name(dialogs->items[i]), id)) {
                diag_note(in->diagnostics, d, in->bot->source, dialogs->items[i]->range,
                          "this dialog has that title, and no template of the identifier `%.*s` "
                          "made it",
                          SLICE_ARG(made));
            }
        }
        return;
    }
}

bool bot_uninstall(const struct bot *bot, const struct slice *ids, size_t count,
                   struct diagnostics *diagnostics, struct plan *plan)
{
    struct installation in = installation_new(bot, diagnostics, plan);
    size_t before = diagnostics->error_count;
    for (size_t i = 0; i < count; i++) {
        take_dialog(&in, ids[i]);
    }
    claim_parts(&in);
    claim_profiles(&in);
    claim_content(&in);
    check_calls(&in);
    if (diagnostics->error_count != before) {
        return false;
    }
    const struct section *dialogs = &in.sections[DIALOGS];
    for (size_t i = 0; i < dialogs->array->count; i++) {
        if (dialogs->ours[i]) {
            add_line(&in, CHANGE_REMOVE,
                     arena_printf(in.arena, "dialog `%.*s` with all that belongs to it",
                                  SLICE_ARG(bot_dialog_name(dialogs->array->items[i]))));
        }
    }
    return finish(&in);
}
