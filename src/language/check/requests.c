/*
 * What is written into requests: answers that reach them unprepared, headers that are
 * not one line, bodies that are not what their media type says.
 */
#include "base/ascii.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "document/json/reader.h"
#include "language/check/families.h"

/* ---- unprepared answers ---- */

/* The next `{{context…}}` of `text` at or after `from`, blanks inside or not. */
static bool next_raw(struct slice text, size_t from, struct slice *found)
{
    for (size_t at = from; (at = slice_find(text, "{{", at)) != SIZE_MAX; at++) {
        size_t inside = at + 2;
        size_t close = slice_find(text, "}}", inside);
        if (close == SIZE_MAX) {
            return false;
        }
        struct slice path = slice_trim(slice_part(text, inside, close));
        bool context = slice_starts_with(path, "context") &&
                       (path.length == 7 || !ascii_is_word(path.data[7]));
        if (context) {
            *found = slice_part(text, at, close + 2);
            return true;
        }
    }
    return false;
}

/* `{{context.entities.…}}` written by hand: the platform puts it in as it is. */
static bool check_raw_literal(struct check *check, const struct node *node, struct slice literal,
                              const char *where)
{
    struct slice raw;
    if (!next_raw(literal, 0, &raw)) {
        return false;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, E0703, node->source, passage_range(node, raw),
                    "`%.*s` would reach %s unescaped", SLICE_ARG(raw), where);
    diag_note(check->diagnostics, d, NULL, node->range,
              "a quote or `&` in an answer would alter the request; write `${name}`, which dialogc "
              "prepares");
    return true;
}

static void check_raw(struct check *check, const struct text *text, const char *where)
{
    for (size_t i = 0; i < text->count; i++) {
        if (text->parts[i].reference == NULL) {
            check_raw_literal(check, text->node, text->parts[i].literal, where);
        }
    }
}

/* A name, in which dialogc prepares nothing. */
static bool check_raw_name(struct check *check, const struct node *name, const char *where)
{
    struct slice raw;
    if (!next_raw(name->text, 0, &raw)) {
        return false;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, E0703, name->source, passage_range(name, raw),
                    "`%.*s` would be %s", SLICE_ARG(raw), where);
    diag_note(check->diagnostics, d, NULL, name->range,
              "a name cannot come from the conversation; write it out");
    return true;
}

static void check_raw_body(struct check *check, const struct body *body, const char *where)
{
    if (body->text.node != NULL) {
        check_raw(check, &body->text, where);
    }
    for (size_t i = 0; i < body->count; i++) {
        if (body->node->kind == NODE_MAPPING) {
            check_raw_name(check, body->node->members[i].key, "a name in the body");
        }
        check_raw_body(check, &body->items[i], where);
    }
}

/* ---- headers ---- */

/* A token of HTTP (RFC 9110). */
static bool is_token(struct slice name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool fits = ascii_is_word(c) || (c != '\0' && strchr("!#$%&'*+-.^`|~", c) != NULL);
        if (!fits) {
            return false;
        }
    }
    return name.length > 0;
}

static bool has_control(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c < 0x20 && c != '\t') || c == 0x7F) {
            return true;
        }
    }
    return false;
}

static void check_header_value(struct check *check, const struct node *value, struct slice name)
{
    if (value->kind == NODE_STRING && has_control(value->text)) {
        diag_report(check->diagnostics, E0706, value->source, value->range,
                    "the value of the header `%.*s` is not one line", SLICE_ARG(name));
    }
}

/* A name without what people leave out of it, in lower case: "contenttype". */
static struct slice squeezed(struct arena *arena, struct slice name)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < name.length; i++) {
        if (strchr("-_ ", name.data[i]) == NULL) {
            builder_add_char(&out, ascii_to_lower(name.data[i]));
        }
    }
    return builder_slice(&out);
}

/* Headers of RFC 9110 that requests often have; services have others of their own. False: reported.
 */
