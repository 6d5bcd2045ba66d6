/*
 * Literal credentials in a file of any kind. The text is searched as it is written, so that
 * comments, keys and scripts are no different from values; the tree says what the text alone does
 * not: which key a value belongs to, and what escapes mean.
 */
#include "language/check/check.h"

#include <stdint.h>

#include "base/file.h"
#include "diag/secret.h"

/* What is said of the values of a part of the file, besides what holds for all text. */
enum part {
    PART_ANY = 0,
    PART_NAMED = 1,  /* any text is a credential at a key that is named like one */
    PART_RANDOM = 2, /* long random text is a credential: nothing else is of that form there */
};

/* A credential in the text. */
struct hit {
    struct range range;
    bool covered; /* a value has been reported that it is in */
};

struct search {
    struct diagnostics *diagnostics;
    const struct source *source;
    bool valid;       /* a key is what it seems to be */
    struct hit *hits; /* in the order of the text */
    size_t count;
};

static void find_hits(struct search *search)
{
    struct arena *arena = search->diagnostics->arena;
    struct secret_scan scan = secret_scan_credentials(search->source->bytes);
    struct secret found;
    while (secret_next_credential(&scan, &found)) {
        struct range range = {(uint32_t)found.start, (uint32_t)found.end};
        search->hits = arena_append(arena, search->hits, search->count, sizeof *search->hits);
        search->hits[search->count++] = (struct hit){range, false};
    }
}

/* ---- reporting ---- */

static void report(struct search *search, struct range range, struct slice key, struct slice text)
{
    struct diagnostics *list = search->diagnostics;
    struct diagnostic *d = key.length > 0
                               ? diag_report(list, E0701, search->source, range,
                                             "`%.*s` contains a literal credential", SLICE_ARG(key))
                               : diag_report(list, E0701, search->source, range,
                                             "this looks like a literal credential");
    source_mask(list->arena, search->source, range, text);
    diag_note(list, d, NULL, range,
              "templates are committed and shared; use an auth profile, or an environment "
              "variable: `${env.NAME}`");
}

/* Marks what was found in the text of a value that is reported as a whole. */
static void cover(struct search *search, struct range range)
{
    size_t low = 0;
    size_t high = search->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (search->hits[middle].range.end <= range.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < search->count && search->hits[low].range.start < range.end; low++) {
        search->hits[low].covered = true;
    }
}

static void report_node(struct search *search, const struct node *node, struct slice key)
{
    if (!source_has_mask(search->source, node->range)) {
        report(search, node->range, key, node->text);
    }
    cover(search, node->range);
}

static void report_hits(struct search *search)
{
    for (size_t i = 0; i < search->count; i++) {
        const struct hit *hit = &search->hits[i];
        if (!hit->covered && !source_has_mask(search->source, hit->range)) {
            report(search, hit->range, SLICE(""), SLICE(""));
        }
    }
}

/* ---- values ---- */

static bool has_reference(struct slice text)
{
    return slice_find(text, "${", 0) != SIZE_MAX || slice_find(text, "{{", 0) != SIZE_MAX;
}

/* True when the text has escapes, so that it is not in the file as it is. */
static bool is_escaped(const struct node *node)
{
    size_t written = node->range.end - node->range.start;
    return written > 0 && node->source->bytes.data[node->range.start] == '"' &&
           written != node->text.length + 2;
}

/* `https://name:password@…`, or only one of them. */
static bool has_user(struct slice url)
{
    size_t scheme = slice_find(url, "://", 0);
    size_t at = scheme == SIZE_MAX ? url.length : scheme + 3;
    while (at < url.length && strchr("/?#@", url.data[at]) == NULL) {
        at++;
    }
    return at < url.length && url.data[at] == '@';
}

static void look_at_text(struct search *search, const struct node *node, struct slice key,
                         unsigned part)
{
    struct slice text = node->text;
    bool named = search->valid && (part & PART_NAMED) != 0 && text.length > 0 &&
                 secret_is_named(key) && !has_reference(text);
    if (named || (key.length > 0 && secret_is_at(key, text))) {
        report_node(search, node, key);
        return;
    }
    bool random = (part & PART_RANDOM) != 0 && secret_is_random(text) && !secret_is_public(key);
    bool user = (part & PART_NAMED) != 0 && slice_is(key, "url") && has_user(text);
    if (random || user || (is_escaped(node) && secret_is_likely(text))) {
        report_node(search, node, SLICE(""));
    }
}

/* The key of `value: …` in a list of names and values. */
static struct slice key_of(const struct node *mapping, const struct member *member)
{
    struct slice key = member->key->text;
    if (!slice_is(key, "value")) {
        return key;
    }
    struct slice name = node_text(mapping, "name");
    struct slice other = node_text(mapping, "key");
    return other.length > 0 ? other : name.length > 0 ? name : key;
}

static void look_at_node(struct search *search, const struct node *node, struct slice key,
                         unsigned part)
{
    switch (node->kind) {
    case NODE_STRING:
        look_at_text(search, node, key, part);
        break;
    case NODE_SEQUENCE:
        for (size_t i = 0; i < node->count; i++) {
            look_at_node(search, node->items[i], SLICE(""), part);
        }
        break;
    case NODE_MAPPING:
        for (size_t i = 0; i < node->count; i++) {
            const struct member *member = &node->members[i];
            struct slice own = key_of(node, member);
            bool request =
                (part & PART_NAMED) != 0 && (slice_is(own, "headers") || slice_is(own, "query"));
            look_at_node(search, member->value, own, request ? part | PART_RANDOM : part);
        }
        break;
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_INTEGER:
    case NODE_FLOAT:
        break;
    }
}

/* The values of names that are the author's own: the names say nothing. */
static void look_below(struct search *search, const struct node *node, unsigned part)
{
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        look_at_node(search, node->members[i].value, SLICE(""), part);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        look_at_node(search, node->items[i], SLICE(""), part);
    }
}

static void look_at_part(struct search *search, const struct member *member)
{
    static const char *const named[] = {"messages", "flow", "entities", NULL};
    struct slice key = member->key->text;
    const struct node *value = member->value;
    if (slice_is(key, "services")) {
        look_at_node(search, value, SLICE(""), PART_NAMED);
    } else if (slice_is(key, "variables") && node_is(value, NODE_MAPPING)) {
        const struct node *content = node_get(value, "content");
        const struct node *env = node_get(value, "env");
        if (content != NULL) {
            look_at_node(search, content, SLICE(""), PART_NAMED | PART_RANDOM);
        }
        if (env != NULL) {
            look_at_node(search, env, SLICE(""), PART_RANDOM);
        }
    } else if (slice_is_any(key, named)) {
        look_below(search, value, PART_NAMED);
    } else {
        look_at_node(search, value, key, PART_ANY);
    }
}

void check_secrets(const struct node *root, bool valid, const struct source *source,
                   struct diagnostics *diagnostics)
{
    struct search search = {.diagnostics = diagnostics, .source = source, .valid = valid};
    find_hits(&search);
    for (size_t i = 0; node_is(root, NODE_MAPPING) && i < root->count; i++) {
        look_at_part(&search, &root->members[i]);
    }
    report_hits(&search);
    struct secret_scan name = secret_scan_credentials(slice_of(file_name(source->path)));
    struct secret found;
    if (secret_next_credential(&name, &found)) {
        diag_report(diagnostics, E0701, source, (struct range){0, 0},
                    "the name of this file contains a literal credential");
    }
}
