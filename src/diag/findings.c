#include "diag/findings.h"

#include <stdarg.h>

#include "base/map.h"
#include "diag/secret.h"

static struct slice *add(struct arena *arena, struct slice *list, size_t *count, struct slice text)
{
    list = arena_append(arena, list, *count, sizeof *list);
    list[(*count)++] = text;
    return list;
}

void findings_fail(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_vprintf(findings->arena, format, arguments);
    va_end(arguments);
    findings->failures = add(findings->arena, findings->failures, &findings->failure_count, text);
}

void findings_remark(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_vprintf(findings->arena, format, arguments);
    va_end(arguments);
    findings->remarks = add(findings->arena, findings->remarks, &findings->remark_count, text);
}

void findings_return(struct findings *findings, const struct findings *before)
{
    *findings = *before;
    if (findings->diagnostics.last != NULL) {
        findings->diagnostics.last->next = NULL;
    }
}

/* ---- secrets ---- */

/* What is at hand while secrets are taken out of findings. */
struct conceal {
    struct arena *arena;
    struct concealment *known; /* of the run */
    struct map by_address;     /* of a source: the source as it is shown */
    struct source **sources;   /* those */
    size_t source_count;
};

/* The source with a name that may be shown; what is in it is known from then on. */
static const struct source *shown_source(struct conceal *c, const struct source *source)
{
    if (source == NULL) {
        return NULL;
    }
    struct source *shown = map_get_address(&c->by_address, source);
    if (shown == NULL) {
        conceal_learn_source(c->known, source);
        shown = arena_alloc(c->arena, sizeof *shown);
        *shown = *source;
        map_add_address(&c->by_address, source, shown);
        c->sources = arena_append(c->arena, c->sources, c->source_count, sizeof *c->sources);
        c->sources[c->source_count++] = shown;
    }
    return shown;
}

static void learn_sources(struct conceal *c, const struct diagnostics *list)
{
    for (struct diagnostic *d = list->first; d != NULL; d = d->next) {
        d->source = shown_source(c, d->source);
        for (struct note *note = d->notes; note != NULL; note = note->next) {
            note->source = shown_source(c, note->source);
        }
    }
}

/* What is a secret elsewhere is not shown beside a finding either. */
static void mask_known(struct conceal *c, const struct diagnostics *list)
{
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        conceal_around(c->known, d->source, d->range);
        for (const struct note *note = d->notes; note != NULL; note = note->next) {
            if (note->source != NULL) {
                conceal_around(c->known, note->source, note->range);
            }
        }
    }
}

static const char *shown_path(struct concealment *known, struct arena *arena, const char *path)
{
    struct slice shown = conceal_text(known, arena, slice_of(path));
    return shown.data == path ? path : arena_copy(arena, shown);
}

/*
 * What is masked in the lines of a finding, though it may be any word: the value of `token: …` can
 * be what the finding speaks of.
 */
static void add_neighbours(struct concealment *near, const struct source *source,
                           struct range range)
{
    uint32_t start;
    uint32_t last;
    source_excerpt(source, range.start, &start);
    struct slice line = source_excerpt(source, range.end, &last);
    uint32_t end = last + (uint32_t)line.length;
    const struct masks *masks = source->masks;
    for (size_t i = source_first_mask(source, start);
         i < masks->count && masks->items[i].range.start < end; i++) {
        struct range place = masks->items[i].range;
        if (!masks->items[i].certain) {
            conceal_add(near, slice_part(source->bytes, place.start, place.end));
        }
    }
}

/* A text of a finding without what the run knows, and without what is beside the finding. */
static struct slice shown_text(struct conceal *c, struct concealment *near, struct slice text)
{
    struct slice shown = conceal_text(c->known, c->arena, text);
    return near->count > 0 ? conceal_text(near, c->arena, shown) : shown;
}

static void conceal_finding(struct conceal *c, struct diagnostic *d)
{
    struct concealment near = concealment_new(c->arena);
    near.shortest = 3;
    add_neighbours(&near, d->source, d->range);
    for (struct note *note = d->notes; note != NULL; note = note->next) {
        if (note->source != NULL) {
            add_neighbours(&near, note->source, note->range);
        }
    }
    struct slice suggestion = shown_text(c, &near, d->suggestion);
    d->message = shown_text(c, &near, d->message);
    d->suggestion = suggestion.data == d->suggestion.data ? suggestion : SLICE("");
    for (struct note *note = d->notes; note != NULL; note = note->next) {
        note->message = shown_text(c, &near, note->message);
    }
}

void findings_conceal(struct findings *findings)
{
    struct arena *arena = findings->arena;
    struct conceal c = {
        .arena = arena, .known = &findings->concealment, .by_address = map_new(arena)};
    learn_sources(&c, &findings->diagnostics);
    mask_known(&c, &findings->diagnostics);
    for (size_t i = 0; i < c.source_count; i++) {
        source_order_masks(c.sources[i]);
        c.sources[i]->path = shown_path(c.known, arena, c.sources[i]->path);
    }
    for (struct diagnostic *d = findings->diagnostics.first; d != NULL; d = d->next) {
        conceal_finding(&c, d);
    }
    for (size_t i = 0; i < findings->failure_count; i++) {
        findings->failures[i] = conceal_text(c.known, arena, findings->failures[i]);
    }
    for (size_t i = 0; i < findings->remark_count; i++) {
        findings->remarks[i] = conceal_text(c.known, arena, findings->remarks[i]);
    }
}

void findings_conceal_files(struct findings *findings)
{
    for (size_t i = 0; i < findings->looked_at.count; i++) {
        const char **path = &findings->looked_at.paths[i];
        *path = shown_path(&findings->concealment, findings->arena, *path);
    }
}

bool findings_failed(const struct findings *findings)
{
    return findings->failure_count > 0 || findings->out_of_memory;
}

bool findings_have_too_many_warnings(const struct findings *findings)
{
    return findings->max_warnings >= 0 &&
           findings->diagnostics.warning_count > (size_t)findings->max_warnings;
}

bool findings_are_clean(const struct findings *findings)
{
    return findings->diagnostics.error_count == 0 && !findings_failed(findings) &&
           !findings_have_too_many_warnings(findings);
}
