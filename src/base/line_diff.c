/* The longest common subsequence of lines, between what is equal at both ends. */
#include "base/line_diff.h"

#include <stdint.h>

#define CONTEXT 3

/* Of the table of lengths: 64 MiB. */
#define TABLE_LIMIT ((size_t)16 * 1024 * 1024)

struct lines {
    struct slice *items;
    size_t count;
};

/* One line of the result: in both texts (' '), only in the old ('-'), only in the new ('+'). */
struct edit {
    char sign;
    struct slice line;
};

struct edits {
    struct edit *items;
    size_t count;
};

static struct lines split(struct arena *arena, struct slice text)
{
    struct lines lines = {0};
    for (size_t at = 0; at < text.length;) {
        size_t end = slice_find(text, "\n", at);
        end = end == SIZE_MAX ? text.length : end + 1;
        lines.items = arena_append(arena, lines.items, lines.count, sizeof *lines.items);
        lines.items[lines.count++] = slice_part(text, at, end);
        at = end;
    }
    return lines;
}

static void add(struct edits *edits, char sign, struct slice line)
{
    edits->items[edits->count++] = (struct edit){sign, line};
}

/* The edits that lead from `old` to `new`. */
static void compare(struct arena *arena, struct edits *edits, struct lines old, struct lines new)
{
    size_t columns = new.count + 1;
    if (old.count + 1 > TABLE_LIMIT / columns) { /* too much for a table: all has changed */
        for (size_t i = 0; i < old.count; i++) {
            add(edits, '-', old.items[i]);
        }
        for (size_t j = 0; j < new.count; j++) {
            add(edits, '+', new.items[j]);
        }
        return;
    }
    uint32_t *longest = arena_alloc_array(arena, (old.count + 1) * columns, sizeof *longest);
    for (size_t i = old.count; i-- > 0;) {
        for (size_t j = new.count; j-- > 0;) {
            uint32_t *here = &longest[i * columns + j];
            uint32_t below = here[columns];
            uint32_t right = here[1];
            *here = slice_equal(old.items[i], new.items[j]) ? here[columns + 1] + 1
                    : below > right                         ? below
                                                            : right;
        }
    }
    size_t i = 0;
    size_t j = 0;
    while (i < old.count || j < new.count) {
        const uint32_t *here = &longest[i * columns + j];
        if (i < old.count && j < new.count &&slice_equal(old.items[i], new.items[j])) {
            add(edits, ' ', old.items[i]);
            i++;
            j++;
        } else if (i < old.count && (j == new.count || here[columns] >= here[1])) {
            add(edits, '-', old.items[i++]);
        } else {
            add(edits, '+', new.items[j++]);
        }
    }
}

static struct edits all_edits(struct arena *arena, struct lines old, struct lines new)
{
    struct edits edits = {.items =
                              arena_alloc_array(arena, old.count + new.count, sizeof *edits.items)};
    size_t head = 0;
    while (head < old.count && head < new.count &&slice_equal(old.items[head], new.items[head])) {
        add(&edits, ' ', old.items[head++]);
    }
    size_t tail = 0;
    while (tail < old.count - head &&
           tail < new.count - head &&slice_equal(old.items[old.count - 1 - tail],
                                                 new.items[new.count - 1 - tail])) {
        tail++;
    }
    compare(arena, &edits, (struct lines){old.items + head, old.count - head - tail},
            (struct lines){new.items + head, new.count - head - tail});
    for (size_t i = old.count - tail; i < old.count; i++) {
        add(&edits, ' ', old.items[i]);
    }
    return edits;
}

/* The first edit from `at` on that changes a line; the number of edits when there is none. */
static size_t next_change(const struct edits *edits, size_t at)
{
    while (at < edits->count && edits->items[at].sign == ' ') {
        at++;
    }
    return at;
}

static void count(const struct edits *edits, size_t from, size_t to, size_t *old, size_t *new)
{
    *old = *new = 0;
    for (size_t i = from; i < to; i++) {
        *old += edits->items[i].sign != '+';
        *new += edits->items[i].sign != '-';
    }
}

/* "-3,7": the first line counts from 1; of no lines it is the one before. */
static void add_range(struct builder *out, char sign, size_t before, size_t lines)
{
    builder_printf(out, "%c%zu", sign, lines == 0 ? before : before + 1);
    if (lines != 1) {
        builder_printf(out, ",%zu", lines);
    }
}

static void add_hunk(struct builder *out, const struct edits *edits, size_t from, size_t to)
{
    size_t old_before;
    size_t new_before;
    size_t old;
    size_t new;
    count(edits, 0, from, &old_before, &new_before);
    count(edits, from, to, &old, &new);
    builder_add_text(out, "@@ ");
    add_range(out, '-', old_before, old);
    builder_add_char(out, ' ');
    add_range(out, '+', new_before, new);
    builder_add_text(out, " @@\n");
    for (size_t i = from; i < to; i++) {
        struct slice line = edits->items[i].line;
        builder_add_char(out, edits->items[i].sign);
        builder_add(out, line);
        if (line.data[line.length - 1] != '\n') {
            builder_add_text(out, "\n\\ No newline at end of file\n");
        }
    }
}

void line_diff(struct builder *out, const char *old_name, struct slice old, const char *new_name,
               struct slice new)
{
    struct edits edits = all_edits(out->arena, split(out->arena, old), split(out->arena, new));
    size_t change = next_change(&edits, 0);
    if (change == edits.count) {
        return;
    }
    builder_printf(out, "--- %s\n+++ %s\n", old_name, new_name);
    while (change < edits.count) {
        size_t from = change > CONTEXT ? change - CONTEXT : 0;
        size_t last = change; /* the changes that less than two contexts lie between go together */
        size_t next = next_change(&edits, last + 1);
        while (next < edits.count && next - last <= 2 * CONTEXT + 1) {
            last = next;
            next = next_change(&edits, last + 1);
        }
        size_t to = last + 1 + CONTEXT < edits.count ? last + 1 + CONTEXT : edits.count;
        add_hunk(out, &edits, from, to);
        change = next;
    }
}
