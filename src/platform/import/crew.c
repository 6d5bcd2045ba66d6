/*
 * The threads of an import. Each takes one dialog after the other and works on it with memory of
 * its own; what they share (the bot, the compiler, the heads of the dialogs) is only read.
 */
#include <stdatomic.h>

#include "base/threads.h"
#include "platform/import/importer.h"

/* What the threads share. */
struct crew {
    struct import_dialog **dialogs; /* those to import */
    size_t count;
    atomic_size_t next; /* the next dialog to take */
};

struct worker {
    struct crew *crew;
    struct importer importer; /* with the memory of this thread */
    struct arena kept;
    bool out_of_memory;
};

static void release_arena(void *resource)
{
    arena_free(resource);
}

static struct arena *new_scratch(struct arena *arena)
{
    struct arena *scratch = arena_alloc(arena, sizeof *scratch);
    arena_init(scratch);
    scratch->recovery = arena->recovery;
    arena_defer(arena, release_arena, scratch);
    return scratch;
}

void import_add_scratch(struct importer *importer, struct arena *arena)
{
    importer->scratch = new_scratch(arena);
    importer->scratch->keeps_all = true; /* what is compiled once is compiled again */
    importer->paths = new_scratch(arena);
}

/* From now on what the dialog's maps need comes from the memory of this importer. */
static void adopt(struct importer *importer, struct import_dialog *d)
{
    d->importer = importer;
    d->opaque.arena = d->names.arena = d->taken.arena = importer->kept;
}

static void work(struct crew *crew, struct importer *importer)
{
    for (;;) {
        size_t index = atomic_fetch_add(&crew->next, 1);
        if (index >= crew->count) {
            return;
        }
        struct import_dialog *d = crew->dialogs[index];
        adopt(importer, d);
        d->failed = !import_dialog(d);
    }
}

static void set_recovery(struct importer *importer, jmp_buf *recovery)
{
    importer->kept->recovery = importer->scratch->recovery = importer->paths->recovery = recovery;
}

static void work_until_done(void *argument)
{
    struct worker *worker = argument;
    jmp_buf recovery;
    set_recovery(&worker->importer, &recovery);
    if (setjmp(recovery) == 0) {
        work(worker->crew, &worker->importer);
    } else {
        worker->out_of_memory = true;
    }
}

/* What the workers keep lives as long as `arena`. The first has the importer's own memory. */
static struct worker *new_workers(struct importer *importer, struct crew *crew, size_t count)
{
    struct arena *arena = importer->kept;
    struct worker *workers = arena_alloc_array(arena, count, sizeof *workers);
    for (size_t i = 0; i < count; i++) {
        struct worker *worker = &workers[i];
        *worker = (struct worker){.crew = crew, .importer = *importer};
        if (i > 0) {
            arena_init(&worker->kept);
            arena_defer(arena, release_arena, &worker->kept);
            import_add_scratch(&worker->importer, arena);
            worker->importer.kept = &worker->kept;
            worker->importer.arena = worker->importer.scratch;
        }
    }
    return workers;
}

static void work_together(struct importer *importer, struct crew *crew, size_t jobs)
{
    jmp_buf *recovery = importer->kept->recovery;
    struct worker *workers = new_workers(importer, crew, jobs);
    bool out_of_memory = false;
    threads_run(importer->kept, work_until_done, workers, jobs, sizeof *workers);
    for (size_t i = 0; i < jobs; i++) {
        out_of_memory = out_of_memory || workers[i].out_of_memory;
        set_recovery(&workers[i].importer, recovery); /* that of the thread has ended with it */
        arena_free(workers[i].importer.scratch);
    }
    if (out_of_memory) {
        arena_fail(importer->kept);
    }
}

void import_work(struct importer *importer, size_t jobs)
{
    struct crew crew = {0};
    crew.dialogs = arena_alloc_array(importer->kept, importer->dialog_count + 1,
                                     sizeof(struct import_dialog *));
    for (size_t i = 0; i < importer->dialog_count; i++) {
        if (importer->dialogs[i].selected) {
            crew.dialogs[crew.count++] = &importer->dialogs[i];
        }
    }
    if (jobs > 1 && crew.count > 1) {
        work_together(importer, &crew, jobs < crew.count ? jobs : crew.count);
    } else {
        work(&crew, importer);
    }
}
