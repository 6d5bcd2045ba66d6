/* The list of comparisons. */
#include "trial/explore/comparisons.h"

/* No dialog compares that much; one that does is made to take long. */
#define COMPARISON_LIMIT 400

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
