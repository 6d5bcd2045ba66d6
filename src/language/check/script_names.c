/* Names that a script uses and nothing declares: mostly a letter is wrong, or `context.` missing.
 */
#include "language/check/script.h"
#include "language/check/script_globals.h"

#include <stdint.h>

#include "base/suggestion.h"
#include "document/javascript/habit.h"
#include "document/javascript/pattern.h"

static bool is_set_here(const struct checked_script *checked, struct slice name)
{
    const struct javascript_names *names = &checked->script.names;
    for (size_t i = 0; i < names->count; i++) {
        const struct javascript_use *use = &names->uses[i];
        if (use->declaration == NULL && use->is_written && use->whole == use->name &&
            slice_equal(use->name->text, name)) {
            return true;
        }
    }
    return false;
}

/* What of the template has this name, as a script writes it; empty: nothing. */
static struct slice of_template(const struct checked_script *checked, struct slice name)
{
    struct check *check = checked->check;
    const struct template *template = check->template;
    if (template_entity(template, name) != NULL) {
        return arena_printf(check->arena, "context.entities.%.*s", SLICE_ARG(name));
    }
    if (template_service(template, name) != NULL) {
        return arena_printf(check->arena, "context.%.*s.response.body", SLICE_ARG(name));
    }
    if (node_member(template->env, name) != NULL ||
        node_member(template->project->env, name) != NULL) {
        return arena_printf(check->arena, "env.%.*s", SLICE_ARG(name));
    }
    if (node_member(template->content, name) != NULL ||
        node_member(template->project->content, name) != NULL) {
        return arena_printf(check->arena, "content.%.*s", SLICE_ARG(name));
    }
    if (map_get(&checked->writes->variables, name) != NULL) {
        return arena_printf(check->arena, "context.%.*s", SLICE_ARG(name));
    }
    return SLICE("");
}

static void offer_name(void *context, const struct javascript_node *name)
{
    suggestion_offer(context, name->text);
}

/* What the script declares anywhere. */
static void offer_declared(struct suggestion *s, const struct javascript_node *node)
{
    bool is_list = node->kind == JAVASCRIPT_PARAMETERS;
    if (node->kind == JAVASCRIPT_DECLARATOR) {
        javascript_each_name(node->first, offer_name, s);
    }
    if (node->kind == JAVASCRIPT_FUNCTION && node->text.length > 0) {
        suggestion_offer(s, node->text);
    }
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        if (is_list) {
            javascript_each_name(child, offer_name, s);
        }
        offer_declared(s, child);
    }
}

static void offer_parts(struct suggestion *s, const struct template *template)
{
    for (size_t i = 0; i < template->entity_count; i++) {
        suggestion_offer(s, template->entities[i].name);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        suggestion_offer(s, template->services[i].name);
    }
}

static void report_set(const struct checked_script *checked, const struct javascript_node *name)
{
    struct slice text = name->text;
    struct suggestion s = suggestion_new(text);
    offer_declared(&s, checked->script.root);
    struct slice part = of_template(checked, text);
    struct diagnostic *d = script_report_name(
        checked, W0226, name, "`%.*s` is not declared: write `var %.*s`%s%.*s%s", SLICE_ARG(text),
        SLICE_ARG(text),
        part.length > 0 ? ", or `" : "; for a value that other steps read, `context.",
        SLICE_ARG(part.length > 0 ? part : text), "`");
    diag_suggest(checked->check->diagnostics, d, s.best);
}

