/* The scripts of script nodes and of messages: whether they parse, and credentials in them. */
#include "base/ascii.h"
#include "platform/bot/verify_rules.h"
#include "document/javascript/javascript.h"
#include "diag/secret.h"
#include "base/percent.h"

/* The line, from 1, of byte `offset` of a script. */
static size_t line_of(struct slice script, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset && i < script.length; i++) {
        line += script.data[i] == '\n';
    }
    return line;
}

static bool ends_word(char c)
{
    return c == '"' || c == '\'' || c == '`' || c == '\n';
}

/* The word that ends before `at`, leaving out quotes and white space: the name of `name: "…"`. */
static struct slice word_before(struct slice script, size_t at)
{
    while (at > 0 && strchr(" \t\n\r\"'", script.data[at - 1]) != NULL) {
        at--;
    }
    size_t end = at;
    while (at > 0 && (ascii_is_word(script.data[at - 1]) || script.data[at - 1] == '-')) {
        at--;
    }
    return slice_part(script, at, end);
}

/* The name that the literal at `quote` is given to (`name = "…"`, `"name": "…"`); empty: none. */
static struct slice assigned_name(struct slice script, size_t quote)
{
    size_t at = quote;
    while (at > 0 && strchr(" \t\n\r", script.data[at - 1]) != NULL) {
        at--;
    }
    bool assigns = at > 1 && (script.data[at - 1] == ':' || script.data[at - 1] == '=') &&
                   strchr("=!<>+", script.data[at - 2]) == NULL;
    return assigns ? word_before(script, at - 1) : SLICE("");
}

/* No word of a language: one piece, with digits in it. */
static bool is_machine_made(struct slice literal)
{
    bool digit = false;
    for (size_t i = 0; i < literal.length; i++) {
        if (strchr(" \t\n", literal.data[i]) != NULL) {
            return false;
        }
        digit = digit || ascii_is_digit(literal.data[i]);
    }
    return digit;
}

/*
 * Text literals of a script: one that looks like a credential, or that is given to a name of one
 * and is no text for people (`password = "…"`, `Authorization: "…"`).
 */
static bool script_has_credential(struct slice script)
{
    for (size_t at = 0; at < script.length; at++) {
        char quote = script.data[at];
        if (quote != '"' && quote != '\'') {
            continue;
        }
        size_t end = at + 1;
        while (end < script.length && !ends_word(script.data[end])) {
            end += script.data[end] == '\\' ? 2 : 1;
        }
        if (end >= script.length || script.data[end] != quote) {
            continue;
        }
        struct slice literal = slice_part(script, at + 1, end);
        if (literal.length >= 6 && !verify_is_reference(literal) &&
            (secret_is_likely(literal) ||
             (secret_is_named(assigned_name(script, at)) && is_machine_made(literal)))) {
            return true;
        }
        at = end;
    }
    return false;
}

static void check_script(struct verify *v, const struct node *at)
{
    if (!node_is(at, NODE_STRING)) {
        return;
    }
    struct slice script = percent_decode_text(v->arena, at->text);
    struct javascript_mistake mistake = javascript_parse(v->arena, script).mistake;
    if (script_has_credential(script)) {
        verify_report_credential(v, at, "script", SLICE(""));
    }
    if (mistake.message.length > 0) {
        verify_report(v, E1118, at, "the script does not parse: %.*s (line %zu of the script)",
                      SLICE_ARG(mistake.message), line_of(script, mistake.start));
    }
}

/* The scripts among the entries of a message: those of type uxmap. */
static void check_entries(struct verify *v, const struct node *entries)
{
    for (size_t i = 0; i < node_length(entries); i++) {
        const struct node *locales = node_get(entries->items[i], "localeData");
        for (size_t l = 0; node_is(locales, NODE_MAPPING) && l < locales->count; l++) {
            if (slice_is(node_text(locales->members[l].value, "type"), "uxmap")) {
                check_script(v, node_get(locales->members[l].value, "text"));
            }
        }
    }
}

void verify_scripts(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    for (size_t i = 0; i < components->count; i++) {
        check_script(v, node_get(components->items[i], "script"));
        check_entries(v, node_get(components->items[i], "message"));
        check_entries(v, node_get(components->items[i], "errorMessage"));
    }
}
