/* Files: what is at a path, reading, replacing several at once, locks on folders. */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder_lock.h"
#include "base/replacement.h"

/* A folder of the test's own, and what has to be in it. */
struct place {
    struct arena arena;
    jmp_buf recovery;
    char folder[40];
    const char *reason;
};

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    strcpy(place->folder, "/tmp/dialogc-test-XXXXXX");
    arena_init(&place->arena);
    *state = place;
    return mkdtemp(place->folder) == NULL;
}

static int end(void **state)
{
    struct place *place = *state;
    char command[80];
    snprintf(command, sizeof command, "rm -rf %s", place->folder);
    int status = system(command);
    arena_free(&place->arena);
    free(place);
    return status;
}

/* Every test begins so: running out of memory ends it. */
#define PLACE(place, state)                                                                        \
    struct place *(place) = *(state);                                                              \
    if (setjmp((place)->recovery) != 0) {                                                          \
        fail_msg("out of memory");                                                                 \
    }                                                                                              \
    (place)->arena.recovery = &(place)->recovery

static const char *path_to(struct place *place, const char *name)
{
    return arena_printf(&place->arena, "%s/%s", place->folder, name).data;
}

static void write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(file >= 0 && file_write_all(file, slice_of(text)));
    close(file);
}

static void assert_file(struct place *place, const char *path, const char *text)
{
    struct slice bytes;
    assert_int_equal(file_read(&place->arena, path, 100, &bytes, &place->reason), FILE_OK);
    assert_slice(bytes, text);
}

static size_t count_entries(struct place *place)
{
    char command[80];
    size_t count = 0;
    snprintf(command, sizeof command, "ls -A %s", place->folder);
    FILE *list = popen(command, "r");
    for (int c = fgetc(list); c != EOF; c = fgetc(list)) {
        count += c == '\n';
    }
    pclose(list);
    return count;
}

static struct file_replacement prepare(struct place *place, const char *path, const char *text)
{
    struct file_replacement item;
    assert_true(replacement_prepare(&place->arena, path, slice_of(text), REPLACEMENT_SYNC, &item,
                                    &place->reason));
    return item;
}

static enum replacement_result put(struct place *place, struct file_replacement *items,
                                   size_t count)
{
    size_t failed;
    enum replacement_result result =
        replacements_place(&place->arena, items, count, &failed, &place->reason);
    if (result == REPLACED) {
        replacements_finish(items, count);
    }
    return result;
}

static void knows_what_is_at_a_path(void **state)
{
    PLACE(place, state);
    const char *reason;
    const char *file = path_to(place, "file");
    const char *loop = path_to(place, "loop");
    const char *pipe_path = path_to(place, "pipe");
    const char *dangling = path_to(place, "dangling");
    write_file(file, "x");
    assert_int_equal(symlink("loop", loop), 0);
    assert_int_equal(symlink("nowhere", dangling), 0);
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    assert_int_equal(file_type_of(file, &reason), FILE_TYPE_REGULAR);
    assert_int_equal(file_type_of(place->folder, &reason), FILE_TYPE_FOLDER);
    assert_int_equal(file_type_of(pipe_path, &reason), FILE_TYPE_OTHER);
    assert_int_equal(file_type_of(path_to(place, "nothing"), &reason), FILE_TYPE_ABSENT);
    assert_int_equal(file_type_of(path_to(place, "file/x"), &reason), FILE_TYPE_ABSENT);
    assert_int_equal(file_type_of(dangling, &reason), FILE_TYPE_ABSENT);
    assert_null(reason);
    assert_int_equal(file_type_of(loop, &reason), FILE_TYPE_UNKNOWN);
    assert_string_equal(reason, strerror(ELOOP));
    assert_false(file_is_same(loop, file, &reason));
    assert_string_equal(reason, strerror(ELOOP));
    assert_false(file_is_same(file, path_to(place, "nothing"), &reason));
    assert_null(reason);
    assert_int_equal(file_compare(file, SLICE("x"), &reason), FILE_SAME);
    assert_int_equal(file_compare(file, SLICE("y"), &reason), FILE_DIFFERENT);
    assert_int_equal(file_compare(file, SLICE("xx"), &reason), FILE_DIFFERENT);
    assert_int_equal(file_compare(pipe_path, SLICE("x"), &reason), FILE_DIFFERENT);
    assert_int_equal(file_compare(dangling, SLICE("x"), &reason), FILE_MISSING);
    assert_int_equal(file_compare(loop, SLICE("x"), &reason), FILE_NOT_COMPARED);
    assert_string_equal(file_folder(&place->arena, "a/b"), "a");
    assert_string_equal(file_folder(&place->arena, "b"), ".");
    assert_string_equal(file_folder(&place->arena, "/b"), "/");
}

