/* dialogc chat: a conversation in the terminal, or through a pipe. */
#define _POSIX_C_SOURCE 200809L

#include <editline/readline.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/character.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "cli/stage.h"
#include "trial/explore/explore.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "document/yaml/writer.h"

#define CHOICE_LIMIT 100

/* What a number stands for: the buttons, replies and list entries that were shown last. */
struct choices {
    struct slice said[CHOICE_LIMIT];
    size_t count;
};

struct chat {
    struct arena *arena;
    const struct options *options;
    struct stage stage;
    struct conversation_world world;
    struct conversation_file file; /* one case, whose turns are what has been said */
    struct node *turns;
    struct conversation *conversation;
    struct choices choices;
    bool interactive;
    bool failed; /* what was to be read or saved could not be */
    bool color;
};

/* ---- showing ---- */

static void put(struct chat *chat, struct slice text)
{
    struct slice shown = cli_printable(chat->arena, text);
    fwrite(shown.data, 1, shown.length, stdout);
}

/* `before`, the text and a line feed; further lines of the text are indented. */
static void put_line(struct chat *chat, const char *before, struct slice text)
{
    fputs(before, stdout);
    struct slice line;
    bool further = false;
    for (size_t at = 0; slice_next_part(text, '\n', &at, &line);) {
        fputs(further ? "     " : "", stdout);
        put(chat, line);
        putchar('\n');
        further = true;
    }
}

/* A title, an address or a cell, which takes no further lines. */
static struct slice one_line(struct chat *chat, struct slice text)
{
    struct builder out = builder_new(chat->arena);
    struct slice line;
    for (size_t at = 0; slice_next_part(text, '\n', &at, &line);) {
        builder_add_text(&out, out.length > 0 ? " " : "");
        printable_add(&out, line, PRINTABLE_TEXT);
    }
    return builder_slice(&out);
}

/* A button with a number, or with the address that it opens. */
static void show_button(struct chat *chat, const char *indent, const struct node *button)
{
    struct slice url = node_text(button, "url");
    struct slice title = node_text(button, "title");
    if (url.length > 0) {
        printf("%s  > ", indent);
        put(chat, one_line(chat, title));
        fputs(": ", stdout);
        put(chat, one_line(chat, url));
        putchar('\n');
        return;
    }
    struct slice payload = node_text(button, "payload");
    if (chat->choices.count < CHOICE_LIMIT) {
        chat->choices.said[chat->choices.count++] = payload.length > 0 ? payload : title;
        printf("%s  %zu) ", indent, chat->choices.count);
    } else {
        printf("%s  -  ", indent);
    }
    put(chat, one_line(chat, title));
    putchar('\n');
}

static void show_buttons(struct chat *chat, const char *indent, const struct node *buttons)
{
    for (size_t i = 0; i < node_length(buttons); i++) {
        show_button(chat, indent, buttons->items[i]);
    }
}

static void show_elements(struct chat *chat, const struct node *elements)
{
    for (size_t i = 0; i < node_length(elements); i++) {
        const struct node *element = elements->items[i];
        struct slice subtitle = node_text(element, "subtitle");
        struct slice url = node_text(element, "url");
        put_line(chat, "     * ", node_text(element, "title"));
        if (subtitle.length > 0) {
            put_line(chat, "       ", subtitle);
        }
        if (url.length > 0) {
            put_line(chat, "       ", url);
        }
        show_buttons(chat, "     ", node_get(element, "buttons"));
    }
}

static struct slice cell_text(struct chat *chat, const struct node *cell)
{
    if (node_is(cell, NODE_STRING)) {
        return one_line(chat, cell->text);
    }
    struct builder out = builder_new(chat->arena);
    struct json_writer json = json_writer_new(&out, true);
    json_node(&json, cell);
    return builder_slice(&out);
}

static void show_row(struct chat *chat, const struct node *row, const size_t *widths, size_t count)
{
    fputs("     ", stdout);
    for (size_t i = 0; i < node_length(row) && i < count; i++) {
        struct slice text = cell_text(chat, row->items[i]);
        put(chat, text);
        size_t width = character_cells(text);
        for (size_t j = width; j < widths[i] + 2 && i + 1 < count; j++) {
            putchar(' ');
        }
    }
    putchar('\n');
}

