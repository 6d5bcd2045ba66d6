/* The simulated organisation: statuses, error codes, queries, searches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/percent.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "trial/organisation/organisation.h"

#define NOW  1768467600000LL /* 2026-01-15T09:00:00Z */
#define BASE "/services/data/v62.0"

static struct arena arena;
static jmp_buf recovery;
static struct organisation *organisation;

static const char records[] =
    "{\"Account\":[{\"Id\":\"0015g00000AbCdEAAV\",\"Name\":\"Energy One\",\"Industry\":\"Energy\"},"
    "{\"Id\":\"0015g00000AbCdFAAV\",\"Name\":\"Bank Two\",\"Industry\":\"Banking\"}],"
    "\"Contact\":[{\"Id\":\"0035g00000AbCdEAAV\",\"LastName\":\"Hopper\",\"FirstName\":\"Grace\","
    "\"Email\":\"grace@example.com\",\"AccountId\":\"0015g00000AbCdEAAV\"},"
    "{\"LastName\":\"Nobody\"}],"
    "\"Opportunity\":["
    "{\"Name\":\"a\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2026-01-15\",\"Amount\":10.5,"
    "\"AccountId\":\"0015g00000AbCdEAAV\"},"
    "{\"Name\":\"b\",\"StageName\":\"Closed Won\",\"CloseDate\":\"2026-02-01\",\"Amount\":20,"
    "\"AccountId\":\"0015g00000AbCdFAAV\"},"
    "{\"Name\":\"c_%\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2025-12-31\"}],"
    "\"Lead\":[{\"Id\":\"00Q5g00000DZ0d4EAD\",\"LastName\":\"Example\",\"Company\":\"Example Ltd\","
    "\"IsConverted\":true}]}";

/* Accounts of this organisation have an external id. */
static const char account[] =
    "{\"dialogc\":1,\"sobject\":\"Account\",\"extends\":true,\"fields\":"
    "{\"Number__c\":{\"label\":\"Number\",\"type\":\"string\",\"createable\":true,"
    "\"updateable\":true,\"externalId\":true}}}";

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    arena.recovery = &recovery;
    struct organisation_options options = {.url = SLICE("https://x.my.salesforce.com"), .now = NOW};
    struct diagnostics findings = diagnostics_new(&arena);
    struct source *source;
    struct sobject_catalog *catalog = sobject_catalog_new(&arena);
    struct node *description = json_read(&arena, "object", SLICE(account), &findings, &source);
    assert_true(sobject_catalog_add(catalog, description, &findings));
    organisation = organisation_new(&arena, catalog, &options);
    struct node *root = json_read(&arena, "org", SLICE(records), &findings, &source);
    assert_true(organisation_seed(organisation, root, &findings));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct http_response send(const char *method, const char *path, const char *query,
                                 const char *body)
{
    struct http_request request = {.method = slice_of(method),
                                   .path = arena_printf(&arena, "%s%s", BASE, path),
                                   .query = slice_of(query),
                                   .body = slice_of(body)};
    return organisation_respond(organisation, &arena, &request);
}

/* The whole number behind `key` in a response; -1 without it. */
static long long number_of(struct slice body, const char *key)
{
    size_t at = slice_find(body, key, 0);
    return at == SIZE_MAX ? -1 : strtoll(body.data + at + strlen(key), NULL, 10);
}

/* All 2,001 tasks come, in pages of `size`, when the header asks for this. */
static void assert_pages(const char *option, size_t size, size_t pages)
{
    struct node *headers = node_new_mapping(&arena);
    node_set_text(&arena, headers, "Sforce-Query-Options", slice_of(option));
    struct slice path = SLICE(BASE "/query");
    size_t all = 0;
    for (size_t page = 1; page <= pages; page++) {
        struct http_request request = {.method = SLICE("GET"), .path = path, .headers = headers};
        request.query = page == 1 ? SLICE("q=SELECT+Id+FROM+Task") : SLICE("");
        struct http_response response = organisation_respond(organisation, &arena, &request);
        assert_int_equal(response.status, 200);
        assert_int_equal(number_of(response.body, "\"totalSize\":"), 2001);
        size_t count = 0;
        for (size_t at = 0; (at = slice_find(response.body, "\"Id\":", at)) != SIZE_MAX; at++) {
            count++;
        }
        assert_int_equal(count, page < pages ? size : 2001 - size * (pages - 1));
        all += count;
        size_t next = slice_find(response.body, "/services/data/v62.0/query/", 0);
        assert_int_equal(next != SIZE_MAX, page < pages);
        if (next != SIZE_MAX) {
            size_t end = slice_find(response.body, "\"", next);
            path = slice_part(response.body, next, end);
        }
    }
    assert_int_equal(all, 2001);
}

static struct http_response ask(const char *soql)
{
    struct builder query = builder_new(&arena);
    builder_add_text(&query, "q=");
    percent_encode(&query, slice_of(soql));
    builder_add_char(&query, '\0');
    return send("GET", "/query", query.data, "");
}

