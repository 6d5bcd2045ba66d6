/* The form of record ids, from the REST API's documentation. */
#include "salesforce/record_id.h"

#include "base/ascii.h"

enum { SHORT_LENGTH = 15, LONG_LENGTH = 18, GROUP = 5 };

struct slice record_id_pattern(struct arena *arena, struct slice prefix)
{
    if (prefix.length == 0) {
        return SLICE("^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$");
    }
    return arena_printf(arena, "^%.*s[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$", SLICE_ARG(prefix));
}

static char check_character(struct slice id, size_t group)
{
    unsigned bits = 0;
    for (size_t i = 0; i < GROUP; i++) {
        char c = id.data[group * GROUP + i];
        bits |= (unsigned)(c >= 'A' && c <= 'Z') << i;
    }
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
}

const char *record_id_mistake(struct slice id)
{
    if (id.length != SHORT_LENGTH && id.length != LONG_LENGTH) {
        return "an id must have 15 or 18 characters";
    }
    for (size_t i = 0; i < id.length; i++) {
        if (!ascii_is_letter(id.data[i]) && !ascii_is_digit(id.data[i])) {
            return "an id may contain only letters and digits";
        }
    }
    for (size_t group = 0; id.length == LONG_LENGTH && group < SHORT_LENGTH / GROUP; group++) {
        if (id.data[SHORT_LENGTH + group] != check_character(id, group)) {
            return "the last three characters, a checksum, do not match the rest: a letter is "
                   "wrong or in the wrong case";
        }
    }
    return NULL;
}

struct slice record_id_long(struct arena *arena, struct slice id)
{
    if (id.length != SHORT_LENGTH) {
        return id;
    }
    char check[] = {check_character(id, 0), check_character(id, 1), check_character(id, 2), '\0'};
    return arena_printf(arena, "%.*s%s", SLICE_ARG(id), check);
}

bool record_id_equal(struct slice a, struct slice b)
{
    return a.length >= SHORT_LENGTH && b.length >= SHORT_LENGTH &&
           memcmp(a.data, b.data, SHORT_LENGTH) == 0;
}
