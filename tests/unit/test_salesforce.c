/* What dialogc knows of Salesforce: descriptions, ids, paths, SOQL, conversions, describe answers.
 */
#include "support.h"

#include "base/embedded.h"
#include "build/compiler/compiler.h"
#include "document/json/reader.h"
#include "language/operation/conversion.h"
#include "salesforce/operation.h"
#include "salesforce/describe.h"
#include "salesforce/path.h"
#include "salesforce/record_id.h"
#include "salesforce/soql.h"
#include "document/yaml/reader.h"

/* ---- descriptions ---- */

static const struct schema *schema_of(struct arena *arena, const char *name)
{
    struct schema_set *set = schema_set_new(arena);
    struct diagnostics list = diagnostics_new(arena);
    static const char *const names[] = {"action-template", "sobject", "fragment"};
    for (size_t i = 0; i < 3; i++) {
        struct slice text;
        struct source *source;
        assert_true(compiler_schema_text(arena, slice_of(names[i]), &text));
        const struct node *root = json_read(arena, names[i], text, &list, &source);
        schema_set_add(set, node_get(root, "$id")->text, root);
    }
    struct slice uri = arena_printf(arena, "https://dialogc.dev/schemas/%s.schema.json", name);
    const struct schema *schema = schema_compile(set, uri, &list);
    assert_non_null(schema);
    return schema;
}

static void check_field(const struct sobject *object, const struct sobject_field *field)
{
    bool picklist = field->type == FIELD_PICKLIST || field->type == FIELD_MULTIPICKLIST;
    bool text_default = field->default_value != NULL && field->default_value->kind == NODE_STRING;
    if (field->type == FIELD_ANY || (field->required && !field->createable) ||
        (field->required && field->nillable) ||
        (field->reference_count > 0) != (field->type == FIELD_REFERENCE) ||
        (picklist && field->value_count > 0 && text_default &&
         !sobject_field_has_value(field, field->default_value->text)) ||
        (field->value_count > 0 && !picklist && field->type != FIELD_COMBOBOX) ||
        (field_type_is_text(field->type) && field->length == 0)) {
        fail_msg("%.*s.%.*s is described wrongly", SLICE_ARG(object->name), SLICE_ARG(field->name));
    }
}

static void descriptions_are_valid(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    const struct schema *schema = schema_of(&arena, "sobject");
    struct sobject_catalog *catalog = sobject_catalog_new(&arena);
    struct diagnostics list = diagnostics_new(&arena);
    size_t objects = 0;
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        if (!slice_starts_with(slice_of(file->name), "schemas/sobjects/")) {
            continue;
        }
        struct source *source;
        const struct node *root =
            json_read(&arena, file->name, (struct slice){(const char *)file->bytes, file->length},
                      &list, &source);
        assert_non_null(root);
        assert_true(schema_validate(&list, schema, root));
        assert_non_null(node_get(root, "apiVersion"));
        const struct sobject *object =
            sobject_find(catalog, node_get(root, "sobject")->text, &arena);
        assert_non_null(object);
        assert_int_equal(object->field_count, node_get(root, "fields")->count);
        assert_string_equal(sobject_of_prefix(object->key_prefix),
                            arena_copy(&arena, object->name));
        size_t names = 0;
        for (size_t i = 0; i < object->field_count; i++) {
            check_field(object, &object->fields[i]);
            names += object->fields[i].name_field;
            assert_false(object->fields[i].createable && !object->createable);
        }
        assert_int_equal(names, 1);
        objects++;
    }
    assert_int_equal(objects, 12);
    assert_int_equal(list.error_count, 0);
    arena_free(&arena);
}

/* Some of what salesforce's documentation says, to notice a slip in the descriptions. */
static void descriptions_say_what_is_documented(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct sobject_catalog *catalog = sobject_catalog_new(&arena);
    static const struct {
        const char *object, *field;
        enum field_type type;
        long long length;
        bool required, createable, updateable;
    } facts[] = {
        {"Lead", "FirstName", FIELD_STRING, 40, false, true, true},
        {"Lead", "LastName", FIELD_STRING, 80, true, true, true},
        {"Lead", "Company", FIELD_STRING, 255, true, true, true},
        {"Lead", "Title", FIELD_STRING, 128, false, true, true},
        {"Lead", "Email", FIELD_EMAIL, 80, false, true, true},
        {"Lead", "MobilePhone", FIELD_PHONE, 40, false, true, true},
        {"Lead", "Name", FIELD_STRING, 121, false, false, false},
        {"Lead", "IsConverted", FIELD_BOOLEAN, 0, false, false, false},
        {"Opportunity", "Name", FIELD_STRING, 120, true, true, true},
        {"Opportunity", "StageName", FIELD_PICKLIST, 255, true, true, true},
        {"Opportunity", "CloseDate", FIELD_DATE, 0, true, true, true},
        {"Account", "Name", FIELD_STRING, 255, true, true, true},
        {"Contact", "FirstName", FIELD_STRING, 40, false, true, true},
        {"Contact", "LastName", FIELD_STRING, 80, true, true, true},
        {"Case", "Subject", FIELD_STRING, 255, false, true, true},
        {"Case", "Description", FIELD_TEXTAREA, 32000, false, true, true},
        {"Task", "Subject", FIELD_COMBOBOX, 255, false, true, true},
        {"User", "Username", FIELD_STRING, 80, false, false, false},
        {"CampaignMember", "CampaignId", FIELD_REFERENCE, 18, true, true, false},
        {"PricebookEntry", "UnitPrice", FIELD_CURRENCY, 0, true, true, true},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        const struct sobject *object = sobject_find(catalog, slice_of(facts[i].object), &arena);
        const struct sobject_field *field = sobject_field(object, slice_of(facts[i].field));
        if (field == NULL || field->type != facts[i].type || field->length != facts[i].length ||
            field->required != facts[i].required || field->createable != facts[i].createable ||
            field->updateable != facts[i].updateable) {
            fail_msg("%s.%s", facts[i].object, facts[i].field);
        }
    }
    assert_null(sobject_find(catalog, SLICE("lead"), &arena));
    assert_null(sobject_of_prefix(SLICE("zzz")));
    arena_free(&arena);
}

