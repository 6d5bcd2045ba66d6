/*
 * A scope: the files that a name is known in. A name of a template is known there, in the fragments
 * that it uses and in its conversations; identifiers of dialogs, fragments and profiles are known
 * in the whole project.
 */
#ifndef DIALOGC_EDITOR_TEXT_NAME_SCOPE_H
#define DIALOGC_EDITOR_TEXT_NAME_SCOPE_H

#include "editor/text/names.h"

/* A file with its names. */
struct named_file {
    const char *path;
    struct slice text;
    const struct node *root;
    struct names names;
    bool is_inside; /* of the scope */
};

struct name_scope {
    struct named_file *files;
    size_t count;
    struct slice name;
    enum name_kind kind; /* of the definition, where there is one */
};

/*
 * Reads a file for a scope; false when it is not YAML or JSON that can be read, or none of dialogc.
 */
bool named_file_read(struct arena *arena, struct schema_texts *schemas, const char *path,
                     struct slice text, struct named_file *file);

/*
 * Marks those of `files` that are inside of the scope of `name`, which stands in `files[own]`.
 */
struct name_scope name_scope_of(struct named_file *files, size_t count, size_t own,
                                const struct name *name);

/* True for a name of a file that means what the scope is about. */
bool name_scope_has(const struct name_scope *scope, const struct named_file *file,
                    const struct name *name);

/* The definition; NULL when no file of the scope has it. Its file goes to `*file`. */
const struct name *name_scope_definition(const struct name_scope *scope,
                                         const struct named_file **file);

#endif
