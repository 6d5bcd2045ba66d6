/* The list of comparisons. */
#include "trial/explore/comparisons.h"

/* No dialog compares that much; one that does is made to take long. */
#define COMPARISON_LIMIT 400
#define ALIAS_LIMIT      100

void comparisons_add(struct arena *arena, struct comparisons *list, struct comparison comparison)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct comparison *known = &list->items[i];
        if (known->kind == comparison.kind && known->of_length == comparison.of_length &&
            slice_equal(known->subject, comparison.subject) &&
            slice_equal(known->value, comparison.value)) {
            return;
        }
    }
    if (list->count < COMPARISON_LIMIT) {
        list->items = arena_append(arena, list->items, list->count, sizeof *list->items);
        comparison.group = list->group;
        list->items[list->count++] = comparison;
    }
}

void comparisons_add_alias(struct arena *arena, struct comparisons *list,
                           struct comparison_alias alias)
{
    if (list->alias_count < ALIAS_LIMIT && !slice_equal(alias.name, alias.path)) {
        list->aliases =
            arena_append(arena, list->aliases, list->alias_count, sizeof *list->aliases);
        list->aliases[list->alias_count++] = alias;
    }
}

/* True for the path itself, and for what is in it. */
static bool is_below(struct slice subject, struct slice path)
{
    size_t length = path.length;
    return subject.length >= length && slice_equal(slice_part(subject, 0, length), path) &&
           (subject.length == length || strchr(".[", subject.data[length]) != NULL);
}

void comparisons_follow_aliases(struct arena *arena, struct comparisons *list)
{
    size_t group = list->group;
    for (size_t i = 0; i < list->count; i++) { /* what is added has other names, too */
        for (size_t j = 0; j < list->alias_count; j++) {
            struct comparison comparison = list->items[i];
            struct slice name = list->aliases[j].name;
            if (is_below(comparison.subject, name)) {
                struct slice rest =
                    slice_part(comparison.subject, name.length, comparison.subject.length);
                comparison.subject = arena_printf(
                    arena, "%.*s%.*s", SLICE_ARG(list->aliases[j].path), SLICE_ARG(rest));
                list->group = comparison.group;
                comparisons_add(arena, list, comparison);
            }
        }
    }
    list->group = group;
}
