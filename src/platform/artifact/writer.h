/* What the parts of the writer share. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_WRITER_H
#define DIALOGC_PLATFORM_ARTIFACT_WRITER_H

#include "document/json/writer.h"
#include "platform/artifact/id.h"

/* The ids of a node, made once: they stand in several places. */
struct artifact_node_ids {
    struct artifact_id node;
    struct artifact_id component;
    struct artifact_id ref;            /* of the component */
    struct artifact_node_ids *members; /* of a bot action */
};

/* Nodes with the same options, where the author has given none. */
enum artifact_options {
    OPTIONS_PLAIN,
    OPTIONS_CONFIRM,
    OPTIONS_REQUIRED, /* of entities */
    OPTIONS_OPTIONAL,
    OPTIONS_COUNT,
};

struct artifact_writer {
    struct json_writer json;
    struct arena *arena;
    const struct dialog *dialog;
    struct artifact_node_ids *ids;              /* of the dialog's nodes */
    struct json_passage options[OPTIONS_COUNT]; /* those that most nodes have */
};

/* The ids of one of the dialog's nodes. */
static inline const struct artifact_node_ids *artifact_ids_of(const struct artifact_writer *writer,
                                                              const struct dialog_node *node)
{
    return &writer->ids[node - writer->dialog->nodes];
}

/* Makes the ids of all nodes. */
void artifact_make_ids(struct artifact_writer *writer);

/* An id that dialogc has made: a word. Those that authors declare are texts. */
static ALWAYS_INLINE void artifact_write_id(struct json_writer *json, const char *key,
                                            const struct artifact_id *id)
{
    json_word_member(json, key, slice_of(id->text));
}

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
