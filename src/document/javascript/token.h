/* The tokens of a script. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_TOKEN_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_TOKEN_H

#include "document/javascript/syntax.h"

enum javascript_token_kind {
    JAVASCRIPT_TOKEN_END,
    JAVASCRIPT_TOKEN_WORD, /* a name or keyword */
    JAVASCRIPT_TOKEN_PRIVATE,
    JAVASCRIPT_TOKEN_NUMBER,
    JAVASCRIPT_TOKEN_STRING,
    JAVASCRIPT_TOKEN_PART, /* of a template: up to its ` or to the next ${ */
    JAVASCRIPT_TOKEN_REGEX,
    JAVASCRIPT_TOKEN_SIGN,
};

struct javascript_token {
    enum javascript_token_kind kind;
    bool on_new_line;  /* a line break comes before it */
    bool is_escaped;   /* a word that has an escape in it is not a keyword */
    bool is_octal;     /* a number or string with an octal form, which strict scripts cannot have */
    bool is_last;      /* of a PART: the template ends here */
    bool is_malformed; /* of a PART: an escape that only tagged templates can have */
    size_t start;
    size_t end;
    struct slice text; /* of the source */
};

struct javascript_lexer {
    struct arena *arena;
    struct slice script;
    size_t at;
    struct javascript_mistake mistake; /* the first one; everything after it is END */
};

/* Notes the first mistake, from `start` to `end`. */
PRINTF_LIKE(4, 5)
void javascript_lexer_fail(struct javascript_lexer *lexer, size_t start, size_t end,
                           const char *format, ...);

/* The next token. A `/` is read as a division. */
struct javascript_token javascript_token_next(struct javascript_lexer *lexer);

/* The regular expression that begins with the sign `/` or `/=` at `start`. */
struct javascript_token javascript_token_regex(struct javascript_lexer *lexer, size_t start);

/*
 * The part of a template behind the ` or } that ends at lexer->at; `start` is where the template
 * begins.
 */
struct javascript_token javascript_token_part(struct javascript_lexer *lexer, size_t start);

#endif
