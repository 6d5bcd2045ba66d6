/*
 * From a bot to a project. Each dialog is written, compiled as the user will compile it, and
 * compared with the export. What the compiler refuses is left to `xo`: first the part that it
 * points at, then the options of the nodes, then the flow, at last everything.
 */
#include "platform/import/import.h"

#include "base/builder.h"
#include "platform/import/importer.h"
#include "language/model/platform_name.h"
#include "base/suggestion.h"
#include "platform/artifact/overlay.h"
#include "platform/artifact/write.h"
#include "platform/artifact/backend.h"

/* How often a dialog is written anew before everything is left to `xo`. */
#define ATTEMPTS 7

/* ---- reading the dialogs ---- */

/* Finds the kind of a node; false for types that the language has no step for. */
static bool find_kind(const struct node *stub, bool is_first, enum dialog_kind *kind)
{
    bool found = node_type_kind(node_text(stub, "type"), is_first, kind);
    if (!found || (is_first && *kind != DIALOG_INTENT)) {
        *kind = DIALOG_INTENT;
        return false;
    }
    return true;
}

static void read_locales(struct import_dialog *d)
{
    const struct node *data = node_get(d->dialog, "localeData");
    size_t count = node_is(data, NODE_MAPPING) ? data->count : 0;
    d->locales = arena_alloc_array(d->importer->arena, count + 1, sizeof *d->locales);
    for (size_t i = 0; i < count; i++) {
        d->locales[d->locale_count++] = data->members[i].key->text;
    }
    if (d->locale_count == 0) {
        d->locales[d->locale_count++] = SLICE("en");
    }
}

/* Chains the nodes of each component. */
static void link_uses(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct map components = map_new(arena); /* to the first node of each */
    struct import_node **last = arena_alloc_array(arena, d->node_count + 1, sizeof *last);
    for (size_t i = 0; i < d->node_count; i++) {
        struct import_node *node = &d->nodes[i];
        struct import_node *first =
            node->component != NULL ? map_add_address(&components, node->component, node) : NULL;
        node->first_use = first != NULL ? first : node;
        if (first != NULL) {
            last[first - d->nodes]->next_use = node;
        }
        last[node->first_use - d->nodes] = node;
    }
}

static void read_nodes(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    const struct node *nodes = node_get(d->dialog, "nodes");
    d->node_count = node_length(nodes);
    d->nodes = arena_alloc_array(arena, d->node_count + 1, sizeof *d->nodes);
    d->by_node_id = map_new(arena);
    d->names = map_new(arena);
    d->taken = map_new(arena);
    for (size_t i = 0; i < d->node_count; i++) {
        struct import_node *node = &d->nodes[i];
        node->stub = nodes->items[i];
        node->component = bot_component(d->importer->bot, node->stub);
        node->known = find_kind(node->stub, i == 0, &node->kind) && node->component != NULL;
        node->name = import_component_name(d, node->kind, node->component);
        map_add(&d->by_node_id, node_text(node->stub, "nodeId"), node);
        d->head_only = d->head_only || !node->known;
    }
    link_uses(d);
    d->head_only = d->head_only || d->node_count == 0;
    d->intent = d->node_count > 0 ? d->nodes[0].component : NULL;
}

static void read_targets(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    for (size_t i = 0; i < d->node_count; i++) {
        struct import_node *node = &d->nodes[i];
        const struct node *transitions = node_get(node->stub, "transitions");
        node->target_count = node_length(transitions);
        node->targets = arena_alloc_array(arena, node->target_count + 1, sizeof(size_t));
        for (size_t j = 0; j < node->target_count; j++) {
            bool has_default = node_get(transitions->items[j], "default") != NULL;
            struct slice id = node_text(transitions->items[j], has_default ? "default" : "then");
            const struct import_node *target = id.length > 0 ? map_get(&d->by_node_id, id) : NULL;
            node->targets[j] = target != NULL ? (size_t)(target - d->nodes) : NO_TARGET;
        }
        const struct node *options = node_get(node->stub, "nodeOptions");
        const struct node *event = node_get(node_get(options, "eventOptions"), "defaultMaxRetry");
        const struct import_node *after = map_get(&d->by_node_id, node_text(event, "ref"));
        bool leads = after != NULL && after != d->nodes && node->kind == DIALOG_ENTITY;
        node->retries = leads ? (size_t)(after - d->nodes) : NO_TARGET;
    }
}

/* ---- compiling it ---- */

static const struct template *find_template(void *context, struct slice id)
{
    const struct importer *importer = context;
    const struct import_dialog *d = map_get(&importer->ids, id);
    return d != NULL ? d->template : NULL;
}

