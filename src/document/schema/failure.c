/* Collecting failures, and choosing the branch that was meant. */
#include "document/schema/failure.h"

#include "base/builder.h"
#include "base/suggestion.h"

struct failures failures_new(struct arena *arena, struct documents *documents)
{
    return (struct failures){.arena = arena, .documents = documents};
}

static struct failure *append(struct failures *failures, struct failure *failure)
{
    failure->next = NULL;
    if (failures->end == NULL) {
        failures->first = failure;
    } else {
        *failures->end = failure;
    }
    failures->end = &failure->next;
    failures->count++;
    return failure;
}

static struct failure *add(struct failures *failures, enum failure_kind kind,
                           const struct subschema *schema, const struct place *place)
{
    struct failure *failure = arena_alloc(failures->arena, sizeof *failure);
    failure->kind = kind;
    failure->schema = schema;
    failure->node = place->node;
    bool in_member = kind == FAILURE_UNKNOWN_KEY && place->outer != NULL;
    failure->parent = in_member ? place->outer->node : place->node;
    failure->is_name = place->is_name;
    failure->is_item = place->outer != NULL && place->key == NULL;
    for (const struct place *p = place; p != NULL; p = p->outer) {
        failure->key = failure->key == NULL ? p->key : failure->key;
        failure->depth++;
    }
    return append(failures, failure);
}

void failures_add(struct failures *failures, enum failure_kind kind, const struct subschema *schema,
                  const struct place *place)
{
    add(failures, kind, schema, place);
}

void failures_add_missing(struct failures *failures, const struct subschema *schema,
                          const struct place *place, struct slice name)
{
    add(failures, FAILURE_MISSING, schema, place)->name = name;
}

/* Follows references from schemas that hold nothing else, to the one that says something. */
static const struct subschema *follow_references(const struct subschema *schema)
{
    for (size_t i = 0; i < 16 && schema->reference != NULL && schema->types == 0; i++) {
        schema = schema->reference;
    }
    return schema;
}

/*
 * How far a branch is from what was written; less is nearer. A branch of another type is far; one
 * whose distinguishing key (the first that it requires) is missing is less so; of the others the
 * one with the fewest failures counts, and unknown keys weigh more than wrong values.
 */
static size_t branch_distance(const struct subschema *branch, const struct failures *tried,
                              size_t depth)
{
    size_t distance = 0;
    struct slice own_key = subschema_own_key(follow_references(branch));
    for (const struct failure *f = tried->first; f != NULL; f = f->next) {
        bool here = f->depth == depth;
        if (here && (f->kind == FAILURE_TYPE || f->kind == FAILURE_FALSE)) {
            return 1000000;
        }
        if (here && f->kind == FAILURE_MISSING && slice_equal(f->name, own_key)) {
            distance += 10000;
        } else if (here && (f->kind == FAILURE_CONST || f->kind == FAILURE_ENUM)) {
            distance += 500;
        } else if (f->depth <= depth + 1 && f->kind == FAILURE_UNKNOWN_KEY) {
            distance += 20;
        } else {
            distance += 1;
        }
    }
    return distance;
}

static const char *type_words(unsigned types)
{
    switch (types) {
    case TYPE_STRING:
        return "text";
    case TYPE_ARRAY:
        return "a list";
    case TYPE_OBJECT:
        return "a mapping";
    case TYPE_INTEGER:
        return "a whole number";
    case TYPE_NUMBER:
        return "a number";
    case TYPE_BOOLEAN:
        return "true or false";
    case TYPE_NULL:
        return "nothing (null)";
    default:
        return NULL;
    }
}

/* No branch accepts the type: names the types that are accepted. */
static struct slice expected_types(struct arena *arena, const struct schema_list *branches)
{
    unsigned types = 0;
    for (size_t i = 0; i < branches->count; i++) {
        types |= follow_references(branches->items[i])->types;
    }
    struct builder out = builder_new(arena);
    for (unsigned type = 1; type <= TYPE_OBJECT; type *= 2) {
        unsigned later = types & ~(type * 2 - 1);
        if ((types & type) != 0) {
            if (out.length > 0) {
                builder_add_text(&out, later == 0 ? " or " : ", ");
            }
            builder_add_text(&out, type_words(type));
        }
    }
    return builder_slice(&out);
}

bool schema_knows_as(struct documents *documents, const struct subschema *schema, struct slice key,
                     struct slice word)
{
    const struct subschema *property = subschema_property(schema, key);
    const struct node *also =
        property != NULL ? node_get(documents_node(documents, property), "x-also") : NULL;
    for (size_t i = 0; also != NULL && also->kind == NODE_SEQUENCE && i < also->count; i++) {
        if (slice_equal_ignoring_case(also->items[i]->text, word)) {
            return true;
        }
    }
    return false;
}

