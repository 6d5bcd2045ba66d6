/*
 * The form of an answer is a small table of paths: "searchRecords[].attributes.type". A list
 * index or an `item` matches `[]`; `*` matches any key. The fields of a record are those of its
 * object, or those that a query selects. Samples are walked as the trees they are.
 */
#include "language/operation/response.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/date.h"
#include "salesforce/path.h"

enum { BODY = 2 }; /* the segments of a reference behind `service.body` begin here */

/* What stands at a place of an answer, by the words of operation.def. */
static enum value_kind kind_of_word(struct slice word)
{
    static const struct {
        const char *word;
        enum value_kind kind;
    } kinds[] = {{"text", VALUE_TEXT}, {"number", VALUE_NUMBER}, {"boolean", VALUE_BOOLEAN},
                 {"list", VALUE_LIST}, {"object", VALUE_OBJECT}, {"any", VALUE_ANY}};
    size_t i = 0;
    while (i + 1 < sizeof kinds / sizeof kinds[0] && !slice_is(word, kinds[i].word)) {
        i++;
    }
    return kinds[i].kind;
}

/* Takes "id:text " off the body of an answer; false at its end. */
static bool take_path(struct slice *body, struct slice *path, enum value_kind *kind)
{
    if (body->length == 0) {
        return false;
    }
    size_t colon = slice_find(*body, ":", 0);
    size_t space = slice_find(*body, " ", colon);
    size_t end = space == SIZE_MAX ? body->length : space;
    *path = slice_part(*body, 0, colon);
    *kind = kind_of_word(slice_part(*body, colon + 1, end));
    *body = slice_part(*body, space == SIZE_MAX ? end : end + 1, body->length);
    return true;
}

/*
 * How many segments of the reference behind `service.body` match the start of `path`; the rest of
 * the path, its next key, goes to `*next`.
 */
static size_t match_path(struct slice path, const struct reference *reference, struct slice *next)
{
    size_t at = 0;
    size_t segment = BODY;
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
            return segment - BODY;
        }
        char first = reference->segments[segment].data[0];
        bool number = first >= '0' && first <= '9';
        bool matches =
            index ? number : slice_is(key, "*") || slice_equal(key, reference->segments[segment]);
        if (!matches) {
            return segment - BODY;
        }
        segment++;
        *next = SLICE("");
    }
    return segment - BODY;
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
    size_t count;   /* segments to match, without a final `length` of a list */
    size_t deepest; /* segments matched at best */
    bool found;
    enum value_kind kind;
};

static void try_path(struct search *search, struct slice path, enum value_kind kind,
                     size_t offer_at, void (*offer)(void *, struct slice), void *context)
{
    struct slice next;
    size_t matched = match_path(path, search->reference, &next);
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
    struct slice body = slice_of(operation_info(service_operation(service))->body);
    struct slice path;
    enum value_kind kind;
    while (take_path(&body, &path, &kind)) {
        try_path(search, path, kind, offer_at, offer, context);
    }
}

/* ---- records ---- */

static enum value_kind kind_of_field(const struct sobject_field *field)
{
    if (field_type_is_number(field->type)) {
        return VALUE_NUMBER;
    }
    switch (field->type) {
    case FIELD_BOOLEAN:
        return VALUE_BOOLEAN;
    case FIELD_DATE:
    case FIELD_DATETIME:
        return VALUE_DATE;
    case FIELD_ADDRESS:
    case FIELD_LOCATION:
        return VALUE_OBJECT;
    case FIELD_ANY:
        return VALUE_ANY;
    case FIELD_ID:
    case FIELD_STRING:
    case FIELD_TEXTAREA:
    case FIELD_ENCRYPTED:
    case FIELD_PICKLIST:
    case FIELD_MULTIPICKLIST:
    case FIELD_COMBOBOX:
    case FIELD_INT:
    case FIELD_LONG:
    case FIELD_DOUBLE:
    case FIELD_CURRENCY:
    case FIELD_PERCENT:
    case FIELD_TIME:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_URL:
    case FIELD_REFERENCE:
    case FIELD_BASE64:
        break;
    }
    return VALUE_TEXT;
}

size_t response_record_at(const struct service *service, const struct reference *reference)
{
    const struct operation_info *info = operation_info(service_operation(service));
    if (info->reads == READS_NOTHING) {
        return SIZE_MAX;
    }
    if (info->records == NULL) {
        return BODY;
    }
    bool matches = reference->count >= BODY + 2 &&
                   slice_is(reference->segments[BODY], info->records) &&
                   ascii_is_digit(reference->segments[BODY + 1].data[0]);
    return matches ? BODY + 2 : SIZE_MAX;
}

