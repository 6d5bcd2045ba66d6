/* Loading messages and their templates. */
#include "language/model/load.h"
#include "language/model/locales.h"

static const struct button *load_buttons(struct loader *loader, const struct node *list,
                                         size_t *count, struct references *references)
{
    if (list == NULL) {
        return NULL;
    }
    struct button *buttons = arena_alloc_array(loader->arena, list->count, sizeof *buttons);
    *count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        struct button *button = &buttons[i];
        button->node = item;
        button->title = texts_parse(&loader->texts, node_get(item, "title"), USE_TEXT, references);
        button->url = load_text(loader, item, "url", USE_LINK, references);
        button->postback = load_text(loader, item, "postback", USE_TEXT, references);
    }
    return buttons;
}

static void load_quick_replies(struct loader *loader, struct message *message,
                               const struct node *list)
{
    struct quick_reply *replies = arena_alloc_array(loader->arena, list->count, sizeof *replies);
    message->quick_replies.items = replies;
    message->quick_replies.count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        const struct node *title = item->kind == NODE_STRING ? item : node_get(item, "title");
        replies[i].title = texts_parse(&loader->texts, title, USE_TEXT, &message->references);
        replies[i].payload = load_text(loader, item, "payload", USE_TEXT, &message->references);
    }
}

static void load_element(struct loader *loader, struct element *element, const struct node *node,
                         struct references *references)
{
    struct text_reader *texts = &loader->texts;
    element->title = texts_parse(texts, node_get(node, "title"), USE_TEXT, references);
    element->subtitle = texts_parse(texts, node_get(node, "subtitle"), USE_TEXT, references);
    element->image = load_text(loader, node, "image", USE_LINK, references);
    element->url = load_text(loader, node, "url", USE_LINK, references);
    element->buttons =
        load_buttons(loader, node_get(node, "buttons"), &element->button_count, references);
}

static struct shown_records load_records(struct loader *loader, struct message *message,
                                         const struct node *node)
{
    return (struct shown_records){
        .each = load_text(loader, node, "each", USE_LIST, &message->references),
        .limit = node_integer(node_get(node, "limit"), 10),
    };
}

static void load_elements(struct loader *loader, struct message *message, const struct node *node)
{
    const struct node *items = node_get(node, "items");
    size_t count = items != NULL ? items->count : 1;
    struct element *elements = arena_alloc_array(loader->arena, count, sizeof *elements);
    message->elements.records = load_records(loader, message, node);
    message->elements.items = elements;
    message->elements.count = count;
    for (size_t i = 0; i < count; i++) {
        const struct node *item = items != NULL ? items->items[i] : node_get(node, "item");
        load_element(loader, &elements[i], item, &message->references);
    }
}

static void load_table(struct loader *loader, struct message *message, const struct node *node)
{
    const struct node *list = node_get(node, "columns");
    struct column *columns = arena_alloc_array(loader->arena, list->count, sizeof *columns);
    message->table.records = load_records(loader, message, node);
    message->table.columns = columns;
    message->table.count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        columns[i].title =
            texts_parse(&loader->texts, node_get(item, "title"), USE_TEXT, &message->references);
        columns[i].value = load_text(loader, item, "value", USE_TEXT, &message->references);
    }
}

/* The template keys of a message; a second one beside the first is an error. */
static const struct {
    const char *key;
    enum message_kind kind;
} kinds[] = {
    {"script", MESSAGE_SCRIPT},   {"data", MESSAGE_DATA},
    {"buttons", MESSAGE_BUTTONS}, {"quickReplies", MESSAGE_QUICK_REPLIES},
    {"list", MESSAGE_LIST},       {"carousel", MESSAGE_CAROUSEL},
    {"table", MESSAGE_TABLE},     {"choose", MESSAGE_CHOICE},
};

