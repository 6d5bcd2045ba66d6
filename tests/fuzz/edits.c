/*
 * Fuzz target: changes of a bot export, one after the other. The bytes choose an export (its
 * layout, what it holds already) and then what is installed and taken out. A model knows which
 * templates are in it: after each step the export parses, has the dialogs of the model and
 * everything of its own, and a second installation of the same changes nothing. In the end all is
 * taken out, and the export is what it was, byte for byte.
 */
#include "target.h"

#include "build/compiler/compiler.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "platform/artifact/backend.h"
#include "platform/bot/bundle.h"
#include "base/edit.h"
#include "platform/bot/install.h"

/* What they share (a profile, content variables, sentences in two languages) stays while one needs
 * it. */
static const char *const templates[] = {
    "dialogc: 1\ntemplate: one\ntitle: One\nintent: {utterances: [say one]}\nmessages: {done: '1 "
    "${content.SHOP}'}\n"
    "variables: {content: {SHOP: Acme}}\n",
    "dialogc: 1\ntemplate: two\ntitle: Two\nintent: {utterances: [say two]}\nentities: {a: {type: "
    "string}}\n"
    "messages: {done: '2 ${a} ${content.SHOP} ${env.HOST}'}\nvariables: {content: {SHOP: Acme}, "
    "env: {HOST: h}}\n",
    "dialogc: 1\ntemplate: three\ntitle: Three\nintegration: salesforce\nauth: salesforce\n"
    "intent: {utterances: [say three]}\nservices: {s: {salesforce: {query: SELECT Id FROM Lead}}}\n"
    "messages: {done: '${s.body.totalSize}'}\n",
    "dialogc: 1\ntemplate: four\ntitle: Four\nintegration: salesforce\nauth: salesforce\n"
    "intent: {utterances: [say four]}\nentities: {a: {type: number}}\n"
    "services: {s: {salesforce: {query: SELECT Id FROM Case}}}\nmessages: {done: '${a} "
    "${s.body.totalSize}'}\n",
};

enum { COUNT = sizeof templates / sizeof templates[0] };

static void compile(struct arena *arena, struct artifact *artifacts)
{
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    for (size_t i = 0; i < COUNT; i++) {
        struct diagnostics list = diagnostics_new(arena);
        struct source *source;
        struct slice written;
        struct unit unit =
            compiler_check(compiler, "t.yaml", slice_of(templates[i]), &list, &source);
        if (unit.template == NULL ||
            !compiler_emit(compiler, &unit, NULL, arena, &list, &written)) {
            abort();
        }
        artifacts[i].id = unit.template->id;
        artifacts[i].root = json_read(arena, "artifact", written, &list, &source);
    }
}

/* A new bot, in one of the layouts that documents have, without some of the keys that it could do
 * without. */
static struct slice make_export(struct arena *arena, struct slice *bytes)
{
    static const char *const optional[] = {"idpConfigurations", "contentVariables",
                                           "knowledgeTasks", "sentences", "formComponents"};
    const struct slice locales[] = {SLICE("en"), SLICE("de")};
    struct builder out = builder_new(arena);
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    bot_write_new(&out, SLICE("Bot"), locales, fuzz_choice(bytes) % 2 + 1);
    struct node *root =
        node_copy(arena, json_read(arena, "new", builder_slice(&out), &list, &source));
    uint8_t without = fuzz_choice(bytes);
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++) {
        if (without >> i & 1) {
            node_remove(root, slice_of(optional[i]));
        }
    }
    struct builder written = builder_new(arena);
    struct json_writer json = json_writer_new(&written, fuzz_choice(bytes) % 2);
    json_node(&json, root);
    struct slice text = builder_slice(&written);
    uint8_t layout = fuzz_choice(bytes) % 4;
    struct builder changed = builder_new(arena);
    for (size_t i = 0; i < text.length; i++) {
        builder_add(&changed, slice_part(text, i, i + 1));
        if (text.data[i] == '\n' && layout == 1) {
            changed.data[changed.length - 1] = '\r';
            builder_add_char(&changed, '\n');
        }
    }
    if (layout >= 2) {
        builder_add_text(&changed, layout == 2 ? "\n" : "\r\n ");
    }
    return builder_slice(&changed);
}

