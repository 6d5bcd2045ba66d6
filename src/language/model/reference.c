/* The words of references, and their places. */
#include "language/model/reference.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "document/tree/passage.h"

struct slice reference_path(struct arena *arena, const struct reference *reference, size_t from)
{
    struct builder out = builder_new(arena);
    for (size_t i = from; i < reference->count; i++) {
        if (ascii_is_digit(reference->segments[i].data[0])) {
            builder_printf(&out, "[%.*s]", SLICE_ARG(reference->segments[i]));
        } else {
            builder_printf(&out, "%s%.*s", out.length > 0 ? "." : "",
                           SLICE_ARG(reference->segments[i]));
        }
    }
    return builder_slice(&out);
}

struct range reference_segment_range(const struct reference *reference, size_t index)
{
    struct range range = passage_range(reference->node, reference->segments[index]);
    bool inside = range.start >= reference->range.start && range.end <= reference->range.end;
    return inside ? range : reference->range;
}

struct slice reference_name(struct arena *arena, const struct reference *reference)
{
    return reference_path(arena, reference, 0);
}
