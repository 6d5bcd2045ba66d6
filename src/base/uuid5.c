/* Version 5 UUIDs by libuuid. */
#include "base/uuid5.h"

#include <uuid/uuid.h>

/* The namespace of all dialogc ids; made once, at random, and never to be changed. */
static const uuid_t dialogc_namespace = {0x5b, 0x1f, 0x0e, 0x3a, 0x6c, 0x57, 0x4d, 0x0b,
                                         0x9a, 0x3e, 0x71, 0x8d, 0x42, 0xc6, 0x0f, 0x95};

void uuid5_text(struct slice name, char out[UUID5_TEXT])
{
    uuid_t id;
    uuid_generate_sha1(id, dialogc_namespace, name.data, name.length);
    uuid_unparse_lower(id, out);
}

void uuid5_object_id(struct slice name, char out[25])
{
    static const char digits[] = "0123456789abcdef";
    uuid_t id;
    uuid_generate_sha1(id, dialogc_namespace, name.data, name.length);
    for (size_t i = 0; i < 12; i++) {
        out[2 * i] = digits[id[i] >> 4];
        out[2 * i + 1] = digits[id[i] & 15];
    }
    out[24] = '\0';
}
