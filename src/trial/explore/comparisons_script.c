/*
 * Comparisons in the text of a script. A script is taken apart into stretches between `;`, `{`,
 * `}`, `&&`, `||` and the like. In a stretch with an operator beside a literal, all paths of the
 * context are taken as compared with that literal:
 *
 *     var total = Number(context.entities.total);    total is a name for context.entities.total
 *     if (total >= 100 && read(context, ["entities", "rating"]) === "Hot")
 *
 * What is guessed wrongly costs a conversation that shows nothing new.
 */
#include "base/ascii.h"
#include "base/map.h"
#include "trial/explore/comparisons.h"

#define STRETCH_LIMIT 8 /* paths, and literals */

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_PATTERN,
    TOKEN_SIGN, /* an operator or a bracket */
};

struct token {
    enum token_kind kind;
    struct slice text; /* of texts and patterns: what is between the marks */
};

/* What a stretch compares its paths with. */
struct literal {
    enum comparison_kind kind;
    struct slice value;
};

struct mining {
    struct arena *arena;
    struct slice script;
    size_t at;
    struct token last; /* says whether a `/` divides */
    struct map names;  /* of variables: what they are made of, a struct slice */
    struct comparisons *list;
    struct slice chosen; /* of `switch (…)`, for its cases */
    /* of the stretch that is read */
    struct slice paths[STRETCH_LIMIT];
    size_t path_count;
    struct literal literals[STRETCH_LIMIT];
    size_t literal_count;
    bool of_length;
    bool expects; /* behind an operator: the next literal is compared */
    bool negative;
    enum comparison_kind expected;
    struct slice assigned; /* the name that the stretch gives a value, or empty */
    bool in_switch, in_case, in_if;
};

/* ---- tokens ---- */

static char peek(const struct mining *m, size_t ahead)
{
    return m->at + ahead < m->script.length ? m->script.data[m->at + ahead] : '\0';
}

static void skip_space(struct mining *m)
{
    for (;;) {
        if (peek(m, 0) == '/' && peek(m, 1) == '/') {
            m->at = slice_find(m->script, "\n", m->at);
        } else if (peek(m, 0) == '/' && peek(m, 1) == '*') {
            m->at = slice_find(m->script, "*/", m->at);
            m->at += m->at < m->script.length ? 2 : 0;
        } else if (m->at < m->script.length && strchr(" \t\r\n", m->script.data[m->at]) != NULL) {
            m->at++;
        } else {
            break;
        }
    }
    m->at = m->at < m->script.length ? m->at : m->script.length;
}

/* What is between two marks; a backslash protects the next character. */
static struct slice take_marked(struct mining *m, char mark)
{
    size_t start = ++m->at;
    bool in_class = false; /* of a pattern: its mark ends nothing there */
    while (m->at < m->script.length) {
        char c = m->script.data[m->at];
        if (c == mark && !in_class) {
            break;
        }
        in_class = mark == '/' && (c == '[' || (in_class && c != ']'));
        m->at += c == '\\' ? 2 : 1;
    }
    size_t end = m->at < m->script.length ? m->at : m->script.length;
    m->at = end < m->script.length ? end + 1 : end;
    return slice_part(m->script, start, end);
}

static bool is_word(char c)
{
    return ascii_is_word(c) || c == '$';
}

/* A pattern can only begin where a value can: not behind one. */
static bool can_divide(const struct mining *m)
{
    bool closes =
        m->last.kind == TOKEN_SIGN && (slice_is(m->last.text, ")") || slice_is(m->last.text, "]"));
    return closes || m->last.kind == TOKEN_WORD || m->last.kind == TOKEN_NUMBER ||
           m->last.kind == TOKEN_TEXT;
}

static struct token take_token(struct mining *m)
{
    static const char *const signs[] = {"===", "!==", "==", "!=", ">=", "<=", "&&",
                                        "||",  "=>",  "?.", "++", "--", "+=", "-="};
    skip_space(m);
    size_t start = m->at;
    char c = peek(m, 0);
    if (c == '\0') {
        return (struct token){TOKEN_END, SLICE("")};
    }
    if (c == '"' || c == '\'' || c == '`') {
        return (struct token){TOKEN_TEXT, take_marked(m, c)};
    }
    if (c == '/' && !can_divide(m)) {
        return (struct token){TOKEN_PATTERN, take_marked(m, c)};
    }
    if (is_word(c)) {
        bool is_number = ascii_is_digit(c);
        while (is_word(peek(m, 0)) || (is_number && peek(m, 0) == '.')) {
            m->at++;
        }
        return (struct token){is_number ? TOKEN_NUMBER : TOKEN_WORD,
                              slice_part(m->script, start, m->at)};
    }
    struct slice rest = slice_part(m->script, m->at, m->script.length);
    size_t length = 1;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0] && length == 1; i++) {
        length = slice_starts_with(rest, signs[i]) ? strlen(signs[i]) : 1;
    }
    m->at += length;
    return (struct token){TOKEN_SIGN, slice_part(m->script, start, m->at)};
}