static bool check_known_header(struct check *check, const struct node *key)
{
    static const char *const known[] = {
        "Accept",        "Accept-Charset", "Accept-Encoding",   "Accept-Language",
        "Authorization", "Cache-Control",  "Content-Type",      "Content-Language",
        "If-Match",      "If-None-Match",  "If-Modified-Since", "User-Agent",
    };
    struct slice own = squeezed(check->arena, key->text);
    struct slice meant = SLICE("");
    for (size_t i = 0; i < TABLE_LENGTH(known); i++) {
        struct slice name = slice_of(known[i]);
        if (slice_equal_ignoring_case(key->text, name)) {
            return true;
        }
        struct slice other = squeezed(check->arena, name);
        bool near = other.length > 5 && suggestion_distance(own, other) == 1;
        if (slice_equal(own, other) || (near && meant.length == 0)) {
            meant = name;
        }
    }
    if (meant.length > 0) {
        struct diagnostic *d =
            diag_report(check->diagnostics, W0712, key->source, key->range,
                        "`%.*s` is not a header that servers know", SLICE_ARG(key->text));
        diag_suggest(check->diagnostics, d, meant);
    }
    return meant.length == 0;
}

/* The type of a media type, and its suffix: "application", "json". */
static bool is_type(struct slice name)
{
    static const char *const types[] = {"application", "audio", "font", "image",
                                        "message",     "model", "text", "multipart",
                                        "video",       "*",     NULL};
    return slice_is_any(name, types);
}

/* The media type that was meant by one that is nearly it; empty when it can be right. */
static struct slice meant_media_type(struct slice name)
{
    static const char *const known[] = {"application/json", "application/xml",
                                        "application/pdf",  "application/yaml",
                                        "application/zip",  "application/octet-stream",
                                        "image/jpeg",       "application/x-www-form-urlencoded",
                                        "image/png",        "multipart/form-data",
                                        "text/csv",         "text/html",
                                        "text/plain",       "text/xml"};
    struct suggestion s = suggestion_new(name);
    size_t slash = slice_find(name, "/", 0);
    struct slice own = slash == SIZE_MAX ? name : slice_part(name, slash + 1, name.length);
    for (size_t i = 0; i < TABLE_LENGTH(known); i++) {
        struct slice type = slice_of(known[i]);
        struct slice subtype = slice_part(type, slice_find(type, "/", 0) + 1, type.length);
        if (slice_equal_ignoring_case(name, type)) {
            return SLICE("");
        }
        if (slash == SIZE_MAX && slice_equal_ignoring_case(own, subtype)) {
            return type; /* `json` */
        }
        if (suggestion_distance(name, type) == 1 ||
            (slash != SIZE_MAX && !is_type(slice_part(name, 0, slash)))) {
            suggestion_offer(&s, type);
        }
    }
    return s.best;
}

/* Reports the media types of a header that are misspelt; false when one is. */
static bool check_media_types(struct check *check, const struct header *header)
{
    static const char *const names[] = {"Accept", "Content-Type"};
    bool holds_types = slice_equal_ignoring_case(header->key->text, slice_of(names[0])) ||
                       slice_equal_ignoring_case(header->key->text, slice_of(names[1]));
    if (!holds_types || header->value.has_references || header->value.has_platform) {
        return true;
    }
    const struct node *node = header->value.node;
    struct slice part;
    for (size_t at = 0; slice_next_part(node->text, ',', &at, &part);) {
        size_t end = slice_find(part, ";", 0);
        struct slice name = slice_trim(slice_part(part, 0, end == SIZE_MAX ? part.length : end));
        struct slice meant = meant_media_type(name);
        if (meant.length > 0) {
            struct diagnostic *d =
                diag_report(check->diagnostics, W0712, node->source, passage_range(node, name),
                            "`%.*s` is not a media type that servers know", SLICE_ARG(name));
            diag_suggest(check->diagnostics, d, meant);
            return false;
        }
    }
    return true;
}

