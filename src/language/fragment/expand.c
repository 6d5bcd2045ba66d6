/*
 * Expansion: copies of a fragment's parts, its parameters put in, become parts of the template.
 * Nodes without parameters in them are shared, not copied.
 */
#include <stdint.h>

#include "base/builder.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "document/tree/build.h"
#include "document/tree/index.h"
#include "language/fragment/expansion.h"

#define USE_COST 50 /* a use counts as this many copies, if it makes none at all */

static const char *const sections[] = {"entities", "services", "scripts", "messages"};
_Static_assert(TABLE_LENGTH(sections) == SECTION_COUNT, "a name for each section");

/* A part of the template: where it is from. */
struct origin {
    const struct fragment *fragment; /* NULL: the template itself */
    const struct node *key;
    const struct node *value;
};

/* ---- checks of a use ---- */

static void offer(void *context, struct slice id)
{
    suggestion_offer(context, id);
}

static const struct fragment *find(struct expansion *e, const struct node *name)
{
    const struct fragment *fragment = fragment_find(e->library, name->text, e->arena);
    if (fragment == NULL) {
        e->failed = true;
        if (fragment_library_is_broken(e->library, name->text)) {
            return NULL;
        }
        struct diagnostic *d = diag_report(e->diagnostics, E0901, name->source, name->range,
                                           "unknown fragment `%.*s`", SLICE_ARG(name->text));
        struct suggestion s = suggestion_new(name->text);
        fragment_library_offer(e->library, offer, &s);
        diag_suggest(e->diagnostics, d, s.best);
        if (s.best.length == 0) {
            diag_note(
                e->diagnostics, d, NULL, name->range,
                "put fragments in a folder `fragments`, next to the templates or in the project");
        }
        return NULL;
    }
    for (size_t i = 0; i < e->depth; i++) {
        if (e->stack[i] == fragment || e->depth == DEPTH_LIMIT) {
            e->failed = true;
            diag_report(e->diagnostics, E0904, name->source, name->range,
                        e->stack[i] == fragment ? "the fragment `%.*s` uses itself"
                                                : "the fragment `%.*s` is nested too deeply",
                        SLICE_ARG(name->text));
            return NULL;
        }
    }
    return fragment;
}

/* Parameters without a value: one finding names all of them. */
static void check_missing(struct expansion *e, const struct scope *scope,
                          const struct node *parameters)
{
    struct builder names = builder_new(e->arena);
    size_t missing = 0;
    for (size_t i = 0; parameters != NULL && i < parameters->count; i++) {
        struct slice name = parameters->members[i].key->text;
        if (scope_argument(scope, name) == NULL) {
            builder_printf(&names, "%s`%.*s`", missing++ > 0 ? ", " : "", SLICE_ARG(name));
        }
    }
    if (missing == 0) {
        return;
    }
    e->failed = true;
    struct diagnostic *d =
        diag_report(e->diagnostics, E0902, scope->use->source, scope->use->range,
                    "the fragment `%.*s` needs %s for %.*s", SLICE_ARG(scope->fragment->id),
                    missing == 1 ? "a value" : "values", SLICE_ARG(builder_slice(&names)));
    for (size_t i = 0; i < parameters->count; i++) {
        struct slice name = parameters->members[i].key->text;
        const struct node *description = node_get(parameters->members[i].value, "description");
        if (scope_argument(scope, name) == NULL && description != NULL) {
            diag_note(e->diagnostics, d, NULL, scope->use->range, "`%.*s`: %.*s", SLICE_ARG(name),
                      SLICE_ARG(description->text));
        }
    }
}

static void check_arguments(struct expansion *e, const struct scope *scope)
{
    const struct node *parameters = node_get(scope->fragment->root, "parameters");
    for (size_t i = 0; node_is(scope->arguments, NODE_MAPPING) && i < scope->arguments->count;
         i++) {
        const struct node *key = scope->arguments->members[i].key;
        if (node_member(parameters, key->text) != NULL) {
            continue;
        }
        e->failed = true;
        struct suggestion s = suggestion_new(key->text);
        for (size_t j = 0; parameters != NULL && j < parameters->count; j++) {
            suggestion_offer(&s, parameters->members[j].key->text);
        }
        struct diagnostic *d = diag_report(e->diagnostics, E0902, key->source, key->range,
                                           "the fragment `%.*s` has no parameter `%.*s`",
                                           SLICE_ARG(scope->fragment->id), SLICE_ARG(key->text));
        diag_suggest(e->diagnostics, d, s.best);
        return; /* what is missing may be what was meant */
    }
    check_missing(e, scope, parameters);
}

