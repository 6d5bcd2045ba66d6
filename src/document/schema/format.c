/*
 * Formats of JSON Schema 2020-12, section 7.3: a regular expression for the grammar, and a function
 * for what a grammar does not say (calendars, leap seconds, addresses).
 */
#include "document/schema/format.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

struct format {
    struct regex *regex; /* NULL: the function alone decides */
    bool (*holds)(struct arena *arena, struct slice text);
};

/* ---- dates and times (RFC 3339) ---- */

#define DATE "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
#define TIME "(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?"
#define ZONE "(?:[zZ]|[+\\-](?:[01]\\d|2[0-3]):[0-5]\\d)"
#define DURATION                                                                                   \
    "P(?:\\d+W|(?=.)(?:\\d+D|\\d+M(?:\\d+D)?|\\d+Y(?:\\d+M(?:\\d+D)?)?)?"                          \
    "(?:T(?:\\d+S|\\d+M(?:\\d+S)?|\\d+H(?:\\d+M(?:\\d+S)?)?))?)"

static int two_digits(struct slice text, size_t at)
{
    return (text.data[at] - '0') * 10 + text.data[at + 1] - '0';
}

static bool is_date(struct arena *arena, struct slice text)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    (void)arena;
    int year = two_digits(text, 0) * 100 + two_digits(text, 2);
    int month = two_digits(text, 5);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return two_digits(text, 8) <= days[month - 1] + (leap && month == 2);
}

