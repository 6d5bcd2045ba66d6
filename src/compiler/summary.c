/* Rules between templates. */
#include "compiler/summary.h"

#include "base/file.h"
#include "base/map.h"
#include "yaml/reader.h"

void summary_fill(struct summary *summary, struct arena *arena, const struct template *template)
{
    const struct sentences *utterances = &template->intent.utterances;
    summary->id = arena_slice(arena, template->id);
    summary->imported = template->imported != NULL;
    summary->id_range = template->id_node->range;
    summary->titles = arena_alloc_array(arena, template->title.count, sizeof *summary->titles);
    summary->title_count = template->title.count;
    for (size_t i = 0; i < template->title.count; i++) {
        const struct text_variant *title = &template->title.variants[i];
        struct slice locale = title->locale.length > 0 ? title->locale : template->locales[0];
        summary->titles[i].text = arena_slice(arena, text_fixed(&title->text));
        summary->titles[i].key = sentence_key(arena, locale, text_fixed(&title->text));
        summary->titles[i].range = title->text.node->range;
    }
    summary->utterances = arena_alloc_array(arena, utterances->count, sizeof *summary->utterances);
    summary->utterance_count = utterances->count;
    for (size_t i = 0; i < utterances->count; i++) {
        const struct sentence *sentence = &utterances->items[i];
        summary->utterances[i].text = arena_slice(arena, sentence->text);
        summary->utterances[i].key = sentence_key(arena, sentence->locale, sentence->text);
        summary->utterances[i].range = sentence->node->range;
    }
}

struct checker {
    struct arena *arena;
    struct slice standard_input;
    struct map sources; /* path to struct source */
};

static const struct source *source_of(struct checker *checker, const char *path)
{
    const struct source *known = map_get(&checker->sources, slice_of(path));
    if (known != NULL) {
        return known;
    }
    struct slice bytes = SLICE("");
    const char *reason;
    bool is_stdin = strcmp(path, "-") == 0;
    if (is_stdin) {
        bytes = checker->standard_input;
    } else if (file_read(checker->arena, path, YAML_BYTES_LIMIT, &bytes, &reason) != FILE_OK) {
        bytes = SLICE("");
    }
    if (slice_starts_with(bytes, "\xEF\xBB\xBF")) {
        bytes = slice_part(bytes, 3, bytes.length);
    }
    struct source *source = source_new(checker->arena, is_stdin ? "<stdin>" : path, bytes);
    map_add(&checker->sources, slice_of(path), source);
    return source;
}

/* Who has taken a text. */
struct owner {
    const struct summary *summary;
    struct range range;
};

static void take(struct checker *checker, struct map *taken, struct summary *summary,
                 struct slice key, struct range range, enum code code, const char *what,
                 struct slice text)
{
    struct owner *owner = arena_alloc(checker->arena, sizeof *owner);
    *owner = (struct owner){summary, range};
    const struct owner *first = map_add(taken, key, owner);
    if (first == NULL || first->summary == summary) {
        return;
    }
    struct diagnostic *d =
        diag_report(&summary->diagnostics, code, source_of(checker, summary->path), range,
                    "%s `%.*s` belongs to another template already", what, SLICE_ARG(text));
    diag_note(&summary->diagnostics, d, source_of(checker, first->summary->path), first->range,
              "it is taken here");
    if (summary->imported && code == E0505) {
        diag_weaken(&summary->diagnostics, d);
    }
}

void summaries_check(struct arena *arena, struct summary *summaries, size_t count,
                     struct slice standard_input)
{
    struct checker checker = {arena, standard_input, map_new(arena)};
    struct map ids = map_new(arena);
    struct map titles = map_new(arena);
    struct map utterances = map_new(arena);
    for (size_t i = 0; i < count; i++) {
        struct summary *s = &summaries[i];
        if (s->id.length == 0) {
            continue;
        }
        take(&checker, &ids, s, s->id, s->id_range, E0510, "the identifier", s->id);
        for (size_t j = 0; j < s->title_count; j++) {
            const struct unique_text *title = &s->titles[j];
            take(&checker, &titles, s, title->key, title->range, E0510, "the title", title->text);
        }
        for (size_t j = 0; j < s->utterance_count; j++) {
            const struct unique_text *sentence = &s->utterances[j];
            take(&checker, &utterances, s, sentence->key, sentence->range, E0505, "the utterance",
                 sentence->text);
        }
    }
}
