/* Statements: one function for each kind, found by the word that it begins with. */
#include "document/javascript/statement.h"

#include "document/javascript/expression.h"
#include "document/javascript/pattern.h"

static struct javascript_node *read_statement(struct javascript_parser *parser);

/* ---- parts of statements ---- */

static struct javascript_node *begin(struct javascript_parser *parser, enum javascript_kind kind)
{
    struct javascript_node *node = javascript_node(parser, kind, parser->token.start);
    javascript_advance(parser);
    return javascript_close(parser, node);
}

/* `(a)` behind `if` and the like. */
static struct javascript_node *read_condition(struct javascript_parser *parser)
{
    size_t open = parser->token.start;
    javascript_expect(parser, "(");
    struct javascript_node *condition = javascript_expression(parser);
    if (!javascript_has_failed(parser)) {
        javascript_expect_close(parser, ")", open);
    }
    return condition;
}

static struct javascript_node *read_block(struct javascript_parser *parser)
{
    size_t open = parser->token.start;
    struct javascript_node *block = javascript_node(parser, JAVASCRIPT_BLOCK, open);
    javascript_expect(parser, "{");
    while (!javascript_is_sign(parser, "}") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        javascript_add(parser, block, read_statement(parser));
    }
    if (!javascript_has_failed(parser)) {
        javascript_expect_close(parser, "}", open);
    }
    return javascript_close(parser, block);
}

/* `let` is a name where no declaration can follow it. */
static bool is_let(struct javascript_parser *parser)
{
    if (!javascript_is_word(parser, "let")) {
        return false;
    }
    struct javascript_token next = javascript_peek(parser);
    bool is_name = next.kind == JAVASCRIPT_TOKEN_WORD && !slice_is(next.text, "in") &&
                   !slice_is(next.text, "instanceof");
    bool is_pattern = next.kind == JAVASCRIPT_TOKEN_SIGN &&
                      (slice_is(next.text, "[") || slice_is(next.text, "{"));
    return is_name || is_pattern;
}

/* What `if`, a loop or a label is for. Only there a function without braces may be, if at all. */
static struct javascript_node *read_part(struct javascript_parser *parser, bool may_be_function)
{
    struct javascript_token token = parser->token;
    bool is_function = javascript_is_word(parser, "function");
    if (javascript_is_word(parser, "const") || javascript_is_word(parser, "class") ||
        (is_let(parser) && !javascript_peek(parser).on_new_line) ||
        (is_function && (!may_be_function || parser->place.is_strict))) {
        javascript_fail_here(parser, "`%.*s` needs braces around it here", SLICE_ARG(token.text));
    }
    struct javascript_node *node = read_statement(parser);
    if (node->kind == JAVASCRIPT_FUNCTION && (node->is_generator || node->is_async)) {
        javascript_fail(parser, node->start, node->end,
                        "this function needs braces around it here");
    }
    return node;
}

/* The labels right before a loop are its own: `continue` can name them. */
static void mark_labels(const struct javascript_parser *parser, size_t loop)
{
    for (struct javascript_label *label = parser->place.labels;
         label != NULL && label->statement == loop; label = label->outer) {
        label->is_loop = true;
        loop = label->start;
    }
}

static struct javascript_node *read_loop_body(struct javascript_parser *parser, size_t loop)
{
    mark_labels(parser, loop);
    bool is_loop = parser->place.is_loop;
    parser->place.is_loop = true;
    struct javascript_node *body = read_part(parser, false);
    const struct javascript_node *inner = body;
    while (inner->kind == JAVASCRIPT_LABELLED) {
        inner = inner->first;
    }
    if (inner->kind == JAVASCRIPT_FUNCTION) {
        javascript_fail(parser, inner->start, inner->end,
                        "this function needs braces around it here");
    }
    parser->place.is_loop = is_loop;
    return body;
}

/* ---- declarations ---- */

