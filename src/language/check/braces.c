/* Braces and the like in texts that look like references and are none. */
#include "language/check/families.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/table.h"
#include "language/model/context_writes.h"

/* The name at the start of `text`: "lastName" of "lastName.x}". */
static struct slice leading_name(struct slice text)
{
    text = slice_trim(text);
    size_t length = 0;
    while (length < text.length && ascii_is_word(text.data[length])) {
        length++;
    }
    return slice_part(text, 0, length);
}

static bool is_of_template(const struct check *check, struct slice name)
{
    return template_entity(check->template, name) != NULL ||
           template_service(check->template, name) != NULL;
}

/* How other languages write a reference; those with braces may name a part: `{name.first}`. */
static const struct placeholder {
    const char *open, *close;
    bool has_parts;
} placeholders[] = {
    {"{{", "}}", true}, {"{", "}", true},  {"$(", ")", false}, {"%", "%", false},
    {"<", ">", false},  {"[", "]", false}, {"$", "", false},
};

/* `params` of `{params.name}`; in double braces, the platform replaces some of these itself. */
static bool is_scope(const struct placeholder *form, struct slice name, struct slice behind)
{
    static const char *const scopes[] = {"params", "user", "entities", "item", NULL};
    static const char *const of_platform[] = {"context", "env", "content", NULL};
    bool is_double = strcmp(form->open, "{{") == 0;
    return form->has_parts && slice_starts_with(behind, ".") &&
           (slice_is_any(name, scopes) || (!is_double && slice_is_any(name, of_platform)));
}

/* `{total}`, which a `set` step or a script gives a value. */
static bool is_of_context(const struct check *check, const struct placeholder *form,
                          struct slice name)
{
    return form->has_parts && map_get(&check->writes->variables, name) != NULL;
}

/* The placeholder that begins `text`, if it is one of a name of the template. */
static bool starts_with_placeholder(const struct check *check, struct slice text,
                                    const struct placeholder *form, struct slice *found)
{
    if (!slice_starts_with(text, form->open)) {
        return false;
    }
    struct slice inside = slice_part(text, strlen(form->open), text.length);
    struct slice name = leading_name(inside);
    if (name.length == 0) {
        return false;
    }
    size_t end = (size_t)(name.data - inside.data) + name.length;
    struct slice behind = slice_part(inside, end, inside.length);
    if (!is_of_template(check, name) && !is_scope(form, name, behind) &&
        !(slice_starts_with(slice_trim(behind), form->close) && is_of_context(check, form, name))) {
        return false;
    }
    size_t close = form->has_parts ? slice_find(inside, form->close, end) : name.length;
    if (end > close || close == SIZE_MAX ||
        !slice_starts_with(slice_part(inside, close, inside.length), form->close)) {
        return false;
    }
    if (form->open[0] == '[' && close + 1 < inside.length && inside.data[close + 1] == '(') {
        return false; /* a link, or the mark of an entity */
    }
    *found = slice_part(text, 0, strlen(form->open) + close + strlen(form->close));
    return true;
}

/* The next `{name}`, `{{name}}`, `$name`, … of the template's own names at or after `from`. */
static bool next_braces(const struct check *check, struct slice text, size_t from,
                        struct slice *found)
{
    for (size_t at = from; at < text.length; at++) {
        char c = text.data[at];
        bool opens = c == '{' || c == '$' || c == '%' || c == '<' || c == '[';
        bool reference = at > 0 && (text.data[at - 1] == '$' || text.data[at - 1] == '{');
        for (size_t i = 0; i < TABLE_LENGTH(placeholders) && opens && !reference; i++) {
            if (starts_with_placeholder(check, slice_part(text, at, text.length), &placeholders[i],
                                        found)) {
                return true;
            }
        }
    }
    return false;
}

/* `name.first` of `{{ name.first }}` */
static struct slice name_inside(struct slice placeholder)
{
    size_t start = 0, end = placeholder.length;
    while (!ascii_is_word(placeholder.data[start])) {
        start++;
    }
    while (!ascii_is_word(placeholder.data[end - 1])) {
        end--;
    }
    return slice_part(placeholder, start, end);
}

