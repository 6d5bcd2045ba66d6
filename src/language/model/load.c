/* Reading single members of a mapping, as every part of a template needs it. */
#include "language/model/load.h"

struct slice load_slice(const struct node *node, const char *key, const char *fallback)
{
    const struct node *value = node_get(node, key);
    return value != NULL ? value->text : slice_of(fallback);
}

bool load_flag(const struct node *node, const char *key)
{
    const struct node *value = node_get(node, key);
    return value != NULL && value->boolean;
}

struct text load_text(struct loader *loader, const struct node *node, const char *key,
                      enum reference_use use, struct references *list)
{
    const struct node *value = node_get(node, key);
    return value != NULL ? text_parse(&loader->texts, value, use, list) : (struct text){0};
}