/* Neither waits for somebody at the other end. */
static void reads_files_only(void **state)
{
    PLACE(place, state);
    struct arena *arena = &place->arena;
    const char *reason;
    struct slice bytes;
    const char *pipe_path = path_to(place, "pipe");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, path_to(place, "socket"));
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    assert_int_equal(file_read(arena, pipe_path, 100, &bytes, &reason), FILE_NO_FILE);
    assert_string_equal(reason, "a named pipe");
    assert_int_equal(file_read(arena, address.sun_path, 100, &bytes, &reason), FILE_NO_FILE);
    assert_string_equal(reason, "a socket");
    assert_int_equal(file_read(arena, "/dev/zero", 100, &bytes, &reason), FILE_NO_FILE);
    assert_string_equal(reason, "a device");
    assert_int_equal(file_read(arena, place->folder, 100, &bytes, &reason), FILE_NO_FILE);
    assert_string_equal(reason, "a folder");
    assert_int_equal(file_read(arena, "/nowhere/x", 100, &bytes, &reason), FILE_FAILED);
    close(listener);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(file_write_all(ends[1], SLICE("through a pipe")));
    close(ends[1]);
    const char *descriptor = arena_printf(arena, "/dev/fd/%d", ends[0]).data;
    assert_int_equal(file_read(arena, descriptor, 100, &bytes, &reason), FILE_OK);
    assert_slice(bytes, "through a pipe");
    close(ends[0]);
}

static void replaces_one_file(void **state)
{
    PLACE(place, state);
    struct arena *arena = &place->arena;
    const char *reason;
    struct slice bytes;
    struct file_list made = {0};
    const char *parent = path_to(place, "a/b");
    const char *path = path_to(place, "a/b/out.json");
    assert_true(file_make_directory(arena, parent, &made, &reason));
    assert_true(file_make_directory(arena, parent, &made, &reason));
    assert_int_equal(made.count, 2);
    struct file_replacement item = prepare(place, path, "one");
    assert_int_equal(file_type_of(path, &reason), FILE_TYPE_ABSENT);
    assert_int_equal(put(place, &item, 1), REPLACED);
    assert_file(place, path, "one");
    item = prepare(place, path, "one");
    assert_null(item.temporary); /* nothing to do */
    item = prepare(place, path, "two");
    replacement_discard(&item);
    assert_file(place, path, "one");
    assert_int_equal(file_read(arena, path, 2, &bytes, &reason), FILE_TOO_LARGE);
    assert_false(replacement_prepare(arena, parent, SLICE("x"), 0, &item, &reason));
    assert_string_equal(reason, "it is a folder");
    assert_false(replacement_prepare(arena, "/dev/null", SLICE("x"), 0, &item, &reason));
    assert_string_equal(reason, "it is a device or a pipe");
    assert_false(file_make_directory(arena, path, NULL, &reason)); /* a file is in the way */
    unlink(path);
    file_remove_directories(&made);
    assert_int_equal(count_entries(place), 0); /* and no temporary file is left */
}

