/* Parsing what stands between `${` and `}`, from left to right; the grammar is in expression.h. */
#include "language/model/expression.h"

#include "base/ascii.h"
#include "base/suggestion.h"
#include "base/table.h"

struct parser {
    struct text_reader *reader;
    const struct node *node;
    struct slice whole;         /* with ${ and } */
    struct slice inside;        /* without them */
    size_t at;                  /* in `inside` */
    struct passage_trail trail; /* up to the whole */
    struct range range;         /* of the whole */
    enum reference_use use;
    struct reference *first, *last; /* of the values joined by `??` */
};

/* ---- what is wrong ---- */

static bool fail(struct parser *p)
{
    struct diagnostic *d = diag_report(p->reader->diagnostics, E0201, p->node->source, p->range,
                                       "`%.*s` is not a reference", SLICE_ARG(p->whole));
    diag_note(p->reader->diagnostics, d, NULL, p->range,
              "a reference is a name with dots, such as `${lastName}` or `${service.body.id}`; "
              "to write a literal `${`, use `$${`");
    return false;
}

/* The place of what begins at `start` and has been read. */
static struct range range_from(const struct parser *p, size_t start)
{
    struct passage_trail trail = p->trail;
    struct range range = passage_follow(&trail, p->node, slice_part(p->inside, start, p->at));
    bool inside = range.start >= p->range.start && range.end <= p->range.end;
    return inside && p->at > start ? range : p->range;
}

static bool fail_at(struct parser *p, size_t start, const char *message, const char *help)
{
    p->at = p->at > start ? p->at : p->inside.length;
    struct range range = range_from(p, start);
    struct diagnostic *d =
        diag_report(p->reader->diagnostics, E0201, p->node->source, range, "%s", message);
    diag_note(p->reader->diagnostics, d, NULL, range, "%s", help);
    return false;
}

/* ---- words ---- */

static bool is_name_start(char c)
{
    return ascii_is_letter(c) || c == '_';
}

static void skip_space(struct parser *p)
{
    while (p->at < p->inside.length && strchr(" \t\r\n", p->inside.data[p->at]) != NULL) {
        p->at++;
    }
}

/* The next character that is not a space; NUL at the end. */
static char next_character(struct parser *p)
{
    skip_space(p);
    return p->at < p->inside.length ? p->inside.data[p->at] : '\0';
}

static bool take(struct parser *p, const char *sign)
{
    skip_space(p);
    if (!slice_starts_with(slice_part(p->inside, p->at, p->inside.length), sign)) {
        return false;
    }
    p->at += strlen(sign);
    return true;
}

/* Letters, digits, underscores, and the `joint`, which is `-` in the names of formats. */
static struct slice take_word(struct parser *p, char joint)
{
    skip_space(p);
    size_t start = p->at;
    while (p->at < p->inside.length &&
           (ascii_is_word(p->inside.data[p->at]) || p->inside.data[p->at] == joint)) {
        p->at++;
    }
    return slice_part(p->inside, start, p->at);
}

/* A text in quotes, without them. */
static bool take_quoted(struct parser *p, struct slice *text)
{
    size_t start = p->at;
    const char quote[] = {p->inside.data[start], '\0'};
    size_t end = slice_find(p->inside, quote, start + 1);
    if (end == SIZE_MAX) {
        return fail_at(p, start, "the closing quote is missing",
                       "a text ends with the quote that it begins with");
    }
    *text = slice_part(p->inside, start + 1, end);
    p->at = end + 1;
    return true;
}

/* ---- values ---- */

static void add_segment(struct arena *arena, struct slice **segments, size_t *count,
                        struct slice segment)
{
    *segments = arena_append(arena, *segments, *count, sizeof **segments);
    (*segments)[(*count)++] = segment;
}

