/* What the parts of the parser share: tokens, brackets, names, and how mistakes are said. */
#include "document/javascript/parser.h"

#include "document/javascript/slip.h"

#include <stdarg.h>

/* What a tree may have above each other, and what the parser may: each level of both is a call. */
#define DEPTH_LIMIT   2000
#define NESTING_LIMIT 400

void javascript_fail(struct javascript_parser *parser, size_t start, size_t end, const char *format,
                     ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice message = arena_vprintf(parser->lexer.arena, format, arguments);
    va_end(arguments);
    javascript_lexer_fail(&parser->lexer, start, end, "%.*s", SLICE_ARG(message));
    parser->token = (struct javascript_token){.start = start, .end = start};
}

void javascript_fail_here(struct javascript_parser *parser, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice message = arena_vprintf(parser->lexer.arena, format, arguments);
    va_end(arguments);
    javascript_fail(parser, parser->token.start, parser->token.end, "%.*s", SLICE_ARG(message));
}

/* ---- tokens ---- */

void javascript_advance(struct javascript_parser *parser)
{
    if (parser->token.kind != JAVASCRIPT_TOKEN_END) {
        parser->last = parser->token;
        parser->token = javascript_token_next(&parser->lexer);
    }
}

bool javascript_is_sign(const struct javascript_parser *parser, const char *sign)
{
    return parser->token.kind == JAVASCRIPT_TOKEN_SIGN && slice_is(parser->token.text, sign);
}

bool javascript_is_word(const struct javascript_parser *parser, const char *word)
{
    return parser->token.kind == JAVASCRIPT_TOKEN_WORD && !parser->token.is_escaped &&
           slice_is(parser->token.text, word);
}

bool javascript_accept(struct javascript_parser *parser, const char *sign)
{
    bool is = javascript_is_sign(parser, sign);
    if (is) {
        javascript_advance(parser);
    }
    return is;
}

bool javascript_accept_word(struct javascript_parser *parser, const char *word)
{
    bool is = javascript_is_word(parser, word);
    if (is) {
        javascript_advance(parser);
    }
    return is;
}

struct slice javascript_token_name(const struct javascript_parser *parser)
{
    struct slice text = parser->token.text;
    if (parser->token.kind == JAVASCRIPT_TOKEN_END) {
        return SLICE("the end of the script");
    }
    if (parser->token.kind == JAVASCRIPT_TOKEN_PART) {
        return SLICE("the template string");
    }
    if (text.length > 24 || memchr(text.data, '\n', text.length) != NULL) {
        return parser->token.kind == JAVASCRIPT_TOKEN_STRING ? SLICE("this string")
                                                             : SLICE("this word");
    }
    return arena_printf(parser->lexer.arena, "`%.*s`", SLICE_ARG(text));
}

struct javascript_token javascript_peek(struct javascript_parser *parser)
{
    struct javascript_lexer lexer = parser->lexer;
    return javascript_token_next(&lexer);
}

/* ---- what is missing ---- */

bool javascript_fail_slip(struct javascript_parser *parser, bool wants_value)
{
    parser->wants_value = wants_value;
    struct javascript_mistake slip = javascript_slip(parser);
    if (slip.message.length > 0) {
        javascript_fail(parser, slip.start, slip.end, "%.*s", SLICE_ARG(slip.message));
    }
    return slip.message.length > 0;
}

void javascript_expect(struct javascript_parser *parser, const char *sign)
{
    if (javascript_accept(parser, sign) || javascript_fail_slip(parser, false)) {
        return;
    }
    if (parser->token.kind == JAVASCRIPT_TOKEN_END) {
        javascript_fail(parser, parser->last.start, parser->last.end,
                        "the script ends here, and `%s` is missing behind `%.*s`", sign,
                        SLICE_ARG(parser->last.text));
    } else {
        javascript_fail_here(parser, "`%s` is missing before %.*s", sign,
                             SLICE_ARG(javascript_token_name(parser)));
    }
}

static size_t line_of(struct slice script, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset && i < script.length; i++) {
        line += script.data[i] == '\n';
    }
    return line;
}

void javascript_expect_close(struct javascript_parser *parser, const char *close, size_t open)
{
    if (javascript_accept(parser, close) || javascript_fail_slip(parser, false)) {
        return;
    }
    char bracket = parser->lexer.script.data[open];
    if (parser->token.kind == JAVASCRIPT_TOKEN_END) {
        javascript_fail(parser, open, open + 1, "this `%c` is never closed: `%s` is missing",
                        bracket, close);
    } else if (javascript_is_sign(parser, ")") || javascript_is_sign(parser, "]") ||
               javascript_is_sign(parser, "}")) {
        javascript_fail_here(
            parser, "`%s` is missing before `%.*s`: it closes the `%c` in line %zu", close,
            SLICE_ARG(parser->token.text), bracket, line_of(parser->lexer.script, open));
    } else {
        bool is_value = parser->token.kind != JAVASCRIPT_TOKEN_SIGN && close[0] != '}';
        javascript_fail_here(parser, "%s`%s` is missing before %.*s",
                             is_value ? "an operator, `,` or " : "", close,
                             SLICE_ARG(javascript_token_name(parser)));
    }
}

