/* What conversations can name. */
#include "trial/conversation/scope.h"

#include <string.h>

#include "base/ascii.h"
#include "base/percent.h"
#include "base/table.h"
#include "document/tree/build.h"
#include "trial/simulator/service.h"

/* ---- nodes ---- */

static void add_node(void *context, const struct program_node *node)
{
    struct scope *scope = context;
    if (node->name.length > 0) {
        scope->nodes =
            arena_append(scope->arena, scope->nodes, scope->count, sizeof(struct program_node *));
        scope->nodes[scope->count++] = node;
    }
}

static void add_bot(struct scope *scope, const struct bot *bot)
{
    for (size_t i = 0; i < scope->bot_count; i++) {
        if (scope->bots[i] == bot) {
            return;
        }
    }
    scope->bots = arena_append(scope->arena, scope->bots, scope->bot_count, sizeof(struct bot *));
    scope->bots[scope->bot_count++] = bot;
}

struct scope scope_new(struct arena *arena, const struct conversation_world *world)
{
    struct scope scope = {.arena = arena, .world = world};
    struct program_calls calls = program_calls(arena, world->program, world->dialog);
    for (size_t i = 0; i < calls.count; i++) {
        program_visit(calls.dialogs[i], add_node, &scope);
        add_bot(&scope, calls.dialogs[i]->bot);
    }
    return scope;
}

bool scope_fits(const struct program_node *node, enum scope_kind kind)
{
    switch (kind) {
    case SCOPE_NODE:
        return true;
    case SCOPE_QUESTION:
        return node->kind == DIALOG_ENTITY || node->kind == DIALOG_CONFIRM ||
               node->kind == DIALOG_FORM;
    case SCOPE_ENTITY:
        return node->kind == DIALOG_ENTITY;
    case SCOPE_SERVICE:
        return node->kind == DIALOG_SERVICE || service_is_webhook(node);
    case SCOPE_TRANSFER:
        return node->kind == DIALOG_TRANSFER;
    }
    return false;
}

/* True for a node that may wait for an answer, though most of its kind do not. */
static bool may_wait(const struct program_node *node)
{
    return node->kind == DIALOG_INTENT || node->kind == DIALOG_CALL || node->unknown.length > 0;
}

const struct program_node *scope_find(const struct scope *scope, struct slice name,
                                      enum scope_kind kind)
{
    for (size_t i = 0; i < scope->count; i++) {
        const struct program_node *node = scope->nodes[i];
        if (slice_equal(node->name, name) &&
            (scope_fits(node, kind) || (kind == SCOPE_QUESTION && may_wait(node)))) {
            return scope->nodes[i];
        }
    }
    return NULL;
}

static const struct {
    const char *word, *noun, *plural;
} words[] = {
    [SCOPE_NODE] = {"node", "a node", "nodes"},
    [SCOPE_QUESTION] = {"question", "a question", "questions"},
    [SCOPE_ENTITY] = {"entity", "an entity", "entities"},
    [SCOPE_SERVICE] = {"service", "a service", "services"},
    [SCOPE_TRANSFER] = {"transfer", "a transfer", "transfers"},
};

TABLE_HAS_ROWS(words, SCOPE_TRANSFER + 1);

const char *scope_word(enum scope_kind kind)
{
    return words[kind].word;
}

const char *scope_noun(enum scope_kind kind)
{
    return words[kind].noun;
}

const char *scope_plural(enum scope_kind kind)
{
    return words[kind].plural;
}

/* ---- channels and profiles ---- */

static void add_once(struct arena *arena, struct node *list, struct slice text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (slice_equal(list->items[i]->text, text)) {
            return;
        }
    }
    node_append(arena, list, node_new_text(arena, text));
}

/* The values of all `channel` keys. */
static void add_channels(struct arena *arena, struct node *list, const struct node *node)
{
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        const struct node *value = node->members[i].value;
        if (slice_is(node->members[i].key->text, "channel") && node_is(value, NODE_STRING)) {
            add_once(arena, list, value->text);
        }
        add_channels(arena, list, value);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        add_channels(arena, list, node->items[i]);
    }
}

