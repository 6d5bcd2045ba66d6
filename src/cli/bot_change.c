/* Reading an export and its config.json, and showing and writing what is to change in them. */
#include "cli/bot_change.h"
#include "cli/output.h"

#include <stdio.h>

#include "base/printable.h"

/* `name` in the folder of the file `path`. */
static const char *path_beside(struct arena *arena, const char *path, const char *name)
{
    return arena_printf(arena, "%.*s%s", (int)(file_name(path) - path), path, name).data;
}

/* ---- showing and writing a plan ---- */

static void add_plan(struct builder *out, const char *path, const struct install_plan *plan)
{
    static const char *const words[] = {"unchanged ", "add       ", "replace   ", "remove    "};
    size_t heading = out->length;
    builder_add_text(out, path);
    printable_end_line(out, heading);
    for (size_t i = 0; i < plan->line_count; i++) {
        size_t start = out->length;
        builder_printf(out, "  %s%.*s", words[plan->lines[i].change],
                       SLICE_ARG(plan->lines[i].text));
        printable_end_line(out, start);
    }
}

/* "de, fr" */
static struct slice languages(struct arena *arena, const struct map *locales)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < locales->count; i++) {
        builder_printf(&out, "%s%.*s", i > 0 ? ", " : "", SLICE_ARG(locales->entries[i].key));
    }
    return builder_slice(&out);
}

static struct slice tell(struct arena *arena, const char *bot_path, const struct bot_change *change,
                         const char *config_path)
{
    const struct install_plan *bot = &change->bot_plan;
    const struct install_plan *config = &change->config_plan;
    struct builder out = builder_new(arena);
    add_plan(&out, bot_path, bot);
    if (change->left_out.count > 0) {
        builder_printf(
            &out, "  note: the texts in %.*s are left out; `--locales` chooses the languages\n",
            SLICE_ARG(languages(arena, &change->left_out)));
    }
    if (bot->changes && bot->keeps_hash) {
        builder_add_text(
            &out,
            "  note: `encryptedHash` is unchanged, because only the platform can compute it\n");
    }
    if (config->line_count > 0) {
        add_plan(&out, config_path, config);
    }
    if (!bot->changes && !config->changes) {
        builder_add_text(&out, "nothing to change\n");
    }
    return cli_printable(arena, builder_slice(&out));
}

/* ---- the plan for programs ---- */

/* What the result of a command with --format=json is made of; docs/bots.md describes it. */
struct told {
    const struct bot_change *change;
    const char *bot_path;
    const char *config_path;
    bool is_written;
};

static void add_changes(struct cjson list, const char *path, const struct install_plan *plan)
{
    static const char *const words[] = {"unchanged", "added", "replaced", "removed"};
    for (size_t i = 0; i < plan->line_count; i++) {
        struct cjson item = cjson_add_object(list, NULL);
        cjson_add_text(item, "file", slice_of(path));
        cjson_add_text(item, "change", slice_of(words[plan->lines[i].change]));
        cjson_add_text(item, "text", plan->lines[i].text);
    }
}

static void add_result(struct cjson report, const void *context)
{
    const struct told *told = context;
    const struct bot_change *change = told->change;
    bool changes = change->bot_plan.changes || change->config_plan.changes;
    struct cjson result = cjson_add_object(report, "result");
    cjson_add_text(result, "bot", slice_of(input_shown_path(told->bot_path)));
    cjson_add_text(result, "config", slice_of(told->config_path));
    cjson_add_boolean(result, "changed", changes);
    cjson_add_boolean(result, "written", changes && told->is_written);
    cjson_add_boolean(result, "keepsHash", change->bot_plan.changes && change->bot_plan.keeps_hash);
    struct cjson languages_left_out = cjson_add_array(result, "languagesLeftOut");
    for (size_t i = 0; i < change->left_out.count; i++) {
        cjson_add_text(languages_left_out, NULL, change->left_out.entries[i].key);
    }
    struct cjson list = cjson_add_array(result, "changes");
    add_changes(list, told->bot_path, &change->bot_plan);
    add_changes(list, told->config_path, &change->config_plan);
}