/* ---- parts ---- */

static void add_member(struct expansion *e, struct node **mapping, const struct node *like,
                       struct member member)
{
    if (*mapping == NULL) {
        *mapping = expansion_copy(e, like);
        (*mapping)->members = NULL;
        (*mapping)->count = 0;
    }
    (*mapping)->members =
        arena_append(e->arena, (*mapping)->members, (*mapping)->count, sizeof(struct member));
    (*mapping)->members[(*mapping)->count++] = member;
    (*mapping)->index =
        member_index_add(e->arena, (*mapping)->index, (*mapping)->members, (*mapping)->count);
}

static void add_part(struct expansion *e, const struct scope *scope, size_t section,
                     struct member part)
{
    struct origin *fresh = arena_alloc(e->arena, sizeof *fresh);
    *fresh = (struct origin){scope->fragment, part.key, part.value};
    const struct origin *other = map_add(&e->origins[section], part.key->text, fresh);
    if (other == NULL) {
        add_member(e, &e->parts[section], scope->fragment->root, part);
        return;
    }
    bool same = other->fragment == scope->fragment && node_equal(other->value, part.value);
    if (other->fragment == NULL || same) {
        return; /* the template's own part takes the place of the fragment's */
    }
    e->failed = true;
    struct diagnostic *d = diag_report(e->diagnostics, E0903, scope->use->source, scope->use->range,
                                       "`%.*s` of the fragment `%.*s` already exists",
                                       SLICE_ARG(part.key->text), SLICE_ARG(scope->fragment->id));
    diag_note(
        e->diagnostics, d, other->key->source, other->key->range,
        other->fragment == scope->fragment
            ? "it comes from the same fragment with different values; put a parameter into the name"
            : "it comes from here");
}

static void add_variables(struct expansion *e, const struct scope *scope)
{
    static const char *const kinds[] = {"env", "content"};
    const struct node *variables = node_get(scope->fragment->root, "variables");
    for (size_t i = 0; i < 2; i++) {
        const struct node *mapping = node_get(variables, kinds[i]);
        for (size_t j = 0; mapping != NULL && j < mapping->count; j++) {
            if (node_member(e->variables[i], mapping->members[j].key->text) == NULL) {
                add_member(e, &e->variables[i], mapping, mapping->members[j]);
            }
        }
    }
}

static void use_list(struct expansion *e, const struct node *uses);

static void note_use(struct expansion *e, const struct fragment *fragment, const struct node *node)
{
    struct fragment_use *use = arena_alloc(e->arena, sizeof *use);
    *use = (struct fragment_use){fragment->id, fragment->root->source, node, NULL};
    *e->end_of_uses = use;
    e->end_of_uses = &use->next;
}

/* Adds the parts of a fragment; false when it cannot be used. */
static bool begin_use(struct expansion *e, const struct scope *scope)
{
    size_t errors = e->diagnostics->error_count;
    e->copies += USE_COST;
    if (expansion_is_exhausted(e, scope->use)) {
        return false;
    }
    check_arguments(e, scope);
    if (e->diagnostics->error_count > errors) {
        return false;
    }
    expansion_check_arguments(e, scope);
    note_use(e, scope->fragment, scope->use);
    e->stack[e->depth++] = scope->fragment;
    use_list(e, node_get(scope->fragment->root, "use"));
    for (size_t section = 0; section < SECTION_COUNT; section++) {
        const struct node *parts = node_get(scope->fragment->root, sections[section]);
        for (size_t i = 0; node_is(parts, NODE_MAPPING) && i < parts->count; i++) {
            const struct node *key = scope_substitute(e, scope, parts->members[i].key);
            const struct node *value = scope_substitute(e, scope, parts->members[i].value);
            if (key->kind == NODE_STRING) {
                add_part(e, scope, section,
                         (struct member){(struct node *)(uintptr_t)key,
                                         (struct node *)(uintptr_t)value});
            }
        }
    }
    add_variables(e, scope);
    return true;
}

/* use: [name, {fragment: name, with: {…}}] */
static void use_list(struct expansion *e, const struct node *uses)
{
    for (size_t i = 0; i < node_length(uses); i++) {
        const struct node *item = uses->items[i];
        const struct node *name = item->kind == NODE_STRING ? item : node_get(item, "fragment");
        if (!node_is(name, NODE_STRING)) {
            continue; /* the schema says it */
        }
        struct scope scope = {.use = name, .arguments = node_get(item, "with")};
        scope.fragment = find(e, name);
        if (scope.fragment != NULL && begin_use(e, &scope)) {
            e->depth--;
        }
    }
}

