/*
 * A small recursive descent that knows groups, classes, escapes and quantifiers. Of each piece it
 * computes where it can begin and end, and in how many ways it can match nothing (Glushkov's
 * construction, with numbers).
 */
#include "document/schema/regex_automaton.h"

#include "base/ascii.h"
#include "base/utf8.h"

#define DEPTH_LIMIT    200
#define POSITION_LIMIT ((size_t)3000)
#define EDGE_LIMIT     ((size_t)200000)
#define COPY_LIMIT     ((size_t)40) /* `{1,100}` is forty copies and a loop */
#define GROUP_LIMIT    ((size_t)32) /* back references to later groups match nothing */

struct piece {
    struct regex_edges first, last;
    double empty;
};

/* Where a capturing group is in the pattern. */
struct group {
    size_t start, end; /* of its contents; the end is 0 while it is open */
    struct slice name;
};

struct parser {
    struct arena *arena;
    struct slice text;
    size_t at;
    size_t depth;
    size_t edges;
    size_t lookarounds; /* that are open */
    struct group groups[GROUP_LIMIT];
    size_t group_count;
    struct regex_automaton automaton;
};

/* ---- sets of characters ---- */

static void add_char(struct char_set *set, uint32_t c)
{
    uint32_t bit = c < 128 ? c : 128 + c % 64;
    set->bits[bit / 64] |= (uint64_t)1 << (bit % 64);
}

static void add_range(struct char_set *set, uint32_t from, uint32_t to)
{
    for (uint32_t c = from; c <= to && c < 128 + 64; c++) {
        add_char(set, c);
    }
    if (to >= 128) {
        uint32_t start = from < 128 ? 128 : from;
        for (uint32_t c = start; c <= to && c < start + 64; c++) {
            add_char(set, c);
        }
    }
}

static void add_all(struct char_set *set)
{
    add_range(set, 0, 128 + 63);
}

static void add_set(struct char_set *to, const struct char_set *from)
{
    for (size_t i = 0; i < CHAR_SET_SIZE / 64; i++) {
        to->bits[i] |= from->bits[i];
    }
}

/* All other characters; each part of those beyond ASCII has some. */
static void invert(struct char_set *set)
{
    set->bits[0] = ~set->bits[0];
    set->bits[1] = ~set->bits[1];
    set->bits[2] = UINT64_MAX;
}

static void add_words(struct char_set *set)
{
    add_range(set, '0', '9');
    add_range(set, 'A', 'Z');
    add_range(set, 'a', 'z');
    add_char(set, '_');
}

static void add_spaces(struct char_set *set)
{
    add_range(set, 9, 13);
    add_char(set, ' ');
    set->bits[2] = UINT64_MAX; /* those of Unicode */
}

/* ---- pieces ---- */

static struct regex_edges both(struct parser *p, struct regex_edges a, struct regex_edges b)
{
    struct regex_edges all = {arena_alloc_array(p->arena, a.count + b.count, sizeof *all.items),
                              a.count + b.count};
    for (size_t i = 0; i < all.count; i++) {
        all.items[i] = i < a.count ? a.items[i] : b.items[i - a.count];
    }
    return all;
}

/* The same positions, each in `ways` times as many ways; none for 0. */
static struct regex_edges times(struct parser *p, struct regex_edges edges, double ways)
{
    struct regex_edges more = {0};
    for (size_t i = 0; i < edges.count && ways > 0; i++) {
        more.items = arena_append(p->arena, more.items, more.count, sizeof *more.items);
        more.items[more.count++] =
            (struct regex_edge){edges.items[i].to, edges.items[i].ways * ways};
    }
    return more;
}

static void add_edge(struct parser *p, struct regex_edges *edges, uint32_t to, double ways)
{
    for (size_t i = 0; i < edges->count; i++) {
        if (edges->items[i].to == to) {
            edges->items[i].ways += ways;
            return;
        }
    }
    edges->items = arena_append(p->arena, edges->items, edges->count, sizeof *edges->items);
    edges->items[edges->count++] = (struct regex_edge){to, ways};
    p->automaton.too_large = p->automaton.too_large || ++p->edges > EDGE_LIMIT;
}

