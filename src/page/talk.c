#include "page/talk.h"

#include "document/json/reader.h"
#include "document/tree/build.h"
#include "document/yaml/writer.h"
#include "report/cjson.h"
#include "salesforce/sobject.h"
#include "trial/explore/explore.h"

/* One request. */
struct talk {
    struct arena *arena;
    const struct page_dialog *dialog;
    const struct node *said;
    struct conversation_world world;
    struct conversation_file file; /* with one case, whose turns are what was said */
    struct node *turns;
};

/* ---- the request ---- */

/* The dialog under `dialog`, a number; NULL when there is none. */
static const struct page_dialog *dialog_of(const struct page *page, const struct node *request)
{
    const struct node *number = node_get(request, "dialog");
    long long index = node_is(number, NODE_INTEGER) ? node_integer(number, -1) : -1;
    return index >= 0 && (size_t)index < page->count ? &page->dialogs[index] : NULL;
}

static bool is_said(const struct node *said)
{
    bool valid = node_is(said, NODE_SEQUENCE) && said->count <= PAGE_TALK_TURNS;
    for (size_t i = 0; valid && i < said->count; i++) {
        valid =
            node_is(said->items[i], NODE_STRING) && said->items[i]->text.length <= PAGE_TALK_TEXT;
    }
    return valid;
}

/* A file with one case without turns, and an organisation to find something in. */
static void set_file(struct talk *t, struct slice locale)
{
    struct arena *arena = t->arena;
    struct node *root = node_new_mapping(arena);
    struct node *one = node_new_mapping(arena);
    struct node *cases = node_new_sequence(arena);
    const struct node *records = explore_records(arena, &t->world);
    node_set(arena, root, SLICE("dialogc"), node_new_integer(arena, 1));
    node_set_text(arena, root, "conversation", t->dialog->called);
    if (locale.length > 0) {
        node_set_text(arena, root, "locale", locale);
    } else {
        conversation_name_locale(arena, root, &t->world);
    }
    if (records->count > 0) {
        node_set(arena, root, SLICE("org"), records);
    }
    t->turns = node_new_sequence(arena);
    node_set_text(arena, one, "name", SLICE("a conversation"));
    node_set(arena, one, SLICE("turns"), t->turns);
    node_append(arena, cases, one);
    node_set(arena, root, SLICE("cases"), cases);
    t->file = (struct conversation_file){.path = "", .root = root, .cases = cases};
}

/* ---- what follows ---- */

/* Which words an event has in the answer. */
static const char *event_word(enum event_kind kind)
{
    switch (kind) {
    case EVENT_NODE:
        return "enter";
    case EVENT_TRANSITION:
        return "take";
    case EVENT_MESSAGE:
        return "say";
    case EVENT_REQUEST:
        return "request";
    case EVENT_SIGN_IN:
        return "signIn";
    case EVENT_PROBLEM:
        return "problem";
    case EVENT_TRANSFER:
        return "transfer";
    case EVENT_END:
        return "end";
    }
    return "";
}

static void add_event(struct cjson events, const struct event *event)
{
    struct cjson json = cjson_add_object(events, NULL);
    cjson_add_text(json, "kind", slice_of(event_word(event->kind)));
    if (event->dialog != NULL) {
        cjson_add_text(json, "dialog", event->dialog->id);
    }
    if (event->node != NULL) {
        cjson_add_text(json, "node", event->node->id);
    }
    if (event->kind == EVENT_TRANSITION) {
        cjson_add_count(json, "transition", event->transition);
    }
    if (event->message != NULL) {
        cjson_add_node(json, "message", event->message);
    }
    if (event->text.length > 0) {
        cjson_add_text(json, "text", event->text);
    }
}

static void add_turn(struct cjson turns, struct conversation *conversation, const struct node *said)
{
    const struct simulator *simulator = conversation->simulator;
    struct cjson json = cjson_add_object(turns, NULL);
    struct slice reason;
    cjson_add_text(json, "said", said->text);
    struct cjson events = cjson_add_array(json, "events");
    for (size_t i = simulator->turn_start; i < simulator->event_count; i++) {
        add_event(events, &simulator->events[i]);
    }
    cjson_add_node(json, "requests", conversation_requests(conversation));
    const struct node *context =
        simulator_context(conversation->simulator, conversation->arena, &reason);
    if (context != NULL) {
        cjson_add_node(json, "context", context);
    }
}

/* Where the organisation's records go. */
struct record_list {
    struct organisation *organisation;
    struct cjson json;
};

static void add_records(void *context, struct slice object)
{
    struct record_list *list = context;
    const struct node *records = organisation_records(list->organisation, object);
    if (node_length(records) > 0) {
        struct arena *arena = list->json.arena;
        cjson_add_node(list->json, arena_copy(arena, object), records);
    }
}

static void lead(struct builder *out, struct talk *t)
{
    struct conversation *conversation =
        conversation_begin(t->arena, &t->file, 0, &t->world, SLICE(""));
    struct cjson answer = cjson_new_object(t->arena);
    struct cjson turns = cjson_add_array(answer, "turns");
    for (size_t i = 0; i < t->said->count && !conversation->simulator->ended; i++) {
        struct node *turn = conversation_turn(t->arena, t->said->items[i]->text);
        conversation_say(conversation, turn);
        add_turn(turns, conversation, t->said->items[i]);
    }
    struct record_list list = {conversation->organisation, cjson_add_object(answer, "records")};
    sobject_catalog_offer(t->world.catalog, add_records, &list);
    cjson_add_boolean(answer, "ended", conversation->simulator->ended);
    cjson_print(out, answer, CJSON_COMPACT);
}

static void save(struct builder *out, struct talk *t)
{
    for (size_t i = 0; i < t->said->count; i++) {
        node_append(t->arena, t->turns, conversation_turn(t->arena, t->said->items[i]->text));
    }
    struct conversation_result result = conversation_run(t->arena, &t->file, 0, &t->world);
    struct node *root = node_copy(t->arena, t->file.root);
    struct node *cases = node_new_sequence(t->arena);
    struct builder text = builder_new(t->arena);
    struct cjson answer = cjson_new_object(t->arena);
    node_append(t->arena, cases, result.recorded);
    node_set(t->arena, root, SLICE("cases"), cases);
    yaml_write_members(&text, root, 0, NULL);
    cjson_add_text(answer, "test", builder_slice(&text));
    cjson_print(out, answer, CJSON_COMPACT);
}

bool page_talk(struct builder *out, const struct page *page, struct slice body)
{
    const struct node *request = json_read_quietly(out->arena, body);
    struct talk t = {.arena = out->arena, .dialog = dialog_of(page, request)};
    const struct node *saves = node_get(request, "save");
    t.said = node_get(request, "said");
    if (t.dialog == NULL || !is_said(t.said)) {
        return false;
    }
    t.world = t.dialog->world;
    t.world.machine = page->machine;
    set_file(&t, node_text(request, "locale"));
    if (node_is(saves, NODE_BOOLEAN) && saves->boolean) {
        save(out, &t);
    } else {
        lead(out, &t);
    }
    return true;
}
