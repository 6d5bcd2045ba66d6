/* Members: of the platform's objects, of the language's, of responses, and of values. */
#include "language/check/script.h"
#include "language/check/script_globals.h"
#include "language/check/script_types.h"

#include <stdint.h>

#include "base/suggestion.h"

enum { MOST_MEMBERS = 10 };

/* The members behind a name, from the first on: `_`, `map` of `koreUtil._.map`. */
struct chain {
    const struct javascript_node *items[MOST_MEMBERS];
    size_t count;
};

static struct chain chain_of(const struct javascript_node *whole)
{
    struct chain chain = {.count = 0};
    size_t length = 0;
    for (const struct javascript_node *n = whole; n->kind != JAVASCRIPT_NAME; n = n->first) {
        length++;
    }
    for (const struct javascript_node *n = whole; n->kind != JAVASCRIPT_NAME; n = n->first) {
        length--;
        if (length < MOST_MEMBERS) {
            chain.items[length] = n;
            chain.count = length >= chain.count ? length + 1 : chain.count;
        }
    }
    return chain;
}

/* The name of a member, `a.name` or `a["name"]`; empty when it is computed. */
static struct slice member_name(const struct javascript_node *node)
{
    if (node->kind == JAVASCRIPT_MEMBER) {
        return node->text;
    }
    return node->last->kind == JAVASCRIPT_STRING ? node->last->text : SLICE("");
}

/* Points at the name of a member. */
static struct diagnostic *report(const struct checked_script *checked,
                                 const struct javascript_node *node, struct slice message)
{
    if (node->kind == JAVASCRIPT_MEMBER) {
        return script_report_name(checked, W0227, node, "%.*s", SLICE_ARG(message));
    }
    return script_report(checked, W0227, node->last->start, node->last->end, "%.*s",
                         SLICE_ARG(message));
}

/* `lenght`: such a name is a mistake wherever it is. */
static bool is_nearly_length(struct slice name)
{
    return !slice_is(name, "length") && name.length >= 5 && name.length <= 7 &&
           suggestion_distance(name, SLICE("length")) <= 1 + (name.length == 6);
}

/* ---- objects of the platform and the language ---- */

static bool is_session(struct slice name)
{
    static const char *const sessions[] = {"BotUserSession",    "UserSession", "BotContext",
                                           "EnterpriseContext", "UserContext", NULL};
    return slice_is_any(name, sessions);
}

/* A session object has what was put into it as well: only a call, or a near name, is a mistake. */
static bool is_mistake(const struct javascript_use *use, const struct chain *chain,
                       const struct suggestion *s)
{
    bool is_call = use->is_called && chain->count == 1;
    return !is_session(use->name->text) || is_call || s->best.length > 0;
}

static void check_member(const struct checked_script *checked, const struct javascript_use *use,
                         const struct chain *chain, const struct script_global *global,
                         size_t place)
{
    struct slice name = member_name(chain->items[place]);
    if (name.length == 0 || global->members[0] == '\0' ||
        script_words_have(global->members, name) ||
        (use->is_written && place + 1 == chain->count)) {
        return;
    }
    struct suggestion s = suggestion_new(name);
    script_words_offer(global->members, &s);
    if (!is_mistake(use, chain, &s)) {
        return;
    }
    struct arena *arena = checked->check->arena;
    struct diagnostic *d =
        report(checked, chain->items[place],
               arena_printf(arena, "`%s` has no `%.*s`", global->name, SLICE_ARG(name)));
    diag_suggest(checked->check->diagnostics, d, s.best);
    if (s.best.length == 0 && strlen(global->members) < 200) {
        diag_note(checked->check->diagnostics, d, NULL, d->range, "it has %s", global->members);
    }
}

/* `koreUtil._.map`: two steps into the table. */
static void check_global(const struct checked_script *checked, const struct javascript_use *use)
{
    struct chain chain = chain_of(use->whole);
    const struct script_global *global = script_global_find(use->name->text);
    if (global == NULL || chain.count == 0) {
        return;
    }
    check_member(checked, use, &chain, global, 0);
    struct slice inner = arena_printf(checked->check->arena, "%s.%.*s", global->name,
                                      SLICE_ARG(member_name(chain.items[0])));
    const struct script_global *second = script_global_find(inner);
    if (second != NULL && chain.count > 1) {
        check_member(checked, use, &chain, second, 1);
    }
}

