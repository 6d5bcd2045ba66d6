/* dialogc init: a new project. */
#define _POSIX_C_SOURCE 200809L

#include <limits.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "cli/ask.h"
#include "cli/output.h"
#include "cli/templates.h"
#include "diag/secret_shape.h"
#include "language/model/project.h"
#include "language/scaffold/copy.h"
#include "language/scaffold/starter.h"

/* ---- answers ---- */

/* Why a text cannot be the answer to a question; NULL when it can. */
typedef const char *complaint_about(struct slice answer);

static const char *about_name(struct slice answer)
{
    bool valid = answer.length > 0 && utf8_is_valid(answer);
    return valid ? NULL : "a name is at least one character of UTF-8";
}

/* en, pt_BR, zh-Hans */
static bool is_locale(struct slice text)
{
    size_t at = 0;
    while (at < text.length && ascii_is_lower(text.data[at])) {
        at++;
    }
    bool valid = at == 2 || at == 3;
    while (valid && at < text.length) {
        valid = text.data[at] == '-' || text.data[at] == '_';
        size_t start = ++at;
        while (at < text.length &&
               (ascii_is_digit(text.data[at]) || ascii_is_letter(text.data[at]))) {
            at++;
        }
        valid = valid && at - start >= 2 && at - start <= 8;
    }
    return valid;
}

static const char *about_locales(struct slice answer)
{
    struct slice part;
    for (size_t at = 0; slice_next_part(answer, ',', &at, &part);) {
        if (!is_locale(slice_trim(part))) {
            return "languages are codes such as `en`, `de` or `pt_BR`, separated by commas";
        }
    }
    return answer.length > 0 ? NULL : "a bot needs at least one language";
}

static bool is_host(struct slice text)
{
    bool valid = text.length > 0;
    for (size_t i = 0; valid && i < text.length; i++) {
        char c = text.data[i];
        bool inner = c == '.' || c == '-';
        valid = ascii_is_digit(c) || ascii_is_letter(c) || (inner && i > 0 && i + 1 < text.length);
    }
    return valid;
}

static bool is_variable(struct slice text)
{
    bool valid = text.length > 0 && !ascii_is_digit(text.data[0]);
    for (size_t i = 0; valid && i < text.length; i++) {
        valid = ascii_is_word(text.data[i]);
    }
    return valid;
}

static const char *about_instance(struct slice answer)
{
    bool variable = slice_starts_with(answer, "${env.") && slice_ends_with(answer, "}") &&
                    is_variable(slice_part(answer, 6, answer.length - 1));
    return variable || is_host(answer) ? NULL
                                       : "this is a host such as `acme.my.salesforce.com`, without "
                                         "`https://`, or a variable "
                                         "such as `${env.SALESFORCE_INSTANCE}`";
}

static const char *about_login(struct slice answer)
{
    return is_host(answer) ? NULL
                           : "this is a host such as `login.salesforce.com`, without `https://`";
}

static const char *about_authorization(struct slice answer)
{
    return slice_is(answer, "pre-authorized") || slice_is(answer, "end-user")
               ? NULL
               : "this is `pre-authorized` or `end-user`";
}

static const char *about_app(struct slice answer)
{
    return slice_is(answer, "system") || slice_is(answer, "custom")
               ? NULL
               : "this is `system` or `custom`";
}

static const char *about_variable(struct slice answer)
{
    if (shape_is_random(answer)) {
        return "this looks like the value itself, which belongs on the platform and in no file: "
               "give "
               "the name of a variable";
    }
    return is_variable(answer)
               ? NULL
               : "this is the name of a variable: letters, digits and underscores, no digit first";
}