static void report_read(const struct checked_script *checked, const struct javascript_use *use)
{
    struct diagnostics *list = checked->check->diagnostics;
    const struct javascript_node *name = use->name;
    struct slice text = name->text;
    struct slice part = of_template(checked, text);
    const char *foreign = script_foreign_name(text);
    const char *habit = javascript_habit_name(text);
    if (part.length > 0) {
        script_report_name(checked, W0226, name,
                           "a script does not know `%.*s` by its name: write `%.*s`",
                           SLICE_ARG(text), SLICE_ARG(part));
        return;
    }
    if (habit != NULL || foreign != NULL) {
        script_report_name(checked, W0226, name, "scripts have no `%.*s`: %s%s%s", SLICE_ARG(text),
                           habit != NULL ? "write `" : "", habit != NULL ? habit : foreign,
                           habit != NULL ? "`" : "");
        return;
    }
    struct suggestion s = suggestion_new(text);
    script_globals_offer(&s);
    offer_declared(&s, checked->script.root);
    offer_parts(&s, checked->check->template);
    struct slice meant = of_template(checked, s.best);
    struct diagnostic *d =
        script_report_name(checked, W0226, name, "nothing declares `%.*s`", SLICE_ARG(text));
    diag_suggest(list, d, meant.length > 0 ? meant : s.best);
    if (s.best.length == 0) {
        diag_note(
            list, d, NULL, d->range,
            use->is_called
                ? "declare the function in this script; if it is a function of the bot, write "
                  "`// dialogc-ignore W0226` in the line above"
                : "declare it with `var`; write `context.` before a value of the "
                  "conversation, and quotes around a text");
    }
}

/* The platform's own names, which a script must not give to anything else. */
static bool is_of_platform(struct slice name)
{
    static const char *const names[] = {
        "context",     "env",        "content",           "koreUtil",    "print", "BotUserSession",
        "UserSession", "BotContext", "EnterpriseContext", "UserContext", NULL};
    return slice_is_any(name, names);
}

static void report_hidden(void *context, const struct javascript_node *name)
{
    const struct checked_script *checked = context;
    if (is_of_platform(name->text)) {
        script_report_name(checked, W0226, name,
                           "this hides the platform's `%.*s`: take another name",
                           SLICE_ARG(name->text));
    }
}

static void check_declarations(const struct checked_script *checked,
                               const struct javascript_node *node)
{
    if (node->kind == JAVASCRIPT_DECLARATOR) {
        javascript_each_name(node->first, report_hidden, (void *)(uintptr_t)checked);
    } else if (node->kind == JAVASCRIPT_FUNCTION && node->is_statement) {
        report_hidden((void *)(uintptr_t)checked, node);
    }
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        check_declarations(checked, child);
    }
}

/* What must not be set: constants, and what belongs to the platform. */
static void check_write(const struct checked_script *checked, const struct javascript_use *use)
{
    struct slice name = use->name->text;
    struct script_path path;
    bool is_entities = script_context_path(checked, use->whole, &path) && path.count == 1 &&
                       slice_is(path.names[0], "entities");
    if (use->declaration == NULL && is_entities) {
        script_report(checked, W0228, use->whole->start, use->whole->end,
                      "this replaces all entities: set one, `context.entities.NAME`");
    } else if (use->whole != use->name) {
        return;
    } else if (use->declaration != NULL && use->declaration->is_constant) {
        script_report_name(checked, W0228, use->name,
                           "`%.*s` is a `const` and cannot be set again: declare it with `let`",
                           SLICE_ARG(name));
    } else if (use->declaration == NULL && is_of_platform(name)) {
        script_report_name(checked, W0228, use->name, "this replaces the platform's `%.*s`: %s",
                           SLICE_ARG(name),
                           slice_is(name, "print") ? "write `print(…)`"
                                                   : "set a member of it, such as `context.NAME`");
    }
}

void check_script_names(const struct checked_script *checked)
{
    struct map reported = map_new(checked->check->arena);
    check_declarations(checked, checked->script.root);
    const struct javascript_names *names = &checked->script.names;
    for (size_t i = 0; i < names->count; i++) {
        const struct javascript_use *use = &names->uses[i];
        struct slice text = use->name->text;
        if (use->is_written) {
            check_write(checked, use);
        }
        if (use->declaration != NULL || use->is_typeof || script_global_find(text) != NULL ||
            map_add(&reported, text, &reported) != NULL) {
            continue;
        }
        if (is_set_here(checked, text)) {
            report_set(checked, use->name);
        } else {
            report_read(checked, use);
        }
    }
}
