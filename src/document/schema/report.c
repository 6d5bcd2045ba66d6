/* Failures in words: what stands there, what the schema asks for, in the schema's own terms. */
#include "document/json/writer.h"
#include "document/schema/failure.h"
#include "document/schema/repair.h"
#include "base/ascii.h"
#include "base/suggestion.h"

static enum code code_of(enum failure_kind kind)
{
    switch (kind) {
    case FAILURE_TYPE:
    case FAILURE_NO_BRANCH:
        return E0101;
    case FAILURE_UNKNOWN_KEY:
        return E0102;
    case FAILURE_MISSING:
        return E0103;
    case FAILURE_ENUM:
    case FAILURE_CONST:
        return E0104;
    case FAILURE_PATTERN:
    case FAILURE_FORMAT:
        return E0105;
    case FAILURE_NOT:
    case FAILURE_FALSE:
    case FAILURE_TOO_MANY_BRANCHES:
    case FAILURE_DEPTH:
        return E0107;
    case FAILURE_MIN_LENGTH:
    case FAILURE_MAX_LENGTH:
    case FAILURE_MAXIMUM:
    case FAILURE_EXCLUSIVE_MAXIMUM:
    case FAILURE_MINIMUM:
    case FAILURE_EXCLUSIVE_MINIMUM:
    case FAILURE_MULTIPLE_OF:
    case FAILURE_MIN_ITEMS:
    case FAILURE_MAX_ITEMS:
    case FAILURE_UNIQUE_ITEMS:
    case FAILURE_MIN_CONTAINS:
    case FAILURE_MAX_CONTAINS:
    case FAILURE_MIN_PROPERTIES:
    case FAILURE_MAX_PROPERTIES:
        break;
    }
    return E0106;
}

/* A short piece of a value for a message; never of what may be secret. */
static struct slice quote(struct arena *arena, const struct node *node)
{
    struct slice text = node->text;
    if (node->kind == NODE_BOOLEAN) {
        return node->boolean ? SLICE("`true`") : SLICE("`false`");
    }
    if (text.length > 40) {
        size_t end = 37;
        while (end > 0 && (text.data[end] & 0xC0) == 0x80) {
            end--;
        }
        return arena_printf(arena, "`%.*s…`", (int)end, text.data);
    }
    return arena_printf(arena, "`%.*s`", SLICE_ARG(text));
}

/* "`prompt`", "an item of `ask`", "the file", "the name `x y`". */
static struct slice subject(struct arena *arena, const struct failure *f)
{
    if (f->is_name) {
        return arena_printf(arena, "the name %.*s", SLICE_ARG(quote(arena, f->node)));
    }
    if (f->key == NULL) {
        return f->is_item ? SLICE("an item of the list") : SLICE("the file");
    }
    return f->is_item ? arena_printf(arena, "an item of `%.*s`", SLICE_ARG(f->key->text))
                      : arena_printf(arena, "`%.*s`", SLICE_ARG(f->key->text));
}

static struct slice keyword_text(struct documents *documents, const struct failure *f,
                                 const char *keyword)
{
    const struct node *value = node_get(documents_node(documents, f->schema), keyword);
    return value != NULL ? value->text : SLICE("");
}

static struct slice type_list(struct arena *arena, unsigned types)
{
    static const struct {
        unsigned type;
        const char *words;
    } names[] = {{TYPE_STRING, "text"},        {TYPE_INTEGER, "a whole number"},
                 {TYPE_NUMBER, "a number"},    {TYPE_BOOLEAN, "true or false"},
                 {TYPE_ARRAY, "a list"},       {TYPE_OBJECT, "a mapping"},
                 {TYPE_NULL, "nothing (null)"}};
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((types & names[i].type) != 0) {
            types &= ~names[i].type;
            if (out.length > 0) {
                builder_add_text(&out, types == 0 ? " or " : ", ");
            }
            builder_add_text(&out, names[i].words);
        }
    }
    return builder_slice(&out);
}

