/* What people may answer to a question. */
#include <stdlib.h>

#include "base/percent.h"
#include "document/tree/build.h"
#include "trial/explore/alternatives.h"
#include "trial/explore/solve.h"
#include "trial/simulator/answer.h"

/* Texts of many forms; those that an entity takes are good answers to it. */
static const char *const samples[] = {
    "Example",
    "2026-08-31",
    "42",
    "new.person@example.com",
    "ada@example.com",
    "+1 415 555 0100",
    "Ada Example",
    "2026-08-31 10:30",
    "10:30",
    "12345",
    "AB-1234",
    "00001001",
    "https://example.com",
    "5 kg",
    "EUR 1200",
    "2026-08-01 to 2026-08-31",
    "00Q000000000001EAA",
    "ABC123",
    "A1",
    "123-45-6789",
};

/* What people write who mean harm, or have unusual names. */
static const char *const hostile[] = {
    "O'Brien \"the\" \\ Boss",
    "a' OR Name != '",
    "</script><b>x</b>",
    "\",\"Status\":\"Closed\",\"x\":\"",
    "../../sobjects/User?x=1#y",
    "100% & more; a+b",
    "{{context.session}}",
    "${env.SECRET}",
    "\xf0\x9f\x98\x80 \xc3\xa9\xc3\xa0 \xe6\x97\xa5\xe6\x9c\xac",
};

static void add_sample(struct alternatives *list, const struct answer_context *context,
                       const struct program_node *node, const char *text)
{
    if (answer_value(context, node, slice_of(text)) != NULL) {
        alternatives_add(context->arena, list, SLICE(""), slice_of(text), NULL);
    }
}

/* Every choice, by its title. */
static void add_choices(struct alternatives *list, const struct answer_context *context,
                        const struct program_node *node)
{
    const struct node *choices = answer_choices(context, node);
    for (size_t i = 0; i < node_length(choices); i++) {
        const struct node *title = node_get(choices->items[i], "title");
        const struct node *value = node_get(choices->items[i], "value");
        const struct node *said = node_is(title, NODE_STRING) ? title : value;
        if (!node_is(said, NODE_STRING)) {
            continue;
        }
        struct slice text = percent_decode_text(context->arena, said->text);
        alternatives_add(
            context->arena, list,
            arena_printf(context->arena, "%.*s is %.*s", SLICE_ARG(node->name), SLICE_ARG(text)),
            text, NULL);
    }
}

/*
 * An answer of `count` characters that the entity takes: a word, an address, a number, what its
 * pattern matches. Empty: none is known.
 */
static struct slice long_answer(const struct answer_context *context,
                                const struct program_node *node, long long count)
{
    static const struct {
        const char *before, *after;
        char filling;
    } forms[] = {
        {"", "", 'x'}, {"", "@example.com", 'x'}, {"https://", ".com", 'x'}, {"", "", '1'}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        long long fixed = (long long)(strlen(forms[i].before) + strlen(forms[i].after));
        struct builder out = builder_new(context->arena);
        builder_add_text(&out, forms[i].before);
        builder_add_repeated(&out, forms[i].filling,
                             count > fixed && count < 100000 ? (size_t)(count - fixed) : 1);
        builder_add_text(&out, forms[i].after);
        struct slice text = builder_slice(&out);
        if (answer_value(context, node, text) != NULL) {
            return text;
        }
    }
    struct slice pattern = node_text(node->component, "regexPattern");
    return count > 0 && count < 200
               ? solve_pattern(context->arena, pattern, (size_t)count, (size_t)count)
               : SLICE("");
}

/* ---- answers that the dialog asks for ---- */

static bool takes(const struct answer_context *context, const struct program_node *node,
                  struct slice text)
{
    return answer_value(context, node, text) != NULL;
}

