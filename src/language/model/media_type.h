/* What the body of a request is made of, as its header Content-Type says. */
#ifndef DIALOGC_LANGUAGE_MODEL_MEDIA_TYPE_H
#define DIALOGC_LANGUAGE_MODEL_MEDIA_TYPE_H

#include "base/slice.h"

enum body_form {
    BODY_JSON,
    BODY_FORM,  /* application/x-www-form-urlencoded: pairs of names and values */
    BODY_XML,   /* HTML too, which escapes the same characters */
    BODY_TEXT,  /* plain text, in which nothing has a meaning */
    BODY_OTHER, /* nothing is known of how to write a value in it */
};

/* The form that a value of Content-Type names: "application/json; charset=utf-8" is JSON. */
enum body_form media_type_form(struct slice content_type);

/* "a JSON body", "a form"… */
const char *body_form_name(enum body_form form);

/* The Content-Type of a body of this form, where its author does not say. */
const char *body_form_media_type(enum body_form form);

#endif
