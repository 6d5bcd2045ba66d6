/* What is the same in all projects is a text here; the rest goes through the YAML writer. */
#include "language/scaffold/starter.h"

#include "base/embedded.h"
#include "document/tree/build.h"
#include "document/yaml/reader.h"
#include "document/yaml/writer.h"
#include "language/model/auth_profile.h"
#include "language/model/project.h"

#define HOOKS ".pre-commit-hooks.yaml" /* of dialogc itself */
#define HOOK  "dialogc-check-all"

static const char ignored[] =
    "# What dialogc makes of the templates, and what it remembers of a build.\n"
    "/" PROJECT_OUTPUT "/\n"
    "/.dialogc/\n";

static const char about_templates[] =
    "# Templates\n"
    "\n"
    "Each file here is a template, from which dialogc makes a dialog; `NAME.test.yaml` has the "
    "conversations that test it.\n"
    "`dialogc add` lists templates that you can copy, `dialogc new` writes one for any Salesforce "
    "object.\n";

static const char workflow[] =
    "# Checks the templates, runs their conversations and builds the dialogs.\n"
    "name: dialogc\n"
    "on: [push, pull_request]\n"
    "\n"
    "permissions:\n"
    "  contents: read\n"
    "\n"
    "jobs:\n"
    "  dialogs:\n"
    "    runs-on: ubuntu-latest\n"
    "    steps:\n"
    "      - uses: actions/checkout@v4\n"
    "      # The repository variable DIALOGC_REPOSITORY (Settings, Secrets and variables, Actions) "
    "names your copy of\n"
    "      # dialogc, such as example/dialogc.\n"
    "      - uses: actions/checkout@v4\n"
    "        with:\n"
    "          repository: ${{ vars.DIALOGC_REPOSITORY }}\n"
    "          path: .tools/dialogc\n"
    "      - name: Build dialogc\n"
    "        run: |\n"
    "          .tools/dialogc/scripts/build\n"
    "          echo \"$PWD/.tools/dialogc/build/release\" >> \"$GITHUB_PATH\"\n"
    "      - name: Check the templates\n"
    "        run: dialogc check --format=github\n"
    "      - name: Run the conversations\n"
    "        run: dialogc test\n"
    "      - name: Build the dialogs\n"
    "        run: dialogc build\n"
    "      - uses: actions/upload-artifact@v4\n"
    "        with:\n"
    "          name: dialogs\n"
    "          path: " PROJECT_OUTPUT "\n";

static struct slice project_file(struct arena *arena, const struct starter *starter)
{
    struct builder out = builder_new(arena);
    struct node *locales = node_new_sequence(arena);
    struct node *salesforce = node_new_mapping(arena);
    for (size_t i = 0; i < starter->locale_count; i++) {
        node_append(arena, locales, node_new_text(arena, starter->locales[i]));
    }
    node_set_text(arena, salesforce, "instance", starter->instance);
    node_set_text(arena, salesforce, "login", starter->login);
    builder_add_text(&out, "# What the templates of this bot share.\ndialogc: 1\n");
    yaml_write_line(&out, SLICE("name"), node_new_text(arena, starter->name), 0);
    builder_add_text(&out, "\n# The languages of the bot; the first is the default.\n");
    yaml_write_line(&out, SLICE("locales"), locales, 0);
    builder_add_text(&out, "\n# The organisation that the dialogs call, and where its users sign "
                           "in. ${env.NAME} is a variable of the bot.\nsalesforce:\n");
    yaml_write_members(&out, salesforce, 2, NULL);
    return builder_slice(&out);
}

static struct slice variable(struct arena *arena, struct slice name)
{
    return arena_printf(arena, "${env.%.*s}", SLICE_ARG(name));
}

/* What the platform asks for of an own connected app. */
static void add_custom_app(struct arena *arena, struct node *root, const struct starter *starter)
{
    struct node *scopes = node_new_sequence(arena);
    struct slice token =
        arena_printf(arena, "https://%.*s/services/oauth2/token", SLICE_ARG(starter->login));
    for (size_t i = 0; i < starter->scope_count; i++) {
        node_append(arena, scopes, node_new_text(arena, starter->scopes[i]));
    }
    node_set_text(arena, root, "identityProvider", starter->identity_provider);
    node_set_text(arena, root, "callbackUrl", SLICE(AUTH_CALLBACK_URL));
    node_set_text(arena, root, "clientId", variable(arena, starter->client_id));
    node_set_text(arena, root, "clientSecret", variable(arena, starter->client_secret));
    node_set_text(
        arena, root, "authorizationUrl",
        arena_printf(arena, "https://%.*s/services/oauth2/authorize", SLICE_ARG(starter->login)));
    node_set_text(arena, root, "tokenUrl", token);
    node_set_text(arena, root, "refreshUrl", token);
    node_set(arena, root, SLICE("scopes"), scopes);
}

static struct slice profile_file(struct arena *arena, const struct starter *starter)
{
    struct builder out = builder_new(arena);
    struct node *root = node_new_mapping(arena);
    node_set(arena, root, SLICE("dialogc"), node_new_integer(arena, 1));
    node_set_text(arena, root, "profile", SLICE("salesforce"));
    node_set_text(arena, root, "name",
                  starter->custom ? starter->identity_provider : SLICE("Salesforce"));
    node_set_text(arena, root, "type", SLICE("oauth2"));
    node_set_text(arena, root, "authorization",
                  starter->end_user ? SLICE("end-user") : SLICE("pre-authorized"));
    node_set_text(arena, root, "app", starter->custom ? SLICE("custom") : SLICE("system"));
    if (starter->custom) {
        add_custom_app(arena, root, starter);
    }
    builder_add_text(&out, "# How the dialogs sign in to Salesforce: the answers to the questions "
                           "of the platform's dialog \"Add\n# Authorization\". `dialogc auth "
                           "salesforce` shows them field by field.\n");
    yaml_write_members(&out, root, 0, NULL);
    return builder_slice(&out);
}

/* The hook that checks everything, as dialogc offers it, run from the PATH. */
static struct slice hook_file(struct arena *arena)
{
    struct builder out = builder_new(arena);
    struct diagnostics none = diagnostics_new(arena);
    struct source *source;
    const struct node *hooks = yaml_read(arena, HOOKS, embedded_find(SLICE(HOOKS)), &none, &source);
    builder_add_text(&out,
                     "# Checks the templates before each commit: `pre-commit install` turns "
                     "it on (https://pre-commit.com).\nrepos:\n  - repo: local\n    hooks:\n");
    for (size_t i = 0; i < node_length(hooks); i++) {
        const struct node *hook = hooks->items[i];
        if (slice_is(node_text(hook, "id"), HOOK)) {
            builder_add_text(&out, "      - id: " HOOK "\n");
            struct node *rest = node_copy(arena, hook);
            node_remove(rest, SLICE("id"));
            yaml_write_members(&out, rest, 8, NULL);
        }
    }
    return builder_slice(&out);
}

void starter_write(struct arena *arena, const struct starter *starter,
                   struct starter_file files[STARTER_FILES])
{
    const struct starter_file all[STARTER_FILES] = {
        {".github/workflows/dialogc.yml", slice_of(workflow)},
        {".gitignore", slice_of(ignored)},
        {".pre-commit-config.yaml", hook_file(arena)},
        {"auth/salesforce.yaml", profile_file(arena, starter)},
        {"templates/README.md", slice_of(about_templates)},
        {PROJECT_FILE, project_file(arena, starter)},
    };
    for (size_t i = 0; i < STARTER_FILES; i++) {
        files[i] = all[i];
    }
}
