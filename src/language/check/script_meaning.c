/* What is JavaScript, and does nothing, or another thing than it seems to. */
#include "language/check/script_types.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/map.h"
#include "document/javascript/pattern.h"

PRINTF_LIKE(3, 4)
static void report(const struct checked_script *checked, const struct javascript_node *node,
                   const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice message = arena_vprintf(checked->check->arena, format, arguments);
    va_end(arguments);
    /* A long part is pointed at where it begins. */
    struct slice text = slice_part(checked->script.text, node->start, node->end);
    const char *end = memchr(text.data, '\n', text.length);
    size_t length = end != NULL ? (size_t)(end - text.data) : text.length;
    script_report(checked, W0228, node->start, node->start + length, "%.*s", SLICE_ARG(message));
}

static struct slice text_of(const struct checked_script *checked,
                            const struct javascript_node *node)
{
    struct slice text = slice_part(checked->script.text, node->start, node->end);
    bool is_short = text.length <= 40 && memchr(text.data, '\n', text.length) == NULL;
    return is_short ? text : SLICE("…");
}

static bool is_same(const struct checked_script *checked, const struct javascript_node *a,
                    const struct javascript_node *b)
{
    return slice_equal(slice_part(checked->script.text, a->start, a->end),
                       slice_part(checked->script.text, b->start, b->end));
}

static bool has_call(const struct javascript_node *node)
{
    bool is_effect = node->kind == JAVASCRIPT_CALL || node->kind == JAVASCRIPT_NEW ||
                     node->kind == JAVASCRIPT_ASSIGN || node->kind == JAVASCRIPT_UPDATE ||
                     node->kind == JAVASCRIPT_TAGGED || node->kind == JAVASCRIPT_YIELD ||
                     (node->kind == JAVASCRIPT_UNARY &&
                      (slice_is(node->text, "delete") || slice_is(node->text, "await") ||
                       slice_is(node->text, "void")));
    for (const struct javascript_node *child = node->first; child != NULL && !is_effect;
         child = child->next) {
        is_effect = has_call(child);
    }
    return is_effect;
}

/* ---- conditions ---- */

static bool is_comparison(const struct javascript_node *node)
{
    static const char *const signs[] = {"==", "===", "!=", "!==", "<", ">", "<=", ">=", NULL};
    return node->kind == JAVASCRIPT_BINARY && slice_is_any(node->text, signs);
}

static void check_condition(const struct checked_script *checked,
                            const struct javascript_node *node)
{
    if (node->kind == JAVASCRIPT_ASSIGN && slice_is(node->text, "=")) {
        if (node->is_parenthesised) {
            return; /* the second pair of parentheses says that it is meant */
        }
        report(checked, node, "`%.*s` sets a value: to compare, write `%.*s === %.*s`",
               SLICE_ARG(text_of(checked, node)), SLICE_ARG(text_of(checked, node->first)),
               SLICE_ARG(text_of(checked, node->last)));
    } else if (node->kind == JAVASCRIPT_BINARY &&
               (slice_is(node->text, "&&") || slice_is(node->text, "||"))) {
        bool is_literal = node->last->kind == JAVASCRIPT_STRING; /* check_alternatives */
        check_condition(checked, node->first);
        if (!is_literal) {
            check_condition(checked, node->last);
        }
    } else if (node->kind == JAVASCRIPT_BINARY &&
               (slice_is(node->text, "&") || slice_is(node->text, "|")) &&
               (is_comparison(node->first) || is_comparison(node->last))) {
        report(checked, node, "`%.*s` computes with bits: write `%.*s%.*s`", SLICE_ARG(node->text),
               SLICE_ARG(node->text), SLICE_ARG(node->text));
    } else if (node->kind == JAVASCRIPT_STRING || node->kind == JAVASCRIPT_ARRAY ||
               node->kind == JAVASCRIPT_OBJECT) {
        report(checked, node, "this condition is always the same: `%.*s` does not change",
               SLICE_ARG(text_of(checked, node)));
    }
}

