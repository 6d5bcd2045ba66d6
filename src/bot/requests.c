/* Service nodes: credentials, http, user text in URLs and bodies, bodies that are no JSON. */
#include <stdint.h>

#include "base/ascii.h"
#include "bot/private.h"
#include "diag/secret.h"
#include "json/reader.h"

/* ---- credentials ---- */

/* Nothing of `at` is ever shown. */
static void mask(struct verify *v, const struct node *at)
{
    source_mask(v->arena, v->bot->source, at->range);
}

static bool is_reference(struct slice value)
{
    return slice_find(value, "{{", 0) < value.length ||
           slice_find(value, "context.", 0) < value.length ||
           slice_find(value, "env.", 0) < value.length;
}

/* A value under a key that tells of credentials, or one that looks like a credential. */
static bool is_credential(struct slice key, struct slice value)
{
    value = slice_trim(value);
    if (value.length < 6 || is_reference(value)) {
        return false;
    }
    return looks_secret(value) || names_secret(key);
}

/* Reads JSON inside a text of the export; NULL when it is none. */
static const struct node *read_inner(struct verify *v, struct slice text)
{
    struct diagnostics ignored = diagnostics_new(v->arena);
    struct source *source;
    return json_read(v->arena, "", text, &ignored, &source);
}

/* The key of the first credential in a JSON value; empty when there is none. */
static struct slice find_credential(const struct node *node, struct slice key)
{
    if (node_is(node, NODE_STRING)) {
        return is_credential(key, node->text) ? key : SLICE("");
    }
    bool mapping = node_is(node, NODE_MAPPING);
    for (size_t i = 0; (mapping || node_is(node, NODE_SEQUENCE)) && i < node->count; i++) {
        struct slice inner_key = mapping ? node->members[i].key->text : key;
        struct slice found =
            find_credential(mapping ? node->members[i].value : node->items[i], inner_key);
        if (found.length > 0) {
            return found;
        }
    }
    return SLICE("");
}

static void check_json_credentials(struct verify *v, const struct node *at, const char *where)
{
    const struct node *value = read_inner(v, verify_decode(v, at->text));
    struct slice key = find_credential(value, SLICE(""));
    if (key.length > 0) {
        mask(v, at);
        verify_report(v, W1114, at, "a literal credential stands in the %s, as `%.*s`", where,
                      SLICE_ARG(key));
    }
}

static bool ends_word(char c)
{
    return c == '"' || c == '\'' || c == '`' || c == '\n';
}

/* The word that ends before `at`, leaving out quotes and white space: the name of `name: "…"`. */
static struct slice word_before(struct slice script, size_t at)
{
    while (at > 0 && strchr(" \t\n\r\"'", script.data[at - 1]) != NULL) {
        at--;
    }
    size_t end = at;
    while (at > 0 && (ascii_is_word(script.data[at - 1]) || script.data[at - 1] == '-')) {
        at--;
    }
    return slice_part(script, at, end);
}

/* The name that the literal at `quote` is given to (`name = "…"`, `"name": "…"`); empty: none. */
static struct slice assigned_name(struct slice script, size_t quote)
{
    size_t at = quote;
    while (at > 0 && strchr(" \t\n\r", script.data[at - 1]) != NULL) {
        at--;
    }
    bool assigns = at > 1 && (script.data[at - 1] == ':' || script.data[at - 1] == '=') &&
                   strchr("=!<>+", script.data[at - 2]) == NULL;
    return assigns ? word_before(script, at - 1) : SLICE("");
}

/* No word of a language: one piece, with digits in it. */
static bool is_machine_made(struct slice literal)
{
    bool digit = false;
    for (size_t i = 0; i < literal.length; i++) {
        if (strchr(" \t\n", literal.data[i]) != NULL) {
            return false;
        }
        digit = digit || ascii_is_digit(literal.data[i]);
    }
    return digit;
}

/*
 * Text literals of a script: one that looks like a credential, or that is given to a name of one
 * and is no text for people (`password = "…"`, `Authorization: "…"`).
 */