/* A good answer with `part` put into it, so that the entity takes it: "new@acme.person.com". */
static struct slice insert_part(const struct answer_context *context,
                                const struct program_node *node, struct slice good,
                                struct slice part)
{
    for (size_t cut = 0; cut <= part.length; cut += part.length > 0 ? part.length : 1) {
        for (size_t i = 0; i + cut <= good.length; i++) { /* instead of, or between characters */
            struct slice text =
                arena_printf(context->arena, "%.*s%.*s%.*s", SLICE_ARG(slice_part(good, 0, i)),
                             SLICE_ARG(part), SLICE_ARG(slice_part(good, i + cut, good.length)));
            if (takes(context, node, text)) {
                return text;
            }
        }
    }
    return SLICE("");
}

/* The answer that gives the entity the value `text`, or one with it inside; empty: none. */
static struct slice fit(const struct answer_context *context, const struct program_node *node,
                        const struct comparison *comparison, struct slice text, struct slice good)
{
    if (comparison->of_length) {
        long long length = strtoll(arena_copy(context->arena, text), NULL, 10);
        return length > 0 ? long_answer(context, node, length) : SLICE("");
    }
    if (takes(context, node, text)) {
        return text;
    }
    return comparison->kind == COMPARES_PART ? insert_part(context, node, good, text) : SLICE("");
}

static bool is_about(const struct comparison *comparison, const struct program_node *node)
{
    static const char prefix[] = "context.entities.";
    struct slice subject = comparison->subject;
    if (!slice_starts_with(subject, prefix)) {
        return false;
    }
    struct slice rest = slice_part(subject, strlen(prefix), subject.length);
    bool begins = rest.length >= node->name.length &&
                  slice_equal(slice_part(rest, 0, node->name.length), node->name);
    return begins &&
           (rest.length == node->name.length || strchr(".[", rest.data[node->name.length]) != NULL);
}

static void add_once(struct alternatives *list, struct arena *arena, struct slice label,
                     struct slice text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (slice_equal(list->items[i].text, text)) {
            return;
        }
    }
    alternatives_add(arena, list, label, text, NULL);
}

/* Another good answer, for which what the dialog compares with the first may be false. */
static void add_another(struct alternatives *list, const struct answer_context *context,
                        const struct program_node *node)
{
    static const char *const others[] = {"Something else", "7", "2027-03-01", "other@example.org",
                                         "+49 30 1234567"};
    struct slice text =
        solve_pattern(context->arena, node_text(node->component, "regexPattern"), 1, 200);
    for (size_t i = 0; text.length == 0 && i < sizeof others / sizeof others[0]; i++) {
        text = takes(context, node, slice_of(others[i])) ? slice_of(others[i]) : text;
    }
    if (text.length > 0 && takes(context, node, text)) {
        add_once(
            list, context->arena,
            arena_printf(context->arena, "%.*s is %.*s", SLICE_ARG(node->name), SLICE_ARG(text)),
            text);
    }
}

/* Answers on both sides of what the dialog compares the entity with. */
static void add_compared(struct alternatives *list, const struct answer_context *context,
                         const struct comparisons *comparisons, const struct program_node *node)
{
    struct arena *arena = context->arena;
    struct slice good = list->count > 0 ? list->items[0].text : SLICE("");
    bool is_compared = false;
    for (size_t i = 0; i < comparisons->count; i++) {
        const struct comparison *comparison = &comparisons->items[i];
        if (!is_about(comparison, node)) {
            continue;
        }
        is_compared = true;
        const struct node *texts = solve_texts(arena, comparison);
        for (size_t j = 0; j < texts->count; j++) {
            struct slice text = texts->items[j]->text;
            struct slice said = fit(context, node, comparison, text, good);
            const char *form = comparison->of_length ? "%.*s has %.*s characters" : "%.*s is %.*s";
            if (said.length > 0) {
                add_once(list, arena,
                         arena_printf(arena, form, SLICE_ARG(node->name),
                                      SLICE_ARG(comparison->of_length ? text : said)),
                         said);
            }
        }
    }
    if (is_compared) {
        add_another(list, context, node);
    }
}

