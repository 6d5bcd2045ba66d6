/* What a template lacks, as edits of its text: for code actions. */
#ifndef DIALOGC_EDITOR_SERVER_ADDITIONS_H
#define DIALOGC_EDITOR_SERVER_ADDITIONS_H

#include "base/edit.h"
#include "editor/server/server.h"

/*
 * Texts for the locales that a document is built for and that mappings of locales lack: the first
 * text of each stands for them. Returns the names of the locales for a title; empty when nothing is
 * missing, or the document cannot be read.
 */
struct slice additions_of_locales(struct arena *arena, const struct document *document,
                                  const struct compiler *compiler, struct edits *edits);

/*
 * The required fields that the operation around `range` lacks, where it creates a record, with
 * entities that ask for them. Returns the names of the fields for a title; empty when there is
 * nothing to add, or the document is not written line by line there.
 */
struct slice additions_of_fields(struct arena *arena, const struct document *document,
                                 const struct compiler *compiler, struct range range,
                                 struct edits *edits);

#endif
