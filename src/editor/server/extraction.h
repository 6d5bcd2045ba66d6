/* A call with its failures as a fragment of its own: for a code action. */
#ifndef DIALOGC_EDITOR_SERVER_EXTRACTION_H
#define DIALOGC_EDITOR_SERVER_EXTRACTION_H

#include "base/edit.h"
#include "editor/server/server.h"

struct extraction {
    struct slice id;    /* of the fragment: "create-lead" for the service `createLead` */
    const char *path;   /* of its file, which is new */
    struct slice text;  /* of its file */
    struct edits edits; /* of the template */
};

/*
 * Moves the step of a flow around `range`, which calls a service, into a fragment with that
 * service; the messages stay in the template. False when there is no such step, it is not written
 * line by line, another step calls the service, or there is a fragment of that name.
 */
bool extraction_of_call(struct lsp *lsp, struct arena *arena, const struct document *document,
                        const struct project_state *project, struct range range,
                        struct extraction *extraction);

#endif