/* What begins in `first` can follow what ends in `last`. */
static void connect(struct parser *p, struct regex_edges last, struct regex_edges first)
{
    for (size_t i = 0; i < last.count; i++) {
        for (size_t j = 0; j < first.count && !p->automaton.too_large; j++) {
            add_edge(p, &p->automaton.next[last.items[i].to], first.items[j].to,
                     last.items[i].ways * first.items[j].ways);
        }
    }
}

static struct piece nothing(double ways)
{
    return (struct piece){.empty = ways};
}

static struct piece one_of(struct parser *p, const struct char_set *set)
{
    struct regex_automaton *a = &p->automaton;
    if (a->count == POSITION_LIMIT) {
        a->too_large = true;
        return nothing(1);
    }
    a->sets = arena_append(p->arena, a->sets, a->count, sizeof *a->sets);
    a->next = arena_append(p->arena, a->next, a->count, sizeof *a->next);
    a->aside = arena_append(p->arena, a->aside, a->count, sizeof *a->aside);
    a->sets[a->count] = *set;
    a->aside[a->count] = p->lookarounds > 0;
    struct regex_edges here = {arena_alloc(p->arena, sizeof *here.items), 1};
    here.items[0] = (struct regex_edge){(uint32_t)a->count++, 1};
    return (struct piece){.first = here, .last = here};
}

static struct piece in_sequence(struct parser *p, struct piece a, struct piece b)
{
    connect(p, a.last, b.first);
    return (struct piece){.first = both(p, a.first, times(p, b.first, a.empty)),
                          .last = both(p, b.last, times(p, a.last, b.empty)),
                          .empty = a.empty * b.empty};
}

static struct piece either(struct parser *p, struct piece a, struct piece b)
{
    return (struct piece){.first = both(p, a.first, b.first),
                          .last = both(p, a.last, b.last),
                          .empty = a.empty + b.empty};
}

/* Further turns of a loop match something, or it ends. */
static struct piece again(struct parser *p, struct piece piece)
{
    connect(p, piece.last, piece.first);
    return piece;
}

/* ---- escapes and classes ---- */

static int peek(const struct parser *p)
{
    return p->at < p->text.length ? (unsigned char)p->text.data[p->at] : -1;
}

static bool take(struct parser *p, const char *text)
{
    bool there = slice_starts_with(slice_part(p->text, p->at, p->text.length), text);
    p->at += there ? strlen(text) : 0;
    return there;
}

/* The code point here; bytes that are not UTF-8 count as characters. */
static uint32_t take_char(struct parser *p)
{
    struct slice rest = slice_part(p->text, p->at, p->text.length);
    size_t length = utf8_sequence(rest);
    uint32_t c = length > 0 ? utf8_decode(rest, &length) : (unsigned char)rest.data[0];
    p->at += length > 0 ? length : 1;
    return c;
}

/* Up to `most` hexadecimal digits. */
static uint32_t take_hex(struct parser *p, size_t most)
{
    uint32_t value = 0;
    for (size_t i = 0; i < most; i++, p->at++) {
        int digit = ascii_hex_value((char)peek(p));
        if (digit < 0) {
            break;
        }
        value = value * 16 + (uint32_t)digit;
    }
    return value;
}

/* A property of Unicode, behind `\p`: letters, digits, or anything. */
static void take_property(struct parser *p, struct char_set *set, bool negated)
{
    bool letters = take(p, "{L") || take(p, "{S"); /* or a script */
    bool digits = !letters && take(p, "{N");
    while (peek(p) >= 0 && p->text.data[p->at] != '}') {
        p->at++;
    }
    p->at += peek(p) == '}';
    if (negated || (!letters && !digits)) {
        add_all(set);
        return;
    }
    add_range(set, digits ? '0' : 'A', digits ? '9' : 'Z');
    if (letters) {
        add_range(set, 'a', 'z');
    }
    set->bits[2] = UINT64_MAX;
}

