/*
 * Comparison: what the files diff*.c share. Everything is paired first (diff_pair.c). Then words
 * are found for what differs (diff_node.c, diff_component.c, diff_training.c, diff.c); and what the
 * words do not cover is compared as trees (diff_tree.c), so that nothing is missed.
 */
#ifndef DIALOGC_PLATFORM_BOT_COMPARISON_H
#define DIALOGC_PLATFORM_BOT_COMPARISON_H

#include "platform/bot/diff.h"

#include "base/printf_like.h"

#define UNPAIRED DIFF_UNPAIRED

/* Which elements of two arrays are the same. */
struct pairing {
    const struct node *a; /* NULL: no elements */
    const struct node *b;
    size_t *of_a; /* for each element of `a` its partner's position in `b`, or UNPAIRED */
    size_t *of_b;
};

/* A dialog that both have. */
struct dialog_pair {
    const struct node *a;
    const struct node *b;
    struct diff_place *place;
    struct pairing nodes;
    struct map ids; /* of nodes: those of `a` to those of `b`, where they differ */
};

/* A list of keys that is being filled. */
struct key_list {
    struct slice *keys;
    size_t count;
};

/* One step of the way to a value. */
struct step {
    struct slice key; /* of a mapping */
    size_t index;     /* of a list, when `key.data` is NULL */
};

struct comparison {
    struct arena *arena;
    const struct bot *a;
    const struct bot *b;
    struct bot_diff result;
    bool partial; /* an artifact and a bot */

    struct dialog_pair *dialog_pairs;
    size_t dialog_pair_count;
    struct pairing dialogs;
    struct pairing components;
    struct map partners;   /* a component of `a` to the one of `b`, by address */
    struct map partners_b; /* the other way */
    struct map owners_a;   /* a component to the struct dialog_pair that it is first used in */
    struct map owners_b;
    struct map used_a; /* components that a node uses */
    struct map used_b;
    struct map compared; /* components of `a` that have been compared */
    struct map ids;      /* of everything but nodes: those of `a` to those of `b`, as slices */

    struct diff_place *place;       /* where changes go now */
    const struct dialog_pair *pair; /* whose node ids hold now; NULL outside of dialogs */
    struct slice old_name;          /* of what is being compared, when it was renamed: this */
    struct slice new_name;          /* instead of that is part of the renaming */
    struct map *told;               /* lines not to be said twice; NULL: all may be */
    struct step *path;              /* to the value that is being compared as a tree */
    size_t depth;
};

/* ---- diff_pair.c ---- */

/* The text by which an element is recognised; empty when it has none. `is_a`: it is of `a`. */
typedef struct slice (*pair_key)(const struct comparison *c, const struct node *element, bool is_a,
                                 size_t index, const char *name);

/* A pairing in which no element has a partner yet. NULL, and what is not a list, has no elements.
 */
struct pairing pairing_new(struct comparison *c, const struct node *a, const struct node *b);

/*
 * Pairs elements that have no partner, and the same key. Of several with one key, those are
 * partners that are equal in everything, and then the first with the first.
 */
void pairing_match(const struct comparison *c, struct pairing *pairing, pair_key key,
                   const char *name);

/* Keys: all that the element is; the text under `name`; the id under `name`, as it is in `b`; the
 * position in the list. */
struct slice pair_by_content(const struct comparison *c, const struct node *element, bool is_a,
                             size_t index, const char *name);
struct slice pair_by_text(const struct comparison *c, const struct node *element, bool is_a,
                          size_t index, const char *name);
struct slice pair_by_id(const struct comparison *c, const struct node *element, bool is_a,
                        size_t index, const char *name);
struct slice pair_by_position(const struct comparison *c, const struct node *element, bool is_a,
                              size_t index, const char *name);
/* The position of an element that has neither an id nor a name. */
struct slice pair_nameless(const struct comparison *c, const struct node *element, bool is_a,
                           size_t index, const char *name);
/* "message thanks" */
struct slice pair_by_type_and_name(const struct comparison *c, const struct node *element,
                                   bool is_a, size_t index, const char *name);

/* True when partners come in another order. */
bool pairing_is_reordered(const struct pairing *pairing);

/* Notes that the elements of the list `name` have another order, if they have. */
void pairing_note_order(struct comparison *c, const struct pairing *pairing, const char *name);

/* Pairs the nodes of a dialog or of a bot action. */
struct pairing pair_nodes(struct comparison *c, const struct node *a, const struct node *b);

/* Pairs the dialogs, their nodes and the components, and fills the maps of the comparison. */
void pair_everything(struct comparison *c);

/* The id of `b` that stands for `id` of `a`: itself, when the partners have the same. */
struct slice pair_id(const struct comparison *c, struct slice id);

/* The place of changes of a component: the dialog that it is first used in, or the bot. */
struct diff_place *component_place(struct comparison *c, const struct node *a,
                                   const struct node *b);

/* ---- diff_change.c ---- */

/* Adds a change at the current place; it is in words. */
PRINTF_LIKE(5, 6)
void tell(struct comparison *c, const struct diff_subject *subject, enum diff_kind kind,
          bool breaks, const char *format, ...);

/* Adds the change that values differ under `keys`, if there are any. */
void tell_keys(struct comparison *c, const struct diff_subject *subject, bool breaks,
               const struct key_list *keys);

/* Counts a difference that has no effect. */
void note(struct comparison *c, enum diff_noise noise);

/* A text as it is shown: decoded, on one line, not too long, in quotation marks. */
struct slice quote_text(const struct comparison *c, struct slice text);

/* ---- diff_tree.c ---- */

/*
 * Compares the values `a` and `b` (NULL: there is none) under `key` of a thing of the kind
 * `scope`: the ways to what differs are added to `keys`, but for noise.
 */
void compare_trees(struct comparison *c, const char *scope, const char *key, const struct node *a,
                   const struct node *b, struct key_list *keys);

/* The same for each key of two mappings but those in `told`, a list that ends with NULL. */
void compare_members(struct comparison *c, const char *scope, const struct node *a,
                     const struct node *b, const char *const *told, struct key_list *keys);

/* The same for the mappings or values at a way of `depth` steps below a thing. */
void compare_members_at(struct comparison *c, const char *scope, const struct step *way,
                        size_t depth, const struct node *a, const struct node *b,
                        const char *const *told, struct key_list *keys);

/* Adds a way of `depth` steps to `keys`. */
void key_list_add_way(struct comparison *c, struct key_list *keys, const struct step *way,
                      size_t depth);

/* True when both are texts, and the same one but for percent-encoding. */
bool is_same_text(const struct comparison *c, struct slice a, struct slice b);

/* ---- words ---- */

/*
 * Compares two components that are partners, but for the nodes of a bot action; false when they are
 * equal, or have been compared before (diff_component.c).
 */
bool compare_components(struct comparison *c, const struct node *a, const struct node *b);

/* True when both are lists, and all that is in them are mappings (diff_component.c). */
bool are_lists_of_mappings(const struct node *a, const struct node *b);

/* Compares the languages of two things: `localeData` (diff_component.c). */
void compare_languages(struct comparison *c, const struct diff_subject *subject,
                       const struct node *a, const struct node *b);

/* Compares the nodes of a dialog, or those of a bot action (diff_node.c). */
void compare_nodes(struct comparison *c, const struct pairing *pairing);

/* Compares all of two components that are partners, if that was not done before (diff_node.c). */
void compare_component_pair(struct comparison *c, const struct node *a, const struct node *b);

/* Compares training sentences and patterns (diff_training.c). */
void compare_training(struct comparison *c);

#endif
