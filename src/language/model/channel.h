/* The channels of the platform. */
#ifndef DIALOGC_LANGUAGE_MODEL_CHANNEL_H
#define DIALOGC_LANGUAGE_MODEL_CHANNEL_H

/*
 * Their names in exports, and `default` for the text of all others; ends with NULL. The list is
 * from exports and the platform's documentation, and not complete: a bot can have others.
 */
extern const char *const channel_names[];

#endif
