/* Regular expressions that invite catastrophic backtracking. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_REGEX_RISK_H
#define DIALOGC_DOCUMENT_SCHEMA_REGEX_RISK_H

#include "base/slice.h"

/* Why a regular expression may need exponential time, in words, or NULL. */
const char *regex_risk(struct slice pattern);

#endif
