/* The stages, one after the other. */
#include "build/compiler/compiler.h"

#include "base/embedded.h"
#include "base/table.h"
#include "base/file.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"
#include "language/model/locales.h"
#include "salesforce/sobject_description.h"

#define SCHEMA_FOLDER "schemas/"
#define SCHEMA_SUFFIX ".schema.json"

/* ---- schemas ---- */

/* "project" for "schemas/project.schema.json"; false for other files. */
static bool schema_stem(const struct embedded_file *file, struct slice *stem)
{
    static const size_t folder = sizeof SCHEMA_FOLDER - 1;
    static const size_t suffix = sizeof SCHEMA_SUFFIX - 1;
    struct slice full = slice_of(file->name);
    if (!slice_starts_with(full, SCHEMA_FOLDER) || !slice_ends_with(full, SCHEMA_SUFFIX)) {
        return false;
    }
    *stem = slice_part(full, folder, full.length - suffix);
    return true;
}

static struct slice schema_path(struct arena *arena, struct slice name)
{
    return arena_printf(arena, SCHEMA_FOLDER "%.*s" SCHEMA_SUFFIX, SLICE_ARG(name));
}

bool compiler_schema_text(struct arena *arena, struct slice name, struct slice *text)
{
    *text = embedded_find(schema_path(arena, name));
    return text->data != NULL;
}

bool compiler_schema_name(size_t index, struct slice *name)
{
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        if (schema_stem(file, name) && index-- == 0) {
            return true;
        }
    }
    return false;
}

struct compiler *compiler_new(struct arena *arena, const struct backend *backend)
{
    struct compiler *compiler = arena_alloc(arena, sizeof *compiler);
    compiler->arena = arena;
    compiler->backend = backend;
    compiler->schemas = schema_library_new(arena);
    compiler->template_schema = schema_library_find(compiler->schemas, "action-template");
    compiler->fragments = fragment_library_new(arena);
    compiler->project = project_load(arena, NULL, sobject_catalog_new(arena));
    compiler->profiles.items = arena_append(arena, NULL, 0, sizeof *compiler->profiles.items);
    compiler->profiles.items[compiler->profiles.count++] = auth_profile_default(arena);
    return compiler;
}

const struct schema *compiler_bot_schema(struct compiler *compiler)
{
    if (compiler->bot_schema == NULL) {
        struct arena *arena = compiler->arena;
        struct diagnostics none =
            diagnostics_new(arena); /* nothing is ever reported: a test compiles the schemas */
        struct schema_set *set = schema_set_new(arena);
        struct slice path = schema_path(arena, SLICE("xo-bot"));
        struct source *source;
        schema_set_add(set, path, json_read(arena, path.data, embedded_find(path), &none, &source));
        compiler->bot_schema = schema_compile(set, path, &none);
    }
    return compiler->bot_schema;
}

const struct schema *compiler_conversation_schema(const struct compiler *compiler)
{
    return schema_library_find(compiler->schemas, "conversation");
}

/* ---- what templates share ---- */

bool compiler_load_project(struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics)
{
    struct source *source;
    const struct schema *schema = schema_library_find(compiler->schemas, "project");
    const struct node *root = yaml_read(compiler->arena, path, bytes, diagnostics, &source);
    if (root == NULL) {
        return false;
    }
    bool valid = schema_validate(diagnostics, schema, root);
    check_secrets(root, valid, source, diagnostics);
    if (!valid) {
        return false;
    }
    compiler->project = project_load(compiler->arena, root, compiler->project->catalog);
    check_project(compiler->project, diagnostics);
    return true;
}

/* Notes which file defines `name`. */
static void add_input(struct compiler *compiler, enum input_kind kind, const struct node *name,
                      const char *path, struct slice bytes)
{
    compiler->inputs = arena_append(compiler->arena, compiler->inputs, compiler->input_count,
                                    sizeof *compiler->inputs);
    compiler->inputs[compiler->input_count++] = (struct shared_input){
        kind, name->text, arena_copy(compiler->arena, slice_of(path)), hash_bytes(bytes)};
}

