/* Loading services: Salesforce operations, by what their routes take, and raw requests. */
#include "language/model/load.h"

static struct body load_body(struct loader *loader, const struct node *node,
                             struct references *list)
{
    struct body body = {.node = node};
    if (node == NULL) {
        return body;
    }
    if (node->kind == NODE_STRING) {
        body.text = text_parse(&loader->texts, node, USE_BODY, list);
    } else if (node->kind == NODE_SEQUENCE || node->kind == NODE_MAPPING) {
        bool is_list = node->kind == NODE_SEQUENCE;
        body.count = node->count;
        body.items = arena_alloc_array(loader->arena, node->count, sizeof *body.items);
        body.keys = arena_alloc_array(loader->arena, node->count, sizeof *body.keys);
        for (size_t i = 0; i < node->count; i++) {
            const struct node *item = is_list ? node->items[i] : node->members[i].value;
            body.keys[i] = is_list ? SLICE("") : node->members[i].key->text;
            body.items[i] = load_body(loader, item, list);
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
    return (enum operation)i;
}

static void load_part(struct loader *loader, struct service *service, const struct node *node,
                      enum route_part part)
{
    struct references *list = &service->references;
    const char *key = route_part_key(part);
    switch (part) {
    case PART_OBJECT:
        service->object = service->object_node->text;
        service->sobject =
            sobject_find(loader->template->project->catalog, service->object, loader->arena);
        break;
    case PART_QUERY:
        load_query(loader, service, service->object_node);
        break;
    case PART_ID:
    case PART_VALUE:
        service->id = load_text(loader, node, key, USE_URL_PART, list);
        break;
    case PART_EXTERNAL:
        service->external = load_slice(node, key, "");
        break;
    case PART_FIELDS:
        service->field_list = node_get(node, key);
        break;
    case PART_TERM:
        service->term = load_text(loader, node, key, USE_SEARCH, list);
        break;
    case PART_LIMIT:
        service->limit = node_integer(node_get(node, key), 10);
        break;
    }
}

static void load_salesforce(struct loader *loader, struct service *service, const struct node *node)
{
    service->operation = find_operation(node);
    const struct operation_info *info = operation_info(service->operation);
    service->object_node = node_get(node, info->key);
    struct slice route = slice_of(info->route);
    struct route_piece piece;
    while (route_take(&route, &piece)) {
        if (piece.kind == ROUTE_PART) {
            load_part(loader, service, node, piece.part);
        }
    }
    if (operation_writes(service->operation)) {
        service->fields = load_body(loader, node_get(node, "fields"), &service->references);
    }
}

static void load_request(struct loader *loader, struct service *service, const struct node *node)
{
    struct references *list = &service->references;
    service->method = node_get(node, "method")->text;
    service->url = load_text(loader, node, "url", USE_URL_PART, list);
    service->parameters = load_headers(loader, node_get(node, "query"), &service->parameter_count,
                                       USE_URL_PART, list);
    service->headers =
        load_headers(loader, node_get(node, "headers"), &service->header_count, USE_HEADER, list);
    service->request_body = load_body(loader, node_get(node, "body"), list);
}

void load_services(struct loader *loader, const struct node *node)
{
    struct template *template = loader->template;
    size_t count = node != NULL ? node->count : 0;
    /* one more than written: dialogc may add the sub-domain service */
    template->services = arena_alloc_array(loader->arena, count + 1, sizeof *template->services);
    template->service_count = count;
    for (size_t i = 0; i < count; i++) {
        struct service *service = &template->services[i];
        const struct node *value = node->members[i].value;
        service->key = node->members[i].key;
        service->name = service->key->text;
        service->node = value;
        service->arena = loader->arena;
        service->index = i;
        service->auth_node = node_get(value, "auth");
        service->auth = load_slice(value, "auth", "");
        service->timeout = node_integer(node_get(value, "timeout"), 20);
        service->samples = node_get(value, "samples");
        service->label = texts_parse_fixed(&loader->texts, node_get(value, "label"));
        struct member *unprepared = node_member(value, SLICE("unprepared"));
        service->unprepared =
            unprepared != NULL && unprepared->value->boolean ? unprepared->key : NULL;
        service->headers_as_they_are = node_get(value, "headers");
        service->verbatim = node_get(value, "verbatim");
        service->data_table = node_get(value, "dataTable");
        service->operation = OPERATION_NONE;
        const struct node *salesforce = node_get(value, "salesforce");
        if (salesforce != NULL) {
            load_salesforce(loader, service, salesforce);
        } else if (service->verbatim == NULL && service->data_table == NULL) {
            load_request(loader, service, node_get(value, "request"));
        }
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
    struct service *service = &template->services[template->service_count];
    service->name = SLICE("subDomainService");
    service->operation = OPERATION_USERINFO;
    service->arena = loader->arena;
    service->timeout = 20;
    service->index = template->service_count++;
}
