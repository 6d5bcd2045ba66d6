/* Literals, parentheses, and members and calls behind them. */
#include "document/javascript/operand.h"

#include "document/javascript/regular_expression.h"

static struct javascript_node *leaf(struct javascript_parser *parser, enum javascript_kind kind)
{
    struct javascript_node *node = javascript_node(parser, kind, parser->token.start);
    node->text = parser->token.text;
    javascript_advance(parser);
    return javascript_close(parser, node);
}

/* ---- what is missing ---- */

static struct javascript_node *fail_without_value(struct javascript_parser *parser)
{
    struct javascript_token last = parser->last;
    bool is_short = last.text.length > 0 && last.text.length <= 24 &&
                    memchr(last.text.data, '\n', last.text.length) == NULL;
    struct slice before =
        is_short ? arena_printf(parser->lexer.arena, " behind `%.*s`", SLICE_ARG(last.text))
                 : SLICE("");
    if (javascript_fail_slip(parser, true)) {
        return javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start);
    }
    if (parser->token.kind == JAVASCRIPT_TOKEN_END) {
        javascript_fail(parser, last.start, last.end,
                        "the script ends here, and a value is missing%.*s", SLICE_ARG(before));
    } else if (javascript_is_sign(parser, "=>")) {
        javascript_fail_here(parser, "`=>` needs parameters before it: write `() => …`");
    } else if (parser->token.kind == JAVASCRIPT_TOKEN_WORD) {
        javascript_fail_here(parser, "a value is missing%.*s: `%.*s` is a word of the language",
                             SLICE_ARG(before), SLICE_ARG(parser->token.text));
    } else {
        javascript_fail_here(parser, "a value is missing before %.*s",
                             SLICE_ARG(javascript_token_name(parser)));
    }
    return javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start);
}

/* ---- literals ---- */

static struct javascript_node *read_template(struct javascript_parser *parser, bool is_tagged)
{
    struct javascript_node *node =
        javascript_node(parser, JAVASCRIPT_TEMPLATE, parser->token.start - 1);
    node->text = parser->token.text;
    while (parser->token.kind == JAVASCRIPT_TOKEN_PART) {
        if (parser->token.is_malformed && !is_tagged) {
            javascript_fail_here(parser, "`\\x` takes two hexadecimal digits and `\\u` four; for a "
                                         "backslash, write `\\\\`");
        }
        if (parser->token.is_last) {
            javascript_advance(parser);
            break;
        }
        size_t open = parser->token.end - 1;
        javascript_advance(parser);
        bool no_in = parser->place.no_in;
        parser->place.no_in = false;
        javascript_add(parser, node, parser->hooks->expression(parser));
        parser->place.no_in = no_in;
        if (!javascript_is_sign(parser, "}")) {
            javascript_expect_close(parser, "}", open);
            break;
        }
        parser->last = parser->token;
        parser->lexer.at = parser->token.end;
        parser->token = javascript_token_part(&parser->lexer, node->start);
    }
    return javascript_close(parser, node);
}

static struct javascript_node *read_regex(struct javascript_parser *parser)
{
    parser->token = javascript_token_regex(&parser->lexer, parser->token.start);
    struct javascript_token token = parser->token;
    if (token.kind == JAVASCRIPT_TOKEN_REGEX) {
        size_t offset;
        const char *mistake = javascript_regex_mistake(token.text, &offset);
        if (mistake != NULL) {
            javascript_fail(parser, token.start + offset, token.start + offset + 1, "%s", mistake);
        }
    }
    return leaf(parser, JAVASCRIPT_REGEX);
}

static struct javascript_node *read_spread(struct javascript_parser *parser)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_SPREAD, parser->token.start);
    javascript_advance(parser);
    javascript_add(parser, node, parser->hooks->assignment(parser));
    return javascript_close(parser, node);
}

static struct javascript_node *read_element(struct javascript_parser *parser)
{
    return javascript_is_sign(parser, "...") ? read_spread(parser)
                                             : parser->hooks->assignment(parser);
}

