/*
 * Stamps of many files: the way to a folder is looked up once for the files of it that come one
 * behind the other, which is a tenth of what the system does for each.
 */
#ifndef DIALOGC_BASE_FOLDER_STAMPS_H
#define DIALOGC_BASE_FOLDER_STAMPS_H

#include "base/file.h"

struct folder_stamps {
    struct slice folder;
    int descriptor; /* of the folder; -1: none is open */
};

static inline struct folder_stamps folder_stamps_new(void)
{
    return (struct folder_stamps){.descriptor = -1};
}

/* As file_stamp_of for `path`, which is a file of `folder`; that text must live on. */
enum file_type folder_stamps_take(struct folder_stamps *stamps, struct slice folder,
                                  const char *path, struct file_stamp *stamp);

void folder_stamps_close(struct folder_stamps *stamps);

#endif
