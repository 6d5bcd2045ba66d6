/*
 * The options of all commands, in the order of their help. From this table alone come the parsing
 * (options.c), --help (help.c), and the manual pages and completions (docs.c).
 */
#include "cli/option.h"

#include <limits.h>

#include "cli/option_value.h"
#include "language/scaffold/scaffold.h"

/* Where a value goes, and which function puts it there. */
#define TO(setter, member)       .set = option_set_##setter, .field = offsetof(struct options, member)
#define FLAG(member)             TO(flag, member)
#define TEXT(name, member)       .argument = (name), TO(text, member)
#define TEXTS(name, member)      .argument = (name), TO(list, member)
#define PATH(name, member)       .argument = (name), .takes_path = true, TO(text, member)
#define PATHS(name, member)      .argument = (name), .takes_path = true, TO(list, member)
#define WORD(list, member)       .words = (list), TO(text, member)
#define COUNT(from, to, member)  .argument = "N", .least = (from), .most = (to), TO(count, member)
#define NUMBER(from, to, member) .argument = "N", .least = (from), .most = (to), TO(number, member)

/* Which commands have an option. */
#define IN(id)     (UINT32_C(1) << COMMAND_##id)
#define EVERY      ((UINT32_C(1) << COMMAND_COUNT) - 1)
#define SIMULATING (IN(TEST) | IN(CHAT) | IN(NEW_TEST) | IN(PREVIEW))
#define ONLINE     (IN(PULL) | IN(DEPLOY))
#define COMPILING  (IN(BUILD) | IN(CHECK) | IN(WATCH) | IN(INSTALL) | IN(BUNDLE) | IN(DEPLOY))
#define WRITING                                                                                    \
    (IN(INSTALL) | IN(UNINSTALL) | IN(BUNDLE) | IN(IMPORT) | IN(NEW) | IN(NEW_TEST) | IN(TEST) |   \
     IN(CHAT) | IN(SOBJECT) | IN(INIT) | IN(ADD) | IN(FMT) | IN(CHECK) | IN(PREVIEW) | ONLINE)
#define WITH_PROJECT                                                                               \
    (COMPILING | SIMULATING | IN(NEW) | IN(ADD) | IN(MOCK_SALESFORCE) | IN(AUTH) | IN(SOBJECT) |   \
     IN(PULL))
#define REPORTING (EVERY & ~(IN(SCHEMA) | IN(EXPLAIN)))
#define WITH_WARNINGS                                                                              \
    (COMPILING | IN(NEW) | IN(MOCK_SALESFORCE) | IN(VERIFY) | IN(AUTH) | IN(SOBJECT))

static const char *const list_formats[] = {"human", "json", NULL};
static const char *const test_formats[] = {"human", "json", "junit", NULL};
static const char *const authorizations[] = {"pre-authorized", "end-user", NULL};
static const char *const apps[] = {"system", "custom", NULL};
static const char *const preview_formats[] = {"html", "svg", "mermaid", NULL};
static const char *const exports[] = {"botium", "xo", NULL};

