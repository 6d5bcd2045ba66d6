/* Values of records: at the end of a path, and DISTANCE, how far it is from one place to another.
 */
#include <math.h>
#include <stdlib.h>

#include "document/tree/build.h"
#include "trial/organisation/query_rows.h"

void query_fail(struct evaluation *e, struct refusal refusal)
{
    if (e->refusal.code == NULL) {
        e->refusal = refusal;
    }
}

/* The field at the end of a path, and the record it is of; NULL where a reference is empty. */
const struct node *query_value_at(struct evaluation *e, const struct record *record,
                                  const struct soql_path *path)
{
    for (size_t i = 0; i + 1 < path->count; i++) {
        const struct sobject_field *reference =
            sobject_relationship(record->object, path->segments[i]);
        record = reference != NULL ? record_follow(e->org, record, reference) : NULL;
        if (record == NULL) {
            return NULL;
        }
    }
    const struct sobject_field *field =
        sobject_field(record->object, path->segments[path->count - 1]);
    return field != NULL ? record_value(record, field) : NULL;
}

/* ---- DISTANCE ---- */

static const double RADIUS_KILOMETRES = 6371.0088; /* the mean of the globe's */
static const double RADIUS_MILES = 3958.7613;

struct place {
    double latitude, longitude; /* in degrees */
};

/* "Latitude" of BillingAddress is BillingLatitude, of Location__c it is Location__Latitude__s. */
static struct slice part_name(struct arena *arena, struct slice field, const char *part)
{
    static const size_t address = sizeof "Address" - 1;
    static const size_t custom = sizeof "c" - 1;
    if (slice_ends_with(field, "Address")) {
        return arena_printf(arena, "%.*s%s", (int)(field.length - address), field.data, part);
    }
    return slice_ends_with(field, "__c")
               ? arena_printf(arena, "%.*s%s__s", (int)(field.length - custom), field.data, part)
               : field;
}

static bool read_part(struct evaluation *e, const struct record *record,
                      const struct soql_path *path, const char *part, double *degrees)
{
    struct arena *arena = e->org->work;
    struct soql_path to = *path;
    to.segments = arena_alloc_array(arena, path->count, sizeof *to.segments);
    memcpy(to.segments, path->segments, path->count * sizeof *to.segments);
    to.segments[path->count - 1] = part_name(arena, path->segments[path->count - 1], part);
    const struct node *value = query_value_at(e, record, &to);
    if (value == NULL || !node_is_number(value)) {
        return false;
    }
    *degrees = strtod(arena_copy(arena, value->text), NULL);
    return true;
}

static bool read_place(struct evaluation *e, const struct record *record,
                       const struct soql_path *path, struct place *place)
{
    return read_part(e, record, path, "Latitude", &place->latitude) &&
           read_part(e, record, path, "Longitude", &place->longitude);
}

/* The part of the radius between two places, along a great circle (haversine). */
static double arc(const struct place *a, const struct place *b)
{
    const double degree = acos(-1.0) / 180;
    double north = sin((b->latitude - a->latitude) * degree / 2);
    double east = sin((b->longitude - a->longitude) * degree / 2);
    double half =
        north * north + cos(a->latitude * degree) * cos(b->latitude * degree) * east * east;
    return 2 * asin(half < 1 ? sqrt(half) : 1);
}

const struct node *query_distance(struct evaluation *e, const struct record *record,
                                  const struct soql_item *item)
{
    struct place from;
    struct place to = {item->latitude, item->longitude};
    if (!read_place(e, record, &item->path, &from) ||
        (item->other.count > 0 && !read_place(e, record, &item->other, &to))) {
        return NULL;
    }
    struct node *node = node_new_integer(e->org->work, 0);
    node->kind = NODE_FLOAT;
    node->text =
        arena_printf(e->org->work, "%.15g",
                     arc(&from, &to) * (item->in_miles ? RADIUS_MILES : RADIUS_KILOMETRES));
    return node;
}
