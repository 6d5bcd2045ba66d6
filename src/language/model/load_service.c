/* Loading services: Salesforce operations, by what their routes take, and raw requests. */
#include "base/table.h"
#include "language/model/load.h"

struct body load_body(struct loader *loader, const struct node *node, enum reference_use use,
                      struct references *list)
{
    struct body body = {.node = node};
    if (node == NULL) {
        return body;
    }
    if (node->kind == NODE_STRING) {
        body.text = text_parse(&loader->texts, node, use, list);
    } else if (node->kind == NODE_SEQUENCE || node->kind == NODE_MAPPING) {
        bool is_list = node->kind == NODE_SEQUENCE;
        body.count = node->count;
        struct body *items = arena_alloc_array(loader->arena, node->count, sizeof *items);
        struct slice *keys = arena_alloc_array(loader->arena, node->count, sizeof *keys);
        body.items = items;
        body.keys = keys;
        for (size_t i = 0; i < node->count; i++) {
            const struct node *item = is_list ? node->items[i] : node->members[i].value;
            keys[i] = is_list ? SLICE("") : node->members[i].key->text;
            items[i] = load_body(loader, item, use, list);
        }
    }
    return body;
}

/* Scalars that are no text (a number as a query parameter) become text as written. */
static struct text load_scalar(struct loader *loader, const struct node *node,
                               enum reference_use use, struct references *list)
{
    if (node->kind != NODE_BOOLEAN) {
        return text_parse(&loader->texts, node, use, list);
    }
    struct node *text = arena_alloc(loader->arena, sizeof *text);
    *text = *node;
    text->kind = NODE_STRING;
    text->text = node->boolean ? SLICE("true") : SLICE("false");
    return text_parse(&loader->texts, text, use, list);
}

static struct header *load_headers(struct loader *loader, const struct node *node, size_t *count,
                                   enum reference_use use, struct references *list)
{
    if (node == NULL) {
        return NULL;
    }
    struct header *headers = arena_alloc_array(loader->arena, node->count, sizeof *headers);
    *count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        headers[i].key = node->members[i].key;
        headers[i].value = load_scalar(loader, node->members[i].value, use, list);
    }
    return headers;
}

/* The operation whose key a service has; the schema lets through no other. */
static enum operation find_operation(const struct node *node)
{
    unsigned i = 0;
    while (i < OPERATION_NONE && node_get(node, operation_info((enum operation)i)->key) == NULL) {
        i++;
    }
    const struct node *search =
        i == OPERATION_SEARCH ? node_get(node, operation_key(OPERATION_SEARCH)) : NULL;
    bool is_written = search != NULL && sosl_is_search(search->text);
    return is_written ? OPERATION_SOSL : (enum operation)i;
}

static void load_part(struct loader *loader, struct service *service, const struct node *node,
                      enum route_part part)
{
    struct salesforce_request *request = &service->salesforce;
    struct references *list = &service->references;
    const char *key = route_part_key(part);
    switch (part) {
    case PART_OBJECT:
        request->object = request->node->text;
        request->sobject =
            sobject_find(loader->template->project->catalog, request->object, loader->arena);
        break;
    case PART_QUERY:
        load_query(loader, request, request->node, list);
        break;
    case PART_SOSL:
        load_search(loader, request, request->node, list);
        break;
    case PART_ID:
    case PART_VALUE:
        request->id = load_text(loader, node, key, USE_URL_PART, list);
        break;
    case PART_EXTERNAL:
        request->external = node_get(node, key);
        break;
    case PART_FIELDS:
        request->field_list = node_get(node, key);
        break;
    case PART_TERM:
        request->term = load_text(loader, node, key, USE_SEARCH, list);
        break;
    case PART_LIMIT:
        request->limit = node_integer(node_get(node, key), 10);
        break;
    }
}

static void load_salesforce(struct loader *loader, struct service *service, const struct node *node)
{
    enum operation operation = find_operation(node);
    service->salesforce.operation = operation;
    service->salesforce.node = node_get(node, operation_key(operation));
    struct slice route = slice_of(operation_info(operation)->route);
    struct route_piece piece;
    while (route_take(&route, &piece)) {
        if (piece.kind == ROUTE_PART) {
            load_part(loader, service, node, piece.part);
        }
    }
    if (operation_writes(operation)) {
        service->salesforce.fields =
            load_body(loader, node_get(node, "fields"), USE_BODY, &service->references);
    }
}

/*
 * What the key of the body says, else the headers, else JSON; what they say must be known when
 * dialogc runs. In a text that is JSON nothing can be escaped but as data.
 */