static void requests(void **state)
{
    (void)state;
    static const struct {
        const char *method, *path, *query, *body;
        long status;
        const char *answer; /* what it begins with */
    } cases[] = {
        {"POST", "/sobjects/Lead", "", "{\"LastName\":\"New\",\"Company\":\"New Ltd\"}", 201,
         "{\"id\":\"00Q000000000001EAA\",\"success\":true,\"errors\":[]}"},
        {"POST", "/sobjects/Lead", "", "{\"LastName\":\"New\"}", 400,
         "[{\"message\":\"Required fields are missing: [Company]\",\"errorCode\":"
         "\"REQUIRED_FIELD_MISSING\",\"fields\":[\"Company\"]}]"},
        {"POST", "/sobjects/Lead", "", "{\"LastName\":\"\",\"Company\":\" \"}", 400,
         "[{\"message\":\"Required fields are missing: [LastName, Company]\""},
        {"POST", "/sobjects/Lead", "", "{\"LastName\":", 400, "[{\"message\":"},
        {"POST", "/sobjects/Lead", "", "[]", 400, "[{\"message\":"},
        {"POST", "/sobjects/Nothing", "", "{}", 404,
         "[{\"message\":\"The requested resource does not exist\",\"errorCode\":\"NOT_FOUND\"}]"},
        {"PATCH", "/sobjects/Lead/00Q5g00000DZ0d4EAD", "", "{\"Title\":\"x\"}", 400,
         "[{\"message\":\"cannot reference converted lead\",\"errorCode\":"
         "\"CANNOT_UPDATE_CONVERTED_LEAD\"}]"},
        {"PATCH", "/sobjects/Contact/0035g00000AbCdE", "", "{\"Title\":\"x\"}", 204, ""},
        {"PATCH", "/sobjects/Contact/0035g00000AbCdEAAV", "", "{\"LastName\":null}", 400,
         "[{\"message\":\"Required fields are missing: [LastName]\""},
        {"PATCH", "/sobjects/Contact/0035g00000AbCdEAAV", "",
         "{\"AccountId\":\"0035g00000AbCdEAAV\"}", 400,
         "[{\"message\":\"Account ID: id value of incorrect type: 0035g00000AbCdEAAV\","
         "\"errorCode\":\"FIELD_INTEGRITY_EXCEPTION\",\"fields\":[\"AccountId\"]}]"},
        {"PATCH", "/sobjects/Contact/0035g00000AbCdEAAV", "",
         "{\"AccountId\":\"0015g00000ZZZZZAA3\"}", 400, "[{\"message\":"},
        {"GET", "/sobjects/Contact/0035g00000AbCdEAAV", "fields=Name,Email", "", 200,
         "{\"attributes\":{\"type\":\"Contact\",\"url\":\"" BASE
         "/sobjects/Contact/0035g00000AbCdEAAV\"},\"Name\":\"Grace Hopper\","
         "\"Email\":\"grace@example.com\",\"Id\":\"0035g00000AbCdEAAV\"}"},
        {"GET", "/sobjects/Contact/0035g00000AbCdEAAV", "fields=Nothing", "", 400,
         "[{\"message\":\"No such column 'Nothing' on sobject of type Contact\""},
        {"GET", "/sobjects/Contact/0035g00000AbCdEAAX", "", "", 400,
         "[{\"message\":\"malformed id 0035g00000AbCdEAAX\",\"errorCode\":\"MALFORMED_ID\"}]"},
        {"GET", "/sobjects/Lead/0035g00000AbCdEAAV", "", "", 404, "[{\"message\":"},
        {"PUT", "/sobjects/Contact/0035g00000AbCdEAAV", "", "", 405, "[{\"message\":"},
        {"DELETE", "/sobjects/Contact/0035g00000AbCdEAAV", "", "", 204, ""},
        {"DELETE", "/sobjects/Contact/0035g00000AbCdEAAV", "", "", 404,
         "[{\"message\":\"entity is deleted\",\"errorCode\":\"ENTITY_IS_DELETED\"}]"},
        {"POST", "/query", "q=x", "", 405, "[{\"message\":"},
        {"GET", "/query", "", "", 400, "[{\"message\":\"q is required\""},
        {"GET", "/query/01g000000000000009-2000", "", "", 400, "[{\"message\":"},
        {"GET", "/nothing", "", "", 404, "[{\"message\":"},
        {"GET", "/sobjects/%zz", "", "", 404, "[{\"message\":"},
        {"GET", "/parameterizedSearch", "q=e&sobject=Account", "", 400,
         "[{\"message\":\"search term must be longer than one character: e\",\"errorCode\":"
         "\"MALFORMED_SEARCH\"}]"},
        {"GET", "/parameterizedSearch",
         "q=energy&sobject=Account&Account.fields=Name&Account.limit=1", "", 200,
         "{\"searchRecords\":[{\"attributes\":{\"type\":\"Account\",\"url\":\"" BASE
         "/sobjects/Account/0015g00000AbCdEAAV\"},\"Name\":\"Energy One\"}]}"},
        {"GET", "/parameterizedSearch", "q=ener*%20o?e&sobject=Account", "", 200,
         "{\"searchRecords\":[{\"attributes\":"},
        {"GET", "/parameterizedSearch", "q=ener%5C*&sobject=Account", "", 200,
         "{\"searchRecords\":[]}"},
        {"GET", "/search", "q=FIND+%7Bbank%7D+RETURNING+Account(Name+LIMIT+3)", "", 200,
         "{\"searchRecords\":[{\"attributes\":{\"type\":\"Account\""},
        {"GET", "/search", "q=FIND+bank", "", 400, "[{\"message\":"},
        {"GET", "/search", "", "", 400,
         "[{\"message\":\"q is required\",\"errorCode\":\"MALFORMED_SEARCH\"}]"},
        {"GET", "/search", "q=FIND+%7Bbank%7D", "", 200,
         "{\"searchRecords\":[{\"attributes\":{\"type\":\"Account\",\"url\":\"" BASE
         "/sobjects/Account/0015g00000AbCdFAAV\"},\"Id\":\"0015g00000AbCdFAAV\"}]}"},
        {"GET", "/search",
         "q=FIND+%7B%22energy+one%22+OR+bank%7D+RETURNING+Account(Name+ORDER+BY+Name+DESC)", "",
         200,
         "{\"searchRecords\":[{\"attributes\":{\"type\":\"Account\",\"url\":\"" BASE
         "/sobjects/Account/0015g00000AbCdEAAV\"},\"Name\":\"Energy One\"},{\"attributes\""},
        {"GET", "/search",
         "q=FIND+%7Benergy+OR+bank%7D+RETURNING+Account(Name+WHERE+Name+LIKE+'Energy%25')+LIMIT+1",
         "", 200,
         "{\"searchRecords\":[{\"attributes\":{\"type\":\"Account\",\"url\":\"" BASE
         "/sobjects/Account/0015g00000AbCdEAAV\"},\"Name\":\"Energy One\"}]}"},
        {"GET", "/search", "q=FIND+%7Benergy+AND+NOT+one%7D+RETURNING+Account(Id)", "", 200,
         "{\"searchRecords\":[]}"},
        {"GET", "/search", "q=FIND+%7B%22one+energy%22%7D+RETURNING+Account(Id)", "", 200,
         "{\"searchRecords\":[]}"},
        {"GET", "/search", "q=FIND+%7Benergy%7D+IN+PHONE+FIELDS+RETURNING+Account(Id)", "", 200,
         "{\"searchRecords\":[]}"},
        {"GET", "/search", "q=FIND+%7Benergy+AND%7D+RETURNING+Account(Id)", "", 400,
         "[{\"message\":\"AND, OR and AND NOT join two words or phrases; as a word, write "
         "\\\"and\\\"\",\"errorCode\":\"MALFORMED_SEARCH\"}]"},
        {"GET", "/search", "q=LOOK+%7Bbank%7D", "", 400,
         "[{\"message\":\"expected `find` here, not `LOOK`\",\"errorCode\":\"MALFORMED_SEARCH\"}]"},
        {"GET", "/search", "q=FIND+%7Bbank%7D+RETURNING+Nothing(Id)", "", 400,
         "[{\"message\":\"sObject type 'Nothing' is not supported. If you are attempting to use a "
         "custom object, be sure to append the '__c' after the entity "
         "name.\",\"errorCode\":\"INVALID_TYPE\"}]"},
        {"GET", "/search", "q=FIND+%7Bbank%7D+RETURNING+Account(Nothing)", "", 400,
         "[{\"message\":\"No such column 'Nothing' on entity 'Account'. If you are attempting to "
         "use a custom field, be sure to append the '__c' after the custom field "
         "name.\",\"errorCode\":\"INVALID_FIELD\"}]"},
        {"GET", "/search", "q=FIND+%7Bbank%7D+RETURNING+Account(Name+WHERE+x)", "", 400,
         "[{\"message\":\"expected a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`, LIKE, IN, NOT "
         "IN) "
         "here, not `)`\",\"errorCode\":\"MALFORMED_SEARCH\"}]"},
        {"GET", "/parameterizedSearch", "q=bank&sobject=Nothing", "", 400,
         "[{\"message\":\"sObject type 'Nothing' is not "
         "supported.\",\"errorCode\":\"INVALID_TYPE\"}]"},
        {"GET", "/parameterizedSearch", "q=bank&sobject=Account&Account.fields=Nothing", "", 400,
         "[{\"message\":\"No such column 'Nothing' on entity "
         "'Account'.\",\"errorCode\":\"INVALID_FIELD\"}]"},
        {"GET", "/sobjects", "", "", 200,
         "{\"encoding\":\"UTF-8\",\"maxBatchSize\":200,\"sobjects\":[{\"name\":\"Account\","
         "\"label\":\"Account\","},
        {"POST", "/sobjects", "", "{}", 405, "[{\"message\":"},
        {"POST", "/sobjects/User", "", "{\"LastName\":\"x\"}", 400,
         "[{\"message\":\"entity type User does not support "
         "create\",\"errorCode\":\"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY\"}]"},
        {"DELETE", "/sobjects/User/005000000000001AAA", "", "", 400,
         "[{\"message\":\"entity type User does not support "
         "delete\",\"errorCode\":\"CANNOT_DELETE_OR_ARCHIVE\"}]"},
        {"GET", "/sobjects/Account/0015g00000AbCdEAAV", "", "", 200,
         "{\"attributes\":{\"type\":\"Account\",\"url\":\"" BASE "/sobjects/Account/"
         "0015g00000AbCdEAAV\"},\"Id\":\"0015g00000AbCdEAAV\",\"IsDeleted\":false,"},
        {"GET", "/sobjects/Account/Industry/Energy", "", "", 404,
         "[{\"message\":\"Provided external ID field does not exist or is not accessible: "
         "Industry\",\"errorCode\":\"NOT_FOUND\"}]"},
        {"GET", "/sobjects/Account/Number__c/none", "", "", 404,
         "[{\"message\":\"The requested resource does not exist\",\"errorCode\":\"NOT_FOUND\"}]"},
        {"DELETE", "/sobjects/Account/Number__c/none", "", "", 404,
         "[{\"message\":\"The requested resource does not exist\",\"errorCode\":\"NOT_FOUND\"}]"},
        {"POST", "/sobjects/Account/Number__c/none", "", "{}", 405, "[{\"message\":"},
        {"PATCH", "/sobjects/Account/Number__c/none", "", "[", 400,
         "[{\"message\":\"the document ends unexpectedly\",\"errorCode\":\"JSON_PARSER_ERROR\"}]"},
        {"PATCH", "/sobjects/Account/Number__c/7", "", "{\"Name\":\"Seven\"}", 201,
         "{\"id\":\"001000000000001AAA\",\"success\":true,\"errors\":[],\"created\":true}"},
        {"GET", "/sobjects/Account/Number__c/7", "fields=Name", "", 200,
         "{\"attributes\":{\"type\":\"Account\",\"url\":\"" BASE "/sobjects/Account/"
         "001000000000001AAA\"},\"Name\":\"Seven\",\"Id\":\"001000000000001AAA\"}"},
        {"DELETE", "/sobjects/Account/Number__c/7", "", "", 204, ""},
        {"POST", "/sobjects/Contact", "", "{\"LastName\":[1]}", 400,
         "[{\"message\":\"Cannot deserialize instance of string from VALUE_STRING value a list or "
         "an object"},
        {"POST", "/sobjects/Contact", "", "{\"LastName\":true}", 400,
         "[{\"message\":\"Cannot deserialize instance of string from VALUE_STRING value true"},
        {"POST", "/sobjects/OpportunityLineItem", "", "{}", 404,
         "[{\"message\":\"The requested resource does not exist\",\"errorCode\":\"NOT_FOUND\"}]"},
        {"POST", "/sobjects/CampaignMember", "", "{\"Status\":\"Sent\"}", 400,
         "[{\"message\":\"Required fields are missing: [CampaignId, "
         "LeadId]\",\"errorCode\":\"REQUIRED_FIELD_MISSING\",\"fields\":[\"CampaignId\",\"LeadId\"]"
         "}]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct http_response response =
            send(cases[i].method, cases[i].path, cases[i].query, cases[i].body);
        bool whole = cases[i].answer[0] == '\0' ? response.body.length == 0
                                                : slice_starts_with(response.body, cases[i].answer);
        if (response.status != cases[i].status || !whole) {
            fail_msg("%s %s?%s: %ld %.*s", cases[i].method, cases[i].path, cases[i].query,
                     response.status, SLICE_ARG(response.body));
        }
    }
}

/* All records that a request could have changed, those that are deleted not. */
static struct slice all_records(void)
{
    static const char *const objects[] = {"Account", "Contact", "Opportunity", "Lead", "Task"};
    struct builder out = builder_new(&arena);
    struct json_writer json = json_writer_new(&out, true);
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        json_node(&json, organisation_records(organisation, slice_of(objects[i])));
        builder_add(&out, send("GET", arena_printf(&arena, "/sobjects/%s", objects[i]).data, "", "")
                              .body); /* in the order of the last changes */
    }
    return builder_slice(&out);
}

