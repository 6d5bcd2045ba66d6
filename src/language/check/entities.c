/* Entities: keys that do not fit the type, choices, patterns, defaults. */
#include "base/ascii.h"
#include "base/composed.h"
#include "base/date.h"
#include "base/map.h"
#include "language/check/constant.h"
#include "language/check/families.h"

#include <stdint.h>
#include "base/suggestion.h"
#include "document/schema/regex.h"
#include "document/schema/regex_risk.h"

static void check_keys(struct check *check, const struct entity *entity)
{
    const char *type = entity->type->name;
    bool is_pattern = entity->type->kind == ENTITY_PATTERN;
    bool is_id = entity->type->kind == ENTITY_SALESFORCE_ID;
    const struct {
        const char *key;
        bool fits;
        const char *types;
    } rules[] = {
        {"choices", entity_type_has_choices(entity->type), "`choice` or `lookup`"},
        {"pattern", is_pattern, "`pattern`"},
        {"object", is_id, "`salesforce-id`"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct member *member = node_member(entity->node, slice_of(rules[i].key));
        if (member != NULL && !rules[i].fits) {
            diag_report(check->diagnostics, E0406, entity->key->source, member->key->range,
                        "`%s` works only with the type %s, but `%.*s` has the type `%s`",
                        rules[i].key, rules[i].types, SLICE_ARG(entity->name), type);
        }
    }
    if (is_pattern && entity->pattern_node == NULL) {
        diag_report(check->diagnostics, E0406, entity->key->source, entity->key->range,
                    "`%.*s` has the type `pattern`, so it needs the key `pattern`",
                    SLICE_ARG(entity->name));
    }
}

/* ---- choices ---- */

struct taken_word {
    const struct node *node;
    size_t choice;
};

/*
 * Notes that `word` means the choice `index`. False, with a finding, when it means another one as
 * well.
 */
static bool take_word(struct check *check, struct map *words, struct slice locale,
                      struct slice word, const struct node *node, size_t index, const char *what)
{
    struct slice lower =
        arena_lower_case(check->arena, composed_text(check->arena, slice_trim(word)));
    struct slice key = arena_printf(check->arena, "%.*s/%.*s", SLICE_ARG(locale), SLICE_ARG(lower));
    struct taken_word *entry = arena_alloc(check->arena, sizeof *entry);
    *entry = (struct taken_word){node, index};
    const struct taken_word *other = map_add(words, key, entry);
    if (other == NULL || other->choice == index) {
        return true;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, E0405, node->source, node->range,
                    "the %s `%.*s` also belongs to another choice", what, SLICE_ARG(word));
    diag_note(check->diagnostics, d, other->node->source, other->node->range,
              "the other choice is here");
    return false;
}

static void check_choices(struct check *check, const struct entity *entity)
{
    if (!entity_type_has_choices(entity->type)) {
        return;
    }
    if (entity->choice_count == 0 && entity->from == NULL && entity->variable == NULL) {
        struct member *member = node_member(entity->node, SLICE("choices"));
        const struct node *place = member != NULL ? member->key : entity->key;
        diag_report(check->diagnostics, E0404, place->source, place->range,
                    "the choice `%.*s` has no values", SLICE_ARG(entity->name));
    }
    struct map words = map_new(check->arena);
    struct map values = map_new(check->arena);
    for (size_t i = 0; i < entity->choice_count; i++) {
        const struct choice *choice = &entity->choices[i];
        bool is_own = take_word(check, &values, SLICE(""), choice->value, choice->node, i, "value");
        for (size_t j = 0; j < choice->title.count; j++) {
            const struct text_variant *title = &choice->title.variants[j];
            struct slice locale =
                title->locale.length > 0 ? title->locale : check->template->locales[0];
            bool is_told = !is_own && slice_equal(title->text.node->text, choice->value);
            if (!title->borrowed && !is_told) {
                take_word(check, &words, locale, title->text.node->text, title->text.node, i,
                          "title");
            }
        }
        for (size_t j = 0; j < choice->synonyms.count; j++) {
            const struct sentence *synonym = &choice->synonyms.items[j];
            if (!synonym->borrowed) {
                take_word(check, &words, synonym->locale, synonym->text, synonym->node, i,
                          "synonym");
            }
        }
    }
}

/* ---- patterns ---- */

/* The letters behind a regular expression of JavaScript: how many there are at the end. */
static size_t count_flags(struct slice pattern)
{
    size_t count = 0;
    while (count < pattern.length &&
           slice_find(SLICE("dgimsuvy"), (char[]){pattern.data[pattern.length - 1 - count], 0},
                      0) != SIZE_MAX) {
        count++;
    }
    return count;
}

/* `/^[a-z]+$/i` is how JavaScript writes it; here the slashes would have to be in the answer. */
static void check_slashes(struct check *check, const struct entity *entity)
{
    const struct node *node = entity->pattern_node;
    struct slice pattern = entity->pattern;
    size_t flags = count_flags(pattern);
    size_t last = pattern.length - flags;
    if (last < 3 || pattern.data[0] != '/' || pattern.data[last - 1] != '/' ||
        pattern.data[last - 2] == '\\') {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, W0410, node->source, node->range,
                                       "an answer would need the slashes of this pattern, too");
    diag_suggest(check->diagnostics, d, slice_part(pattern, 1, last - 1));
    if (flags > 0) {
        diag_note(check->diagnostics, d, NULL, node->range,
                  "a pattern has no flags; without `i`, write `[Aa]` for letters in both cases");
    }
}

/* `[0-9]{4`: a brace that closes nowhere is a character, and repeats nothing. */
static void check_open_brace(struct check *check, const struct entity *entity)
{
    const struct node *node = entity->pattern_node;
    struct slice text = node->text;
    bool in_class = false;
    for (size_t i = 0; i < text.length; i++) {
        size_t end = i + 1;
        if (text.data[i] == '\\') {
            i++;
            continue;
        }
        in_class = text.data[i] == '[' || (in_class && text.data[i] != ']');
        while (end < text.length && (ascii_is_digit(text.data[end]) || text.data[end] == ',')) {
            end++;
        }
        bool is_open =
            text.data[i] == '{' && end > i + 1 && (end == text.length || text.data[end] != '}');
        if (is_open && !in_class) {
            struct slice brace = slice_part(text, i, end);
            struct diagnostic *d =
                diag_report(check->diagnostics, W0411, node->source, passage_range(node, brace),
                            "`%.*s` repeats nothing, because its `}` is missing", SLICE_ARG(brace));
            diag_suggest(check->diagnostics, d,
                         arena_printf(check->arena, "%.*s}", SLICE_ARG(brace)));
            return;
        }
    }
}

static void check_pattern(struct check *check, const struct entity *entity)
{
    const struct node *node = entity->pattern_node;
    if (node == NULL) {
        return;
    }
    struct slice message = SLICE("");
    size_t offset = 0;
    const struct regex *regex = regex_compile(check->arena, entity->pattern, &message, &offset);
    if (regex == NULL) {
        struct slice rest =
            slice_part(node->text, offset < node->text.length ? offset : 0, node->text.length);
        struct range range = passage_range(node, rest);
        range.end = range.start + (range.start < range.end);
        diag_report(check->diagnostics, E0401, node->source,
                    offset < node->text.length ? range : node->range,
                    "the pattern of `%.*s` is not valid: %.*s", SLICE_ARG(entity->name),
                    SLICE_ARG(message));
        return;
    }
    check_slashes(check, entity);
    check_open_brace(check, entity);
    if (regex_search(regex_scratch_new(check->arena), regex, SLICE("")) == REGEX_MATCH) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0402, node->source, node->range,
                        "the pattern of `%.*s` matches the empty text", SLICE_ARG(entity->name));
        diag_note(check->diagnostics, d, NULL, node->range,
                  "use `+` or `{1,…}` instead of `*`, `?` or `{0,…}`");
    }
    const char *risk = regex_risk(check->arena, entity->pattern);
    if (risk != NULL) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0403, node->source, node->range,
                        "the pattern of `%.*s` can take very long", SLICE_ARG(entity->name));
        diag_note(check->diagnostics, d, NULL, node->range, "%s", risk);
    }
}

