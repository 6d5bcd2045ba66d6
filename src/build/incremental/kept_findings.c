/* Findings that the state keeps: a template with warnings need not be compiled to show them. */
#include "build/incremental/plan_parts.h"

#include "document/yaml/reader.h"

/* ---- into the state ---- */

bool findings_can_be_kept(const struct plan *plan, size_t index)
{
    const struct build_record *record = &plan->run->records[index];
    const char *path = plan->run->inputs.paths[index];
    for (size_t i = 0; i < record->finding_count; i++) {
        const struct diagnostic *d = record->findings[i];
        if (strcmp(d->source->path, path) != 0) {
            return false;
        }
        for (const struct note *note = d->notes; note != NULL; note = note->next) {
            if (note->source != NULL && note->source != d->source) {
                return false;
            }
        }
    }
    return true;
}

/* ---- out of the state ---- */

/* The file of a template, with the bytes that the state knows; NULL when it is another by now. */
static struct source *read_source(const struct plan *plan, size_t index)
{
    struct slice bytes;
    const char *reason;
    const char *path = plan->run->inputs.paths[index];
    bool is_same = file_read(plan->arena, path, YAML_BYTES_LIMIT, &bytes, &reason) == FILE_OK &&
                   hash_equal(hash_bytes(bytes), plan->earlier[index]->file.hash);
    return is_same ? source_new(plan->arena, path, bytes) : NULL;
}

/* The findings of one template; NULL when the state is wrong about it. */
static struct diagnostics *recall(const struct plan *plan, const struct state_template *known,
                                  const struct source *source)
{
    const struct state *state = plan->state;
    struct diagnostics *list = arena_alloc(plan->arena, sizeof *list);
    *list = diagnostics_new(plan->arena);
    for (size_t i = 0; i < known->finding_count; i++) {
        const struct state_finding *finding = &state->findings[known->first_finding + i];
        struct range range = {finding->start, finding->end};
        struct slice message = state_text(state, finding->message);
        bool is_warning = finding->kind == STATE_WARNING;
        if (range.start > range.end || range.end > source->bytes.length ||
            (!is_warning && list->last == NULL)) {
            return NULL;
        }
        if (!is_warning) {
            const struct source *place = finding->kind == STATE_NOTE ? source : NULL;
            diag_note(list, list->last, place, range, "%.*s", SLICE_ARG(message));
            continue;
        }
        struct diagnostic *d = arena_alloc(plan->arena, sizeof *d);
        *d = (struct diagnostic){.code = (enum code)finding->code,
                                 .severity = SEVERITY_WARNING,
                                 .source = source,
                                 .range = range,
                                 .message = message,
                                 .suggestion = state_text(state, finding->suggestion)};
        diagnostics_add(list, d);
    }
    return list;
}

void recall_findings(struct plan *plan)
{
    for (size_t i = 0; i < plan->run->inputs.count; i++) {
        const struct state_template *known = plan->earlier[i];
        if (known == NULL || known->finding_count == 0 || !plan->templates[i].is_same) {
            continue;
        }
        const struct source *source = read_source(plan, i);
        plan->findings[i] = source != NULL ? recall(plan, known, source) : NULL;
        plan->templates[i].is_same = plan->findings[i] != NULL;
    }
}
