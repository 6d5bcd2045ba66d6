/* What libyaml says of a broken document, in words that help its author. */
#ifndef DIALOGC_DOCUMENT_YAML_SYNTAX_ERROR_H
#define DIALOGC_DOCUMENT_YAML_SYNTAX_ERROR_H

#include "diag/diagnostic.h"

struct syntax_error {
    const char *problem; /* libyaml's words */
    uint32_t at;
    const char *context; /* libyaml's "while parsing …", or NULL */
    uint32_t context_at;
};

/* Reports the error (E0005, or E0006 where a tab is the cause). */
void syntax_error_report(struct diagnostics *diagnostics, const struct source *source,
                         const struct syntax_error *error);

#endif
