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

#include "base/utf8.h"
#include "cli/chat_screen.h"
#include "cli/chat_start.h"
#include "cli/output.h"
#include "cli/records.h"
#include "cli/stage.h"
#include "trial/explore/explore.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "document/yaml/writer.h"

struct chat {
    struct arena *arena;
    const struct options *options;
    struct stage stage;
    struct conversation_world world;
    struct conversation_file file; /* one case, whose turns are what has been said */
    struct node *turns;
    const struct node *records;        /* of --org or /org; NULL: what the dialog's requests find */
    struct conversation *conversation; /* NULL: no dialog has been chosen yet */
    struct screen screen;
    bool chooses; /* a dialog by what the user says first: a folder, or a whole bot */
    bool interactive;
    bool failed; /* what was to be read or saved could not be */
};

static void put_line(struct chat *chat, const char *before, struct slice text)
{
    screen_put_line(&chat->screen, before, text);
}

/* ---- leading the conversation ---- */

static bool has_ended(const struct chat *chat)
{
    return chat->conversation == NULL || chat->conversation->simulator->ended;
}

static void say(struct chat *chat, struct slice text)
{
    struct node *turn = conversation_turn(chat->arena, arena_slice(chat->arena, text));
    node_append(chat->arena, chat->turns, turn);
    conversation_say(chat->conversation, turn);
    screen_show_turn(&chat->screen, chat->conversation->simulator);
    if (chat->chooses && has_ended(chat)) {
        puts("  -- what is said next starts a dialog again");
    }
}

/* From the start again, with what has been said but the last `dropped` turns. */
static void begin(struct chat *chat, size_t dropped)
{
    size_t kept = chat->turns->count > dropped ? chat->turns->count - dropped : 0;
    chat->turns->count = (uint32_t)kept;
    chat->conversation = conversation_begin(chat->arena, &chat->file, 0, &chat->world, SLICE(""));
    screen_clear(&chat->screen);
    for (size_t i = 0; i < kept; i++) {
        conversation_say(chat->conversation, chat->turns->items[i]);
    }
    if (kept > 0) {
        screen_show_turn(&chat->screen, chat->conversation->simulator);
    } else {
        puts("  -- type what a user would say to start the dialog");
    }
}