/* A key of `node` that `x-elsewhere` of the schema knows, or NULL. */
static const struct node *key_elsewhere(struct documents *documents, const struct subschema *schema,
                                        const struct node *node)
{
    const struct node *sentences = node_get(documents_node(documents, schema), "x-elsewhere");
    for (size_t i = 0; sentences != NULL && i < node->count; i++) {
        if (node_member(sentences, node->members[i].key->text) != NULL) {
            return node->members[i].key;
        }
    }
    return NULL;
}

/* No branch has its key: names the keys, and the one that may have been misspelled. */
static void add_missing_alternatives(struct failures *failures, const struct subschema *schema,
                                     const struct schema_list *branches, const struct place *place)
{
    struct builder out = builder_new(failures->arena);
    size_t best = SIZE_MAX;
    const struct node *misspelled = NULL;
    struct slice suggestion = SLICE("");
    for (size_t i = 0; i < branches->count; i++) {
        const struct subschema *branch = follow_references(branches->items[i]);
        struct slice key = subschema_own_key(branch);
        struct slice quoted = arena_printf(failures->arena, "`%.*s`", SLICE_ARG(key));
        if (key.length == 0) {
            continue;
        }
        if (slice_find(builder_slice(&out), quoted.data, 0) ==
            SIZE_MAX) { /* two branches can have one key */
            builder_printf(&out, "%s%.*s", out.length > 0 ? ", " : "", SLICE_ARG(quoted));
        }
        for (size_t j = 0; j < place->node->count; j++) {
            size_t distance;
            const struct node *written = place->node->members[j].key;
            bool near = suggestion_is_near(written->text, key, &distance);
            if (schema_knows_as(failures->documents, branch, key, written->text)) {
                near = true;
                distance = 0;
            }
            if (near && distance < best) {
                best = distance;
                misspelled = written;
                suggestion = key;
            }
        }
    }
    struct failure *failure = add(failures, FAILURE_NO_BRANCH, schema, place);
    failure->name = builder_slice(&out);
    const struct node *elsewhere =
        misspelled == NULL ? key_elsewhere(failures->documents, schema, place->node) : NULL;
    if (elsewhere != NULL) {
        failure->kind = FAILURE_UNKNOWN_KEY;
        failure->key = elsewhere;
    }
    if (misspelled != NULL) {
        failure->kind = FAILURE_UNKNOWN_KEY;
        failure->key = misspelled;
        failure->suggestion = suggestion;
    }
}

/* True when `key` sets another branch than `best` apart. */
static bool is_foreign(const struct schema_list *branches, size_t best, struct slice key)
{
    for (size_t i = 0; i < branches->count; i++) {
        struct slice own_key = subschema_own_key(follow_references(branches->items[i]));
        if (i != best && own_key.length > 0 && slice_equal(own_key, key)) {
            return true;
        }
    }
    return false;
}

/*
 * A key of another branch (`call` in a step that begins with `ask`) begins a new item of the list:
 * the dash before it is missing. The keys that follow belong to that item, and are not reported as
 * mistakes of their own.
 */
static void mark_foreign_keys(struct arena *arena, const struct schema_list *branches, size_t best,
                              struct failures *tried, const struct node *node)
{
    const struct failure *foreign = NULL;
    struct failure **at = &tried->first;
    while (*at != NULL) {
        struct failure *f = *at;
        bool unknown_here = f->kind == FAILURE_UNKNOWN_KEY && f->parent == node;
        if (unknown_here && foreign != NULL) {
            *at = f->next;
            continue;
        }
        if (unknown_here && is_foreign(branches, best, f->key->text)) {
            foreign = f;
            f->remark = arena_printf(arena,
                                     "`%.*s` starts an item of its own: put a `-` before it, or "
                                     "remove one of the two keys",
                                     SLICE_ARG(f->key->text));
        }
        at = &f->next;
    }
}

void failures_add_best_branch(struct failures *failures, const struct subschema *schema,
                              const struct schema_list *branches, struct failures *tried,
                              const struct place *place)
{
    size_t depth = 0;
    for (const struct place *p = place; p != NULL; p = p->outer) {
        depth++;
    }
    size_t best = 0;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < branches->count; i++) {
        size_t distance = branch_distance(branches->items[i], &tried[i], depth);
        if (distance < best_distance) {
            best = i;
            best_distance = distance;
        }
    }
    if (best_distance >= 1000000) {
        add(failures, FAILURE_NO_BRANCH, schema, place)->name =
            expected_types(failures->arena, branches);
        return;
    }
    size_t with_missing_key = 0;
    for (size_t i = 0; i < branches->count; i++) {
        size_t distance = branch_distance(branches->items[i], &tried[i], depth);
        with_missing_key += distance >= 10000 && distance < 1000000;
    }
    if (best_distance >= 10000 && with_missing_key > 1) {
        add_missing_alternatives(failures, schema, branches, place);
        return;
    }
    mark_foreign_keys(failures->arena, branches, best, &tried[best], place->node);
    for (struct failure *f = tried[best].first; f != NULL;) {
        struct failure *next = f->next;
        append(failures, f);
        f = next;
    }
}

