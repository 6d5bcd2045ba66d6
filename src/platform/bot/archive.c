/* ZIP archives, by libzip. */
#include <zip.h>

#include "platform/bot/bundle.h"

/* 1 January 1980, the first day that the format knows. */
#define FIRST_DATE 0x0021

struct archive {
    zip_t *zip;
    zip_source_t *source; /* what the archive is written to */
    const char *reason;
};

static bool fail(struct archive *archive, const char *reason)
{
    archive->reason = reason;
    return false;
}

static bool add_entry(struct archive *archive, const struct archive_entry *entry)
{
    zip_source_t *content =
        zip_source_buffer(archive->zip, entry->bytes.data, entry->bytes.length, 0);
    if (content == NULL) {
        return fail(archive, "out of memory for an entry");
    }
    zip_int64_t index = zip_file_add(archive->zip, entry->name, content, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(content);
        return fail(archive, "out of memory for an entry");
    }
    if (zip_set_file_compression(archive->zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_dostime(archive->zip, (zip_uint64_t)index, 0, FIRST_DATE, 0) != 0) {
        return fail(archive, "out of memory for an entry");
    }
    return true;
}

static bool read_back(struct arena *arena, struct archive *archive, struct slice *bytes)
{
    zip_stat_t facts;
    if (zip_source_stat(archive->source, &facts) != 0 || zip_source_open(archive->source) != 0) {
        return fail(archive, "out of memory while reading the archive back");
    }
    char *data = arena_alloc(arena, (size_t)facts.size + 1);
    zip_int64_t length = zip_source_read(archive->source, data, facts.size);
    zip_source_close(archive->source);
    if (length < 0 || (zip_uint64_t)length != facts.size) {
        return fail(archive, "out of memory while reading the archive back");
    }
    *bytes = (struct slice){data, (size_t)length};
    return true;
}

static void release(void *resource)
{
    struct archive *archive = resource;
    if (archive->zip != NULL) {
        zip_discard(archive->zip);
    }
    if (archive->source != NULL) {
        zip_source_free(archive->source);
    }
}

static bool make(struct arena *arena, struct archive *archive, const struct archive_entry *entries,
                 size_t count, struct slice *bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    archive->source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (archive->source == NULL) {
        return fail(archive, "out of memory for the archive");
    }
    archive->zip = zip_open_from_source(archive->source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive->zip == NULL) {
        return fail(archive, "out of memory for the archive");
    }
    zip_source_keep(archive->source); /* closing the archive gives one reference back */
    for (size_t i = 0; i < count; i++) {
        if (!add_entry(archive, &entries[i])) {
            return false;
        }
    }
    if (zip_close(archive->zip) != 0) {
        return fail(archive, "out of memory while writing the archive");
    }
    archive->zip = NULL;
    return read_back(arena, archive, bytes);
}

bool archive_make(struct arena *arena, const struct archive_entry *entries, size_t count,
                  struct slice *bytes, const char **reason)
{
    struct archive *archive = arena_alloc(arena, sizeof *archive);
    arena_defer(arena, release, archive);
    bool made = make(arena, archive, entries, count, bytes);
    *reason = archive->reason;
    return made;
}
