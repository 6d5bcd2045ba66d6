/*
 * The compiler: the stages in their order, for one template. What templates share (schemas,
 * project, auth profiles) is loaded once and then only read, so that several threads may compile
 * with one compiler.
 */
#ifndef DIALOGC_COMPILER_COMPILER_H
#define DIALOGC_COMPILER_COMPILER_H

#include "check/check.h"
#include "dialog/dialog.h"
#include "fragment/fragment.h"
#include "schema/schema.h"

struct compiler {
    struct arena *arena;
    struct schema_set *schemas;
    const struct schema *template_schema;
    /* the others are compiled when they are first needed; NULL until then */
    const struct schema *profile_schema, *project_schema, *sobject_schema, *fragment_schema,
        *bot_schema, *conversation_schema;
    const struct project *project;
    struct fragment_library *fragments;
    struct auth_profiles profiles;
};

/*
 * Compiles the schema of templates; the project is the default one and `salesforce` the only
 * profile until others are loaded. Everything lives in `arena`.
 */
struct compiler *compiler_new(struct arena *arena);

/* The embedded schema of this name ("action-template"), as JSON text; false for other names. */
bool compiler_schema_text(struct slice name, struct slice *text);

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

/* Reads a fragment, and adds it when it is valid. */
bool compiler_load_fragment(struct compiler *compiler, const char *path, struct slice bytes,
                            struct diagnostics *diagnostics);

/* The schema of bot exports, compiled when it is first asked for. */
const struct schema *compiler_bot_schema(struct compiler *compiler);

/* The same of files of conversations. */
const struct schema *compiler_conversation_schema(struct compiler *compiler);

/* A template between the stages. */
struct unit {
    struct template *template; /* NULL when it could not be loaded */
    struct flow_graph *graph;
    bool calls_dialogs; /* it can only be lowered when the other templates are known */
};

/*
 * Reads, validates and checks the template in `bytes`; all memory is the diagnostics' arena.
 * `*source` is set in any case. unit.template is NULL when the text is no valid template.
 */
struct unit compiler_check(const struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics, struct source **source);

/* Reads and loads a template without checking it: for the head of a called dialog. */
const struct template *compiler_load_template(const struct compiler *compiler, const char *path,
                                              struct slice bytes, struct arena *arena);

/*
 * Lowers a checked template without errors and writes its artifact to `*artifact`, in `arena`; with
 * `artifact` NULL it is lowered only.
 * False, with findings, when it calls dialogs that `directory` does not know.
 */
bool compiler_emit(const struct compiler *compiler, const struct unit *unit,
                   const struct dialog_directory *directory, struct arena *arena,
                   struct diagnostics *diagnostics, struct slice *artifact);

#endif