/* ---- the change ---- */

bool bot_change_install(struct bot_change *change, const struct options *options,
                        struct diagnostics *diagnostics)
{
    change->left_out = map_new(diagnostics->arena);
    for (size_t i = 0; i < change->count; i++) {
        if (!artifact_fit_locales(&change->bot, &change->compiled[i], options->change.locales,
                                  diagnostics, &change->artifacts[i], &change->left_out)) {
            return false;
        }
    }
    return bot_install(&change->bot, change->artifacts, change->count, diagnostics,
                       &change->bot_plan);
}

/* Programs that do not ask for the lock may change the files: then there is another attempt. */
enum { ATTEMPT_LIMIT = 5 };

struct changing {
    struct arena *arena;
    const struct options *options;
    struct findings *findings;
    struct bot_change *change;
    bot_change_plan *plan;
    struct slice bytes;             /* that the file of the bot is to hold */
    const char *bot_from;           /* what is read */
    const char *bot_to, *config_to; /* what is written */
};

/* False, with a finding, for an artifact: what is in it must not be taken for a bot's. */
static bool check_bot(struct changing *c)
{
    const struct bot *bot = &c->change->bot;
    if (bot_is_artifact(bot)) {
        diag_report(&c->findings->diagnostics, E1001, bot->source, (struct range){0, 1},
                    "not a bot export: this is an artifact of `dialogc build`; name the bot's "
                    "botDefinition.json or appDefinition.json");
        return false;
    }
    return true;
}

/* The config.json beside the export, in the archive or the folder; it need not exist. */
static const char *config_from(const struct changing *c)
{
    return path_beside(c->arena, c->change->file.shown, "config.json");
}

static bool read_files(struct changing *c)
{
    struct bot_change *change = c->change;
    struct findings *findings = c->findings;
    change->config = SLICE("");
    if (!cli_read_bot_file(c->arena, findings, c->bot_from, &change->file) ||
        !bot_read(c->arena, change->file.shown, change->file.bytes, &findings->diagnostics,
                  &change->bot) ||
        !check_bot(c)) {
        return false;
    }
    if (change->file.is_archive) {
        change->has_config = change->file.inside.has_config;
        change->config = change->file.inside.config.bytes;
        return true;
    }
    const char *config = config_from(c);
    change->has_config = input_exists(findings, config);
    return !findings_failed(findings) &&
           (!change->has_config ||
            input_read(c->arena, findings, config, BOT_BYTES_LIMIT, &change->config));
}

static bool plan_change(struct changing *c)
{
    struct bot_change *change = c->change;
    struct diagnostics *diagnostics = &c->findings->diagnostics;
    return c->plan(change, c->options, diagnostics) &&
           install_plan_config(config_from(c), change->config, &change->bot, change->artifacts,
                               change->count, change->bot_plan.bytes, diagnostics,
                               &change->config_plan) &&
           findings_are_clean(c->findings);
}

/* A file that is read and written must still be as it was read. */
static struct file_content content_of(const char *from, const char *to, struct slice before,
                                      bool existed, struct slice bytes)
{
    const char *reason;
    struct file_content content = {.path = to, .bytes = bytes, .before = before};
    bool is_same = strcmp(from, to) == 0 || file_is_same(from, to, &reason);
    content.expects = !is_same ? REPLACE_ANY : existed ? REPLACE_BYTES : REPLACE_NOTHING;
    return content;
}

