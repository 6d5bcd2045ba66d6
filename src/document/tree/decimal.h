/*
 * Decimal: exact comparison and divisibility of numbers in JSON notation, whatever their length.
 * Binary floating point never enters.
 */
#ifndef DIALOGC_DOCUMENT_TREE_DECIMAL_H
#define DIALOGC_DOCUMENT_TREE_DECIMAL_H

#include <stdint.h>

#include "base/slice.h"

/* -1, 0 or 1 as the number `a` is less than, equal to or greater than `b`. */
int decimal_compare(struct slice a, struct slice b);

/* A hash that equal numbers share, however they are written; see base/hash.h. */
uint64_t decimal_hash(uint64_t seed, struct slice number);

/* True when the value has no fraction (1.0 and 1e3 have none). */
bool decimal_is_integer(struct slice number);

/*
 * True when `number` is a multiple of `divisor` (which is greater than 0). Numbers whose digits
 * would spread over more than DECIMAL_SPREAD places are compared no further: false.
 */
#define DECIMAL_SPREAD 4096
bool decimal_is_multiple(struct slice number, struct slice divisor);

#endif
