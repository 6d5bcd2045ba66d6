/* Channels: overrides name those of the project, and one entry is for all others. */
#include "language/check/families.h"
#include "base/suggestion.h"
#include "language/model/channel.h"

static void check_channel(struct check *check, const struct node *node)
{
    const struct node *channels = check->template->project->channels;
    if (slice_is(node->text, "default")) {
        return;
    }
    struct suggestion s = suggestion_new(node->text);
    struct builder list = builder_new(check->arena);
    for (size_t i = 0; i < channels->count; i++) {
        if (slice_equal(channels->items[i]->text, node->text)) {
            return;
        }
        suggestion_offer(&s, channels->items[i]->text);
        builder_printf(&list, "%s`%.*s`", i > 0 ? ", " : "", SLICE_ARG(channels->items[i]->text));
    }
    if (s.best.length > 0 && slice_is_any(node->text, channel_names) &&
        !slice_is_any(s.best, channel_names)) {
        return; /* the project's has a letter wrong, which is told there */
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, E0506, node->source, node->range,
                    "`%.*s` is not a channel of the project", SLICE_ARG(node->text));
    diag_suggest(check->diagnostics, d, s.best);
    if (s.best.length == 0) {
        diag_note(check->diagnostics, d, NULL, node->range, "its channels are %.*s",
                  SLICE_ARG(builder_slice(&list)));
    }
}

static void walk(struct check *check, const struct node *node)
{
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        walk(check, node->items[i]);
    }
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        const struct member *member = &node->members[i];
        struct slice key = member->key->text;
        if (slice_is(key, "samples") || slice_is(key, "body") || slice_is(key, "fields")) {
            continue; /* data, not language */
        }
        if (slice_is(key, "channel") && member->value->kind == NODE_STRING) {
            check_channel(check, member->value);
        }
        walk(check, member->value);
    }
}

/* Channel overrides need a default entry, for the channels that have none of their own. */
static void check_default_channel(struct check *check, const struct texts *texts)
{
    if (texts->node == NULL || texts->node->kind != NODE_SEQUENCE) {
        return;
    }
    for (size_t i = 0; i < texts->count; i++) {
        if (slice_is(texts->variants[i].channel, "default")) {
            return;
        }
    }
    struct range range = {texts->node->range.start, texts->node->range.start + 1};
    struct diagnostic *d = diag_report(check->diagnostics, E0506, texts->node->source, range,
                                       "these overrides have no entry for the default channel");
    diag_note(check->diagnostics, d, NULL, range,
              "add an entry without `channel`, for all other channels");
}

void check_channels(struct check *check)
{
    const struct template *template = check->template;
    if (template->project->channels != NULL) {
        walk(check, template->root);
    }
    for (size_t i = 0; i < template->entity_count; i++) {
        check_default_channel(check, &template->entities[i].prompt);
        check_default_channel(check, &template->entities[i].error);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        check_default_channel(check, &template->messages[i].text);
    }
}