/* False: the header that says what the body is has its name misspelt. */
static bool check_header(struct check *check, const struct header *header)
{
    const struct node *key = header->key;
    bool is_plain = check_known_header(check, key);
    if (!check_raw_name(check, key, "a header's name") && is_plain && !is_token(key->text)) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0706, key->source, key->range,
                        "`%.*s` is not a name that a header can have", SLICE_ARG(key->text));
        diag_note(check->diagnostics, d, NULL, key->range,
                  "such a name has letters, digits and `-`, such as `X-Request-Id`");
    }
    check_header_value(check, header->value.node, key->text);
    check_raw(check, &header->value, "a header");
    return is_plain || !slice_is(squeezed(check->arena, key->text), "contenttype");
}

/* Headers that are taken as they are: what they hold is their author's business, on one line. */
static void check_plain_headers(struct check *check, const struct node *headers)
{
    for (size_t i = 0; node_is(headers, NODE_MAPPING) && i < headers->count; i++) {
        const struct member *member = &headers->members[i];
        if (has_control(member->key->text)) {
            diag_report(check->diagnostics, E0706, member->key->source, member->key->range,
                        "`%.*s` is not a name that a header can have",
                        SLICE_ARG(member->key->text));
        }
        check_header_value(check, member->value, member->key->text);
    }
}

/* ---- bodies ---- */

PRINTF_LIKE(4, 5)
static void report_body(struct check *check, const struct node *node, const char *advice,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *d =
        diag_vreport(check->diagnostics, E0707, node->source, node->range, format, arguments);
    va_end(arguments);
    diag_note(check->diagnostics, d, NULL, node->range, "%s", advice);
}

static bool is_collection(const struct node *node)
{
    return node->kind == NODE_SEQUENCE || node->kind == NODE_MAPPING;
}

/* Whether a text is JSON, with `0` in place of its references. */
static bool is_written_json(struct check *check, const struct text *text)
{
    struct builder out = builder_new(check->arena);
    for (size_t i = 0; i < text->count; i++) {
        builder_add(&out, text->parts[i].reference != NULL ? SLICE("0") : text->parts[i].literal);
    }
    const struct node *value = json_read_quietly(check->arena, slice_trim(builder_slice(&out)));
    return value != NULL && is_collection(value);
}

/* `{"name": ${name}`: it begins like JSON, and has a key. */
static bool is_broken_json(struct slice text)
{
    bool begins = slice_starts_with(text, "{") || slice_starts_with(text, "[{");
    bool is_reference = slice_starts_with(text, "{{");
    return begins && !is_reference && slice_find(text, "\"", 0) != SIZE_MAX &&
           slice_find(text, ":", 0) != SIZE_MAX;
}

/* `name=${name}&kind=a`, without blanks. */
static bool is_written_form(struct slice text)
{
    size_t sign = slice_find(text, "=", 0);
    bool is_name = sign != SIZE_MAX && sign > 0;
    for (size_t i = 0; is_name && i < sign; i++) {
        is_name = ascii_is_word(text.data[i]);
    }
    return is_name && slice_find(text, " ", 0) == SIZE_MAX;
}

/* A sample that is JSON as text, or nearly: every reference to it would miss its part. */
static void check_samples(struct check *check, const struct service *service)
{
    const struct node *samples = check->template->imported == NULL ? service->samples : NULL;
    for (size_t i = 0; samples != NULL && i < samples->count; i++) {
        const struct node *body = node_get(samples->items[i], "body");
        struct slice text = node_is(body, NODE_STRING) ? slice_trim(body->text) : SLICE("");
        if ((slice_starts_with(text, "{") && slice_ends_with(text, "}")) ||
            (slice_starts_with(text, "[") && slice_ends_with(text, "]"))) {
            report_body(check, body, "write it as data, without the quotes: `body: {id: 7}`",
                        "the body of this sample is text");
        }
    }
}