struct compiled {
    const struct dialog *dialog; /* NULL: there are errors */
    struct artifact_tree artifact;
    const struct node
        *overlaid;  /* the artifact as the user's build makes it; only when asked for */
    size_t secrets; /* literal credentials; only when it is asked for */
    struct diagnostics diagnostics;
};

static size_t count_secrets(struct arena *arena, const struct node *root,
                            const struct source *source)
{
    struct diagnostics found = diagnostics_new(arena);
    check_secrets(root, true, source, &found);
    return found.error_count;
}

/* Compiles the template's text; with `overlay` as the user's build does. */
static struct compiled compile(struct import_dialog *d, bool overlay)
{
    struct importer *importer = d->importer;
    struct arena *arena = importer->arena;
    struct compiled out = {.diagnostics = diagnostics_new(arena)};
    out.diagnostics.errors_only = true;
    struct source *source;
    const char *path = arena_printf(arena, "%.*s.yaml", SLICE_ARG(d->id)).data;
    struct unit unit = compiler_check(importer->compiler, path, d->text, &out.diagnostics, &source);
    if (unit.template == NULL || out.diagnostics.error_count > 0) {
        return out;
    }
    struct dialog_directory directory = {.find = find_template, .context = importer};
    const struct dialog *dialog = dialog_lower(arena, unit.analysis, &importer->compiler->profiles,
                                               &directory, &out.diagnostics);
    if (out.diagnostics.error_count > 0) {
        return out;
    }
    out.artifact = artifact_make_tree(arena, dialog);
    if (overlay) {
        out.overlaid = artifact_overlay(arena, dialog, &out.artifact, &out.diagnostics);
        out.secrets = count_secrets(arena, unit.root, source);
    }
    out.dialog = out.diagnostics.error_count > 0 ? NULL : dialog;
    return out;
}

/* ---- what the compiler refuses ---- */

/* Leaves a part to `xo`; a Salesforce operation becomes a verbatim request first. */
static bool leave_part(struct import_dialog *d, struct slice section, struct slice part)
{
    const struct member *service =
        slice_is(section, "services") ? node_member(node_get(d->root, "services"), part) : NULL;
    bool operation = service != NULL && node_get(service->value, "salesforce") != NULL;
    struct slice key =
        arena_printf(d->importer->kept, "%.*s/%.*s",
                     SLICE_ARG(operation ? SLICE("operations") : section), SLICE_ARG(part));
    return map_add(&d->opaque, key, d) == NULL;
}

/* Leaves to `xo` the parts that the findings point at; false when they point at none. */
static bool leave_parts(struct import_dialog *d, const struct diagnostics *findings)
{
    static const char *const sections[] = {"entities", "services", "scripts", "messages", NULL};
    bool any = false;
    for (const struct diagnostic *f = findings->first; f != NULL; f = f->next) {
        if (f->severity != SEVERITY_ERROR) {
            continue;
        }
        /* the line that begins the part is the last one before with its indentation */
        struct slice text = slice_part(d->text, 0, f->range.start);
        struct slice part = SLICE("");
        struct slice section = SLICE("");
        struct slice line;
        for (size_t at = 0; at < text.length && slice_next_part(d->text, '\n', &at, &line);) {
            size_t colon = slice_find(line, ":", 0);
            if (line.length > 0 && line.data[0] != ' ' && line.data[0] != '#' &&
                colon < line.length) {
                section = slice_part(line, 0, colon);
                part = SLICE("");
            } else if (slice_starts_with(line, "  ") && line.length > 2 && line.data[2] != ' ' &&
                       colon < line.length) {
                part = slice_part(line, 2, colon);
            }
        }
        if (slice_is(section, "intent") && slice_is(part, "utterances")) {
            any = map_add(&d->opaque, SLICE("intent/utterances"), d) == NULL || any;
        } else if (slice_is_any(section, sections) && part.length > 0) {
            any = leave_part(d, section, part) || any;
        }
    }
    return any;
}

/* Forgets what the last attempt has made of the dialog. */
static void begin_attempt(struct import_dialog *d)
{
    d->root = d->imported = d->xo = NULL;
    d->text = SLICE("");
    d->emitted = NULL;
    d->emitted_count = 0;
    arena_reset(d->importer->scratch);
}

