/* JUnit output of findings: one test case for each file, its errors as failures, its warnings as
 * output. */
#include "report/junit.h"
#include "report/render.h"

/* Those of a file and severity, in human form; the first of them goes to `*first`, or NULL. */
static struct slice texts_of(struct arena *arena, const struct diagnostics *list, const char *path,
                             enum severity severity, const struct diagnostic **first)
{
    struct builder text = builder_new(arena);
    *first = NULL;
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        if (d->severity == severity && strcmp(d->source->path, path) == 0) {
            builder_add_text(&text, *first != NULL ? "\n" : "");
            render_human(&text, d, false);
            *first = *first != NULL ? *first : d;
        }
    }
    return builder_slice(&text);
}

void render_junit(struct builder *out, const struct findings *findings)
{
    const struct diagnostics *list = &findings->diagnostics;
    const struct file_list *files = &findings->looked_at;
    struct junit junit = junit_new(out->arena);
    junit_begin_suite(&junit, SLICE("dialogc"));
    for (size_t i = 0; i < files->count; i++) {
        const struct diagnostic *error, *warning;
        const char *path = files->paths[i];
        struct slice errors = texts_of(out->arena, list, path, SEVERITY_ERROR, &error);
        struct slice warnings = texts_of(out->arena, list, path, SEVERITY_WARNING, &warning);
        junit_begin_case(&junit, SLICE("dialogc"), slice_of(path));
        if (error != NULL) {
            junit_add_failure(&junit, code_info(error->code)->name, error->message, errors);
        }
        if (warning != NULL) {
            junit_add_output(&junit, warnings);
        }
    }
    junit_write(out, &junit);
}
