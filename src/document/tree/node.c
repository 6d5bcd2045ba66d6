/* Looking into trees. */
#include "document/tree/node.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/table.h"
#include "document/tree/decimal.h"
#include "document/tree/index.h"

struct member *node_member(const struct node *node, struct slice key)
{
    if (!node_is(node, NODE_MAPPING)) {
        return NULL;
    }
    if (node->index != NULL) {
        size_t found = member_index_find(node->index, node->members, key);
        return found != SIZE_MAX ? &node->members[found] : NULL;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (slice_equal(node->members[i].key->text, key)) {
            return &node->members[i];
        }
    }
    return NULL;
}

struct node *node_get(const struct node *node, const char *key)
{
    struct member *member = node_member(node, slice_of(key));
    return member != NULL ? member->value : NULL;
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = {
        [NODE_NULL] = "nothing (null)", [NODE_BOOLEAN] = "true or false",
        [NODE_INTEGER] = "a number",    [NODE_FLOAT] = "a number",
        [NODE_STRING] = "text",         [NODE_SEQUENCE] = "a list",
        [NODE_MAPPING] = "a mapping",
    };
    TABLE_HAS_ROWS(names, NODE_MAPPING + 1);
    return names[kind];
}

/* The member of `key`, which is at `place` in most mappings that are alike. */
static struct member *member_near(const struct node *node, size_t place, struct slice key)
{
    bool found = place < node->count && slice_equal(node->members[place].key->text, key);
    return found ? &node->members[place] : node_member(node, key);
}

static bool mappings_equal(const struct node *a, const struct node *b)
{
    for (size_t i = 0; i < a->count; i++) {
        struct member *other = member_near(b, i, a->members[i].key->text);
        if (other == NULL || !node_equal(a->members[i].value, other->value)) {
            return false;
        }
    }
    return true;
}

bool node_equal(const struct node *a, const struct node *b)
{
    if (a == b) {
        return true;
    }
    if (node_is_number(a) && node_is_number(b)) {
        return decimal_compare(a->text, b->text) == 0;
    }
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case NODE_NULL:
        return true;
    case NODE_BOOLEAN:
        return a->boolean == b->boolean;
    case NODE_STRING:
        return slice_equal(a->text, b->text);
    case NODE_SEQUENCE:
        for (size_t i = 0; i < a->count && a->count == b->count; i++) {
            if (!node_equal(a->items[i], b->items[i])) {
                return false;
            }
        }
        return a->count == b->count;
    case NODE_MAPPING:
        return a->count == b->count && mappings_equal(a, b);
    case NODE_INTEGER:
    case NODE_FLOAT:
        break;
    }
    return false;
}

size_t node_weight(const struct node *node, size_t most)
{
    size_t weight = 1;
    bool keys = node->kind == NODE_MAPPING;
    for (size_t i = 0; (keys || node->kind == NODE_SEQUENCE) && i < node->count; i++) {
        weight += keys;
        if (weight >= most) {
            return most;
        }
        weight += node_weight(keys ? node->members[i].value : node->items[i], most - weight);
    }
    return weight < most ? weight : most;
}

long long node_integer(const struct node *node, long long fallback)
{
    if (!node_is(node, NODE_INTEGER) || node->text.length > 18) {
        return fallback;
    }
    char digits[24];
    memcpy(digits, node->text.data, node->text.length);
    digits[node->text.length] = '\0';
    return strtoll(digits, NULL, 10);
}

struct slice node_text(const struct node *node, const char *key)
{
    const struct node *value = node_get(node, key);
    return node_is(value, NODE_STRING) ? value->text : SLICE("");
}
