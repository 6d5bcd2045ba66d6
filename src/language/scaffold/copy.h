/*
 * Copies of templates, fragments and conversations of the library, fitted to a project. Only what
 * has to change is edited in the text: comments and layout stay as they are.
 */
#ifndef DIALOGC_LANGUAGE_SCAFFOLD_COPY_H
#define DIALOGC_LANGUAGE_SCAFFOLD_COPY_H

#include "base/arena.h"
#include "document/tree/node.h"

/* How the copy of a template differs from the original. */
struct copy_wishes {
    struct slice id;       /* its new identifier; empty: that of the original */
    struct slice auth;     /* the identifier of its auth profile */
    struct slice *locales; /* in which its texts are wanted, at least one, the default first */
    size_t locale_count;
    const struct node **left_out; /* utterances that the copy is not to have */
    size_t left_out_count;
};

/* True when the template `root` has texts in a locale, or in its language: `en` for `en_GB`. */
bool copy_has_locale(const struct node *root, struct slice wanted);

/*
 * The locales of the copy of the template `root`: those of its own that are wanted, in the order of
 * the wishes; the first of its own where none of them is. Everything is in `arena`.
 */
size_t copy_locales(struct arena *arena, const struct node *root, const struct copy_wishes *wishes,
                    struct slice **locales);

/* "my-lead" to "My lead": the title of a copy with an identifier of its own. */
struct slice copy_title(struct arena *arena, struct slice id);

/*
 * The text of the copy of the template `root`, which is valid. With a new identifier it gets a
 * title of its own. A locale that loses all of its utterances has the title as its only one.
 */
struct slice copy_template(struct arena *arena, const struct node *root,
                           const struct copy_wishes *wishes);

/* The text of the copy of the fragment `root`, in all of its locales: templates take what they
 * need. */
struct slice copy_fragment(struct arena *arena, const struct node *root);

/*
 * The text of the conversations `root` with the template `id`, in an organisation with this version
 * of the API whose users sign in at `login`. The library's sign in at the usual host.
 */
struct slice copy_conversations(struct arena *arena, const struct node *root, struct slice id,
                                struct slice api_version, struct slice login);

#endif
