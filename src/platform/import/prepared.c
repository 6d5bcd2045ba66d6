/*
 * The scripts are read as the text that dialogc writes, line by line. Whether that was right shows
 * when the template is compiled.
 */
#include "platform/import/prepared.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "document/json/reader.h"

/* ---- references ---- */

bool prepared_is_name(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_word(text.data[i])) {
            return false;
        }
    }
    return text.length > 0 && !ascii_is_digit(text.data[0]);
}

static bool has_part(const struct prepared *p, const char *section, struct slice name)
{
    return node_member(node_get(p->d->root, section), name) != NULL;
}

/* "context.entities.lastName" to "${lastName}"; false when it is no such path. */
static bool add_path(const struct prepared *p, struct builder *out, struct slice path)
{
    static const char entities[] = "context.entities.";
    if (!slice_starts_with(path, "context.")) {
        return false;
    }
    struct slice segment;
    for (size_t at = 0; slice_next_part(path, '.', &at, &segment);) {
        if (!prepared_is_name(segment)) {
            return false;
        }
    }
    struct slice name = path;
    if (slice_starts_with(path, entities)) {
        struct slice rest = slice_part(path, sizeof entities - 1, path.length);
        size_t dot = slice_find(rest, ".", 0);
        if (has_part(p, "entities", slice_part(rest, 0, dot == SIZE_MAX ? rest.length : dot))) {
            name = rest;
        }
    }
    builder_printf(out, "${%.*s}", SLICE_ARG(name));
    return true;
}

struct node *prepared_text(const struct prepared *p, struct slice text)
{
    struct builder out = builder_new(p->arena);
    for (size_t i = 0; i < text.length;) {
        struct slice rest = slice_part(text, i, text.length);
        if (slice_starts_with(rest, "${")) {
            builder_add_text(&out, "$${");
            i += 2;
        } else if (slice_starts_with(rest, "{{")) {
            size_t end = slice_find(text, "}}", i);
            if (end == SIZE_MAX || !add_path(p, &out, slice_part(text, i + 2, end))) {
                return NULL;
            }
            i = end + 2;
        } else {
            builder_add_char(&out, text.data[i++]);
        }
    }
    return node_new_text(p->arena, builder_slice(&out));
}

/* ---- the script that prepares a request ---- */

/* `read(context, ["entities", "lastName"])` to "${lastName}"; NULL when it is something else. */
static struct node *reference_of_read(const struct prepared *p, struct slice expression)
{
    static const char begin[] = "read(context, ";
    if (!slice_starts_with(expression, begin) || !slice_ends_with(expression, ")")) {
        return NULL;
    }
    const struct node *path = json_read_quietly(
        p->arena, slice_part(expression, sizeof begin - 1, expression.length - 1));
    struct builder out = builder_new(p->arena);
    builder_add_text(&out, "context");
    for (size_t i = 0; i < node_length(path); i++) {
        if (!node_is(path->items[i], NODE_STRING)) {
            return NULL;
        }
        builder_printf(&out, ".%.*s", SLICE_ARG(path->items[i]->text));
    }
    struct builder text = builder_new(p->arena);
    bool known = node_length(path) > 0 && add_path(p, &text, builder_slice(&out));
    return known ? node_new_text(p->arena, builder_slice(&text)) : NULL;
}

/* The inside of `NAME(…)`; false when it is no call of that function. */
static bool take_call(struct slice *expression, const char *name)
{
    size_t length = strlen(name);
    if (!slice_starts_with(*expression, name) || expression->length < length + 2 ||
        expression->data[length] != '(' || !slice_ends_with(*expression, ")")) {
        return false;
    }
    *expression = slice_part(*expression, length + 1, expression->length - 1);
    return true;
}

/* Where the operand of a `+` that begins at `at` ends: at " + " outside of texts and brackets. */
static size_t operand_end(struct slice expression, size_t at)
{
    size_t depth = 0;
    bool in_text = false;
    for (size_t i = at; i < expression.length; i++) {
        char c = expression.data[i];
        if (in_text) {
            i += c == '\\';
            in_text = c != '"';
        } else if (c == '"') {
            in_text = true;
        } else if (c == '(' || c == '[') {
            depth++;
        } else if (c == ')' || c == ']') {
            depth -= depth > 0;
        } else if (depth == 0 &&
                   slice_starts_with(slice_part(expression, i, expression.length), " + ")) {
            return i;
        }
    }
    return expression.length;
}

/* The first argument of a call, without the conversion around it. */
static struct slice first_argument(struct slice arguments)
{
    size_t depth = 0;
    size_t end = 0;
    while (end < arguments.length && (depth > 0 || arguments.data[end] != ',')) {
        depth += arguments.data[end] == '(' || arguments.data[end] == '[';
        depth -= depth > 0 && (arguments.data[end] == ')' || arguments.data[end] == ']');
        end++;
    }
    return slice_part(arguments, 0, end);
}

