/* Values that a file gives to entities: what no answer could have left there is a mistake. */
#include "base/ascii.h"
#include "base/date.h"
#include "base/percent.h"
#include "base/suggestion.h"
#include "trial/conversation/parts.h"
#include "trial/simulator/answer.h"

/* The locale of a component that is looked at: the given one, else its first. */
static struct slice locale_of(const struct program_node *node, struct slice given)
{
    const struct node *locales = node_get(node->component, "localeData");
    bool known = !node_is(locales, NODE_MAPPING) || locales->count == 0 ||
                 node_member(locales, given) != NULL;
    return known ? given : locales->members[0].key->text;
}

/* Choices that a script makes are known only when it has run. */
static bool has_variable(const struct program_node *node, struct slice locale)
{
    const struct node *locales = node_get(node->component, "localeData");
    struct member *member = node_is(locales, NODE_MAPPING) ? node_member(locales, locale) : NULL;
    return member != NULL && node_get(node_get(member->value, "allowedValues"), "variable") != NULL;
}

static struct slice text_of(struct arena *arena, const struct node *value)
{
    return value != NULL ? percent_decode_text(arena, value->text) : SLICE("");
}

/* "its values are `r` (Red), `b` (Blue)" */
static struct slice list_values(struct arena *arena, const struct node *choices)
{
    enum { MOST_VALUES = 12 };
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < node_length(choices) && i < MOST_VALUES; i++) {
        struct slice value = text_of(arena, node_get(choices->items[i], "value"));
        struct slice title = text_of(arena, node_get(choices->items[i], "title"));
        builder_printf(&out, "%s`%.*s`", i > 0 ? ", " : "its values are ", SLICE_ARG(value));
        if (!slice_equal(value, title)) {
            builder_printf(&out, " (%.*s)", SLICE_ARG(title));
        }
    }
    if (node_length(choices) > MOST_VALUES) {
        builder_add_text(&out, ", …");
    }
    return builder_slice(&out);
}

static struct value_mistake choice_mistake(const struct answer_context *context,
                                           const struct program_node *node,
                                           const struct node *value)
{
    struct arena *arena = context->arena;
    const struct node *choices = answer_choices(context, node);
    for (size_t i = 0; i < node_length(choices); i++) {
        if (slice_equal(text_of(arena, node_get(choices->items[i], "value")), value->text)) {
            return (struct value_mistake){0};
        }
    }
    if (node_length(choices) == 0) {
        return (struct value_mistake){0};
    }
    struct suggestion near = suggestion_new(value->text);
    for (size_t i = 0; i < node_length(choices); i++) {
        suggestion_offer(&near, text_of(arena, node_get(choices->items[i], "value")));
    }
    const struct node *meant = answer_value(context, node, value->text);
    return (struct value_mistake){
        .message = arena_printf(arena, "`%.*s` is not a value of the choice `%.*s`",
                                SLICE_ARG(value->text), SLICE_ARG(node->name)),
        .instead = node_is(meant, NODE_STRING) ? meant->text : near.best,
        .way_out = list_values(arena, choices),
        .is_possible = meant == NULL && near.best.length == 0,
    };
}

static bool has_digit(struct slice text)
{
    bool has = false;
    for (size_t i = 0; i < text.length; i++) {
        has = has || ascii_is_digit(text.data[i]);
    }
    return has;
}

static struct value_mistake date_mistake(const struct answer_context *context,
                                         const struct program_node *node, const struct node *value)
{
    long long time;
    bool has_time;
    bool is_absolute = has_digit(value->text); /* not `tomorrow` */
    if (date_read(value->text, &time, &has_time)) {
        return (struct value_mistake){0};
    }
    return (struct value_mistake){
        .message = arena_printf(context->arena, "`%.*s` takes a date, not `%.*s`",
                                SLICE_ARG(node->name), SLICE_ARG(value->text)),
        .instead = is_absolute ? answer_date(context->arena, value->text, context->now) : SLICE(""),
        .way_out = SLICE("write a date as 2026-08-31"),
    };
}

static struct value_mistake refused(const struct answer_context *context,
                                    const struct program_node *node, const struct node *value,
                                    const char *takes, const char *way_out)
{
    if (answer_value(context, node, value->text) != NULL) {
        return (struct value_mistake){0};
    }
    return (struct value_mistake){
        .message = arena_printf(context->arena, "`%.*s` takes %s, not `%.*s`",
                                SLICE_ARG(node->name), takes, SLICE_ARG(value->text)),
        .way_out = slice_of(way_out),
    };
}

struct value_mistake entity_value_mistake(struct arena *arena, const struct program_node *node,
                                          const struct node *value, struct slice locale)
{
    struct slice language = locale_of(node, locale);
    struct answer_context context = {.arena = arena, .locale = language};
    struct value_mistake none = {0};
    if (has_variable(node, language) || (!node_is(value, NODE_STRING) && !node_is_number(value)) ||
        value->text.length == 0) {
        return none; /* no value, and what scripts put together */
    }
    switch (answer_reading(node)) {
    case READ_CHOICE:
        return choice_mistake(&context, node, value);
    case READ_NUMBER:
        return refused(&context, node, value, "a number", "write digits, such as 30");
    case READ_DATE:
        return date_mistake(&context, node, value);
    case READ_EMAIL:
        return refused(&context, node, value, "an e-mail address",
                       "write an address such as ada@example.com");
    case READ_PATTERN:
        return refused(&context, node, value, "what matches its pattern",
                       "the pattern is in the template");
    case READ_TEXT:
    case READ_QUANTITY:
    case READ_TIME:
    case READ_DATE_TIME:
    case READ_PERIOD:
    case READ_PHONE:
    case READ_URL:
    case READ_NAME:
    case READ_ZIP_CODE:
    case READ_COUNTRY:
    case READ_AIRPORT:
    case READ_FILE:
        break;
    }
    return none;
}
