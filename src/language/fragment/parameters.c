/* Parameters: arguments take the place of `${params.…}` in copies of a fragment's nodes. */
#include <stdint.h>

#include "base/builder.h"
#include "document/tree/build.h"
#include "document/tree/index.h"
#include "language/fragment/expansion.h"
#include "language/model/expression.h"
#include "language/model/phrase.h"

#define COPIES_LIMIT ((size_t)200 * 1000) /* nodes made in one template */
#define MARK         "${params."

struct node *expansion_copy(struct expansion *e, const struct node *like)
{
    struct node *copy = arena_alloc(e->arena, sizeof *copy);
    *copy = *like;
    if (copy->kind == NODE_MAPPING) {
        copy->index = NULL; /* its members are about to change */
    }
    e->copies++;
    return copy;
}

const struct node *scope_argument(const struct scope *scope, struct slice name)
{
    struct member *parameter = node_member(node_get(scope->fragment->root, "parameters"), name);
    struct member *given = node_member(scope->arguments, name);
    if (parameter == NULL) {
        return NULL;
    }
    return given != NULL ? given->value : node_get(parameter->value, "default");
}

/* The field that names records of an object: CaseNumber of Case. */
static const struct node *name_field(struct expansion *e, const struct node *object)
{
    const struct sobject *known = sobject_find(e->catalog, object->text, e->arena);
    struct slice name = SLICE("Name");
    for (size_t i = 0; known != NULL && i < known->field_count; i++) {
        if (known->fields[i].name_field) {
            name = known->fields[i].name;
            break;
        }
    }
    struct node *field = expansion_copy(e, object);
    field->text = name;
    return field;
}

/* `${params.noun.de}`, `${params.object.nameField}`; of text without locales, the text. */
static const struct node *member_of(struct expansion *e, const struct node *value, struct slice key)
{
    if (value->kind == NODE_STRING && slice_is(key, "nameField")) {
        return name_field(e, value);
    }
    if (value->kind != NODE_MAPPING) {
        return value;
    }
    const struct member *member =
        locales_is_map(value) ? locales_text_in(value, key) : node_member(value, key);
    return member != NULL ? member->value : NULL;
}

/* The argument, or the default, in which other parameters are put in. */
static const struct node *argument_value(struct expansion *e, const struct scope *scope,
                                         struct slice name)
{
    const struct node *value = scope_argument(scope, name);
    if (value == NULL || scope->in_default || node_member(scope->arguments, name) != NULL) {
        return value;
    }
    struct scope inner = *scope;
    inner.in_default = true;
    return scope_substitute(e, &inner, value);
}

/*
 * `${params.name}` or `${params.name.de}` at `at`: its value and its end. What else is in the
 * braces, as in `${params.start | date}`, goes to `*rest`.
 */
static const struct node *match_parameter(struct expansion *e, const struct scope *scope,
                                          struct slice text, size_t at, size_t *end,
                                          struct slice *rest)
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
    *end = close + 1;
    size_t dot = slice_find(path, ".", 0);
    const struct node *value =
        argument_value(e, scope, dot == SIZE_MAX ? path : slice_part(path, 0, dot));
    return value == NULL || dot == SIZE_MAX
               ? value
               : member_of(e, value, slice_part(path, dot + 1, path.length));
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
        const struct node *value = match_parameter(e, scope, text, at, &end, &rest);
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
    struct node *copy = expansion_copy(e, node);
    copy->text = builder_slice(&out);
    return copy;
}

