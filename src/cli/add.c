/* dialogc add: copies of the templates that are part of dialogc. */
#include "cli/library.h"
#include "cli/output.h"
#include "cli/rehearsal.h"
#include "cli/templates.h"
#include "language/scaffold/copy.h"

/* ---- what is copied ---- */

struct copied {
    struct library_template original;
    struct copy_wishes wishes;
    struct slice id; /* of the copy */
    const char *path;
    struct slice text;
};

struct adding {
    struct arena *arena;
    const struct options *options;
    struct compiler *compiler;
    const char *folder; /* of the project */
    struct findings *findings;
    struct file_list templates; /* of the project */
    struct copied *copies;
    size_t count;
    struct slice *fragments; /* names: those that are copied, too */
    size_t fragment_count;
    struct file_content *files; /* all that is written */
    size_t file_count;
};

static void add_file(struct adding *a, const char *path, struct slice bytes)
{
    a->files = arena_append(a->arena, a->files, a->file_count, sizeof *a->files);
    a->files[a->file_count++] =
        (struct file_content){.path = path, .bytes = bytes, .expects = REPLACE_NOTHING};
}

/* ---- the project ---- */

/* The auth profile of the copies; empty after a message. */
static struct slice profile_of(const struct adding *a)
{
    const struct auth_profiles *profiles = &a->compiler->profiles;
    const char *wanted = a->options->start.profile;
    struct suggestion meant = suggestion_new(slice_of(wanted));
    struct builder names = builder_new(a->arena);
    struct slice only = SLICE("salesforce");
    size_t own = 0;
    for (size_t i = 0; i < profiles->count; i++) {
        const struct auth_profile *profile = profiles->items[i];
        suggestion_offer(&meant, profile->id);
        if (wanted != NULL ? slice_is(profile->id, wanted)
                           : profile->source != NULL && slice_is(profile->id, "salesforce")) {
            return profile->id;
        }
        if (profile->source != NULL) {
            builder_printf(&names, "%s`%.*s`", own > 0 ? ", " : "", SLICE_ARG(profile->id));
            only = profile->id;
            own++;
        }
    }
    if (wanted != NULL) {
        cli_message_unknown("auth profile", &meant,
                            "the project's profiles are in the folder `auth`, or where "
                            "dialogc.yaml says");
        return SLICE("");
    }
    if (own > 1) {
        cli_message("the project has several auth profiles: choose one of %.*s with `--profile`",
                    SLICE_ARG(builder_slice(&names)));
        return SLICE("");
    }
    return only;
}

/* Takes the locales of the command line, else of the project; false after a message. */
static bool take_locales(const struct adding *a, struct copy_wishes *wishes)
{
    const struct project *project = a->compiler->project;
    struct slice list = slice_of(a->options->start.locales);
    struct slice part;
    wishes->locales = arena_alloc_array(a->arena, project->locale_count, sizeof *wishes->locales);
    for (size_t i = 0; list.data == NULL && i < project->locale_count; i++) {
        wishes->locales[wishes->locale_count++] = project->locales[i];
    }
    for (size_t at = 0; list.data != NULL && slice_next_part(list, ',', &at, &part);) {
        struct slice name = slice_trim(part);
        bool known = false;
        for (size_t i = 0; i < wishes->locale_count; i++) {
            known = known || slice_equal(wishes->locales[i], name);
        }
        if (!project_has_locale(project, name)) {
            cli_message("`%.*s` is not a locale of the project: add it to `locales` in "
                        "dialogc.yaml, or leave it out",
                        SLICE_ARG(name));
            return false;
        }
        if (!known) {
            wishes->locales[wishes->locale_count++] = name;
        }
    }
    return true;
}

/* ---- fragments ---- */

static bool takes_fragment(const struct adding *a, struct slice id)
{
    bool taken = false;
    for (size_t i = 0; i < a->fragment_count; i++) {
        taken = taken || slice_equal(a->fragments[i], id);
    }
    return taken;
}

static void collect_fragments(struct adding *a, const struct node *node);

/* A fragment of dialogc, unless the project has one of this name; and those that it uses. */
static void collect_fragment(struct adding *a, struct slice id)
{
    const struct fragment *fragment = fragment_find(a->compiler->fragments, id, a->arena);
    if (!library_has_fragment(fragment->root) || takes_fragment(a, id)) {
        return;
    }
    a->fragments = arena_append(a->arena, a->fragments, a->fragment_count, sizeof *a->fragments);
    a->fragments[a->fragment_count++] = id;
    collect_fragments(a, fragment->root);
}