/* What is refused changes nothing, not even the fields that would have been accepted. */
static void refusals(void **state)
{
    (void)state;
#define CONTACT "/sobjects/Contact/0035g00000AbCdEAAV"
#define ACCOUNT "/sobjects/Account/0015g00000AbCdEAAV"
#define UPSERT  "/sobjects/Account/Number__c/"
    static const struct {
        const char *method, *path, *body, *code;
    } cases[] = {
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"Email\":\"ada@example.com\"}",
         "DUPLICATES_DETECTED"},
        {"PATCH", ACCOUNT, "{\"Phone\":\"1\",\"Number__c\":\"two\"}", "DUPLICATE_VALUE"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"Nothing\":1}", "INVALID_FIELD"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"Name\":\"y\"}", "INVALID_FIELD_FOR_INSERT_UPDATE"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"LastName\":null}", "REQUIRED_FIELD_MISSING"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"Email\":\"nobody\"}", "INVALID_EMAIL_ADDRESS"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"Birthdate\":\"soon\"}", "JSON_PARSER_ERROR"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"AccountId\":\"1\"}", "MALFORMED_ID"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"AccountId\":\"0015g00000ZZZZZ\"}",
         "INVALID_CROSS_REFERENCE_KEY"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"AccountId\":\"0035g00000AbCdEAAV\"}",
         "FIELD_INTEGRITY_EXCEPTION"},
        {"PATCH", CONTACT, "{\"Title\":\"x\",\"MailingPostalCode\":\"123456789012345678901\"}",
         "STRING_TOO_LONG"},
        {"PATCH", "/sobjects/Lead/00Q5g00000DZ0d4EAD", "{\"Title\":\"x\"}",
         "CANNOT_UPDATE_CONVERTED_LEAD"},
        {"PATCH", UPSERT "one", "{\"Phone\":\"2\"}", "DUPLICATES_DETECTED"},
        {"PATCH", UPSERT "one", "{\"Industry\":\"x\",\"Nothing\":1}", "INVALID_FIELD"},
        {"PATCH", UPSERT "one", "{\"Name\":\"x\",\"Number__c\":\"two\"}", "DUPLICATE_VALUE"},
        {"PATCH", UPSERT "three", "{\"Name\":\"Same\",\"Phone\":\"2\"}", "DUPLICATES_DETECTED"},
        {"PATCH", UPSERT "three", "{\"Phone\":\"3\"}", "REQUIRED_FIELD_MISSING"},
        {"POST", "/sobjects/Contact", "{\"LastName\":\"x\",\"Email\":\"Ada@example.com\"}",
         "DUPLICATES_DETECTED"},
        {"POST", "/sobjects/Account", "{\"Name\":\"x\",\"Number__c\":\"two\"}", "DUPLICATE_VALUE"},
    };
    static const char *const others[][2] = {
        {"/sobjects/Contact", "{\"LastName\":\"Lovelace\",\"Email\":\"ada@example.com\"}"},
        {"/sobjects/Account", "{\"Name\":\"Same\",\"Number__c\":\"one\"}"},
        {"/sobjects/Account", "{\"Name\":\"Same\",\"Phone\":\"2\",\"Number__c\":\"two\"}"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(send("POST", others[i][0], "", others[i][1]).status, 201);
    }
    struct slice before = all_records();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct http_response response = send(cases[i].method, cases[i].path, "", cases[i].body);
        struct slice code = arena_printf(&arena, "\"errorCode\":\"%s\"", cases[i].code);
        if (response.status != 400 || slice_find(response.body, code.data, 0) == SIZE_MAX) {
            fail_msg("%s %s %s: %ld %.*s", cases[i].method, cases[i].path, cases[i].body,
                     response.status, SLICE_ARG(response.body));
        }
        if (!slice_equal(before, all_records())) {
            fail_msg("%s %s %s changed a record", cases[i].method, cases[i].path, cases[i].body);
        }
    }
}

