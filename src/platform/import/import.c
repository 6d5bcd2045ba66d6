/* From a bot to a project: which dialogs, and what becomes of them. */
#include "platform/import/import.h"

#include "base/suggestion.h"
#include "platform/artifact/backend.h"
#include "platform/import/importer.h"

/* ---- which dialogs ---- */

static bool has_name(const struct import_dialog *d, struct slice name)
{
    const struct node *data = node_get(d->dialog, "localeData");
    for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
        if (slice_equal(node_text(data->members[i].value, "name"), name)) {
            return true;
        }
    }
    return slice_equal(d->id, name) || slice_equal(node_text(d->dialog, "lname"), name);
}

static void select_dialogs(struct importer *importer, const struct slice *names, size_t count)
{
    for (size_t i = 0; i < importer->dialog_count; i++) {
        importer->dialogs[i].selected = count == 0;
    }
    for (size_t j = 0; j < count; j++) {
        bool found = false;
        for (size_t i = 0; i < importer->dialog_count; i++) {
            if (has_name(&importer->dialogs[i], names[j])) {
                importer->dialogs[i].selected = true;
                found = true;
            }
        }
        if (!found) {
            const struct node *dialogs = bot_section(importer->bot, "dialogs");
            struct suggestion s = suggestion_new(names[j]);
            for (size_t i = 0; i < importer->dialog_count; i++) {
                suggestion_offer(&s, bot_dialog_name(importer->dialogs[i].dialog));
                suggestion_offer(&s, importer->dialogs[i].id);
            }
            struct diagnostic *d =
                diag_report(importer->diagnostics, E1009, importer->bot->source,
                            (struct range){dialogs->range.start, dialogs->range.start + 1},
                            "the bot has no dialog `%.*s`", SLICE_ARG(names[j]));
            diag_suggest(importer->diagnostics, d, s.best);
        }
    }
}

static void report_failed(struct import_dialog *d)
{
    const struct node *place = bot_place(d->dialog, "_id");
    struct diagnostics *diagnostics = d->importer->diagnostics;
    struct diagnostic *report =
        diag_report(diagnostics, E1010, d->importer->bot->source, place->range,
                    "the dialog `%.*s` cannot be imported without losses",
                    SLICE_ARG(bot_dialog_name(d->dialog)));
    struct slice reason = d->node_count == 0 ? SLICE("it has no nodes") : d->reason;
    diag_note(diagnostics, report, NULL, place->range, "%.*s", SLICE_ARG(reason));
}

/* Imports what is selected; the number of dialogs that cannot be, which are selected no more. */
static size_t import_selected(struct importer *importer, size_t jobs, struct import *import)
{
    struct arena *kept = importer->kept;
    size_t failed = 0;
    importer->arena = importer->scratch; /* memory does not grow with the number of dialogs */
    for (size_t i = 0; i < importer->dialog_count; i++) {
        if (importer->dialogs[i].selected) {
            import_load_head(&importer->dialogs[i]);
        }
    }
    import_work(importer, jobs);
    for (size_t i = 0; i < importer->dialog_count; i++) {
        struct import_dialog *d = &importer->dialogs[i];
        if (!d->selected) {
            continue;
        }
        if (d->failed) {
            report_failed(d);
            import->left_out = arena_append(kept, import->left_out, import->left_out_count,
                                            sizeof *import->left_out);
            import->left_out[import->left_out_count++] = bot_dialog_name(d->dialog);
            d->selected = false;
            failed++;
            continue;
        }
        import_add_file(importer, import,
                        arena_printf(kept, "templates/%.*s.yaml", SLICE_ARG(d->id)), d->written);
        import->dialogs[import->dialog_count++] = (struct imported_dialog){
            bot_dialog_name(d->dialog), d->id, d->needs_xo, d->head_only, d->secrets};
    }
    importer->arena = kept;
    return failed;
}

bool import_bot(struct arena *arena, const struct bot *bot, const struct import_choice *choice,
                struct diagnostics *diagnostics, struct import *import)
{
    struct importer importer = {
        .arena = arena, .kept = arena, .bot = bot, .diagnostics = diagnostics};
    import_add_scratch(&importer, arena);
    size_t errors = diagnostics->error_count;
    *import = (struct import){0};
    importer.compiler = compiler_new(arena, &artifact_backend);
    importer.profiles = map_new(arena);
    import_add_project(&importer, import);
    import_add_profiles(&importer, import);
    import_read_dialogs(&importer);
    if (importer.dialog_count == 0) {
        const struct node *list = node_get(bot->root, "dialogs");
        diag_report(diagnostics, E1010, bot->source, list != NULL ? list->range : bot->root->range,
                    "this bot has no dialogs, so there is nothing to import");
        return false;
    }
    select_dialogs(&importer, choice->names, choice->name_count);
    if (diagnostics->error_count > errors) {
        return false;
    }
    import->dialogs = arena_alloc_array(arena, importer.dialog_count + 1, sizeof *import->dialogs);
    size_t shared_files = import->file_count;
    while (import_selected(&importer, choice->jobs, import) > 0 && choice->keeps_going) {
        import->file_count = shared_files; /* callers declare what has been left out */
        import->dialog_count = 0;
    }
    return import->left_out_count == 0 || (choice->keeps_going && import->dialog_count > 0);
}
