#include "language/model/link.h"

#include "base/ascii.h"
#include "base/character.h"
#include "base/utf8.h"

bool link_is_fixed(struct slice link)
{
    return slice_starts_with_ignoring_case(link, "https://") ||
           slice_starts_with_ignoring_case(link, "mailto:") ||
           slice_starts_with_ignoring_case(link, "tel:") ||
           slice_starts_with_ignoring_case(link, "sms:");
}

/* ---- schemes, as a browser reads them ---- */

#define LONGEST_SCHEME 16

/* The value of an HTML entity for a character of ASCII at the start of `text`, and its length. */
static uint32_t entity_value(struct slice text, size_t *length)
{
    static const struct {
        const char *name;
        uint32_t value;
    } named[] = {{"&colon;", ':'}, {"&tab;", '\t'}, {"&newline;", '\n'}};
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (slice_starts_with_ignoring_case(text, named[i].name)) {
            *length = strlen(named[i].name);
            return named[i].value;
        }
    }
    bool hex = slice_starts_with_ignoring_case(text, "&#x");
    size_t at = hex ? 3 : 2;
    uint32_t value = 0;
    if (text.length < 3 || text.data[1] != '#') {
        return 0;
    }
    for (; at < text.length && value < 0x10000; at++) {
        int digit = ascii_hex_value(text.data[at]);
        if (digit < 0 || (digit > 9 && !hex)) {
            break;
        }
        value = value * (hex ? 16 : 10) + (uint32_t)digit;
    }
    *length = at + (at < text.length && text.data[at] == ';');
    return value;
}

/* A character that readers of links leave out: blanks, controls, what has no form. */
static bool is_left_out(uint32_t c)
{
    enum character_kind kind = character_kind(c);
    return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x3000 ||
           kind == CHARACTER_HIDDEN || kind == CHARACTER_JOINER || kind == CHARACTER_SELECTOR;
}

/* What is in front of the first colon, in lower case; empty when that is no scheme. */
static struct slice scheme_of(struct slice link, char room[LONGEST_SCHEME])
{
    size_t length = 0;
    for (size_t at = 0; at < link.length;) {
        size_t taken = 0;
        struct slice rest = slice_part(link, at, link.length);
        uint32_t c = rest.data[0] == '&' ? entity_value(rest, &taken) : 0;
        c = c == 0 ? utf8_decode(rest, &taken) : c;
        at += taken;
        if (c == ':') {
            return (struct slice){room, length};
        }
        if (is_left_out(c)) {
            continue;
        }
        bool fits = c < 0x80 && (ascii_is_letter((char)c) || ascii_is_digit((char)c) || c == '-' ||
                                 c == '+' || c == '.');
        if (!fits || length == LONGEST_SCHEME) {
            break;
        }
        room[length++] = ascii_to_lower((char)c);
    }
    return SLICE("");
}

bool link_is_dangerous(struct slice link)
{
    static const char *const schemes[] = {"javascript", "vbscript",   "data",        "file",
                                          "blob",       "filesystem", "view-source", NULL};
    char room[LONGEST_SCHEME];
    return slice_is_any(scheme_of(link, room), schemes);
}

bool link_is_key(struct slice key)
{
    static const char *const words[] = {"url", "uri", "href", "link", "src", NULL};
    return slice_contains_any_ignoring_case(key, words);
}

bool link_is_picture(struct slice key, struct slice link)
{
    static const char *const words[] = {"image", "icon", "picture", "thumbnail", "src", NULL};
    return slice_contains_any_ignoring_case(key, words) &&
           slice_starts_with_ignoring_case(link, "data:image/");
}

/* ---- links inside texts ---- */

bool link_is_opened(struct slice text)
{
    static const char *const openings[] = {"](",     "](<",   "href=\"", "href='",    "href=",
                                           "src=\"", "src='", "src=",    "action=\"", "action='"};
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        if (slice_ends_with_ignoring_case(text, openings[i])) {
            return true;
        }
    }
    return false;
}

/* Every opening has one of these; most texts have neither. */
static bool may_have_links(struct slice text)
{
    return text.length > 0 && (memchr(text.data, '(', text.length) != NULL ||
                               memchr(text.data, '=', text.length) != NULL);
}

bool link_next(struct slice text, size_t *at, struct slice *link)
{
    if (*at == 0 && !may_have_links(text)) {
        return false;
    }
    while (*at < text.length) {
        char c = text.data[(*at)++];
        bool opens = c == '(' || c == '<' || c == '"' || c == '\'' || c == '=';
        if (opens && link_is_opened(slice_part(text, 0, *at))) {
            size_t end = *at;
            while (end < text.length && (end == *at || strchr(")>\"'", text.data[end]) == NULL)) {
                end++;
            }
            *link = slice_part(text, *at, end);
            return true;
        }
    }
    return false;
}
