/* How long the request of a query can get: Salesforce takes so many characters, and no more. */
#include "base/percent.h"
#include "base/utf8.h"
#include "language/check/salesforce.h"

/* "SOQL and SOSL Limits for Search Queries", and those of requests of the REST API. */
enum {
    QUERY_LIMIT = 100000,  /* characters of SOQL */
    REQUEST_LIMIT = 16384, /* bytes of the URI and the headers together */
    HEADERS = 256,         /* bytes of the headers of every request: the token, the host, … */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What the author wrote of a query, with one space in place of several, as it is sent. */
static struct slice sent_text(struct arena *arena, const struct query *query)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < query->count; i++) {
        struct slice text = query->pieces[i].text;
        for (size_t j = 0; query->pieces[i].reference == NULL && j < text.length; j++) {
            bool twice =
                is_blank(text.data[j]) && out.length > 0 && is_blank(out.data[out.length - 1]);
            if (!twice) {
                builder_add_char(&out, text.data[j]);
            }
        }
    }
    return slice_trim(builder_slice(&out));
}

static size_t header_bytes(const struct node *headers)
{
    size_t bytes = HEADERS;
    for (size_t i = 0; node_is(headers, NODE_MAPPING) && i < headers->count; i++) {
        const struct member *member = &headers->members[i];
        bytes += member->key->text.length + member->value->text.length + sizeof ": \r\n" - 1;
    }
    return bytes;
}

void check_query_length(struct check *check, const struct service *service)
{
    const struct query *query = &service->salesforce.query;
    struct slice sent = sent_text(check->arena, query);
    if (sent.length < REQUEST_LIMIT / 4) { /* an escape takes three bytes in place of one */
        return;
    }
    struct builder uri = builder_new(check->arena);
    builder_printf(&uri, "GET /services/data/%.*s/query?q= HTTP/1.1\r\n",
                   SLICE_ARG(check->template->project->api_version));
    percent_encode(&uri, sent);
    size_t bytes = uri.length + header_bytes(service->headers);
    size_t characters = utf8_count(sent);
    const struct node *node = query->pieces[0].node;
    struct diagnostic *d = NULL;
    if (characters > QUERY_LIMIT) {
        d = diag_report(check->diagnostics, E0824, node->source, node->range,
                        "the query has %zu characters, but Salesforce takes at most %d", characters,
                        QUERY_LIMIT);
    } else if (bytes > REQUEST_LIMIT) {
        d = diag_report(check->diagnostics, E0824, node->source, node->range,
                        "the request would have %zu bytes of URI and headers, but Salesforce takes "
                        "at most %d",
                        bytes, REQUEST_LIMIT);
    }
    if (d != NULL) {
        diag_note(check->diagnostics, d, NULL, node->range,
                  "a list of values can often become a query inside IN, or a condition on a field "
                  "that they share");
    }
}
