/* Parsing conditions, from left to right. */
#include "language/model/condition.h"

#include "base/ascii.h"
#include "base/composed.h"
#include "language/model/expression.h"

struct parser {
    struct text_reader *reader;
    const struct node *node;
    struct slice text;
    size_t at;
    struct passage_trail trail; /* up to the present test */
    struct references *list;
};

static const struct operator_row {
    const char *text;
    enum operator_kind comparison;
    bool is_word;
    bool has_value;
} operators[] = {
    {"==", OPERATOR_EQUAL, false, true},         {"!=", OPERATOR_NOT_EQUAL, false, true},
    {">=", OPERATOR_GREATER_EQUAL, false, true}, {"<=", OPERATOR_LESS_EQUAL, false, true},
    {">", OPERATOR_GREATER, false, true},        {"<", OPERATOR_LESS, false, true},
    {"contains", OPERATOR_CONTAINS, true, true}, {"exists", OPERATOR_EXISTS, true, false},
    {"missing", OPERATOR_MISSING, true, false},  {"[", OPERATOR_PLATFORM, false, true},
};

static void skip_space(struct parser *parser)
{
    while (parser->at < parser->text.length && strchr(" \t\r\n", parser->text.data[parser->at])) {
        parser->at++;
    }
}

static struct slice rest(const struct parser *parser)
{
    return slice_part(parser->text, parser->at, parser->text.length);
}

static bool at_end(const struct parser *parser)
{
    return parser->at >= parser->text.length;
}

/* Takes `word` when it stands here as a whole word. */
static bool take_word(struct parser *parser, const char *word)
{
    struct slice text = rest(parser);
    size_t length = strlen(word);
    if (!slice_starts_with(text, word) ||
        (text.length > length && ascii_is_word(text.data[length]))) {
        return false;
    }
    parser->at += length;
    return true;
}

/* Reports `length` bytes at `at`; 0: all that follows. */
static struct diagnostic *report_with(struct parser *parser, size_t at, size_t length,
                                      const char *message, const char *advice)
{
    size_t end = length > 0 ? at + length : parser->text.length;
    struct slice here = slice_part(parser->text, at, end);
    struct range range = passage_range(parser->node, here);
    if (here.length == 0) {
        range = (struct range){parser->node->range.end, parser->node->range.end};
    }
    struct diagnostic *d =
        diag_report(parser->reader->diagnostics, E0211, parser->node->source, range, "%s", message);
    diag_note(parser->reader->diagnostics, d, NULL, range, "%s", advice);
    return d;
}

static struct diagnostic *report(struct parser *parser, size_t at, size_t length,
                                 const char *message)
{
    return report_with(parser, at, length, message,
                       "write `${reference} == value`, or with !=, >, >=, <, <= or contains; or "
                       "`${reference} exists` or `missing`");
}

static bool fail(struct parser *parser, size_t at, const char *message)
{
    report(parser, at, 0, message);
    return false;
}

/* The row of the operator that stands here, which is taken; NULL when none does. */
static const struct operator_row *take_operator(struct parser *parser)
{
    skip_space(parser);
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        bool found = false;
        if (operators[i].is_word) {
            found = take_word(parser, operators[i].text);
        } else if (slice_starts_with(rest(parser), operators[i].text)) {
            parser->at += strlen(operators[i].text);
            /* neither `===` nor `<>` */
            found = at_end(parser) || strchr("=>", parser->text.data[parser->at]) == NULL;
            parser->at -= found ? 0 : strlen(operators[i].text);
        }
        if (found) {
            return &operators[i];
        }
    }
    return NULL;
}

/*
 * What the reference is for is said by the operator behind it, at `at`. One that is not an operator
 * is reported, and that the value may be missing would only distract from it.
 */
static enum reference_use use_before(const struct parser *parser, size_t at)
{
    struct parser ahead = *parser;
    ahead.at = at;
    const struct operator_row *row = take_operator(&ahead);
    return row == NULL || !row->has_value ? USE_EXISTENCE : USE_CONDITION;
}

