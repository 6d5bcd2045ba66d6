/*
 * Validating a tree.
 *
 * One walk serves two modes: without a failure list it stops at the first failure and allocates
 * nothing but what unevaluated* needs; with one it goes on and collects every failure. A failed
 * anyOf or oneOf is first tried in the quick mode and only then explained.
 */
#include <stdint.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "document/schema/compiled.h"
#include "document/schema/failure.h"
#include "document/tree/decimal.h"

/* Which items and members of one instance have been evaluated by some subschema. */
struct evaluation {
    bool *items;
    bool *members;
};

/* The dynamic scope: the resources entered on the way here, innermost first. */
struct scope {
    const struct scope *outer;
    const struct resource *resource;
};

struct validator {
    struct arena *arena;
    struct failures *failures; /* NULL in the quick mode */
    struct regex_scratch *scratch;
    struct pattern_table *patterns;
    size_t depth;
    unsigned long long *budget; /* how many more schemas may be applied; shared */
};

/*
 * A schema can refer to itself without going deeper into the instance: so many nested schemas are
 * followed, and no more.
 */
#define DEPTH_LIMIT 2000

static bool validate(struct validator *v, const struct subschema *schema, const struct place *place,
                     const struct scope *scope, struct evaluation *evaluation);

static bool add_failure(struct validator *v, enum failure_kind kind, const struct subschema *schema,
                        const struct place *place)
{
    if (v->failures != NULL) {
        failures_add(v->failures, kind, schema, place);
    }
    return false;
}

/* ---- evaluation ---- */

static struct evaluation *evaluation_new(struct validator *v, const struct node *instance)
{
    struct evaluation *evaluation = arena_alloc(v->arena, sizeof *evaluation);
    if (instance->kind == NODE_SEQUENCE) {
        evaluation->items = arena_alloc(v->arena, instance->count + 1);
    } else if (instance->kind == NODE_MAPPING) {
        evaluation->members = arena_alloc(v->arena, instance->count + 1);
    }
    return evaluation;
}

static void evaluation_add(struct evaluation *to, const struct evaluation *from,
                           const struct node *instance)
{
    bool *target = to->items != NULL ? to->items : to->members;
    const bool *source = from->items != NULL ? from->items : from->members;
    for (size_t i = 0; target != NULL && i < instance->count; i++) {
        target[i] = target[i] || source[i];
    }
}

/* ---- keywords that look at one value ---- */

static unsigned types_of(const struct node *node)
{
    switch (node->kind) {
    case NODE_NULL:
        return TYPE_NULL;
    case NODE_BOOLEAN:
        return TYPE_BOOLEAN;
    case NODE_INTEGER:
        return TYPE_INTEGER | TYPE_NUMBER;
    case NODE_FLOAT:
        return decimal_is_integer(node->text) ? TYPE_INTEGER | TYPE_NUMBER : TYPE_NUMBER;
    case NODE_STRING:
        return TYPE_STRING;
    case NODE_SEQUENCE:
        return TYPE_ARRAY;
    case NODE_MAPPING:
        break;
    }
    return TYPE_OBJECT;
}

static bool is_listed(const struct node *list, const struct node *value)
{
    for (size_t i = 0; i < list->count; i++) {
        if (node_equal(list->items[i], value)) {
            return true;
        }
    }
    return false;
}

static bool check_number(struct validator *v, const struct subschema *s, const struct place *place)
{
    const struct number_keywords *limits = s->numbers;
    struct slice n = place->node->text;
    bool ok = true;
    if (limits->maximum != NULL && decimal_compare(n, limits->maximum->text) > 0) {
        ok = add_failure(v, FAILURE_MAXIMUM, s, place);
    }
    if (limits->exclusive_maximum != NULL &&
        decimal_compare(n, limits->exclusive_maximum->text) >= 0) {
        ok = add_failure(v, FAILURE_EXCLUSIVE_MAXIMUM, s, place);
    }
    if (limits->minimum != NULL && decimal_compare(n, limits->minimum->text) < 0) {
        ok = add_failure(v, FAILURE_MINIMUM, s, place);
    }
    if (limits->exclusive_minimum != NULL &&
        decimal_compare(n, limits->exclusive_minimum->text) <= 0) {
        ok = add_failure(v, FAILURE_EXCLUSIVE_MINIMUM, s, place);
    }
    if (limits->multiple_of != NULL && !decimal_is_multiple(n, limits->multiple_of->text)) {
        ok = add_failure(v, FAILURE_MULTIPLE_OF, s, place);
    }
    return ok;
}

