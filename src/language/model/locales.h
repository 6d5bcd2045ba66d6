/*
 * The locales that a template is built for, and its texts in them.
 *
 * The project says which locales its bot has. A template can have more of them, whose texts are
 * left out, and fewer: what it lacks it says in another locale. Without a project that names
 * locales a template is built for its own, and has to have all of its texts in each.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_LOCALES_H
#define DIALOGC_LANGUAGE_MODEL_LOCALES_H

#include "diag/diagnostic.h"
#include "language/model/project.h"

struct built_locales {
    const struct slice *names; /* at least one: the default first, the others in the order of the
                                  alphabet, so that the order in a file does not matter */
    size_t count;
    const struct node *own; /* the template's list, or NULL */
    bool of_project;        /* the project says which; texts may be missing */
    bool as_imported;       /* the bot that the template is from has exactly the texts it has */
};

/* The locales for the template `root`, which need not be valid. */
struct built_locales locales_of_template(struct arena *arena, const struct node *root,
                                         const struct project *project);

/* "pt" of "pt_BR". */
struct slice locale_language(struct slice locale);

/* True when a template is built for `locale`. */
bool locales_have(const struct built_locales *locales, struct slice locale);

/* True when the keys of a mapping look like locales, and its values like texts or lists of them. */
bool locales_is_map(const struct node *node);

/*
 * The member of a mapping of locales for `locale`, or for another form of its language (`pt` for
 * `pt_BR`), the first in the alphabet; NULL when there is none.
 */
const struct member *locales_text_in(const struct node *map, struct slice locale);

/* As locales_text_in, for a language; of any where `language` is empty. */
const struct member *locales_text_of_language(const struct node *map, struct slice language);

/*
 * The template `root`, which is valid under its schema and has its fragments put in, with each
 * mapping of locales for exactly those of `locales` in their order; `root` itself where nothing
 * changes, and for a template that was imported. A locale that has no text shares the node of the
 * one that it falls back to.
 *
 * Reports locales that the template does not have (E0502). A missing text is an error (E0501) where
 * the template alone says its locales, and else one warning for all of them (W0511).
 */
const struct node *locales_fit(struct arena *arena, const struct node *root,
                               const struct built_locales *locales,
                               struct diagnostics *diagnostics);

#endif
