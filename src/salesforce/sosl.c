/* A recursive-descent parser of SOSL over pieces of text and references. */
#include "salesforce/sosl.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/table.h"
#include "base/utf8.h"
#include "salesforce/soql_token.h"

enum {
    SHORTEST_TERM = 2,    /* characters */
    LONGEST_TERM = 10000, /* characters; Salesforce finds nothing for longer ones */
};

bool sosl_is_search(struct slice text)
{
    text = slice_trim(text);
    return text.length > 4 && slice_equal_ignoring_case(slice_part(text, 0, 4), SLICE("find")) &&
           !ascii_is_word(text.data[4]);
}

/* ---- FIND {…} ---- */

/*
 * Takes what is between the braces to `text`; it may have references, of which it returns how many,
 * and so go on in later pieces. The parser is then at the closing brace, or at the end.
 */
static size_t take_braces(struct soql_parser *p, struct sosl *sosl, struct builder *text)
{
    struct soql *whole = &sosl->whole;
    size_t references = 0;
    bool in_phrase = false;
    for (; p->piece < whole->piece_count; p->piece++, p->offset = 0) {
        const struct soql_piece *piece = &whole->pieces[p->piece];
        if (piece->reference != NULL) {
            sosl->only_reference = references++ == 0 ? piece->reference : NULL;
            whole->uses[p->piece].in_search = true;
            whole->uses[p->piece].in_phrase = in_phrase;
            continue;
        }
        for (; p->offset < piece->text.length; p->offset++) {
            char c = piece->text.data[p->offset];
            if (c == '}') {
                return references;
            }
            in_phrase = in_phrase != (c == '"');
            builder_add_char(text, c);
            if (c == '\\' && p->offset + 1 < piece->text.length) {
                builder_add_char(text, piece->text.data[++p->offset]);
            }
        }
    }
    return references;
}

/* What is wrong with a term that is known whole. */
static void check_term(struct soql_parser *p, struct sosl *sosl, struct slice text)
{
    const char *mistake = NULL;
    size_t length = utf8_count(slice_trim(text));
    sosl->term = sosl_parse_term(p->arena, text, &mistake);
    if (length < SHORTEST_TERM) {
        soql_report(p->diagnostics, E0819, &sosl->term_place,
                    "a search needs at least two characters");
    } else if (length > LONGEST_TERM) {
        soql_report(p->diagnostics, E0824, &sosl->term_place,
                    "Salesforce finds nothing for more than %d characters", LONGEST_TERM);
    } else if (mistake != NULL) {
        soql_report(p->diagnostics, E0815, &sosl->term_place, "%s", mistake);
        p->failed = true;
    }
}

/* From behind the opening brace, which is the present token. */
static void take_term(struct soql_parser *p, struct sosl *sosl)
{
    struct soql *whole = &sosl->whole;
    struct builder text = builder_new(p->arena);
    struct soql_token brace = p->token;
    size_t references = take_braces(p, sosl, &text);
    sosl->term_place = soql_place_of(p, &brace);
    if (p->piece == whole->piece_count) {
        soql_fail(p, &brace, "the braces of FIND are not closed", NULL);
        return;
    }
    brace.text = slice_part(whole->pieces[p->piece].text, p->offset, p->offset + 1);
    soql_extend(&sosl->term_place, &brace);
    p->offset++;
    if (slice_trim(builder_slice(&text)).length > 0) {
        sosl->only_reference = NULL;
    }
    if (references == 0) {
        check_term(p, sosl, builder_slice(&text));
    }
}

static void parse_find(struct soql_parser *p, struct sosl *sosl)
{
    soql_expect(p, "find");
    if (p->token.kind == SOQL_TOKEN_TEXT) {
        soql_fail(p, &p->token, "write what is searched for in braces: `FIND {…}`", NULL);
    } else if (!p->failed && !soql_is_symbol(p, "{")) {
        soql_expected(p, "`{`");
    }
    if (!p->failed) {
        take_term(p, sosl);
        soql_advance(p);
    }
}

