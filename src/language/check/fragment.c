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

static bool is_used(struct slice bytes, struct slice parameter)
{
    size_t at = 0;
    struct slice name;
    while ((name = next_name(bytes, &at)).length > 0) {
        if (slice_equal(name, parameter)) {
            return true;
        }
    }
    return false;
}

/* `${params.nam}`, where the fragment has `name` and the project has neither. */
static bool check_names(const struct node *root, const struct node *parameters,
                        const struct node *of_project, struct diagnostics *diagnostics)
{
    struct slice bytes = root->source->bytes;
    size_t at = 0;
    struct slice name;
    bool misspelled = false;
    while ((name = next_name(bytes, &at)).length > 0) {
        struct suggestion s = suggestion_new(name);
        for (size_t i = 0; parameters != NULL && i < parameters->count; i++) {
            suggestion_offer(&s, parameters->members[i].key->text);
        }
        if (s.best.length == 0 || slice_equal(s.best, name) ||
            node_member(parameters, name) != NULL || node_member(of_project, name) != NULL) {
            continue;
        }
        uint32_t start = (uint32_t)(name.data - bytes.data);
        struct range range = {start, start + (uint32_t)name.length};
        struct diagnostic *d = diag_report(diagnostics, E0902, root->source, range,
                                           "the fragment has no parameter `%.*s`", SLICE_ARG(name));
        diag_suggest(diagnostics, d, s.best);
        misspelled = true;
    }
    return misspelled;
}

void check_fragment(const struct node *root, const struct node *of_project,
                    struct diagnostics *diagnostics)
{
    const struct node *parameters = node_get(root, "parameters");
    bool misspelled = check_names(root, parameters, of_project, diagnostics);
    for (size_t i = 0; parameters != NULL && i < parameters->count && !misspelled; i++) {
        const struct node *key = parameters->members[i].key;
        if (!is_used(root->source->bytes, key->text)) {
            struct diagnostic *d = diag_report(diagnostics, W0906, key->source, key->range,
                                               "nothing in the fragment uses the parameter `%.*s`",
                                               SLICE_ARG(key->text));
            diag_note(diagnostics, d, NULL, key->range, "write `${params.%.*s}`, or remove it",
                      SLICE_ARG(key->text));
        }
    }
}