const struct shared_input *compiler_input(const struct compiler *compiler, enum input_kind kind,
                                          struct slice name)
{
    for (size_t i = 0; i < compiler->input_count; i++) {
        const struct shared_input *input = &compiler->inputs[i];
        if (input->kind == kind && slice_equal(input->name, name)) {
            return input;
        }
    }
    return NULL;
}

/* True when two profiles are the same but for what is only for people and for templates. */
static bool have_same_settings(const struct node *a, const struct node *b)
{
    static const char *const own[] = {"profile", "description", NULL};
    for (size_t i = 0; i < a->count; i++) {
        struct slice key = a->members[i].key->text;
        const struct member *other = node_member(b, key);
        if (!slice_is_any(key, own) &&
            (other == NULL || !node_equal(a->members[i].value, other->value))) {
            return false;
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        struct slice key = b->members[i].key->text;
        if (!slice_is_any(key, own) && node_member(a, key) == NULL) {
            return false;
        }
    }
    return true;
}

/* A bot has one profile of a name: two with different settings cannot both be in it (E0608). */
static bool check_name(struct compiler *compiler, const struct auth_profile *profile,
                       struct diagnostics *diagnostics)
{
    const struct auth_profiles *profiles = &compiler->profiles;
    for (size_t i = 0; i < profiles->count; i++) {
        const struct auth_profile *other = profiles->items[i];
        if (other->source == NULL ||
            (!auth_profile_is_exported(other) && !auth_profile_is_exported(profile)) ||
            !slice_equal(other->name, profile->name) ||
            have_same_settings(other->root, profile->root)) {
            continue;
        }
        const struct node *name = node_get(profile->root, "name");
        const struct node *first = node_get(other->root, "name");
        name = name != NULL ? name : node_get(profile->root, "profile");
        first = first != NULL ? first : node_get(other->root, "profile");
        struct diagnostic *d =
            diag_report(diagnostics, E0608, profile->source, name->range,
                        "another auth profile has the name `%.*s` and different settings",
                        SLICE_ARG(profile->name));
        diag_note(diagnostics, d, other->source, first->range, "the first one is here");
        return false;
    }
    return true;
}

static bool add_profile(struct compiler *compiler, const struct auth_profile *profile,
                        struct diagnostics *diagnostics)
{
    struct auth_profiles *profiles = &compiler->profiles;
    for (size_t i = 0; i < profiles->count; i++) {
        const struct auth_profile *other = profiles->items[i];
        if (!slice_equal(other->id, profile->id)) {
            continue;
        }
        if (other->source == NULL) { /* it replaces the embedded default */
            if (!check_name(compiler, profile, diagnostics)) {
                return false;
            }
            profiles->items[i] = profile;
            return true;
        }
        const struct node *id = node_get(profile->root, "profile");
        struct diagnostic *d =
            diag_report(diagnostics, E0606, profile->source, id->range,
                        "another auth profile has the identifier `%.*s`", SLICE_ARG(profile->id));
        diag_note(diagnostics, d, other->source, node_get(other->root, "profile")->range,
                  "the first one is here");
        return false;
    }
    if (!check_name(compiler, profile, diagnostics)) {
        return false;
    }
    profiles->items = arena_append(compiler->arena, profiles->items, profiles->count,
                                   sizeof *compiler->profiles.items);
    profiles->items[profiles->count++] = profile;
    return true;
}

/* The identifier that the file of a shared part usually has: its name without the ending. */
static struct slice stem_of(const char *path)
{
    struct slice name = slice_of(file_name(path));
    name.length -= slice_ends_with(name, ".yaml") || slice_ends_with(name, ".json") ? 5
                   : slice_ends_with(name, ".yml")                                  ? 4
                                                                                    : 0;
    return name;
}

/* Templates that use the profile have no mistake of their own. */
static bool note_broken_profile(struct compiler *compiler, const char *path,
                                const struct node *root)
{
    struct auth_profiles *profiles = &compiler->profiles;
    const struct slice names[] = {arena_slice(compiler->arena, stem_of(path)),
                                  node_text(root, "profile")};
    for (size_t i = 0; i < TABLE_LENGTH(names); i++) {
        profiles->broken = arena_append(compiler->arena, profiles->broken, profiles->broken_count,
                                        sizeof *profiles->broken);
        profiles->broken[profiles->broken_count++] = names[i];
    }
    return false;
}

bool compiler_load_profile(struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics)
{
    struct source *source;
    size_t errors = diagnostics->error_count;
    const struct schema *schema = schema_library_find(compiler->schemas, "auth-profile");
    const struct node *root = yaml_read(compiler->arena, path, bytes, diagnostics, &source);
    if (root == NULL) {
        return note_broken_profile(compiler, path, NULL);
    }
    bool valid = schema_validate(diagnostics, schema, root);
    const struct auth_profile *profile = NULL;
    if (valid) {
        profile = auth_profile_load(compiler->arena, root, diagnostics);
        check_auth_profile(profile, compiler->project->env, diagnostics);
    }
    check_secrets(root, valid, source, diagnostics); /* those that are left */
    if (!valid) {
        return note_broken_profile(compiler, path, root);
    }
    add_input(compiler, INPUT_PROFILE, node_get(root, "profile"), path, bytes);
    if (!add_profile(compiler, profile, diagnostics)) {
        return note_broken_profile(compiler, path, root);
    }
    return diagnostics->error_count == errors;
}

void compiler_note_missing(struct compiler *compiler, enum input_kind kind)
{
    switch (kind) {
    case INPUT_PROFILE:
        compiler->profiles.lacks_files = true;
        break;
    case INPUT_SOBJECT:
        sobject_catalog_note_missing(compiler->project->catalog);
        break;
    case INPUT_FRAGMENT:
        fragment_library_note_missing(compiler->fragments);
        break;
    case INPUT_DIALOG:
        break; /* no path of the project leads to them */
    }
}

bool compiler_load_sobject(struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics)
{
    struct source *source;
    struct arena *arena = compiler->arena;
    const struct schema *schema = schema_library_find(compiler->schemas, "sobject");
    const struct node *root = slice_ends_with(slice_of(path), ".json")
                                  ? json_read(arena, path, bytes, diagnostics, &source)
                                  : yaml_read(arena, path, bytes, diagnostics, &source);
    bool valid = root != NULL && schema_validate(diagnostics, schema, root);
    if (root != NULL) {
        check_secrets(root, valid, source, diagnostics);
    }
    if (valid) {
        add_input(compiler, INPUT_SOBJECT, node_get(root, "sobject"), path, bytes);
    }
    if (!valid || !sobject_catalog_add(compiler->project->catalog, root, diagnostics)) {
        sobject_catalog_note_broken(compiler->project->catalog, stem_of(path));
        sobject_catalog_note_broken(compiler->project->catalog, node_text(root, "sobject"));
        return false;
    }
    sobject_description_check(compiler->project->catalog, root, diagnostics);
    return true;
}

bool compiler_load_fragment(struct compiler *compiler, const char *path, struct slice bytes,
                            struct diagnostics *diagnostics)
{
    struct source *source;
    const struct schema *schema = schema_library_find(compiler->schemas, "fragment");
    const struct node *root = yaml_read(compiler->arena, path, bytes, diagnostics, &source);
    if (root == NULL) {
        fragment_library_note_broken(compiler->fragments, stem_of(path));
        return false;
    }
    size_t errors = diagnostics->error_count;
    bool valid = schema_validate(diagnostics, schema, root);
    check_secrets(root, valid, source, diagnostics);
    if (!valid) {
        const struct node *id = node_get(root, "fragment");
        fragment_library_note_broken(compiler->fragments,
                                     node_is(id, NODE_STRING) ? id->text : SLICE(""));
        fragment_library_note_broken(compiler->fragments, stem_of(path));
        return false;
    }
    check_fragment(root, compiler->project->parameters, diagnostics);
    add_input(compiler, INPUT_FRAGMENT, node_get(root, "fragment"), path, bytes);
    if (diagnostics->error_count > errors) {
        fragment_library_note_broken(compiler->fragments, node_get(root, "fragment")->text);
        return false;
    }
    return fragment_library_add(compiler->fragments, root, diagnostics);
}

/* ---- conversations ---- */

const struct node *compiler_check_conversations(const struct compiler *compiler, const char *path,
                                                struct slice bytes, struct diagnostics *diagnostics)
{
    struct source *source;
    bool valid = false;
    const struct node *root = yaml_read(diagnostics->arena, path, bytes, diagnostics, &source);
    if (root != NULL) {
        valid = schema_validate(diagnostics, compiler_conversation_schema(compiler), root);
        check_secrets(root, valid, source, diagnostics);
    }
    diagnostics_sort(diagnostics);
    return valid ? root : NULL;
}

/* ---- one template ---- */

static bool calls_dialogs(const struct flow_graph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        if (graph->nodes[i].step->kind == STEP_DIALOG) {
            return true;
        }
    }
    return false;
}