/* ---- values that steps set ---- */

/* "+ 1", "*", "- 1": between references, or behind one. A dash or slash alone separates words. */
static bool is_arithmetic(struct slice literal)
{
    literal = slice_trim(literal);
    if (literal.length == 0 || strchr("+-*/", literal.data[0]) == NULL) {
        return false;
    }
    size_t digits = 0;
    for (size_t i = 1; i < literal.length; i++) {
        bool is_digit = ascii_is_digit(literal.data[i]) || literal.data[i] == '.';
        digits += is_digit;
        if (!is_digit && literal.data[i] != ' ') {
            return false;
        }
    }
    return digits > 0 || literal.data[0] == '+' || literal.data[0] == '*';
}

/* "count + 1": a word, and what would be added to it. A dash is part of many names. */
static bool is_word_sum(const struct check *check, struct slice text)
{
    size_t length = 0;
    while (length < text.length && ascii_is_word(text.data[length])) {
        length++;
    }
    struct slice rest = slice_trim(slice_part(text, length, text.length));
    bool is_dashed = rest.length > 0 && (rest.data[0] == '-' || rest.data[0] == '/');
    bool is_entity = template_entity(check->template, slice_part(text, 0, length)) != NULL;
    return length > 0 && is_arithmetic(rest) && (!is_dashed || is_entity);
}

