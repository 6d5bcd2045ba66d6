/*
 * What texts, requests and scripts read from the platform's context, and nothing sets: mostly a
 * letter is wrong. An imported template may rely on the rest of its bot; nothing is said of it.
 */
#include "language/check/families.h"

#include <stdarg.h>
#include <stdint.h>

#include "base/suggestion.h"
#include "document/javascript/javascript.h"
#include "document/tree/passage.h"
#include "language/model/context_names.h"

struct context_names {
    struct check *check;
    const struct node *node; /* the text or script that is being read */
    struct map read;         /* the names that something reads, or may read */
};

/* A path in the context, behind the word `context`. */
struct context_path {
    const struct slice *names;
    size_t count;
    const struct source *source;
    struct range ranges[3]; /* of the first names */
};

static bool is_written(const struct context_names *names, struct slice name)
{
    return map_get(&names->check->writes->variables, name) != NULL ||
           map_get(&names->check->writes->entities, name) != NULL;
}

/* ---- what is read ---- */

/* What other systems call the parts of the context. */
static struct slice part_of_context(struct slice name)
{
    static const char *const entities[] = {"entity", "slots", "Entities", NULL};
    return slice_is_any(name, entities) ? SLICE("entities") : SLICE("");
}

static void offer_words(struct suggestion *s, const char *const *words)
{
    for (; *words != NULL; words++) {
        suggestion_offer(s, slice_of(*words));
    }
}

/* `context.session.UserContext.frstName`, up to the name at `place` */
static struct slice path_text(struct arena *arena, const struct context_path *path, size_t place)
{
    struct builder text = builder_new(arena);
    builder_add_text(&text, "context");
    for (size_t i = 0; i <= place; i++) {
        builder_add_char(&text, '.');
        builder_add(&text, path->names[i]);
    }
    return builder_slice(&text);
}

/* Of the name at `place` of the path. */
PRINTF_LIKE(5, 6)
static void report(struct context_names *names, const struct context_path *path, size_t place,
                   const struct suggestion *s, const char *format, ...)
{
    struct check *check = names->check;
    struct slice key = path_text(check->arena, path, place);
    if (check_is_reported(check, key, path->source, path->ranges[place])) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *d = diag_vreport(check->diagnostics, W0222, path->source,
                                        path->ranges[place], format, arguments);
    va_end(arguments);
    diag_suggest(check->diagnostics, d, s->best);
    if (s->best.length == 0) {
        diag_note(
            check->diagnostics, d, NULL, path->ranges[place],
            "set it in a `set` step or a script; if a dialog that this one calls sets it, name "
            "it under `returns` of that step; else write `# dialogc-ignore W0222` in the line "
            "above");
    }
    check_note_unknown(check, key, d);
}

static void check_entity(struct context_names *names, const struct context_path *path)
{
    const struct template *template = names->check->template;
    struct slice name = path->names[1];
    if (template_entity(template, name) != NULL || is_written(names, name)) {
        return;
    }
    struct suggestion s = suggestion_new(name);
    for (size_t i = 0; i < template->entity_count; i++) {
        suggestion_offer(&s, template->entities[i].name);
    }
    report(names, path, 1, &s, "this template has no entity `%.*s`", SLICE_ARG(name));
}

/* A profile can have names of the customer's own: only what is nearly one of the platform's is
 * told. */
static void check_profile(struct context_names *names, const struct context_path *path)
{
    struct suggestion s = suggestion_new(path->names[2]);
    offer_words(&s, context_profile_names());
    if (s.best.length > 0 && !slice_equal(s.best, path->names[2])) {
        report(names, path, 2, &s, "the platform's user profile has no `%.*s`",
               SLICE_ARG(path->names[2]));
    }
}

