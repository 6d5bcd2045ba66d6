/*
 * Writing JavaScript (ECMAScript 5), in which the platform runs scripts and message scripts.
 *
 * Values are read with small helper functions that are put before a script when it uses them, so
 * that a missing part of an answer is never an exception.
 */
#ifndef DIALOGC_DIALOG_SCRIPT_H
#define DIALOGC_DIALOG_SCRIPT_H

#include "base/builder.h"
#include "model/template.h"

enum script_helper {
    HELPER_READ = 1,     /* read(object, path): the value, or undefined */
    HELPER_SHOW = 2,     /* show(value): text for people */
    HELPER_REASON = 4,   /* reason(service): what went wrong, in words */
    HELPER_PART = 8,     /* part(value): percent-encoded for a URL */
    HELPER_TERM = 16,    /* term(value): escaped for SOSL */
    HELPER_LITERAL = 32, /* literal(value, kind): a SOQL literal */
    HELPER_GIVEN = 64,   /* given(values): true when none is missing */
    HELPER_HEADER = 128, /* header(value): safe inside the JSON text of headers */
};

struct script_writer {
    struct arena *arena;
    struct builder body;
    unsigned helpers; /* those that have been used */
    struct slice locale;
};

struct script_writer script_writer_new(struct arena *arena, struct slice locale);

/* The finished script: the helpers that it uses, then the body. */
struct slice script_finish(struct script_writer *writer);

/* Appends a JavaScript string literal. */
void script_string(struct builder *out, struct slice text);

/* Appends an expression for the value of a reference (undefined when it is missing). */
void script_value(struct script_writer *writer, const struct reference *reference);

/* Appends an expression for a whole text, as it is shown to people. */
void script_text(struct script_writer *writer, const struct text *text);

/* As script_text, for the URL of a link: references inside it are percent-encoded. */
void script_link(struct script_writer *writer, const struct text *text);

/* Appends an expression for `condition`: true or false. */
void script_condition(struct script_writer *writer, const struct condition *condition);

/* The platform's path of a reference: "context.entities.lastName", "env.NAME". */
struct slice reference_platform_path(struct arena *arena, const struct reference *reference);

/* Platform text with {{…}}; only for texts that need no script. */
struct slice text_platform(struct arena *arena, const struct text *text);

/* True when the text can only be said by a script: `error`, `?`, lists. */
bool text_needs_script(const struct text *text);

#endif