static bool matches(struct validator *v, const struct pattern *pattern, struct slice text)
{
    const struct regex *regex =
        pattern_table_get(v->patterns, v->arena, pattern->index, pattern->text);
    return regex_search(v->scratch, regex, text) == REGEX_MATCH;
}

static bool check_string(struct validator *v, const struct subschema *s, const struct place *place)
{
    const struct string_keywords *strings = s->strings;
    struct slice text = place->node->text;
    bool ok = true;
    if (strings->min_length > 0 || strings->max_length < SIZE_MAX) {
        size_t length = utf8_count(text);
        if (length < strings->min_length) {
            ok = add_failure(v, FAILURE_MIN_LENGTH, s, place);
        }
        if (length > strings->max_length) {
            ok = add_failure(v, FAILURE_MAX_LENGTH, s, place);
        }
    }
    if (strings->pattern != NULL && !matches(v, strings->pattern, text)) {
        ok = add_failure(v, FAILURE_PATTERN, s, place);
    }
    if (strings->format != NULL && !format_matches(v->arena, v->scratch, strings->format, text)) {
        ok = add_failure(v, FAILURE_FORMAT, s, place);
    }
    return ok;
}

/* ---- arrays ---- */

/* A hash that equal values share, and that nobody foresees who does not know the seed. */
static uint64_t hash_of(uint64_t seed, const struct node *node)
{
    switch (node->kind) {
    case NODE_STRING:
        return hash_seeded(seed, node->text);
    case NODE_INTEGER:
    case NODE_FLOAT:
        return decimal_hash(seed, node->text);
    case NODE_SEQUENCE: {
        uint64_t hash = hash_pair(seed, NODE_SEQUENCE, node->count);
        for (size_t i = 0; i < node->count; i++) {
            hash = hash_pair(seed, hash, hash_of(seed, node->items[i]));
        }
        return hash;
    }
    case NODE_MAPPING: {
        uint64_t sum = 0; /* members may be in any order */
        for (size_t i = 0; i < node->count; i++) {
            sum += hash_pair(seed, hash_seeded(seed, node->members[i].key->text),
                             hash_of(seed, node->members[i].value));
        }
        return hash_pair(seed, NODE_MAPPING, sum);
    }
    case NODE_NULL:
    case NODE_BOOLEAN:
        break;
    }
    return hash_pair(seed, node->kind, node->boolean);
}

/* The index of the first item that equals an earlier one, or `count`. */
static size_t first_repetition(struct arena *arena, const struct node *list)
{
    size_t capacity = 16;
    while (capacity < 2 * (size_t)list->count) {
        capacity *= 2;
    }
    const struct node **table = arena_alloc_array(arena, capacity, sizeof(struct node *));
    uint64_t seed = hash_seed();
    for (size_t i = 0; i < list->count; i++) {
        size_t at = (size_t)hash_of(seed, list->items[i]) & (capacity - 1);
        while (table[at] != NULL) {
            if (node_equal(table[at], list->items[i])) {
                return i;
            }
            at = (at + 1) & (capacity - 1);
        }
        table[at] = list->items[i];
    }
    return list->count;
}

static struct place item_place(const struct place *place, size_t index)
{
    return (struct place){.outer = place, .node = place->node->items[index], .index = index};
}

static bool check_contains(struct validator *v, const struct subschema *s,
                           const struct place *place, const struct scope *scope,
                           struct evaluation *evaluation)
{
    size_t matches = 0;
    struct validator quick = *v;
    quick.failures = NULL;
    for (size_t i = 0; i < place->node->count; i++) {
        struct place item = item_place(place, i);
        if (validate(&quick, s->arrays->contains, &item, scope, NULL)) {
            matches++;
            if (evaluation != NULL) {
                evaluation->items[i] = true;
            }
        }
    }
    if (matches < s->arrays->min_contains) {
        return add_failure(v, FAILURE_MIN_CONTAINS, s, place);
    }
    return matches <= s->arrays->max_contains || add_failure(v, FAILURE_MAX_CONTAINS, s, place);
}