static bool script_has_credential(struct slice script)
{
    for (size_t at = 0; at < script.length; at++) {
        char quote = script.data[at];
        if (quote != '"' && quote != '\'') {
            continue;
        }
        size_t end = at + 1;
        while (end < script.length && !ends_word(script.data[end])) {
            end += script.data[end] == '\\' ? 2 : 1;
        }
        if (end >= script.length || script.data[end] != quote) {
            continue;
        }
        struct slice literal = slice_part(script, at + 1, end);
        if (literal.length >= 6 && !is_reference(literal) &&
            (looks_secret(literal) ||
             (names_secret(assigned_name(script, at)) && is_machine_made(literal)))) {
            return true;
        }
        at = end;
    }
    return false;
}

/* A credential in the query of a URL: `?api_key=…`. */
static void check_query_credentials(struct verify *v, const struct node *at)
{
    struct slice path = node_is(at, NODE_STRING) ? verify_decode(v, at->text) : SLICE("");
    size_t place = slice_find(path, "?", 0);
    while (place < path.length) {
        size_t equals = slice_find(path, "=", place);
        if (equals >= path.length) {
            return;
        }
        size_t end = slice_find(path, "&", equals);
        end = end < path.length ? end : path.length;
        struct slice key = slice_part(path, place + 1, equals);
        if (is_credential(key, slice_part(path, equals + 1, end))) {
            mask(v, at);
            verify_report(v, W1114, at, "a literal credential stands in the URL, as `%.*s`",
                          SLICE_ARG(key));
            return;
        }
        place = end;
    }
}

static void check_script_credentials(struct verify *v, const struct node *at)
{
    if (node_is(at, NODE_STRING) && script_has_credential(verify_decode(v, at->text))) {
        mask(v, at);
        verify_report(v, W1114, at, "a literal credential stands in the script");
    }
}

/* ---- endpoints ---- */

static bool is_local(struct slice host)
{
    return slice_starts_with(host, "localhost") || slice_starts_with(host, "127.0.0.1");
}

static void check_protocol(struct verify *v, const struct node *end_point)
{
    const struct node *protocol = node_get(end_point, "protocol");
    struct slice host = bot_text(end_point, "host");
    bool plain =
        node_is(protocol, NODE_STRING) && slice_equal_ignoring_case(protocol->text, SLICE("http"));
    if ((plain || slice_starts_with(host, "http://")) && host.length > 0 && !is_local(host)) {
        verify_report(v, W1115, plain ? protocol : bot_place(end_point, "host"),
                      "the request goes over http: anybody on the way can read and change it");
    }
}

/* ---- user text ---- */

/* True for an entity whose value cannot hold any text of the user. */
static bool is_safe_type(struct slice type)
{
    static const char *const safe[] = {"number",         "date",       "time",     "datetime",
                                       "list_of_values", "percentage", "currency", "phone_number",
                                       "zipcode",        NULL};
    return slice_is_any(type, safe);
}

/* Notes of each entity's name whether every entity of that name has a safe type. */
static void index_entities(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    v->safe_entities = map_new(v->arena);
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        struct slice name = bot_text(component, "name");
        if (!slice_is(bot_text(component, "type"), "entity")) {
            continue;
        }
        bool *safe = map_get(&v->safe_entities, name);
        if (safe == NULL) {
            safe = arena_alloc(v->arena, sizeof *safe);
            *safe = true;
            map_add(&v->safe_entities, name, safe);
        }
        *safe = *safe && is_safe_type(bot_text(component, "entityType"));
    }
}

static bool is_safe_entity(const struct verify *v, struct slice name)
{
    const bool *safe = map_get(&v->safe_entities, name);
    return safe != NULL && *safe;
}

/* The first `{{context.entities.NAME}}` of `text` that may hold any text; empty without one. */
static struct slice find_raw_entity(const struct verify *v, struct slice text)
{
    static const char prefix[] = "context.entities.";
    for (size_t at = slice_find(text, "{{", 0); at < text.length;
         at = slice_find(text, "{{", at + 2)) {
        struct slice rest = slice_trim(slice_part(text, at + 2, text.length));
        if (!slice_starts_with(rest, prefix)) {
            continue;
        }
        size_t start = sizeof prefix - 1;
        size_t end = start;
        while (end < rest.length && ascii_is_word(rest.data[end])) {
            end++;
        }
        struct slice name = slice_part(rest, start, end);
        if (name.length > 0 && !is_safe_entity(v, name)) {
            return name;
        }
    }
    return SLICE("");
}

