/* The command line: one file for each command, each a thin call into the library. */
#ifndef DIALOGC_CLI_CLI_H
#define DIALOGC_CLI_CLI_H

#include "base/suggestion.h"
#include "cli/options.h"
#include "platform/bot/archive.h"
#include "platform/bot/install.h"
#include "build/compiler/run.h"
#include "build/incremental/plan.h"
#include "build/inputs/content.h"
#include "build/inputs/templates.h"
#include "diag/input.h"
#include "platform/artifact/backend.h"
#include "base/printf_like.h"
#include "report/render.h"

/* Exit statuses. */
enum exit_status {
    STATUS_OK = 0,
    STATUS_FINDINGS = 1, /* the input has errors */
    STATUS_USAGE = 2,    /* the command line is wrong */
    STATUS_SYSTEM = 3,   /* cannot read, cannot write, out of memory */
};

/* dialogc test --explore. */
int cli_explore(struct arena *arena, struct options *options);

struct output;

/*
 * Prepares the depfile of the options: the inputs of every artifact of the run as rules for Make. A
 * failure is one of the run.
 */
void cli_prepare_depfile(struct output *output, struct run *run, const struct shared_files *files,
                         struct file_replacement *replacement);

/* A message on standard error: "dialogc: …". It is one line, whatever is in the arguments. */
PRINTF_LIKE(1, 2)
void cli_message(const char *format, ...);

/* The same without "dialogc: ": what a command has done. */
PRINTF_LIKE(1, 2)
void cli_note(const char *format, ...);

/*
 * "there is no command `biuld`; did you mean `build`?", or, when nothing is near, "there is no
 * command `xyz`; REMEDY".
 */
void cli_message_unknown(const char *what, const struct suggestion *name, const char *remedy);

/* Lines as they are shown to people, fit for a terminal: see base/printable.h. */
struct slice cli_printable(struct arena *arena, struct slice text);

/*
 * A path for a command line that a message shows: in quotes, unless it has nothing but letters,
 * digits and a few signs.
 */
const char *cli_quoted(struct arena *arena, const char *path);

/* True for a terminal that knows sequences for colours and the cursor: TERM is not `dumb`. */
bool cli_is_terminal(int file);

/* Writes all of `text` to standard output; false, after a message, when that fails. */
bool cli_print(struct slice text);

/*
 * Prints what a command shows besides findings, unless `status` says that it failed, or the output
 * is for programs, which have got it in the report. Returns the exit status.
 */
int cli_print_for_people(struct arena *arena, const struct options *options, int status,
                         struct slice text);

/*
 * The project's folder: -C, else the current folder when it has a project file, else the first
 * operand that is a folder with one, else the nearest folder with one around an operand; "." where
 * there is none.
 */
const char *cli_find_project(struct arena *arena, const struct options *options,
                             struct findings *findings);

/*
 * Loads the project file, and lists the files that templates share, each once, in the order in
 * which they are loaded; the findings' policy becomes that of the options and the project. Returns
 * the project's folder ("." without one), NULL after a failure.
 */
const char *cli_open_project(struct arena *arena, const struct options *options,
                             struct compiler *compiler, struct findings *findings,
                             struct shared_files *files);

/* True for `-o -`: the artifact goes to standard output. */
static inline bool cli_prints_artifact(const struct options *options)
{
    return options->output != NULL && strcmp(options->output, "-") == 0;
}

/* Loads the listed files. */
void cli_load_shared(struct arena *arena, const struct options *options, struct compiler *compiler,
                     struct findings *findings, const struct shared_files *files);

/*
 * Both: loads the project file and the auth profiles that the options name or imply.
 * Returns the project's folder ("." without one), NULL after a failure.
 */
const char *cli_load_project(struct arena *arena, const struct options *options,
                             struct compiler *compiler, struct findings *findings);

/* A bot on the disk: an export, alone or in an archive of the platform. */
struct bot_file {
    const char *path;   /* of the export or the archive, also where a folder was named */
    const char *shown;  /* of the export, for messages */
    struct slice whole; /* the bytes of that file */
    struct slice bytes; /* of the export */
    bool is_archive;
    struct archived_bot inside; /* of an archive */
};

/*
 * Reads a bot, as input_read does: an export, an archive that has one in it, or a folder with
 * one (botDefinition.json or appDefinition.json).
 */
bool cli_read_bot_file(struct arena *arena, struct findings *findings, const char *path,
                       struct bot_file *file);

/* The file of the bot: `path`, or the export in it when that is a folder. */
const char *cli_bot_path(struct arena *arena, struct findings *findings, const char *path);

/* Reads a bot export; what is wrong with it goes to `diagnostics`, failures to the findings. */
bool cli_read_bot(struct arena *arena, struct findings *findings, const char *path,
                  struct diagnostics *diagnostics, struct bot *bot);

/*
 * Shows findings, failures and the summary as the options ask; returns the exit status. With
 * --quiet the warnings are dropped from the findings.
 */
int cli_report(struct arena *arena, const struct options *options, struct findings *findings);

/* The same; with --format=json, `result` adds to the document what the command has done. */
int cli_report_result(struct arena *arena, const struct options *options, struct findings *findings,
                      const struct render_result *result);

/* Runs the command, here or, in dialogc, by passing it on to dialogc-full. */
int cli_run(struct arena *arena, struct options *options);

#endif
