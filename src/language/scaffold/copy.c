/* The copies are made by edits of the text, at the places that the reader has left in the tree. */
#include "language/scaffold/copy.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/builder.h"
#include "base/edit.h"
#include "language/model/locales.h"
#include "language/model/project.h"

/* A template or a file of conversations, and what is changed of it. */
struct original {
    struct slice bytes;
    struct edits edits;
};

static struct original original_new(struct arena *arena, const struct node *root)
{
    return (struct original){root->source->bytes, edits_new(arena)};
}

static void replace_node(struct original *original, const struct node *node, struct slice text)
{
    if (node != NULL) {
        edits_add(&original->edits, node->range.start, node->range.end, text);
    }
}

static struct slice changed(struct original *original)
{
    return edits_apply(&original->edits, original->bytes);
}

/* ---- places ---- */

static bool is_flow(const struct original *original, const struct node *node)
{
    char first = original->bytes.data[node->range.start];
    return first == '{' || first == '[';
}

/* Where a value ends: the range of one on lines of its own may reach to the next token. */
static size_t end_of(const struct original *original, const struct node *node)
{
    size_t end = node->range.end;
    bool is_block = (node->kind == NODE_MAPPING || node->kind == NODE_SEQUENCE) &&
                    node->count > 0 && !is_flow(original, node);
    if (is_block) {
        end = end_of(original, node->kind == NODE_MAPPING ? node->members[node->count - 1].value
                                                          : node->items[node->count - 1]);
    }
    while (end > node->range.start && (unsigned char)original->bytes.data[end - 1] <= ' ') {
        end--;
    }
    return end;
}

/* Removes the lines from the one on which something begins to the one on which it ends. */
static void remove_lines(struct original *original, size_t start, size_t end)
{
    while (start > 0 && original->bytes.data[start - 1] != '\n') {
        start--;
    }
    while (end < original->bytes.length && original->bytes.data[end] != '\n') {
        end++;
    }
    edits_add(&original->edits, start, end < original->bytes.length ? end + 1 : end, SLICE(""));
}

/* ---- locales ---- */

struct kept_locales {
    const struct slice *names;
    size_t count;
};

static bool keeps(const struct kept_locales *kept, struct slice locale)
{
    for (size_t i = 0; i < kept->count; i++) {
        if (slice_equal(kept->names[i], locale)) {
            return true;
        }
    }
    return false;
}

/* A mapping on one line is written anew, of the texts of its members. */
static void fit_flow_map(struct original *original, const struct node *map,
                         const struct kept_locales *kept)
{
    struct builder out = builder_new(original->edits.arena);
    for (size_t i = 0; i < map->count; i++) {
        const struct member *member = &map->members[i];
        if (keeps(kept, member->key->text)) {
            builder_add_text(&out, out.length > 0 ? ", " : "{");
            builder_add(&out, slice_part(original->bytes, member->key->range.start,
                                         end_of(original, member->value)));
        }
    }
    builder_add_char(&out, '}');
    replace_node(original, map, builder_slice(&out));
}

static void fit_map(struct original *original, const struct node *map,
                    const struct kept_locales *kept)
{
    size_t left = 0;
    for (size_t i = 0; i < map->count; i++) {
        left += keeps(kept, map->members[i].key->text);
    }
    if (left == 0 || left == map->count) {
        return; /* of none that is wanted, the bot says what there is */
    }
    if (is_flow(original, map)) {
        fit_flow_map(original, map, kept);
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        const struct member *member = &map->members[i];
        if (!keeps(kept, member->key->text)) {
            remove_lines(original, member->key->range.start, end_of(original, member->value));
        }
    }
}

/* Leaves out the texts of other locales, wherever there are any. */
static void fit_locales(struct original *original, const struct node *node,
                        const struct kept_locales *kept)
{
    if (node->kind == NODE_MAPPING && locales_is_map(node)) {
        fit_map(original, node, kept);
        return;
    }
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        fit_locales(original, node->members[i].value, kept);
    }
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        fit_locales(original, node->items[i], kept);
    }
}

