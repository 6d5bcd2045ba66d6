/* The rows of a query, between query.c, which makes answers of them, and query_rows.c. */
#ifndef DIALOGC_TRIAL_ORGANISATION_QUERY_ROWS_H
#define DIALOGC_TRIAL_ORGANISATION_QUERY_ROWS_H

#include "trial/organisation/parts.h"

struct evaluation {
    struct organisation *org;
    const struct soql *soql;
    struct slice version;
    size_t batch_size; /* of the answer; 0: the most there is */
    struct refusal refusal;
    struct map *
        *joins; /* of each test with a query inside of IN: its values; NULL: not asked yet */
    const struct sobject_field *parent_field; /* of a subquery for children: their way back */
    struct slice parent;                      /* the id that it must hold */
};

/* What a query gives a row for: a record, or a group of them. */
struct row {
    struct record_list records;
    unsigned hidden; /* by ROLLUP and CUBE: a bit for each field of GROUP BY that is summed over */
    const struct node **keys; /* values of ORDER BY; NULL elements: none */
};

struct rows {
    struct row *items;
    size_t count;
};

/* Keeps the first refusal. */
void query_fail(struct evaluation *e, struct refusal refusal);

/* The object of the query, when it can be asked and has all that the query names; NULL after a
 * refusal. */
const struct sobject *query_check_object(struct evaluation *e);

/* The rows of a query that has been checked, in order of their creation. */
struct rows query_select(struct evaluation *e);

/* The records of an answer that the rows make, from OFFSET on, up to LIMIT (query.c). */
struct node *query_records(struct evaluation *e, const struct rows *rows);

/* Sorts the rows as ORDER BY says. */
void query_order(struct evaluation *e, struct rows *rows);

/* The value that a row has for an item, NULL: none. */
const struct node *query_row_value(struct evaluation *e, const struct row *row,
                                   const struct soql_item *item);

/* The field at the end of a path from a record, NULL: it has no value (query_value.c). */
const struct node *query_value_at(struct evaluation *e, const struct record *record,
                                  const struct soql_path *path);

/* The value of DISTANCE; NULL when one of the places is not known (query_value.c). */
const struct node *query_distance(struct evaluation *e, const struct record *record,
                                  const struct soql_item *item);

/* A date function of a value: CALENDAR_YEAR, DAY_ONLY, …; NULL for no date. */
const struct node *query_date_part(struct evaluation *e, enum soql_function function,
                                   const struct node *value);

#endif
