/*
 * dialogc-phrases OUTPUT languages/en.yaml languages/…: writes the table of phrases (phrase.h) as a
 * C source. Run by the build. A file must have each phrase once, with the places that it has in
 * phrases.def, and no other; what is wrong is said with its line, and ends the build.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/builder.h"
#include "base/file.h"
#include "base/suggestion.h"
#include "document/yaml/reader.h"
#include "language/model/phrase.h"

/* Files are short. */
#define BYTES_LIMIT ((size_t)1024 * 1024)

static const struct {
    const char *key;
    const char *places;
} rows[] = {
#define PHRASE(kind, key, places) {key, places},
#include "language/model/phrases.def"
#undef PHRASE
};

struct preparation {
    struct arena *arena;
    struct builder texts; /* the bytes of all phrases */
    size_t length;        /* how many there are */
    struct builder table; /* of the languages */
    size_t mistakes;
};

static void complain(struct preparation *p, const struct node *place, struct slice what)
{
    struct position position = source_position(place->source, place->range.start);
    fprintf(stderr, "%s:%zu: %.*s\n", place->source->path, position.line, SLICE_ARG(what));
    p->mistakes++;
}

/* ---- checks ---- */

/* Each of the places in `list` is once in `text`. */
static void check_places(struct preparation *p, const struct node *node, struct slice list)
{
    struct slice literal;
    struct slice place;
    for (size_t at = 0; phrase_next(list, &at, &literal, &place);) {
        size_t count = 0;
        struct slice other;
        for (size_t i = 0; phrase_next(node->text, &i, &literal, &other);) {
            count += slice_equal(other, place);
        }
        if (count != 1) {
            complain(
                p, node,
                arena_printf(p->arena, "this sentence must have `{%.*s}` once", SLICE_ARG(place)));
        }
    }
    for (size_t i = 0; phrase_next(node->text, &i, &literal, &place);) {
        if (place.length > 0 &&
            slice_find(list, arena_printf(p->arena, "{%.*s}", SLICE_ARG(place)).data, 0) ==
                SIZE_MAX) {
            complain(
                p, node,
                arena_printf(p->arena, "nothing is put in for `{%.*s}` here", SLICE_ARG(place)));
        }
    }
}

static void check_keys(struct preparation *p, const struct node *root)
{
    for (size_t i = 0; i < root->count; i++) {
        const struct node *key = root->members[i].key;
        struct suggestion near = suggestion_new(key->text);
        bool known = false;
        for (size_t j = 0; j < PHRASE_COUNT; j++) {
            known = known || slice_is(key->text, rows[j].key);
            suggestion_offer(&near, slice_of(rows[j].key));
        }
        if (!known) {
            complain(p, key,
                     near.best.length > 0
                         ? arena_printf(p->arena, "unknown sentence `%.*s`; did you mean `%.*s`?",
                                        SLICE_ARG(key->text), SLICE_ARG(near.best))
                         : arena_printf(p->arena, "unknown sentence `%.*s`", SLICE_ARG(key->text)));
        }
    }
}

/* ---- writing ---- */

/* As bytes, so that no character means something to the C compiler. */
static void write_text(struct preparation *p, struct slice text)
{
    builder_printf(&p->table, "%zu, ", p->length);
    for (size_t i = 0; i < text.length; i++) {
        /* a constant of a character is one on machines where char has a sign, and on others */
        builder_printf(&p->texts, "'\\x%02x',", (unsigned char)text.data[i]);
    }
    builder_add_text(&p->texts, "0,\n");
    p->length += text.length + 1;
}

static void write_phrases(struct preparation *p, const struct node *root)
{
    for (size_t i = 0; i < PHRASE_COUNT; i++) {
        const struct node *text = node_get(root, rows[i].key);
        if (text == NULL) {
            complain(p, root, arena_printf(p->arena, "the sentence `%s` is missing", rows[i].key));
        } else if (text->kind != NODE_STRING || text->text.length == 0) {
            complain(p, text, SLICE("this must be text"));
        } else {
            check_places(p, text, slice_of(rows[i].places));
            write_text(p, text->text);
        }
    }
}

/* "pt_BR" of "languages/pt_BR.yaml" */
static struct slice locale_of(const char *path)
{
    struct slice name = slice_of(path);
    for (size_t i = 0; i < name.length;) {
        i++;
        if (name.data[i - 1] == '/') {
            name = slice_part(name, i, name.length);
            i = 0;
        }
    }
    return slice_part(name, 0, slice_find(name, ".", 0));
}

static void add_language(struct preparation *p, const char *path)
{
    struct slice bytes;
    const char *reason;
    struct source *source;
    struct diagnostics mistakes = diagnostics_new(p->arena);
    if (file_read(p->arena, path, BYTES_LIMIT, &bytes, &reason) != FILE_OK) {
        fprintf(stderr, "%s: cannot be read\n", path);
        p->mistakes++;
        return;
    }
    const struct node *root = yaml_read(p->arena, path, bytes, &mistakes, &source);
    for (const struct diagnostic *d = mistakes.first; d != NULL; d = d->next) {
        struct position position = source_position(d->source, d->range.start);
        fprintf(stderr, "%s:%zu: %.*s\n", path, position.line, SLICE_ARG(d->message));
        p->mistakes++;
    }
    if (root == NULL || root->kind != NODE_MAPPING) {
        fprintf(stderr, "%s: this is not a mapping of sentences\n", path);
        p->mistakes++;
        return;
    }
    check_keys(p, root);
    builder_printf(&p->table, "    {\"%.*s\", {", SLICE_ARG(locale_of(path)));
    write_phrases(p, root);
    builder_add_text(&p->table, "}},\n");
}

static bool write_file(struct slice source, const char *path)
{
    FILE *file = fopen(path, "w");
    bool written = file != NULL && fwrite(source.data, 1, source.length, file) == source.length;
    if (file == NULL || fclose(file) != 0 || !written) {
        fprintf(stderr, "%s: cannot be written\n", path);
        return false;
    }
    return true;
}

static bool prepare(struct arena *arena, const char *output, char **paths, size_t count)
{
    struct preparation p = {
        .arena = arena, .texts = builder_new(arena), .table = builder_new(arena)};
    for (size_t i = 0; i < count; i++) {
        add_language(&p, paths[i]);
    }
    struct slice texts = builder_slice(&p.texts);
    struct slice table = builder_slice(&p.table);
    struct slice source = arena_printf(arena,
                                       "/* Made by dialogc-phrases. */\n"
                                       "#include \"language/model/phrase.h\"\n\n"
                                       "const char phrase_texts[] = {\n%.*s};\n\n"
                                       "const struct phrase_language phrase_languages[] = {\n"
                                       "%.*s    {{0}, {0}},\n};\n",
                                       SLICE_ARG(texts), SLICE_ARG(table));
    return p.mistakes == 0 && write_file(source, output);
}

int main(int count, char **arguments)
{
    struct arena arena;
    jmp_buf recovery;
    if (count < 3) {
        fprintf(stderr, "usage: dialogc-phrases OUTPUT ENGLISH LANGUAGE...\n");
        return 2;
    }
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        fprintf(stderr, "dialogc-phrases: out of memory\n");
        return 1;
    }
    bool done = prepare(&arena, arguments[1], arguments + 2, (size_t)count - 2);
    arena_free(&arena);
    return done ? 0 : 1;
}
