/* dialogc diff: what has changed between two versions, in words or as a page. */
#include "platform/bot/diff.h"

#include "cli/diff_subject.h"
#include "cli/output.h"
#include "cli/page_worker.h"

/* ---- the page ---- */

/* One version of a dialog, with the file that it is in; no dialog when `root` is NULL. */
static struct page_dialog find_dialog(const struct version *version, const struct program *program,
                                      const struct node *root)
{
    struct page_dialog found = {.file = version->name};
    for (size_t i = 0; root != NULL && i < program->count; i++) {
        if (program->dialogs[i].root == root) {
            found.dialog = &program->dialogs[i];
            found.file = version->files != NULL ? version->files[i] : version->name;
            found.template = version->templates != NULL ? version->templates[i] : NULL;
        }
    }
    return found;
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
static struct page page_of(struct arena *arena, const struct versions *v,
                           const struct bot_diff *diff)
{
    struct program *old = arena_alloc(arena, sizeof *old);
    struct program *new = arena_alloc(arena, sizeof *new);
    struct page page = {.folder = "", .title = v->new.title};
    program_add(arena, old, &v->old.bot);
    program_add(arena, new, &v->new.bot);
    page.dialogs = arena_alloc_array(arena, diff->count, sizeof *page.dialogs);
    for (int rank = 0; rank < 3; rank++) {
        for (size_t i = 0; i < diff->count; i++) {
            const struct diff_place *place = &diff->places[i];
            struct page_dialog before = find_dialog(&v->old, old, place->old);
            struct page_dialog after = find_dialog(&v->new, new, place->new);
            bool is_compared = place->count > 0 || (before.dialog != NULL && after.dialog != NULL);
            if (!place->is_bot && rank_of(place) == rank && is_compared) {
                struct page_dialog *dialog = &page.dialogs[page.count++];
                *dialog = after.dialog != NULL ? after : before;
                dialog->old = after.dialog != NULL ? before.dialog : NULL;
                dialog->changes = place;
            }
            page.changes = place->is_bot ? place : page.changes;
        }
    }
    return page;
}

/* ---- the command ---- */

static struct slice words_of(struct arena *arena, const struct versions *v,
                             const struct bot_diff *diff, const struct options *options)
{
    struct builder out = builder_new(arena);
    const char *format = options->change.format != NULL ? options->change.format : "human";
    if (strcmp(format, "json") == 0) {
        bot_diff_json(&out, diff, v->old.name, v->new.name);
    } else if (strcmp(format, "markdown") == 0) {
        bot_diff_markdown(&out, diff);
    } else {
        bool marks = options->change.breaking;
        struct slice text = bot_diff_text(arena, diff, marks, !options->quiet);
        builder_add(&out, cli_printable(arena, text));
    }
    return builder_slice(&out);
}

int command_diff(struct arena *arena, struct options *options)
{
    struct versions *versions = arena_alloc(arena, sizeof *versions);
    int status = versions_read(arena, options, versions);
    if (status != STATUS_OK) {
        return status;
    }
    struct bot_diff diff = bot_compare(arena, &versions->old.bot, &versions->new.bot);
    if (options->change.html) {
        struct findings findings = findings_new(arena, -1);
        struct diagnostics none = diagnostics_new(arena);
        struct builder out = builder_new(arena);
        struct page page = page_of(arena, versions, &diff);
        page.findings = &none;
        page_worker_document(&out, &page);
        status = output_document(arena, options, &findings, options->output, builder_slice(&out));
    } else {
        status = cli_print(words_of(arena, versions, &diff, options)) ? STATUS_OK : STATUS_SYSTEM;
    }
    bool breaks = options->change.breaking && diff.breaking > 0;
    return status == STATUS_OK && breaks ? STATUS_FINDINGS : status;
}