static struct javascript_node *read_array(struct javascript_parser *parser)
{
    size_t open = parser->token.start;
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_ARRAY, open);
    javascript_advance(parser);
    parser->cover++;
    while (!javascript_is_sign(parser, "]") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        if (javascript_is_sign(parser, ",")) {
            javascript_add(parser, node,
                           javascript_node(parser, JAVASCRIPT_EMPTY, parser->token.start));
        } else {
            javascript_add(parser, node, read_element(parser));
        }
        if (!javascript_accept(parser, ",")) {
            break;
        }
    }
    parser->cover--;
    javascript_expect_close(parser, "]", open);
    return javascript_close(parser, node);
}

/* ---- objects ---- */

bool javascript_is_property_name(const struct javascript_parser *parser)
{
    return parser->token.kind == JAVASCRIPT_TOKEN_WORD ||
           parser->token.kind == JAVASCRIPT_TOKEN_STRING ||
           parser->token.kind == JAVASCRIPT_TOKEN_NUMBER ||
           parser->token.kind == JAVASCRIPT_TOKEN_PRIVATE || javascript_is_sign(parser, "[");
}

struct javascript_node *javascript_property_name(struct javascript_parser *parser,
                                                 struct javascript_node *property)
{
    size_t open = parser->token.start;
    property->name_start = open;
    if (javascript_accept(parser, "[")) {
        property->is_computed = true;
        javascript_add(parser, property, parser->hooks->assignment(parser));
        javascript_expect_close(parser, "]", open);
        return property;
    }
    if (!javascript_is_property_name(parser)) {
        javascript_fail_here(parser, "the name of a property is missing before %.*s",
                             SLICE_ARG(javascript_token_name(parser)));
        return property;
    }
    property->text = parser->token.text;
    if (parser->token.is_octal && parser->place.is_strict) {
        javascript_fail_here(parser, "a strict script cannot have octal numbers in this form");
    }
    if (parser->token.kind == JAVASCRIPT_TOKEN_STRING) {
        property->text = slice_part(property->text, 1, property->text.length - 1);
        property->name_start++;
    }
    javascript_advance(parser);
    return property;
}

/* True when the word is one before a name: what follows does not make it the name itself. */
static bool is_before_name(struct javascript_parser *parser, bool same_line)
{
    struct javascript_token next = javascript_peek(parser);
    bool is_name = next.kind == JAVASCRIPT_TOKEN_WORD || next.kind == JAVASCRIPT_TOKEN_STRING ||
                   next.kind == JAVASCRIPT_TOKEN_NUMBER || next.kind == JAVASCRIPT_TOKEN_PRIVATE ||
                   (next.kind == JAVASCRIPT_TOKEN_SIGN &&
                    (slice_is(next.text, "[") || slice_is(next.text, "*")));
    return is_name && !(same_line && next.on_new_line);
}

void javascript_property_words(struct javascript_parser *parser, struct javascript_node *property,
                               bool is_class, struct slice *accessor)
{
    *accessor = SLICE("");
    if (is_class && javascript_is_word(parser, "static")) {
        struct javascript_token next = javascript_peek(parser);
        bool is_block = next.kind == JAVASCRIPT_TOKEN_SIGN && slice_is(next.text, "{");
        if (is_block || is_before_name(parser, false)) {
            property->is_static = true;
            javascript_advance(parser);
        }
    }
    if (javascript_is_word(parser, "async") && is_before_name(parser, true)) {
        property->is_async = true;
        javascript_advance(parser);
    }
    if (javascript_accept(parser, "*")) {
        property->is_generator = true;
        return;
    }
    if (!property->is_async &&
        (javascript_is_word(parser, "get") || javascript_is_word(parser, "set"))) {
        struct javascript_token next = javascript_peek(parser);
        if (is_before_name(parser, false) && !slice_is(next.text, "*")) {
            *accessor = parser->token.text;
            javascript_advance(parser);
        }
    }
}

