/* Texts of the platform in the language's words. */
#include "base/builder.h"
#include "base/percent.h"
#include "platform/import/importer.h"
#include "document/json/reader.h"

/* Message data that is nested deeper stays a script. */
#define DATA_DEPTH 40

struct slice import_decode_braces(struct arena *arena, struct slice path)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < path.length; i++) {
        struct slice rest = slice_part(path, i, path.length);
        bool open = slice_starts_with(rest, "%7B%7B");
        if (open || slice_starts_with(rest, "%7D%7D")) {
            builder_add_text(&out, open ? "{{" : "}}");
            i += strlen("%7B%7B") - 1;
        } else {
            builder_add_char(&out, path.data[i]);
        }
    }
    return builder_slice(&out);
}

struct node *import_text(struct arena *arena, struct slice text)
{
    if (slice_find(text, "${", 0) == SIZE_MAX) {
        return node_new_text(arena, text);
    }
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text.length; i++) {
        if (slice_starts_with(slice_part(text, i, text.length), "${")) {
            builder_add_char(&out, '$');
        }
        builder_add_char(&out, text.data[i]);
    }
    return node_new_text(arena, builder_slice(&out));
}

/* ---- one text for each locale ---- */

/*
 * Text that is the same in all locales, or a mapping. Empty text is one that is not there, when
 * that is `usual`; else the language has no words for it: NULL.
 */
static struct node *localize(struct import_dialog *d, const struct slice *texts, struct slice usual)
{
    struct arena *arena = d->importer->arena;
    bool same = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        if (texts[i].length == 0 && usual.length > 0) {
            return NULL;
        }
        same = same && slice_equal(texts[i], texts[0]);
    }
    if (same) {
        return import_text(arena, texts[0]);
    }
    struct node *map = node_new_mapping(arena);
    for (size_t i = 0; i < d->locale_count; i++) {
        if (texts[i].length > 0) {
            node_set(arena, map, d->locales[i], import_text(arena, texts[i]));
        }
    }
    return map;
}

struct node *import_localized(struct import_dialog *d, const struct node *object, const char *key,
                              struct slice usual)
{
    struct arena *arena = d->importer->arena;
    const struct node *data = node_get(object, "localeData");
    struct slice *texts = arena_alloc_array(arena, d->locale_count + 1, sizeof *texts);
    bool is_usual = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        struct member *own = node_member(data, d->locales[i]);
        texts[i] = own != NULL ? node_text(own->value, key) : SLICE("");
        is_usual = is_usual && slice_equal(texts[i], usual);
    }
    return is_usual ? NULL : localize(d, texts, usual);
}

/* ---- messages ---- */

/* The data of `var message = {…}; print(JSON.stringify(message));`, or NULL. */
static const struct node *data_of_script(struct arena *arena, struct slice script)
{
    static const char before[] = "var message = ";
    static const char after[] = ";\nprint(JSON.stringify(message));";
    if (!slice_starts_with(script, before) || !slice_ends_with(script, after)) {
        return NULL;
    }
    struct slice inside = slice_part(script, sizeof before - 1, script.length - (sizeof after - 1));
    size_t depth = 0;
    size_t deepest = 0;
    for (size_t i = 0; i < inside.length; i++) {
        depth += inside.data[i] == '{' || inside.data[i] == '[';
        deepest = depth > deepest ? depth : deepest;
        depth -= depth > 0 && (inside.data[i] == '}' || inside.data[i] == ']');
    }
    const struct node *data = deepest < DATA_DEPTH ? json_read_quietly(arena, inside) : NULL;
    bool same = node_is(data, NODE_MAPPING) && data->count > 0 &&
                slice_equal(message_data_script(arena, data), script);
    return same ? data : NULL;
}

/* `text`, `script` or `data` of one locale's message; NULL when it is none of them. */
static struct node *entry_content(struct arena *arena, const struct node *message, const char **key)
{
    struct slice type = node_text(message, "type");
    struct slice text = percent_decode_text(arena, node_text(message, "text"));
    if (text.length == 0 || (!slice_is(type, "basic") && !slice_is(type, "uxmap"))) {
        return NULL;
    }
    if (slice_is(type, "basic")) {
        *key = "text";
        return import_text(arena, text);
    }
    const struct node *data = data_of_script(arena, text);
    *key = data != NULL ? "data" : "script";
    return data != NULL ? node_copy(arena, data) : node_new_text(arena, text);
}

/* Appends the items of one entry to `list`: one for all locales, or one for each. */
static bool add_entry(struct import_dialog *d, struct node *list, const struct node *entry)
{
    struct arena *arena = d->importer->arena;
    struct slice channel = node_text(entry, "channel");
    const struct node *data = node_get(entry, "localeData");
    const char *first_key = NULL;
    struct node *first = NULL;
    struct node *texts = node_new_mapping(arena);
    bool same = true;
    bool all_text = true;
    if (channel.length == 0 || !node_is(data, NODE_MAPPING) || data->count == 0) {
        return false;
    }
    for (size_t i = 0; i < data->count; i++) {
        const char *key;
        struct node *content = entry_content(arena, data->members[i].value, &key);
        if (content == NULL) {
            return false;
        }
        first = first == NULL ? content : first;
        first_key = first_key == NULL ? key : first_key;
        same = same && strcmp(key, first_key) == 0 && node_equal(content, first);
        all_text = all_text && strcmp(key, "text") == 0;
        node_set(arena, texts, data->members[i].key->text, content);
    }
    bool everywhere = same && data->count == d->locale_count;
    for (size_t i = 0; i < data->count; i++) {
        struct node *item = node_new_mapping(arena);
        const char *key;
        struct node *content = entry_content(arena, data->members[i].value, &key);
        if (!slice_is(channel, "default")) {
            node_set_text(arena, item, "channel", channel);
        }
        if (!everywhere && !all_text) {
            node_set_text(arena, item, "locale", data->members[i].key->text);
        }
        node_set(arena, item, slice_of(key), everywhere || !all_text ? content : texts);
        node_append(arena, list, item);
        if (everywhere || all_text) {
            break;
        }
    }
    return true;
}

struct node *import_messages(struct import_dialog *d, const struct node *component, const char *key)
{
    struct arena *arena = d->importer->arena;
    const struct node *entries = node_get(component, key);
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(entries); i++) {
        if (!add_entry(d, list, entries->items[i])) {
            return NULL;
        }
    }
    if (list->count == 0) {
        return NULL;
    }
    const struct node *only = list->items[0];
    bool plain = list->count == 1 && only->count == 1 && node_get(only, "text") != NULL;
    return plain ? node_get(only, "text") : list;
}