static void show_table(struct chat *chat, const struct node *table)
{
    const struct node *columns = node_get(table, "columns");
    const struct node *rows = node_get(table, "rows");
    size_t count = node_length(columns);
    size_t *widths = arena_alloc_array(chat->arena, count, sizeof *widths);
    for (size_t i = 0; i <= node_length(rows); i++) {
        const struct node *row = i == 0 ? columns : rows->items[i - 1];
        for (size_t j = 0; j < node_length(row) && j < count; j++) {
            size_t width = character_cells(cell_text(chat, row->items[j]));
            widths[j] = width > widths[j] ? width : widths[j];
        }
    }
    show_row(chat, columns, widths, count);
    for (size_t i = 0; i < node_length(rows); i++) {
        show_row(chat, rows->items[i], widths, count);
    }
}

static void show_message(struct chat *chat, const struct node *message)
{
    if (node_is(message, NODE_STRING)) {
        put_line(chat, "bot> ", message->text);
        return;
    }
    put_line(chat, "bot> ", node_text(message, "text"));
    show_buttons(chat, "   ", node_get(message, "buttons"));
    show_buttons(chat, "   ", node_get(message, "quickReplies"));
    show_elements(chat, node_get(message, "list"));
    show_elements(chat, node_get(message, "carousel"));
    if (node_get(message, "table") != NULL) {
        show_table(chat, node_get(message, "table"));
    }
    if (node_get(message, "payload") != NULL) {
        put_line(chat, "     ", cell_text(chat, node_get(message, "payload")));
    }
}

/* What happened in the last turn; requests in a line each. */
static void show_turn(struct chat *chat)
{
    const struct simulator *s = chat->conversation->simulator;
    chat->choices.count = 0;
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        switch (event->kind) {
        case EVENT_MESSAGE:
            show_message(chat, event->message);
            break;
        case EVENT_REQUEST:
            put_line(chat, "  -> ",
                     arena_printf(chat->arena, "%.*s %.*s: %ld%s", SLICE_ARG(event->request.method),
                                  SLICE_ARG(event->request.path), event->response.status,
                                  event->from_sample ? " (the sample)" : ""));
            break;
        case EVENT_SIGN_IN:
            put_line(
                chat, "  -> ",
                arena_printf(chat->arena, "the user signs in to %.*s", SLICE_ARG(event->text)));
            break;
        case EVENT_PROBLEM:
            put_line(chat, "  !! ", event->text);
            break;
        case EVENT_TRANSFER:
            put_line(chat, "  -- ", SLICE("the user is transferred to a person"));
            break;
        case EVENT_END:
            put_line(chat, "  -- ",
                     event->text.length > 0 ? arena_printf(chat->arena, "the dialog ends: %.*s",
                                                           SLICE_ARG(event->text))
                                            : SLICE("the dialog ends"));
            break;
        case EVENT_NODE:
        case EVENT_TRANSITION:
            break;
        }
    }
}

/* ---- leading the conversation ---- */

static void say(struct chat *chat, struct slice text)
{
    struct node *turn = conversation_turn(chat->arena, arena_slice(chat->arena, text));
    node_append(chat->arena, chat->turns, turn);
    conversation_say(chat->conversation, turn);
    show_turn(chat);
}

/* From the start again, with what has been said but the last `dropped` turns. */
static void begin(struct chat *chat, size_t dropped)
{
    size_t kept = chat->turns->count > dropped ? chat->turns->count - dropped : 0;
    chat->turns->count = (uint32_t)kept;
    chat->conversation = conversation_begin(chat->arena, &chat->file, 0, &chat->world, SLICE(""));
    for (size_t i = 0; i < kept; i++) {
        conversation_say(chat->conversation, chat->turns->items[i]);
    }
    if (kept > 0) {
        show_turn(chat);
    } else {
        puts("  -- type what a user would say to start the dialog");
        chat->choices.count = 0;
    }
}

/* ---- commands ---- */

static void show_context(struct chat *chat)
{
    struct slice reason;
    const struct node *context =
        simulator_context(chat->conversation->simulator, chat->arena, &reason);
    if (context == NULL) {
        put_line(chat, "  !! the context cannot be shown: ", reason);
        return;
    }
    struct builder out = builder_new(chat->arena);
    struct json_writer json = json_writer_new(&out, false);
    json_node(&json, context);
    put(chat, builder_slice(&out));
    putchar('\n');
}

static void show_requests(struct chat *chat)
{
    const struct node *turns = chat->turns;
    struct node *turn = turns->count > 0 ? conversation_record_turn(chat->conversation,
                                                                    turns->items[turns->count - 1])
                                         : NULL;
    const struct node *requests = node_get(turn, "requests");
    if (requests == NULL) {
        puts("  -- the last turn sent no requests");
        return;
    }
    struct builder out = builder_new(chat->arena);
    struct node *shown = node_new_mapping(chat->arena);
    node_set(chat->arena, shown, SLICE("requests"), requests);
    yaml_write_members(&out, shown, 0, NULL);
    put(chat, builder_slice(&out));
}

