/* Finding a passage of a node's text again in the file. */
#include "document/tree/passage.h"

#include <stdint.h>

/* Each miss is a search to the text's end. */
#define MOST_MISSES 16

/* The length of the first line of a block scalar, `|-` or `>`, which is none of its text; or 0. */
static size_t header_length(struct slice written)
{
    bool is_block = written.length > 0 && (written.data[0] == '|' || written.data[0] == '>');
    size_t end = is_block ? slice_find(written, "\n", 0) : 0;
    return end != SIZE_MAX ? end : 0;
}

struct range passage_follow(struct passage_trail *trail, const struct node *node, struct slice part)
{
    struct slice written = slice_part(node->source->bytes, node->range.start, node->range.end);
    if (part.data < node->text.data || part.data > node->text.data + node->text.length ||
        part.length == 0 || trail->misses > MOST_MISSES) {
        return node->range;
    }
    size_t target = (size_t)(part.data - node->text.data);
    size_t quote = written.length > 0 && (written.data[0] == '"' || written.data[0] == '\'');
    size_t at = target + quote;
    bool literal = written.length == node->text.length + 2 * quote &&
                   part.length <= node->text.length - target &&
                   memcmp(written.data + at, part.data, part.length) == 0;
    if (!literal) {
        /* Escapes and folding move things: look for the same occurrence of the part's words. */
        size_t occurrence = 0;
        for (size_t i = trail->text; (i = slice_find_slice(node->text, part, i)) < target; i++) {
            occurrence++;
        }
        size_t header = header_length(written);
        at = slice_find_slice(written, part, trail->written > header ? trail->written : header);
        for (; at != SIZE_MAX && occurrence > 0; occurrence--) {
            at = slice_find_slice(written, part, at + 1);
        }
    }
    if (at == SIZE_MAX) {
        trail->misses++;
        return node->range;
    }
    trail->text = target + part.length;
    trail->written = at + part.length;
    uint32_t start = node->range.start + (uint32_t)at;
    return (struct range){start, start + (uint32_t)part.length};
}

struct range passage_range(const struct node *node, struct slice part)
{
    struct passage_trail trail = {0};
    return passage_follow(&trail, node, part);
}