/* A record is not its own duplicate: its values can be sent again. */
static void same_values(void **state)
{
    (void)state;
    assert_int_equal(
        send("PATCH", CONTACT, "", "{\"Email\":\"grace@example.com\",\"LastName\":\"Hopper\"}")
            .status,
        204);
    assert_int_equal(send("PATCH", ACCOUNT, "", "{\"Number__c\":\"one\"}").status, 204);
    assert_int_equal(send("PATCH", UPSERT "one", "", "{\"Number__c\":\"one\"}").status, 200);
}

/* Names of the records, or the message of the error. */
static const char *names_of(const struct http_response *response)
{
    struct diagnostics findings = diagnostics_new(&arena);
    struct source *source;
    struct node *root = json_read(&arena, "answer", response->body, &findings, &source);
    struct builder out = builder_new(&arena);
    const struct node *list = node_get(root, "records");
    if (list == NULL) {
        builder_add(&out, node_get(root->items[0], "errorCode")->text);
    }
    for (size_t i = 0; i < node_length(list); i++) {
        const struct node *name = node_get(list->items[i], "Name");
        struct json_writer json = json_writer_new(&out, true);
        builder_add_text(&out, i > 0 ? " " : "");
        json_node(&json, name != NULL ? name : list->items[i]);
    }
    builder_add_char(&out, '\0');
    return out.data;
}

