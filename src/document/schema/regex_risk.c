/*
 * Which regular expressions invite catastrophic backtracking.
 *
 * Two shapes make a backtracking matcher try exponentially many ways to split the same text:
 *
 *     (a+)+   (\w+\s?)*     a repetition whose body is a repetition, with nothing beside it that
 *                           must match
 *     (a|a)+  (\w|\d)*      a repetition over alternatives that can match the same character
 *
 * The pattern is read by a small recursive descent that knows groups, classes, escapes and
 * quantifiers, and computes for each piece: the characters it can begin with, whether it can be
 * empty, and whether it holds an unbounded repetition that nothing delimits.
 */
#include "document/schema/regex_risk.h"

#include <stdint.h>

/* A set of bytes; what lies beyond ASCII counts as one. */
struct byte_set {
    uint64_t bits[2];
    bool beyond;
};

struct piece {
    struct byte_set first;
    bool nullable;
    bool loops;  /* is an unbounded repetition, or consists of one and nullable parts */
    bool single; /* exactly one character */
};

struct parser {
    struct slice text;
    size_t at;
    size_t depth;
    const char *risk;
};

#define DEPTH_LIMIT 200

static const char nested[] =
    "it nests repetitions with nothing in between that must match, as in `(a+)+`";
static const char ambiguous[] =
    "two alternatives of a repeated group can match the same character, as in `(a|a)+`";

static bool overlap(const struct byte_set *a, const struct byte_set *b)
{
    return (a->bits[0] & b->bits[0]) != 0 || (a->bits[1] & b->bits[1]) != 0 ||
           (a->beyond && b->beyond);
}

static void join(struct byte_set *to, const struct byte_set *from)
{
    to->bits[0] |= from->bits[0];
    to->bits[1] |= from->bits[1];
    to->beyond = to->beyond || from->beyond;
}

static void add_byte(struct byte_set *set, unsigned char c)
{
    if (c < 128) {
        set->bits[c / 64] |= (uint64_t)1 << (c % 64);
    } else {
        set->beyond = true;
    }
}

static void add_range(struct byte_set *set, unsigned from, unsigned to)
{
    for (unsigned c = from; c <= to && c < 129; c++) {
        add_byte(set, (unsigned char)c);
    }
}

static void invert(struct byte_set *set)
{
    set->bits[0] = ~set->bits[0];
    set->bits[1] = ~set->bits[1];
    set->beyond = !set->beyond;
}

static int peek(const struct parser *p)
{
    return p->at < p->text.length ? (unsigned char)p->text.data[p->at] : -1;
}

/* After the backslash. False for what matches no character (\b, \B, back references). */
static bool parse_escape(struct parser *p, struct byte_set *set)
{
    int c = peek(p);
    p->at += c >= 0;
    struct byte_set own = {0};
    switch (c) {
    case 'd':
    case 'D':
        add_range(&own, '0', '9');
        break;
    case 'w':
    case 'W':
        add_range(&own, '0', '9');
        add_range(&own, 'A', 'Z');
        add_range(&own, 'a', 'z');
        add_byte(&own, '_');
        break;
    case 's':
    case 'S':
        add_range(&own, 9, 13);
        add_byte(&own, ' ');
        break;
    case 'b':
    case 'B':
        return false;
    case 'p':
    case 'P':
    case 'u':
    case 'x':
        add_range(&own, 0, 128);
        while (peek(p) >= 0 && strchr("{}0123456789abcdefABCDEFLNMPSZu", peek(p)) != NULL) {
            p->at++;
        }
        break;
    default:
        if (c < 0 || (c >= '1' && c <= '9')) {
            return false;
        }
        add_byte(&own, (unsigned char)c);
        break;
    }
    if (c == 'D' || c == 'W' || c == 'S') {
        invert(&own);
    }
    join(set, &own);
    return true;
}

static void parse_class(struct parser *p, struct byte_set *set)
{
    bool negated = peek(p) == '^';
    p->at += negated;
    while (peek(p) >= 0 && peek(p) != ']') {
        int c = peek(p);
        p->at++;
        if (c == '\\') {
            parse_escape(p, set);
        } else if (peek(p) == '-' && p->at + 1 < p->text.length && p->text.data[p->at + 1] != ']') {
            add_range(set, (unsigned)c, (unsigned char)p->text.data[p->at + 1]);
            p->at += 2;
        } else {
            add_byte(set, (unsigned char)c);
        }
    }
    p->at += peek(p) == ']';
    if (negated) {
        invert(set);
    }
}

static struct piece parse_alternatives(struct parser *p, bool *alternatives_overlap);

static void skip_group_kind(struct parser *p)
{
    if (peek(p) != '?') {
        return;
    }
    p->at++;
    if (peek(p) == '<' && p->at + 1 < p->text.length &&
        strchr("=!", p->text.data[p->at + 1]) == NULL) {
        while (peek(p) >= 0 && peek(p) != '>') {
            p->at++;
        }
        p->at++;
        return;
    }
    while (peek(p) >= 0 && strchr("<=!:", peek(p)) != NULL) {
        p->at++;
    }
}

