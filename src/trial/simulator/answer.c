/* What an entity makes of an answer, by its type. */
#include "base/composed.h"
#include "base/ascii.h"
#include "document/json/writer.h"
#include "document/schema/regex.h"
#include "trial/simulator/answer.h"
#include "document/tree/build.h"
#include "base/percent.h"

/* ---- choices ---- */

/* The list that a variable holds, in the keys that the entity names. */
static const struct node *choices_of_variable(const struct answer_context *context,
                                              const struct node *allowed)
{
    static const char *const keys[][2] = {
        {"title", "titleKey"}, {"value", "valueKey"}, {"synonyms", "synonymsKey"}};
    const struct node *items =
        script_get(context->engine, context->arena, node_text(allowed, "variable"));
    if (items == NULL) {
        return NULL;
    }
    struct node *choices = node_new_sequence(context->arena);
    for (size_t i = 0; i < node_length(items); i++) {
        struct node *choice = node_new_mapping(context->arena);
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
            struct member *member =
                node_is(items->items[i], NODE_MAPPING)
                    ? node_member(items->items[i], node_text(allowed, keys[k][1]))
                    : NULL;
            if (member != NULL) {
                node_set(context->arena, choice, slice_of(keys[k][0]), member->value);
            }
        }
        node_append(context->arena, choices, choice);
    }
    return choices;
}

/* What the component has for the locale of the conversation, else for its first; NULL: nothing. */
static const struct node *locale_of(const struct answer_context *context,
                                    const struct program_node *node)
{
    const struct node *locales = node_get(node->component, "localeData");
    if (!node_is(locales, NODE_MAPPING) || locales->count == 0) {
        return NULL;
    }
    struct member *locale = node_member(locales, context->locale);
    return locale != NULL ? locale->value : locales->members[0].value;
}

const struct node *answer_choices(const struct answer_context *context,
                                  const struct program_node *node)
{
    const struct node *allowed = node_get(locale_of(context, node), "allowedValues");
    if (node_get(allowed, "variable") != NULL) {
        return choices_of_variable(context, allowed);
    }
    const struct node *values = node_get(allowed, "values");
    return values != NULL ? values : node_get(node->component, "lookupValues");
}

static struct slice text_of(struct arena *arena, const struct node *value)
{
    if (node_is(value, NODE_STRING)) {
        return percent_decode_text(arena, value->text);
    }
    return node_is_number(value) ? value->text : SLICE("");
}

static struct slice composed_of(struct arena *arena, const struct node *value)
{
    return composed_text(arena, text_of(arena, value));
}

/* Marks do not count at the end of an answer, nor of what it is compared with: "Other.". */
static struct slice trim_answer(struct slice text)
{
    text = slice_trim(text);
    while (text.length > 1 && strchr(".!?,;", text.data[text.length - 1]) != NULL) {
        text.length--;
    }
    return text;
}

static struct slice remove_quotes(struct slice phrase)
{
    bool quoted =
        phrase.length > 2 && phrase.data[0] == '"' && phrase.data[phrase.length - 1] == '"';
    return quoted ? slice_part(phrase, 1, phrase.length - 1) : phrase;
}

static bool is_boundary(struct slice text, size_t at)
{
    return at >= text.length ||
           (!ascii_is_word(text.data[at]) && (unsigned char)text.data[at] < 0x80);
}

/* True when `text` has `phrase` in it as whole words, letter case aside. */
static bool has_words(struct slice text, struct slice phrase)
{
    for (size_t at = 0; phrase.length > 0 && at + phrase.length <= text.length; at++) {
        if ((at == 0 || is_boundary(text, at - 1)) && is_boundary(text, at + phrase.length) &&
            slice_equal_ignoring_case(slice_part(text, at, at + phrase.length), phrase)) {
            return true;
        }
    }
    return false;
}

/*
 * How well a word of a choice fits: more than the text's length for the whole answer, the word's
 * length for a part of it, 0 for not at all. A phrase in quotes must be the whole answer.
 */
static size_t measure_fit(struct slice text, struct slice phrase)
{
    phrase = trim_answer(phrase);
    struct slice words = trim_answer(remove_quotes(phrase));
    if (words.length > 0 && slice_equal_ignoring_case(text, words)) {
        return text.length + 1;
    }
    bool is_quoted = words.data != phrase.data;
    return !is_quoted && has_words(text, words) ? words.length : 0;
}

