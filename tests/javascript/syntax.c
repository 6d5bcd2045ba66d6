/*
 * dialogc's parser of scripts against that of JavaScriptCore: both must say the same of whether a
 * text is a script.
 *
 *     test_javascript MUTANTS SEED FILE...
 *
 * A FILE is a script, or a bot export with scripts in it. Of each, MUTANTS variants are tried, too:
 * a token removed, doubled, exchanged, or put in from another place.
 */
#include <JavaScriptCore/JavaScript.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/percent.h"
#include "diag/diagnostic.h"
#include "document/javascript/javascript.h"
#include "document/javascript/token.h"
#include "document/json/reader.h"

struct trial {
    JSGlobalContextRef engine;
    struct arena arena; /* of one text */
    uint64_t random;
    size_t mutants;
    size_t texts;
    size_t failures;
};

static uint64_t next(struct trial *trial, uint64_t below)
{
    trial->random = trial->random * 6364136223846793005u + 1442695040888963407u;
    return (trial->random >> 33) % below;
}

static void compare(struct trial *trial, const char *name, struct slice text)
{
    struct javascript_script script = javascript_parse(&trial->arena, text);
    JSStringRef string = JSStringCreateWithUTF8CString(arena_copy(&trial->arena, text));
    JSValueRef exception = NULL;
    bool valid = JSCheckScriptSyntax(trial->engine, string, NULL, 1, &exception);
    JSStringRelease(string);
    trial->texts++;
    if (valid == (script.root != NULL)) {
        return;
    }
    trial->failures++;
    char reason[300] = "";
    if (exception != NULL) {
        JSStringRef said = JSValueToStringCopy(trial->engine, exception, NULL);
        JSStringGetUTF8CString(said, reason, sizeof reason);
        JSStringRelease(said);
    }
    size_t from = script.mistake.start > 60 ? script.mistake.start - 60 : 0;
    size_t to = script.mistake.start + 60 < text.length ? script.mistake.start + 60 : text.length;
    bool is_short = text.length < 400;
    struct slice shown = is_short ? text : slice_part(text, from, to);
    printf("%s: the engine says \"%s\", dialogc \"%.*s\" at %zu\n---\n%.*s\n---\n", name, reason,
           SLICE_ARG(script.mistake.message), script.mistake.start, SLICE_ARG(shown));
}

/* ---- mutants ---- */

struct tokens {
    struct slice *items;
    size_t count;
};

/* Tokens with the blanks behind them. Templates and regular expressions may be cut anywhere. */
static struct tokens tokens_of(struct arena *arena, struct slice text)
{
    struct tokens tokens = {.items = NULL};
    struct javascript_lexer lexer = {.arena = arena, .script = text};
    size_t start = 0;
    for (;;) {
        struct javascript_token token = javascript_token_next(&lexer);
        size_t end = token.kind == JAVASCRIPT_TOKEN_END ? text.length : token.start;
        if (end > start) {
            tokens.items = arena_append(arena, tokens.items, tokens.count, sizeof *tokens.items);
            tokens.items[tokens.count++] = slice_part(text, start, end);
            start = end;
        }
        if (token.kind == JAVASCRIPT_TOKEN_END) {
            return tokens;
        }
    }
}

static struct slice mutant(struct trial *trial, struct slice text)
{
    struct tokens tokens = tokens_of(&trial->arena, text);
    struct builder out = builder_new(&trial->arena);
    if (tokens.count == 0) {
        return text;
    }
    size_t place = next(trial, tokens.count);
    size_t other = next(trial, tokens.count);
    uint64_t kind = next(trial, 5);
    for (size_t i = 0; i < tokens.count; i++) {
        bool here = i == place;
        if (here && (kind == 1 || kind == 2)) {
            builder_add(&out, tokens.items[other]);
        }
        if (here && kind == 3) {
            builder_add(&out, tokens.items[i]);
            builder_add_char(&out, ' ');
        }
        bool exchanged = kind == 4 && (i == place || i == other);
        if (!(here && (kind == 0 || kind == 2))) {
            builder_add(&out,
                        exchanged ? tokens.items[i == place ? other : place] : tokens.items[i]);
        }
    }
    return builder_slice(&out);
}

static void try_script(struct trial *trial, const char *name, struct slice text)
{
    compare(trial, name, text);
    for (size_t i = 0; i < trial->mutants; i++) {
        struct arena_mark mark = arena_mark(&trial->arena);
        char label[300];
        snprintf(label, sizeof label, "%s, mutant %zu", name, i);
        compare(trial, label, mutant(trial, text));
        arena_rewind(&trial->arena, mark);
    }
}

/* ---- bot exports ---- */

static void try_texts(struct trial *trial, const char *name, const struct node *messages)
{
    for (size_t i = 0; i < node_length(messages); i++) {
        const struct node *locales = node_get(messages->items[i], "localeData");
        for (size_t l = 0; node_is(locales, NODE_MAPPING) && l < locales->count; l++) {
            const struct node *message = locales->members[l].value;
            if (slice_is(node_text(message, "type"), "uxmap")) {
                try_script(trial, name,
                           percent_decode_text(&trial->arena, node_text(message, "text")));
            }
        }
    }
}

static void try_export(struct trial *trial, const char *name, struct slice bytes)
{
    static const char *const keys[] = {"script", "preProcessor", "postProcessor", NULL};
    struct diagnostics list = diagnostics_new(&trial->arena);
    struct source *source;
    const struct node *root = json_read(&trial->arena, name, bytes, &list, &source);
    const struct node *components = node_get(root, "dialogComponents");
    for (size_t i = 0; i < node_length(components); i++) {
        for (const char *const *key = keys; *key != NULL; key++) {
            struct slice text = node_text(components->items[i], *key);
            try_script(trial, name, percent_decode_text(&trial->arena, text));
        }
        try_texts(trial, name, node_get(components->items[i], "message"));
        try_texts(trial, name, node_get(components->items[i], "errorMessage"));
    }
}

int main(int count, char **arguments)
{
    if (count < 3) {
        return 2;
    }
    struct trial trial = {.mutants = strtoul(arguments[1], NULL, 10),
                          .random = strtoul(arguments[2], NULL, 10),
                          .engine = JSGlobalContextCreate(NULL)};
    jmp_buf recovery;
    arena_init(&trial.arena);
    if (setjmp(recovery) != 0) {
        return 2;
    }
    trial.arena.recovery = &recovery;
    for (int i = 3; i < count; i++) {
        struct slice bytes;
        struct slice name = slice_of(arguments[i]);
        const char *reason;
        if (file_read(&trial.arena, arguments[i], SIZE_MAX, &bytes, &reason) != FILE_OK) {
            printf("%s: %s\n", arguments[i], reason);
            trial.failures++;
        } else if (slice_ends_with(name, ".json")) {
            try_export(&trial, arguments[i], bytes);
        } else {
            try_script(&trial, arguments[i], bytes);
        }
        arena_reset(&trial.arena);
    }
    JSGlobalContextRelease(trial.engine);
    arena_free(&trial.arena);
    printf("%zu texts, %zu differences\n", trial.texts, trial.failures);
    return trial.failures > 0;
}
