/* What was meant with a path that does not exist. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <string.h>

#include "base/file.h"
#include "base/suggestion.h"

/* The name in a folder that is nearest to `name`, in `room`; false when none is near. */
static bool nearest_name(const char *folder, const char *name, char *room, size_t size)
{
    struct suggestion meant = suggestion_new(slice_of(name));
    DIR *open = opendir(folder);
    struct dirent *entry;
    while (open != NULL && (entry = readdir(open)) != NULL) {
        struct slice found = slice_of(entry->d_name);
        if (entry->d_name[0] == '.' || found.length >= size) {
            continue;
        }
        suggestion_offer(&meant, found);
        if (meant.best.data == found.data) {
            memcpy(room, found.data, found.length + 1);
            meant.best.data = room;
        }
    }
    if (open != NULL) {
        closedir(open);
    }
    return meant.best.length > 0;
}

const char *file_meant(struct arena *arena, const char *path)
{
    char room[256];
    const char *folder = file_folder(arena, path);
    const char *name = file_name(path);
    const char *reason;
    if (*name == '\0') {
        return NULL;
    }
    if (file_type_of(folder, &reason) == FILE_TYPE_FOLDER) {
        return nearest_name(folder, name, room, sizeof room)
                   ? (strcmp(folder, ".") == 0 ? arena_copy(arena, slice_of(room))
                                               : file_join(arena, folder, slice_of(room)))
                   : NULL;
    }
    const char *other = strcmp(folder, path) != 0 ? file_meant(arena, folder) : NULL;
    const char *there = other != NULL ? file_join(arena, other, slice_of(name)) : NULL;
    return there != NULL && file_type_of(there, &reason) != FILE_TYPE_ABSENT ? there : NULL;
}