static void queries(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"SELECT Name FROM Opportunity", "\"a\" \"b\" \"c_%\""},
        {"SELECT Name FROM Opportunity ORDER BY Amount", "\"c_%\" \"a\" \"b\""},
        {"SELECT Name FROM Opportunity ORDER BY Amount DESC NULLS LAST", "\"b\" \"a\" \"c_%\""},
        {"SELECT Name FROM Opportunity ORDER BY StageName, Name DESC LIMIT 2", "\"b\" \"c_%\""},
        {"SELECT Name FROM Opportunity ORDER BY Name LIMIT 1 OFFSET 1", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE Amount > 10.49", "\"a\" \"b\""},
        {"SELECT Name FROM Opportunity WHERE Amount = null", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE Amount != null AND IsWon = true", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE StageName = 'prospecting'", "\"a\" \"c_%\""},
        {"SELECT Name FROM Opportunity WHERE NOT (Name = 'a' OR Name = 'b')", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE Name LIKE 'c\\_\\%'", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE Name LIKE '_'", "\"a\" \"b\""},
        {"SELECT Name FROM Opportunity WHERE Name IN ('A', 'b') AND Name NOT IN ('b')", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = TODAY", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = THIS_MONTH", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = NEXT_MONTH", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = LAST_YEAR", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = LAST_N_DAYS:14", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = LAST_N_DAYS:15", "\"a\" \"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate > NEXT_N_WEEKS:1", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate >= 2026-01-15", "\"a\" \"b\""},
        {"SELECT Name FROM Opportunity WHERE CALENDAR_YEAR(CloseDate) = 2025", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CreatedDate = TODAY LIMIT 1", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE Account.Industry = 'Energy'", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE AccountId = '0015g00000AbCdE'", "\"a\""},
        {"SELECT StageName, COUNT(Id), MAX(Amount) m FROM Opportunity GROUP BY StageName "
         "HAVING COUNT(Id) > 1",
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"StageName\":\"Prospecting\",\"expr0\":2,"
         "\"m\":10.5}"},
        {"SELECT SUM(Amount), AVG(Amount), MIN(Name) FROM Opportunity",
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"expr0\":30.5,\"expr1\":15.25,"
         "\"expr2\":\"a\"}"},
        {"SELECT COUNT_DISTINCT(StageName) n FROM Opportunity",
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"n\":2}"},
        {"SELECT COUNT() FROM Opportunity", ""},
        {"SELECT Nothing FROM Opportunity", "INVALID_FIELD"},
        {"SELECT Id FROM Opportunity WHERE Nothing = 1", "INVALID_FIELD"},
        {"SELECT Owner.Nothing FROM Opportunity", "INVALID_FIELD"},
        {"SELECT Id FROM Nothing", "INVALID_TYPE"},
        {"SELECT Id FROM Opportunity WHERE", "MALFORMED_QUERY"},
        {"SELECT Id FROM Opportunity WHERE Name = 'x", "MALFORMED_QUERY"},
        {"SELECT (SELECT Id FROM Nothings) FROM Account", "INVALID_TYPE"},
        {"SELECT Name FROM Opportunity WHERE AccountId IN (SELECT Id FROM Account WHERE Industry = "
         "'Energy')",
         "\"a\""},
        {"SELECT Name FROM Opportunity WHERE AccountId NOT IN (SELECT Id FROM Account WHERE "
         "Industry "
         "= 'Energy')",
         "\"b\" \"c_%\""},
        {"SELECT o.name FROM opportunity o WHERE o.amount > USD10.49", "\"a\" \"b\""},
        {"SELECT StageName s, COUNT(Id) n, GROUPING(StageName) g FROM Opportunity GROUP BY "
         "ROLLUP(StageName) ORDER BY GROUPING(StageName), StageName",
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"s\":\"Closed Won\",\"n\":1,\"g\":0} "
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"s\":\"Prospecting\",\"n\":2,\"g\":0} "
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"s\":null,\"n\":3,\"g\":1}"},
        {"SELECT Name, Name FROM Opportunity", "MALFORMED_QUERY"},
        {"SELECT Name FROM Opportunity WHERE CloseDate = LAST_90_DAYS", "\"a\" \"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = NEXT_90_DAYS", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = LAST_QUARTER", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = THIS_FISCAL_QUARTER", "\"a\" \"b\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = LAST_N_MONTHS:1", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = N_DAYS_AGO:15", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = N_DAYS_AGO:0", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE CloseDate = N_WEEKS_AGO:2", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE CALENDAR_QUARTER(CloseDate) = 4", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE FISCAL_QUARTER(CloseDate) = 1", "\"a\" \"b\""},
        {"SELECT Name FROM Opportunity WHERE CALENDAR_MONTH(CloseDate) = 2", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE DAY_IN_MONTH(CloseDate) = 31", "\"c_%\""},
        {"SELECT Name FROM Opportunity WHERE DAY_IN_YEAR(CloseDate) = 32", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE DAY_IN_WEEK(CloseDate) = 5", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE WEEK_IN_MONTH(CloseDate) = 3", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE WEEK_IN_YEAR(CloseDate) = 5", "\"b\""},
        {"SELECT Name FROM Opportunity WHERE HOUR_IN_DAY(CreatedDate) = 9", "\"a\" \"b\" \"c_%\""},
        {"SELECT Name FROM Opportunity WHERE DAY_ONLY(CreatedDate) = TODAY", "\"a\" \"b\" \"c_%\""},
        {"SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) n FROM Opportunity GROUP BY "
         "CALENDAR_YEAR(CloseDate)",
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"y\":2026,\"n\":2} "
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"y\":2025,\"n\":1}"},
        {"SELECT SUM(Amount) FROM Opportunity WHERE Name = 'none'",
         "{\"attributes\":{\"type\":\"AggregateResult\"},\"expr0\":null}"},
        {"SELECT COUNT(Id) FROM Opportunity WHERE Name = 'none' GROUP BY StageName", ""},
        {"SELECT Name FROM Opportunity WHERE Name < 'b'", "\"a\""},
        {"SELECT Name FROM Opportunity WHERE IsWon != true", "\"a\" \"c_%\""},
        {"SELECT Name FROM Opportunity WHERE Account.Name = null", "\"c_%\""},
        {"SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Energy One'",
         "\"Energy One\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct http_response response = ask(cases[i][0]);
        const char *names = names_of(&response);
        if (strcmp(names, cases[i][1]) != 0) {
            fail_msg("%s: %s, not %s", cases[i][0], names, cases[i][1]);
        }
    }
}

