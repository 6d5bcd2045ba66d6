/* Checking what a file of conversations names against the dialog that it is about. */
#include <string.h>

#include "base/date.h"
#include "base/suggestion.h"
#include "document/schema/regex.h"
#include "language/model/channel.h"
#include "language/model/locales.h"
#include "trial/conversation/meant.h"
#include "trial/conversation/parts.h"
#include "trial/conversation/scope.h"

struct check {
    struct arena *arena;
    const struct conversation_world *world;
    struct diagnostics *diagnostics;
    struct scope scope;
};

/* ---- findings ---- */

static struct diagnostic *report(struct check *c, enum code code, const struct node *place,
                                 struct slice message)
{
    return diag_report(c->diagnostics, code, place->source, place->range, "%.*s",
                       SLICE_ARG(message));
}

static void note(struct check *c, struct diagnostic *finding, const struct node *place,
                 const char *text)
{
    diag_note(c->diagnostics, finding, NULL, place->range, "%s", text);
}

/* Names that there are, for a suggestion and, when none is near, for a note. */
struct offer {
    struct suggestion meant;
    struct builder list;
    size_t count;
    const char *plural; /* "nodes" */
};

enum { MOST_NAMES = 12 };

static struct offer offer_new(struct check *c, struct slice name, const char *plural_noun)
{
    return (struct offer){
        .meant = suggestion_new(name), .list = builder_new(c->arena), .plural = plural_noun};
}

static void offer_name(struct offer *offer, struct slice name)
{
    suggestion_offer(&offer->meant, name);
    if (offer->count < MOST_NAMES) {
        builder_printf(&offer->list, "%s`%.*s`", offer->count > 0 ? ", " : "", SLICE_ARG(name));
    }
    offer->count++;
}

static void offer_texts(struct offer *offer, const struct node *list)
{
    for (size_t i = 0; i < node_length(list); i++) {
        offer_name(offer, list->items[i]->text);
    }
}

static void add_offer(struct check *c, struct diagnostic *finding, const struct node *place,
                      struct offer *offer)
{
    if (offer->meant.best.length > 0) {
        diag_suggest(c->diagnostics, finding, offer->meant.best);
    } else if (offer->count == 0) {
        diag_note(c->diagnostics, finding, NULL, place->range, "there are no %s", offer->plural);
    } else {
        diag_note(c->diagnostics, finding, NULL, place->range, "the %s are %.*s%s", offer->plural,
                  SLICE_ARG(builder_slice(&offer->list)), offer->count > MOST_NAMES ? ", …" : "");
    }
}

static bool has_text(const struct node *list, struct slice text)
{
    for (size_t i = 0; i < node_length(list); i++) {
        if (slice_equal(list->items[i]->text, text)) {
            return true;
        }
    }
    return false;
}

/* ---- nodes ---- */

static void offer_nodes(struct check *c, struct offer *offer, enum scope_kind kind)
{
    for (size_t i = 0; i < c->scope.count; i++) {
        if (scope_fits(c->scope.nodes[i], kind)) {
            offer_name(offer, c->scope.nodes[i]->name);
        }
    }
}

/* "`hello` is a message, which does not wait for an answer" */
static bool report_other_kind(struct check *c, const struct node *place, enum scope_kind kind)
{
    const struct program_node *node = scope_find(&c->scope, place->text, SCOPE_NODE);
    if (node == NULL || kind == SCOPE_NODE) {
        return false;
    }
    struct offer offer = offer_new(c, SLICE(""), scope_plural(kind));
    struct diagnostic *finding = report(
        c, E1202, place,
        arena_printf(c->arena, "`%.*s` is not %s: it is the node of a step `%s`",
                     SLICE_ARG(place->text), scope_noun(kind), dialog_kind_step(node->kind)));
    offer_nodes(c, &offer, kind);
    add_offer(c, finding, place, &offer);
    return true;
}

/* Reports a name that neither the dialog has nor any that it calls. */
static const struct program_node *check_name(struct check *c, const struct node *place,
                                             enum scope_kind kind)
{
    const struct program_node *found = scope_find(&c->scope, place->text, kind);
    if (found != NULL || report_other_kind(c, place, kind)) {
        return found;
    }
    struct offer offer = offer_new(c, place->text, scope_plural(kind));
    struct diagnostic *finding = report(c, E1202, place,
                                        arena_printf(c->arena, "the dialog has no %s `%.*s`",
                                                     scope_word(kind), SLICE_ARG(place->text)));
    offer_nodes(c, &offer, kind);
    add_offer(c, finding, place, &offer);
    return NULL;
}

