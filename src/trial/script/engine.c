/* JavaScriptCore behind a small interface: bounds that hold, errors as values, trees in and out. */
#include "trial/script/engine.h"

#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "trial/script/parts.h"

/* ---- calls that may fail ---- */

/* A script or a key as JavaScript has it; the caller releases it. */
static JSStringRef string_of(struct script_engine *engine, struct slice text)
{
    return script_machine_string(engine->machine, text);
}

static JSValueRef get_property(struct script_engine *engine, JSValueRef object, const char *name)
{
    JSStringRef key = string_of(engine, slice_of(name));
    JSValueRef value = JSObjectGetProperty(engine->context, (JSObjectRef)object, key, NULL);
    JSStringRelease(key);
    return value;
}

/* What was thrown as text, cut to a length that can be shown. */
static struct slice message_of(struct script_engine *engine, JSValueRef thrown)
{
    JSStringRef string = JSValueToStringCopy(engine->context, thrown, NULL);
    if (string == NULL) {
        return SLICE("what was thrown has no text");
    }
    struct builder out = builder_new(engine->arena);
    script_from_javascript(&out, string);
    JSStringRelease(string);
    struct slice text = builder_slice(&out);
    size_t end = text.length;
    if (end > SCRIPT_MESSAGE_LIMIT) {
        end = SCRIPT_MESSAGE_LIMIT;
        while (((unsigned char)text.data[end] & 0xC0) == 0x80) {
            end--;
        }
    }
    return arena_printf(engine->arena, "%.*s%s", (int)end, text.data, end < text.length ? "…" : "");
}

/* The line of a script in which an error was thrown; 0: not known. */
static long line_of(struct script_engine *engine, JSValueRef thrown)
{
    if (!JSValueIsObject(engine->context, thrown)) {
        return 0;
    }
    /* An error of syntax has no stack, but a URL and a line. */
    static const char *const properties[] = {"stack", "sourceURL", "line"};
    struct builder frames = builder_new(engine->arena);
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++) {
        JSValueRef value = get_property(engine, thrown, properties[i]);
        JSStringRef string =
            value != NULL ? JSValueToStringCopy(engine->context, value, NULL) : NULL;
        if (string != NULL) {
            script_from_javascript(&frames, string);
            JSStringRelease(string);
        }
        builder_add_char(&frames, i == 0 ? '\n' : ':');
    }
    return script_line(builder_slice(&frames).data);
}

/* Before anything that can run code that a script has left, such as getters. */
static void begin(struct script_engine *engine, struct arena *arena)
{
    engine->arena = arena;
    script_machine_begin(engine->machine, SLICE(""));
}

/* After it: what went wrong. */
static struct script_error end(struct script_engine *engine, JSValueRef thrown)
{
    struct script_error error = {0};
    long line = engine->machine->line;
    switch (engine->machine->stop) {
    case SCRIPT_GOES_ON:
        break;
    case SCRIPT_TAKES_TOO_LONG:
        engine->broken =
            arena_printf(engine->arena, "it runs for more than %d seconds, in line %ld or below",
                         SCRIPT_SECONDS, line);
        break;
    case SCRIPT_TAKES_TOO_MUCH:
        engine->broken =
            arena_printf(engine->arena, "it takes more than %zu MB of memory, in line %ld or below",
                         SCRIPT_MEMORY_LIMIT >> 20, line);
        break;
    }
    error.message = engine->broken;
    if (engine->broken.length == 0 && thrown != NULL) {
        error.message = message_of(engine, thrown);
        error.line = line_of(engine, thrown);
    }
    return error;
}

/* ---- an engine ---- */

static void release(void *resource)
{
    struct script_engine *engine = resource;
    script_machine_begin(engine->machine, SLICE(""));
    script_realm_leave(engine);
}

struct script_engine *script_engine_new(struct arena *arena, long long now,
                                        struct script_machine *machine)
{
    struct script_engine *engine = arena_alloc(arena, sizeof *engine);
    engine->machine = machine != NULL ? machine : script_machine_new(arena);
    begin(engine, arena);
    if (!script_realm_enter(engine, now)) {
        arena_fail(arena);
    }
    arena_defer(arena, release, engine);
    return engine;
}

/* ---- running ---- */

struct script_result script_run(struct script_engine *engine, struct arena *arena,
                                struct slice source)
{
    struct script_result result = {0};
    engine->printed = builder_new(arena);
    engine->cleared_logins = engine->closed = false;
    engine->arena = arena;
    script_machine_begin(engine->machine, source);
    script_realm_note(engine->realm, source);
    JSStringRef body = string_of(engine, source);
    JSStringRef url = string_of(engine, SLICE(SCRIPT_URL));
    JSValueRef thrown = NULL;
    JSObjectRef function = NULL;
    if (engine->broken.length == 0) {
        function = JSObjectMakeFunction(engine->context, NULL, 0, NULL, body, url, 1, &thrown);
    }
    if (function != NULL) {
        JSObjectCallAsFunction(engine->context, function, NULL, 0, NULL, &thrown);
    }
    JSStringRelease(body);
    JSStringRelease(url);
    result.error = end(engine, thrown);
    if (engine->machine->stop == SCRIPT_TAKES_TOO_LONG) {
        script_machine_note_stop(engine->machine, source);
    }
    result.error.is_syntax = function == NULL;
    result.failed = function == NULL || thrown != NULL || engine->broken.length > 0;
    result.printed = builder_slice(&engine->printed);
    result.cleared_logins = engine->cleared_logins;
    result.closed = engine->closed;
    return result;
}