/* `parseInt[…]`, `Math.max[…]`: a function has no such members. */
static void check_brackets(const struct checked_script *checked, const struct javascript_use *use)
{
    static const char *const functions[] = {
        "parseInt", "parseFloat", "isNaN", "print", "String", "Number", "encodeURIComponent", NULL};
    struct chain chain = chain_of(use->whole);
    bool is_function = slice_is_any(use->name->text, functions);
    bool is_method = slice_is(use->name->text, "Math") || slice_is(use->name->text, "JSON");
    size_t place = is_function ? 0 : 1;
    if ((is_function || is_method) && chain.count > place &&
        chain.items[place]->kind == JAVASCRIPT_INDEX) {
        const struct javascript_node *index = chain.items[place];
        script_report(checked, W0227, index->last->start, index->last->end,
                      "`%.*s` is a function: write parentheses instead of brackets",
                      SLICE_ARG(slice_part(checked->script.text, index->start, index->first->end)));
    }
}

/* ---- variables of the bot ---- */

static void offer_keys(struct suggestion *s, const struct node *mapping)
{
    for (size_t i = 0; mapping != NULL && i < mapping->count; i++) {
        suggestion_offer(s, mapping->members[i].key->text);
    }
}

static void check_variable(const struct checked_script *checked, const struct javascript_use *use)
{
    bool is_env = slice_is(use->name->text, "env");
    const struct template *template = checked->check->template;
    const struct node *own = is_env ? template->env : template->content;
    const struct node *shared = is_env ? template->project->env : template->project->content;
    struct chain chain = chain_of(use->whole);
    struct slice name = chain.count > 0 ? member_name(chain.items[0]) : SLICE("");
    if (name.length == 0 || node_member(own, name) != NULL || node_member(shared, name) != NULL) {
        return;
    }
    const char *section = is_env ? "env" : "content";
    struct suggestion s = suggestion_new(name);
    offer_keys(&s, own);
    offer_keys(&s, shared);
    struct diagnostic *d =
        report(checked, chain.items[0],
               arena_printf(checked->check->arena, "unknown %s variable `%.*s`",
                            is_env ? "environment" : "content", SLICE_ARG(name)));
    diag_suggest(checked->check->diagnostics, d, s.best);
    diag_note(checked->check->diagnostics, d, NULL, d->range,
              "declare it under `variables: {%s: …}`, here or in the project file", section);
}

/* ---- responses ---- */

/* True when `names` lead to something in the body of the response. */
static bool is_in_body(const struct checked_script *checked, const struct service *service,
                       const struct slice *names, size_t count, size_t *segment,
                       void (*offer)(void *context, struct slice name), void *context)
{
    struct slice segments[MOST_MEMBERS + 2] = {service->name, SLICE("body")};
    for (size_t i = 0; i < count; i++) {
        segments[i + 2] = names[i];
    }
    struct reference probe = {.segments = segments, .count = count + 2};
    enum value_kind kind;
    size_t at = 0;
    enum response_fact fact = response_look_up(checked->check->arena, service, &probe,
                                               RESPONSE_OF_ANY, &kind, &at, offer, context);
    *segment = at >= 2 ? at - 2 : 0;
    return fact != RESPONSE_NOT_FOUND;
}

