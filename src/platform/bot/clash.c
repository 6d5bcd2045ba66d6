/* What stands in the way of an installation, or of taking one out; each with a way out. */
#include "platform/bot/installation.h"
#include "platform/artifact/node_type.h"
#include "language/model/template.h"

/* A finding at a place of the export that tells what to do. */
static void clash(struct installation *in, enum code code, const struct node *at,
                  struct slice message, const char *way_out)
{
    struct diagnostic *d =
        diag_report(in->diagnostics, code, in->bot->source, at->range, "%.*s", SLICE_ARG(message));
    diag_note(in->diagnostics, d, NULL, at->range, "%s", way_out);
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
        bool same =
            slice_equal_ignoring_case(node_text(other, "lname"), node_text(dialog, "lname"));
        for (size_t l = 0; !same && node_is(wanted, NODE_MAPPING) && l < wanted->count; l++) {
            const struct member *member =
                node_member(node_get(other, "localeData"), wanted->members[l].key->text);
            same = member != NULL &&
                   slice_equal_ignoring_case(node_text(member->value, "name"),
                                             node_text(wanted->members[l].value, "name"));
        }
        if (same) {
            clash(in, E1002, bot_place(other, "lname"),
                  arena_printf(in->arena,
                               "the bot has another dialog `%.*s`, which was not made from the "
                               "template `%.*s`",
                               SLICE_ARG(bot_dialog_name(other)), SLICE_ARG(artifact->id)),
                  "change the template's `title`, or rename or delete the bot's dialog");
        }
    }
}

/* The elements of the export that are not ours, by what stands under `key`. */
static struct map index_foreign(struct arena *arena, const struct section *section, const char *key)
{
    struct map map = map_new(arena);
    for (size_t i = 0; i < node_length(section->array); i++) {
        struct slice id = node_text(section->array->items[i], key);
        if (id.length > 0 && !section->ours[i]) {
            map_add(&map, id, section->array->items[i]);
        }
    }
    return map;
}

static void check_id(struct installation *in, const struct artifact *artifact,
                     const struct map *foreign_ids, struct slice id, const char *key)
{
    const struct node *foreign = map_get(foreign_ids, id);
    if (foreign != NULL) {
        clash(in, E1003, bot_place(foreign, key),
              arena_printf(in->arena,
                           "another part of the bot has the id `%.*s` of the template `%.*s`",
                           SLICE_ARG(id), SLICE_ARG(artifact->id)),
              "change the template's identifier, from which its ids derive, or remove the other "
              "part from the bot");
    }
}

static struct slice training_key(struct arena *arena, const struct node *sentence)
{
    return template_sentence_key(arena, node_text(sentence, "language"),
                                 node_text(sentence, "sentence"));
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
              arena_printf(
                  in->arena,
                  "the utterance `%.*s` of the template `%.*s` already trains `%.*s` of the bot",
                  SLICE_ARG(node_text(sentence, "sentence")), SLICE_ARG(artifact->id),
                  SLICE_ARG(node_text(other, "taskName"))),
              "an utterance can start only one dialog; change it in the template or in the bot");
    }
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
    check_id(in, artifact, &known->dialog_refs, node_text(dialog, "refId"), "refId");
    for (size_t i = 0; i < sentences->count; i++) {
        check_sentence(in, artifact, &known->sentences, sentences->items[i]);
        check_id(in, artifact, &known->sentence_ids, node_text(sentences->items[i], "_id"), "_id");
    }
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        if (map_get(&in->wanted_components, node_text(component, "_id")) == component) {
            check_id(in, artifact, &known->component_ids, node_text(component, "_id"), "_id");
            check_id(in, artifact, &known->component_refs, node_text(component, "refId"), "refId");
        }
    }
}

