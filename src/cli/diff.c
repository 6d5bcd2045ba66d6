/* dialogc diff: what has changed between two exports, in words or as a page. */
#include "platform/bot/diff.h"

#include "cli/output.h"
#include "page/document.h"

/* What is compared. */
struct versions {
    struct arena *arena;
    const struct bot *a;
    const struct bot *b;
    struct bot_diff diff;
    const char *old_path;
    const char *new_path;
};

/* ---- the page ---- */

static const struct program_dialog *find_dialog(const struct program *program,
                                                const struct node *root)
{
    for (size_t i = 0; root != NULL && i < program->count; i++) {
        if (program->dialogs[i].root == root) {
            return &program->dialogs[i];
        }
    }
    return NULL;
}

static size_t count_breaking(const struct diff_place *place)
{
    size_t count = 0;
    for (size_t i = 0; i < place->count; i++) {
        count += place->changes[i].breaks;
    }
    return count;
}

/* Dialogs with breaking changes come first, then others that have changed, then the rest. */
static int rank_of(const struct diff_place *place)
{
    return count_breaking(place) > 0 ? 0 : place->count > 0 ? 1 : 2;
}

/*
 * The dialogs of both versions. Where one of them is a single artifact, dialogs that only the bot
 * has are not compared.
 */
static struct page page_of(const struct versions *v, const struct diagnostics *findings)
{
    struct program *old = arena_alloc(v->arena, sizeof *old);
    struct program *new = arena_alloc(v->arena, sizeof *new);
    struct page page = {.findings = findings, .folder = "", .title = bot_name(v->b)};
    program_add(v->arena, old, v->a);
    program_add(v->arena, new, v->b);
    page.dialogs = arena_alloc_array(v->arena, v->diff.count, sizeof *page.dialogs);
    for (int rank = 0; rank < 3; rank++) {
        for (size_t i = 0; i < v->diff.count; i++) {
            const struct diff_place *place = &v->diff.places[i];
            const struct program_dialog *before = find_dialog(old, place->old);
            const struct program_dialog *after = find_dialog(new, place->new);
            bool is_compared = place->count > 0 || (before != NULL && after != NULL);
            if (!place->is_bot && rank_of(place) == rank && is_compared) {
                page.dialogs[page.count++] =
                    (struct page_dialog){.dialog = after != NULL ? after : before,
                                         .file = after != NULL ? v->new_path : v->old_path,
                                         .changes = place,
                                         .old = after != NULL ? before : NULL};
            }
            page.changes = place->is_bot ? place : page.changes;
        }
    }
    return page;
}

/* ---- the command ---- */

static struct slice words_of(const struct versions *v, const struct options *options)
{
    struct builder out = builder_new(v->arena);
    if (options->format == FORMAT_JSON) {
        bot_diff_json(&out, &v->diff, v->old_path, v->new_path);
    } else {
        bool marks = options->change.breaking;
        struct slice text = bot_diff_text(v->arena, &v->diff, marks, !options->quiet);
        builder_add(&out, cli_printable(v->arena, text));
    }
    return builder_slice(&out);
}

int command_diff(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    struct diagnostics none = diagnostics_new(arena);
    const char *old_path = options->operands.paths[0];
    const char *new_path = options->operands.paths[1];
    struct bot a;
    struct bot b;
    if (!cli_read_bot(arena, &findings, old_path, &findings.diagnostics, &a) ||
        !cli_read_bot(arena, &findings, new_path, &findings.diagnostics, &b)) {
        options->format = FORMAT_HUMAN; /* standard output is for the changes */
        return cli_report(arena, options, &findings);
    }
    struct versions v = {arena,
                         &a,
                         &b,
                         bot_compare(arena, &a, &b),
                         input_shown_path(old_path),
                         input_shown_path(new_path)};
    int status;
    if (options->change.html) {
        struct builder out = builder_new(arena);
        struct page page = page_of(&v, &none);
        page_document(&out, &page);
        status = output_document(arena, options, &findings, options->output, builder_slice(&out));
    } else {
        status = cli_print(words_of(&v, options)) ? STATUS_OK : STATUS_SYSTEM;
    }
    return status == STATUS_OK && options->change.breaking && v.diff.breaking > 0 ? STATUS_FINDINGS
                                                                                  : status;
}
