/*
 * Random patterns, and for each that counts as safe a search for a text that takes long: PCRE2
 * counts the steps, by a callout at each item of the pattern.
 *
 *     test_regex_risk [PATTERNS [SEED]]
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>

#include "support.h"

#include "base/builder.h"
#include "document/schema/regex_risk.h"

#define TEXT_LENGTH 100

/* Twenty items for each of the million steps that a safe pattern may take. */
#define MOST_ITEMS ((uint64_t)20000000)

/* ---- random patterns ---- */

struct generator {
    uint64_t state;
    struct builder out;
    size_t groups; /* that are closed */
};

static unsigned below(struct generator *g, unsigned limit)
{
    g->state = g->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(g->state >> 33) % limit;
}

static void add_alternatives(struct generator *g, unsigned depth);

static void add_atom(struct generator *g, unsigned depth)
{
    static const char *const atoms[] = {"a",   "a",   "a",   "b", "b", "c", "[ab]", "[a-c]", "[^a]",
                                        "\\w", "\\d", "\\s", ".", " ", "1", "-",    "\\b"};
    static const char *const openings[] = {"(", "(", "(?:", "(?:", "(?:", "(?=", "(?!"};
    unsigned kind = below(g, 100);
    if (depth > 0 && kind < 40) {
        builder_add_text(&g->out, openings[below(g, 7)]);
        add_alternatives(g, depth - 1);
        builder_add_char(&g->out, ')');
    } else if (kind < 43 && g->groups > 0) {
        builder_printf(&g->out, "\\%u", 1 + below(g, (unsigned)g->groups));
    } else {
        builder_add_text(&g->out, atoms[below(g, sizeof atoms / sizeof atoms[0])]);
    }
}

static void add_quantifier(struct generator *g)
{
    static const char *const quantifiers[] = {"*",   "*",     "+",     "+",    "?",      "?",
                                              "{2}", "{1,3}", "{0,9}", "{2,}", "{1,30}", "{5,30}"};
    if (below(g, 2) == 0) {
        builder_add_text(&g->out, quantifiers[below(g, 12)]);
        builder_add_text(&g->out, below(g, 8) == 0 ? "?" : "");
    }
}

static void add_sequence(struct generator *g, unsigned depth)
{
    for (unsigned parts = 1 + below(g, 4); parts > 0; parts--) {
        size_t start = g->out.length;
        add_atom(g, depth);
        struct slice atom = slice_part(builder_slice(&g->out), start, g->out.length);
        if (!slice_starts_with(atom, "(?=") && !slice_starts_with(atom, "(?!") &&
            !slice_is(atom, "\\b")) {
            add_quantifier(g);
        }
    }
}

static void add_alternatives(struct generator *g, unsigned depth)
{
    add_sequence(g, depth);
    while (below(g, 5) == 0) {
        builder_add_char(&g->out, '|');
        add_sequence(g, depth);
    }
}

/* A pattern of up to three levels; most begin at the start and go to the end of the text. */
static struct slice random_pattern(struct arena *arena, uint64_t seed)
{
    struct generator g = {.state = seed * 0x9E3779B97F4A7C15u + 1, .out = builder_new(arena)};
    below(&g, 2);
    builder_add_text(&g.out, below(&g, 4) > 0 ? "^" : "");
    add_alternatives(&g, 3);
    builder_add_text(&g.out, below(&g, 3) > 0 ? "$" : "=");
    return builder_slice(&g.out);
}

/* ---- counting ---- */

struct matcher {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    uint64_t items;
};

static int count_item(pcre2_callout_block *block, void *items)
{
    (void)block;
    return ++*(uint64_t *)items > MOST_ITEMS ? PCRE2_ERROR_CALLOUT : 0;
}