static struct slice enumeration(struct arena *arena, const struct node *values)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < values->count && i < 40; i++) {
        struct slice value = quote(arena, values->items[i]);
        builder_printf(&out, "%s%.*s", i > 0 ? ", " : "", SLICE_ARG(value));
    }
    return builder_slice(&out);
}

/* The value of the enumeration that was meant, or empty; `x-also` maps other words to values. */
static struct slice nearest_value(struct documents *documents, const struct subschema *schema,
                                  struct slice word)
{
    const struct node *values = schema->enumeration;
    const struct node *words = node_get(documents_node(documents, schema), "x-also");
    const struct member *also = node_member(words, word);
    size_t best = SIZE_MAX;
    struct slice nearest = SLICE("");
    if (also != NULL) {
        return also->value->text;
    }
    for (size_t i = 0; i < values->count; i++) {
        size_t distance;
        if (values->items[i]->kind == NODE_STRING &&
            suggestion_is_near(word, values->items[i]->text, &distance) && distance < best) {
            best = distance;
            nearest = values->items[i]->text;
        }
    }
    return nearest;
}

/* The lists of schemas that `schema` applies to the same value. */
static size_t lists_in_place(const struct subschema *schema, const struct schema_list *lists[3])
{
    if (schema->in_place == NULL) {
        return 0;
    }
    lists[0] = &schema->in_place->all_of;
    lists[1] = &schema->in_place->any_of;
    lists[2] = &schema->in_place->one_of;
    return 3;
}

/*
 * Looks for a near key in the properties of `schema` and of what it applies in place. What the
 * mapping has is not meant again by another word for it; what a fragment adds to it is not there.
 */
static void nearest_key(struct documents *documents, const struct subschema *schema,
                        const struct failure *f, size_t depth, size_t *best, struct slice *nearest)
{
    if (schema == NULL || depth > 8) {
        return;
    }
    struct slice word = f->key->text;
    for (size_t i = 0; schema->objects != NULL && i < schema->objects->property_count; i++) {
        const struct keyed_schema *property = &schema->objects->properties[i];
        struct slice key = property->key;
        size_t distance;
        const struct member *written =
            node_is(f->parent, NODE_MAPPING) ? node_member(f->parent, key) : NULL;
        bool is_there = written != NULL && written->key->range.end > written->key->range.start;
        bool usable = !(property->schema->is_boolean && !property->schema->boolean);
        bool near = usable && suggestion_is_near(word, key, &distance);
        if (usable && !is_there && schema_knows_as(documents, schema, key, word)) {
            near = true;
            distance = 0;
        }
        if (near && (distance < *best || (distance == *best && slice_compare(key, *nearest) < 0))) {
            *best = distance;
            *nearest = key;
        }
    }
    nearest_key(documents, schema->reference, f, depth + 1, best, nearest);
    const struct schema_list *lists[3];
    for (size_t l = 0, count = lists_in_place(schema, lists); l < count; l++) {
        for (size_t i = 0; i < lists[l]->count; i++) {
            nearest_key(documents, lists[l]->items[i], f, depth + 1, best, nearest);
        }
    }
}

/* The keys that a schema knows, in its own order, for a note. */
static void list_keys(struct documents *documents, struct builder *out,
                      const struct subschema *schema, size_t depth)
{
    if (schema == NULL || depth > 8) {
        return;
    }
    const struct node *properties = node_get(documents_node(documents, schema), "properties");
    for (size_t i = 0; properties != NULL && i < properties->count; i++) {
        builder_printf(out, "%s`%.*s`", out->length > 0 ? ", " : "",
                       SLICE_ARG(properties->members[i].key->text));
    }
    list_keys(documents, out, schema->reference, depth + 1);
    for (size_t i = 0; schema->in_place != NULL && i < schema->in_place->all_of.count; i++) {
        list_keys(documents, out, schema->in_place->all_of.items[i], depth + 1);
    }
}

