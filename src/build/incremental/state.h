/*
 * The state file of a project (.dialogc/state): what the last build has found out of every template
 * and of the files that templates share, so that the next one need not find it out again.
 *
 * The file is an image of the structures below, for one machine and one build of dialogc; texts
 * stand behind them. It is read whole or not at all: another program, another order of bytes, a bit
 * that has flipped, a file cut short give no state, and everything is compiled. It may be deleted
 * at any time.
 */
#ifndef DIALOGC_BUILD_INCREMENTAL_STATE_H
#define DIALOGC_BUILD_INCREMENTAL_STATE_H

#include "base/file.h"
#include "base/hash.h"

#define STATE_BYTES_LIMIT ((size_t)1 << 30)

/* A text of the state: see state_text. */
struct state_text {
    uint32_t at, length;
};

/* A file as it was when it was looked at. */
struct state_file {
    struct state_text path; /* in the folder of the project */
    struct file_stamp stamp;
    struct hash hash;
    uint64_t is_settled; /* no change since then can have left the stamp as it is */
};

/* A file that templates share, and what it defines. */
struct state_shared {
    struct state_file file;
    struct state_text name;
    uint64_t kind; /* enum input_kind */
};

/* A use of an input by name, and the hash of the file that defines it; zeros: no file does. */
struct state_use {
    struct hash hash;
    struct state_text name;
    uint64_t kind;
};

/* A title or an utterance. */
struct state_unique {
    uint64_t fingerprint;
    uint32_t start, end;
};

enum state_finding_kind {
    STATE_WARNING,
    STATE_NOTE,   /* these two belong to the warning before them */
    STATE_REMARK, /* a note without a place */
    STATE_FINDING_KIND_COUNT,
};

/* A warning in the file of a template, or a part of one: an error leaves no artifact. */
struct state_finding {
    struct state_text message, suggestion;
    uint32_t kind; /* enum state_finding_kind */
    uint32_t code; /* enum code; of a warning */
    uint32_t start, end;
};

/* A template that was compiled. */
struct state_template {
    struct state_file file;
    struct state_file artifact; /* its path follows from the identifier */
    struct state_text id;
    uint32_t id_start, id_end;
    uint32_t first_use, use_count;
    uint32_t first_unique, title_count, utterance_count; /* titles first */
    uint32_t is_imported;
    uint32_t first_finding, finding_count;
};

struct state {
    struct hash settings; /* of all else that the artifacts depend on */
    const struct state_template *templates;
    const struct state_shared *shared;
    const struct state_use *uses;
    const struct state_unique *uniques;
    const struct state_finding *findings;
    struct slice texts;
    size_t template_count, shared_count, use_count, unique_count, finding_count;
};

/* The state in the file `path`; NULL where there is none that can be trusted. */
const struct state *state_read(struct arena *arena, const char *path);

/* The state in `bytes`, which are aligned for any type; NULL when they are none. */
const struct state *state_parse(struct arena *arena, struct slice bytes);

/* The bytes of a state file. */
struct slice state_bytes(struct arena *arena, const struct state *state);

static inline struct slice state_text(const struct state *state, struct state_text text)
{
    return slice_part(state->texts, text.at, text.at + text.length);
}

/*
 * What the state, which may be NULL, knows of the shared file number `index`; NULL when that was
 * another one, or none.
 */
const struct state_shared *state_shared_at(const struct state *state, size_t index, uint64_t kind,
                                           struct slice path);

/* What identifies the program that runs: its build id, or else its version. */
struct hash state_program(void);

#endif
