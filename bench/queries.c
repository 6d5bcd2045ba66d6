/*
 * What it costs to parse queries, to look for what Salesforce rejects, and to spell their names:
 * the time in microseconds for a hundred characters. bench-queries FILE [ROUNDS], with a query a
 * line, such as tests/soql/accepted.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "document/tree/build.h"
#include "salesforce/sobject.h"
#include "salesforce/soql.h"

enum { LONGEST_FILE = 1 << 24, ROUNDS = 200 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Comments, warnings and searches are for other readers of the file. */
static bool is_query(struct slice line)
{
    return slice_starts_with(line, "SELECT ") || slice_starts_with(line, "select ");
}

/* The number of characters of all queries, each of them parsed once. */
static size_t parse_all(struct arena *arena, struct sobject_catalog *catalog, struct slice text)
{
    size_t characters = 0;
    struct slice line;
    for (size_t at = 0; slice_next_part(text, '\n', &at, &line);) {
        if (!is_query(line)) {
            continue;
        }
        struct diagnostics list = diagnostics_new(arena);
        struct node *node = node_new_text(arena, line);
        node->source = source_new(arena, "query", line);
        struct soql_piece piece = {.node = node, .text = line};
        struct soql *soql = soql_parse(arena, &piece, 1, &list);
        if (soql != NULL) {
            soql_spell(arena, soql, catalog);
        }
        characters += line.length;
    }
    return characters;
}

int main(int count, char **arguments)
{
    struct arena arena;
    struct slice text;
    const char *reason;
    arena_init(&arena);
    if (count < 2 || file_read(&arena, arguments[1], LONGEST_FILE, &text, &reason) != FILE_OK) {
        fputs("usage: bench-queries FILE [ROUNDS]\n", stderr);
        return 2;
    }
    long rounds = count > 2 ? strtol(arguments[2], NULL, 10) : ROUNDS;
    struct sobject_catalog *catalog = sobject_catalog_new(&arena);
    size_t characters = parse_all(&arena, catalog, text); /* objects are loaded once */
    struct arena round;
    arena_init(&round);
    double start = seconds();
    for (long i = 0; i < rounds; i++) {
        characters += parse_all(&round, catalog, text);
        arena_reset(&round); /* as between the templates of a build */
    }
    double each = (double)characters / (double)(rounds + 1) * (double)rounds / 100;
    printf("%.3f\n", (seconds() - start) * 1e6 / each);
    arena_free(&round);
    arena_free(&arena);
    return 0;
}
