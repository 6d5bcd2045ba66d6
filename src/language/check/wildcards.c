/* `%` in comparisons of a query that look for text as it is. */
#include "language/check/families.h"

#include "base/ascii.h"

static bool is_percentage(struct slice text)
{
    return text.length > 1 && ascii_is_digit(text.data[text.length - 2]);
}

/* `%word%`, and not `100%`. */
static bool has_wildcard(const struct node *value)
{
    struct slice text = node_is(value, NODE_STRING) ? value->text : SLICE("");
    return text.length > 1 &&
           (text.data[0] == '%' || (text.data[text.length - 1] == '%' && !is_percentage(text)));
}

static struct slice without_wildcards(struct slice text)
{
    size_t start = text.data[0] == '%';
    size_t end = text.length - (text.data[text.length - 1] == '%');
    return slice_part(text, start, start < end ? end : start);
}

static void check_value(struct check *check, const struct node *value, struct slice comparison)
{
    struct diagnostic *d =
        diag_report(check->diagnostics, W0831, value->source, value->range,
                    "behind `%.*s`, a `%%` is a percent sign", SLICE_ARG(comparison));
    diag_suggest(check->diagnostics, d, without_wildcards(value->text));
}

static void check_conditions(struct check *check, const struct node *node)
{
    static const char *const exact[] = {"contains", "startsWith", "endsWith", NULL};
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        const struct member *member = &node->members[i];
        if (slice_is_any(member->key->text, exact) && has_wildcard(member->value)) {
            check_value(check, member->value, member->key->text);
        }
        check_conditions(check, member->value);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        check_conditions(check, node->items[i]);
    }
}

void check_wildcards(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->service_count && template->imported == NULL; i++) {
        const struct node *query =
            node_get(node_get(template->services[i].node, "salesforce"), "query");
        if (node_is(query, NODE_MAPPING)) {
            check_conditions(check, node_get(query, "where"));
        }
    }
}
