/* Braces in texts that look like references and are none. */
#include "language/check/families.h"

#include <stdint.h>

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The name at the start of `text`: "lastName" of "lastName.x}". */
static struct slice leading_name(struct slice text)
{
    text = slice_trim(text);
    size_t length = 0;
    while (length < text.length && is_name_char(text.data[length])) {
        length++;
    }
    return slice_part(text, 0, length);
}

static bool is_of_template(const struct check *check, struct slice name)
{
    return template_entity(check->template, name) != NULL ||
           template_service(check->template, name) != NULL;
}

/* The next `{name}` or `{{name}}` of the template's own names at or after `from`. */
static bool next_braces(const struct check *check, struct slice text, size_t from,
                        struct slice *found)
{
    for (size_t at = from; (at = slice_find(text, "{", at)) != SIZE_MAX; at++) {
        bool reference = at > 0 && text.data[at - 1] == '$';
        size_t inside = at + 1;
        inside += inside < text.length && text.data[inside] == '{';
        size_t close = slice_find(text, "}", inside);
        if (reference || close == SIZE_MAX) {
            continue;
        }
        struct slice name = leading_name(slice_part(text, inside, close));
        if (name.length > 0 && is_of_template(check, name)) {
            size_t end = close + 1;
            end += end < text.length && text.data[end] == '}' && inside == at + 2;
            *found = slice_part(text, at, end);
            return true;
        }
        at = inside - 1;
    }
    return false;
}

static void check_node(struct check *check, const struct node *node)
{
    struct slice found;
    size_t at = 0;
    while (next_braces(check, node->text, at, &found)) {
        at = (size_t)(found.data - node->text.data) + found.length;
        struct diagnostic *d =
            diag_report(check->diagnostics, W0216, node->source, passage_range(node, found),
                        "`%.*s` is shown literally", SLICE_ARG(found));
        size_t braces = 1 + (found.data[1] == '{');
        struct slice inner = slice_trim(slice_part(found, braces, found.length - braces));
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "${%.*s}", SLICE_ARG(inner)));
    }
}

static void check_texts(struct check *check, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (!texts->variants[i].is_script) {
            check_node(check, texts->variants[i].text.node);
        }
    }
}

static void check_utterances(struct check *check)
{
    const struct sentences *utterances = &check->template->intent.utterances;
    for (size_t i = 0; i < utterances->count; i++) {
        const struct node *node = utterances->items[i].node;
        struct slice found;
        bool braces = next_braces(check, node->text, 0, &found);
        size_t reference = slice_find(node->text, "${", 0);
        if (!braces && reference == SIZE_MAX) {
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
    const struct template *template = check->template;
    check_utterances(check);
    for (size_t i = 0; i < template->entity_count; i++) {
        check_texts(check, &template->entities[i].prompt);
        check_texts(check, &template->entities[i].error);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        check_texts(check, &template->messages[i].text);
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (step->kind == STEP_CONFIRM) {
            check_texts(check, &step->confirm.prompt);
        }
    }
}
