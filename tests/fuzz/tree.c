/*
 * Fuzz target: the YAML writer. A tree is made of the bytes (each says what comes next), written as
 * the members of a document and as one line, and read again: both times it is the same tree.
 *
 * The target `yaml` writes only what the YAML reader can give; import writes whatever a JSON
 * document holds.
 */
#include "target.h"

#include "base/utf8.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "document/yaml/reader.h"
#include "document/yaml/writer.h"

/* Text that means something else without quotes, or that a literal block cannot hold. */
static const char *const phrases[] = {
    "",
    "~",
    "null",
    "true",
    "no",
    "0x1f",
    "1e3",
    ".inf",
    "12:30:00",
    "2026-01-15",
    "- a",
    "a: b",
    "a #b",
    "#b",
    "a\n b\n",
    "\n",
    " ",
    "\ta",
    "a\t",
    "a\r\nb",
    "a\n\n\nb\n",
    "%a",
    "@a",
    "`a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "?",
    ":",
    "-",
    "---",
    "...",
    "a\n---\nb",
    "[a",
    "{a",
    "}",
    ",",
    "'",
    "\"",
    "\\",
    "<<",
    "=",
    "\xc2\x85",
    "\xe2\x80\xa8",
    "\xef\xbb\xbf",
    "\x7f",
    "\x01",
    "\xf0\x9f\x98\x80",
    "  a\n b",
    "a\n\tb\n",
    "a \nb ",
};

enum { PHRASES = sizeof phrases / sizeof phrases[0], DEEPEST = 24, LONGEST = 40 };

static struct slice make_text(struct arena *arena, struct slice *bytes)
{
    uint8_t choice = fuzz_choice(bytes);
    if (choice < PHRASES) {
        return slice_of(phrases[choice]);
    }
    struct builder out = builder_new(arena);
    for (size_t left = choice % LONGEST + 1; left > 0 && bytes->length > 0; left--) {
        size_t length = utf8_sequence(*bytes);
        if (length == 0 || (bytes->data[0] == '\0')) {
            builder_add_text(&out, phrases[fuzz_choice(bytes) % PHRASES]);
        } else {
            builder_add(&out, slice_part(*bytes, 0, length));
            *bytes = slice_part(*bytes, length, bytes->length);
        }
    }
    return builder_slice(&out);
}

static struct node *make_tree(struct arena *arena, struct slice *bytes, size_t depth)
{
    uint8_t choice = fuzz_choice(bytes);
    struct node *made = NULL;
    size_t count = depth < DEEPEST ? choice / 8 % 6 : 0;
    switch (choice % 8) {
    case 0:
        made = arena_alloc(arena, sizeof *made);
        *made = (struct node){.kind = NODE_NULL};
        break;
    case 1:
        made = node_new_boolean(arena, choice & 8);
        break;
    case 2:
        made = node_new_integer(arena, (long long)choice * fuzz_choice(bytes) - 99);
        break;
    case 3:
    case 4:
        made = node_new_text(arena, make_text(arena, bytes));
        break;
    case 5:
        made = node_new_sequence(arena);
        for (size_t i = 0; i < count; i++) {
            node_append(arena, made, make_tree(arena, bytes, depth + 1));
        }
        break;
    case 6:
    case 7:
        made = node_new_mapping(arena);
        for (size_t i = 0; i < count; i++) {
            struct slice key = make_text(arena, bytes);
            node_set(arena, made, key, make_tree(arena, bytes, depth + 1));
        }
        break;
    }
    return made;
}

static void expect_same(struct arena *arena, const struct node *tree, const char *key,
                        struct slice text)
{
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    const struct node *read = yaml_read(arena, "t.yaml", text, &list, &source);
    if (read != NULL && key != NULL) {
        read = node_get(read, key);
    }
    if (read == NULL || !node_equal(tree, read)) {
        abort();
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    struct node *tree = node_new_mapping(arena);
    do {
        struct slice key = make_text(arena, &bytes);
        node_set(arena, tree, key, make_tree(arena, &bytes, 1));
    } while (bytes.length > 0 && tree->count < 20);
    struct builder members = builder_new(arena);
    struct builder line = builder_new(arena);
    yaml_write_members(&members, tree, 0, NULL);
    yaml_write_line(&line, SLICE("all"), tree, 0);
    expect_same(arena, tree, NULL, builder_slice(&members));
    expect_same(arena, tree, "all", builder_slice(&line));
}

FUZZ_TARGET(check)