const struct option option_table[] = {
    /* ---- of a few commands ---- */
    {.name = "check",
     FLAG(build.check),
     .commands = IN(BUILD),
     .excludes = "depfile",
     .help = "report which files in the output folder are not up to date, and write nothing; the "
             "exit status is 1 if there are any"},
    {.name = "check",
     FLAG(fmt.check),
     .commands = IN(FMT),
     .help = "name the files that are not in this form, and write nothing; the exit status is 1 if "
             "there are any"},
    {.name = "diff",
     FLAG(fmt.diff),
     .commands = IN(FMT),
     .help = "show what would change, and write nothing; the exit status is 1 if anything would"},
    {.name = "fix",
     FLAG(build.fix),
     .commands = IN(CHECK),
     .help = "make the changes that findings suggest (\"did you mean\"), then check again"},
    {.name = "depfile",
     PATH("FILE", build.depfile),
     .commands = IN(BUILD),
     .help = "write which files every artifact was made from, as rules for Make and Ninja"},
    {.name = "known",
     PATHS("FILE|DIR", build.known),
     .commands = IN(BUILD) | IN(CHECK),
     .help = "templates whose dialogs may be called, without building them; may be repeated"},
    {.name = "bot",
     PATH("BOT.json", bot),
     .commands = IN(INIT),
     .help = "a bot export (a file, a folder or a zip), whose name and languages the project gets"},
    {.name = "name",
     TEXT("NAME", start.name),
     .commands = IN(INIT),
     .help = "the bot's name (default: that of the export, or of the folder)"},
    {.name = "locales",
     TEXT("L,...", start.locales),
     .commands = IN(INIT),
     .help = "the bot's languages, the default one first (default: those of the export, or en)"},
    {.name = "instance",
     TEXT("HOST", start.instance),
     .commands = IN(INIT),
     .help = "the host of the Salesforce organisation, such as acme.my.salesforce.com (default: "
             "${env.SALESFORCE_INSTANCE}, a variable of the bot)"},
    {.name = "login",
     TEXT("HOST", start.login),
     .commands = IN(INIT),
     .help = "where users sign in: test.salesforce.com for a sandbox (default: "
             "login.salesforce.com)"},
    {.name = "authorization",
     WORD(authorizations, start.authorization),
     .commands = IN(INIT),
     .help = "who signs in: the developer, once, or each user (default: pre-authorized)"},
    {.name = "app",
     WORD(apps, start.app),
     .commands = IN(INIT),
     .help = "the connected app: the platform's, or your own (default: system)"},
    {.name = "identity-provider",
     TEXT("NAME", start.identity_provider),
     .commands = IN(INIT),
     .help = "with `--app=custom`: a name for the identity provider (default: the bot's name, with "
             "Salesforce behind it)"},
    {.name = "client-id",
     TEXT("VARIABLE", start.client_id),
     .commands = IN(INIT),
     .help = "with `--app=custom`: the variable of the bot that holds the client id (default: "
             "SALESFORCE_CLIENT_ID)"},
    {.name = "client-secret",
     TEXT("VARIABLE", start.client_secret),
     .commands = IN(INIT),
     .help = "with `--app=custom`: the variable of the bot that holds the client secret (default: "
             "SALESFORCE_CLIENT_SECRET)"},
    {.name = "scopes",
     TEXT("SCOPE,...", start.scopes),
     .commands = IN(INIT),
     .help = "with `--app=custom`: the rights to ask for (default: api, refresh_token)"},
    {.name = "defaults",
     .letter = 'y',
     FLAG(start.defaults),
     .commands = IN(INIT),
     .help = "ask nothing: what the command line does not say gets its default"},
    {.name = "as",
     TEXT("NAME", start.as),
     .commands = IN(ADD),
     .help = "another name for the copy of the one template"},
    {.name = "locales",
     TEXT("L,...", start.locales),
     .commands = IN(ADD),
     .help = "the languages of the copies (default: those of the project)"},
    {.name = "profile",
     TEXT("PROFILE", start.profile),
     .commands = IN(ADD),
     .help = "the auth profile of the copies (default: `salesforce`, or the project's only one)"},
    {.name = "object",
     TEXT("OBJECT", scaffold.object),
     .commands = IN(NEW),
     .help = "the object's API name; `dialogc sobject list` lists the objects"},
    {.name = "operation",
     WORD(scaffold_operation_names, scaffold.operation),
     .commands = IN(NEW),
     .help = "what the dialog does with the object"},
    {.name = "fields",
     TEXT("A,B,...", scaffold.fields),
     .commands = IN(NEW),
     .help = "the fields, by API name (default: the required ones)"},
    {.name = "from",
     PATH("BOT.json", bot),
     .commands = IN(TEST),
     .help = "run conversations with the dialogs of a bot export"},
    {.name = "from",
     PATH("BOT.json", bot),
     .commands = IN(CHAT),
     .help = "talk to a bot export; TEMPLATE is the name of one of its dialogs (default: the one "
             "that what is said first starts)"},
    {.name = "update",
     FLAG(test.update),
     .commands = IN(TEST),
     .excludes = "explore export",
     .help = "where a conversation fails, record what happened as what is expected"},
    {.name = "coverage",
     FLAG(test.coverage),
     .commands = IN(TEST),
     .excludes = "explore export",
     .help = "list the nodes and transitions that no conversation reached"},
    {.name = "coverage",
     FLAG(test.coverage),
     .commands = IN(NEW_TEST),
     .help =
         "write conversations that reach every node and transition that can be reached, failures "
         "of services included"},
    {.name = "coverage",
     FLAG(preview.coverage),
     .commands = IN(PREVIEW),
     .help =
         "run the conversations beside the templates, and show which nodes and transitions they "
         "take"},
    {.name = "min-coverage",
     NUMBER(0, 100, test.min_coverage),
     .commands = IN(TEST),
     .excludes = "export",
     .help = "fail if the conversations reached less than N per cent of the nodes and transitions; "
             "with --explore, 100 per cent are required by default"},
    {.name = "explore",
     FLAG(test.explore),
     .commands = IN(TEST),
     .excludes = "export shard",
     .help =
         "instead of running conversations, try every way through the dialogs of the templates, "
         "with good, bad and hostile answers from users and services"},
    {.name = "export",
     WORD(exports, test.export),
     .commands = IN(TEST),
     .needs = "output",
     .help = "instead of comparing the conversations, write them for Botium, or for the platform's "
             "conversation tests"},
    {.name = "set",
     .argument = "NAME=VALUE",
     TO(entity, chat.entities),
     .commands = IN(CHAT),
     .help = "an entity that has a value from the start; may be repeated"},
    {.name = "locale",
     TEXT("L", chat.locale),
     .commands = IN(CHAT),
     .help = "the language of the user"},
    {.name = "port",
     NUMBER(0, 65535, mock.port),
     .commands = IN(MOCK_SALESFORCE),
     .required = true,
     .help = "the port to listen on; 0 chooses one that is free and prints it"},
    {.name = "address",
     TEXT("A", mock.address),
     .commands = IN(MOCK_SALESFORCE),
     .help = "the IPv4 address to listen on (default: 127.0.0.1)"},
    {.name = "host",
     TEXT("NAME", mock.host),
     .commands = IN(MOCK_SALESFORCE),
     .help = "a host name that requests may also use, such as that of a tunnel; all others but "
             "localhost get 403"},
    {.name = "token",
     TEXT("TOKEN", mock.token),
     .commands = IN(MOCK_SALESFORCE),
     .help = "the access token that requests need (default: a random one, for those who sign in)"},
    {.name = "timeout",
     NUMBER(1, 3600, mock.timeout),
     .commands = IN(MOCK_SALESFORCE),
     .help = "the seconds that a client has for a request (default: 30)"},
    {.name = "org",
     PATH("FILE", records),
     .commands = IN(MOCK_SALESFORCE) | IN(CHAT),
     .help = "records to start with: YAML, a mapping of objects to lists of records"},
    {.name = "now",
     TEXT("TIME", mock.now),
     .commands = IN(MOCK_SALESFORCE),
     .help = "the organisation's date and time, which do not advance, such as "
             "2026-01-15T09:00:00Z (default: when the command starts)"},
    {.name = "into",
     PATH("BOT.json", bot),
     .commands = IN(INSTALL),
     .required = true,
     .help = "the export, botDefinition.json or appDefinition.json"},
    {.name = "from",
     PATH("BOT.json", bot),
     .commands = IN(UNINSTALL),
     .required = true,
     .help = "the export, botDefinition.json or appDefinition.json"},
    {.name = "locales",
     TEXT("L,...", change.locales),
     .commands = IN(INSTALL) | IN(DEPLOY),
     .help = "the languages in which texts are installed (default: those of the bot)"},
    {.name = "dry-run",
     .letter = 'n',
     FLAG(change.dry_run),
     .commands = IN(INSTALL) | IN(UNINSTALL),
     .help = "show what would change, and write nothing"},
    {.name = "dialog",
     TEXTS("NAME", change.dialogs),
     .commands = IN(IMPORT),
     .help = "only this dialog, by its name; may be repeated"},
    {.name = "dialog",
     TEXTS("NAME", change.dialogs),
     .commands = IN(PREVIEW),
     .help = "only this dialog, by its name or identifier; may be repeated"},
    {.name = "keep-going",
     .letter = 'k',
     FLAG(change.keep_going),
     .commands = IN(IMPORT),
     .help = "leave out dialogs that cannot be imported, and write the others; the exit status is "
             "1 if there are any"},
    {.name = "breaking",
     FLAG(change.breaking),
     .commands = IN(DIFF),
     .help = "mark with `!` what can break conversations or integrations; the exit status is 1 if "
             "there is any"},

    /* ---- the platform ---- */
    {.name = "bot",
     TEXT("ID", online.bot),
     .commands = ONLINE,
     .excludes = "new list",
     .help = "the bot's id on the platform, st-… (default: that of the environment)"},
    {.name = "env",
     .letter = 'e',
     TEXT("NAME", online.environment),
     .commands = ONLINE,
     .help = "the environment of the project file to work with: its bot, its host, and what else "
             "it sets"},
    {.name = "host",
     TEXT("HOST", online.host),
     .commands = ONLINE,
     .help = "the platform's host (default: that of the environment, or bots.kore.ai)"},
    {.name = "list",
     FLAG(online.list),
     .commands = IN(PULL),
     .excludes = "published output",
     .help = "instead of a bot, list all bots that the app sees"},
    {.name = "published",
     FLAG(online.published),
     .commands = IN(PULL),
     .help = "the version that is published (default: the latest one, which is being worked on)"},
    {.name = "plan",
     FLAG(online.plan),
     .commands = IN(DEPLOY),
     .excludes = "yes",
     .help = "show what would change, and end before anything is changed"},
    {.name = "yes",
     .letter = 'y',
     FLAG(online.yes),
     .commands = IN(DEPLOY),
     .help = "do not ask whether to go on: necessary where there is no terminal"},
    {.name = "rollback",
     PATH("BACKUP", online.rollback),
     .commands = IN(DEPLOY),
     .excludes = "new locales",
     .help = "import a backup as a whole, instead of the project's templates"},
    {.name = "new",
     TEXT("NAME", online.new_bot),
     .commands = IN(DEPLOY),
     .excludes = "locales",
     .help = "make a new bot of the project's templates"},
    {.name = "publish",
     TEXT("COMMENT", online.publish),
     .commands = IN(DEPLOY),
     .help = "publish the bot afterwards, with this comment on the version"},
    {.name = "tests",
     PATH("FILE", online.tests),
     .commands = IN(DEPLOY),
     .needs = "tests-user",
     .help = "import conversations afterwards: a file that `dialogc test --export=xo` has written"},
    {.name = "tests-user",
     TEXT("EMAIL", online.tests_user),
     .commands = IN(DEPLOY),
     .needs = "tests",
     .help = "the user of the platform whom these conversations belong to"},
    {.name = "client-id",
     TEXT("ID", online.client_id),
     .commands = ONLINE,
     .help = "the client id of the app (default: DIALOGC_CLIENT_ID)"},
    {.name = "credentials",
     PATH("FILE", online.credentials),
     .commands = ONLINE,
     .help = "a file that only you can read, with the lines DIALOGC_CLIENT_ID=… and "
             "DIALOGC_CLIENT_SECRET=…"},
    {.name = "secret-command",
     TEXT("COMMAND", online.secret_command),
     .commands = ONLINE,
     .excludes = "credentials",
     .help = "a command that prints the client secret, for password managers"},
    {.name = "ca-file",
     PATH("FILE", online.authorities),
     .commands = ONLINE,
     .help = "certificates of authorities to trust, PEM (default: those of the system)"},
    {.name = "interval",
     COUNT(1, 60000, online.interval),
     .commands = ONLINE,
     .help = "milliseconds before the first question for the state of a job; later pauses grow to "
             "thirty times that (default: 1000)"},
    {.name = "timeout",
     COUNT(1, 86400, online.timeout),
     .commands = ONLINE,
     .help = "the seconds to wait for an export, an import or a publication (default: 900)"},

    /* ---- output ---- */
    {.name = "output",
     .letter = 'o',
     PATH("DIR", output),
     .commands = IN(BUILD),
     .help = "the output folder (default: the project's, or `dialogs`); `-` writes one artifact to "
             "standard output"},
    {.name = "output",
     .letter = 'o',
     PATH("DIR", output),
     .commands = IN(WATCH),
     .help = "the output folder (default: the project's, or `dialogs`)"},
    {.name = "output",
     .letter = 'o',
     PATH("FILE|DIR", output),
     .commands = IN(NEW),
     .help =
         "where to write the template (default: the project's templates, or the current folder); "
         "`-` is standard output"},
    {.name = "output",
     .letter = 'o',
     PATH("DIR", output),
     .commands = IN(TEST),
     .needs = "export",
     .help = "the folder for the exported conversations"},
    {.name = "output",
     .letter = 'o',
     PATH("FILE", output),
     .commands = IN(NEW_TEST),
     .help =
         "where to write the conversation (default: NAME.test.yaml next to the template); `-` is "
         "standard output"},
    {.name = "output",
     .letter = 'o',
     PATH("OUT", output),
     .commands = IN(INSTALL) | IN(UNINSTALL),
     .help =
         "write the new export there instead of overwriting the old one; `-` is standard output, "
         "without config.json"},
    {.name = "output",
     .letter = 'o',
     PATH("DIR", output),
     .commands = IN(BUNDLE),
     .required = true,
     .help = "the folder for the three files"},
    {.name = "output",
     .letter = 'o',
     PATH("DIR", output),
     .commands = IN(IMPORT),
     .required = true,
     .help = "the folder of the new project"},
    {.name = "output",
     .letter = 'o',
     PATH("DIR", output),
     .commands = IN(PULL),
     .help = "the folder for the bot's files"},
    {.name = "output",
     .letter = 'o',
     PATH("FILE|DIR", output),
     .commands = IN(SOBJECT),
     .help = "where `import` writes the description (default: sobjects/ of the project); `-` is "
             "standard output"},

    {.name = "output",
     .letter = 'o',
     PATH("FILE", output),
     .commands = IN(PREVIEW),
     .help = "where to write the page or picture (default: standard output)"},
    {.name = "no-sync",
     FLAG(no_sync),
     .commands = WRITING,
     .help =
         "do not wait until what is written is on the disk: faster, but it may be lost when the "
         "power fails"},

    /* ---- projects ---- */
    {.name = "directory",
     .letter = 'C',
     PATH("DIR", directory),
     .commands = WITH_PROJECT | IN(FMT),
     .help = "the folder of the project, with its dialogc.yaml"},
    {.name = "auth",
     PATHS("FILE|DIR", auth),
     .commands = COMPILING | SIMULATING,
     .help = "an auth profile, or a folder of them; may be repeated"},
    {.name = "shard",
     .argument = "I/N",
     .most = 100000,
     TO(shard, shard),
     .commands = IN(BUILD) | IN(CHECK) | IN(TEST),
     .help = "only part I of N of the files, to divide the work among N machines"},
    {.name = "jobs",
     .letter = 'j',
     COUNT(1, 1024, jobs),
     .commands = COMPILING | IN(TEST),
     .help = "how many files to work on at once (default: the number of cores)"},

    /* ---- findings ---- */
    {.name = "format",
     .words = option_formats,
     TO(format, format),
     .commands = REPORTING & ~(SIMULATING | ONLINE | IN(LIST) | IN(DIFF) | IN(INIT) | IN(ADD)),
     .help =
         "how findings are shown: for people on standard error (the default), or for machines on "
         "standard output"},
    {.name = "format",
     .words = test_formats,
     TO(format, format),
     .commands = IN(TEST),
     .help = "how results are shown (default: human)"},
    {.name = "format",
     .words = list_formats,
     TO(format, format),
     .commands = IN(LIST),
     .help = "how the list is shown (default: human)"},
    {.name = "format",
     .words = list_formats,
     TO(format, format),
     .commands = IN(INIT) | IN(ADD),
     .help = "how the list, or what was written, is shown (default: human)"},
    {.name = "format",
     .words = list_formats,
     TO(format, format),
     .commands = IN(DIFF),
     .help = "how the changes are shown (default: human)"},
    {.name = "format",
     WORD(preview_formats, preview.format),
     .commands = IN(PREVIEW),
     .help = "a page (the default), a picture of one dialog, or diagrams for Markdown"},
    {.name = "max-warnings",
     NUMBER(0, LONG_MAX, max_warnings),
     .commands = WITH_WARNINGS,
     .help = "fail if there are more than N warnings"},
    {.name = "error",
     .argument = "CODE,...",
     TO(codes, policy.is_error),
     .commands = WITH_WARNINGS | SIMULATING,
     .help = "warnings to treat as errors"},
    {.name = "ignore",
     .argument = "CODE,...",
     TO(codes, policy.is_ignored),
     .commands = WITH_WARNINGS | SIMULATING,
     .help = "warnings to hide"},
    {.name = "strict-locales",
     FLAG(policy.is_error[W0511]),
     .commands = COMPILING | SIMULATING,
     .help = "fail if a template lacks texts in a language of the project; the same as --error "
             "W0511"},
    {.name = "color",
     .words = option_colors,
     TO(color, color),
     .commands = REPORTING,
     .help = "colour in findings for people (default: auto, which is on a terminal)"},
    {.name = "quiet",
     .letter = 'q',
     FLAG(quiet),
     .commands = REPORTING & ~(IN(CHAT) | IN(NEW_TEST) | IN(MOCK_SALESFORCE)),
     .help = "show errors only, without warnings and summaries"},
    {.name = "quiet",
     .letter = 'q',
     FLAG(quiet),
     .commands = IN(MOCK_SALESFORCE),
     .help = "print no line for each request"},
    {.name = "help", .letter = 'h', FLAG(help), .commands = EVERY, .help = "show this help"},
};

const size_t option_count = sizeof option_table / sizeof option_table[0];

_Static_assert(COMMAND_COUNT < 32, "a command is a bit of `commands`");

struct slice option_argument(struct arena *arena, const struct option *option)
{
    if (option->words == NULL) {
        return slice_of(option->argument != NULL ? option->argument : "");
    }
    struct builder out = builder_new(arena);
    for (size_t i = 0; option->words[i] != NULL; i++) {
        builder_printf(&out, "%s%s", i > 0 ? "|" : "", option->words[i]);
    }
    return builder_slice(&out);
}