struct node *scope_channels(const struct scope *scope)
{
    struct node *list = node_new_sequence(scope->arena);
    const struct node *channels = scope->world->channels;
    add_once(scope->arena, list, SLICE("default"));
    for (size_t i = 0; i < node_length(channels); i++) {
        add_once(scope->arena, list, channels->items[i]->text);
    }
    for (size_t i = 0; channels == NULL && i < scope->count; i++) {
        add_channels(scope->arena, list, scope->nodes[i]->component);
    }
    return list;
}

struct node *scope_profiles(const struct scope *scope)
{
    struct node *list = node_new_sequence(scope->arena);
    for (size_t i = 0; i < scope->count; i++) {
        struct slice profile = node_text(scope->nodes[i]->component, "idp");
        bool needs_login = profile.length > 0 && !slice_is(profile, "none");
        if (scope->nodes[i]->kind == DIALOG_SERVICE && needs_login) {
            add_once(scope->arena, list, profile);
        }
    }
    return list;
}

/* ---- variables ---- */

/* Adds the NAMEs of `env.NAME` and `env["NAME"]`; `env[` and anything else may be any variable. */
static void add_variables(struct arena *arena, struct scope_variables *found, struct slice text,
                          struct slice prefix)
{
    for (size_t at = slice_find_slice(text, prefix, 0); at < text.length;
         at = slice_find_slice(text, prefix, at + 1)) {
        size_t start = at + prefix.length;
        bool is_word = at > 0 && ascii_is_word(text.data[at - 1]);
        char c = start < text.length ? text.data[start] : '\0';
        if (is_word || (c != '.' && c != '[')) {
            continue;
        }
        start++;
        bool quoted = start < text.length && strchr("\"'", text.data[start]) != NULL;
        if (c == '[' && !quoted) {
            found->any = true;
            continue;
        }
        start += quoted;
        size_t end = start;
        while (end < text.length && ascii_is_word(text.data[end])) {
            end++;
        }
        if (end > start) {
            add_once(arena, found->names, slice_part(text, start, end));
        }
    }
}

static void add_variables_of(struct arena *arena, struct scope_variables *found,
                             const struct node *node, struct slice prefix)
{
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        add_variables_of(arena, found, node->members[i].value, prefix);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        add_variables_of(arena, found, node->items[i], prefix);
    }
    if (node_is(node, NODE_STRING)) {
        add_variables(arena, found, percent_decode_text(arena, node->text), prefix);
    }
}

struct scope_variables scope_variables(const struct scope *scope, const char *prefix)
{
    struct scope_variables found = {.names = node_new_sequence(scope->arena)};
    for (size_t i = 0; i < scope->bot_count; i++) {
        add_variables_of(scope->arena, &found, scope->bots[i]->root, slice_of(prefix));
    }
    return found;
}

/* `host` of an endpoint, and `https://` in a text, before `variable`. */
static bool has_host(struct arena *arena, const struct node *node, struct slice variable)
{
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        const struct member *member = &node->members[i];
        bool is_host = slice_is(member->key->text, "host") && node_is(member->value, NODE_STRING) &&
                       slice_equal(member->value->text, variable);
        if (is_host || has_host(arena, member->value, variable)) {
            return true;
        }
    }
    for (size_t i = 0; i < node_length(node); i++) {
        if (has_host(arena, node->items[i], variable)) {
            return true;
        }
    }
    struct slice url = arena_printf(arena, "https://%.*s", SLICE_ARG(variable));
    return node_is(node, NODE_STRING) &&
           slice_find_slice(percent_decode_text(arena, node->text), url, 0) != SIZE_MAX;
}

bool scope_has_host(const struct scope *scope, struct slice name)
{
    struct slice variable = arena_printf(scope->arena, "{{env.%.*s}}", SLICE_ARG(name));
    for (size_t i = 0; i < scope->bot_count; i++) {
        if (has_host(scope->arena, scope->bots[i]->root, variable)) {
            return true;
        }
    }
    return false;
}
