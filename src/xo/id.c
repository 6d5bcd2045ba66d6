/* Names of ids: "TEMPLATE/component/entity/firstName", hashed below dialogc's namespace. */
#include "xo/id.h"

#include <stdarg.h>
#include <stdio.h>

#define NAME_ROOM 512

/* The id of a formatted name. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static struct xo_id
make(const char *prefix, const char *format, ...)
{
    char name[NAME_ROOM];
    char uuid[UUID5_TEXT];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    size_t used = length < 0 ? 0 : (size_t)length;
    used = used < sizeof name ? used : sizeof name - 1;
    uuid5_text((struct slice){name, used}, uuid);
    struct xo_id id;
    size_t prefix_length = strlen(prefix);
    memcpy(id.text, prefix, prefix_length);
    memcpy(id.text + prefix_length, uuid, UUID5_TEXT);
    return id;
}

struct xo_id xo_bot_id(struct slice name)
{
    return make("st-", "bot/%.*s", SLICE_ARG(name));
}

struct xo_id xo_bot_ref(struct slice name)
{
    return make("", "bot/%.*s/ref", SLICE_ARG(name));
}

struct xo_id xo_dialog_id(struct slice t)
{
    return make("dg-", "%.*s/dialog", SLICE_ARG(t));
}

struct xo_id xo_dialog_ref(struct slice t)
{
    return make("", "%.*s/dialog/ref", SLICE_ARG(t));
}

struct xo_id xo_component_id(struct slice t, const char *kind, struct slice name)
{
    return make("dc-", "%.*s/component/%s/%.*s", SLICE_ARG(t), kind, SLICE_ARG(name));
}

struct xo_id xo_component_ref(struct slice t, const char *kind, struct slice name)
{
    return make("", "%.*s/component/%s/%.*s/ref", SLICE_ARG(t), kind, SLICE_ARG(name));
}

/* Copies an id that the author has declared under `key`; false when there is none. */
static bool take_declared(const struct template *template, const char *key, struct xo_id *id)
{
    const struct node *value = node_get(template->other, key);
    if (value == NULL || value->text.length >= sizeof id->text) {
        return false;
    }
    memcpy(id->text, value->text.data, value->text.length);
    id->text[value->text.length] = '\0';
    return true;
}

struct xo_id xo_id_of_dialog(const struct template *template)
{
    struct xo_id id;
    return take_declared(template, "id", &id) ? id : xo_dialog_id(template->id);
}

struct xo_id xo_ref_of_dialog(const struct template *template)
{
    struct xo_id id;
    return take_declared(template, "ref", &id) ? id : xo_dialog_ref(template->id);
}

struct xo_id xo_intent_id(const struct template *template)
{
    struct xo_id id;
    return take_declared(template, "component", &id)
               ? id
               : xo_component_id(template->id, "intent", template->intent.name);
}

struct xo_id xo_intent_ref(const struct template *template)
{
    struct xo_id id;
    return take_declared(template, "componentRef", &id)
               ? id
               : xo_component_ref(template->id, "intent", template->intent.name);
}

struct xo_id xo_profile_id(struct slice name)
{
    return make("ap-", "profile/%.*s", SLICE_ARG(name));
}

struct xo_id xo_profile_ref(struct slice name)
{
    return make("", "profile/%.*s/ref", SLICE_ARG(name));
}

struct xo_id xo_node_id(struct slice t, const struct dialog_node *node, bool member)
{
    static const char *const prefixes[] = {
        [DIALOG_INTENT] = "nd-int-",  [DIALOG_ENTITY] = "nd-ent-", [DIALOG_MESSAGE] = "nd-msg-",
        [DIALOG_CONFIRM] = "nd-dac-", [DIALOG_ACTION] = "nd-bac-", [DIALOG_SCRIPT] = "nd-scr-",
        [DIALOG_SERVICE] = "nd-srv-", [DIALOG_CALL] = "nd-dlg-",   [DIALOG_TRANSFER] = "nd-agt-",
        [DIALOG_LOGIC] = "nd-log-",   [DIALOG_FORM] = "nd-frm-",
    };
    if (node->kind == DIALOG_INTENT) {
        return (struct xo_id){"intent0"};
    }
    return make(member ? "nd-" : prefixes[node->kind], "%.*s/node/%.*s", SLICE_ARG(t),
                SLICE_ARG(node->key));
}

struct xo_id xo_connection_id(const struct xo_id *node, struct slice template_id,
                              struct slice node_key, size_t number)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = strlen(node->text);
    if (length < UUID5_TEXT) { /* intent0 has no UUID to start from */
        return make("dummy-", "%.*s/connection/%.*s/%zu", SLICE_ARG(template_id),
                    SLICE_ARG(node_key), number);
    }
    struct xo_id id = {"dummy-"};
    char *end = id.text + strlen(id.text) + UUID5_TEXT - 1;
    memcpy(end - (UUID5_TEXT - 1), node->text + length - (UUID5_TEXT - 1), UUID5_TEXT);
    for (size_t i = 1; i <= 6; i++, number /= 16) {
        end[-(ptrdiff_t)i] = digits[number % 16];
    }
    return id;
}

struct xo_id xo_sentence_id(struct slice t, struct slice locale, struct slice sentence)
{
    char hashed[UUID5_TEXT];
    char name[NAME_ROOM];
    char digits[25];
    if (t.length + locale.length + sentence.length > NAME_ROOM - 32) { /* too long for the room */
        uuid5_text(sentence, hashed);
        sentence = slice_of(hashed);
    }
    int length = snprintf(name, sizeof name, "%.*s/sentence/%.*s/%.*s", SLICE_ARG(t),
                          SLICE_ARG(locale), SLICE_ARG(sentence));
    uuid5_object_id((struct slice){name, length < 0 ? 0 : (size_t)length}, digits);
    struct xo_id id;
    memcpy(id.text, digits, sizeof digits);
    return id;
}
