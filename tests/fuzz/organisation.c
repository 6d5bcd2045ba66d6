/*
 * Fuzz target: a request to the simulated organisation, as three lines (method and path with query,
 * token, the rest is the body), and the query of the path by itself. Whatever comes, there is an
 * answer with a status, and its body is JSON or empty.
 */
#include "target.h"

#include "document/json/reader.h"
#include "trial/organisation/organisation.h"

static const char records[] =
    "{\"Account\":[{\"Name\":\"One\"},{\"Name\":\"Two\",\"Industry\":\"Energy\"}],"
    "\"Contact\":[{\"LastName\":\"Hopper\",\"Email\":\"grace@example.com\"}],"
    "\"Lead\":[{\"Id\":\"00Q5g00000DZ0d4EAD\",\"LastName\":\"Example\",\"Company\":\"Example\"}]}";

static struct slice take_line(struct slice *bytes)
{
    size_t end = slice_find(*bytes, "\n", 0);
    end = end < bytes->length ? end : bytes->length;
    struct slice line = slice_part(*bytes, 0, end);
    *bytes = slice_part(*bytes, end < bytes->length ? end + 1 : end, bytes->length);
    return line;
}

static void check_answer(struct arena *arena, const struct http_response *response)
{
    struct diagnostics findings = diagnostics_new(arena);
    struct source *source;
    if (response->status < 200 || response->status > 499 ||
        (response->body.length > 0 &&
         json_read(arena, "answer", response->body, &findings, &source) == NULL)) {
        abort();
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    struct organisation_options options = {.url = SLICE("https://x.my.salesforce.com"),
                                           .now = 1768467600000LL};
    struct diagnostics findings = diagnostics_new(arena);
    struct source *source;
    struct organisation *organisation =
        organisation_new(arena, sobject_catalog_new(arena), &options);
    organisation_seed(organisation, json_read(arena, "org", SLICE(records), &findings, &source),
                      &findings);
    struct slice method = take_line(&bytes);
    struct slice uri = take_line(&bytes);
    size_t query = slice_find(uri, "?", 0);
    struct http_request request = {
        .method = method,
        .path = slice_part(uri, 0, query < uri.length ? query : uri.length),
        .query = query < uri.length ? slice_part(uri, query + 1, uri.length) : SLICE(""),
        .body = bytes,
    };
    for (int i = 0; i < 2; i++) { /* the second time the records are others */
        struct http_response response = organisation_respond(organisation, arena, &request);
        check_answer(arena, &response);
    }
}

FUZZ_TARGET(check)
