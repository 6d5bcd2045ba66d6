#include "editor/text/name_scope.h"

#include "build/inputs/content.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"

bool named_file_read(struct arena *arena, struct schema_texts *schemas, const char *path,
                     struct slice text, struct named_file *file)
{
    struct diagnostics ignored = diagnostics_new(arena);
    struct source *source;
    bool is_json = slice_ends_with(slice_of(path), ".json");
    const struct node *root = is_json ? json_read(arena, path, text, &ignored, &source)
                                      : yaml_read(arena, path, text, &ignored, &source);
    *file = (struct named_file){.path = path, .text = text, .root = root};
    if (root == NULL || content_schema_of(root, path) == NULL) {
        return false;
    }
    file->names = names_of(arena, schemas, path, root);
    return true;
}

/* ---- which files belong together ---- */

static const struct name *find(const struct named_file *file, enum name_kind kind,
                               bool is_definition, struct slice text)
{
    for (size_t i = 0; i < file->names.count; i++) {
        const struct name *name = &file->names.items[i];
        if (name->kind == kind && name->is_definition == is_definition &&
            slice_equal(name->text, text)) {
            return name;
        }
    }
    return NULL;
}

/* True when `user` uses what `file` is: a fragment, or the dialog of a template. */
static bool uses(const struct named_file *user, const struct named_file *file)
{
    static const enum name_kind whole[] = {NAME_FRAGMENT, NAME_DIALOG};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        struct slice id =
            node_text(file->root, whole[i] == NAME_FRAGMENT ? "fragment" : "template");
        bool is_conversation = node_get(user->root, "conversation") != NULL;
        if (id.length > 0 && (whole[i] == NAME_FRAGMENT || is_conversation) &&
            find(user, whole[i], false, id) != NULL) {
            return true;
        }
    }
    return false;
}

/* Labels are known in one file, parameters in the fragment and where it is used. */
static bool belong_together(const struct named_file *a, const struct named_file *b)
{
    return uses(a, b) || uses(b, a);
}

static bool has_name(const struct named_file *file, struct slice text)
{
    for (size_t i = 0; i < file->names.count; i++) {
        if (slice_equal(file->names.items[i].text, text)) {
            return true;
        }
    }
    return false;
}

/* Adds to the scope what belongs to a file of it; true when there was something to add. */
static bool widen(struct named_file *files, size_t count, struct slice name)
{
    bool widened = false;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; files[i].is_inside && j < count; j++) {
            if (!files[j].is_inside && has_name(&files[j], name) &&
                belong_together(&files[i], &files[j])) {
                files[j].is_inside = widened = true;
            }
        }
    }
    return widened;
}

/* ---- what a name means ---- */

/* What a use means where several kinds have such a name: what is defined. */
static enum name_kind meant_kind(const struct name_scope *scope, const struct name *name)
{
    for (size_t i = 0; i < scope->count && !name->is_definition; i++) {
        const struct named_file *file = &scope->files[i];
        for (size_t j = 0; file->is_inside && j < file->names.count; j++) {
            const struct name *other = &file->names.items[j];
            if (other->is_definition && slice_equal(other->text, name->text) &&
                name_kind_can_mean(name->kind, other->kind)) {
                return other->kind;
            }
        }
    }
    return name->kind;
}

struct name_scope name_scope_of(struct named_file *files, size_t count, size_t own,
                                const struct name *name)
{
    struct name_scope scope = {files, count, name->text, name->kind};
    bool is_local = name_kind_is_local(name->kind);
    for (size_t i = 0; i < count; i++) {
        files[i].is_inside = i == own || !is_local;
    }
    while (is_local && name->kind != NAME_LABEL && widen(files, count, name->text)) {
    }
    scope.kind = meant_kind(&scope, name);
    return scope;
}

bool name_scope_has(const struct name_scope *scope, const struct named_file *file,
                    const struct name *name)
{
    return file->is_inside && slice_equal(name->text, scope->name) &&
           (name->is_definition ? name->kind == scope->kind
                                : name_kind_can_mean(name->kind, scope->kind));
}

const struct name *name_scope_definition(const struct name_scope *scope,
                                         const struct named_file **file)
{
    for (size_t i = 0; i < scope->count; i++) {
        for (size_t j = 0; j < scope->files[i].names.count; j++) {
            const struct name *name = &scope->files[i].names.items[j];
            if (name->is_definition && name_scope_has(scope, &scope->files[i], name)) {
                *file = &scope->files[i];
                return name;
            }
        }
    }
    return NULL;
}