/* Where there is no list, any answer is a choice. With `whole`, no part of the answer counts. */
static struct node *find_choice(const struct answer_context *context, const struct node *choices,
                                struct slice text, bool whole)
{
    if (choices == NULL) {
        return node_new_text(context->arena, text);
    }
    const struct node *best = NULL;
    text = composed_text(context->arena, text);
    size_t best_fit = whole ? text.length : 0;
    for (size_t i = 0; i < node_length(choices); i++) {
        const struct node *choice = choices->items[i];
        const struct node *value = node_get(choice, "value");
        const struct node *synonyms = node_get(choice, "synonyms");
        size_t most = measure_fit(text, composed_of(context->arena, node_get(choice, "title")));
        size_t by_value = measure_fit(text, composed_of(context->arena, value));
        most = by_value > most ? by_value : most;
        for (size_t j = 0; j < node_length(synonyms); j++) {
            size_t by_synonym = measure_fit(text, composed_of(context->arena, synonyms->items[j]));
            most = by_synonym > most ? by_synonym : most;
        }
        if (most > best_fit && value != NULL) {
            best_fit = most;
            best = value;
        }
    }
    return best != NULL ? node_new_text(context->arena, text_of(context->arena, best)) : NULL;
}

/* ---- texts of a form ---- */

/* Counts letters (all that is no ASCII counts as one), digits and other characters. */
struct counts {
    size_t letters, digits, spaces, others;
};

static struct counts count_characters(struct slice text)
{
    struct counts counts = {0};
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (ascii_is_letter(c) || (unsigned char)c >= 0x80) {
            counts.letters++;
        } else if (ascii_is_digit(c)) {
            counts.digits++;
        } else if (c == ' ') {
            counts.spaces++;
        } else {
            counts.others++;
        }
    }
    return counts;
}

static struct node *new_text_if(struct arena *arena, bool accepted, struct slice text)
{
    return accepted ? node_new_text(arena, text) : NULL;
}

/* Digits, groups of three between commas, a decimal point; no number: empty. */
static struct slice read_number(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    size_t at = 0;
    if (at < text.length && (text.data[at] == '-' || text.data[at] == '+')) {
        if (text.data[at] == '-') {
            builder_add_char(&out, '-');
        }
        at++;
    }
    size_t digits = 0;
    bool point = false;
    for (; at < text.length; at++) {
        char c = text.data[at];
        if (ascii_is_digit(c)) {
            bool leading = digits == 1 && !point && out.data[out.length - 1] == '0' &&
                           (out.length == 1 || out.data[out.length - 2] == '-');
            if (leading) {
                out.length--; /* JSON writes no zeros in front */
            }
            builder_add_char(&out, c);
            digits += !leading;
        } else if (c == '.' && !point && digits > 0 && at + 1 < text.length) {
            point = true;
            builder_add_char(&out, c);
        } else if (c != ',' || point || digits == 0) {
            return SLICE("");
        }
    }
    return digits > 0 ? builder_slice(&out) : SLICE("");
}

static struct node *number_node(struct arena *arena, struct slice digits)
{
    if (digits.length == 0) {
        return NULL;
    }
    struct node *node = node_new_integer(arena, 0);
    node->kind = slice_find(digits, ".", 0) < digits.length ? NODE_FLOAT : NODE_INTEGER;
    node->text = digits;
    return node;
}

/* The first word of `text` that is a number, without signs of currencies and per cent. */
static struct slice find_number(struct arena *arena, struct slice text, struct slice *unit)
{
    static const char *const signs[] = {"$", "\xe2\x82\xac", "\xc2\xa3", "%"};
    struct slice found = SLICE("");
    for (size_t at = 0; at < text.length;) {
        size_t end = slice_find(text, " ", at);
        end = end < text.length ? end : text.length;
        struct slice word = slice_part(text, at, end);
        for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
            size_t length = strlen(signs[i]);
            if (slice_starts_with(word, signs[i])) {
                word = slice_part(word, length, word.length);
            }
            if (slice_ends_with(word, signs[i])) {
                word.length -= length;
            }
        }
        struct slice number = read_number(arena, word);
        if (number.length > 0 && found.length > 0) {
            return SLICE(""); /* two numbers */
        }
        if (number.length > 0) {
            found = number;
        } else if (unit->length == 0) {
            *unit = word;
        }
        at = end + 1;
    }
    return found;
}