/*
 * Findings that the platform does not mind: in a template that was imported from it they are
 * warnings, since the dialog works as it is.
 */
static const bool weakened[CODE_COUNT] = {
    [E0209] = true, [E0215] = true, [E0301] = true, [E0302] = true, [E0303] = true, [E0304] = true,
    [E0401] = true, [E0402] = true, [E0403] = true, [E0404] = true, [E0405] = true, [E0406] = true,
    [E0407] = true, [E0408] = true, [E0409] = true, [E0501] = true, [E0502] = true, [E0503] = true,
    [E0504] = true, [E0506] = true, [E0508] = true, [E0701] = true, [E0702] = true, [E0703] = true,
    [E0704] = true, [E0801] = true, [E0802] = true, [E0803] = true, [E0804] = true, [E0805] = true,
    [E0806] = true, [E0808] = true, [E0811] = true, [E0812] = true, [E0813] = true, [E0819] = true,
};

/* True when an error has been reported already at the place of this one, or around it. */
static bool is_told(const struct diagnostics *list, const struct diagnostic *finding)
{
    const struct diagnostic *d = list->first;
    while (d != NULL && !(d->source == finding->source && d->range.start <= finding->range.start &&
                          finding->range.start < d->range.end)) {
        d = d->next;
    }
    return d != NULL;
}