/* Whether the value stands behind its key: that of a fragment's parameter stands elsewhere. */
static bool stands_behind_key(const struct failure *f)
{
    return f->key != NULL && !f->is_item && f->key->source == f->node->source;
}

/* The place that is underlined. */
static struct range range_of(const struct failure *f)
{
    if (f->kind == FAILURE_UNKNOWN_KEY) {
        return f->key->range;
    }
    bool collection = f->node->kind == NODE_MAPPING || f->node->kind == NODE_SEQUENCE;
    if (collection || f->node->range.end == f->node->range.start) {
        if (stands_behind_key(f)) {
            return f->key->range;
        }
        if (f->node->kind == NODE_MAPPING && f->node->count > 0) {
            return f->node->members[0].key->range;
        }
        return (struct range){f->node->range.start, f->node->range.start + 1};
    }
    return f->node->range;
}

static const struct node *source_node(const struct failure *f)
{
    return f->kind == FAILURE_UNKNOWN_KEY ? f->key : f->node;
}

static bool is_least_size(enum failure_kind kind)
{
    return kind == FAILURE_MIN_LENGTH || kind == FAILURE_MIN_ITEMS ||
           kind == FAILURE_MIN_PROPERTIES;
}

static struct slice message_of(struct documents *documents, const struct failure *f)
{
    struct arena *arena = documents->arena;
    struct slice who = subject(arena, f);
    const char *kind = node_kind_name(f->node->kind);
    const struct {
        enum failure_kind kind;
        const char *words;   /* before the limit */
        const char *noun;    /* behind it, in the singular, or NULL */
        const char *keyword; /* that has it; NULL: the words say all */
    } limits[] = {
        {FAILURE_MIN_LENGTH, "must have at least", "character", "minLength"},
        {FAILURE_MAX_LENGTH, "must have at most", "character", "maxLength"},
        {FAILURE_MAXIMUM, "must be at most", NULL, "maximum"},
        {FAILURE_EXCLUSIVE_MAXIMUM, "must be less than", NULL, "exclusiveMaximum"},
        {FAILURE_MINIMUM, "must be at least", NULL, "minimum"},
        {FAILURE_EXCLUSIVE_MINIMUM, "must be greater than", NULL, "exclusiveMinimum"},
        {FAILURE_MULTIPLE_OF, "must be a multiple of", NULL, "multipleOf"},
        {FAILURE_MIN_ITEMS, "must have at least", "item", "minItems"},
        {FAILURE_MAX_ITEMS, "must have at most", "item", "maxItems"},
        {FAILURE_MIN_CONTAINS, "has too few matching items", NULL, NULL},
        {FAILURE_MAX_CONTAINS, "has more than", "matching item", "maxContains"},
        {FAILURE_MIN_PROPERTIES, "must have at least", "key", "minProperties"},
        {FAILURE_MAX_PROPERTIES, "must have at most", "key", "maxProperties"},
    };
    switch (f->kind) {
    case FAILURE_TYPE:
        return arena_printf(arena, "%.*s must be %.*s, not %s", SLICE_ARG(who),
                            SLICE_ARG(type_list(arena, f->schema->types)), kind);
    case FAILURE_NO_BRANCH:
        if (f->node->kind == NODE_MAPPING && slice_starts_with(f->name, "`")) {
            return arena_printf(arena, "%.*s needs one of the keys %.*s", SLICE_ARG(who),
                                SLICE_ARG(f->name));
        }
        return arena_printf(arena, "%.*s must be %.*s, not %s", SLICE_ARG(who), SLICE_ARG(f->name),
                            kind);
    case FAILURE_UNKNOWN_KEY:
        return arena_printf(arena, "unknown key `%.*s`", SLICE_ARG(f->key->text));
    case FAILURE_MISSING:
        return arena_printf(arena, "%.*s lacks the key `%.*s`", SLICE_ARG(who), SLICE_ARG(f->name));
    case FAILURE_ENUM:
        return f->node->kind == NODE_MAPPING || f->node->kind == NODE_SEQUENCE
                   ? arena_printf(arena, "%.*s cannot be %s", SLICE_ARG(who), kind)
                   : arena_printf(arena, "%.*s cannot be %.*s", SLICE_ARG(who),
                                  SLICE_ARG(quote(arena, f->node)));
    case FAILURE_CONST: {
        struct slice value = quote(arena, f->schema->constant);
        return arena_printf(arena, "%.*s must be %.*s", SLICE_ARG(who), SLICE_ARG(value));
    }
    case FAILURE_PATTERN:
        return f->is_name ? arena_printf(arena, "%.*s is not a valid name", SLICE_ARG(who))
                          : arena_printf(arena, "%.*s does not match the required pattern",
                                         SLICE_ARG(who));
    case FAILURE_FORMAT:
        return arena_printf(arena, "%.*s does not match the format `%.*s`", SLICE_ARG(who),
                            SLICE_ARG(keyword_text(documents, f, "format")));
    case FAILURE_UNIQUE_ITEMS:
        return arena_printf(arena, "%.*s appears twice in the list", SLICE_ARG(who));
    case FAILURE_FALSE:
    case FAILURE_NOT:
        return arena_printf(arena, "%.*s is not allowed here", SLICE_ARG(who));
    case FAILURE_TOO_MANY_BRANCHES:
        return f->name.length > 0
                   ? arena_printf(arena, "%.*s has %.*s, but only one of them is allowed",
                                  SLICE_ARG(who), SLICE_ARG(f->name))
                   : arena_printf(arena, "%.*s is ambiguous: it matches several alternatives",
                                  SLICE_ARG(who));
    case FAILURE_DEPTH:
        return SLICE("the schema refers to itself without end, or takes too long to check");
    case FAILURE_MIN_LENGTH:
    case FAILURE_MAX_LENGTH:
    case FAILURE_MAXIMUM:
    case FAILURE_EXCLUSIVE_MAXIMUM:
    case FAILURE_MINIMUM:
    case FAILURE_EXCLUSIVE_MINIMUM:
    case FAILURE_MULTIPLE_OF:
    case FAILURE_MIN_ITEMS:
    case FAILURE_MAX_ITEMS:
    case FAILURE_MIN_CONTAINS:
    case FAILURE_MAX_CONTAINS:
    case FAILURE_MIN_PROPERTIES:
    case FAILURE_MAX_PROPERTIES:
        break;
    }
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (limits[i].kind == f->kind) {
            bool has_limit = limits[i].keyword != NULL;
            struct slice limit =
                has_limit ? keyword_text(documents, f, limits[i].keyword) : SLICE("");
            bool is_one = slice_is(limit, "1");
            if (is_one && is_least_size(f->kind)) {
                return arena_printf(arena, "%.*s must not be empty", SLICE_ARG(who));
            }
            const char *noun = limits[i].noun;
            return arena_printf(arena, "%.*s %s%s%.*s%s%s%s", SLICE_ARG(who), limits[i].words,
                                has_limit ? " " : "", SLICE_ARG(limit), noun != NULL ? " " : "",
                                noun != NULL ? noun : "", noun != NULL && !is_one ? "s" : "");
        }
    }
    return who;
}