struct javascript_node *javascript_method(struct javascript_parser *parser,
                                          struct javascript_node *property, struct slice accessor,
                                          bool has_super_call)
{
    struct javascript_place place = {.is_function = true,
                                     .is_async = property->is_async,
                                     .is_generator = property->is_generator,
                                     .is_strict = parser->place.is_strict,
                                     .has_super = true,
                                     .has_super_call = has_super_call,
                                     .has_target = true,
                                     .has_private = parser->place.has_private};
    property->is_method = true;
    size_t open = parser->token.start;
    struct javascript_node *function = parser->hooks->method(parser, property, place);
    const struct javascript_node *parameters = function->first;
    if (!javascript_has_failed(parser) && accessor.length > 0) {
        size_t count = javascript_count(parameters);
        bool is_get = slice_is(accessor, "get");
        if (count != (is_get ? 0 : 1) ||
            (!is_get && parameters->first->kind == JAVASCRIPT_SPREAD)) {
            javascript_fail(parser, open, open + 1, "`%.*s` takes %s", SLICE_ARG(accessor),
                            is_get ? "no parameter" : "one parameter");
        }
    }
    return function;
}

/* `{name}` and, in a pattern, `{name = value}` */
static struct javascript_node *read_short(struct javascript_parser *parser,
                                          struct javascript_token word)
{
    struct javascript_node *name = javascript_node(parser, JAVASCRIPT_NAME, word.start);
    name->text = word.text;
    javascript_check_name(parser, word.text, word.start, false);
    if (!javascript_is_sign(parser, "=")) {
        return name;
    }
    if (parser->short_default.end == 0) {
        parser->short_default = parser->token;
    }
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_ASSIGN, word.start);
    node->text = parser->token.text;
    javascript_advance(parser);
    javascript_add(parser, node, name);
    javascript_add(parser, node, parser->hooks->assignment(parser));
    return javascript_close(parser, node);
}

static struct javascript_node *read_property(struct javascript_parser *parser)
{
    struct javascript_node *node =
        javascript_node(parser, JAVASCRIPT_PROPERTY, parser->token.start);
    struct slice accessor;
    javascript_property_words(parser, node, false, &accessor);
    struct javascript_token word = parser->token;
    if (word.kind == JAVASCRIPT_TOKEN_PRIVATE) {
        javascript_fail_here(parser, "`#` names are for classes");
    }
    javascript_property_name(parser, node);
    bool is_plain = !node->is_async && !node->is_generator && accessor.length == 0;
    if (javascript_is_sign(parser, "(") || !is_plain) {
        javascript_add(parser, node, javascript_method(parser, node, accessor, false));
    } else if (javascript_accept(parser, ":")) {
        javascript_add(parser, node, parser->hooks->assignment(parser));
    } else if (word.kind == JAVASCRIPT_TOKEN_WORD &&
               (javascript_is_sign(parser, ",") || javascript_is_sign(parser, "}") ||
                javascript_is_sign(parser, "="))) {
        node->is_short = true;
        javascript_add(parser, node, read_short(parser, word));
    } else {
        javascript_fail_here(parser, "`:` is missing between the name of a property and %.*s",
                             SLICE_ARG(javascript_token_name(parser)));
    }
    return javascript_close(parser, node);
}

/* Two `__proto__: value`: only a pattern may have them. */
static void check_prototypes(struct javascript_parser *parser, const struct javascript_node *object)
{
    size_t count = 0;
    for (const struct javascript_node *p = object->first; p != NULL; p = p->next) {
        count += p->kind == JAVASCRIPT_PROPERTY && !p->is_computed && !p->is_short &&
                 !p->is_method && slice_is(p->text, "__proto__");
        if (count > 1 && !javascript_is_sign(parser, "=") && parser->cover == 0) {
            javascript_fail(parser, p->start, p->end, "`__proto__` appears twice");
            return;
        }
    }
}

static struct javascript_node *read_object(struct javascript_parser *parser)
{
    size_t open = parser->token.start;
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_OBJECT, open);
    javascript_advance(parser);
    parser->cover++;
    while (!javascript_is_sign(parser, "}") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        javascript_add(parser, node,
                       javascript_is_sign(parser, "...") ? read_spread(parser)
                                                         : read_property(parser));
        if (!javascript_accept(parser, ",")) {
            break;
        }
    }
    parser->cover--;
    if (parser->token.kind != JAVASCRIPT_TOKEN_END && !javascript_is_sign(parser, "}")) {
        javascript_fail_here(parser, "`,` or `}` is missing before %.*s",
                             SLICE_ARG(javascript_token_name(parser)));
    }
    javascript_expect_close(parser, "}", open);
    check_prototypes(parser, node);
    return javascript_close(parser, node);
}