/* name ( "." name | "." digits | "[" digits "]" )* "?"?, followed by anything else. */
static bool parse_path(struct parser *p, struct reference *reference)
{
    struct slice inside = p->inside;
    struct slice *segments = NULL;
    size_t at = p->at;
    for (;;) {
        bool bracket = at < inside.length && inside.data[at] == '[' && reference->count > 0;
        if (reference->count > 0) {
            if (!bracket && (at == inside.length || inside.data[at] != '.')) {
                break;
            }
            at++;
        }
        size_t start = at;
        bool number = at < inside.length && ascii_is_digit(inside.data[at]) && reference->count > 0;
        if (!number && (bracket || at == inside.length || !is_name_start(inside.data[at]))) {
            return fail(p);
        }
        while (at < inside.length &&
               (ascii_is_digit(inside.data[at]) || (!number && is_name_start(inside.data[at])))) {
            at++;
        }
        add_segment(p->reader->arena, &segments, &reference->count, slice_part(inside, start, at));
        reference->segments = segments;
        if (bracket && (at == inside.length || inside.data[at++] != ']')) {
            return fail(p);
        }
    }
    if (at < inside.length && inside.data[at] == '?' &&
        (at + 1 == inside.length || inside.data[at + 1] != '?')) {
        reference->optional = true;
        at++;
    }
    p->at = at;
    return true;
}

static bool parse_number(struct parser *p, struct reference *reference)
{
    size_t start = p->at;
    p->at += p->inside.data[p->at] == '-';
    size_t digits = p->at;
    while (p->at < p->inside.length &&
           (ascii_is_digit(p->inside.data[p->at]) ||
            (p->inside.data[p->at] == '.' && p->at > digits && p->at + 1 < p->inside.length &&
             ascii_is_digit(p->inside.data[p->at + 1])))) {
        p->at++;
    }
    reference->is_literal = reference->is_number = true;
    reference->literal = slice_part(p->inside, start, p->at);
    return p->at > digits || fail(p);
}

static void add_format(struct parser *p, struct reference *reference, struct format_use use)
{
    struct format_use *formats = (struct format_use *)(uintptr_t)reference->formats;
    formats = arena_append(p->reader->arena, formats, reference->format_count, sizeof *formats);
    formats[reference->format_count++] = use;
    reference->formats = formats;
}

/* + 2 weeks */
static bool parse_offset(struct parser *p, struct reference *reference)
{
    enum { MOST_DIGITS = 5 };
    size_t start = p->at;
    bool minus = p->inside.data[p->at++] == '-';
    struct format_use use = {.format = value_format_of(FORMAT_OFFSET)};
    skip_space(p);
    size_t digits = p->at;
    while (p->at < p->inside.length && ascii_is_digit(p->inside.data[p->at])) {
        use.count =
            use.count < 1000000 ? use.count * 10 + (p->inside.data[p->at] - '0') : use.count;
        p->at++;
    }
    if (p->at == digits && minus && reference->count > 1) {
        return fail_at(p, start, "a name has no `-`",
                       "names have letters, digits and underscores: `${env.API_KEY}`");
    }
    if (p->at == digits || p->at - digits > MOST_DIGITS) {
        return fail_at(p, start, "an offset is a number of up to five digits, and a unit",
                       "write `${today + 2 weeks}`");
    }
    skip_space(p);
    size_t unit_start = p->at;
    struct slice unit = take_word(p, '\0');
    use.range = range_from(p, start);
    if (!span_read(unit, &use.count, &use.unit)) {
        struct range range = range_from(p, unit_start);
        struct diagnostic *d = diag_report(p->reader->diagnostics, E0220, p->node->source, range,
                                           unit.length > 0 ? "`%.*s` is not a unit of time"
                                                           : "this offset has no unit%.*s",
                                           SLICE_ARG(unit));
        struct suggestion s = suggestion_new(unit);
        span_offer(&s);
        diag_suggest(p->reader->diagnostics, d, unit.length > 0 ? s.best : SLICE(""));
        if (unit.length == 0) {
            diag_note(p->reader->diagnostics, d, NULL, range, "write `%c %lld day%s`",
                      minus ? '-' : '+', use.count, use.count == 1 ? "" : "s");
        }
        diag_note(p->reader->diagnostics, d, NULL, range,
                  "the units are `minutes`, `hours`, `days`, `weeks`, `months` and `years`");
        return false;
    }
    use.count = minus ? -use.count : use.count;
    add_format(p, reference, use);
    return true;
}

