/* Names of the language made of the names that people have given on the platform. */
#include "base/ascii.h"
#include "base/builder.h"
#include "platform/import/importer.h"

#define LONGEST_IDENTIFIER 56 /* room for a number behind it */

struct slice import_identifier(struct arena *arena, struct slice text, const char *fallback)
{
    struct builder out = builder_new(arena);
    bool gap = false;
    for (size_t i = 0; i < text.length && out.length < LONGEST_IDENTIFIER; i++) {
        char c = text.data[i];
        if (!ascii_is_letter(c) && !(ascii_is_digit(c) && out.length > 0)) {
            gap = out.length > 0;
            continue;
        }
        /* in "createALead" a capital letter begins a word */
        bool word = ascii_is_upper(c) && i > 0 && ascii_is_lower(text.data[i - 1]);
        if ((gap || word) && out.length > 0) {
            builder_add_char(&out, '-');
        }
        gap = false;
        builder_add_char(&out, ascii_to_lower(c));
    }
    return out.length > 0 ? builder_slice(&out) : slice_of(fallback);
}

struct slice import_name(struct arena *arena, struct slice text, const char *fallback)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text.length && out.length < LONGEST_IDENTIFIER; i++) {
        char c = text.data[i];
        if (ascii_is_word(c) && !(out.length == 0 && ascii_is_digit(c))) {
            builder_add_char(&out, c);
        }
    }
    return out.length > 0 ? builder_slice(&out) : slice_of(fallback);
}

struct slice import_host(struct arena *arena, struct slice host)
{
    bool variable = slice_starts_with(host, "{{") && slice_ends_with(host, "}}");
    return variable
               ? arena_printf(arena, "${%.*s}", SLICE_ARG(slice_part(host, 2, host.length - 2)))
               : host;
}

struct slice import_unique(struct arena *arena, struct map *taken, struct slice wanted,
                           const char *mark, void *owner)
{
    struct slice name = wanted;
    for (size_t number = 2; map_add(taken, name, owner) != NULL; number++) {
        name = arena_printf(arena, "%.*s%s%zu", SLICE_ARG(wanted), mark, number);
    }
    return name;
}

struct slice import_component_name(struct import_dialog *d, enum dialog_kind kind,
                                   const struct node *component)
{
    struct arena *arena = d->names.arena; /* names stay when the attempt that asks for them ends */
    struct slice id = node_text(component, "_id");
    struct slice key = arena_printf(d->importer->arena, "%d %.*s", (int)kind, SLICE_ARG(id));
    struct slice *known = map_get(&d->names, key);
    if (known != NULL) {
        return *known;
    }
    struct slice name = import_name(arena, node_text(component, "name"), "node");
    struct slice taken = arena_printf(arena, "%d %.*s", (int)kind, SLICE_ARG(name));
    struct slice unique = import_unique(arena, &d->taken, taken, "", d);
    size_t space = slice_find(unique, " ", 0);
    known = arena_alloc(arena, sizeof *known);
    *known = slice_part(unique, space + 1, unique.length);
    map_add(&d->names, arena_slice(arena, key), known);
    return *known;
}

bool import_is_opaque(const struct import_dialog *d, const char *section, struct slice name)
{
    struct slice key = arena_printf(d->importer->arena, "%s/%.*s", section, SLICE_ARG(name));
    return map_get(&d->opaque, key) != NULL;
}
