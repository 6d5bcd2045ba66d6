/*
 * Expansion: copies of a fragment's parts, its parameters put in, become parts of the template.
 * Nodes without parameters in them are shared, not copied.
 */
#include <stdint.h>

#include "base/builder.h"
#include "base/map.h"
#include "document/tree/build.h"
#include "document/tree/index.h"
#include "language/fragment/fragment.h"
#include "language/model/expression.h"
#include "base/suggestion.h"

#define DEPTH_LIMIT  16
#define COPIES_LIMIT ((size_t)200 * 1000) /* nodes made in one template */
#define USE_COST     50                   /* a use counts as this many, if it makes none at all */
#define MARK         "${params."

static const char *const sections[] = {"entities", "services", "scripts", "messages"};
enum { SECTION_COUNT = sizeof sections / sizeof sections[0] };

/* A part of the template: where it is from. */
struct origin {
    const struct fragment *fragment; /* NULL: the template itself */
    const struct node *key;
    const struct node *value;
};

struct expansion {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct fragment_library *library;
    struct fragment_use **end_of_uses;
    const struct node *root;
    struct node *parts[SECTION_COUNT]; /* NULL: the template has none so far */
    struct map origins[SECTION_COUNT]; /* name to struct origin */
    struct node *variables[2];         /* env, content */
    const struct fragment *stack[DEPTH_LIMIT];
    size_t depth;
    size_t copies;
    bool exhausted; /* too many of them */
    bool failed;
};

/* The arguments of one use. */
struct scope {
    const struct fragment *fragment;
    const struct node *arguments; /* a mapping, or NULL */
    const struct node *use;       /* for findings */
};

static struct node *new_node(struct expansion *e, const struct node *like)
{
    struct node *copy = arena_alloc(e->arena, sizeof *copy);
    *copy = *like;
    if (copy->kind == NODE_MAPPING) {
        copy->index = NULL; /* its members are about to change */
    }
    e->copies++;
    return copy;
}

/* ---- parameters ---- */

/* The value of parameter `name`, or NULL when the fragment has no such parameter. */
static const struct node *argument(const struct scope *scope, struct slice name)
{
    struct member *parameter = node_member(node_get(scope->fragment->root, "parameters"), name);
    struct member *given = node_member(scope->arguments, name);
    if (parameter == NULL) {
        return NULL;
    }
    return given != NULL ? given->value : node_get(parameter->value, "default");
}

/*
 * `${params.name}` or `${params.name.de}` at `at`: its value and its end. What else is in the
 * braces, as in `${params.start | date}`, goes to `*rest`.
 */
static const struct node *match_parameter(const struct scope *scope, struct slice text, size_t at,
                                          size_t *end, struct slice *rest)
{
    size_t close = expression_end(text, at);
    if (close == SIZE_MAX) {
        return NULL;
    }
    size_t start = at + sizeof MARK - 1;
    size_t stop = start;
    while (stop < close && strchr(" |?", text.data[stop]) == NULL) {
        stop++;
    }
    struct slice path = slice_part(text, start, stop);
    *rest = slice_part(text, stop, close);
    size_t dot = slice_find(path, ".", 0);
    struct slice name = dot == SIZE_MAX ? path : slice_part(path, 0, dot);
    const struct node *value = argument(scope, name);
    if (value != NULL && dot != SIZE_MAX) {
        struct member *member = node_member(value, slice_part(path, dot + 1, path.length));
        value = member != NULL ? member->value : value->kind != NODE_MAPPING ? value : NULL;
    }
    *end = close + 1;
    return value;
}

static bool is_scalar(const struct node *node)
{
    return node->kind != NODE_SEQUENCE && node->kind != NODE_MAPPING;
}

static struct slice scalar_text(const struct node *node)
{
    return node->kind == NODE_BOOLEAN ? node->boolean ? SLICE("true") : SLICE("false")
           : node->kind == NODE_NULL ? SLICE("")
                                      : node->text;
}

static const struct node *substitute(struct expansion *e, const struct scope *scope,
                                     const struct node *node);

/* True for `${…}` and nothing else. */
static bool is_reference(struct slice text)
{
    return slice_starts_with(text, "${") && expression_end(text, 0) + 1 == text.length;
}

/* `${start | date}` for `${params.start | date}`, where the argument is `${start}`. */
static void add_reference(struct builder *out, struct slice reference, struct slice rest)
{
    builder_add(out, slice_part(reference, 0, reference.length - 1));
    builder_add(out, rest);
    builder_add_char(out, '}');
}

/* A text: one parameter gives its value as it is, inside of text its words. */
static const struct node *substitute_text(struct expansion *e, const struct scope *scope,
                                          const struct node *node)
{
    struct builder out = builder_new(e->arena);
    struct slice text = node->text;
    size_t done = 0;
    for (size_t at = slice_find(text, MARK, 0); at != SIZE_MAX; at = slice_find(text, MARK, at)) {
        size_t end;
        struct slice rest;
        const struct node *value = match_parameter(scope, text, at, &end, &rest);
        bool goes_on = value != NULL && rest.length > 0;
        if (value == NULL || (goes_on && !(is_scalar(value) && is_reference(scalar_text(value))))) {
            at++; /* a fixed value takes no format, which is reported later */
            continue;
        }
        if (at == 0 && end == text.length && !goes_on) {
            e->copies += node_weight(value, COPIES_LIMIT);
            return value;
        }
        if (!is_scalar(value)) {
            e->failed = true;
            diag_report(e->diagnostics, E0902, value->source, value->range,
                        "this is part of a text, so it must be text, not %s",
                        node_kind_name(value->kind));
            return node;
        }
        builder_add(&out, slice_part(text, done, at));
        if (goes_on) {
            add_reference(&out, scalar_text(value), rest);
        } else {
            builder_add(&out, scalar_text(value));
        }
        done = at = end;
    }
    if (done == 0) {
        return node;
    }
    builder_add(&out, slice_part(text, done, text.length));
    struct node *copy = new_node(e, node);
    copy->text = builder_slice(&out);
    return copy;
}