/* Numbers and days far from the usual ones. */
static void add_extremes(struct alternatives *list, const struct answer_context *context,
                         const struct program_node *node)
{
    static const char *const numbers[] = {"0", "1000000", "-3", "2.5"};
    static const char *const dates[] = {"2001-01-01", "2049-12-31", "2028-02-29", "1970-01-01"};
    enum entity_reading reading = answer_reading(node);
    const char *const *texts = reading == READ_NUMBER ? numbers
                               : reading == READ_DATE ? dates
                                                      : NULL;
    for (size_t i = 0; texts != NULL && i < 4; i++) {
        add_once(list, context->arena,
                 arena_printf(context->arena, "%.*s is %s", SLICE_ARG(node->name), texts[i]),
                 slice_of(texts[i]));
    }
}

static void add_good(struct alternatives *list, const struct answer_context *context,
                     const struct program_node *node, const struct node *ids)
{
    add_choices(list, context, node);
    for (size_t i = 0; i < node_length(ids); i++) {
        bool takes_ids = answer_reading(node) == READ_PATTERN;
        if (takes_ids && takes(context, node, ids->items[i]->text)) {
            alternatives_add(context->arena, list, SLICE(""), ids->items[i]->text, NULL);
        }
    }
    bool is_email = answer_reading(node) == READ_EMAIL;
    size_t wanted = list->count > 0 ? 0 : is_email ? 2 : 1; /* a new address, and a known one */
    for (size_t i = 0; i < sizeof samples / sizeof samples[0] && list->count < wanted; i++) {
        add_sample(list, context, node, samples[i]);
    }
    struct slice pattern = node_text(node->component, "regexPattern");
    if (list->count == 0 && pattern.length > 0) {
        struct slice text = solve_pattern(context->arena, pattern, 1, 200);
        if (text.length > 0 && takes(context, node, text)) {
            alternatives_add(context->arena, list, SLICE(""), text, NULL);
        }
    }
}

static void add_entity(struct alternatives *list, const struct answer_context *context,
                       const struct comparisons *comparisons, const struct program_node *node,
                       const struct node *ids)
{
    struct arena *arena = context->arena;
    struct slice name = node->name;
    add_good(list, context, node, ids);
    add_compared(list, context, comparisons, node);
    add_extremes(list, context, node);
    alternatives_add(arena, list, arena_printf(arena, "%.*s is not understood", SLICE_ARG(name)),
                     SLICE("?"), NULL);
    alternatives_add(arena, list, arena_printf(arena, "%.*s is skipped", SLICE_ARG(name)),
                     SLICE(""), NULL);
}

struct alternatives alternatives_of_question(struct arena *arena, struct simulator *simulator,
                                             const struct comparisons *comparisons,
                                             const struct node *ids, bool with_hostile)
{
    struct alternatives list = {0};
    const struct program_node *node = simulator->waiting;
    struct answer_context context = {arena, simulator->engine, simulator->locale, simulator->now};
    if (node->kind == DIALOG_CONFIRM) {
        struct slice name = node->name;
        alternatives_add(arena, &list, SLICE(""), SLICE("yes"), NULL);
        alternatives_add(arena, &list, arena_printf(arena, "%.*s: no", SLICE_ARG(name)),
                         SLICE("no"), NULL);
        alternatives_add(arena, &list, arena_printf(arena, "%.*s: neither", SLICE_ARG(name)),
                         SLICE("perhaps"), NULL);
    } else if (node->kind == DIALOG_FORM) {
        alternatives_add(arena, &list, SLICE(""), SLICE("{}"), NULL);
    } else {
        add_entity(&list, &context, comparisons, node, ids);
    }
    for (size_t i = 0; with_hostile && i < sizeof hostile / sizeof hostile[0]; i++) {
        alternatives_add(arena, &list, SLICE(ALTERNATIVE_HOSTILE), slice_of(hostile[i]), NULL);
    }
    return list;
}