static bool check_array(struct validator *v, const struct subschema *s, const struct place *place,
                        const struct scope *scope, struct evaluation *evaluation)
{
    const struct array_keywords *arrays = s->arrays;
    const struct node *list = place->node;
    bool ok = true;
    if (list->count < arrays->min_items) {
        ok = add_failure(v, FAILURE_MIN_ITEMS, s, place);
    }
    if (list->count > arrays->max_items) {
        ok = add_failure(v, FAILURE_MAX_ITEMS, s, place);
    }
    if (arrays->unique_items) {
        size_t repeated = first_repetition(v->arena, list);
        if (repeated < list->count) {
            struct place item = item_place(place, repeated);
            ok = add_failure(v, FAILURE_UNIQUE_ITEMS, s, &item);
        }
    }
    for (size_t i = 0; i < list->count && (ok || v->failures != NULL); i++) {
        const struct subschema *inner =
            i < arrays->prefix_items.count ? arrays->prefix_items.items[i] : arrays->items;
        if (inner == NULL) {
            break;
        }
        struct place item = item_place(place, i);
        ok = validate(v, inner, &item, scope, NULL) && ok;
        if (evaluation != NULL) {
            evaluation->items[i] = true;
        }
    }
    if (arrays->contains != NULL) {
        ok = check_contains(v, s, place, scope, evaluation) && ok;
    }
    return ok;
}

/* ---- objects ---- */

static struct place member_place(const struct place *place, size_t index)
{
    const struct member *member = &place->node->members[index];
    return (struct place){.outer = place, .node = member->value, .key = member->key};
}

/* `false` as the schema of a member means "no such key", which deserves words of its own. */
static bool forbids(const struct subschema *schema)
{
    return schema->is_boolean && !schema->boolean;
}

static bool check_member(struct validator *v, const struct subschema *s, const struct place *place,
                         size_t index, const struct scope *scope, struct evaluation *evaluation)
{
    const struct object_keywords *objects = s->objects;
    const struct member *member = &place->node->members[index];
    struct place inner = member_place(place, index);
    bool ok = true;
    bool evaluated = false;
    const struct subschema *property = subschema_property(s, member->key->text);
    if (property != NULL) {
        ok = forbids(property) ? add_failure(v, FAILURE_UNKNOWN_KEY, s, &inner)
                               : validate(v, property, &inner, scope, NULL);
        evaluated = true;
    }
    for (size_t i = 0; i < objects->pattern_property_count; i++) {
        const struct pattern_schema *named = &objects->pattern_properties[i];
        if (matches(v, &named->pattern, member->key->text)) {
            ok = validate(v, named->schema, &inner, scope, NULL) && ok;
            evaluated = true;
        }
    }
    if (!evaluated && objects->additional_properties != NULL) {
        ok = forbids(objects->additional_properties)
                 ? add_failure(v, FAILURE_UNKNOWN_KEY, s, &inner)
                 : validate(v, objects->additional_properties, &inner, scope, NULL);
        evaluated = true;
    }
    if (evaluated && evaluation != NULL) {
        evaluation->members[index] = true;
    }
    if (objects->property_names != NULL) {
        struct place name = {
            .outer = place, .node = member->key, .key = member->key, .is_name = true};
        ok = validate(v, objects->property_names, &name, scope, NULL) && ok;
    }
    return ok;
}

static bool check_required(struct validator *v, const struct subschema *s,
                           const struct place *place, const struct node *names)
{
    bool ok = true;
    for (size_t i = 0; i < names->count; i++) {
        if (node_member(place->node, names->items[i]->text) == NULL) {
            ok = false;
            if (v->failures != NULL) {
                failures_add_missing(v->failures, s, place, names->items[i]->text);
            }
        }
    }
    return ok;
}