static const struct node *substitute_list(struct expansion *e, const struct scope *scope,
                                          const struct node *node)
{
    struct node *copy = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *item = substitute(e, scope, node->items[i]);
        if (item != node->items[i] && copy == NULL) {
            copy = new_node(e, node);
            copy->items = arena_alloc_array(e->arena, node->count, sizeof *copy->items);
            memcpy(copy->items, node->items, node->count * sizeof *copy->items);
        }
        if (copy != NULL) {
            copy->items[i] = (struct node *)(uintptr_t)item;
        }
    }
    return copy != NULL ? copy : node;
}

static const struct node *substitute_mapping(struct expansion *e, const struct scope *scope,
                                             const struct node *node)
{
    struct node *copy = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *key = substitute(e, scope, node->members[i].key);
        const struct node *value = substitute(e, scope, node->members[i].value);
        if ((key != node->members[i].key || value != node->members[i].value) && copy == NULL) {
            copy = new_node(e, node);
            copy->members = arena_alloc_array(e->arena, node->count, sizeof *copy->members);
            memcpy(copy->members, node->members, node->count * sizeof *copy->members);
        }
        if (copy == NULL) {
            continue;
        }
        if (key->kind != NODE_STRING) {
            e->failed = true;
            diag_report(e->diagnostics, E0902, key->source, key->range,
                        "this is used as a name, so it must be text, not %s",
                        node_kind_name(key->kind));
            key = node->members[i].key;
        }
        copy->members[i] =
            (struct member){(struct node *)(uintptr_t)key, (struct node *)(uintptr_t)value};
    }
    if (copy != NULL) {
        node_reindex(e->arena, copy);
    }
    return copy != NULL ? copy : node;
}

/* True, and reported once, when fragments that use fragments have made too many nodes. */
static bool is_exhausted(struct expansion *e, const struct node *use)
{
    if (e->copies > COPIES_LIMIT && !e->exhausted) {
        e->exhausted = e->failed = true;
        diag_report(e->diagnostics, E0011, use->source, use->range,
                    "expanding nested fragments makes more than %zu values", COPIES_LIMIT);
    }
    return e->exhausted;
}

static const struct node *substitute(struct expansion *e, const struct scope *scope,
                                     const struct node *node)
{
    if (is_exhausted(e, scope->use)) {
        return node;
    }
    switch (node->kind) {
    case NODE_STRING:
        return slice_find(node->text, MARK, 0) == SIZE_MAX ? node : substitute_text(e, scope, node);
    case NODE_SEQUENCE:
        return substitute_list(e, scope, node);
    case NODE_MAPPING:
        return substitute_mapping(e, scope, node);
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_INTEGER:
    case NODE_FLOAT:
        break;
    }
    return node;
}

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
        if (argument(scope, name) == NULL) {
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
        if (argument(scope, name) == NULL && description != NULL) {
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
        *mapping = new_node(e, like);
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
    if (is_exhausted(e, scope->use)) {
        return false;
    }
    check_arguments(e, scope);
    if (e->diagnostics->error_count > errors) {
        return false;
    }
    note_use(e, scope->fragment, scope->use);
    e->stack[e->depth++] = scope->fragment;
    use_list(e, node_get(scope->fragment->root, "use"));
    for (size_t section = 0; section < SECTION_COUNT; section++) {
        const struct node *parts = node_get(scope->fragment->root, sections[section]);
        for (size_t i = 0; node_is(parts, NODE_MAPPING) && i < parts->count; i++) {
            const struct node *key = substitute(e, scope, parts->members[i].key);
            const struct node *value = substitute(e, scope, parts->members[i].value);
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
        struct suggestion s = suggestion_new(key->text);
        suggestion_offer(&s, SLICE("with"));
        diag_suggest(e->diagnostics, d, s.best);
        if (s.best.length == 0) {
            diag_note(e->diagnostics, d, NULL, key->range, "allowed keys: `use`, `with`");
        }
        return false;
    }
    const struct node *with = node_get(step, "with");
    if (with != NULL && with->kind != NODE_MAPPING) {
        e->failed = true;
        diag_report(e->diagnostics, E0101, with->source, with->range,
                    "`with` must be a mapping, not %s", node_kind_name(with->kind));
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
        flow = expand_steps(e, substitute(e, &scope, flow));
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
            copy = new_node(e, node);
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
            copy = new_node(e, node);
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
    struct node *key = new_node(e, e->root);
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
    struct node *root = new_node(e, e->root);
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
                                   struct diagnostics *diagnostics, struct fragment_use **uses)
{
    *uses = NULL;
    /* most templates do not even have the word */
    if (root->kind != NODE_MAPPING || slice_find(root->source->bytes, "use", 0) == SIZE_MAX) {
        return root;
    }
    struct expansion expansion = {.arena = arena,
                                  .diagnostics = diagnostics,
                                  .library = library,
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