void failures_add_too_many(struct failures *failures, const struct subschema *schema,
                           const struct place *place)
{
    struct builder out = builder_new(failures->arena);
    const struct schema_list *branches = &schema->in_place->one_of;
    for (size_t i = 0; i < branches->count; i++) {
        struct slice key = subschema_own_key(follow_references(branches->items[i]));
        if (key.length > 0 && node_member(place->node, key) != NULL) {
            builder_printf(&out, "%s`%.*s`", out.length > 0 ? " and " : "", SLICE_ARG(key));
        }
    }
    add(failures, FAILURE_TOO_MANY_BRANCHES, schema, place)->name = builder_slice(&out);
}

/* The unknown keys of a mapping. */
struct unknowns {
    struct failure *first; /* the others hang on `sibling` */
    struct failure *last;
};

/* The unknown keys by the mapping they are in. */
static struct map collect_unknowns(const struct failures *failures)
{
    struct map by_parent = map_new(failures->arena);
    for (struct failure *f = failures->first; f != NULL; f = f->next) {
        if (f->kind != FAILURE_UNKNOWN_KEY) {
            continue;
        }
        struct unknowns *unknowns = map_get_address(&by_parent, f->parent);
        if (unknowns == NULL) {
            unknowns = arena_alloc(failures->arena, sizeof *unknowns);
            unknowns->first = f;
            map_add_address(&by_parent, f->parent, unknowns);
        } else {
            unknowns->last->sibling = f;
        }
        unknowns->last = f;
        f->sibling = NULL;
    }
    return by_parent;
}

/* The unknown key of the mapping `parent`, when there is exactly one. */
static struct failure *find_only_unknown(const struct map *by_parent, const struct node *parent)
{
    const struct unknowns *unknowns = map_get_address(by_parent, parent);
    return unknowns != NULL && unknowns->first == unknowns->last ? unknowns->first : NULL;
}

/* The unknown key that is written where `missing` should be: near to it, or another word for it. */
static struct failure *find_meant_unknown(const struct failures *failures,
                                          const struct map *by_parent,
                                          const struct failure *missing)
{
    const struct unknowns *unknowns = map_get_address(by_parent, missing->node);
    struct failure *f = unknowns != NULL ? unknowns->first : NULL;
    while (f != NULL && !suggestion_is_near(f->key->text, missing->name, NULL) &&
           !schema_knows_as(failures->documents, missing->schema, missing->name, f->key->text)) {
        f = f->sibling;
    }
    return f;
}

/* Whether `f` is about a name whose value has failed, too: the one mistake is told there. */
static bool repeats(const struct failures *failures, const struct failure *f)
{
    for (const struct failure *other = failures->first; f->is_name && other != NULL;
         other = other->next) {
        if (!other->is_name && other->key == f->node && other->node->kind == NODE_NULL) {
            return true;
        }
    }
    return false;
}

static bool explains(const struct failures *failures, const struct map *by_parent,
                     const struct failure *missing)
{
    struct arena *arena = failures->arena;
    if (missing->kind == FAILURE_NO_BRANCH && missing->node->kind == NODE_MAPPING) {
        struct failure *unknown = find_only_unknown(by_parent, missing->node);
        if (unknown == NULL) {
            return false;
        }
        unknown->remark =
            arena_printf(arena, "one of the keys %.*s is missing", SLICE_ARG(missing->name));
        return true;
    }
    if (missing->kind != FAILURE_MISSING) {
        return false;
    }
    struct failure *unknown = find_meant_unknown(failures, by_parent, missing);
    if (unknown != NULL) {
        unknown->suggestion = missing->name;
        return true;
    }
    unknown = find_only_unknown(by_parent, missing->node);
    if (unknown == NULL) {
        return false;
    }
    if (key_elsewhere(failures->documents, unknown->schema, missing->node) == unknown->key) {
        return true; /* with the key, all of the mapping goes elsewhere */
    }
    bool is_first = unknown->remark.length == 0;
    if (is_first) {
        unknown->remark =
            arena_printf(arena, "the key `%.*s` is missing", SLICE_ARG(missing->name));
    }
    return is_first;
}

void failures_join(struct failures *failures)
{
    struct map by_parent = collect_unknowns(failures);
    struct failure **at = &failures->first;
    while (*at != NULL) {
        if (explains(failures, &by_parent, *at) || repeats(failures, *at)) {
            *at = (*at)->next;
        } else {
            at = &(*at)->next;
        }
    }
}
