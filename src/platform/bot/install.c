/*
 * An installation looks at the export and at the artifacts and says, section by section, what is
 * ours there (claim.c) and what must be there; src/platform/bot/section.c makes edits of it.
 * docs/bots.md tells the rules.
 */
#include <stdint.h>

#include "platform/bot/installation.h"
#include "platform/artifact/id.h"
#include "platform/artifact/node_type.h"
#include "base/ascii.h"
#include "base/table.h"

void install_plan_add(struct arena *arena, struct install_plan *plan, enum change change,
                      struct slice text)
{
    plan->lines = arena_append(arena, plan->lines, plan->line_count, sizeof *plan->lines);
    plan->lines[plan->line_count++] = (struct install_plan_line){change, text};
}

static struct installation installation_new(const struct bot *bot, struct diagnostics *diagnostics,
                                            struct install_plan *plan)
{
    struct arena *arena = diagnostics->arena;
    struct installation in = {.arena = arena,
                              .bot = bot,
                              .namespaces = bot_namespaces(bot),
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
    TABLE_HAS_ROWS(table, EXPORTED);
    for (size_t i = 0; i < EXPORTED; i++) {
        in.sections[i] = section_of(arena, bot->root, slice_of(table[i].key), table[i].identity, 2);
    }
    const struct node *tasks = node_get(node_get(bot->root, "exportOptions"), "subTasks");
    in.sections[EXPORTED] = section_of(arena, tasks, SLICE("dialogs"), NULL, 4);
    *plan = (struct install_plan){.keeps_hash = node_get(bot->root, "encryptedHash") != NULL};
    return in;
}

/* ---- what must be there ---- */

/*
 * A copy of a dialog or a content variable in the namespaces of the bot's own: an artifact is in
 * none, as the template does not know the bot. A dialog that is in the bot already stays where it
 * is, be it in none.
 */
static const struct node *in_namespaces(const struct installation *in, const struct node *object)
{
    const struct member *member = node_member(object, SLICE("vNameSpace"));
    const struct node *present = map_get(&in->bot->dialogs, node_text(object, "_id"));
    const struct node *kept = node_get(present, "vNameSpace");
    const struct node *namespaces = kept != NULL ? kept : in->namespaces;
    if (namespaces == NULL || member == NULL) {
        return object;
    }
    struct node *copy = arena_alloc(in->arena, sizeof *copy);
    *copy = *object;
    copy->members = arena_alloc_array(in->arena, object->count, sizeof *copy->members);
    memcpy(copy->members, object->members, object->count * sizeof *copy->members);
    copy->members[member - object->members].value = (struct node *)(uintptr_t)namespaces;
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

/* The `_id` of the dialog: made of the template's identifier, or the one it was imported with. */
static struct slice dialog_id_of(const struct artifact *artifact)
{
    return node_text(node_get(artifact->root, "dialogs")->items[0], "_id");
}

/* A call's intent is the called dialog's; the export has it when that dialog stays as it is. */
static bool is_called_elsewhere(const struct installation *in, const struct artifact *artifact,
                                const struct node *component)
{
    struct slice called = node_text(component, "dialogId");
    return node_type_is(component, DIALOG_INTENT) && !slice_equal(called, dialog_id_of(artifact)) &&
           map_get(&in->bot->dialogs, called) != NULL && map_get(&in->own_dialogs, called) == NULL;
}

/* Two templates that have one component between them, as imported ones may, must agree on it. */
static void report_different(struct installation *in, const struct artifact *artifact,
                             const struct node *component)
{
    const struct node *own = map_get(&in->bot->components, node_text(component, "_id"));
    const struct node *place = own != NULL ? bot_place(own, "_id") : in->bot->root;
    struct range range = own != NULL ? place->range : (struct range){0, 1};
    struct diagnostic *d =
        diag_report(in->diagnostics, E1011, in->bot->source, range,
                    "the %.*s `%.*s` of the template `%.*s` differs from the one in the template "
                    "that shares it",
                    SLICE_ARG(node_text(component, "type")),
                    SLICE_ARG(node_text(component, "name")), SLICE_ARG(artifact->id));
    diag_note(in->diagnostics, d, NULL, range,
              "change it in both templates, or give one of them its own part under another name");
}

static void want_components(struct installation *in, const struct artifact *artifact)
{
    struct section *section = &in->sections[COMPONENTS];
    const struct node *array = node_get(artifact->root, "dialogComponents");
    for (size_t i = 0; i < node_length(array); i++) {
        struct slice id = section_id(section, array->items[i]);
        if (is_called_elsewhere(in, artifact, array->items[i])) {
            continue;
        }
        const struct node *other = map_add(&in->wanted_components, id, array->items[i]);
        if (other == NULL) {
            section_want(in->arena, section, id, array->items[i]);
        } else if (!node_equal(other, array->items[i])) {
            report_different(in, artifact, array->items[i]);
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
            map_add(&refs, node_text(components->items[i], "refId"), components->items[i]);
        }
    }
    for (size_t i = 0; i < patterns->count; i++) {
        struct slice ref = node_text(patterns->items[i], "refId");
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

/* ---- telling ---- */

static struct slice tell(struct installation *in, struct slice id, struct slice name, size_t nodes,
                         size_t components, size_t sentences)
{
    return arena_printf(in->arena,
                        "dialog `%.*s` (%.*s): %zu node%s, %zu component%s, %zu utterance%s",
                        SLICE_ARG(name), SLICE_ARG(id), nodes, plural(nodes), components,
                        plural(components), sentences, plural(sentences));
}

/* True when the export has of this section exactly what the artifact has. */
static bool is_present(const struct installation *in, enum section_name name,
                       const struct node *array)
{
    const struct section *section = &in->sections[name];
    for (size_t i = 0; i < node_length(array); i++) {
        const struct node *old = section_find(section, section_id(section, array->items[i]));
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
        count += slice_equal(node_text(sentences->items[i], "taskId"), intent);
    }
    return count;
}

static void tell_dialog(struct installation *in, const struct artifact *artifact,
                        const struct node *dialog)
{
    const struct node *old = map_get(&in->own_dialogs, node_text(dialog, "_id"));
    const struct node *sentences = node_get(artifact->root, "sentences");
    size_t sentence_count = node_length(node_get(artifact->root, "sentences"));
    enum change change = CHANGE_ADD;
    if (old != NULL) {
        const struct node *intent = bot_intent(in->bot, old);
        bool same = node_equal(old, in_namespaces(in, dialog)) &&
                    is_present(in, COMPONENTS, node_get(artifact->root, "dialogComponents")) &&
                    is_present(in, PATTERNS, node_get(artifact->root, "patterns")) &&
                    is_present(in, SENTENCES, sentences) &&
                    sentence_count == own_sentences(in, node_text(intent, "_id"));
        change = same ? CHANGE_NONE : CHANGE_REPLACE;
    }
    install_plan_add(
        in->arena, in->plan, change,
        tell(in, artifact->id, bot_dialog_name(dialog), node_length(node_get(dialog, "nodes")),
             node_length(node_get(artifact->root, "dialogComponents")), sentence_count));
}

/* ---- the two plans ---- */

static void tell_entries(struct installation *in, enum section_name name, const char *kind)
{
    struct section *section = &in->sections[name];
    for (size_t i = 0; i < section->wanted_count; i++) {
        const struct node *old = section_find(section, section->wanted[i].id);
        enum change change = old == NULL                                ? CHANGE_ADD
                             : node_equal(old, section->wanted[i].node) ? CHANGE_NONE
                                                                        : CHANGE_REPLACE;
        install_plan_add(
            in->arena, in->plan, change,
            arena_printf(in->arena, "%s `%.*s`", kind, SLICE_ARG(section->wanted[i].id)));
    }
    for (size_t i = 0; i < node_length(section->array); i++) {
        struct slice id = section_id(section, section->array->items[i]);
        if (section->ours[i] && !section_wants(section, id)) {
            install_plan_add(in->arena, in->plan, CHANGE_REMOVE,
                             arena_printf(in->arena, "%s `%.*s`", kind, SLICE_ARG(id)));
        }
    }
}

static bool finish(struct installation *in)
{
    tell_entries(in, PROFILES, "auth profile");
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

bool bot_install(const struct bot *bot, const struct artifact *artifacts, size_t count,
                 struct diagnostics *diagnostics, struct install_plan *plan)
{
    struct installation in = installation_new(bot, diagnostics, plan);
    size_t before = diagnostics->error_count;
    for (size_t i = 0; i < count; i++) {
        installation_claim_dialog(&in, dialog_id_of(&artifacts[i]));
    }
    want_artifacts(&in, artifacts, count);
    installation_claim_parts(&in);
    installation_check_clashes(&in, artifacts, count);
    for (size_t i = 0; i < count; i++) {
        tell_dialog(&in, &artifacts[i], node_get(artifacts[i].root, "dialogs")->items[0]);
    }
    installation_settle_shared(&in);
    return diagnostics->error_count == before && finish(&in);
}

/* ---- taking out ---- */

/* The identifier that a title becomes when it is made by the usual rule. */
static struct slice identifier_of(struct arena *arena, struct slice title)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < title.length; i++) {
        char c = title.data[i];
        if (ascii_is_letter(c) || ascii_is_digit(c)) {
            builder_add_char(&out, ascii_to_lower(c));
        } else if (out.length > 0 && out.data[out.length - 1] != '-') {
            builder_add_char(&out, '-');
        }
    }
    return builder_slice(&out);
}

/* Claims the dialog of a template, by its identifier or the title that it is made of. */
static void take_dialog(struct installation *in, struct slice id)
{
    const struct node *dialogs = in->sections[DIALOGS].array;
    struct slice made = identifier_of(in->arena, id);
    struct artifact_id ids[] = {artifact_dialog_id(id), artifact_dialog_id(made)};
    if (!installation_claim_dialog(in, slice_of(ids[0].text)) &&
        !installation_claim_dialog(in, slice_of(ids[1].text))) {
        struct diagnostic *d =
            diag_report(in->diagnostics, E1008, in->bot->source, (struct range){0, 0},
                        "the bot has no dialog made from a template `%.*s`", SLICE_ARG(id));
        for (size_t i = 0; i < dialogs->count; i++) {
            if (slice_equal_ignoring_case(bot_dialog_name(dialogs->items[i]), id)) {
                diag_note(
                    in->diagnostics, d, in->bot->source, dialogs->items[i]->range,
                    "this dialog has the same title, but it was not made from a template `%.*s`",
                    SLICE_ARG(made));
            }
        }
    }
}

bool bot_uninstall(const struct bot *bot, const struct slice *ids, size_t count,
                   struct diagnostics *diagnostics, struct install_plan *plan)
{
    struct installation in = installation_new(bot, diagnostics, plan);
    size_t before = diagnostics->error_count;
    for (size_t i = 0; i < count; i++) {
        take_dialog(&in, ids[i]);
    }
    installation_claim_parts(&in);
    installation_check_needed(&in);
    if (diagnostics->error_count != before) {
        return false;
    }
    const struct section *dialogs = &in.sections[DIALOGS];
    for (size_t i = 0; i < dialogs->array->count; i++) {
        if (dialogs->ours[i]) {
            install_plan_add(in.arena, in.plan, CHANGE_REMOVE,
                             arena_printf(in.arena,
                                          "dialog `%.*s` and everything that belongs to it",
                                          SLICE_ARG(bot_dialog_name(dialogs->array->items[i]))));
        }
    }
    return finish(&in);
}