static void fragments_are_valid(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    const struct schema *schema = schema_of(&arena, "fragment");
    struct fragment_library *library = fragment_library_new(&arena);
    struct diagnostics list = diagnostics_new(&arena);
    size_t count = 0;
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        struct slice name = slice_of(file->name);
        if (slice_find(name, "/fragments/", 0) == SIZE_MAX) {
            continue;
        }
        struct source *source;
        const struct node *root =
            yaml_read(&arena, file->name, (struct slice){(const char *)file->bytes, file->length},
                      &list, &source);
        assert_non_null(root);
        assert_true(schema_validate(&list, schema, root));
        const struct fragment *fragment =
            fragment_find(library, node_get(root, "fragment")->text, &arena);
        assert_non_null(fragment); /* the file is named after the identifier */
        count++;
    }
    assert_true(count >= 5);
    assert_int_equal(list.error_count + list.warning_count, 0);
    assert_null(fragment_find(library, SLICE("nothing"), &arena));
    arena_free(&arena);
}

/* ---- ids ---- */

static void tells_record_ids(void **state)
{
    (void)state;
    static const char *const good[] = {"00Q5g00000DZ0d4", "00Q5g00000DZ0d4EAD", "001000000000000",
                                       "001000000000000AAA"};
    static const char *const bad[] = {"",
                                      "00Q5g00000DZ0d",
                                      "00Q5g00000DZ0d4E",
                                      "00Q5g00000DZ0d4EAE",
                                      "00q5g00000DZ0d4EAD",
                                      "00Q5g00000DZ0d4ead",
                                      "00Q5g00000DZ0d-",
                                      "00Q5g00000DZ0d4EAD0"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_null(record_id_mistake(slice_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_non_null(record_id_mistake(slice_of(bad[i])));
    }
}

/* ---- paths ---- */

static void follows_paths(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct sobject_catalog *catalog = sobject_catalog_new(&arena);
    const struct sobject *object = sobject_find(catalog, SLICE("Opportunity"), &arena);
    static const struct {
        const char *path;
        const char *end; /* "Object.Field", "record", "missing 1", "unknown" */
    } cases[] = {
        {"Name", "Name"},
        {"Account.Name", "Name"},
        {"Account.Owner.Manager.Email", "Email"},
        {"Account", "record"},
        {"Account.Owner", "record"},
        {"Nmae", "missing 0"},
        {"Account.Nmae", "missing 1"},
        {"Acount.Name", "missing 0"},
        {"Name.Length", "missing 0"},
        {"Account.BillingAddress.city", "unknown"},
        {"Pricebook2.Name", "unknown"},
        {"Region__c", "custom"},
        {"Region__r.Name", "custom"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct path_result result = path_follow_text(&arena, object, slice_of(cases[i].path));
        struct slice end = result.field != NULL ? result.field->name
                           : result.is_record   ? SLICE("record")
                           : result.is_custom   ? SLICE("custom")
                           : result.is_missing ? arena_printf(&arena, "missing %zu", result.segment)
                                               : SLICE("unknown");
        if (!slice_is(end, cases[i].end)) {
            fail_msg("%s: %.*s", cases[i].path, SLICE_ARG(end));
        }
    }
    /* owners are users or queues; who is a contact or a lead */
    const struct sobject *task = sobject_find(catalog, SLICE("Task"), &arena);
    assert_non_null(path_follow_text(&arena, task, SLICE("Who.Company")).field);
    assert_non_null(path_follow_text(&arena, task, SLICE("Who.AccountId")).field);
    assert_null(path_follow_text(&arena, NULL, SLICE("Name")).field);
    arena_free(&arena);
}

/* ---- SOQL ---- */

static struct soql *parse(struct arena *arena, const char *query, struct diagnostics *list)
{
    struct source *source = source_new(arena, "q", slice_of(query));
    struct node *node = arena_alloc(arena, sizeof *node);
    *node = (struct node){.kind = NODE_STRING,
                          .text = slice_of(query),
                          .source = source,
                          .range = {0, (uint32_t)strlen(query)}};
    struct text_reader reader = {.arena = arena, .diagnostics = list};
    struct references references = {0};
    struct text text = text_parse(&reader, node, USE_QUERY, &references);
    struct soql_piece *pieces = arena_alloc_array(arena, text.count + 1, sizeof *pieces);
    for (size_t i = 0; i < text.count; i++) {
        const struct reference *reference = text.parts[i].reference;
        pieces[i] =
            (struct soql_piece){.node = node,
                                .text = text.parts[i].literal,
                                .reference = reference,
                                .range = reference != NULL ? reference->range : (struct range){0}};
    }
    return soql_parse(arena, pieces, text.count, list);
}

static void parses_soql(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        size_t items, tests, groups, orders;
        bool aggregates;
    } cases[] = {
        {"SELECT Id FROM Lead", 1, 0, 0, 0, false},
        {"select id,Name from Lead limit 5 offset 10", 2, 0, 0, 0, false},
        {"SELECT Account.Owner.Name FROM Contact WHERE Account.Name LIKE 'A%'", 1, 1, 0, 0, false},
        {"SELECT Id FROM Lead WHERE a = 1 AND b != 'x' AND c < 2.5 AND d <= -3 AND e > 1 AND f >= "
         "1",
         1, 6, 0, 0, false},
        {"SELECT Id FROM Lead WHERE (a = 1 OR b = 2) AND (NOT (c = 3 AND (d = null)))", 1, 4, 0, 0,
         false},
        {"SELECT Id FROM Lead WHERE NOT a = true AND b IN ('x', 'y') AND c NOT IN (1, 2)", 1, 3, 0,
         0, false},
        {"SELECT Id FROM Lead WHERE a INCLUDES ('x;y', 'z') AND b EXCLUDES ('q')", 1, 2, 0, 0,
         false},
        {"SELECT Id FROM Lead WHERE a = TODAY AND b > LAST_N_DAYS:30 AND c = 2026-01-01 AND d < "
         "2026-01-01T00:00:00Z AND e = 2026-01-01T10:00:00+02:00",
         1, 5, 0, 0, false},
        {"SELECT COUNT() FROM Lead", 1, 0, 0, 0, true},
        {"SELECT StageName, COUNT(Id) n, SUM(Amount), MAX(CloseDate) latest FROM Opportunity GROUP "
         "BY "
         "StageName HAVING COUNT(Id) > 3 AND SUM(Amount) > 5 ORDER BY COUNT(Id) DESC NULLS LAST, "
         "StageName",
         4, 2, 1, 2, true},
        {"SELECT CALENDAR_YEAR(CloseDate) y FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate)", 1,
         0, 1, 0, true},
        {"SELECT Id FROM Lead WHERE a = 'it\\'s' AND b = 'a\\\\' AND c = ''", 1, 3, 0, 0, false},
        {"SELECT Id FROM Lead WHERE a = ${x} AND b IN (${y}, 'z', ${y}) AND c IN ${l} AND d LIKE "
         "'%${x}_' LIMIT ${n}",
         1, 4, 0, 0, false},
        {"SELECT Id FROM Lead ORDER BY CreatedDate ASC NULLS FIRST", 1, 0, 0, 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        WITH_ARENA(arena);
        struct diagnostics list = diagnostics_new(&arena);
        const struct soql *soql = parse(&arena, cases[i].query, &list);
        if (soql == NULL || soql->item_count != cases[i].items ||
            soql->test_count != cases[i].tests || soql->group_count != cases[i].groups ||
            soql->order_count != cases[i].orders || soql->aggregates != cases[i].aggregates) {
            fail_msg("%s: %s", cases[i].query,
                     list.first != NULL ? arena_copy(&arena, list.first->message) : "?");
        }
        arena_free(&arena);
    }
}

/* Queries of the SOQL reference and of real projects: there is nothing to say of them. */
static void takes_what_salesforce_takes(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "SELECT Contact.LastName, Contact.Account.Name FROM Contact",
        "SELECT c.LastName FROM Contact c WHERE c.Email != null",
        "SELECT c.Name FROM Contact AS c ORDER BY c.Name",
        "SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name = 'X'",
        "SELECT Id FROM Contact c, c.Account a, a.Owner o WHERE o.Name = 'X' AND a.Name = 'Y'",
        "SELECT Id, Name FROM Group WHERE Type = 'Queue'",
        "SELECT Group.Name FROM GroupMember",
        "SELECT Id FROM Order WHERE Status = 'Draft'",
        "SELECT Name n, MAX(AnnualRevenue) m FROM Account GROUP BY Name",
        "SELECT Account.Name acc, Owner.Name own FROM Opportunity GROUP BY Account.Name, "
        "Owner.Name",
        "SELECT Name, (SELECT LastName FROM Contacts WHERE LastName LIKE 'A%' ORDER BY LastName "
        "LIMIT 5) FROM Account",
        "SELECT Id, (SELECT Id, (SELECT Id FROM Assets) FROM Contacts) FROM Account",
        "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'a') "
        "AND Id NOT IN (SELECT AccountId FROM Opportunity WHERE IsWon = true)",
        "SELECT TYPEOF What WHEN Account THEN Phone, NumberOfEmployees WHEN Opportunity THEN "
        "Amount "
        "ELSE Name END FROM Event",
        "SELECT Id, TYPEOF Owner WHEN User THEN Id WHEN Group THEN CreatedById END FROM Case",
        "SELECT FIELDS(ALL) FROM Account LIMIT 200",
        "SELECT FIELDS(STANDARD), Custom__c FROM Account",
        "SELECT toLabel(Status), toLabel(LeadSource) s FROM Lead WHERE toLabel(Status) = 'Neu'",
        "SELECT FORMAT(Amount) a, FORMAT(convertCurrency(Amount)) c FROM Opportunity",
        "SELECT FORMAT(MIN(CloseDate)) a FROM Opportunity",
        "SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)) h, COUNT(Id) FROM Case GROUP BY "
        "HOUR_IN_DAY(convertTimezone(CreatedDate))",
        "SELECT Status, GROUPING(Status) g, COUNT(Id) FROM Lead GROUP BY ROLLUP(Status, "
        "LeadSource)",
        "SELECT Status, COUNT(Id) FROM Lead GROUP BY CUBE(Status)",
        "SELECT Id FROM Account WHERE DISTANCE(Place__c, GEOLOCATION(37.7, -122.4), 'mi') < 20 "
        "ORDER BY DISTANCE(Place__c, GEOLOCATION(37.7, -122.4), 'mi') DESC",
        "SELECT Id FROM Opportunity WHERE Amount > USD5000",
        "SELECT Id FROM Opportunity WHERE CloseDate = N_FISCAL_QUARTERS_AGO:2 OR CloseDate = "
        "last_fiscal_year",
        "SELECT Id FROM Lead USING SCOPE mine WHERE Name = 'x' ORDER BY Name DESC NULLS LAST",
        "SELECT Title FROM KnowledgeArticleVersion WHERE PublishStatus = 'online' WITH DATA "
        "CATEGORY Geography__c ABOVE usa__c AND Product__c AT (a__c, b__c)",
        "SELECT Id FROM Contact FOR VIEW",
        "SELECT Id FROM Contact LIMIT 1 FOR REFERENCE UPDATE TRACKING, VIEWSTAT",
        "SELECT Id FROM Task WHERE Start__c = 13:00:00Z AND b = 2026-01-31T10:00:00.000-0800",
        "SELECT Id FROM Lead WHERE a = 1e3 AND b = -.5 AND c IN ('a\\nb', 'it\\'s', '\\\\') AND d "
        "LIKE "
        "'50\\%\\_'",
        "SELECT LeadSource, COUNT(Name) FROM Lead GROUP BY LeadSource HAVING COUNT(Name) > 100 AND "
        "LeadSource > 'Phone'",
        "SELECT COUNT() FROM Lead LIMIT 5",
        "SELECT Id FROM Lead WHERE NOT Name = 'x' AND (NOT (a = 1)) AND ((NOT b = 1) OR c = 2)",
        "SELECT DAY_ONLY(CreatedDate), SUM(Amount) FROM Opportunity GROUP BY DAY_ONLY(CreatedDate) "
        "ORDER BY DAY_ONLY(CreatedDate)",
        "SELECT Account.Parent.Parent.Parent.Parent.Name FROM Contact",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        WITH_ARENA(arena);
        struct diagnostics list = diagnostics_new(&arena);
        const struct soql *soql = parse(&arena, cases[i], &list);
        if (soql == NULL || list.first != NULL) {
            fail_msg("%s: %s", cases[i],
                     list.first != NULL ? arena_copy(&arena, list.first->message) : "?");
        }
        arena_free(&arena);
    }
}

/* The grammar allows these; Salesforce refuses them. The place is where the query has the words. */
static void refuses_what_salesforce_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        enum code code;
        const char *place;
    } cases[] = {
        {"SELECT Name, Id, name FROM Account", E0816, "name"},
        {"SELECT COUNT(Id) c, SUM(AnnualRevenue) C FROM Account", E0816, "C"},
        {"SELECT Account.Name, Owner.Name FROM Opportunity GROUP BY Account.Name, Owner.Name",
         E0816, "Owner.Name"},
        {"SELECT Name n FROM Account", E0816, "n"},
        {"SELECT COUNT() n FROM Account", E0816, "n"},
        {"SELECT COUNT(), Name FROM Account GROUP BY Name", E0816, "COUNT()"},
        {"SELECT COUNT() FROM Account ORDER BY Type", E0816, "Type"},
        {"SELECT Name, COUNT(Id) FROM Account", E0816, "Name"},
        {"SELECT CALENDAR_YEAR(CreatedDate) FROM Opportunity", E0816, "CALENDAR_YEAR(CreatedDate)"},
        {"SELECT Type, COUNT(Id) FROM Account GROUP BY Type ORDER BY Site", E0816, "Site"},
        {"SELECT Type, COUNT(Id) FROM Account GROUP BY Type HAVING Site = 'x'", E0816, "Site"},
        {"SELECT MAX(CreatedDate) FROM Account LIMIT 7", E0816, "7"},
        {"SELECT Id FROM Account LIMIT 10 OFFSET 2001", E0816, "2001"},
        {"SELECT FIELDS(ALL) FROM Account", E0816, "FIELDS(ALL)"},
        {"SELECT FIELDS(CUSTOM) FROM Account LIMIT 201", E0816, "FIELDS(CUSTOM)"},
        {"SELECT Type, GROUPING(Type) g FROM Account GROUP BY Type", E0816, "GROUPING(Type)"},
        {"SELECT a, b, c FROM Account GROUP BY CUBE(a, b, c, dd)", E0816, "dd"},
        {"SELECT Id FROM Contact WHERE A.P1.P2.P3.P4.P5.Name = 'x'", E0816,
         "A.P1.P2.P3.P4.P5.Name"},
        {"SELECT Id FROM Account WHERE Id IN (SELECT AccountId, Email FROM Contact)", E0816,
         "AccountId"},
        {"SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 9)", E0816, "9"},
        {"SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM account)", E0816, "account"},
        {"SELECT Id FROM Lead WHERE a = 1 OR Id IN (SELECT LeadId FROM CampaignMember)", E0816,
         "IN"},
        {"SELECT Id, (SELECT COUNT(Name) FROM Contacts) FROM Account", E0816, "COUNT(Name)"},
        {"SELECT Id FROM Account WHERE MAX(Amount) > 1", E0816, "MAX"},
        {"SELECT Id FROM Account WHERE convertCurrency(Amount) > 1", E0816, "convertCurrency"},
        {"SELECT Id FROM Lead FOR UPDATE", W0822, "UPDATE"},
        {"SELECT Id FROM Lead ALL ROWS", W0822, "ALL ROWS"},
        {"SELECT Id FROM Lead WITH SECURITY_ENFORCED", W0822, "SECURITY_ENFORCED"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        WITH_ARENA(arena);
        struct diagnostics list = diagnostics_new(&arena);
        const struct soql *soql = parse(&arena, cases[i].query, &list);
        const struct diagnostic *d = list.first;
        const char *at = d != NULL ? cases[i].query + d->range.start : "";
        if (soql == NULL || d == NULL || d->code != cases[i].code ||
            d->range.end - d->range.start != strlen(cases[i].place) ||
            strncmp(at, cases[i].place, strlen(cases[i].place)) != 0) {
            fail_msg("%s: %s, at `%s`", cases[i].query,
                     d != NULL ? arena_copy(&arena, d->message) : "nothing to say", at);
        }
        arena_free(&arena);
    }
}

static void refuses_what_is_no_soql(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "SELECT",
        "SELECT FROM Lead",
        "SELECT Id",
        "SELECT Id FROM",
        "SELECT Id, FROM Lead",
        "SELECT Id FROM Lead,",
        "SELECT Id FROM Lead WHERE",
        "SELECT Id FROM Lead WHERE a",
        "SELECT Id FROM Lead WHERE a =",
        "SELECT Id FROM Lead WHERE a = b",
        "SELECT Id FROM Lead WHERE a = 'x",
        "SELECT Id FROM Lead WHERE a = 'x\\",
        "SELECT Id FROM Lead WHERE a = 'x' 'y'",
        "SELECT Id FROM Lead WHERE a = \"x\"",
        "SELECT Id FROM Lead WHERE a == 1",
        "SELECT Id FROM Lead WHERE a = 1 AND b = 2 OR c = 3",
        "SELECT Id FROM Lead WHERE (a = 1",
        "SELECT Id FROM Lead WHERE a = 1)",
        "SELECT Id FROM Lead WHERE a IN 1",
        "SELECT Id FROM Lead WHERE a IN ()",
        "SELECT Id FROM Lead WHERE a IN (1,",
        "SELECT Id FROM Lead WHERE a NOT 1",
        "SELECT Id FROM Lead WHERE a IS NULL",
        "SELECT Id FROM Lead WHERE a = LAST_N_DAYS",
        "SELECT Id FROM Lead WHERE a = LAST_N_DAYS:x",
        "SELECT Id FROM Lead LIMIT 1.5",
        "SELECT Id FROM Lead LIMIT -1",
        "SELECT Id FROM Lead LIMIT x",
        "SELECT Id FROM Lead OFFSET 1 LIMIT 1",
        "SELECT Id FROM Lead ORDER Name",
        "SELECT Id FROM Lead ORDER BY Name NULLS",
        "SELECT Id FROM Lead FOR",
        "SELECT Id FROM Lead ALL",
        "SELECT Id FROM Lead USING SCOPE nobody",
        "SELECT Id FROM Lead WITH NOTHING",
        "SELECT Id FROM Lead WHERE a = 1 AND NOT b = 2",
        "SELECT Id FROM Lead WHERE a = :name",
        "SELECT Id FROM Lead WHERE a = 'x\\y'",
        "SELECT Id FROM Lead WHERE a = 2026-02-30",
        "SELECT Id FROM Lead WHERE a = 2026-02-01T10:00:00",
        "SELECT Id FROM Lead WHERE a = 2026-02-01T25:00:00Z",
        "SELECT Id FROM Lead WHERE a = LAST_N_DAYS:-5",
        "SELECT Id FROM Lead WHERE a > 1.2.3",
        "SELECT FIELDS(SOME) FROM Lead",
        "SELECT TYPEOF What WHEN Account THEN END FROM Event",
        "SELECT TYPEOF What ELSE Name END FROM Event",
        "SELECT (SELECT Id FROM Contacts FROM Account",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact",
        "SELECT COUNT(Id) group FROM Account",
        "SELECT convertTimezone(CreatedDate) FROM Account",
        "SELECT GEOLOCATION(1, 2) FROM Account",
        "SELECT SUM(MAX(Amount)) FROM Opportunity",
        "SELECT Id FROM Account, Contact",
        "SELECT NOSUCH(Id) FROM Lead",
        "SELECT COUNT(Id FROM Lead",
        "SELECT ${x} FROM Lead",
        "SELECT Id FROM ${x}",
        "SELECT Id FROM Lead WHERE ${x} = 1",
        "SELECT Id FROM Lead WHERE a ${x} 1",
        "SELECT Id FROM Lead ORDER BY ${x}",
        "SELECT Id FROM Lead; DROP",
        "SELECT Id FROM Lead -- comment",
        "UPDATE Lead",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        WITH_ARENA(arena);
        struct diagnostics list = diagnostics_new(&arena);
        if (strlen(cases[i]) > 0) {
            assert_null(parse(&arena, cases[i], &list));
            assert_int_equal(list.error_count, 1);
            assert_true(list.first->code == E0815);
            assert_true(list.first->range.end <= strlen(cases[i]));
        }
        arena_free(&arena);
    }
    /* nested too deeply: an error, and no overflow of the stack */
    WITH_ARENA(arena);
    struct builder deep = builder_new(&arena);
    builder_add_text(&deep, "SELECT Id FROM Lead WHERE ");
    builder_add_repeated(&deep, '(', 100000);
    struct diagnostics list = diagnostics_new(&arena);
    assert_null(parse(&arena, arena_copy(&arena, builder_slice(&deep)), &list));
    assert_int_equal(list.error_count, 1);
    arena_free(&arena);
}