/* A file with one case, whose turns grow, and an organisation to find something in. */
static void set_file(struct chat *chat, struct slice name)
{
    const struct options *options = chat->options;
    struct arena *arena = chat->arena;
    struct node *root = node_new_mapping(arena);
    struct node *one = node_new_mapping(arena);
    struct node *cases = node_new_sequence(arena);
    const struct node *records =
        chat->records != NULL ? chat->records : explore_records(arena, &chat->world);
    node_set(arena, root, SLICE("dialogc"), node_new_integer(arena, 1));
    node_set_text(arena, root, "conversation", name);
    if (options->chat.locale != NULL) {
        node_set_text(arena, root, "locale", slice_of(options->chat.locale));
    } else {
        conversation_name_locale(arena, root, &chat->world);
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
    node_set(arena, root, SLICE("cases"), cases);
    chat->file = (struct conversation_file){.path = "", .root = root, .cases = cases};
}

/* What there is in the organisation from the start. */
static void show_records(struct chat *chat)
{
    const struct node *records = node_get(chat->file.root, "org");
    for (size_t i = 0; node_is(records, NODE_MAPPING) && i < records->count; i++) {
        size_t count = node_length(records->members[i].value);
        put_line(chat, "  -- ",
                 arena_printf(chat->arena, "the organisation has %zu %.*s record%s", count,
                              SLICE_ARG(records->members[i].key->text), plural(count)));
    }
}

/* What conversations call a dialog: the identifier of its template, or its name in an export. */
static struct slice name_of(const struct chat *chat, const struct program_dialog *dialog)
{
    return chat->options->bot != NULL ? dialog->name
                                      : chat->stage.run.ids[dialog - chat->stage.program.dialogs];
}

static void set_dialog(struct chat *chat, const struct program_dialog *dialog)
{
    struct script_machine *machine = chat->world.machine;
    chat->world = stage_world(&chat->stage, dialog);
    chat->world.machine = machine;
    set_file(chat, name_of(chat, dialog));
}

/* Starts the dialog that is trained for what the user says; none: says what there is. */
static void choose(struct chat *chat, struct slice text)
{
    const struct program_dialog *dialog =
        chat_find_dialog(chat->arena, &chat->stage, slice_trim(text));
    if (dialog == NULL) {
        put_line(chat, "  !! ", chat_no_dialog(chat->arena, &chat->stage, slice_trim(text)));
        return;
    }
    put_line(chat, "  -- ",
             arena_printf(chat->arena, "the dialog `%.*s` starts", SLICE_ARG(dialog->name)));
    set_dialog(chat, dialog);
    show_records(chat);
    chat->conversation = conversation_begin(chat->arena, &chat->file, 0, &chat->world, SLICE(""));
    screen_clear(&chat->screen);
    say(chat, text);
}

/* A dialog that the bot starts when a user comes, or the question for what the user says. */
static void start_choosing(struct chat *chat)
{
    const struct program_dialog *welcome = chat_welcome_dialog(&chat->stage);
    chat->conversation = NULL;
    screen_clear(&chat->screen);
    if (welcome == NULL) {
        puts("  -- type what a user would say to start a dialog");
        return;
    }
    put_line(chat, "  -- ",
             arena_printf(chat->arena, "the bot starts with the dialog `%.*s`",
                          SLICE_ARG(welcome->name)));
    set_dialog(chat, welcome);
    show_records(chat);
    chat->conversation = conversation_begin(chat->arena, &chat->file, 0, &chat->world, SLICE(""));
    say(chat, SLICE(""));
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
    screen_put(&chat->screen, builder_slice(&out));
    putchar('\n');
}

static void show_yaml(struct chat *chat, const char *key, const struct node *value)
{
    struct builder out = builder_new(chat->arena);
    struct node *shown = node_new_mapping(chat->arena);
    node_set(chat->arena, shown, slice_of(key), value);
    yaml_write_members(&out, shown, 0, NULL);
    screen_put(&chat->screen, builder_slice(&out));
}

static void show_requests(struct chat *chat)
{
    const struct node *requests = conversation_requests(chat->conversation);
    if (chat->turns->count == 0 || node_length(requests) == 0) {
        puts("  -- the last turn sent no requests");
    } else {
        show_yaml(chat, "requests", requests);
    }
}

/* Begins again with the records of a file. */
static void load_records(struct chat *chat, const char *path)
{
    struct findings findings = findings_new(chat->arena, -1);
    const struct node *records =
        cli_read_records(chat->arena, &findings, chat->world.catalog, path);
    if (records == NULL) {
        cli_report(chat->arena, chat->options, &findings);
        return;
    }
    chat->records = records;
    set_file(chat, node_text(chat->file.root, "conversation"));
    show_records(chat);
    begin(chat, 0);
}

struct record_list {
    struct chat *chat;
    size_t count; /* of objects with records */
};

static void show_count(void *context, struct slice name)
{
    struct record_list *list = context;
    struct chat *chat = list->chat;
    size_t count = node_length(organisation_records(chat->conversation->organisation, name));
    if (count > 0) {
        list->count++;
        put_line(
            chat, "  -- ",
            arena_printf(chat->arena, "%zu %.*s record%s", count, SLICE_ARG(name), plural(count)));
    }
}

/* Without an argument the numbers of records; of an object its records; of a file, those in it. */
static void do_org(struct chat *chat, struct slice what)
{
    struct arena *arena = chat->arena;
    struct sobject_catalog *catalog = chat->world.catalog;
    struct record_list list = {chat, 0};
    if (what.length == 0) {
        sobject_catalog_offer(catalog, show_count, &list);
        puts(list.count > 0 ? "  -- /org OBJECT shows records, /org FILE begins again with others"
                            : "  -- the organisation has no records; /org FILE begins with some");
        return;
    }
    const struct sobject *object = sobject_find_any_case(catalog, what, arena);
    if (object == NULL && slice_find(what, ".", 0) < what.length) {
        load_records(chat, arena_copy(arena, what));
        return;
    }
    if (object == NULL) {
        struct suggestion meant = suggestion_new(what);
        sobject_catalog_offer(catalog, chat_offer, &meant);
        put_line(chat, "  !! ",
                 chat_unknown(arena, "object or file", &meant, "/org lists what there is"));
        return;
    }
    show_yaml(chat, arena_copy(arena, object->name),
              organisation_records(chat->conversation->organisation, object->name));
}

/* The conversation as a test. */
static void save(struct chat *chat, const char *path)
{
    if (path[0] == '\0' || chat->turns->count == 0) {
        puts(path[0] == '\0'
                 ? "  !! /save needs a file name, such as /save talk" CONVERSATION_SUFFIX
                 : "  !! nothing has been said yet");
        return;
    }
    if (!content_is_conversation(path)) {
        put_line(chat, "  !! ",
                 arena_printf(chat->arena,
                              "the name of a file of conversations ends in %s: /save %s%s",
                              CONVERSATION_SUFFIX, path, CONVERSATION_SUFFIX));
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
        put_line(chat, "  -- ",
                 arena_printf(arena, "saved as %s; `dialogc test%s%s %s` runs it", path,
                              chat->options->bot != NULL ? " --from " : "",
                              chat->options->bot != NULL ? chat->options->bot : "", path));
        break;
    case REPLACEMENT_CONFLICT:
        put_line(chat, "  !! ",
                 arena_printf(arena, "%s already exists; choose another name", path));
        break;
    case REPLACEMENT_FAILED:
        chat->failed = true;
        put_line(chat, "  !! ", findings.failures[0]);
        break;
    }
    output_unlock(&output);
}

/* ---- the table of commands ---- */

static void do_context(struct chat *chat, struct slice rest)
{
    (void)rest;
    show_context(chat);
}

static void do_request(struct chat *chat, struct slice rest)
{
    (void)rest;
    show_requests(chat);
}

static void do_back(struct chat *chat, struct slice rest)
{
    (void)rest;
    begin(chat, 1);
}

static void do_restart(struct chat *chat, struct slice rest)
{
    (void)rest;
    if (chat->chooses) {
        start_choosing(chat);
    } else {
        begin(chat, chat->turns->count);
    }
}

static void do_save(struct chat *chat, struct slice rest)
{
    save(chat, arena_copy(chat->arena, rest));
}

static void do_help(struct chat *chat, struct slice rest);

static const struct {
    const char *name, *argument, *help;
    void (*run)(struct chat *chat, struct slice rest); /* NULL: the chat is over */
    bool needs_dialog;                                 /* that has been chosen */
} chat_commands[] = {
    {"/context", "", "show what the scripts see", do_context, true},
    {"/request", "", "show the requests of the last turn, with their headers", do_request, true},
    {"/org", " [OBJECT|FILE]", "show records, or begin again with those of a file", do_org, true},
    {"/back", "", "undo the last turn", do_back, true},
    {"/restart", "", "start over", do_restart, false},
    {"/save", " FILE", "save the conversation as a test", do_save, true},
    {"/help", "", "show this", do_help, false},
    {"/quit", "", "quit, as the end of the input does", NULL, false},
};

#define CHAT_COMMAND_COUNT (sizeof chat_commands / sizeof chat_commands[0])

static void do_help(struct chat *chat, struct slice rest)
{
    (void)rest;
    for (size_t i = 0; i < CHAT_COMMAND_COUNT; i++) {
        struct slice usage =
            arena_printf(chat->arena, "%s%s", chat_commands[i].name, chat_commands[i].argument);
        printf("  %-22.*s %s\n", SLICE_ARG(usage), chat_commands[i].help);
    }
    puts("  a number               choose the option with that number\n"
         "  //text                 say something that begins with a slash");
}

/* False when the chat is over. */
static bool do_command(struct chat *chat, struct slice line)
{
    size_t end = slice_find(line, " ", 0);
    struct slice name = slice_part(line, 0, end < line.length ? end : line.length);
    struct slice rest = slice_trim(slice_part(line, name.length, line.length));
    struct suggestion meant = suggestion_new(name);
    for (size_t i = 0; i < CHAT_COMMAND_COUNT; i++) {
        suggestion_offer(&meant, slice_of(chat_commands[i].name));
        if (!slice_is(name, chat_commands[i].name)) {
            continue;
        }
        if (chat_commands[i].run == NULL) {
            return false;
        }
        if (chat_commands[i].needs_dialog && chat->conversation == NULL) {
            puts("  !! no dialog has started yet");
        } else {
            chat_commands[i].run(chat, rest);
        }
        return true;
    }
    put_line(chat, "  !! ",
             chat_unknown(chat->arena, "command", &meant, "/help lists the commands"));
    return true;
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

/* A copy in which bytes that are not UTF-8 are question marks. */
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

/* Does what a line says; false when the chat is over. */
static bool take_line(struct chat *chat, struct slice line)
{
    bool escaped = slice_starts_with(line, "//");
    if (!escaped && line.length > 0 && line.data[0] == '/') {
        return do_command(chat, line);
    }
    line = slice_part(line, escaped, line.length);
    if (!has_ended(chat)) {
        say(chat, screen_resolve(&chat->screen, line));
    } else if (chat->chooses) {
        choose(chat, line);
    } else {
        puts("  -- the dialog has ended: /restart, /back, /save FILE or /quit");
    }
    return true;
}

static void lead(struct chat *chat)
{
    bool goes_on = true;
    while (goes_on) {
        fflush(stdout);
        char *text = next_line(chat);
        if (text == NULL) {
            fputs(chat->interactive ? "\n" : "", stdout);
            return;
        }
        struct slice line = repair_utf8(chat->arena, slice_of(text));
        free(text);
        if (!chat->interactive) {
            put_line(chat, "you> ", line);
        }
        goes_on = take_line(chat, line);
    }
}

/* ---- the command ---- */

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

/* Reports what --set, --locale and the like say that the dialog does not have. */
static int check_options(struct chat *chat)
{
    struct builder out = builder_new(chat->arena);
    struct findings findings = findings_new(chat->arena, -1);
    struct conversation_file file;
    const struct options *options = chat->options;
    if (options->chat.locale == NULL && options->chat.entities == NULL) {
        return STATUS_OK;
    }
    struct node *turn = conversation_turn(chat->arena, SLICE("x"));
    node_append(chat->arena, chat->turns, turn);
    yaml_write_members(&out, chat->file.root, 0, NULL);
    chat->turns->count = 0;
    if (conversation_load(chat->arena, compiler_conversation_schema(chat->stage.run.compiler),
                          "the options", builder_slice(&out), &findings.diagnostics, &file)) {
        conversation_check(chat->arena, &file, &chat->world, &findings.diagnostics);
    }
    const struct diagnostic *first = findings.diagnostics.first;
    if (findings.diagnostics.error_count == 0) {
        return STATUS_OK;
    }
    if (first->suggestion.length > 0) {
        cli_message("%.*s; did you mean `%.*s`?", SLICE_ARG(first->message),
                    SLICE_ARG(first->suggestion));
    } else {
        struct slice way_out = first->notes != NULL ? first->notes->message : SLICE("");
        cli_message("%.*s%s%.*s", SLICE_ARG(first->message), way_out.length > 0 ? "; " : "",
                    SLICE_ARG(way_out));
    }
    return STATUS_USAGE;
}

/* The dialog that the command line names; NULL after a message, or when what is said decides. */
static const struct program_dialog *named_dialog(struct chat *chat)
{
    const struct options *options = chat->options;
    const struct stage *stage = &chat->stage;
    if (options->bot == NULL) {
        chat->chooses = stage->wanted > 1;
        return chat->chooses ? NULL : &stage->program.dialogs[0];
    }
    if (options->operands.count == 0) {
        chat->chooses = true;
        return NULL;
    }
    struct slice name = slice_of(options->operands.paths[0]);
    const struct program_dialog *dialog = stage_dialog(stage, name);
    if (dialog == NULL) {
        struct suggestion meant = suggestion_new(name);
        for (size_t i = 0; i < stage->program.count; i++) {
            suggestion_offer(&meant, stage->program.dialogs[i].name);
        }
        cli_message_unknown("dialog", &meant,
                            "`dialogc list BOT.json` lists the dialogs of an export");
    }
    return dialog;
}

/* The organisation's first records; STATUS_OK or a status after a report. */
static int read_org(struct chat *chat)
{
    struct findings findings = findings_new(chat->arena, -1);
    const char *path = chat->options->records;
    if (path == NULL) {
        return STATUS_OK;
    }
    chat->records =
        cli_read_records(chat->arena, &findings, chat->stage.run.compiler->project->catalog, path);
    return chat->records != NULL ? STATUS_OK : cli_report(chat->arena, chat->options, &findings);
}

/* Makes all ready for the first line; STATUS_OK, or a status after a message. */
static int prepare(struct chat *chat)
{
    const struct program_dialog *dialog = named_dialog(chat);
    if (dialog == NULL && !chat->chooses) {
        return STATUS_USAGE;
    }
    int status = read_org(chat);
    if (status == STATUS_OK && dialog != NULL) {
        set_dialog(chat, dialog);
        status = check_options(chat);
    }
    if (status != STATUS_OK) {
        return status;
    }
    say_when_the_engine_fails();
    chat->world.machine = script_machine_new(chat->arena);
    chat->interactive = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (chat->interactive) {
        use_utf8();
    }
    if (dialog == NULL) {
        start_choosing(chat);
    } else {
        show_records(chat);
        begin(chat, 0);
    }
    return STATUS_OK;
}

int command_chat(struct arena *arena, struct options *options)
{
    struct chat chat = {.arena = arena, .options = options, .screen = {.arena = arena}};
    struct file_list paths = options->operands;
    if (paths.count > 0 && options->bot == NULL && content_is_conversation(paths.paths[0])) {
        cli_message("%s holds conversations, which `dialogc test` runs; `dialogc chat` takes a "
                    "template",
                    paths.paths[0]);
        return STATUS_USAGE;
    }
    int status = stage_set(arena, options, &chat.stage, &paths);
    status = status == STATUS_OK ? prepare(&chat) : status;
    if (status != STATUS_OK) {
        return status;
    }
    lead(&chat);
    bool is_shown = fflush(stdout) == 0 && !ferror(stdout);
    return is_shown && (chat.interactive || !chat.failed) ? STATUS_OK : STATUS_SYSTEM;
}