/* `a === "x" || "y"` */
static void check_alternatives(const struct checked_script *checked,
                               const struct javascript_node *node)
{
    const struct javascript_node *left = node->first;
    const struct javascript_node *right = node->last;
    while (left->kind == JAVASCRIPT_BINARY && slice_is(left->text, "||") &&
           !left->is_parenthesised) {
        left = left->last;
    }
    bool is_constant = right->kind == JAVASCRIPT_STRING || right->kind == JAVASCRIPT_NUMBER ||
                       (right->kind == JAVASCRIPT_WORD && slice_is(right->text, "null")) ||
                       (right->kind == JAVASCRIPT_NAME && slice_is(right->text, "undefined"));
    if (slice_is(node->text, "||") && is_comparison(left) && slice_starts_with(left->text, "==") &&
        is_constant) {
        report(checked, right, "nothing is compared with this: write `%.*s %.*s %.*s`",
               SLICE_ARG(text_of(checked, left->first)), SLICE_ARG(left->text),
               SLICE_ARG(text_of(checked, right)));
    }
}

/* ---- comparisons ---- */

static bool is_nan(const struct javascript_node *node)
{
    return (node->kind == JAVASCRIPT_NAME && slice_is(node->text, "NaN")) ||
           (node->kind == JAVASCRIPT_MEMBER && slice_is(node->text, "NaN"));
}

static void check_typeof(const struct checked_script *checked, const struct javascript_node *test,
                         const struct javascript_node *type)
{
    static const char *const types[] = {"undefined", "object",   "boolean", "number", "bigint",
                                        "string",    "function", "symbol",  NULL};
    if (test->kind == JAVASCRIPT_UNARY && slice_is(test->text, "typeof") &&
        type->kind == JAVASCRIPT_STRING && !slice_is_any(type->text, types)) {
        report(checked, type,
               "`typeof` never gives `%.*s`: it gives \"string\", \"number\", "
               "\"boolean\", \"object\", \"function\" or \"undefined\"",
               SLICE_ARG(type->text));
    }
}

static void check_comparison(const struct checked_script *checked,
                             const struct javascript_node *node)
{
    const struct javascript_node *left = node->first;
    const struct javascript_node *right = node->last;
    bool is_equality = slice_starts_with(node->text, "==") || slice_starts_with(node->text, "!=");
    check_typeof(checked, left, right);
    check_typeof(checked, right, left);
    if (is_nan(left) || is_nan(right)) {
        report(checked, node, "nothing equals NaN, not even NaN: write `isNaN(%.*s)`",
               SLICE_ARG(text_of(checked, is_nan(left) ? right : left)));
    } else if (is_same(checked, left, right) && !has_call(left)) {
        report(checked, node, "this compares `%.*s` with itself",
               SLICE_ARG(text_of(checked, left)));
    } else if (is_equality &&
               (right->kind == JAVASCRIPT_ARRAY || right->kind == JAVASCRIPT_OBJECT ||
                left->kind == JAVASCRIPT_ARRAY || left->kind == JAVASCRIPT_OBJECT)) {
        report(checked, node,
               "a list or object that is written here equals no other: compare its "
               "`length` or its members");
    } else if (is_comparison(left) && !left->is_parenthesised) {
        report(checked, node,
               "this compares the result of `%.*s`, which is true or false: write two "
               "comparisons with `&&` between them",
               SLICE_ARG(text_of(checked, left)));
    } else if (left->kind == JAVASCRIPT_UNARY && slice_is(left->text, "!") &&
               !left->is_parenthesised && left->first->kind != JAVASCRIPT_UNARY &&
               right->kind != JAVASCRIPT_UNARY &&
               !(right->kind == JAVASCRIPT_WORD && !slice_is(right->text, "null"))) {
        report(checked, node, "`!` is for `%.*s` alone: write `!(%.*s %.*s %.*s)`",
               SLICE_ARG(text_of(checked, left->first)), SLICE_ARG(text_of(checked, left->first)),
               SLICE_ARG(node->text), SLICE_ARG(text_of(checked, right)));
    }
}

static bool is_word_text(const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_STRING && node->text.length > 0 &&
           !ascii_is_digit(node->text.data[0]) && node->text.data[0] != '-' &&
           node->text.data[0] != '.';
}

/* Texts where numbers, and lists where objects are expected. */
static void check_operands(const struct checked_script *checked, const struct javascript_node *node)
{
    static const char *const computing[] = {"-", "*", "/", "%", "&", "|", "^", NULL};
    const struct javascript_node *right = node->last;
    if (slice_is_any(node->text, computing) && (is_word_text(node->first) || is_word_text(right))) {
        report(checked, node, "`%.*s` computes with numbers: `+` joins texts",
               SLICE_ARG(node->text));
    }
    enum script_type type =
        slice_is(node->text, "in") ? script_type_of(checked, right) : SCRIPT_UNKNOWN;
    if (type == SCRIPT_TEXT || type == SCRIPT_LIST) {
        report(checked, node, "`in` asks an object for a member: write `%.*s.includes(%.*s)`",
               SLICE_ARG(text_of(checked, right)), SLICE_ARG(text_of(checked, node->first)));
    }
}

