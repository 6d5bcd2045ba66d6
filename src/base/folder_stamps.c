#define _GNU_SOURCE /* O_PATH */

#include "base/folder_stamps.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/retry.h"

#ifndef O_PATH /* where the system does not have it, the folder must be readable */
#define O_PATH O_RDONLY
#endif

void folder_stamps_close(struct folder_stamps *stamps)
{
    if (stamps->descriptor >= 0) {
        close(stamps->descriptor);
    }
    *stamps = folder_stamps_new();
}

static void enter(struct folder_stamps *stamps, struct slice folder)
{
    char path[PATH_MAX];
    folder_stamps_close(stamps);
    stamps->folder = folder;
    if (folder.length == 0 || folder.length >= sizeof path) {
        return;
    }
    memcpy(path, folder.data, folder.length);
    path[folder.length] = '\0';
    RETRY(stamps->descriptor, open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
}

enum file_type folder_stamps_take(struct folder_stamps *stamps, struct slice folder,
                                  const char *path, struct file_stamp *stamp)
{
    struct stat facts;
    int failed = -1;
    if (!slice_equal(stamps->folder, folder)) {
        enter(stamps, folder);
    }
    if (stamps->descriptor >= 0) {
        RETRY(failed, fstatat(stamps->descriptor, path + folder.length + 1, &facts, 0));
    }
    if (failed != 0 || !S_ISREG(facts.st_mode)) {
        return file_stamp_of(path, stamp);
    }
    *stamp = file_stamp_from(&facts);
    return FILE_TYPE_REGULAR;
}
