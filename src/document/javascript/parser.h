/*
 * What the parts of the parser share; private to src/document/javascript/.
 *
 * The grammar is a circle: statements have expressions, these have functions, and functions have
 * statements. Each file knows those below it, and what is above it is called through `hooks`.
 *
 * After the first mistake every token is the END of the script, so that all loops end; what they
 * return then is a node without meaning, but never NULL.
 */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_PARSER_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_PARSER_H

#include "document/javascript/token.h"

struct javascript_parser;

struct javascript_label;

/* What a place in a script allows, by what is around it. */
struct javascript_place {
    bool is_function; /* `return` */
    bool is_async;    /* `await` */
    bool is_generator;
    bool is_strict;
    bool is_loop;   /* `continue`, `break` */
    bool is_switch; /* `break` */
    bool has_super; /* `super.name` */
    bool has_super_call;
    bool has_target;  /* `new.target` */
    bool has_private; /* `#name`, in a class */
    bool no_in;       /* in the head of a `for`, `in` is not an operator */
    struct javascript_label *labels;
};

struct javascript_label {
    struct slice name;
    size_t start;
    size_t statement; /* where that begins */
    bool is_loop;
    struct javascript_label *outer;
};

/* What is called from further down. */
struct javascript_hooks {
    /* `a, b`: all of it, or only what is before the comma */
    struct javascript_node *(*expression)(struct javascript_parser *parser);
    struct javascript_node *(*assignment)(struct javascript_parser *parser);
    /* from `function`, or the `async` before it, on; `is_statement`: it declares its name */
    struct javascript_node *(*function)(struct javascript_parser *parser, bool is_statement);
    /* from the ( of a method on; `place` is what its body allows */
    struct javascript_node *(*method)(struct javascript_parser *parser,
                                      const struct javascript_node *property,
                                      struct javascript_place place);
    struct javascript_node *(*class)(struct javascript_parser *parser, bool is_statement);
    /* from `=>` on; `parameters` are the expressions before it */
    struct javascript_node *(*arrow)(struct javascript_parser *parser,
                                     struct javascript_node *parameters, bool is_async);
    /* the statements of a block, a function or the script, up to its } or the end */
    void (*statements)(struct javascript_parser *parser, struct javascript_node *block);
};

struct javascript_parser {
    struct javascript_lexer lexer;
    struct javascript_token token; /* the next one */
    struct javascript_token last;  /* the one before it */
    struct javascript_place place;
    const struct javascript_hooks *hooks;
    size_t depth;
    size_t statement;   /* where the one that is being read begins */
    bool wants_value;   /* a mistake is about a value that is missing here */
    size_t arrow_start; /* where a ( can be that of an arrow function's parameters */
    size_t cover;       /* how many literals and parentheses are around that could be patterns */
    /* A `{name = value}` that only a pattern can have; its end is 0 when there is none. */
    struct javascript_token short_default;
};

/* A mistake from `start` to `end`, unless there is one already. */
PRINTF_LIKE(4, 5)
void javascript_fail(struct javascript_parser *parser, size_t start, size_t end, const char *format,
                     ...);

/* At the next token. */
PRINTF_LIKE(2, 3)
void javascript_fail_here(struct javascript_parser *parser, const char *format, ...);

static inline bool javascript_has_failed(const struct javascript_parser *parser)
{
    return parser->lexer.mistake.message.length > 0;
}

/* Takes the next token. */
void javascript_advance(struct javascript_parser *parser);

/* True when the next token is this sign, or this word without escapes. */
bool javascript_is_sign(const struct javascript_parser *parser, const char *sign);
bool javascript_is_word(const struct javascript_parser *parser, const char *word);

/* The same, and takes it. */
bool javascript_accept(struct javascript_parser *parser, const char *sign);
bool javascript_accept_word(struct javascript_parser *parser, const char *word);

/* Takes the sign, or reports that it is missing before the next token. */
void javascript_expect(struct javascript_parser *parser, const char *sign);

/* Takes the closing bracket of the one at `open`, or reports which of the two is missing. */
void javascript_expect_close(struct javascript_parser *parser, const char *close, size_t open);

/* The token behind the next one, which stays the next one. */
struct javascript_token javascript_peek(struct javascript_parser *parser);

/* The end of a statement: a `;`, or a place where there could be one. */
void javascript_expect_end(struct javascript_parser *parser,
                           const struct javascript_node *statement);

/* A node that begins at `start` and, so far, ends with the last token. */
struct javascript_node *javascript_node(struct javascript_parser *parser, enum javascript_kind kind,
                                        size_t start);

/* Adds a part to a node. */
void javascript_add(struct javascript_parser *parser, struct javascript_node *node,
                    struct javascript_node *part);

/* The node ends with the last token. */
struct javascript_node *javascript_close(const struct javascript_parser *parser,
                                         struct javascript_node *node);

/* One level deeper, until `leave`; false when that is too deep. */
bool javascript_enter(struct javascript_parser *parser);
void javascript_leave(struct javascript_parser *parser);

/* Reports the slip that is known for this place; false when there is none. */
bool javascript_fail_slip(struct javascript_parser *parser, bool wants_value);

/* True for words that never are names: `for`, `class`. */
bool javascript_is_reserved(struct slice word);

/* Reports a word that cannot be a name at this place. `start` is where it is. */
void javascript_check_name(struct javascript_parser *parser, struct slice name, size_t start,
                           bool is_binding);

/* Takes a name that is declared or used as a label. */
struct slice javascript_expect_name(struct javascript_parser *parser, const char *what);

/* How the next token is called in a message: "`;`", "the end of the script". */
struct slice javascript_token_name(const struct javascript_parser *parser);

#endif