/* Writes the template until the compiler takes it. */
static struct compiled write_until_accepted(struct import_dialog *d)
{
    struct compiled compiled = {0};
    for (size_t attempt = 0; attempt < ATTEMPTS; attempt++) {
        begin_attempt(d);
        import_build(d);
        d->text = import_write_template(d);
        compiled = compile(d, false);
        if (compiled.dialog != NULL || d->head_only) {
            return compiled;
        }
        bool left = attempt + 4 < ATTEMPTS && leave_parts(d, &compiled.diagnostics);
        d->head_only = !left && d->flat;
        d->flat = d->flat || (!left && d->no_options);
        d->no_options = d->no_options || !left;
    }
    return compiled;
}

/* ---- one dialog after the other ---- */

/* The head is all that callers need, without the training. */
static void load_head(struct import_dialog *d)
{
    struct arena *kept = d->importer->kept;
    bool head_only = d->head_only;
    begin_attempt(d);
    d->head_only = true;
    import_build(d);
    d->head_only = head_only;
    node_set(d->importer->arena, node_get(d->root, "intent"), SLICE("utterances"),
             node_new_sequence(d->importer->arena));
    struct slice text = arena_slice(kept, import_write_template(d));
    d->template = compiler_load_template(d->importer->compiler, "callee", text, kept, NULL);
}

/*
 * Leaves to verbatim requests the Salesforce operations that do not come out as they are in the
 * export (all of them when the nodes do not go together); false when there is none.
 */
static bool leave_operations(struct import_dialog *d, bool recorded)
{
    struct arena *arena = d->importer->arena;
    const struct node *services = node_get(d->root, "services");
    const struct node *components = node_get(d->xo, "components");
    bool any = false;
    for (size_t i = 0; services != NULL && i < services->count; i++) {
        struct slice name = services->members[i].key->text;
        struct slice script = platform_script_name(arena, name);
        bool differs =
            !recorded ||
            node_member(components, arena_printf(arena, "service/%.*s", SLICE_ARG(name))) != NULL ||
            node_member(components, arena_printf(arena, "script/%.*s", SLICE_ARG(script))) != NULL;
        if (differs && node_get(services->members[i].value, "salesforce") != NULL) {
            any = leave_part(d, SLICE("services"), name) || any;
        }
    }
    return any;
}

/* Notes as the reason the first error of what the compiler rejects in the end. */
static void note_reason(struct import_dialog *d, const struct diagnostics *findings)
{
    const struct diagnostic *f = findings->first;
    while (f != NULL && f->severity != SEVERITY_ERROR) {
        f = f->next;
    }
    d->reason = f != NULL ? arena_printf(d->importer->kept, "its template would be rejected: %.*s",
                                         SLICE_ARG(f->message))
                          : SLICE("its template would be rejected");
}

/* `text`: of the template, with all that it lacks of the dialog. */
static bool record(struct import_dialog *d, struct slice *text)
{
    for (;;) {
        struct compiled compiled = write_until_accepted(d);
        if (compiled.dialog == NULL) {
            note_reason(d, &compiled.diagnostics);
            return false;
        }
        bool recorded = import_record(d, compiled.dialog, &compiled.artifact);
        if (leave_operations(d, recorded)) {
            continue;
        }
        if (recorded) {
            *text = arena_slice(d->importer->kept, import_write_template(d));
            d->needs_xo = d->xo != NULL;
            return true;
        }
        if (d->head_only) {
            d->reason = SLICE("its nodes do not go together with any steps");
            return false;
        }
        d->head_only = d->flat;
        d->flat = true;
    }
}

/* Builds the template as its user will, with nothing left of the attempt that wrote it. */
static bool check(struct import_dialog *d, struct slice text)
{
    begin_attempt(d);
    d->text = text;
    struct compiled compiled = compile(d, true);
    d->secrets = compiled.secrets;
    if (compiled.dialog == NULL) {
        note_reason(d, &compiled.diagnostics);
        return false;
    }
    d->reason = SLICE("its template would not give the same dialog again");
    return import_matches(d, compiled.overlaid);
}

/* `text`: of the template's file; it is kept. */
static bool import_dialog(struct import_dialog *d, struct slice *text)
{
    if (!record(d, text)) {
        return false;
    }
    if (check(d, *text)) {
        return true;
    }
    if (d->head_only) {
        return false;
    }
    d->head_only = true;
    return record(d, text) && check(d, *text);
}

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

/* Adds to the list under `key`; what has no key belongs to nothing. */
static void add_to_list(struct arena *arena, struct map *lists, struct slice key,
                        const struct node *item)
{
    struct node *list = key.length > 0 ? map_get(lists, key) : NULL;
    if (list == NULL && key.length > 0) {
        list = node_new_sequence(arena);
        map_add(lists, key, list);
    }
    if (list != NULL) {
        node_append(arena, list, item);
    }
}

