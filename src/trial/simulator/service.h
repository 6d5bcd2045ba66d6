/* Requests of service nodes, and where their responses come from. */
#ifndef DIALOGC_TRIAL_SIMULATOR_SERVICE_H
#define DIALOGC_TRIAL_SIMULATOR_SERVICE_H

#include "trial/simulator/run.h"

/*
 * Sends the request of a service or data table, between its two processors, and keeps the response
 * in the context. A timeout may end the conversation.
 */
void service_call(struct run *run, const struct program_node *node);

#endif