/* ---- parentheses ---- */

/* What is between parentheses: of a call, or of a function's parameters. */
struct parenthesised {
    struct javascript_node *list;
    bool is_only_parameters; /* nothing, a `...`, or a `,` at the end */
};

static struct parenthesised read_parentheses(struct javascript_parser *parser, bool is_call)
{
    size_t open = parser->token.start;
    struct parenthesised read = {.list = javascript_node(parser, JAVASCRIPT_PARAMETERS, open),
                                 .is_only_parameters = true};
    javascript_advance(parser);
    bool no_in = parser->place.no_in;
    parser->place.no_in = false;
    while (!javascript_is_sign(parser, ")") && parser->token.kind != JAVASCRIPT_TOKEN_END) {
        read.is_only_parameters = javascript_is_sign(parser, "...");
        javascript_add(parser, read.list, read_element(parser));
        if (!javascript_accept(parser, ",")) {
            break;
        }
        if (read.is_only_parameters && !is_call) {
            javascript_fail_here(parser, "`...` takes the rest: nothing can follow");
        }
        read.is_only_parameters = true;
    }
    parser->place.no_in = no_in;
    javascript_expect_close(parser, ")", open);
    javascript_close(parser, read.list);
    return read;
}

static struct javascript_node *read_group(struct javascript_parser *parser)
{
    size_t open = parser->token.start;
    bool can_be_arrow = open == parser->arrow_start;
    parser->cover++;
    struct parenthesised read = read_parentheses(parser, false);
    parser->cover--;
    if (can_be_arrow && javascript_is_sign(parser, "=>") && !parser->token.on_new_line) {
        return parser->hooks->arrow(parser, read.list, false);
    }
    if (read.is_only_parameters) {
        javascript_fail(parser, parser->last.start, parser->last.end,
                        "a value is missing before `)`");
        return read.list;
    }
    struct javascript_node *node = read.list->first;
    if (node->next != NULL) {
        node = read.list;
        node->kind = JAVASCRIPT_SEQUENCE;
    }
    node->is_parenthesised = true;
    return node;
}

/* ---- words ---- */

static struct javascript_node *read_import(struct javascript_parser *parser)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_IMPORT, parser->token.start);
    javascript_advance(parser);
    size_t open = parser->token.start;
    if (!javascript_is_sign(parser, "(")) {
        javascript_fail(parser, node->start, node->start + 6,
                        "a script cannot import modules: what the platform has is in `koreUtil`");
        return node;
    }
    javascript_advance(parser);
    javascript_add(parser, node, parser->hooks->assignment(parser));
    javascript_expect_close(parser, ")", open);
    return javascript_close(parser, node);
}

static struct javascript_node *read_super(struct javascript_parser *parser)
{
    struct javascript_node *node = leaf(parser, JAVASCRIPT_WORD);
    bool is_call = javascript_is_sign(parser, "(");
    bool is_member = javascript_is_sign(parser, ".") || javascript_is_sign(parser, "[");
    if (!(is_call && parser->place.has_super_call) && !(is_member && parser->place.has_super)) {
        javascript_fail(parser, node->start, node->end, "`super` is only for methods of a class");
    }
    return node;
}

static struct javascript_node *read_word(struct javascript_parser *parser)
{
    static const char *const constants[] = {"this", "null", "true", "false", NULL};
    struct javascript_token token = parser->token;
    if (!token.is_escaped && javascript_is_reserved(token.text)) {
        if (slice_is_any(token.text, constants)) {
            return leaf(parser, JAVASCRIPT_WORD);
        }
        if (slice_is(token.text, "function")) {
            return parser->hooks->function(parser, false);
        }
        if (slice_is(token.text, "class")) {
            return parser->hooks->class(parser, false);
        }
        if (slice_is(token.text, "super")) {
            return read_super(parser);
        }
        return slice_is(token.text, "import") ? read_import(parser) : fail_without_value(parser);
    }
    if (javascript_is_word(parser, "async")) {
        struct javascript_token next = javascript_peek(parser);
        if (next.kind == JAVASCRIPT_TOKEN_WORD && slice_is(next.text, "function") &&
            !next.on_new_line) {
            return parser->hooks->function(parser, false);
        }
    }
    javascript_check_name(parser, token.text, token.start, false);
    return leaf(parser, JAVASCRIPT_NAME);
}

