/*
 * The project file: codes, channels, the API's version and host.
 *
 * Versions: "API End-of-Life Policy" of the REST API guide: 7 to 20 went in 2022, 21 to 30 in 2025.
 * Hosts: "My Domain URL Formats" of Salesforce's help.
 */
#include "base/suggestion.h"
#include "base/table.h"
#include "document/tree/passage.h"
#include "language/check/check.h"
#include "language/check/host.h"
#include "language/check/locale_name.h"
#include "language/model/channel.h"
#include "language/model/locales.h"

enum { OLDEST_VERSION = 31 };

static void check_codes(const struct node *codes, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < node_length(codes); i++) {
        const struct node *code = codes->items[i];
        if (code_find(code->text) != CODE_COUNT) {
            continue;
        }
        struct suggestion s = suggestion_new(code->text);
        for (enum code known = 0; known < CODE_COUNT; known++) {
            suggestion_offer(&s, slice_of(code_info(known)->name));
        }
        struct diagnostic *d = diag_report(diagnostics, W0017, code->source, code->range,
                                           "`%.*s` is not a code", SLICE_ARG(code->text));
        diag_suggest(diagnostics, d, s.best);
    }
}

/* What people call a channel, by the platform's name for it. */
static struct slice channel_meant(struct slice word)
{
    static const char *const others[][2] = {
        {"phone", "ivr"},        {"voice", "ivr"},          {"call", "ivr"}, {"web", "rtm"},
        {"webchat", "rtm"},      {"website", "rtm"},        {"chat", "rtm"}, {"browser", "rtm"},
        {"teams", "msteams"},    {"messenger", "facebook"}, {"text", "sms"}, {"mail", "email"},
        {"widget", "widgetsdk"}, {"sdk", "widgetsdk"},
    };
    for (size_t i = 0; i < TABLE_LENGTH(others); i++) {
        if (slice_is(word, others[i][0])) {
            return slice_of(others[i][1]);
        }
    }
    return SLICE("");
}

static void check_channels(const struct project *project, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < node_length(project->channels); i++) {
        const struct node *channel = project->channels->items[i];
        struct suggestion s = suggestion_new(channel->text);
        for (const char *const *name = channel_names; *name != NULL; name++) {
            suggestion_offer(&s, slice_of(*name));
        }
        struct slice meant = channel_meant(channel->text);
        s.best = meant.length > 0 ? meant : s.best;
        if (s.best.length > 0 && !slice_equal(s.best, channel->text)) {
            struct diagnostic *d =
                diag_report(diagnostics, W0611, channel->source, channel->range,
                            "the platform has no channel `%.*s`", SLICE_ARG(channel->text));
            diag_suggest(diagnostics, d, s.best);
        }
    }
}

/* The schema has seen to its form: v62.0 */
static void check_version(const struct project *project, struct diagnostics *diagnostics)
{
    const struct node *node = node_get(node_get(project->root, "salesforce"), "apiVersion");
    long long version = 0;
    for (size_t i = 1; node != NULL && node->text.data[i] != '.'; i++) {
        version = version * 10 + (node->text.data[i] - '0');
    }
    if (node != NULL && version < OLDEST_VERSION) {
        struct diagnostic *d =
            diag_report(diagnostics, W0825, node->source, node->range,
                        "Salesforce has retired version %lld of its API", version);
        diag_note(diagnostics, d, NULL, node->range,
                  "requests would get an error; dialogc is made for `%s`", PROJECT_API_VERSION);
    }
}

static void check_host(const struct project *project, struct diagnostics *diagnostics)
{
    const struct node *node = node_get(node_get(project->root, "salesforce"), "instance");
    if (node == NULL) {
        return;
    }
    if (slice_is(node->text, "login.salesforce.com") ||
        slice_is(node->text, "test.salesforce.com")) {
        struct diagnostic *d = diag_report(diagnostics, W0826, node->source, node->range,
                                           "users sign in at this host; it does not answer for "
                                           "your organisation");
        diag_note(diagnostics, d, NULL, node->range,
                  "write the organisation's own host here, such as `acme.my.salesforce.com`, and "
                  "this one as `login`");
        return;
    }
    struct slice meant = host_of_api(diagnostics->arena, node->text);
    if (meant.length > 0) {
        struct diagnostic *d = diag_report(diagnostics, W0826, node->source, node->range,
                                           "this host has Salesforce's pages, and not its API");
        diag_suggest(diagnostics, d, meant);
    }
}

/* `login: acme` and `login: login.saleforce.com`. */
static void check_host_name(const struct project *project, const char *key,
                            struct diagnostics *diagnostics)
{
    const struct node *node = node_get(node_get(project->root, "salesforce"), key);
    if (node == NULL || slice_starts_with(node->text, "${")) {
        return;
    }
    static const char *const sandboxes[] = {"sandbox", "test", "staging", "dev", "uat", NULL};
    static const char *const production[] = {"production", "prod", "login", "live", NULL};
    bool is_login = strcmp(key, "login") == 0;
    struct slice meant = host_meant(diagnostics->arena, node->text);
    if (is_login && slice_is_any(node->text, sandboxes)) {
        meant = SLICE("test.salesforce.com");
    } else if (is_login && slice_is_any(node->text, production)) {
        meant = SLICE("login.salesforce.com");
    } else if (slice_find(node->text, ".", 0) == SIZE_MAX) {
        meant = arena_printf(diagnostics->arena, "%.*s.my.salesforce.com", SLICE_ARG(node->text));
    }
    if (meant.length > 0) {
        struct diagnostic *d =
            diag_report(diagnostics, W0826, node->source, node->range,
                        "`%.*s` is not a host of Salesforce", SLICE_ARG(node->text));
        diag_suggest(diagnostics, d, meant);
    }
}