/* The conversation as a test. */
static void save(struct chat *chat, const char *path)
{
    if (path[0] == '\0' || chat->turns->count == 0) {
        puts(path[0] == '\0' ? "  !! /save needs a file name" : "  !! nothing has been said yet");
        return;
    }
    if (!cli_is_conversation(path)) {
        printf("  !! the name of a conversation file must end in %s\n", CONVERSATION_SUFFIX);
        return;
    }
    struct arena *arena = chat->arena;
    struct conversation_result result = conversation_run(arena, &chat->file, 0, &chat->world);
    struct node *root = node_copy(arena, chat->file.root);
    struct node *cases = node_new_sequence(arena);
    struct builder out = builder_new(arena);
    node_append(arena, cases, result.recorded);
    node_set(arena, root, SLICE("cases"), cases);
    yaml_write_members(&out, root, 0, NULL);
    struct findings findings = findings_new(arena, -1);
    struct output output = output_new(arena, chat->options, &findings);
    struct file_content file = {
        .path = path, .bytes = builder_slice(&out), .expects = REPLACE_NOTHING};
    switch (output_write(&output, &file, 1, &path)) {
    case REPLACED:
        put_line(chat, "  -- ", arena_printf(arena, "saved as %s", path));
        break;
    case REPLACEMENT_CONFLICT:
        put_line(chat, "  !! ", arena_printf(arena, "%s already exists", path));
        break;
    case REPLACEMENT_FAILED:
        chat->failed = true;
        put_line(chat, "  !! ", findings.failures[0]);
        break;
    }
    output_unlock(&output);
}

static void show_help(void)
{
    puts("  /context      show what the scripts see\n"
         "  /request      show the requests of the last turn\n"
         "  /back         undo the last turn\n"
         "  /restart      start over\n"
         "  /save FILE    save the conversation as a test\n"
         "  /quit         quit\n"
         "  a number      choose the option with that number");
}

static bool is_command(struct slice line, const char *name, struct slice *rest)
{
    size_t length = strlen(name);
    bool is = slice_starts_with(line, name) && (line.length == length || line.data[length] == ' ');
    *rest = is ? slice_trim(slice_part(line, length, line.length)) : SLICE("");
    return is;
}

/* False when the chat is over. */
static bool do_command(struct chat *chat, struct slice line)
{
    struct slice rest;
    if (is_command(line, "/quit", &rest)) {
        return false;
    }
    if (is_command(line, "/context", &rest)) {
        show_context(chat);
    } else if (is_command(line, "/request", &rest)) {
        show_requests(chat);
    } else if (is_command(line, "/back", &rest)) {
        begin(chat, 1);
    } else if (is_command(line, "/restart", &rest)) {
        begin(chat, chat->turns->count);
    } else if (is_command(line, "/save", &rest)) {
        save(chat, arena_copy(chat->arena, rest));
    } else {
        if (!is_command(line, "/help", &rest)) {
            puts("  !! unknown command");
        }
        show_help();
    }
    return true;
}

/* What a line says: the choice of its number, or itself. */
static struct slice resolve_line(const struct chat *chat, struct slice line)
{
    size_t number = 0;
    for (size_t i = 0; i < line.length; i++) {
        if (line.data[i] < '0' || line.data[i] > '9' || i > 2) {
            return line;
        }
        number = number * 10 + (size_t)(line.data[i] - '0');
    }
    return number > 0 && number <= chat->choices.count ? chat->choices.said[number - 1] : line;
}

/* ---- reading lines ---- */

/* The next line without its end, to be freed; NULL at the end of the input. */
static char *next_line(struct chat *chat)
{
    if (chat->interactive) {
        char *line = readline("you> ");
        if (line != NULL && line[0] != '\0') {
            add_history(line);
        }
        return line;
    }
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    do {
        clearerr(stdin);
        length = getline(&line, &capacity, stdin);
    } while (length < 0 && ferror(stdin) && errno == EINTR);
    if (length < 0 && ferror(stdin)) {
        cli_message("cannot read standard input: %s", strerror(errno));
        chat->failed = true;
    }
    if (length < 0) {
        free(line);
        return NULL;
    }
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) {
        line[--length] = '\0';
    }
    return line;
}

/* The line editor reads what the locale says; texts are UTF-8 here. */
static void use_utf8(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        setlocale(LC_CTYPE, "C.UTF-8");
    }
}