static enum body_form form_of(const struct raw_request *request)
{
    bool is_text = strcmp(request->body_key, "text") == 0;
    if (strcmp(request->body_key, "form") == 0) {
        return BODY_FORM;
    }
    for (size_t i = 0; i < request->header_count; i++) {
        const struct header *header = &request->headers[i];
        if (slice_equal_ignoring_case(header->key->text, SLICE("Content-Type"))) {
            bool fixed = !header->value.has_references && !header->value.has_platform;
            enum body_form form = fixed ? media_type_form(text_fixed(&header->value)) : BODY_OTHER;
            return is_text && form == BODY_JSON ? BODY_OTHER : form;
        }
    }
    return is_text ? BODY_TEXT : BODY_JSON;
}

static void load_request(struct loader *loader, struct service *service, const struct node *node)
{
    struct raw_request *request = &service->request;
    struct references *list = &service->references;
    request->method = node_get(node, "method")->text;
    request->url = load_text(loader, node, "url", USE_URL_PART, list);
    request->parameters = load_headers(loader, node_get(node, "query"), &request->parameter_count,
                                       USE_URL_PART, list);
    request->headers =
        load_headers(loader, node_get(node, "headers"), &request->header_count, USE_HEADER, list);
    static const char *const keys[] = {"form", "text", "body"};
    size_t key = 0;
    while (key + 1 < TABLE_LENGTH(keys) && node_get(node, keys[key]) == NULL) {
        key++;
    }
    request->body_key = keys[key];
    request->form = form_of(request);
    request->body = load_body(loader, node_get(node, keys[key]),
                              request->form == BODY_JSON ? USE_BODY : USE_TEXT, list);
}

/* What the service is; the schema lets exactly one of the keys through. */
static void load_kind(struct loader *loader, struct service *service, const struct node *node)
{
    static const struct {
        const char *key;
        enum service_kind kind;
    } kinds[] = {{"salesforce", SERVICE_SALESFORCE},
                 {"request", SERVICE_REQUEST},
                 {"verbatim", SERVICE_VERBATIM},
                 {"dataTable", SERVICE_DATA_TABLE}};
    size_t i = 0;
    while (i + 1 < TABLE_LENGTH(kinds) && node_get(node, kinds[i].key) == NULL) {
        i++;
    }
    const struct node *value = node_get(node, kinds[i].key);
    service->kind = kinds[i].kind;
    switch (service->kind) {
    case SERVICE_SALESFORCE:
        load_salesforce(loader, service, value);
        break;
    case SERVICE_REQUEST:
        load_request(loader, service, value);
        break;
    case SERVICE_VERBATIM:
        service->verbatim = value;
        break;
    case SERVICE_DATA_TABLE:
        service->data_table = value;
        break;
    }
}

void load_services(struct loader *loader, const struct node *node)
{
    struct template *template = loader->template;
    size_t count = node != NULL ? node->count : 0;
    /* one more than written: dialogc may add the sub-domain service */
    loader->services = arena_alloc_array(loader->arena, count + 1, sizeof *loader->services);
    template->services = loader->services;
    template->service_count = count;
    for (size_t i = 0; i < count; i++) {
        struct service *service = &loader->services[i];
        const struct node *value = node->members[i].value;
        service->key = node->members[i].key;
        service->name = service->key->text;
        service->node = value;
        service->index = i;
        service->auth_node = node_get(value, "auth");
        service->auth = load_slice(value, "auth", "");
        service->timeout = node_integer(node_get(value, "timeout"), 20);
        service->samples = node_get(value, "samples");
        service->label = texts_parse_fixed(&loader->texts, node_get(value, "label"));
        struct member *unprepared = node_member(value, SLICE("unprepared"));
        service->unprepared =
            unprepared != NULL && unprepared->value->boolean ? unprepared->key : NULL;
        service->headers = node_get(value, "headers");
        load_kind(loader, service, value);
        map_add(&template->service_names, service->name, service);
    }
}

static bool uses_instance(const struct references *list)
{
    for (const struct reference *r = list->first; r != NULL; r = r->next) {
        if (slice_is(r->segments[0], "instanceUrl")) {
            return true;
        }
    }
    return false;
}

void load_userinfo_service(struct loader *loader)
{
    struct template *template = loader->template;
    bool used = false;
    for (size_t i = 0; i < template->message_count; i++) {
        used = used || uses_instance(&template->messages[i].references);
    }
    bool taken = false;
    for (size_t i = 0; i < template->service_count; i++) {
        taken = taken || slice_is(template->services[i].name, "subDomainService");
    }
    if (!used || !template->salesforce || taken || template_userinfo_service(template) != NULL) {
        return;
    }
    struct service *service = &loader->services[template->service_count];
    service->name = SLICE("subDomainService");
    service->kind = SERVICE_SALESFORCE;
    service->salesforce.operation = OPERATION_USERINFO;
    service->timeout = 20;
    service->index = template->service_count++;
    map_add(&template->service_names, service->name, service);
}