/* ---- values ---- */

/* The next key of `path` from `*at` on: a name, or what is in brackets. */
static struct slice next_key(struct slice path, size_t *at)
{
    if (*at < path.length && path.data[*at] == '[') {
        size_t start = *at + 1;
        size_t end = slice_find(path, "]", start);
        end = end < path.length ? end : path.length;
        *at = end < path.length ? end + 1 : end;
        *at += *at < path.length && path.data[*at] == '.';
        struct slice key = slice_trim(slice_part(path, start, end));
        bool quoted = key.length >= 2 && (key.data[0] == '"' || key.data[0] == '\'') &&
                      key.data[key.length - 1] == key.data[0];
        return quoted ? slice_part(key, 1, key.length - 1) : key;
    }
    size_t start = *at;
    while (*at < path.length && path.data[*at] != '.' && path.data[*at] != '[') {
        (*at)++;
    }
    struct slice key = slice_part(path, start, *at);
    *at += *at < path.length && path.data[*at] == '.';
    return slice_trim(key);
}

/* The member `key` of a value; undefined when there is none, or when something is thrown. */
static JSValueRef member_of(struct script_engine *engine, JSValueRef value, struct slice key,
                            JSValueRef *thrown)
{
    JSContextRef context = engine->context;
    bool has_members = JSValueIsObject(context, value) || JSValueIsString(context, value);
    JSObjectRef object =
        has_members && *thrown == NULL ? JSValueToObject(context, value, thrown) : NULL;
    if (object == NULL) {
        return JSValueMakeUndefined(context);
    }
    JSStringRef string = string_of(engine, key);
    value = JSObjectGetProperty(context, object, string, thrown);
    JSStringRelease(string);
    return *thrown == NULL ? value : JSValueMakeUndefined(context);
}

/* The value at a path of the global object; undefined when there is none. */
static JSValueRef find_value(struct script_engine *engine, struct slice path, JSValueRef *thrown)
{
    JSValueRef value = JSContextGetGlobalObject(engine->context);
    for (size_t at = 0; at < path.length && *thrown == NULL;) {
        value = member_of(engine, value, next_key(path, &at), thrown);
    }
    return value;
}

/* At most as many values as a JSON text has: each but the first has a comma, colon or bracket. */
static size_t nodes_of(struct slice json)
{
    size_t nodes = 1;
    for (size_t i = 0; i < json.length; i++) {
        char c = json.data[i];
        nodes += c == ',' || c == ':' || c == '[' || c == '{';
    }
    return nodes;
}

/* JavaScript writes surrogates that stand alone as escapes, which JSON readers reject: U+FFFD. */
static void replace_lone_surrogates(char *json, size_t length)
{
    for (size_t i = 0; i + 5 < length; i++) {
        if (json[i] == '\\' && json[i + 1] == 'u' && json[i + 2] == 'd' && json[i + 3] >= '8') {
            memcpy(json + i, "\\ufffd", 6);
        }
        i += json[i] == '\\'; /* what is escaped begins no escape */
    }
}

/* Counts what is read of values; false, with `*reason`, when it is more than may be read. */
static bool count_value(struct script_engine *engine, size_t size, struct slice *reason)
{
    if (size > SCRIPT_VALUES_LIMIT - engine->values) {
        engine->broken = *reason = SLICE("the values of the scripts are too large");
        return false;
    }
    engine->values += size;
    return true;
}

/* A string as UTF-8, which it is released for; empty when it is too long to be read. */
static struct builder take_string(struct script_engine *engine, JSStringRef string)
{
    struct builder out = builder_new(engine->arena);
    if (JSStringGetLength(string) < SCRIPT_VALUES_LIMIT - engine->values) {
        script_from_javascript(&out, string);
    }
    JSStringRelease(string);
    return out;
}

/* Most values are texts, which need no JSON. */
static struct node *read_text(struct script_engine *engine, JSValueRef value, struct slice *reason)
{
    JSStringRef string = JSValueToStringCopy(engine->context, value, NULL);
    size_t length = JSStringGetLength(string);
    struct builder out = take_string(engine, string);
    size_t size = (length > out.length ? length : out.length) + sizeof(struct node);
    return count_value(engine, size, reason) ? node_new_text(engine->arena, builder_slice(&out))
                                             : NULL;
}

