/* The platform's columns of the table of node kinds. */
#include "platform/artifact/node_type.h"

#include "base/table.h"

static const struct {
    const char *type;
    const char *prefix;
} types[] = {
#define NODE_KIND(kind, word, step, type, prefix, effect) {type, prefix},
#include "dialog/kinds.def"
#undef NODE_KIND
};

const char *node_type_name(enum dialog_kind kind)
{
    return types[kind].type;
}

const char *node_type_prefix(enum dialog_kind kind)
{
    return types[kind].prefix;
}

bool node_type_kind(struct slice type, bool is_first, enum dialog_kind *kind)
{
    enum dialog_kind other = is_first ? DIALOG_CALL : DIALOG_INTENT; /* both are of type intent */
    for (size_t i = 0; i < TABLE_LENGTH(types); i++) {
        if (slice_is(type, types[i].type) && i != other) {
            *kind = (enum dialog_kind)i;
            return true;
        }
    }
    return false;
}

bool node_type_is(const struct node *object, enum dialog_kind kind)
{
    const struct node *type = node_get(object, "type");
    return node_is(type, NODE_STRING) && slice_is(type->text, types[kind].type);
}
