/* Why a question did not take an answer, in words for the author of a test. */
#include "base/percent.h"
#include "base/table.h"
#include "trial/conversation/parts.h"
#include "trial/simulator/answer.h"

/* What an entity takes, by how it is read; NULL: any text. */
static const char *const takes[] = {
    [READ_TEXT] = NULL,
    [READ_CHOICE] = NULL, /* its choices */
    [READ_NUMBER] = "a number",
    [READ_QUANTITY] = "an amount such as 5 kg",
    [READ_DATE] = "a date such as 2026-08-31",
    [READ_TIME] = "a time such as 10:30",
    [READ_DATE_TIME] = "a date and time such as 2026-08-31T10:30",
    [READ_PERIOD] = "two dates such as 2026-01-01 to 2026-01-31",
    [READ_EMAIL] = "an e-mail address",
    [READ_PHONE] = "a phone number",
    [READ_URL] = "a URL",
    [READ_PATTERN] = "what matches its pattern",
    [READ_NAME] = "a name",
    [READ_ZIP_CODE] = "a postal code",
    [READ_COUNTRY] = "a country",
    [READ_AIRPORT] = "an airport",
    [READ_FILE] = "a file",
};

TABLE_HAS_ROWS(takes, READ_FILE + 1);

struct question understood_before(const struct simulator *s)
{
    return (struct question){s->waiting, s->event_count};
}

/* "`Red`, `Blue`" */
static struct slice list_choices(struct arena *arena, const struct node *choices)
{
    enum { MOST_CHOICES = 12 };
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < node_length(choices) && i < MOST_CHOICES; i++) {
        builder_printf(
            &out, "%s`%.*s`", i > 0 ? ", " : "",
            SLICE_ARG(percent_decode_text(arena, node_text(choices->items[i], "title"))));
    }
    if (node_length(choices) > MOST_CHOICES) {
        builder_add_text(&out, ", …");
    }
    return builder_slice(&out);
}

static struct slice describe_question(struct arena *arena, const struct simulator *s,
                                      const struct program_node *node)
{
    if (node->kind == DIALOG_CONFIRM) {
        return SLICE(", which takes yes or no");
    }
    if (node->kind == DIALOG_FORM) {
        return SLICE(", a form, which takes its fields as JSON");
    }
    struct answer_context context = {arena, s->engine, s->locale, s->now};
    struct slice choices = list_choices(arena, answer_choices(&context, node));
    enum entity_reading reading = answer_reading(node);
    if (reading == READ_CHOICE && choices.length > 0) {
        return arena_printf(arena, ", which offers %.*s", SLICE_ARG(choices));
    }
    return takes[reading] != NULL ? arena_printf(arena, ", which takes %s", takes[reading])
                                  : SLICE("");
}

struct slice understood_not(struct arena *arena, const struct simulator *s,
                            const struct question *question, struct slice text)
{
    if (question->node == NULL) {
        return SLICE("");
    }
    for (size_t i = question->event_count; i < s->event_count; i++) {
        if (s->events[i].kind == EVENT_TRANSITION) {
            return SLICE(""); /* it has gone on */
        }
    }
    return arena_printf(arena, "`%.*s` is not an answer to `%.*s`%.*s", SLICE_ARG(text),
                        SLICE_ARG(question->node->name),
                        SLICE_ARG(describe_question(arena, s, question->node)));
}
