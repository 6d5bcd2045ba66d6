/*
 * Fragments: parts of templates that are written once and used in many.
 *
 *     dialogc: 1
 *     fragment: record-messages
 *     parameters:
 *       noun: {description: What the record is called.}
 *     messages:
 *       recordNotFound: There is no such ${params.noun}.
 *
 * A template takes the parts of a fragment with `use: [record-messages]`, and its steps as well
 * with the step `use: record-messages`. Expansion works on trees, between reading and validating:
 * what comes out is a template as if everything had been written in one file, each node knowing
 * the file that it is from.
 */
#ifndef DIALOGC_LANGUAGE_FRAGMENT_FRAGMENT_H
#define DIALOGC_LANGUAGE_FRAGMENT_FRAGMENT_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"
#include "language/model/locales.h"

struct fragment_library;

struct fragment {
    struct slice id;
    const struct node *root;
};

/* A library of the fragments that are part of the program; it lives in `arena`. */
struct fragment_library *fragment_library_new(struct arena *arena);

/*
 * Adds a project's fragment, a tree that is valid under fragment.schema.json and outlives the
 * library. It takes the place of one that is part of the program; a second one of the same
 * identifier is reported (E0905). Not while other threads use the library.
 */
bool fragment_library_add(struct fragment_library *library, const struct node *root,
                          struct diagnostics *diagnostics);

/*
 * The fragment of this identifier, or NULL. Any number of threads may ask; `arena` is the asking
 * thread's, unwound when memory runs out.
 */
const struct fragment *fragment_find(struct fragment_library *library, struct slice id,
                                     struct arena *arena);

/*
 * Notes that the project has a fragment of this identifier that could not be added: that has been
 * reported, and what uses it is not wrong. Not while other threads use the library.
 */
void fragment_library_note_broken(struct fragment_library *library, struct slice id);

/* Notes that a path to fragments is not there: any may have been in it. */
void fragment_library_note_missing(struct fragment_library *library);

/* Whether that has been noted. */
bool fragment_library_is_broken(const struct fragment_library *library, struct slice id);

/* Calls `offer` with the identifier of every fragment. */
void fragment_library_offer(const struct fragment_library *library,
                            void (*offer)(void *context, struct slice id), void *context);

/* Where a template uses a fragment. */
struct fragment_use {
    struct slice id;
    const struct source *fragment; /* the fragment's file */
    const struct node *node;       /* the name, in the file that uses it */
    struct fragment_use *next;
};

/*
 * The template `root` with the fragments that it uses put in; `root` itself when it uses none.
 * `${params.object.nameField}` is the field that names a record of the object, as `catalog` has it.
 * A text of a fragment that needs a parameter in a locale which the argument lacks is left out.
 * Reports unknown fragments (E0901), arguments that are missing or not known (E0902), parts that
 * clash (E0903), fragments that use themselves (E0904), and arguments without a locale that the
 * template must have (E0501). `*uses` gets the uses, for notes.
 */
const struct node *fragment_expand(struct arena *arena, const struct node *root,
                                   struct fragment_library *library,
                                   const struct built_locales *locales,
                                   struct sobject_catalog *catalog, struct diagnostics *diagnostics,
                                   struct fragment_use **uses);

/* Adds to findings inside of fragments where the template uses them. */
void fragment_note_uses(struct diagnostics *diagnostics, const struct fragment_use *uses);

#endif