/* ---- entities ---- */

static void check_set(struct check *c, const struct node *set, struct slice locale)
{
    for (size_t i = 0; node_is(set, NODE_MAPPING) && i < set->count; i++) {
        const struct program_node *node = check_name(c, set->members[i].key, SCOPE_ENTITY);
        const struct node *value = set->members[i].value;
        if (node == NULL) {
            continue;
        }
        struct value_mistake mistake = entity_value_mistake(c->arena, node, value, locale);
        if (mistake.message.length > 0 && !mistake.is_possible) {
            struct diagnostic *finding = report(c, E1205, value, mistake.message);
            if (mistake.instead.length > 0) {
                diag_suggest(c->diagnostics, finding, mistake.instead);
            } else if (mistake.way_out.length > 0) {
                diag_note(c->diagnostics, finding, NULL, value->range, "%.*s",
                          SLICE_ARG(mistake.way_out));
            }
        }
    }
}

/* ---- settings ---- */

static void check_now(struct check *c, const struct node *now)
{
    long long time;
    bool has_time;
    if (now != NULL && !date_read(now->text, &time, &has_time)) {
        report(c, E1204, now, SLICE("not a date and time such as 2026-01-15T09:00:00Z"));
    }
}

static void check_locale(struct check *c, const struct node *locale)
{
    const struct node *locales = node_get(c->world->dialog->root, "localeData");
    if (locale == NULL || !node_is(locales, NODE_MAPPING) || locales->count == 0 ||
        locales_text_in(locales, locale->text) != NULL) {
        return;
    }
    for (size_t i = 0; i < c->world->own_locale_count; i++) {
        if (slice_equal(c->world->own_locales[i], locale->text)) {
            return; /* the project does without it */
        }
    }
    struct offer offer = offer_new(c, locale->text, "locales");
    struct diagnostic *finding =
        report(c, E1202, locale,
               arena_printf(c->arena, "the dialog has no locale `%.*s`", SLICE_ARG(locale->text)));
    for (size_t i = 0; i < locales->count; i++) {
        offer_name(&offer, locales->members[i].key->text);
    }
    add_offer(c, finding, locale, &offer);
}

static void check_channel(struct check *c, const struct node *channel)
{
    const struct node *channels = channel != NULL ? scope_channels(&c->scope) : NULL;
    bool is_listed = c->world->channels != NULL;
    if (channel == NULL || has_text(channels, channel->text) ||
        (!is_listed && slice_is_any(channel->text, channel_names))) {
        return;
    }
    struct offer offer = offer_new(c, channel->text, "channels");
    struct diagnostic *finding =
        report(c, E1202, channel,
               arena_printf(c->arena, "the dialog does not know the channel `%.*s`",
                            SLICE_ARG(channel->text)));
    offer_texts(&offer, channels);
    for (const char *const *name = channel_names; !is_listed && *name != NULL; name++) {
        suggestion_offer(&offer.meant, slice_of(*name));
    }
    add_offer(c, finding, channel, &offer);
    if (!is_listed) {
        note(c, finding, channel, "the project file lists those of a bot under `channels`");
    }
}

/* Variables that nothing in the dialog reads: setting them has no effect. */
static void check_variables(struct check *c, const struct node *variables, const char *scope)
{
    for (size_t i = 0; node_is(variables, NODE_MAPPING) && i < variables->count; i++) {
        const struct node *key = variables->members[i].key;
        struct scope_variables used = scope_variables(&c->scope, scope);
        bool is_used = used.any;
        struct offer offer =
            offer_new(c, key->text,
                      strcmp(scope, "env") == 0 ? "environment variables" : "content variables");
        for (size_t j = 0; j < node_length(used.names) && !is_used; j++) {
            is_used = slice_equal(used.names->items[j]->text, key->text);
            offer_name(&offer, used.names->items[j]->text);
        }
        if (!is_used) {
            struct diagnostic *finding =
                report(c, E1202, key,
                       arena_printf(c->arena, "the dialog does not use `%s.%.*s`", scope,
                                    SLICE_ARG(key->text)));
            add_offer(c, finding, key, &offer);
        }
    }
}

