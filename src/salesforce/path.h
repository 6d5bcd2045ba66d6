/* Paths of fields: "Name", "Account.Owner.Name", "MailingAddress.city". */
#ifndef DIALOGC_SALESFORCE_PATH_H
#define DIALOGC_SALESFORCE_PATH_H

#include "salesforce/sobject.h"

struct path_result {
    const struct sobject_field *field; /* where the path ends; NULL: not known, or a record */
    bool is_record;                    /* the path ends at a related record */
    bool is_missing;                   /* `object` has no `segment` */
    bool is_custom;       /* it has none that is known, but an organisation may have added it */
    bool is_relationship; /* what is missing would have to lead to another object */
    size_t segment;
    /* the first field or relationship that only some organisations have, or NULL; its segment */
    const struct sobject_field *by_setting;
    size_t setting_segment;
    const struct sobject *setting_object; /* whose field it is */
    const struct sobject *object; /* where the last segment was looked up; NULL: not known */
};

/*
 * Follows a path from `object`, which may be NULL: then nothing is known. A reference that may
 * lead to several objects (an owner: a user or a queue) has the fields of all of them.
 */
struct path_result path_follow(struct arena *arena, const struct sobject *object,
                               const struct slice *segments, size_t count);

/* As path_follow, for "Account.Name". */
struct path_result path_follow_text(struct arena *arena, const struct sobject *object,
                                    struct slice path);

/*
 * Where a relationship leads: the first of its targets that is known and has `next`, in any letter
 * case; else the first that is known, or NULL. NULL, too, for what belongs to the object Name when
 * there are several targets: `Type` of `What.Type`. `*is_complete` is false when dialogc does not
 * know all of them.
 */
const struct sobject *path_target(struct arena *arena, const struct sobject *object,
                                  const struct sobject_field *relationship, struct slice next,
                                  bool *is_complete);

/*
 * The first segment of a path that comes directly behind a relationship to several objects and is
 * not a field of the object Name, which is all that SOQL has there without TYPEOF; or `count`.
 */
size_t path_beyond_name(struct arena *arena, const struct sobject *object,
                        const struct slice *segments, size_t count);

/* Splits "Account.Name" at its dots. */
struct slice *path_split(struct arena *arena, struct slice path, size_t *count);

#endif
