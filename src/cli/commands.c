/* The commands, and what is said of them: --help, the manual pages and the completions show it. */
#include "cli/commands.h"

const char command_shared_help[] =
    "\n"
    "Findings:\n"
    "  --format=FORMAT           how findings are shown: human (default, on standard error), "
    "json,\n"
    "                            sarif, github or junit (on standard output)\n"
    "  --max-warnings N          more warnings than N fail the run\n"
    "  --error CODE,...          warnings that count as errors\n"
    "  --ignore CODE,...         warnings that are not shown\n"
    "  --color=auto|always|never colour in human output (default auto: on a terminal)\n"
    "  -q, --quiet               errors only: no warnings, no summary\n"
    "\n"
    "Exit status: 0 clean, 1 findings, 2 wrong usage, 3 the system failed.\n";

const struct command commands[] = {
    {"build", "C:o:a:j:dKks", command_build,
     "dialogc build [-o DIR] [-C DIR] [--auth FILE]... [-j N] [FILE|DIR]...",
     "compile templates to dialog tasks",
     "Compiles every template and writes NAME.dialog.json for each. A folder is searched for\n"
     "*.yaml and *.yml; in it, a folder named `auth` holds auth profiles. Without FILE the\n"
     "project's templates are compiled, and only those of which anything has changed since the "
     "last\n"
     "build: .dialogc/state in the project's folder knows; it may be deleted. No file is touched "
     "when\n"
     "any template has an error.\n"
     "\n"
     "  -o, --output DIR          the output folder (default: the project's, or `dialogs`);\n"
     "                            `-` writes one artifact to standard output\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"
     "  -j, --jobs N              threads (default: the machine's cores)\n"
     "  --check                   tell which files in the output folder are not what the "
     "templates\n"
     "                            compile to, and write nothing (exit status 1 when there are "
     "any)\n"
     "  --depfile FILE            write down which files every artifact was made of, as rules for\n"
     "                            Make and Ninja\n"
     "  --known FILE|DIR          templates whose dialogs may be called, without building them; "
     "may\n"
     "                            be repeated\n"
     "  --shard I/N               only part I of N of the templates, for N machines\n"
     "  FILE                      `-` is standard input, `@LIST` the files in a list, one a "
     "line\n"},
    {"check", "C:a:j:Ks", command_check,
     "dialogc check [-C DIR] [--auth FILE]... [-j N] [FILE|DIR]...", "the same without writing",
     "Validates and checks templates; takes the options of `dialogc build`, but for those of its\n"
     "output.\n"
     "\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"
     "  -j, --jobs N              threads (default: the machine's cores)\n"
     "  --known FILE|DIR          templates whose dialogs may be called; may be repeated\n"
     "  --shard I/N               only part I of N of the templates, for N machines\n"},
    {"watch", "C:o:a:j:", command_watch, "dialogc watch [-o DIR] [-C DIR] [--auth FILE]... [-j N]",
     "build whenever a file changes",
     "Builds the project, and again whenever one of its files changes, until it is interrupted. On "
     "a\n"
     "terminal the screen is cleared before each build.\n"
     "\n"
     "  -o, --output DIR          the output folder (default: the project's, or `dialogs`)\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"
     "  -j, --jobs N              threads (default: the machine's cores)\n"},
    {"new", "C:o:O:P:F:", command_new,
     "dialogc new [NAME --object OBJECT --operation OPERATION [--fields A,B,...]] [-o FILE|DIR]",
     "write the first version of a template",
     "Writes a commented template for one operation on a Salesforce object: prompts from the "
     "labels,\n"
     "entity types from the types of the fields, choices from the picklists. It passes `dialogc\n"
     "check` as it is. Without arguments it asks, on a terminal. No file is written over.\n"
     "\n"
     "  --object OBJECT           the object's API name; see `dialogc sobject list`\n"
     "  --operation OPERATION     create, update, view, search, list or delete\n"
     "  --fields A,B,...          the fields, by API name (default: those that are required)\n"
     "  -o, --output FILE|DIR     where it goes (default: the project's templates, or here);\n"
     "                            `-` is standard output\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"},
    {"test", "C:a:j:o:RUVMEXs", command_test,
     "dialogc test [-C DIR] [-j N] [--from BOT.json] [--update] [--coverage] [FILE|DIR]...",
     "run conversations with the compiled dialogs",
     "Runs the conversations of files named *.test.yaml with the dialogs that the templates "
     "beside\n"
     "them compile to, against a simulated Salesforce organisation; without FILE, those of the\n"
     "project's templates. Nothing is sent anywhere.\n"
     "\n"
     "  --from BOT.json           conversations with the dialogs of a bot export\n"
     "  --update                  write down what was, where a conversation has failed\n"
     "  --coverage                list the nodes and transitions that no conversation went "
     "through\n"
     "  --min-coverage N          fail when less than N per cent of them were gone through\n"
     "  --explore                 instead of conversations: go every way through the dialogs of "
     "the\n"
     "                            templates, with good, bad and hostile answers of users and "
     "services\n"
     "  --export=botium|xo        instead of running them: write the conversations for Botium, or "
     "for\n"
     "                            the platform's conversation tests\n"
     "  -o, --output DIR          the folder for what --export writes\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"
     "  --shard I/N               only part I of N of the files, for N machines\n"
     "  -j, --jobs N              processes (default: the machine's cores)\n"},
    {"chat", "C:a:RLS", command_chat,
     "dialogc chat [--set NAME=VALUE]... [--locale L] [--from BOT.json] TEMPLATE",
     "talk with a compiled dialog",
     "Leads a conversation with the dialog that a template compiles to, against a simulated\n"
     "Salesforce organisation with a few records. Buttons and lists have numbers to choose by;\n"
     "/help lists the commands: /context, /request, /back, /restart, /save FILE, /quit. Lines may\n"
     "come through a pipe.\n"
     "\n"
     "  --set NAME=VALUE          an entity that has a value already; may be repeated\n"
     "  --locale L                the language of the user\n"
     "  --from BOT.json           TEMPLATE is the name of a dialog of this bot export\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"},
    {"new-test", "C:o:a:V", command_new_test, "dialogc new-test [-o FILE] [--coverage] TEMPLATE",
     "write a first conversation with a dialog",
     "Talks with the compiled dialog and writes down how all goes well, as a file for `dialogc "
     "test`.\n"
     "\n"
     "  -o, --output FILE         where it goes (default: NAME.test.yaml beside the template);\n"
     "                            `-` is standard output\n"
     "  --coverage                conversations that go through every node and transition that can "
     "be\n"
     "                            reached, the failures of services included\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"},
    {"mock-salesforce", "C:NAG", command_mock_salesforce,
     "dialogc mock-salesforce --port N [--org FILE]",
     "the simulated Salesforce organisation as a server",
     "Answers the REST API and the OAuth endpoints of an organisation in memory, on this machine "
     "only,\n"
     "until it is interrupted. Requests need the access token that /services/oauth2/token gives.\n"
     "\n"
     "  --port N                  the port; 0: any that is free, which is printed\n"
     "  --address A               another address than 127.0.0.1 to listen on\n"
     "  --org FILE                records to begin with: YAML, objects to lists of records\n"
     "  -C, --directory DIR       the folder of the project, for its descriptions of objects\n"
     "  -q, --quiet               no line for each request\n"},
    {"install", "C:o:a:j:I:n", command_install,
     "dialogc install --into BOT.json [-o OUT] [-C DIR] [-n] [TEMPLATE|FILE|DIR]...",
     "put templates into a bot export",
     "Compiles templates and adds their dialogs to an export of the platform, or replaces there "
     "what\n"
     "it has of them; without operands, all templates of the project. Nothing else in the export\n"
     "changes, not a byte. config.json, beside the export, gets the environment variables that "
     "the\n"
     "templates name.\n"
     "\n"
     "  --into BOT.json           the export: botDefinition.json or appDefinition.json\n"
     "  -o, --output OUT          write the new export there (`-`: to standard output, and no\n"
     "                            config.json) instead of over the old one\n"
     "  -n, --dry-run             only tell what would change\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"
     "  -j, --jobs N              threads (default: the machine's cores)\n"
     "  TEMPLATE                  the name of a template's file in the project, without `.yaml`\n"},
    {"uninstall", "o:R:n", command_uninstall,
     "dialogc uninstall --from BOT.json [-o OUT] [-n] TEMPLATE...",
     "take templates out of a bot export",
     "Takes out of an export what `dialogc install` has put there for the templates, named by "
     "their\n"
     "identifiers or titles; every other byte stays. Environment variables that dialogc has added "
     "to\n"
     "config.json go too, unless they have a value by now or something else names them.\n"
     "\n"
     "  --from BOT.json           the export\n"
     "  -o, --output OUT          write the new export there instead of over the old one\n"
     "  -n, --dry-run             only tell what would change\n"},
    {"bundle", "C:o:a:j:", command_bundle, "dialogc bundle -o DIR [-C DIR] [TEMPLATE|FILE|DIR]...",
     "make a new bot of templates",
     "Writes a whole new bot with the dialogs of the templates, or of all templates of the "
     "project:\n"
     "botDefinition.json, config.json, and bot.zip of both. The bot has the project's `name`.\n"
     "\n"
     "  -o, --output DIR          the folder for the three files\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"
     "  --auth FILE               an auth profile, or a folder of them; may be repeated\n"
     "  -j, --jobs N              threads (default: the machine's cores)\n"},
    {"import", "o:D:", command_import, "dialogc import [--dialog NAME]... -o DIR BOT.json",
     "turn the dialogs of a bot export into templates",
     "Writes a project: a template for each dialog, an auth profile for each profile, and\n"
     "dialogc.yaml. Compiling the templates gives the dialogs back as they are in the export. "
     "What\n"
     "the language has no words for is kept under `xo` in the template. No file is written over.\n"
     "\n"
     "  -o, --output DIR          the folder of the project\n"
     "  --dialog NAME             only this dialog, by its name; may be repeated\n"},
    {"verify", "", command_verify, "dialogc verify BOT.json...", "look for mistakes in bot exports",
     "Checks exports of the platform, whoever made them: their form, their ids and references, "
     "and\n"
     "what real bots get wrong. `-` is standard input.\n"},
    {"list", "", command_list, "dialogc list [--format=json] BOT.json", "what is in a bot export",
     "Prints the dialogs of an export with their nodes, requests and training, and the "
     "authorization\n"
     "profiles. `-` is standard input. Queries of URLs are not shown: they may hold "
     "credentials.\n"},
    {"diff", "B", command_diff, "dialogc diff [--breaking] OLD.json NEW.json",
     "what has changed between two exports",
     "Compares two exports, two artifacts, or an artifact and an export (then that dialog alone), "
     "and\n"
     "tells the changes in words of dialogs, nodes, transitions, texts, requests and training.\n"
     "Positions on the canvas do not count. Values of headers, bodies and queries are not shown.\n"
     "\n"
     "  --breaking                mark with `!` what can break conversations or integrations; the "
     "exit\n"
     "                            status is 1 when there is any\n"},
    {"schema", "", command_schema, "dialogc schema [NAME]", "print a JSON Schema",
     "Prints the schema NAME (action-template, conversation, fragment, auth-profile, sobject, "
     "project, xo-bot,\n"
     "xo-dialog); without\n"
     "NAME, the names.\n"},
    {"auth", "C:", command_auth, "dialogc auth [-C DIR] PROFILE|FILE",
     "what to enter on the platform for an auth profile",
     "Prints, field by field, what an operator enters on the platform for a profile of the\n"
     "project, or for the profile in FILE. Secrets stay references.\n"},
    {"sobject", "C:o:", command_sobject,
     "dialogc sobject import [-C DIR] [-o FILE|DIR] DESCRIBE.json...",
     "learn the objects of a Salesforce organisation",
     "import writes a description of the object in a describe answer, which is what\n"
     "`sf sobject describe --sobject X --json` prints: to sobjects/NAME.json of the project, or "
     "to\n"
     "-o (`-` is standard output). Templates are checked against it from then on.\n"
     "`dialogc sobject show OBJECT` prints the fields of an object, `dialogc sobject list` the\n"
     "objects that are known.\n"
     "\n"
     "  -o, --output FILE|DIR     where the description goes\n"
     "  -C, --directory DIR       the folder of the project (its dialogc.yaml)\n"},
    {"explain", "", command_explain, "dialogc explain [CODE]", "explain a finding",
     "Prints what the finding CODE means and what to do; without CODE, all codes.\n"},
};

const size_t command_count = sizeof commands / sizeof commands[0];