/* The first sentence of the schema's description, or empty. */
static struct slice own_words(struct documents *documents, const struct failure *f)
{
    struct slice text = keyword_text(documents, f, "description");
    size_t end = slice_find(text, ". ", 0);
    text = end != SIZE_MAX ? slice_part(text, 0, end) : text;
    return text.length > 0 && text.data[text.length - 1] == '.'
               ? slice_part(text, 0, text.length - 1)
               : text;
}

/* An example of a key's value, from the schema: "`title: Create a Lead`". */
static struct slice example_of(struct documents *documents, const struct failure *f)
{
    struct arena *arena = documents->arena;
    const struct node *properties = node_get(documents_node(documents, f->schema), "properties");
    struct member *member = node_member(properties, f->name);
    const struct subschema *property = subschema_property(f->schema, f->name);
    const struct node *examples = member != NULL ? node_get(member->value, "examples") : NULL;
    if (examples == NULL && property != NULL && property->reference != NULL) {
        examples = node_get(documents_node(documents, property->reference), "examples");
    }
    if (!node_is(examples, NODE_SEQUENCE) || examples->count == 0) {
        return SLICE("");
    }
    const struct node *example = examples->items[0];
    if (example->kind == NODE_STRING || node_is_number(example)) {
        return arena_printf(arena, "for example `%.*s: %.*s`", SLICE_ARG(f->name),
                            SLICE_ARG(example->text));
    }
    struct builder out = builder_new(arena);
    struct json_writer json = json_writer_new(&out, true); /* JSON is YAML, too */
    json_node(&json, example);
    struct slice value = builder_slice(&out);
    return arena_printf(arena, "for example `%.*s: %.*s`", SLICE_ARG(f->name), SLICE_ARG(value));
}

