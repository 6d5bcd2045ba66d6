/* dialogc schema. */
#include "cli/cli.h"

int command_schema(struct arena *arena, struct options *options)
{
    if (options->operands.count == 0) {
        struct builder out = builder_new(arena);
        struct slice name;
        for (size_t i = 0; compiler_schema_name(i, &name); i++) {
            builder_printf(&out, "%.*s\n", SLICE_ARG(name));
        }
        return cli_print(builder_slice(&out)) ? STATUS_OK : STATUS_SYSTEM;
    }
    struct slice text;
    if (!compiler_schema_text(arena, slice_of(options->operands.paths[0]), &text)) {
        struct suggestion meant = suggestion_new(slice_of(options->operands.paths[0]));
        struct slice name;
        for (size_t i = 0; compiler_schema_name(i, &name); i++) {
            suggestion_offer(&meant, name);
        }
        cli_message_unknown("schema", &meant, "`dialogc schema` lists the schemas");
        return STATUS_USAGE;
    }
    return cli_print(text) ? STATUS_OK : STATUS_SYSTEM;
}