static bool has_dialog(const struct bot *bot, struct slice name)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    for (size_t i = 0; i < node_length(dialogs); i++) {
        if (slice_equal(bot_dialog_name(dialogs->items[i]), name)) {
            return true;
        }
    }
    return false;
}

static void expect(const struct bot *bot, const bool *installed)
{
    static const char *const names[COUNT] = {"One", "Two", "Three", "Four"};
    size_t count = 0;
    for (size_t i = 0; i < COUNT; i++) {
        count += installed[i];
        if (has_dialog(bot, slice_of(names[i])) != installed[i]) {
            abort();
        }
    }
    if (node_length(bot_section(bot, "dialogs")) != count) {
        abort();
    }
}

static struct slice step(struct arena *arena, struct slice bytes, const struct artifact *artifacts,
                         bool *installed, uint8_t chosen, bool removes)
{
    struct diagnostics list = diagnostics_new(arena);
    struct bot bot;
    struct install_plan plan;
    struct artifact some[COUNT];
    struct slice ids[COUNT];
    size_t count = 0;
    if (!bot_read(arena, "bot.json", bytes, &list, &bot)) {
        abort();
    }
    for (size_t i = 0; i < COUNT; i++) {
        if ((chosen >> i & 1) && (!removes || installed[i])) {
            some[count] = artifacts[i];
            ids[count++] = artifacts[i].id;
            installed[i] = !removes;
        }
    }
    if (count == 0) {
        return bytes;
    }
    if (!(removes ? bot_uninstall(&bot, ids, count, &list, &plan)
                  : bot_install(&bot, some, count, &list, &plan))) {
        abort();
    }
    struct install_plan again;
    if (!bot_read(arena, "changed.json", plan.bytes, &list, &bot) ||
        (!removes && (!bot_install(&bot, some, count, &list, &again) || again.changes))) {
        abort();
    }
    expect(&bot, installed);
    return plan.bytes;
}

/* Edits of a text, given in any order, against replacing them from the last one to the first. */
static void check_edits(struct arena *arena, struct slice *bytes)
{
    struct slice text = slice_of("0123456789abcdefghijklmnopqrstuvwxyz");
    struct edits edits = edits_new(arena);
    struct slice expected = text;
    size_t limit = text.length;
    for (size_t count = fuzz_choice(bytes) % 6; count > 0 && limit > 0; count--) {
        size_t end = limit - fuzz_choice(bytes) % 5 % (limit + 1);
        size_t start = end - fuzz_choice(bytes) % 4 % (end + 1);
        struct slice put = slice_part(SLICE("<new>"), 0, fuzz_choice(bytes) % 6);
        edits_add(&edits, start, end, put);
        struct builder out = builder_new(arena);
        builder_add(&out, slice_part(expected, 0, start));
        builder_add(&out, put);
        builder_add(&out, slice_part(expected, end, expected.length));
        expected = builder_slice(&out);
        limit = start > 0 ? start - 1 : 0;
    }
    if (!slice_equal(edits_apply(&edits, text), expected)) {
        abort();
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    struct artifact artifacts[COUNT];
    bool installed[COUNT] = {false};
    check_edits(arena, &bytes);
    compile(arena, artifacts);
    struct slice first = make_export(arena, &bytes);
    struct slice now = first;
    for (size_t steps = 0; bytes.length > 0 && steps < 8; steps++) {
        uint8_t choice = fuzz_choice(&bytes);
        now = step(arena, now, artifacts, installed, choice & 15, choice & 16);
    }
    now = step(arena, now, artifacts, installed, 15, true);
    if (!slice_equal(now, first)) {
        abort();
    }
}

FUZZ_TARGET(check)