/* Records of records are objects; more than an answer holds come in a second one. */
static void shapes(void **state)
{
    (void)state;
    struct http_response response = ask("SELECT Name, Account.Name, Account.Owner.Name FROM "
                                        "Opportunity WHERE Name IN ('a', 'c_%')");
    assert_true(slice_is(
        response.body,
        "{\"totalSize\":2,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Opportunity\","
        "\"url\":\"" BASE "/sobjects/Opportunity/006000000000001AAA\"},\"Name\":\"a\",\"Account\":"
        "{\"attributes\":{\"type\":\"Account\",\"url\":\"" BASE
        "/sobjects/Account/0015g00000AbCdEAAV\"},\"Name\":\"Energy One\",\"Owner\":{\"attributes\":"
        "{\"type\":\"User\",\"url\":\"" BASE
        "/sobjects/User/005000000000001AAA\"},\"Name\":\"Test User\"}}},{\"attributes\":{\"type\":"
        "\"Opportunity\",\"url\":\"" BASE
        "/sobjects/Opportunity/006000000000003AAA\"},\"Name\":\"c_%\",\"Account\":null}]}"));
    for (int i = 0; i < 2001; i++) {
        const char *body = arena_printf(&arena, "{\"Subject\":\"task %d\"}", i).data;
        assert_int_equal(send("POST", "/sobjects/Task", "", body).status, 201);
    }
    response = ask("SELECT Subject FROM Task");
    size_t next = slice_find(response.body, "/query/01g000000000000001-2000", 0);
    assert_true(next < response.body.length);
    response = send("GET", "/query/01g000000000000001-2000", "", "");
    assert_int_equal(response.status, 200);
    assert_true(slice_find(response.body, "\"Subject\":\"task 2000\"", 0) < response.body.length);
    assert_pages("batchSize=1000", 1000, 3);
    assert_pages("batchSize=1", 200, 11);
    assert_pages("batchSize=5000", 2000, 2);
}

