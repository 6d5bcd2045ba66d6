/* What the families of checks of a script share. */
#include "language/check/script.h"

#include <stdarg.h>

#include "document/tree/passage.h"

/* ---- findings ---- */

static struct range place(const struct checked_script *checked, size_t start, size_t end)
{
    const struct node *node = checked->node;
    bool has_place = start < end && end <= node->text.length;
    return has_place ? passage_range(node, slice_part(node->text, start, end)) : node->range;
}

struct diagnostic *script_report(const struct checked_script *checked, enum code code, size_t start,
                                 size_t end, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *d = diag_vreport(checked->check->diagnostics, code, checked->node->source,
                                        place(checked, start, end), format, arguments);
    va_end(arguments);
    return d;
}

struct diagnostic *script_report_name(const struct checked_script *checked, enum code code,
                                      const struct javascript_node *node, const char *format, ...)
{
    size_t start = node->name_start > node->start ? node->name_start : node->start;
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *d =
        diag_vreport(checked->check->diagnostics, code, checked->node->source,
                     place(checked, start, start + node->text.length), format, arguments);
    va_end(arguments);
    return d;
}

/* ---- what a script uses ---- */

struct checked_script script_checked(struct check *check, const struct node *node, bool is_message)
{
    struct checked_script checked = {.check = check,
                                     .node = node,
                                     .script = *context_writes_script(check->writes, node),
                                     .uses = map_new(check->arena),
                                     .writes = check->writes,
                                     .is_message = is_message};
    for (size_t i = 0; i < checked.script.names.count; i++) {
        struct javascript_use *use = &checked.script.names.uses[i];
        map_add_address(&checked.uses, use->name, use);
    }
    return checked;
}

const struct javascript_use *script_use(const struct checked_script *checked,
                                        const struct javascript_node *name)
{
    return map_get_address(&checked->uses, name);
}

/* How many variables a path may lead through: `var a = a.b` never ends. */
#define MOST_STEPS 40

static bool add_path(const struct checked_script *checked, const struct javascript_node *node,
                     struct script_path *path, size_t steps)
{
    static const size_t most = sizeof path->names / sizeof path->names[0];
    if (steps > MOST_STEPS) {
        return false;
    }
    if (node->kind == JAVASCRIPT_BINARY) {
        bool is_or = slice_is(node->text, "||") || slice_is(node->text, "?"
                                                                        "?");
        bool is_and = slice_is(node->text, "&&");
        return (is_or || is_and) &&
               add_path(checked, is_or ? node->first : node->last, path, steps + 1);
    }
    if (node->kind == JAVASCRIPT_NAME) {
        const struct javascript_use *use = script_use(checked, node);
        if (use == NULL || use->declaration == NULL) {
            return use != NULL && slice_is(node->text, "context");
        }
        const struct javascript_declaration *declaration = use->declaration;
        if (declaration->value == NULL || declaration->is_changed ||
            !add_path(checked, declaration->value, path, steps + 1) || path->count == most) {
            return false;
        }
        if (declaration->is_element) {
            path->names[path->count++] = SLICE("0");
        }
        path->own = path->count;
        return true;
    }
    if ((node->kind != JAVASCRIPT_MEMBER && node->kind != JAVASCRIPT_INDEX) ||
        !add_path(checked, node->first, path, steps + 1) || path->count == most) {
        return false;
    }
    bool is_named = node->kind == JAVASCRIPT_MEMBER || node->last->kind == JAVASCRIPT_STRING ||
                    node->last->kind == JAVASCRIPT_NUMBER;
    path->nodes[path->count] = node;
    path->names[path->count++] = node->kind == JAVASCRIPT_MEMBER ? node->text
                                 : is_named                      ? node->last->text
                                                                 : SLICE("0");
    return true;
}

bool script_context_path(const struct checked_script *checked, const struct javascript_node *node,
                         struct script_path *path)
{
    *path = (struct script_path){.count = 0};
    return add_path(checked, node, path, 0);
}