/* ---- steps ---- */

static const struct node *expand_steps(struct expansion *e, const struct node *node);

static void add_item(struct expansion *e, struct node *list, const struct node *item)
{
    list->items = arena_append(e->arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = (struct node *)(uintptr_t)item;
    e->copies++;
}

/* `with`, misspelled or by another name. */
static bool means_with(struct slice key)
{
    static const char *const names[] = {"params", "parameters", "arguments", "args",
                                        "values", "inputs",     NULL};
    return suggestion_is_near(key, SLICE("with"), NULL) || slice_is_any(key, names);
}

/* The schema does not see the step, which is replaced: its keys are looked at here. */
static bool has_known_keys(struct expansion *e, const struct node *step)
{
    for (size_t i = 0; i < step->count; i++) {
        const struct node *key = step->members[i].key;
        if (slice_is(key->text, "use") || slice_is(key->text, "with")) {
            continue;
        }
        e->failed = true;
        struct diagnostic *d = diag_report(e->diagnostics, E0102, key->source, key->range,
                                           "unknown key `%.*s`", SLICE_ARG(key->text));
        diag_suggest(e->diagnostics, d, means_with(key->text) ? SLICE("with") : SLICE(""));
        if (!means_with(key->text)) {
            diag_note(e->diagnostics, d, NULL, key->range,
                      "allowed keys: `use`, `with`; values of parameters go under `with`");
        }
        return false;
    }
    const struct node *with = node_get(step, "with");
    if (with != NULL && with->kind != NODE_MAPPING) {
        e->failed = true;
        struct diagnostic *d =
            diag_report(e->diagnostics, E0101, with->source, with->range,
                        "`with` must be a mapping, not %s", node_kind_name(with->kind));
        diag_note(e->diagnostics, d, NULL, with->range,
                  "write the parameters and their values, such as `{service: createLeadService}`");
        return false;
    }
    return true;
}

/* Puts the steps of a fragment into `list`. */
static void use_steps(struct expansion *e, struct node *list, const struct node *step)
{
    if (!has_known_keys(e, step)) {
        return;
    }
    const struct node *name = node_get(step, "use");
    struct scope scope = {.use = name, .arguments = node_get(step, "with")};
    scope.fragment = find(e, name);
    if (scope.fragment == NULL || !begin_use(e, &scope)) {
        return;
    }
    const struct node *flow = node_get(scope.fragment->root, "flow");
    if (flow != NULL) {
        flow = expand_steps(e, scope_substitute(e, &scope, flow));
    }
    for (size_t i = 0; i < node_length(flow); i++) {
        add_item(e, list, flow->items[i]);
    }
    e->depth--;
}

static const struct node *expand_step_list(struct expansion *e, const struct node *node)
{
    struct node *copy = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *item = node->items[i];
        bool is_use = item->kind == NODE_MAPPING && node_is(node_get(item, "use"), NODE_STRING);
        const struct node *expanded = is_use ? NULL : expand_steps(e, item);
        if (expanded != item && copy == NULL) {
            copy = expansion_copy(e, node);
            copy->items = NULL;
            copy->count = 0;
            for (size_t j = 0; j < i; j++) {
                add_item(e, copy, node->items[j]);
            }
        }
        if (is_use) {
            use_steps(e, copy, item);
        } else if (copy != NULL) {
            add_item(e, copy, expanded);
        }
    }
    return copy != NULL ? copy : node;
}

/* Steps may stand in any branch of a step. */
static const struct node *expand_steps(struct expansion *e, const struct node *node)
{
    if (node->kind == NODE_SEQUENCE) {
        return expand_step_list(e, node);
    }
    if (node->kind != NODE_MAPPING) {
        return node;
    }
    struct node *copy = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = expand_steps(e, node->members[i].value);
        if (value != node->members[i].value && copy == NULL) {
            copy = expansion_copy(e, node);
            copy->members = arena_alloc_array(e->arena, node->count, sizeof *copy->members);
            memcpy(copy->members, node->members, node->count * sizeof *copy->members);
        }
        if (copy != NULL) {
            copy->members[i].value = (struct node *)(uintptr_t)value;
        }
    }
    if (copy != NULL) {
        node_reindex(e->arena, copy);
    }
    return copy != NULL ? copy : node;
}

/* ---- the whole ---- */

