#include "report/cjson.h"

#include <cjson/cJSON.h>

#include "base/printable.h"
#include "diag/concealment.h"
#include "base/utf8.h"
#include "document/json/writer.h"

/* What cJSON has given, or no return. */
static struct cJSON *checked(struct arena *arena, struct cJSON *item)
{
    if (item == NULL) {
        arena_fail(arena);
    }
    return item;
}

/* ---- documents ---- */

static void release_document(void *resource)
{
    cJSON_Delete(*(struct cJSON **)resource);
}

static struct cjson new_document(struct arena *arena, struct cJSON *(*create)(void))
{
    /* Where the document is to be found is registered first: registering may unwind, too. */
    struct cJSON **root = arena_alloc(arena, sizeof(struct cJSON *));
    arena_defer(arena, release_document, root);
    *root = checked(arena, create());
    return (struct cjson){arena, *root};
}

struct cjson cjson_new_object(struct arena *arena)
{
    return new_document(arena, cJSON_CreateObject);
}

struct cjson cjson_new_array(struct arena *arena)
{
    return new_document(arena, cJSON_CreateArray);
}

/* ---- members and elements ---- */

/* From here on the item belongs to the document. */
static void add(struct cjson parent, const char *key, struct cJSON *item)
{
    checked(parent.arena, item);
    if (key != NULL ? cJSON_AddItemToObjectCS(parent.item, key, item)
                    : cJSON_AddItemToArray(parent.item, item)) {
        return;
    }
    cJSON_Delete(item);
    arena_fail(parent.arena);
}

struct cjson cjson_add_object(struct cjson parent, const char *key)
{
    struct cJSON *item = cJSON_CreateObject();
    add(parent, key, item);
    return (struct cjson){parent.arena, item};
}

struct cjson cjson_add_array(struct cjson parent, const char *key)
{
    struct cJSON *item = cJSON_CreateArray();
    add(parent, key, item);
    return (struct cjson){parent.arena, item};
}

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

/* `text` as UTF-8. */
static struct slice to_utf8(struct arena *arena, struct slice text)
{
    if (utf8_is_valid(text)) {
        return text;
    }
    struct builder out = builder_new(arena);
    for (size_t at = 0; at < text.length;) {
        struct slice rest = slice_part(text, at, text.length);
        size_t length = utf8_sequence(rest);
        builder_add(&out, length > 0 ? slice_part(rest, 0, length) : SLICE(REPLACEMENT));
        at += length > 0 ? length : 1;
    }
    return builder_slice(&out);
}

void cjson_add_text(struct cjson parent, const char *key, struct slice text)
{
    struct arena *arena = parent.arena;
    struct slice valid = to_utf8(arena, text);
    const char *copy = arena_copy(arena, valid);
    if (strlen(copy) == valid.length) {
        add(parent, key, cJSON_CreateStringReference(copy));
        return;
    }
    /* cJSON's strings end at a NUL: this one is given to it as it is to be printed. */
    struct builder quoted = builder_new(arena);
    json_quote(&quoted, valid);
    add(parent, key, cJSON_CreateRaw(builder_slice(&quoted).data));
}

void cjson_add_count(struct cjson parent, const char *key, size_t count)
{
    add(parent, key, cJSON_CreateNumber((double)count));
}

void cjson_add_integer(struct cjson parent, const char *key, long long value)
{
    add(parent, key, cJSON_CreateNumber((double)value));
}

void cjson_add_boolean(struct cjson parent, const char *key, bool value)
{
    add(parent, key, cJSON_CreateBool(value));
}

void cjson_add_null(struct cjson parent, const char *key)
{
    add(parent, key, cJSON_CreateNull());
}

void cjson_add_missing_null(struct cjson object, const char *key)
{
    if (!cJSON_HasObjectItem(object.item, key)) {
        cjson_add_null(object, key);
    }
}

void cjson_add_node(struct cjson parent, const char *key, const struct node *node)
{
    /* cJSON's numbers are doubles, and its keys end at a NUL: the writer of documents does it. */
    struct builder text = builder_new(parent.arena);
    struct json_writer json = json_writer_new(&text, true);
    json_node(&json, node);
    add(parent, key, cJSON_CreateRaw(builder_slice(&text).data));
}

/* ---- printing ---- */

static void release_text(void *resource)
{
    char **text = resource;
    cJSON_free(*text);
    *text = NULL;
}

/* The text of a document, which is freed with it at the latest. */
static char **print(struct cjson document, enum cjson_form form)
{
    char **text = arena_alloc(document.arena, sizeof *text);
    arena_defer(document.arena, release_text, text);
    *text =
        form == CJSON_COMPACT ? cJSON_PrintUnformatted(document.item) : cJSON_Print(document.item);
    if (*text == NULL) {
        arena_fail(document.arena);
    }
    return text;
}

void cjson_print(struct builder *out, struct cjson document, enum cjson_form form)
{
    char **text = print(document, form);
    conceal_in_place(*text, strlen(*text));
    printable_add_json(out, slice_of(*text));
    release_text(text);
}

void cjson_print_whole(struct builder *out, struct cjson document)
{
    char **text = print(document, CJSON_COMPACT);
    printable_add_json(out, slice_of(*text));
    release_text(text);
}
