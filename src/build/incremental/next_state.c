/* Writing what a later build wants to know. */
#define _GNU_SOURCE /* CLOCK_REALTIME_COARSE */

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "build/incremental/plan_parts.h"

/* The times of some file systems are in steps of two seconds. */
#define COARSE_TICK (2 * SECOND)

struct writing {
    struct plan *plan;
    int64_t now;     /* by the clock of the file system */
    int64_t started; /* of this build, by that clock */
    struct state_template *templates;
    struct state_shared *shared;
    struct state_use *uses;
    struct state_unique *uniques;
    struct state_finding *findings;
    size_t template_count, use_count, unique_count, finding_count;
    struct builder texts;
};

static struct state_text add_text(struct writing *w, struct slice text)
{
    struct state_text added = {(uint32_t)w->texts.length, (uint32_t)text.length};
    builder_add(&w->texts, text);
    return added;
}

/*
 * True when a change of the file since `reference` shows in its stamp: the change that the stamp
 * shows lies so far back that the clock of the file system has moved on.
 */
static bool is_settled(int64_t changed, int64_t reference)
{
    struct timespec tick;
    int64_t step = COARSE_TICK;
    if (changed % SECOND != 0 && clock_getres(CLOCK_REALTIME_COARSE, &tick) == 0) {
        step = 2 * (tick.tv_sec * SECOND + tick.tv_nsec);
    }
    return changed < reference - step;
}

/* A file that was read by this build, at any time of it. */
static struct state_file input_file(struct writing *w, struct slice path,
                                    const struct file_stamp *stamp, struct hash hash)
{
    return (struct state_file){add_text(w, path), *stamp, hash,
                               is_settled(stamp->changed, w->started)};
}

/* A file of which the state knows all but the stamp. */
static struct state_file kept_file(struct writing *w, struct slice path,
                                   const struct state_file *known, const struct seen *seen)
{
    struct state_file file = input_file(w, path, &seen->stamp, known->hash);
    file.is_settled = seen->was_hashed ? file.is_settled : known->is_settled;
    return file;
}

static void add_unique(struct writing *w, uint64_t fingerprint, struct range range)
{
    w->uniques[w->unique_count++] =
        (struct state_unique){fingerprint, (uint32_t)range.start, (uint32_t)range.end};
}

static void add_use(struct writing *w, uint64_t kind, struct slice name, struct hash hash)
{
    w->uses[w->use_count++] = (struct state_use){hash, add_text(w, name), kind};
}

static size_t count_notes(const struct diagnostic *d)
{
    size_t count = 0;
    for (const struct note *note = d->notes; note != NULL; note = note->next) {
        count++;
    }
    return count;
}

static void add_finding(struct writing *w, enum state_finding_kind kind, struct slice message,
                        struct range range)
{
    w->findings[w->finding_count++] = (struct state_finding){
        .message = add_text(w, message), .kind = kind, .start = range.start, .end = range.end};
}

static void add_warning(struct writing *w, const struct diagnostic *d)
{
    struct state_finding *added = &w->findings[w->finding_count];
    add_finding(w, STATE_WARNING, d->message, d->range);
    added->code = d->code;
    added->suggestion = add_text(w, d->suggestion);
    for (const struct note *note = d->notes; note != NULL; note = note->next) {
        add_finding(w, note->source != NULL ? STATE_NOTE : STATE_REMARK, note->message,
                    note->range);
    }
}

/* A template that this build has compiled. */
static void add_compiled(struct writing *w, struct state_template *t, size_t index)
{
    struct run *run = w->plan->run;
    const struct build_record *record = &run->records[index];
    const struct summary *summary = &run->summaries[index];
    t->file = input_file(w, plan_relative(w->plan, run->inputs.paths[index]), &record->stamp,
                         record->hash);
    /* what this build has written it has written in the meantime; other changes show later */
    int64_t reference = record->is_written ? w->now : w->started;
    t->artifact = (struct state_file){{0, 0},
                                      record->output_stamp,
                                      record->output_hash,
                                      is_settled(record->output_stamp.modified, reference)};
    for (size_t i = 0; i < record->uses.count; i++) {
        const struct input_use *use = &record->uses.items[i];
        const struct shared_input *input = compiler_input(run->compiler, use->kind, use->name);
        add_use(w, use->kind, use->name, input != NULL ? input->hash : (struct hash){0});
    }
    t->use_count = (uint32_t)record->uses.count;
    for (size_t i = 0; i < summary->title_count; i++) {
        add_unique(w, summary->titles[i].fingerprint, summary->titles[i].range);
    }
    for (size_t i = 0; i < summary->utterance_count; i++) {
        add_unique(w, summary->utterances[i].fingerprint, summary->utterances[i].range);
    }
    for (size_t i = 0; i < record->finding_count; i++) {
        add_warning(w, record->findings[i]);
    }
    t->finding_count = (uint32_t)w->finding_count - t->first_finding;
    t->title_count = (uint32_t)summary->title_count;
    t->utterance_count = (uint32_t)summary->utterance_count;
    t->id = add_text(w, summary->id);
    t->id_start = (uint32_t)summary->id_range.start;
    t->id_end = (uint32_t)summary->id_range.end;
    t->is_imported = summary->imported;
}

