#include "platform/bot/verify_finding.h"

#include <stdarg.h>

#include "document/tree/pointer.h"

bool verify_is_reference(struct slice value)
{
    return slice_find(value, "{{", 0) < value.length ||
           slice_find(value, "context.", 0) < value.length ||
           slice_find(value, "env.", 0) < value.length;
}

/* ---- where a finding is ---- */

/* The last child that begins at or before `offset`; `count` when none does. */
static size_t child_at(const struct node *node, size_t offset)
{
    bool mapping = node->kind == NODE_MAPPING;
    size_t low = 0;
    size_t high = node->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        size_t start =
            mapping ? node->members[middle].key->range.start : node->items[middle]->range.start;
        if (start <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? node->count : low - 1;
}

/* What stands on the way to a place. */
struct whereabouts {
    struct builder pointer;
    const struct node *section; /* the key of the export that it is in */
    const struct node *element; /* of the section: a dialog, a component, … */
    const struct node *stub;    /* the innermost node of a dialog */
};

/* Down to the innermost value at `offset`; with `outer` to the object whose first key is there. */
static struct whereabouts find_place(struct verify *v, size_t offset, bool outer)
{
    struct whereabouts where = {.pointer = builder_new(v->arena)};
    const struct node *node = v->bot->root;
    for (size_t depth = 0;; depth++) {
        bool mapping = node->kind == NODE_MAPPING;
        size_t index =
            mapping || node->kind == NODE_SEQUENCE ? child_at(node, offset) : node->count;
        if (index == node->count || (!mapping && node->kind != NODE_SEQUENCE)) {
            return where;
        }
        const struct node *child = mapping ? node->members[index].value : node->items[index];
        bool first_key = mapping && index == 0 && node->members[0].key->range.start == offset;
        if (child->range.end <= offset || (outer && first_key)) {
            return where;
        }
        if (mapping) {
            pointer_add(&where.pointer, node->members[index].key->text);
        } else {
            builder_printf(&where.pointer, "/%zu", index);
        }
        if (depth == 0) {
            where.section = node->members[index].key;
        } else if (depth == 1) {
            where.element = child;
        } else if (node_get(child, "nodeId") != NULL) {
            where.stub = child;
        }
        node = child;
    }
}

/* "node `askName`": by its component's name, which is what the platform shows. */
static void add_node_name(struct verify *v, struct builder *out, const struct node *stub)
{
    builder_printf(out, ", node `%.*s`", SLICE_ARG(bot_node_name(v->bot, stub)));
}

void verify_note_place(struct verify *v, struct diagnostic *diagnostic)
{
    struct whereabouts where =
        find_place(v, diagnostic->range.start, diagnostic->code == E0103); /* a key is missing */
    struct builder out = builder_new(v->arena);
    struct slice section = where.section != NULL ? where.section->text : SLICE("");
    const struct node *dialog = NULL;
    const struct node *component = NULL;
    if (slice_is(section, "dialogs")) {
        dialog = where.element;
    } else if (slice_is(section, "dialogComponents")) {
        component = where.element;
        dialog = map_get(&v->used_by, node_text(component, "_id"));
    } else if (slice_is(section, "sentences")) {
        const struct node *intent =
            map_get(&v->bot->components, node_text(where.element, "taskId"));
        dialog = map_get(&v->bot->dialogs, node_text(intent, "dialogId"));
    }
    if (dialog != NULL) {
        builder_printf(&out, "dialog `%.*s`", SLICE_ARG(bot_dialog_name(dialog)));
    }
    if (where.stub != NULL && dialog != NULL) {
        add_node_name(v, &out, where.stub);
    }
    if (component != NULL) {
        builder_printf(&out, "%s%.*s `%.*s`", out.length > 0 ? ", " : "",
                       SLICE_ARG(node_text(component, "type")),
                       SLICE_ARG(node_text(component, "name")));
    }
    builder_printf(&out, "%s%.*s", out.length > 0 ? ": " : "",
                   SLICE_ARG(builder_slice(&where.pointer)));
    struct slice note = builder_slice(&out);
    diag_note(v->diagnostics, diagnostic, NULL, diagnostic->range, "%.*s", SLICE_ARG(note));
}

struct diagnostic *verify_report(struct verify *v, enum code code, const struct node *at,
                                 const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *d =
        diag_vreport(v->diagnostics, code, v->bot->source, at->range, format, arguments);
    va_end(arguments);
    if (v->diagnostics->last == d) { /* it is kept */
        verify_note_place(v, d);
    }
    return d;
}

void verify_report_credential(struct verify *v, const struct node *at, const char *where,
                              struct slice key)
{
    source_mask(v->arena, v->bot->source, at->range, at->text);
    if (key.length > 0) {
        verify_report(v, W1114, at, "a literal credential in the %s: `%.*s`", where,
                      SLICE_ARG(key));
    } else {
        verify_report(v, W1114, at, "a literal credential in the %s", where);
    }
}
