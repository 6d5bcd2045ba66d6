/* The public functions: each call gets an arena of its own, which lives as long as its result. */
#include "dialogc.h"

#include <stdlib.h>

#include "base/version.h"
#include "build/compiler/compiler.h"
#include "diag/findings.h"
#include "platform/artifact/backend.h"

struct dialogc {
    struct arena arena;
    struct compiler *compiler;
};

struct dialogc_result {
    struct arena arena;
    enum dialogc_status status;
    struct slice artifact;
    struct dialogc_finding *findings;
    size_t finding_count;
};

const char *dialogc_version(void)
{
    return version_string();
}

struct dialogc *dialogc_new(void)
{
    struct dialogc *dialogc = calloc(1, sizeof *dialogc);
    jmp_buf recovery;
    if (dialogc == NULL) {
        return NULL;
    }
    arena_init(&dialogc->arena);
    dialogc->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        dialogc_free(dialogc);
        return NULL;
    }
    dialogc->compiler = compiler_new(&dialogc->arena, &artifact_backend);
    dialogc->arena.recovery = NULL;
    return dialogc;
}

void dialogc_free(struct dialogc *dialogc)
{
    if (dialogc != NULL) {
        arena_free(&dialogc->arena);
        free(dialogc);
    }
}

static void fill_findings(struct dialogc_result *result, const struct diagnostics *list)
{
    struct arena *arena = &result->arena;
    size_t count = list->error_count + list->warning_count;
    struct findings findings = findings_new(arena, -1);
    findings.diagnostics = *list;
    findings_conceal(&findings);
    result->findings = arena_alloc_array(arena, count, sizeof *result->findings);
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        const struct code_info *info = code_info(d->code);
        struct position start = source_position(d->source, d->range.start);
        struct position end = source_position(d->source, d->range.end);
        result->findings[result->finding_count++] = (struct dialogc_finding){
            .code = info->name,
            .severity = d->severity == SEVERITY_ERROR ? DIALOGC_ERROR : DIALOGC_WARNING,
            .message = arena_copy(arena, d->message),
            .file = arena_copy(arena, slice_of(d->source->path)),
            .line = start.line,
            .column = start.column,
            .end_line = end.line,
            .end_column = end.column,
            .suggestion = d->suggestion.length > 0 ? arena_copy(arena, d->suggestion) : NULL,
        };
    }
    result->status = list->error_count > 0 ? DIALOGC_FINDINGS : DIALOGC_OK;
}

static void compile(const struct compiler *compiler, struct dialogc_input input,
                    struct dialogc_result *result)
{
    struct arena *arena = &result->arena;
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    struct unit unit = compiler_check(compiler, input.name,
                                      (struct slice){input.bytes, input.length}, &list, &source);
    if (unit.template != NULL && list.error_count == 0) {
        compiler_emit(compiler, &unit, NULL, arena, &list, &result->artifact);
    }
    diagnostics_sort(&list);
    fill_findings(result, &list);
}

typedef bool load_function(struct compiler *compiler, const char *path, struct slice bytes,
                           struct diagnostics *diagnostics);

static void load(struct dialogc *dialogc, struct dialogc_input input, load_function *function,
                 struct dialogc_result *result)
{
    struct diagnostics list = diagnostics_new(&dialogc->arena);
    const char *name = arena_copy(&dialogc->arena, slice_of(input.name));
    struct slice bytes = arena_slice(&dialogc->arena, (struct slice){input.bytes, input.length});
    function(dialogc->compiler, name, bytes, &list);
    /* The finding is in this result alone: a template that needs the profile has to say so itself.
     */
    dialogc->compiler->profiles.broken_count = 0;
    diagnostics_sort(&list);
    fill_findings(result, &list);
}

/* Loads by `function`, or compiles without one, with recovery points in both arenas. */
static struct dialogc_result *call_guarded(const struct dialogc *dialogc, struct dialogc *changed,
                                           struct dialogc_input input, load_function *function)
{
    struct dialogc_result *result = calloc(1, sizeof *result);
    jmp_buf recovery;
    if (result == NULL) {
        return NULL;
    }
    arena_init(&result->arena);
    result->arena.recovery = &recovery;
    if (changed != NULL) {
        changed->arena.recovery = &recovery;
    }
    if (setjmp(recovery) != 0) {
        result->status = DIALOGC_OUT_OF_MEMORY;
        result->artifact = (struct slice){NULL, 0};
        result->finding_count = 0;
    } else if (function == NULL) {
        compile(dialogc->compiler, input, result);
    } else {
        load(changed, input, function, result);
    }
    result->arena.recovery = NULL;
    if (changed != NULL) {
        changed->arena.recovery = NULL;
    }
    return result;
}

struct dialogc_result *dialogc_set_project(struct dialogc *dialogc, struct dialogc_input input)
{
    return call_guarded(dialogc, dialogc, input, compiler_load_project);
}

struct dialogc_result *dialogc_add_auth(struct dialogc *dialogc, struct dialogc_input input)
{
    return call_guarded(dialogc, dialogc, input, compiler_load_profile);
}

struct dialogc_result *dialogc_add_sobject(struct dialogc *dialogc, struct dialogc_input input)
{
    return call_guarded(dialogc, dialogc, input, compiler_load_sobject);
}

struct dialogc_result *dialogc_add_fragment(struct dialogc *dialogc, struct dialogc_input input)
{
    return call_guarded(dialogc, dialogc, input, compiler_load_fragment);
}

struct dialogc_result *dialogc_compile(const struct dialogc *dialogc, struct dialogc_input input)
{
    return call_guarded(dialogc, NULL, input, NULL);
}

enum dialogc_status dialogc_result_status(const struct dialogc_result *result)
{
    return result != NULL ? result->status : DIALOGC_OUT_OF_MEMORY;
}

const char *dialogc_result_artifact(const struct dialogc_result *result, size_t *length)
{
    if (result == NULL || result->artifact.data == NULL) {
        *length = 0;
        return NULL;
    }
    *length = result->artifact.length;
    return result->artifact.data;
}

const struct dialogc_finding *dialogc_result_findings(const struct dialogc_result *result,
                                                      size_t *count)
{
    *count = result != NULL ? result->finding_count : 0;
    return result != NULL ? result->findings : NULL;
}

void dialogc_result_free(struct dialogc_result *result)
{
    if (result != NULL) {
        arena_free(&result->arena);
        free(result);
    }
}