static void drop_conversion(struct slice *expression)
{
    static const char *const conversions[] = {"words",    "number", "yes",  "date",
                                              "datetime", "time",   "picks"};
    for (size_t i = 0; i < sizeof conversions / sizeof conversions[0]; i++) {
        if (take_call(expression, conversions[i])) {
            return;
        }
    }
}

/*
 * Texts and values that are put together, `"Call with " + show(read(…))`, as text with references.
 * `helpers` are the functions that a value may stand in. NULL when there is something else.
 */
static struct node *text_of_sum(const struct prepared *p, struct slice expression,
                                const char *const *helpers)
{
    struct builder out = builder_new(p->arena);
    for (size_t at = 0; at < expression.length;) {
        size_t end = operand_end(expression, at);
        struct slice operand = slice_part(expression, at, end);
        struct node *part = NULL;
        if (operand.length > 0 && operand.data[0] == '"') {
            const struct node *text = json_read_quietly(p->arena, operand);
            part = node_is(text, NODE_STRING) ? import_text(p->arena, text->text) : NULL;
        }
        for (size_t i = 0; part == NULL && helpers[i] != NULL; i++) {
            struct slice inside = operand;
            if (take_call(&inside, helpers[i])) {
                inside = first_argument(inside);
                drop_conversion(&inside);
                part = reference_of_read(p, inside);
            }
        }
        if (part == NULL) {
            return NULL;
        }
        builder_add(&out, part->text);
        at = end + strlen(" + ");
    }
    return out.length > 0 ? node_new_text(p->arena, builder_slice(&out)) : NULL;
}

/* A value of a field: a reference with or without a conversion, or a literal. */
static struct node *value_of(const struct prepared *p, struct slice expression)
{
    static const char *const helpers[] = {"show", NULL};
    if (operand_end(expression, 0) < expression.length) {
        return text_of_sum(p, expression, helpers);
    }
    drop_conversion(&expression);
    struct node *reference = reference_of_read(p, expression);
    if (reference != NULL) {
        return reference;
    }
    const struct node *literal = json_read_quietly(p->arena, expression);
    if (literal == NULL || literal->kind == NODE_SEQUENCE || literal->kind == NODE_MAPPING) {
        return NULL;
    }
    return literal->kind == NODE_STRING ? import_text(p->arena, literal->text)
                                        : node_copy(p->arena, literal);
}

/* The right side of `request.NAME = …;` in the script; empty when there is none. */
static struct slice prepared_value(const struct prepared *p, const char *name)
{
    struct slice begin = arena_printf(p->arena, "\nrequest.%s = ", name);
    size_t at = slice_find(p->script, begin.data, 0);
    if (at == SIZE_MAX) {
        return SLICE("");
    }
    at += begin.length;
    size_t end = slice_find(p->script, ";\n", at);
    return end == SIZE_MAX ? SLICE("") : slice_part(p->script, at, end);
}

bool prepared_is(const struct prepared *p, struct slice text, const char *name)
{
    struct slice own = arena_printf(p->arena, "{{context.%.*s.%s}}", SLICE_ARG(p->variable), name);
    return p->script.length > 0 && slice_equal(text, own);
}

struct node *prepared_id(const struct prepared *p)
{
    struct slice value = prepared_value(p, "id");
    return take_call(&value, "part") ? reference_of_read(p, value) : NULL;
}

struct node *prepared_term(const struct prepared *p)
{
    struct slice value = prepared_value(p, "term");
    if (!take_call(&value, "encodeURIComponent") || !take_call(&value, "term")) {
        return NULL;
    }
    take_call(&value, "show");
    return reference_of_read(p, value);
}

struct node *prepared_query(const struct prepared *p)
{
    static const char *const helpers[] = {"literal", "quoted", "count", NULL};
    struct slice value = prepared_value(p, "query");
    return take_call(&value, "encodeURIComponent") ? text_of_sum(p, value, helpers) : NULL;
}

/* The members of `JSON.parse(JSON.stringify({…}))`, a line for each. */
struct node *prepared_fields(const struct prepared *p)
{
    struct slice body = prepared_value(p, "body");
    struct node *fields = node_new_mapping(p->arena);
    if (!take_call(&body, "JSON.parse") || !take_call(&body, "JSON.stringify")) {
        return NULL;
    }
    for (size_t at = slice_find(body, "\n    \"", 0); at != SIZE_MAX;) {
        size_t start = at + strlen("\n    ");
        size_t next = slice_find(body, "\n", start);
        size_t end = next == SIZE_MAX ? body.length : next;
        struct slice line = slice_part(body, start, end);
        line.length -= slice_ends_with(line, ",");
        size_t colon = slice_find(line, "\": ", 0);
        if (colon == SIZE_MAX) {
            return NULL;
        }
        struct node *value = value_of(p, slice_part(line, colon + 3, line.length));
        if (value == NULL) {
            return NULL;
        }
        node_set(p->arena, fields, slice_part(line, 1, colon), value);
        at = slice_find(body, "\n    \"", end);
    }
    return fields->count > 0 ? fields : NULL;
}
