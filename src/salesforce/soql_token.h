/* Between the parser of SOQL and its parts: tokens over pieces of text and references. */
#ifndef DIALOGC_SALESFORCE_SOQL_TOKEN_H
#define DIALOGC_SALESFORCE_SOQL_TOKEN_H

#include "salesforce/soql.h"

enum soql_token_kind {
    SOQL_TOKEN_END,
    SOQL_TOKEN_WORD,
    SOQL_TOKEN_NUMBER,
    SOQL_TOKEN_TEXT,
    SOQL_TOKEN_DATE,
    SOQL_TOKEN_DATETIME,
    SOQL_TOKEN_REFERENCE,
    SOQL_TOKEN_SYMBOL, /* ( ) , . = != < <= > >= : */
};

struct soql_token {
    enum soql_token_kind kind;
    struct slice
        text; /* as written; of SOQL_TOKEN_TEXT with its quotes where they are in one piece */
    size_t piece;
    struct soql_value value; /* SOQL_TOKEN_TEXT, SOQL_TOKEN_REFERENCE */
};

struct soql_parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct soql *soql;
    struct soql_token token; /* the one that comes next */
    size_t piece, offset;
    enum soql_token_kind last_kind; /* of the token before */
    size_t depth;
    bool failed;
    bool having;
};

/* Where a token stands. */
struct soql_place soql_place_of(const struct soql_parser *p, const struct soql_token *token);

/* Reports a mistake at a token; the first mistake is the one that counts. */
void soql_fail(struct soql_parser *p, const struct soql_token *token, const char *message,
               const char *suggestion);

/* Reports that `what` is missing before the token that comes next. */
void soql_expected(struct soql_parser *p, const char *what);

/* Reads the next token. */
void soql_advance(struct soql_parser *p);

/* What the token that comes next is; letter case does not count for a keyword. */
bool soql_is_keyword(const struct soql_parser *p, const char *word);
bool soql_is_symbol(const struct soql_parser *p, const char *symbol);

/* Takes the keyword or symbol if it comes next; soql_expect reports it when it does not. */
bool soql_accept(struct soql_parser *p, const char *word);
bool soql_expect(struct soql_parser *p, const char *word);

/* The length of the date (yyyy-mm-dd), or date and time, at the start of `text`; 0 without one. */
size_t soql_match_date(struct slice text, bool *has_time);

/* A date literal's name (TODAY, LAST_N_DAYS); `*with_number` says whether a number follows. */
bool soql_is_date_name(struct slice word, bool *with_number);

/* The date literal that was meant, or NULL. */
const char *soql_near_date_literal(struct slice word);

#endif
