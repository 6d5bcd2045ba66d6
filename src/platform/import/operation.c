/*
 * Salesforce's REST calls as operations. A request is recognised by its path; its values are read
 * from the request itself, where the platform puts them in, or from the script that dialogc has
 * written to prepare them. Whether that was right shows when the template is compiled: a service
 * that does not come out as it is in the export is imported as a verbatim request instead.
 */
#include "base/ascii.h"
#include "base/builder.h"
#include "base/percent.h"
#include "platform/import/importer.h"
#include "document/json/reader.h"
#include "language/model/platform_name.h"
#include "salesforce/operation.h"

struct reader {
    struct import_dialog *d;
    struct arena *arena;
    struct slice variable; /* "createLeadRequest": what the script prepares */
    struct slice script;   /* the script; empty: the platform puts the values in */
};

/* ---- references ---- */

/* A name as the language's references have them. */
static bool is_plain_name(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_word(text.data[i])) {
            return false;
        }
    }
    return text.length > 0 && !ascii_is_digit(text.data[0]);
}

static bool has_part(const struct reader *r, const char *section, struct slice name)
{
    return node_member(node_get(r->d->root, section), name) != NULL;
}

/* "context.entities.lastName" to "${lastName}"; false when it is no such path. */
static bool add_path(const struct reader *r, struct builder *out, struct slice path)
{
    static const char entities[] = "context.entities.";
    if (!slice_starts_with(path, "context.")) {
        return false;
    }
    struct slice segment;
    for (size_t at = 0; slice_next_part(path, '.', &at, &segment);) {
        if (!is_plain_name(segment)) {
            return false;
        }
    }
    struct slice name = path;
    if (slice_starts_with(path, entities)) {
        struct slice rest = slice_part(path, sizeof entities - 1, path.length);
        size_t dot = slice_find(rest, ".", 0);
        if (has_part(r, "entities", slice_part(rest, 0, dot == SIZE_MAX ? rest.length : dot))) {
            name = rest;
        }
    }
    builder_printf(out, "${%.*s}", SLICE_ARG(name));
    return true;
}

/* Text with `{{context.…}}` to text with references; NULL when it holds other braces. */
static struct node *text_of(const struct reader *r, struct slice text)
{
    struct builder out = builder_new(r->arena);
    for (size_t i = 0; i < text.length;) {
        struct slice rest = slice_part(text, i, text.length);
        if (slice_starts_with(rest, "${")) {
            builder_add_text(&out, "$${");
            i += 2;
        } else if (slice_starts_with(rest, "{{")) {
            size_t end = slice_find(text, "}}", i);
            if (end == SIZE_MAX || !add_path(r, &out, slice_part(text, i + 2, end))) {
                return NULL;
            }
            i = end + 2;
        } else {
            builder_add_char(&out, text.data[i++]);
        }
    }
    return node_new_text(r->arena, builder_slice(&out));
}

/* ---- the script that prepares a request ---- */

static const struct node *parse_json(struct arena *arena, struct slice text)
{
    return json_read_quietly(arena, text);
}

