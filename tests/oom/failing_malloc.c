/*
 * Preloaded before dialogc: makes the n-th allocation of the process fail, and those after it when
 * DIALOGC_FAIL_ON says so.
 *
 *     DIALOGC_FAIL_AT=n       which allocation fails, from 1; none without it
 *     DIALOGC_FAIL_REPORT=f   at the end, the file f gets "allocations live\n"
 *
 * glibc's own names for malloc are used, since dlsym would allocate.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *block);

static atomic_long allocations;
static atomic_long live;
static long fail_at;

__attribute__((constructor)) static void begin(void)
{
    const char *wanted = getenv("DIALOGC_FAIL_AT");
    fail_at = wanted != NULL ? atol(wanted) : 0;
    atomic_store(&allocations, 0);
    atomic_store(&live, 0);
}

__attribute__((destructor)) static void end(void)
{
    const char *report = getenv("DIALOGC_FAIL_REPORT");
    if (report != NULL) {
        char text[64];
        int length =
            snprintf(text, sizeof text, "%ld %ld\n", atomic_load(&allocations), atomic_load(&live));
        int file = open(report, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (file >= 0) {
            if (write(file, text, (size_t)length) != length) {
                _exit(99);
            }
            close(file);
        }
    }
}

static int must_fail(void)
{
    int fails = atomic_fetch_add(&allocations, 1) + 1 == fail_at;
    if (fails) {
        errno = ENOMEM;
    }
    return fails;
}

void *malloc(size_t size)
{
    void *block = must_fail() ? NULL : __libc_malloc(size);
    atomic_fetch_add(&live, block != NULL);
    return block;
}

void *calloc(size_t count, size_t size)
{
    void *block = must_fail() ? NULL : __libc_calloc(count, size);
    atomic_fetch_add(&live, block != NULL);
    return block;
}

void *realloc(void *old, size_t size)
{
    void *block = must_fail() ? NULL : __libc_realloc(old, size);
    atomic_fetch_add(&live, block != NULL && old == NULL);
    return block;
}

void free(void *block)
{
    atomic_fetch_sub(&live, block != NULL);
    __libc_free(block);
}
