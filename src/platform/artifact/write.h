/* Writing a dialog in the platform's file format. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_WRITE_H
#define DIALOGC_PLATFORM_ARTIFACT_WRITE_H

#include "dialog/dialog.h"

/* The hint of content variables that dialogc writes: so it knows them again in an export. */
#define ARTIFACT_CONTENT_HINT "Written by dialogc"

/*
 * Appends the artifact NAME.dialog.json: an object with the keys of a platform export that hold a
 * dialog's parts. docs/format.md tells the form. The same dialog gives the same bytes. `compact`:
 * without white space, for what is read again at once.
 */
void artifact_write(struct builder *out, struct arena *arena, const struct dialog *dialog,
                    bool compact);

#endif