void javascript_expect_end(struct javascript_parser *parser,
                           const struct javascript_node *statement)
{
    if (javascript_accept(parser, ";") || parser->token.kind == JAVASCRIPT_TOKEN_END ||
        javascript_is_sign(parser, "}") || parser->token.on_new_line) {
        return;
    }
    parser->statement = statement->start;
    if (javascript_fail_slip(parser, false)) {
        return;
    }
    if (javascript_is_sign(parser, ")") || javascript_is_sign(parser, "]")) {
        javascript_fail_here(parser, "this `%.*s` has no opening bracket",
                             SLICE_ARG(parser->token.text));
    } else {
        javascript_fail_here(parser, "an operator, or `;` and a new line, is missing before %.*s",
                             SLICE_ARG(javascript_token_name(parser)));
    }
}

/* ---- nodes ---- */

struct javascript_node *javascript_node(struct javascript_parser *parser, enum javascript_kind kind,
                                        size_t start)
{
    struct javascript_node *node = arena_alloc(parser->lexer.arena, sizeof *node);
    node->kind = kind;
    node->start = start;
    node->end = parser->last.end > start ? parser->last.end : start;
    return node;
}

void javascript_add(struct javascript_parser *parser, struct javascript_node *node,
                    struct javascript_node *part)
{
    if (node->first == NULL) {
        node->first = part;
    } else {
        node->last->next = part;
    }
    node->last = part;
    node->depth = part->depth >= node->depth ? part->depth + 1 : node->depth;
    if (node->depth > DEPTH_LIMIT) {
        javascript_fail_here(parser, "this is nested too deeply: use variables in between");
    }
}

struct javascript_node *javascript_close(const struct javascript_parser *parser,
                                         struct javascript_node *node)
{
    node->end = parser->last.end > node->start ? parser->last.end : node->start;
    return node;
}

bool javascript_enter(struct javascript_parser *parser)
{
    parser->depth++;
    if (parser->depth > NESTING_LIMIT) {
        javascript_fail_here(parser, "this is nested too deeply: use variables and functions");
        return false;
    }
    return true;
}

void javascript_leave(struct javascript_parser *parser)
{
    parser->depth--;
}

/* ---- names ---- */

bool javascript_is_reserved(struct slice word)
{
    static const char *const words[] = {
        "break",  "case",     "catch",  "class",  "const",  "continue",   "debugger", "default",
        "delete", "do",       "else",   "enum",   "export", "extends",    "false",    "finally",
        "for",    "function", "if",     "import", "in",     "instanceof", "new",      "null",
        "return", "super",    "switch", "this",   "throw",  "true",       "try",      "typeof",
        "var",    "void",     "while",  "with",   NULL};
    return slice_is_any(word, words);
}

void javascript_check_name(struct javascript_parser *parser, struct slice name, size_t start,
                           bool is_binding)
{
    static const char *const strict_words[] = {"implements", "interface", "let",    "package",
                                               "private",    "protected", "public", "static",
                                               "yield",      NULL};
    static const char *const fixed[] = {"eval", "arguments", NULL};
    const struct javascript_place *place = &parser->place;
    if (javascript_is_reserved(name)) {
        javascript_fail(parser, start, start + name.length,
                        "`%.*s` is a word of the language and cannot be a name", SLICE_ARG(name));
    } else if ((place->is_strict && slice_is_any(name, strict_words)) ||
               (place->is_generator && slice_is(name, "yield")) ||
               (place->is_async && slice_is(name, "await"))) {
        javascript_fail(parser, start, start + name.length, "`%.*s` cannot be a name here",
                        SLICE_ARG(name));
    } else if (is_binding && place->is_strict && slice_is_any(name, fixed)) {
        javascript_fail(parser, start, start + name.length,
                        "`%.*s` cannot be set in a strict script", SLICE_ARG(name));
    }
}

struct slice javascript_expect_name(struct javascript_parser *parser, const char *what)
{
    struct slice name = parser->token.text;
    if (parser->token.kind != JAVASCRIPT_TOKEN_WORD) {
        if (parser->token.kind == JAVASCRIPT_TOKEN_END) {
            javascript_fail(parser, parser->last.start, parser->last.end,
                            "the script ends here, and %s is missing", what);
        } else {
            javascript_fail_here(parser, "%s is missing before %.*s", what,
                                 SLICE_ARG(javascript_token_name(parser)));
        }
        return SLICE("");
    }
    javascript_check_name(parser, name, parser->token.start, true);
    javascript_advance(parser);
    return name;
}
