/* Requests of service nodes, and where their responses come from. */
#ifndef DIALOGC_TRIAL_SIMULATOR_SERVICE_H
#define DIALOGC_TRIAL_SIMULATOR_SERVICE_H

#include "trial/simulator/run.h"

/*
 * Sends the request of a service, data table or webhook, between its two processors, and keeps the
 * response in the context. A timeout may end the conversation.
 */
void service_call(struct run *run, const struct program_node *node);

/* True for a node that hands the context to a program of the bot's owner. */
bool service_is_webhook(const struct program_node *node);

#endif
