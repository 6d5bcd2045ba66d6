/* Parsing text into literal parts and references. */
#include "language/model/text.h"

#include "base/builder.h"
#include "language/model/expression.h"

/* ---- references ---- */

/* Numbers a reference and those behind its `??`, and adds them to a list. */
static void references_add(struct text_reader *reader, struct references *list,
                           struct reference *reference)
{
    for (struct reference *r = reference; r != NULL; r = r->otherwise) {
        if (r->is_literal) {
            continue;
        }
        r->index = reader->reference_count++;
        if (list->end == NULL) {
            list->first = r;
        } else {
            *list->end = r;
        }
        list->end = &r->next;
    }
}

/* ---- text ---- */

/* A text while it is read: its parts, and the literal that is not complete yet. */
struct assembly {
    struct arena *arena;
    struct text text;
    struct text_part *parts; /* of the text */
    struct slice literal;    /* of one piece */
    struct builder joined;   /* of several */
};

static void add_literal(struct assembly *a, struct slice literal)
{
    if (a->literal.length == 0) {
        a->literal = literal;
    } else if (literal.length > 0) {
        if (a->joined.length == 0) {
            builder_add(&a->joined, a->literal);
        }
        builder_add(&a->joined, literal);
    }
}

static void add_part(struct assembly *a, struct text_part part)
{
    a->parts = arena_append(a->arena, a->parts, a->text.count, sizeof *a->parts);
    a->parts[a->text.count++] = part;
    a->text.parts = a->parts;
}

/* Makes the literal a part, if there is one. */
static void end_literal(struct assembly *a)
{
    struct slice literal = a->joined.length > 0 ? builder_slice(&a->joined) : a->literal;
    if (literal.length > 0) {
        add_part(a, (struct text_part){.literal = literal});
        a->text.has_platform = a->text.has_platform || slice_find(literal, "{{", 0) != SIZE_MAX;
    }
    a->literal = SLICE("");
    a->joined = builder_new(a->arena);
}

static void add_reference(struct assembly *a, const struct reference *reference)
{
    end_literal(a);
    add_part(a, (struct text_part){.reference = reference});
    a->text.has_references = true;
}

/* Reads the references of `content`, and adds what lies between them. */
static void assemble(struct assembly *a, struct text_reader *reader, struct passage_trail *trail,
                     struct slice content, enum reference_use use, struct references *list)
{
    const struct node *node = a->text.node;
    size_t plain = 0;
    for (size_t at = 0; (at = slice_find(content, "${", at)) != SIZE_MAX;) {
        if (at > plain && content.data[at - 1] == '$') { /* $${ */
            add_literal(a, slice_part(content, plain, at - 1));
            add_literal(a, SLICE("${"));
            at += 2;
            plain = at;
            continue;
        }
        size_t close = expression_end(content, at);
        if (close == SIZE_MAX) {
            struct range range = passage_range(node, slice_part(content, at, content.length));
            struct diagnostic *d = diag_report(reader->diagnostics, E0201, node->source, range,
                                               "this reference has no closing `}`");
            diag_note(reader->diagnostics, d, NULL, range, "to write a literal `${`, use `$${`");
            reader->has_malformed = true;
            break;
        }
        size_t open = at;
        struct reference *reference =
            expression_parse(reader, trail, node, slice_part(content, open, close + 1), use);
        at = close + 1;
        if (reference == NULL) {
            reader->has_malformed = true;
            continue;
        }
        add_literal(a, slice_part(content, plain, open));
        plain = at;
        if (slice_is(reference->segments[0], "params")) {
            add_literal(a, expression_parameter(reader, reference));
        } else {
            references_add(reader, list, reference);
            add_reference(a, reference);
        }
    }
    add_literal(a, slice_part(content, plain, content.length));
    end_literal(a);
}

struct text text_parse_part(struct text_reader *reader, struct passage_trail *trail,
                            const struct node *node, struct slice content, enum reference_use use,
                            struct references *list)
{
    struct assembly assembly = {
        .arena = reader->arena, .text = {.node = node}, .joined = builder_new(reader->arena)};
    assemble(&assembly, reader, trail, content, use, list);
    return assembly.text;
}

struct text text_parse(struct text_reader *reader, const struct node *node, enum reference_use use,
                       struct references *list)
{
    struct passage_trail trail = {0};
    return text_parse_part(reader, &trail, node, node->text, use, list);
}

struct text text_parse_expression(struct text_reader *reader, const struct node *node,
                                  enum reference_use use, struct references *list)
{
    struct assembly assembly = {
        .arena = reader->arena, .text = {.node = node}, .joined = builder_new(reader->arena)};
    struct reference *reference = expression_parse_bare(reader, node, use);
    if (reference != NULL) {
        references_add(reader, list, reference);
        add_reference(&assembly, reference);
    }
    reader->has_malformed = reader->has_malformed || reference == NULL;
    return assembly.text;
}

struct text text_of_literal(struct arena *arena, const struct node *node, struct slice literal)
{
    struct text_part *part = arena_alloc(arena, sizeof *part);
    part->literal = literal;
    return (struct text){.node = node, .parts = part, .count = 1};
}

const struct reference *text_single(const struct text *text)
{
    return text->count == 1 ? text->parts[0].reference : NULL;
}

