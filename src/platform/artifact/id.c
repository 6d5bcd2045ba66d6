/* Names of ids: "TEMPLATE/component/entity/firstName", hashed below dialogc's namespace. */
#include "platform/artifact/id.h"

#include <stdio.h>

#define NAME_ROOM 512

/* A name of parts, cut where there is no room for more. */
struct name {
    char text[NAME_ROOM];
    size_t length;
};

static struct name join(const struct slice *parts, size_t count)
{
    struct name name;
    name.length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t room = NAME_ROOM - 1 - name.length;
        size_t length = parts[i].length < room ? parts[i].length : room;
        if (length > 0) {
            memcpy(name.text + name.length, parts[i].data, length);
            name.length += length;
        }
    }
    return name;
}

static struct artifact_id make_of(struct slice prefix, const struct slice *parts, size_t count)
{
    struct name name = join(parts, count);
    struct artifact_id id;
    memcpy(id.text, prefix.data, prefix.length);
    uuid5_text((struct slice){name.text, name.length}, id.text + prefix.length);
    return id;
}

#define PARTS(...)                                                                                 \
    (const struct slice[]){__VA_ARGS__},                                                           \
        sizeof(const struct slice[]){__VA_ARGS__} / sizeof(struct slice)

/* The id of a name in parts. */
#define MAKE(prefix, ...) make_of(SLICE(prefix), PARTS(__VA_ARGS__))

struct artifact_id artifact_bot_id(struct slice name)
{
    return MAKE("st-", SLICE("bot/"), name);
}

struct artifact_id artifact_bot_ref(struct slice name)
{
    return MAKE("", SLICE("bot/"), name, SLICE("/ref"));
}

struct artifact_id artifact_dialog_id(struct slice t)
{
    return MAKE("dg-", t, SLICE("/dialog"));
}

struct artifact_id artifact_dialog_ref(struct slice t)
{
    return MAKE("", t, SLICE("/dialog/ref"));
}

struct artifact_id artifact_component_id(struct slice t, enum dialog_kind kind, struct slice name)
{
    return MAKE("dc-", t, SLICE("/component/"), slice_of(node_type_name(kind)), SLICE("/"), name);
}

struct artifact_id artifact_component_ref(struct slice t, enum dialog_kind kind, struct slice name)
{
    return MAKE("", t, SLICE("/component/"), slice_of(node_type_name(kind)), SLICE("/"), name,
                SLICE("/ref"));
}

/* Copies an id that the author has declared under `key`; false when there is none. */
static bool take_declared(const struct template *template, const char *key, struct artifact_id *id)
{
    const struct node *value = node_get(template->other, key);
    if (value == NULL || value->text.length >= sizeof id->text) {
        return false;
    }
    memcpy(id->text, value->text.data, value->text.length);
    id->text[value->text.length] = '\0';
    return true;
}

struct artifact_id artifact_id_of_dialog(const struct template *template)
{
    struct artifact_id id;
    return take_declared(template, "id", &id) ? id : artifact_dialog_id(template->id);
}

struct artifact_id artifact_ref_of_dialog(const struct template *template)
{
    struct artifact_id id;
    return take_declared(template, "ref", &id) ? id : artifact_dialog_ref(template->id);
}

struct artifact_id artifact_intent_id(const struct template *template)
{
    struct artifact_id id;
    return take_declared(template, "component", &id)
               ? id
               : artifact_component_id(template->id, DIALOG_INTENT, template->intent.name);
}

struct artifact_id artifact_intent_ref(const struct template *template)
{
    struct artifact_id id;
    return take_declared(template, "componentRef", &id)
               ? id
               : artifact_component_ref(template->id, DIALOG_INTENT, template->intent.name);
}

struct artifact_id artifact_profile_id(struct slice name)
{
    return MAKE("ap-", SLICE("profile/"), name);
}

struct artifact_id artifact_profile_ref(struct slice name)
{
    return MAKE("", SLICE("profile/"), name, SLICE("/ref"));
}

struct artifact_id artifact_node_id(struct slice t, const struct dialog_node *node, bool member)
{
    if (node->kind == DIALOG_INTENT) {
        return (struct artifact_id){"intent0"};
    }
    return make_of(slice_of(member ? "nd-" : node_type_prefix(node->kind)),
                   PARTS(t, SLICE("/node/"), node->key));
}

struct artifact_id artifact_connection_id(const struct artifact_id *node, struct slice template_id,
                                          struct slice node_key, size_t number)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = strlen(node->text);
    if (length < UUID5_TEXT) { /* intent0 has no UUID to start from */
        char place[24];
        int written = snprintf(place, sizeof place, "%zu", number);
        struct slice text = {place, (size_t)written};
        return MAKE("dummy-", template_id, SLICE("/connection/"), node_key, SLICE("/"), text);
    }
    struct artifact_id id = {"dummy-"};
    char *end = id.text + strlen(id.text) + UUID5_TEXT - 1;
    memcpy(end - (UUID5_TEXT - 1), node->text + length - (UUID5_TEXT - 1), UUID5_TEXT);
    for (size_t i = 1; i <= 6; i++, number /= 16) {
        end[-(ptrdiff_t)i] = digits[number % 16];
    }
    return id;
}

struct artifact_id artifact_sentence_id(struct slice t, struct slice locale, struct slice sentence)
{
    char hashed[UUID5_TEXT];
    struct artifact_id id;
    if (t.length + locale.length + sentence.length > NAME_ROOM - 32) { /* too long for the room */
        uuid5_text(sentence, hashed);
        sentence = slice_of(hashed);
    }
    struct name name = join(PARTS(t, SLICE("/sentence/"), locale, SLICE("/"), sentence));
    uuid5_object_id((struct slice){name.text, name.length}, id.text);
    return id;
}