/* All that stands under `use`, in steps and at the top. */
static void collect_fragments(struct adding *a, const struct node *node)
{
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        collect_fragments(a, node->items[i]);
    }
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        const struct node *value = node->members[i].value;
        if (!slice_is(node->members[i].key->text, "use")) {
            collect_fragments(a, value);
        } else if (value->kind == NODE_STRING) {
            collect_fragment(a, value->text);
        }
        for (size_t j = 0; slice_is(node->members[i].key->text, "use") && j < node_length(value);
             j++) {
            collect_fragment(a, value->items[j]->text);
        }
    }
}

/*
 * Adds the fragments to the files, where the project has a place for them; dialogc has them, too.
 */
static void add_fragments(struct adding *a)
{
    const char *folder = cli_project_folder(a->arena, a->folder, a->compiler->project->fragments,
                                            "fragments", a->findings);
    for (size_t i = 0; folder != NULL && i < a->fragment_count; i++) {
        const struct fragment *fragment =
            fragment_find(a->compiler->fragments, a->fragments[i], a->arena);
        struct slice name = arena_printf(a->arena, "%.*s.yaml", SLICE_ARG(a->fragments[i]));
        add_file(a, file_join(a->arena, folder, name), copy_fragment(a->arena, fragment->root));
    }
}

/* ---- templates ---- */

/* Finds one template, and a place for its copy; false after a message. */
static bool prepare_copy(struct adding *a, const char *name, struct copied *copied)
{
    if (!library_find(a->arena, name, &copied->original)) {
        return false;
    }
    copied->wishes.id = slice_of(a->options->start.as);
    copied->id = copied->wishes.id.length > 0 ? copied->wishes.id
                                              : node_text(copied->original.root, "template");
    const char *other = cli_template_with_id(a->arena, &a->templates, copied->id);
    if (other != NULL) {
        cli_message("the project has a template `%.*s` already: %s; `dialogc add %s --as NAME` "
                    "gives the copy another name",
                    SLICE_ARG(copied->id), other, name);
        return false;
    }
    copied->path = cli_new_template_path(a->arena, a->options, a->compiler->project, a->folder,
                                         copied->id, a->findings);
    collect_fragments(a, copied->original.root);
    return true;
}

/* ---- utterances that other templates have ---- */

/* The utterance of the original with these bytes, which the copy has too; or NULL. */
static const struct node *utterance_with(const struct node *root, struct slice bytes)
{
    const struct node *utterances = node_get(node_get(root, "intent"), "utterances");
    for (size_t i = 0; node_is(utterances, NODE_MAPPING) && i < utterances->count; i++) {
        const struct node *list = utterances->members[i].value;
        for (size_t j = 0; j < node_length(list); j++) {
            struct range range = list->items[j]->range;
            if (slice_equal(slice_part(root->source->bytes, range.start, range.end), bytes)) {
                return list->items[j];
            }
        }
    }
    return NULL;
}

static struct copied *copy_at(struct adding *a, const char *path)
{
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->copies[i].path, path) == 0) {
            return &a->copies[i];
        }
    }
    return NULL;
}

/* Checks the copies with the other templates of the project. */
static struct diagnostics check_copies(struct adding *a)
{
    struct run run = {.arena = a->arena, .compiler = a->compiler, .jobs = a->options->jobs};
    struct draft *drafts = arena_alloc_array(a->arena, a->count, sizeof *drafts);
    run.findings = findings_new(a->arena, -1);
    run.drafts = drafts;
    run.draft_count = a->count;
    for (size_t i = 0; i < a->templates.count; i++) {
        file_list_add(a->arena, &run.inputs, a->templates.paths[i]);
    }
    for (size_t i = 0; i < a->count; i++) {
        drafts[i] = (struct draft){a->copies[i].path, a->copies[i].text};
        file_list_add(a->arena, &run.inputs, a->copies[i].path);
    }
    run_compile(&run);
    return run.findings.diagnostics;
}

/* Leaves out of the copies what starts other dialogs already; true when there is any. */
static bool leave_out_utterances(struct adding *a, const struct diagnostics *found)
{
    bool any = false;
    for (const struct diagnostic *d = found->first; d != NULL; d = d->next) {
        struct copied *copied = d->code == E0505 ? copy_at(a, d->source->path) : NULL;
        const struct node *utterance =
            copied != NULL
                ? utterance_with(copied->original.root,
                                 slice_part(d->source->bytes, d->range.start, d->range.end))
                : NULL;
        if (utterance != NULL) {
            struct copy_wishes *wishes = &copied->wishes;
            wishes->left_out = arena_append(a->arena, wishes->left_out, wishes->left_out_count,
                                            sizeof *wishes->left_out);
            wishes->left_out[wishes->left_out_count++] = utterance;
            any = true;
        }
    }
    return any;
}

