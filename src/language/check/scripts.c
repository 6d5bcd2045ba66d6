/* Hand-written scripts: their lexical structure. */
#include "language/check/families.h"
#include "document/javascript/javascript.h"

static void check_script(struct check *check, const struct node *node)
{
    size_t offset = 0;
    const char *mistake = javascript_mistake(node->text, &offset);
    if (mistake == NULL) {
        return;
    }
    struct range range = node->range;
    if (offset < node->text.length) {
        size_t end = offset + 1;
        while (end < node->text.length && end < offset + 24 && node->text.data[end] != '\n') {
            end++;
        }
        range = passage_range(node, slice_part(node->text, offset, end));
        if (range.start != node->range.start || range.end != node->range.end) {
            range.end = range.start + 1;
        }
    }
    diag_report(check->diagnostics, E0508, node->source, range, "%s", mistake);
}

static void check_variant(struct check *check, const struct text_variant *variant)
{
    if (variant->is_script) {
        check_script(check, variant->text.node);
    }
}

void check_scripts(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->script_count; i++) {
        check_script(check, template->scripts[i].node);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        if (template->messages[i].kind == MESSAGE_SCRIPT) {
            check_script(check, template->messages[i].script.node);
        }
    }
    check_each_text(check, check_variant);
}