/* The nodes that a language model answers for. */
static void check_model(struct check *c, const struct node *model)
{
    for (size_t i = 0; i < node_length(model); i++) {
        check_name(c, node_get(model->items[i], "node"), SCOPE_NODE);
    }
}

/* `session: {UserContext: …}`: the key is the content of one session. */
static void check_session(struct check *c, const struct node *session)
{
    static const char *const others[] = {"UserContext", "UserSession",       "BotUserSession",
                                         "BotContext",  "EnterpriseContext", NULL};
    for (size_t i = 0; node_is(session, NODE_MAPPING) && i < session->count; i++) {
        const struct node *key = session->members[i].key;
        if (slice_is_any(key->text, others)) {
            struct diagnostic *finding =
                report(c, E1202, key, SLICE("`session` is what `BotUserSession` holds"));
            note(c, finding, key,
                 slice_is(key->text, "BotUserSession")
                     ? "write its values without this key: `session: {name: value}`"
                     : "what is in the other sessions cannot be set; the user of conversations is "
                       "always the same");
        }
    }
}

/*
 * `env: {HOST: https://…}` of a host that the dialog puts behind `https://`. In bots whose dialogs
 * no template has made, the whole address may be in such a variable.
 */
static void check_hosts(struct check *c, const struct node *variables)
{
    if (!c->world->has_template) {
        return;
    }
    for (size_t i = 0; node_is(variables, NODE_MAPPING) && i < variables->count; i++) {
        const struct node *key = variables->members[i].key;
        const struct node *value = variables->members[i].value;
        size_t scheme = node_is(value, NODE_STRING) ? slice_find(value->text, "://", 0) : SIZE_MAX;
        if (scheme == SIZE_MAX || !scope_has_host(&c->scope, key->text)) {
            continue;
        }
        size_t end = slice_find(value->text, "/", scheme + 3);
        struct diagnostic *finding = report(
            c, E1205, value,
            arena_printf(c->arena, "`env.%.*s` is a host: the dialog writes `https://` itself",
                         SLICE_ARG(key->text)));
        diag_suggest(
            c->diagnostics, finding,
            slice_part(value->text, scheme + 3, end != SIZE_MAX ? end : value->text.length));
    }
}

static void check_settings(struct check *c, const struct node *owner, struct slice locale)
{
    check_session(c, node_get(owner, "session"));
    check_hosts(c, node_get(owner, "env"));
    check_now(c, node_get(owner, "now"));
    check_locale(c, node_get(owner, "locale"));
    check_channel(c, node_get(owner, "channel"));
    check_variables(c, node_get(owner, "env"), "env");
    check_variables(c, node_get(owner, "content"), "content");
    check_set(c, node_get(owner, "set"), locale);
    check_model(c, node_get(owner, "model"));
}

/* ---- expectations ---- */

/* `/^The lead/`: slashes around a pattern are part of it. */
static void check_slashes(struct check *c, const struct node *pattern)
{
    struct slice text = pattern->text;
    size_t last = text.length;
    while (last > 1 && text.data[last - 1] != '/' &&
           strchr("gimsuy", text.data[last - 1]) != NULL) {
        last--;
    }
    bool slashes = last > 2 && text.data[0] == '/' && text.data[last - 1] == '/' &&
                   strchr("^(\\", text.data[1]) != NULL;
    bool flags = last > 2 && text.data[0] == '/' && text.data[last - 1] == '/' &&
                 slice_find(text, "/", 1) == last - 1 && last < text.length;
    if (slashes || flags) {
        struct diagnostic *finding =
            report(c, E1204, pattern, SLICE("the slashes are part of this pattern"));
        diag_suggest(c->diagnostics, finding, slice_part(text, 1, last - 1));
    }
}

