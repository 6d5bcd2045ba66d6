#include "platform/bot/section.h"

#include <stdint.h>

#include "document/json/writer.h"

struct section section_of(struct arena *arena, const struct node *parent, struct slice key,
                          const char *identity, size_t depth)
{
    struct section section = {.key = key, .identity = identity, .depth = depth, .parent = parent};
    const struct member *member = node_member(parent, key);
    section.array = member != NULL ? member->value : NULL;
    if (section.array != NULL) {
        section.ours = arena_alloc(arena, section.array->count + 1);
    }
    section.by_id = map_new(arena);
    for (size_t i = 0; i < node_length(section.array); i++) {
        map_add(&section.by_id, section_id(&section, section.array->items[i]),
                section.array->items[i]);
    }
    return section;
}

const struct node *section_find(const struct section *section, struct slice id)
{
    return map_get(&section->by_id, id);
}

bool section_wants(const struct section *section, struct slice id)
{
    for (size_t i = 0; i < section->wanted_count; i++) {
        if (slice_equal(section->wanted[i].id, id)) {
            return true;
        }
    }
    return false;
}

struct slice section_id(const struct section *section, const struct node *element)
{
    if (section->identity != NULL) {
        return node_text(element, section->identity);
    }
    return node_is(element, NODE_STRING) ? element->text : SLICE("");
}

void section_want(struct arena *arena, struct section *section, struct slice id,
                  const struct node *node)
{
    section->wanted =
        arena_append(arena, section->wanted, section->wanted_count, sizeof *section->wanted);
    section->wanted[section->wanted_count++] = (struct wanted){id, node};
}

/* ---- layout ---- */

static void add_line_break(struct builder *out, const struct bot_layout *layout, size_t depth)
{
    builder_add(out, layout->newline);
    for (size_t i = 0; layout->newline.length > 0 && i < depth; i++) {
        builder_add(out, layout->unit);
    }
}

/* The text of an element at `depth`, in the layout of the export. */
static void add_element(struct builder *out, const struct bot_layout *layout, size_t depth,
                        const struct node *node)
{
    size_t start = out->length;
    struct json_writer json = json_writer_new(out, layout->newline.length == 0);
    json.depth = depth;
    json.after_key = true; /* no line break before the element itself */
    json_node(&json, node);
    if (layout->newline.length == 0 ||
        (slice_is(layout->newline, "\n") && slice_is(layout->unit, "    "))) {
        return;
    }
    /* Strings hold no line breaks: each one in the text is layout. */
    struct slice text = arena_slice(out->arena, slice_part(builder_slice(out), start, out->length));
    out->length = start;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '\n') {
            builder_add_char(out, text.data[i]);
            continue;
        }
        size_t spaces = 0;
        while (i + 1 + spaces < text.length && text.data[i + 1 + spaces] == ' ') {
            spaces++;
        }
        add_line_break(out, layout, spaces / 4);
        i += spaces;
    }
}

static struct slice colon_of(const struct bot_layout *layout)
{
    return layout->newline.length > 0 ? SLICE(": ") : SLICE(":");
}

/* The whole array with the wanted elements only. */
static struct slice write_array(struct arena *arena, const struct section *section,
                                const struct bot_layout *layout)
{
    struct builder out = builder_new(arena);
    builder_add_char(&out, '[');
    for (size_t i = 0; i < section->wanted_count; i++) {
        builder_add_text(&out, i > 0 ? "," : "");
        add_line_break(&out, layout, section->depth);
        add_element(&out, layout, section->depth, section->wanted[i].node);
    }
    if (section->wanted_count > 0) {
        add_line_break(&out, layout, section->depth - 1);
    }
    builder_add_char(&out, ']');
    return builder_slice(&out);
}

/* ---- merging ---- */

/*
 * A key that was not there goes to the front, where the platform never writes one. So, when the
 * array is empty again, the key is recognised as an added one, and removed too.
 */
static void add_key(const struct section *section, const struct bot *bot, struct edits *edits)
{
    struct builder out = builder_new(edits->arena);
    size_t place = section->parent->range.start + 1;
    if (section->parent->count == 0) {
        add_line_break(&out, &bot->layout, section->depth - 1);
    } else {
        place = section->parent->members[0].key->range.start;
    }
    json_quote(&out, section->key);
    builder_add(&out, colon_of(&bot->layout));
    builder_add(&out, write_array(edits->arena, section, &bot->layout));
    if (section->parent->count > 0) {
        builder_add_char(&out, ',');
        add_line_break(&out, &bot->layout, section->depth - 1);
    } else {
        add_line_break(&out, &bot->layout, section->depth - 2);
    }
    edits_add(edits, place, place, builder_slice(&out));
}

/*
 * The place in its parent of a key that add_key has put there: before the bot's own `_id`. SIZE_MAX
 * for any other key.
 */
