/* Tables over enumerations: as long as the enumeration, which the compiler checks. */
#ifndef DIALOGC_BASE_TABLE_H
#define DIALOGC_BASE_TABLE_H

/* The number of rows of an array. */
#define TABLE_LENGTH(table) (sizeof(table) / sizeof((table)[0]))

/*
 * Stops the compiler when `table` does not have `count` rows. `count` is the number of enumerators,
 * or one more than the last of them:
 *
 *     TABLE_HAS_ROWS(names, OPERATOR_MISSING + 1);
 */
#define TABLE_HAS_ROWS(table, count)                                                               \
    _Static_assert(TABLE_LENGTH(table) == (size_t)(count), "a row of " #table " is missing")

#endif
