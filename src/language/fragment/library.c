/* The library: embedded fragments, read when they are first asked for, and a project's. */
#include "base/embedded.h"
#include "base/lazy.h"
#include "base/map.h"
#include "language/fragment/fragment.h"
#include "document/yaml/reader.h"

#define FOLDER "templates/salesforce/fragments/"

struct entry {
    struct fragment fragment; /* root NULL: not read yet */
    const struct embedded_file *file;
};

struct fragment_library {
    struct arena *owner;
    struct lazy *lazy; /* of what is read while threads run */
    struct entry *entries;
    size_t count;
    struct map broken; /* identifiers of fragments that could not be added */
    bool lacks_files;  /* see fragment_library_note_missing */
};

static struct entry *add_entry(struct fragment_library *library)
{
    library->entries =
        arena_append(library->owner, library->entries, library->count, sizeof *library->entries);
    return &library->entries[library->count++];
}

struct fragment_library *fragment_library_new(struct arena *arena)
{
    struct fragment_library *library = arena_alloc(arena, sizeof *library);
    library->owner = arena;
    library->lazy = lazy_new(arena);
    library->broken = map_new(arena);
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        struct slice full = slice_of(file->name);
        if (slice_starts_with(full, FOLDER)) {
            struct slice id =
                slice_part(full, sizeof FOLDER - 1, full.length - (sizeof ".yaml" - 1));
            *add_entry(library) = (struct entry){.fragment = {.id = id}, .file = file};
        }
    }
    return library;
}

static struct entry *find_entry(const struct fragment_library *library, struct slice id)
{
    for (size_t i = 0; i < library->count; i++) {
        if (slice_equal(library->entries[i].fragment.id, id)) {
            return &library->entries[i];
        }
    }
    return NULL;
}

bool fragment_library_add(struct fragment_library *library, const struct node *root,
                          struct diagnostics *diagnostics)
{
    const struct node *id = node_get(root, "fragment");
    struct entry *entry = find_entry(library, id->text);
    if (entry != NULL && entry->file == NULL) {
        struct diagnostic *d =
            diag_report(diagnostics, E0905, root->source, id->range,
                        "another fragment has the identifier `%.*s`", SLICE_ARG(id->text));
        const struct node *other = node_get(entry->fragment.root, "fragment");
        diag_note(diagnostics, d, other->source, other->range, "the first one is here");
        return false;
    }
    if (entry == NULL) {
        entry = add_entry(library);
    }
    *entry = (struct entry){.fragment = {id->text, root}};
    return true;
}

void fragment_library_note_broken(struct fragment_library *library, struct slice id)
{
    map_add(&library->broken, id, library);
}

void fragment_library_note_missing(struct fragment_library *library)
{
    library->lacks_files = true;
}

bool fragment_library_is_broken(const struct fragment_library *library, struct slice id)
{
    return library->lacks_files || map_get(&library->broken, id) != NULL;
}

/* Reads an embedded fragment, unless that has been done. */
static void read_embedded(struct arena *arena, void *context)
{
    struct entry *entry = context;
    if (entry->fragment.root == NULL) {
        struct diagnostics none =
            diagnostics_new(arena); /* nothing is ever reported: a test reads all fragments */
        struct source *source;
        struct slice bytes = {(const char *)entry->file->bytes, entry->file->length};
        entry->fragment.root = yaml_read(arena, entry->file->name, bytes, &none, &source);
    }
}

const struct fragment *fragment_find(struct fragment_library *library, struct slice id,
                                     struct arena *arena)
{
    struct entry *entry = find_entry(library, id);
    if (entry == NULL) {
        return NULL;
    }
    lazy_make(library->lazy, arena, read_embedded, entry);
    return &entry->fragment;
}

void fragment_library_offer(const struct fragment_library *library,
                            void (*offer)(void *context, struct slice id), void *context)
{
    for (size_t i = 0; i < library->count; i++) {
        offer(context, library->entries[i].fragment.id);
    }
}