static void check_pattern(struct check *c, const struct node *pattern)
{
    struct slice message;
    size_t offset;
    if (regex_compile(c->arena, pattern->text, &message, &offset) == NULL) {
        struct diagnostic *finding = report(
            c, E1204, pattern,
            arena_printf(c->arena, "not a valid regular expression: %.*s", SLICE_ARG(message)));
        note(c, finding, pattern,
             "write a backslash before `.`, `*`, `+`, `?`, `(`, `)`, `[`, `{` and `|` when they "
             "mean themselves");
        return;
    }
    check_slashes(c, pattern);
}

static void check_patterns(struct check *c, const struct node *expected)
{
    const struct node *pattern = node_get(expected, "matches");
    if (node_is(pattern, NODE_STRING) && expected->count == 1) {
        check_pattern(c, pattern);
    }
    for (size_t i = 0; node_is(expected, NODE_MAPPING) && i < expected->count; i++) {
        check_patterns(c, expected->members[i].value);
    }
    for (size_t i = 0; i < node_length(expected); i++) {
        check_patterns(c, expected->items[i]);
    }
}

/* A message that is a pattern, a sign-in or a transfer is nothing else. */
static void check_message(struct check *c, const struct node *message)
{
    static const char *const alone[] = {"matches", "signIn", "transfer"};
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        const struct member *member =
            node_is(message, NODE_MAPPING) ? node_member(message, slice_of(alone[i])) : NULL;
        if (member != NULL && message->count > 1) {
            struct diagnostic *finding =
                report(c, E1204, member->key,
                       arena_printf(c->arena, "`%s` cannot have other keys beside it", alone[i]));
            note(c, finding, member->key,
                 i == 0 ? "write the pattern as `text: {matches: …}`"
                        : "write it as a message of its own: `bot: [{…}, {…}]`");
        }
    }
    const struct node *transfer = node_get(message, "transfer");
    if (transfer != NULL) {
        check_name(c, transfer, SCOPE_TRANSFER);
    }
    const struct node *profile = node_get(message, "signIn");
    const struct node *profiles = profile != NULL ? scope_profiles(&c->scope) : NULL;
    if (profile != NULL && !has_text(profiles, profile->text)) {
        struct offer offer = offer_new(c, profile->text, "auth profiles that it asks for");
        struct diagnostic *finding =
            report(c, E1202, profile,
                   arena_printf(c->arena, "the dialog asks nobody to sign in to `%.*s`",
                                SLICE_ARG(profile->text)));
        offer_texts(&offer, profiles);
        add_offer(c, finding, profile, &offer);
    }
}

/* The path is without host and query, which have keys of their own. */
static void check_path(struct check *c, const struct node *path)
{
    if (!node_is(path, NODE_STRING)) {
        return;
    }
    struct slice text = path->text;
    if (slice_find(text, "://", 0) < text.length) {
        note(c, report(c, E1204, path, SLICE("a path begins with `/`, behind the host")), path,
             "write `host: …, path: /…`");
    } else if (slice_find(text, "?", 0) < text.length) {
        note(c, report(c, E1204, path, SLICE("a path never has a query")), path,
             "write what is behind the `?` as `query: {NAME: VALUE}`, decoded");
    } else if (text.length > 0 && text.data[0] != '/') {
        struct diagnostic *finding = report(c, E1204, path, SLICE("a path begins with `/`"));
        diag_suggest(c->diagnostics, finding, arena_printf(c->arena, "/%.*s", SLICE_ARG(text)));
    }
}

static void check_requests(struct check *c, const struct node *requests)
{
    for (size_t i = 0; i < node_length(requests); i++) {
        const struct node *service = node_get(requests->items[i], "service");
        if (service != NULL) {
            check_name(c, service, SCOPE_SERVICE);
        }
        check_path(c, node_get(requests->items[i], "path"));
    }
}