/* The reference that was meant with a placeholder: "${context.total}" for "{{total}}". */
static struct slice meant_reference(const struct check *check, struct slice placeholder)
{
    struct slice inside = name_inside(placeholder);
    static const char *const scopes[] = {"context.entities.", "entities."};
    for (size_t i = 0; i < TABLE_LENGTH(scopes); i++) {
        if (slice_starts_with(inside, scopes[i])) {
            inside = slice_part(inside, strlen(scopes[i]), inside.length);
        }
    }
    struct slice name = leading_name(inside);
    bool is_context = name.length == inside.length && !is_of_template(check, name);
    return arena_printf(check->arena, "${%s%.*s}", is_context ? "context." : "", SLICE_ARG(inside));
}

static void check_node(struct check *check, const struct node *node, const char *done)
{
    struct slice found;
    size_t at = 0;
    while (next_braces(check, node->text, at, &found)) {
        at = (size_t)(found.data - node->text.data) + found.length;
        if (found.data[0] == '<' && strcmp(done, "sent") == 0) {
            continue; /* an element of XML */
        }
        struct diagnostic *d =
            diag_report(check->diagnostics, W0216, node->source, passage_range(node, found),
                        "`%.*s` is %s literally", SLICE_ARG(found), done);
        diag_suggest(check->diagnostics, d, meant_reference(check, found));
    }
}

static void check_variant(struct check *check, const struct text_variant *variant)
{
    if (!variant->is_script) {
        check_node(check, variant->text.node, "shown");
    }
}

/* ---- requests ---- */

/* `/:id` in a path, as routes are written elsewhere. */
static void check_route(struct check *check, const struct node *url)
{
    for (size_t at = 0; (at = slice_find(url->text, "/:", at)) != SIZE_MAX; at++) {
        struct slice name = leading_name(slice_part(url->text, at + 2, url->text.length));
        if (name.length == 0) {
            continue;
        }
        struct slice found = slice_part(url->text, at + 1, at + 2 + name.length);
        struct diagnostic *d =
            diag_report(check->diagnostics, W0216, url->source, passage_range(url, found),
                        "`%.*s` is sent literally", SLICE_ARG(found));
        if (is_of_template(check, name)) {
            diag_suggest(check->diagnostics, d,
                         arena_printf(check->arena, "${%.*s}", SLICE_ARG(name)));
        } else {
            diag_note(check->diagnostics, d, NULL, url->range,
                      "write a part that comes from the conversation as a reference: `${name}`");
        }
    }
}

/* `/orders/{id}` in a path, of a name that the template does not have. */
static void check_path_part(struct check *check, const struct node *url)
{
    for (size_t at = 0; (at = slice_find(url->text, "/{", at)) != SIZE_MAX; at++) {
        struct slice name = leading_name(slice_part(url->text, at + 2, url->text.length));
        size_t close = at + 2 + name.length;
        if (name.length == 0 || close >= url->text.length || url->text.data[close] != '}' ||
            is_of_template(check, name) || is_of_context(check, &placeholders[1], name)) {
            continue; /* which is told of already */
        }
        struct slice found = slice_part(url->text, at + 1, close + 1);
        struct diagnostic *d =
            diag_report(check->diagnostics, W0216, url->source, passage_range(url, found),
                        "`%.*s` is sent literally", SLICE_ARG(found));
        diag_note(check->diagnostics, d, NULL, url->range,
                  "write a part that comes from the conversation as a reference: `${name}`");
    }
}

static void check_sent(struct check *check, const struct node *node)
{
    if (node != NULL && node->kind == NODE_STRING) {
        check_node(check, node, "sent");
    }
}

static void check_body(struct check *check, const struct body *body)
{
    check_sent(check, body->node);
    for (size_t i = 0; i < body->count; i++) {
        check_body(check, &body->items[i]);
    }
}

static void check_request(struct check *check, const struct raw_request *request)
{
    check_sent(check, request->url.node);
    check_route(check, request->url.node);
    check_path_part(check, request->url.node);
    for (size_t i = 0; i < request->parameter_count; i++) {
        check_sent(check, request->parameters[i].value.node);
    }
    for (size_t i = 0; i < request->header_count; i++) {
        check_sent(check, request->headers[i].value.node);
    }
    check_body(check, &request->body);
}

