#include "platform/bot/bot.h"
#include "platform/artifact/node_type.h"

#include "base/ascii.h"
#include "document/json/reader.h"

const struct node *bot_place(const struct node *object, const char *key)
{
    const struct node *value = node_get(object, key);
    return value != NULL ? value : object;
}

struct node *bot_component(const struct bot *bot, const struct node *stub)
{
    return map_get(&bot->components, node_text(stub, "componentId"));
}

struct slice bot_node_name(const struct bot *bot, const struct node *stub)
{
    struct slice name = node_text(bot_component(bot, stub), "name");
    return name.length > 0 ? name : node_text(stub, "nodeId");
}

struct node *bot_section(const struct bot *bot, const char *key)
{
    return node_get(bot->root, key);
}

struct slice bot_dialog_name(const struct node *dialog)
{
    const struct node *locales = node_get(dialog, "localeData");
    struct slice name = SLICE("");
    if (node_is(locales, NODE_MAPPING) && locales->count > 0) {
        name = node_text(locales->members[0].value, "name");
    }
    return name.length > 0 ? name : node_text(dialog, "lname");
}

struct node *bot_intent(const struct bot *bot, const struct node *dialog)
{
    const struct node *nodes = node_get(dialog, "nodes");
    for (size_t i = 0; i < node_length(nodes); i++) {
        if (node_type_is(nodes->items[i], DIALOG_INTENT)) {
            return bot_component(bot, nodes->items[i]);
        }
    }
    return NULL;
}

void bot_visit_nodes(const struct node *dialog,
                     void (*visit)(void *context, const struct node *stub), void *context)
{
    const struct node *nodes = node_get(dialog, "nodes");
    for (size_t i = 0; i < node_length(nodes); i++) {
        visit(context, nodes->items[i]);
        const struct node *members = node_get(nodes->items[i], "nodes");
        for (size_t j = 0; j < node_length(members); j++) {
            visit(context, members->items[j]);
        }
    }
}

bool bot_names_variable(struct slice text, const char *scope, struct slice key)
{
    for (size_t at = slice_find(text, scope, 0); at < text.length;
         at = slice_find(text, scope, at + 1)) {
        size_t start = at + strlen(scope);
        struct slice rest = slice_part(text, start, text.length);
        if (rest.length < key.length || !slice_equal(slice_part(rest, 0, key.length), key)) {
            continue;
        }
        char next = rest.length > key.length ? rest.data[key.length] : ' ';
        if (!ascii_is_word(next)) {
            return true;
        }
    }
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct bot_layout bot_layout_of(struct slice bytes, const struct node *root)
{
    struct bot_layout layout = {SLICE(""), SLICE("")};
    if (root->count == 0) {
        return layout;
    }
    size_t key = root->members[0].key->range.start;
    size_t start = key;
    while (start > root->range.start + 1 && is_space(bytes.data[start - 1])) {
        start--;
    }
    struct slice space = slice_part(bytes, start, key);
    for (size_t i = 0; i < space.length; i++) {
        if (space.data[i] == '\n') {
            layout.newline = i > 0 && space.data[i - 1] == '\r' ? SLICE("\r\n") : SLICE("\n");
            layout.unit = slice_part(space, i + 1, space.length);
        }
    }
    return layout;
}

struct slice bot_name(const struct bot *bot)
{
    const struct node *locales = node_get(bot->root, "localeData");
    struct member *own = node_member(locales, node_text(bot->root, "defaultLanguage"));
    if (own == NULL && node_is(locales, NODE_MAPPING) && locales->count > 0) {
        own = &locales->members[0];
    }
    return own != NULL ? node_text(own->value, "name") : SLICE("");
}

size_t bot_locales(struct arena *arena, const struct bot *bot, struct slice **locales)
{
    const struct node *names = node_get(bot->root, "localeData");
    const struct member *first = node_member(names, node_text(bot->root, "defaultLanguage"));
    size_t count = node_is(names, NODE_MAPPING) ? names->count : 0;
    size_t known = 0;
    *locales = arena_alloc_array(arena, count + 1, sizeof **locales);
    if (first != NULL) {
        (*locales)[known++] = first->key->text;
    }
    for (size_t i = 0; i < count; i++) {
        if (&names->members[i] != first) {
            (*locales)[known++] = names->members[i].key->text;
        }
    }
    return known;
}

bool bot_is_artifact(const struct bot *bot)
{
    return node_get(bot->root, "_id") == NULL && node_get(bot->root, "localeData") == NULL;
}

bool bot_is_partial(const struct bot *bot)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    for (size_t i = 0; i < dialogs->count; i++) {
        if (node_get(dialogs->items[i], "nodes") != NULL) {
            return false;
        }
    }
    return dialogs->count > 0;
}

