/* What the parts of the writer share. */
#ifndef DIALOGC_XO_PRIVATE_H
#define DIALOGC_XO_PRIVATE_H

#include "json/writer.h"
#include "xo/id.h"

struct xo_writer {
    struct json_writer json;
    struct arena *arena;
    const struct dialog *dialog;
};

/* The platform's word for a kind of node: "botAction". */
const char *xo_type_name(enum dialog_kind kind);

/* The component of a node. */
struct xo_id xo_component_of(const struct xo_writer *writer, const struct dialog_node *node);

/* A string value, percent-encoded where it holds a reserved character. */
void xo_write_encoded(struct json_writer *json, struct slice text);

void xo_write_position(struct json_writer *json, const struct dialog_node *node);
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
