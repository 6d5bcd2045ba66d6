/* Reading files of conversations, and checking what they name. */
#include "base/date.h"
#include "trial/conversation/conversation.h"
#include "document/schema/regex.h"
#include "document/yaml/reader.h"
#include "language/check/check.h"
#include "base/suggestion.h"

bool conversation_load(struct arena *arena, const struct schema *schema, const char *path,
                       struct slice bytes, struct diagnostics *diagnostics,
                       struct conversation_file *file)
{
    *file = (struct conversation_file){.path = path};
    file->root = yaml_read(arena, path, bytes, diagnostics, &file->source);
    if (file->root == NULL) {
        return false;
    }
    bool valid = schema_validate(diagnostics, schema, file->root);
    check_secrets(file->root, valid, file->source, diagnostics);
    if (!valid) {
        return false;
    }
    file->dialog = node_get(file->root, "conversation")->text;
    file->cases = node_get(file->root, "cases");
    return true;
}

const struct node *conversation_setting(const struct conversation_file *file, size_t index,
                                        const char *key)
{
    const struct node *own = node_get(file->cases->items[index], key);
    return own != NULL ? own : node_get(file->root, key);
}

/* ---- names ---- */

struct check {
    struct arena *arena;
    const struct conversation_world *world;
    struct diagnostics *diagnostics;
};

struct search {
    struct slice name;
    bool found;
    struct suggestion near;
    bool (*fits)(const struct program_node *node);
};

static bool is_service(const struct program_node *node)
{
    return node->kind == DIALOG_SERVICE;
}

static bool is_entity(const struct program_node *node)
{
    return node->kind == DIALOG_ENTITY;
}

static bool is_any(const struct program_node *node)
{
    return node->name.length > 0;
}

static void find_name(void *context, const struct program_node *node)
{
    struct search *search = context;
    search->found = search->found || (search->fits(node) && slice_equal(node->name, search->name));
}

static void find_near(void *context, const struct program_node *node)
{
    struct search *search = context;
    if (search->fits(node)) {
        suggestion_offer(&search->near, node->name);
    }
}

/* Reports a name that none of the dialogs has: what is called counts as well. */
static void check_name(struct check *c, const struct node *place, const char *what,
                       bool (*fits)(const struct program_node *node))
{
    const struct program *program = c->world->program;
    struct search search = {place->text, false, suggestion_new(place->text), fits};
    for (size_t i = 0; i < program->count && !search.found; i++) {
        program_visit(&program->dialogs[i], find_name, &search);
    }
    if (search.found) {
        return;
    }
    for (size_t i = 0; i < program->count; i++) { /* takes longer: only for a name that is wrong */
        program_visit(&program->dialogs[i], find_near, &search);
    }
    struct diagnostic *finding =
        diag_report(c->diagnostics, E1202, place->source, place->range,
                    "the dialog has no %s `%.*s`", what, SLICE_ARG(place->text));
    if (search.near.best.length > 0) {
        diag_suggest(c->diagnostics, finding, search.near.best);
    }
}

/* ---- patterns ---- */

static void check_patterns(struct check *c, const struct node *expected)
{
    const struct node *pattern = node_get(expected, "matches");
    struct slice message;
    size_t offset;
    if (node_is(pattern, NODE_STRING) && expected->count == 1 &&
        regex_compile(c->arena, pattern->text, &message, &offset) == NULL) {
        diag_report(c->diagnostics, E1204, pattern->source, pattern->range,
                    "not a valid regular expression: %.*s", SLICE_ARG(message));
    }
    for (size_t i = 0; node_is(expected, NODE_MAPPING) && i < expected->count; i++) {
        check_patterns(c, expected->members[i].value);
    }
    for (size_t i = 0; i < node_length(expected); i++) {
        check_patterns(c, expected->items[i]);
    }
}

static void check_set(struct check *c, const struct node *set)
{
    for (size_t i = 0; node_is(set, NODE_MAPPING) && i < set->count; i++) {
        check_name(c, set->members[i].key, "entity", is_entity);
    }
}

static void check_turn(struct check *c, const struct node *turn)
{
    check_set(c, node_get(turn, "set"));
    const struct node *answers = node_get(turn, "answers");
    for (size_t i = 0; node_is(answers, NODE_MAPPING) && i < answers->count; i++) {
        check_name(c, answers->members[i].key, "service", is_service);
    }
    const struct node *requests = node_get(turn, "requests");
    for (size_t i = 0; i < node_length(requests); i++) {
        const struct node *service = node_get(requests->items[i], "service");
        if (service != NULL) {
            check_name(c, service, "service", is_service);
        }
    }
    check_patterns(c, turn);
}

static void check_now(struct check *c, const struct node *now)
{
    long long time;
    bool has_time;
    if (now != NULL && !date_read(now->text, &time, &has_time)) {
        diag_report(c->diagnostics, E1204, now->source, now->range,
                    "not a date and time such as 2026-01-15T09:00:00Z");
    }
}

/* The records of the file and of the case, put into an organisation of their own. */
static void check_records(struct check *c, const struct node *of_file, const struct node *of_case)
{
    struct organisation_options options = {.url = SLICE("https://" CONVERSATION_HOST)};
    struct organisation *organisation = organisation_new(c->arena, c->world->catalog, &options);
    struct diagnostics ignored = diagnostics_new(c->arena);
    organisation_seed(organisation, of_file, of_case != NULL ? &ignored : c->diagnostics);
    if (of_case != NULL) {
        organisation_seed(organisation, of_case, c->diagnostics);
    }
}

void conversation_check(struct arena *arena, const struct conversation_file *file,
                        const struct conversation_world *world, struct diagnostics *diagnostics)
{
    struct check check = {arena, world, diagnostics};
    check_now(&check, node_get(file->root, "now"));
    check_set(&check, node_get(file->root, "set"));
    check_records(&check, node_get(file->root, "org"), NULL);
    for (size_t i = 0; i < file->cases->count; i++) {
        const struct node *one = file->cases->items[i];
        const struct node *turns = node_get(one, "turns");
        const struct node *ends = node_get(one, "ends");
        const struct node *end_node = node_is(ends, NODE_MAPPING) ? node_get(ends, "node") : ends;
        check_now(&check, node_get(one, "now"));
        check_set(&check, node_get(one, "set"));
        if (node_get(one, "org") != NULL) {
            check_records(&check, node_get(file->root, "org"), node_get(one, "org"));
        }
        for (size_t j = 0; j < turns->count; j++) {
            check_turn(&check, turns->items[j]);
        }
        check_patterns(&check, node_get(one, "records"));
        if (end_node != NULL) {
            check_name(&check, end_node, "node", is_any);
        }
        if (node_get(one, "asks") != NULL) {
            check_name(&check, node_get(one, "asks"), "node", is_any);
        }
    }
}
