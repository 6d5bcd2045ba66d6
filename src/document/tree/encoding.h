/* What a file is that is not UTF-8. */
#ifndef DIALOGC_DOCUMENT_TREE_ENCODING_H
#define DIALOGC_DOCUMENT_TREE_ENCODING_H

#include "diag/diagnostic.h"

/* Reports the byte at `at`, which cannot be part of the text (E0003), and UTF-16 as what it is. */
void encoding_report(struct diagnostics *diagnostics, const struct source *source, size_t at);

#endif