static bool check_object(struct validator *v, const struct subschema *s, const struct place *place,
                         const struct scope *scope, struct evaluation *evaluation)
{
    const struct object_keywords *objects = s->objects;
    const struct node *object = place->node;
    bool ok = true;
    if (object->count < objects->min_properties) {
        ok = add_failure(v, FAILURE_MIN_PROPERTIES, s, place);
    }
    if (object->count > objects->max_properties) {
        ok = add_failure(v, FAILURE_MAX_PROPERTIES, s, place);
    }
    if (objects->required != NULL) {
        ok = check_required(v, s, place, objects->required) && ok;
    }
    bool looks_at_members = objects->property_count > 0 || objects->pattern_property_count > 0 ||
                            objects->additional_properties != NULL ||
                            objects->property_names != NULL;
    for (size_t i = 0; looks_at_members && i < object->count && (ok || v->failures != NULL); i++) {
        ok = check_member(v, s, place, i, scope, evaluation) && ok;
    }
    for (size_t i = 0;
         objects->dependent_required != NULL && i < objects->dependent_required->count; i++) {
        const struct member *rule = &objects->dependent_required->members[i];
        if (node_member(object, rule->key->text) != NULL) {
            ok = check_required(v, s, place, rule->value) && ok;
        }
    }
    return ok;
}

/* ---- keywords that apply schemas in place ---- */

static bool validate_quietly(struct validator *v, const struct subschema *schema,
                             const struct place *place, const struct scope *scope,
                             struct evaluation *evaluation)
{
    struct validator quick = *v;
    quick.failures = NULL;
    return validate(&quick, schema, place, scope, evaluation);
}

static bool lacks_any(const struct node *mapping, const struct node *names)
{
    for (size_t i = 0; i < names->count; i++) {
        if (node_member(mapping, names->items[i]->text) == NULL) {
            return true;
        }
    }
    return false;
}

/*
 * True for most branches where one of many is taken by a key that only it requires: it is not
 * there. They need not be applied to be found invalid. False says nothing.
 */
static bool lacks_key(const struct subschema *branch, const struct node *node)
{
    enum { REFERENCES = 4 }; /* that are followed: they may go round in a circle */
    for (size_t i = 0; i < REFERENCES && branch != NULL && node->kind == NODE_MAPPING; i++) {
        const struct object_keywords *objects = branch->objects;
        if (objects != NULL && objects->required != NULL && lacks_any(node, objects->required)) {
            return true;
        }
        branch = branch->reference;
    }
    return false;
}

static bool check_any_of(struct validator *v, const struct subschema *s,
                         const struct schema_list *branches, bool exactly_one,
                         const struct place *place, const struct scope *scope,
                         struct evaluation *evaluation)
{
    size_t valid = 0;
    for (size_t i = 0; i < branches->count; i++) {
        if (lacks_key(branches->items[i], place->node)) {
            continue;
        }
        struct evaluation *own = evaluation != NULL ? evaluation_new(v, place->node) : NULL;
        if (validate_quietly(v, branches->items[i], place, scope, own)) {
            valid++;
            if (own != NULL) {
                evaluation_add(evaluation, own, place->node);
            }
            if (!exactly_one && evaluation == NULL) {
                return true;
            }
        }
    }
    if (valid == 1 || (valid > 1 && !exactly_one)) {
        return true;
    }
    if (v->failures == NULL) {
        return false;
    }
    if (valid > 1) {
        failures_add_too_many(v->failures, s, place);
        return false;
    }
    struct failures *tried = arena_alloc_array(v->arena, branches->count, sizeof *tried);
    for (size_t i = 0; i < branches->count; i++) {
        tried[i] = failures_new(v->arena, v->failures->documents);
        struct validator collecting = *v;
        collecting.failures = &tried[i];
        validate(&collecting, branches->items[i], place, scope, NULL);
    }
    failures_add_best_branch(v->failures, s, branches, tried, place);
    return false;
}