/* "expr0", "expr1": how an answer names functions without alias. */
static struct slice item_key(struct arena *arena, const struct soql_item *item, size_t number)
{
    return item->alias.length > 0 ? item->alias : arena_printf(arena, "expr%zu", number);
}

static enum value_kind kind_of_item(const struct sobject *object, const struct soql_item *item)
{
    enum soql_function function = item->function;
    if (item->kind == SOQL_SUBQUERY) {
        return VALUE_OBJECT;
    }
    if (item->kind != SOQL_FIELD || function == SOQL_FORMAT || function == SOQL_TOLABEL) {
        return item->kind == SOQL_FIELD ? VALUE_TEXT : VALUE_ANY;
    }
    if (soql_function_is_number(function)) {
        return VALUE_NUMBER;
    }
    const struct sobject_field *field = object != NULL && item->path.count == 1
                                            ? sobject_field(object, item->path.segments[0])
                                            : NULL;
    bool same = function == SOQL_NO_FUNCTION || function == SOQL_MIN || function == SOQL_MAX;
    return field != NULL && same ? kind_of_field(field) : VALUE_ANY;
}

/* Fields of a query that selects no others than those written. */
static enum response_fact look_up_selected(struct arena *arena,
                                           const struct salesforce_request *request,
                                           const struct slice *segments, size_t count,
                                           enum value_kind *kind, size_t *deepest,
                                           void (*offer)(void *, struct slice), void *context)
{
    const struct soql *soql = request->query.soql;
    enum response_fact fact = RESPONSE_NOT_FOUND;
    size_t functions = 0;
    /* there are fields that only the organisation can name, or the id alone of a search */
    bool unknown = soql->item_count == 0;
    *deepest = 0;
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        struct slice key;
        const struct slice *path = item->path.segments;
        size_t length = item->path.count;
        if (item->kind == SOQL_SUBQUERY) { /* a list of records, as of a query of its own */
            path = item->subquery->from.segments;
            length = item->subquery->from.count;
        } else if (item->kind == SOQL_FIELDS || item->kind == SOQL_TYPEOF) {
            unknown = true;
            continue;
        } else if (item->alias.length > 0 || !soql_function_keeps_value(item->function) ||
                   (item->function != SOQL_NO_FUNCTION && soql->aggregates)) {
            key = item_key(arena, item, functions);
            functions += item->alias.length == 0;
            path = &key;
            length = 1;
        } else if (soql->aggregates && length > 1) { /* groups name the last part only */
            path = &item->path.segments[length - 1];
            length = 1;
        }
        size_t same = 0;
        while (same < length && same < count && slice_equal(path[same], segments[same])) {
            same++;
        }
        *deepest = same > *deepest ? same : *deepest;
        if (same == count) {
            fact = RESPONSE_FOUND;
            *kind = same < length ? VALUE_OBJECT : kind_of_item(request->sobject, item);
        } else if (same == length && kind_of_item(request->sobject, item) == VALUE_OBJECT) {
            fact = RESPONSE_FOUND; /* a part of an address */
            *kind = VALUE_ANY;
        }
        if (offer != NULL && length > 0) {
            offer(context, path[0]);
        }
    }
    return fact == RESPONSE_NOT_FOUND && unknown ? RESPONSE_UNKNOWN : fact;
}

static void offer_fields(const struct sobject *object, void (*offer)(void *, struct slice),
                         void *context)
{
    for (size_t i = 0; offer != NULL && object != NULL && i < object->field_count; i++) {
        offer(context, object->fields[i].name);
    }
}

/* The recently viewed records have their id and name only. */
static enum response_fact look_up_recent(const struct sobject *object, struct slice name,
                                         void (*offer)(void *, struct slice), void *context)
{
    bool found = slice_is(name, "Id") || (object == NULL && slice_is(name, "Name"));
    for (size_t i = 0; object != NULL && i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        found = found || (field->name_field && slice_equal(field->name, name));
        if (offer != NULL && field->name_field) {
            offer(context, field->name);
        }
    }
    return found ? RESPONSE_FOUND : RESPONSE_NOT_FOUND;
}

