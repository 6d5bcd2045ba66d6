/* What the parts of the writer share. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_PRIVATE_H
#define DIALOGC_PLATFORM_ARTIFACT_PRIVATE_H

#include "document/json/writer.h"
#include "platform/artifact/id.h"

/* The ids of a node, made once: they stand in several places. */
struct xo_node_ids {
    struct xo_id node;
    struct xo_id component;
    struct xo_node_ids *members; /* of a bot action */
};

struct xo_writer {
    struct json_writer json;
    struct arena *arena;
    const struct dialog *dialog;
    struct xo_node_ids *ids;     /* of the dialog's nodes */
    size_t plain_options;        /* where in the output the options of a plain node stand */
    size_t plain_options_length; /* 0: not written yet */
};

/* The ids of one of the dialog's nodes. */
static inline const struct xo_node_ids *xo_ids_of(const struct xo_writer *writer,
                                                  const struct dialog_node *node)
{
    return &writer->ids[node - writer->dialog->nodes];
}

/* Makes the ids of all nodes. */
void xo_make_ids(struct xo_writer *writer);

/* A string value, percent-encoded where it holds a reserved character. */
void xo_write_encoded(struct json_writer *json, struct slice text);

void xo_write_stub(struct xo_writer *writer, const struct dialog_node *node);
void xo_write_action_nodes(struct xo_writer *writer, const struct dialog_node *node);

/* dialogComponents, each once. */
void xo_write_components(struct xo_writer *writer);

/* idpConfigurations: the custom auth profiles that services are bound to. */
void xo_write_profiles(struct xo_writer *writer);

/* sentences and patterns. */
void xo_write_sentences(struct xo_writer *writer);
void xo_write_patterns(struct xo_writer *writer);

#endif