/* The character of `\n`, `\cX`, `\xHH`, `\uHHHH`, `\u{…}` or `\.`, whose letter has been taken. */
static uint32_t escaped_char(struct parser *p, uint32_t letter)
{
    static const char letters[] = "tnvfr";
    const char *control = letter < 128 && letter != 0 ? strchr(letters, (int)letter) : NULL;
    if (control != NULL) {
        return (uint32_t)(control - letters) + '\t';
    }
    if (letter == 'x') {
        return take_hex(p, 2);
    }
    if (letter == 'u') {
        bool braces = take(p, "{");
        uint32_t value = take_hex(p, braces ? 6 : 4);
        p->at += braces && peek(p) == '}';
        return value;
    }
    if (letter == 'c' && peek(p) >= 0) {
        return take_char(p) % 32;
    }
    return letter == '0' ? 0 : letter;
}

/* Behind a backslash, in a class or not; the character goes to `*single`, if it is one. */
static void take_escape(struct parser *p, struct char_set *set, uint32_t *single)
{
    struct char_set own = {0};
    uint32_t letter = take_char(p);
    *single = UINT32_MAX;
    switch (letter) {
    case 'd':
    case 'D':
        add_range(&own, '0', '9');
        break;
    case 'w':
    case 'W':
        add_words(&own);
        break;
    case 's':
    case 'S':
        add_spaces(&own);
        break;
    case 'p':
    case 'P':
        take_property(p, &own, letter == 'P');
        break;
    default:
        *single = escaped_char(p, letter);
        add_char(&own, *single);
        break;
    }
    if (letter == 'D' || letter == 'W' || letter == 'S') {
        invert(&own);
    }
    add_set(set, &own);
}

/* A character of a class, or what an escape means; the former goes to the result. */
static uint32_t take_class_item(struct parser *p, struct char_set *set)
{
    uint32_t single;
    if (peek(p) == '\\' && p->at + 1 < p->text.length) {
        p->at++;
        take_escape(p, set, &single);
        return single;
    }
    single = take_char(p);
    add_char(set, single);
    return single;
}

static struct piece take_class(struct parser *p)
{
    struct char_set set = {0};
    bool negated = take(p, "^");
    while (peek(p) >= 0 && peek(p) != ']') {
        uint32_t from = take_class_item(p, &set);
        bool range = from != UINT32_MAX && peek(p) == '-' && p->at + 1 < p->text.length &&
                     p->text.data[p->at + 1] != ']';
        if (range) {
            p->at++;
            uint32_t to = take_class_item(p, &set);
            if (to != UINT32_MAX) {
                add_range(&set, from, to);
            }
        }
    }
    p->at += peek(p) == ']';
    if (negated) {
        invert(&set);
    }
    return one_of(p, &set);
}

/* ---- groups ---- */

static struct piece take_alternatives(struct parser *p);

/* What the group that a reference names can match, once more. */
static struct piece take_again(struct parser *p, struct group *group)
{
    size_t at = p->at;
    size_t end = group->end;
    size_t count = p->group_count;
    struct slice text = p->text;
    p->text = slice_part(text, 0, end);
    p->at = group->start;
    group->end = 0; /* a group does not repeat itself */
    struct piece piece = take_alternatives(p);
    group->end = end;
    p->text = text;
    p->at = at;
    p->group_count = count;
    return piece;
}

/* The closed group of a back reference, or NULL: it matches nothing. */
static struct group *referenced(struct parser *p)
{
    size_t number = 0;
    struct slice name = SLICE("");
    if (take(p, "k<")) {
        size_t end = slice_find(p->text, ">", p->at);
        end = end < p->text.length ? end : p->text.length;
        name = slice_part(p->text, p->at, end);
        p->at = end < p->text.length ? end + 1 : end;
    }
    while (name.length == 0 && peek(p) >= '0' && peek(p) <= '9' && number < GROUP_LIMIT) {
        number = number * 10 + (size_t)(peek(p) - '0');
        p->at++;
    }
    for (size_t i = 0; i < p->group_count; i++) {
        struct group *group = &p->groups[i];
        bool is = name.length > 0 ? slice_equal(group->name, name) : i + 1 == number;
        if (is && group->end > 0) {
            return group;
        }
    }
    return NULL;
}

