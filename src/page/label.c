/* The words of a line, as short as a line is. */
#include "base/utf8.h"
#include "page/canvas.h"

/* Longer words are cut; the panel of the node has all of them. */
#define LABEL_CHARACTERS 27

/* The end of a path that says most: "statusCode", "names.length". */
static struct slice last_names(struct slice path)
{
    size_t start = 0, before = 0;
    for (size_t i = 0; i < path.length; i++) {
        if (path.data[i] == '.') {
            before = start;
            start = i + 1;
        }
    }
    struct slice last = slice_part(path, start, path.length);
    return slice_is(last, "length") ? slice_part(path, before, path.length) : last;
}

struct slice canvas_short_words(struct arena *arena, struct slice words)
{
    struct builder out = builder_new(arena);
    struct slice part;
    size_t number = 0;
    if (words.length <= LABEL_CHARACTERS) {
        return words;
    }
    for (size_t at = 0; slice_next_part(words, '`', &at, &part); number++) {
        bool is_name = number % 2 == 1;
        builder_add_text(&out, number > 0 ? "`" : "");
        builder_add(&out, is_name ? last_names(part) : part);
    }
    return builder_slice(&out);
}

struct slice canvas_label(struct arena *arena, struct slice words)
{
    struct builder out = builder_new(arena);
    struct slice shortened = canvas_short_words(arena, words);
    size_t characters = 0;
    for (size_t at = 0; at < shortened.length;) {
        size_t length = utf8_sequence(slice_part(shortened, at, shortened.length));
        length = length > 0 ? length : 1;
        if (shortened.data[at] != '`' && characters++ == LABEL_CHARACTERS) {
            builder_add_text(&out, "…");
            break;
        }
        if (shortened.data[at] != '`') {
            builder_add(&out, slice_part(shortened, at, at + length));
        }
        at += length;
    }
    return builder_slice(&out);
}
