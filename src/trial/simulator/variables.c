#include "trial/simulator/variables.h"

#include "document/tree/build.h"

/* As platform.js has them. */
#define USER    "u-simulated"
#define SESSION "simulated-session"

static void set_all(struct run *run, const char *scope, const struct node *values)
{
    for (size_t i = 0; node_is(values, NODE_MAPPING) && i < values->count; i++) {
        const struct slice path[] = {slice_of(scope), values->members[i].key->text};
        run_set(run, path, 2, values->members[i].value);
    }
}

/* Content variables have a value in the artifact, in each language. */
static void set_content(struct run *run)
{
    const struct node *variables = bot_section(run->dialog->bot, "contentVariables");
    for (size_t i = 0; i < node_length(variables); i++) {
        const struct node *variable = variables->items[i];
        const struct node *own = run_locale(run, node_get(variable, "localeData"));
        const struct node *value = node_get(own != NULL ? own : variable, "value");
        if (value != NULL) {
            const struct slice path[] = {SLICE("content"), node_text(variable, "key")};
            run_set(run, path, 2, value);
        }
    }
    set_all(run, "content", run->options.content);
}

static void set_context(struct run *run, const char *key, struct slice text)
{
    const struct slice path[] = {SLICE("context"), slice_of(key)};
    run_set(run, path, 2, node_new_text(run->arena, text));
}

/* {key: value}, in the arena. */
static struct node *wrap(struct run *run, const char *key, const struct node *value)
{
    struct node *mapping = node_new_mapping(run->arena);
    node_set(run->arena, mapping, slice_of(key), value);
    return mapping;
}

static void set_in_session(struct run *run, struct slice key, const struct node *value)
{
    const struct slice path[] = {SLICE("context"), SLICE("session"), SLICE("BotUserSession"), key};
    run_set(run, path, 4, value);
}

/* What the platform knows of the channel, and what the conversation says of the session. */
static void set_session(struct run *run)
{
    struct arena *arena = run->arena;
    struct node *channel = node_new_mapping(arena);
    struct node *channels = node_new_sequence(arena);
    node_set_text(arena, channel, "type", run->options.channel);
    node_set_text(arena, channel, "userId", SLICE(USER));
    node_set_text(arena, channel, "streamId", node_text(run->dialog->bot->root, "_id"));
    node_set(arena, channel, SLICE("handle"),
             wrap(run, "userId", node_new_text(arena, SLICE(USER))));
    node_append(arena, channels, channel);
    set_in_session(run, SLICE("channels"), channels);
    set_in_session(run, SLICE("conversationSessionId"), node_new_text(arena, SLICE(SESSION)));
    const struct node *session = run->options.session;
    for (size_t i = 0; node_is(session, NODE_MAPPING) && i < session->count; i++) {
        set_in_session(run, session->members[i].key->text, session->members[i].value);
    }
}

void variables_begin(struct run *run)
{
    const struct node *bot = run->dialog->bot->root;
    set_all(run, "env", run->options.env);
    set_content(run);
    set_context(run, "currentLanguage", run->options.locale);
    set_context(run, "bot", node_text(run_locale(run, node_get(bot, "localeData")), "name"));
    set_context(run, "botid", node_text(bot, "_id"));
    set_session(run);
    const struct node *entities = run->options.entities;
    for (size_t i = 0; node_is(entities, NODE_MAPPING) && i < entities->count; i++) {
        run_set_entity(run, entities->members[i].key->text, entities->members[i].value);
    }
}

/*
 * lastMessage: {channel, messagePayload: {message: {body, customData}, botInfo: {…, customData}}},
 * userInputs: {originalInput: {sentence}}. Nobody gives custom data here.
 */
void variables_note_message(struct run *run, struct slice text)
{
    const struct node *bot = run->dialog->bot->root;
    const struct node *said = node_new_text(run->arena, text);
    struct node *message = wrap(run, "body", said);
    struct node *info = wrap(run, "customData", node_new_mapping(run->arena));
    struct node *payload = node_new_mapping(run->arena);
    struct node *last = node_new_mapping(run->arena);
    node_set(run->arena, message, SLICE("customData"), node_new_mapping(run->arena));
    node_set_text(run->arena, info, "chatBot",
                  node_text(run_locale(run, node_get(bot, "localeData")), "name"));
    node_set_text(run->arena, info, "taskBotId", node_text(bot, "_id"));
    node_set(run->arena, payload, SLICE("message"), message);
    node_set(run->arena, payload, SLICE("botInfo"), info);
    node_set_text(run->arena, last, "channel", run->options.channel);
    node_set(run->arena, last, SLICE("messagePayload"), payload);
    set_in_session(run, SLICE("lastMessage"), last);
    const struct slice input[] = {SLICE("context"), SLICE("userInputs"), SLICE("originalInput")};
    run_set(run, input, 3, wrap(run, "sentence", said));
}

void variables_note_dialog(struct run *run)
{
    set_context(run, "intent", run->dialog->nodes[0].name);
    set_context(run, "taskid", run->dialog->id);
}
