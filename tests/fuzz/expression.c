/*
 * Fuzz target: texts with references, conditions, regular expressions and scripts. The first byte
 * chooses what the rest is.
 */
#include "target.h"

#include "language/check/check.h"
#include "report/render.h"
#include "diag/concealment.h"
#include "language/model/condition.h"
#include "document/javascript/javascript.h"
#include "document/schema/regex_risk.h"

static void check(struct arena *arena, struct slice bytes)
{
    uint8_t choice = fuzz_choice(&bytes);
    struct diagnostics list = diagnostics_new(arena);
    struct source *source = source_new(arena, "t", bytes);
    struct node node = {.kind = NODE_STRING,
                        .source = source,
                        .range = {0, (uint32_t)bytes.length},
                        .text = arena_slice(arena, bytes)};
    struct text_reader reader = {.arena = arena, .diagnostics = &list};
    struct references references = {0};
    struct concealment concealment = concealment_new(arena);
    switch (choice % 5) {
    case 0: {
        struct text text = text_parse(&reader, &node, USE_TEXT, &references);
        for (const struct reference *r = references.first; r != NULL; r = r->next) {
            for (size_t i = 0; i < r->count; i++) {
                struct range range = reference_segment_range(r, i);
                if (range.start > range.end || range.end > bytes.length) {
                    abort();
                }
            }
        }
        (void)text;
        break;
    }
    case 1:
        condition_parse(&reader, &node, &references);
        break;
    case 2:
        regex_risk(arena, bytes);
        break;
    case 3:
        javascript_parse(arena, bytes);
        break;
    default:
        conceal_learn(&concealment, bytes);
        conceal_text(&concealment, arena, bytes);
        break;
    }
    struct builder out = builder_new(arena);
    for (const struct diagnostic *d = list.first; d != NULL; d = d->next) {
        render_human(&out, d, true);
    }
}

FUZZ_TARGET(check)
