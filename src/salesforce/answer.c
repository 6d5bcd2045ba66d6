/*
 * The form of an answer is a small table of paths: "searchRecords[].attributes.type". A list
 * index or an `item` matches `[]`; `*` matches any key. Samples are walked as the trees they are.
 */
#include "salesforce/answer.h"

struct path {
    const char *text;
    enum value_kind kind;
};

static const struct path created[] = {
    {"id", VALUE_TEXT}, {"success", VALUE_BOOLEAN}, {"errors", VALUE_LIST}, {NULL, VALUE_ANY}};
static const struct path upserted[] = {{"id", VALUE_TEXT},
                                       {"success", VALUE_BOOLEAN},
                                       {"errors", VALUE_LIST},
                                       {"created", VALUE_BOOLEAN},
                                       {NULL, VALUE_ANY}};
static const struct path listed[] = {{"objectDescribe", VALUE_OBJECT},
                                     {"objectDescribe.*", VALUE_ANY},
                                     {"recentItems", VALUE_LIST},
                                     {"recentItems[]", VALUE_OBJECT},
                                     {"recentItems[].attributes", VALUE_OBJECT},
                                     {"recentItems[].attributes.type", VALUE_TEXT},
                                     {"recentItems[].attributes.url", VALUE_TEXT},
                                     {"recentItems[].Id", VALUE_TEXT},
                                     {"recentItems[].Name", VALUE_TEXT},
                                     {NULL, VALUE_ANY}};
static const struct path searched[] = {{"searchRecords", VALUE_LIST},
                                       {"searchRecords[]", VALUE_OBJECT},
                                       {"searchRecords[].attributes", VALUE_OBJECT},
                                       {"searchRecords[].attributes.type", VALUE_TEXT},
                                       {"searchRecords[].attributes.url", VALUE_TEXT},
                                       {"searchRecords[].Id", VALUE_TEXT},
                                       {NULL, VALUE_ANY}};
static const struct path queried[] = {{"totalSize", VALUE_NUMBER},
                                      {"done", VALUE_BOOLEAN},
                                      {"nextRecordsUrl", VALUE_TEXT},
                                      {"records", VALUE_LIST},
                                      {"records[]", VALUE_OBJECT},
                                      {"records[].*", VALUE_ANY},
                                      {NULL, VALUE_ANY}};
static const struct path user[] = {{"id", VALUE_TEXT},
                                   {"user_id", VALUE_TEXT},
                                   {"organization_id", VALUE_TEXT},
                                   {"name", VALUE_TEXT},
                                   {"email", VALUE_TEXT},
                                   {"preferred_username", VALUE_TEXT},
                                   {"given_name", VALUE_TEXT},
                                   {"family_name", VALUE_TEXT},
                                   {"urls", VALUE_OBJECT},
                                   {"urls.custom_domain", VALUE_TEXT},
                                   {"urls.rest", VALUE_TEXT},
                                   {"urls.*", VALUE_TEXT},
                                   {"locale", VALUE_TEXT},
                                   {"language", VALUE_TEXT},
                                   {NULL, VALUE_ANY}};
static const struct path record[] = {{"attributes", VALUE_OBJECT},
                                     {"attributes.type", VALUE_TEXT},
                                     {"attributes.url", VALUE_TEXT},
                                     {"Id", VALUE_TEXT},
                                     {NULL, VALUE_ANY}};

/* The form of a service's answer; NULL when it is not known. */
static const struct path *form_of(const struct service *service)
{
    switch (service->operation) {
    case OPERATION_CREATE:
        return created;
    case OPERATION_UPSERT:
        return upserted;
    case OPERATION_LIST:
        return listed;
    case OPERATION_SEARCH:
        return searched;
    case OPERATION_QUERY:
        return queried;
    case OPERATION_USERINFO:
        return user;
    case OPERATION_RETRIEVE:
        return service->field_list != NULL ? record : NULL;
    default:
        return NULL;
    }
}

/* Where fields that were asked for stand in the answer. */
static const char *fields_prefix(const struct service *service)
{
    return service->operation == OPERATION_SEARCH     ? "searchRecords[]"
           : service->operation == OPERATION_RETRIEVE ? ""
                                                      : NULL;
}

/*
 * How many segments of the reference (from `from`) match the start of `path`; the rest of the
 * path, its next key, goes to `*next`.
 */
static size_t match_path(struct slice path, const struct reference *reference, size_t from,
                         struct slice *next)
{
    size_t at = 0;
    size_t segment = from;
    *next = SLICE("");
    while (at < path.length) {
        size_t start = at;
        bool index = path.data[at] == '[';
        while (at < path.length && path.data[at] != '.' && (path.data[at] != '[' || at == start)) {
            at++;
        }
        struct slice key = slice_part(path, start, at);
        at += at < path.length && path.data[at] == '.';
        *next = index ? SLICE("") : key;
        if (segment == reference->count) {
            return segment - from;
        }
        char first = reference->segments[segment].data[0];
        bool number = first >= '0' && first <= '9';
        bool matches =
            index ? number : slice_is(key, "*") || slice_equal(key, reference->segments[segment]);
        if (!matches) {
            return segment - from;
        }
        segment++;
        *next = SLICE("");
    }
    return segment - from;
}

static size_t count_keys(struct slice path)
{
    size_t keys = path.length > 0;
    for (size_t i = 1; i < path.length; i++) {
        keys += path.data[i] == '.' || path.data[i] == '[';
    }
    return keys;
}

struct search {
    const struct reference *reference;
    size_t from;
    size_t count;   /* segments to match, without a final `length` of a list */
    size_t deepest; /* segments matched at best */
    bool found;
    enum value_kind kind;
};