/* As RFC 6749 has them: printable ASCII without quotes and backslashes. */
static const char *about_scopes(struct slice answer)
{
    struct slice part;
    bool valid = answer.length > 0;
    for (size_t at = 0; slice_next_part(answer, ',', &at, &part);) {
        struct slice name = slice_trim(part);
        valid = valid && name.length > 0;
        for (size_t i = 0; i < name.length; i++) {
            char c = name.data[i];
            valid = valid && c > ' ' && c <= '~' && c != '"' && c != '\\';
        }
    }
    return valid ? NULL : "scopes are words such as `api` and `refresh_token`, separated by commas";
}

/* ---- questions ---- */

struct question {
    const char *option; /* that answers it */
    const char *text;
    complaint_about *complaint;
};

/* The command as it is carried out. */
struct beginning {
    struct arena *arena;
    const struct options *options;
    bool asks;
};

/*
 * The option's value, else what somebody says on the terminal, else the default. False after a
 * message, or when there is no answer.
 */
static bool decide(const struct beginning *b, const struct question *question, const char *given,
                   struct slice fallback, struct slice *answer)
{
    const char *complaint;
    *answer = fallback;
    if (given != NULL) {
        *answer = slice_of(given);
        complaint = question->complaint(*answer);
        if (complaint != NULL) {
            bool may_be_secret = question->complaint == about_variable;
            cli_message("`--%s=%s`: %s", question->option, may_be_secret ? "…" : given, complaint);
        }
        return complaint == NULL;
    }
    while (b->asks) {
        if (!ask(b->arena, question->text, fallback, answer)) {
            cli_message("the questions are not answered, so nothing was written");
            return false;
        }
        complaint = question->complaint(*answer);
        if (complaint == NULL) {
            return true;
        }
        cli_note("%s", complaint);
    }
    return true;
}

/* The parts of a list, each once; returns how many there are. */
static size_t split_list(struct arena *arena, struct slice list, const struct slice **parts)
{
    struct slice *items = NULL;
    size_t count = 0;
    struct slice part;
    for (size_t at = 0; slice_next_part(list, ',', &at, &part);) {
        struct slice name = slice_trim(part);
        bool known = false;
        for (size_t i = 0; i < count; i++) {
            known = known || slice_equal(items[i], name);
        }
        if (!known) {
            items = arena_append(arena, items, count, sizeof *items);
            items[count++] = name;
        }
    }
    *parts = items;
    return count;
}

static bool decide_app(const struct beginning *b, struct starter *starter)
{
    static const struct question provider = {"identity-provider", "Name of the identity provider",
                                             about_name};
    static const struct question client_id = {
        "client-id", "Variable of the bot that holds the client id", about_variable};
    static const struct question client_secret = {
        "client-secret", "Variable of the bot that holds the client secret", about_variable};
    static const struct question scopes = {"scopes", "Scopes, separated by commas", about_scopes};
    struct slice name = arena_printf(b->arena, "%.*s Salesforce", SLICE_ARG(starter->name));
    struct slice list;
    bool decided = decide(b, &provider, b->options->start.identity_provider, name,
                          &starter->identity_provider) &&
                   decide(b, &client_id, b->options->start.client_id, SLICE("SALESFORCE_CLIENT_ID"),
                          &starter->client_id) &&
                   decide(b, &client_secret, b->options->start.client_secret,
                          SLICE("SALESFORCE_CLIENT_SECRET"), &starter->client_secret) &&
                   decide(b, &scopes, b->options->start.scopes, SLICE("api, refresh_token"), &list);
    starter->scope_count = decided ? split_list(b->arena, list, &starter->scopes) : 0;
    return decided;
}

/* What only an own app has is wrong with the platform's. */
static bool fits_app(const struct options *options, const struct starter *starter)
{
    const char *surplus = options->start.identity_provider != NULL ? "identity-provider"
                          : options->start.client_id != NULL       ? "client-id"
                          : options->start.client_secret != NULL   ? "client-secret"
                          : options->start.scopes != NULL          ? "scopes"
                                                                   : NULL;
    if (!starter->custom && surplus != NULL) {
        cli_message("`--%s` is for an app of your own: add `--app=custom`", surplus);
        return false;
    }
    return true;
}

