/* libdialogc as an embedding program sees it: only dialogc.h, linked to the shared library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>

#include "dialogc.h"

static const char good[] = "dialogc: 1\n"
                           "template: hello\n"
                           "title: Say Hello\n"
                           "intent: {utterances: [hello]}\n"
                           "messages: {greeting: Hello!}\n";

static const char creates_an_invoice[] =
    "dialogc: 1\n"
    "template: make\n"
    "title: Make an Invoice\n"
    "integration: salesforce\n"
    "auth: salesforce\n"
    "intent: {utterances: [make an invoice]}\n"
    "services:\n"
    "  makeInvoice:\n"
    "    salesforce: {create: Invoice__c, fields: {Total__c: \"5\"}}\n"
    "messages: {done: Done.}\n"
    "flow: [{call: makeInvoice, failure: [end]}, {say: done}]\n";

static const char uses_a_fragment[] = "dialogc: 1\n"
                                      "template: polite\n"
                                      "title: Say Thanks\n"
                                      "intent: {utterances: [thanks]}\n"
                                      "flow:\n"
                                      "  - use: thanks\n";

static struct dialogc_input text(const char *name, const char *bytes)
{
    return (struct dialogc_input){name, bytes, strlen(bytes)};
}

/* These two free the result. */
static void assert_clean(struct dialogc_result *result)
{
    size_t count;
    dialogc_result_findings(result, &count);
    assert_int_equal(dialogc_result_status(result), DIALOGC_OK);
    assert_int_equal(count, 0);
    dialogc_result_free(result);
}

static void assert_finding(struct dialogc_result *result, const char *code, const char *file,
                           size_t line)
{
    size_t count;
    const struct dialogc_finding *findings = dialogc_result_findings(result, &count);
    bool is_error = code[0] == 'E';
    assert_int_equal(dialogc_result_status(result), is_error ? DIALOGC_FINDINGS : DIALOGC_OK);
    assert_int_equal(count, 1);
    assert_string_equal(findings[0].code, code);
    assert_int_equal(findings[0].severity, is_error ? DIALOGC_ERROR : DIALOGC_WARNING);
    assert_string_equal(findings[0].file, file);
    assert_int_equal(findings[0].line, line);
    dialogc_result_free(result);
}

static void compiles_from_memory_to_memory(void **state)
{
    (void)state;
    struct dialogc *dialogc = dialogc_new();
    assert_non_null(dialogc);
    struct dialogc_result *result = dialogc_compile(dialogc, text("hello.yaml", good));
    size_t length;
    size_t count;
    assert_int_equal(dialogc_result_status(result), DIALOGC_OK);
    const char *artifact = dialogc_result_artifact(result, &length);
    assert_non_null(artifact);
    assert_int_equal(strlen(artifact), length);
    assert_int_equal(artifact[0], '{');
    dialogc_result_findings(result, &count);
    assert_int_equal(count, 0);
    dialogc_free(dialogc);
    assert_int_equal(artifact[length - 1], '}'); /* results outlive the compiler */
    dialogc_result_free(result);
}

static void tells_findings(void **state)
{
    (void)state;
    struct dialogc *dialogc = dialogc_new();
    struct dialogc_result *result = dialogc_compile(
        dialogc,
        text("bad.yaml", "dialogc: 1\ntemplate: t\ntitle: T\nintent: {utterances: [order]}\n"
                         "messages: {m: \"${nme}\"}\nentities: {name: {type: string}}\n"));
    size_t count;
    size_t length;
    const struct dialogc_finding *findings = dialogc_result_findings(result, &count);
    assert_int_equal(dialogc_result_status(result), DIALOGC_FINDINGS);
    assert_int_equal(count, 1);
    assert_string_equal(findings[0].code, "E0202");
    assert_int_equal(findings[0].severity, DIALOGC_ERROR);
    assert_string_equal(findings[0].file, "bad.yaml");
    assert_int_equal(findings[0].line, 5);
    assert_int_equal(findings[0].column, 18);
    assert_int_equal(findings[0].end_column, 21);
    assert_string_equal(findings[0].suggestion, "name");
    assert_null(dialogc_result_artifact(result, &length));
    assert_int_equal(length, 0);
    dialogc_result_free(result);
    dialogc_free(dialogc);
}

