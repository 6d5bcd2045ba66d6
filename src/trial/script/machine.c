/* JavaScriptCore's watchdog looks at the clock and at the size of the process. */
#define _GNU_SOURCE /* RUSAGE_THREAD */

#include "trial/script/machine.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/system.h"
#include "trial/script/parts.h"

/* How often the watchdog looks, in seconds of the processor. */
#define GLANCE 0.05

/* What a script may take that was stopped before: see script_machine_begin_series. */
#define SECONDS_OF_KNOWN 0.1

/* How many bytes of texts a machine keeps as strings of JavaScript. */
#define STRINGS_LIMIT ((size_t)8 * 1024 * 1024)

/* What the engine finds at the end of the heap, and how large the pages are that are best there. */
#define HEAP_ROOM  (64 * 1024 * 1024)
#define LARGE_PAGE ((size_t)2 * 1024 * 1024)

/* The library exports these; its public headers do not declare them. */
typedef bool should_terminate(JSContextRef context, void *data);
extern void JSContextGroupSetExecutionTimeLimit(JSContextGroupRef group, double limit,
                                                should_terminate *callback, void *data);
extern JSStringRef JSContextCreateBacktrace(JSContextRef context, unsigned limit);

static double seconds_of_thread(void)
{
    struct rusage usage;
    getrusage(RUSAGE_THREAD, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static size_t largest_size(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (size_t)usage.ru_maxrss * 1024;
}

static size_t growth(const struct script_machine *machine)
{
    size_t size = largest_size();
    return size > machine->size_at_start ? size - machine->size_at_start : 0;
}

/*
 * The line behind the first SCRIPT_URL of a backtrace or of the stack of an error; 0: there is
 * none. JavaScriptCore counts two lines that it puts in front of a function's body.
 */
long script_line(const char *frames)
{
    const char *place = strstr(frames, SCRIPT_URL ":");
    long line = place != NULL ? strtol(place + sizeof SCRIPT_URL, NULL, 10) : 0;
    return line > 2 ? line - 2 : 0;
}

/*
 * A line from which on the script is: JavaScriptCore stops a script at the head of a loop or
 * function, which has the line of what comes before it.
 */
static long current_line(JSContextRef context)
{
    char frames[4096];
    JSStringRef trace = JSContextCreateBacktrace(context, 20);
    JSStringGetUTF8CString(trace, frames, sizeof frames);
    JSStringRelease(trace);
    long line = script_line(frames);
    return line > 0 ? line : 1;
}

static bool should_stop(JSContextRef context, void *data)
{
    struct script_machine *machine = data;
    double now = seconds_of_thread();
    if (machine->deadline == 0) {
        machine->deadline = now - GLANCE + machine->seconds;
    }
    if (growth(machine) > SCRIPT_MEMORY_LIMIT) {
        machine->stop = SCRIPT_TAKES_TOO_MUCH;
    } else if (now > machine->deadline) {
        machine->stop = SCRIPT_TAKES_TOO_LONG;
    } else {
        JSContextGroupSetExecutionTimeLimit(machine->group, GLANCE, should_stop, machine);
        return false;
    }
    machine->line = current_line(context);
    return true;
}

bool script_is_available(void)
{
    return true;
}

JSStringRef script_machine_string(struct script_machine *machine, struct slice text)
{
    struct arena *arena = machine->strings.arena;
    JSStringRef string = map_get(&machine->strings, text);
    if (string == NULL) {
        string = script_to_javascript(arena, text);
        if (text.length < STRINGS_LIMIT - machine->strings_size) {
            map_add(&machine->strings, arena_slice(arena, text), string);
            machine->strings_size += text.length + 1;
        } else {
            return string;
        }
    }
    return JSStringRetain(string);
}

static void release(void *resource)
{
    struct script_machine *machine = resource;
    for (size_t i = 0; i < machine->strings.count; i++) {
        JSStringRelease(machine->strings.entries[i].value);
    }
    if (machine->native_class != NULL) {
        JSClassRelease(machine->native_class);
    }
    JSContextGroupRelease(machine->group);
}

/*
 * JavaScriptCore reads its options from the environment, once in a process. All that compiles to
 * machine code is off by its own option: with `useJIT` off, too, each garbage collection would
 * sweep the whole heap and give its memory back to the system, which takes a quarter of the time of
 * many short conversations.
 */
static void set_options(void)
{
    static const struct {
        const char *name, *value;
    } options[] = {
        {"Malloc", "1"},
        {"JSC_useBaselineJIT", "0"},
        {"JSC_useDFGJIT", "0"},
        {"JSC_useFTLJIT", "0"},
        {"JSC_useRegExpJIT", "0"},
        {"JSC_useDOMJIT", "0"},
        {"JSC_useWasm", "0"},
        {"JSC_jitMemoryReservationSize", "1048576"},
        {"JSC_smallHeapSize", "33554432"}, /* or it collects garbage for every few contexts */
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        setenv(options[i].name, options[i].value, 1);
    }
}

/*
 * Makes room at the end of the heap, and asks for large pages there: the engine's objects are small
 * and many, and are waited for most. It is only advice: without it all works as well.
 */
static void prepare_heap(void)
{
#if defined(MADV_HUGEPAGE) && defined(M_TOP_PAD)
    char *before = sbrk(0);
    mallopt(M_MMAP_THRESHOLD, HEAP_ROOM / 2); /* the next call would fix it at 128 kB */
    mallopt(M_TOP_PAD, HEAP_ROOM);
    mallopt(M_ARENA_MAX, 1); /* or each thread of the engine may reserve 64 MB of addresses */
    void *volatile more = malloc(HEAP_ROOM / 64); /* than is left there: so the heap grows */
    free(more);
    char *after = sbrk(0);
    uintptr_t start = ((uintptr_t)before + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    if (after > before && start < (uintptr_t)after) {
        madvise((char *)start, (uintptr_t)after - start, MADV_HUGEPAGE);
    }
#endif
}

static atomic_bool was_made;

bool script_machine_was_made(void)
{
    return atomic_load(&was_made);
}

struct script_machine *script_machine_new(struct arena *arena)
{
    atomic_store(&was_made, true);
    struct script_machine *machine = arena_alloc(arena, sizeof *machine);
    machine->strings = machine->stopped = map_new(arena);
    set_options();
    prepare_heap();
    machine->size_at_start = largest_size();
    machine->group = JSContextGroupCreate();
    JSContextGroupSetExecutionTimeLimit(machine->group, GLANCE, should_stop, machine);
    arena_defer(arena, release, machine);
    return machine;
}

void script_machine_confine(void)
{
    uint64_t size = system_process_size();
    if (size > 0) { /* else the watchdog has to do */
        rlim_t bytes = (rlim_t)size + 2 * SCRIPT_MEMORY_LIMIT;
        setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
    }
}

bool script_machine_has_grown(const struct script_machine *machine)
{
    return growth(machine) > SCRIPT_MEMORY_LIMIT / 3;
}

void script_machine_begin_series(struct script_machine *machine)
{
    machine->in_series = true;
    machine->stopped = map_new(machine->strings.arena);
    machine->stops = 0;
}

size_t script_machine_stops(const struct script_machine *machine)
{
    return machine->stops;
}

void script_machine_note_stop(struct script_machine *machine, struct slice source)
{
    machine->stops++;
    if (machine->in_series && map_get(&machine->stopped, source) == NULL) {
        map_add(&machine->stopped, arena_slice(machine->stopped.arena, source), machine);
    }
}

void script_machine_begin(struct script_machine *machine, struct slice source)
{
    bool is_known = machine->stopped.count > 0 && map_get(&machine->stopped, source) != NULL;
    machine->seconds = is_known ? SECONDS_OF_KNOWN : SCRIPT_SECONDS;
    if (machine->stop != SCRIPT_GOES_ON) {
        JSContextGroupSetExecutionTimeLimit(machine->group, GLANCE, should_stop, machine);
    }
    machine->stop = SCRIPT_GOES_ON;
    machine->line = 0;
    machine->deadline = 0; /* most scripts have ended before the watchdog asks for the time */
}