static struct javascript_node *read_declarator(struct javascript_parser *parser, struct slice word,
                                               bool is_head)
{
    struct javascript_node *node =
        javascript_node(parser, JAVASCRIPT_DECLARATOR, parser->token.start);
    struct javascript_node *target = javascript_binding(parser);
    javascript_add(parser, node, target);
    if (!slice_is(word, "var") && target->kind == JAVASCRIPT_NAME &&
        slice_is(target->text, "let")) {
        javascript_fail(parser, target->start, target->end,
                        "`let` cannot be the name of a variable");
    }
    if (javascript_accept(parser, "=")) {
        javascript_add(parser, node, javascript_assignment(parser));
    } else if (!is_head && !javascript_has_failed(parser) &&
               (slice_is(word, "const") || target->kind != JAVASCRIPT_NAME)) {
        javascript_fail(parser, target->start, target->end,
                        "`%.*s` needs a value: `= …` is missing",
                        SLICE_ARG(slice_part(parser->lexer.script, target->start, target->end)));
    }
    return javascript_close(parser, node);
}

static struct javascript_node *read_variables(struct javascript_parser *parser, bool is_head)
{
    struct slice word = parser->token.text;
    struct javascript_node *node = begin(parser, JAVASCRIPT_VARIABLES);
    node->text = word;
    do {
        javascript_add(parser, node, read_declarator(parser, word, is_head));
    } while (javascript_accept(parser, ","));
    return javascript_close(parser, node);
}

static struct javascript_node *read_declaration(struct javascript_parser *parser)
{
    struct javascript_node *node = read_variables(parser, false);
    javascript_expect_end(parser, node);
    return node;
}

/* ---- branches ---- */

static struct javascript_node *read_if(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_IF);
    javascript_add(parser, node, read_condition(parser));
    javascript_add(parser, node, read_part(parser, true));
    if (javascript_accept_word(parser, "else")) {
        javascript_add(parser, node, read_part(parser, true));
    }
    return javascript_close(parser, node);
}

static struct javascript_node *read_case(struct javascript_parser *parser, bool *has_default)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_CASE, parser->token.start);
    if (javascript_accept_word(parser, "case")) {
        javascript_add(parser, node, javascript_expression(parser));
    } else {
        if (!javascript_is_word(parser, "default")) {
            javascript_fail_here(parser, "`case` or `default` is missing before %.*s",
                                 SLICE_ARG(javascript_token_name(parser)));
        } else if (*has_default) {
            javascript_fail_here(parser, "a `switch` has only one `default`");
        }
        *has_default = true;
        javascript_add(parser, node,
                       javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start));
        javascript_advance(parser);
    }
    javascript_expect(parser, ":");
    while (!javascript_is_word(parser, "case") && !javascript_is_word(parser, "default") &&
           !javascript_is_sign(parser, "}") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        javascript_add(parser, node, read_statement(parser));
    }
    return javascript_close(parser, node);
}

static struct javascript_node *read_switch(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_SWITCH);
    javascript_add(parser, node, read_condition(parser));
    size_t open = parser->token.start;
    bool has_default = false;
    bool is_switch = parser->place.is_switch;
    parser->place.is_switch = true;
    javascript_expect(parser, "{");
    while (!javascript_is_sign(parser, "}") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        javascript_add(parser, node, read_case(parser, &has_default));
    }
    parser->place.is_switch = is_switch;
    if (!javascript_has_failed(parser)) {
        javascript_expect_close(parser, "}", open);
    }
    return javascript_close(parser, node);
}

static struct javascript_node *read_try(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_TRY);
    javascript_add(parser, node, read_block(parser));
    bool is_handled = javascript_is_word(parser, "catch") || javascript_is_word(parser, "finally");
    if (javascript_is_word(parser, "catch")) {
        struct javascript_node *handler = begin(parser, JAVASCRIPT_CATCH);
        size_t open = parser->token.start;
        if (javascript_accept(parser, "(")) {
            javascript_add(parser, handler, javascript_binding(parser));
            javascript_expect_close(parser, ")", open);
        } else {
            javascript_add(parser, handler, javascript_node(parser, JAVASCRIPT_EMPTY, open));
        }
        javascript_add(parser, handler, read_block(parser));
        javascript_add(parser, node, javascript_close(parser, handler));
    }
    if (javascript_accept_word(parser, "finally")) {
        javascript_add(parser, node, read_block(parser));
    }
    if (!is_handled) {
        javascript_fail(parser, node->start, node->start + 3,
                        "`try { … }` needs `catch (error) { … }` or `finally { … }` behind it");
    }
    return javascript_close(parser, node);
}

/* ---- loops ---- */

static struct javascript_node *read_optional(struct javascript_parser *parser, const char *end)
{
    return javascript_is_sign(parser, end)
               ? javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start)
               : javascript_expression(parser);
}

