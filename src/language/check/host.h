/* Names of Salesforce's hosts; private to src/language/check/. */
#ifndef DIALOGC_LANGUAGE_CHECK_HOST_H
#define DIALOGC_LANGUAGE_CHECK_HOST_H

#include "base/arena.h"
#include "base/slice.h"

/*
 * The host that was meant with one that is nearly Salesforce's: `login.salesforce.com` for
 * `login.saleforce.com`. Empty for all others. The result is in `arena`.
 */
struct slice host_meant(struct arena *arena, struct slice host);

/*
 * The host of the API of the organisation whose pages are on `host`: `acme.my.salesforce.com` for
 * `acme.lightning.force.com`. Empty for all others. The result is in `arena`.
 */
struct slice host_of_api(struct arena *arena, struct slice host);

/* The host of an https URL, without its port; empty when there is none. */
struct slice host_of_url(struct slice url);

#endif
