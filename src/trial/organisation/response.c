/* Responses: bodies of JSON, and refusals in Salesforce's words. */
#include <stdarg.h>

#include "document/json/writer.h"
#include "document/tree/build.h"
#include "trial/organisation/parts.h"

struct refusal organisation_refuse(struct organisation *org, long status, const char *code,
                                   const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct refusal refusal = {.status = status, .code = code};
    refusal.message = arena_vprintf(org->work, format, arguments);
    va_end(arguments);
    return refusal;
}

struct http_response response_of_json(struct organisation *org, long status,
                                      const struct node *body)
{
    struct builder out = builder_new(org->work);
    struct json_writer json = json_writer_new(&out, true);
    json_node(&json, body);
    return (struct http_response){.status = status, .body = builder_slice(&out)};
}

struct http_response response_of_refusal(struct organisation *org, const struct refusal *refusal)
{
    struct node *errors = node_new_sequence(org->work);
    struct node *error = node_new_mapping(org->work);
    node_set_text(org->work, error, "message", refusal->message);
    node_set_text(org->work, error, "errorCode", slice_of(refusal->code));
    if (refusal->fields != NULL) {
        node_set(org->work, error, SLICE("fields"), refusal->fields);
    }
    node_append(org->work, errors, error);
    return response_of_json(org, refusal->status, errors);
}
