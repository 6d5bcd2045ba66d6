/* A table of pairs of tokens, and the words of habit.c. */
#include "document/javascript/slip.h"

#include "document/javascript/habit.h"

/* In the table: any token of the kind. */
#define ANY     NULL
#define A_TEXT  "\""
#define A_NAME  "a"
#define A_VALUE "1"

static const struct {
    const char *last;
    const char *next;
    const char *message;
} slips[] = {
    {"<", ">", "`<>` is not JavaScript: write `!==`"},
    {"=", ">", "`=>` has no blank in it"},
    {"-", ">", "`->` is not JavaScript: write `=>`"},
    {")", ":", "what an `if` or a loop is for is between `{` and `}`, not behind `:`"},
    {"else", ":", "what `else` is for is between `{` and `}`, not behind `:`"},
    {"await", A_VALUE,
     "`await` is only for `async` functions, and the platform does not wait for "
     "those"},
    {"not", A_VALUE, "`not` is not JavaScript: write `!`"},
    {".", A_TEXT, "`.` does not join texts: write `+`"},
    {A_TEXT, A_TEXT, "two texts need `+` between them"},
    {"print", A_VALUE, "`print` needs parentheses: `print(…)`"},
    {A_VALUE, "if", "a value that depends on a condition is `condition ? value : other`"},
    {"if", A_VALUE, "a condition needs parentheses: `if (…)`"},
    {"while", A_VALUE, "a condition needs parentheses: `while (…)`"},
    {"for", A_VALUE, "a loop needs parentheses: `for (const item of list)`"},
    {ANY, "<", "`<` cannot begin a value: HTML is text, between quotes"},
};

static bool fits(const char *pattern, const struct javascript_token *token)
{
    bool is_text = token->kind == JAVASCRIPT_TOKEN_STRING || token->kind == JAVASCRIPT_TOKEN_PART;
    bool is_value =
        token->kind == JAVASCRIPT_TOKEN_WORD || is_text || token->kind == JAVASCRIPT_TOKEN_NUMBER;
    if (pattern == ANY || strcmp(pattern, A_VALUE) == 0) {
        return pattern == ANY || is_value;
    }
    return strcmp(pattern, A_TEXT) == 0 ? is_text : slice_is(token->text, pattern);
}

/* `'it's'`: the quote inside has ended the text. */
static bool is_quote_inside(const struct javascript_parser *parser)
{
    return parser->last.kind == JAVASCRIPT_TOKEN_STRING &&
           parser->token.kind == JAVASCRIPT_TOKEN_WORD && parser->last.end == parser->token.start;
}

static struct javascript_mistake at_token(const struct javascript_parser *parser,
                                          struct slice message)
{
    return (struct javascript_mistake){
        .message = message, .start = parser->token.start, .end = parser->token.end};
}

/* `a > 1 && < 9`: what is compared is left out the second time. */
static bool is_half_comparison(const struct javascript_parser *parser)
{
    static const char *const joints[] = {"&&", "||", NULL};
    static const char *const signs[] = {"<", ">", "<=", ">=", "==", "===", "!=", "!==", NULL};
    return parser->wants_value && slice_is_any(parser->last.text, joints) &&
           slice_is_any(parser->token.text, signs);
}

static struct javascript_mistake of_habit(const struct javascript_parser *parser)
{
    struct slice script = parser->lexer.script;
    const struct javascript_habit *habit = javascript_habit_of(
        slice_part(script, parser->statement, script.length), parser->token.text);
    if (habit == NULL) {
        return (struct javascript_mistake){.start = 0};
    }
    size_t start = habit->is_first ? parser->statement : parser->token.start;
    return (struct javascript_mistake){.message = arena_printf(parser->lexer.arena,
                                                               "`%s` is not JavaScript: write `%s`",
                                                               habit->word, habit->instead),
                                       .start = start,
                                       .end = start + strlen(habit->word)};
}

struct javascript_mistake javascript_slip(const struct javascript_parser *parser)
{
    struct slice script = parser->lexer.script;
    if (parser->token.kind == JAVASCRIPT_TOKEN_END) {
        return (struct javascript_mistake){.start = 0};
    }
    if (is_quote_inside(parser)) {
        char quote = script.data[parser->last.start];
        return at_token(parser, arena_printf(parser->lexer.arena,
                                             "the text ends at the `%c` before `%.*s`: a `%c` in a "
                                             "text is `\\%c`, or other quotes are around it",
                                             quote, SLICE_ARG(parser->token.text), quote, quote));
    }
    if (slice_starts_with(slice_part(script, parser->token.start, script.length), ":=")) {
        return at_token(parser, SLICE("`:=` is not JavaScript: write `=`"));
    }
    if (is_half_comparison(parser)) {
        return at_token(parser,
                        arena_printf(parser->lexer.arena,
                                     "`%.*s` has nothing on its left: each comparison names "
                                     "its value, as in `a > 1 && a < 9`",
                                     SLICE_ARG(parser->token.text)));
    }
    struct javascript_mistake habit = of_habit(parser);
    if (habit.message.length > 0) {
        return habit;
    }
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        bool needs_value = slips[i].last == ANY && !parser->wants_value;
        if (!needs_value && fits(slips[i].last, &parser->last) &&
            fits(slips[i].next, &parser->token)) {
            return at_token(parser, slice_of(slips[i].message));
        }
    }
    return (struct javascript_mistake){.start = 0};
}