static void copy_texts(struct adding *a)
{
    for (size_t i = 0; i < a->count; i++) {
        a->copies[i].text =
            copy_template(a->arena, a->copies[i].original.root, &a->copies[i].wishes);
    }
}

/* The first finding that says that a copy has mistakes, or NULL. */
static const struct diagnostic *mistake_of(const struct copied *copied,
                                           const struct diagnostics *found)
{
    for (const struct diagnostic *d = found->first; d != NULL; d = d->next) {
        if (d->severity == SEVERITY_ERROR && strcmp(d->source->path, copied->path) == 0) {
            return d;
        }
    }
    return NULL;
}

/* ---- the files ---- */

/* Adds the copy and its conversations to the files. */
static int finish_copy(struct adding *a, struct copied *copied, const struct diagnostics *found)
{
    const struct project *project = a->compiler->project;
    const struct draft draft = {copied->path, copied->text};
    const char *path = cli_conversation_path(a->arena, copied->path);
    const struct node *root = copied->original.conversations;
    struct slice bytes =
        root != NULL && copied->wishes.left_out_count == 0
            ? copy_conversations(a->arena, root, copied->id, project->api_version, project->login)
            : SLICE("");
    int status = STATUS_OK;
    if (mistake_of(copied, found) == NULL) {
        status = rehearsal_fit(a->arena, a->options, a->compiler, &draft, path, &bytes);
    }
    add_file(a, copied->path, copied->text);
    if (bytes.length > 0) {
        add_file(a, path, bytes);
    }
    return status;
}

/* False, after a message, when one of the files is there already: nothing is written then. */
static bool check_free(const struct adding *a)
{
    for (size_t i = 0; i < a->file_count; i++) {
        if (input_exists(a->findings, a->files[i].path)) {
            cli_message("%s already exists; dialogc does not overwrite it, and has written nothing",
                        a->files[i].path);
            return false;
        }
    }
    return true;
}

/* ---- what was done ---- */

static void add_result(struct cjson report, const void *context)
{
    const struct adding *a = context;
    struct cjson result = cjson_add_object(report, "result");
    struct cjson templates = cjson_add_array(result, "templates");
    for (size_t i = 0; i < a->count; i++) {
        struct cjson item = cjson_add_object(templates, NULL);
        struct slice *locales;
        size_t count =
            copy_locales(a->arena, a->copies[i].original.root, &a->copies[i].wishes, &locales);
        cjson_add_text(item, "name", a->copies[i].original.name);
        cjson_add_text(item, "template", a->copies[i].id);
        struct cjson list = cjson_add_array(item, "locales");
        for (size_t j = 0; j < count; j++) {
            cjson_add_text(list, NULL, locales[j]);
        }
        cjson_add_count(item, "utterancesLeftOut", a->copies[i].wishes.left_out_count);
    }
    struct cjson files = cjson_add_array(result, "files");
    for (size_t i = 0; i < a->file_count; i++) {
        cjson_add_text(files, NULL, slice_of(a->files[i].path));
    }
}

/* The languages that are wanted, and that the template does not have. */
static void say_missing_locales(const struct adding *a, const struct copied *copied)
{
    struct slice *locales;
    struct builder missing = builder_new(a->arena);
    copy_locales(a->arena, copied->original.root, &copied->wishes, &locales);
    for (size_t i = 0; i < copied->wishes.locale_count; i++) {
        if (!copy_has_locale(copied->original.root, copied->wishes.locales[i])) {
            builder_printf(&missing, "%s`%.*s`", missing.length > 0 ? ", " : "",
                           SLICE_ARG(copied->wishes.locales[i]));
        }
    }
    if (missing.length > 0) {
        cli_note(
            "note: `%.*s` has no texts in %.*s; until you add them, the bot uses those in `%.*s`",
            SLICE_ARG(copied->id), SLICE_ARG(builder_slice(&missing)), SLICE_ARG(locales[0]));
    }
}