static void check_raw_text(struct verify *v, const struct node *at, const char *where)
{
    if (!node_is(at, NODE_STRING)) {
        return;
    }
    struct slice name = find_raw_entity(v, verify_decode(v, at->text));
    if (name.length > 0) {
        verify_report(v, W1116, at, "what the user says (`%.*s`) goes into the %s as it is",
                      SLICE_ARG(name), where);
    }
}

/* ---- bodies ---- */

/* The body with `null` for references that stand alone, so that what is left must be JSON. */
static struct slice without_references(struct verify *v, struct slice body)
{
    struct builder out = builder_new(v->arena);
    bool in_string = false;
    for (size_t i = 0; i < body.length; i++) {
        char c = body.data[i];
        if (c == '{' && i + 1 < body.length && body.data[i + 1] == '{') {
            size_t end = slice_find(body, "}}", i);
            if (end < body.length) {
                while (end + 2 < body.length && body.data[end + 2] == '}' && in_string) {
                    end++;
                }
                builder_add_text(&out, in_string ? "x" : "null");
                i = end + 1;
                continue;
            }
        }
        if (in_string && c == '\\' && i + 1 < body.length) {
            builder_add_char(&out, c);
            c = body.data[++i];
        } else if (c == '"') {
            in_string = !in_string;
        }
        builder_add_char(&out, c);
    }
    return builder_slice(&out);
}

static bool says_json(struct slice headers)
{
    return slice_find(headers, "application/json", 0) < headers.length;
}

static void check_body(struct verify *v, const struct node *component)
{
    const struct node *value = node_get(node_get(component, "payload"), "value");
    struct slice headers = verify_decode(v, bot_text(node_get(component, "headers"), "value"));
    if (!node_is(value, NODE_STRING)) {
        return;
    }
    struct slice body = slice_trim(verify_decode(v, value->text));
    bool has_logic = slice_find(body, "{{#", 0) < body.length;
    if (body.length == 0 || slice_is(body, "undefined") || has_logic) {
        return;
    }
    check_json_credentials(v, value, "body");
    bool object = body.data[0] == '{' || body.data[0] == '[';
    if (!says_json(headers) && !object) {
        return;
    }
    if (object && !slice_starts_with(body, "{{")) {
        check_raw_text(v, value, "JSON body");
    }
    if (read_inner(v, without_references(v, body)) == NULL) {
        verify_report(v, W1117, value, "the body is not JSON");
    }
}

static void check_service(struct verify *v, const struct node *component)
{
    const struct node *end_point = node_get(component, "endPoint");
    const struct node *headers = node_get(node_get(component, "headers"), "value");
    check_protocol(v, end_point);
    if (node_is(headers, NODE_STRING)) {
        check_json_credentials(v, headers, "headers");
    }
    check_query_credentials(v, node_get(end_point, "path"));
    check_raw_text(v, node_get(end_point, "path"), "URL");
    check_body(v, component);
}

/* Scripts in messages: entries of type uxmap. */
static void check_message_scripts(struct verify *v, const struct node *entries)
{
    for (size_t i = 0; i < node_length(entries); i++) {
        const struct node *locales = node_get(entries->items[i], "localeData");
        for (size_t l = 0; node_is(locales, NODE_MAPPING) && l < locales->count; l++) {
            if (slice_is(bot_text(locales->members[l].value, "type"), "uxmap")) {
                check_script_credentials(v, node_get(locales->members[l].value, "text"));
            }
        }
    }
}

void verify_requests(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    index_entities(v);
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        if (slice_is(bot_text(component, "type"), "service")) {
            check_service(v, component);
        }
        check_script_credentials(v, node_get(component, "script"));
        check_message_scripts(v, node_get(component, "message"));
        check_message_scripts(v, node_get(component, "errorMessage"));
    }
}