/* From San Francisco to Los Angeles it is 559 kilometres, or 347 miles. */
static void distances(void **state)
{
    (void)state;
    static const struct {
        const char *conditions;
        long long size;
    } cases[] = {
        {"DISTANCE(Address, GEOLOCATION(37.7749, -122.4194), 'km') < 559", 1},
        {"DISTANCE(Address, GEOLOCATION(37.7749, -122.4194), 'km') < 560", 2},
        {"DISTANCE(Address, GEOLOCATION(37.7749, -122.4194), 'mi') > 347", 1},
        {"DISTANCE(Address, GEOLOCATION(37.7749, -122.4194), 'mi') > 348", 0},
    };
    send("POST", "/sobjects/Lead", "",
         "{\"LastName\":\"South\",\"Company\":\"x\",\"Latitude\":34.0522,\"Longitude\":-118.2437}");
    send("POST", "/sobjects/Lead", "",
         "{\"LastName\":\"North\",\"Company\":\"x\",\"Latitude\":37.7749,\"Longitude\":-122.4194}");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct http_response response =
            ask(arena_printf(&arena, "SELECT Id FROM Lead WHERE %s", cases[i].conditions).data);
        assert_int_equal(number_of(response.body, "\"totalSize\":"), cases[i].size);
    }
    struct http_response response = ask(
        "SELECT LastName, DISTANCE(Address, GEOLOCATION(37.7749, -122.4194), 'km') far FROM Lead "
        "ORDER BY DISTANCE(Address, GEOLOCATION(37.7749, -122.4194), 'km') NULLS LAST");
    size_t north = slice_find(response.body, "\"LastName\":\"North\",\"far\":0", 0);
    size_t south = slice_find(response.body, "\"LastName\":\"South\",\"far\":559.12", 0);
    assert_true(north < south && south < response.body.length);
    assert_true(slice_find(response.body, "\"far\":null", south) < response.body.length);
}