struct slice text_fixed(const struct text *text)
{
    return text->count == 1 && text->parts[0].reference == NULL ? text->parts[0].literal
                                                                : text->node->text;
}

/* ---- texts ---- */

/* Variants while they are added. */
struct variant_list {
    struct text_variant *items;
    size_t count;
};

static void add_variant(struct arena *arena, struct variant_list *list, struct text_variant variant)
{
    list->items = arena_append(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = variant;
}

/* The variant from `first` on that is the text `node`, which a locale shares; or NULL. */
static const struct text_variant *variant_of(const struct variant_list *variants, size_t first,
                                             const struct node *node)
{
    for (size_t i = first; i < variants->count; i++) {
        if (variants->items[i].text.node == node) {
            return &variants->items[i];
        }
    }
    return NULL;
}

/* A string or a map of locales, for one entry; a string is for the entry's locale. */
static void parse_localized(struct text_reader *reader, struct variant_list *variants,
                            struct text_variant entry, const struct node *node,
                            enum reference_use use, struct references *list)
{
    if (node->kind == NODE_STRING) {
        entry.text = text_parse(reader, node, use, list);
        add_variant(reader->arena, variants, entry);
        return;
    }
    size_t first = variants->count;
    for (size_t i = 0; i < node->count; i++) {
        const struct member *member = &node->members[i];
        const struct text_variant *other = variant_of(variants, first, member->value);
        entry.locale = member->key->text;
        entry.text = other != NULL ? other->text : text_parse(reader, member->value, use, list);
        entry.borrowed = other != NULL;
        add_variant(reader->arena, variants, entry);
    }
}

/* An item with a locale goes on with the entry before it, when that is for other locales. */
static bool continues_entry(const struct variant_list *variants, const struct text_variant *next)
{
    const struct text_variant *last =
        variants->count > 0 ? &variants->items[variants->count - 1] : NULL;
    if (last == NULL || next->locale.length == 0 || !slice_equal(last->channel, next->channel)) {
        return false;
    }
    for (size_t i = variants->count; i-- > 0 && variants->items[i].entry == last->entry;) {
        struct slice locale = variants->items[i].locale;
        if (locale.length == 0 || slice_equal(locale, next->locale)) {
            return false;
        }
    }
    return true;
}

/* One item of a list of overrides for channels. */
static void parse_entry(struct text_reader *reader, struct variant_list *variants,
                        const struct node *item, enum reference_use use, struct references *list)
{
    const struct node *channel = node_get(item, "channel");
    const struct node *locale = node_get(item, "locale");
    const struct node *content = node_get(item, "text");
    const struct node *script = node_get(item, "script");
    struct text_variant entry = {
        .channel = channel != NULL ? channel->text : SLICE("default"),
        .locale = locale != NULL ? locale->text : SLICE(""),
        .data = node_get(item, "data"),
    };
    size_t last = variants->count > 0 ? variants->items[variants->count - 1].entry : 0;
    entry.entry = variants->count == 0 || continues_entry(variants, &entry) ? last : last + 1;
    if (content != NULL) {
        parse_localized(reader, variants, entry, content, use, list);
        return;
    }
    entry.is_script = script != NULL;
    entry.text.node = entry.data;
    if (script != NULL) {
        entry.text = text_of_literal(reader->arena, script, script->text);
    }
    add_variant(reader->arena, variants, entry);
}

struct texts texts_parse(struct text_reader *reader, const struct node *node,
                         enum reference_use use, struct references *list)
{
    struct variant_list variants = {0};
    if (node != NULL && node->kind != NODE_SEQUENCE) {
        struct text_variant entry = {.channel = SLICE("default")};
        parse_localized(reader, &variants, entry, node, use, list);
    }
    for (size_t i = 0; node_is(node, NODE_SEQUENCE) && i < node->count; i++) {
        parse_entry(reader, &variants, node->items[i], use, list);
    }
    return (struct texts){node, variants.items, variants.count};
}

struct texts texts_parse_fixed(struct text_reader *reader, const struct node *node)
{
    struct references list = {0};
    struct texts texts = texts_parse(reader, node, USE_TEXT, &list);
    for (const struct reference *r = list.first; r != NULL; r = r->next) {
        struct diagnostic *d = diag_report(reader->diagnostics, E0214, r->source, r->range,
                                           "this text is fixed and cannot contain references");
        diag_note(reader->diagnostics, d, NULL, r->range,
                  "the platform shows it outside conversations, so it can contain only "
                  "`${params.NAME}`, which dialogc fills in when it compiles the template");
    }
    return texts;
}

const struct text_variant *texts_find(const struct texts *texts, struct slice channel,
                                      struct slice locale)
{
    const struct text_variant *general = NULL;
    for (size_t i = 0; i < texts->count; i++) {
        const struct text_variant *variant = &texts->variants[i];
        if (!slice_equal(variant->channel, channel)) {
            continue;
        }
        if (slice_equal(variant->locale, locale)) {
            return variant;
        }
        if (variant->locale.length == 0) {
            general = variant;
        }
    }
    return general;
}

struct slice texts_fixed(const struct texts *texts, struct slice locale, struct slice fallback)
{
    const struct text_variant *variant = texts_find(texts, SLICE("default"), locale);
    return variant != NULL ? text_fixed(&variant->text) : fallback;
}