/* The umask is for new files. */
static void keeps_permissions_and_long_names(void **state)
{
    PLACE(place, state);
    struct stat facts;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    const char *path = path_to(place, name);
    mode_t before = umask(077);
    write_file(path, "one");
    assert_int_equal(chmod(path, 0664), 0);
    struct file_replacement item = prepare(place, path, "two");
    assert_int_equal(put(place, &item, 1), REPLACED);
    umask(before);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0664);
    assert_file(place, path, "two");
    assert_int_equal(count_entries(place), 1);
}

static void keeps_owners(void **state)
{
    PLACE(place, state);
    struct stat facts;
    const char *path = path_to(place, "file");
    if (geteuid() != 0) {
        skip();
    }
    write_file(path, "one");
    assert_int_equal(chown(path, 1234, 4321), 0);
    struct file_replacement item = prepare(place, path, "two");
    assert_int_equal(put(place, &item, 1), REPLACED);
    assert_false(item.loses_owner);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_uid, 1234);
    assert_int_equal(facts.st_gid, 4321);
}

/* Links stay; one that leads nowhere gives way. */
static void follows_links(void **state)
{
    PLACE(place, state);
    struct stat facts;
    const char *link_path = path_to(place, "link");
    const char *dangling = path_to(place, "dangling");
    const char *path = path_to(place, "file");
    write_file(path, "one");
    assert_int_equal(symlink("file", link_path), 0);
    assert_int_equal(symlink("nowhere", dangling), 0);
    struct file_replacement items[] = {prepare(place, link_path, "two"),
                                       prepare(place, dangling, "three")};
    assert_int_equal(put(place, items, 2), REPLACED);
    assert_file(place, path, "two");
    assert_file(place, dangling, "three");
    assert_int_equal(lstat(link_path, &facts), 0);
    assert_true(S_ISLNK(facts.st_mode));
    assert_int_equal(lstat(dangling, &facts), 0);
    assert_true(S_ISREG(facts.st_mode));
    assert_int_equal(count_entries(place), 3);
}

static void replaces_links_that_others_made(void **state)
{
    PLACE(place, state);
    const char *link_path = path_to(place, "link");
    const char *path = path_to(place, "file");
    struct file_replacement item;
    write_file(path, "one");
    assert_int_equal(symlink("file", link_path), 0);
    assert_true(replacement_prepare(&place->arena, link_path, SLICE("one"), REPLACEMENT_LINK, &item,
                                    &place->reason));
    assert_int_equal(put(place, &item, 1), REPLACED);
    write_file(link_path, "two");
    assert_file(place, path, "one");
    assert_int_equal(count_entries(place), 2);
}

/* A project may not lead its output out of its folder. */
static void knows_what_is_inside(void **state)
{
    PLACE(place, state);
    const char *reason;
    const char *project = path_to(place, "project");
    struct {
        const char *path;
        bool is_inside;
    } cases[] = {
        {"project", true},
        {"project/dialogs", true},
        {"project/a/b/c", true},
        {"project/../project/x", true},
        {"project/..", false},
        {"project/../other", false},
        {"projects", false},
        {"project/out/x", false},
        {"project/new/../..", false},
        {"project/loop/x", false},
    };
    assert_true(file_make_directory(&place->arena, project, NULL, &reason));
    assert_int_equal(symlink("..", path_to(place, "project/out")), 0);
    assert_int_equal(symlink("loop", path_to(place, "project/loop")), 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *path = path_to(place, cases[i].path);
        if (file_is_inside(&place->arena, project, path, &reason) != cases[i].is_inside) {
            fail_msg("%s", cases[i].path);
        }
    }
    assert_string_equal(reason, strerror(ELOOP));
}

/* Three files: one is replaced, one is new, and then there is one that does not go. */
static void puts_back_what_it_has_placed(void **state)
{
    PLACE(place, state);
    const char *old = path_to(place, "old");
    const char *new = path_to(place, "new");
    const char *last = path_to(place, "last");
    write_file(old, "old");
    struct file_replacement items[] = {prepare(place, old, "changed"), prepare(place, new, "new"),
                                       prepare(place, last, "last")};
    items[2].expects = REPLACE_NOTHING;
    write_file(last, "somebody else's");
    assert_int_equal(put(place, items, 3), REPLACEMENT_CONFLICT);
    assert_file(place, old, "old");
    assert_file(place, last, "somebody else's");
    assert_int_equal(count_entries(place), 2);
}