/* Training by what it is of, so that no dialog has to look at all of it. */
static void read_training(struct importer *importer)
{
    struct arena *arena = importer->arena;
    const struct node *sentences = bot_section(importer->bot, "sentences");
    const struct node *patterns = bot_section(importer->bot, "patterns");
    importer->sentences = map_new(arena);
    importer->patterns = map_new(arena);
    for (size_t i = 0; i < node_length(sentences); i++) {
        add_to_list(arena, &importer->sentences, node_text(sentences->items[i], "taskId"),
                    sentences->items[i]);
    }
    for (size_t i = 0; i < node_length(patterns); i++) {
        add_to_list(arena, &importer->patterns, node_text(patterns->items[i], "refId"),
                    patterns->items[i]);
    }
}

static void read_dialogs(struct importer *importer)
{
    struct arena *arena = importer->arena;
    const struct node *dialogs = bot_section(importer->bot, "dialogs");
    importer->dialog_count = dialogs->count;
    importer->dialogs = arena_alloc_array(arena, dialogs->count + 1, sizeof *importer->dialogs);
    importer->by_dialog_id = map_new(arena);
    importer->ids = map_new(arena);
    for (size_t i = 0; i < dialogs->count; i++) {
        struct import_dialog *d = &importer->dialogs[i];
        d->importer = importer;
        d->dialog = dialogs->items[i];
        d->opaque = map_new(arena);
        d->id =
            import_unique(arena, &importer->ids,
                          import_identifier(arena, bot_dialog_name(d->dialog), "dialog"), "-", d);
        map_add(&importer->by_dialog_id, node_text(d->dialog, "_id"), d);
        read_locales(d);
        read_nodes(d);
        read_targets(d);
    }
}

static void release_arena(void *resource)
{
    arena_free(resource);
}

static struct arena *new_scratch(struct arena *arena)
{
    struct arena *scratch = arena_alloc(arena, sizeof *scratch);
    arena_init(scratch);
    scratch->recovery = arena->recovery;
    arena_defer(arena, release_arena, scratch);
    return scratch;
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
static size_t import_selected(struct importer *importer, struct import *import)
{
    struct arena *kept = importer->kept;
    size_t failed = 0;
    importer->arena = importer->scratch; /* memory does not grow with the number of dialogs */
    for (size_t i = 0; i < importer->dialog_count; i++) {
        if (importer->dialogs[i].selected) {
            load_head(&importer->dialogs[i]);
        }
    }
    for (size_t i = 0; i < importer->dialog_count; i++) {
        struct import_dialog *d = &importer->dialogs[i];
        struct slice text;
        if (!d->selected) {
            continue;
        }
        if (!import_dialog(d, &text)) {
            report_failed(d);
            import->left_out = arena_append(kept, import->left_out, import->left_out_count,
                                            sizeof *import->left_out);
            import->left_out[import->left_out_count++] = bot_dialog_name(d->dialog);
            d->selected = false;
            failed++;
            continue;
        }
        import_add_file(importer, import,
                        arena_printf(kept, "templates/%.*s.yaml", SLICE_ARG(d->id)), text);
        import->dialogs[import->dialog_count++] = (struct imported_dialog){
            bot_dialog_name(d->dialog), d->id, d->needs_xo, d->head_only, d->secrets};
    }
    importer->arena = kept;
    return failed;
}

bool import_bot(struct arena *arena, const struct bot *bot, const struct import_choice *choice,
                struct diagnostics *diagnostics, struct import *import)
{
    struct arena *scratch = new_scratch(arena);
    scratch->keeps_all = true; /* what is compiled once is compiled again */
    struct importer importer = {.arena = arena,
                                .kept = arena,
                                .scratch = scratch,
                                .paths = new_scratch(arena),
                                .bot = bot,
                                .diagnostics = diagnostics};
    size_t errors = diagnostics->error_count;
    *import = (struct import){0};
    importer.compiler = compiler_new(arena, &artifact_backend);
    importer.profiles = map_new(arena);
    import_add_project(&importer, import);
    import_add_profiles(&importer, import);
    read_training(&importer);
    read_dialogs(&importer);
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
    while (import_selected(&importer, import) > 0 && choice->keeps_going) {
        import->file_count = shared_files; /* callers declare what has been left out */
        import->dialog_count = 0;
    }
    return import->left_out_count == 0 || (choice->keeps_going && import->dialog_count > 0);
}