/* `starter` has the defaults of the name and the locales. */
static bool decide_all(const struct beginning *b, struct slice locales, struct starter *starter)
{
    static const struct question name = {"name", "Name of the bot", about_name};
    static const struct question languages = {
        "locales", "Languages of the bot, the default one first, separated by commas",
        about_locales};
    static const struct question instance = {
        "instance", "Host of the Salesforce organisation, such as acme.my.salesforce.com",
        about_instance};
    static const struct question login = {
        "login", "Host where users sign in, test.salesforce.com for a sandbox", about_login};
    static const struct question authorization = {
        "authorization",
        "Who signs in: the developer, once (pre-authorized), or each user (end-user)",
        about_authorization};
    static const struct question app = {
        "app", "Connected app: the platform's (system), or your own (custom)", about_app};
    const struct options *options = b->options;
    struct slice list, who, which;
    if (!decide(b, &name, options->start.name, starter->name, &starter->name) ||
        !decide(b, &languages, options->start.locales, locales, &list) ||
        !decide(b, &instance, options->start.instance, SLICE(PROJECT_INSTANCE),
                &starter->instance) ||
        !decide(b, &login, options->start.login, SLICE(PROJECT_LOGIN), &starter->login) ||
        !decide(b, &authorization, options->start.authorization, SLICE("pre-authorized"), &who) ||
        !decide(b, &app, options->start.app, SLICE("system"), &which)) {
        return false;
    }
    starter->locale_count = split_list(b->arena, list, &starter->locales);
    starter->end_user = slice_is(who, "end-user");
    starter->custom = slice_is(which, "custom");
    return fits_app(options, starter) && (!starter->custom || decide_app(b, starter));
}

/* ---- defaults ---- */

/* The name of the folder, as a name: "sales-bot" to "Sales bot". */
static struct slice name_of_folder(struct arena *arena, const char *folder)
{
    char *here = arena_alloc(arena, PATH_MAX);
    struct slice path = slice_of(folder);
    if (strcmp(folder, ".") == 0) {
        path = slice_of(getcwd(here, PATH_MAX));
    }
    struct slice name = copy_title(arena, slice_of(file_name(arena_copy(arena, path))));
    bool has_name =
        name.length > 0 && utf8_is_valid(name) && !slice_is(name, ".") && !slice_is(name, "..");
    return has_name ? name : SLICE("Bot");
}

/* Takes the name and the languages of a bot; false with findings. */
static bool take_bot(struct arena *arena, const char *path, struct findings *findings,
                     struct starter *starter, struct slice *list)
{
    struct bot bot;
    if (!cli_read_bot(arena, findings, path, &findings->diagnostics, &bot)) {
        return false;
    }
    struct slice *locales;
    struct builder names = builder_new(arena);
    size_t count = bot_locales(arena, &bot, &locales);
    for (size_t i = 0; i < count; i++) {
        if (is_locale(locales[i])) {
            builder_printf(&names, "%s%.*s", names.length > 0 ? "," : "", SLICE_ARG(locales[i]));
        }
    }
    struct slice name = bot_name(&bot);
    starter->name = name.length > 0 ? name : starter->name;
    *list = names.length > 0 ? builder_slice(&names) : *list;
    return true;
}

/* ---- writing ---- */

/* What a program gets to know; docs/authoring.md describes it. */
struct written {
    const char *folder;
    const struct starter_file *files;
};

static void add_result(struct cjson report, const void *context)
{
    const struct written *written = context;
    struct cjson result = cjson_add_object(report, "result");
    cjson_add_text(result, "project", slice_of(written->folder));
    struct cjson files = cjson_add_array(result, "files");
    for (size_t i = 0; i < STARTER_FILES; i++) {
        cjson_add_text(files, NULL, slice_of(written->files[i].path));
    }
}