static void check_binary(const struct checked_script *checked, const struct javascript_node *node)
{
    const struct javascript_node *left = node->first;
    check_alternatives(checked, node);
    if (is_comparison(node)) {
        check_comparison(checked, node);
    }
    check_operands(checked, node);
    if ((slice_is(node->text, "in") || slice_is(node->text, "instanceof")) &&
        left->kind == JAVASCRIPT_UNARY && slice_is(left->text, "!") && !left->is_parenthesised) {
        report(checked, node, "`!` is for `%.*s` alone: write `!(%.*s %.*s …)`",
               SLICE_ARG(text_of(checked, left->first)), SLICE_ARG(text_of(checked, left->first)),
               SLICE_ARG(node->text));
    }
}

/* ---- statements ---- */

/* Methods that give a new value and leave the old one as it was. */
static bool is_pure_method(const struct javascript_node *node)
{
    static const char *const methods[] = {
        "toUpperCase", "toLowerCase", "trim",   "trimStart", "trimEnd",  "replace", "replaceAll",
        "substring",   "substr",      "slice",  "concat",    "padStart", "padEnd",  "toFixed",
        "toString",    "split",       "join",   "charAt",    "includes", "indexOf", "startsWith",
        "endsWith",    "map",         "filter", "match",     "repeat",   NULL};
    return node->kind == JAVASCRIPT_CALL && node->first->kind == JAVASCRIPT_MEMBER &&
           slice_is_any(node->first->text, methods);
}

static bool has_function(const struct javascript_node *call)
{
    for (const struct javascript_node *part = call->first; part != NULL; part = part->next) {
        if (part->kind == JAVASCRIPT_FUNCTION || part->kind == JAVASCRIPT_ARROW) {
            return true;
        }
    }
    return false;
}

static void check_statement(const struct checked_script *checked,
                            const struct javascript_node *node)
{
    const struct javascript_node *e = node->first;
    for (const struct javascript_node *part = e->kind == JAVASCRIPT_SEQUENCE ? e->first : NULL;
         part != NULL; part = part->next) {
        if (!has_call(part)) {
            report(checked, part,
                   "`%.*s` does nothing here: a number has no `,`, and statements end "
                   "with `;`",
                   SLICE_ARG(text_of(checked, part)));
            return;
        }
    }
    if (is_comparison(e)) {
        report(checked, e, "this compares, and nothing uses the result%s",
               slice_starts_with(e->text, "==") ? ": to set a value, write `=`" : "");
    } else if (is_pure_method(e) && !has_function(e)) {
        report(checked, e,
               "nothing uses what `.%.*s()` gives, and it changes nothing: write `… = %.*s`",
               SLICE_ARG(e->first->text), SLICE_ARG(text_of(checked, e)));
    } else if (e->kind == JAVASCRIPT_FUNCTION || e->kind == JAVASCRIPT_ARROW) {
        report(checked, e, "this function is never called: write `()` behind it");
    } else if (e->kind != JAVASCRIPT_STRING && !has_call(e)) {
        bool can_be_call = e->kind == JAVASCRIPT_NAME || e->kind == JAVASCRIPT_MEMBER;
        report(checked, e, "`%.*s` does nothing here: %s", SLICE_ARG(text_of(checked, e)),
               can_be_call ? "a call has `()` behind the name, and `=` sets a value"
                           : "nothing uses the result");
    }
}

static bool ends_flow(const struct javascript_node *node)
{
    if (node->kind == JAVASCRIPT_BLOCK) {
        return node->last != NULL && ends_flow(node->last);
    }
    if (node->kind == JAVASCRIPT_IF) {
        const struct javascript_node *then = node->first->next;
        return then->next != NULL && ends_flow(then) && ends_flow(then->next);
    }
    return node->kind == JAVASCRIPT_RETURN || node->kind == JAVASCRIPT_THROW ||
           node->kind == JAVASCRIPT_BREAK || node->kind == JAVASCRIPT_CONTINUE;
}

