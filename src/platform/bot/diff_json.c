/* The comparison of two exports for other programs; docs/bots.md describes the form. */
#include "platform/bot/diff.h"

#include "report/cjson.h"

static void add_change(struct cjson list, const struct diff_place *place,
                       const struct diff_change *change)
{
    struct cjson item = cjson_add_object(list, NULL);
    if (place->is_bot) {
        cjson_add_null(item, "dialog");
    } else {
        cjson_add_text(item, "dialog", place->name);
    }
    bool own = change->subject.type.length == 0;
    cjson_add_text(item, "type", own ? SLICE("dialog") : change->subject.type);
    cjson_add_text(item, "name", own ? place->name : change->subject.name);
    cjson_add_text(item, "change", slice_of(diff_kind_name(change->kind)));
    cjson_add_boolean(item, "breaking", change->breaks);
    struct cjson keys = cjson_add_array(item, "keys");
    for (size_t i = 0; i < change->key_count; i++) {
        cjson_add_text(keys, NULL, change->keys[i]);
    }
    cjson_add_text(item, "text", change->text);
}

static void add_noise(struct cjson report, const struct bot_diff *diff)
{
    struct cjson noise = cjson_add_object(report, "withoutEffect");
    cjson_add_count(noise, "encodings", diff->noise[DIFF_ENCODING]);
    cjson_add_count(noise, "positions", diff->noise[DIFF_POSITION]);
    cjson_add_count(noise, "ids", diff->noise[DIFF_ID]);
    struct cjson lists = cjson_add_array(noise, "reordered");
    for (size_t i = 0; i < diff->reordered_count; i++) {
        cjson_add_text(lists, NULL, diff->reordered[i]);
    }
}

void bot_diff_json(struct builder *out, const struct bot_diff *diff, const char *old_path,
                   const char *new_path)
{
    struct cjson report = cjson_new_object(out->arena);
    cjson_add_text(report, "old", slice_of(old_path));
    cjson_add_text(report, "new", slice_of(new_path));
    cjson_add_count(report, "breaking", diff->breaking);
    struct cjson changes = cjson_add_array(report, "changes");
    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_place *place = &diff->places[i];
        for (size_t j = 0; j < place->count; j++) {
            add_change(changes, place, &place->changes[j]);
        }
    }
    add_noise(report, diff);
    cjson_print(out, report, CJSON_LINES);
    builder_add_char(out, '\n');
}