static void check_services(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->service_count && template->imported == NULL; i++) {
        const struct service *service = &template->services[i];
        switch (service->kind) {
        case SERVICE_SALESFORCE:
            check_sent(check, service->salesforce.id.node);
            check_sent(check, service->salesforce.term.node);
            check_body(check, &service->salesforce.fields);
            break;
        case SERVICE_REQUEST:
            check_request(check, &service->request);
            break;
        case SERVICE_VERBATIM:
        case SERVICE_DATA_TABLE:
            break;
        }
    }
}

/* ---- utterances ---- */

/* "(entity)[word]", which is the wrong way round; empty: there is none. */
static struct slice swapped_mark(const struct check *check, struct slice text)
{
    for (size_t at = 0; (at = slice_find(text, "(", at)) != SIZE_MAX; at++) {
        size_t middle = slice_find(text, ")[", at);
        size_t end = middle != SIZE_MAX ? slice_find(text, "]", middle) : SIZE_MAX;
        if (end != SIZE_MAX &&
            template_entity(check->template, slice_part(text, at + 1, middle)) != NULL) {
            return slice_part(text, at, end + 1);
        }
    }
    return SLICE("");
}

static void check_swapped(struct check *check, const struct node *node)
{
    struct slice found = swapped_mark(check, node->text);
    if (found.length == 0) {
        return;
    }
    size_t middle = slice_find(found, ")[", 0);
    struct diagnostic *d =
        diag_report(check->diagnostics, W0509, node->source, passage_range(node, found),
                    "this marks no entity: the word comes first");
    diag_suggest(check->diagnostics, d,
                 arena_printf(check->arena, "[%.*s](%.*s)",
                              SLICE_ARG(slice_part(found, middle + 2, found.length - 1)),
                              SLICE_ARG(slice_part(found, 1, middle))));
}

/* `[Acme]{"entity": "company"}` and `<Acme:company>`, the marks of other tools; or empty. */
static struct slice foreign_mark(const struct check *check, struct slice text)
{
    size_t open = slice_find(text, "]{", 0);
    size_t close = open != SIZE_MAX ? slice_find(text, "}", open) : SIZE_MAX;
    if (close != SIZE_MAX) {
        return slice_part(text, open + 1, close + 1);
    }
    open = slice_find(text, "<", 0);
    close = open != SIZE_MAX ? slice_find(text, ">", open) : SIZE_MAX;
    size_t colon = close != SIZE_MAX ? slice_find(slice_part(text, 0, close), ":", open) : SIZE_MAX;
    bool is_mark = colon != SIZE_MAX &&
                   template_entity(check->template, slice_part(text, colon + 1, close)) != NULL;
    return is_mark ? slice_part(text, open, close + 1) : SLICE("");
}

static void check_utterances(struct check *check)
{
    const struct sentences *utterances = &check->template->intent.utterances;
    for (size_t i = 0; i < utterances->count; i++) {
        const struct node *node = utterances->items[i].node;
        struct slice found;
        if (!utterances->items[i].borrowed) {
            check_swapped(check, node);
        }
        bool braces = next_braces(check, node->text, 0, &found);
        struct slice foreign = foreign_mark(check, node->text);
        if (!braces && foreign.length > 0) {
            found = foreign;
            braces = true;
        }
        size_t reference = slice_find(node->text, "${", 0);
        if (utterances->items[i].borrowed || (!braces && reference == SIZE_MAX)) {
            continue;
        }
        if (!braces) {
            found = slice_part(node->text, reference, node->text.length);
        }
        struct diagnostic *d =
            diag_report(check->diagnostics, W0509, node->source, passage_range(node, found),
                        "braces in an utterance are taken literally");
        diag_note(check->diagnostics, d, NULL, node->range,
                  "to mark an example of an entity, write `[word](entity)`");
    }
}

void check_braces(struct check *check)
{
    check_utterances(check);
    check_each_text(check, check_variant);
    check_services(check);
}
