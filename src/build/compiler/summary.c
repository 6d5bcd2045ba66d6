/* Rules between templates. */
#include "build/compiler/summary.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "document/yaml/reader.h"

/* What a file has at a place; empty where the file has become shorter. */
static struct slice text_at(const struct source *source, struct range range)
{
    bool has_place = range.start <= range.end && range.end <= source->bytes.length;
    return has_place ? slice_part(source->bytes, range.start, range.end) : SLICE("");
}

/*
 * A text that must be unique among those of its locale. Hardly any is ever shown: those that are in
 * the file as they are need not be kept.
 */
static struct unique_text unique(struct arena *arena, const struct template *template,
                                 struct slice locale, struct slice text, const struct node *node)
{
    const struct source *source = template->id_node->source;
    bool is_written = node->source == source && slice_equal(text, text_at(source, node->range));
    return (struct unique_text){
        .fingerprint = hash_short(template_sentence_key(arena, locale, text)),
        .text = is_written ? (struct slice){NULL, 0} : arena_slice(arena, text),
        .range = node->range};
}

void summary_fill(struct summary *summary, struct arena *arena, const struct template *template)
{
    const struct sentences *utterances = &template->intent.utterances;
    summary->id = arena_slice(arena, template->id);
    summary->imported = template->imported != NULL;
    summary->id_range = template->id_node->range;
    summary->own_locale_count = node_length(template->own_locales);
    summary->own_locales =
        arena_alloc_array(arena, summary->own_locale_count, sizeof *summary->own_locales);
    for (size_t i = 0; i < summary->own_locale_count; i++) {
        summary->own_locales[i] = arena_slice(arena, template->own_locales->items[i]->text);
    }
    summary->titles = arena_alloc_array(arena, template->title.count, sizeof *summary->titles);
    for (size_t i = 0; i < template->title.count; i++) {
        const struct text_variant *title = &template->title.variants[i];
        struct slice locale = title->locale.length > 0 ? title->locale : template->locales[0];
        if (!title->borrowed) {
            summary->titles[summary->title_count++] =
                unique(arena, template, locale, text_fixed(&title->text), title->text.node);
        }
    }
    summary->utterances = arena_alloc_array(arena, utterances->count, sizeof *summary->utterances);
    for (size_t i = 0; i < utterances->count; i++) {
        const struct sentence *sentence = &utterances->items[i];
        if (!sentence->borrowed) {
            summary->utterances[summary->utterance_count++] =
                unique(arena, template, sentence->locale, sentence->text, sentence->node);
        }
    }
}

static struct unique_text *copy_texts(struct arena *arena, const struct unique_text *texts,
                                      size_t count)
{
    struct unique_text *copies = arena_alloc_array(arena, count, sizeof *copies);
    for (size_t i = 0; i < count; i++) {
        copies[i] = texts[i];
        if (texts[i].text.data != NULL) {
            copies[i].text = arena_slice(arena, texts[i].text);
        }
    }
    return copies;
}

struct summary summary_copy(struct arena *arena, const struct summary *summary)
{
    struct summary copy = *summary;
    copy.path = arena_copy(arena, slice_of(summary->path));
    copy.id = arena_slice(arena, summary->id);
    copy.broken_id = arena_slice(arena, summary->broken_id);
    copy.titles = copy_texts(arena, summary->titles, summary->title_count);
    copy.utterances = copy_texts(arena, summary->utterances, summary->utterance_count);
    copy.own_locales = arena_alloc_array(arena, copy.own_locale_count, sizeof *copy.own_locales);
    for (size_t i = 0; i < copy.own_locale_count; i++) {
        copy.own_locales[i] = arena_slice(arena, summary->own_locales[i]);
    }
    copy.failure = arena_slice(arena, summary->failure);
    copy.artifact = SLICE("");
    copy.diagnostics = diagnostics_new(arena);
    copy.between = diagnostics_new(arena);
    diagnostics_copy(&copy.diagnostics, &summary->diagnostics);
    return copy;
}

struct checker {
    struct arena *arena;
    const struct given_inputs *given;
    struct map sources; /* path to struct source */
};

