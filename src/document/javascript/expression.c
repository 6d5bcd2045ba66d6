/* Operators, from the weakest to the strongest; what they are applied to is in operand.c. */
#include "document/javascript/expression.h"

#include "document/javascript/operand.h"
#include "document/javascript/pattern.h"

/* ---- patterns that look like literals ---- */

void javascript_check_short_default(struct javascript_parser *parser)
{
    struct javascript_token token = parser->short_default;
    if (token.end > 0 && parser->cover == 0) {
        parser->short_default = (struct javascript_token){.end = 0};
        javascript_fail(parser, token.start, token.end,
                        "an object has `:` between a name and its value, not `=`");
    }
}

void javascript_allow_short_default(struct javascript_parser *parser, size_t start)
{
    if (parser->short_default.start >= start) {
        parser->short_default = (struct javascript_token){.end = 0};
    }
}

struct javascript_node *javascript_binding(struct javascript_parser *parser)
{
    size_t start = parser->token.start;
    if (javascript_is_sign(parser, "[") || javascript_is_sign(parser, "{")) {
        parser->cover++;
        struct javascript_node *pattern = javascript_operand(parser);
        parser->cover--;
        javascript_allow_short_default(parser, start);
        javascript_check_pattern(parser, pattern, true);
        return pattern;
    }
    struct javascript_node *name = javascript_node(parser, JAVASCRIPT_NAME, start);
    name->text = javascript_expect_name(parser, "a name");
    return javascript_close(parser, name);
}

/* ---- operators ---- */

static bool is_arrow(const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_ARROW && !node->is_parenthesised;
}

static struct javascript_node *unary(struct javascript_parser *parser);

static struct javascript_node *read_unary(struct javascript_parser *parser, struct slice sign)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_UNARY, parser->token.start);
    node->text = sign;
    javascript_advance(parser);
    struct javascript_node *operand = unary(parser);
    javascript_add(parser, node, operand);
    if (slice_is(sign, "delete") && parser->place.is_strict && operand->kind == JAVASCRIPT_NAME) {
        javascript_fail(parser, operand->start, operand->end,
                        "a strict script cannot delete a variable");
    }
    return javascript_close(parser, node);
}

static struct javascript_node *read_update(struct javascript_parser *parser)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_UPDATE, parser->token.start);
    node->text = parser->token.text;
    javascript_advance(parser);
    struct javascript_node *target = unary(parser);
    javascript_add(parser, node, target);
    javascript_check_target(parser, target, slice_is(node->text, "++") ? "++" : "--");
    return javascript_close(parser, node);
}

static struct javascript_node *postfix(struct javascript_parser *parser)
{
    struct javascript_node *target = javascript_left_side(parser);
    bool is_update = (javascript_is_sign(parser, "++") || javascript_is_sign(parser, "--")) &&
                     !parser->token.on_new_line;
    if (!is_update || is_arrow(target)) {
        return target;
    }
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_UPDATE, target->start);
    node->text = parser->token.text;
    javascript_check_target(parser, target, slice_is(node->text, "++") ? "++" : "--");
    javascript_add(parser, node, target);
    javascript_advance(parser);
    return javascript_close(parser, node);
}

static struct javascript_node *unary(struct javascript_parser *parser)
{
    static const char *const signs[] = {"!", "~", "+", "-", NULL};
    static const char *const words[] = {"typeof", "void", "delete", NULL};
    struct slice text = parser->token.text;
    bool is_sign = parser->token.kind == JAVASCRIPT_TOKEN_SIGN;
    bool is_word = parser->token.kind == JAVASCRIPT_TOKEN_WORD && !parser->token.is_escaped;
    bool is_await = is_word && parser->place.is_async && slice_is(text, "await");
    struct javascript_node *node;
    if (!javascript_enter(parser)) {
        node = javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start);
    } else if ((is_sign && slice_is_any(text, signs)) ||
               (is_word && (slice_is_any(text, words) || is_await))) {
        node = read_unary(parser, text);
    } else if (javascript_is_sign(parser, "++") || javascript_is_sign(parser, "--")) {
        node = read_update(parser);
    } else {
        node = postfix(parser);
    }
    javascript_leave(parser);
    return node;
}