/* What is before the first `;`, `in` or `of`. */
static struct javascript_node *read_for_head(struct javascript_parser *parser)
{
    parser->place.no_in = true;
    struct javascript_node *head;
    if (javascript_is_word(parser, "var") || javascript_is_word(parser, "const") ||
        is_let(parser)) {
        head = read_variables(parser, true);
    } else {
        parser->cover++;
        head = read_optional(parser, ";");
        parser->cover--;
    }
    parser->place.no_in = false;
    return head;
}

/* `for (var i = 0 in list)` is left from the beginnings of the language. */
static bool is_loop_variable(const struct javascript_parser *parser,
                             const struct javascript_node *head, bool is_in)
{
    const struct javascript_node *first = head->first;
    bool is_set = first->first->next != NULL;
    return first->next == NULL &&
           (!is_set || (is_in && slice_is(head->text, "var") && !parser->place.is_strict &&
                        first->first->kind == JAVASCRIPT_NAME));
}

static void check_loop_target(struct javascript_parser *parser, const struct javascript_node *head,
                              bool is_in)
{
    if (head->kind != JAVASCRIPT_VARIABLES) {
        bool is_async = head->kind == JAVASCRIPT_NAME && !is_in && slice_is(head->text, "async");
        bool is_let = head->kind == JAVASCRIPT_NAME && !is_in && slice_is(head->text, "let");
        if (head->kind == JAVASCRIPT_ASSIGN || head->kind == JAVASCRIPT_EMPTY || is_async ||
            is_let) {
            javascript_fail(parser, head->start, head->end, "a variable is missing before `%s`",
                            is_in ? "in" : "of");
        }
        javascript_check_pattern(parser, head, false);
        javascript_allow_short_default(parser, head->start);
    } else if (!is_loop_variable(parser, head, is_in)) {
        javascript_fail(parser, head->start, head->end,
                        "before `%s` is one variable without a value", is_in ? "in" : "of");
    }
}

/* A variable of `for (;;)` that must have a value has one. */
static void check_values(struct javascript_parser *parser, const struct javascript_node *head)
{
    for (const struct javascript_node *d = head->first;
         head->kind == JAVASCRIPT_VARIABLES && d != NULL; d = d->next) {
        if (d->first->next == NULL &&
            (slice_is(head->text, "const") || d->first->kind != JAVASCRIPT_NAME)) {
            javascript_fail(parser, d->start, d->end,
                            "this variable needs a value: `= …` is missing");
        }
    }
}

static struct javascript_node *read_for(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_FOR);
    bool is_await = parser->place.is_async && javascript_accept_word(parser, "await");
    size_t open = parser->token.start;
    javascript_expect(parser, "(");
    bool starts_async = javascript_is_word(parser, "async") && !is_await;
    struct javascript_node *head = read_for_head(parser);
    bool is_in = javascript_is_word(parser, "in") && !is_await;
    bool is_of = javascript_is_word(parser, "of");
    javascript_add(parser, node, head);
    if (is_in || is_of) {
        node->kind = is_in ? JAVASCRIPT_FOR_IN : JAVASCRIPT_FOR_OF;
        if (!is_await || !starts_async) {
            check_loop_target(parser, head, is_in);
        }
        javascript_advance(parser);
        javascript_add(parser, node,
                       is_in ? javascript_expression(parser) : javascript_assignment(parser));
    } else {
        javascript_check_short_default(parser);
        check_values(parser, head);
        if (is_await) {
            javascript_fail_here(parser, "`of` is missing: `for await (const item of list)`");
        }
        javascript_expect(parser, ";");
        javascript_add(parser, node, read_optional(parser, ";"));
        javascript_expect(parser, ";");
        javascript_add(parser, node, read_optional(parser, ")"));
    }
    if (!javascript_has_failed(parser)) {
        javascript_expect_close(parser, ")", open);
    }
    javascript_add(parser, node, read_loop_body(parser, node->start));
    return javascript_close(parser, node);
}

static struct javascript_node *read_while(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_WHILE);
    javascript_add(parser, node, read_condition(parser));
    javascript_add(parser, node, read_loop_body(parser, node->start));
    return javascript_close(parser, node);
}

static struct javascript_node *read_do(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_DO);
    javascript_add(parser, node, read_loop_body(parser, node->start));
    if (!javascript_accept_word(parser, "while")) {
        javascript_fail_here(parser, "`while (…)` is missing behind the body of `do`");
        return node;
    }
    javascript_add(parser, node, read_condition(parser));
    javascript_accept(parser, ";");
    return javascript_close(parser, node);
}

