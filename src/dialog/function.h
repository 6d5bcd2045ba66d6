/*
 * The functions that generated scripts bring along, in ECMAScript 5: the files of
 * src/dialog/functions, one function in each, which are part of the program. What they are for is
 * said where their names are listed: enum script_helper, enum format_part, value_formats.def.
 */
#ifndef DIALOGC_DIALOG_FUNCTION_H
#define DIALOGC_DIALOG_FUNCTION_H

#include "base/slice.h"

/* The source of the function `name`, which there must be, with the end of its last line. */
struct slice function_source(const char *name);

#endif