/* The template's own parts come first, and win. */
static void take_own_parts(struct expansion *e)
{
    for (size_t section = 0; section < SECTION_COUNT; section++) {
        const struct node *own = node_get(e->root, sections[section]);
        e->origins[section] = map_new(e->arena);
        for (size_t i = 0; node_is(own, NODE_MAPPING) && i < own->count; i++) {
            struct origin *origin = arena_alloc(e->arena, sizeof *origin);
            *origin = (struct origin){.key = own->members[i].key, .value = own->members[i].value};
            map_add(&e->origins[section], own->members[i].key->text, origin);
            add_member(e, &e->parts[section], own, own->members[i]);
        }
    }
    const struct node *variables = node_get(e->root, "variables");
    static const char *const kinds[] = {"env", "content"};
    for (size_t i = 0; i < 2; i++) {
        const struct node *own = node_get(variables, kinds[i]);
        for (size_t j = 0; node_is(own, NODE_MAPPING) && j < own->count; j++) {
            add_member(e, &e->variables[i], own, own->members[j]);
        }
    }
}

static struct node *make_key(struct expansion *e, const char *text)
{
    struct node *key = expansion_copy(e, e->root);
    *key = (struct node){.kind = NODE_STRING,
                         .text = slice_of(text),
                         .source = e->root->source,
                         .range = {e->root->range.start, e->root->range.start}};
    return key;
}

/* Sets `name` of the mapping `root`, where it stands or at the end. */
static void set_member(struct expansion *e, struct node *root, const char *name,
                       const struct node *value)
{
    struct member *member = node_member(root, slice_of(name));
    if (value == NULL) {
        return;
    }
    if (member != NULL) {
        member->value = (struct node *)(uintptr_t)value;
        return;
    }
    add_member(e, &root, root, (struct member){make_key(e, name), (struct node *)(uintptr_t)value});
}

static const struct node *assemble(struct expansion *e, const struct node *flow)
{
    struct node *root = expansion_copy(e, e->root);
    root->members = NULL;
    root->count = 0;
    for (size_t i = 0; i < e->root->count; i++) {
        add_member(e, &root, root, e->root->members[i]);
    }
    for (size_t section = 0; section < SECTION_COUNT; section++) {
        set_member(e, root, sections[section], e->parts[section]);
    }
    struct node *variables = NULL;
    if (e->variables[0] != NULL) {
        add_member(e, &variables, e->variables[0],
                   (struct member){make_key(e, "env"), e->variables[0]});
    }
    if (e->variables[1] != NULL) {
        add_member(e, &variables, e->variables[1],
                   (struct member){make_key(e, "content"), e->variables[1]});
    }
    set_member(e, root, "variables", variables);
    set_member(e, root, "flow", flow);
    return root;
}

const struct node *fragment_expand(struct arena *arena, const struct node *root,
                                   struct fragment_library *library,
                                   const struct built_locales *locales,
                                   struct sobject_catalog *catalog, struct diagnostics *diagnostics,
                                   struct fragment_use **uses)
{
    *uses = NULL;
    /* most templates do not even have the word */
    if (root->kind != NODE_MAPPING || slice_find(root->source->bytes, "use", 0) == SIZE_MAX) {
        return root;
    }
    struct expansion expansion = {.arena = arena,
                                  .diagnostics = diagnostics,
                                  .library = library,
                                  .locales = locales,
                                  .catalog = catalog,
                                  .end_of_uses = uses,
                                  .root = root};
    struct expansion *e = &expansion;
    const struct node *flow = node_get(root, "flow");
    const struct node *list = node_get(root, "use");
    take_own_parts(e);
    use_list(e, list);
    const struct node *expanded = flow != NULL ? expand_steps(e, flow) : NULL;
    if (expanded == flow && list == NULL) {
        return root;
    }
    return assemble(e, expanded);
}

/* The first use of the fragment in `source`, or NULL. */
static const struct fragment_use *find_use(const struct fragment_use *uses,
                                           const struct source *source)
{
    while (uses != NULL && uses->fragment != source) {
        uses = uses->next;
    }
    return uses;
}

void fragment_note_uses(struct diagnostics *diagnostics, const struct fragment_use *uses)
{
    for (struct diagnostic *d = diagnostics->first; uses != NULL && d != NULL; d = d->next) {
        const struct fragment_use *use = find_use(uses, d->source);
        for (size_t depth = 0; use != NULL && depth < DEPTH_LIMIT; depth++) {
            const struct source *user = use->node->source;
            diag_note(diagnostics, d, user, use->node->range, "the fragment is used here");
            use = user != use->fragment ? find_use(uses, user) : NULL;
        }
    }
}