/* Nothing is computed in text: "${count} + 1", "context.entities.count + 1". */
static void check_computation(struct check *check, const struct body *value)
{
    const struct text *text = &value->text;
    bool is_sum = text->count > 1;
    for (size_t i = 0; i < text->count && value->node->kind == NODE_STRING; i++) {
        const struct text_part *part = &text->parts[i];
        is_sum = is_sum && (part->reference != NULL || is_arithmetic(part->literal));
    }
    bool is_code =
        value->node->kind == NODE_STRING && (slice_starts_with(value->node->text, "context.") ||
                                             slice_starts_with(value->node->text, "koreUtil.") ||
                                             is_word_sum(check, value->node->text));
    bool is_spaced = text->count == 2 || text->count == 3;
    if (!is_code && !(is_sum && is_spaced)) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, W0224, value->node->source,
                                       value->node->range, "this is text: nothing is computed");
    diag_note(check->diagnostics, d, NULL, value->node->range,
              "compute it in a script and `run` that; a value of the context is "
              "`${context.name}`");
}

/* What steps set: defaults that are computed among them. */
static void check_set_values(struct check *check, const struct step *step)
{
    bool imported = check->template->imported != NULL;
    for (size_t i = 0; i < step->set.values.count; i++) {
        const struct assignment *set = &step->set.values.items[i];
        const struct entity *entity = template_entity(check->template, set->key->text);
        if (step->set.default_of == NULL || set->value.text.count > 0) { /* else it is told */
            check_computation(check, &set->value);
        }
        if (entity == NULL) {
            continue;
        }
        const struct body *value = &set->value;
        bool is_open = value->text.has_references || value->text.has_platform ||
                       (entity->multiple && value->node->kind == NODE_SEQUENCE);
        if (!is_open && step->set.default_of == NULL) {
            constant_check(check->arena, check->diagnostics,
                           &(struct constant){entity, value->node, "value", imported});
        }
        constant_check_reference(check->analysis, check->diagnostics, entity, &value->text);
    }
}

void check_entities(struct check *check)
{
    bool imported = check->template->imported != NULL;
    for (size_t i = 0; i < check->template->entity_count; i++) {
        const struct entity *entity = &check->template->entities[i];
        check_keys(check, entity);
        check_choices(check, entity);
        check_pattern(check, entity);
        if (entity->default_value != NULL) {
            constant_check(check->arena, check->diagnostics,
                           &(struct constant){entity, entity->default_value, "default", imported});
        }
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (step->kind == STEP_SET) {
            check_set_values(check, step);
        }
    }
}