/* A declaration counts wherever it is. */
static bool does_something(const struct javascript_node *node)
{
    if (node->kind == JAVASCRIPT_VARIABLES && slice_is(node->text, "var")) {
        return has_call(node);
    }
    return node->kind != JAVASCRIPT_EMPTY &&
           !(node->kind == JAVASCRIPT_FUNCTION && node->is_statement);
}

/* `return` with its value in the next line. */
static bool is_cut_off(const struct checked_script *checked, const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_RETURN && node->first == NULL && node->next != NULL &&
           node->next->kind == JAVASCRIPT_EXPRESSION &&
           memchr(checked->script.text.data + node->end, ';', node->next->start - node->end) ==
               NULL;
}

static void check_list(const struct checked_script *checked, const struct javascript_node *list)
{
    const struct javascript_node *ends = NULL;
    bool is_case = list->kind == JAVASCRIPT_CASE;
    for (const struct javascript_node *s = is_case ? list->first->next : list->first; s != NULL;
         s = s->next) {
        if (ends != NULL && is_cut_off(checked, ends)) {
            return; /* check_return says it */
        }
        if (ends != NULL && does_something(s) && !(is_case && s->kind == JAVASCRIPT_BREAK)) {
            report(checked, s, "this never runs: `%s` before it ends what runs",
                   ends->kind == JAVASCRIPT_THROW      ? "throw"
                   : ends->kind == JAVASCRIPT_BREAK    ? "break"
                   : ends->kind == JAVASCRIPT_CONTINUE ? "continue"
                                                       : "return");
            return;
        }
        ends = ends == NULL && ends_flow(s) ? s : ends;
    }
}

static void check_return(const struct checked_script *checked, const struct javascript_node *node)
{
    if (is_cut_off(checked, node)) {
        report(checked, node, "this returns nothing: write the value in the line of `return`");
    }
}

static void check_empty(const struct checked_script *checked, const struct javascript_node *node,
                        const char *word)
{
    const struct javascript_node *body = node->first->next;
    if (body->kind == JAVASCRIPT_EMPTY) {
        report(checked, body, "this `;` is all that the `%s` is for: leave it out", word);
    }
}

/* ---- assignments ---- */

/* `context.name = text.trim;`, the function and not what it gives. */
static void check_uncalled(const struct checked_script *checked,
                           const struct javascript_node *value)
{
    static const char *const methods[] = {
        "toLowerCase", "toUpperCase", "trim",        "toString",  "toFixed",     "getTime",
        "getDate",     "getFullYear", "toISOString", "substring", "toUTCString", NULL};
    if (value->kind == JAVASCRIPT_MEMBER && slice_is_any(value->text, methods)) {
        report(checked, value, "this is the function itself: to call it, write `%.*s()`",
               SLICE_ARG(text_of(checked, value)));
    }
}

static void check_declarator(const struct checked_script *checked,
                             const struct javascript_node *node)
{
    if (node->last != node->first) {
        check_uncalled(checked, node->last);
    }
}

static void check_assignment(const struct checked_script *checked,
                             const struct javascript_node *node)
{
    const struct javascript_node *target = node->first;
    const struct javascript_node *value = node->last;
    struct slice text = checked->script.text;
    check_uncalled(checked, value);
    if (target->kind == JAVASCRIPT_CALL) {
        report(checked, target,
               "`%.*s` is a call and cannot be set: hand the value over inside of its parentheses",
               SLICE_ARG(text_of(checked, target)));
    } else if (slice_is(node->text, "=") && is_same(checked, target, value) && !has_call(target)) {
        report(checked, node, "this sets `%.*s` to itself", SLICE_ARG(text_of(checked, target)));
    } else if (slice_is(node->text, "=") && value->kind == JAVASCRIPT_UNARY &&
               (slice_is(value->text, "+") || slice_is(value->text, "-")) &&
               text.data[value->start - 1] == '=' && text.data[value->start + 1] == ' ') {
        report(checked, node, "`=%.*s` sets the value: to %s, write `%.*s=`",
               SLICE_ARG(value->text), slice_is(value->text, "+") ? "add" : "subtract",
               SLICE_ARG(value->text));
    }
}

/* ---- literals ---- */