/* What is written where a reference should begin: what other languages have there. */
static const char *advice_for_beginning(struct slice written)
{
    static const struct {
        const char *words;
        const char *advice;
    } others[] = {
        {"not ", "there is no `not`: write the opposite, such as `!=` for `==`, `<` for `>=`, or "
                 "`missing` for `exists`"},
        {"!", "there is no `!`: write the opposite, such as `!=` for `==`, or `missing` for "
              "`exists`"},
        {"(",
         "conditions have no parentheses: join comparisons with `and` only, or with `or` only, "
         "and put one `if` into the other"},
        {"=", "write the reference again, before the operator"},
        {"<", "write the reference again, before the operator"},
        {">", "write the reference again, before the operator"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (slice_starts_with(written, others[i].words)) {
            return others[i].advice;
        }
    }
    return slice_find(written, "${", 0) != SIZE_MAX
               ? "write the reference first, and the value behind the operator"
               : "write `${reference} == value`, with the name in `${…}`";
}

/* `age` of "age >= 18"; empty when a name does not begin here. */
static struct slice bare_name(const struct parser *parser)
{
    size_t end = parser->at;
    while (end < parser->text.length &&
           (ascii_is_word(parser->text.data[end]) || parser->text.data[end] == '.')) {
        end++;
    }
    bool is_name = slice_find(parser->text, "${", parser->at) == SIZE_MAX && end > parser->at &&
                   !ascii_is_digit(parser->text.data[parser->at]) && end < parser->text.length &&
                   strchr(" =!<>", parser->text.data[end]) != NULL;
    struct slice name = slice_part(parser->text, parser->at, end);
    return is_name && !slice_is(name, "not") ? name : SLICE("");
}

static bool fail_at_beginning(struct parser *parser)
{
    struct slice name = bare_name(parser);
    struct diagnostic *d =
        report_with(parser, parser->at, name.length, "a condition must begin with a `${reference}`",
                    advice_for_beginning(rest(parser)));
    if (name.length > 0) {
        diag_suggest(parser->reader->diagnostics, d,
                     arena_printf(parser->reader->arena, "${%.*s}", SLICE_ARG(name)));
    }
    return false;
}

/* "${age >= 18}", `whole`: the comparison belongs behind the brace. Empty: it is not one. */
static struct slice compared_inside(struct parser *parser, struct slice whole)
{
    struct slice inside = slice_part(whole, 2, whole.length - 1);
    for (size_t at = 0; at < inside.length; at++) {
        if (strchr("=!<>", inside.data[at]) != NULL) {
            struct slice name = slice_trim(slice_part(inside, 0, at));
            return arena_printf(parser->reader->arena, "${%.*s} %.*s", SLICE_ARG(name),
                                SLICE_ARG(slice_part(inside, at, inside.length)));
        }
    }
    return SLICE("");
}

static bool parse_reference(struct parser *parser, struct test *test)
{
    skip_space(parser);
    size_t close = expression_end(parser->text, parser->at);
    if (!slice_starts_with(rest(parser), "${") || close == SIZE_MAX) {
        return fail_at_beginning(parser);
    }
    struct slice whole = slice_part(parser->text, parser->at, close + 1);
    struct slice meant = compared_inside(parser, whole);
    if (meant.length > 0) {
        struct diagnostic *d = report(parser, parser->at, whole.length,
                                      "the braces are around the name alone, not the comparison");
        diag_suggest(parser->reader->diagnostics, d, meant);
        return false;
    }
    struct passage_trail trail = parser->trail;
    struct text text = text_parse_part(parser->reader, &trail, parser->node, whole,
                                       use_before(parser, close + 1), parser->list);
    test->reference = text_single(&text);
    parser->at = close + 1;
    return test->reference != NULL;
}

/* Behind its opening bracket. */
static bool parse_operator_name(struct parser *parser, struct test *test)
{
    size_t start = parser->at;
    while (!at_end(parser) && ascii_is_word(parser->text.data[parser->at])) {
        parser->at++;
    }
    test->operator_name = slice_part(parser->text, start, parser->at);
    if (test->operator_name.length == 0 || at_end(parser) || parser->text.data[parser->at] != ']') {
        return fail(parser, parser->at,
                    "an operator in brackets is one word, as in `[startsWith]`");
    }
    parser->at++;
    return true;
}

/*
 * What other languages and people write for an operator, and its length; the longer of two comes
 * first. Empty: something else.
 */
static struct slice meant_operator(struct slice written, size_t *length)
{
    static const struct {
        const char *words;
        const char *operator_text;
    } others[] = {
        {"= ", "=="},
        {"===", "=="},
        {"is not empty", "exists"},
        {"is not null", "exists"},
        {"is not ", "!="},
        {"is empty", "missing"},
        {"is null", "missing"},
        {"is missing", "missing"},
        {"is set", "exists"},
        {"is ", "=="},
        {"equals ", "=="},
        {"eq ", "=="},
        {"!== ", "!="},
        {"<> ", "!="},
        {"ne ", "!="},
        {"not exists", "missing"},
        {"not empty", "exists"},
        {"not ", "!="},
        {"=> ", ">="},
        {"=< ", "<="},
        {"greater than ", ">"},
        {"less than ", "<"},
        {"exist", "exists"},
        {"like ", "contains"},
        {"includes ", "contains"},
        {"contain ", "contains"},
        {"startsWith ", "[startsWith]"},
        {"starts with ", "[startsWith]"},
        {"beginsWith ", "[startsWith]"},
        {"endsWith ", "[endsWith]"},
        {"ends with ", "[endsWith]"},
        {"has ", "contains"},
        {"isn't ", "!="},
        {"gt ", ">"},
        {"gte ", ">="},
        {"ge ", ">="},
        {"lt ", "<"},
        {"lte ", "<="},
        {"le ", "<="},
        {"more than ", ">"},
        {"at least ", ">="},
        {"at most ", "<="},
        {"empty", "missing"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (slice_starts_with(written, others[i].words)) {
            *length = slice_trim(slice_of(others[i].words)).length;
            return slice_of(others[i].operator_text);
        }
    }
    *length = 0;
    return SLICE("");
}

/* What to write instead of an operator that takes more than a word of ours; or NULL. */
static const char *advice_for_operator(struct slice written)
{
    static const struct {
        const char *words;
        const char *advice;
    } others[] = {
        {"between ", "write two comparisons: `${number} >= 1 and ${number} <= 5`"},
        {"in ", "write a comparison for each value: `${drink} == tea or ${drink} == milk`; a "
                "`choose` has `when: [tea, milk]`"},
        {"not in ", "write a comparison for each value: `${drink} != tea and ${drink} != milk`"},
        {"one of ", "write a comparison for each value: `${drink} == tea or ${drink} == milk`"},
        {"? ", "write `if`, with `then` and `else`"},
        {"+", "conditions compute nothing: `run` a script that sets a value, and compare that"},
        {"- ", "conditions compute nothing: `run` a script that sets a value, and compare that"},
        {"* ", "conditions compute nothing: `run` a script that sets a value, and compare that"},
        {"/ ", "conditions compute nothing: `run` a script that sets a value, and compare that"},
        {"% ", "conditions compute nothing: `run` a script that sets a value, and compare that"},
        {"matches ", "conditions know no patterns; an entity of the type `pattern` checks the "
                     "answer"},
        {"=~ ", "conditions know no patterns; an entity of the type `pattern` checks the answer"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (slice_starts_with(written, others[i].words)) {
            return others[i].advice;
        }
    }
    return NULL;
}

static bool parse_operator(struct parser *parser, struct test *test, bool *has_value)
{
    const struct operator_row *row = take_operator(parser);
    if (row != NULL) {
        test->comparison = row->comparison;
        *has_value = row->has_value;
        return row->comparison != OPERATOR_PLATFORM || parse_operator_name(parser, test);
    }
    if (at_end(parser)) {
        report_with(parser, parser->at, 0, "expected an operator here",
                    "write what to compare with, such as `== value`; or `exists` to ask whether "
                    "there is a value");
        return false;
    }
    size_t length;
    struct slice meant = meant_operator(rest(parser), &length);
    const char *advice = advice_for_operator(rest(parser));
    const char *message = "this is not an operator";
    struct diagnostic *d = advice != NULL ? report_with(parser, parser->at, 0, message, advice)
                                          : report(parser, parser->at, length, message);
    diag_suggest(parser->reader->diagnostics, d, advice == NULL ? meant : SLICE(""));
    return false;
}

static bool is_number(struct slice text)
{
    size_t at = text.length > 0 && text.data[0] == '-';
    size_t digits = 0;
    size_t points = 0;
    for (; at < text.length; at++) {
        digits += text.data[at] >= '0' && text.data[at] <= '9';
        points += text.data[at] == '.';
    }
    size_t sign = text.length > 0 && text.data[0] == '-';
    return digits > 0 && points <= 1 && digits + points + sign == text.length;
}

/* Bare words end before ` and ` and ` or `. */
static struct slice take_bare(struct parser *parser)
{
    size_t start = parser->at;
    while (!at_end(parser)) {
        char before = parser->at > start ? parser->text.data[parser->at - 1] : ' ';
        size_t here = parser->at;
        if (before == ' ' && (take_word(parser, "and") || take_word(parser, "or"))) {
            parser->at = here;
            break;
        }
        parser->at++;
    }
    return slice_trim(slice_part(parser->text, start, parser->at));
}

/* True, with a finding, when a joint of another language is in the literal, which begins at
 * `start`. */
static bool has_other_joint(struct parser *parser, size_t start, struct slice literal)
{
    static const struct {
        const char *written; /* with the beginning of what follows */
        const char *meant;
    } joints[] = {
        {" && ", "and"}, {" || ", "or"}, {" AND ${", "and"}, {" OR ${", "or"}, {" And ${", "and"},
    };
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        size_t at = slice_find(literal, joints[i].written, 0);
        if (at != SIZE_MAX) {
            struct diagnostic *d =
                report_with(parser, start + at + 1, strcspn(joints[i].written + 1, " "),
                            "join comparisons with `and` or `or`, in lower case",
                            "for example `${age} >= 18 and ${age} < 65`");
            diag_suggest(parser->reader->diagnostics, d, slice_of(joints[i].meant));
            return true;
        }
    }
    return false;
}

static bool parse_literal(struct parser *parser, struct test *test)
{
    skip_space(parser);
    char quote = at_end(parser) ? '\0' : parser->text.data[parser->at];
    if (quote == '\'' || quote == '"') {
        size_t start = ++parser->at;
        while (!at_end(parser) && parser->text.data[parser->at] != quote) {
            parser->at++;
        }
        if (at_end(parser)) {
            return fail(parser, start - 1, "the closing quote is missing");
        }
        test->literal = slice_part(parser->text, start, parser->at++);
        return true;
    }
    size_t start = parser->at;
    test->literal = take_bare(parser);
    test->is_number = is_number(test->literal);
    if (test->literal.length == 0) {
        return fail(parser, start, "expected a value to compare with here");
    }
    if (has_other_joint(parser, start, test->literal)) {
        return false;
    }
    if (slice_find(test->literal, "${", 0) != SIZE_MAX) {
        report_with(
            parser, start, 0,
            "a reference can be compared only with a fixed value, not with another reference",
            "`run` a script that compares the two and sets a value, and test that value");
        return false;
    }
    return true;
}

static bool parse_test(struct parser *parser, struct test *test)
{
    skip_space(parser);
    size_t start = parser->at;
    bool has_value = false;
    if (!parse_reference(parser, test) || !parse_operator(parser, test, &has_value) ||
        (has_value && !parse_literal(parser, test))) {
        return false;
    }
    struct slice whole = slice_trim(slice_part(parser->text, start, parser->at));
    struct passage_trail trail = parser->trail; /* the literal lies in the test */
    test->range = passage_follow(&parser->trail, parser->node, whole);
    test->literal_range =
        has_value ? passage_follow(&trail, parser->node, test->literal) : test->range;
    test->literal = composed_text(parser->reader->arena, test->literal);
    return true;
}

/* Tests while they are added. */
struct test_list {
    struct test *items;
    size_t count;
};

static void add_test(struct arena *arena, struct test_list *list, struct test test)
{
    list->items = arena_append(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = test;
}

struct condition condition_parse(struct text_reader *reader, const struct node *node,
                                 struct references *list)
{
    struct condition condition = {.node = node};
    struct condition broken = {.node = node};
    struct test_list tests = {0};
    struct parser parser = {.reader = reader, .node = node, .text = node->text, .list = list};
    if (slice_is(slice_trim(node->text), "never")) {
        condition.never = true;
        return condition;
    }
    for (;;) {
        struct test test = {0};
        if (!parse_test(&parser, &test)) {
            return broken;
        }
        add_test(reader->arena, &tests, test);
        skip_space(&parser);
        if (at_end(&parser)) {
            condition.tests = tests.items;
            condition.count = tests.count;
            return condition;
        }
        size_t start = parser.at;
        bool is_or = take_word(&parser, "or");
        if (!is_or && !take_word(&parser, "and")) {
            fail(&parser, start, "expected `and` or `or` here");
            return broken;
        }
        if (tests.count > 1 && condition.any != is_or) {
            report_with(&parser, start, 0, "`and` and `or` cannot be mixed in one condition",
                        "put one `if` into the other, or write several conditions in one `choose`");
            return broken;
        }
        condition.any = is_or;
    }
}

struct condition condition_of_values(struct text_reader *reader, const struct node *subject,
                                     const struct node *values, struct references *list)
{
    struct test_list tests = {0};
    bool is_list = values->kind == NODE_SEQUENCE;
    for (size_t i = 0; i < (is_list ? values->count : 1); i++) {
        const struct node *value = is_list ? values->items[i] : values;
        struct text text = text_parse(reader, subject, USE_CONDITION, list);
        const struct reference *reference = text_single(&text);
        if (reference == NULL) {
            struct diagnostic *d =
                diag_report(reader->diagnostics, E0211, subject->source, subject->range,
                            "`choose` takes one reference or a list of conditions");
            diag_note(reader->diagnostics, d, NULL, subject->range, "write `choose: ${name}`");
            return (struct condition){.node = values};
        }
        struct slice literal = value->text;
        if (value->kind == NODE_BOOLEAN) {
            literal = value->boolean ? SLICE("true") : SLICE("false");
        }
        add_test(reader->arena, &tests,
                 (struct test){.reference = reference,
                               .comparison = OPERATOR_EQUAL,
                               .literal = composed_text(reader->arena, literal),
                               .is_number = node_is_number(value),
                               .range = value->range,
                               .literal_range = value->range});
    }
    return (struct condition){
        .node = values, .any = true, .tests = tests.items, .count = tests.count};
}
