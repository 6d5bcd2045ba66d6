#define _POSIX_C_SOURCE 200809L

#include "cli/revision.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/builder.h"
#include "base/retry.h"
#include "base/table.h"
#include "cli/cli.h"
#include "cli/git.h"

/* More bytes are not unpacked; the largest export seen has 3.6 MB. */
#define BYTES_LIMIT ((size_t)1 << 30)

/* ---- the work tree ---- */

bool work_tree_find(struct arena *arena, const char *folder, const char *revision,
                    struct work_tree *tree)
{
    const char *const arguments[] = {"-C", folder, "rev-parse", "--show-toplevel", NULL};
    struct git_answer answer = git_run(arena, arguments, SLICE(""));
    struct slice top = slice_trim(answer.output);
    if (!answer.succeeded || !slice_starts_with(top, "/")) {
        cli_message("there is no file `%s`, and a revision needs a work tree of git: %.*s",
                    revision, SLICE_ARG(answer.complaint));
        return false;
    }
    tree->top = arena_copy(arena, top);
    return true;
}

/* The path without `.`, `..` and repeated slashes; it is absolute. */
static const char *plain_path(struct arena *arena, const char *path)
{
    char *plain = arena_alloc(arena, strlen(path) + 2);
    size_t length = 0;
    struct slice part;
    for (size_t at = 0; slice_next_part(slice_of(path), '/', &at, &part);) {
        if (slice_is(part, "..")) {
            while (length > 0 && plain[--length] != '/') {
            }
        } else if (part.length > 0 && !slice_is(part, ".")) {
            plain[length++] = '/';
            memcpy(plain + length, part.data, part.length);
            length += part.length;
        }
    }
    plain[length] = '\0';
    return plain;
}

/* The working folder; NULL with errno. */
static const char *current_folder(struct arena *arena)
{
    for (size_t size = 4096;; size *= 2) {
        char *room = arena_alloc(arena, size);
        if (getcwd(room, size) != NULL) {
            return room;
        }
        if (errno != ERANGE) {
            return NULL;
        }
    }
}

const char *work_tree_path(struct arena *arena, const struct work_tree *tree, const char *path)
{
    const char *folder = path[0] == '/' ? "" : current_folder(arena);
    if (folder == NULL) {
        cli_message("cannot find out which folder this is: %s", strerror(errno));
        return NULL;
    }
    const char *top = plain_path(arena, tree->top);
    const char *plain = plain_path(arena, arena_printf(arena, "%s/%s", folder, path).data);
    size_t length = strlen(top);
    if (strncmp(plain, top, length) != 0 || (plain[length] != '/' && plain[length] != '\0')) {
        cli_message("%s is outside of the work tree %s", path, tree->top);
        return NULL;
    }
    return plain + length + (plain[length] == '/');
}

/* ---- revisions ---- */

/* The id that git prints; empty when it knows none. */
static struct slice ask(struct arena *arena, const char *const *arguments)
{
    struct git_answer answer = git_run(arena, arguments, SLICE(""));
    return answer.succeeded ? slice_trim(answer.output) : SLICE("");
}

/* The last commit that both revisions have in common. */
static struct slice find_base(struct arena *arena, const struct work_tree *tree, const char *name,
                              const char *other)
{
    const char *const arguments[] = {"-C", tree->top, "merge-base", name, other, NULL};
    return ask(arena, arguments);
}

bool revision_find(struct arena *arena, const struct work_tree *tree, const char *name,
                   const char *other, struct revision *revision)
{
    *revision = (struct revision){.name = name};
    if (name[0] == '-' ||
        (other != NULL && other[0] == '-')) { /* git would take it for an option */
        cli_message("`%s` is not a revision", name[0] == '-' ? name : other);
        return false;
    }
    struct slice commit = other != NULL ? find_base(arena, tree, name, other) : slice_of(name);
    if (commit.length > 0) {
        const char *state = arena_printf(arena, "%.*s^{tree}", SLICE_ARG(commit)).data;
        const char *const arguments[] = {"-C", tree->top, "rev-parse", "--verify", state, NULL};
        revision->state = ask(arena, arguments);
    }
    if (revision->state.length == 0 && other != NULL) {
        cli_message("`%s` and `%s` are not revisions with a common one before them", name, other);
    } else if (revision->state.length == 0) {
        cli_message("there is no file and no revision `%s`", name);
    }
    return revision->state.length > 0;
}

/* ---- the files of a revision ---- */

struct blob {
    struct slice id;
    struct slice path;
    size_t size;
};