/* A leap second is the last one of a day in UTC. */
static bool is_time(struct arena *arena, struct slice text)
{
    enum { MINUTES_OF_A_DAY = 24 * 60 };
    (void)arena;
    if (two_digits(text, 6) < 60) {
        return true;
    }
    int minutes = two_digits(text, 0) * 60 + two_digits(text, 3);
    char last = text.data[text.length - 1];
    if (last != 'z' && last != 'Z') {
        size_t sign = text.length - strlen("+00:00");
        int offset = two_digits(text, sign + 1) * 60 + two_digits(text, sign + 4);
        minutes += text.data[sign] == '-' ? offset : -offset;
    }
    return (minutes + MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY == MINUTES_OF_A_DAY - 1;
}

static bool is_date_time(struct arena *arena, struct slice text)
{
    return is_date(arena, text) &&
           is_time(arena, slice_part(text, strlen("2026-01-01T"), text.length));
}

/* ---- addresses ---- */

#define LABEL    "[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?"
#define HOSTNAME "(?=.{1,253}$)" LABEL "(?:\\." LABEL ")*"
#define ATOM     "[A-Za-z0-9!#$%&'*+\\-\\/=?\\^_`{|}~]+"
#define QUOTED   "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\""
#define LITERAL  "\\[(?:IPv6:[0-9A-Fa-f:.]+|[0-9.]+)\\]"
#define EMAIL    "(?:" ATOM "(?:\\." ATOM ")*|" QUOTED ")@(?:" LITERAL "|" HOSTNAME ")"

static bool is_address(struct arena *arena, int family, struct slice text)
{
    unsigned char address[sizeof(struct in6_addr)];
    return memchr(text.length > 0 ? text.data : "", '\0', text.length) == NULL &&
           inet_pton(family, arena_printf(arena, "%.*s", SLICE_ARG(text)).data, address) == 1;
}

static bool is_ipv4(struct arena *arena, struct slice text)
{
    return is_address(arena, AF_INET, text);
}

static bool is_ipv6(struct arena *arena, struct slice text)
{
    return is_address(arena, AF_INET6, text);
}

static bool is_email(struct arena *arena, struct slice text)
{
    if (!slice_ends_with(text, "]")) {
        return true;
    }
    size_t start = text.length;
    while (text.data[start - 1] != '[') {
        start--;
    }
    struct slice address = slice_part(text, start, text.length - 1);
    return slice_starts_with(address, "IPv6:")
               ? is_ipv6(arena, slice_part(address, strlen("IPv6:"), address.length))
               : is_ipv4(arena, address);
}

/* ---- URIs (RFC 3986) ---- */

#define ESCAPED    "%[0-9A-Fa-f]{2}"
#define UNRESERVED "A-Za-z0-9\\-._~!$&'()*+,;="
#define SEGMENT    "(?:[" UNRESERVED ":@]|" ESCAPED ")"
#define NO_COLON   "(?:[" UNRESERVED "@]|" ESCAPED ")"
#define NAME       "(?:[" UNRESERVED "]|" ESCAPED ")"
#define HOST       "(?:\\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\\.[" UNRESERVED ":]+)\\]|" NAME "*)"
#define AUTHORITY  "\\/\\/(?:(?:" NAME "|:)*@)?" HOST "(?::\\d*)?(?:\\/" SEGMENT "*)*"
#define ABSOLUTE   "\\/(?:" SEGMENT "+(?:\\/" SEGMENT "*)*)?"
#define ROOTLESS   SEGMENT "+(?:\\/" SEGMENT "*)*"
#define NOSCHEME   NO_COLON "+(?:\\/" SEGMENT "*)*"
#define TAIL       "(?:\\?(?:" SEGMENT "|[\\/?])*)?(?:#(?:" SEGMENT "|[\\/?])*)?"
#define URI        "[A-Za-z][A-Za-z0-9+\\-.]*:(?:" AUTHORITY "|" ABSOLUTE "|" ROOTLESS "|)" TAIL
#define RELATIVE   "(?:" AUTHORITY "|" ABSOLUTE "|" NOSCHEME "|)" TAIL

/* The grammar allows brackets around a host only. */
static bool is_uri(struct arena *arena, struct slice text)
{
    size_t open = slice_find(text, "[", 0);
    size_t close = slice_find(text, "]", 0);
    if (open == SIZE_MAX || close == SIZE_MAX) {
        return true;
    }
    struct slice host = slice_part(text, open + 1, close);
    return slice_starts_with(host, "v") || slice_starts_with(host, "V") || is_ipv6(arena, host);
}

/* ---- the rest ---- */

#define HEX4    "[0-9A-Fa-f]{4}"
#define UUID    HEX4 HEX4 "-" HEX4 "-" HEX4 "-" HEX4 "-" HEX4 HEX4 HEX4
#define POINTER "(?:\\/(?:[^~\\/]|~[01])*)*"

static bool is_regex(struct arena *arena, struct slice text)
{
    struct slice message;
    size_t offset;
    return regex_compile(arena, text, &message, &offset) != NULL;
}

static const struct {
    const char *name;
    const char *grammar;
    bool (*holds)(struct arena *arena, struct slice text);
} formats[] = {
    {"date", "^" DATE "$", is_date},
    {"time", "^" TIME ZONE "$", is_time},
    {"date-time", "^" DATE "[Tt]" TIME ZONE "$", is_date_time},
    {"duration", "^" DURATION "$", NULL},
    {"email", "^" EMAIL "$", is_email},
    {"hostname", "^" HOSTNAME "$", NULL},
    {"ipv4", NULL, is_ipv4},
    {"ipv6", NULL, is_ipv6},
    {"uri", "^" URI "$", is_uri},
    {"uri-reference", "^(?:" URI "|" RELATIVE ")$", is_uri},
    {"uuid", "^" UUID "$", NULL},
    {"json-pointer", "^" POINTER "$", NULL},
    {"relative-json-pointer", "^(?:0|[1-9]\\d*)(?:#|" POINTER ")$", NULL},
    {"regex", NULL, is_regex},
};

const struct format *format_find(struct arena *arena, struct slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (!slice_is(name, formats[i].name)) {
            continue;
        }
        struct format *format = arena_alloc(arena, sizeof *format);
        struct slice message;
        size_t offset;
        format->holds = formats[i].holds;
        if (formats[i].grammar != NULL) {
            format->regex = regex_compile(arena, slice_of(formats[i].grammar), &message, &offset);
        }
        return format;
    }
    return NULL;
}

bool format_matches(struct arena *arena, struct regex_scratch *scratch, const struct format *format,
                    struct slice text)
{
    return (format->regex == NULL || regex_search(scratch, format->regex, text) == REGEX_MATCH) &&
           (format->holds == NULL || format->holds(arena, text));
}