/*
 * What the schema says of a template whose fragments could not be expanded: what a wrong argument
 * makes of the fragments' own text is no mistake of its own.
 */
static void validate_own_text(const struct compiler *compiler, const struct node *root,
                              const struct source *source, struct diagnostics *diagnostics)
{
    struct diagnostics found = diagnostics_new(diagnostics->arena);
    struct diagnostic *next;
    found.weakened = diagnostics->weakened;
    schema_validate(&found, compiler->template_schema, root);
    for (struct diagnostic *d = found.first; d != NULL; d = next) {
        next = d->next;
        if (d->source == source && !is_told(diagnostics, d)) {
            diagnostics_add(diagnostics, d);
        }
    }
}

/* False, and one finding, for a mapping that has nothing of a template's head. */
static bool check_is_template(const struct node *root, struct diagnostics *diagnostics)
{
    if (root->kind != NODE_MAPPING || node_get(root, "dialogc") != NULL ||
        node_get(root, "template") != NULL || node_get(root, "intent") != NULL) {
        return true;
    }
    struct range first = root->count > 0 ? root->members[0].key->range : root->range;
    struct diagnostic *d =
        diag_report(diagnostics, E0103, root->source, first,
                    "this is no template: `dialogc`, `template` and `intent` are missing");
    diag_note(diagnostics, d, NULL, first,
              "a template begins with `dialogc: 1`; keep other files out of the folders of "
              "templates");
    return false;
}