/* `read(context, ["entities", "lastName"])` to "${lastName}"; NULL when it is something else. */
static struct node *reference_of_read(const struct reader *r, struct slice expression)
{
    static const char begin[] = "read(context, ";
    if (!slice_starts_with(expression, begin) || !slice_ends_with(expression, ")")) {
        return NULL;
    }
    const struct node *path =
        parse_json(r->arena, slice_part(expression, sizeof begin - 1, expression.length - 1));
    struct builder out = builder_new(r->arena);
    builder_add_text(&out, "context");
    for (size_t i = 0; i < node_length(path); i++) {
        if (!node_is(path->items[i], NODE_STRING)) {
            return NULL;
        }
        builder_printf(&out, ".%.*s", SLICE_ARG(path->items[i]->text));
    }
    struct builder text = builder_new(r->arena);
    bool known = node_length(path) > 0 && add_path(r, &text, builder_slice(&out));
    return known ? node_new_text(r->arena, builder_slice(&text)) : NULL;
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
static struct node *text_of_sum(const struct reader *r, struct slice expression,
                                const char *const *helpers)
{
    struct builder out = builder_new(r->arena);
    for (size_t at = 0; at < expression.length;) {
        size_t end = operand_end(expression, at);
        struct slice operand = slice_part(expression, at, end);
        struct node *part = NULL;
        if (operand.length > 0 && operand.data[0] == '"') {
            const struct node *text = parse_json(r->arena, operand);
            part = node_is(text, NODE_STRING) ? import_text(r->arena, text->text) : NULL;
        }
        for (size_t i = 0; part == NULL && helpers[i] != NULL; i++) {
            struct slice inside = operand;
            if (take_call(&inside, helpers[i])) {
                inside = first_argument(inside);
                drop_conversion(&inside);
                part = reference_of_read(r, inside);
            }
        }
        if (part == NULL) {
            return NULL;
        }
        builder_add(&out, part->text);
        at = end + strlen(" + ");
    }
    return out.length > 0 ? node_new_text(r->arena, builder_slice(&out)) : NULL;
}

/* A value of a field: a reference with or without a conversion, or a literal. */
static struct node *value_of(const struct reader *r, struct slice expression)
{
    static const char *const helpers[] = {"show", NULL};
    if (operand_end(expression, 0) < expression.length) {
        return text_of_sum(r, expression, helpers);
    }
    drop_conversion(&expression);
    struct node *reference = reference_of_read(r, expression);
    if (reference != NULL) {
        return reference;
    }
    const struct node *literal = parse_json(r->arena, expression);
    if (literal == NULL || literal->kind == NODE_SEQUENCE || literal->kind == NODE_MAPPING) {
        return NULL;
    }
    return literal->kind == NODE_STRING ? import_text(r->arena, literal->text)
                                        : node_copy(r->arena, literal);
}

/* The right side of `request.NAME = …;` in the script; empty when there is none. */
static struct slice prepared_value(const struct reader *r, const char *name)
{
    struct slice begin = arena_printf(r->arena, "\nrequest.%s = ", name);
    size_t at = slice_find(r->script, begin.data, 0);
    if (at == SIZE_MAX) {
        return SLICE("");
    }
    at += begin.length;
    size_t end = slice_find(r->script, ";\n", at);
    return end == SIZE_MAX ? SLICE("") : slice_part(r->script, at, end);
}

/* The members of `JSON.parse(JSON.stringify({…}))`, a line for each. */
static struct node *prepared_fields(const struct reader *r)
{
    struct slice body = prepared_value(r, "body");
    struct node *fields = node_new_mapping(r->arena);
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
        struct node *value = value_of(r, slice_part(line, colon + 3, line.length));
        if (value == NULL) {
            return NULL;
        }
        node_set(r->arena, fields, slice_part(line, 1, colon), value);
        at = slice_find(body, "\n    \"", end);
    }
    return fields->count > 0 ? fields : NULL;
}

/* ---- parts of a request ---- */

/* A part of a path: a fixed text, or what is put in there. */
static struct node *path_part(const struct reader *r, struct slice part, const char *name)
{
    struct slice own = arena_printf(r->arena, "{{context.%.*s.%s}}", SLICE_ARG(r->variable), name);
    if (r->script.length == 0 || !slice_equal(part, own)) {
        return text_of(r, part);
    }
    struct slice value = prepared_value(r, name);
    return take_call(&value, "part") ? reference_of_read(r, value) : NULL;
}

static struct node *fields_of(const struct reader *r, const struct node *component)
{
    struct slice payload = node_text(node_get(component, "payload"), "value");
    struct slice text = percent_decode_text(r->arena, payload);
    struct slice own = arena_printf(r->arena, "{{context.%.*s.body}}", SLICE_ARG(r->variable));
    if (r->script.length > 0 && slice_equal(text, own)) {
        return prepared_fields(r);
    }
    const struct node *data = parse_json(r->arena, text);
    struct node *fields = node_new_mapping(r->arena);
    for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
        const struct node *value = data->members[i].value;
        struct node *said = NULL;
        if (value->kind == NODE_STRING) {
            said = text_of(r, value->text);
        } else if (value->kind != NODE_SEQUENCE && value->kind != NODE_MAPPING) {
            said = node_copy(r->arena, value);
        }
        if (said == NULL) {
            return NULL;
        }
        node_set(r->arena, fields, data->members[i].key->text, said);
    }
    return fields->count > 0 ? fields : NULL;
}

/* "Id,Name" as a list; NULL when one is no name of a field. */
static struct node *names_of(const struct reader *r, struct slice list)
{
    struct node *names = node_new_sequence(r->arena);
    struct slice name;
    for (size_t at = 0; slice_next_part(list, ',', &at, &name);) {
        if (name.length == 0) {
            return NULL;
        }
        node_append(r->arena, names, node_new_text(r->arena, name));
    }
    return names;
}

/* ---- operations ---- */

/* A query that the script puts together. */
static struct node *prepared_query(const struct reader *r)
{
    static const char *const helpers[] = {"literal", "quoted", "count", NULL};
    struct slice value = prepared_value(r, "query");
    return take_call(&value, "encodeURIComponent") ? text_of_sum(r, value, helpers) : NULL;
}

/* A fixed query, or one that a script puts together. */
static struct node *query_of(const struct reader *r, struct slice text)
{
    struct slice own = arena_printf(r->arena, "{{context.%.*s.query}}", SLICE_ARG(r->variable));
    if (r->script.length > 0 && slice_equal(text, own)) {
        return prepared_query(r);
    }
    struct builder decoded = builder_new(r->arena);
    if (!percent_decode(&decoded, text) ||
        slice_find(builder_slice(&decoded), "{{", 0) != SIZE_MAX) {
        return NULL;
    }
    return import_text(r->arena, builder_slice(&decoded));
}

