/* Reading and writing the state file. */
#include "build/incremental/state.h"

#include "base/builder.h"
#include "base/system.h"
#include "base/version.h"
#include "diag/diagnostic.h"

#define FORMAT 2 /* of the structures in state.h */

struct header {
    char magic[16];
    uint64_t checksum; /* of all that follows */
    uint64_t format;
    struct hash program;
    struct hash settings;
    uint64_t template_count, shared_count, use_count, unique_count, finding_count, text_length;
};

static const char magic[16] = "dialogc state\n";

/* Checksummed bytes begin here. */
#define CHECKED offsetof(struct header, format)

/* ---- the program ---- */

struct hash state_program(void)
{
    struct slice id = system_build_id();
    return hash_bytes(id.length > 0 ? id : slice_of(version_string()));
}

/* ---- reading ---- */

/* Takes `count` elements off `rest`; false when there are not so many. */
static bool take(struct slice *rest, uint64_t count, size_t size, const void **elements)
{
    if (count > rest->length / size) {
        return false;
    }
    *elements = rest->data;
    *rest = slice_part(*rest, (size_t)count * size, rest->length);
    return true;
}

static bool is_text(const struct state *state, struct state_text text)
{
    return text.at <= state->texts.length && text.length <= state->texts.length - text.at;
}

static bool is_part(uint32_t first, uint64_t count, size_t whole)
{
    return first <= whole && count <= whole - first;
}

/* The checksum is no proof against someone who writes such a file by hand. */
static bool is_consistent(const struct state *state)
{
    for (size_t i = 0; i < state->template_count; i++) {
        const struct state_template *t = &state->templates[i];
        if (!is_text(state, t->file.path) || !is_text(state, t->id) ||
            !is_part(t->first_use, t->use_count, state->use_count) ||
            !is_part(t->first_unique, (uint64_t)t->title_count + t->utterance_count,
                     state->unique_count) ||
            !is_part(t->first_finding, t->finding_count, state->finding_count)) {
            return false;
        }
    }
    for (size_t i = 0; i < state->finding_count; i++) {
        const struct state_finding *finding = &state->findings[i];
        if (!is_text(state, finding->message) || !is_text(state, finding->suggestion) ||
            finding->code >= CODE_COUNT || finding->kind >= STATE_FINDING_KIND_COUNT) {
            return false;
        }
    }
    for (size_t i = 0; i < state->shared_count; i++) {
        if (!is_text(state, state->shared[i].file.path) || !is_text(state, state->shared[i].name)) {
            return false;
        }
    }
    for (size_t i = 0; i < state->use_count; i++) {
        if (!is_text(state, state->uses[i].name)) {
            return false;
        }
    }
    return true;
}

const struct state *state_parse(struct arena *arena, struct slice bytes)
{
    struct header header;
    if (bytes.length < sizeof header) {
        return NULL;
    }
    memcpy(&header, bytes.data, sizeof header);
    if (memcmp(header.magic, magic, sizeof magic) != 0 || header.format != FORMAT ||
        !hash_equal(header.program, state_program()) ||
        hash_short(slice_part(bytes, CHECKED, bytes.length)) != header.checksum) {
        return NULL;
    }
    struct state *state = arena_alloc(arena, sizeof *state);
    struct slice rest = slice_part(bytes, sizeof header, bytes.length);
    const void *templates, *shared, *uses, *uniques, *findings;
    if (!take(&rest, header.template_count, sizeof *state->templates, &templates) ||
        !take(&rest, header.shared_count, sizeof *state->shared, &shared) ||
        !take(&rest, header.use_count, sizeof *state->uses, &uses) ||
        !take(&rest, header.unique_count, sizeof *state->uniques, &uniques) ||
        !take(&rest, header.finding_count, sizeof *state->findings, &findings) ||
        rest.length != header.text_length) {
        return NULL;
    }
    *state = (struct state){.settings = header.settings,
                            .templates = templates,
                            .shared = shared,
                            .uses = uses,
                            .uniques = uniques,
                            .findings = findings,
                            .texts = rest,
                            .template_count = (size_t)header.template_count,
                            .shared_count = (size_t)header.shared_count,
                            .use_count = (size_t)header.use_count,
                            .unique_count = (size_t)header.unique_count,
                            .finding_count = (size_t)header.finding_count};
    return is_consistent(state) ? state : NULL;
}

const struct state *state_read(struct arena *arena, const char *path)
{
    struct slice bytes;
    const char *reason;
    if (file_read(arena, path, STATE_BYTES_LIMIT, &bytes, &reason) != FILE_OK) {
        return NULL;
    }
    return state_parse(arena, bytes);
}

/* ---- writing ---- */

static void add(struct builder *out, const void *elements, size_t count, size_t size)
{
    builder_add(out, (struct slice){elements, count * size});
}

struct slice state_bytes(struct arena *arena, const struct state *state)
{
    struct header header = {.format = FORMAT,
                            .program = state_program(),
                            .settings = state->settings,
                            .template_count = state->template_count,
                            .shared_count = state->shared_count,
                            .use_count = state->use_count,
                            .unique_count = state->unique_count,
                            .finding_count = state->finding_count,
                            .text_length = state->texts.length};
    memcpy(header.magic, magic, sizeof magic);
    struct builder out = builder_new(arena);
    builder_reserve(&out, sizeof header + state->template_count * sizeof *state->templates +
                              state->shared_count * sizeof *state->shared +
                              state->use_count * sizeof *state->uses +
                              state->unique_count * sizeof *state->uniques +
                              state->finding_count * sizeof *state->findings + state->texts.length);
    add(&out, &header, 1, sizeof header);
    add(&out, state->templates, state->template_count, sizeof *state->templates);
    add(&out, state->shared, state->shared_count, sizeof *state->shared);
    add(&out, state->uses, state->use_count, sizeof *state->uses);
    add(&out, state->uniques, state->unique_count, sizeof *state->uniques);
    add(&out, state->findings, state->finding_count, sizeof *state->findings);
    builder_add(&out, state->texts);
    struct slice bytes = builder_slice(&out);
    header.checksum = hash_short(slice_part(bytes, CHECKED, bytes.length));
    memcpy((char *)(uintptr_t)bytes.data, &header, sizeof header);
    return bytes;
}

const struct state_shared *state_shared_at(const struct state *state, size_t index, uint64_t kind,
                                           struct slice path)
{
    if (state == NULL || index >= state->shared_count) {
        return NULL;
    }
    const struct state_shared *shared = &state->shared[index];
    bool is_it = shared->kind == kind && slice_equal(state_text(state, shared->file.path), path);
    return is_it ? shared : NULL;
}