/* Reports a reference to an entity that is only text: `before`, its name, `after`. */
static bool check_quoted(const struct checked_script *checked, const struct javascript_node *node,
                         const char *before, const char *after)
{
    const struct template *template = checked->check->template;
    struct slice text = slice_part(checked->script.text, node->start, node->end);
    for (size_t i = 0; i < template->entity_count; i++) {
        struct slice name = template->entities[i].name;
        struct slice pattern =
            arena_printf(checked->check->arena, "%s%.*s%s", before, SLICE_ARG(name), after);
        size_t at = slice_find_slice(text, pattern, 0);
        if (at != SIZE_MAX && at > 0 && text.data[at - 1] != '$' && text.data[at - 1] != '{') {
            bool is_template = node->kind == JAVASCRIPT_TEMPLATE;
            script_report(checked, W0228, node->start + at, node->start + at + pattern.length,
                          "in quotes, this is only text: write `%scontext.entities.%.*s%s`",
                          is_template ? "${" : "\" + ", SLICE_ARG(name),
                          is_template ? "}" : " + \"");
            return true;
        }
    }
    return false;
}

static void check_text(const struct checked_script *checked, const struct javascript_node *node)
{
    /* A script that replaces parts of texts may have its own form of them. */
    bool replaces = slice_find(checked->script.text, "replace", 0) != SIZE_MAX;
    if (!replaces && !check_quoted(checked, node, "{", "}") && node->kind == JAVASCRIPT_STRING) {
        check_quoted(checked, node, "context.entities.", "");
    }
}

static void check_string(const struct checked_script *checked, const struct javascript_node *node)
{
    size_t open = slice_find(node->text, "${", 0);
    size_t end = open != SIZE_MAX ? slice_find(node->text, "}", open) : SIZE_MAX;
    size_t braces = slice_find(node->text, "{{context.", 0);
    if (end != SIZE_MAX) {
        struct slice inside = slice_part(node->text, open + 2, end);
        bool is_entity = template_entity(checked->check->template, inside) != NULL;
        script_report(checked, W0228, node->start + 1 + open, node->start + 2 + end,
                      "`${…}` in the quotes of a script is only text: write `\" + %s%.*s + \"`",
                      is_entity ? "context.entities." : "", SLICE_ARG(inside));
    } else if (braces != SIZE_MAX) {
        size_t close = slice_find(node->text, "}}", braces);
        struct slice inside =
            slice_part(node->text, braces + 2, close != SIZE_MAX ? close : node->text.length);
        script_report(checked, W0228, node->start + 1 + braces, node->start + 3 + braces,
                      "`{{…}}` in a script is only text: write `\" + %.*s + \"`",
                      SLICE_ARG(inside));
    } else {
        check_text(checked, node);
    }
}

static void check_number(const struct checked_script *checked, const struct javascript_node *node)
{
    struct slice text = node->text;
    if (text.length > 1 && text.data[0] == '0' && ascii_is_digit(text.data[1])) {
        report(checked, node,
               "a number that begins with 0 is octal, in eights: leave out the 0, or "
               "put it in quotes");
    }
}

static void check_object(const struct checked_script *checked, const struct javascript_node *node)
{
    struct map names = map_new(checked->check->arena);
    for (const struct javascript_node *p = node->first; p != NULL; p = p->next) {
        if (p->kind == JAVASCRIPT_PROPERTY && !p->is_computed && !p->is_method &&
            map_add(&names, p->text, &names) != NULL) {
            script_report_name(checked, W0228, p,
                               "`%.*s` appears twice in this object: the last one counts",
                               SLICE_ARG(p->text));
        }
    }
}

struct parameter_names {
    const struct checked_script *checked;
    struct map names;
};

static void note_parameter(void *context, const struct javascript_node *name)
{
    struct parameter_names *parameters = context;
    if (map_add(&parameters->names, name->text, parameters) != NULL) {
        script_report_name(parameters->checked, W0228, name,
                           "two parameters are named `%.*s`: only the last one can be read",
                           SLICE_ARG(name->text));
    }
}

static void check_parameters(const struct checked_script *checked,
                             const struct javascript_node *list)
{
    struct parameter_names parameters = {checked, map_new(checked->check->arena)};
    for (const struct javascript_node *p = list->first; p != NULL; p = p->next) {
        javascript_each_name(p, note_parameter, &parameters);
    }
}

