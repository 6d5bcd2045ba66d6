/* Findings in SOQL: where they are, what comes there, and what to write in place of SQL. */
#include <stdarg.h>
#include <stdint.h>

#include "base/ascii.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "document/tree/passage.h"
#include "salesforce/soql_token.h"

struct range soql_range(const struct soql_place *place)
{
    if (place->is_reference) {
        return place->range;
    }
    const struct slice whole = place->node->text;
    bool inside =
        (uintptr_t)place->text.data >= (uintptr_t)whole.data &&
        (uintptr_t)place->text.data + place->text.length <= (uintptr_t)whole.data + whole.length;
    return inside && place->text.length > 0 ? passage_range(place->node, place->text)
                                            : place->node->range;
}

struct diagnostic *soql_report(struct diagnostics *diagnostics, enum code code,
                               const struct soql_place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *d =
        diag_vreport(diagnostics, code, place->node->source, soql_range(place), format, arguments);
    va_end(arguments);
    return d;
}

void soql_extend(struct soql_place *place, const struct soql_token *token)
{
    uintptr_t start = (uintptr_t)place->text.data;
    uintptr_t end = (uintptr_t)token->text.data + token->text.length;
    const struct slice whole = place->node->text;
    if (!place->is_reference && token->kind != SOQL_TOKEN_REFERENCE &&
        start >= (uintptr_t)whole.data && end <= (uintptr_t)whole.data + whole.length &&
        end > start) {
        place->text.length = (size_t)(end - start);
    }
}

void soql_fail(struct soql_parser *p, const struct soql_token *token, const char *message,
               const char *suggestion)
{
    if (!p->failed) {
        struct soql_place place = soql_place_of(p, token);
        struct diagnostic *d = soql_report(p->diagnostics, E0815, &place, "%s", message);
        if (suggestion != NULL) {
            diag_suggest(p->diagnostics, d, slice_of(suggestion));
        }
    }
    p->failed = true;
}

/* True when the next token begins directly behind a quote. */
static bool touches_quote(const struct soql_parser *p)
{
    const struct soql_token *t = &p->token;
    bool is_first = t->text.data == p->soql->pieces[t->piece].text.data;
    return (t->kind == SOQL_TOKEN_TEXT || t->kind == SOQL_TOKEN_WORD) && !is_first &&
           t->text.data[-1] == '\'';
}

bool soql_is_one_of(const struct soql_parser *p, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (soql_is_keyword(p, *words)) {
            return true;
        }
    }
    return false;
}

/* What people know from SQL, and what SOQL has in its place. */
static const char *advice_for(const struct soql_parser *p)
{
    static const char joins[] = "SOQL has no joins; name fields of related records, such as "
                                "`Account.Name`, or select a subquery";
    static const char sets[] = "SOQL cannot combine queries; make two of them";
    static const struct {
        const char *word;
        const char *advice;
    } habits[] = {
        {"join", joins},
        {"inner", joins},
        {"outer", joins},
        {"left", joins},
        {"right", joins},
        {"cross", joins},
        {"union", sets},
        {"intersect", sets},
        {"except", sets},
        {"minus", sets},
        {"between", "SOQL has no BETWEEN; write `>= …` and `<= …`, joined with AND"},
        {"top", "SOQL writes `LIMIT` at the end of the query in place of TOP"},
        {"distinct", "SOQL has no DISTINCT; use GROUP BY, or COUNT_DISTINCT"},
        {"as", "SOQL writes an alias directly after the field, without AS"},
        {"fetch", "SOQL writes `LIMIT 10` in place of FETCH"},
        {"case", "SOQL has no CASE; select the field and choose in the dialog"},
    };
    for (size_t i = 0; i < TABLE_LENGTH(habits); i++) {
        if (soql_is_keyword(p, habits[i].word)) {
            return habits[i].advice;
        }
    }
    if (p->last.kind == SOQL_TOKEN_TEXT && touches_quote(p)) { /* 'O'Reilly' */
        return "write a quote inside text as `\\'`";
    }
    if (p->last.kind == SOQL_TOKEN_NUMBER && soql_is_symbol(p, ",")) {
        return "write a number without separators: `1000`";
    }
    if (p->last.kind == SOQL_TOKEN_DATE && p->token.kind == SOQL_TOKEN_TIME) {
        return "write a date and time as `2026-01-31T13:30:00Z`";
    }
    if (soql_is_symbol(p, "||")) {
        return "SOQL cannot join texts; select both fields";
    }
    return NULL;
}

bool soql_is_sql_word(const struct soql_parser *p)
{
    return p->token.kind == SOQL_TOKEN_WORD && advice_for(p) != NULL;
}

/* The keyword that `word` is meant to be, or NULL; NULL, too, where it is one. */
static const char *meant_keyword(const struct soql_token *word)
{
    static const char *const keywords[] = {"WHERE",  "FROM",   "ORDER BY", "GROUP BY", "HAVING",
                                           "LIMIT",  "OFFSET", "AND",      "OR",       "DESC",
                                           "SELECT", "ORDER",  "GROUP",    "NULLS",    "ASC"};
    static const struct {
        const char *word;
        const char *keyword;
    } others[] = {{"sort", "ORDER"}, {"descending", "DESC"}, {"ascending", "ASC"}};
    for (size_t i = 0; word->kind == SOQL_TOKEN_WORD && i < TABLE_LENGTH(others); i++) {
        if (slice_equal_ignoring_case(word->text, slice_of(others[i].word))) {
            return others[i].keyword;
        }
    }
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; word->kind == SOQL_TOKEN_WORD && i < TABLE_LENGTH(keywords); i++) {
        size_t distance;
        if (suggestion_is_near(word->text, slice_of(keywords[i]), &distance) && distance < least) {
            best = keywords[i];
            least = distance;
        }
    }
    return least > 0 ? best : NULL;
}

/* `Case WERE Name = …`: a keyword that was taken for a name is only missed at the next word. */
static bool fail_at_keyword_before(struct soql_parser *p)
{
    static const char *const taken[] = {"WHERE", "FROM", NULL}; /* for an alias */
    const char *keyword = meant_keyword(&p->last);
    if (p->token.kind != SOQL_TOKEN_WORD || keyword == NULL ||
        !slice_is_any(slice_of(keyword), taken)) {
        return false;
    }
    soql_fail(p, &p->last,
              arena_printf(p->arena, "SOQL has no `%.*s` here", SLICE_ARG(p->last.text)).data,
              keyword);
    return true;
}

void soql_expected(struct soql_parser *p, const char *what)
{
    const struct soql_token *t = &p->token;
    bool end = t->kind == SOQL_TOKEN_END;
    if (fail_at_keyword_before(p)) {
        return;
    }
    const char *advice = advice_for(p);
    if (advice != NULL) {
        soql_fail(p, t, advice, NULL);
        return;
    }
    soql_fail(p, t,
              arena_printf(p->arena, "expected %s here%s%.*s%s", what,
                           end ? ", but the query ends" : ", not `", end ? 0 : (int)t->text.length,
                           end ? "" : t->text.data, end ? "" : "`")
                  .data,
              meant_keyword(t));
}