/* Whether the place asks for a value of this type, alone or among others. */
static bool wants(const struct failure *f, unsigned type, const char *words)
{
    return f->kind == FAILURE_TYPE
               ? (f->schema->types & type) != 0
               : f->kind == FAILURE_NO_BRANCH && slice_starts_with(f->name, words);
}

/* `type:email` */
static bool is_key_without_space(struct slice text)
{
    size_t colon = slice_find(text, ":", 0);
    bool is_key = colon != SIZE_MAX && colon > 0 && colon + 1 < text.length;
    for (size_t i = 0; is_key && i < colon; i++) {
        is_key = ascii_is_word(text.data[i]);
    }
    return is_key;
}

/* Whether a key in `{…}` has neither a `:` nor a value: `sorry` in `{en: None found, sorry}`. */
static bool is_key_alone(const struct node *key)
{
    if (key == NULL || key->source == NULL) {
        return false;
    }
    struct slice rest = slice_part(key->source->bytes, key->range.end, key->source->bytes.length);
    rest = slice_trim(rest);
    return rest.length > 0 && (rest.data[0] == ',' || rest.data[0] == '}');
}

/* How a list, a mapping or one value is written, where another of the three appears; or empty. */
static struct slice explain_form(const struct failure *f)
{
    enum node_kind kind = f->node->kind;
    bool wants_text = wants(f, TYPE_STRING, "text");
    bool wants_list = wants(f, TYPE_ARRAY, "a list");
    bool wants_mapping = wants(f, TYPE_OBJECT, "a mapping");
    if (wants_text && kind == NODE_SEQUENCE) {
        return SLICE("write one value, without `[`, `]` and `- `");
    }
    if (wants_list && !wants_text && kind == NODE_MAPPING) {
        return SLICE("begin each item of the list with `- `, or put it between `[` and `]`");
    }
    if (wants_mapping && !wants_text && !wants_list &&
        (kind == NODE_STRING || kind == NODE_SEQUENCE)) {
        return SLICE("write a mapping as `{key: value}`, or as lines with `key: value`");
    }
    return SLICE("");
}

/* What YAML made of a value that was meant as another, or empty. Never the value: it may be secret.
 */