static struct reference *new_reference(struct parser *p)
{
    struct reference *reference = arena_alloc(p->reader->arena, sizeof *reference);
    reference->use = p->use;
    reference->node = p->node;
    reference->source = p->node->source;
    reference->range = p->range;
    return reference;
}

/* What follows `??`: a parameter is a fixed value. */
static bool parse_alternative(struct parser *p)
{
    struct reference *reference = new_reference(p);
    char c = next_character(p);
    size_t start = p->at;
    bool read = c == '"' || c == '\''           ? take_quoted(p, &reference->literal)
                : c == '-' || ascii_is_digit(c) ? parse_number(p, reference)
                : is_name_start(c)
                    ? parse_path(p, reference)
                    : fail_at(p, p->at > 0 ? p->at - 1 : 0, "a value is missing behind `??`",
                              "write `${name ?? \"nobody\"}`");
    if (!read) {
        return false;
    }
    reference->is_alternative = true;
    reference->is_literal = reference->count == 0;
    reference->range = range_from(p, start);
    if (reference->count > 0 && slice_is(reference->segments[0], "params")) {
        reference->literal = expression_parameter(p->reader, reference);
        reference->is_literal = true;
        reference->count = 0;
    }
    p->last->otherwise = reference;
    p->last->optional = true;
    p->last = reference;
    return true;
}

/* ---- formats ---- */

static bool is_argument_start(enum format_argument argument, char c)
{
    return argument == ARGUMENT_TEXT ? c == '"' || c == '\'' : ascii_is_word(c);
}

static bool parse_argument(struct parser *p, struct format_use *use)
{
    char c = next_character(p);
    if (use->format->argument == ARGUMENT_NONE || !is_argument_start(use->format->argument, c)) {
        return true; /* whether one is missing is found out by the checks */
    }
    if (use->format->argument == ARGUMENT_TEXT) {
        return take_quoted(p, &use->argument);
    }
    use->argument = take_word(p, '\0');
    return true;
}

/* `dd.MM.yyyy`, `format "…"`: dates have no pattern here. */
static bool is_date_pattern(struct slice name)
{
    static const char *const words[] = {"format", "strftime", "dateFormat", "d",    "dd", "M",
                                        "MM",     "MMM",      "yy",         "yyyy", "DD", "YYYY",
                                        "HH",     "hh",       "mm",         "ddd",  NULL};
    return slice_is_any(name, words);
}

static bool report_unknown_format(struct parser *p, size_t start, struct slice name)
{
    struct range range = range_from(p, start);
    struct diagnostic *d = diag_report(p->reader->diagnostics, E0218, p->node->source, range,
                                       "unknown format `%.*s`", SLICE_ARG(name));
    struct suggestion s = suggestion_new(name);
    value_format_offer(&s);
    const char *other = value_format_of_other(name);
    if (currency_is_code(name)) {
        s.best = arena_printf(p->reader->arena, "currency %.*s", SLICE_ARG(name));
    }
    if (is_date_pattern(name)) {
        diag_note(p->reader->diagnostics, d, NULL, range,
                  "write `| date`, `| time` or `| date-time`: the form follows from the language "
                  "of the dialog");
        return false;
    }
    diag_suggest(p->reader->diagnostics, d, other != NULL ? slice_of(other) : s.best);
    if (slice_is(name, "default")) {
        diag_note(p->reader->diagnostics, d, NULL, range,
                  "what to say instead of a missing value is behind `??`: `${name ?? \"nobody\"}`");
        return false;
    }
    struct slice names = value_format_names(p->reader->arena, CLASS_ANY);
    diag_note(p->reader->diagnostics, d, NULL, range, "the formats are %.*s", SLICE_ARG(names));
    return false;
}

/* A format is for all values so far; what has it as its last one already keeps it. */
static bool parse_format(struct parser *p)
{
    skip_space(p);
    size_t start = p->at;
    struct slice name = take_word(p, '-');
    if (name.length == 0 && take(p, "|")) {
        return fail_at(p, start > 0 ? start - 1 : 0, "`||` is not an operator here",
                       "for the first of several values that is there, write `${due ?? today}`");
    }
    if (name.length == 0) {
        return fail_at(p, start > 0 ? start - 1 : 0, "the name of a format is missing behind `|`",
                       "write `${closeDate | date}`");
    }
    struct format_use use = {.format = value_format_find(name)};
    if (use.format == NULL) {
        return report_unknown_format(p, start, name);
    }
    if (!parse_argument(p, &use)) {
        return false;
    }
    use.range = range_from(p, start);
    for (struct reference *r = p->first; r != NULL; r = r->otherwise) {
        bool has = r->format_count > 0 && r->formats[r->format_count - 1].format == use.format;
        if (!has) {
            add_format(p, r, use);
        }
    }
    return true;
}