static void takes_project_and_profiles(void **state)
{
    (void)state;
    struct dialogc *dialogc = dialogc_new();
    struct dialogc_result *result =
        dialogc_set_project(dialogc, text("dialogc.yaml", "dialogc: 1\nlocales: [en, de]\n"));
    assert_int_equal(dialogc_result_status(result), DIALOGC_OK);
    dialogc_result_free(result);
    result = dialogc_add_auth(dialogc, text("a.yaml", "dialogc: 1\nprofile: org\n"));
    assert_int_equal(dialogc_result_status(result), DIALOGC_FINDINGS);
    dialogc_result_free(result);
    result = dialogc_compile(dialogc, text("hello.yaml", good));
    size_t count;
    const struct dialogc_finding *findings = dialogc_result_findings(result, &count);
    assert_int_equal(count, 1); /* utterances are given for one of two locales */
    assert_string_equal(findings[0].code, "W0511");
    dialogc_result_free(result);
    dialogc_free(dialogc);
    dialogc_free(NULL);
    dialogc_result_free(NULL);
    assert_int_equal(dialogc_result_status(NULL), DIALOGC_OUT_OF_MEMORY);
}

/* The profile's errors are in another result than the template's. */
static void a_template_says_that_its_profile_is_missing(void **state)
{
    (void)state;
    const char *uses_it = "dialogc: 1\n"
                          "template: call\n"
                          "title: Call\n"
                          "auth: org\n"
                          "intent: {utterances: [call it]}\n"
                          "services: {ask: {request: {method: GET, url: https://example.com/a}}}\n"
                          "flow: [{call: ask, failure: []}]\n";
    struct dialogc *dialogc = dialogc_new();
    dialogc_result_free(dialogc_add_auth(dialogc, text("org.yaml", "dialogc: 1\nprofile: org\n")));
    struct dialogc_result *result = dialogc_compile(dialogc, text("call.yaml", uses_it));
    assert_finding(result, "E0207", "call.yaml", 4);
    dialogc_free(dialogc);
}

static void takes_objects(void **state)
{
    (void)state;
    struct dialogc *dialogc = dialogc_new();
    struct dialogc_result *result = dialogc_compile(dialogc, text("make.yaml", creates_an_invoice));
    assert_finding(result, "W0817", "make.yaml", 9);
    const char *description =
        "{\"dialogc\": 1, \"sobject\": \"Invoice__c\", \"label\": \"Invoice\",\n"
        "\"createable\": true, \"fields\": {\n"
        "\"Total__c\": {\"type\": \"string\", \"createable\": true}}}\n";
    result =
        dialogc_add_sobject(dialogc, text("Invoice__c.yaml", "{dialogc: 1, sobject: Invoice__c,\n"
                                                             "label: Invoice, fields: []}\n"));
    assert_finding(result, "E0101", "Invoice__c.yaml", 2);
    assert_clean(dialogc_add_sobject(dialogc, text("Invoice__c.json", description)));
    assert_clean(dialogc_compile(dialogc, text("make.yaml", creates_an_invoice)));
    dialogc_free(dialogc);
}

static void takes_fragments(void **state)
{
    (void)state;
    struct dialogc *dialogc = dialogc_new();
    struct dialogc_result *result = dialogc_compile(dialogc, text("polite.yaml", uses_a_fragment));
    assert_finding(result, "E0901", "polite.yaml", 6);
    result = dialogc_add_fragment(dialogc, text("thanks.yaml", "dialogc: 1\nfragment: thanks\n"
                                                               "mesages: {thanks: Thank you!}\n"));
    assert_finding(result, "E0102", "thanks.yaml", 3);
    result = dialogc_add_fragment(dialogc, text("thanks.yaml", "dialogc: 1\nfragment: thanks\n"
                                                               "messages: {thanks: Thank you!}\n"
                                                               "flow: [{say: thanks}]\n"));
    assert_clean(result);
    assert_clean(dialogc_compile(dialogc, text("polite.yaml", uses_a_fragment)));
    dialogc_free(dialogc);
}

static void *compile_often(void *argument)
{
    const struct dialogc *dialogc = argument;
    size_t wrong = 0;
    for (int i = 0; i < 50; i++) {
        struct dialogc_result *result = dialogc_compile(dialogc, text("hello.yaml", good));
        wrong += dialogc_result_status(result) != DIALOGC_OK;
        dialogc_result_free(result);
    }
    return (void *)wrong;
}

static void serves_several_threads(void **state)
{
    (void)state;
    struct dialogc *dialogc = dialogc_new();
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, compile_often, dialogc), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    dialogc_free(dialogc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiles_from_memory_to_memory),
        cmocka_unit_test(tells_findings),
        cmocka_unit_test(takes_project_and_profiles),
        cmocka_unit_test(a_template_says_that_its_profile_is_missing),
        cmocka_unit_test(takes_objects),
        cmocka_unit_test(takes_fragments),
        cmocka_unit_test(serves_several_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