/* `context.city`, of an entity: a reference names it alone, code behind `entities`. */
static void report_entity(struct context_names *names, const struct context_path *path)
{
    struct check *check = names->check;
    struct slice name = path->names[0];
    struct slice key = path_text(check->arena, path, 0);
    if (check_is_reported(check, key, path->source, path->ranges[0])) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0222, path->source, path->ranges[0],
                    "`context.%.*s` is not the entity `%.*s`", SLICE_ARG(name), SLICE_ARG(name));
    diag_note(check->diagnostics, d, NULL, path->ranges[0],
              "write `${%.*s}` in texts and conditions, `context.entities.%.*s` in scripts",
              SLICE_ARG(name), SLICE_ARG(name));
    check_note_unknown(check, key, d);
}

static void check_name(struct context_names *names, const struct context_path *path)
{
    const struct template *template = names->check->template;
    struct slice name = path->names[0];
    map_add(&names->read, name, names);
    if (is_written(names, name) || template_service(template, name) != NULL ||
        slice_is_any(name, context_platform_names())) {
        return;
    }
    struct suggestion s = suggestion_new(name);
    for (size_t i = 0; i < names->check->writes->variables.count; i++) {
        suggestion_offer(&s, names->check->writes->variables.entries[i].key);
    }
    for (size_t i = 0; i < names->check->writes->entities.count; i++) {
        suggestion_offer(&s, names->check->writes->entities.entries[i].key);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        suggestion_offer(&s, template->services[i].name);
    }
    offer_words(&s, context_platform_names());
    if (s.best.length == 0) {
        s.best = part_of_context(name);
    }
    if (template_entity(template, name) != NULL) {
        report_entity(names, path);
    } else {
        report(names, path, 0, &s, "nothing in this template sets `context.%.*s`", SLICE_ARG(name));
    }
}

struct slice check_session_name(struct slice word)
{
    static const char *const sessions[] = {"BotUserSession", "UserSession",       "UserContext",
                                           "BotContext",     "EnterpriseContext", NULL};
    struct suggestion s = suggestion_new(word);
    offer_words(&s, sessions);
    return s.best;
}

/* `context.session.BotUserSesion`; a session can have names of the platform that are not known. */
static void check_session(struct context_names *names, const struct context_path *path)
{
    struct suggestion s = suggestion_new(path->names[1]);
    s.best = check_session_name(path->names[1]);
    if (s.best.length > 0 && !slice_equal(s.best, path->names[1])) {
        report(names, path, 1, &s, "the platform has no session `%.*s`", SLICE_ARG(path->names[1]));
    }
}

static void check_path(struct context_names *names, const struct context_path *path)
{
    if (path->count > 1 && slice_is(path->names[0], "entities")) {
        check_entity(names, path);
    } else if (path->count > 2 && slice_is(path->names[0], "session") &&
               slice_is(path->names[1], "UserContext")) {
        check_profile(names, path);
    } else if (path->count > 1 && slice_is(path->names[0], "session")) {
        check_session(names, path);
    } else if (path->count > 0) {
        check_name(names, path);
    }
}

static void check_read(void *context, const struct javascript_path *found)
{
    struct context_names *names = context;
    const struct node *node = names->node;
    struct context_path path = {
        .names = found->names, .count = found->count, .source = node->source};
    for (size_t i = 0; i < found->count && i < 3; i++) {
        path.ranges[i] = passage_range(node, found->names[i]);
    }
    if (!found->is_written && !found->is_computed) {
        check_path(names, &path);
    }
}

/* What stands between the braces of `{{context.entities.age}}` is code. */
static void check_braces_of(struct context_names *names, const struct node *node)
{
    names->node = node;
    for (size_t at = 0; (at = slice_find(node->text, "{{", at)) != SIZE_MAX; at += 2) {
        size_t end = slice_find(node->text, "}}", at);
        struct slice code = slice_part(node->text, at + 2, end);
        if (end == SIZE_MAX) {
            return;
        }
        struct javascript_script script = javascript_parse(names->check->arena, code);
        javascript_each_path(&script, "context", check_read, names);
    }
}

static void read_script(struct context_names *names, const struct node *node)
{
    names->node = node;
    javascript_each_path(context_writes_script(names->check->writes, node), "context", check_read,
                         names);
}

static void check_variant(struct check *check, const struct text_variant *variant)
{
    const struct node *node = variant->text.node;
    if (variant->is_script) {
        read_script(check->context_names, node);
    } else if (variant->text.has_platform) {
        check_braces_of(check->context_names, node);
    }
}