/* ---- conversions ---- */

/* The conversion of the value of a reference to `entity`. */
static enum conversion conversion_of_entity(const struct sobject_field *field,
                                            const struct entity *entity)
{
    struct resolution resolution = {.kind = REFERENCE_ENTITY, .entity = entity};
    struct analysis analysis = {.references = &resolution};
    struct reference reference = {.index = 0, .count = 1};
    return conversion_find(&analysis, field, &reference);
}

static void converts_by_type(void **state)
{
    (void)state;
    static const struct {
        const char *entity;
        enum field_type field;
        enum conversion conversion;
    } cases[] = {
        {"string", FIELD_STRING, CONVERT_NOTHING},
        {"string", FIELD_PHONE, CONVERT_NOTHING},
        {"string", FIELD_URL, CONVERT_NOTHING},
        {"string", FIELD_PICKLIST, CONVERT_NOTHING},
        {"string", FIELD_EMAIL, CONVERT_IMPOSSIBLE},
        {"string", FIELD_DATE, CONVERT_IMPOSSIBLE},
        {"string", FIELD_DOUBLE, CONVERT_IMPOSSIBLE},
        {"string", FIELD_BOOLEAN, CONVERT_IMPOSSIBLE},
        {"string", FIELD_REFERENCE, CONVERT_IMPOSSIBLE},
        {"person-name", FIELD_TEXTAREA, CONVERT_NOTHING},
        {"number", FIELD_STRING, CONVERT_TEXT},
        {"number", FIELD_INT, CONVERT_NUMBER},
        {"number", FIELD_CURRENCY, CONVERT_NUMBER},
        {"currency", FIELD_CURRENCY, CONVERT_NUMBER},
        {"percentage", FIELD_PERCENT, CONVERT_NUMBER},
        {"number", FIELD_PHONE, CONVERT_IMPOSSIBLE},
        {"number", FIELD_DATE, CONVERT_IMPOSSIBLE},
        {"date", FIELD_DATE, CONVERT_DATE},
        {"date", FIELD_DATETIME, CONVERT_DATETIME},
        {"date-time", FIELD_DATE, CONVERT_DATE},
        {"date-time", FIELD_DATETIME, CONVERT_DATETIME},
        {"date", FIELD_STRING, CONVERT_TEXT},
        {"date", FIELD_PICKLIST, CONVERT_IMPOSSIBLE},
        {"time", FIELD_TIME, CONVERT_TIME},
        {"phone", FIELD_PHONE, CONVERT_NOTHING},
        {"phone", FIELD_DATE, CONVERT_IMPOSSIBLE},
        {"phone", FIELD_PICKLIST, CONVERT_IMPOSSIBLE},
        {"email", FIELD_EMAIL, CONVERT_NOTHING},
        {"salesforce-id", FIELD_REFERENCE, CONVERT_NOTHING},
        {"email", FIELD_REFERENCE, CONVERT_IMPOSSIBLE},
        {"country", FIELD_STRING, CONVERT_IMPOSSIBLE},
        {"attachment", FIELD_STRING, CONVERT_IMPOSSIBLE},
        {"url", FIELD_URL, CONVERT_NOTHING},
        {"string", FIELD_ADDRESS, CONVERT_IMPOSSIBLE},
        {"string", FIELD_ANY, CONVERT_NOTHING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct entity entity = {.type = entity_type_find(slice_of(cases[i].entity))};
        struct sobject_field field = {.type = cases[i].field};
        if (conversion_of_entity(&field, &entity) != cases[i].conversion) {
            fail_msg("%s to %s", cases[i].entity, field_type_word(cases[i].field));
        }
    }
    /* choices go by their values */
    struct choice words[] = {{.value = SLICE("yes")}, {.value = SLICE("No")}};
    struct choice numbers[] = {{.value = SLICE("1")}, {.value = SLICE("-2.5")}};
    struct entity choice = {
        .type = entity_type_find(SLICE("choice")), .choices = words, .choice_count = 2};
    struct sobject_field field = {.type = FIELD_BOOLEAN};
    assert_int_equal(conversion_of_entity(&field, &choice), CONVERT_BOOLEAN);
    field.type = FIELD_INT;
    assert_int_equal(conversion_of_entity(&field, &choice), CONVERT_IMPOSSIBLE);
    choice.choices = numbers;
    assert_int_equal(conversion_of_entity(&field, &choice), CONVERT_NUMBER);
    choice.multiple = true;
    field.type = FIELD_MULTIPICKLIST;
    assert_int_equal(conversion_of_entity(&field, &choice), CONVERT_PICKS);
    field.type = FIELD_PICKLIST;
    assert_int_equal(conversion_of_entity(&field, &choice), CONVERT_IMPOSSIBLE);
}

/* ---- describe answers ---- */

static void imports_what_the_schema_allows(void **state)
{
    (void)state;
    static const char answer[] =
        "{\"name\": \"Thing__c\", \"label\": \"Th\\\"ing\", \"labelPlural\": \"Things\", "
        "\"keyPrefix\": \"a0X\", \"createable\": true, \"fields\": ["
        "{\"name\": \"Id\", \"type\": \"id\"},"
        "{\"name\": \"Odd__c\", \"type\": \"complexvalue\", \"label\": \"\\\\ \\u0001 \\\"\"},"
        "{\"name\": \"Pick__c\", \"type\": \"multipicklist\", \"picklistValues\": ["
        "{\"value\": \"a\", \"label\": \"A\", \"active\": true}, {\"value\": \"b\", \"active\": "
        "true}, {\"value\": null, \"active\": true}]},"
        "{\"name\": \"Default__c\", \"type\": \"double\", \"defaultValue\": 1.50, \"scale\": 2},"
        "{\"name\": \"Parent__c\", \"type\": \"reference\", \"referenceTo\": [\"Account\"], "
        "\"relationshipName\": \"Parent__r\"}]}";
    WITH_ARENA(arena);
    struct diagnostics list = diagnostics_new(&arena);
    struct source *source;
    struct sobject_catalog *catalog = sobject_catalog_new(&arena);
    const struct node *root = json_read(&arena, "answer", slice_of(answer), &list, &source);
    struct builder out = builder_new(&arena);
    struct slice name;
    assert_true(describe_import(&arena, root, catalog, &out, &name, &list));
    assert_true(slice_is(name, "Thing__c"));
    const struct node *made = json_read(&arena, "made", builder_slice(&out), &list, &source);
    assert_non_null(made);
    assert_true(schema_validate(&list, schema_of(&arena, "sobject"), made));
    assert_true(sobject_catalog_add(catalog, made, &list));
    const struct sobject *object = sobject_find(catalog, name, &arena);
    assert_int_equal(object->field_count, 5);
    assert_int_equal(sobject_field(object, SLICE("Odd__c"))->type, FIELD_ANY);
    assert_int_equal(sobject_field(object, SLICE("Pick__c"))->value_count, 2);
    assert_true(object->is_complete);
    assert_non_null(path_follow_text(&arena, object, SLICE("Parent__r.Industry")).field);
    assert_int_equal(list.error_count, 0);
    arena_free(&arena);
}

/* A route takes a path apart, or does not match it. */
static void routes(void **state)
{
    (void)state;
    static const struct {
        const char *route, *path;
        const char *parts[3]; /* object, the second, the third; NULL: the path does not match */
        enum route_part second, third;
    } cases[] = {
        {"sobjects/{object}", "sobjects/Lead", {"Lead"}, PART_ID, PART_ID},
        {"sobjects/{object}", "sobjects/", {NULL}, PART_ID, PART_ID},
        {"sobjects/{object}", "sobjects/Lead/1", {NULL}, PART_ID, PART_ID},
        {"sobjects/{object}", "sobjects/Lead?x=1", {NULL}, PART_ID, PART_ID},
        {"sobjects/{object}/{id}[?fields={fields}]",
         "sobjects/Lead/{{a/b?c}}?fields=Id,Name",
         {"Lead", "{{a/b?c}}", "Id,Name"},
         PART_ID,
         PART_FIELDS},
        {"sobjects/{object}/{id}[?fields={fields}]",
         "sobjects/Lead/1",
         {"Lead", "1"},
         PART_ID,
         PART_FIELDS},
        {"sobjects/{object}/{id}[?fields={fields}]",
         "sobjects/Lead/1?fields=",
         {NULL},
         PART_ID,
         PART_FIELDS},
        {"?q={term}&sobject={object}&{object}.limit={limit}",
         "?q=a/b&sobject=Lead&Lead.limit=10",
         {"Lead", "a/b", "10"},
         PART_TERM,
         PART_LIMIT},
        {"?q={term}&sobject={object}&{object}.limit={limit}",
         "?q=a&sobject=Lead&Task.limit=10",
         {NULL},
         PART_TERM,
         PART_LIMIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice parts[PART_COUNT];
        const enum route_part places[] = {PART_OBJECT, cases[i].second, cases[i].third};
        bool matches = route_match(cases[i].route, slice_of(cases[i].path), parts);
        assert_int_equal(matches, cases[i].parts[0] != NULL);
        for (size_t j = 0; matches && j < 3 && cases[i].parts[j] != NULL; j++) {
            assert_true(slice_is(parts[places[j]], cases[i].parts[j]));
        }
    }
    struct slice parts[PART_COUNT];
    struct slice segments[] = {SLICE("sobjects"), SLICE("Lead"), SLICE("a/b")};
    const char *route = operation_info(OPERATION_RETRIEVE)->route;
    assert_true(route_match_segments(route, segments, 3, parts));
    assert_true(slice_is(parts[PART_ID], "a/b"));
    assert_false(route_match_segments(route, segments, 2, parts));
    assert_false(route_match_segments("sobjects/{object}", segments, 3, parts));
    assert_true(route_match_segments("/sobjects/Lead/{id}", segments, 3, parts));
}

/* What of an operation is said in one place, and used in many. */
static void operations(void **state)
{
    (void)state;
    for (unsigned i = 0; i < OPERATION_NONE; i++) {
        const struct operation_info *info = operation_info((enum operation)i);
        struct slice rest = slice_of(info->route);
        struct route_piece piece;
        while (route_take(&rest, &piece)) { /* every part has a key */
            assert_true(piece.kind != ROUTE_PART || (size_t)piece.part < PART_COUNT);
        }
        assert_true(info->said[0] != '\0' && info->success != 0);
        assert_true((info->records != NULL) <= (info->reads != READS_NOTHING));
        for (unsigned j = 0; j < i; j++) {
            assert_string_not_equal(info->key, operation_info((enum operation)j)->key);
        }
    }
    assert_true(operation_succeeds(OPERATION_UPSERT, 201));
    assert_false(operation_succeeds(OPERATION_UPDATE, 200));
    assert_true(operation_succeeds(OPERATION_NONE, 302));
    assert_int_equal(operations_that(DOES_DELETE), OPERATION_BIT(OPERATION_DELETE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routes),
        cmocka_unit_test(operations),
        cmocka_unit_test(descriptions_are_valid),
        cmocka_unit_test(descriptions_say_what_is_documented),
        cmocka_unit_test(fragments_are_valid),
        cmocka_unit_test(tells_record_ids),
        cmocka_unit_test(follows_paths),
        cmocka_unit_test(parses_soql),
        cmocka_unit_test(refuses_what_is_no_soql),
        cmocka_unit_test(takes_what_salesforce_takes),
        cmocka_unit_test(refuses_what_salesforce_refuses),
        cmocka_unit_test(converts_by_type),
        cmocka_unit_test(imports_what_the_schema_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