/* A copy in which bytes that are no UTF-8 are question marks. */
static struct slice repair_utf8(struct arena *arena, struct slice text)
{
    char *copy = arena_copy(arena, text);
    for (size_t at = 0; at < text.length;) {
        size_t length = utf8_sequence(slice_part(text, at, text.length));
        if (length == 0) {
            copy[at] = '?';
        }
        at += length > 0 ? length : 1;
    }
    return (struct slice){copy, text.length};
}

static void lead(struct chat *chat)
{
    begin(chat, 0);
    for (;;) {
        fflush(stdout);
        char *text = next_line(chat);
        if (text == NULL) {
            return;
        }
        struct slice line = repair_utf8(chat->arena, slice_of(text));
        free(text);
        if (!chat->interactive) {
            put_line(chat, "you> ", line);
        }
        bool goes_on = true;
        if (line.length > 0 && line.data[0] == '/') {
            goes_on = do_command(chat, line);
        } else if (chat->conversation->simulator->ended) {
            puts("  -- the dialog has ended: /restart, /back, /save FILE or /quit");
        } else {
            say(chat, resolve_line(chat, line));
        }
        if (!goes_on) {
            return;
        }
    }
}

/* ---- the command ---- */

/* A file with one case, whose turns grow, and an organisation to find something in. */
static void set_file(struct chat *chat, const struct options *options, struct slice name)
{
    struct arena *arena = chat->arena;
    struct node *root = node_new_mapping(arena);
    struct node *one = node_new_mapping(arena);
    struct node *cases = node_new_sequence(arena);
    struct node *records = explore_records(arena, &chat->world);
    node_set(arena, root, SLICE("dialogc"), node_new_integer(arena, 1));
    node_set_text(arena, root, "conversation", name);
    if (options->chat.locale != NULL) {
        node_set_text(arena, root, "locale", slice_of(options->chat.locale));
    }
    if (options->chat.entities != NULL) {
        node_set(arena, root, SLICE("set"), options->chat.entities);
    }
    if (records->count > 0) {
        node_set(arena, root, SLICE("org"), records);
    }
    chat->turns = node_new_sequence(arena);
    node_set_text(arena, one, "name", SLICE("a conversation"));
    node_set(arena, one, SLICE("turns"), chat->turns);
    node_append(arena, cases, one);
    chat->file = (struct conversation_file){.path = "", .root = root, .cases = cases};
    for (size_t i = 0; i < records->count; i++) {
        put_line(chat, "  -- ",
                 arena_printf(arena, "the organisation has %zu %.*s records",
                              node_length(records->members[i].value),
                              SLICE_ARG(records->members[i].key->text)));
    }
}

/* Only calls that are allowed in a signal handler: write and _exit. */
static void on_crash(int signal_number)
{
    static const char message[] = "dialogc: the engine of scripts failed, most likely for lack of "
                                  "memory; the conversation ends here\n";
    (void)signal_number;
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(STATUS_SYSTEM);
}

/* JavaScriptCore stops the process where it gets no memory. */
static void say_when_the_engine_fails(void)
{
    static const int signals[] = {SIGTRAP, SIGILL, SIGABRT, SIGBUS, SIGSEGV};
    struct sigaction action = {.sa_handler = on_crash};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction present;
        if (sigaction(signals[i], NULL, &present) == 0 && present.sa_handler == SIG_DFL) {
            sigaction(signals[i], &action, NULL); /* a sanitizer keeps its own */
        }
    }
}

int command_chat(struct arena *arena, struct options *options)
{
    struct chat chat = {.arena = arena, .options = options};
    bool from_bot = options->bot != NULL;
    int status = stage_set(arena, options, &chat.stage, &options->operands);
    if (status != STATUS_OK) {
        return status;
    }
    struct slice name = from_bot ? slice_of(options->operands.paths[0]) : chat.stage.run.ids[0];
    const struct program_dialog *dialog = stage_dialog(&chat.stage, name);
    if (dialog == NULL) {
        struct suggestion meant = suggestion_new(name);
        for (size_t i = 0; i < chat.stage.program.count; i++) {
            suggestion_offer(&meant, chat.stage.program.dialogs[i].name);
        }
        cli_message_unknown("dialog", &meant,
                            "`dialogc list BOT.json` lists the dialogs of an export");
        return STATUS_USAGE;
    }
    chat.world = stage_world(&chat.stage, dialog);
    say_when_the_engine_fails();
    chat.world.machine = script_machine_new(arena);
    chat.interactive = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (chat.interactive) {
        use_utf8();
    }
    set_file(&chat, options, name);
    lead(&chat);
    bool is_shown = fflush(stdout) == 0 && !ferror(stdout);
    return is_shown && (chat.interactive || !chat.failed) ? STATUS_OK : STATUS_SYSTEM;
}
