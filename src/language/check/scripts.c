/* Hand-written scripts: whether they parse. */
#include "language/check/families.h"
#include "document/javascript/javascript.h"
#include "document/tree/passage.h"

static void check_script(struct check *check, const struct node *node)
{
    struct javascript_script script = javascript_parse(check->arena, node->text);
    if (script.mistake.message.length == 0) {
        return;
    }
    struct range range = node->range;
    if (script.mistake.end <= node->text.length && script.mistake.start < script.mistake.end) {
        range =
            passage_range(node, slice_part(node->text, script.mistake.start, script.mistake.end));
    }
    diag_report(check->diagnostics, E0508, node->source, range, "%.*s",
                SLICE_ARG(script.mistake.message));
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