/* A template that is as an earlier build has left it. */
static void add_kept(struct writing *w, struct state_template *t, size_t index)
{
    const struct plan *plan = w->plan;
    const struct state *state = plan->state;
    const struct state_template *known = plan->earlier[index];
    *t = *known;
    t->file =
        kept_file(w, state_text(state, known->file.path), &known->file, &plan->templates[index]);
    bool settled = known->artifact.is_settled;
    t->artifact.stamp = plan->artifacts[index].stamp;
    t->artifact.is_settled = plan->artifacts[index].was_hashed
                                 ? is_settled(t->artifact.stamp.changed, w->started)
                                 : settled;
    t->id = add_text(w, state_text(state, known->id));
    t->first_use = (uint32_t)w->use_count;
    t->first_unique = (uint32_t)w->unique_count;
    t->first_finding = (uint32_t)w->finding_count;
    for (size_t i = 0; i < known->use_count; i++) {
        const struct state_use *use = &state->uses[known->first_use + i];
        add_use(w, use->kind, state_text(state, use->name), use->hash);
    }
    size_t count = (size_t)known->title_count + known->utterance_count;
    for (size_t i = 0; i < count; i++) {
        const struct state_unique *unique = &state->uniques[known->first_unique + i];
        add_unique(w, unique->fingerprint, (struct range){unique->start, unique->end});
    }
    for (size_t i = 0; i < known->finding_count; i++) {
        struct state_finding finding = state->findings[known->first_finding + i];
        finding.message = add_text(w, state_text(state, finding.message));
        finding.suggestion = add_text(w, state_text(state, finding.suggestion));
        w->findings[w->finding_count++] = finding;
    }
}

/* Templates whose findings the next build must find again are not in its state. */
static void leave_out(struct plan *plan)
{
    struct run *run = plan->run;
    for (size_t i = 0; i < run->inputs.count && !plan->is_current; i++) {
        if (run->records[i].is_sound && !findings_can_be_kept(plan, i)) {
            run->records[i].is_sound = false;
        }
    }
}

/* Room for all that will be added. */
static void reserve(struct writing *w)
{
    struct plan *plan = w->plan;
    struct run *run = plan->run;
    size_t uses = 0, uniques = 0, findings = 0, count = run->inputs.count;
    for (size_t i = 0; i < count; i++) {
        if (plan->is_current || run->summaries[i].from_state) {
            const struct state_template *known = plan->earlier[i];
            uses += known->use_count;
            uniques += (size_t)known->title_count + known->utterance_count;
            findings += known->finding_count;
        } else if (run->records[i].is_sound) {
            uses += run->records[i].uses.count;
            uniques += run->summaries[i].title_count + run->summaries[i].utterance_count;
            for (size_t j = 0; j < run->records[i].finding_count; j++) {
                findings += 1 + count_notes(run->records[i].findings[j]);
            }
        }
    }
    w->templates = arena_alloc_array(plan->arena, count, sizeof *w->templates);
    w->uses = arena_alloc_array(plan->arena, uses, sizeof *w->uses);
    w->uniques = arena_alloc_array(plan->arena, uniques, sizeof *w->uniques);
    w->findings = arena_alloc_array(plan->arena, findings, sizeof *w->findings);
    w->shared = arena_alloc_array(plan->arena, plan->files->count, sizeof *w->shared);
}

static void add_templates(struct writing *w)
{
    struct plan *plan = w->plan;
    struct run *run = plan->run;
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct state_template *t = &w->templates[w->template_count];
        t->first_use = (uint32_t)w->use_count;
        t->first_unique = (uint32_t)w->unique_count;
        t->first_finding = (uint32_t)w->finding_count;
        if (plan->is_current || run->summaries[i].from_state) {
            add_kept(w, t, i);
        } else if (run->records[i].is_sound) {
            add_compiled(w, t, i);
        } else {
            continue;
        }
        w->template_count++;
    }
}

static void add_shared(struct writing *w)
{
    struct plan *plan = w->plan;
    const struct shared_files *files = plan->files;
    for (size_t i = 0; i < files->count; i++) {
        struct slice path = plan_relative(plan, files->items[i].path);
        const struct state_shared *known =
            state_shared_at(plan->state, i, (uint64_t)files->items[i].kind, path);
        struct state_shared *shared = &w->shared[i];
        shared->kind = (uint64_t)files->items[i].kind;
        if (known != NULL && plan->shared[i].is_same) {
            shared->file = kept_file(w, path, &known->file, &plan->shared[i]);
            shared->name = add_text(w, state_text(plan->state, known->name));
            continue;
        }
        const struct compiler *compiler = plan->run->compiler;
        for (size_t j = 0; j < compiler->input_count; j++) {
            const struct shared_input *input = &compiler->inputs[j];
            if (input->kind == files->items[i].kind &&
                strcmp(input->path, files->items[i].path) == 0) {
                shared->file = input_file(w, path, &plan->shared[i].stamp, input->hash);
                shared->name = add_text(w, input->name);
            }
        }
    }
}

bool next_state_write(struct plan *plan)
{
    struct stat facts;
    struct timespec now;
    if (futimens(plan->descriptor, NULL) != 0 || fstat(plan->descriptor, &facts) != 0) {
        return false;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    struct writing w = {.plan = plan, .texts = builder_new(plan->arena)};
    w.now = facts.st_mtim.tv_sec * SECOND + facts.st_mtim.tv_nsec;
    /* a file server may have another clock */
    w.started = plan->started + w.now - (now.tv_sec * SECOND + now.tv_nsec);
    leave_out(plan);
    reserve(&w);
    add_templates(&w);
    add_shared(&w);
    struct state state = {.settings = plan->settings,
                          .templates = w.templates,
                          .shared = w.shared,
                          .uses = w.uses,
                          .uniques = w.uniques,
                          .findings = w.findings,
                          .texts = builder_slice(&w.texts),
                          .template_count = w.template_count,
                          .shared_count = plan->files->count,
                          .use_count = w.use_count,
                          .unique_count = w.unique_count,
                          .finding_count = w.finding_count};
    struct slice bytes = state_bytes(plan->arena, &state);
    return w.texts.length <= UINT32_MAX && file_write_all(plan->descriptor, bytes) &&
           rename(plan->temporary, plan->path) == 0;
}
