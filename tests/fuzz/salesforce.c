/*
 * Fuzz target: SOQL, describe answers, descriptions of objects, fragments. The first byte chooses
 * what the rest is; a fragment and the template that uses it are separated by a NUL.
 *
 * What the import of a describe answer writes must be a valid description.
 */
#include "target.h"

#include "build/compiler/compiler.h"
#include "report/render.h"
#include "document/json/reader.h"
#include "salesforce/describe.h"
#include "platform/artifact/backend.h"

static void parse_query(struct arena *arena, struct slice bytes, struct diagnostics *list)
{
    struct source *source = source_new(arena, "q", bytes);
    struct node node = {.kind = NODE_STRING,
                        .source = source,
                        .range = {0, (uint32_t)bytes.length},
                        .text = arena_slice(arena, bytes)};
    struct text_reader reader = {.arena = arena, .diagnostics = list};
    struct references references = {0};
    struct text text = text_parse(&reader, &node, USE_QUERY, &references);
    struct soql_piece *pieces = arena_alloc_array(arena, text.count + 1, sizeof *pieces);
    for (size_t i = 0; i < text.count; i++) {
        const struct reference *reference = text.parts[i].reference;
        pieces[i] =
            (struct soql_piece){.node = &node,
                                .text = text.parts[i].literal,
                                .reference = reference,
                                .range = reference != NULL ? reference->range : (struct range){0}};
    }
    const struct soql *soql = text.count > 0 ? soql_parse(arena, pieces, text.count, list) : NULL;
    for (size_t i = 0; soql != NULL && i < soql->test_count; i++) {
        for (size_t j = 0; j < soql->tests[i].value_count; j++) {
            struct range range = soql_range(&soql->tests[i].values[j].place);
            if (range.start > range.end || range.end > bytes.length) {
                abort();
            }
        }
    }
}

static void import_answer(struct arena *arena, struct compiler *compiler, struct slice bytes,
                          struct diagnostics *list)
{
    struct source *source;
    struct builder out = builder_new(arena);
    struct slice name;
    const struct node *root = json_read(arena, "answer.json", bytes, list, &source);
    if (root != NULL &&
        describe_import(arena, root, compiler->project->catalog, &out, &name, list)) {
        struct diagnostics made = diagnostics_new(arena);
        compiler_load_sobject(compiler, "made.json", builder_slice(&out), &made);
        if (made.error_count > 0) {
            abort();
        }
    }
}

static void expand(struct arena *arena, struct compiler *compiler, struct slice bytes,
                   struct diagnostics *list)
{
    struct source *source;
    const char *end = memchr(bytes.data, '\0', bytes.length);
    size_t length = end != NULL ? (size_t)(end - bytes.data) : bytes.length;
    compiler_load_fragment(compiler, "fragment.yaml", slice_part(bytes, 0, length), list);
    if (end != NULL) {
        struct diagnostics own = diagnostics_new(arena);
        struct slice rest = slice_part(bytes, length + 1, bytes.length);
        struct unit unit = compiler_check(compiler, "t.yaml", rest, &own, &source);
        struct slice artifact;
        if (unit.template != NULL && own.error_count == 0 && !unit.calls_dialogs) {
            compiler_emit(compiler, &unit, NULL, arena, &own, &artifact);
        }
        diagnostics_append(list, &own);
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    uint8_t choice = fuzz_choice(&bytes);
    struct compiler *compiler = choice % 4 != 0 ? compiler_new(arena, &artifact_backend) : NULL;
    if (compiler != NULL) {
    }
    struct diagnostics list = diagnostics_new(arena);
    switch (choice % 4) {
    case 0:
        parse_query(arena, bytes, &list);
        break;
    case 1:
        import_answer(arena, compiler, bytes, &list);
        break;
    case 2:
        compiler_load_sobject(compiler, "object.json", bytes, &list);
        break;
    default:
        expand(arena, compiler, bytes, &list);
        break;
    }
    struct builder out = builder_new(arena);
    for (const struct diagnostic *d = list.first; d != NULL; d = d->next) {
        render_human(&out, d, true);
    }
}

FUZZ_TARGET(check)
