/* Which list was meant where a reference leads to an object. */
#include "language/check/families.h"
#include "language/operation/reference_value.h"

/* `a` and `b`: the parts of the object `reference` that are lists. */
struct lists_of {
    struct check *check;
    const struct reference *object;
    struct builder names;
    struct slice only; /* of a single one; empty: there are several */
};

/* The reference to a part of what `reference` leads to. */
static struct reference part_of(struct arena *arena, const struct reference *reference,
                                struct slice name)
{
    struct reference part = *reference;
    struct slice *segments = arena_alloc_array(arena, part.count + 1, sizeof *segments);
    memcpy(segments, part.segments, part.count * sizeof *segments);
    segments[part.count++] = name;
    part.segments = segments;
    return part;
}

static void note_list(void *context, struct slice name)
{
    struct lists_of *lists = context;
    struct arena *arena = lists->check->arena;
    struct reference part = part_of(arena, lists->object, name);
    if (reference_value(lists->check->analysis, &part) != VALUE_LIST) {
        return;
    }
    struct slice path = arena_printf(arena, "${%.*s}", SLICE_ARG(reference_path(arena, &part, 0)));
    lists->only = lists->names.length == 0 ? path : SLICE("");
    builder_printf(&lists->names, "%s`%.*s`", lists->names.length > 0 ? ", " : "", SLICE_ARG(path));
}

/* `${service.body}` and `${service.body.records[0]}`, where the list beside them is meant. */
void check_suggest_list(struct check *check, struct diagnostic *d,
                        const struct reference *reference)
{
    const struct resolution *to = check_resolution(check, reference);
    struct arena *arena = check->arena;
    struct reference around = *reference;
    around.count--;
    if (to->kind != REFERENCE_BODY) {
        return;
    }
    if (around.count > 1 && reference_value(check->analysis, &around) == VALUE_LIST) {
        diag_suggest(check->diagnostics, d,
                     arena_printf(arena, "${%.*s}", SLICE_ARG(reference_path(arena, &around, 0))));
        return;
    }
    /* the names of its parts are those that there are instead of one that is not */
    struct reference below = part_of(arena, reference, SLICE(""));
    struct lists_of lists = {check, reference, builder_new(arena), SLICE("")};
    enum value_kind kind;
    size_t segment;
    response_look_up(arena, to->service, &below, RESPONSE_OF_ANY, &kind, &segment, note_list,
                     &lists);
    if (lists.only.length > 0) {
        diag_suggest(check->diagnostics, d, lists.only);
    } else if (lists.names.length > 0) {
        diag_note(check->diagnostics, d, NULL, reference->range, "its lists are %.*s",
                  SLICE_ARG(builder_slice(&lists.names)));
    }
}