static void check_switch(const struct checked_script *checked, const struct javascript_node *node)
{
    struct map values = map_new(checked->check->arena);
    for (const struct javascript_node *c = node->first->next; c != NULL; c = c->next) {
        const struct javascript_node *value = c->first;
        struct slice text = slice_part(checked->script.text, value->start, value->end);
        if (value->kind != JAVASCRIPT_EMPTY && map_add(&values, text, &values) != NULL) {
            report(checked, value, "an earlier case has this value: this one never runs");
        }
        if (value->next != NULL && c->next != NULL && !ends_flow(c->last) &&
            slice_find(slice_part(checked->script.text, c->start, c->next->start), "fall", 0) ==
                SIZE_MAX) {
            report(checked, c->next,
                   "the case before it runs on into this one: write `break;` before "
                   "it, or a comment with `falls through`");
        }
        if (value->kind == JAVASCRIPT_BINARY && slice_is(value->text, "||")) {
            report(checked, value, "a case has one value: write `case %.*s: case %.*s:`",
                   SLICE_ARG(text_of(checked, value->first)),
                   SLICE_ARG(text_of(checked, value->last)));
        }
    }
}

/* ---- calls ---- */

static const struct javascript_node *value_of(const struct checked_script *checked,
                                              const struct javascript_node *node)
{
    const struct javascript_use *use = script_use(checked, node);
    const struct javascript_declaration *d = use != NULL ? use->declaration : NULL;
    return d != NULL && d->value != NULL && !d->is_changed && !d->is_element ? d->value : node;
}

static void check_print(const struct checked_script *checked, const struct javascript_node *call)
{
    const struct javascript_node *given = call->first->next;
    const struct javascript_node *value = given != NULL ? value_of(checked, given) : NULL;
    if (value == NULL) {
        report(checked, call, "`print()` says nothing: hand over a text");
    } else if (value->kind == JAVASCRIPT_OBJECT || value->kind == JAVASCRIPT_ARRAY) {
        report(checked, given, "`print` takes text: write `print(JSON.stringify(%.*s))`",
               SLICE_ARG(text_of(checked, given)));
    } else if (given->next != NULL && given->kind != JAVASCRIPT_SPREAD) {
        report(checked, given->next, "`print` takes one text: join the parts with `+`");
    }
}

/* `BotUserSession.put("key", value)` and `get("key")`: keys of the root level only. */
static void check_session(const struct checked_script *checked, const struct javascript_node *call)
{
    static const char *const sessions[] = {"BotUserSession", "UserSession", "BotContext",
                                           "EnterpriseContext", NULL};
    const struct javascript_node *method = call->first;
    const struct javascript_node *key = method->next;
    if (method->first->kind != JAVASCRIPT_NAME || !slice_is_any(method->first->text, sessions)) {
        return;
    }
    bool is_put = slice_is(method->text, "put");
    if (key == NULL || (is_put && key->next == NULL)) {
        report(checked, call, "`%.*s` takes %s", SLICE_ARG(method->text),
               is_put ? "a key and a value: `put(\"key\", value)`" : "a key");
    } else if (key->kind == JAVASCRIPT_STRING &&
               memchr(key->text.data, '.', key->text.length) != NULL) {
        report(checked, key,
               "a session has keys without dots: `get(\"%.*s\")`, and then the member",
               SLICE_ARG(
                   slice_part(key->text, 0,
                              (size_t)((const char *)memchr(key->text.data, '.', key->text.length) -
                                       key->text.data))));
    }
}

static void check_parse(const struct checked_script *checked, const struct javascript_node *call)
{
    const struct javascript_node *given = call->first->next;
    struct script_path path;
    if (given == NULL ||
        !slice_is(slice_part(checked->script.text, call->first->start, call->first->end),
                  "JSON.parse")) {
        return;
    }
    enum script_type type = script_type_of(checked, given);
    bool is_body = script_context_path(checked, given, &path) && path.count == 3 &&
                   slice_is(path.names[1], "response") && slice_is(path.names[2], "body");
    const struct service *service =
        is_body ? template_service(checked->check->template, path.names[0]) : NULL;
    if (type == SCRIPT_OBJECT || type == SCRIPT_LIST ||
        (service != NULL && service->kind == SERVICE_SALESFORCE)) {
        report(checked, given, "`%.*s` is data already: leave out `JSON.parse`",
               SLICE_ARG(text_of(checked, given)));
    }
}