static void offer_to(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

/* `body.records[3]`, where the samples have lists of two. */
static void check_index(const struct checked_script *checked, const struct service *service,
                        const struct script_path *path, size_t count)
{
    struct slice segments[MOST_MEMBERS + 2] = {service->name, SLICE("body")};
    size_t items;
    for (size_t i = 0; i < count; i++) {
        segments[i + 2] = path->names[i + 3];
    }
    struct reference probe = {.segments = segments, .count = count + 2};
    size_t place = response_beyond_samples(service, &probe, 2, RESPONSE_OF_ANY, &items);
    size_t own = path->own > 3 ? path->own - 1 : 2;
    if (place == SIZE_MAX || place < own) {
        return;
    }
    const struct javascript_node *index = path->nodes[place + 1]->last;
    struct diagnostic *d = script_report(
        checked, W0231, index->start, index->end,
        "the samples of `%.*s` have no item `[%.*s]` here, but %zu item%s",
        SLICE_ARG(service->name), SLICE_ARG(segments[place]), items, items == 1 ? "" : "s");
    diag_note(checked->check->diagnostics, d, NULL, d->range,
              "the first item is `[0]`; if responses have more items, add them to a sample");
}

/* `count` names behind `context.SERVICE.response.body`, the first of which is `path->names[3]`. */
static void check_body(const struct checked_script *checked, const struct service *service,
                       const struct script_path *path, size_t count)
{
    size_t segment;
    check_index(checked, service, path, count);
    if (count == 0 || is_in_body(checked, service, path->names + 3, count, &segment, NULL, NULL) ||
        segment >= count || segment + 3 < path->own ||
        script_words_have(script_value_members, path->names[segment + 3]) ||
        is_nearly_length(path->names[segment + 3])) {
        return;
    }
    struct slice name = path->names[segment + 3];
    struct suggestion s = suggestion_new(name);
    is_in_body(checked, service, path->names + 3, count, &segment, offer_to, &s);
    static const char *const lengths[] = {"size", "count", "len", NULL};
    s.best = s.best.length == 0 && slice_is_any(name, lengths) ? SLICE("length") : s.best;
    struct diagnostic *d =
        report(checked, path->nodes[segment + 3],
               arena_printf(checked->check->arena, "the response of `%.*s` has no `%.*s` here",
                            SLICE_ARG(service->name), SLICE_ARG(name)));
    diag_suggest(checked->check->diagnostics, d, s.best);
}

/* `context.SERVICE.…`: the platform puts `response` there, and into it `body` and `statusCode`. */
static void check_service(const struct checked_script *checked, const struct service *service,
                          const struct script_path *path, size_t count)
{
    static const char *const parts[] = {"body", "statusCode", "headers", "error", "errors", NULL};
    struct arena *arena = checked->check->arena;
    bool has_response = count > 1 && slice_is(path->names[1], "response");
    size_t place = has_response ? 2 : 1;
    if (count <= place) {
        return;
    }
    struct slice name = path->names[place];
    if (has_response && slice_is(name, "body")) {
        check_body(checked, service, path, count - 3);
        return;
    }
    if (place < path->own) {
        return;
    }
    if (has_response && slice_is_any(name, parts)) {
        return;
    }
    size_t segment;
    bool is_status =
        slice_is(name, "status") || slice_is(name, "code") || slice_is(name, "statuscode");
    struct suggestion s = suggestion_new(name);
    suggestion_offer(&s, SLICE("body"));
    suggestion_offer(&s, SLICE("statusCode"));
    if (!has_response) {
        suggestion_offer(&s, SLICE("response"));
    }
    bool is_known = slice_is_any(name, parts) || s.best.length > 0;
    struct slice instead = is_status                       ? SLICE("statusCode")
                           : slice_is(s.best, "response")  ? SLICE("body")
                           : is_known && s.best.length > 0 ? s.best
                                                           : SLICE("body");
    bool in_body =
        !is_known && !is_status && is_in_body(checked, service, &name, 1, &segment, NULL, NULL);
    report(checked, path->nodes[place],
           arena_printf(
               arena,
               "what a service answers is in `response`: write `context.%.*s.response.%.*s%s%.*s`",
               SLICE_ARG(service->name), SLICE_ARG(instead), in_body ? "." : "",
               SLICE_ARG(in_body ? name : SLICE(""))));
}

/* ---- entities ---- */

/* Of `var e = context.entities`; check_context looks at what is written in full. */
static void report_unknown_entity(const struct checked_script *checked,
                                  const struct script_path *path)
{
    const struct template *template = checked->check->template;
    struct suggestion s = suggestion_new(path->names[1]);
    for (size_t i = 0; i < template->entity_count; i++) {
        suggestion_offer(&s, template->entities[i].name);
    }
    if (s.best.length > 0 && map_get(&checked->writes->entities, path->names[1]) == NULL) {
        struct diagnostic *d =
            report(checked, path->nodes[1],
                   arena_printf(checked->check->arena, "this template has no entity `%.*s`",
                                SLICE_ARG(path->names[1])));
        diag_suggest(checked->check->diagnostics, d, s.best);
    }
}

/* A value that scripts keep beside the entities, and read again. */
static bool is_used_elsewhere(const struct template *template, struct slice name)
{
    size_t first = slice_find_slice(template->source->bytes, name, 0);
    return first != SIZE_MAX &&
           slice_find_slice(template->source->bytes, name, first + 1) != SIZE_MAX;
}

static void check_entity(const struct checked_script *checked, const struct javascript_use *use,
                         const struct script_path *path)
{
    const struct template *template = checked->check->template;
    struct arena *arena = checked->check->arena;
    const struct entity *entity = template_entity(template, path->names[1]);
    if (entity == NULL) {
        if (use->is_written && path->count == 2 && path->own <= 1) {
            struct suggestion s = suggestion_new(path->names[1]);
            for (size_t i = 0; i < template->entity_count; i++) {
                suggestion_offer(&s, template->entities[i].name);
            }
            if (s.best.length == 0 && is_used_elsewhere(template, path->names[1])) {
                return;
            }
            struct diagnostic *d =
                report(checked, path->nodes[1],
                       arena_printf(arena, "this template has no entity `%.*s` that could be set",
                                    SLICE_ARG(path->names[1])));
            diag_suggest(checked->check->diagnostics, d, s.best);
        } else if (path->own == 1 && path->nodes[1] != NULL) {
            report_unknown_entity(checked, path);
        }
    } else if (use->is_called && path->count == 2 && path->own <= 1) {
        report(checked, path->nodes[1],
               arena_printf(arena,
                            "`%.*s` is a value and cannot be called: leave out the parentheses",
                            SLICE_ARG(entity->name)));
    }
}

static void check_context_use(const struct checked_script *checked,
                              const struct javascript_use *use)
{
    struct script_path path;
    if (!script_context_path(checked, use->whole, &path) || path.count == 0) {
        return;
    }
    const struct service *service = template_service(checked->check->template, path.names[0]);
    if (path.count > 1 && slice_is(path.names[0], "entities")) {
        check_entity(checked, use, &path);
    } else if (service != NULL && use->is_called && path.count == 1) {
        report(checked, path.nodes[0],
               arena_printf(checked->check->arena,
                            "a script cannot call `%.*s`: a `call` step of the flow does",
                            SLICE_ARG(service->name)));
    } else if (service != NULL && !use->is_written && path.count > 1) {
        check_service(checked, service, &path, path.count - use->is_called);
    }
}

/* ---- methods and `length` of values ---- */

/* Names that the script itself gives to members. */
static void note_members(struct map *names, const struct javascript_node *node)
{
    if (node->kind == JAVASCRIPT_PROPERTY && node->text.length > 0) {
        map_add(names, node->text, names);
    }
    if (node->kind == JAVASCRIPT_ASSIGN && node->first->kind == JAVASCRIPT_MEMBER) {
        map_add(names, node->first->text, names);
    }
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        note_members(names, child);
    }
}