static enum replacement_result write_files(struct changing *c, struct output *output,
                                           struct slice bytes, const char **conflict)
{
    const struct bot_change *change = c->change;
    const struct bot_file *file = &change->file;
    struct file_content files[] = {content_of(file->path, c->bot_to, file->whole, true, bytes),
                                   content_of(config_from(c), c->config_to, change->config,
                                              change->has_config, change->config_plan.bytes)};
    files[1].removes = change->config_plan.removes_file;
    bool has_config = !file->is_archive && change->config_plan.bytes.length > 0 &&
                      !(files[1].removes && files[1].expects == REPLACE_ANY);
    return output_write(output, files, has_config ? 2 : 1, conflict);
}

/* What the file of the bot is to hold: the export, or the archive with the export in it. */
static bool make_bytes(struct changing *c)
{
    const struct bot_change *change = c->change;
    const struct bot_file *file = &change->file;
    bool changes = change->bot_plan.changes || change->config_plan.changes;
    const char *reason;
    c->bytes = file->is_archive ? file->whole : change->bot_plan.bytes;
    if (!file->is_archive || !changes) {
        return true;
    }
    const struct archive_entry entries[] = {
        {file->inside.bot.name, change->bot_plan.bytes, false},
        {file->inside.config.name, change->config_plan.bytes, change->config_plan.removes_file}};
    bool has_config = change->config_plan.changes && change->config_plan.bytes.length > 0;
    if (archive_change(c->arena, file->whole, entries, has_config ? 2 : 1, &c->bytes, &reason)) {
        return true;
    }
    findings_fail(c->findings, "cannot change the archive %s: %s", file->path, reason);
    return false;
}

/* Reads, plans and writes; true when there is a plan. */
static bool change_files(struct changing *c, bool writes)
{
    struct output output = output_new(c->arena, c->options, c->findings);
    const char *const paths[] = {c->bot_to, c->config_to};
    const struct findings before = *c->findings;
    if (writes && !output_lock(&output, paths, 2)) {
        return false;
    }
    for (unsigned attempt = 1;; attempt++) {
        const char *conflict;
        if (!read_files(c) || !plan_change(c) || !make_bytes(c)) {
            return false;
        }
        if (!writes || write_files(c, &output, c->bytes, &conflict) != REPLACEMENT_CONFLICT) {
            return true;
        }
        if (attempt == ATTEMPT_LIMIT) {
            output_fail(&output, conflict);
            return false;
        }
        findings_return(c->findings, &before);
    }
}

int bot_change_run(struct arena *arena, const struct options *options, struct findings *findings,
                   struct bot_change *change, bot_change_plan *plan)
{
    const char *bot_from = cli_bot_path(arena, findings, options->bot);
    if (bot_from == NULL) {
        return cli_report(arena, options, findings);
    }
    const char *bot_to = options->output != NULL ? options->output : bot_from;
    bool to_output = strcmp(bot_to, "-") == 0;
    struct changing c = {.arena = arena,
                         .options = options,
                         .findings = findings,
                         .change = change,
                         .plan = plan,
                         .bot_from = bot_from,
                         .bot_to = bot_to,
                         .config_to = path_beside(arena, bot_to, "config.json")};
    bool planned =
        findings_are_clean(findings) && change_files(&c, !options->change.dry_run && !to_output);
    if (change->file.is_archive) {
        c.config_to = arena_printf(arena, "%s/%s", bot_to, change->file.inside.config.name).data;
    }
    struct told result = {change, bot_to, c.config_to, !options->change.dry_run};
    struct render_result shown = {add_result, &result};
    int status = cli_report_result(arena, options, findings, planned ? &shown : NULL);
    if (status != STATUS_OK || !planned) {
        return status;
    }
    struct slice told = tell(arena, bot_to, change, c.config_to);
    if (options->change.dry_run) {
        return options->format != FORMAT_HUMAN || cli_print(told) ? STATUS_OK : STATUS_SYSTEM;
    }
    if (!options->quiet && options->format == FORMAT_HUMAN) {
        fprintf(stderr, "%.*s", SLICE_ARG(told));
    }
    return !to_output || cli_print(c.bytes) ? STATUS_OK : STATUS_SYSTEM;
}