/* Looks for a field, or a path of fields, of a record of the answer. */
static enum response_fact look_up_record(struct arena *arena, const struct service *service,
                                         const struct slice *segments, size_t count,
                                         enum value_kind *kind, size_t *deepest,
                                         void (*offer)(void *, struct slice), void *context)
{
    const struct salesforce_request *request = &service->salesforce;
    enum operation_reads reads = operation_info(service_operation(service))->reads;
    *deepest = 0;
    switch (reads) {
    case READS_NOTHING:
        return RESPONSE_UNKNOWN;
    case READS_NAME:
        *kind = VALUE_TEXT;
        return count == 1 ? look_up_recent(request->sobject, segments[0], offer, context)
                          : RESPONSE_NOT_FOUND;
    case READS_SELECTED:
        if (request->query.soql == NULL) {
            return RESPONSE_UNKNOWN;
        }
        if (!request->query.structured || request->query.soql->aggregates) {
            return look_up_selected(arena, request, segments, count, kind, deepest, offer, context);
        }
        break;
    case READS_OBJECT:
        break;
    }
    if (request->sobject == NULL) {
        return RESPONSE_UNKNOWN;
    }
    struct path_result path = path_follow(arena, request->sobject, segments, count);
    bool related = path.segment > 0 && reads != READS_SELECTED;
    if (path.is_missing || path.is_custom || related || path.is_record) {
        *deepest = related ? 0 : path.segment;
        offer_fields(related ? request->sobject : path.object, offer, context);
        return path.is_custom                              ? RESPONSE_UNKNOWN
               : path.is_record && reads == READS_SELECTED ? RESPONSE_FOUND
                                                           : RESPONSE_NOT_FOUND;
    }
    *kind = path.field != NULL ? kind_of_field(path.field) : VALUE_ANY;
    return path.field != NULL || path.object == NULL ? RESPONSE_FOUND : RESPONSE_UNKNOWN;
}

const struct sobject_field *response_field(struct arena *arena, const struct service *service,
                                           const struct reference *reference)
{
    const struct sobject *object = service_sobject(service);
    size_t record = response_record_at(service, reference);
    if (object == NULL) {
        return NULL;
    }
    if (record == SIZE_MAX || record >= reference->count) {
        bool creates = (operation_info(service_operation(service))->does & DOES_CREATE) != 0;
        bool id =
            creates && reference->count == BODY + 1 && slice_is(reference->segments[BODY], "id");
        return id ? sobject_field(object, SLICE("Id")) : NULL;
    }
    const struct soql *soql = service->salesforce.query.soql;
    if (soql != NULL && soql->aggregates) {
        return NULL;
    }
    return path_follow(arena, object, &reference->segments[record], reference->count - record)
        .field;
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
    case NODE_NULL:
        break;
    }
    return VALUE_ANY;
}