static const struct node *substitute_list(struct expansion *e, const struct scope *scope,
                                          const struct node *node)
{
    struct node *copy = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *item = scope_substitute(e, scope, node->items[i]);
        if (item != node->items[i] && copy == NULL) {
            copy = expansion_copy(e, node);
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
        const struct node *key = scope_substitute(e, scope, node->members[i].key);
        const struct node *value = scope_substitute(e, scope, node->members[i].value);
        if ((key != node->members[i].key || value != node->members[i].value) && copy == NULL) {
            copy = expansion_copy(e, node);
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

/* The argument, with a text for each locale, of which `text` wants the one in `locale`, which it
 * does not have: `${params.noun.de}` for `{en: lead}`; else NULL. */
static const struct node *lacking_argument(const struct scope *scope, struct slice text,
                                           struct slice locale)
{
    for (size_t at = 0; (at = slice_find(text, MARK, at)) != SIZE_MAX;) {
        at += sizeof MARK - 1;
        size_t dot = slice_find(text, ".", at);
        const struct node *value =
            dot != SIZE_MAX ? scope_argument(scope, slice_part(text, at, dot)) : NULL;
        struct slice member = dot != SIZE_MAX ? slice_part(text, dot + 1, text.length) : SLICE("");
        if (value != NULL && locales_is_map(value) && member.length > locale.length &&
            slice_equal(slice_part(member, 0, locale.length), locale) &&
            strchr("} |?", member.data[locale.length]) != NULL &&
            locales_text_in(value, locale) == NULL) {
            return value;
        }
    }
    return NULL;
}

/* Only a project lets an argument lack a locale of the template. */
static void report_lacking(struct expansion *e, const struct node *value, struct slice locale)
{
    if (e->locales->of_project || !locales_have(e->locales, locale) || e->incomplete == value) {
        return;
    }
    e->incomplete = value;
    e->failed = true;
    diag_report(e->diagnostics, E0501, value->source, value->range,
                "there is no text for the locale `%.*s`", SLICE_ARG(locale));
}

/*
 * A text that dialogc has in other languages (language/model/phrase.h): those that the template is
 * built for, and which the fragment does not have, are added.
 */
static const struct node *complete_texts(struct expansion *e, const struct node *node)
{
    const struct member *english = node_member(node, SLICE("en"));
    struct node *copy = NULL;
    for (size_t i = 0; english != NULL && i < e->locales->count; i++) {
        struct slice locale = e->locales->names[i];
        bool lacks = english->value->kind == NODE_STRING && locales_text_in(node, locale) == NULL;
        struct slice text =
            lacks ? phrase_of_fragment(e->arena, english->value->text, locale) : (struct slice){0};
        if (text.data == NULL) {
            continue;
        }
        copy = copy != NULL ? copy : node_copy(e->arena, node);
        struct node *key = arena_alloc(e->arena, sizeof *key);
        struct node *value = expansion_copy(e, english->value);
        *key = *english->key;
        key->text = locale;
        value->text = text;
        node_add_member(e->arena, copy, (struct member){key, value});
    }
    return copy != NULL ? copy : node;
}

/* A mapping of locales: those that the arguments lack are left out, unless that is all. */
static const struct node *substitute_texts(struct expansion *e, const struct scope *scope,
                                           const struct node *own)
{
    const struct node *node = complete_texts(e, own);
    struct node *copy = expansion_copy(e, node);
    copy->members = arena_alloc_array(e->arena, node->count, sizeof *copy->members);
    copy->count = 0;
    bool changed = node != own;
    for (size_t i = 0; i < node->count; i++) {
        struct member member = node->members[i];
        const struct node *lacking =
            member.value->kind == NODE_STRING
                ? lacking_argument(scope, member.value->text, member.key->text)
                : NULL;
        if (lacking != NULL) {
            report_lacking(e, lacking, member.key->text);
            changed = true;
            continue;
        }
        member.value = (struct node *)(uintptr_t)scope_substitute(e, scope, member.value);
        changed = changed || member.value != node->members[i].value;
        copy->members[copy->count++] = member;
    }
    if (!changed || copy->count == 0) {
        return own;
    }
    node_reindex(e->arena, copy);
    return copy;
}

bool expansion_is_exhausted(struct expansion *e, const struct node *use)
{
    if (e->copies > COPIES_LIMIT && !e->exhausted) {
        e->exhausted = e->failed = true;
        diag_report(e->diagnostics, E0011, use->source, use->range,
                    "expanding nested fragments makes more than %zu values", COPIES_LIMIT);
    }
    return e->exhausted;
}

const struct node *scope_substitute(struct expansion *e, const struct scope *scope,
                                    const struct node *node)
{
    if (expansion_is_exhausted(e, scope->use)) {
        return node;
    }
    switch (node->kind) {
    case NODE_STRING:
        return slice_find(node->text, MARK, 0) == SIZE_MAX ? node : substitute_text(e, scope, node);
    case NODE_SEQUENCE:
        return substitute_list(e, scope, node);
    case NODE_MAPPING:
        return locales_is_map(node) ? substitute_texts(e, scope, node)
                                    : substitute_mapping(e, scope, node);
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_INTEGER:
    case NODE_FLOAT:
        break;
    }
    return node;
}
