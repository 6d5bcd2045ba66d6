/*
 * Fuzz target: a bot export whose first dialog is talked with. Scripts with loops are left out:
 * they may run for ever, which is for the process to end.
 */
#include "target.h"

#include "platform/bot/bot.h"
#include "trial/conversation/conversation.h"
#include "document/tree/build.h"

static bool has_loop(struct slice bytes)
{
    static const char *const words[] = {"while", "for%20", "for(", "for%28",
                                        "for ",  "do%7B",  "do{"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_find(bytes, words[i], 0) < bytes.length) {
            return true;
        }
    }
    return false;
}

static void check(struct arena *arena, struct slice bytes)
{
    static const char *const said[] = {"hello", "Ada", "yes", "2026-08-31", "", "42"};
    struct diagnostics findings = diagnostics_new(arena);
    struct program program = {0};
    struct bot bot;
    if (has_loop(bytes) || !bot_read(arena, "bot.json", bytes, &findings, &bot)) {
        return;
    }
    program_add(arena, &program, &bot);
    for (size_t i = 0; i < program.count && i < 3; i++) {
        struct conversation_world world = {.program = &program,
                                           .dialog = &program.dialogs[i],
                                           .catalog = sobject_catalog_new(arena)};
        struct conversation *conversation = conversation_begin(arena, NULL, 0, &world, SLICE(""));
        struct node *recorded = node_new_mapping(arena);
        for (size_t j = 0; j < sizeof said / sizeof said[0]; j++) {
            struct node *turn = conversation_turn(arena, slice_of(said[j]));
            conversation_say(conversation, turn);
            conversation_record_turn(conversation, turn);
        }
        conversation_record_end(conversation, recorded);
    }
}

FUZZ_TARGET(check)
