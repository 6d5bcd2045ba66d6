#define _POSIX_C_SOURCE 200809L

#include "base/threads.h"

#include <pthread.h>

struct thread {
    void (*work)(void *worker);
    void *worker;
    pthread_t id;
    bool is_started;
};

static void *thread_main(void *argument)
{
    const struct thread *thread = argument;
    thread->work(thread->worker);
    return NULL;
}

void threads_run(struct arena *arena, void work(void *worker), void *workers, size_t count,
                 size_t size)
{
    struct thread *threads = arena_alloc_array(arena, count, sizeof *threads);
    for (size_t i = 0; i < count; i++) {
        struct thread *thread = &threads[i];
        thread->work = work;
        thread->worker = (char *)workers + i * size;
        thread->is_started = i > 0 && pthread_create(&thread->id, NULL, thread_main, thread) == 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (!threads[i].is_started) {
            work(threads[i].worker);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (threads[i].is_started) {
            pthread_join(threads[i].id, NULL);
        }
    }
}
