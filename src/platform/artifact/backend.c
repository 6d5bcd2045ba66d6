/* An artifact is written by write.c; overlay.c lays over it what the template has in the platform's
 * own keys. */
#include "platform/artifact/backend.h"

#include "document/json/writer.h"
#include "platform/artifact/overlay.h"
#include "platform/artifact/write.h"

/*
 * Most artifacts fit into this, so that the buffer does not have to grow. Of large ones the nodes
 * take most; room that is not needed is never touched.
 */
#define ARTIFACT_ROOM ((size_t)128 * 1024)
#define NODE_ROOM     ((size_t)4 * 1024)

static size_t room_for(const struct dialog *dialog)
{
    size_t nodes = dialog->count * NODE_ROOM;
    return nodes > ARTIFACT_ROOM ? nodes : ARTIFACT_ROOM;
}

static void write_artifact(struct arena *arena, const struct dialog *dialog,
                           struct diagnostics *diagnostics, struct slice *artifact)
{
    bool overlay =
        artifact_has_overlay(dialog); /* its addresses are only known from what is written */
    if (artifact == NULL && !overlay) {
        return;
    }
    struct builder out = builder_new(arena);
    if (!overlay) {
        builder_reserve(&out, room_for(dialog));
        artifact_write(&out, arena, dialog);
    } else {
        struct artifact_tree tree = artifact_make_tree(arena, dialog);
        struct node *whole = artifact_overlay(arena, dialog, &tree, diagnostics);
        struct json_writer json = json_writer_new(&out, false);
        if (artifact != NULL) {
            json_node(&json, whole);
        }
    }
    if (artifact != NULL) {
        *artifact = builder_slice(&out);
    }
}

const struct backend artifact_backend = {write_artifact};
