#include "trial/simulator/speech.h"

#include "base/percent.h"
#include "document/tree/build.h"
#include "trial/simulator/channel.h"

/* The text for the channel, else for every channel. */
static const struct node *find_text(const struct run *run, const struct node *messages)
{
    const struct node *found = NULL;
    for (size_t i = 0; i < node_length(messages); i++) {
        struct slice channel = node_text(messages->items[i], "channel");
        const struct node *text = run_locale(run, node_get(messages->items[i], "localeData"));
        if (text == NULL) {
            continue;
        }
        if (slice_equal(channel, run->options.channel)) {
            return text;
        }
        if (found == NULL && slice_is(channel, "default")) {
            found = text;
        }
    }
    return found;
}

/* What is wrong with a message becomes a problem. */
static void check_message(struct run *run, const struct program_node *node,
                          const struct node *message, struct slice printed, bool is_script)
{
    bool as_printed = node_is(message, NODE_STRING) && slice_equal(message->text, printed);
    if (is_script && as_printed && slice_starts_with(slice_trim(printed), "{")) {
        run_problem(run, node,
                    arena_printf(run->arena, "the message `%.*s` prints invalid JSON: %.*s",
                                 SLICE_ARG(node->name), SLICE_ARG(printed)));
    }
    struct slice link = channel_dangerous_link(message);
    if (link.length > 0) {
        run_problem(run, node,
                    arena_printf(run->arena, "the message `%.*s` has a dangerous link: %.*s",
                                 SLICE_ARG(node->name), SLICE_ARG(link)));
    }
}

void speech_say(struct run *run, const struct program_node *node, const struct node *messages)
{
    const struct node *entry = find_text(run, messages);
    struct slice text = node_text(entry, "text");
    bool is_script = slice_is(node_text(entry, "type"), "uxmap");
    if (entry == NULL) {
        return;
    }
    struct slice shown;
    if (is_script) {
        struct script_result result = run_script(run, node, text);
        shown = result.printed;
        if (result.failed || result.closed) {
            return;
        }
    } else {
        shown = run_text(run, percent_decode_text(run->arena, text));
    }
    const struct node *message = channel_message(run->arena, shown, is_script);
    check_message(run, node, message, shown, is_script);
    run_event(run, EVENT_MESSAGE, node)->message = message;
}

void speech_ask(struct run *run, const struct program_node *node)
{
    size_t before = run->public.event_count;
    speech_say(run, node, node_get(node->component, "message"));
    const struct node *as_template = node_get(node->component, "applyDefaultTemplate");
    struct answer_context context = run_answer_context(run);
    const struct node *choices = answer_choices(&context, node);
    bool shows = node_is(as_template, NODE_BOOLEAN) && as_template->boolean;
    if (!shows || choices == NULL || run->public.event_count == before ||
        !node_is(run->events[before].message, NODE_STRING)) {
        return;
    }
    struct node *replies = node_new_sequence(run->arena);
    for (size_t i = 0; i < node_length(choices); i++) {
        struct node *reply = node_new_mapping(run->arena);
        const struct node *title = node_get(choices->items[i], "title");
        if (node_is(title, NODE_STRING)) {
            node_set_text(run->arena, reply, "title", percent_decode_text(run->arena, title->text));
            node_append(run->arena, replies, reply);
        }
    }
    struct node *message = node_new_mapping(run->arena);
    node_set(run->arena, message, SLICE("text"), run->events[before].message);
    node_set(run->arena, message, SLICE("quickReplies"), replies);
    run->events[before].message = message;
}