static struct javascript_node *read_sign(struct javascript_parser *parser)
{
    if (javascript_is_sign(parser, "(")) {
        return read_group(parser);
    }
    bool no_in = parser->place.no_in;
    parser->place.no_in = false;
    struct javascript_node *node;
    if (javascript_is_sign(parser, "[")) {
        node = read_array(parser);
    } else if (javascript_is_sign(parser, "{")) {
        node = read_object(parser);
    } else if (javascript_is_sign(parser, "/") || javascript_is_sign(parser, "/=")) {
        node = read_regex(parser);
    } else {
        node = fail_without_value(parser);
    }
    parser->place.no_in = no_in;
    return node;
}

struct javascript_node *javascript_operand(struct javascript_parser *parser)
{
    struct javascript_token token = parser->token;
    if (token.is_octal && parser->place.is_strict) {
        javascript_fail_here(parser, "a strict script cannot have octal numbers in this form");
    }
    switch (token.kind) {
    case JAVASCRIPT_TOKEN_END:
        return fail_without_value(parser);
    case JAVASCRIPT_TOKEN_WORD:
        return read_word(parser);
    case JAVASCRIPT_TOKEN_PRIVATE:
        if (!parser->place.has_private) {
            javascript_fail_here(parser, "`#` names are for classes");
        }
        return leaf(parser, JAVASCRIPT_PRIVATE);
    case JAVASCRIPT_TOKEN_NUMBER:
        return leaf(parser, JAVASCRIPT_NUMBER);
    case JAVASCRIPT_TOKEN_STRING: {
        struct javascript_node *node = leaf(parser, JAVASCRIPT_STRING);
        node->text =
            node->text.length > 1 ? slice_part(node->text, 1, node->text.length - 1) : SLICE("");
        return node;
    }
    case JAVASCRIPT_TOKEN_PART:
        return read_template(parser, false);
    case JAVASCRIPT_TOKEN_REGEX:
    case JAVASCRIPT_TOKEN_SIGN:
        break;
    }
    return read_sign(parser);
}

/* ---- members and calls ---- */

static struct javascript_node *read_member(struct javascript_parser *parser,
                                           struct javascript_node *object)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_MEMBER, object->start);
    node->text = parser->token.text;
    node->name_start = parser->token.start;
    javascript_add(parser, node, object);
    if (parser->token.kind == JAVASCRIPT_TOKEN_PRIVATE) {
        if (!parser->place.has_private) {
            javascript_fail_here(parser, "`#` names are for classes");
        }
    } else if (parser->token.kind == JAVASCRIPT_TOKEN_END) {
        javascript_fail(parser, parser->last.start, parser->last.end,
                        "the script ends here, and the name of a member is missing");
    } else if (parser->token.kind != JAVASCRIPT_TOKEN_WORD &&
               !javascript_fail_slip(parser, false)) {
        javascript_fail_here(parser, "the name of a member is missing before %.*s",
                             SLICE_ARG(javascript_token_name(parser)));
    }
    javascript_advance(parser);
    return javascript_close(parser, node);
}

static struct javascript_node *read_index(struct javascript_parser *parser,
                                          struct javascript_node *object)
{
    size_t open = parser->token.start;
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_INDEX, object->start);
    javascript_advance(parser);
    bool no_in = parser->place.no_in;
    parser->place.no_in = false;
    javascript_add(parser, node, object);
    javascript_add(parser, node, parser->hooks->expression(parser));
    parser->place.no_in = no_in;
    javascript_expect_close(parser, "]", open);
    return javascript_close(parser, node);
}

static void add_list(struct javascript_parser *parser, struct javascript_node *node,
                     struct javascript_node *list)
{
    for (struct javascript_node *part = list->first, *next; part != NULL; part = next) {
        next = part->next;
        part->next = NULL;
        javascript_add(parser, node, part);
    }
    javascript_close(parser, node);
}

