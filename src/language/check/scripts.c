/* Hand-written scripts: each is parsed once, and goes through the families of script.h. */
#include "base/table.h"
#include "language/check/script.h"

/* Other parts of a template are written with braces, which scripts do not have. */
static struct slice explain(const struct checked_script *checked,
                            const struct javascript_mistake *mistake)
{
    struct slice text = checked->node->text;
    size_t at = mistake->start;
    bool is_brace = at > 0 && at < text.length && text.data[at] == '{';
    if (is_brace && text.data[at - 1] == '$') {
        return SLICE("a script has no `${…}`: write `context.entities.NAME` for an entity, or "
                     "`context.NAME` for another value");
    }
    if (is_brace && text.data[at - 1] == '{') {
        return SLICE("a script has no `{{…}}`: write `context.NAME` without the braces");
    }
    return mistake->message;
}

static void check_script(struct check *check, const struct node *node, bool is_message)
{
    struct checked_script checked = script_checked(check, node, is_message);
    const struct javascript_mistake *mistake = &checked.script.mistake;
    if (mistake->message.length > 0) {
        script_report(&checked, E0508, mistake->start, mistake->end, "%.*s",
                      SLICE_ARG(explain(&checked, mistake)));
        return;
    }
    const struct template *template = check->template;
    if (template->imported != NULL || template->xo != NULL) {
        return; /* the rest of the bot may have whatever it needs */
    }
    check_script_names(&checked);
    check_script_members(&checked);
    check_script_meaning(&checked);
    check_script_values(&checked);
}

static void check_variant(struct check *check, const struct text_variant *variant)
{
    if (variant->is_script) {
        check_script(check, variant->text.node, true);
    }
}

/* Those that run before a request and after its response. */
static void check_service_scripts(struct check *check)
{
    static const char *const keys[] = {"before", "after"};
    for (size_t i = 0; i < check->template->service_count; i++) {
        for (size_t j = 0; j < TABLE_LENGTH(keys); j++) {
            const struct node *script = service_script(&check->template->services[i], keys[j]);
            if (script != NULL) {
                check_script(check, script, false);
            }
        }
    }
}

void check_scripts(struct check *check)
{
    const struct template *template = check->template;
    check_service_scripts(check);
    for (size_t i = 0; i < template->script_count; i++) {
        check_script(check, template->scripts[i].node, false);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        if (template->messages[i].kind == MESSAGE_SCRIPT) {
            check_script(check, template->messages[i].script.node, true);
        }
    }
    check_each_text(check, check_variant);
    check_script_order(check);
}
