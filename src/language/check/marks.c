/*
 * Words of utterances that are marked as values of an entity that does not take them: the platform
 * would learn from them what it cannot use.
 */
#include "base/ascii.h"
#include "base/suggestion.h"
#include "document/schema/regex.h"
#include "document/tree/passage.h"
#include "language/check/families.h"

/* The words for numbers and days are known in English alone. */
static const char *const number_words[] = {
    "zero",    "one",       "two",      "three",    "four",    "five",     "six",      "seven",
    "eight",   "nine",      "ten",      "eleven",   "twelve",  "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen", "twenty",  "thirty",   "forty",    "fifty",
    "sixty",   "seventy",   "eighty",   "ninety",   "hundred", "thousand", "million",  "billion",
    "half",    "quarter",   "third",    "dozen",    "couple",  "pair",     "few",      "single",
    "double",  "a",         "an",       "once",     "twice",   "none",     "no",       "all",
    "both",    "grand",     "k",        "percent",  NULL};
static const char *const day_words[] = {
    "today",   "tomorrow",  "yesterday", "tonight",   "now",      "day",      "days",
    "week",    "weeks",     "month",     "months",    "year",     "years",    "quarter",
    "weekend", "monday",    "tuesday",   "wednesday", "thursday", "friday",   "saturday",
    "sunday",  "mon",       "tue",       "wed",       "thu",      "fri",      "sat",
    "sun",     "january",   "february",  "march",     "april",    "may",      "june",
    "july",    "august",    "september", "october",   "november", "december", "jan",
    "feb",     "mar",       "apr",       "jun",       "jul",      "aug",      "sep",
    "sept",    "oct",       "nov",       "dec",       "first",    "second",   "last",
    "next",    "christmas", "easter",    "spring",    "summer",   "autumn",   "fall",
    "winter",  "morning",   "noon",      "afternoon", "evening",  "night",    "end",
    "soon",    "later",     "midnight",  "hour",      "hours",    "minute",   "minutes",
    NULL};

struct marked {
    struct check *check;
    const struct sentence *sentence;
    const struct entity *entity;
    struct slice words;
    struct slice lower; /* the words in lower case */
    struct range range; /* of the words */
};

static bool has_digit(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (ascii_is_digit(text.data[i]) || (unsigned char)text.data[i] >= 0x80) {
            return true; /* other scripts have digits of their own */
        }
    }
    return false;
}

static bool has_word(struct slice text, const char *const *words)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.length; i++) {
        bool inside = i < text.length && ascii_is_letter(text.data[i]);
        if (!inside && slice_is_any(slice_part(text, start, i), words)) {
            return true;
        }
        start = inside ? start : i + 1;
    }
    return false;
}

static struct diagnostic *report(const struct marked *m, const char *kind)
{
    return diag_report(m->check->diagnostics, W0514, m->sentence->node->source, m->range,
                       "`%.*s` is %s, so `%.*s` does not take it", SLICE_ARG(m->words), kind,
                       SLICE_ARG(m->entity->name));
}

static void note(const struct marked *m, struct diagnostic *d, const char *text)
{
    diag_note(m->check->diagnostics, d, NULL, m->range, "%s", text);
}

static void require(const struct marked *m, bool fits, const char *kind)
{
    if (!fits) {
        note(m, report(m, kind), "mark words that users say for this entity");
    }
}

/* ---- choices ---- */

struct choice_search {
    struct slice words;
    struct suggestion meant;
    bool found;
};

static void compare(struct choice_search *search, struct arena *arena, struct slice choice)
{
    struct slice text = arena_lower_case(arena, choice);
    search->found = search->found || text.length == 0 ||
                    slice_find_slice(text, search->words, 0) != SIZE_MAX ||
                    slice_find_slice(search->words, text, 0) != SIZE_MAX;
    suggestion_offer(&search->meant, choice);
}

static void compare_sentences(struct choice_search *search, struct arena *arena,
                              const struct sentences *sentences)
{
    for (size_t i = 0; i < sentences->count; i++) {
        compare(search, arena, sentences->items[i].text);
    }
}