/* The template's own locale for a wanted one: itself, else its language; empty: none. */
static struct slice own_locale(const struct node *own, struct slice wanted)
{
    struct slice language = locale_language(wanted);
    struct slice found = SLICE("");
    for (size_t i = 0; i < node_length(own); i++) {
        struct slice name = own->items[i]->text;
        if (slice_equal(name, wanted)) {
            return name;
        }
        found = slice_equal(name, language) ? name : found;
    }
    return found;
}

bool copy_has_locale(const struct node *root, struct slice wanted)
{
    return own_locale(node_get(root, "locales"), wanted).length > 0;
}

size_t copy_locales(struct arena *arena, const struct node *root, const struct copy_wishes *wishes,
                    struct slice **locales)
{
    const struct node *own = node_get(root, "locales");
    struct kept_locales kept = {0};
    *locales = arena_alloc_array(arena, wishes->locale_count + 1, sizeof **locales);
    kept.names = *locales;
    for (size_t i = 0; i < wishes->locale_count; i++) {
        struct slice name = own_locale(own, wishes->locales[i]);
        if (name.length > 0 && !keeps(&kept, name)) {
            (*locales)[kept.count++] = name;
        }
    }
    if (kept.count == 0) {
        (*locales)[kept.count++] = node_length(own) > 0 ? own->items[0]->text : SLICE("en");
    }
    return kept.count;
}

/* ---- templates ---- */

struct slice copy_title(struct arena *arena, struct slice id)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < id.length; i++) {
        char c = id.data[i] == '-' ? ' ' : id.data[i];
        builder_add_char(&out, i == 0 ? ascii_to_upper(c) : c);
    }
    return builder_slice(&out);
}

/* "my-lead" to "MyLead" */
static struct slice intent_name(struct arena *arena, struct slice id)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < id.length; i++) {
        bool begins = i == 0 || id.data[i - 1] == '-';
        char c = id.data[i];
        if (c != '-') {
            builder_add_char(&out, begins ? ascii_to_upper(c) : c);
        }
    }
    return builder_slice(&out);
}

/* The line for editors names a path of the library; a sentence for people takes its place. */
static void replace_head(struct original *original, const struct node *root, struct slice head)
{
    static const char modeline[] = "# yaml-language-server:";
    size_t end = slice_find(original->bytes, "\n", 0);
    if (slice_starts_with(original->bytes, modeline) && end < root->members[0].key->range.start) {
        edits_add(&original->edits, 0, end + 1, head);
    }
}

static void name_anew(struct original *original, const struct node *root, struct slice id)
{
    struct slice title = copy_title(original->edits.arena, id);
    const struct node *old = node_get(root, "title");
    replace_node(original, node_get(root, "template"), id);
    edits_add(&original->edits, old->range.start, end_of(original, old),
              arena_printf(original->edits.arena, "\"%.*s\"", SLICE_ARG(title)));
    const struct node *intent = node_get(root, "intent");
    replace_node(original, node_get(intent, "name"), intent_name(original->edits.arena, id));
    replace_node(original, node_get(intent, "title"), intent_name(original->edits.arena, id));
}

static bool is_left_out(const struct copy_wishes *wishes, const struct node *utterance)
{
    for (size_t i = 0; i < wishes->left_out_count; i++) {
        const struct node *left_out = wishes->left_out[i];
        if (left_out->range.start == utterance->range.start) {
            return true;
        }
    }
    return false;
}

/* Each of the library's utterances is on a line of its own. */
static void fit_utterances(struct original *original, const struct node *list,
                           const struct copy_wishes *wishes, struct slice title)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        kept += !is_left_out(wishes, list->items[i]);
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct node *utterance = list->items[i];
        if (is_left_out(wishes, utterance) && kept == 0 && i == 0) {
            replace_node(original, utterance,
                         arena_printf(original->edits.arena, "\"%.*s\"", SLICE_ARG(title)));
        } else if (is_left_out(wishes, utterance)) {
            remove_lines(original, utterance->range.start, end_of(original, utterance));
        }
    }
}