static const struct subschema *dynamic_target(const struct subschema *s, const struct scope *scope)
{
    const struct subschema *target = s->in_place->dynamic_reference;
    if (s->in_place->dynamic_name.length == 0) {
        return target;
    }
    for (; scope != NULL; scope = scope->outer) { /* the outermost one wins */
        const struct subschema *found =
            map_get(&scope->resource->dynamic, s->in_place->dynamic_name);
        target = found != NULL ? found : target;
    }
    return target;
}

/* Applies `schema` to the same instance; what it evaluates counts when it is valid. */
static bool apply(struct validator *v, const struct subschema *schema, const struct place *place,
                  const struct scope *scope, struct evaluation *evaluation)
{
    if (evaluation == NULL) {
        return validate(v, schema, place, scope, NULL);
    }
    struct evaluation *own = evaluation_new(v, place->node);
    bool ok = validate(v, schema, place, scope, own);
    if (ok || v->failures != NULL) { /* when explaining, a failed part still knows its keys */
        evaluation_add(evaluation, own, place->node);
    }
    return ok;
}

static bool check_condition(struct validator *v, const struct subschema *s,
                            const struct place *place, const struct scope *scope,
                            struct evaluation *evaluation)
{
    struct evaluation *own = evaluation != NULL ? evaluation_new(v, place->node) : NULL;
    bool holds = validate_quietly(v, s->in_place->condition, place, scope, own);
    if (holds && own != NULL) {
        evaluation_add(evaluation, own, place->node);
    }
    const struct subschema *next = holds ? s->in_place->consequence : s->in_place->alternative;
    return next == NULL || apply(v, next, place, scope, evaluation);
}

static bool check_in_place(struct validator *v, const struct subschema *s,
                           const struct place *place, const struct scope *scope,
                           struct evaluation *evaluation)
{
    const struct in_place_keywords *in_place = s->in_place;
    bool ok = true;
    if (in_place->dynamic_reference != NULL) {
        ok = apply(v, dynamic_target(s, scope), place, scope, evaluation) && ok;
    }
    for (size_t i = 0; i < in_place->all_of.count; i++) {
        ok = apply(v, in_place->all_of.items[i], place, scope, evaluation) && ok;
    }
    if (in_place->any_of.count > 0) {
        ok = check_any_of(v, s, &in_place->any_of, false, place, scope, evaluation) && ok;
    }
    if (in_place->one_of.count > 0) {
        ok = check_any_of(v, s, &in_place->one_of, true, place, scope, evaluation) && ok;
    }
    if (in_place->not != NULL && validate_quietly(v, in_place->not, place, scope, NULL)) {
        ok = add_failure(v, FAILURE_NOT, s, place);
    }
    if (in_place->condition != NULL) {
        ok = check_condition(v, s, place, scope, evaluation) && ok;
    }
    for (size_t i = 0; i < in_place->dependent_schema_count; i++) {
        if (node_member(place->node, in_place->dependent_schemas[i].key) != NULL) {
            ok = apply(v, in_place->dependent_schemas[i].schema, place, scope, evaluation) && ok;
        }
    }
    return ok;
}

static bool check_unevaluated(struct validator *v, const struct subschema *s,
                              const struct place *place, const struct scope *scope,
                              struct evaluation *evaluation)
{
    const struct subschema *items = s->arrays != NULL ? s->arrays->unevaluated_items : NULL;
    const struct subschema *members =
        s->objects != NULL ? s->objects->unevaluated_properties : NULL;
    const struct node *node = place->node;
    bool ok = true;
    if (items != NULL && node->kind == NODE_SEQUENCE) {
        for (size_t i = 0; i < node->count; i++) {
            if (!evaluation->items[i]) {
                struct place item = item_place(place, i);
                ok = validate(v, items, &item, scope, NULL) && ok;
                evaluation->items[i] = true;
            }
        }
    }
    if (members != NULL && node->kind == NODE_MAPPING) {
        for (size_t i = 0; i < node->count; i++) {
            if (!evaluation->members[i]) {
                struct place inner = member_place(place, i);
                ok = (forbids(members) ? add_failure(v, FAILURE_UNKNOWN_KEY, s, &inner)
                                       : validate(v, members, &inner, scope, NULL)) &&
                     ok;
                evaluation->members[i] = true;
            }
        }
    }
    return ok;
}

