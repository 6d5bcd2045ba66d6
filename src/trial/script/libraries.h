/*
 * JavaScript that is part of the program: platform.js, and the libraries of koreUtil, which the
 * build takes from the packages of the distribution.
 */
#ifndef DIALOGC_TRIAL_SCRIPT_LIBRARIES_H
#define DIALOGC_TRIAL_SCRIPT_LIBRARIES_H

#include "base/slice.h"

/*
 * The source of "platform", "lodash", "moment", "moment-timezone", "xml2js", or of a module that
 * this one requires; empty: it has no such name.
 */
struct slice script_library(struct slice name);

#endif