void check_env_name(const struct node *env, struct slice name, const struct source *source,
                    struct range range, struct diagnostics *diagnostics)
{
    struct suggestion s = suggestion_new(name);
    if (!node_is(env, NODE_MAPPING) || node_member(env, name) != NULL) {
        return;
    }
    for (size_t i = 0; i < env->count; i++) {
        suggestion_offer_near(&s, env->members[i].key->text);
    }
    if (s.best.length > 0) {
        struct diagnostic *d =
            diag_report(diagnostics, W0614, source, range,
                        "the project declares no variable `%.*s`", SLICE_ARG(name));
        diag_suggest(diagnostics, d, s.best);
    }
}

/* `instance: ${env.SALESFORCE_INSTANCE}` */
static void check_instance_variable(const struct project *project, struct diagnostics *diagnostics)
{
    const struct node *node = node_get(node_get(project->root, "salesforce"), "instance");
    if (node == NULL || !slice_starts_with(node->text, "${env.") ||
        !slice_ends_with(node->text, "}")) {
        return;
    }
    struct slice name = slice_part(node->text, 6, node->text.length - 1);
    struct range range = passage_range(node, name);
    size_t before = diagnostics->warning_count;
    check_env_name(project->env, name, node->source, range, diagnostics);
    bool is_declared =
        node_member(project->env, name) != NULL || slice_is(node->text, PROJECT_INSTANCE);
    if (node_is(project->env, NODE_MAPPING) && !is_declared &&
        diagnostics->warning_count == before) {
        struct diagnostic *d =
            diag_report(diagnostics, W0614, node->source, range,
                        "the project declares no variable `%.*s`", SLICE_ARG(name));
        diag_note(diagnostics, d, NULL, range,
                  "declare it: `variables: {env: {%.*s: The host of the organisation}}`",
                  SLICE_ARG(name));
    }
}

/* `desk: ${env.DESK}` among the parameters: they are fixed when a template is compiled. */
static void check_parameters(const struct project *project, struct diagnostics *diagnostics)
{
    const struct node *parameters = project->parameters;
    for (size_t i = 0; node_is(parameters, NODE_MAPPING) && i < parameters->count; i++) {
        const struct node *value = parameters->members[i].value;
        size_t open = node_is(value, NODE_STRING) ? slice_find(value->text, "${", 0) : SIZE_MAX;
        size_t close = open != SIZE_MAX ? slice_find(value->text, "}", open) : SIZE_MAX;
        if (close == SIZE_MAX) {
            continue;
        }
        struct slice reference = slice_part(value->text, open, close + 1);
        struct range range = passage_range(value, reference);
        struct diagnostic *d =
            diag_report(diagnostics, W0216, value->source, range,
                        "`%.*s` is taken literally: parameters are fixed", SLICE_ARG(reference));
        diag_note(diagnostics, d, NULL, range,
                  "write the value here, or `%.*s` in the templates instead of `${params.%.*s}`",
                  SLICE_ARG(reference), SLICE_ARG(parameters->members[i].key->text));
    }
}

/* The first locale of the project that a mapping of texts lacks; empty: none. */
static struct slice lacking_locale(const struct project *project, const struct node *texts)
{
    for (size_t i = 0; i < project->locale_count; i++) {
        if (locales_text_in(texts, project->locales[i]) == NULL) {
            return project->locales[i];
        }
    }
    return SLICE("");
}

/*
 * A content variable has a text in each language of the project. Where one is missing and there is
 * one that nobody wants, that is meant.
 */
static void check_content(const struct project *project, const struct member *variable,
                          struct diagnostics *diagnostics)
{
    const struct node *texts = variable->value;
    struct slice lacking = lacking_locale(project, texts);
    if (lacking.length == 0) {
        return;
    }
    for (size_t i = 0; i < texts->count; i++) {
        const struct node *key = texts->members[i].key;
        if (!project_has_locale(project, key->text)) {
            struct diagnostic *d =
                diag_report(diagnostics, E0502, key->source, key->range,
                            "`%.*s` is not a locale of the project", SLICE_ARG(key->text));
            diag_suggest(diagnostics, d, lacking);
            return;
        }
    }
    struct diagnostic *d =
        diag_report(diagnostics, W0511, variable->key->source, variable->key->range,
                    "the variable `%.*s` has no text in `%.*s`", SLICE_ARG(variable->key->text),
                    SLICE_ARG(lacking));
    diag_note(diagnostics, d, NULL, variable->key->range, "add `%.*s: …`", SLICE_ARG(lacking));
}

static void check_contents(const struct project *project, struct diagnostics *diagnostics)
{
    size_t count = project->has_locales && node_is(project->content, NODE_MAPPING)
                       ? project->content->count
                       : 0;
    for (size_t i = 0; i < count; i++) {
        if (node_is(project->content->members[i].value, NODE_MAPPING)) {
            check_content(project, &project->content->members[i], diagnostics);
        }
    }
}

void check_project(const struct project *project, struct diagnostics *diagnostics)
{
    check_codes(node_get(project->checks, "ignore"), diagnostics);
    check_codes(node_get(project->checks, "error"), diagnostics);
    check_channels(project, diagnostics);
    check_version(project, diagnostics);
    check_host(project, diagnostics);
    check_instance_variable(project, diagnostics);
    check_parameters(project, diagnostics);
    check_host_name(project, "instance", diagnostics);
    check_host_name(project, "login", diagnostics);
    size_t before = diagnostics->warning_count;
    locale_names_check(node_get(project->root, "locales"), diagnostics);
    if (diagnostics->warning_count == before) { /* else a text may be in the locale that is meant */
        check_contents(project, diagnostics);
    }
}
