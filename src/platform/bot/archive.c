/* ZIP archives, by libzip. */
#include "platform/bot/archive.h"

#include <zip.h>

#include "base/builder.h"

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

/* ---- reading ---- */

/* Opens what is in `bytes`; they are only read. */
static bool open_bytes(struct arena *arena, struct archive *archive, struct slice bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    archive->source = zip_source_buffer_create(bytes.data, bytes.length, 0, &error);
    if (archive->source != NULL) {
        archive->zip = zip_open_from_source(archive->source, ZIP_CHECKCONS, &error);
    }
    if (archive->zip == NULL) {
        const char *reason = zip_error_strerror(&error);
        archive->reason = arena_printf(arena, "the archive is damaged: %s", reason).data;
        zip_error_fini(&error);
        return false;
    }
    zip_source_keep(archive->source); /* closing the archive gives one reference back */
    return true;
}

/* "a/bot.json" for "./a/bot.json" is not what the platform writes: such names are rejected. */
static bool leads_out(struct slice name)
{
    struct slice part;
    bool out = name.length == 0 || name.data[0] == '/' || slice_find(name, "\\", 0) != SIZE_MAX;
    for (size_t at = 0; !out && slice_next_part(name, '/', &at, &part);) {
        out = slice_is(part, "..");
    }
    return out;
}

static struct slice last_part(struct slice name)
{
    size_t start = name.length;
    while (start > 0 && name.data[start - 1] != '/') {
        start--;
    }
    return slice_part(name, start, name.length);
}

/* The number of the entry that is the bot; -1 with a reason. */
static zip_int64_t find_bot(struct arena *arena, struct archive *archive)
{
    zip_int64_t found = -1;
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(archive->zip, (zip_uint64_t)i, 0);
        if (name == NULL || leads_out(slice_of(name))) {
            archive->reason = arena_printf(arena, "the name `%s` in it leads out of the archive",
                                           name != NULL ? name : "")
                                  .data;
            return -1;
        }
        struct slice last = last_part(slice_of(name));
        if (!slice_is(last, "botDefinition.json") && !slice_is(last, "appDefinition.json")) {
            continue;
        }
        if (found >= 0) {
            archive->reason =
                arena_printf(arena, "it holds two bots, `%s` and `%s`; unpack it and name one",
                             zip_get_name(archive->zip, (zip_uint64_t)found, 0), name)
                    .data;
            return -1;
        }
        found = i;
    }
    if (found < 0) {
        archive->reason = "neither botDefinition.json nor appDefinition.json is in it";
    }
    return found;
}

/* Reads an entry, of which nothing is believed that the archive says of its length. */
static bool read_entry(struct arena *arena, struct archive *archive, zip_int64_t index,
                       size_t limit, struct archive_entry *entry)
{
    enum { CHUNK = 1 << 16 };
    zip_stat_t facts;
    zip_uint64_t number = (zip_uint64_t)index;
    entry->name = arena_copy(arena, slice_of(zip_get_name(archive->zip, number, 0)));
    if (zip_stat_index(archive->zip, number, 0, &facts) == 0 &&
        facts.encryption_method != ZIP_EM_NONE) {
        archive->reason =
            arena_printf(arena, "`%s` in it is encrypted; unpack it and name the file", entry->name)
                .data;
        return false;
    }
    zip_file_t *file = zip_fopen_index(archive->zip, number, 0);
    struct builder out = builder_new(arena);
    zip_int64_t length = file == NULL ? -1 : 1;
    while (length > 0 && out.length <= limit) {
        builder_reserve(&out, CHUNK);
        length = zip_fread(file, out.data + out.length, CHUNK);
        out.length += length > 0 ? (size_t)length : 0;
    }
    bool closed = file != NULL && zip_fclose(file) == 0;
    if (out.length > limit) {
        archive->reason =
            arena_printf(arena, "`%s` in it is larger than %zu bytes", entry->name, limit).data;
        return false;
    }
    if (length < 0 || !closed) {
        archive->reason =
            arena_printf(arena, "the archive is damaged: `%s` cannot be read", entry->name).data;
        return false;
    }
    entry->bytes = builder_slice(&out);
    return true;
}

/* `name` in the folder of the entry `beside`. */
static const char *name_beside(struct arena *arena, const char *beside, const char *name)
{
    struct slice whole = slice_of(beside);
    size_t folder = whole.length - last_part(whole).length;
    return arena_printf(arena, "%.*s%s", (int)folder, beside, name).data;
}

static bool read_bot(struct arena *arena, struct archive *archive, struct slice bytes, size_t limit,
                     struct archived_bot *bot)
{
    if (!open_bytes(arena, archive, bytes)) {
        return false;
    }
    zip_int64_t found = find_bot(arena, archive);
    if (found < 0 || !read_entry(arena, archive, found, limit, &bot->bot)) {
        return false;
    }
    bot->config.name = name_beside(arena, bot->bot.name, "config.json");
    zip_int64_t config = zip_name_locate(archive->zip, bot->config.name, 0);
    bot->has_config = config >= 0;
    return !bot->has_config || read_entry(arena, archive, config, limit, &bot->config);
}

