/* Comparisons of an entity with what it can never be. */
#include "language/check/script_types.h"

#include "base/ascii.h"
#include "base/suggestion.h"

/* The entity that an expression is; NULL for others. */
static const struct entity *entity_of(const struct checked_script *checked,
                                      const struct javascript_node *node)
{
    struct script_path path;
    bool is_entity = script_context_path(checked, node, &path) && path.count == 2 &&
                     slice_is(path.names[0], "entities");
    return is_entity ? template_entity(checked->check->template, path.names[1]) : NULL;
}

static bool is_compared_with_choices(const struct entity *entity)
{
    return entity->choice_count > 0 && entity->variable == NULL && !entity->multiple;
}

static void check_choice(const struct checked_script *checked, const struct entity *entity,
                         const struct javascript_node *text)
{
    if (check_has_choice(entity, text->text) || text->text.length == 0) {
        return;
    }
    struct suggestion s = suggestion_new(text->text);
    struct builder all = builder_new(checked->check->arena);
    for (size_t i = 0; i < entity->choice_count; i++) {
        suggestion_offer(&s, entity->choices[i].value);
        builder_printf(&all, "%s`%.*s`", i > 0 ? ", " : "", SLICE_ARG(entity->choices[i].value));
    }
    struct diagnostic *d =
        script_report(checked, W0228, text->start, text->end, "`%.*s` is never `%.*s`",
                      SLICE_ARG(entity->name), SLICE_ARG(text->text));
    diag_suggest(checked->check->diagnostics, d, s.best);
    if (s.best.length == 0 && entity->choice_count <= 12) {
        diag_note(checked->check->diagnostics, d, NULL, d->range, "its values are %.*s",
                  SLICE_ARG(builder_slice(&all)));
    }
}

static void check_equal(const struct checked_script *checked, const struct javascript_node *value,
                        const struct javascript_node *text)
{
    const struct entity *entity =
        text->kind == JAVASCRIPT_STRING ? entity_of(checked, value) : NULL;
    if (entity == NULL) {
        return;
    }
    if (is_compared_with_choices(entity)) {
        check_choice(checked, entity, text);
    } else if (slice_is(text->text, "null") || slice_is(text->text, "undefined")) {
        script_report(checked, W0228, text->start, text->end,
                      "a missing value is not the text `%.*s`: leave out the quotes",
                      SLICE_ARG(text->text));
    }
}

/* What is said of a value that is compared with one of another type. */
static void check_types(const struct checked_script *checked, const struct javascript_node *node)
{
    enum script_type left = script_type_of(checked, node->first);
    enum script_type right = script_type_of(checked, node->last);
    bool is_certain = (left == SCRIPT_TEXT || left == SCRIPT_NUMBER || left == SCRIPT_BOOLEAN) &&
                      (right == SCRIPT_TEXT || right == SCRIPT_NUMBER || right == SCRIPT_BOOLEAN);
    /* `!a === 1` is said elsewhere. */
    bool is_negated = node->first->kind == JAVASCRIPT_UNARY && !node->first->is_parenthesised;
    if (!is_certain || left == right || node->text.length != 3 || is_negated) {
        return;
    }
    const struct javascript_node *literal =
        node->last->kind == JAVASCRIPT_STRING || node->last->kind == JAVASCRIPT_NUMBER
            ? node->last
            : node->first;
    enum script_type other = literal == node->last ? left : right;
    bool to_number = literal->kind == JAVASCRIPT_STRING && other == SCRIPT_NUMBER;
    bool to_text = literal->kind == JAVASCRIPT_NUMBER && other == SCRIPT_TEXT;
    struct slice quote = to_text ? SLICE("\"") : SLICE("");
    script_report(checked, W0228, literal->start, literal->end,
                  "%s never equals %s%s%.*s%.*s%.*s%s", script_type_name(left),
                  script_type_name(right), to_number || to_text ? ": write `" : "",
                  SLICE_ARG(quote), SLICE_ARG(to_number || to_text ? literal->text : SLICE("")),
                  SLICE_ARG(quote), to_number || to_text ? "`" : "");
}

/* `age > "18"` */
static void check_order(const struct checked_script *checked, const struct javascript_node *value,
                        const struct javascript_node *text)
{
    bool is_quoted = slice_starts_with(text->text, "context."); /* another finding reports it */
    if (text->kind != JAVASCRIPT_STRING || is_quoted ||
        script_type_of(checked, value) != SCRIPT_NUMBER) {
        return;
    }
    bool is_number = text->text.length > 0;
    for (size_t i = 0; i < text->text.length; i++) {
        is_number = is_number && strchr("0123456789.-", text->text.data[i]) != NULL;
    }
    script_report(checked, W0228, text->start, text->end,
                  is_number ? "a number is compared with a text: write `%.*s`"
                            : "a number is never less or greater than the text `%.*s`",
                  SLICE_ARG(text->text));
}

/* `a.toLowerCase() === "Hot"` */
static void check_case(const struct checked_script *checked, const struct javascript_node *value,
                       const struct javascript_node *text)
{
    bool is_call = value->kind == JAVASCRIPT_CALL && value->first->kind == JAVASCRIPT_MEMBER;
    bool to_lower = is_call && slice_is(value->first->text, "toLowerCase");
    bool to_upper = is_call && slice_is(value->first->text, "toUpperCase");
    if (text->kind != JAVASCRIPT_STRING || (!to_lower && !to_upper)) {
        return;
    }
    struct arena *arena = checked->check->arena;
    struct slice same =
        to_lower ? arena_lower_case(arena, text->text) : arena_upper_case(arena, text->text);
    if (!slice_equal(same, text->text)) {
        script_report(checked, W0228, text->start, text->end,
                      "what `%.*s()` gives is never `%.*s`: write `\"%.*s\"`",
                      SLICE_ARG(value->first->text), SLICE_ARG(text->text), SLICE_ARG(same));
    }
}