struct slice copy_template(struct arena *arena, const struct node *root,
                           const struct copy_wishes *wishes)
{
    struct original original = original_new(arena, root);
    struct slice *locales;
    size_t count = copy_locales(arena, root, wishes, &locales);
    const struct kept_locales names = {locales, count};
    struct slice old_id = node_text(root, "template");
    struct slice id = wishes->id.length > 0 ? wishes->id : old_id;
    const struct node *utterances = node_get(node_get(root, "intent"), "utterances");
    struct builder list = builder_new(arena);
    for (size_t i = 0; i < names.count; i++) {
        builder_printf(&list, "%s%.*s", i > 0 ? ", " : "[", SLICE_ARG(names.names[i]));
    }
    builder_add_char(&list, ']');
    replace_head(&original, root,
                 arena_printf(arena,
                              "# Copied from the template %.*s of dialogc: change what you like; "
                              "`dialogc check` reports\n# mistakes.\n",
                              SLICE_ARG(old_id)));
    for (size_t i = 0; i < root->count; i++) {
        struct slice key = root->members[i].key->text;
        bool is_renamed = wishes->id.length > 0 && slice_is(key, "title");
        if (!is_renamed && !slice_is(key, "intent")) {
            fit_locales(&original, root->members[i].value, &names);
        }
    }
    for (size_t i = 0; node_is(utterances, NODE_MAPPING) && i < utterances->count; i++) {
        const struct member *member = &utterances->members[i];
        if (keeps(&names, member->key->text)) {
            fit_utterances(&original, member->value, wishes, copy_title(arena, id));
        } else {
            remove_lines(&original, member->key->range.start, end_of(&original, member->value));
        }
    }
    if (wishes->id.length > 0) {
        name_anew(&original, root, id);
    }
    replace_node(&original, node_get(root, "auth"), wishes->auth);
    replace_node(&original, node_get(root, "locales"), builder_slice(&list));
    return changed(&original);
}

/* ---- fragments ---- */

struct slice copy_fragment(struct arena *arena, const struct node *root)
{
    struct original original = original_new(arena, root);
    replace_head(&original, root,
                 SLICE("# Copied from dialogc: the project uses this file instead of dialogc's own "
                       "fragment of this name.\n"));
    return changed(&original);
}

/* ---- conversations ---- */

/* What conversations say of the organisation of a project. */
struct organisation_names {
    struct slice api_version;
    struct slice login;
};

#define BEFORE_VERSION "/services/data/"

/* "v62.0" of "/services/data/v62.0/query"; empty for other paths. */
static struct slice version_in(struct slice path)
{
    size_t start = sizeof BEFORE_VERSION - 1;
    size_t end =
        slice_starts_with(path, BEFORE_VERSION "v") ? slice_find(path, "/", start) : SIZE_MAX;
    return end != SIZE_MAX ? slice_part(path, start, end) : SLICE("");
}

/* Requests name the version of the API in their paths, and the host of the login. */
static void fit_requests(struct original *original, const struct node *node,
                         const struct organisation_names *names)
{
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        const struct node *value = node->members[i].value;
        struct slice key = node->members[i].key->text;
        struct slice version = version_in(value->kind == NODE_STRING ? value->text : SLICE(""));
        if (slice_is(key, "host") && value->kind == NODE_STRING &&
            slice_is(value->text, PROJECT_LOGIN)) {
            replace_node(original, value, names->login);
        } else if (slice_is(key, "path") && value->plain && version.length > 0) {
            size_t start = value->range.start + sizeof BEFORE_VERSION - 1;
            edits_add(&original->edits, start, start + version.length, names->api_version);
        }
        fit_requests(original, value, names);
    }
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        fit_requests(original, node->items[i], names);
    }
}

struct slice copy_conversations(struct arena *arena, const struct node *root, struct slice id,
                                struct slice api_version, struct slice login)
{
    struct original original = original_new(arena, root);
    const struct organisation_names names = {api_version, login};
    replace_head(&original, root, SLICE(""));
    replace_node(&original, node_get(root, "conversation"), id);
    fit_requests(&original, root, &names);
    return changed(&original);
}
