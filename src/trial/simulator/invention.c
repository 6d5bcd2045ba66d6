/* The paths are looked for in all texts of the dialog: scripts, messages, conditions, requests. */
#include "trial/simulator/invention.h"

#include "base/ascii.h"
#include "base/percent.h"
#include "document/tree/build.h"

/* A path is cut after so many bytes, percent-encoded, and after so many keys. */
#define PATH_LIMIT 400
#define KEY_LIMIT  12

struct key {
    struct slice name; /* empty: an element of a list */
};

struct search {
    struct arena *arena;
    struct slice mark; /* "NAME.response.body" */
    struct node *body; /* NULL: nothing yet */
};

/* Methods that only lists have; other methods are those of texts. */
static bool is_list_method(struct slice name)
{
    static const char *const methods[] = {"length",  "forEach", "map",    "filter", "find", "push",
                                          "reduce",  "some",    "every",  "join",   "sort", "slice",
                                          "entries", "flatMap", "concat", "pop",    "shift"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (slice_is(name, methods[i])) {
            return true;
        }
    }
    return false;
}

/* The next key of `path` from `*at` on; false at its end. */
static bool take_key(struct slice path, size_t *at, struct key *key)
{
    size_t start = *at;
    if (start + 1 < path.length && path.data[start] == '?' && path.data[start + 1] == '.') {
        start++;
    }
    if (start < path.length && path.data[start] == '[') {
        size_t end = slice_find(path, "]", start);
        struct slice inner = end < path.length ? slice_part(path, start + 1, end) : SLICE("");
        bool quoted = inner.length > 2 && strchr("'\"", inner.data[0]) != NULL;
        key->name = quoted ? slice_part(inner, 1, inner.length - 1) : SLICE("");
        *at = end + 1;
        return inner.length > 0;
    }
    if (start >= path.length || path.data[start] != '.') {
        return false;
    }
    size_t end = ++start;
    while (end < path.length && (ascii_is_word(path.data[end]) || path.data[end] == '$')) {
        end++;
    }
    key->name = slice_part(path, start, end);
    *at = end;
    return end > start;
}

/* The value that has a value at `keys`: what is there already stays. */
static struct node *grow(struct arena *arena, struct node *value, const struct key *keys,
                         size_t count)
{
    if (count == 0) {
        return value != NULL ? value : node_new_text(arena, SLICE("Example"));
    }
    if (keys[0].name.length == 0) {
        bool is_list = value != NULL && node_length(value) > 0;
        struct node *list = node_new_sequence(arena);
        node_append(arena, list,
                    grow(arena, is_list ? value->items[0] : NULL, keys + 1, count - 1));
        return list;
    }
    struct node *object = node_is(value, NODE_MAPPING) ? value : node_new_mapping(arena);
    struct member *member = node_member(object, keys[0].name);
    node_set(arena, object, keys[0].name,
             grow(arena, member != NULL ? member->value : NULL, keys + 1, count - 1));
    return object;
}

/* `path` is what follows the mark: ".items.forEach(function (item) …" */
static void add_path(struct search *search, struct slice path)
{
    struct key keys[KEY_LIMIT];
    size_t count = 0;
    size_t at = 0;
    while (count < KEY_LIMIT && take_key(path, &at, &keys[count])) {
        count++;
    }
    bool is_call = at < path.length && path.data[at] == '(';
    if (count > 0 && is_list_method(keys[count - 1].name)) {
        keys[count - 1].name = SLICE(""); /* an element */
    } else if (is_call && count > 0) {
        count--;
    }
    if (count > 0) {
        search->body = grow(search->arena, search->body, keys, count);
    }
}

static void look_at_text(struct search *search, struct slice text)
{
    const char *mark = search->mark.data;
    for (size_t at = slice_find(text, mark, 0); at < text.length;
         at = slice_find(text, mark, at + 1)) {
        size_t start = at + search->mark.length;
        size_t end = text.length - start > PATH_LIMIT ? start + PATH_LIMIT : text.length;
        for (size_t cut = 1; cut <= 2 && end < text.length; cut++) {
            if (text.data[end - cut] == '%') {
                end -= cut; /* not in the middle of an escape */
            }
        }
        add_path(search, percent_decode_text(search->arena, slice_part(text, start, end)));
    }
}

static void look_at(struct search *search, const struct node *value)
{
    if (node_is(value, NODE_STRING)) {
        look_at_text(search, value->text);
    }
    for (size_t i = 0; node_is(value, NODE_MAPPING) && i < value->count; i++) {
        look_at(search, value->members[i].value);
    }
    for (size_t i = 0; i < node_length(value); i++) {
        look_at(search, value->items[i]);
    }
}

static void visit(void *context, const struct program_node *node)
{
    look_at(context, node->component);
    look_at(context, node_get(node->stub, "transitions"));
}

struct node *invention_body(struct arena *arena, const struct program_dialog *dialog,
                            struct slice name)
{
    struct search search = {.arena = arena,
                            .mark = arena_printf(arena, "%.*s.response.body", SLICE_ARG(name))};
    program_visit(dialog, visit, &search);
    return search.body != NULL ? search.body : node_new_mapping(arena);
}
