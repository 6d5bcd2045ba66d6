/*
 * The public JSON-Schema-Test-Suite, draft 2020-12: `json_schema SUITE/json-schema LIST`. The
 * required tests, and of the optional ones those that dialogc claims. LIST (docs/conformance.md)
 * names the tests that do not pass, each in a table row that begins with `FILE: GROUP: TEST`. The
 * run fails when a test fails that is not listed, or passes although it is.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "document/json/reader.h"
#include "document/schema/schema.h"

struct suite {
    struct arena arena;   /* of the remotes and metaschemas */
    struct arena scratch; /* of one group of tests */
    const char *folder;
    struct file_list uris;  /* what the set holds beside the schema under test… */
    struct file_list paths; /* …and where it stands */
    struct slice list;      /* of the tests that are known to fail */
    bool asserts_formats;   /* in the present file */
    size_t passed, known, failed;
};

static const char *const optional[] = {"bignum.json", "float-overflow.json", "non-bmp-regex.json",
                                       "ecmascript-regex.json", "format-assertion.json"};
static const char *const formats[] = {"date.json",
                                      "time.json",
                                      "date-time.json",
                                      "duration.json",
                                      "email.json",
                                      "hostname.json",
                                      "ipv4.json",
                                      "ipv6.json",
                                      "uri.json",
                                      "uri-reference.json",
                                      "uuid.json",
                                      "regex.json",
                                      "json-pointer.json",
                                      "relative-json-pointer.json",
                                      "ecmascript-regex.json"};

static const struct node *read_json(struct arena *arena, const char *path)
{
    struct slice bytes;
    const char *reason;
    struct source *source;
    struct diagnostics list = diagnostics_new(arena);
    if (file_read(arena, path, (size_t)1 << 26, &bytes, &reason) != FILE_OK) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(3);
    }
    const struct node *node = json_read(arena, path, bytes, &list, &source);
    if (node == NULL) {
        fprintf(stderr, "%s is no JSON\n", path);
        exit(3);
    }
    return node;
}

static void find_files(struct suite *suite, const char *folder, const char *uri)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        const char *reason;
        const char *path = arena_printf(&suite->arena, "%s/%s", folder, entry->d_name).data;
        const char *own = arena_printf(&suite->arena, "%s/%s", uri, entry->d_name).data;
        if (file_type_of(path, &reason) == FILE_TYPE_FOLDER) {
            find_files(suite, path, own);
        } else {
            file_list_add(&suite->arena, &suite->uris, own);
            file_list_add(&suite->arena, &suite->paths, path);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
}

static void add_known(struct suite *suite, struct schema_set *set)
{
    static const char *const vocabularies[] = {
        "meta/applicator",       "meta/content",   "meta/core",        "meta/format-annotation",
        "meta/format-assertion", "meta/meta-data", "meta/unevaluated", "meta/validation"};
    struct arena *arena = &suite->scratch;
    const char *root = "https://json-schema.org/draft/2020-12";
    struct slice path = arena_printf(arena, "%s/metaschema/schema.json", suite->folder);
    schema_set_add(set, arena_printf(arena, "%s/schema", root), read_json(arena, path.data));
    for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++) {
        path = arena_printf(arena, "%s/metaschema/%s.json", suite->folder, vocabularies[i]);
        schema_set_add(set, arena_printf(arena, "%s/%s", root, vocabularies[i]),
                       read_json(arena, path.data));
    }
    for (size_t i = 0; i < suite->uris.count; i++) {
        schema_set_add(set, slice_of(suite->uris.paths[i]),
                       read_json(arena, suite->paths.paths[i]));
    }
}

static void run_group(struct suite *suite, const char *file, const struct node *group)
{
    struct arena *arena = &suite->scratch;
    struct schema_set *set = schema_set_new(arena);
    struct diagnostics list = diagnostics_new(arena);
    const struct node *tests = node_get(group, "tests");
    add_known(suite, set);
    if (suite->asserts_formats) {
        schema_set_assert_formats(set);
    }
    struct slice uri = SLICE("https://example.com/test-schema.json");
    schema_set_add(set, uri, node_get(group, "schema"));
    const struct schema *schema = schema_compile(set, uri, &list);
    for (size_t i = 0; i < tests->count; i++) {
        const struct node *test = tests->items[i];
        bool expected = node_get(test, "valid")->boolean;
        bool valid = schema != NULL && schema_is_valid(arena, schema, node_get(test, "data"));
        bool passed = schema != NULL && valid == expected;
        struct slice name = arena_printf(arena, "%s: %.*s: %.*s", file,
                                         SLICE_ARG(node_get(group, "description")->text),
                                         SLICE_ARG(node_get(test, "description")->text));
        const char *row = arena_printf(arena, "| %.*s |", SLICE_ARG(name)).data;
        bool listed = slice_find(suite->list, row, 0) != SIZE_MAX;
        suite->passed += passed;
        suite->known += !passed && listed;
        if (passed == listed) {
            suite->failed++;
            printf("%s %.*s%s%.*s\n", passed ? "PASSES, BUT IS LISTED" : "FAILED", SLICE_ARG(name),
                   schema == NULL ? ": " : "", schema == NULL ? (int)list.first->message.length : 0,
                   schema == NULL ? list.first->message.data : "");
        }
    }
}

static void run_file(struct suite *suite, const char *name, const char *path)
{
    const struct node *groups = read_json(&suite->arena, path);
    for (size_t i = 0; i < groups->count; i++) {
        run_group(suite, name, groups->items[i]);
        arena_reset(&suite->scratch);
    }
}

static void run_files(struct suite *suite, const char *folder, const char *const *names,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct slice path = arena_printf(&suite->arena, "%s/tests/draft2020-12/optional/%s%s",
                                         suite->folder, folder, names[i]);
        run_file(suite, arena_printf(&suite->arena, "%s%s", folder, names[i]).data, path.data);
    }
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fputs("usage: json_schema SUITE LIST\n", stderr);
        return 2;
    }
    struct suite suite = {.folder = arguments[1]};
    const char *reason;
    jmp_buf recovery;
    arena_init(&suite.arena);
    arena_init(&suite.scratch);
    suite.arena.recovery = &recovery;
    suite.scratch.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        fputs("out of memory\n", stderr);
        return 3;
    }
    if (file_read(&suite.arena, arguments[2], (size_t)1 << 20, &suite.list, &reason) != FILE_OK) {
        fprintf(stderr, "cannot read %s: %s\n", arguments[2], reason);
        return 3;
    }
    struct slice folder = arena_printf(&suite.arena, "%s/tests/draft2020-12", suite.folder);
    struct slice remotes = arena_printf(&suite.arena, "%s/remotes", suite.folder);
    find_files(&suite, remotes.data, "http://localhost:1234");
    DIR *directory = opendir(folder.data);
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        struct slice path = arena_printf(&suite.arena, "%s/%s", folder.data, entry->d_name);
        if (slice_ends_with(path, ".json")) {
            run_file(&suite, entry->d_name, path.data);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    size_t required = suite.passed;
    run_files(&suite, "", optional, sizeof optional / sizeof optional[0]);
    suite.asserts_formats = true;
    run_files(&suite, "format/", formats, sizeof formats / sizeof formats[0]);
    printf("%zu required and %zu optional tests passed, %zu listed, %zu failed\n", required,
           suite.passed - required, suite.known, suite.failed);
    arena_free(&suite.scratch);
    arena_free(&suite.arena);
    return suite.failed > 0 || suite.passed == 0;
}