/* How strongly an operator binds; 0 when the next token is none. */
static int precedence(const struct javascript_parser *parser)
{
    static const struct {
        const char *sign;
        int strength;
    } operators[] = {
        {"?"
         "?",
         1},
        {"||", 2},
        {"&&", 3},
        {"|", 4},
        {"^", 5},
        {"&", 6},
        {"==", 7},
        {"!=", 7},
        {"===", 7},
        {"!==", 7},
        {"<", 8},
        {">", 8},
        {"<=", 8},
        {">=", 8},
        {"<<", 9},
        {">>", 9},
        {">>>", 9},
        {"+", 10},
        {"-", 10},
        {"*", 11},
        {"/", 11},
        {"%", 11},
        {"**", 12},
    };
    if (javascript_is_word(parser, "instanceof") ||
        (javascript_is_word(parser, "in") && !parser->place.no_in)) {
        return 8;
    }
    for (size_t i = 0;
         parser->token.kind == JAVASCRIPT_TOKEN_SIGN && i < sizeof operators / sizeof operators[0];
         i++) {
        if (slice_is(parser->token.text, operators[i].sign)) {
            return operators[i].strength;
        }
    }
    return 0;
}

static bool is_logical(const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_BINARY && !node->is_parenthesised &&
           (slice_is(node->text, "||") || slice_is(node->text, "&&"));
}

static bool is_nullish(const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_BINARY && !node->is_parenthesised &&
           slice_is(node->text, "?"
                                "?");
}

static void check_mixture(struct javascript_parser *parser, const struct javascript_node *node)
{
    const struct javascript_node *left = node->first;
    const struct javascript_node *right = node->last;
    bool nullish = slice_is(node->text, "?"
                                        "?");
    if ((nullish && (is_logical(left) || is_logical(right))) ||
        (is_logical(node) && (is_nullish(left) || is_nullish(right)))) {
        javascript_fail(parser, node->start, node->end,
                        "`?"
                        "?` next to `||` or `&&` needs parentheses");
    }
    if (slice_is(node->text, "**") && left->kind == JAVASCRIPT_UNARY && !left->is_parenthesised) {
        javascript_fail(parser, left->start, left->end, "`%.*s` before `**` needs parentheses",
                        SLICE_ARG(left->text));
    }
    if (right->kind == JAVASCRIPT_PRIVATE ||
        (left->kind == JAVASCRIPT_PRIVATE && !slice_is(node->text, "in"))) {
        javascript_fail(parser, node->start, node->end,
                        "`#` names can only be asked for with `in`");
    }
}

/* Operators that bind more strongly than `weakest`. */
static struct javascript_node *binary(struct javascript_parser *parser, int weakest)
{
    struct javascript_node *left = unary(parser);
    int strength;
    while (!is_arrow(left) && (strength = precedence(parser)) > weakest) {
        struct javascript_node *node = javascript_node(parser, JAVASCRIPT_BINARY, left->start);
        node->text = parser->token.text;
        bool is_power = slice_is(node->text, "**");
        javascript_advance(parser);
        if (!javascript_enter(parser)) {
            break;
        }
        struct javascript_node *right = binary(parser, is_power ? strength - 1 : strength);
        javascript_leave(parser);
        if (is_arrow(right)) {
            javascript_fail(parser, right->start, right->end, "this function needs parentheses");
        }
        javascript_add(parser, node, left);
        javascript_add(parser, node, right);
        javascript_close(parser, node);
        check_mixture(parser, node);
        left = node;
    }
    if (left->kind == JAVASCRIPT_PRIVATE && weakest > 7) {
        javascript_fail(parser, left->start, left->end, "a `#` name needs an object before it");
    }
    return left;
}

static struct javascript_node *conditional(struct javascript_parser *parser)
{
    struct javascript_node *test = binary(parser, 0);
    if (is_arrow(test) || !javascript_is_sign(parser, "?")) {
        if (test->kind == JAVASCRIPT_PRIVATE) {
            javascript_fail(parser, test->start, test->end, "a `#` name needs an object before it");
        }
        return test;
    }
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_CONDITIONAL, test->start);
    javascript_add(parser, node, test);
    javascript_advance(parser);
    bool no_in = parser->place.no_in;
    parser->place.no_in = false;
    javascript_add(parser, node, javascript_assignment(parser));
    parser->place.no_in = no_in;
    javascript_expect(parser, ":");
    javascript_add(parser, node, javascript_assignment(parser));
    return javascript_close(parser, node);
}

