/* Buttons and quick replies that people cannot tell apart. */
#include "language/check/families.h"

/* The titles of one row of buttons, as far as it has been read. */
struct titles {
    struct check *check;
    const struct node **nodes;
    size_t count;
};

static void add_title(struct titles *titles, const struct texts *title)
{
    struct diagnostics *diagnostics = titles->check->diagnostics;
    const struct node *node = title->node;
    size_t i = 0;
    while (i < titles->count && node != NULL && !node_equal(titles->nodes[i], node)) {
        i++;
    }
    if (i < titles->count && node != NULL) {
        struct diagnostic *d = diag_report(diagnostics, W0515, node->source, node->range,
                                           "two of these buttons have the same title");
        diag_note(diagnostics, d, titles->nodes[i]->source, titles->nodes[i]->range,
                  "the other one");
        diag_note(diagnostics, d, NULL, node->range, "give each its own title, or remove one");
    } else if (node != NULL) {
        titles->nodes = arena_append(titles->check->arena, (void *)titles->nodes, titles->count,
                                     sizeof *titles->nodes);
        titles->nodes[titles->count++] = node;
    }
}

static void check_buttons(struct check *check, const struct button *buttons, size_t count)
{
    struct titles titles = {.check = check};
    for (size_t i = 0; i < count; i++) {
        add_title(&titles, &buttons[i].title);
    }
}

static void check_replies(struct check *check, const struct quick_reply *replies, size_t count)
{
    struct titles titles = {.check = check};
    for (size_t i = 0; i < count; i++) {
        add_title(&titles, &replies[i].title);
    }
}

void check_alike_buttons(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->message_count && template->imported == NULL; i++) {
        const struct message *message = &template->messages[i];
        switch (message->kind) {
        case MESSAGE_BUTTONS:
            check_buttons(check, message->buttons.items, message->buttons.count);
            break;
        case MESSAGE_QUICK_REPLIES:
            check_replies(check, message->quick_replies.items, message->quick_replies.count);
            break;
        case MESSAGE_LIST:
        case MESSAGE_CAROUSEL:
            for (size_t j = 0; j < message->elements.count; j++) {
                const struct element *element = &message->elements.items[j];
                check_buttons(check, element->buttons, element->button_count);
            }
            break;
        case MESSAGE_TEXT:
        case MESSAGE_TABLE:
        case MESSAGE_SCRIPT:
        case MESSAGE_DATA:
        case MESSAGE_CHOICE: /* its alternatives are messages of the template, too */
            break;
        }
    }
}
