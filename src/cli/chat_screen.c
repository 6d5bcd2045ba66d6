/* Messages, buttons, lists and tables as lines of text. */
#include "cli/chat_screen.h"

#include <stdio.h>

#include "base/character.h"
#include "base/percent.h"
#include "base/printable.h"
#include "cli/cli.h"
#include "document/json/writer.h"
#include "trial/simulator/answer.h"

void screen_put(struct screen *screen, struct slice text)
{
    struct slice shown = cli_printable(screen->arena, text);
    fwrite(shown.data, 1, shown.length, stdout);
}

/* `before`, the text and a line feed; further lines of the text are indented. */
void screen_put_line(struct screen *screen, const char *before, struct slice text)
{
    fputs(before, stdout);
    struct slice line;
    bool further = false;
    for (size_t at = 0; slice_next_part(text, '\n', &at, &line);) {
        fputs(further ? "     " : "", stdout);
        screen_put(screen, line);
        putchar('\n');
        further = true;
    }
}

/* A title, an address or a cell, which takes no further lines. */
static struct slice one_line(struct screen *screen, struct slice text)
{
    struct builder out = builder_new(screen->arena);
    struct slice line;
    for (size_t at = 0; slice_next_part(text, '\n', &at, &line);) {
        builder_add_text(&out, out.length > 0 ? " " : "");
        printable_add(&out, line, PRINTABLE_TEXT);
    }
    return builder_slice(&out);
}

/* A button with a number, or with the address that it opens. */
static void show_button(struct screen *screen, const char *indent, const struct node *button)
{
    struct slice url = node_text(button, "url");
    struct slice title = node_text(button, "title");
    if (url.length > 0) {
        printf("%s  > ", indent);
        screen_put(screen, one_line(screen, title));
        fputs(": ", stdout);
        screen_put(screen, one_line(screen, url));
        putchar('\n');
        return;
    }
    struct slice payload = node_text(button, "payload");
    if (screen->choices.count < CHOICE_LIMIT) {
        screen->choices.said[screen->choices.count++] = payload.length > 0 ? payload : title;
        printf("%s  %zu) ", indent, screen->choices.count);
    } else {
        printf("%s  -  ", indent);
    }
    screen_put(screen, one_line(screen, title));
    putchar('\n');
}

static void show_buttons(struct screen *screen, const char *indent, const struct node *buttons)
{
    for (size_t i = 0; i < node_length(buttons); i++) {
        show_button(screen, indent, buttons->items[i]);
    }
}

static void show_elements(struct screen *screen, const struct node *elements)
{
    for (size_t i = 0; i < node_length(elements); i++) {
        const struct node *element = elements->items[i];
        struct slice subtitle = node_text(element, "subtitle");
        struct slice url = node_text(element, "url");
        screen_put_line(screen, "     * ", node_text(element, "title"));
        if (subtitle.length > 0) {
            screen_put_line(screen, "       ", subtitle);
        }
        if (url.length > 0) {
            screen_put_line(screen, "       ", url);
        }
        show_buttons(screen, "     ", node_get(element, "buttons"));
    }
}

static struct slice cell_text(struct screen *screen, const struct node *cell)
{
    if (node_is(cell, NODE_STRING)) {
        return one_line(screen, cell->text);
    }
    struct builder out = builder_new(screen->arena);
    struct json_writer json = json_writer_new(&out, true);
    json_node(&json, cell);
    return builder_slice(&out);
}

static void show_row(struct screen *screen, const struct node *row, const size_t *widths,
                     size_t count)
{
    fputs("     ", stdout);
    for (size_t i = 0; i < node_length(row) && i < count; i++) {
        struct slice text = cell_text(screen, row->items[i]);
        screen_put(screen, text);
        size_t width = character_cells(text);
        for (size_t j = width; j < widths[i] + 2 && i + 1 < count; j++) {
            putchar(' ');
        }
    }
    putchar('\n');
}

static void show_table(struct screen *screen, const struct node *table)
{
    const struct node *columns = node_get(table, "columns");
    const struct node *rows = node_get(table, "rows");
    size_t count = node_length(columns);
    size_t *widths = arena_alloc_array(screen->arena, count, sizeof *widths);
    for (size_t i = 0; i <= node_length(rows); i++) {
        const struct node *row = i == 0 ? columns : rows->items[i - 1];
        for (size_t j = 0; j < node_length(row) && j < count; j++) {
            size_t width = character_cells(cell_text(screen, row->items[j]));
            widths[j] = width > widths[j] ? width : widths[j];
        }
    }
    show_row(screen, columns, widths, count);
    for (size_t i = 0; i < node_length(rows); i++) {
        show_row(screen, rows->items[i], widths, count);
    }
}