/* Behind the parenthesis. A lookaround is tried and matches nothing. */
static struct piece take_group(struct parser *p)
{
    struct group *group = NULL;
    bool look = take(p, "?=") || take(p, "?!") || take(p, "?<=") || take(p, "?<!");
    struct slice name = SLICE("");
    if (!look && take(p, "?<")) {
        size_t end = slice_find(p->text, ">", p->at);
        end = end < p->text.length ? end : p->text.length;
        name = slice_part(p->text, p->at, end);
        p->at = end < p->text.length ? end + 1 : end;
    }
    bool captures = !look && !take(p, "?:");
    if (captures && p->group_count < GROUP_LIMIT) {
        group = &p->groups[p->group_count++];
        *group = (struct group){.start = p->at, .name = name};
    }
    p->lookarounds += look;
    struct piece piece = take_alternatives(p);
    p->lookarounds -= look;
    if (group != NULL) {
        group->end = p->at;
    }
    p->at += peek(p) == ')';
    return look ? (struct piece){.first = piece.first, .empty = 1} : piece;
}

static struct piece take_escaped(struct parser *p)
{
    struct char_set set = {0};
    uint32_t single;
    int c = peek(p);
    if (c < 0) {
        return nothing(1);
    }
    if (c == 'b' || c == 'B') {
        p->at++;
        return nothing(1);
    }
    if ((c >= '1' && c <= '9') || (c == 'k' && p->at + 1 < p->text.length)) {
        struct group *group = referenced(p);
        bool cheap = p->automaton.count < POSITION_LIMIT / 4;
        return group != NULL && cheap ? take_again(p, group) : nothing(1);
    }
    take_escape(p, &set, &single);
    return one_of(p, &set);
}

static struct piece take_atom(struct parser *p)
{
    struct char_set set = {0};
    uint32_t c = take_char(p);
    switch (c) {
    case '(':
        return take_group(p);
    case '[':
        return take_class(p);
    case '\\':
        return take_escaped(p);
    case '^':
    case '$':
        return nothing(1);
    case '.':
        add_char(&set, '\n');
        add_char(&set, '\r');
        invert(&set);
        return one_of(p, &set);
    default:
        add_char(&set, c);
        return one_of(p, &set);
    }
}

/* ---- repetitions ---- */

struct quantifier {
    size_t least, most; /* SIZE_MAX: without end */
};

static size_t take_number(struct parser *p)
{
    size_t number = 0;
    while (peek(p) >= '0' && peek(p) <= '9') {
        number = number < 100000 ? number * 10 + (size_t)(peek(p) - '0') : number;
        p->at++;
    }
    return number;
}

/* `*`, `+`, `?`, `{m}`, `{m,}`, `{m,n}`; false, with nothing taken, when none follows. */
static bool take_quantifier(struct parser *p, struct quantifier *q)
{
    size_t start = p->at;
    if (take(p, "*")) {
        *q = (struct quantifier){0, SIZE_MAX};
    } else if (take(p, "+")) {
        *q = (struct quantifier){1, SIZE_MAX};
    } else if (take(p, "?")) {
        *q = (struct quantifier){0, 1};
    } else if (take(p, "{") && peek(p) >= '0' && peek(p) <= '9') {
        q->least = take_number(p);
        q->most = q->least;
        if (take(p, ",")) {
            q->most = peek(p) == '}' ? SIZE_MAX : take_number(p);
        }
        if (!take(p, "}")) {
            p->at = start;
            return false;
        }
    } else {
        p->at = start;
        return false;
    }
    (void)take(p, "?");
    return true;
}