/* IN NAME FIELDS */
static void parse_in(struct soql_parser *p, struct sosl *sosl)
{
    static const char *const groups[] = {[SOSL_ALL] = "all",
                                         [SOSL_NAME] = "name",
                                         [SOSL_EMAIL] = "email",
                                         [SOSL_PHONE] = "phone",
                                         [SOSL_SIDEBAR] = "sidebar"};
    TABLE_HAS_ROWS(groups, SOSL_SIDEBAR + 1);
    for (size_t i = 0; i < TABLE_LENGTH(groups); i++) {
        if (soql_accept(p, groups[i])) {
            sosl->group = (enum sosl_group)i;
            soql_expect(p, "fields");
            return;
        }
    }
    soql_expected(p, "ALL FIELDS, NAME FIELDS, EMAIL FIELDS, PHONE FIELDS or SIDEBAR FIELDS");
}

/* ---- RETURNING ---- */

/* (Id, Name WHERE … USING ListView = x ORDER BY … LIMIT n OFFSET n), from behind the parenthesis */
static void parse_returned_fields(struct soql_parser *p, struct soql *soql)
{
    do {
        struct soql_item *item = soql_add_item(p, &soql->items, &soql->item_count);
        soql_parse_item(p, item, SOQL_CLAUSE_SELECT, "a field");
        if (item->aggregates || item->kind == SOQL_FIELDS) {
            soql_report(p->diagnostics, E0816, &item->place,
                        "a search can return only fields, toLabel, convertCurrency and FORMAT of "
                        "them");
        }
    } while (!p->failed && soql_accept(p, ","));
    if (!p->failed && soql_accept(p, "where")) {
        soql->where = soql_parse_conditions(p, soql_parse_subquery);
    }
    if (!p->failed && soql_accept(p, "using")) {
        struct soql_path view = {0};
        soql_expect(p, "listview");
        soql_expect(p, "=");
        soql_parse_path(p, &view, "a list view");
    }
    if (!p->failed && soql_accept(p, "order")) {
        soql_parse_order(p);
    }
    if (!p->failed && soql_accept(p, "limit")) {
        soql->limit = soql_parse_count(p);
    }
    if (!p->failed && soql_accept(p, "offset")) {
        soql->offset = soql_parse_count(p);
    }
    soql_expect(p, ")");
}

/* Lead(Id, Name), Account */
static void parse_returned(struct soql_parser *p, struct sosl *sosl)
{
    struct soql *soql = arena_alloc(p->arena, sizeof *soql);
    *soql = (struct soql){.pieces = sosl->whole.pieces,
                          .piece_count = sosl->whole.piece_count,
                          .uses = sosl->whole.uses};
    p->soql = soql;
    if (p->token.kind != SOQL_TOKEN_WORD) {
        soql_expected(p, "an object");
        return;
    }
    soql->from.place = soql_place_of(p, &p->token);
    soql->from.segments = arena_append(p->arena, NULL, 0, sizeof *soql->from.segments);
    soql->from.segments[soql->from.count++] = p->token.text;
    soql_advance(p);
    if (soql_accept(p, "(")) {
        parse_returned_fields(p, soql);
    }
    if (!p->failed) {
        soql_resolve_aliases(p);
        soql_check(p->diagnostics, soql);
    }
    sosl->returned = arena_append(p->arena, (void *)sosl->returned, sosl->returned_count,
                                  sizeof *sosl->returned);
    sosl->returned[sosl->returned_count++] = soql;
    p->soql = &sosl->whole;
}

/* ---- WITH ---- */