/* ---- jumps ---- */

static const struct javascript_label *find_label(const struct javascript_parser *parser,
                                                 struct slice name)
{
    const struct javascript_label *label = parser->place.labels;
    while (label != NULL && !slice_equal(label->name, name)) {
        label = label->outer;
    }
    return label;
}

static struct javascript_node *read_jump(struct javascript_parser *parser)
{
    bool is_break = javascript_is_word(parser, "break");
    struct javascript_node *node = begin(parser, is_break ? JAVASCRIPT_BREAK : JAVASCRIPT_CONTINUE);
    struct slice word = parser->last.text;
    if (parser->token.kind == JAVASCRIPT_TOKEN_WORD && !parser->token.on_new_line) {
        node->text = parser->token.text;
        const struct javascript_label *label = find_label(parser, node->text);
        if (label == NULL || (!is_break && !label->is_loop)) {
            javascript_fail_here(parser, "there is no loop around it with the label `%.*s`",
                                 SLICE_ARG(node->text));
        }
        javascript_advance(parser);
    } else if (!parser->place.is_loop && !(is_break && parser->place.is_switch)) {
        javascript_fail(parser, node->start, node->end, "`%.*s` has no loop%s around it",
                        SLICE_ARG(word), is_break ? " or `switch`" : "");
    }
    javascript_expect_end(parser, javascript_close(parser, node));
    return node;
}

static bool ends_statement(const struct javascript_parser *parser)
{
    return parser->token.on_new_line || parser->token.kind == JAVASCRIPT_TOKEN_END ||
           javascript_is_sign(parser, ";") || javascript_is_sign(parser, "}");
}

static struct javascript_node *read_return(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_RETURN);
    if (!parser->place.is_function) {
        javascript_fail(parser, node->start, node->end,
                        "`return` has no function around it: put what follows into an `if`");
    }
    if (!ends_statement(parser)) {
        javascript_add(parser, node, javascript_expression(parser));
    }
    javascript_expect_end(parser, javascript_close(parser, node));
    return node;
}

static struct javascript_node *read_throw(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_THROW);
    if (ends_statement(parser)) {
        javascript_fail(parser, node->start, node->end,
                        "`throw` needs a value in its line: `throw new Error(\"…\")`");
    } else {
        javascript_add(parser, node, javascript_expression(parser));
    }
    javascript_expect_end(parser, javascript_close(parser, node));
    return node;
}

/* ---- the rest ---- */

static struct javascript_node *read_with(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_WITH);
    if (parser->place.is_strict) {
        javascript_fail(parser, node->start, node->end, "a strict script cannot have `with`");
    }
    javascript_add(parser, node, read_condition(parser));
    javascript_add(parser, node, read_part(parser, false));
    return javascript_close(parser, node);
}

static struct javascript_node *read_labelled(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_LABELLED);
    node->text = parser->last.text;
    javascript_check_name(parser, node->text, node->start, false);
    if (find_label(parser, node->text) != NULL) {
        javascript_fail(parser, node->start, node->end, "the label `%.*s` is there already",
                        SLICE_ARG(node->text));
    }
    javascript_accept(parser, ":");
    struct javascript_label label = {.name = node->text,
                                     .start = node->start,
                                     .statement = parser->token.start,
                                     .outer = parser->place.labels};
    parser->place.labels = &label;
    javascript_add(parser, node, read_part(parser, true));
    parser->place.labels = label.outer;
    return javascript_close(parser, node);
}

static struct javascript_node *read_expression_statement(struct javascript_parser *parser)
{
    struct javascript_node *node =
        javascript_node(parser, JAVASCRIPT_EXPRESSION, parser->token.start);
    javascript_add(parser, node, javascript_expression(parser));
    javascript_expect_end(parser, javascript_close(parser, node));
    return node;
}

static struct javascript_node *read_debugger(struct javascript_parser *parser)
{
    struct javascript_node *node = begin(parser, JAVASCRIPT_EMPTY);
    javascript_expect_end(parser, javascript_close(parser, node));
    return node;
}

