#include "language/check/host.h"

#include <string.h>

#include "base/suggestion.h"
#include "base/table.h"

/* The last labels of Salesforce's own hosts. */
static const char *const domains[] = {"salesforce.com", "force.com", "salesforce-sites.com"};

/* `salesforce.com` of `acme.my.salesforce.com`. */
static struct slice last_two_labels(struct slice host)
{
    size_t dots = 0;
    for (size_t i = host.length; i > 0; i--) {
        dots += host.data[i - 1] == '.';
        if (dots == 2) {
            return slice_part(host, i, host.length);
        }
    }
    return host;
}

struct slice host_meant(struct arena *arena, struct slice host)
{
    struct slice domain = last_two_labels(host);
    struct suggestion s = suggestion_new(domain);
    for (size_t i = 0; i < TABLE_LENGTH(domains); i++) {
        suggestion_offer(&s, slice_of(domains[i]));
    }
    if (s.best.length == 0 || slice_equal_ignoring_case(s.best, domain)) {
        return SLICE("");
    }
    return arena_printf(arena, "%.*s%.*s", (int)(host.length - domain.length), host.data,
                        SLICE_ARG(s.best));
}

struct slice host_of_api(struct arena *arena, struct slice host)
{
    static const char *const pages[] = {".lightning.force.com", ".my.site.com", ".vf.force.com",
                                        ".my.salesforce-setup.com", ".file.force.com"};
    for (size_t i = 0; i < TABLE_LENGTH(pages); i++) {
        if (slice_ends_with(host, pages[i])) {
            return arena_printf(arena, "%.*s.my.salesforce.com",
                                (int)(host.length - strlen(pages[i])), host.data);
        }
    }
    return SLICE("");
}

struct slice host_of_url(struct slice url)
{
    if (!slice_starts_with(url, "https://")) {
        return SLICE("");
    }
    size_t end = 8;
    while (end < url.length && memchr(":/?#", url.data[end], 4) == NULL) {
        end++;
    }
    return slice_part(url, 8, end);
}