/* False, after a message, when a file is there already: nothing is written then. */
static bool check_free(struct arena *arena, struct findings *findings, const char *folder,
                       const struct starter_file *files)
{
    struct builder there = builder_new(arena);
    for (size_t i = 0; i < STARTER_FILES; i++) {
        const char *path = file_join(arena, folder, slice_of(files[i].path));
        if (input_exists(findings, path)) {
            builder_printf(&there, "%s%s", there.length > 0 ? ", " : "", path);
        }
    }
    if (there.length > 0) {
        struct slice list = builder_slice(&there);
        cli_message(
            "already there: %.*s; `dialogc init` overwrites nothing, so move what is in its "
            "way, or choose another folder",
            SLICE_ARG(list));
        return false;
    }
    return true;
}

static enum replacement_result write_files(struct arena *arena, const struct options *options,
                                           struct findings *findings, const char *folder,
                                           const struct starter_file *files)
{
    struct file_content contents[STARTER_FILES] = {0};
    struct output output = output_new(arena, options, findings);
    const char *conflict;
    output.makes_folders = true;
    for (size_t i = 0; i < STARTER_FILES; i++) {
        contents[i].path = file_join(arena, folder, slice_of(files[i].path));
        contents[i].bytes = files[i].bytes;
        contents[i].expects = REPLACE_NOTHING;
    }
    enum replacement_result result = output_write(&output, contents, STARTER_FILES, &conflict);
    if (result == REPLACEMENT_CONFLICT) {
        output_fail(&output, conflict);
    }
    return result;
}

static void say_what_next(struct arena *arena, const char *folder, const struct starter_file *files)
{
    cli_note("wrote %d files in %s:", STARTER_FILES, folder);
    for (size_t i = 0; i < STARTER_FILES; i++) {
        cli_note("  %s", files[i].path);
    }
    cli_note("next:");
    if (strcmp(folder, ".") != 0) {
        cli_note("  cd %s", cli_quoted(arena, folder));
    }
    cli_note("  dialogc add                   lists the templates that you can copy");
    cli_note("  dialogc add create-a-lead     copies one of them");
    cli_note("  dialogc chat create-a-lead    lets you talk to its dialog");
    cli_note("  dialogc check                 looks for mistakes");
    cli_note("  dialogc test                  runs the conversations");
}

int command_init(struct arena *arena, struct options *options)
{
    const char *folder =
        options->operands.count > 0 ? file_without_slash(arena, options->operands.paths[0]) : ".";
    struct findings findings = findings_new(arena, -1);
    struct starter starter = {.name = name_of_folder(arena, folder)};
    struct slice locales = SLICE("en");
    struct starter_file files[STARTER_FILES];
    const bool asks =
        !options->start.defaults && options->format == FORMAT_HUMAN && ask_is_possible();
    const struct beginning beginning = {arena, options, asks};
    if (folder[0] == '\0') {
        cli_message("the name of the folder is empty; without one, the project is made here");
        return STATUS_USAGE;
    }
    starter_write(arena, &starter, files);
    if (!check_free(arena, &findings, folder, files)) {
        return STATUS_USAGE;
    }
    if (findings_failed(&findings) ||
        (options->bot != NULL && !take_bot(arena, options->bot, &findings, &starter, &locales))) {
        return cli_report(arena, options, &findings);
    }
    if (asks) {
        cli_note("A few questions. Enter takes the answer in brackets, Ctrl-C writes nothing.");
    }
    if (!decide_all(&beginning, locales, &starter)) {
        return STATUS_USAGE;
    }
    starter_write(arena, &starter, files);
    bool written = write_files(arena, options, &findings, folder, files) == REPLACED;
    const struct written what = {folder, files};
    const struct render_result result = {add_result, &what};
    int status = cli_report_result(arena, options, &findings, written ? &result : NULL);
    if (status == STATUS_OK && !options->quiet && options->format == FORMAT_HUMAN) {
        say_what_next(arena, folder, files);
    }
    return status;
}