static struct slice explain_scalar(const struct failure *f)
{
    const struct node *node = f->node;
    struct slice text = node->text;
    if (wants(f, TYPE_STRING, "text") && (node_is_number(node) || node->kind == NODE_BOOLEAN)) {
        return SLICE("put it in quotes to make it text");
    }
    if (f->kind == FAILURE_CONST && node_is_number(f->schema->constant) &&
        node->kind == NODE_STRING && slice_equal(text, f->schema->constant->text)) {
        return SLICE("remove the quotes to make it a number");
    }
    if (wants(f, TYPE_INTEGER | TYPE_NUMBER, "a number") && node->kind == NODE_STRING) {
        bool digits = text.length > 0;
        for (size_t i = 0; i < text.length; i++) {
            digits = digits && text.data[i] >= '0' && text.data[i] <= '9';
        }
        return digits ? SLICE("remove the quotes to make it a number") : SLICE("");
    }
    if (wants(f, TYPE_ARRAY, "a list") && node->kind == NODE_STRING) {
        return SLICE("write a list as `[one, two]`, or as lines that begin with `- `");
    }
    if (wants(f, TYPE_OBJECT, "a mapping") && node->kind == NODE_STRING &&
        is_key_without_space(text)) {
        return SLICE("a `:` needs a space behind it: write `key: value`");
    }
    if (node->kind == NODE_NULL && is_key_alone(f->key)) {
        return SLICE("text that contains `,` needs quotes");
    }
    if (node->kind == NODE_NULL && stands_behind_key(f)) {
        uint32_t start;
        struct slice line = source_line(node->source, f->key->range.end, &start);
        struct slice rest = slice_part(line, f->key->range.end - start, line.length);
        struct slice value = slice_trim(slice_part(rest, rest.length > 0, rest.length));
        return slice_starts_with(value, "#")
                   ? SLICE("` #` starts a comment; put the value in quotes to make it text")
               : slice_starts_with(value, "&")
                   ? SLICE("`&` starts an anchor; put the value in quotes to make it text")
                   : SLICE("");
    }
    return SLICE("");
}