void installation_check_clashes(struct installation *in, const struct artifact *artifacts,
                                size_t count)
{
    struct known_ids known = {
        index_foreign(in->arena, &in->sections[DIALOGS], "refId"),
        index_foreign(in->arena, &in->sections[COMPONENTS], "_id"),
        index_foreign(in->arena, &in->sections[COMPONENTS], "refId"),
        index_foreign(in->arena, &in->sections[SENTENCES], "_id"),
        index_sentences(in),
    };
    for (size_t i = 0; i < count; i++) {
        check_artifact(in, &artifacts[i], &known);
    }
}

/* ---- what the bot may have of its own ---- */

/* True when two profiles are the same but for their ids. */
static bool have_same_settings(const struct node *a, const struct node *b)
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

/* True when the bot's content variable has every value of ours. */
static bool has_same_values(const struct node *theirs, const struct node *ours)
{
    const struct node *left = node_get(ours, "localeData");
    const struct node *right = node_get(theirs, "localeData");
    for (size_t i = 0; node_is(left, NODE_MAPPING) && i < left->count; i++) {
        const struct member *other = node_member(right, left->members[i].key->text);
        if (other == NULL || !slice_equal(node_text(left->members[i].value, "value"),
                                          node_text(other->value, "value"))) {
            return false;
        }
    }
    return true;
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

/* What the bot has of its own is used, not written, when it agrees with what is wanted. */
static void settle(struct installation *in, enum section_name name, enum code code,
                   bool (*agrees)(const struct node *theirs, const struct node *ours),
                   const char *what, const char *difference, const char *way_out)
{
    struct section *section = &in->sections[name];
    size_t kept = 0;
    for (size_t i = 0; i < section->wanted_count; i++) {
        struct wanted wanted = section->wanted[i];
        const struct node *other = find_entry(section, wanted.id);
        if (other == NULL) {
            section->wanted[kept++] = wanted;
        } else if (!agrees(other, wanted.node)) {
            clash(in, code, bot_place(other, section->identity),
                  arena_printf(in->arena, "the bot has %s `%.*s` with %s", what,
                               SLICE_ARG(wanted.id), difference),
                  way_out);
        }
    }
    section->wanted_count = kept;
}

void installation_settle_shared(struct installation *in)
{
    settle(in, PROFILES, E1005, have_same_settings, "an auth profile", "different settings",
           "change the `name` of the project's auth profile, or give it the same settings");
    settle(in, CONTENT, E1006, has_same_values, "a content variable", "a different value",
           "rename the template's variable, or give it the same value");
}

/* ---- taking out ---- */

struct call_search {
    struct installation *in;
    const struct node *caller;
};

static void check_call(void *context, const struct node *stub)
{
    struct call_search *search = context;
    struct installation *in = search->in;
    const struct node *component = bot_component(in->bot, stub);
    const struct node *called = map_get(&in->own_dialogs, node_text(component, "dialogId"));
    if (called != NULL && node_type_is(stub, DIALOG_INTENT)) {
        clash(in, E1007, bot_place(stub, "componentId"),
              arena_printf(in->arena, "the bot's dialog `%.*s` calls `%.*s`",
                           SLICE_ARG(bot_dialog_name(search->caller)),
                           SLICE_ARG(bot_dialog_name(called))),
              "remove the call from that dialog first, or uninstall that dialog too");
    }
}

void installation_check_needed(struct installation *in)
{
    const struct section *dialogs = &in->sections[DIALOGS];
    const struct node *standard = node_get(in->bot->root, "defaultDialogId");
    for (size_t i = 0; i < dialogs->array->count; i++) {
        const struct node *dialog = dialogs->array->items[i];
        struct call_search search = {in, dialog};
        if (!dialogs->ours[i]) {
            bot_visit_nodes(dialog, check_call, &search);
        } else if (node_is(standard, NODE_STRING) &&
                   slice_equal(standard->text, node_text(dialog, "refId"))) {
            clash(in, E1007, standard,
                  arena_printf(in->arena, "`%.*s` is the bot's default dialog",
                               SLICE_ARG(bot_dialog_name(dialog))),
                  "give the bot another default dialog first");
        }
    }
}
