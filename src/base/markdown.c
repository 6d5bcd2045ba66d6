#include "base/markdown.h"

#include "base/ascii.h"

enum { SHORTEST_FENCE = 3 };

/* Every sign of ASCII may have a backslash before it. */
void markdown_add_text(struct builder *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool sign = c > ' ' && c < 0x7F && !ascii_is_word((char)c);
        builder_add_text(out, sign || c == '_' ? "\\" : "");
        builder_add_char(out, c < ' ' ? ' ' : (char)c);
    }
}

static size_t longest_run(struct slice text, char c)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.length; i++) {
        run = text.data[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_fence(struct builder *out, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        builder_add_char(out, '`');
    }
}

void markdown_add_block(struct builder *out, const char *language, struct slice lines)
{
    size_t inside = longest_run(lines, '`');
    size_t length = inside < SHORTEST_FENCE ? SHORTEST_FENCE : inside + 1;
    add_fence(out, length);
    builder_printf(out, "%s\n", language);
    builder_add(out, lines);
    add_fence(out, length);
    builder_add_char(out, '\n');
}