static bool matcher_open(struct matcher *m, struct slice pattern)
{
    int error;
    PCRE2_SIZE at;
    *m = (struct matcher){0};
    m->code = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.length,
                            PCRE2_AUTO_CALLOUT | PCRE2_NO_AUTO_POSSESS | PCRE2_NO_START_OPTIMIZE |
                                PCRE2_NO_DOTSTAR_ANCHOR | PCRE2_DOLLAR_ENDONLY |
                                PCRE2_MATCH_UNSET_BACKREF,
                            &error, &at, NULL);
    m->data = pcre2_match_data_create(1, NULL);
    m->context = pcre2_match_context_create(NULL);
    pcre2_set_callout(m->context, count_item, &m->items);
    pcre2_set_match_limit(m->context, UINT32_MAX);
    return m->code != NULL;
}

static void matcher_close(struct matcher *m)
{
    pcre2_code_free(m->code);
    pcre2_match_data_free(m->data);
    pcre2_match_context_free(m->context);
}

/* The items that a text takes; more than MOST_ITEMS when they are too many. */
static uint64_t count_items(struct matcher *m, const char *text, size_t length)
{
    m->items = 0;
    int found = pcre2_match(m->code, (PCRE2_SPTR)text, length, 0, 0, m->data, m->context);
    return found == PCRE2_ERROR_HEAPLIMIT || found == PCRE2_ERROR_MATCHLIMIT ? UINT64_MAX
                                                                             : m->items;
}

/*
 * The most items over texts `before`, then `turn` again and again, then one character that may not
 * fit; the worst text goes to `worst`, NUL-terminated.
 */
static uint64_t search_worst(struct matcher *m, char *worst)
{
    static const char *const befores[] = {"", "a", "b", "c", "ab", "1", " ", "-", "ba", "a1"};
    static const char letters[] = "abc1 -";
    static const char ends[] = "=!a";
    uint64_t most = 0;
    for (size_t b = 0; b < sizeof befores / sizeof befores[0]; b++) {
        for (unsigned turn = 1; turn < 7 * 7 * 7; turn++) {
            char text[TEXT_LENGTH + 2];
            char unit[4] = "";
            size_t unit_length = 0;
            for (unsigned rest = turn; rest > 0; rest /= 7) {
                if (rest % 7 > 0) {
                    unit[unit_length++] = letters[rest % 7 - 1];
                }
            }
            size_t length = strlen(befores[b]);
            memcpy(text, befores[b], length);
            for (size_t i = 0; length < TEXT_LENGTH - 1 && unit_length > 0; i++) {
                text[length++] = unit[i % unit_length];
            }
            text[length] = ends[turn % 3];
            text[++length] = '\0';
            uint64_t items = count_items(m, text, length);
            if (items > most) {
                most = items;
                memcpy(worst, text, length + 1);
            }
            if (most > MOST_ITEMS) {
                return most;
            }
        }
    }
    return most;
}

/* ---- the test ---- */

static size_t patterns = 60;
static uint64_t seed = 1;

static void safe_patterns_are_safe(void **state)
{
    (void)state;
    size_t safe = 0;
    size_t missed = 0;
    for (size_t i = 0; i < patterns; i++) {
        WITH_ARENA(arena);
        struct matcher matcher;
        char worst[TEXT_LENGTH + 2] = "";
        struct slice pattern = random_pattern(&arena, seed + i);
        if (matcher_open(&matcher, pattern) && regex_risk(&arena, pattern) == NULL) {
            safe++;
            if (search_worst(&matcher, worst) > MOST_ITEMS) {
                print_message("%zu: %.*s takes too long for `%s`\n", i, SLICE_ARG(pattern), worst);
                missed++;
            }
        }
        matcher_close(&matcher);
        arena_free(&arena);
    }
    print_message("%zu of %zu patterns count as safe\n", safe, patterns);
    assert_int_equal(missed, 0);
    assert_true(safe > patterns / 10 && safe < patterns);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(safe_patterns_are_safe)};
    patterns = count > 1 ? strtoul(arguments[1], NULL, 10) : patterns;
    seed = count > 2 ? strtoull(arguments[2], NULL, 10) : seed;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
