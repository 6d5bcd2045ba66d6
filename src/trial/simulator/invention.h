/* Responses and answers that nobody has given: what they must have for a dialog to go on. */
#ifndef DIALOGC_TRIAL_SIMULATOR_INVENTION_H
#define DIALOGC_TRIAL_SIMULATOR_INVENTION_H

#include "trial/simulator/program.h"

/*
 * A body for the response of the service `name`: an object with a value at every path that the
 * dialog reads from it (`context.NAME.response.body.items[0].id`), as far as that can be seen
 * without running the scripts. Lists have one element, all else is text.
 */
struct node *invention_body(struct arena *arena, const struct program_dialog *dialog,
                            struct slice name);

#endif