/* The JSON of a value; empty, with `*reason`, when there is none, or more than may be read. */
static struct slice value_json(struct script_engine *engine, JSValueRef value, JSValueRef thrown,
                               struct slice *reason)
{
    JSStringRef string =
        thrown == NULL ? JSValueCreateJSONString(engine->context, value, 0, &thrown) : NULL;
    struct script_error error = end(engine, thrown);
    *reason = error.message.length > 0 ? error.message : SLICE("it is undefined");
    if (string == NULL) {
        return SLICE("");
    }
    struct builder out = take_string(engine, string);
    replace_lone_surrogates(out.data, out.length);
    struct slice json = builder_slice(&out);
    size_t size = json.length + nodes_of(json) * (sizeof(struct node) + sizeof(struct member));
    return count_value(engine, json.length > 0 ? size : SIZE_MAX, reason) ? json : SLICE("");
}

/* The tree of a value's JSON. It is no tree that can be read when it is nested too deeply. */
static struct node *read_value(struct arena *arena, struct slice json, struct slice *reason)
{
    struct diagnostics diagnostics = diagnostics_new(arena);
    struct source *source;
    struct node *value = json_read(arena, "", json, &diagnostics, &source);
    *reason = value == NULL ? diagnostics.first->message : SLICE("");
    return value;
}

/* A value that has been found, or what was thrown meanwhile, as a tree. */
static struct node *show_value(struct script_engine *engine, JSValueRef value, JSValueRef thrown,
                               struct slice *reason)
{
    JSContextRef context = engine->context;
    if (JSValueIsString(context, value)) {
        return read_text(engine, value, reason);
    }
    if (JSValueIsObject(context, value) && JSObjectIsFunction(context, (JSObjectRef)value)) {
        value = JSValueMakeUndefined(context);
    }
    struct slice json = value_json(engine, value, thrown, reason);
    return json.length > 0 ? read_value(engine->arena, json, reason) : NULL;
}

struct node *script_show(struct script_engine *engine, struct arena *arena, struct slice path,
                         struct slice *reason)
{
    if (engine->broken.length > 0) {
        *reason = engine->broken;
        return NULL;
    }
    begin(engine, arena);
    JSValueRef thrown = NULL;
    JSValueRef value = find_value(engine, path, &thrown);
    return show_value(engine, value, thrown, reason);
}

struct node *script_get(struct script_engine *engine, struct arena *arena, struct slice path)
{
    struct slice reason;
    return script_show(engine, arena, path, &reason);
}

struct node *script_get_member(struct script_engine *engine, struct arena *arena, struct slice path,
                               struct slice key)
{
    struct slice reason;
    JSValueRef thrown = NULL;
    if (engine->broken.length > 0) {
        return NULL;
    }
    begin(engine, arena);
    JSValueRef value = member_of(engine, find_value(engine, path, &thrown), key, &thrown);
    return show_value(engine, value, thrown, &reason);
}

struct slice script_broken(const struct script_engine *engine)
{
    return engine->broken;
}

static JSValueRef make_value(struct script_engine *engine, const struct node *value)
{
    struct arena *arena = engine->arena;
    if (value->kind == NODE_STRING) {
        return script_make_text(engine, engine->context, value->text);
    }
    struct builder text = builder_new(arena);
    struct json_writer writer = json_writer_new(&text, true);
    json_node(&writer, value);
    JSStringRef json = script_to_javascript(arena, builder_slice(&text));
    JSValueRef made = JSValueMakeFromJSONString(engine->context, json);
    JSStringRelease(json);
    return made != NULL ? made : JSValueMakeUndefined(engine->context);
}

/* The object at `key` of `object`; one is made where there is none, unless `only_existing`. */
static JSObjectRef enter(struct script_engine *engine, JSObjectRef object, JSStringRef key,
                         bool only_existing)
{
    JSContextRef context = engine->context;
    JSValueRef inner = JSObjectGetProperty(context, object, key, NULL);
    if (inner != NULL && JSValueIsObject(context, inner)) {
        return (JSObjectRef)inner;
    }
    if (only_existing) {
        return NULL;
    }
    JSObjectRef made = JSObjectMake(context, NULL, NULL);
    JSObjectSetProperty(context, object, key, made, 0, NULL);
    return made;
}

void script_set(struct script_engine *engine, struct arena *arena, const struct slice *segments,
                size_t count, const struct node *value)
{
    if (engine->broken.length > 0) {
        return;
    }
    begin(engine, arena);
    JSObjectRef object = JSContextGetGlobalObject(engine->context);
    for (size_t i = 0; i < count && object != NULL; i++) {
        JSStringRef key = string_of(engine, segments[i]);
        if (i + 1 < count) {
            object = enter(engine, object, key, value == NULL);
        } else if (value == NULL) {
            JSObjectDeleteProperty(engine->context, object, key, NULL);
        } else {
            JSObjectSetProperty(engine->context, object, key, make_value(engine, value), 0, NULL);
        }
        JSStringRelease(key);
    }
    end(engine, NULL);
}