static bool check_value(struct validator *v, const struct subschema *s, const struct place *place,
                        const struct scope *scope, struct evaluation *evaluation)
{
    const struct node *node = place->node;
    if (s->enumeration != NULL && !is_listed(s->enumeration, node)) {
        return add_failure(v, FAILURE_ENUM, s, place);
    }
    if (s->constant != NULL && !node_equal(s->constant, node)) {
        return add_failure(v, FAILURE_CONST, s, place);
    }
    switch (node->kind) {
    case NODE_INTEGER:
    case NODE_FLOAT:
        return s->numbers == NULL || check_number(v, s, place);
    case NODE_STRING:
        return s->strings == NULL || check_string(v, s, place);
    case NODE_SEQUENCE:
        return s->arrays == NULL || check_array(v, s, place, scope, evaluation);
    case NODE_MAPPING:
        return s->objects == NULL || check_object(v, s, place, scope, evaluation);
    case NODE_NULL:
    case NODE_BOOLEAN:
        break;
    }
    return true;
}

static bool validate(struct validator *v, const struct subschema *schema, const struct place *place,
                     const struct scope *scope, struct evaluation *evaluation)
{
    if (schema->is_boolean) {
        return schema->boolean || add_failure(v, FAILURE_FALSE, schema, place);
    }
    if (schema->types != 0 && (types_of(place->node) & schema->types) == 0) {
        return add_failure(v, FAILURE_TYPE, schema, place); /* the rest would only repeat it */
    }
    if (v->depth >= DEPTH_LIMIT || *v->budget == 0) {
        return add_failure(v, FAILURE_DEPTH, schema, place);
    }
    --*v->budget;
    v->depth++;
    struct scope own = {scope, schema->resource};
    const struct scope *inner = scope != NULL && scope->resource == schema->resource ? scope : &own;
    if (evaluation == NULL && schema->tracks) {
        evaluation = evaluation_new(v, place->node);
    }
    bool ok = check_value(v, schema, place, inner, evaluation);
    if (schema->reference != NULL && (ok || v->failures != NULL)) {
        ok = apply(v, schema->reference, place, inner, evaluation) && ok;
    }
    if (schema->in_place != NULL && (ok || v->failures != NULL)) {
        ok = check_in_place(v, schema, place, inner, evaluation) && ok;
    }
    if (schema->tracks && (ok || v->failures != NULL)) {
        ok = check_unevaluated(v, schema, place, inner, evaluation) && ok;
    }
    v->depth--;
    return ok;
}

/*
 * How many times schemas are applied at most. dialogc's own need less than 60 for each node; a
 * schema whose alternatives lead to one another can ask for a number that is exponential in its
 * length.
 */
static unsigned long long budget_for(const struct node *instance)
{
    return 100000 + 1000 * (unsigned long long)node_weight(instance, SIZE_MAX);
}

bool schema_is_valid(struct arena *arena, const struct schema *schema, const struct node *instance)
{
    unsigned long long budget = budget_for(instance);
    struct validator v = {.arena = arena,
                          .scratch = regex_scratch_new(arena),
                          .patterns = schema->patterns,
                          .budget = &budget};
    struct place root = {.node = instance};
    return validate(&v, schema->root, &root, NULL, NULL);
}

bool schema_validate(struct diagnostics *diagnostics, const struct schema *schema,
                     const struct node *instance)
{
    if (schema_is_valid(diagnostics->arena, schema, instance)) {
        return true;
    }
    struct documents documents = documents_new(diagnostics->arena);
    struct failures failures = failures_new(diagnostics->arena, &documents);
    unsigned long long budget = budget_for(instance);
    struct validator v = {.arena = diagnostics->arena,
                          .failures = &failures,
                          .scratch = regex_scratch_new(diagnostics->arena),
                          .patterns = schema->patterns,
                          .budget = &budget};
    struct place root = {.node = instance};
    validate(&v, schema->root, &root, NULL, NULL);
    bool valid = failures.count == 0;
    failures_join(&failures);
    failures_report(diagnostics, &failures, schema->patterns);
    return valid;
}