const struct node *bot_namespaces(const struct bot *bot)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    for (size_t i = 0; i < dialogs->count; i++) {
        const struct node *spaces = node_get(dialogs->items[i], "vNameSpace");
        if (node_is(spaces, NODE_SEQUENCE) && spaces->count > 0) {
            return spaces;
        }
    }
    const struct node *spaces = node_get(bot->root, "evVNameSpace");
    return node_is(spaces, NODE_SEQUENCE) ? spaces : NULL;
}

/* The sections that dialogc looks into, and what their elements are. */
static const struct known_section {
    const char *key;
    bool required;
} sections[] = {
    {"dialogs", true},   {"dialogComponents", true},   {"sentences", false},
    {"patterns", false}, {"idpConfigurations", false}, {"contentVariables", false},
    {"forms", false},
};

static bool check_section(const struct bot *bot, const struct known_section *section,
                          struct diagnostics *diagnostics)
{
    const struct node *array = node_get(bot->root, section->key);
    if (array == NULL && section->required) {
        diag_report(diagnostics, E1001, bot->source,
                    (struct range){bot->root->range.start, bot->root->range.start + 1},
                    "not a bot export: `%s` is missing", section->key);
        return false;
    }
    if (array != NULL && array->kind != NODE_SEQUENCE) {
        diag_report(diagnostics, E1001, bot->source, array->range,
                    "not a bot export: `%s` must be a list, not %s", section->key,
                    node_kind_name(array->kind));
        return false;
    }
    for (size_t i = 0; i < node_length(array); i++) {
        if (array->items[i]->kind != NODE_MAPPING) {
            diag_report(diagnostics, E1001, bot->source, array->items[i]->range,
                        "not a bot export: every entry of `%s` must be an object, not %s",
                        section->key, node_kind_name(array->items[i]->kind));
            return false;
        }
    }
    return true;
}

static struct map index_by_id(struct arena *arena, const struct node *array)
{
    struct map map = map_new(arena);
    for (size_t i = 0; i < array->count; i++) {
        struct slice id = node_text(array->items[i], "_id");
        if (id.length > 0) {
            map_add(&map, id, array->items[i]);
        }
    }
    return map;
}

bool bot_read(struct arena *arena, const char *path, struct slice bytes,
              struct diagnostics *diagnostics, struct bot *bot)
{
    struct source *source;
    *bot = (struct bot){0};
    bot->root = json_read(arena, path, bytes, diagnostics, &source);
    bot->source = source;
    if (bot->root == NULL) {
        return false;
    }
    if (bot->root->kind != NODE_MAPPING) {
        diag_report(diagnostics, E1001, source, (struct range){0, 1},
                    "not a bot export: it must be an object, not %s",
                    node_kind_name(bot->root->kind));
        return false;
    }
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (!check_section(bot, &sections[i], diagnostics)) {
            return false;
        }
    }
    bot->layout = bot_layout_of(bytes, bot->root);
    bot->dialogs = index_by_id(arena, bot_section(bot, "dialogs"));
    bot->components = index_by_id(arena, bot_section(bot, "dialogComponents"));
    return true;
}