static struct token next_token(struct mining *m)
{
    m->last = take_token(m);
    return m->last;
}

/* The token that follows, without going on to it. */
static struct token look_ahead(struct mining *m)
{
    size_t at = m->at;
    struct token token = take_token(m);
    m->at = at;
    return token;
}

static bool is_sign(struct token token, const char *sign)
{
    return token.kind == TOKEN_SIGN && slice_is(token.text, sign);
}

static bool is_word_token(struct token token, const char *word)
{
    return token.kind == TOKEN_WORD && slice_is(token.text, word);
}

/* ---- paths ---- */

static struct slice add_key(struct mining *m, struct slice path, struct token key)
{
    return key.kind == TOKEN_NUMBER
               ? arena_printf(m->arena, "%.*s[%.*s]", SLICE_ARG(path), SLICE_ARG(key.text))
               : arena_printf(m->arena, "%.*s.%.*s", SLICE_ARG(path), SLICE_ARG(key.text));
}

/* Of `context.a["b"][0].trim()`, with `context` behind: the path, up to a call. */
static struct slice take_path(struct mining *m, struct slice path)
{
    for (;;) {
        size_t at = m->at;
        struct token sign = look_ahead(m);
        bool dot = is_sign(sign, ".") || is_sign(sign, "?.");
        if (!dot && !is_sign(sign, "[")) {
            return path;
        }
        next_token(m);
        struct token key = next_token(m);
        bool fits = dot ? key.kind == TOKEN_WORD
                        : (key.kind == TOKEN_TEXT || key.kind == TOKEN_NUMBER) &&
                              is_sign(look_ahead(m), "]");
        if (!fits || (dot && is_sign(look_ahead(m), "("))) {
            m->at = at;
            return path;
        }
        if (!dot) {
            next_token(m);
        }
        if (slice_is(key.text, "length")) {
            m->of_length = true;
        } else {
            path = add_key(m, path, key);
        }
    }
}

/* Of `read(context, ["a", 0])`, with `context` behind: the path. */
static struct slice take_list(struct mining *m, struct slice path)
{
    next_token(m); /* the comma */
    next_token(m); /* the bracket */
    for (;;) {
        struct token key = next_token(m);
        if (key.kind != TOKEN_TEXT && key.kind != TOKEN_NUMBER) {
            return path;
        }
        if (slice_is(key.text, "length")) {
            m->of_length = true;
        } else {
            path = add_key(m, path, key);
        }
        if (!is_sign(look_ahead(m), ",")) {
            next_token(m);
            return path;
        }
        next_token(m);
    }
}

static bool is_list_ahead(struct mining *m)
{
    size_t at = m->at;
    bool is_list = is_sign(take_token(m), ",") && is_sign(take_token(m), "[");
    m->at = at;
    return is_list;
}

/* ---- stretches ---- */

static void add_literal(struct mining *m, enum comparison_kind kind, struct slice value)
{
    if (m->literal_count < STRETCH_LIMIT && value.length > 0) {
        m->literals[m->literal_count++] = (struct literal){kind, value};
    }
}

static void add_path(struct mining *m, struct slice path)
{
    if (m->path_count < STRETCH_LIMIT) {
        m->paths[m->path_count++] = path;
    }
}

static void keep_name(struct mining *m, struct slice name, struct slice path)
{
    struct slice *made_of = arena_alloc(m->arena, sizeof *made_of);
    struct slice *known = map_add(&m->names, name, made_of);
    *(known != NULL ? known : made_of) = path;
}

