#define _POSIX_C_SOURCE 200809L

#include "cli/output.h"

#include <stdlib.h>
#include <time.h>

/* How long to wait for another program: milliseconds. */
enum { WAIT_STEP = 10, WAIT_NOTICE = 2000, WAIT_LIMIT = 300000 };

/* ---- locks ---- */

static bool wait_for_lock(struct output *output, struct folder_lock *lock)
{
    const struct timespec step = {0, WAIT_STEP * 1000000L};
    const char *reason;
    for (int waited = 0; waited < WAIT_LIMIT; waited += WAIT_STEP) {
        switch (folder_lock(lock, !output->is_derived, &reason)) {
        case FOLDER_LOCKED:
            return true;
        case FOLDER_FAILED:
            findings_fail(output->findings, "cannot lock the folder %s: %s", lock->folder, reason);
            return false;
        case FOLDER_BUSY:
            break;
        }
        if (waited == WAIT_NOTICE) {
            cli_message("waiting for another program, which has locked the folder %s",
                        lock->folder);
        }
        nanosleep(&step, NULL);
    }
    findings_fail(output->findings,
                  "another program has locked the folder %s for %d minutes; nothing was written",
                  lock->folder, WAIT_LIMIT / 60000);
    return false;
}

/* True when what is written is to be on the disk before the command ends. */
static bool syncs(const struct output *output)
{
    return !output->is_derived && !output->options->no_sync;
}

static bool is_same_folder(const struct folder_lock *a, const struct folder_lock *b)
{
    return a->device == b->device && a->inode == b->inode;
}

/* Programs that lock several folders do so in one order: none waits for one that waits for it. */
static int compare_locks(const void *a, const void *b)
{
    const struct folder_lock *left = *(struct folder_lock *const *)a;
    const struct folder_lock *right = *(struct folder_lock *const *)b;
    if (left->device != right->device) {
        return left->device < right->device ? -1 : 1;
    }
    return left->inode < right->inode ? -1 : left->inode > right->inode;
}

/* Opens the folder of a file, unless it is open already. */
static bool open_folder(struct output *output, const char *path)
{
    const char *reason;
    const char *target = file_target(output->arena, path, &reason);
    const char *folder = target != NULL ? file_folder(output->arena, target) : NULL;
    enum file_type type = folder != NULL ? file_type_of(folder, &reason) : FILE_TYPE_UNKNOWN;
    if (type == FILE_TYPE_ABSENT) {
        return true;
    }
    struct folder_lock *lock =
        type != FILE_TYPE_UNKNOWN ? folder_open(output->arena, folder, &reason) : NULL;
    if (lock == NULL) {
        findings_fail(output->findings, "cannot access %s: %s", folder != NULL ? folder : path,
                      reason);
        return false;
    }
    for (size_t i = 0; i < output->lock_count; i++) {
        if (is_same_folder(lock, output->locks[i])) {
            folder_unlock(lock);
            return true;
        }
    }
    output->locks = arena_append(output->arena, output->locks, output->lock_count,
                                 sizeof(struct folder_lock *));
    output->locks[output->lock_count++] = lock;
    return true;
}

bool output_lock(struct output *output, const char *const *paths, size_t count)
{
    size_t before = output->lock_count;
    for (size_t i = 0; i < count; i++) {
        if (!open_folder(output, paths[i])) {
            return false;
        }
    }
    if (output->lock_count > before) {
        qsort(output->locks + before, output->lock_count - before, sizeof(struct folder_lock *),
              compare_locks);
    }
    for (size_t i = before; i < output->lock_count; i++) {
        if (!wait_for_lock(output, output->locks[i])) {
            return false;
        }
    }
    return true;
}

void output_unlock(struct output *output)
{
    for (size_t i = 0; i < output->lock_count; i++) {
        folder_unlock(output->locks[i]);
    }
    output->lock_count = 0;
}

/* ---- writing ---- */

struct writing {
    struct file_replacement *items;
    size_t count; /* of those that have been prepared */
    struct file_list made;
};

/* Temporary files that are left when memory runs out. */
static void discard(void *resource)
{
    const struct writing *writing = resource;
    for (size_t i = 0; i < writing->count; i++) {
        replacement_discard(&writing->items[i]);
    }
}