static struct piece parse_atom(struct parser *p, bool *group_overlaps)
{
    struct piece piece = {.single = true};
    int c = peek(p);
    p->at++;
    switch (c) {
    case '(': {
        bool look = peek(p) == '?' && p->at + 1 < p->text.length &&
                    strchr("=!", p->text.data[p->at + 1]) != NULL;
        skip_group_kind(p);
        piece = parse_alternatives(p, group_overlaps);
        p->at += peek(p) == ')';
        if (look) {
            piece = (struct piece){.nullable = true};
        }
        break;
    }
    case '[':
        parse_class(p, &piece.first);
        break;
    case '\\':
        if (!parse_escape(p, &piece.first)) {
            piece = (struct piece){.nullable = true};
        }
        break;
    case '.':
        add_range(&piece.first, 0, 128);
        break;
    case '^':
    case '$':
        piece = (struct piece){.nullable = true};
        break;
    default:
        add_byte(&piece.first, (unsigned char)c);
        while (peek(p) >= 0x80 && (peek(p) & 0xC0) == 0x80) {
            p->at++;
        }
        break;
    }
    return piece;
}

/* `*`, `+`, `?`, `{m,n}`: how often at least, and whether without limit. False when none follows.
 */
static bool parse_quantifier(struct parser *p, bool *can_be_none, bool *unbounded)
{
    int c = peek(p);
    if (c == '*' || c == '+' || c == '?') {
        p->at++;
        *can_be_none = c != '+';
        *unbounded = c != '?';
    } else if (c == '{' && p->at + 1 < p->text.length && p->text.data[p->at + 1] >= '0' &&
               p->text.data[p->at + 1] <= '9') {
        size_t close = slice_find(p->text, "}", p->at);
        if (close == SIZE_MAX) {
            return false;
        }
        struct slice inside = slice_part(p->text, p->at + 1, close);
        size_t comma = slice_find(inside, ",", 0);
        size_t first = 0;
        size_t second = 0;
        for (size_t i = 0; i < inside.length; i++) {
            size_t *number = comma != SIZE_MAX && i > comma ? &second : &first;
            if (inside.data[i] >= '0' && inside.data[i] <= '9' && *number < 100000) {
                *number = *number * 10 + (size_t)(inside.data[i] - '0');
            }
        }
        *can_be_none = first == 0;
        /* {1,50} around a repetition is as bad as + for answers of some length */
        *unbounded = comma != SIZE_MAX && (comma + 1 == inside.length || second > 20);
        p->at = close + 1;
    } else {
        return false;
    }
    p->at += peek(p) == '?' || peek(p) == '+';
    return true;
}

static struct piece parse_repeated(struct parser *p)
{
    bool overlaps = false;
    struct piece piece = parse_atom(p, &overlaps);
    bool can_be_none = false;
    bool unbounded = false;
    if (!parse_quantifier(p, &can_be_none, &unbounded)) {
        return piece;
    }
    if (unbounded && piece.loops) {
        p->risk = nested;
    } else if (unbounded && overlaps) {
        p->risk = ambiguous;
    }
    piece.loops = piece.loops || unbounded;
    piece.nullable = piece.nullable || can_be_none;
    piece.single = false;
    return piece;
}

/* A sequence loops when a looping part has only nullable neighbours that overlap with it. */
static struct piece parse_sequence(struct parser *p)
{
    struct piece whole = {.nullable = true};
    struct piece loop = {0};
    bool has_loop = false;
    bool delimited = false;
    size_t parts = 0;
    while (peek(p) >= 0 && peek(p) != '|' && peek(p) != ')' && p->risk == NULL) {
        struct piece part = parse_repeated(p);
        if (whole.nullable) {
            join(&whole.first, &part.first);
        }
        whole.nullable = whole.nullable && part.nullable;
        if (part.loops && !has_loop) {
            has_loop = true;
            loop = part;
        } else if (!part.nullable) {
            /* a part that must match delimits, unless the loop can match it as well */
            delimited = delimited || !has_loop || !overlap(&part.first, &loop.first);
        }
        parts++;
        whole.single = parts == 1 && part.single;
    }
    whole.loops = has_loop && !delimited;
    return whole;
}

static struct piece parse_alternatives(struct parser *p, bool *alternatives_overlap)
{
    struct piece whole = {0};
    if (++p->depth > DEPTH_LIMIT) {
        p->at = p->text.length;
        return whole;
    }
    bool first = true;
    for (;;) {
        struct piece part = parse_sequence(p);
        bool both_single = whole.single && part.single;
        if (!first && both_single && overlap(&whole.first, &part.first)) {
            *alternatives_overlap = true;
        }
        whole.single = first ? part.single : both_single;
        join(&whole.first, &part.first);
        whole.nullable = whole.nullable || part.nullable;
        whole.loops = whole.loops || part.loops;
        first = false;
        if (peek(p) != '|' || p->risk != NULL) {
            break;
        }
        p->at++;
    }
    p->depth--;
    return whole;
}

const char *regex_risk(struct slice pattern)
{
    struct parser parser = {.text = pattern};
    while (parser.at < pattern.length && parser.risk == NULL) {
        size_t before = parser.at;
        bool overlaps = false;
        parse_alternatives(&parser, &overlaps);
        parser.at += parser.at == before || peek(&parser) == ')';
    }
    return parser.risk;
}