static void say_what_next(const struct adding *a, const struct diagnostics *found)
{
    const char *at = a->options->directory;
    const char *option =
        at != NULL ? arena_printf(a->arena, " -C %s", cli_quoted(a->arena, at)).data : "";
    for (size_t i = 0; i < a->file_count; i++) {
        cli_note("wrote %s", a->files[i].path);
    }
    for (size_t i = 0; i < a->count; i++) {
        const struct copied *copied = &a->copies[i];
        size_t left_out = copied->wishes.left_out_count;
        say_missing_locales(a, copied);
        if (left_out > 0) {
            cli_note(
                "note: left out %zu utterance%s that another template has; give `%.*s` more of "
                "its own in %s",
                left_out, plural(left_out), SLICE_ARG(copied->id), copied->path);
        }
        if (mistake_of(copied, found) != NULL) {
            cli_note("note: %s does not fit the project yet: `dialogc check%s` shows why",
                     copied->path, option);
        }
    }
    cli_note("next: `dialogc chat%s %.*s` lets you talk to it, `dialogc test%s` runs the "
             "conversations",
             option, SLICE_ARG(a->copies[0].id), option);
}

static int write_all(struct adding *a, const struct diagnostics *found)
{
    struct output output = output_new(a->arena, a->options, a->findings);
    const char *conflict;
    output.makes_folders = true;
    enum replacement_result written = output_write(&output, a->files, a->file_count, &conflict);
    if (written == REPLACEMENT_CONFLICT) {
        output_fail(&output, conflict);
    }
    const struct render_result result = {add_result, a};
    int status =
        cli_report_result(a->arena, a->options, a->findings, written == REPLACED ? &result : NULL);
    if (status == STATUS_OK && !a->options->quiet && a->options->format == FORMAT_HUMAN) {
        say_what_next(a, found);
    }
    return status;
}

/* ---- the command ---- */

static bool prepare_copies(struct adding *a)
{
    const struct file_list *names = &a->options->operands;
    struct copy_wishes wishes = {.auth = profile_of(a)};
    if (wishes.auth.length == 0 || !take_locales(a, &wishes)) {
        return false;
    }
    a->copies = arena_alloc_array(a->arena, names->count, sizeof *a->copies);
    for (size_t i = 0; i < names->count; i++) {
        a->copies[a->count] = (struct copied){.wishes = wishes};
        if (!prepare_copy(a, names->paths[i], &a->copies[a->count])) {
            return false;
        }
        if (copy_at(a, a->copies[a->count].path) == NULL) {
            a->count++;
        }
    }
    return true;
}

static int add(struct adding *a)
{
    if (!prepare_copies(a)) {
        return STATUS_USAGE;
    }
    copy_texts(a);
    struct diagnostics found = check_copies(a);
    if (leave_out_utterances(a, &found)) {
        copy_texts(a);
        found = check_copies(a);
    }
    for (size_t i = 0; i < a->count; i++) {
        int status = finish_copy(a, &a->copies[i], &found);
        if (status != STATUS_OK) {
            return status;
        }
    }
    add_fragments(a);
    return check_free(a) ? write_all(a, &found) : STATUS_USAGE;
}

static int no_project(const struct options *options)
{
    if (options->directory != NULL) {
        cli_message("there is no project in %s: it has no " PROJECT_FILE
                    "; `dialogc init %s` makes "
                    "one",
                    options->directory, options->directory);
    } else {
        cli_message("there is no project here: no " PROJECT_FILE "; `dialogc init` makes one, and "
                    "`-C DIR` names another folder");
    }
    return STATUS_USAGE;
}

int command_add(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, -1);
    struct adding adding = {.arena = arena, .options = options, .findings = &findings};
    if (options->operands.count == 0) {
        return library_list(arena, options);
    }
    if (options->start.as != NULL && options->operands.count > 1) {
        cli_message("`--as` names the copy of one template, and there are %zu",
                    options->operands.count);
        return STATUS_USAGE;
    }
    if (options->start.as != NULL && !cli_check_template_name(slice_of(options->start.as))) {
        return STATUS_USAGE;
    }
    adding.compiler = compiler_new(arena, &artifact_backend);
    adding.folder = cli_load_project(arena, options, adding.compiler, &findings);
    if (adding.folder == NULL || findings.diagnostics.error_count > 0 ||
        findings_failed(&findings)) {
        return cli_report(arena, options, &findings);
    }
    if (adding.compiler->project->root == NULL) {
        return no_project(options);
    }
    struct findings listing = findings_new(arena, -1); /* a folder that is missing will be made */
    cli_add_project_inputs(arena, options, adding.compiler->project, adding.folder,
                           &adding.templates, &listing);
    findings = findings_new(arena, -1); /* warnings about the project are for `check` */
    return findings_failed(&listing) ? cli_report(arena, options, &listing) : add(&adding);
}
