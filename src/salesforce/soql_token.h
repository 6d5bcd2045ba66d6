/* Between the parts of SOQL's parser: tokens over pieces of text and references, and the parser. */
#ifndef DIALOGC_SALESFORCE_SOQL_TOKEN_H
#define DIALOGC_SALESFORCE_SOQL_TOKEN_H

#include "base/ascii.h"
#include "salesforce/soql.h"
#include "salesforce/soql_next.h"

enum soql_token_kind {
    SOQL_TOKEN_END,
    SOQL_TOKEN_WORD,
    SOQL_TOKEN_NUMBER,
    SOQL_TOKEN_CURRENCY, /* USD5000 */
    SOQL_TOKEN_TEXT,
    SOQL_TOKEN_DATE,
    SOQL_TOKEN_DATETIME,
    SOQL_TOKEN_TIME,
    SOQL_TOKEN_REFERENCE,
    SOQL_TOKEN_SYMBOL, /* ( ) , . = != < <= > >= : */
};

struct soql_token {
    enum soql_token_kind kind;
    struct slice
        text; /* as written; of SOQL_TOKEN_TEXT with its quotes where they are in one piece */
    size_t piece;
};

struct soql_parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct soql *soql;       /* the query, or subquery, that is being read */
    struct soql_token token; /* the one that comes next */
    struct soql_value value; /* of a token that is a text or a reference, without its place */
    size_t piece, offset;
    struct soql_token last; /* the one before */
    size_t depth;
    bool failed;
    bool having;
    struct soql_next *next;   /* NULL: nobody asks what may come next */
    struct soql_words *words; /* NULL: nobody asks which words there are */
    bool is_watched;          /* one of them is there */
};

/* Where a token is. */
static inline struct soql_place soql_place_of(const struct soql_parser *p,
                                              const struct soql_token *token)
{
    const struct soql_piece *piece = &p->soql->pieces[token->piece];
    return (struct soql_place){piece->node, token->text, token->kind == SOQL_TOKEN_REFERENCE,
                               piece->range};
}

/* Extends `place`, which begins at an earlier token, to the end of `token`, if both are in one
 * piece. */
void soql_extend(struct soql_place *place, const struct soql_token *token);

/* Reports a mistake at a token; the first mistake is the one that counts. */
void soql_fail(struct soql_parser *p, const struct soql_token *token, const char *message,
               const char *suggestion);

/* Reports that `what` is missing before the token that comes next. */
void soql_expected(struct soql_parser *p, const char *what);

/* True when the next token is a word of SQL that SOQL does not have: JOIN, UNION, DISTINCT. */
bool soql_is_sql_word(const struct soql_parser *p);

/* Reads the next token. */
void soql_advance(struct soql_parser *p);

/* True when the next token is directly followed by `symbol`, blanks aside. */
bool soql_is_followed_by(const struct soql_parser *p, char symbol);

/* True when it is followed by a name or a number: `TOP` of `TOP 5`. */
bool soql_is_followed_by_name(const struct soql_parser *p);

/*
 * What the token that comes next is. A keyword is given in lower case; the query may have it in
 * any. Nearly every question is answered by the first letter and the length, which are constants
 * where this is compiled.
 */
static inline bool soql_is_keyword(const struct soql_parser *p, const char *word)
{
    const struct slice text = p->token.text;
    return p->token.kind == SOQL_TOKEN_WORD && ascii_to_lower(text.data[0]) == word[0] &&
           text.length == strlen(word) && slice_has_letters(text, word);
}

static inline bool soql_is_symbol(const struct soql_parser *p, const char *symbol)
{
    const struct slice text = p->token.text;
    return p->token.kind == SOQL_TOKEN_SYMBOL && text.data[0] == symbol[0] &&
           text.length == strlen(symbol) && memcmp(text.data, symbol, text.length) == 0;
}

/* True when the next token is one of the keywords, the last of which is NULL. */
bool soql_is_one_of(const struct soql_parser *p, const char *const *words);

/* Notes that a keyword may come next, at the end of a query that is half written, or that it does.
 */
void soql_note_keyword(const struct soql_parser *p, const char *word);