/* ---- assignments ---- */

static bool is_assignment_sign(const struct javascript_parser *parser)
{
    static const char *const signs[] = {"=",
                                        "+=",
                                        "-=",
                                        "*=",
                                        "/=",
                                        "%=",
                                        "**=",
                                        "<<=",
                                        ">>=",
                                        ">>>=",
                                        "&=",
                                        "|=",
                                        "^=",
                                        "&&=",
                                        "||=",
                                        "?"
                                        "?=",
                                        NULL};
    return parser->token.kind == JAVASCRIPT_TOKEN_SIGN && slice_is_any(parser->token.text, signs);
}

static struct javascript_node *read_yield(struct javascript_parser *parser)
{
    static const char *const ends[] = {")", "]", "}", ",", ";", ":", NULL};
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_YIELD, parser->token.start);
    javascript_advance(parser);
    bool ends_here =
        parser->token.on_new_line || parser->token.kind == JAVASCRIPT_TOKEN_END ||
        javascript_is_word(parser, "in") ||
        (parser->token.kind == JAVASCRIPT_TOKEN_SIGN && slice_is_any(parser->token.text, ends));
    if (!ends_here) {
        javascript_accept(parser, "*");
        javascript_add(parser, node, javascript_assignment(parser));
    }
    return javascript_close(parser, node);
}

/* `name => …` and `async name => …`; NULL when the next tokens are neither. */
static struct javascript_node *arrow_of_name(struct javascript_parser *parser)
{
    if (parser->token.kind != JAVASCRIPT_TOKEN_WORD || javascript_is_reserved(parser->token.text)) {
        return NULL;
    }
    struct javascript_token next = javascript_peek(parser);
    bool is_async = javascript_is_word(parser, "async") && next.kind == JAVASCRIPT_TOKEN_WORD &&
                    !next.on_new_line && !javascript_is_reserved(next.text);
    if (is_async) {
        struct javascript_lexer lexer = parser->lexer;
        javascript_token_next(&lexer);
        struct javascript_token second = javascript_token_next(&lexer);
        is_async = second.kind == JAVASCRIPT_TOKEN_SIGN && slice_is(second.text, "=>");
    }
    if (!is_async && !(next.kind == JAVASCRIPT_TOKEN_SIGN && slice_is(next.text, "=>"))) {
        return NULL;
    }
    struct javascript_node *parameters =
        javascript_node(parser, JAVASCRIPT_PARAMETERS, parser->token.start);
    if (is_async) {
        javascript_advance(parser);
    }
    javascript_add(parser, parameters, javascript_binding(parser));
    javascript_close(parser, parameters);
    return parser->hooks->arrow(parser, parameters, is_async);
}

static struct javascript_node *read_assignment(struct javascript_parser *parser)
{
    if (parser->place.is_generator && javascript_is_word(parser, "yield")) {
        return read_yield(parser);
    }
    struct javascript_node *left = arrow_of_name(parser);
    if (left != NULL) {
        return left;
    }
    parser->arrow_start = parser->token.start;
    left = conditional(parser);
    if (is_arrow(left) || !is_assignment_sign(parser)) {
        return left;
    }
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_ASSIGN, left->start);
    node->text = parser->token.text;
    if (slice_is(node->text, "=")) {
        javascript_check_pattern(parser, left, false);
        javascript_allow_short_default(parser, left->start);
    } else {
        javascript_check_target(parser, left, arena_copy(parser->lexer.arena, node->text));
    }
    javascript_advance(parser);
    javascript_add(parser, node, left);
    javascript_add(parser, node, javascript_assignment(parser));
    return javascript_close(parser, node);
}

struct javascript_node *javascript_assignment(struct javascript_parser *parser)
{
    if (!javascript_enter(parser)) {
        return javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start);
    }
    struct javascript_node *node = read_assignment(parser);
    javascript_check_short_default(parser);
    javascript_leave(parser);
    return node;
}

struct javascript_node *javascript_expression(struct javascript_parser *parser)
{
    struct javascript_node *first = javascript_assignment(parser);
    if (!javascript_is_sign(parser, ",")) {
        return first;
    }
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_SEQUENCE, first->start);
    javascript_add(parser, node, first);
    while (javascript_accept(parser, ",")) {
        javascript_add(parser, node, javascript_assignment(parser));
    }
    return javascript_close(parser, node);
}
