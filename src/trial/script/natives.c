/* The functions of the program that scripts can call: see platform.js. */
#include <nettle/base16.h>
#include <nettle/base64.h>
#include <nettle/nettle-meta.h>

#include "trial/script/engine.h"
#include "trial/script/libraries.h"
#include "trial/script/parts.h"

/* The arguments of a call; those that it does not have are undefined. */
struct arguments {
    JSContextRef context;
    size_t count;
    const JSValueRef *values;
};

typedef JSValueRef native_function(struct script_engine *engine, const struct arguments *given);

struct script_native {
    struct script_realm *realm; /* whose engine is that of the conversation */
    native_function *call;
};

/* The text of an argument. platform.js gives texts only. */
static struct slice argument_text(struct arena *arena, const struct arguments *given, size_t index)
{
    struct builder out = builder_new(arena);
    JSStringRef string = index < given->count
                             ? JSValueToStringCopy(given->context, given->values[index], NULL)
                             : NULL;
    if (string != NULL) {
        script_from_javascript(&out, string);
        JSStringRelease(string);
    }
    return builder_slice(&out);
}

static JSValueRef call_print(struct script_engine *engine, const struct arguments *given)
{
    struct slice text = argument_text(engine->arena, given, 0);
    if (text.length >= SCRIPT_PRINTED_LIMIT - engine->printed_size) {
        return JSValueMakeBoolean(given->context, false);
    }
    engine->printed_size += text.length + 1;
    if (engine->printed.length > 0) {
        builder_add_char(&engine->printed, '\n');
    }
    builder_add(&engine->printed, text);
    return JSValueMakeBoolean(given->context, true);
}

static JSValueRef call_clear_logins(struct script_engine *engine, const struct arguments *given)
{
    engine->cleared_logins = true;
    return JSValueMakeUndefined(given->context);
}

static JSValueRef call_close(struct script_engine *engine, const struct arguments *given)
{
    engine->closed = true;
    return JSValueMakeUndefined(given->context);
}

JSValueRef script_make_text(struct script_engine *engine, JSContextRef context, struct slice text)
{
    JSStringRef string = script_to_javascript(engine->arena, text);
    JSValueRef value = JSValueMakeString(context, string);
    JSStringRelease(string);
    return value;
}

/* Of the algorithms of nettle, those that node has by the same name: md5, sha1, sha256 and so on.
 */
static JSValueRef call_digest(struct script_engine *engine, const struct arguments *given)
{
    struct arena *arena = engine->arena;
    const struct nettle_hash *hash = nettle_lookup_hash(argument_text(arena, given, 0).data);
    struct slice encoding = argument_text(arena, given, 1);
    struct slice text = argument_text(arena, given, 2);
    bool is_base64 = slice_is(encoding, "base64");
    if (hash == NULL || !(is_base64 || slice_is(encoding, "hex"))) {
        return JSValueMakeUndefined(given->context);
    }
    void *state = arena_alloc(arena, hash->context_size);
    uint8_t *digest = arena_alloc(arena, hash->digest_size);
    hash->init(state);
    hash->update(state, text.length, (const uint8_t *)text.data);
    hash->digest(state, hash->digest_size, digest);
    size_t length = is_base64 ? BASE64_ENCODE_RAW_LENGTH(hash->digest_size)
                              : BASE16_ENCODE_LENGTH(hash->digest_size);
    char *encoded = arena_alloc(arena, length);
    if (is_base64) {
        base64_encode_raw(encoded, hash->digest_size, digest);
    } else {
        base16_encode_update(encoded, hash->digest_size, digest);
    }
    return script_make_text(engine, given->context, (struct slice){encoded, length});
}

static JSValueRef call_source(struct script_engine *engine, const struct arguments *given)
{
    struct slice name = argument_text(engine->arena, given, 0);
    return script_make_text(engine, given->context, script_library(name));
}

static const struct {
    const char *name;
    native_function *call;
} native_table[] = {
    {"print", call_print},   {"clearLogins", call_clear_logins},
    {"close", call_close},   {"digest", call_digest},
    {"source", call_source},
};

#define NATIVE_COUNT (sizeof native_table / sizeof native_table[0])

/* The frames of JavaScriptCore must not be jumped over: a lack of memory stops the script instead.
 */
static JSValueRef dispatch(JSContextRef context, JSObjectRef function, JSObjectRef object,
                           size_t count, const JSValueRef values[], JSValueRef *exception)
{
    (void)object;
    const struct script_native *native = JSObjectGetPrivate(function);
    struct script_engine *engine = native->realm->engine;
    struct arena *arena = engine->arena;
    jmp_buf *outer = arena->recovery;
    jmp_buf recovery;
    if (setjmp(recovery) != 0) {
        arena->recovery = outer;
        engine->broken = SLICE("it takes more memory than there is");
        *exception = JSValueMakeNull(context);
        return *exception;
    }
    arena->recovery = &recovery;
    const struct arguments given = {context, count, values};
    JSValueRef result = native->call(engine, &given);
    arena->recovery = outer;
    return result;
}

static JSClassRef native_class(struct script_machine *machine)
{
    if (machine->native_class == NULL) {
        JSClassDefinition definition = kJSClassDefinitionEmpty;
        definition.className = "Function";
        definition.callAsFunction = dispatch;
        machine->native_class = JSClassCreate(&definition);
    }
    return machine->native_class;
}

JSObjectRef script_make_natives(struct script_machine *machine, struct script_realm *realm)
{
    JSObjectRef natives = JSObjectMake(realm->context, NULL, NULL);
    if (realm->natives == NULL) {
        realm->natives =
            arena_alloc_array(machine->strings.arena, NATIVE_COUNT, sizeof *realm->natives);
    }
    for (size_t i = 0; i < NATIVE_COUNT; i++) {
        realm->natives[i] = (struct script_native){realm, native_table[i].call};
        JSStringRef name = script_machine_string(machine, slice_of(native_table[i].name));
        JSObjectRef native =
            JSObjectMake(realm->context, native_class(machine), &realm->natives[i]);
        JSObjectSetProperty(realm->context, natives, name, native, 0, NULL);
        JSStringRelease(name);
    }
    return natives;
}