static void check_json_text(struct check *check, const struct body *body)
{
    struct slice text = slice_trim(body->node->text);
    if (is_written_json(check, &body->text)) {
        report_body(check, body->node, "write it as data: `body: {name: \"${name}\"}`",
                    "this JSON would be sent as one string, in quotes");
    } else if (is_broken_json(text)) {
        report_body(check, body->node, "write it as data: `body: {name: \"${name}\"}`",
                    "this looks like JSON, but is not, and would be sent as one string, in quotes");
    } else if (is_written_form(text)) {
        report_body(check, body->node, "write its names and values: `form: {name: \"${name}\"}`",
                    "this text would be sent as a string of JSON, in quotes");
    } else if (slice_starts_with(text, "<") && slice_ends_with(text, ">")) {
        report_body(check, body->node,
                    "add the header `Content-Type: application/xml`, or what else it is",
                    "this text would be sent as a string of JSON, in quotes");
    }
}

/* `body` becomes a form because of a header that is easily overlooked: `form` says so. */
static void check_form_header(struct check *check, const struct raw_request *request)
{
    const struct node *node = request->body.node;
    if (strcmp(request->body_key, "body") == 0 && node->kind == NODE_MAPPING) {
        struct diagnostic *d =
            diag_report(check->diagnostics, W0711, node->source, node->range,
                        "this data is sent as a form, because the header Content-Type says so");
        diag_note(check->diagnostics, d, NULL, node->range,
                  "write `form` instead of `body`; the header is not needed then");
    }
}

/* False, with findings, for what cannot be a form. */
static bool check_form(struct check *check, const struct body *body)
{
    if (body->node->kind == NODE_STRING) {
        return true;
    }
    if (body->node->kind != NODE_MAPPING) {
        report_body(check, body->node, "write `form: {name: \"${name}\"}`",
                    "a form has names and values");
        return false;
    }
    bool fits = true;
    for (size_t i = 0; i < body->count; i++) {
        const struct body *value = &body->items[i];
        bool nested = value->node->kind == NODE_MAPPING;
        for (size_t j = 0; value->node->kind == NODE_SEQUENCE && j < value->count; j++) {
            nested = nested || is_collection(value->items[j].node);
        }
        if (nested) {
            report_body(check, value->node, "give each part a name of its own",
                        "a form has names and values, but `%.*s` has parts",
                        SLICE_ARG(body->keys[i]));
            fits = false;
        }
    }
    return fits;
}

/* `${context.csv}`, the whole of a body: a script has prepared it. */
static bool is_from_script(const struct check *check, const struct text *text)
{
    const struct reference *single = text_single(text);
    return single != NULL && reference_is_plain(single) &&
           check_resolution(check, single)->kind == REFERENCE_CONTEXT && single->count > 1 &&
           !slice_is(single->segments[1], "entities");
}

/* A request has one body, and a GET none that a server would read. */
static void check_body_keys(struct check *check, const struct service *service)
{
    static const char *const keys[] = {"form", "text", "body"};
    const struct raw_request *request = &service->request;
    const struct node *node = node_get(service->node, "request");
    for (size_t i = 0; i < TABLE_LENGTH(keys); i++) {
        const struct member *other = node_member(node, slice_of(keys[i]));
        if (other != NULL && strcmp(keys[i], request->body_key) != 0) {
            report_body(check, other->key, "keep one of them",
                        "a request has one body, but this one has `%s` and `%s`", request->body_key,
                        keys[i]);
        }
    }
    if (slice_is(request->method, "GET")) {
        const struct node *key = node_member(node, slice_of(request->body_key))->key;
        struct diagnostic *d = diag_report(check->diagnostics, W0710, key->source, key->range,
                                           "servers ignore the body of a GET request");
        diag_note(check->diagnostics, d, NULL, key->range,
                  "write the values under `query`, or another method");
    }
}