static void try_path(struct search *search, struct slice path, enum value_kind kind,
                     size_t offer_at, void (*offer)(void *, struct slice), void *context)
{
    struct slice next;
    size_t matched = match_path(path, search->reference, search->from, &next);
    size_t keys = count_keys(path);
    if (offer != NULL && matched == offer_at && next.length > 0 && !slice_is(next, "*")) {
        offer(context, next);
    }
    search->deepest = matched > search->deepest ? matched : search->deepest;
    if (matched == search->count && keys == search->count) {
        search->found = true;
        search->kind = search->kind == VALUE_ANY ? kind : search->kind;
    }
}

static void try_form(struct search *search, const struct service *service, size_t offer_at,
                     void (*offer)(void *, struct slice), void *context)
{
    const struct path *form = form_of(service);
    const char *prefix = fields_prefix(service);
    for (const struct path *p = form; p != NULL && p->text != NULL; p++) {
        try_path(search, slice_of(p->text), p->kind, offer_at, offer, context);
    }
    const struct node *fields = service->field_list;
    for (size_t i = 0; form != NULL && prefix != NULL && fields != NULL && i < fields->count; i++) {
        char path[512];
        struct slice field = fields->items[i]->text;
        size_t length = strlen(prefix);
        if (length + field.length + 1 < sizeof path) {
            memcpy(path, prefix, length);
            path[length] = '.';
            size_t skip = length == 0 ? 1 : 0;
            memcpy(path + length + 1, field.data, field.length);
            struct slice whole = {path + skip, length + 1 + field.length - skip};
            try_path(search, whole, VALUE_ANY, offer_at, offer, context);
        }
    }
}

static enum value_kind kind_of_node(const struct node *node)
{
    switch (node->kind) {
    case NODE_STRING:
        return VALUE_TEXT;
    case NODE_INTEGER:
    case NODE_FLOAT:
        return VALUE_NUMBER;
    case NODE_BOOLEAN:
        return VALUE_BOOLEAN;
    case NODE_SEQUENCE:
        return VALUE_LIST;
    case NODE_MAPPING:
        return VALUE_OBJECT;
    default:
        return VALUE_ANY;
    }
}

static void try_tree(struct search *search, const struct node *node, size_t offer_at,
                     void (*offer)(void *, struct slice), void *context)
{
    size_t matched = 0;
    while (node != NULL && matched < search->count) {
        struct slice segment = search->reference->segments[search->from + matched];
        const struct node *next = NULL;
        if (node->kind == NODE_SEQUENCE && segment.data[0] >= '0' && segment.data[0] <= '9') {
            next = node->count > 0 ? node->items[0] : NULL;
        } else if (node->kind == NODE_MAPPING) {
            struct member *member = node_member(node, segment);
            next = member != NULL ? member->value : NULL;
        }
        if (next == NULL) {
            break;
        }
        node = next;
        matched++;
    }
    if (offer != NULL && matched == offer_at && node_is(node, NODE_MAPPING)) {
        for (size_t i = 0; i < node->count; i++) {
            offer(context, node->members[i].key->text);
        }
    }
    search->deepest = matched > search->deepest ? matched : search->deepest;
    if (matched == search->count && node != NULL) {
        search->found = true;
        search->kind = search->kind == VALUE_ANY ? kind_of_node(node) : search->kind;
    }
}

static bool try_samples(struct search *search, const struct service *service, size_t offer_at,
                        void (*offer)(void *, struct slice), void *context)
{
    bool any = false;
    for (size_t i = 0; service->samples != NULL && i < service->samples->count; i++) {
        const struct node *sample = service->samples->items[i];
        const struct node *body = node_get(sample, "body");
        if (node_integer(node_get(sample, "status"), 0) < 400 && body != NULL) {
            any = true;
            try_tree(search, body, offer_at, offer, context);
        }
    }
    return any;
}

static bool has_empty_answer(const struct service *service)
{
    return service->operation == OPERATION_UPDATE || service->operation == OPERATION_DELETE;
}

enum answer_fact answer_look_up(const struct service *service, const struct reference *reference,
                                size_t from, enum value_kind *kind, size_t *segment,
                                void (*offer)(void *context, struct slice name), void *context)
{
    *kind = VALUE_ANY;
    *segment = from;
    if (has_empty_answer(service)) {
        return ANSWER_EMPTY;
    }
    struct search search = {.reference = reference, .from = from, .count = reference->count - from};
    try_form(&search, service, SIZE_MAX, NULL, NULL);
    bool sampled = try_samples(&search, service, SIZE_MAX, NULL, NULL);
    if (search.count == 0) {
        *kind = VALUE_OBJECT;
        return ANSWER_FOUND;
    }
    bool length = slice_is(reference->segments[reference->count - 1], "length");
    if (!search.found && length && search.deepest >= search.count - 1) {
        struct search list = {.reference = reference, .from = from, .count = search.count - 1};
        try_form(&list, service, SIZE_MAX, NULL, NULL);
        try_samples(&list, service, SIZE_MAX, NULL, NULL);
        if (list.found &&
            (list.kind == VALUE_LIST || list.kind == VALUE_TEXT || list.kind == VALUE_ANY)) {
            *kind = VALUE_NUMBER;
            return ANSWER_FOUND;
        }
    }
    if (search.found) {
        *kind = search.kind;
        return ANSWER_FOUND;
    }
    bool complete = form_of(service) != NULL;
    if (!complete && !(sampled && service->operation == OPERATION_REQUEST)) {
        return ANSWER_UNKNOWN;
    }
    *segment = from + search.deepest;
    struct search again = {.reference = reference, .from = from, .count = search.count};
    try_form(&again, service, search.deepest, offer, context);
    try_samples(&again, service, search.deepest, offer, context);
    return ANSWER_NOT_FOUND;
}