/* A call; or, of `async (a)`, the parameters of an arrow function. */
static struct javascript_node *read_call(struct javascript_parser *parser,
                                         struct javascript_node *function, bool can_be_arrow)
{
    bool is_async = can_be_arrow && function->kind == JAVASCRIPT_NAME &&
                    slice_is(function->text, "async") && !parser->token.on_new_line;
    parser->cover += is_async;
    struct parenthesised read = read_parentheses(parser, true);
    parser->cover -= is_async;
    if (is_async && javascript_is_sign(parser, "=>") && !parser->token.on_new_line) {
        return parser->hooks->arrow(parser, read.list, true);
    }
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_CALL, function->start);
    javascript_add(parser, node, function);
    add_list(parser, node, read.list);
    return node;
}

static struct javascript_node *read_tagged(struct javascript_parser *parser,
                                           struct javascript_node *function)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_TAGGED, function->start);
    javascript_add(parser, node, function);
    javascript_add(parser, node, read_template(parser, true));
    return javascript_close(parser, node);
}

/* What is behind `?.`. */
static struct javascript_node *read_optional(struct javascript_parser *parser,
                                             struct javascript_node *object)
{
    struct javascript_node *node;
    if (javascript_is_sign(parser, "(")) {
        node = read_call(parser, object, false);
    } else if (javascript_is_sign(parser, "[")) {
        node = read_index(parser, object);
    } else {
        node = read_member(parser, object);
    }
    node->is_optional = true;
    return node;
}

static struct javascript_node *read_behind(struct javascript_parser *parser,
                                           struct javascript_node *object, bool calls)
{
    bool can_be_arrow = object->start == parser->arrow_start;
    bool is_optional = false;
    for (;;) {
        if (object->kind == JAVASCRIPT_ARROW && !object->is_parenthesised) {
            return object;
        }
        if (javascript_accept(parser, ".")) {
            object = read_member(parser, object);
        } else if (javascript_is_sign(parser, "[")) {
            object = read_index(parser, object);
        } else if (calls && javascript_accept(parser, "?.")) {
            is_optional = true;
            object = read_optional(parser, object);
        } else if (calls && javascript_is_sign(parser, "(")) {
            object = read_call(parser, object, can_be_arrow);
        } else if (parser->token.kind == JAVASCRIPT_TOKEN_PART) {
            if (is_optional) {
                javascript_fail_here(parser, "a template string cannot follow `?.`");
            }
            object = read_tagged(parser, object);
        } else {
            return object;
        }
    }
}

static struct javascript_node *read_new(struct javascript_parser *parser)
{
    struct javascript_node *node = javascript_node(parser, JAVASCRIPT_NEW, parser->token.start);
    javascript_advance(parser);
    if (javascript_accept(parser, ".")) {
        if (!javascript_is_word(parser, "target") || !parser->place.has_target) {
            javascript_fail_here(parser, "`new.target` is only for functions");
        }
        node->kind = JAVASCRIPT_WORD;
        node->text = SLICE("new.target");
        javascript_advance(parser);
        return javascript_close(parser, node);
    }
    if (!javascript_enter(parser)) {
        return node;
    }
    struct javascript_node *function =
        javascript_is_word(parser, "new") ? read_new(parser) : javascript_operand(parser);
    javascript_leave(parser);
    if (function->kind == JAVASCRIPT_IMPORT && !function->is_parenthesised) {
        javascript_fail(parser, function->start, function->end, "`import` cannot follow `new`");
    }
    function = read_behind(parser, function, false);
    if (javascript_is_sign(parser, "?.")) {
        javascript_fail_here(parser, "`?.` cannot follow `new`");
    }
    javascript_add(parser, node, function);
    if (javascript_is_sign(parser, "(")) {
        add_list(parser, node, read_parentheses(parser, true).list);
    }
    return javascript_close(parser, node);
}

struct javascript_node *javascript_left_side(struct javascript_parser *parser)
{
    struct javascript_node *operand =
        javascript_is_word(parser, "new") ? read_new(parser) : javascript_operand(parser);
    return read_behind(parser, operand, true);
}
