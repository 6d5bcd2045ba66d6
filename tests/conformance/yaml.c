/*
 * The public yaml-test-suite: `yaml SUITE/yaml/src docs/conformance.md`. For each case: what should
 * fail, fails with a located error; what has a `json` member, reads as that. Cases that libyaml
 * refuses or misreads, and what dialogc refuses by design, are listed in the page, with the reason;
 * a listed case that passes is a failure, too.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/map.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"

struct suite {
    struct arena arena;
    struct map listed; /* "4ABK-2" of the page */
    size_t passed, failed, skipped, exceptions;
};

/* The length of a tab's mark, dashes and `»`, at the start of `text`; 0 when there is none. */
static size_t tab_mark(struct slice text)
{
    size_t at = 0;
    while (slice_starts_with(slice_part(text, at, text.length), "—")) {
        at += strlen("—");
    }
    return slice_starts_with(slice_part(text, at, text.length), "»") ? at + strlen("»") : 0;
}

/* The visible marks of the suite, and what they stand for. */
static struct slice decode(struct arena *arena, struct slice text)
{
    static const struct {
        const char *mark;
        const char *meaning;
    } marks[] = {{"␣", " "}, {"↵", ""}, {"←", "\r"}, {"⇔", "\xEF\xBB\xBF"}};
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text.length;) {
        struct slice rest = slice_part(text, i, text.length);
        size_t taken = tab_mark(rest);
        if (slice_starts_with(rest, "∎")) { /* no line break at the end */
            break;
        }
        builder_add_text(&out, taken > 0 ? "\t" : "");
        for (size_t m = 0; m < sizeof marks / sizeof marks[0] && taken == 0; m++) {
            if (slice_starts_with(rest, marks[m].mark)) {
                builder_add_text(&out, marks[m].meaning);
                taken = strlen(marks[m].mark);
            }
        }
        if (taken == 0) {
            builder_add_char(&out, text.data[i]);
            taken = 1;
        }
        i += taken;
    }
    return arena_slice(arena, builder_slice(&out));
}

enum verdict {
    VERDICT_PASSED,
    VERDICT_FAILED,
    VERDICT_SKIPPED, /* the suite tells no JSON for it */
};

static enum verdict judge(struct arena *arena, const struct node *test, struct slice *why)
{
    struct diagnostics list = diagnostics_new(arena);
    struct diagnostics ignored = diagnostics_new(arena);
    struct source *source;
    const struct node *json = node_get(test, "json");
    const struct node *fail = node_get(test, "fail");
    struct slice text = decode(arena, node_get(test, "yaml")->text);
    const struct node *root = yaml_read(arena, "t.yaml", text, &list, &source);
    if (fail != NULL && fail->boolean) {
        *why = SLICE("should be refused");
        bool located = list.first != NULL && list.first->range.start <= text.length;
        return root == NULL && located ? VERDICT_PASSED : VERDICT_FAILED;
    }
    if (!node_is(json, NODE_STRING)) {
        return VERDICT_SKIPPED;
    }
    if (root == NULL) {
        *why = arena_printf(arena, "%s: %.*s", code_info(list.first->code)->name,
                            SLICE_ARG(list.first->message));
        return VERDICT_FAILED;
    }
    const struct node *expected = json_read(arena, "t.json", json->text, &ignored, &source);
    *why = SLICE("reads as something else");
    return expected != NULL && node_equal(expected, root) ? VERDICT_PASSED : VERDICT_FAILED;
}

static void run_case(struct suite *suite, const char *id, const struct node *test)
{
    struct slice why = SLICE("");
    bool listed = map_get(&suite->listed, slice_of(id)) != NULL;
    enum verdict verdict = judge(&suite->arena, test, &why);
    if (verdict == VERDICT_SKIPPED) {
        suite->skipped++;
    } else if (verdict == VERDICT_PASSED && !listed) {
        suite->passed++;
    } else if (verdict == VERDICT_FAILED && listed) {
        suite->exceptions++;
    } else {
        suite->failed++;
        printf("FAILED %s: %.*s\n", id, SLICE_ARG(why));
        if (listed) {
            printf("    it is listed as an exception, and passes\n");
        }
    }
}

static struct slice read_file(struct suite *suite, const char *path)
{
    struct slice bytes;
    const char *reason;
    if (file_read(&suite->arena, path, (size_t)1 << 26, &bytes, &reason) != FILE_OK) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(3);
    }
    return bytes;
}

static void run_file(struct suite *suite, const char *path, const char *name)
{
    struct diagnostics list = diagnostics_new(&suite->arena);
    struct source *source;
    const struct node *root =
        yaml_read(&suite->arena, path, read_file(suite, path), &list, &source);
    if (root == NULL || root->kind != NODE_SEQUENCE) {
        printf("FAILED %s: the suite's own file cannot be read\n", path);
        suite->failed++;
        return;
    }
    for (size_t i = 0; i < root->count; i++) {
        struct slice id = i == 0 ? arena_printf(&suite->arena, "%.4s", name)
                                 : arena_printf(&suite->arena, "%.4s-%zu", name, i + 1);
        if (node_get(root->items[i], "yaml") != NULL) {
            run_case(suite, id.data, root->items[i]);
        }
    }
}

/* The ids in the first column of the page's tables: "| 4ABK-2 | …". */
static void read_page(struct suite *suite, const char *path)
{
    struct slice page = read_file(suite, path);
    for (size_t at = 0; (at = slice_find(page, "\n| ", at)) != SIZE_MAX;) {
        size_t end = slice_find(page, " |", at += 3);
        struct slice id = slice_part(page, at, end < page.length ? end : at);
        map_add(&suite->listed, id, suite);
    }
}

int main(int count, char **arguments)
{
    struct suite suite = {.passed = 0};
    jmp_buf recovery;
    arena_init(&suite.arena);
    suite.arena.recovery = &recovery;
    if (setjmp(recovery) != 0 || count < 3) {
        fputs("usage: yaml FOLDER PAGE\n", stderr);
        return 3;
    }
    suite.listed = map_new(&suite.arena);
    read_page(&suite, arguments[2]);
    struct file_list files = {0};
    const char *reason;
    if (!file_find(&suite.arena, arguments[1], FILE_YAML, &files, &reason)) {
        fprintf(stderr, "cannot read %s: %s\n", arguments[1], reason);
        return 3;
    }
    for (size_t i = 0; i < files.count; i++) {
        run_file(&suite, files.paths[i], strrchr(files.paths[i], '/') + 1);
    }
    printf("%zu exceptions that docs/conformance.md lists\n", suite.exceptions);
    printf("%zu passed, %zu failed, %zu skipped\n", suite.passed, suite.failed, suite.skipped);
    arena_free(&suite.arena);
    return suite.failed > 0 || suite.passed == 0;
}