static void end_stretch(struct mining *m, struct token end)
{
    static const char *const joins[] = {"&&", "||", "?", NULL};
    static const char *const ends[] = {";", "{", "}", NULL};
    bool ends_statement = end.kind != TOKEN_SIGN || slice_is_any(end.text, ends);
    bool is_asked = m->in_if || (end.kind == TOKEN_SIGN && slice_is_any(end.text, joins));
    for (size_t i = 0; i < m->path_count && m->literal_count == 0 && is_asked; i++) {
        comparisons_add(m->arena, m->list,
                        (struct comparison){m->paths[i], false, COMPARES_PRESENCE, SLICE(""), 0});
    }
    for (size_t i = 0; i < m->path_count; i++) {
        for (size_t j = 0; j < m->literal_count; j++) {
            comparisons_add(m->arena, m->list,
                            (struct comparison){m->paths[i], m->of_length, m->literals[j].kind,
                                                m->literals[j].value, 0});
        }
    }
    if (slice_starts_with(m->assigned, "context.") && m->path_count > 0) {
        comparisons_add_alias(m->arena, m->list,
                              (struct comparison_alias){m->assigned, m->paths[0]});
    } else if (m->assigned.length > 0 && m->path_count > 0) {
        keep_name(m, m->assigned, m->paths[0]);
        m->assigned = SLICE("");
    }
    if (ends_statement) { /* context.n = context.a && context.a.n: it may be any of them */
        m->assigned = SLICE("");
    }
    if (m->in_switch && m->path_count > 0) {
        m->chosen = m->paths[0];
    }
    m->path_count = m->literal_count = 0;
    m->of_length = m->expects = m->negative = m->in_switch = m->in_case = m->in_if = false;
}

/* A word that is not a literal: the context, a name for a part of it, or anything else. */
static void take_word(struct mining *m, struct token word)
{
    static const char *const part_methods[] = {"indexOf",  "includes", "startsWith",
                                               "endsWith", "search",   NULL};
    const struct slice *made_of = map_get(&m->names, word.text);
    if (slice_is(word.text, "switch")) {
        m->in_switch = true;
    } else if (slice_is(word.text, "if")) {
        m->in_if = true;
    } else if (slice_is(word.text, "case")) {
        m->in_case = true;
    } else if (slice_is(word.text, "length")) {
        m->of_length = true;
    } else if (slice_is_any(word.text, part_methods)) {
        m->expects = true;
        m->expected = COMPARES_PART;
    } else if (slice_is(word.text, "context") || made_of != NULL) {
        struct slice root = made_of != NULL ? *made_of : word.text;
        struct slice path = is_list_ahead(m) ? take_list(m, root) : take_path(m, root);
        if (is_sign(look_ahead(m), "=")) {
            m->assigned = path;
        } else if (path.length > strlen("context")) {
            add_path(m, path);
        }
    } else if (is_sign(look_ahead(m), "=")) {
        m->assigned = word.text;
    }
}

static void take_literal(struct mining *m, struct token literal)
{
    struct slice value = literal.text;
    if (m->negative && literal.kind == TOKEN_NUMBER) {
        value = arena_printf(m->arena, "-%.*s", SLICE_ARG(value));
    }
    if (m->in_case && m->chosen.length > 0) {
        add_path(m, m->chosen);
        add_literal(m, COMPARES_EQUAL, value);
    } else if (literal.kind == TOKEN_PATTERN) {
        add_literal(m, COMPARES_PATTERN, value);
    } else if (m->expects) {
        add_literal(m, m->expected, value);
    }
    m->expects = m->negative = false;
}

static bool ends_stretch(struct token token)
{
    static const char *const ends[] = {";", "{", "}", "&&", "||", "?", ":", "+=", "-=", "=>", NULL};
    return token.kind == TOKEN_END || (token.kind == TOKEN_SIGN && slice_is_any(token.text, ends));
}

static bool is_literal(struct token token)
{
    return token.kind == TOKEN_TEXT || token.kind == TOKEN_NUMBER || token.kind == TOKEN_PATTERN ||
           is_word_token(token, "true") || is_word_token(token, "false");
}

static void take_sign(struct mining *m, struct token sign, struct token before)
{
    static const char *const equal[] = {"==", "===", "!=", "!==", NULL};
    static const char *const order[] = {"<", "<=", ">", ">=", NULL};
    bool is_equal = slice_is_any(sign.text, equal);
    if (is_equal || slice_is_any(sign.text, order)) {
        m->expected = is_equal ? COMPARES_EQUAL : COMPARES_ORDER;
        m->expects = !is_literal(before);
        if (!m->expects) { /* 5 < path */
            add_literal(m, m->expected, before.text);
        }
    }
    m->negative = m->expects && slice_is(sign.text, "-");
}

void comparisons_of_script(struct arena *arena, struct slice script, struct comparisons *list)
{
    struct mining m = {.arena = arena, .script = script, .names = map_new(arena), .list = list};
    for (;;) {
        struct token before = m.last;
        struct token token = next_token(&m);
        if (ends_stretch(token)) {
            end_stretch(&m, token);
            if (token.kind == TOKEN_END) {
                return;
            }
        } else if (is_literal(token)) {
            take_literal(&m, token);
        } else if (token.kind == TOKEN_WORD) {
            take_word(&m, token);
        } else {
            take_sign(&m, token, before);
        }
    }
}
