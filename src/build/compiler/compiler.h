/*
 * The compiler: the stages in their order, for one template. What templates share (schemas,
 * project, auth profiles) is loaded once and then only read, so that several threads may compile
 * with one compiler.
 */
#ifndef DIALOGC_BUILD_COMPILER_COMPILER_H
#define DIALOGC_BUILD_COMPILER_COMPILER_H

#include "base/hash.h"
#include "language/check/check.h"
#include "build/compiler/backend.h"
#include "language/fragment/fragment.h"
#include "document/schema/library.h"

/* What a template may use besides its own file and the project's. */
enum input_kind {
    INPUT_PROFILE,
    INPUT_SOBJECT,
    INPUT_FRAGMENT,
    INPUT_DIALOG, /* another template, whose dialog is called */
};

/* A file that templates share. */
struct shared_input {
    enum input_kind kind;
    struct slice name; /* the identifier of what it defines */
    const char *path;
    struct hash hash; /* of its bytes */
};

/* A use by name: also of what is part of the program, or is not there at all. */
struct input_use {
    enum input_kind kind;
    struct slice name;
    const char *path; /* of a called dialog's template; else NULL */
};

struct input_uses {
    struct input_use *items;
    size_t count;
};

struct compiler {
    struct arena *arena;
    const struct backend *backend;
    const struct schema_library *schemas;
    const struct schema *template_schema; /* of the library */
    const struct schema *bot_schema;      /* compiled when it is first needed; NULL until then */
    const struct project *project;
    struct fragment_library *fragments;
    struct auth_profiles profiles;
    struct shared_input *inputs; /* files that were loaded, in order */
    size_t input_count;
};

/*
 * The project is the default one and `salesforce` the only profile until others are loaded.
 * Everything lives in `arena`. The backend writes what is compiled.
 */
struct compiler *compiler_new(struct arena *arena, const struct backend *backend);

/* The embedded schema of this name ("action-template"), as JSON text; false for other names.
 * Temporary memory comes from `arena`. */
bool compiler_schema_text(struct arena *arena, struct slice name, struct slice *text);

/* The name of the embedded schema `index`, in order; false past the last. */
bool compiler_schema_name(size_t index, struct slice *name);

/*
 * Reads the project file in `bytes`. False, with findings, when it is not valid. `bytes` must
 * outlive the compiler.
 */
bool compiler_load_project(struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics);

/* Reads one auth profile, and adds it when it is valid. */
bool compiler_load_profile(struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics);

/* Reads the description of a Salesforce object, JSON or YAML, and adds it when it is valid. */
bool compiler_load_sobject(struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics);

/*
 * Notes that a path to profiles, descriptions of objects or fragments is not there, which has been
 * told: what templates miss may have been in it.
 */
void compiler_note_missing(struct compiler *compiler, enum input_kind kind);

/* Reads a fragment, and adds it when it is valid. */
bool compiler_load_fragment(struct compiler *compiler, const char *path, struct slice bytes,
                            struct diagnostics *diagnostics);

/* The file that defines `name`; NULL: it is part of the program, or nothing defines it. */
const struct shared_input *compiler_input(const struct compiler *compiler, enum input_kind kind,
                                          struct slice name);

/* The schema of bot exports, compiled when it is first asked for. */
const struct schema *compiler_bot_schema(struct compiler *compiler);

/* The schema of files of conversations. */
const struct schema *compiler_conversation_schema(const struct compiler *compiler);

/*
 * Checks the form of the file of conversations in `bytes`; what it says of its dialog is checked
 * when it is run. The tree, or NULL when its form is not valid.
 */
const struct node *compiler_check_conversations(const struct compiler *compiler, const char *path,
                                                struct slice bytes,
                                                struct diagnostics *diagnostics);

/* A template between the stages. */
struct unit {
    struct slice id;                 /* as the text says it; empty when it does not */
    const struct node *root;         /* what the text says; NULL when it is no YAML */
    const struct template *template; /* NULL when it could not be loaded */
    const struct analysis *analysis; /* what the checks have found out about it */
    bool calls_dialogs;              /* it can only be lowered when the other templates are known */
    struct sobject_catalog *catalog; /* as this template sees it */
    const struct fragment_use *fragments; /* that it uses */
};

/*
 * Reads, validates and checks the template in `bytes`; all memory is the diagnostics' arena.
 * `*source` is set in any case. unit.template is NULL when the text is no valid template.
 */
struct unit compiler_check(const struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics, struct source **source);

/*
 * What the template of the unit uses of profiles, descriptions of objects and fragments; called
 * dialogs are not among it: who finds them knows.
 */
struct input_uses compiler_uses(struct arena *arena, const struct unit *unit);

/* Adds a use, once; it lives in `arena`. */
void input_uses_add(struct arena *arena, struct input_uses *uses, struct input_use use);

/*
 * Reads and loads a template without checking it, for the head of a called dialog; NULL when it
 * cannot be loaded. The fragments that it uses are added to `uses`, which may be NULL.
 */
const struct template *compiler_load_template(const struct compiler *compiler, const char *path,
                                              struct slice bytes, struct arena *arena,
                                              struct input_uses *uses);

/*
 * Lowers a checked template without errors and writes its artifact to `*artifact`, in `arena`; with
 * `artifact` NULL it is lowered only.
 * False, with findings, when it calls dialogs that `directory` does not know; without, when it
 * calls one whose template has errors.
 */
bool compiler_emit(const struct compiler *compiler, const struct unit *unit,
                   const struct dialog_directory *directory, struct arena *arena,
                   struct diagnostics *diagnostics, struct slice *artifact);

#endif