/* What moment and lodash give has methods of its own. */
static bool is_of_library(const struct checked_script *checked, const struct javascript_node *node,
                          size_t steps)
{
    while (node->kind == JAVASCRIPT_MEMBER || node->kind == JAVASCRIPT_INDEX ||
           node->kind == JAVASCRIPT_CALL || node->kind == JAVASCRIPT_NEW) {
        node = node->first;
    }
    const struct javascript_use *use = script_use(checked, node);
    if (use == NULL) {
        return node->kind != JAVASCRIPT_STRING && node->kind != JAVASCRIPT_ARRAY &&
               node->kind != JAVASCRIPT_TEMPLATE;
    }
    const struct javascript_declaration *declaration = use->declaration;
    if (declaration == NULL) {
        return !slice_is(node->text, "context");
    }
    return declaration->is_changed || declaration->value == NULL || steps > 20 ||
           is_of_library(checked, declaration->value, steps + 1);
}

/* How a value becomes one that has the member; empty when it is another mistake. */
static struct slice conversion(const struct checked_script *checked, enum script_type type,
                               const struct javascript_node *member)
{
    static const struct {
        enum script_type from, to;
        const char *function;
    } conversions[] = {
        {SCRIPT_TEXT, SCRIPT_NUMBER, "Number"},
        {SCRIPT_TEXT, SCRIPT_DATE, "new Date"},
        {SCRIPT_TEXT, SCRIPT_MOMENT, "koreUtil.moment"},
        {SCRIPT_NUMBER, SCRIPT_TEXT, "String"},
        {SCRIPT_NUMBER, SCRIPT_DATE, "new Date"},
        {SCRIPT_DATE, SCRIPT_MOMENT, "koreUtil.moment"},
        {SCRIPT_MOMENT, SCRIPT_TEXT, "String"},
    };
    const struct javascript_node *object = member->first;
    struct slice text = slice_part(checked->script.text, object->start, object->end);
    bool is_short = text.length < 60 && memchr(text.data, '\n', text.length) == NULL;
    for (size_t i = 0; i < sizeof conversions / sizeof conversions[0]; i++) {
        if (conversions[i].from == type &&
            script_words_have(script_type_members(conversions[i].to), member->text)) {
            return arena_printf(checked->check->arena, "`%s(%.*s)`", conversions[i].function,
                                SLICE_ARG(is_short ? text : SLICE("…")));
        }
    }
    return SLICE("");
}

