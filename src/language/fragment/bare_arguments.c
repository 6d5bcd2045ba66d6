/*
 * Arguments that are the name of an entity where its value was meant: `with: {who: email}`. Many
 * parameters take names or words, so only those count that the fragment puts into its texts, and
 * whose own name does not say that they take a word.
 */
#include "base/ascii.h"
#include "base/builder.h"
#include "language/fragment/expansion.h"

struct argument_use {
    struct slice whole; /* `${params.who}` */
    bool in_text, as_name;
};

static void look(struct argument_use *use, const struct node *node, bool is_text);

/* The keys are names; below a prompt or in a message, the values are texts. */
static void look_at_members(struct argument_use *use, const struct node *node, bool is_text)
{
    static const char *const texts[] = {"prompt", "error", "confirm", "body",
                                        "fields", "form",  NULL};
    for (size_t i = 0; i < node->count; i++) {
        const struct member *member = &node->members[i];
        use->as_name =
            use->as_name || slice_find_slice(member->key->text, use->whole, 0) != SIZE_MAX;
        look(use, member->value, is_text || slice_is_any(member->key->text, texts));
    }
}

static void look(struct argument_use *use, const struct node *node, bool is_text)
{
    if (node->kind == NODE_STRING && slice_find_slice(node->text, use->whole, 0) != SIZE_MAX) {
        use->in_text = use->in_text || is_text;
        use->as_name = use->as_name || !is_text;
    }
    if (node->kind == NODE_MAPPING) {
        look_at_members(use, node, is_text);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        look(use, node->items[i], is_text);
    }
}

/* Whether the fragment says or sends the argument, and takes it for no name. */
static bool is_value(struct expansion *e, const struct fragment *fragment, struct slice parameter)
{
    static const char *const sections[] = {"entities", "services", "messages",
                                           "scripts",  "flow",     "dialogs"};
    struct argument_use use = {.whole =
                                   arena_printf(e->arena, "${params.%.*s}", SLICE_ARG(parameter))};
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        const struct node *section = node_get(fragment->root, sections[i]);
        if (section != NULL) {
            look(&use, section, strcmp(sections[i], "messages") == 0);
        }
    }
    return use.in_text && !use.as_name;
}

/* `noun`, `kind`: what such a parameter takes may well be a word that an entity is called, too. */
static bool takes_word(struct slice parameter)
{
    static const char *const words[] = {"noun", "word",  "label",  "kind",   "thing",    "what",
                                        "type", "title", "object", "term",   "item",     "topic",
                                        "verb", "field", "action", "plural", "singular", NULL};
    return slice_is_any(parameter, words);
}

void expansion_check_arguments(struct expansion *e, const struct scope *scope)
{
    const struct node *entities = node_get(e->root, "entities");
    const struct node *arguments = scope->arguments;
    if (!node_is(arguments, NODE_MAPPING) || !node_is(entities, NODE_MAPPING) ||
        node_get(e->root, "imported") != NULL) {
        return;
    }
    for (size_t i = 0; i < arguments->count; i++) {
        const struct node *key = arguments->members[i].key;
        const struct node *value = arguments->members[i].value;
        if (value->kind != NODE_STRING || value->source != e->root->source ||
            node_member(entities, value->text) == NULL || takes_word(key->text) ||
            !is_value(e, scope->fragment, key->text)) {
            continue;
        }
        struct diagnostic *d = diag_report(e->diagnostics, W0229, value->source, value->range,
                                           "`%.*s` is taken for a word here, not for the entity",
                                           SLICE_ARG(value->text));
        diag_suggest(e->diagnostics, d, arena_printf(e->arena, "${%.*s}", SLICE_ARG(value->text)));
    }
}