static const struct source *source_of(struct checker *checker, struct summary *summary)
{
    const char *path = summary->path;
    const struct source *known = map_get(&checker->sources, slice_of(path));
    if (known != NULL) {
        return known;
    }
    struct slice bytes = SLICE("");
    const char *reason;
    bool is_stdin = strcmp(path, "-") == 0;
    if (!given_find(checker->given, path, &bytes)) {
        enum file_status status =
            file_read(checker->arena, path, YAML_BYTES_LIMIT, &bytes, &reason);
        if (status == FILE_FAILED) {
            summary->failure = arena_printf(checker->arena, "cannot read %s: %s", path, reason);
        }
        bytes = status == FILE_OK ? bytes : SLICE("");
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
    struct summary *summary;
    struct range range;
};

/* Texts of one kind, by their fingerprints: open addressing, at most half full. */
struct taken {
    uint64_t *fingerprints; /* 0: free */
    struct owner *owners;
    size_t mask;
};

static struct taken taken_new(struct arena *arena, size_t count)
{
    size_t capacity = 16;
    while (capacity < count * 2) {
        capacity *= 2;
    }
    return (struct taken){arena_alloc_array(arena, capacity, sizeof(uint64_t)),
                          arena_alloc_array(arena, capacity, sizeof(struct owner)), capacity - 1};
}

/* The owner of a text: the one who has it already, or from now on `summary`. */
static struct owner *take(struct taken *taken, struct summary *summary, uint64_t fingerprint,
                          struct range range)
{
    size_t at = (size_t)fingerprint & taken->mask;
    while (taken->fingerprints[at] != 0 && taken->fingerprints[at] != fingerprint) {
        at = (at + 1) & taken->mask;
    }
    if (taken->fingerprints[at] == 0) {
        taken->fingerprints[at] = fingerprint;
        taken->owners[at] = (struct owner){summary, range};
    }
    return &taken->owners[at];
}

/* A text that `summary` shares with one before it. */
static void report(struct checker *checker, const struct owner *first, struct summary *summary,
                   const struct unique_text *taken, enum code code, const char *what)
{
    const struct source *source = source_of(checker, summary);
    struct slice text = taken->text.data != NULL ? taken->text : text_at(source, taken->range);
    struct diagnostic *d =
        diag_report(&summary->between, code, source, taken->range,
                    "another template already has %s `%.*s`", what, SLICE_ARG(text));
    diag_note(&summary->between, d, source_of(checker, first->summary), first->range,
              "the other one is here");
    if (summary->imported && code == E0505) {
        diag_weaken(&summary->between, d);
    }
}

struct rules {
    struct checker checker;
    struct taken ids, titles, utterances;
    bool reports; /* else it only looks whether summaries of an earlier run are concerned */
    bool any_from_state;
};

static void apply(struct rules *rules, struct taken *taken, struct summary *summary,
                  const struct unique_text *text, enum code code, const char *what)
{
    const struct owner *first = take(taken, summary, text->fingerprint, text->range);
    if (first->summary == summary) {
        return;
    }
    if (rules->reports) {
        report(&rules->checker, first, summary, text, code, what);
    } else if (summary->from_state || first->summary->from_state) {
        summary->from_state = first->summary->from_state = false;
        rules->any_from_state = true;
    }
}

static void apply_all(struct rules *rules, struct summary *summaries, size_t count)
{
    struct arena *arena = rules->checker.arena;
    size_t titles = 0, utterances = 0;
    for (size_t i = 0; i < count; i++) {
        titles += summaries[i].title_count;
        utterances += summaries[i].utterance_count;
    }
    rules->ids = taken_new(arena, count);
    rules->titles = taken_new(arena, titles);
    rules->utterances = taken_new(arena, utterances);
    for (size_t i = 0; i < count; i++) {
        struct summary *s = &summaries[i];
        if (s->id.length == 0) {
            continue;
        }
        struct unique_text id = {hash_short(s->id), s->id, s->id_range};
        apply(rules, &rules->ids, s, &id, E0510, "the identifier");
        for (size_t j = 0; j < s->title_count; j++) {
            apply(rules, &rules->titles, s, &s->titles[j], E0510, "the title");
        }
        for (size_t j = 0; j < s->utterance_count; j++) {
            apply(rules, &rules->utterances, s, &s->utterances[j], E0505, "the utterance");
        }
    }
}

bool summaries_need_texts(struct arena *arena, struct summary *summaries, size_t count)
{
    struct rules rules = {.checker = {.arena = arena}};
    for (size_t i = 0; i < count; i++) {
        if (summaries[i].from_state) {
            apply_all(&rules, summaries, count);
            break;
        }
    }
    return rules.any_from_state;
}

void summaries_check(struct arena *arena, struct summary *summaries, size_t count,
                     const struct given_inputs *given)
{
    struct rules rules = {.checker = {arena, given, map_new(arena)}, .reports = true};
    apply_all(&rules, summaries, count);
}