/* NETWORK IN ('0DB…'), NETWORK = '0DB…', and others with a value */
static void parse_setting(struct soql_parser *p, bool takes_list)
{
    bool list = takes_list && soql_accept(p, "in");
    soql_expect(p, list ? "(" : "=");
    do {
        if (!p->failed) {
            size_t piece = p->token.piece;
            struct soql_value value = soql_parse_value(p);
            if (value.kind == SOQL_PARAMETER) {
                soql_fail(p, &(struct soql_token){.kind = SOQL_TOKEN_REFERENCE, .piece = piece},
                          "`${…}` can replace only values of WHERE, LIMIT and what is searched for",
                          NULL);
            }
        }
    } while (list && !p->failed && soql_accept(p, ","));
    if (list) {
        soql_expect(p, ")");
    }
}

/* SNIPPET(target_length = 120) */
static void parse_snippet(struct soql_parser *p)
{
    if (soql_accept(p, "(")) {
        soql_expect(p, "target_length");
        soql_expect(p, "=");
        if (!p->failed) {
            soql_parse_count(p);
        }
        soql_expect(p, ")");
    }
}

static void parse_with(struct soql_parser *p)
{
    static const char *const flags[] = {"highlight", "user_mode", "system_mode", NULL};
    static const char *const settings[] = {"division", "pricebookid", "metadata",
                                           "spell_correction", NULL};
    if (soql_is_keyword(p, "data")) {
        soql_parse_categories(p);
    } else if (soql_is_one_of(p, flags)) {
        soql_advance(p);
    } else if (soql_accept(p, "snippet")) {
        parse_snippet(p);
    } else if (soql_is_keyword(p, "network") || soql_is_one_of(p, settings)) {
        bool takes_list = soql_is_keyword(p, "network");
        soql_advance(p);
        parse_setting(p, takes_list);
    } else {
        soql_expected(p, "DIVISION, DATA CATEGORY, HIGHLIGHT, SNIPPET, NETWORK, PricebookId, "
                         "METADATA or SPELL_CORRECTION");
    }
}

/* ---- the search ---- */

static void parse_search(struct soql_parser *p, struct sosl *sosl)
{
    parse_find(p, sosl);
    if (!p->failed && soql_accept(p, "in")) {
        parse_in(p, sosl);
    }
    if (!p->failed && soql_accept(p, "returning")) {
        do {
            parse_returned(p, sosl);
        } while (!p->failed && soql_accept(p, ","));
    }
    while (!p->failed && (soql_accept(p, "with") || soql_accept(p, "and"))) {
        parse_with(p);
    }
    if (!p->failed && soql_accept(p, "limit")) {
        sosl->limit = soql_parse_count(p);
    }
    if (!p->failed && soql_accept(p, "update")) {
        soql_parse_update(p);
    }
    if (!p->failed && p->token.kind != SOQL_TOKEN_END) {
        soql_expected(p, "a clause (IN, RETURNING, WITH, LIMIT, UPDATE) or the end of the search");
    }
}

struct sosl *sosl_parse(struct arena *arena, struct soql_piece *pieces, size_t count,
                        struct diagnostics *diagnostics)
{
    struct sosl *sosl = arena_alloc(arena, sizeof *sosl);
    *sosl = (struct sosl){.whole = {.pieces = pieces, .piece_count = count}};
    sosl->whole.uses = arena_alloc_array(arena, count, sizeof *sosl->whole.uses);
    for (size_t i = 0; i < count; i++) {
        sosl->whole.uses[i].test = SIZE_MAX;
    }
    struct soql_parser parser = {.arena = arena, .diagnostics = diagnostics, .soql = &sosl->whole};
    soql_advance(&parser);
    parse_search(&parser, sosl);
    return parser.failed ? NULL : sosl;
}

void sosl_spell(struct arena *arena, struct sosl *sosl, struct sobject_catalog *catalog)
{
    for (size_t i = 0; i < sosl->returned_count; i++) {
        soql_spell_part(arena, &sosl->whole, sosl->returned[i], catalog);
    }
}
