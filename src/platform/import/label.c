/* Labels of steps: for a `goto`, and for events that lead to a step. */
#include "platform/import/flow.h"

struct slice flow_label(struct flow_writer *w, size_t node)
{
    struct import_node *n = &w->d->nodes[node];
    if (!n->needs_label) {
        n->needs_label = true;
        struct slice wanted = n->name.data[0] == '_' ? SLICE("step") : n->name;
        n->label = import_unique(w->arena, &w->labels, wanted, "-", n);
    }
    return n->label;
}