/* `a !== 1 || a !== 2` and `a === 1 && a === 2` */
static void check_contradiction(const struct checked_script *checked,
                                const struct javascript_node *node)
{
    const struct javascript_node *a = node->first;
    const struct javascript_node *b = node->last;
    bool is_or = slice_is(node->text, "||");
    const char *sign = is_or ? "!=" : "==";
    if ((!is_or && !slice_is(node->text, "&&")) || a->kind != JAVASCRIPT_BINARY ||
        b->kind != JAVASCRIPT_BINARY || !slice_starts_with(a->text, sign) ||
        !slice_starts_with(b->text, sign)) {
        return;
    }
    struct slice script = checked->script.text;
    bool are_literals =
        (a->last->kind == JAVASCRIPT_STRING || a->last->kind == JAVASCRIPT_NUMBER) &&
        a->last->kind == b->last->kind;
    if (are_literals && !slice_equal(a->last->text, b->last->text) &&
        slice_equal(slice_part(script, a->first->start, a->first->end),
                    slice_part(script, b->first->start, b->first->end))) {
        script_report(checked, W0228, node->start, node->end, "this is always %s: write `%s`",
                      is_or ? "true" : "false", is_or ? "&&" : "||");
    }
}

/* `context.entities.size = "small"` */
static void check_set(const struct checked_script *checked, const struct javascript_node *node)
{
    const struct entity *entity = entity_of(checked, node->first);
    const struct javascript_node *value = node->last;
    if (entity == NULL || entity->multiple || !slice_is(node->text, "=")) {
        return;
    }
    if (value->kind == JAVASCRIPT_STRING && is_compared_with_choices(entity)) {
        check_choice(checked, entity, value);
    } else if (value->kind == JAVASCRIPT_STRING && value->text.length > 0 &&
               entity->type->value == VALUE_NUMBER && !ascii_is_digit(value->text.data[0])) {
        script_report(checked, W0228, value->start, value->end,
                      "`%.*s` is a number, and this is a text", SLICE_ARG(entity->name));
    } else if (script_type_of(checked, value) == SCRIPT_DATE) {
        script_report(
            checked, W0228, value->start, value->end,
            "an entity has a date as text: write `koreUtil.moment().format(\"YYYY-MM-DD\")`");
    }
}

/* Whether what the service answers is data, as far as that is known. */
static bool answers_data(const struct service *service)
{
    if (service->kind == SERVICE_SALESFORCE) {
        return true;
    }
    size_t count = node_length(service->samples);
    for (size_t i = 0; i < count; i++) {
        const struct node *body = node_get(service->samples->items[i], "body");
        if (!node_is(body, NODE_MAPPING) && !node_is(body, NODE_SEQUENCE)) {
            return false;
        }
    }
    return count > 0;
}

/* `JSON.parse(context.service.response.body)` */
static void check_parse(const struct checked_script *checked, const struct javascript_node *call)
{
    const struct javascript_node *method = call->first;
    const struct javascript_node *argument = method->next;
    struct script_path path;
    if (method->kind != JAVASCRIPT_MEMBER || !slice_is(method->text, "parse") ||
        method->first->kind != JAVASCRIPT_NAME || !slice_is(method->first->text, "JSON") ||
        argument == NULL || !script_context_path(checked, argument, &path) || path.count != 3 ||
        !slice_is(path.names[1], "response") || !slice_is(path.names[2], "body")) {
        return;
    }
    const struct service *service = template_service(checked->check->template, path.names[0]);
    if (service != NULL && answers_data(service)) {
        script_report(checked, W0228, call->start, call->end,
                      "the body of `%.*s` is data already, and cannot be parsed: leave out "
                      "`JSON.parse`",
                      SLICE_ARG(service->name));
    }
}

static void walk(const struct checked_script *checked, const struct javascript_node *node)
{
    static const char *const orders[] = {"<", ">", "<=", ">=", NULL};
    bool is_equality = node->kind == JAVASCRIPT_BINARY &&
                       (slice_starts_with(node->text, "==") || slice_starts_with(node->text, "!="));
    if (is_equality) {
        check_equal(checked, node->first, node->last);
        check_equal(checked, node->last, node->first);
        check_types(checked, node);
        check_case(checked, node->first, node->last);
        check_case(checked, node->last, node->first);
    }
    if (node->kind == JAVASCRIPT_BINARY) {
        check_contradiction(checked, node);
        if (slice_is_any(node->text, orders)) {
            check_order(checked, node->first, node->last);
            check_order(checked, node->last, node->first);
        }
    } else if (node->kind == JAVASCRIPT_ASSIGN) {
        check_set(checked, node);
    } else if (node->kind == JAVASCRIPT_CALL) {
        check_parse(checked, node);
    }
    for (const struct javascript_node *c = node->first; c != NULL; c = c->next) {
        if (node->kind == JAVASCRIPT_SWITCH && c->kind == JAVASCRIPT_CASE) {
            check_equal(checked, node->first, c->first);
        }
        walk(checked, c);
    }
}

void check_script_values(const struct checked_script *checked)
{
    walk(checked, checked->script.root);
}
