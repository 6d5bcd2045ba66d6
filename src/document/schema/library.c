/* The prepared schemas, with a table for their patterns. */
#include "document/schema/library.h"

#include "document/schema/prepared.h"

struct schema_library {
    struct schema *schemas; /* in the order of prepared_schemas */
};

const struct schema_library *schema_library_new(struct arena *arena)
{
    size_t count = 0;
    while (prepared_schemas[count].name != NULL) {
        count++;
    }
    struct schema_library *library = arena_alloc(arena, sizeof *library);
    struct pattern_table *patterns = pattern_table_new(arena, prepared_pattern_count);
    library->schemas = arena_alloc_array(arena, count, sizeof *library->schemas);
    for (size_t i = 0; i < count; i++) {
        library->schemas[i] = (struct schema){prepared_schemas[i].root, patterns};
    }
    return library;
}

const struct schema *schema_library_find(const struct schema_library *library, const char *name)
{
    for (size_t i = 0; prepared_schemas[i].name != NULL; i++) {
        if (strcmp(prepared_schemas[i].name, name) == 0) {
            return &library->schemas[i];
        }
    }
    return NULL;
}