struct unit compiler_check(const struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics, struct source **source)
{
    struct unit unit = {0};
    struct arena *arena = diagnostics->arena;
    const struct node *root = yaml_read(arena, path, bytes, diagnostics, source);
    unit.root = root;
    if (root == NULL) {
        return unit;
    }
    if (!check_is_template(root, diagnostics)) {
        return unit;
    }
    unit.id = node_text(root, "template");
    diagnostics->weakened = node_get(root, "imported") != NULL ? weakened : NULL;
    struct fragment_use *uses;
    size_t errors = diagnostics->error_count;
    struct project *project = arena_alloc(arena, sizeof *project);
    *project = *compiler->project;
    unit.catalog = project->catalog = sobject_catalog_observe(arena, project->catalog);
    struct built_locales locales = locales_of_template(arena, root, project);
    root = fragment_expand(arena, root, compiler->fragments, &locales, unit.catalog, diagnostics,
                           &uses);
    unit.fragments = uses;
    if (diagnostics->error_count > errors) {
        validate_own_text(compiler, root, *source, diagnostics);
    } else if (schema_validate(diagnostics, compiler->template_schema, root)) {
        root = locales_fit(arena, root, &locales, diagnostics);
        unit.template = template_load(arena, root, project, diagnostics);
        unit.analysis = check_template(arena, unit.template, &compiler->profiles, diagnostics);
        unit.calls_dialogs = calls_dialogs(unit.analysis->graph);
    }
    if (diagnostics_want(diagnostics, E0701)) {
        check_secrets(unit.root, unit.template != NULL, *source, diagnostics);
    }
    fragment_note_uses(diagnostics, uses);
    return unit;
}

void input_uses_add(struct arena *arena, struct input_uses *uses, struct input_use use)
{
    for (size_t i = 0; i < uses->count; i++) {
        if (uses->items[i].kind == use.kind && slice_equal(uses->items[i].name, use.name)) {
            return;
        }
    }
    uses->items = arena_append(arena, uses->items, uses->count, sizeof *uses->items);
    uses->items[uses->count++] = use;
}

static void add_use(struct arena *arena, struct input_uses *uses, enum input_kind kind,
                    struct slice name)
{
    input_uses_add(arena, uses, (struct input_use){kind, name, NULL});
}

static void add_fragments(struct arena *arena, struct input_uses *uses,
                          const struct fragment_use *fragments)
{
    for (const struct fragment_use *use = fragments; use != NULL; use = use->next) {
        add_use(arena, uses, INPUT_FRAGMENT, use->id);
    }
}

struct input_uses compiler_uses(struct arena *arena, const struct unit *unit)
{
    struct input_uses uses = {0};
    const struct template *template = unit->template;
    if (template->auth.length > 0) {
        add_use(arena, &uses, INPUT_PROFILE, template->auth);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        if (template->services[i].auth.length > 0) {
            add_use(arena, &uses, INPUT_PROFILE, template->services[i].auth);
        }
    }
    size_t count;
    const struct slice *asked = sobject_catalog_asked(unit->catalog, &count);
    for (size_t i = 0; i < count; i++) {
        add_use(arena, &uses, INPUT_SOBJECT, asked[i]);
    }
    add_fragments(arena, &uses, unit->fragments);
    return uses;
}

const struct template *compiler_load_template(const struct compiler *compiler, const char *path,
                                              struct slice bytes, struct arena *arena,
                                              struct input_uses *uses)
{
    struct source *source;
    struct diagnostics ignored = diagnostics_new(arena);
    struct fragment_use *fragments;
    const struct node *root = yaml_read(arena, path, bytes, &ignored, &source);
    if (root == NULL) {
        return NULL;
    }
    struct built_locales locales = locales_of_template(arena, root, compiler->project);
    root = fragment_expand(arena, root, compiler->fragments, &locales, compiler->project->catalog,
                           &ignored, &fragments);
    if (uses != NULL) {
        add_fragments(arena, uses, fragments);
    }
    if (ignored.error_count > 0 || !schema_is_valid(arena, compiler->template_schema, root)) {
        return NULL;
    }
    return template_load(arena, locales_fit(arena, root, &locales, &ignored), compiler->project,
                         &ignored);
}

bool compiler_emit(const struct compiler *compiler, const struct unit *unit,
                   const struct dialog_directory *directory, struct arena *arena,
                   struct diagnostics *diagnostics, struct slice *artifact)
{
    size_t errors = diagnostics->error_count;
    const struct dialog *dialog =
        dialog_lower(arena, unit->analysis, &compiler->profiles, directory, diagnostics);
    if (diagnostics->error_count > errors || dialog->incomplete) {
        return false;
    }
    compiler->backend->write(arena, dialog, diagnostics, artifact);
    return diagnostics->error_count == errors;
}