static size_t find_added_key(const struct section *section)
{
    const struct node *parent = section->parent;
    if (node_get(parent, "_id") == NULL) {
        return SIZE_MAX;
    }
    for (size_t i = 0; !slice_is(parent->members[i].key->text, "_id"); i++) {
        if (slice_equal(parent->members[i].key->text, section->key)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Takes out the member of the section's array. */
static void take_out_key(const struct section *section, struct edits *edits)
{
    const struct node *parent = section->parent;
    const struct member *member = node_member(parent, section->key);
    size_t index = (size_t)(member - parent->members);
    bool is_last = index + 1 == parent->count;
    size_t start = is_last && index > 0 ? member[-1].value->range.end : member->key->range.start;
    size_t end = is_last ? member->value->range.end : member[1].key->range.start;
    edits_add(edits, start, end, SLICE(""));
}

/* Writes an array anew that has nothing left of its own; its key goes too when it was added. */
static void refill_array(const struct section *section, const struct bot *bot, struct edits *edits)
{
    bool added = section->is_added || find_added_key(section) != SIZE_MAX;
    if (added && section->wanted_count == 0) {
        take_out_key(section, edits);
    } else {
        edits_add(edits, section->array->range.start, section->array->range.end,
                  write_array(edits->arena, section, &bot->layout));
    }
}

/* The element of ours with this id; SIZE_MAX without one. */
static size_t find_ours(const struct map *own, const struct node *array, struct slice id)
{
    struct node **place = map_get(own, id);
    return place != NULL ? (size_t)(place - array->items) : SIZE_MAX;
}

/* Takes out the elements marked in `gone`, each with one comma; some element stays. */
static void take_out(const struct node *array, const bool *gone, struct edits *edits)
{
    size_t first = 0;
    while (gone[first]) {
        first++;
    }
    if (first > 0) {
        edits_add(edits, array->items[0]->range.start, array->items[first]->range.start, SLICE(""));
    }
    for (size_t i = first + 1; i < array->count; i++) {
        if (gone[i]) {
            edits_add(edits, array->items[i - 1]->range.end, array->items[i]->range.end, SLICE(""));
        }
    }
}

/*
 * New elements go behind the element at `anchor`. Where texts end an array, they go to its front:
 * a comma behind the last text would change a line that is not ours.
 */
static void add_elements(const struct section *section, const struct bot *bot, size_t anchor,
                         size_t from, size_t to, struct edits *edits)
{
    struct builder out = builder_new(edits->arena);
    bool front = section->identity == NULL;
    for (size_t i = from; i < to; i++) {
        if (!front) {
            builder_add_char(&out, ',');
            add_line_break(&out, &bot->layout, section->depth);
        }
        add_element(&out, &bot->layout, section->depth, section->wanted[i].node);
        if (front) {
            builder_add_char(&out, ',');
            add_line_break(&out, &bot->layout, section->depth);
        }
    }
    size_t place =
        front ? section->array->items[0]->range.start : section->array->items[anchor]->range.end;
    edits_add(edits, place, place, builder_slice(&out));
}

static void replace_element(const struct section *section, const struct bot *bot, size_t at,
                            const struct node *node, struct edits *edits)
{
    struct builder out = builder_new(edits->arena);
    const struct node *old = section->array->items[at];
    add_element(&out, &bot->layout, section->depth, node);
    edits_add(edits, old->range.start, old->range.end, builder_slice(&out));
}

/* Which elements stay, and where the wanted ones are. */
struct matching {
    bool *gone;    /* elements of ours that are not wanted */
    size_t *found; /* of each wanted one: the element of ours that it is, or SIZE_MAX */
    size_t staying;
};

static struct matching match_elements(const struct section *section, struct arena *arena)
{
    const struct node *array = section->array;
    struct map own = map_new(arena);
    struct matching m = {
        .gone = arena_alloc(arena, array->count + 1),
        .found = arena_alloc_array(arena, section->wanted_count + 1, sizeof *m.found),
        .staying = array->count,
    };
    for (size_t i = 0; i < array->count; i++) {
        if (section->ours[i]) {
            map_add(&own, section_id(section, array->items[i]), &array->items[i]);
            m.gone[i] = true;
            m.staying--;
        }
    }
    for (size_t i = 0; i < section->wanted_count; i++) {
        m.found[i] = find_ours(&own, array, section->wanted[i].id);
        if (m.found[i] != SIZE_MAX && m.gone[m.found[i]]) {
            m.gone[m.found[i]] = false;
            m.staying++;
        }
    }
    return m;
}

/* New elements go behind the wanted element before them, or else behind the last one that stays. */
static void put_elements(const struct section *section, const struct bot *bot,
                         const struct matching *m, struct edits *edits)
{
    size_t anchor = section->array->count - 1;
    while (m->gone[anchor]) {
        anchor--;
    }
    for (size_t i = 0; i < section->wanted_count;) {
        if (m->found[i] == SIZE_MAX) {
            size_t end = i + 1;
            while (end < section->wanted_count && m->found[end] == SIZE_MAX) {
                end++;
            }
            add_elements(section, bot, anchor, i, end, edits);
            i = end;
            continue;
        }
        anchor = m->found[i];
        if (!node_equal(section->array->items[anchor], section->wanted[i].node)) {
            replace_element(section, bot, anchor, section->wanted[i].node, edits);
        }
        i++;
    }
}

void section_merge(const struct section *section, const struct bot *bot, struct edits *edits)
{
    if (node_length(section->array) == 0) {
        if (section->wanted_count > 0 && section->array == NULL) {
            add_key(section, bot, edits);
        } else if (section->wanted_count > 0) {
            refill_array(section, bot, edits);
        }
        return;
    }
    struct matching m = match_elements(section, edits->arena);
    if (m.staying == 0) {
        refill_array(section, bot, edits);
        return;
    }
    put_elements(section, bot, &m, edits);
    take_out(section->array, m.gone, edits);
}