static const struct node *find_kind(struct loader *loader, struct message *message,
                                    const struct node *node)
{
    const struct node *found = NULL;
    size_t first = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct member *member = node_member(node, slice_of(kinds[i].key));
        if (member == NULL) {
            continue;
        }
        if (found != NULL) {
            diag_report(
                loader->diagnostics, E0507, node->source, member->key->range,
                "the message `%.*s` has both `%s` and `%s`, but only one of them is allowed",
                SLICE_ARG(message->name), kinds[first].key, kinds[i].key);
            continue;
        }
        found = member->value;
        first = i;
        message->kind = kinds[i].kind;
    }
    return found;
}

static void load_message(struct loader *loader, struct message *message, const struct node *node);

/* An alternative becomes a message behind those that the author has named. */
static const struct message *add_alternative(struct loader *loader, const struct message *whole,
                                             const struct node *node)
{
    struct message *message = loader->alternatives++;
    message->key = whole->key;
    message->name = whole->name;
    message->whole = whole;
    message->index = loader->template->message_count++;
    load_message(loader, message, node);
    return message;
}

static void load_choice(struct loader *loader, struct message *message, const struct node *list)
{
    struct alternative *items = arena_alloc_array(loader->arena, list->count + 1, sizeof *items);
    message->choice.items = items;
    message->choice.count = list->count + 1;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        items[i].condition =
            condition_parse(&loader->texts, node_get(item, "when"), &message->references);
        items[i].message = add_alternative(loader, message, item);
    }
    items[list->count].message = add_alternative(loader, message, node_get(message->node, "else"));
}

static void load_message(struct loader *loader, struct message *message, const struct node *node)
{
    message->node = node;
    if (node->kind == NODE_STRING || locales_is_map(node)) {
        message->text = texts_parse(&loader->texts, node, USE_TEXT, &message->references);
        return;
    }
    const struct node *form = find_kind(loader, message, node);
    message->label = texts_parse_fixed(&loader->texts, node_get(node, "label"));
    message->text =
        texts_parse(&loader->texts, node_get(node, "text"), USE_TEXT, &message->references);
    switch (message->kind) {
    case MESSAGE_SCRIPT:
        message->script.node = form;
        break;
    case MESSAGE_DATA:
        message->data.node = form;
        break;
    case MESSAGE_BUTTONS:
        message->buttons.items =
            load_buttons(loader, form, &message->buttons.count, &message->references);
        break;
    case MESSAGE_QUICK_REPLIES:
        load_quick_replies(loader, message, form);
        break;
    case MESSAGE_LIST:
    case MESSAGE_CAROUSEL:
        load_elements(loader, message, form);
        break;
    case MESSAGE_TABLE:
        load_table(loader, message, form);
        break;
    case MESSAGE_CHOICE:
        if (message->text.node != NULL) {
            diag_report(loader->diagnostics, E0507, node->source, message->text.node->range,
                        "the message `%.*s` has both `choose` and `text`, but only one of them is "
                        "allowed",
                        SLICE_ARG(message->name));
        }
        load_choice(loader, message, form);
        break;
    case MESSAGE_TEXT:
        break;
    }
}

/* The number of messages that are alternatives of others. */
static size_t count_alternatives(const struct node *messages)
{
    size_t count = 0;
    for (size_t i = 0; i < messages->count; i++) {
        const struct node *choose = node_get(messages->members[i].value, "choose");
        count += choose != NULL ? node_length(choose) + 1 : 0;
    }
    return count;
}

void load_messages(struct loader *loader, const struct node *node)
{
    if (node == NULL) {
        return;
    }
    struct template *template = loader->template;
    struct message *messages =
        arena_alloc_array(loader->arena, node->count + count_alternatives(node), sizeof *messages);
    template->messages = messages;
    template->message_count = node->count;
    loader->alternatives = messages + node->count;
    for (size_t i = 0; i < node->count; i++) {
        struct message *message = &messages[i];
        message->key = node->members[i].key;
        message->name = message->key->text;
        message->index = i;
        load_message(loader, message, node->members[i].value);
        map_add(&template->message_names, message->name, message);
    }
}
