/* Functions, methods, arrow functions and classes. */
#include "document/javascript/function.h"

#include "base/map.h"
#include "document/javascript/expression.h"
#include "document/javascript/operand.h"
#include "document/javascript/pattern.h"

/* ---- what a function keeps apart from what is around it ---- */

struct outside {
    struct javascript_place place;
    size_t cover;
    struct javascript_token short_default;
};

static struct outside enter(struct javascript_parser *parser, struct javascript_place place)
{
    struct outside outside = {parser->place, parser->cover, parser->short_default};
    parser->place = place;
    parser->cover = 0;
    parser->short_default = (struct javascript_token){.end = 0};
    return outside;
}

static void leave(struct javascript_parser *parser, const struct outside *outside)
{
    parser->place = outside->place;
    parser->cover = outside->cover;
    parser->short_default = outside->short_default;
}

/* ---- parameters ---- */

static struct javascript_node *read_parameter(struct javascript_parser *parser)
{
    size_t start = parser->token.start;
    if (javascript_accept(parser, "...")) {
        struct javascript_node *rest = javascript_node(parser, JAVASCRIPT_SPREAD, start);
        javascript_add(parser, rest, javascript_binding(parser));
        if (javascript_is_sign(parser, ",")) {
            javascript_fail_here(parser, "`...` takes the rest: nothing can follow");
        }
        return javascript_close(parser, rest);
    }
    struct javascript_node *target = javascript_binding(parser);
    if (!javascript_is_sign(parser, "=")) {
        return target;
    }
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_ASSIGN, start);
    node->text = parser->token.text;
    javascript_advance(parser);
    javascript_add(parser, node, target);
    javascript_add(parser, node, javascript_assignment(parser));
    return javascript_close(parser, node);
}

static struct javascript_node *read_parameters(struct javascript_parser *parser)
{
    size_t open = parser->token.start;
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_PARAMETERS, open);
    javascript_expect(parser, "(");
    while (!javascript_is_sign(parser, ")") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        javascript_add(parser, node, read_parameter(parser));
        if (!javascript_accept(parser, ",")) {
            break;
        }
    }
    if (!javascript_has_failed(parser)) {
        javascript_expect_close(parser, ")", open);
    }
    return javascript_close(parser, node);
}

struct parameter_names {
    struct javascript_parser *parser;
    struct map names;
    bool may_repeat;
};

static void note_name(void *context, const struct javascript_node *name)
{
    struct parameter_names *names = context;
    struct javascript_node *again = map_add(&names->names, name->text, names);
    if (again != NULL && !names->may_repeat) {
        javascript_fail(names->parser, name->start, name->end, "two parameters are named `%.*s`",
                        SLICE_ARG(name->text));
    }
    javascript_check_name(names->parser, name->text, name->start, true);
}

static bool are_simple(const struct javascript_node *parameters)
{
    for (const struct javascript_node *p = parameters->first; p != NULL; p = p->next) {
        if (javascript_is_complex(p)) {
            return false;
        }
    }
    return true;
}

static void check_parameters(struct javascript_parser *parser,
                             const struct javascript_node *parameters, bool may_repeat)
{
    struct parameter_names names = {.parser = parser,
                                    .names = map_new(parser->lexer.arena),
                                    .may_repeat = may_repeat && !parser->place.is_strict &&
                                                  are_simple(parameters)};
    for (const struct javascript_node *p = parameters->first; p != NULL; p = p->next) {
        javascript_each_name(p, note_name, &names);
    }
}

/* ---- bodies ---- */

static struct javascript_node *read_body(struct javascript_parser *parser,
                                         const struct javascript_node *parameters, bool may_repeat)
{
    size_t open = parser->token.start;
    struct javascript_node *block = javascript_node(parser, JAVASCRIPT_BLOCK, open);
    bool was_strict = parser->place.is_strict;
    javascript_expect(parser, "{");
    if (javascript_has_failed(parser)) {
        return block;
    }
    parser->hooks->statements(parser, block);
    if (parser->place.is_strict && !was_strict && !are_simple(parameters)) {
        javascript_fail(parser, parameters->start, parameters->end,
                        "a function with `\"use strict\"` has only plain parameters");
    }
    check_parameters(parser, parameters, may_repeat);
    javascript_expect_close(parser, "}", open);
    return javascript_close(parser, block);
}

static struct javascript_node *read_function(struct javascript_parser *parser,
                                             struct javascript_node *function, bool may_repeat,
                                             struct javascript_place place)
{
    struct outside outside = enter(parser, place);
    struct javascript_node *parameters = read_parameters(parser);
    javascript_add(parser, function, parameters);
    javascript_add(parser, function, read_body(parser, parameters, may_repeat));
    leave(parser, &outside);
    return javascript_close(parser, function);
}

struct javascript_node *javascript_method_function(struct javascript_parser *parser,
                                                   const struct javascript_node *property,
                                                   struct javascript_place place)
{
    struct javascript_node *node =
        javascript_node(parser, JAVASCRIPT_FUNCTION, parser->token.start);
    node->is_async = property->is_async;
    node->is_generator = property->is_generator;
    return read_function(parser, node, false, place);
}

struct javascript_node *javascript_function(struct javascript_parser *parser, bool is_statement)
{
    struct javascript_node *node =
        javascript_node(parser, JAVASCRIPT_FUNCTION, parser->token.start);
    node->is_statement = is_statement;
    node->is_async = javascript_accept_word(parser, "async");
    javascript_accept_word(parser, "function");
    node->is_generator = javascript_accept(parser, "*");
    struct javascript_place place = {.is_function = true,
                                     .is_async = node->is_async,
                                     .is_generator = node->is_generator,
                                     .is_strict = parser->place.is_strict,
                                     .has_target = true,
                                     .has_private = parser->place.has_private};
    struct javascript_place around = parser->place;
    if (!is_statement) {
        parser->place.is_async = node->is_async;
        parser->place.is_generator = node->is_generator;
    }
    node->name_start = parser->token.start;
    if (is_statement || parser->token.kind == JAVASCRIPT_TOKEN_WORD) {
        node->text = javascript_expect_name(parser, "the name of the function");
    }
    parser->place = around;
    return read_function(parser, node, true, place);
}