/* A member that values of the type do not have. */
static void report_type(const struct checked_script *checked, const struct javascript_node *member,
                        enum script_type type, bool is_called)
{
    struct slice name = member->text;
    struct slice convert = conversion(checked, type, member);
    const char *instead = script_type_instead(type, name);
    instead = instead == NULL && is_called && type != SCRIPT_OBJECT ? script_foreign_method(name)
                                                                    : instead;
    struct suggestion s = suggestion_new(name);
    script_words_offer(script_type_members(type), &s);
    struct diagnostic *d =
        report(checked, member,
               arena_printf(checked->check->arena, "%s has no `%.*s%s`%s%s%.*s",
                            script_type_name(type), SLICE_ARG(name), is_called ? "()" : "",
                            instead != NULL || convert.length > 0 ? ": write " : "",
                            instead != NULL ? instead : "",
                            SLICE_ARG(instead != NULL ? SLICE("") : convert)));
    if (instead == NULL && convert.length == 0) {
        diag_suggest(checked->check->diagnostics, d, s.best);
    }
}

static bool has_member(enum script_type type, const struct map *own, struct slice name)
{
    return type == SCRIPT_UNKNOWN || map_get(own, name) != NULL ||
           script_words_have(script_type_members(type), name);
}

static void check_call(const struct checked_script *checked, const struct map *own,
                       const struct javascript_node *method)
{
    struct slice name = method->text;
    enum script_type type = script_type_of(checked, method->first);
    if (!has_member(type, own, name)) {
        report_type(checked, method, type, true);
        return;
    }
    bool is_known = script_words_have(script_value_members, name) && !slice_is(name, "length");
    if (is_known || map_get(own, name) != NULL ||
        (type != SCRIPT_UNKNOWN && !slice_is(name, "length"))) {
        return;
    }
    struct arena *arena = checked->check->arena;
    const char *instead = script_foreign_method(name);
    bool is_library = is_of_library(checked, method->first, 0);
    if (instead != NULL && (!is_library || slice_is(name, "length"))) {
        report(checked, method,
               arena_printf(arena, "values have no method `%.*s()`: write %s", SLICE_ARG(name),
                            instead));
        return;
    }
    struct suggestion s = suggestion_new(name);
    script_words_offer(script_value_members, &s);
    bool is_case_alone = slice_equal_ignoring_case(s.best, name);
    if (s.best.length > 0 && (!is_library || is_case_alone)) {
        struct diagnostic *d =
            report(checked, method,
                   arena_printf(arena, "values have no method `%.*s()`", SLICE_ARG(name)));
        diag_suggest(checked->check->diagnostics, d, s.best);
    }
}