static struct node *email_of(struct arena *arena, struct slice text)
{
    size_t at = slice_find(text, "@", 0);
    size_t dot = at < text.length ? slice_find(text, ".", at + 2) : text.length;
    bool is_email = at > 0 && dot < text.length && text.data[text.length - 1] != '.' &&
                    text.data[at + 1] != '.' && count_characters(text).spaces == 0 &&
                    slice_find(text, "@", at + 1) >= text.length;
    return new_text_if(arena, is_email, text);
}

/* The digits, with the `+` in front. */
static struct node *phone_of(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (ascii_is_digit(c) || (c == '+' && i == 0)) {
            builder_add_char(&out, c);
            digits += c != '+';
        } else if (strchr(" ()-./", c) == NULL || c == '\0') {
            return NULL;
        }
    }
    return new_text_if(arena, digits >= 7 && digits <= 15, builder_slice(&out));
}

static struct node *pattern_of(struct arena *arena, const struct program_node *node,
                               struct slice text)
{
    struct slice message;
    size_t offset;
    struct regex *regex =
        regex_compile(arena, node_text(node->component, "regexPattern"), &message, &offset);
    bool matches =
        regex != NULL && regex_search(regex_scratch_new(arena), regex, text) == REGEX_MATCH;
    return new_text_if(arena, matches, text);
}

/* "2026-01-01 to 2026-01-31" */
static struct node *period_of(const struct answer_context *context, struct slice text)
{
    static const char *const words[] = {" to ", " bis ", " until "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t at = slice_find(text, words[i], 0);
        if (at >= text.length) {
            continue;
        }
        struct slice from = answer_date(context->arena, slice_part(text, 0, at), context->now);
        struct slice to = answer_date(
            context->arena, slice_part(text, at + strlen(words[i]), text.length), context->now);
        if (from.length > 0 && to.length > 0) {
            struct node *period = node_new_mapping(context->arena);
            node_set_text(context->arena, period, "fromDate", from);
            node_set_text(context->arena, period, "toDate", to);
            return period;
        }
    }
    return NULL;
}

static struct node *object_of(struct arena *arena, const char *key, struct slice text)
{
    struct node *object = node_new_mapping(arena);
    node_set_text(arena, object, key, text);
    return object;
}

static struct node *quantity_of(struct arena *arena, struct slice text)
{
    struct slice unit = SLICE("");
    struct node *amount = number_node(arena, find_number(arena, text, &unit));
    if (amount == NULL) {
        return NULL;
    }
    struct node *quantity = node_new_mapping(arena);
    node_set(arena, quantity, SLICE("amount"), amount);
    node_set_text(arena, quantity, "unit", unit);
    return quantity;
}

enum entity_reading answer_reading(const struct program_node *node)
{
    const struct entity_type *type =
        entity_type_of_platform(node_text(node->component, "entityType"));
    return type != NULL ? type->reading : READ_TEXT;
}

static struct node *name_of(struct arena *arena, struct slice text)
{
    struct counts counts = count_characters(text);
    return new_text_if(arena, counts.letters > 0 && counts.digits == 0, text);
}

static struct node *zip_code_of(struct arena *arena, struct slice text)
{
    struct counts counts = count_characters(text);
    return new_text_if(arena, counts.digits >= 3 && text.length <= 10 && counts.others <= 1, text);
}

static struct node *url_of(struct arena *arena, struct slice text)
{
    bool fits = count_characters(text).spaces == 0 && slice_find(text, ".", 1) < text.length &&
                text.data[text.length - 1] != '.';
    return new_text_if(arena, fits, text);
}

/* What a reader of dates and times has made of an answer; empty: nothing. */
static struct node *found_or_none(struct arena *arena, struct slice found)
{
    return new_text_if(arena, found.length > 0, found);
}