/* A word that only continues another statement. */
static struct javascript_node *fail_alone(struct javascript_parser *parser)
{
    bool is_else = javascript_is_word(parser, "else");
    bool is_handler = javascript_is_word(parser, "catch") || javascript_is_word(parser, "finally");
    if (is_else && slice_is(parser->last.text, ";")) {
        javascript_fail_here(parser, "this `else` has no `if` before it: a `;` before it has ended "
                                     "the `if`, or its braces are missing");
    } else if (is_else || is_handler) {
        javascript_fail_here(parser, "this `%.*s` has no `%s` before it",
                             SLICE_ARG(parser->token.text), is_else ? "if" : "try");
    } else if (javascript_is_word(parser, "export")) {
        javascript_fail_here(parser, "a script cannot export: put values into `context`");
    } else {
        javascript_fail_here(parser, "`%.*s` has no `switch` around it",
                             SLICE_ARG(parser->token.text));
    }
    return javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start);
}

static bool is_async_function(struct javascript_parser *parser)
{
    if (!javascript_is_word(parser, "async")) {
        return false;
    }
    struct javascript_token next = javascript_peek(parser);
    return next.kind == JAVASCRIPT_TOKEN_WORD && slice_is(next.text, "function") &&
           !next.on_new_line;
}

static struct javascript_node *read_by_word(struct javascript_parser *parser)
{
    static const struct {
        const char *word;
        struct javascript_node *(*read)(struct javascript_parser *parser);
    } statements[] = {
        {"var", read_declaration}, {"const", read_declaration}, {"if", read_if},
        {"for", read_for},         {"while", read_while},       {"do", read_do},
        {"return", read_return},   {"throw", read_throw},       {"break", read_jump},
        {"continue", read_jump},   {"try", read_try},           {"switch", read_switch},
        {"with", read_with},       {"debugger", read_debugger}, {"else", fail_alone},
        {"catch", fail_alone},     {"finally", fail_alone},     {"case", fail_alone},
        {"default", fail_alone},   {"export", fail_alone},
    };
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        if (javascript_is_word(parser, statements[i].word)) {
            return statements[i].read(parser);
        }
    }
    return NULL;
}

static struct javascript_node *read_other(struct javascript_parser *parser)
{
    struct javascript_node *node = read_by_word(parser);
    if (node != NULL) {
        return node;
    }
    if (is_let(parser)) {
        return read_declaration(parser);
    }
    if (javascript_is_word(parser, "function") || is_async_function(parser)) {
        return parser->hooks->function(parser, true);
    }
    if (javascript_is_word(parser, "class")) {
        return parser->hooks->class(parser, true);
    }
    if (parser->token.kind == JAVASCRIPT_TOKEN_WORD &&
        !javascript_is_reserved(parser->token.text)) {
        struct javascript_token next = javascript_peek(parser);
        if (next.kind == JAVASCRIPT_TOKEN_SIGN && slice_is(next.text, ":")) {
            return read_labelled(parser);
        }
    }
    return read_expression_statement(parser);
}

static struct javascript_node *read_statement(struct javascript_parser *parser)
{
    if (!javascript_enter(parser)) {
        return javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start);
    }
    struct javascript_node *node;
    parser->statement = parser->token.start;
    if (javascript_is_sign(parser, "{")) {
        node = read_block(parser);
    } else if (javascript_is_sign(parser, ";")) {
        node = begin(parser, JAVASCRIPT_EMPTY);
    } else {
        node = read_other(parser);
    }
    javascript_leave(parser);
    return node;
}

/* ---- lists of statements ---- */

/* `"use strict";` at the beginning; the octal forms before it count, too. */
static bool is_directive(const struct javascript_parser *parser, const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_EXPRESSION && node->first->kind == JAVASCRIPT_STRING &&
           !node->first->is_parenthesised &&
           node->first->end - node->first->start == node->first->text.length + 2 &&
           !javascript_has_failed(parser);
}

void javascript_statements(struct javascript_parser *parser, struct javascript_node *block)
{
    bool at_beginning = true;
    while (!javascript_is_sign(parser, "}") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        bool is_octal = parser->token.is_octal;
        struct javascript_node *node = read_statement(parser);
        at_beginning = at_beginning && is_directive(parser, node);
        if (at_beginning && slice_is(node->first->text, "use strict")) {
            parser->place.is_strict = true;
        }
        if (at_beginning && is_octal && parser->place.is_strict) {
            javascript_fail(parser, node->start, node->end,
                            "a strict script cannot have octal escapes");
        }
        javascript_add(parser, block, node);
    }
}