static void check_value(const struct checked_script *checked, const struct map *own,
                        const struct javascript_node *node, bool is_called)
{
    const struct javascript_node *object = node->first;
    struct arena *arena = checked->check->arena;
    bool is_nothing = (object->kind == JAVASCRIPT_WORD && slice_is(object->text, "null")) ||
                      (object->kind == JAVASCRIPT_NAME && slice_is(object->text, "undefined"));
    if (is_nothing && !node->is_optional) {
        report(checked, node,
               arena_printf(arena, "`%.*s` has no members", SLICE_ARG(object->text)));
    } else if (is_called) {
        check_call(checked, own, node);
    } else if (is_nearly_length(node->text) && map_get(own, node->text) == NULL) {
        struct diagnostic *d = report(
            checked, node, arena_printf(arena, "values have no `%.*s`", SLICE_ARG(node->text)));
        diag_suggest(checked->check->diagnostics, d, SLICE("length"));
    } else {
        enum script_type type = script_type_of(checked, object);
        bool is_single = type == SCRIPT_TEXT || type == SCRIPT_NUMBER || type == SCRIPT_LIST ||
                         type == SCRIPT_BOOLEAN;
        if (is_single && !has_member(type, own, node->text)) {
            report_type(checked, node, type, false);
        }
    }
}

/* A member of a global has been looked at already. */
static bool is_of_global(const struct checked_script *checked, const struct javascript_node *object)
{
    const struct javascript_use *use = script_use(checked, object);
    return use != NULL && use->declaration == NULL && !slice_is(object->text, "context") &&
           script_global_find(object->text) != NULL && !slice_is(object->text, "undefined");
}

static void walk_members(const struct checked_script *checked, const struct map *own,
                         const struct javascript_node *node)
{
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        bool is_called = child == node->first && node->kind == JAVASCRIPT_CALL;
        bool is_member = child->kind == JAVASCRIPT_MEMBER && !is_of_global(checked, child->first);
        if (is_member) {
            check_value(checked, own, child, is_called);
        }
        walk_members(checked, own, child);
    }
}

/* `var {name} = context.entities` */
static void check_pattern(const struct checked_script *checked, const struct javascript_node *node)
{
    struct script_path path;
    const struct javascript_node *pattern = node->first;
    if (pattern->kind != JAVASCRIPT_OBJECT || pattern->next == NULL ||
        !script_context_path(checked, pattern->next, &path) || path.count == 0 ||
        path.count + 1 >= sizeof path.names / sizeof path.names[0]) {
        return;
    }
    const struct service *service = template_service(checked->check->template, path.names[0]);
    path.own = path.count++;
    for (const struct javascript_node *p = pattern->first; p != NULL; p = p->next) {
        if (p->kind != JAVASCRIPT_PROPERTY || p->is_computed) {
            continue;
        }
        struct javascript_node member = *p;
        member.kind = JAVASCRIPT_MEMBER;
        member.name_start = p->name_start;
        path.names[path.count - 1] = p->text;
        path.nodes[path.count - 1] = &member;
        if (path.count == 2 && slice_is(path.names[0], "entities")) {
            if (template_entity(checked->check->template, p->text) == NULL) {
                report_unknown_entity(checked, &path);
            }
        } else if (service != NULL) {
            check_service(checked, service, &path, path.count);
        }
    }
}

static void walk_patterns(const struct checked_script *checked, const struct javascript_node *node)
{
    if (node->kind == JAVASCRIPT_DECLARATOR) {
        check_pattern(checked, node);
    }
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        walk_patterns(checked, child);
    }
}

void check_script_members(const struct checked_script *checked)
{
    const struct javascript_names *names = &checked->script.names;
    for (size_t i = 0; i < names->count; i++) {
        const struct javascript_use *use = &names->uses[i];
        struct slice name = use->name->text;
        bool is_free = use->declaration == NULL;
        if (is_free && (slice_is(name, "env") || slice_is(name, "content"))) {
            check_variable(checked, use);
        } else if (is_free && !slice_is(name, "context")) {
            check_global(checked, use);
            check_brackets(checked, use);
        } else {
            check_context_use(checked, use);
        }
    }
    walk_patterns(checked, checked->script.root);
    struct map own = map_new(checked->check->arena);
    note_members(&own, checked->script.root);
    walk_members(checked, &own, checked->script.root);
}
