/*
 * From a dialog to its template. The dialog is written, compiled as the user will compile it, and
 * compared with the export. What the compiler refuses is left to `xo`: first the part that it
 * points at, then the options of the nodes, then the flow, at last everything.
 */
#include "language/check/check.h"
#include "language/model/platform_name.h"
#include "platform/artifact/overlay.h"
#include "platform/artifact/write.h"
#include "platform/import/importer.h"

/* How often a dialog is written anew before everything is left to `xo`. */
#define ATTEMPTS 7

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
void import_load_head(struct import_dialog *d)
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

/* Writes the template with all that it lacks of the dialog. */
static bool record(struct import_dialog *d)
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
            d->written = arena_slice(d->importer->kept, import_write_template(d));
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
static bool check(struct import_dialog *d)
{
    begin_attempt(d);
    d->text = d->written;
    struct compiled compiled = compile(d, true);
    d->secrets = compiled.secrets;
    if (compiled.dialog == NULL) {
        note_reason(d, &compiled.diagnostics);
        return false;
    }
    d->reason = SLICE("its template would not give the same dialog again");
    return import_matches(d, compiled.overlaid);
}

bool import_dialog(struct import_dialog *d)
{
    if (!record(d)) {
        return false;
    }
    if (check(d)) {
        return true;
    }
    if (d->head_only) {
        return false;
    }
    d->head_only = true;
    return record(d) && check(d);
}