/* ---- the whole ---- */

/* What people write behind a value in other languages. */
static const struct {
    const char *sign;
    const char *message;
    const char *help;
} habits[] = {
    {"?", "there is no choice with `?` and `:` here",
     "ask with `if` or `choose` in the flow, and say another message in each case"},
    {"(", "references call no functions",
     "formats are written behind `|`, such as `${name | upper}`; for the rest, `run` a script"},
    {"&&", "`&&` is not an operator here", "ask with `if` in the flow"},
    {"*", "references do not calculate", "`run` a script that sets a variable, and name that"},
    {"/", "references do not calculate", "`run` a script that sets a variable, and name that"},
    {"%", "references do not calculate", "`run` a script that sets a variable, and name that"},
    {"=", "references do not compare", "write conditions in `if` and `choose`"},
    {"!", "references do not compare", "write conditions in `if` and `choose`"},
    {"<", "references do not compare", "write conditions in `if` and `choose`"},
    {">", "references do not compare", "write conditions in `if` and `choose`"},
};

/* What begins at `p->at` continues nothing: neither a value nor, behind one, a format. */
static bool fail_rest(struct parser *p, const struct value_format *format)
{
    size_t start = p->at;
    struct slice rest = slice_part(p->inside, start, p->inside.length);
    if (format != NULL) {
        p->at = p->inside.length;
        struct slice message =
            arena_printf(p->reader->arena, "`%s` takes nothing behind it", format->name);
        bool offset = slice_starts_with(rest, "+") || slice_starts_with(rest, "-");
        bool is_sign =
            rest.length > 0 && ((unsigned char)rest.data[0] >= 0x80 || rest.data[0] == '$');
        if (format->argument == ARGUMENT_CODE && slice_starts_with(rest, "(")) {
            return fail_at(p, start, "the code of a currency is written without parentheses",
                           "write `${price | currency EUR}`");
        }
        if (format->argument == ARGUMENT_CODE && is_sign) { /* `currency €` */
            return fail_at(p, start, "this is not the code of a currency",
                           "codes have three capital letters, such as `EUR`");
        }
        return fail_at(p, start, message.data,
                       offset ? "an offset comes before the format: `${due + 1 day | date}`"
                              : "the form of numbers and dates follows from the language of the "
                                "dialog");
    }
    bool is_day = p->last->count == 1 && (slice_is(p->last->segments[0], "now") ||
                                          slice_is(p->last->segments[0], "today"));
    if (is_day && slice_starts_with(rest, "()")) {
        p->at = start + 2;
        return fail_at(p, start, "references call no functions",
                       "write `${now}` and `${today}` without parentheses");
    }
    for (size_t i = 0; i < TABLE_LENGTH(habits); i++) {
        if (slice_starts_with(rest, habits[i].sign)) {
            p->at = p->inside.length;
            return fail_at(p, start, habits[i].message, habits[i].help);
        }
    }
    return fail(p);
}

static bool parse_rest(struct parser *p)
{
    bool behind_value = true;          /* an offset belongs to the value in front of it */
    const struct value_format *format; /* in front of `p->at` */
    for (format = NULL;;) {
        char c = next_character(p);
        bool offset = (c == '+' || c == '-') && behind_value && !p->last->is_literal;
        if (c == '\0') {
            return true;
        }
        bool read = offset          ? parse_offset(p, p->last)
                    : take(p, "??") ? parse_alternative(p)
                    : take(p, "|")  ? parse_format(p)
                                    : fail_rest(p, format);
        if (!read) {
            return false;
        }
        behind_value = c != '|';
        format = c == '|' ? p->last->formats[p->last->format_count - 1].format : NULL;
    }
}

