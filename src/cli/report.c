/* Showing what a command found out. */
#define _POSIX_C_SOURCE 200809L

#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/printable.h"
#include "base/version.h"

#define LONGEST_MESSAGE 16384

/* A line on standard error; without an arena, since memory may have run out. */
PRINTF_LIKE(2, 0)
static void put_message(const char *before, const char *format, va_list arguments)
{
    char message[LONGEST_MESSAGE];
    char line[LONGEST_MESSAGE + PRINTABLE_LONGEST];
    size_t end = strlen(before);
    vsnprintf(message, sizeof message, format, arguments);
    struct slice text = slice_of(message);
    conceal_in_place(message, text.length);
    memcpy(line, before, end);
    for (size_t at = 0; at < text.length && end < LONGEST_MESSAGE;) {
        size_t length;
        at += printable_character(text, at, PRINTABLE_LINE, line + end, &length);
        end += length;
    }
    line[end++] = '\n';
    fwrite(line, 1, end, stderr);
}

void cli_message(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_message("dialogc: ", format, arguments);
    va_end(arguments);
}

void cli_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_message("", format, arguments);
    va_end(arguments);
}

void cli_message_unknown(const char *what, const struct suggestion *name, const char *remedy)
{
    if (name->best.length > 0) {
        cli_message("there is no %s `%.*s`; did you mean `%.*s`?", what, SLICE_ARG(name->word),
                    SLICE_ARG(name->best));
    } else {
        cli_message("there is no %s `%.*s`; %s", what, SLICE_ARG(name->word), remedy);
    }
}

struct slice cli_printable(struct arena *arena, struct slice text)
{
    struct concealment concealment = concealment_new(arena);
    return printable_text(arena, conceal_text(&concealment, arena, text), PRINTABLE_TEXT);
}

bool cli_print(struct slice text)
{
    size_t written = 0;
    while (written < text.length) {
        ssize_t got = write(STDOUT_FILENO, text.data + written, text.length - written);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            cli_message("cannot write to standard output: %s", strerror(errno));
            return false;
        }
        written += (size_t)got;
    }
    return true;
}

int cli_print_for_people(struct arena *arena, const struct options *options, int status,
                         struct slice text)
{
    if (status != STATUS_OK || options->format != FORMAT_HUMAN) {
        return status;
    }
    return cli_print(cli_printable(arena, text)) ? STATUS_OK : STATUS_SYSTEM;
}

const char *cli_quoted(struct arena *arena, const char *path)
{
    struct builder out = builder_new(arena);
    bool is_plain = path[0] != '-';
    for (const char *c = path; *c != '\0'; c++) {
        is_plain = is_plain && (ascii_is_word(*c) || strchr("./-", *c) != NULL);
        builder_add_text(&out, *c == '\'' ? "'\\''" : (char[]){*c, '\0'});
    }
    return is_plain ? path : arena_printf(arena, "'%.*s'", SLICE_ARG(builder_slice(&out))).data;
}

bool cli_is_terminal(int file)
{
    const char *kind = getenv("TERM");
    return isatty(file) && kind != NULL && kind[0] != '\0' && strcmp(kind, "dumb") != 0;
}

static bool use_color(const struct options *options)
{
    if (options->color != COLOR_AUTO) {
        return options->color == COLOR_ALWAYS;
    }
    const char *no_color = getenv("NO_COLOR");
    return cli_is_terminal(STDERR_FILENO) && (no_color == NULL || no_color[0] == '\0');
}

/* Only the errors, for --quiet. */
static void drop_warnings(struct diagnostics *list)
{
    struct diagnostics errors = diagnostics_new(list->arena);
    struct diagnostic *next;
    for (struct diagnostic *d = list->first; d != NULL; d = next) {
        next = d->next;
        d->next = NULL;
        if (d->severity == SEVERITY_ERROR) {
            struct diagnostics one = diagnostics_new(list->arena);
            one.first = one.last = d;
            diagnostics_append(&errors, &one);
        }
    }
    *list = errors;
}

static void show_human(struct arena *arena, const struct options *options,
                       const struct findings *findings)
{
    const struct diagnostics *list = &findings->diagnostics;
    size_t files = findings->looked_at.count;
    struct builder out = builder_new(arena);
    bool color = use_color(options);
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        render_human(&out, d, color);
        builder_add_char(&out, '\n');
    }
    if (list->first != NULL && !options->quiet) {
        builder_printf(&out, "%zu error%s, %zu warning%s in %zu file%s\n", list->error_count,
                       plural(list->error_count), list->warning_count, plural(list->warning_count),
                       files, plural(files));
    }
    struct slice text = builder_slice(&out);
    fwrite(text.data, 1, text.length, stderr);
}

/* "/" where it has been deleted. */
static const char *current_folder(struct arena *arena)
{
    char *room = arena_alloc(arena, PATH_MAX);
    return getcwd(room, PATH_MAX) != NULL ? room : "/";
}

/* The machine formats: one document, or one line for each finding, on standard output. */
static bool show_machine(struct arena *arena, const struct options *options,
                         const struct findings *findings, const struct render_result *result)
{
    struct builder out = builder_new(arena);
    switch (options->format) {
    case FORMAT_JSON:
        render_json(&out, findings, result);
        break;
    case FORMAT_SARIF:
        render_sarif(&out, &findings->diagnostics, version_string(), current_folder(arena));
        break;
    case FORMAT_JUNIT:
        render_junit(&out, findings);
        break;
    case FORMAT_HUMAN:
    case FORMAT_GITHUB:
        for (const struct diagnostic *d = findings->diagnostics.first; d != NULL; d = d->next) {
            render_github(&out, d);
        }
        break;
    }
    struct slice text = builder_slice(&out);
    if (cli_prints_artifact(options)) {
        return fwrite(text.data, 1, text.length, stderr) == text.length;
    }
    return cli_print(text);
}

int cli_report(struct arena *arena, const struct options *options, struct findings *findings)
{
    return cli_report_result(arena, options, findings, NULL);
}

int cli_report_result(struct arena *arena, const struct options *options, struct findings *findings,
                      const struct render_result *result)
{
    bool shown = true;
    bool failed = findings_failed(findings);
    size_t errors = findings->diagnostics.error_count;
    size_t warnings = findings->diagnostics.warning_count;
    bool too_many = findings_have_too_many_warnings(findings);
    if (options->quiet) {
        drop_warnings(&findings->diagnostics);
    }
    findings_conceal(findings);
    if (options->format == FORMAT_JUNIT) {
        findings_conceal_files(findings);
    }
    if (options->format == FORMAT_HUMAN) {
        show_human(arena, options, findings);
    } else {
        shown = show_machine(arena, options, findings, result);
    }
    for (size_t i = 0; i < findings->failure_count; i++) {
        cli_message("%.*s", SLICE_ARG(findings->failures[i]));
    }
    for (size_t i = 0; !options->quiet && i < findings->remark_count; i++) {
        cli_message("%.*s", SLICE_ARG(findings->remarks[i]));
    }
    if (findings->out_of_memory) {
        cli_message("out of memory");
    }
    if (failed || !shown) {
        return STATUS_SYSTEM;
    }
    if (too_many) {
        cli_message("%zu warning%s, but only %lld allowed", warnings, plural(warnings),
                    findings->max_warnings);
    }
    return errors > 0 || too_many ? STATUS_FINDINGS : STATUS_OK;
}