static void check_answer(struct check *c, const struct node *answer)
{
    static const char *const pairs[][2] = {{"body", "text"},          {"timeout", "status"},
                                           {"unreachable", "status"}, {"timeout", "unreachable"},
                                           {"timeout", "body"},       {"unreachable", "body"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (node_get(answer, pairs[i][0]) != NULL && node_get(answer, pairs[i][1]) != NULL) {
            const struct node *key = node_member(answer, slice_of(pairs[i][1]))->key;
            struct diagnostic *finding =
                report(c, E1204, key,
                       arena_printf(c->arena, "a response has either `%s` or `%s`", pairs[i][0],
                                    pairs[i][1]));
            note(c, finding, key, "remove one of the two");
            return;
        }
    }
}

static void check_answers(struct check *c, const struct node *answers)
{
    for (size_t i = 0; node_is(answers, NODE_MAPPING) && i < answers->count; i++) {
        const struct node *given = answers->members[i].value;
        check_name(c, answers->members[i].key, SCOPE_SERVICE);
        if (node_is(given, NODE_MAPPING)) {
            check_answer(c, given);
        }
        for (size_t j = 0; j < node_length(given); j++) {
            check_answer(c, given->items[j]);
        }
    }
}

static void check_turn(struct check *c, const struct node *turn, struct slice locale)
{
    const struct node *bot = node_get(turn, "bot");
    check_set(c, node_get(turn, "set"), locale);
    check_answers(c, node_get(turn, "answers"));
    check_requests(c, node_get(turn, "requests"));
    check_message(c, bot);
    for (size_t i = 0; i < node_length(bot); i++) {
        check_message(c, bot->items[i]);
    }
    check_patterns(c, node_get(turn, "requests"));
    check_patterns(c, bot);
    check_patterns(c, node_get(turn, "problems"));
}

/* ---- cases ---- */

static void check_stop(struct check *c, const struct node *one)
{
    const struct node *ends = node_get(one, "ends");
    const struct node *asks = node_get(one, "asks");
    const struct node *node = node_is(ends, NODE_MAPPING) ? node_get(ends, "node") : ends;
    if (ends != NULL && asks != NULL) {
        const struct node *key = node_member(one, SLICE("asks"))->key;
        struct diagnostic *finding =
            report(c, E1204, key, SLICE("a conversation cannot end and wait for an answer, too"));
        note(c, finding, key, "keep `ends` when the dialog is over, `asks` when it waits");
    }
    if (node != NULL) {
        check_name(c, node, SCOPE_NODE);
    }
    if (asks != NULL) {
        check_name(c, asks, SCOPE_QUESTION);
    }
}

static void check_case_name(struct check *c, struct map *names, const struct node *name)
{
    const struct node *first = map_get(names, name->text);
    if (first == NULL) {
        map_add(names, name->text, (void *)name);
        return;
    }
    struct diagnostic *finding =
        report(c, E1206, name,
               arena_printf(c->arena, "another case has the name `%.*s`", SLICE_ARG(name->text)));
    diag_note(c->diagnostics, finding, first->source, first->range, "the other one is here");
    note(c, finding, name, "give each case a name that says what is special about it");
}

static void check_case(struct check *c, const struct conversation_file *file, size_t index)
{
    const struct node *one = file->cases->items[index];
    const struct node *turns = node_get(one, "turns");
    struct slice language = conversation_locale(file, index, c->world);
    check_settings(c, one, language);
    for (size_t i = 0; i < turns->count; i++) {
        check_turn(c, turns->items[i], language);
    }
    check_patterns(c, node_get(one, "records"));
    check_stop(c, one);
}

/* One finding instead of one for each name. */
static void report_meant(struct check *c, const struct node *place,
                         const struct program_dialog *meant)
{
    struct diagnostic *finding =
        report(c, E1202, place,
               arena_printf(c->arena, "`%.*s` has none of the services and nodes that follow",
                            SLICE_ARG(place->text)));
    diag_note(c->diagnostics, finding, NULL, place->range,
              "the dialog `%.*s` has them: write its template here, or its name",
              SLICE_ARG(meant->name));
}

void conversation_check(struct arena *arena, const struct conversation_file *file,
                        const struct conversation_world *world, struct diagnostics *diagnostics)
{
    struct check check = {arena, world, diagnostics, scope_new(arena, world)};
    struct map names = map_new(arena);
    const struct program_dialog *meant = conversation_meant(arena, file, world);
    if (meant != NULL) {
        report_meant(&check, node_get(file->root, "conversation"), meant);
        return;
    }
    check_settings(&check, file->root, node_text(file->root, "locale"));
    conversation_check_records(arena, world->catalog, file->root, diagnostics);
    for (size_t i = 0; i < file->cases->count; i++) {
        check_case_name(&check, &names, node_get(file->cases->items[i], "name"));
        check_case(&check, file, i);
    }
    diagnostics_sort(diagnostics);
}
