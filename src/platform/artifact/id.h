/* Ids of the artifact, each a version 5 UUID of a stable name; see docs/format.md. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_ID_H
#define DIALOGC_PLATFORM_ARTIFACT_ID_H

#include "base/uuid5.h"
#include "dialog/dialog.h"
#include "platform/artifact/node_type.h"

/* An id as text: prefix and UUID. */
struct artifact_id {
    char text[64];
};

/* "st-…" and its refId, of a bot by its name. */
struct artifact_id artifact_bot_id(struct slice name);
struct artifact_id artifact_bot_ref(struct slice name);

/* "dg-…" and its refId, of a template. */
struct artifact_id artifact_dialog_id(struct slice template_id);
struct artifact_id artifact_dialog_ref(struct slice template_id);

/* "dc-…" and its refId, of a component by kind and name. */
struct artifact_id artifact_component_id(struct slice template_id, enum dialog_kind kind,
                                         struct slice name);
struct artifact_id artifact_component_ref(struct slice template_id, enum dialog_kind kind,
                                          struct slice name);

/*
 * The ids of a dialog and of its intent component; of one that is no template of the build, those
 * that the author has declared.
 */
struct artifact_id artifact_id_of_dialog(const struct template *template);
struct artifact_id artifact_ref_of_dialog(const struct template *template);
struct artifact_id artifact_intent_id(const struct template *template);
struct artifact_id artifact_intent_ref(const struct template *template);

/* "ap-…" and its refId, of an auth profile by its name, which is what services refer to. */
struct artifact_id artifact_profile_id(struct slice name);
struct artifact_id artifact_profile_ref(struct slice name);

/* Of a node: "intent0" for the first one, "nd-<kind>-…" for others, "nd-…" inside an action. */
struct artifact_id artifact_node_id(struct slice template_id, const struct dialog_node *node,
                                    bool member);

/*
 * "dummy-…", of the number-th transition of a node: the node's own UUID with the number in its last
 * six digits, which spares a hash for each transition.
 */
struct artifact_id artifact_connection_id(const struct artifact_id *node, struct slice template_id,
                                          struct slice node_key, size_t number);

/* 24 hex digits, of a training sentence. */
struct artifact_id artifact_sentence_id(struct slice template_id, struct slice locale,
                                        struct slice sentence);

#endif