/* What `form` and `text` are must not be denied by a header. */
static void check_content_type(struct check *check, const struct raw_request *request)
{
    bool is_form = strcmp(request->body_key, "form") == 0;
    for (size_t i = 0; i < request->header_count; i++) {
        const struct header *header = &request->headers[i];
        bool is_type = slice_equal_ignoring_case(header->key->text, SLICE("Content-Type"));
        if (!is_form || !is_type || header->value.has_references || header->value.has_platform) {
            continue;
        }
        if (media_type_form(text_fixed(&header->value)) != BODY_FORM) {
            report_body(check, header->value.node,
                        "remove the header, or write `body` instead of `form`",
                        "`form` is sent as application/x-www-form-urlencoded");
        }
    }
}

/* HTML has elements that nobody closes. */
static void check_xml(struct check *check, const struct raw_request *request)
{
    bool is_html = check->template->imported != NULL;
    for (size_t i = 0; i < request->header_count; i++) {
        const struct node *value = request->headers[i].value.node;
        is_html = is_html || slice_find(value->text, "html", 0) != SIZE_MAX;
    }
    if (!is_html) {
        check_xml_body(check, request->body.node);
    }
}

static void check_body(struct check *check, const struct service *service)
{
    const struct raw_request *request = &service->request;
    const struct node *node = request->body.node;
    if (node == NULL) {
        return;
    }
    check_body_keys(check, service);
    check_content_type(check, request);
    switch (request->form) {
    case BODY_JSON:
        if (node->kind == NODE_STRING) {
            check_json_text(check, &request->body);
        }
        break;
    case BODY_FORM:
        if (check_form(check, &request->body)) {
            check_form_header(check, request);
        }
        break;
    case BODY_XML:
    case BODY_TEXT:
    case BODY_OTHER:
        if (node->kind != NODE_STRING) {
            report_body(check, node,
                        "write the text, or `Content-Type: application/json` for this data",
                        "%s is text, not data",
                        request->form == BODY_OTHER ? "a body of this Content-Type"
                                                    : body_form_name(request->form));
        } else if (request->form == BODY_XML) {
            check_xml(check, request);
        } else if (request->form == BODY_OTHER && request->body.text.has_references &&
                   !is_from_script(check, &request->body.text)) {
            report_body(
                check, node,
                "it can do so in JSON, forms (application/x-www-form-urlencoded), XML, HTML "
                "and plain text; let a script make any other body, and write "
                "`body: \"${context.NAME}\"`",
                "dialogc cannot escape values for a body of this Content-Type");
        }
        break;
    }
}

/* ---- the parts of a service ---- */

static void check_operation(struct check *check, const struct salesforce_request *request)
{
    check_raw(check, &request->id, "a URL");
    check_raw(check, &request->term, "a search");
    for (size_t i = 0; i < request->query.count; i++) {
        const struct soql_piece *piece = &request->query.pieces[i];
        check_raw_literal(check, piece->node, piece->text, "a query");
    }
    check_raw_body(check, &request->fields, body_form_name(BODY_JSON));
}

static void check_request(struct check *check, const struct service *service)
{
    const struct raw_request *request = &service->request;
    check_raw(check, &request->url, "a URL");
    check_raw_body(check, &request->body, body_form_name(request->form));
    for (size_t i = 0; i < request->parameter_count; i++) {
        check_raw_name(check, request->parameters[i].key, "a name in the URL");
        check_raw(check, &request->parameters[i].value, "a URL");
    }
    bool is_typed = true;
    for (size_t i = 0; i < request->header_count; i++) {
        is_typed = check_header(check, &request->headers[i]) && is_typed;
        is_typed = check_media_types(check, &request->headers[i]) && is_typed;
    }
    if (is_typed) {
        check_body(check, service);
    }
    check_request_needs(check, service);
    check_request_url(check, service);
}

void check_requests(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        check_plain_headers(check, service->headers);
        check_samples(check, service);
        switch (service->kind) {
        case SERVICE_SALESFORCE:
            check_operation(check, &service->salesforce);
            break;
        case SERVICE_REQUEST:
            check_request(check, service);
            break;
        case SERVICE_VERBATIM:
            check_plain_headers(check, node_get(service->verbatim, "headers"));
            break;
        case SERVICE_DATA_TABLE:
            break;
        }
    }
}
