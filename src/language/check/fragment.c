/* Fragments: their parameters, in the text of the file, since every value and name may hold some.
 */
#include "base/ascii.h"
#include "base/suggestion.h"
#include "language/check/check.h"

#define PREFIX "params."

/* The name of the next `params.NAME` at or after `*at`, which moves behind it; empty: no more. */
static struct slice next_name(struct slice bytes, size_t *at)
{
    size_t found = slice_find(bytes, PREFIX, *at);
    if (found == SIZE_MAX) {
        return SLICE("");
    }
    size_t start = found + sizeof PREFIX - 1;
    size_t end = start;
    while (end < bytes.length && ascii_is_word(bytes.data[end])) {
        end++;
    }
    *at = end;
    return end > start ? slice_part(bytes, start, end) : next_name(bytes, at);
}

/* The place of `name` among the parameters, or their number. */
static size_t index_of(const struct node *parameters, struct slice name)
{
    size_t i = 0;
    while (i < parameters->count && !slice_equal(parameters->members[i].key->text, name)) {
        i++;
    }
    return i;
}

/* `${params.nam}`, where the fragment has `name`; true when it is reported. */
static bool report_misspelled(const struct node *root, const struct node *parameters,
                              struct slice name, struct diagnostics *diagnostics)
{
    struct suggestion s = suggestion_new(name);
    for (size_t i = 0; i < parameters->count; i++) {
        suggestion_offer(&s, parameters->members[i].key->text);
    }
    if (s.best.length == 0) {
        return false; /* as likely one of the project's, which is told where it is used */
    }
    uint32_t start = (uint32_t)(name.data - root->source->bytes.data);
    struct range range = {start, start + (uint32_t)name.length};
    struct diagnostic *d = diag_report(diagnostics, E0902, root->source, range,
                                       "the fragment has no parameter `%.*s`", SLICE_ARG(name));
    diag_suggest(diagnostics, d, s.best);
    return true;
}

void check_fragment(const struct node *root, const struct node *of_project,
                    struct diagnostics *diagnostics)
{
    const struct node *parameters = node_get(root, "parameters");
    if (parameters == NULL) {
        return;
    }
    bool *used = arena_alloc_array(diagnostics->arena, parameters->count + 1, sizeof *used);
    bool misspelled = false;
    size_t at = 0;
    struct slice name;
    while ((name = next_name(root->source->bytes, &at)).length > 0) {
        size_t index = index_of(parameters, name);
        used[index] = true;
        if (index == parameters->count && node_member(of_project, name) == NULL) {
            misspelled = report_misspelled(root, parameters, name, diagnostics) || misspelled;
        }
    }
    for (size_t i = 0; i < parameters->count && !misspelled; i++) {
        const struct node *key = parameters->members[i].key;
        if (!used[i]) {
            struct diagnostic *d = diag_report(diagnostics, W0906, key->source, key->range,
                                               "nothing in the fragment uses the parameter `%.*s`",
                                               SLICE_ARG(key->text));
            diag_note(diagnostics, d, NULL, key->range, "write `${params.%.*s}`, or remove it",
                      SLICE_ARG(key->text));
        }
    }
}
