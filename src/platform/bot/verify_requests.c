/* Service nodes: credentials, http, user text in URLs and bodies, bodies that are no JSON. */
#include "base/ascii.h"
#include "platform/bot/verify_rules.h"
#include "platform/artifact/node_type.h"
#include "diag/secret.h"
#include "document/json/reader.h"
#include "document/schema/regex_automaton.h"
#include "base/percent.h"
#include "language/model/auth_profile.h"
#include "language/model/entity_type.h"

/* ---- credentials ---- */

/* A value under a key that tells of credentials, or one that looks like a credential. */
static bool is_credential(struct slice key, struct slice value)
{
    value = slice_trim(value);
    if (value.length < 6 || verify_is_reference(value)) {
        return false;
    }
    return secret_is_likely(value) || secret_is_named(key);
}

/* Reads JSON inside a text of the export; NULL when it is none. */
static const struct node *read_inner(struct verify *v, struct slice text)
{
    return json_read_quietly(v->arena, text);
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

static void check_json_credentials(struct verify *v, const struct node *at, struct slice text,
                                   const char *where)
{
    const struct node *value = read_inner(v, text);
    struct slice key = find_credential(value, SLICE(""));
    if (key.length > 0) {
        verify_report_credential(v, at, where, key);
    }
}

/* A credential in the query of a URL: `?api_key=…`. */
static void check_query_credentials(struct verify *v, const struct node *at, struct slice path)
{
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
            verify_report_credential(v, at, "URL", key);
            return;
        }
        place = end;
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
    struct slice host = node_text(end_point, "host");
    bool plain =
        node_is(protocol, NODE_STRING) && slice_equal_ignoring_case(protocol->text, SLICE("http"));
    if ((plain || slice_starts_with(host, "http://")) && host.length > 0 && !is_local(host)) {
        verify_report(v, W1115, plain ? protocol : bot_place(end_point, "host"),
                      "the request uses http, so anyone on the network can read and change it");
    }
}

/* ---- user text ---- */

/* True for an entity whose value cannot hold any text of the user. */
static bool is_safe_type(struct slice type)
{
    const struct entity_type *known = entity_type_of_platform(type);
    return known != NULL && known->words == WORDS_NONE;
}

/* What may be in a URL as it is, and in JSON text too. */
static bool is_unreserved(unsigned c)
{
    return c < 0x80 && (ascii_is_word((char)c) || c == '-' || c == '.' || c == '~');
}

/* True for a pattern that matches unreserved characters alone: `INC[0-9]+`. */
static bool is_safe_pattern(struct verify *v, struct slice pattern)
{
    struct regex_automaton automaton = regex_automaton_new(v->arena, pattern);
    bool safe = pattern.length > 0 && !automaton.too_large;
    for (size_t i = 0; safe && i < automaton.count; i++) {
        for (unsigned c = 0; safe && !automaton.aside[i] && c < CHAR_SET_SIZE; c++) {
            safe = is_unreserved(c) || !char_set_has(&automaton.sets[i], c);
        }
    }
    return safe;
}

/* An entity has its pattern itself, and may have another one in each language. */
static bool has_safe_patterns(struct verify *v, const struct node *entity)
{
    const struct node *locales = node_get(entity, "localeData");
    bool safe = is_safe_pattern(v, node_text(entity, "regexPattern"));
    for (size_t i = 0; node_is(locales, NODE_MAPPING) && i < locales->count; i++) {
        struct slice pattern = node_text(locales->members[i].value, "regexPattern");
        safe = safe && (pattern.length == 0 || is_safe_pattern(v, pattern));
    }
    return safe;
}

static bool is_safe_entity_component(struct verify *v, const struct node *entity)
{
    struct slice type = node_text(entity, "entityType");
    return is_safe_type(type) || (slice_is(type, "regex") && has_safe_patterns(v, entity));
}