/* Parameters are put in when the template is compiled, before there is a value to format. */
static bool is_fixed(struct parser *p)
{
    if (reference_is_plain(p->first) || !slice_is(p->first->segments[0], "params")) {
        return false;
    }
    struct diagnostic *d =
        diag_report(p->reader->diagnostics, E0221, p->node->source, p->range,
                    "`%.*s` is a parameter, which has no format and nothing behind `??`",
                    SLICE_ARG(reference_name(p->reader->arena, p->first)));
    diag_note(p->reader->diagnostics, d, NULL, p->range,
              "dialogc fills it in when it compiles the template; write its value as it is to be "
              "shown");
    return true;
}

/* `${name: ${city}`: where the next reference begins, the last one has not ended. */
static bool is_unclosed(struct parser *p)
{
    size_t next = slice_find(p->inside, "${", 0);
    if (next == SIZE_MAX || memchr(p->inside.data, '"', next) != NULL ||
        memchr(p->inside.data, '\'', next) != NULL) {
        return false;
    }
    size_t end = 0;
    while (end < next && (ascii_is_word(p->inside.data[end]) || p->inside.data[end] == '.')) {
        end++;
    }
    p->at = next;
    struct range range = range_from(p, 0);
    range.start -= 2;
    struct diagnostic *d = diag_report(p->reader->diagnostics, E0201, p->node->source, range,
                                       "this reference has no closing `}`");
    diag_note(p->reader->diagnostics, d, NULL, range,
              "write `${%.*s}`; to write a literal `${`, use `$${`", (int)end, p->inside.data);
    return true;
}

static struct reference *parse(struct parser *p)
{
    if (is_unclosed(p)) {
        return NULL;
    }
    p->first = p->last = new_reference(p);
    p->first->optional = p->use == USE_EXISTENCE;
    bool read = parse_path(p, p->first) && (p->at == p->inside.length || parse_rest(p));
    return read && !is_fixed(p) ? p->first : NULL;
}

struct reference *expression_parse(struct text_reader *reader, struct passage_trail *trail,
                                   const struct node *node, struct slice whole,
                                   enum reference_use use)
{
    struct parser p = {.reader = reader,
                       .node = node,
                       .whole = whole,
                       .inside = slice_trim(slice_part(whole, 2, whole.length - 1)),
                       .trail = *trail,
                       .range = passage_follow(trail, node, whole),
                       .use = use};
    return parse(&p);
}

struct reference *expression_parse_bare(struct text_reader *reader, const struct node *node,
                                        enum reference_use use)
{
    struct parser p = {.reader = reader,
                       .node = node,
                       .whole = node->text,
                       .inside = slice_trim(node->text),
                       .range = node->range,
                       .use = use};
    return parse(&p);
}

size_t expression_end(struct slice text, size_t open)
{
    char quote = '\0';
    for (size_t at = open; at < text.length; at++) {
        char c = text.data[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '}') {
            return at;
        } else if (c == '"' || c == '\'') {
            quote = c;
        }
    }
    return slice_find(text, "}", open); /* a quote that does not end is told later */
}

struct slice expression_parameter(struct text_reader *reader, const struct reference *reference)
{
    const struct node *found = NULL;
    if (reference->count == 2) {
        const struct member *member = node_member(reader->parameters, reference->segments[1]);
        found = member != NULL ? member->value : NULL;
    }
    if (found != NULL) {
        if (found->kind == NODE_BOOLEAN) {
            return found->boolean ? SLICE("true") : SLICE("false");
        }
        return found->text;
    }
    struct slice name = reference_path(reader->arena, reference, 1);
    struct diagnostic *d = diag_report(reader->diagnostics, E0206, reference->source,
                                       reference_segment_range(reference, reference->count > 1),
                                       "the project has no parameter `%.*s`", SLICE_ARG(name));
    size_t best = SIZE_MAX;
    for (size_t i = 0; reader->parameters != NULL && i < reader->parameters->count; i++) {
        size_t distance;
        struct slice known = reader->parameters->members[i].key->text;
        if (suggestion_is_near(name, known, &distance) && distance < best) {
            best = distance;
            diag_suggest(reader->diagnostics, d, known);
        }
    }
    return SLICE("");
}