static void check_call(const struct checked_script *checked, const struct javascript_node *call)
{
    const struct javascript_node *function = call->first;
    const struct javascript_use *use = script_use(checked, function);
    if (use != NULL && use->declaration == NULL && slice_is(function->text, "print")) {
        check_print(checked, call);
    } else if (function->kind == JAVASCRIPT_MEMBER) {
        check_session(checked, call);
        check_parse(checked, call);
        if (slice_is(function->text, "then") || slice_is(function->text, "catch")) {
            report(checked, function,
                   "a script ends before a promise is fulfilled: the platform "
                   "does not wait for it");
        }
    } else if (function->kind == JAVASCRIPT_STRING || function->kind == JAVASCRIPT_NUMBER) {
        report(checked, call, "`%.*s` is not a function", SLICE_ARG(text_of(checked, function)));
    }
}

/* ---- the walk ---- */

static void check_node(const struct checked_script *checked, const struct javascript_node *node)
{
    static const struct {
        enum javascript_kind kind;
        void (*check)(const struct checked_script *checked, const struct javascript_node *node);
    } checks[] = {
        {JAVASCRIPT_BINARY, check_binary},
        {JAVASCRIPT_EXPRESSION, check_statement},
        {JAVASCRIPT_PROGRAM, check_list},
        {JAVASCRIPT_BLOCK, check_list},
        {JAVASCRIPT_CASE, check_list},
        {JAVASCRIPT_RETURN, check_return},
        {JAVASCRIPT_ASSIGN, check_assignment},
        {JAVASCRIPT_STRING, check_string},
        {JAVASCRIPT_TEMPLATE, check_text},
        {JAVASCRIPT_NUMBER, check_number},
        {JAVASCRIPT_OBJECT, check_object},
        {JAVASCRIPT_SWITCH, check_switch},
        {JAVASCRIPT_CALL, check_call},
        {JAVASCRIPT_PARAMETERS, check_parameters},
        {JAVASCRIPT_DECLARATOR, check_declarator},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        if (checks[i].kind == node->kind) {
            checks[i].check(checked, node);
        }
    }
    bool is_if = node->kind == JAVASCRIPT_IF;
    if (is_if || node->kind == JAVASCRIPT_WHILE) {
        check_condition(checked, node->first);
        check_empty(checked, node, is_if ? "if" : "while");
    } else if ((node->kind == JAVASCRIPT_FOR || node->kind == JAVASCRIPT_FOR_IN ||
                node->kind == JAVASCRIPT_FOR_OF) &&
               node->last->kind == JAVASCRIPT_EMPTY && node->next != NULL &&
               node->next->kind == JAVASCRIPT_BLOCK) {
        report(checked, node->last, "this `;` is all that the `for` is for: leave it out");
    } else if (node->kind == JAVASCRIPT_CONDITIONAL) {
        check_condition(checked, node->first);
    } else if (node->kind == JAVASCRIPT_DO) {
        check_condition(checked, node->last);
    }
    if ((node->kind == JAVASCRIPT_FUNCTION || node->kind == JAVASCRIPT_ARROW) && node->is_async) {
        report(checked, node,
               "a script ends before an `async` function does: the platform does not "
               "wait for it");
    }
}

static void walk(const struct checked_script *checked, const struct javascript_node *node)
{
    check_node(checked, node);
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        walk(checked, child);
    }
}

/* `this` outside of functions. */
static void check_this(const struct checked_script *checked, const struct javascript_node *node)
{
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        bool is_this = child->kind == JAVASCRIPT_WORD && slice_is(child->text, "this");
        if (is_this && node->kind == JAVASCRIPT_MEMBER) {
            report(checked, node, "`this` is not the conversation: write `context.%.*s`",
                   SLICE_ARG(node->text));
        }
        if (child->kind != JAVASCRIPT_FUNCTION && child->kind != JAVASCRIPT_CLASS) {
            check_this(checked, child);
        }
    }
}

/* True when the script calls `print`, or a function that nothing declares and that may print. */
static bool prints(const struct checked_script *checked)
{
    const struct javascript_names *names = &checked->script.names;
    for (size_t i = 0; i < names->count; i++) {
        if (names->uses[i].declaration == NULL && names->uses[i].whole == names->uses[i].name &&
            (names->uses[i].is_called || slice_is(names->uses[i].name->text, "print"))) {
            return true;
        }
    }
    return false;
}

void check_script_meaning(const struct checked_script *checked)
{
    const struct javascript_node *root = checked->script.root;
    walk(checked, root);
    check_this(checked, root);
    if (checked->is_message && !prints(checked)) {
        const struct javascript_node *last = root->last != NULL ? root->last : root;
        report(checked, last, "this script says nothing: a message is what `print(…)` gets");
    }
}
