/* Worker processes that take tasks from a shared counter and send results through pipes. */
#define _DEFAULT_SOURCE
#define _XOPEN_SOURCE 700

#include "cli/pool.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum frame_kind {
    FRAME_RESULT,
    FRAME_FAILURE,
};

struct frame {
    uint64_t index;
    uint32_t kind;
    uint32_t length; /* of the bytes that follow */
};

/* What all processes see. */
struct board {
    atomic_size_t next;     /* the next task that nobody has taken */
    atomic_size_t at[1024]; /* the task of each worker, from 1; 0: none */
};

struct worker {
    pid_t process; /* 0: none */
    int pipe;
    struct builder received;
};

struct pool {
    struct arena *arena;
    struct board *board;
    size_t count;
    pool_task *task;
    void *context;
    struct pool_result *results;
    bool *done;
    struct worker *workers;
    size_t worker_count;
    const char *reason; /* why results are missing that the system has lost; NULL: none is */
};

/* How a worker ends whose result does not get through: with the number of the error. */
#define UNSENT 128

static void send_result(int file, struct frame frame, struct slice bytes)
{
    frame.length = (uint32_t)bytes.length;
    if (!file_write_all(file, (struct slice){(const char *)&frame, sizeof frame}) ||
        !file_write_all(file, bytes)) {
        _exit(UNSENT | (errno & (UNSENT - 1)));
    }
}

static void work(struct pool *pool, size_t number, int file)
{
    struct arena arena, lasting; /* for a task, and for all */
    jmp_buf recovery;
    arena_init(&arena);
    arena_init(&lasting);
    arena.recovery = lasting.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        _exit(UNSENT | ENOMEM);
    }
    struct script_machine *machine = script_machine_new(&lasting);
    script_machine_confine();
    while (!script_machine_has_grown(machine)) {
        size_t index = atomic_fetch_add(&pool->board->next, 1);
        if (index >= pool->count) {
            break;
        }
        atomic_store(&pool->board->at[number], index + 1);
        struct frame frame = {index, FRAME_RESULT, 0};
        if (setjmp(recovery) == 0) {
            struct builder out = builder_new(&arena);
            pool->task(pool->context, index, machine, &out);
            send_result(file, frame, builder_slice(&out));
        } else {
            frame.kind = FRAME_FAILURE;
            send_result(file, frame, SLICE("out of memory"));
        }
        arena_reset(&arena);
    }
    atomic_store(&pool->board->at[number], 0);
    _exit(0);
}

static bool start_worker(struct pool *pool, size_t number)
{
    int ends[2];
    struct worker *worker = &pool->workers[number];
    fflush(NULL);
    if (pipe(ends) != 0) {
        return false;
    }
    pid_t process = fork();
    if (process < 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    if (process == 0) {
        close(ends[0]);
        work(pool, number, ends[1]);
    }
    close(ends[1]);
    worker->process = process;
    worker->pipe = ends[0];
    worker->received = builder_new(pool->arena);
    return true;
}

static void take_frames(struct pool *pool, struct worker *worker)
{
    struct slice bytes = {worker->received.data, worker->received.length};
    size_t at = 0;
    struct frame frame;
    while (bytes.length - at >= sizeof frame) {
        memcpy(&frame, bytes.data + at, sizeof frame);
        if (bytes.length - at - sizeof frame < frame.length) {
            break;
        }
        at += sizeof frame;
        if (frame.index < pool->count) {
            struct slice content =
                arena_slice(pool->arena, slice_part(bytes, at, at + frame.length));
            struct pool_result *result = &pool->results[frame.index];
            *(frame.kind == FRAME_RESULT ? &result->bytes : &result->failure) = content;
            pool->done[frame.index] = true;
        }
        at += frame.length;
    }
    memmove(worker->received.data, worker->received.data + at, bytes.length - at);
    worker->received.length = bytes.length - at;
}

/* A worker has ended: with its tasks done, or in the middle of one. */
static void end_worker(struct pool *pool, size_t number)
{
    struct worker *worker = &pool->workers[number];
    int status = 0;
    close(worker->pipe);
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR) {
    }
    worker->process = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) >= UNSENT) {
        pool->reason = strerror(WEXITSTATUS(status) - UNSENT);
    }
    size_t at = atomic_exchange(&pool->board->at[number], 0);
    if (at > 0 && !pool->done[at - 1]) {
        pool->results[at - 1].failure =
            WIFSIGNALED(status)
                ? arena_printf(pool->arena, "a script was too much for its engine: %s",
                               strsignal(WTERMSIG(status)))
                : SLICE("the simulator failed");
        pool->done[at - 1] = true;
    }
    if (atomic_load(&pool->board->next) < pool->count) {
        start_worker(pool, number);
    }
}

static void receive(struct pool *pool, size_t number)
{
    struct worker *worker = &pool->workers[number];
    builder_reserve(&worker->received, 65536);
    ssize_t got = read(worker->pipe, worker->received.data + worker->received.length, 65536);
    if (got > 0) {
        worker->received.length += (size_t)got;
        take_frames(pool, worker);
    } else if (got == 0) {
        end_worker(pool, number);
    } else if (errno != EINTR) {
        pool->reason = strerror(errno);
        end_worker(pool, number);
    }
}

/* Until no worker is left. */
static void wait_for_workers(struct pool *pool)
{
    struct pollfd *files = arena_alloc_array(pool->arena, pool->worker_count, sizeof *files);
    size_t *numbers = arena_alloc_array(pool->arena, pool->worker_count, sizeof *numbers);
    for (;;) {
        nfds_t count = 0;
        for (size_t i = 0; i < pool->worker_count; i++) {
            if (pool->workers[i].process != 0) {
                files[count] = (struct pollfd){.fd = pool->workers[i].pipe, .events = POLLIN};
                numbers[count++] = i;
            }
        }
        if (count == 0) {
            return;
        }
        int ready = poll(files, count, -1);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready < 0) {
            pool->reason = strerror(errno);
            return;
        }
        for (nfds_t i = 0; i < count; i++) {
            if (files[i].revents != 0) {
                receive(pool, numbers[i]);
            }
        }
    }
}

bool pool_run(struct arena *arena, size_t count, size_t jobs, pool_task *task, void *context,
              struct pool_result *results, const char **reason)
{
    if (script_machine_was_made()) {
        *reason = "scripts have already run outside of workers";
        return false;
    }
    struct pool pool = {
        .arena = arena, .count = count, .task = task, .context = context, .results = results};
    void *shared =
        mmap(NULL, sizeof *pool.board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        *reason = strerror(errno);
        return false;
    }
    pool.board = shared;
    pool.worker_count = jobs < count ? jobs : count;
    pool.workers = arena_alloc_array(arena, pool.worker_count, sizeof *pool.workers);
    pool.done = arena_alloc_array(arena, count, sizeof *pool.done);
    size_t started = 0;
    for (size_t i = 0; i < pool.worker_count; i++) {
        started += start_worker(&pool, i);
    }
    *reason = strerror(errno);
    wait_for_workers(&pool);
    munmap(shared, sizeof *pool.board);
    bool all_done = started > 0 || count == 0;
    for (size_t i = 0; i < count; i++) {
        all_done = all_done && pool.done[i];
    }
    *reason = pool.reason != NULL ? pool.reason : *reason;
    return all_done && pool.reason == NULL;
}
