/* Help texts: a synopsis, paragraphs, and two columns of options and what they mean. */
#include "cli/help.h"

#include "cli/cli.h"

#define LINE_WIDTH     80
#define MEANING_COLUMN 28

const struct exit_meaning exit_meanings[] = {
    {STATUS_OK, "success"},
    {STATUS_FINDINGS, "findings: the input has errors"},
    {STATUS_USAGE, "the command line is wrong"},
    {STATUS_SYSTEM, "the system failed: cannot read, cannot write, out of memory"},
    {0, NULL},
};

void help_add_synopsis(struct builder *out, const struct command *command)
{
    builder_printf(out, "dialogc %s", command->name);
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        if (option->required && option_is_for(option, command)) {
            struct slice argument = option_argument(out->arena, option);
            builder_printf(out, " --%s %.*s", option->name, SLICE_ARG(argument));
        }
    }
    builder_printf(out, " [OPTION]...%s%s", command->operands[0] != '\0' ? " " : "",
                   command->operands);
}

void help_add_term(struct builder *out, const struct option *option)
{
    struct slice argument = option_argument(out->arena, option);
    if (option->letter != '\0') {
        builder_printf(out, "-%c, ", option->letter);
    }
    builder_printf(out, "--%s%s%.*s", option->name, argument.length > 0 ? " " : "",
                   SLICE_ARG(argument));
}

/* A term, and in the second column what it means. */
static void add_row(struct builder *out, struct slice term, const char *meaning)
{
    builder_printf(out, "  %.*s", SLICE_ARG(term));
    if (term.length + 4 > MEANING_COLUMN) {
        builder_printf(out, "\n%*s", MEANING_COLUMN, "");
    } else {
        builder_printf(out, "%*s", (int)(MEANING_COLUMN - 2 - term.length), "");
    }
    builder_add_wrapped(out, meaning, MEANING_COLUMN, LINE_WIDTH);
}

void help_add_overview(struct builder *out)
{
    builder_add_text(
        out, "dialogc compiles action templates to dialog tasks of the Kore.ai XO Platform.\n\n"
             "Usage:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        builder_add_text(out, "  ");
        help_add_synopsis(out, &commands[i]);
        builder_printf(out, "\n      %s\n", commands[i].summary);
    }
    builder_add_text(out, "  dialogc --help | --version\n\n"
                          "`dialogc COMMAND --help` describes a command and its options.\n");
}

void help_add_command(struct builder *out, const struct command *command)
{
    builder_add_text(out, "Usage: ");
    help_add_synopsis(out, command);
    builder_add_text(out, "\n\n");
    builder_add_wrapped(out, command->description, 0, LINE_WIDTH);
    builder_add_text(out, "\nOptions:\n");
    for (size_t i = 0; i < option_count; i++) {
        if (option_is_for(&option_table[i], command)) {
            struct builder term = builder_new(out->arena);
            help_add_term(&term, &option_table[i]);
            add_row(out, builder_slice(&term), option_table[i].help);
        }
    }
    builder_add_text(out, "\nExit status:\n");
    for (size_t i = 0; exit_meanings[i].meaning != NULL; i++) {
        builder_printf(out, "  %d  %s\n", exit_meanings[i].status, exit_meanings[i].meaning);
    }
}