static void sees_what_others_have_changed(void **state)
{
    PLACE(place, state);
    const char *path = path_to(place, "file");
    write_file(path, "read");
    struct file_replacement item = prepare(place, path, "mine");
    item.expects = REPLACE_BYTES;
    item.before = SLICE("read");
    write_file(path, "hand");
    assert_int_equal(put(place, &item, 1), REPLACEMENT_CONFLICT);
    assert_file(place, path, "hand");
    item = prepare(place, path, "mine");
    item.expects = REPLACE_BYTES;
    item.before = SLICE("hand");
    assert_int_equal(put(place, &item, 1), REPLACED);
    item = prepare(place, path, "more");
    item.expects = REPLACE_BYTES;
    item.before = SLICE("mine");
    unlink(path);
    assert_int_equal(put(place, &item, 1), REPLACEMENT_CONFLICT);
    assert_int_equal(count_entries(place), 0);
}

static void locks_folders_and_tidies_them(void **state)
{
    PLACE(place, state);
    const char *reason;
    const char *leftover = path_to(place, ".dialogc.0123456789abcdef.999999-0.tmp");
    const char *other = path_to(place, ".other.tmp");
    write_file(other, "");
    struct folder_lock *one = folder_open(&place->arena, place->folder, &reason);
    struct folder_lock *two = folder_open(&place->arena, place->folder, &reason);
    assert_int_equal(folder_lock(one, false, &reason), FOLDER_LOCKED);
    assert_int_equal(folder_lock(two, false, &reason), FOLDER_LOCKED);
    write_file(leftover, "");
    assert_int_equal(folder_lock(two, true, &reason), FOLDER_BUSY);
    assert_int_equal(count_entries(place), 2); /* it may be in use */
    folder_unlock(one);
    assert_int_equal(folder_lock(two, true, &reason), FOLDER_LOCKED);
    assert_int_equal(count_entries(place), 1);
    assert_int_equal(folder_lock(one, false, &reason), FOLDER_BUSY);
    folder_unlock(two);
    assert_null(folder_open(&place->arena, path_to(place, "nothing"), &reason));
    assert_string_equal(reason, strerror(ENOENT));
}

/* A folder that another one replaces while somebody waits is not the one that was meant. */
static void locks_the_folder_that_is_there_now(void **state)
{
    PLACE(place, state);
    const char *reason;
    const char *folder = path_to(place, "folder");
    const char *moved = path_to(place, "moved");
    assert_int_equal(mkdir(folder, 0700), 0);
    struct folder_lock *lock = folder_open(&place->arena, folder, &reason);
    assert_int_equal(rename(folder, moved), 0);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(folder_lock(lock, false, &reason), FOLDER_BUSY);
    assert_int_equal(folder_lock(lock, false, &reason), FOLDER_LOCKED);
    struct folder_lock *other = folder_open(&place->arena, folder, &reason);
    assert_int_equal(folder_lock(other, true, &reason), FOLDER_BUSY);
    folder_unlock(lock);
    assert_int_equal(folder_lock(other, true, &reason), FOLDER_LOCKED);
    folder_unlock(other);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(rmdir(moved), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(knows_what_is_at_a_path),
        TEST(reads_files_only),
        TEST(replaces_one_file),
        TEST(keeps_permissions_and_long_names),
        TEST(keeps_owners),
        TEST(follows_links),
        TEST(replaces_links_that_others_made),
        TEST(knows_what_is_inside),
        TEST(puts_back_what_it_has_placed),
        TEST(sees_what_others_have_changed),
        TEST(locks_folders_and_tidies_them),
        TEST(locks_the_folder_that_is_there_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
