/*
 * Fuzz target: a file of conversations, as an author writes it, run against one dialog that has a
 * bit of everything. What is recorded of a case must be a file that reads and passes.
 */
#include "target.h"

#include "build/compiler/compiler.h"
#include "document/json/reader.h"
#include "document/tree/build.h"
#include "document/yaml/writer.h"
#include "platform/artifact/backend.h"
#include "trial/conversation/conversation.h"

static const char template_text[] =
    "dialogc: 1\n"
    "template: order\n"
    "title: Order\n"
    "integration: salesforce\n"
    "auth: salesforce\n"
    "intent: {utterances: [place an order]}\n"
    "entities:\n"
    "  name: {type: string}\n"
    "  day: {type: date}\n"
    "  size: {type: choice, choices: [Small, Large]}\n"
    "services:\n"
    "  find: {salesforce: {query: 'SELECT Id, Name FROM Account WHERE Name = ${name}'}}\n"
    "  make: {salesforce: {create: Lead, fields: {LastName: '${name}', Company: "
    "'${find.body.records[0].Name}'}}}\n"
    "messages:\n"
    "  made: 'Made ${make.body.id} for ${day}, ${size}.'\n"
    "  none: 'There is no ${name}.'\n"
    "flow:\n"
    "  - ask: name\n"
    "  - call: find\n"
    "    failure: [end]\n"
    "  - choose:\n"
    "      - when: ${find.body.totalSize} == 0\n"
    "        then: [{say: none}, end]\n"
    "  - ask: day\n"
    "  - ask: size\n"
    "  - call: make\n"
    "    failure: [end]\n"
    "  - say: made\n";

static bool stage(struct arena *arena, struct compiler *compiler, struct program *program)
{
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    struct slice written;
    struct bot *bot = arena_alloc(arena, sizeof *bot);
    struct unit unit = compiler_check(compiler, "order.yaml", SLICE(template_text), &list, &source);
    if (unit.template == NULL || !compiler_emit(compiler, &unit, NULL, arena, &list, &written) ||
        !bot_read(arena, "order.dialog.json", written, &list, bot)) {
        return false;
    }
    program_add(arena, program, bot);
    return true;
}

/* The first case of the file with what happened, as `dialogc test --update` would write it. */
static struct slice recorded_file(struct arena *arena, const struct conversation_file *file,
                                  const struct conversation_result *result)
{
    struct node *root = node_copy(arena, file->root);
    struct node *cases = node_new_sequence(arena);
    struct builder out = builder_new(arena);
    node_append(arena, cases, result->recorded);
    node_set(arena, root, SLICE("cases"), cases);
    yaml_write_members(&out, root, 0, NULL);
    return builder_slice(&out);
}

static void check(struct arena *arena, struct slice bytes)
{
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    struct program program = {0};
    struct conversation_file file;
    struct diagnostics list = diagnostics_new(arena);
    if (!stage(arena, compiler, &program)) {
        abort();
    }
    const struct schema *schema = compiler_conversation_schema(compiler);
    struct conversation_world world = {
        .program = &program, .dialog = &program.dialogs[0], .catalog = compiler->project->catalog};
    if (!conversation_load(arena, schema, "order.test.yaml", bytes, &list, &file)) {
        return;
    }
    conversation_check(arena, &file, &world, &list);
    if (list.error_count > 0) {
        return;
    }
    for (size_t i = 0; i < node_length(file.cases) && i < 3; i++) {
        struct conversation_result result = conversation_run(arena, &file, i, &world);
        struct conversation_file again;
        struct slice text = recorded_file(arena, &file, &result);
        if (!conversation_load(arena, schema, "again.test.yaml", text, &list, &again)) {
            abort();
        }
        if (conversation_run(arena, &again, 0, &world).failure_count > 0) {
            abort();
        }
    }
}

FUZZ_TARGET(check)