static void show_message(struct screen *screen, const struct node *message)
{
    if (node_is(message, NODE_STRING)) {
        screen_put_line(screen, "bot> ", message->text);
        return;
    }
    screen_put_line(screen, "bot> ", node_text(message, "text"));
    show_buttons(screen, "   ", node_get(message, "buttons"));
    show_buttons(screen, "   ", node_get(message, "quickReplies"));
    show_elements(screen, node_get(message, "list"));
    show_elements(screen, node_get(message, "carousel"));
    if (node_get(message, "table") != NULL) {
        show_table(screen, node_get(message, "table"));
    }
    if (node_get(message, "payload") != NULL) {
        screen_put_line(screen, "     ", cell_text(screen, node_get(message, "payload")));
    }
}

/* Requests are in a line each. */
static void show_events(struct screen *screen, const struct simulator *s)
{
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        switch (event->kind) {
        case EVENT_MESSAGE:
            show_message(screen, event->message);
            break;
        case EVENT_REQUEST:
            screen_put_line(screen, "  -> ",
                            arena_printf(screen->arena, "%.*s %.*s: %ld%s",
                                         SLICE_ARG(event->request.method),
                                         SLICE_ARG(event->request.path), event->response.status,
                                         event->from_sample ? " (the sample)" : ""));
            break;
        case EVENT_SIGN_IN:
            screen_put_line(
                screen, "  -> ",
                arena_printf(screen->arena, "the user signs in to %.*s", SLICE_ARG(event->text)));
            break;
        case EVENT_PROBLEM:
            screen_put_line(screen, "  !! ", event->text);
            break;
        case EVENT_TRANSFER:
            screen_put_line(screen, "  -- ", SLICE("the user is transferred to a person"));
            break;
        case EVENT_END:
            screen_put_line(
                screen, "  -- ",
                event->text.length > 0
                    ? arena_printf(screen->arena, "the dialog ends: %.*s", SLICE_ARG(event->text))
                    : SLICE("the dialog ends"));
            break;
        case EVENT_NODE:
        case EVENT_TRANSITION:
            break;
        }
    }
}

/* ---- choices ---- */

/* True when the question that waited before the turn has not taken the answer. */
static bool is_asked_again(const struct screen *screen, const struct simulator *s)
{
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        if (s->events[i].kind == EVENT_TRANSITION) {
            return false;
        }
    }
    return s->waiting != NULL && s->waiting == screen->waiting;
}

/* The choices of a question that shows none. */
static void list_choices(struct screen *screen, const struct simulator *s)
{
    struct answer_context context = {screen->arena, s->engine, s->locale, s->now};
    const struct node *choices =
        s->waiting->kind == DIALOG_ENTITY && answer_reading(s->waiting) == READ_CHOICE
            ? answer_choices(&context, s->waiting)
            : NULL;
    if (node_length(choices) > 0) {
        puts("  -- the bot shows no choices; it takes these:");
    }
    for (size_t i = 0; i < node_length(choices) && i < CHOICE_LIMIT; i++) {
        struct slice title =
            percent_decode_text(screen->arena, node_text(choices->items[i], "title"));
        screen->choices.said[screen->choices.count++] = title;
        printf("     %zu) ", screen->choices.count);
        screen_put(screen, one_line(screen, title));
        putchar('\n');
    }
}

void screen_show_turn(struct screen *screen, const struct simulator *s)
{
    struct choices before = screen->choices;
    bool asked_again = is_asked_again(screen, s);
    screen->choices.count = 0;
    show_events(screen, s);
    if (asked_again && screen->choices.count == 0) {
        screen->choices = before;
        if (before.count == 0) {
            list_choices(screen, s);
        }
    }
    screen->waiting = s->waiting;
}

void screen_clear(struct screen *screen)
{
    screen->choices.count = 0;
    screen->waiting = NULL;
}

struct slice screen_resolve(const struct screen *screen, struct slice line)
{
    size_t number = 0;
    for (size_t i = 0; i < line.length; i++) {
        if (line.data[i] < '0' || line.data[i] > '9' || i > 2) {
            return line;
        }
        number = number * 10 + (size_t)(line.data[i] - '0');
    }
    return number > 0 && number <= screen->choices.count ? screen->choices.said[number - 1] : line;
}