/* The same as soql_is_keyword and soql_is_one_of for keywords that the grammar takes here. */
static inline bool soql_takes(const struct soql_parser *p, const char *word)
{
    if (p->is_watched) {
        soql_note_keyword(p, word);
    }
    return soql_is_keyword(p, word);
}

bool soql_takes_one_of(const struct soql_parser *p, const char *const *words);

/* Takes the keyword or symbol if it comes next. */
static inline bool soql_accept(struct soql_parser *p, const char *word)
{
    bool found = ascii_is_letter(word[0]) ? soql_takes(p, word) : soql_is_symbol(p, word);
    if (found) {
        soql_advance(p);
    }
    return found;
}

/* The same; reports it when something else comes. False after any failure. */
bool soql_expect(struct soql_parser *p, const char *word);

/* The length of the date (yyyy-mm-dd), or date and time, at the start of `text`; 0 without one. */
size_t soql_match_date(struct slice text, bool *has_time);

/* What is wrong with a date, or a date and time, of the right shape; NULL: nothing. */
const char *soql_date_mistake(struct slice text, bool has_time);

/* A date literal's name (TODAY, LAST_N_DAYS); `*with_number` says whether a number follows. */
bool soql_is_date_name(struct slice word, bool *with_number);

/* True at the end of a query that is half written, when nothing has been wrong before. */
bool soql_is_asked(const struct soql_parser *p);

/* Notes that a field may come next behind `path`, an object, or a value that `item` is compared
 * with, where somebody asks. */
void soql_note_field(const struct soql_parser *p, const struct soql_path *path);
void soql_note_object(const struct soql_parser *p);
void soql_note_value(const struct soql_parser *p, const struct soql_item *item);

/* Says what the next token is, where somebody asks for the words. */
void soql_mark(const struct soql_parser *p, enum soql_word_kind kind);

/* Notes the next token as a word before it is taken. */
void soql_note_word(const struct soql_parser *p);

/* ---- the parts of the parser, lowest first ---- */

enum soql_clause {
    SOQL_CLAUSE_SELECT = 'S',
    SOQL_CLAUSE_WHERE = 'W',
    SOQL_CLAUSE_GROUP = 'G',
    SOQL_CLAUSE_HAVING = 'H',
    SOQL_CLAUSE_ORDER = 'O',
};

/* A field or a function of one, in a clause; `what` is what a message expects here. */
void soql_parse_item(struct soql_parser *p, struct soql_item *item, enum soql_clause clause,
                     const char *what);

/* Room for one more item at the end of a list. */
struct soql_item *soql_add_item(struct soql_parser *p, struct soql_item **items, size_t *count);

/* "Name", "Account.Owner.Name". */
void soql_parse_path(struct soql_parser *p, struct soql_path *path, const char *what);

/* A literal or a reference. */
struct soql_value soql_parse_value(struct soql_parser *p);

/*
 * Conditions joined by AND, OR and NOT. `subquery` reads a query from SELECT on, for semi-joins and
 * anti-joins.
 */
const struct soql_condition *soql_parse_conditions(struct soql_parser *p,
                                                   struct soql *(*subquery)(struct soql_parser *p));

/* FROM Contact c, c.Account a */
void soql_parse_from(struct soql_parser *p);

/* The clauses that searches have, too: ORDER BY and UPDATE behind their first word, from the next
 * one on. */
void soql_parse_order(struct soql_parser *p);
void soql_parse_update(struct soql_parser *p);

/* DATA CATEGORY Geography__c AT usa__c AND … */
void soql_parse_categories(struct soql_parser *p);

/* The whole number of LIMIT or OFFSET, or a reference. */
struct soql_value soql_parse_count(struct soql_parser *p);

/* A query inside of the present one, from SELECT on; NULL after a report. */
struct soql *soql_parse_subquery(struct soql_parser *p);

/* Puts what aliases of FROM stand for into the fields of all clauses. */
void soql_resolve_aliases(struct soql_parser *p);

/* The name of an alias, which must not be a reserved word. */
struct soql_place soql_take_alias(struct soql_parser *p);

/* Reports (E0816) what Salesforce refuses of queries inside of queries. */
void soql_check_joins(struct diagnostics *diagnostics, const struct soql *soql);

/* Reports (E0816, W0822) what the grammar of the query allows and Salesforce refuses. */
void soql_check(struct diagnostics *diagnostics, const struct soql *soql);

#endif
