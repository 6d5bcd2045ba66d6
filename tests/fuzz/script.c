/* Fuzz target: scripts. */
#include "target.h"

#include "document/javascript/javascript.h"

static void note(void *context, const struct javascript_path *path)
{
    size_t *names = context;
    *names += path->count;
}

static void check(struct arena *arena, struct slice bytes)
{
    struct javascript_script script = javascript_parse(arena, bytes);
    const struct javascript_mistake *mistake = &script.mistake;
    if ((script.root == NULL) != (mistake->message.length > 0) || mistake->start > mistake->end ||
        mistake->end > bytes.length) {
        abort();
    }
    for (size_t i = 0; i < script.names.count; i++) {
        const struct javascript_node *whole = script.names.uses[i].whole;
        if (whole->start > whole->end || whole->end > bytes.length) {
            abort();
        }
    }
    size_t names = 0;
    javascript_each_path(&script, "context", note, &names);
}

FUZZ_TARGET(check)