/* A part of a choice's words is enough: the platform compares inflected forms, too. */
static void check_choice(const struct marked *m)
{
    struct arena *arena = m->check->arena;
    const struct entity *entity = m->entity;
    struct choice_search search = {.words = m->lower, .meant = suggestion_new(m->words)};
    for (size_t i = 0; i < entity->choice_count && !search.found; i++) {
        const struct choice *choice = &entity->choices[i];
        compare(&search, arena, choice->value);
        for (size_t j = 0; j < choice->title.count; j++) {
            compare(&search, arena, text_fixed(&choice->title.variants[j].text));
        }
        compare_sentences(&search, arena, &choice->synonyms);
        compare_sentences(&search, arena, &choice->words);
    }
    if (search.found || entity->choice_count == 0 || entity->variable != NULL) {
        return;
    }
    struct diagnostic *d = diag_report(m->check->diagnostics, W0514, m->sentence->node->source,
                                       m->range, "`%.*s` is none of the choices of `%.*s`",
                                       SLICE_ARG(m->words), SLICE_ARG(entity->name));
    if (search.meant.best.length > 0) {
        diag_suggest(m->check->diagnostics, d, search.meant.best);
    } else {
        note(m, d, "mark one of the choices, or add these words to the `synonyms` of one");
    }
}

/* ---- the other types ---- */

static void check_pattern(const struct marked *m)
{
    struct arena *arena = m->check->arena;
    struct slice pattern = m->entity->pattern, message;
    size_t offset;
    const struct regex *regex =
        pattern.length > 0 ? regex_compile(arena, pattern, &message, &offset) : NULL;
    bool fits = regex == NULL || /* which is told of the entity */
                regex_search(regex_scratch_new(arena), regex, m->words) != REGEX_NO_MATCH;
    require(m, fits,
            m->entity->type->kind == ENTITY_PATTERN ? "not what the pattern matches"
                                                    : "not the id of a record");
}

static void check_words(const struct marked *m)
{
    bool english = slice_starts_with(m->sentence->locale, "en");
    bool digit = has_digit(m->words);
    switch (m->entity->type->kind) {
    case ENTITY_CHOICE:
    case ENTITY_LOOKUP:
        check_choice(m);
        break;
    case ENTITY_NUMBER:
    case ENTITY_CURRENCY:
    case ENTITY_PERCENTAGE:
    case ENTITY_QUANTITY:
        require(m, digit || !english || has_word(m->lower, number_words), "not a number");
        break;
    case ENTITY_DATE:
    case ENTITY_TIME:
    case ENTITY_DATE_TIME:
    case ENTITY_DATE_PERIOD:
        require(m, digit || !english || has_word(m->lower, day_words), "not a date or time");
        break;
    case ENTITY_EMAIL:
        require(m, slice_find(m->words, "@", 0) != SIZE_MAX, "not an e-mail address");
        break;
    case ENTITY_PHONE:
        require(m, digit, "not a phone number");
        break;
    case ENTITY_PATTERN:
    case ENTITY_SALESFORCE_ID:
        check_pattern(m);
        break;
    case ENTITY_STRING:
    case ENTITY_PERSON_NAME:
    case ENTITY_LOCATION:
    case ENTITY_ZIP_CODE:
    case ENTITY_ATTACHMENT:
    case ENTITY_TIME_ZONE:
    case ENTITY_COMPANY:
    case ENTITY_ADDRESS:
    case ENTITY_CITY:
    case ENTITY_COUNTRY:
    case ENTITY_AIRPORT:
    case ENTITY_URL:
    case ENTITY_COLOR:
    case ENTITY_DESCRIPTION:
    case ENTITY_COMPOSITE:
        break; /* any words */
    }
}

void check_marked_words(struct check *check)
{
    const struct sentences *utterances = &check->template->intent.utterances;
    for (size_t i = 0; check->template->imported == NULL && i < utterances->count; i++) {
        const struct sentence *sentence = &utterances->items[i];
        for (const struct mark *mark = sentence->marks; mark != NULL; mark = mark->next) {
            const struct entity *entity = template_entity(check->template, mark->name);
            struct marked m = {.check = check,
                               .sentence = sentence,
                               .entity = entity,
                               .words = slice_trim(mark->words),
                               .lower = arena_lower_case(check->arena, slice_trim(mark->words)),
                               .range = passage_range(sentence->node, mark->words)};
            if (entity != NULL && m.words.length > 0 && !sentence->borrowed) {
                check_words(&m);
            }
        }
    }
}
