/* What kind of value an expression of a script gives, as far as that is certain. */
#ifndef DIALOGC_LANGUAGE_CHECK_SCRIPT_TYPES_H
#define DIALOGC_LANGUAGE_CHECK_SCRIPT_TYPES_H

#include "language/check/script.h"

enum script_type {
    SCRIPT_UNKNOWN,
    SCRIPT_TEXT,
    SCRIPT_NUMBER,
    SCRIPT_BOOLEAN,
    SCRIPT_LIST,
    SCRIPT_OBJECT,
    SCRIPT_DATE,
    SCRIPT_MOMENT, /* of the library moment */
    SCRIPT_HASH,   /* of koreUtil.hash */
    SCRIPT_TYPE_COUNT
};

enum script_type script_type_of(const struct checked_script *checked,
                                const struct javascript_node *node);

/* "a text", "a list". */
const char *script_type_name(enum script_type type);

/* The members that values of the type have, between blanks; "" for SCRIPT_UNKNOWN. */
const char *script_type_members(enum script_type type);

/* What to write instead of a method of another language, such as `add` of a list; or NULL. */
const char *script_type_instead(enum script_type type, struct slice method);

#endif
