/* Where a node is written: in the template, or in the export. */
#ifndef DIALOGC_PAGE_PLACE_H
#define DIALOGC_PAGE_PLACE_H

#include "page/page.h"

struct page_place {
    const struct source *source; /* NULL: it is not known */
    struct range range;
    struct range also; /* another one: a node of an export is in its dialog, and a component */
};

/*
 * The place of a node, or of a member of the bot action `action` (else NULL). What dialogc adds to
 * a template by itself is where the template says what it is added for, as far as that is known.
 */
struct page_place page_place_of(const struct page_dialog *dialog, const struct program_node *node,
                                const struct program_node *action);

/* The place of all of the dialog. */
struct page_place page_place_of_dialog(const struct page_dialog *dialog);

/* True when a finding is at the place, or in it. */
bool page_place_has(const struct page_place *place, const struct diagnostic *finding);

#endif
