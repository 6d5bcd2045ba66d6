/* dialogc explain. */
#include "cli/cli.h"

static void add_indented(struct builder *out, const char *heading, const char *text)
{
    builder_printf(out, "\n%s:\n\n", heading);
    while (*text != '\0') {
        size_t line = strcspn(text, "\n");
        builder_printf(out, "    %.*s\n", (int)line, text);
        text += line + (text[line] == '\n');
    }
}

static void unknown_code(const char *name)
{
    struct suggestion meant = suggestion_new(slice_of(name));
    for (size_t i = 0; i < CODE_COUNT; i++) {
        suggestion_offer(&meant, slice_of(code_info((enum code)i)->name));
    }
    cli_message_unknown("code", &meant, "`dialogc explain` lists the codes");
}

int command_explain(struct arena *arena, struct options *options)
{
    struct builder out = builder_new(arena);
    if (options->operands.count == 0) {
        for (size_t i = 0; i < CODE_COUNT; i++) {
            const struct code_info *info = code_info((enum code)i);
            builder_printf(&out, "%s  %s\n", info->name, info->title);
        }
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        enum code code = code_find(slice_of(options->operands.paths[i]));
        if (code == CODE_COUNT) {
            unknown_code(options->operands.paths[i]);
            return STATUS_USAGE;
        }
        const struct code_info *info = code_info(code);
        builder_printf(&out, "%s%s: %s\n\n", i > 0 ? "\n" : "", info->name, info->title);
        builder_add_wrapped(&out, info->explanation, 0, 80);
        add_indented(&out, "Bad", info->bad);
        add_indented(&out, "Good", info->good);
    }
    return cli_print(builder_slice(&out)) ? STATUS_OK : STATUS_SYSTEM;
}