static struct node *one_value(const struct answer_context *context, const struct program_node *node,
                              struct slice text)
{
    struct arena *arena = context->arena;
    struct slice unit = SLICE("");
    if (text.length == 0) {
        return NULL;
    }
    switch (answer_reading(node)) {
    case READ_TEXT:
        break;
    case READ_CHOICE:
        return find_choice(context, answer_choices(context, node), trim_answer(text), false);
    case READ_NUMBER:
        return number_node(arena, find_number(arena, text, &unit));
    case READ_QUANTITY:
        return quantity_of(arena, text);
    case READ_DATE:
        return found_or_none(arena, answer_date(arena, text, context->now));
    case READ_TIME:
        return found_or_none(arena, answer_time(arena, text));
    case READ_DATE_TIME:
        return found_or_none(arena, answer_date_time(arena, text, context->now));
    case READ_PERIOD:
        return period_of(context, text);
    case READ_EMAIL:
        return email_of(arena, text);
    case READ_PHONE:
        return phone_of(arena, text);
    case READ_URL:
        return url_of(arena, text);
    case READ_PATTERN:
        return pattern_of(arena, node, text);
    case READ_NAME:
        return name_of(arena, text);
    case READ_ZIP_CODE:
        return zip_code_of(arena, text);
    case READ_COUNTRY:
        return object_of(arena, text.length == 2 ? "alpha2" : "shortName", text);
    case READ_AIRPORT:
        return object_of(arena, text.length == 3 ? "IATA" : "AirportName", text);
    case READ_FILE:
        return object_of(arena, "fileName", text);
    }
    return node_new_text(arena, text);
}

/* Several answers stand between commas, unless all of it is one: "Portland, Oregon". */
static struct node *several_values(const struct answer_context *context,
                                   const struct program_node *node, struct slice text)
{
    struct node *values = node_new_sequence(context->arena);
    const struct node *choices =
        answer_reading(node) == READ_CHOICE ? answer_choices(context, node) : NULL;
    struct node *only =
        choices != NULL ? find_choice(context, choices, trim_answer(text), true) : NULL;
    if (only != NULL) {
        node_append(context->arena, values, only);
        return values;
    }
    for (size_t at = 0; at <= text.length;) {
        size_t end = slice_find(text, ",", at);
        end = end < text.length ? end : text.length;
        struct node *value = one_value(context, node, slice_trim(slice_part(text, at, end)));
        if (value == NULL) {
            return NULL;
        }
        node_append(context->arena, values, value);
        at = end + 1;
    }
    return values;
}

struct node *answer_value(const struct answer_context *context, const struct program_node *node,
                          struct slice text)
{
    const struct node *is_array = node_get(node->component, "isArray");
    text = slice_trim(text);
    return node_is(is_array, NODE_BOOLEAN) && is_array->boolean
               ? several_values(context, node, text)
               : one_value(context, node, text);
}

/* ---- confirmations ---- */

static bool is_one_of(struct arena *arena, const struct node *words, struct slice text)
{
    for (size_t i = 0; i < node_length(words); i++) {
        struct slice phrase = composed_of(arena, words->items[i]);
        if (slice_equal_ignoring_case(text, trim_answer(remove_quotes(trim_answer(phrase))))) {
            return true;
        }
    }
    return false;
}

struct slice answer_confirmation(const struct answer_context *context,
                                 const struct program_node *node, struct slice text)
{
    static const struct {
        const char *word, *answer;
    } usual[] = {{"yes", "yes"},  {"y", "yes"},     {"yeah", "yes"}, {"yep", "yes"},
                 {"sure", "yes"}, {"ok", "yes"},    {"okay", "yes"}, {"no", "no"},
                 {"n", "no"},     {"nope", "no"},   {"nein", "no"},  {"ja", "yes"},
                 {"oui", "yes"},  {"non", "no"},    {"si", "yes"},   {"sí", "yes"},
                 {"sì", "yes"},   {"sim", "yes"},   {"não", "no"},   {"nee", "no"},
                 {"はい", "yes"}, {"いいえ", "no"}, {"हाँ", "yes"},   {"नहीं", "no"},
                 {"نعم", "yes"},  {"لا", "no"}};
    const struct node *synonyms = node_get(locale_of(context, node), "synonyms");
    text = composed_text(context->arena, trim_answer(text));
    if (is_one_of(context->arena, node_get(synonyms, "yes"), text)) {
        return SLICE("yes");
    }
    if (is_one_of(context->arena, node_get(synonyms, "no"), text)) {
        return SLICE("no");
    }
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (slice_equal_ignoring_case(text, slice_of(usual[i].word))) {
            return slice_of(usual[i].answer);
        }
    }
    return SLICE("");
}
