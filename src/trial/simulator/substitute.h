/* Variables in texts, requests and scripts: {{context.…}}, {{env.NAME}}, {{content.NAME}}. */
#ifndef DIALOGC_TRIAL_SIMULATOR_SUBSTITUTE_H
#define DIALOGC_TRIAL_SIMULATOR_SUBSTITUTE_H

#include "base/builder.h"
#include "document/tree/node.h"
#include "trial/script/engine.h"

/*
 * Appends `text` with each {{…}} replaced by its value: text as it is, other values as JSON.
 * Environment variables without a value become `host`.
 */
void substitute(struct script_engine *engine, struct arena *arena, struct builder *out,
                struct slice text, struct slice host);

/* A value as the platform shows it in a text. */
void substitute_value(struct builder *out, const struct node *value);

#endif
