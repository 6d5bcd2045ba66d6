/* Sentences of training and of choices: a list or one for each locale, with marked words. */
#include "base/ascii.h"
#include "base/builder.h"
#include "base/composed.h"
#include "base/utf8.h"
#include "language/model/load.h"

/* The length of `text` in UTF-16 units, in which the platform counts. */
static size_t utf16_length(struct slice text)
{
    size_t units = 0;
    for (size_t i = 0; i < text.length;) {
        size_t length;
        units += utf8_decode(slice_part(text, i, text.length), &length) >= 0x10000 ? 2 : 1;
        i += length;
    }
    return units;
}

/* `[Acme](companyName)` at `at`: its parts and its end; false when it is not that. */
static bool match_mark(struct slice text, size_t at, struct slice *words, struct slice *name,
                       size_t *end)
{
    size_t close = slice_find(text, "](", at);
    size_t finish = close != SIZE_MAX ? slice_find(text, ")", close) : SIZE_MAX;
    if (finish == SIZE_MAX || slice_find(text, "[", at + 1) < close) {
        return false;
    }
    *words = slice_part(text, at + 1, close);
    *name = slice_part(text, close + 2, finish);
    *end = finish + 1;
    return words->length > 0 && name->length > 0;
}

static struct sentence load_sentence(struct loader *loader, const struct node *node,
                                     struct slice locale, bool with_marks)
{
    struct sentence sentence = {.node = node, .locale = locale, .text = slice_trim(node->text)};
    if (!with_marks || slice_find(node->text, "](", 0) == SIZE_MAX) {
        return sentence;
    }
    struct builder out = builder_new(loader->arena);
    struct slice text = sentence.text;
    const struct mark **end_of_marks = &sentence.marks;
    for (size_t i = 0; i < text.length;) {
        struct slice words;
        struct slice name;
        size_t end;
        if (text.data[i] == '[' && match_mark(text, i, &words, &name, &end)) {
            struct mark *mark = arena_alloc(loader->arena, sizeof *mark);
            mark->start = utf16_length((struct slice){out.data, out.length});
            builder_add(&out, words);
            mark->end = utf16_length((struct slice){out.data, out.length});
            mark->words = words;
            mark->name = name;
            mark->range = passage_range(node, name);
            *end_of_marks = mark;
            end_of_marks = &mark->next;
            i = end;
        } else {
            builder_add_char(&out, text.data[i++]);
        }
    }
    sentence.text = arena_slice(loader->arena, builder_slice(&out));
    return sentence;
}

/* Sentences while they are added. */
struct sentence_list {
    struct sentence *items;
    size_t count;
};

static void add_list(struct loader *loader, struct sentence_list *sentences,
                     const struct node *list, struct slice locale, bool with_marks, bool borrowed)
{
    sentences->items = arena_grow(loader->arena, sentences->items, sentences->count,
                                  sentences->count + list->count, sizeof *sentences->items);
    for (size_t i = 0; i < list->count; i++) {
        struct sentence *sentence = &sentences->items[sentences->count++];
        *sentence = load_sentence(loader, list->items[i], locale, with_marks);
        sentence->borrowed = borrowed;
    }
}

/* True when a locale before that of the member `index` has the same list. */
static bool is_borrowed(const struct node *map, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (map->members[i].value == map->members[index].value) {
            return true;
        }
    }
    return false;
}

struct sentences load_sentences(struct loader *loader, const struct node *node, bool with_marks)
{
    struct sentence_list sentences = {0};
    if (node_is(node, NODE_SEQUENCE)) {
        add_list(loader, &sentences, node, loader->template->locales[0], with_marks, false);
    }
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        add_list(loader, &sentences, node->members[i].value, node->members[i].key->text, with_marks,
                 is_borrowed(node, i));
    }
    return (struct sentences){node, sentences.items, sentences.count};
}

struct slice template_sentence_key(struct arena *arena, struct slice locale, struct slice sentence)
{
    struct builder out = builder_new(arena);
    builder_add(&out, locale);
    builder_add_char(&out, '/');
    bool space = false;
    sentence = composed_text(arena, sentence);
    for (size_t i = 0; i < sentence.length; i++) {
        char c = sentence.data[i];
        if (c == ' ' || c == '\t' || c == '\n') {
            space = true;
            continue;
        }
        if (space) {
            builder_add_char(&out, ' ');
            space = false;
        }
        builder_add_char(&out, ascii_to_lower(c));
    }
    return builder_slice(&out);
}