/* `yes` is text in YAML 1.2. */
static struct slice meant_boolean(const struct failure *f)
{
    static const char *const words[][2] = {{"yes", "true"}, {"on", "true"},   {"true", "true"},
                                           {"no", "false"}, {"off", "false"}, {"false", "false"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (f->node->kind == NODE_STRING && wants(f, TYPE_BOOLEAN, "true or false") &&
            slice_is(f->node->text, words[i][0])) {
            return slice_of(words[i][1]);
        }
    }
    return SLICE("");
}

/* The value that was meant instead of a scalar, or empty. */
static struct slice meant_scalar(const struct failure *f, struct arena *arena,
                                 struct pattern_table *patterns)
{
    bool is_number =
        f->kind == FAILURE_TYPE && wants(f, TYPE_STRING, "text") && node_is_number(f->node);
    if (f->kind == FAILURE_PATTERN || is_number) {
        return schema_repair(arena, patterns, f->schema, f->node->text);
    }
    return meant_boolean(f);
}

/* Where an unknown key belongs: the keyword `x-elsewhere` maps keys to such sentences. */
static struct slice elsewhere_text(struct documents *documents, const struct failure *f)
{
    const struct node *sentences = node_get(documents_node(documents, f->schema), "x-elsewhere");
    const struct member *member = node_member(sentences, f->key->text);
    return member != NULL ? member->value->text : SLICE("");
}

/* The finding of an unknown key of a mapping, of which nothing is known; others follow it. */
struct unknown_keys {
    const struct node *parent;
    struct diagnostic *finding;
};

/* What is known of an unknown key: where it belongs, the key that was meant, or what it may be. */
static bool has_way_out(struct documents *documents, const struct failure *f)
{
    size_t best = SIZE_MAX;
    struct slice nearest = f->suggestion;
    nearest_key(documents, f->schema, f, 0, &best, &nearest);
    return nearest.length > 0 || f->remark.length > 0 || elsewhere_text(documents, f).length > 0 ||
           slice_find(slice_trim(f->key->text), " ", 0) != SIZE_MAX;
}

/* Several keys of which nothing is known are one mistake: true when it has been told. */
static bool joins(struct diagnostics *diagnostics, const struct unknown_keys *unknown,
                  struct documents *documents, const struct failure *f)
{
    bool is_another = f->kind == FAILURE_UNKNOWN_KEY && unknown->finding != NULL &&
                      unknown->parent == f->parent && !has_way_out(documents, f);
    if (is_another) {
        diag_note(diagnostics, unknown->finding, f->key->source, f->key->range, "so is `%.*s`",
                  SLICE_ARG(f->key->text));
    }
    return is_another;
}

static void report(struct diagnostics *diagnostics, struct documents *documents,
                   struct pattern_table *patterns, struct unknown_keys *unknown,
                   const struct failure *f)
{
    if (joins(diagnostics, unknown, documents, f)) {
        return;
    }
    struct arena *arena = diagnostics->arena;
    struct range range = range_of(f);
    const struct source *source = source_node(f)->source;
    struct slice message = message_of(documents, f);
    struct diagnostic *d =
        diag_report(diagnostics, code_of(f->kind), source, range, "%.*s", SLICE_ARG(message));
    struct slice note = SLICE("");
    struct slice meant = meant_scalar(f, arena, patterns);
    if (f->kind == FAILURE_PATTERN && slice_find(f->node->text, " ", 0) != SIZE_MAX &&
        keyword_text(documents, f, "x-instead").length > 0) {
        meant = SLICE(""); /* several words are not one with hyphens */
    }
    if (meant.length > 0) {
        diag_suggest(diagnostics, d, meant);
        if (f->kind != FAILURE_PATTERN) {
            return;
        }
    }
    if (f->kind == FAILURE_ENUM) {
        struct slice nearest = nearest_value(documents, f->schema, f->node->text);
        struct slice instead = keyword_text(documents, f, "x-instead");
        struct slice values = enumeration(arena, f->schema->enumeration);
        diag_suggest(diagnostics, d, nearest);
        note = nearest.length > 0 ? SLICE("")
               : instead.length > 0
                   ? instead
                   : arena_printf(arena, "allowed values: %.*s", SLICE_ARG(values));
    } else if (f->kind == FAILURE_UNKNOWN_KEY) {
        size_t best = SIZE_MAX;
        struct slice nearest = f->suggestion;
        struct slice elsewhere = elsewhere_text(documents, f);
        if (elsewhere.length > 0) {
            diag_note(diagnostics, d, NULL, range, "%.*s", SLICE_ARG(elsewhere));
            return;
        }
        if (nearest.length == 0) {
            nearest_key(documents, f->schema, f, 0, &best, &nearest);
            /* what is known of the key goes before a name that is only near; 0: another word */
            nearest = f->remark.length > 0 && best > 0 ? SLICE("") : nearest;
        }
        diag_suggest(diagnostics, d, nearest);
        if (nearest.length == 0 && slice_find(slice_trim(f->key->text), " ", 0) != SIZE_MAX) {
            note = SLICE("this is read as a key: text that contains `: `, or a comma between "
                         "brackets, needs quotes");
        } else if (f->remark.length > 0 && nearest.length == 0) {
            note = f->remark;
        } else if (nearest.length == 0) {
            struct builder keys = builder_new(arena);
            list_keys(documents, &keys, f->schema, 0);
            struct slice known = f->name.length > 0 ? f->name : builder_slice(&keys);
            note = known.length > 0 ? arena_printf(arena, "allowed keys: %.*s", SLICE_ARG(known))
                                    : SLICE("");
            *unknown = (struct unknown_keys){f->parent, d};
        }
    } else if (f->kind == FAILURE_MISSING) {
        note = example_of(documents, f);
    } else {
        struct slice why = explain_scalar(f);
        struct slice instead = keyword_text(documents, f, "x-instead");
        if (why.length == 0 && instead.length == 0) {
            why = explain_form(f);
        }
        if (why.length > 0) {
            diag_note(diagnostics, d, NULL, range, "%.*s", SLICE_ARG(why));
        }
        note = instead.length > 0             ? instead
               : f->kind != FAILURE_NO_BRANCH ? own_words(documents, f)
                                              : SLICE("");
    }
    if (note.length > 0) {
        diag_note(diagnostics, d, NULL, range, "%.*s", SLICE_ARG(note));
    }
}

void failures_report(struct diagnostics *diagnostics, const struct failures *failures,
                     struct pattern_table *patterns)
{
    struct unknown_keys unknown = {0};
    for (const struct failure *f = failures->first; f != NULL; f = f->next) {
        report(diagnostics, failures->documents, patterns, &unknown, f);
    }
}
