/* What a user can say in a turn of a conversation: what the bot has offered, and what it knows. */
#include "editor/completion/offers.h"

static void add(struct offers *offers, struct slice text, const char *detail, enum offer_rank rank)
{
    offers_add_value(
        offers, (struct offer){
                    .kind = OFFER_VALUE, .rank = rank, .label = text, .detail = slice_of(detail)});
}

/* The number of the turn whose `user` is typed, and the list of turns; false elsewhere. */
static bool find_turn(const struct cursor *cursor, const struct node **turns, size_t *number)
{
    if (cursor->count < 3 || !cursor->is_value || node_get(cursor->root, "conversation") == NULL) {
        return false;
    }
    const struct cursor_step *turn = &cursor->steps[cursor->count - 1];
    const struct cursor_step *list = &cursor->steps[cursor->count - 2];
    const struct cursor_step *one = &cursor->steps[cursor->count - 3];
    *turns = list->node;
    *number = 0;
    while (*number < node_length(list->node) && list->node->items[*number] != turn->node) {
        (*number)++;
    }
    return one->member != NULL && slice_is(one->member->key->text, "turns") &&
           turn->member != NULL && slice_is(turn->member->key->text, "user");
}

/* ---- what the turn before has offered ---- */

/* What a button says for the user: its payload, else its title. */
static void add_buttons(struct offers *offers, const struct node *buttons)
{
    for (size_t i = 0; i < node_length(buttons); i++) {
        struct slice title = node_text(buttons->items[i], "title");
        struct slice payload = node_text(buttons->items[i], "payload");
        if (title.length + payload.length > 0) {
            add(offers, payload.length > 0 ? payload : title, "offered by the bot", OFFER_REQUIRED);
        }
    }
}

/* Buttons of a message, of its items and of its cards. */
static void add_offered(struct offers *offers, const struct node *message)
{
    for (size_t i = 0; node_is(message, NODE_MAPPING) && i < message->count; i++) {
        const struct member *member = &message->members[i];
        if (slice_is(member->key->text, "buttons") || slice_is(member->key->text, "quickReplies")) {
            add_buttons(offers, member->value);
        } else {
            add_offered(offers, member->value);
        }
    }
    for (size_t i = 0; i < node_length(message); i++) {
        add_offered(offers, message->items[i]);
    }
}

/* ---- what the dialog knows ---- */

/* Utterances; those with marks for entities are no text that a user says. */
static void add_utterances(struct offers *offers, const struct node *node)
{
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        add_utterances(offers, node->members[i].value);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        add_utterances(offers, node->items[i]);
    }
    if (node_is(node, NODE_STRING) && slice_find(node->text, "[", 0) == SIZE_MAX) {
        add(offers, node->text, "utterance", OFFER_REQUIRED);
    }
}

static void add_picklist(struct offers *offers, struct slice path, const char *detail)
{
    size_t dot = slice_find(path, ".", 0);
    const struct sobject *object = dot != SIZE_MAX && offers->compiler != NULL
                                       ? sobject_find(offers->compiler->project->catalog,
                                                      slice_part(path, 0, dot), offers->arena)
                                       : NULL;
    const struct sobject_field *field =
        object != NULL ? sobject_field(object, slice_part(path, dot + 1, path.length)) : NULL;
    for (size_t i = 0; field != NULL && i < field->value_count; i++) {
        add(offers, field->values[i].label, detail, OFFER_USUAL);
    }
}

static void add_choices(struct offers *offers, const struct member *entity)
{
    const struct node *choices = node_get(entity->value, "choices");
    const char *detail =
        arena_printf(offers->arena, "choice of %.*s", SLICE_ARG(entity->key->text)).data;
    add_picklist(offers, node_text(choices, "from"), detail);
    for (size_t i = 0; i < node_length(choices); i++) {
        const struct node *choice = choices->items[i];
        struct slice title =
            node_is(choice, NODE_STRING) ? choice->text : node_text(choice, "title");
        if (title.length > 0) {
            add(offers, title, detail, OFFER_USUAL);
        }
    }
}

void offer_turns(struct offers *offers)
{
    const struct node *turns;
    size_t number;
    if (!find_turn(offers->cursor, &turns, &number)) {
        return;
    }
    if (number == 0) {
        add_utterances(offers, node_get(node_get(offers->dialog, "intent"), "utterances"));
        return;
    }
    const struct node *entities = node_get(offers->dialog, "entities");
    add_offered(offers, node_get(turns->items[number - 1], "bot"));
    for (size_t i = 0; node_is(entities, NODE_MAPPING) && i < entities->count; i++) {
        add_choices(offers, &entities->members[i]);
    }
}
