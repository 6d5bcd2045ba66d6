/* Finding relationships to children. */
#include "salesforce/children.h"

#include "base/suggestion.h"
#include "base/table.h"

static const struct child_relationship relationships[] = {
#define CHILDREN(parent, name, child) {#parent, #name, #child},
#include "salesforce/child_relationship.def"
#undef CHILDREN
};

static bool is_of(const struct child_relationship *relationship, struct slice parent)
{
    return slice_is(parent, relationship->parent);
}

const struct child_relationship *children_find(struct slice parent, struct slice name)
{
    for (size_t i = 0; i < TABLE_LENGTH(relationships); i++) {
        if (is_of(&relationships[i], parent) &&
            slice_equal_ignoring_case(name, slice_of(relationships[i].name))) {
            return &relationships[i];
        }
    }
    return NULL;
}

const struct child_relationship *children_meant(struct slice parent, struct slice name)
{
    struct suggestion near = suggestion_new(name);
    for (size_t i = 0; i < TABLE_LENGTH(relationships); i++) {
        if (!is_of(&relationships[i], parent)) {
            continue;
        }
        if (slice_equal_ignoring_case(name, slice_of(relationships[i].child))) {
            return &relationships[i];
        }
        suggestion_offer(&near, slice_of(relationships[i].name));
    }
    return near.best.length > 0 ? children_find(parent, near.best) : NULL;
}

void children_offer(struct slice parent, void (*offer)(void *context, struct slice name),
                    void *context)
{
    for (size_t i = 0; i < TABLE_LENGTH(relationships); i++) {
        if (is_of(&relationships[i], parent)) {
            offer(context, slice_of(relationships[i].name));
        }
    }
}
