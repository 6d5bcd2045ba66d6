/* How locales are written; private to src/language/check/. */
#ifndef DIALOGC_LANGUAGE_CHECK_LOCALE_NAME_H
#define DIALOGC_LANGUAGE_CHECK_LOCALE_NAME_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"

/* Reports the locales of a list, or NULL, that are usually written otherwise: W0513. */
void locale_names_check(const struct node *locales, struct diagnostics *diagnostics);

#endif
