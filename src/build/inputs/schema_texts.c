#include "build/inputs/schema_texts.h"

#include "build/compiler/compiler.h"
#include "build/inputs/content.h"
#include "document/json/reader.h"

#define SUFFIX ".schema.json"

/* "fragment.schema.json", as schemas refer to each other. */
static const struct node *find(void *context, struct slice name)
{
    static const size_t suffix = sizeof SUFFIX - 1;
    struct schema_texts *texts = context;
    struct arena *arena = texts->arena;
    const struct node *known = map_get(&texts->known, name);
    struct slice text;
    if (known != NULL || !slice_ends_with(name, SUFFIX) ||
        !compiler_schema_text(arena, slice_part(name, 0, name.length - suffix), &text)) {
        return known;
    }
    struct node *schema = json_read_quietly(arena, text);
    map_add(&texts->known, arena_slice(arena, name), schema);
    return schema;
}

void schema_texts_init(struct schema_texts *texts, struct arena *arena)
{
    *texts = (struct schema_texts){.arena = arena, .known = map_new(arena)};
    texts->documents = (struct schema_documents){find, texts};
}

const struct node *schema_texts_find(struct schema_texts *texts, const char *name)
{
    return find(texts, arena_printf(texts->arena, "%s" SUFFIX, name));
}

struct schema_places schema_texts_places(struct schema_texts *texts, struct arena *arena,
                                         const struct node *root, const char *path)
{
    static const char *const of_parts = "action-template";
    struct schema_places places = schema_places_new(arena, &texts->documents);
    const char *name = content_schema_of(root, path);
    if (name != NULL) {
        const struct node *schema = schema_texts_find(texts, name);
        schema_places_add(&places, (struct schema_place){schema, schema});
    }
    if (name != NULL && strcmp(name, content_info(CONTENT_FRAGMENT)->schema) == 0) {
        const struct node *schema = schema_texts_find(texts, of_parts);
        schema_places_add(&places, (struct schema_place){schema, schema});
    }
    return places;
}
