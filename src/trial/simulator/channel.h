/* Messages as the channel shows them. */
#ifndef DIALOGC_TRIAL_SIMULATOR_CHANNEL_H
#define DIALOGC_TRIAL_SIMULATOR_CHANNEL_H

#include "document/tree/node.h"

/*
 * A message as it is seen: text, or a mapping of `text` and what it shows beside it: `buttons`,
 * `quickReplies`, `list`, `carousel`, `table`, or the `payload` of another template.
 */
const struct node *channel_message(struct arena *arena, struct slice printed, bool is_script);

/*
 * A link in the message that would run or open something on the user's device (javascript:, data:),
 * as far as it can be seen: in a member that is a link, or inside a text. Empty when there is none.
 */
struct slice channel_dangerous_link(const struct node *message);

#endif