/* ---- arrow functions ---- */

struct javascript_node *javascript_arrow(struct javascript_parser *parser,
                                         struct javascript_node *parameters, bool is_async)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_ARROW, parameters->start);
    node->is_async = is_async;
    javascript_allow_short_default(parser, parameters->start);
    if (parser->token.on_new_line) {
        javascript_fail_here(parser, "`=>` belongs into the line of its parameters");
    }
    bool no_in = parser->place.no_in;
    struct javascript_place place = parser->place;
    place.is_function = true;
    place.is_async = is_async;
    place.is_generator = false;
    place.is_loop = place.is_switch = place.no_in = false;
    place.labels = NULL;
    struct outside outside = enter(parser, place);
    for (const struct javascript_node *p = parameters->first; p != NULL; p = p->next) {
        javascript_check_pattern(parser, p->kind == JAVASCRIPT_SPREAD ? p->first : p, true);
    }
    javascript_advance(parser);
    javascript_add(parser, node, parameters);
    if (javascript_is_sign(parser, "{")) {
        javascript_add(parser, node, read_body(parser, parameters, false));
    } else {
        parser->place.no_in = no_in;
        check_parameters(parser, parameters, false);
        javascript_add(parser, node, javascript_assignment(parser));
    }
    leave(parser, &outside);
    return javascript_close(parser, node);
}

/* ---- classes ---- */

static struct javascript_node *read_static_block(struct javascript_parser *parser)
{
    size_t open = parser->token.start;
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_STATIC, open);
    struct javascript_place place = {.is_strict = true,
                                     .is_async = true, /* `await` cannot be a name */
                                     .has_super = true,
                                     .has_target = true,
                                     .has_private = true};
    struct outside outside = enter(parser, place);
    javascript_expect(parser, "{");
    parser->hooks->statements(parser, node);
    javascript_expect_close(parser, "}", open);
    leave(parser, &outside);
    return javascript_close(parser, node);
}

static void read_field_value(struct javascript_parser *parser, struct javascript_node *field)
{
    struct javascript_place place = {
        .is_strict = true, .has_super = true, .has_target = true, .has_private = true};
    struct outside outside = enter(parser, place);
    if (javascript_accept(parser, "=")) {
        javascript_add(parser, field, javascript_assignment(parser));
    }
    javascript_close(parser, field);
    leave(parser, &outside);
    javascript_expect_end(parser, field);
}

static struct javascript_node *read_class_member(struct javascript_parser *parser, bool extends,
                                                 bool *has_constructor)
{
    struct javascript_node *node =
        javascript_node(parser, JAVASCRIPT_PROPERTY, parser->token.start);
    struct slice accessor;
    javascript_property_words(parser, node, true, &accessor);
    if (node->is_static && !node->is_async && javascript_is_sign(parser, "{")) {
        return read_static_block(parser);
    }
    javascript_property_name(parser, node);
    bool is_constructor =
        !node->is_static && !node->is_computed && slice_is(node->text, "constructor");
    bool is_special = node->is_async || node->is_generator || accessor.length > 0;
    if (javascript_is_sign(parser, "(") || is_special) {
        if (is_constructor && (is_special || *has_constructor)) {
            javascript_fail(parser, node->start, node->end,
                            is_special ? "a constructor is a plain method"
                                       : "a class has only one constructor");
        }
        *has_constructor = *has_constructor || is_constructor;
        javascript_add(parser, node,
                       javascript_method(parser, node, accessor, is_constructor && extends));
    } else if (!node->is_computed && slice_is(node->text, "constructor")) {
        javascript_fail(parser, node->start, node->end,
                        "`constructor` is a method: `(` is missing");
    } else {
        read_field_value(parser, node);
    }
    return javascript_close(parser, node);
}

/* What a class extends can be a class again. */
static struct javascript_node *read_heritage(struct javascript_parser *parser)
{
    struct javascript_node *heritage =
        javascript_enter(parser) ? javascript_left_side(parser)
                                 : javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start);
    javascript_leave(parser);
    return heritage;
}

struct javascript_node *javascript_class(struct javascript_parser *parser, bool is_statement)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_CLASS, parser->token.start);
    struct javascript_place around = parser->place;
    node->is_statement = is_statement;
    javascript_advance(parser);
    parser->place.is_strict = true;
    node->name_start = parser->token.start;
    if (is_statement ||
        (parser->token.kind == JAVASCRIPT_TOKEN_WORD && !javascript_is_word(parser, "extends"))) {
        node->text = javascript_expect_name(parser, "the name of the class");
    }
    bool extends = javascript_accept_word(parser, "extends");
    javascript_add(parser, node,
                   extends ? read_heritage(parser)
                           : javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start));
    parser->place.has_private = true;
    size_t open = parser->token.start;
    bool has_constructor = false;
    javascript_expect(parser, "{");
    while (!javascript_is_sign(parser, "}") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        if (!javascript_accept(parser, ";")) {
            javascript_add(parser, node, read_class_member(parser, extends, &has_constructor));
        }
    }
    if (!javascript_has_failed(parser)) {
        javascript_expect_close(parser, "}", open);
    }
    parser->place = around;
    return javascript_close(parser, node);
}
