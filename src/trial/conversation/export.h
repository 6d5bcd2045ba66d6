/*
 * Conversations for other tools: text files of Botium, and the platform's own conversation tests.
 * Both know what is said and answered, not what services are answered: conversations that depend on
 * that are left out.
 */
#ifndef DIALOGC_TRIAL_CONVERSATION_EXPORT_H
#define DIALOGC_TRIAL_CONVERSATION_EXPORT_H

#include "base/builder.h"
#include "document/tree/node.h"

/* False for a recorded case with `answers` or `set`, which other tools cannot bring about. */
bool export_is_possible(const struct node *recorded);

/* Appends a recorded case as a file `*.convo.txt` of Botium. */
void export_botium(struct builder *out, const struct node *recorded);

/*
 * Appends recorded cases as a test suite for the platform. docs/testing.md says what of this form
 * is not verified.
 */
void export_xo(struct builder *out, const struct node *const *recorded, size_t count);

/* A file name made of a case's name: letters, digits and hyphens. */
struct slice export_file_name(struct arena *arena, struct slice dialog, struct slice name);

#endif
