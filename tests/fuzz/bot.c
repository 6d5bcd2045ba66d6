/*
 * Fuzz target: a bot export. It is verified, listed, compared with itself, and given a template.
 *
 * A comparison with itself must find nothing; what an installation writes must be an export in
 * which the same installation changes nothing.
 */
#include "target.h"

#include "platform/bot/diff.h"
#include "platform/bot/install.h"
#include "platform/bot/list.h"
#include "platform/bot/verify.h"
#include "build/compiler/compiler.h"
#include "report/render.h"
#include "document/json/reader.h"
#include "platform/artifact/backend.h"

static const char template_text[] = "dialogc: 1\n"
                                    "template: hi\n"
                                    "title: Hi\n"
                                    "variables: {content: {SHOP: Acme}}\n"
                                    "intent: {utterances: [hi there]}\n"
                                    "entities: {name: {type: string}}\n"
                                    "messages: {greeting: '${content.SHOP} {{env.HOST}}'}\n";

static struct artifact compile(struct arena *arena, struct compiler *compiler,
                               struct diagnostics *list)
{
    struct slice bytes = slice_of(template_text);
    struct slice written;
    struct source *source;
    struct unit unit = compiler_check(compiler, "hi.yaml", bytes, list, &source);
    if (!compiler_emit(compiler, &unit, NULL, arena, list, &written)) {
        abort();
    }
    return (struct artifact){SLICE("hi"), json_read(arena, "hi", written, list, &source)};
}

static void install(struct arena *arena, const struct bot *bot, const struct artifact *artifact)
{
    struct diagnostics list = diagnostics_new(arena);
    struct install_plan first;
    struct install_plan second;
    struct bot installed;
    struct slice id = SLICE("hi");
    if (!bot_install(bot, artifact, 1, &list, &first)) {
        return;
    }
    if (!bot_read(arena, "installed", first.bytes, &list, &installed) ||
        !bot_install(&installed, artifact, 1, &list, &second) || second.changes) {
        abort();
    }
    struct bot before;
    if (bot_uninstall(&installed, &id, 1, &list, &second) &&
        !bot_read(arena, "uninstalled", second.bytes, &list, &before)) {
        abort();
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    struct diagnostics list = diagnostics_new(arena);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    struct bot bot;
    if (!bot_read(arena, "bot.json", bytes, &list, &bot)) {
        return;
    }
    struct builder out = builder_new(arena);
    bot_list(&out, &bot, "bot.json");
    bot_list_json(&out, &bot, "bot.json");
    if (bot_compare(arena, &bot, &bot).changes != 0) {
        abort();
    }
    struct artifact artifact = compile(arena, compiler, &list);
    install(arena, &bot, &artifact);
    bot_verify(&bot, compiler_bot_schema(compiler), &list);
    for (const struct diagnostic *d = list.first; d != NULL; d = d->next) {
        render_human(&out, d, false);
    }
}

FUZZ_TARGET(check)