static bool make_folder(struct output *output, const char *path, struct file_list *made)
{
    const char *reason;
    const char *folder = file_folder(output->arena, path);
    enum file_type type = file_type_of(folder, &reason);
    bool exists = type != FILE_TYPE_ABSENT && type != FILE_TYPE_UNKNOWN;
    if (exists || (type == FILE_TYPE_ABSENT && !output->makes_folders)) {
        return true;
    }
    size_t first = made->count;
    bool done =
        type == FILE_TYPE_ABSENT && file_make_directory(output->arena, folder, made, &reason);
    for (size_t i = first; done && syncs(output) && i < made->count; i++) {
        done = file_sync_folder(file_folder(output->arena, made->paths[i]), &reason);
    }
    if (!done) {
        findings_fail(output->findings, "cannot create the folder %s: %s", folder, reason);
    }
    return done;
}

static bool prepare(struct output *output, const struct file_content *files, size_t count,
                    struct writing *writing)
{
    const char **paths = arena_alloc_array(output->arena, count, sizeof(char *));
    const char *reason;
    for (size_t i = 0; i < count; i++) {
        paths[i] = files[i].path;
        if (!make_folder(output, paths[i], &writing->made)) {
            return false;
        }
    }
    if (!output_lock(output, paths, count)) {
        return false;
    }
    for (; writing->count < count; writing->count++) {
        const struct file_content *file = &files[writing->count];
        struct file_replacement *item = &writing->items[writing->count];
        if (!replacement_prepare(output->arena, file->path, file->bytes,
                                 syncs(output) ? REPLACEMENT_SYNC : 0, item, &reason)) {
            findings_fail(output->findings, "cannot write %s: %s", file->path, reason);
            return false;
        }
        item->expects = file->expects;
        item->before = file->before;
        item->removes = file->removes;
    }
    return true;
}

static void finish(struct output *output, struct writing *writing)
{
    for (size_t i = 0; i < writing->count; i++) {
        if (writing->items[i].loses_owner) {
            findings_remark(output->findings, REPLACEMENT_LOSES_OWNER, writing->items[i].path);
        }
    }
    replacements_finish(writing->items, writing->count);
}

enum replacement_result output_write(struct output *output, const struct file_content *files,
                                     size_t count, const char **conflict)
{
    struct arena *arena = output->arena;
    struct writing *writing = arena_alloc(arena, sizeof *writing);
    enum replacement_result result = REPLACEMENT_FAILED;
    const char *reason;
    size_t failed;
    writing->items = arena_alloc_array(arena, count + 1, sizeof *writing->items);
    arena_defer(arena, discard, writing);
    if (prepare(output, files, count, writing)) {
        result = replacements_place(arena, writing->items, count, &failed, &reason);
        if (result == REPLACEMENT_FAILED) {
            findings_fail(output->findings, "cannot write %s: %s", files[failed].path, reason);
        } else if (result == REPLACEMENT_CONFLICT) {
            *conflict = files[failed].path;
        }
    }
    if (result == REPLACED) {
        finish(output, writing);
    } else {
        discard(writing);
        file_remove_directories(&writing->made);
    }
    return result;
}

void output_fail(struct output *output, const char *conflict)
{
    findings_fail(output->findings,
                  "another program has changed %s meanwhile; nothing was written, so run the "
                  "command again",
                  conflict);
}

bool output_write_or_fail(struct output *output, const struct file_content *files, size_t count)
{
    const char *conflict;
    enum replacement_result result = output_write(output, files, count, &conflict);
    if (result == REPLACEMENT_CONFLICT) {
        output_fail(output, conflict);
    }
    return result == REPLACED;
}

int output_document(struct arena *arena, struct options *options, struct findings *findings,
                    const char *path, struct slice bytes)
{
    if (path == NULL || strcmp(path, "-") == 0) {
        return cli_print(bytes) ? STATUS_OK : STATUS_SYSTEM;
    }
    struct output output = output_new(arena, options, findings);
    struct file_content file = {.path = path, .bytes = bytes};
    output.makes_folders = true;
    output_write_or_fail(&output, &file, 1);
    return cli_report(arena, options, findings);
}
