/* What the parser notes at the end of a query that is half written. */
#include "salesforce/soql_next.h"

#include "base/ascii.h"
#include "salesforce/soql_token.h"

bool soql_is_asked(const struct soql_parser *p)
{
    return p->next != NULL && !p->failed && p->token.kind == SOQL_TOKEN_END;
}

/* ---- keywords ---- */

void soql_note_keyword(const struct soql_parser *p, const char *word)
{
    struct soql_next *next = p->next;
    if (p->words != NULL && soql_is_keyword(p, word)) {
        soql_mark(p, SOQL_WORD_KEYWORD);
    }
    if (!soql_is_asked(p) || next->in_text) {
        return;
    }
    struct slice upper = arena_upper_case(next->arena, slice_of(word));
    for (size_t i = 0; i < next->word_count; i++) {
        if (slice_equal(next->words[i], upper)) {
            return;
        }
    }
    next->words = arena_append(next->arena, next->words, next->word_count, sizeof *next->words);
    next->words[next->word_count++] = upper;
    next->query = p->soql;
}

bool soql_takes_one_of(const struct soql_parser *p, const char *const *words)
{
    bool found = false;
    for (; !found && *words != NULL; words++) {
        found = soql_takes(p, *words);
    }
    return found;
}

/* ---- fields, objects, values ---- */

/* Notes what is wanted; an object is read as a field is, and noted before it. */
static bool note_wanted(const struct soql_parser *p, enum soql_wanted wanted)
{
    bool is_noted = soql_is_asked(p) && p->next->wanted == SOQL_WANTS_WORDS;
    if (is_noted) {
        p->next->wanted = wanted;
        p->next->query = p->soql;
    }
    return is_noted;
}

void soql_note_field(const struct soql_parser *p, const struct soql_path *path)
{
    if (note_wanted(p, SOQL_WANTS_FIELD)) {
        p->next->path = path->segments;
        p->next->path_count = path->count;
    }
}

void soql_note_object(const struct soql_parser *p)
{
    note_wanted(p, SOQL_WANTS_OBJECT);
}

void soql_note_value(const struct soql_parser *p, const struct soql_item *item)
{
    if (note_wanted(p, SOQL_WANTS_VALUE)) {
        p->next->item = *item;
        soql_takes(p, "null");
    }
}

/* ---- words ---- */

void soql_mark(const struct soql_parser *p, enum soql_word_kind kind)
{
    if (p->words != NULL) {
        p->words->kind = kind;
    }
}

/* The kind of a token by itself; false for those that are no words. */
static bool kind_of(const struct soql_token *token, enum soql_word_kind *kind)
{
    switch (token->kind) {
    case SOQL_TOKEN_WORD:
        return true;
    case SOQL_TOKEN_NUMBER:
    case SOQL_TOKEN_CURRENCY:
    case SOQL_TOKEN_DATE:
    case SOQL_TOKEN_DATETIME:
    case SOQL_TOKEN_TIME:
        *kind = SOQL_WORD_NUMBER;
        return true;
    case SOQL_TOKEN_TEXT:
        *kind = SOQL_WORD_TEXT;
        return true;
    case SOQL_TOKEN_END:
    case SOQL_TOKEN_REFERENCE:
    case SOQL_TOKEN_SYMBOL:
        return false;
    }
    return false;
}

void soql_note_word(const struct soql_parser *p)
{
    struct soql_words *words = p->words;
    enum soql_word_kind kind = words->kind;
    if (kind_of(&p->token, &kind)) {
        words->items = arena_append(words->arena, words->items, words->count, sizeof *words->items);
        words->items[words->count++] = (struct soql_word){kind, p->token.text};
    }
    words->kind = SOQL_WORD_NAME;
}

/* ---- what comes behind ---- */

/* Behind the text that begins at `at`. */
static size_t text_end(struct slice text, size_t at)
{
    for (at++; at < text.length && text.data[at] != '\''; at++) {
        at += text.data[at] == '\\';
    }
    return at < text.length ? at + 1 : text.length;
}

/* The next word, parenthesis or other character of a text; texts in quotes are passed over. */
static bool next_part(struct slice text, size_t *at, struct slice *part)
{
    while (*at < text.length && text.data[*at] == '\'') {
        *at = text_end(text, *at);
    }
    size_t end = *at;
    while (end < text.length && ascii_is_word(text.data[end])) {
        end++;
    }
    end += end == *at && end < text.length;
    *part = slice_part(text, *at, end);
    *at = end;
    return part->length > 0;
}

/* Parentheses that are open at the end of `text` since the query at `level` has begun. */
static size_t count_open(struct slice text, size_t level)
{
    enum { MOST = 64 };
    bool is_query[MOST] = {false};
    size_t count = 0, at = 0;
    struct slice part;
    while (next_part(text, &at, &part)) {
        if (slice_is(part, "(") && count < MOST) {
            is_query[count++] = false;
        } else if (slice_is(part, ")") && count > 0) {
            count--;
        } else if (count > 0 && slice_equal_ignoring_case(part, SLICE("select"))) {
            is_query[count - 1] = true;
        }
    }
    size_t open = 0;
    for (size_t i = count; i > 0 && (!is_query[i - 1] || level > 0); i--) {
        level -= is_query[i - 1];
        open++;
    }
    return open;
}

struct slice soql_from_behind(struct slice before, struct slice behind, size_t level)
{
    size_t open = count_open(before, level); /* at first; at 0 the query goes on */
    size_t inner = 0, at = 0;
    bool is_next = false;
    struct slice part;
    while (next_part(behind, &at, &part)) {
        bool is_word = ascii_is_word(part.data[0]);
        if (is_word && is_next) {
            return part;
        }
        is_next =
            is_word ? open + inner == 0 && slice_equal_ignoring_case(part, SLICE("from")) : is_next;
        if (slice_is(part, ")") && open + inner == 0) {
            break;
        }
        if (slice_is(part, ")")) {
            *(inner > 0 ? &inner : &open) -= 1;
        }
        inner += slice_is(part, "(");
    }
    return SLICE("");
}