/* `${user.email.first}`: of the profile, only these have parts. */
static void check_part_of_profile(struct check *check, const struct reference *reference)
{
    static const char *const with_parts[] = {"identities", "customData", NULL};
    struct suggestion s = suggestion_new(reference->segments[1]);
    offer_words(&s, context_profile_names());
    if (reference->count > 2 && slice_equal(s.best, reference->segments[1]) &&
        !slice_is_any(s.best, with_parts)) {
        diag_report(check->diagnostics, W0222, reference->source,
                    reference_segment_range(reference, 2),
                    "`user.%.*s` is a single value, which has no parts", SLICE_ARG(s.best));
    }
}

static void check_reference(struct check *check, const struct reference *reference)
{
    enum reference_kind kind = check_resolution(check, reference)->kind;
    struct slice names[3] = {SLICE("session"), SLICE("UserContext")};
    struct context_path path = {.names = names, .source = reference->source};
    if (kind == REFERENCE_USER && reference->count > 1) {
        check_part_of_profile(check, reference);
        names[2] = reference->segments[1];
        path.count = 3;
        path.ranges[2] = reference_segment_range(reference, 1);
    } else if (kind == REFERENCE_CONTEXT) {
        path.count = reference->count - 1;
        path.names = reference->segments + 1;
        for (size_t i = 0; i < path.count && i < 3; i++) {
            path.ranges[i] = reference_segment_range(reference, i + 1);
        }
    }
    check_path(check->context_names, &path);
}

/* ---- scripts ---- */

static void read_scripts(struct context_names *names)
{
    const struct template *template = names->check->template;
    for (size_t i = 0; i < template->script_count; i++) {
        read_script(names, template->scripts[i].node);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        const struct node *before = service_script(&template->services[i], "before");
        const struct node *after = service_script(&template->services[i], "after");
        if (before != NULL) {
            read_script(names, before);
        }
        if (after != NULL) {
            read_script(names, after);
        }
    }
    for (size_t i = 0; i < template->message_count; i++) {
        if (template->messages[i].kind == MESSAGE_SCRIPT) {
            read_script(names, template->messages[i].script.node);
        }
    }
}

/* ---- values that nothing reads ---- */

/* `set: {cty: …}`, where an entity is called `city`: what nobody reads has a letter wrong. */
static void check_unread(struct context_names *names, const struct node *key)
{
    struct check *check = names->check;
    const struct template *template = check->template;
    struct suggestion s = suggestion_new(key->text);
    if (template_entity(template, key->text) != NULL || map_get(&names->read, key->text) != NULL) {
        return;
    }
    for (size_t i = 0; i < template->entity_count; i++) {
        suggestion_offer_near(&s, template->entities[i].name);
    }
    for (size_t i = 0; i < names->read.count; i++) {
        suggestion_offer_near(&s, names->read.entries[i].key);
    }
    if (s.best.length == 0) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, W0230, key->source, key->range,
                                       "nothing reads the variable `%.*s`", SLICE_ARG(key->text));
    diag_suggest(check->diagnostics, d, s.best);
}

static void check_sets(struct context_names *names)
{
    const struct flow_graph *graph = names->check->graph;
    for (size_t i = 0; i < graph->count; i++) {
        const struct step *step = graph->nodes[i].step;
        for (size_t j = 0; step->kind == STEP_SET && j < step->set.values.count; j++) {
            check_unread(names, step->set.values.items[j].key);
        }
    }
}

void check_context(struct check *check)
{
    const struct template *template = check->template;
    if (template->imported != NULL || template->xo != NULL || check->unresolved) {
        return;
    }
    struct context_names *names = arena_alloc(check->arena, sizeof *names);
    *names = (struct context_names){.check = check, .read = map_new(check->arena)};
    check->context_names = names;
    if (!names->check->writes->is_open) {
        read_scripts(names);
        check_each_text(check, check_variant);
        check_each_reference(check, check_reference);
        check_sets(names);
    }
}
