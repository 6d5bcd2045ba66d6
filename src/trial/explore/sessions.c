/* The values that conditions compare the session with. */
#include "trial/explore/sessions.h"

#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "trial/explore/solve.h"
#include "trial/simulator/transition.h"

/* Contents that are tried: a bot may have hundreds of conditions. */
#define SESSION_LIMIT 24

struct wanting {
    struct arena *arena;
    struct node *sessions;
    struct node *all; /* the first value of each variable */
    struct map known; /* contents, as JSON */
};

/* The name in `context.session.BotUserSession.NAME`; empty: it is another path. */
static struct slice name_of(struct arena *arena, const struct node *test)
{
    static const char prefix[] = "context.session.BotUserSession.";
    struct slice path = transition_variable(arena, node_text(test, "context"));
    struct slice name = slice_starts_with(path, prefix)
                            ? slice_part(path, sizeof prefix - 1, path.length)
                            : SLICE("");
    return slice_find(name, ".", 0) < name.length || slice_find(name, "[", 0) < name.length
               ? SLICE("")
               : name;
}

/* A value for which the test holds; NULL: none, or it holds without one. */
static const struct node *value_for(struct arena *arena, const struct node *test)
{
    struct slice op = node_text(test, "op"), text = node_text(test, "value");
    bool is_order = slice_starts_with(op, "gt") || slice_starts_with(op, "lt");
    struct comparison comparison = {.kind = is_order ? COMPARES_ORDER : COMPARES_EQUAL,
                                    .value = text};
    const struct node *texts = solve_texts(arena, &comparison);
    if (slice_is(op, "dne") || slice_is(op, "neq")) {
        return NULL;
    }
    if (slice_is(op, "gt") || slice_is(op, "lt")) { /* behind the value: one more, one less */
        size_t index = slice_is(op, "gt") ? 1 : 2;
        text = node_length(texts) > index ? texts->items[index]->text : SLICE("");
    }
    if (op.length == 0 || slice_is(op, "exists")) {
        text = SLICE("true");
    }
    const struct node *value = json_read_quietly(arena, text);
    bool is_plain = node_is_number(value) || node_is(value, NODE_BOOLEAN);
    return is_plain ? value : text.length > 0 ? node_new_text(arena, text) : NULL;
}

/* Sets what a test asks for, and those within it. */
static void set_wanted(struct arena *arena, const struct node *test, struct node *session)
{
    const struct node *tests = node_get(test, "tests");
    for (size_t i = 0; i < node_length(tests); i++) {
        set_wanted(arena, tests->items[i], session);
    }
    struct slice name = name_of(arena, test);
    const struct node *value = name.length > 0 ? value_for(arena, test) : NULL;
    if (value != NULL && node_member(session, name) == NULL) {
        node_set(arena, session, name, value);
    }
}

static void add(struct wanting *wanting, const struct node *session)
{
    struct builder json = builder_new(wanting->arena);
    struct json_writer writer = json_writer_new(&json, true);
    json_node(&writer, session);
    if (session->count > 0 && node_length(wanting->sessions) < SESSION_LIMIT &&
        map_add(&wanting->known, builder_slice(&json), wanting) == NULL) {
        node_append(wanting->arena, wanting->sessions, session);
    }
}

static void look_at(void *context, const struct program_node *node)
{
    struct wanting *wanting = context;
    for (size_t i = 0; i < node->transition_count; i++) {
        struct node *session = node_new_mapping(wanting->arena);
        set_wanted(wanting->arena, node->transitions[i].test, session);
        set_wanted(wanting->arena, node->transitions[i].test, wanting->all);
        add(wanting, session);
    }
}

struct node *sessions_wanted(struct arena *arena, const struct program *program,
                             const struct program_dialog *dialog)
{
    struct wanting wanting = {arena, node_new_sequence(arena), node_new_mapping(arena),
                              map_new(arena)};
    struct program_calls calls = program_calls(arena, program, dialog);
    for (size_t i = 0; i < calls.count; i++) {
        program_visit(calls.dialogs[i], look_at, &wanting);
    }
    add(&wanting, wanting.all);
    return wanting.sessions;
}