/* Notes of each entity's name whether every entity of that name is safe. */
static void index_entities(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    v->safe_entities = map_new(v->arena);
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        struct slice name = node_text(component, "name");
        if (!node_type_is(component, DIALOG_ENTITY)) {
            continue;
        }
        bool *safe = map_get(&v->safe_entities, name);
        if (safe == NULL) {
            safe = arena_alloc(v->arena, sizeof *safe);
            *safe = true;
            map_add(&v->safe_entities, name, safe);
        }
        *safe = *safe && is_safe_entity_component(v, component);
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

static void check_raw_text(struct verify *v, const struct node *at, struct slice text,
                           const char *where)
{
    struct slice name = find_raw_entity(v, text);
    if (name.length > 0) {
        verify_report(v, W1116, at, "the user's text (`%.*s`) goes into the %s unchanged",
                      SLICE_ARG(name), where);
    }
}

/* ---- bodies ---- */

/* The body with `null` for references that stand alone, so that what is left must be JSON. */
static struct slice replace_references(struct verify *v, struct slice body)
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

/* A GET sends no body: what the platform has written there means nothing. */
static bool sends_body(const struct node *end_point)
{
    return !slice_equal_ignoring_case(node_text(end_point, "method"), SLICE("get"));
}

static void check_body(struct verify *v, const struct node *at, struct slice body,
                       struct slice headers, bool sent)
{
    bool has_logic = slice_find(body, "{{#", 0) < body.length;
    if (body.length == 0 || slice_is(body, "undefined") || has_logic) {
        return;
    }
    check_json_credentials(v, at, body, "body");
    bool object = body.data[0] == '{' || body.data[0] == '[';
    if (!sent || (!says_json(headers) && !object)) {
        return;
    }
    if (object && !slice_starts_with(body, "{{")) {
        check_raw_text(v, at, body, "JSON body");
    }
    if (read_inner(v, replace_references(v, body)) == NULL) {
        verify_report(v, W1117, at, "the body is not JSON");
    }
}

/* The decoded text under `key`, empty when there is none; where it stands goes to `*at`. */
static struct slice decode_member(struct verify *v, const struct node *object, const char *key,
                                  const struct node **at)
{
    *at = bot_place(object, key);
    return percent_decode_text(v->arena, node_text(object, key));
}

/* ---- auth profiles ---- */

static bool has_named(const struct node *list, const char *key, struct slice name)
{
    for (size_t i = 0; i < node_length(list); i++) {
        if (slice_equal(node_text(list->items[i], key), name)) {
            return true;
        }
    }
    return false;
}

/* The profile of the vendor's own app is on the platform, and in no export. */
static void check_profile(struct verify *v, const struct node *component)
{
    const struct node *profiles = bot_section(v->bot, "idpConfigurations");
    const struct node *integrations = node_get(v->bot->root, "preBuiltIntegrations");
    struct slice name = node_text(component, "idp");
    if (name.length == 0 || slice_is(name, "none") || slice_is(name, AUTH_SYSTEM_NAME) ||
        profiles == NULL || has_named(profiles, "name", name) ||
        has_named(integrations, "integrationName", name)) {
        return;
    }
    verify_report(v, W1124, node_get(component, "idp"),
                  "the auth profile `%.*s` is not in the export", SLICE_ARG(name));
}

static void check_service(struct verify *v, const struct node *component)
{
    const struct node *end_point = node_get(component, "endPoint");
    const struct node *at_path;
    const struct node *at_headers;
    const struct node *at_body;
    struct slice path = decode_member(v, end_point, "path", &at_path);
    struct slice headers = decode_member(v, node_get(component, "headers"), "value", &at_headers);
    struct slice body = decode_member(v, node_get(component, "payload"), "value", &at_body);
    check_profile(v, component);
    check_protocol(v, end_point);
    check_json_credentials(v, at_headers, headers, "headers");
    check_query_credentials(v, at_path, path);
    check_raw_text(v, at_path, path, "URL");
    check_body(v, at_body, slice_trim(body), headers, sends_body(end_point));
}

void verify_requests(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    index_entities(v);
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        if (node_type_is(component, DIALOG_SERVICE)) {
            check_service(v, component);
        }
    }
}
