#include "platform/api/address.h"

#include "base/ascii.h"
#include "base/local_host.h"

enum { LONGEST_HOST = 255, LONGEST_ID = 100 };

static bool is_host(struct slice host)
{
    bool fits = host.length > 0 && host.length <= LONGEST_HOST && host.data[0] != '.' &&
                host.data[0] != '-' && host.data[0] != ':';
    for (size_t i = 0; fits && i < host.length; i++) {
        char c = host.data[i];
        fits = ascii_is_letter(c) || ascii_is_digit(c) || c == '.' || c == '-' || c == ':' ||
               c == '[' || c == ']';
    }
    return fits;
}

bool api_address_read(struct arena *arena, struct slice text, struct api_address *address,
                      const char **reason)
{
    size_t scheme = slice_find(text, "://", 0);
    struct slice name = scheme < text.length ? slice_part(text, 0, scheme) : SLICE("https");
    struct slice host = scheme < text.length ? slice_part(text, scheme + 3, text.length) : text;
    address->is_plain = slice_equal_ignoring_case(name, SLICE("http"));
    if (slice_ends_with(host, "/")) {
        host.length--;
    }
    *reason = NULL;
    if (!address->is_plain && !slice_equal_ignoring_case(name, SLICE("https"))) {
        *reason = "only https is possible";
    } else if (slice_find(host, "@", 0) < host.length) {
        *reason = "a host has no user name and password";
    } else if (!is_host(host)) {
        *reason = "a host is a name such as `bots.kore.ai`, without a path";
    } else if (address->is_plain && !local_host_is(host, NULL)) {
        *reason = "http is only possible for this machine (localhost); use https";
    }
    address->host = arena_lower_case(arena, host);
    address->origin = arena_printf(arena, "%s://%.*s", address->is_plain ? "http" : "https",
                                   SLICE_ARG(address->host));
    return *reason == NULL;
}

bool api_address_has(const struct api_address *address, struct slice url)
{
    const struct slice origin = address->origin;
    bool begins = url.length > origin.length &&
                  slice_equal_ignoring_case(slice_part(url, 0, origin.length), origin);
    return begins && (url.data[origin.length] == '/' || url.data[origin.length] == '?');
}

bool api_id_is_valid(struct slice id, const char *prefix)
{
    bool fits =
        id.length > strlen(prefix) && id.length <= LONGEST_ID && slice_starts_with(id, prefix);
    for (size_t i = 0; fits && i < id.length; i++) {
        fits = ascii_is_word(id.data[i]) || id.data[i] == '-';
    }
    return fits;
}
