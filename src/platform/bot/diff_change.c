/* The list of changes. */
#include "platform/bot/comparison.h"

#include <stdarg.h>
#include "base/percent.h"

/* In an artifact there is nothing to compare with what belongs to no dialog of a bot. */
static bool is_muted(const struct comparison *c)
{
    return c->partial && c->place->is_bot;
}

static void add_change(struct comparison *c, struct diff_change change)
{
    if (is_muted(c)) {
        return;
    }
    struct slice line = bot_diff_line(c->arena, &change);
    if (c->told != NULL && map_increment(c->told, line) > 1) {
        return;
    }
    struct diff_place *place = c->place;
    place->changes = arena_append(c->arena, place->changes, place->count, sizeof *place->changes);
    place->changes[place->count++] = change;
    c->result.changes++;
    c->result.breaking += change.breaks;
}

void tell(struct comparison *c, const struct diff_subject *subject, enum diff_kind kind,
          bool breaks, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_vprintf(c->arena, format, arguments);
    va_end(arguments);
    add_change(
        c, (struct diff_change){.subject = *subject, .kind = kind, .breaks = breaks, .text = text});
}

/* More keys than these are only counted in a line; the change has them all. */
#define KEYS_SHOWN 12

void tell_keys(struct comparison *c, const struct diff_subject *subject, bool breaks,
               const struct key_list *keys)
{
    if (keys->count == 0) {
        return;
    }
    struct builder text = builder_new(c->arena);
    builder_add_text(&text, "changed in ");
    for (size_t i = 0; i < keys->count && i < KEYS_SHOWN; i++) {
        builder_printf(&text, "%s`%.*s`", i > 0 ? ", " : "", SLICE_ARG(keys->keys[i]));
    }
    if (keys->count > KEYS_SHOWN) {
        builder_printf(&text, " and %zu more", keys->count - KEYS_SHOWN);
    }
    add_change(c, (struct diff_change){.subject = *subject,
                                       .kind = DIFF_CHANGED,
                                       .breaks = breaks,
                                       .text = builder_slice(&text),
                                       .keys = keys->keys,
                                       .key_count = keys->count});
}

void note(struct comparison *c, enum diff_noise noise)
{
    if (!is_muted(c)) {
        c->result.noise[noise]++;
    }
}

struct slice quote_text(const struct comparison *c, struct slice text)
{
    struct builder out = builder_new(c->arena);
    text = percent_decode_text(c->arena, text);
    builder_add_char(&out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (out.length >= 160 && (byte & 0xC0) != 0x80) {
            builder_add_text(&out, "…");
            break;
        }
        builder_add_char(&out, byte < 0x20 ? ' ' : (char)byte);
    }
    builder_add_char(&out, '"');
    return builder_slice(&out);
}