bool archive_read_bot(struct arena *arena, struct slice bytes, size_t limit,
                      struct archived_bot *bot, const char **reason)
{
    struct archive *archive = arena_alloc(arena, sizeof *archive);
    arena_defer(arena, release, archive);
    *bot = (struct archived_bot){0};
    bool read = read_bot(arena, archive, bytes, limit, bot);
    *reason = archive->reason;
    return read;
}

static bool is_hidden(struct slice name)
{
    struct slice part;
    bool hidden = false;
    for (size_t at = 0; !hidden && slice_next_part(name, '/', &at, &part);) {
        hidden = slice_starts_with(part, ".");
    }
    return hidden;
}

/* Why a file of an archive may not be written to a folder; NULL when it may. */
static const char *objection_to(const char *name, const struct archive_entry *others, size_t count)
{
    if (name == NULL || leads_out(slice_of(name))) {
        return "leads out of the archive";
    }
    for (size_t i = 0; i < count; i++) {
        if (slice_equal_ignoring_case(slice_of(others[i].name), slice_of(name))) {
            return "is there twice";
        }
    }
    return is_hidden(slice_of(name)) ? "is hidden" : NULL;
}

static bool read_all(struct arena *arena, struct archive *archive, struct slice bytes, size_t limit,
                     struct archive_entry **entries, size_t *count)
{
    enum { ENTRY_LIMIT = 1000 };
    if (!open_bytes(arena, archive, bytes)) {
        return false;
    }
    zip_int64_t total = zip_get_num_entries(archive->zip, 0);
    if (total > ENTRY_LIMIT) {
        return fail(archive, "it holds too many files");
    }
    *entries = arena_alloc_array(arena, (size_t)total + 1, sizeof **entries);
    for (zip_int64_t i = 0; i < total; i++) {
        const char *name = zip_get_name(archive->zip, (zip_uint64_t)i, 0);
        const char *objection = objection_to(name, *entries, *count);
        if (objection != NULL) {
            archive->reason =
                arena_printf(arena, "the name `%s` in it %s", name != NULL ? name : "", objection)
                    .data;
            return false;
        }
        if (slice_ends_with(slice_of(name), "/")) {
            continue; /* a folder, which is made with the first file in it */
        }
        if (!read_entry(arena, archive, i, limit, &(*entries)[*count])) {
            return false;
        }
        limit -= (*entries)[(*count)++].bytes.length;
    }
    return true;
}

bool archive_read_all(struct arena *arena, struct slice bytes, size_t limit,
                      struct archive_entry **entries, size_t *count, const char **reason)
{
    struct archive *archive = arena_alloc(arena, sizeof *archive);
    arena_defer(arena, release, archive);
    *count = 0;
    bool read = read_all(arena, archive, bytes, limit, entries, count);
    *reason = archive->reason;
    return read;
}

/* ---- changing ---- */

/* Replaces a file, which keeps its date and its compression, or adds it. */
static bool put_entry(struct archive *archive, const struct archive_entry *entry)
{
    zip_stat_t facts;
    zip_int64_t index = zip_name_locate(archive->zip, entry->name, 0);
    if (index < 0) {
        return add_entry(archive, entry);
    }
    zip_uint64_t number = (zip_uint64_t)index;
    zip_source_t *content =
        zip_source_buffer(archive->zip, entry->bytes.data, entry->bytes.length, 0);
    if (content == NULL || zip_stat_index(archive->zip, number, 0, &facts) != 0) {
        return fail(archive, "out of memory for an entry");
    }
    if (zip_file_replace(archive->zip, number, content, 0) != 0) {
        zip_source_free(content);
        return fail(archive, "out of memory for an entry");
    }
    bool stored = (facts.valid & ZIP_STAT_COMP_METHOD) != 0 && facts.comp_method == ZIP_CM_STORE;
    if (zip_set_file_compression(archive->zip, number, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) !=
            0 ||
        zip_file_set_mtime(archive->zip, number, facts.mtime, 0) != 0) {
        return fail(archive, "out of memory for an entry");
    }
    return true;
}

static bool remove_entry(struct archive *archive, const struct archive_entry *entry)
{
    zip_int64_t index = zip_name_locate(archive->zip, entry->name, 0);
    return index < 0 || zip_delete(archive->zip, (zip_uint64_t)index) == 0 ||
           fail(archive, "out of memory for an entry");
}

static bool change(struct arena *arena, struct archive *archive, struct slice before,
                   const struct archive_entry *entries, size_t count, struct slice *bytes)
{
    if (!open_bytes(arena, archive, before)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!(entries[i].removes ? remove_entry(archive, &entries[i])
                                 : put_entry(archive, &entries[i]))) {
            return false;
        }
    }
    if (zip_close(archive->zip) != 0) {
        return fail(archive, "out of memory while writing the archive");
    }
    archive->zip = NULL;
    return read_back(arena, archive, bytes);
}

bool archive_change(struct arena *arena, struct slice archive_bytes,
                    const struct archive_entry *entries, size_t count, struct slice *bytes,
                    const char **reason)
{
    struct archive *archive = arena_alloc(arena, sizeof *archive);
    arena_defer(arena, release, archive);
    bool changed = change(arena, archive, archive_bytes, entries, count, bytes);
    *reason = archive->reason;
    return changed;
}