struct blobs {
    struct blob *items;
    size_t count;
    size_t bytes; /* of all */
};

static bool is_named(const struct file_list *named, struct slice path)
{
    bool found = false;
    for (size_t i = 0; !found && i < named->count; i++) {
        found = slice_is(path, named->paths[i]);
    }
    return found;
}

static bool is_wanted(const struct file_list *named, struct slice path)
{
    return slice_ends_with(path, ".yaml") || slice_ends_with(path, ".yml") ||
           slice_ends_with(path, ".json") || is_named(named, path);
}

/* True for a path that stays below a folder: git has no others, unless somebody has forged them. */
static bool stays_inside(struct slice path)
{
    struct slice part;
    bool inside = path.length > 0;
    for (size_t at = 0; inside && slice_next_part(path, '/', &at, &part);) {
        inside = part.length > 0 && !slice_is(part, ".") && !slice_is(part, "..");
    }
    return inside;
}

/*
 * An entry of `git ls-tree --long`: "100644 blob 8ab686ea…     1234\ttemplates/order.yaml". Links
 * (120000) and modules (160000) are passed over.
 */
static void add_entry(struct arena *arena, struct blobs *blobs, struct slice entry,
                      const struct file_list *named)
{
    struct slice words[4] = {0};
    size_t tab = slice_find(entry, "\t", 0);
    struct slice head = slice_part(entry, 0, tab < entry.length ? tab : 0);
    struct slice path = slice_part(entry, head.length + 1, entry.length);
    struct slice word;
    size_t count = 0;
    for (size_t at = 0; count < TABLE_LENGTH(words) && slice_next_part(head, ' ', &at, &word);) {
        words[count] = word;
        count += word.length > 0;
    }
    if (count == TABLE_LENGTH(words) && slice_starts_with(words[0], "100") &&
        slice_is(words[1], "blob") && stays_inside(path) && is_wanted(named, path)) {
        size_t size = (size_t)strtoull(arena_copy(arena, words[3]), NULL, 10);
        blobs->items = arena_append(arena, blobs->items, blobs->count, sizeof *blobs->items);
        blobs->items[blobs->count++] = (struct blob){words[2], path, size};
        blobs->bytes += size < BYTES_LIMIT ? size : BYTES_LIMIT;
    }
}

static bool list_blobs(struct arena *arena, struct findings *findings, const struct work_tree *tree,
                       const struct file_list *named, const struct revision *revision,
                       struct blobs *blobs)
{
    const char *state = arena_copy(arena, revision->state);
    const char *const arguments[] = {"-C",          tree->top, "ls-tree", "-rlz",
                                     "--full-tree", state,     NULL};
    struct git_answer answer = git_run(arena, arguments, SLICE(""));
    struct slice entry;
    for (size_t at = 0; slice_next_part(answer.output, '\0', &at, &entry);) {
        add_entry(arena, blobs, entry, named);
    }
    if (!answer.succeeded) {
        findings_fail(findings, "git cannot list the files of %s: %.*s", revision->name,
                      SLICE_ARG(answer.complaint));
    } else if (blobs->bytes >= BYTES_LIMIT) {
        findings_fail(findings, "the YAML and JSON files of %s have more than 1 GiB",
                      revision->name);
    }
    return answer.succeeded && blobs->bytes < BYTES_LIMIT;
}

/* All of them, each behind a line with its id and size, as `git cat-file --batch` prints them. */
static bool read_blobs(struct arena *arena, struct findings *findings, const struct work_tree *tree,
                       const struct blobs *blobs, const struct revision *revision,
                       struct slice *bytes)
{
    const char *const arguments[] = {"-C", tree->top, "cat-file", "--batch", NULL};
    struct builder ids = builder_new(arena);
    for (size_t i = 0; i < blobs->count; i++) {
        builder_add(&ids, blobs->items[i].id);
        builder_add_char(&ids, '\n');
    }
    struct git_answer answer = git_run(arena, arguments, builder_slice(&ids));
    if (!answer.succeeded) {
        findings_fail(findings, "git cannot read the files of %s: %.*s", revision->name,
                      SLICE_ARG(answer.complaint));
    }
    *bytes = answer.output;
    return answer.succeeded;
}

/* The bytes of one of them, which begin behind a line at `*at`; false when they are not there. */
static bool next_blob(struct slice all, size_t *at, const struct blob *blob, struct slice *bytes)
{
    struct slice line = SLICE("");
    size_t start = *at;
    slice_next_part(all, '\n', at, &line);
    *bytes = slice_part(all, *at, *at + blob->size);
    *at = start + line.length + 1 + blob->size + 1;
    return slice_equal(slice_part(line, 0, blob->id.length), blob->id) &&
           slice_find(line, " blob ", 0) == blob->id.length && bytes->length == blob->size;
}