/* Another copy of the atom that begins at `start`. */
static struct piece copy_atom(struct parser *p, size_t start)
{
    size_t at = p->at;
    size_t groups = p->group_count;
    p->at = start;
    struct piece piece = take_atom(p);
    p->at = at;
    p->group_count = groups;
    return piece;
}

/*
 * At most `most` times more, each time only behind the time before. Some matchers try turns that
 * match nothing, once in a loop without end and as often as there may be in another.
 */
static struct piece up_to(struct parser *p, size_t start, size_t most)
{
    struct piece whole = nothing(1);
    for (size_t i = 0; i < most; i++) {
        whole = in_sequence(p, copy_atom(p, start), whole);
        whole.empty += 1;
    }
    return whole;
}

/* The atom that begins at `start`, whose first copy is `piece`, as often as the quantifier says. */
static struct piece repeat(struct parser *p, size_t start, struct piece piece, struct quantifier q)
{
    for (size_t i = 1; i < q.least; i++) {
        piece = in_sequence(p, piece, copy_atom(p, start));
    }
    if (q.most == SIZE_MAX && q.least > 1) {
        struct piece more = again(p, copy_atom(p, start));
        more.empty += 1;
        return in_sequence(p, piece, more);
    }
    size_t least = q.least > 0 ? q.least : 1;
    piece = q.most == SIZE_MAX ? again(p, piece)
                               : in_sequence(p, piece, up_to(p, start, q.most - least));
    piece.empty += q.least == 0;
    return piece;
}

/*
 * How many copies there may be of an atom of `size` positions. More than that are without end when
 * each matches something; of those that need not, fewer copies have fewer ways.
 */
static struct quantifier limit_copies(struct parser *p, struct quantifier q, size_t size,
                                      bool nullable)
{
    size_t used = p->automaton.count;
    size_t room = used < POSITION_LIMIT ? POSITION_LIMIT - used : 0;
    size_t copies = size == 0 || room / size + 1 > COPY_LIMIT ? COPY_LIMIT : room / size / 2 + 1;
    q.least = q.least < copies ? q.least : copies;
    if (q.most > copies && q.most != SIZE_MAX) {
        p->automaton.too_large = p->automaton.too_large || (nullable && copies < COPY_LIMIT / 2);
        q.most = nullable ? copies : SIZE_MAX;
    }
    return q;
}

static struct piece take_repeated(struct parser *p)
{
    size_t start = p->at;
    size_t before = p->automaton.count;
    size_t groups = p->group_count;
    struct piece piece = take_atom(p);
    struct quantifier q;
    if (!take_quantifier(p, &q)) {
        return piece;
    }
    if (q.most == 0) {
        p->group_count = groups;
        return nothing(1);
    }
    q.most = q.most < q.least ? q.least : q.most; /* a pattern that is not valid */
    size_t size = p->automaton.count - before;
    return repeat(p, start, piece, limit_copies(p, q, size, piece.empty > 0));
}

static struct piece take_sequence(struct parser *p)
{
    struct piece whole = nothing(1);
    while (peek(p) >= 0 && peek(p) != '|' && peek(p) != ')' && !p->automaton.too_large) {
        whole = in_sequence(p, whole, take_repeated(p));
    }
    return whole;
}

static struct piece take_alternatives(struct parser *p)
{
    if (++p->depth > DEPTH_LIMIT) {
        p->automaton.too_large = true;
        return nothing(1);
    }
    struct piece whole = take_sequence(p);
    while (take(p, "|")) {
        whole = either(p, whole, take_sequence(p));
    }
    p->depth--;
    return whole;
}

struct regex_automaton regex_automaton_new(struct arena *arena, struct slice pattern)
{
    struct parser parser = {.arena = arena, .text = pattern};
    parser.automaton.anchored = slice_starts_with(pattern, "^");
    struct piece whole = nothing(1);
    while (parser.at < pattern.length && !parser.automaton.too_large) {
        whole = in_sequence(&parser, whole, take_alternatives(&parser));
        parser.at += peek(&parser) == ')'; /* of no group */
    }
    parser.automaton.first = whole.first;
    return parser.automaton;
}
