/* The members of `request`, which the script leaves for the service. */
#include "dialog/preparation.h"

struct slice preparation_path(const struct preparation *p, struct slice name)
{
    return arena_printf(p->arena, "{{context.%.*s.%.*s}}", SLICE_ARG(p->variable), SLICE_ARG(name));
}

void preparation_begin(struct preparation *p, struct slice name)
{
    p->needed = true;
    builder_printf(&p->script.body, "request.%.*s = ", SLICE_ARG(name));
}

void preparation_end(struct preparation *p)
{
    builder_add_text(&p->script.body, ";\n");
}