static void try_tree(struct search *search, const struct node *node, size_t offer_at,
                     void (*offer)(void *, struct slice), void *context)
{
    size_t matched = 0;
    while (node != NULL && matched < search->count) {
        struct slice segment = search->reference->segments[BODY + matched];
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

/* Salesforce's errors have one form, which is no business of the samples. */
static bool is_wanted(const struct service *service, const struct node *sample,
                      enum response_ends ends)
{
    bool failed = node_integer(node_get(sample, "status"), 0) >= 400;
    if (service_operation(service) != OPERATION_NONE) {
        return !failed;
    }
    return (ends & (failed ? RESPONSE_OF_FAILURE : RESPONSE_OF_SUCCESS)) != 0;
}

static bool try_samples(struct search *search, const struct service *service,
                        enum response_ends ends, size_t offer_at,
                        void (*offer)(void *, struct slice), void *context)
{
    bool any = false;
    for (size_t i = 0; service->samples != NULL && i < service->samples->count; i++) {
        const struct node *sample = service->samples->items[i];
        const struct node *body = node_get(sample, "body");
        if (body != NULL && is_wanted(service, sample, ends)) {
            any = true;
            try_tree(search, body, offer_at, offer, context);
        }
    }
    return any;
}

static enum response_fact look_up_field(struct arena *arena, const struct service *service,
                                        const struct reference *reference, size_t record,
                                        enum value_kind *kind, size_t *segment,
                                        void (*offer)(void *context, struct slice name),
                                        void *context)
{
    size_t deepest;
    const struct slice *path = &reference->segments[record];
    size_t count = reference->count - record;
    if (count > 1 && slice_is(path[count - 1], "length")) { /* of a text */
        enum response_fact fact =
            look_up_record(arena, service, path, count - 1, kind, &deepest, NULL, NULL);
        if (fact == RESPONSE_FOUND && *kind != VALUE_OBJECT) {
            *kind = VALUE_NUMBER;
            return RESPONSE_FOUND;
        }
    }
    enum response_fact fact =
        look_up_record(arena, service, path, count, kind, &deepest, offer, context);
    *segment = record + deepest;
    return fact;
}

enum response_fact response_look_up(struct arena *arena, const struct service *service,
                                    const struct reference *reference, enum response_ends ends,
                                    enum value_kind *kind, size_t *segment,
                                    void (*offer)(void *context, struct slice name), void *context)
{
    *kind = VALUE_ANY;
    *segment = BODY;
    if (operation_has_empty_answer(service_operation(service))) {
        return RESPONSE_EMPTY;
    }
    size_t record = response_record_at(service, reference);
    if (record != SIZE_MAX && record < reference->count &&
        !slice_is(reference->segments[record], "attributes")) {
        return look_up_field(arena, service, reference, record, kind, segment, offer, context);
    }
    struct search search = {.reference = reference, .count = reference->count - BODY};
    try_form(&search, service, SIZE_MAX, NULL, NULL);
    bool sampled = try_samples(&search, service, ends, SIZE_MAX, NULL, NULL);
    if (search.count == 0) {
        *kind = VALUE_OBJECT;
        return RESPONSE_FOUND;
    }
    bool length = slice_is(reference->segments[reference->count - 1], "length");
    if (!search.found && length && search.deepest >= search.count - 1) {
        struct search list = {.reference = reference, .count = search.count - 1};
        try_form(&list, service, SIZE_MAX, NULL, NULL);
        try_samples(&list, service, ends, SIZE_MAX, NULL, NULL);
        if (list.found &&
            (list.kind == VALUE_LIST || list.kind == VALUE_TEXT || list.kind == VALUE_ANY)) {
            *kind = VALUE_NUMBER;
            return RESPONSE_FOUND;
        }
    }
    if (search.found) {
        *kind = search.kind;
        return RESPONSE_FOUND;
    }
    bool complete = operation_info(service_operation(service))->body != NULL;
    if (!complete && !(sampled && service_operation(service) == OPERATION_NONE)) {
        return RESPONSE_UNKNOWN;
    }
    *segment = BODY + search.deepest;
    struct search again = {.reference = reference, .count = search.count};
    try_form(&again, service, search.deepest, offer, context);
    try_samples(&again, service, ends, search.deepest, offer, context);
    return RESPONSE_NOT_FOUND;
}

/* ---- lists of samples ---- */

static size_t index_of(struct slice segment)
{
    size_t index = 0;
    for (size_t i = 0; i < segment.length; i++) {
        if (!ascii_is_digit(segment.data[i]) || index > UINT16_MAX) {
            return SIZE_MAX;
        }
        index = index * 10 + (size_t)(segment.data[i] - '0');
    }
    return index;
}

/* What the segments before `place` lead to, by the first item of lists on the way; or NULL. */
static const struct node *sampled_value(const struct node *node, const struct reference *reference,
                                        size_t place)
{
    for (size_t i = BODY; node != NULL && i < place; i++) {
        if (node->kind == NODE_SEQUENCE) {
            size_t index = index_of(reference->segments[i]);
            size_t last = node->count - 1;
            node = node->count == 0 ? NULL : node->items[index < last ? index : last];
        } else {
            struct member *member =
                node_is(node, NODE_MAPPING) ? node_member(node, reference->segments[i]) : NULL;
            node = member != NULL ? member->value : NULL;
        }
    }
    return node;
}

bool response_has_sampled_dates(const struct service *service, const struct reference *reference)
{
    bool has_dates = false;
    for (size_t i = 0; i < node_length(service->samples); i++) {
        const struct node *value = sampled_value(node_get(service->samples->items[i], "body"),
                                                 reference, reference->count);
        long long time;
        bool has_time;
        bool is_date = node_is(value, NODE_STRING) && date_read(value->text, &time, &has_time);
        if (value != NULL && !is_date) {
            return false;
        }
        has_dates = has_dates || is_date;
    }
    return has_dates;
}

size_t response_beyond_samples(const struct service *service, const struct reference *reference,
                               size_t first, enum response_ends ends, size_t *count)
{
    for (size_t place = first; place < reference->count; place++) {
        size_t index = index_of(reference->segments[place]);
        bool is_sampled = false;
        *count = 0;
        for (size_t i = 0; index != SIZE_MAX && i < node_length(service->samples); i++) {
            const struct node *sample = service->samples->items[i];
            const struct node *list =
                is_wanted(service, sample, ends)
                    ? sampled_value(node_get(sample, "body"), reference, place)
                    : NULL;
            list = node_is(list, NODE_SEQUENCE) ? list : NULL;
            is_sampled = is_sampled || list != NULL;
            *count = node_length(list) > *count ? node_length(list) : *count;
        }
        if (is_sampled && *count > 0 && index >= *count) {
            return place;
        }
    }
    return SIZE_MAX;
}
