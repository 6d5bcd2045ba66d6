#include "base/local_host.h"

#include "base/ascii.h"

/* True for `:` and digits, and for nothing at all. */
static bool is_port(struct slice text)
{
    for (size_t i = 1; i < text.length; i++) {
        if (!ascii_is_digit(text.data[i])) {
            return false;
        }
    }
    return text.length == 0 || (text.data[0] == ':' && text.length > 1);
}

/* Four numbers of up to three digits, the first of them 127. */
static bool is_loopback_address(struct slice name)
{
    size_t parts = 0;
    struct slice part;
    for (size_t at = 0; slice_next_part(name, '.', &at, &part); parts++) {
        bool digits = part.length > 0 && part.length <= 3;
        for (size_t i = 0; digits && i < part.length; i++) {
            digits = ascii_is_digit(part.data[i]);
        }
        if (!digits || (parts == 0 && !slice_is(part, "127"))) {
            return false;
        }
    }
    return parts == 4;
}

bool local_host_is(struct slice host, const char *also)
{
    size_t end = slice_starts_with(host, "[") ? slice_find(host, "]", 0) : slice_find(host, ":", 0);
    if (slice_starts_with(host, "[")) {
        return end < host.length && slice_is(slice_part(host, 0, end + 1), "[::1]") &&
               is_port(slice_part(host, end + 1, host.length));
    }
    end = end < host.length ? end : host.length;
    struct slice name = slice_part(host, 0, end);
    bool known = slice_equal_ignoring_case(name, SLICE("localhost")) || is_loopback_address(name) ||
                 (also != NULL && slice_equal_ignoring_case(name, slice_of(also)));
    return known && is_port(slice_part(host, end, host.length));
}

bool local_host_is_origin(struct slice origin, const char *also)
{
    size_t scheme = slice_find(origin, "://", 0);
    return scheme < origin.length &&
           local_host_is(slice_part(origin, scheme + 3, origin.length), also);
}