/* ---- the temporary folder ---- */

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};

/* So that the folder is removed in any case; nothing takes long until then. */
static void block_signals(struct revision *revision)
{
    sigset_t before;
    for (size_t i = 0; i < TABLE_LENGTH(ending_signals); i++) {
        sigset_t one;
        sigemptyset(&one);
        sigaddset(&one, ending_signals[i]);
        sigprocmask(SIG_BLOCK, &one, &before);
        if (sigismember(&before, ending_signals[i]) == 0) {
            revision->blocked |= 1U << i;
        }
    }
}

static void unblock_signals(struct revision *revision)
{
    sigset_t own;
    sigemptyset(&own);
    for (size_t i = 0; i < TABLE_LENGTH(ending_signals); i++) {
        if ((revision->blocked >> i & 1) != 0) {
            sigaddset(&own, ending_signals[i]);
        }
    }
    revision->blocked = 0;
    sigprocmask(SIG_UNBLOCK, &own, NULL);
}

void revision_close(struct revision *revision)
{
    if (revision->folder == NULL) {
        return;
    }
    for (size_t i = 0; i < revision->files.count; i++) {
        unlink(revision->files.paths[i]);
    }
    file_remove_directories(&revision->folders);
    rmdir(revision->folder);
    revision->folder = NULL;
    unblock_signals(revision);
}

static void close_revision(void *resource)
{
    revision_close(resource);
}

/* Makes the folder; false with errno. */
static bool make_folder(struct arena *arena, struct revision *revision)
{
    const char *parent = getenv("TMPDIR");
    parent = parent != NULL && parent[0] == '/' ? parent : "/tmp";
    char *folder = arena_copy(arena, arena_printf(arena, "%s/dialogc-XXXXXX", parent));
    arena_defer(arena, close_revision, revision);
    block_signals(revision);
    if (mkdtemp(folder) == NULL) {
        int reason = errno;
        unblock_signals(revision);
        errno = reason;
        return false;
    }
    revision->folder = folder;
    return true;
}

static bool write_file(struct arena *arena, struct revision *revision, const char *path,
                       struct slice bytes, const char **reason)
{
    int file;
    if (!file_make_directory(arena, file_folder(arena, path), &revision->folders, reason)) {
        return false;
    }
    file_list_add(arena, &revision->files, path);
    RETRY(file, open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    bool written = file >= 0 && file_write_all(file, bytes);
    *reason = strerror(errno);
    if (file >= 0 && close(file) != 0 && errno != EINTR) {
        *reason = strerror(errno);
        written = false;
    }
    return written;
}

static bool write_blobs(struct arena *arena, struct findings *findings, struct revision *revision,
                        const struct blobs *blobs, struct slice all)
{
    size_t at = 0;
    bool written = true;
    for (size_t i = 0; written && i < blobs->count; i++) {
        const char *path = revision_path(arena, revision, arena_copy(arena, blobs->items[i].path));
        const char *reason = "git does not have all of it";
        struct slice bytes;
        written = next_blob(all, &at, &blobs->items[i], &bytes) &&
                  write_file(arena, revision, path, bytes, &reason);
        if (!written) {
            findings_fail(findings, "cannot unpack %s: %s",
                          revision_shown_path(arena, revision, path), reason);
        }
    }
    return written;
}

bool revision_open(struct arena *arena, struct findings *findings, const struct work_tree *tree,
                   const struct file_list *named, struct revision *revision)
{
    struct blobs blobs = {0};
    struct slice all;
    if (!list_blobs(arena, findings, tree, named, revision, &blobs) ||
        !read_blobs(arena, findings, tree, &blobs, revision, &all)) {
        return false;
    }
    if (!make_folder(arena, revision)) {
        findings_fail(findings, "cannot make a temporary folder: %s", strerror(errno));
        return false;
    }
    if (!write_blobs(arena, findings, revision, &blobs, all)) {
        revision_close(revision);
        return false;
    }
    return true;
}

const char *revision_path(struct arena *arena, const struct revision *revision, const char *path)
{
    return path[0] == '\0' ? revision->folder : file_join(arena, revision->folder, slice_of(path));
}

const char *revision_shown_path(struct arena *arena, const struct revision *revision,
                                const char *path)
{
    const char *inside = file_inside(revision->folder, path);
    return inside != path ? arena_printf(arena, "%s:%s", revision->name, inside).data : path;
}
