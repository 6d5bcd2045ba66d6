/* The words of node kinds. */
#include "dialog/kind.h"

#include "language/model/template.h"

#define NO_STEP ((enum step_kind)STEP_KIND_COUNT)

static const struct {
    const char *word;
    enum step_kind step;
    enum dialog_effect effect;
} kinds[] = {
#define NODE_KIND(kind, word, step, type, prefix, effect) {word, step, effect},
#include "dialog/kinds.def"
#undef NODE_KIND
};

const char *dialog_kind_word(enum dialog_kind kind)
{
    return kinds[kind].word;
}

const char *dialog_kind_step(enum dialog_kind kind)
{
    enum step_kind step = kinds[kind].step;
    return step != NO_STEP ? step_kind_word(step) : kinds[kind].word;
}

enum dialog_effect dialog_kind_effect(enum dialog_kind kind)
{
    return kinds[kind].effect;
}
