/* Patterns are read as literals are: `[a, b]`. Only then is it clear what they were. */
#include "document/javascript/pattern.h"

static bool is_in_optional_chain(const struct javascript_node *node)
{
    for (; node->kind == JAVASCRIPT_MEMBER || node->kind == JAVASCRIPT_INDEX ||
           node->kind == JAVASCRIPT_CALL;
         node = node->first) {
        if (node->is_optional) {
            return true;
        }
        if (node->first->is_parenthesised) {
            return false;
        }
    }
    return false;
}

static void fail_target(struct javascript_parser *parser, const struct javascript_node *node,
                        const char *sign)
{
    struct slice text = slice_part(parser->lexer.script, node->start, node->end);
    bool is_short = text.length <= 40 && memchr(text.data, '\n', text.length) == NULL;
    if (node->kind == JAVASCRIPT_BINARY && slice_is(node->text, "=") == false && sign[0] == '=') {
        javascript_fail(parser, node->start, node->end,
                        "%s%.*s%s cannot be set with `%s`: to compare, write `===`",
                        is_short ? "`" : "this ", SLICE_ARG(is_short ? text : SLICE("computation")),
                        is_short ? "`" : "", sign);
        return;
    }
    javascript_fail(parser, node->start, node->end,
                    "%s%.*s%s cannot be set with `%s`: only a name or a member can",
                    is_short ? "`" : "", SLICE_ARG(is_short ? text : SLICE("this")),
                    is_short ? "`" : "", sign);
}

void javascript_check_target(struct javascript_parser *parser, const struct javascript_node *node,
                             const char *sign)
{
    bool is_logical = slice_is(slice_of(sign), "&&=") || slice_is(slice_of(sign), "||=") ||
                      slice_is(slice_of(sign), "?"
                                               "?=");
    if (node->kind == JAVASCRIPT_NAME) {
        javascript_check_name(parser, node->text, node->start, true);
    } else if (node->kind == JAVASCRIPT_CALL) {
        if (is_in_optional_chain(node) || parser->place.is_strict || is_logical) {
            fail_target(parser, node, sign);
        }
    } else if ((node->kind != JAVASCRIPT_MEMBER && node->kind != JAVASCRIPT_INDEX) ||
               is_in_optional_chain(node)) {
        fail_target(parser, node, sign);
    }
}

static void check_rest(struct javascript_parser *parser, const struct javascript_node *rest,
                       bool is_object, bool is_binding)
{
    const struct javascript_node *target = rest->first;
    bool is_pattern = target->kind == JAVASCRIPT_OBJECT || target->kind == JAVASCRIPT_ARRAY;
    if (rest->next != NULL) {
        javascript_fail(parser, rest->start, rest->end, "`...` takes the rest: nothing can follow");
    } else if (target->kind == JAVASCRIPT_ASSIGN || (is_object && is_pattern)) {
        javascript_fail(parser, target->start, target->end, "only a name can follow `...` here");
    } else {
        javascript_check_pattern(parser, target, is_binding);
    }
}

static void check_part(struct javascript_parser *parser, const struct javascript_node *part,
                       bool is_binding)
{
    if (part->kind != JAVASCRIPT_PROPERTY) {
        javascript_check_pattern(parser, part, is_binding);
    } else if (part->is_method) {
        javascript_fail(parser, part->start, part->end, "a method cannot be set");
    } else {
        javascript_check_pattern(parser, part->last, is_binding);
    }
}

void javascript_check_pattern(struct javascript_parser *parser, const struct javascript_node *node,
                              bool is_binding)
{
    if (javascript_has_failed(parser)) {
        return;
    }
    bool is_list = node->kind == JAVASCRIPT_ARRAY || node->kind == JAVASCRIPT_OBJECT;
    if (node->is_parenthesised && (is_list || is_binding || node->kind == JAVASCRIPT_ASSIGN)) {
        javascript_fail(parser, node->start, node->end, "a pattern cannot be in parentheses");
    } else if (is_list) {
        for (const struct javascript_node *part = node->first; part != NULL; part = part->next) {
            if (part->kind == JAVASCRIPT_SPREAD) {
                check_rest(parser, part, node->kind == JAVASCRIPT_OBJECT, is_binding);
            } else if (part->kind != JAVASCRIPT_EMPTY) {
                check_part(parser, part, is_binding);
            }
        }
    } else if (node->kind == JAVASCRIPT_ASSIGN && slice_is(node->text, "=")) {
        javascript_check_pattern(parser, node->first, is_binding);
    } else if (is_binding && node->kind != JAVASCRIPT_NAME) {
        javascript_fail(parser, node->start, node->end, "a name is expected here");
    } else {
        javascript_check_target(parser, node, "=");
    }
}

void javascript_each_name(const struct javascript_node *pattern,
                          void (*visit)(void *context, const struct javascript_node *name),
                          void *context)
{
    if (pattern->kind == JAVASCRIPT_NAME) {
        visit(context, pattern);
    } else if (pattern->kind == JAVASCRIPT_ASSIGN || pattern->kind == JAVASCRIPT_SPREAD) {
        javascript_each_name(pattern->first, visit, context);
    } else if (pattern->kind == JAVASCRIPT_PROPERTY) {
        javascript_each_name(pattern->last, visit, context);
    } else if (pattern->kind == JAVASCRIPT_ARRAY || pattern->kind == JAVASCRIPT_OBJECT) {
        for (const struct javascript_node *part = pattern->first; part != NULL; part = part->next) {
            javascript_each_name(part, visit, context);
        }
    }
}

bool javascript_is_complex(const struct javascript_node *pattern)
{
    return pattern->kind != JAVASCRIPT_NAME;
}
