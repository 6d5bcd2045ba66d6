/* Messages as the channel shows them. */
#ifndef DIALOGC_TRIAL_SIMULATOR_CHANNEL_H
#define DIALOGC_TRIAL_SIMULATOR_CHANNEL_H

#include "document/tree/node.h"

/*
 * A message as it is seen: text, or a mapping of `text` and what it shows beside it: `buttons`,
 * `quickReplies`, `list`, `carousel`, `table`, or the `payload` of another template.
 */
const struct node *channel_message(struct arena *arena, struct slice printed, bool is_script);

#endif