/* The term of a search, which only dialogc writes: it needs a script. */
static struct node *term_of(const struct reader *r, struct slice text)
{
    struct slice own = arena_printf(r->arena, "{{context.%.*s.term}}", SLICE_ARG(r->variable));
    struct slice value = prepared_value(r, "term");
    if (r->script.length == 0 || !slice_equal(text, own) ||
        !take_call(&value, "encodeURIComponent") || !take_call(&value, "term")) {
        return NULL;
    }
    take_call(&value, "show");
    return reference_of_read(r, value);
}

/* A part of a request in the template's words; NULL when it has none. */
static const struct node *part_of(const struct reader *r, enum route_part part, struct slice text)
{
    switch (part) {
    case PART_OBJECT:
    case PART_EXTERNAL:
        return is_plain_name(text) ? node_new_text(r->arena, text) : NULL;
    case PART_QUERY:
        return query_of(r, text);
    case PART_ID:
    case PART_VALUE:
        return path_part(r, text, "id");
    case PART_FIELDS:
        return names_of(r, text);
    case PART_TERM:
        return term_of(r, text);
    case PART_LIMIT: {
        const struct node *limit = parse_json(r->arena, text);
        return node_is(limit, NODE_INTEGER) ? limit : NULL;
    }
    }
    return NULL;
}

/* The operation with the parts of its request; NULL when the language has no words for one of them.
 */
static struct node *operation_of(const struct reader *r, enum operation operation,
                                 const struct slice parts[PART_COUNT], const struct node *component)
{
    struct node *out = node_new_mapping(r->arena);
    struct slice own = slice_of(operation_info(operation)->key);
    for (unsigned i = 0; i < PART_COUNT; i++) {
        enum route_part part = (enum route_part)i;
        bool is_own = part == PART_OBJECT || part == PART_QUERY;
        const struct node *value = parts[i].data != NULL ? part_of(r, part, parts[i]) : NULL;
        if (value != NULL) {
            node_set(r->arena, out, is_own ? own : slice_of(route_part_key(part)), value);
        } else if (parts[i].data != NULL) {
            return NULL;
        }
    }
    if (out->count == 0) { /* userinfo: true */
        node_set(r->arena, out, own, node_new_boolean(r->arena, true));
    }
    if (operation_writes(operation)) {
        struct node *fields = fields_of(r, component);
        if (fields == NULL) {
            return NULL;
        }
        node_set(r->arena, out, SLICE("fields"), fields);
    }
    return out;
}

bool import_salesforce_path(struct slice path, struct slice *version, struct slice *rest)
{
    static const char root[] = "/services/data/";
    size_t start = sizeof root - 1;
    size_t slash = slice_starts_with(path, root) ? slice_find(path, "/", start) : SIZE_MAX;
    if (slash == SIZE_MAX || slash < start + 2 || path.data[start] != 'v') {
        return false;
    }
    *version = slice_part(path, start, slash);
    *rest = slice_part(path, slash + 1, path.length);
    return true;
}

/* What the route of an operation is compared with, on the host that it is of; false on another
 * host. */
static bool take_route(const struct reader *r, const struct node *point, bool of_login,
                       struct slice *path)
{
    const struct project *project = r->d->importer->compiler->project;
    struct slice host = node_text(point, "host");
    struct slice version;
    *path = import_decode_braces(r->arena, node_text(point, "path"));
    if (of_login) {
        return slice_equal(host, project->login);
    }
    return import_salesforce_path(*path, &version, path) &&
           slice_equal(version, project->api_version) &&
           slice_equal(import_host(r->arena, host), project->instance);
}

struct node *import_operation(struct import_dialog *d, const struct node *component,
                              struct slice name, const struct node *script)
{
    struct arena *arena = d->importer->arena;
    const struct node *point = node_get(component, "endPoint");
    struct reader r = {.d = d, .arena = arena, .variable = platform_request_name(arena, name)};
    if (script != NULL) {
        r.script = percent_decode_text(arena, node_text(script, "script"));
    }
    if (!slice_is(node_text(point, "protocol"), "https") || node_text(point, "port").length > 0) {
        return NULL;
    }
    for (unsigned i = 0; i < OPERATION_NONE; i++) {
        enum operation operation = (enum operation)i;
        const struct operation_info *info = operation_info(operation);
        struct slice path;
        struct slice parts[PART_COUNT];
        if (slice_is(node_text(point, "method"), info->method) &&
            take_route(&r, point, operation_is_of_login(operation), &path) &&
            route_match(info->route, path, parts)) {
            return operation_of(&r, operation, parts, component);
        }
    }
    return NULL;
}
