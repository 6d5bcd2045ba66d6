/* What the parts of the writer share. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_WRITER_H
#define DIALOGC_PLATFORM_ARTIFACT_WRITER_H

#include "document/json/writer.h"
#include "platform/artifact/id.h"

/* The ids of a node, made once: they stand in several places. */
struct artifact_node_ids {
    struct artifact_id node;
    struct artifact_id component;
    struct artifact_node_ids *members; /* of a bot action */
};

struct artifact_writer {
    struct json_writer json;
    struct arena *arena;
    const struct dialog *dialog;
    struct artifact_node_ids *ids; /* of the dialog's nodes */
    size_t plain_options;          /* where in the output the options of a plain node stand */
    size_t plain_options_length;   /* 0: not written yet */
};

/* The ids of one of the dialog's nodes. */
static inline const struct artifact_node_ids *artifact_ids_of(const struct artifact_writer *writer,
                                                              const struct dialog_node *node)
{
    return &writer->ids[node - writer->dialog->nodes];
}

/* Makes the ids of all nodes. */
void artifact_make_ids(struct artifact_writer *writer);

/* A string value, percent-encoded where it holds a reserved character. */
void artifact_write_encoded(struct json_writer *json, struct slice text);

void artifact_write_stub(struct artifact_writer *writer, const struct dialog_node *node);
void artifact_write_action_nodes(struct artifact_writer *writer, const struct dialog_node *node);

/* dialogComponents, each once. */
void artifact_write_components(struct artifact_writer *writer);

/* idpConfigurations: the custom auth profiles that services are bound to. */
void artifact_write_profiles(struct artifact_writer *writer);

/* The patterns of one locale under `key`; nothing when there are none. */
void artifact_write_pattern_list(struct artifact_writer *writer, const char *key,
                                 const struct sentences *patterns, struct slice locale);

/* Some bots have an intent's negative patterns in its component, as `imported` says. */
bool artifact_has_negative_component(const struct template *template);

/* sentences and patterns. */
void artifact_write_sentences(struct artifact_writer *writer);
void artifact_write_patterns(struct artifact_writer *writer);

#endif