/* What the checker rejects is refused in Salesforce's words. */
static void refused_queries(void **state)
{
    (void)state;
    static const struct {
        const char *soql, *code, *message;
    } cases[] = {
        {"SELECT Id FROM Account WHERE", "MALFORMED_QUERY", "expected a field here"},
        {"SELECT Nmae FROM Account", "INVALID_FIELD", "No such column 'Nmae' on entity 'Account'."},
        {"SELECT Id FROM Acount", "INVALID_TYPE", "sObject type 'Acount' is not supported."},
        {"SELECT Id FROM Opportunity WHERE Amount = '5'", "INVALID_FIELD",
         "value of filter criterion for field 'Amount' must be of type double and should not be "
         "enclosed in quotes"},
        {"SELECT Id FROM Account WHERE Name = 5", "INVALID_FIELD",
         "value of filter criterion for field 'Name' must be of type string and should be enclosed "
         "in quotes"},
        {"SELECT Id FROM Account WHERE CreatedDate > 2026-01-01", "INVALID_FIELD",
         "value of filter criterion for field 'CreatedDate' must be of type dateTime and should "
         "not "
         "be enclosed in quotes"},
        {"SELECT Id FROM Account WHERE Description = 'x'", "INVALID_FIELD",
         "field 'Description' can not be filtered in a query call"},
        {"SELECT Id FROM Opportunity WHERE CloseDate LIKE '2%'", "INVALID_FIELD",
         "invalid operator on date field"},
        {"SELECT Id FROM Account WHERE Id = 'abc'", "INVALID_QUERY_FILTER_OPERATOR",
         "invalid ID field: abc"},
        {"SELECT Id FROM Account ORDER BY Description", "MALFORMED_QUERY",
         "field 'Description' can not be sorted in a query call"},
        {"SELECT Amount FROM Opportunity GROUP BY Amount", "MALFORMED_QUERY",
         "field 'Amount' can not be grouped in a query call"},
        {"SELECT SUM(Name) FROM Account", "MALFORMED_QUERY",
         "field Name does not support aggregate operator SUM"},
        {"SELECT MAX(IsWon) FROM Opportunity", "MALFORMED_QUERY",
         "field IsWon does not support aggregate operator MAX"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct http_response response = ask(cases[i].soql);
        struct slice code = arena_printf(&arena, "\"errorCode\":\"%s\"", cases[i].code);
        assert_int_equal(response.status, 400);
        if (slice_find_slice(response.body, code, 0) == SIZE_MAX ||
            slice_find(response.body, cases[i].message, 0) == SIZE_MAX) {
            print_error("%s: %.*s\n", cases[i].soql, SLICE_ARG(response.body));
            fail();
        }
    }
}

/* Records have a limit: what would be kept is refused, what is there can be read and deleted. */
static void storage(void **state)
{
    (void)state;
    static const char new_account[] = "{\"Name\": \"Another\"}";
    static const char full[] =
        "[{\"message\":\"storage limit exceeded\",\"errorCode\":\"STORAGE_LIMIT_EXCEEDED\"}]";
    struct arena kept;
    arena_init(&kept);
    kept.recovery = arena.recovery;
    struct organisation_options options = {
        .url = SLICE("https://x.my.salesforce.com"), .now = NOW, .memory = 512 * 1024};
    organisation = organisation_new(&kept, sobject_catalog_new(&arena), &options);
    struct http_response response = {.status = 201};
    size_t count = 0;
    for (; response.status == 201 && count < 10000; count++) {
        response = send("POST", "/sobjects/Account", "", new_account);
    }
    assert_int_equal(response.status, 400);
    assert_int_equal(response.body.length, sizeof full - 1);
    assert_memory_equal(response.body.data, full, sizeof full - 1);
    assert_true(count > 100 && arena_size(&kept) < 1024 * 1024);
    response = ask("SELECT count() FROM Account");
    assert_int_equal(response.status, 200);
    response = send("PATCH", "/sobjects/Account/001000000000001", "", "{\"Name\": \"Changed\"}");
    assert_int_equal(response.status, 400);
    response = send("DELETE", "/sobjects/Account/001000000000001", "", "");
    assert_int_equal(response.status, 204);
    arena_free(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(requests, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(same_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(queries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shapes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refused_queries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(distances, set_up, tear_down),
        cmocka_unit_test_setup_teardown(storage, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
