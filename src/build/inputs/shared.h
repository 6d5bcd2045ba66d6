/*
 * What templates share: the project file, auth profiles, descriptions of objects, fragments;
 * finding it and loading it into a compiler.
 */
#ifndef DIALOGC_BUILD_INPUTS_SHARED_H
#define DIALOGC_BUILD_INPUTS_SHARED_H

#include "build/compiler/compiler.h"
#include "build/compiler/given.h"
#include "diag/input.h"

/* A file that templates share. */
struct shared_file {
    enum input_kind kind;
    const char *path;
};

struct shared_files {
    struct shared_file *items;
    size_t count;
    bool lacks[INPUT_FRAGMENT + 1]; /* by kind: the project names a path that is not there */
    const char *project_path;       /* NULL: there is no project file */
    struct slice project;           /* its bytes */
};

/* What is looked for, and where. */
struct shared_request {
    struct arena *arena;
    struct findings *findings;
    const char *folder;               /* of the project */
    const struct file_list *paths;    /* templates and folders of them, with fragments beside */
    const struct file_list *profiles; /* files and folders, in addition to those of the project */
    const struct given_inputs *given; /* what is not read from the disk; or NULL */
    const struct file_list
        *inside_of; /* nothing outside of these folders is read; NULL: no bound */
};

/*
 * The nearest folder with a project file that a path is in, or NULL. With `inside_of` it is in one
 * of these folders.
 */
const char *shared_folder_around(struct arena *arena, struct findings *findings, const char *path,
                                 const struct file_list *inside_of);

/* True when a request may read `path`; a remark says when it may not. */
bool shared_may_read(const struct shared_request *request, const char *path);

/*
 * Loads the project file in the request's folder where there is one, and makes the policy of the
 * findings that of the project in addition to what it is. False, with findings, when it cannot be
 * read.
 */
bool shared_open_project(const struct shared_request *request, struct compiler *compiler,
                         struct shared_files *files);

/* Lists what the project and the request name, each file once, in the order of loading. */
void shared_list(const struct shared_request *request, const struct project *project,
                 struct shared_files *files);

/* Lists one more file, unless it is among the listed ones. */
void shared_add(struct arena *arena, struct shared_files *files, struct findings *findings,
                enum input_kind kind, const char *path);

/* Loads the listed files. What is wrong with them is among the findings. */
void shared_load(const struct shared_request *request, struct compiler *compiler,
                 const struct shared_files *files);

#endif
