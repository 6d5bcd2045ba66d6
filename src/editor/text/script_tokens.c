#include "editor/text/script_tokens.h"

#include "document/javascript/parser.h"

/* Templates (`…${…}…`) inside of each other. */
#define TEMPLATES 16

struct script_tokens {
    struct token_list *tokens;
    const struct node *node;
    struct passage_trail trail;
    struct javascript_lexer lexer;
    size_t braces[TEMPLATES]; /* that are open in each template's `${` */
    size_t depth;
    bool ends_value; /* the last token: a `/` behind it divides */
    bool follows_dot;
};

static void add(struct script_tokens *s, size_t start, size_t end, enum token_kind kind)
{
    token_list_add_part(s->tokens, &s->trail, s->node, slice_part(s->node->text, start, end), kind);
}

/* Comments, of which the lexer says nothing: what is not blank between two tokens. */
static void add_comments(struct script_tokens *s, size_t from, size_t to)
{
    struct slice text = s->node->text;
    while (from < to) {
        size_t end = slice_find(text, "\n", from);
        end = end < to ? end : to;
        struct slice line = slice_trim(slice_part(text, from, end));
        if (line.length > 0) {
            size_t start = (size_t)(line.data - text.data);
            add(s, start, start + line.length, TOKEN_COMMENT);
        }
        from = end + 1;
    }
}

static void add_word(struct script_tokens *s, const struct javascript_token *token)
{
    bool is_keyword = !s->follows_dot && javascript_is_reserved(token->text);
    bool is_call =
        slice_starts_with(slice_part(s->node->text, token->end, s->node->text.length), "(");
    add(s, token->start, token->end,
        is_keyword       ? TOKEN_KEYWORD
        : is_call        ? TOKEN_FUNCTION
        : s->follows_dot ? TOKEN_PROPERTY
                         : TOKEN_VARIABLE);
    s->ends_value = !is_keyword || slice_is(token->text, "this");
}

/* A part of a template, of which each line is a token. */
static void add_part(struct script_tokens *s, const struct javascript_token *part, size_t start)
{
    for (size_t line = start; line < part->end;) {
        size_t stop = slice_find(s->node->text, "\n", line);
        stop = stop < part->end ? stop : part->end;
        add(s, line, stop, TOKEN_STRING);
        line = stop + 1;
    }
    s->ends_value = part->is_last;
    if (!part->is_last && s->depth < TEMPLATES) {
        s->braces[s->depth++] = 0;
    }
}

static void add_sign(struct script_tokens *s, const struct javascript_token *token)
{
    bool is_close = slice_is(token->text, "}");
    if (is_close && s->depth > 0 && s->braces[s->depth - 1] == 0) {
        struct javascript_token part = javascript_token_part(&s->lexer, token->start);
        s->depth--;
        add_part(s, &part, token->start);
        return;
    }
    if (s->depth > 0) {
        s->braces[s->depth - 1] += slice_is(token->text, "{");
        s->braces[s->depth - 1] -= is_close;
    }
    bool is_slash = slice_is(token->text, "/") || slice_is(token->text, "/=");
    if (is_slash && !s->ends_value) {
        struct javascript_token regex = javascript_token_regex(&s->lexer, token->start);
        add(s, regex.start, regex.end, TOKEN_REGEXP);
        s->ends_value = true;
        return;
    }
    s->ends_value = slice_is(token->text, ")") || slice_is(token->text, "]") || is_close;
}

static void add_token(struct script_tokens *s, const struct javascript_token *token)
{
    switch (token->kind) {
    case JAVASCRIPT_TOKEN_WORD:
        add_word(s, token);
        break;
    case JAVASCRIPT_TOKEN_PRIVATE:
        add(s, token->start, token->end, TOKEN_PROPERTY);
        s->ends_value = true;
        break;
    case JAVASCRIPT_TOKEN_NUMBER:
        add(s, token->start, token->end, TOKEN_NUMBER);
        s->ends_value = true;
        break;
    case JAVASCRIPT_TOKEN_STRING:
        add(s, token->start, token->end, TOKEN_STRING);
        s->ends_value = true;
        break;
    case JAVASCRIPT_TOKEN_SIGN:
        add_sign(s, token);
        break;
    case JAVASCRIPT_TOKEN_PART:
        add_part(s, token, token->start - 1); /* with its ` */
        break;
    case JAVASCRIPT_TOKEN_REGEX:
    case JAVASCRIPT_TOKEN_END:
        break;
    }
}

void script_tokens_add(struct token_list *tokens, const struct node *node)
{
    struct script_tokens s = {
        .tokens = tokens, .node = node, .lexer = {.arena = tokens->arena, .script = node->text}};
    for (;;) {
        size_t before = s.lexer.at;
        struct javascript_token token = javascript_token_next(&s.lexer);
        size_t start = token.kind == JAVASCRIPT_TOKEN_PART ? token.start - 1 : token.start;
        bool is_end = token.kind == JAVASCRIPT_TOKEN_END;
        bool is_wrong = s.lexer.mistake.message.length > 0;
        if (!is_wrong) {
            add_comments(&s, before, is_end ? node->text.length : start);
        }
        if (is_end || is_wrong) {
            return;
        }
        add_token(&s, &token);
        s.follows_dot = slice_is(token.text, ".") || slice_is(token.text, "?.");
    }
}
