/* dialogc explain. */
#include "cli/cli.h"

static void add_wrapped(struct builder *out, const char *text)
{
    size_t column = 0;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        if (column > 0 && column + 1 + word > 80) {
            builder_add_char(out, '\n');
            column = 0;
        }
        if (column > 0) {
            builder_add_char(out, ' ');
            column++;
        }
        builder_add(out, (struct slice){text, word});
        column += word;
        text += word + (text[word] == ' ');
    }
    builder_add_char(out, '\n');
}

static void add_indented(struct builder *out, const char *heading, const char *text)
{
    builder_printf(out, "\n%s:\n\n", heading);
    while (*text != '\0') {
        size_t line = strcspn(text, "\n");
        builder_printf(out, "    %.*s\n", (int)line, text);
        text += line + (text[line] == '\n');
    }
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
            cli_message("there is no code `%s`; `dialogc explain` lists them",
                        options->operands.paths[i]);
            return STATUS_USAGE;
        }
        const struct code_info *info = code_info(code);
        builder_printf(&out, "%s%s: %s\n\n", i > 0 ? "\n" : "", info->name, info->title);
        const char *bad;
        const char *good;
        code_examples(code, &bad, &good);
        add_wrapped(&out, info->explanation);
        add_indented(&out, "Bad", bad);
        add_indented(&out, "Good", good);
    }
    return cli_print(builder_slice(&out)) ? STATUS_OK : STATUS_SYSTEM;
}
