/*
 * dialogc watch: builds, waits until something has changed, builds again. Every build is one of
 * `dialogc build` in a process of its own, so that nothing is left of it, whatever happens.
 */
#define _GNU_SOURCE /* ppoll */

#include "base/system.h"
#include "cli/compile.h"
#include "cli/templates.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEPTH_LIMIT 32

/* Editors write a file in several steps: after a change it must be quiet for so long. */
#define QUIET_MS 50

struct watch {
    struct arena *arena;
    struct options *options;
    const char *folder; /* of the project */
    const char *output; /* its artifacts are no changes */
    int descriptor;
    bool on_terminal;
};

static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* Changes in a folder that cannot be watched would be missed without a word. */
static void report_unwatched(const char *path, const char *reason)
{
    cli_message("cannot watch %s, so changes in it start no build: %s", path, reason);
}

static void add_watch(const struct watch *w, const char *path)
{
    if (!system_watch_add(w->descriptor, path) && errno != ENOENT) {
        report_unwatched(path, strerror(errno));
    }
}

/* A folder, but not that of the artifacts. */
static bool is_watched(const struct watch *w, const char *path)
{
    const char *reason;
    enum file_type type = file_type_of(path, &reason);
    if (type == FILE_TYPE_UNKNOWN) {
        report_unwatched(path, reason);
    }
    return type == FILE_TYPE_FOLDER && !file_is_same(path, w->output, &reason);
}

/* A folder and those in it; hidden ones and the output are of no interest. */
static void watch_folder(struct watch *w, const char *path, unsigned depth)
{
    DIR *folder = depth < DEPTH_LIMIT ? opendir(path) : NULL;
    if (folder == NULL && depth < DEPTH_LIMIT && errno != ENOENT) {
        report_unwatched(path, strerror(errno));
    }
    if (folder == NULL) {
        return;
    }
    add_watch(w, path);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char child[PATH_MAX];
        int length = snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
        bool fits = length > 0 && (size_t)length < sizeof child;
        if (entry->d_name[0] != '.' && fits && is_watched(w, child)) {
            watch_folder(w, child, depth + 1);
        }
    }
    closedir(folder);
}

/* What a symbolic link leads to changes in a folder of its own. */
static void watch_target(struct watch *w, const char *path)
{
    char target[PATH_MAX];
    struct stat facts;
    bool is_link = lstat(path, &facts) == 0 && S_ISLNK(facts.st_mode);
    char *slash = is_link && realpath(path, target) != NULL ? strrchr(target, '/') : NULL;
    if (slash != NULL) {
        slash[slash == target] = '\0';
        add_watch(w, target);
    }
}

/* Profiles and the like may lie outside of the project's folder. */
static void watch_inputs(struct watch *w, struct arena *arena)
{
    struct findings ignored = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    struct shared_files files = {0};
    struct file_list templates = {0};
    if (cli_open_project(arena, w->options, compiler, &ignored, &files) == NULL) {
        return;
    }
    cli_add_project_inputs(arena, w->options, compiler->project, w->folder, &templates, &ignored);
    for (size_t i = 0; i < files.count + templates.count; i++) {
        const char *path = i < files.count ? files.items[i].path : templates.paths[i - files.count];
        add_watch(w, file_folder(arena, path));
        watch_target(w, path);
    }
}

static void watch_all(struct watch *w)
{
    struct arena scratch;
    arena_init(&scratch);
    scratch.recovery = w->arena->recovery;
    watch_folder(w, w->folder, 0);
    watch_inputs(w, &scratch);
    arena_free(&scratch);
}

/*
 * True for names of inputs; editors' copies and hidden files are none. Neither is the folder of the
 * output: a build that fails removes it again, and would be the reason for the next one.
 */
static bool is_of_input(void *context, const struct system_change *change)
{
    const struct watch *w = context;
    struct slice name = change->name;
    if (change->is_folder && slice_is(name, file_name(w->output))) {
        return false;
    }
    if (change->is_loss) {
        return true;
    }
    if (name.length == 0 || name.data[0] == '.') {
        return false;
    }
    return change->is_folder || slice_ends_with(name, ".yaml") || slice_ends_with(name, ".yml") ||
           slice_ends_with(name, ".json");
}

/* Waits for a change, and then until nothing more changes. False when the user has interrupted. */
static bool wait_for_change(struct watch *w, const sigset_t *while_waiting)
{
    bool changed = false;
    struct timespec quiet = {0, QUIET_MS * 1000000L};
    while (!interrupted) {
        struct pollfd poll = {w->descriptor, POLLIN, 0};
        int ready = ppoll(&poll, 1, changed ? &quiet : NULL, while_waiting);
        if (ready > 0) {
            changed = system_watch_take(w->descriptor, is_of_input, w) || changed;
        } else if (ready == 0) {
            return true;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return false;
}

/* One build, with its findings; false when no process can be had. */
static bool build_once(struct watch *w)
{
    if (w->on_terminal) {
        fputs("\x1b[H\x1b[2J\x1b[3J", stderr);
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        sigset_t none;
        sigemptyset(&none);
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        sigprocmask(SIG_SETMASK, &none, NULL);
        _exit(cli_compile(w->arena, w->options, true));
    }
    if (child < 0) {
        cli_message("cannot start a build: %s", strerror(errno));
        return false;
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR && !interrupted) {
    }
    char clock[16] = "";
    time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local) != NULL) {
        strftime(clock, sizeof clock, "%H:%M:%S", &local);
    }
    if (!interrupted && !w->options->quiet) {
        fprintf(stderr, "%s, waiting for changes (Ctrl+C to stop)\n", clock);
    }
    return true;
}

static int watch(struct watch *w, const sigset_t *while_waiting)
{
    do {
        /* before the build: what changes meanwhile is built next */
        watch_all(w);
        if (!build_once(w)) {
            return STATUS_SYSTEM;
        }
    } while (wait_for_change(w, while_waiting));
    return interrupted ? STATUS_OK : STATUS_SYSTEM;
}

int command_watch(struct arena *arena, struct options *options)
{
    struct watch w = {.arena = arena, .options = options};
    struct findings findings = findings_new(arena, -1);
    struct findings ignored = findings_new(arena, -1); /* each build has them again */
    struct shared_files files;
    bool has_project = options->directory != NULL || input_exists(&findings, PROJECT_FILE);
    w.folder = options->directory != NULL ? options->directory : ".";
    bool has_folder = input_is_folder(&findings, w.folder);
    if (findings_failed(&findings)) {
        return cli_report(arena, options, &findings);
    }
    if (!has_project) {
        cli_message("`dialogc watch` needs a project (%s)", PROJECT_FILE);
        return STATUS_USAGE;
    }
    if (!has_folder) {
        cli_message("no such folder: %s", w.folder);
        return STATUS_SYSTEM;
    }
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    cli_open_project(arena, options, compiler, &ignored, &files);
    w.output =
        options->output != NULL
            ? options->output
            : arena_printf(arena, "%s/%.*s", w.folder, SLICE_ARG(compiler->project->output)).data;
    w.on_terminal = cli_is_terminal(STDERR_FILENO);
    w.descriptor = system_watch_new();
    if (w.descriptor < 0) {
        cli_message("cannot watch files: %s", strerror(errno));
        return STATUS_SYSTEM;
    }
    struct sigaction action = {.sa_handler = interrupt};
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    int status = watch(&w, &before);
    close(w.descriptor);
    return status;
}
