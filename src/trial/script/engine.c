/* Duktape behind a small interface: memory that is counted, errors as values, trees in and out. */
#include "trial/script/engine.h"

#include <duktape.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "document/json/reader.h"
#include "document/json/writer.h"

/* In front of every block, so that all can be freed when the heap cannot be asked any more. */
struct block {
    struct block *next, *previous;
    size_t size;
    size_t padding; /* what follows keeps the alignment of malloc */
};

struct script_engine {
    duk_context *duk; /* NULL: the heap is broken */
    const struct script_hooks *hooks;
    struct block blocks; /* the head of a ring */
    size_t used;         /* by the heap, and by what was printed */
    size_t values;       /* by what was read */
    jmp_buf *recovery;   /* for Duktape's fatal errors */
    struct arena *arena; /* of the call that runs */
    struct builder printed;
    bool cleared_logins, closed;
};

/* ---- memory ---- */

static void *engine_allocate(void *context, duk_size_t size)
{
    struct script_engine *engine = context;
    if (size == 0 || size > SCRIPT_MEMORY_LIMIT - engine->used) {
        return NULL;
    }
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    block->next = &engine->blocks;
    block->previous = engine->blocks.previous;
    block->previous->next = block;
    engine->blocks.previous = block;
    engine->used += size;
    return block + 1;
}

static void engine_free(void *context, void *memory)
{
    struct script_engine *engine = context;
    if (memory == NULL) {
        return;
    }
    struct block *block = (struct block *)memory - 1;
    block->previous->next = block->next;
    block->next->previous = block->previous;
    engine->used -= block->size;
    free(block);
}

static void *engine_reallocate(void *context, void *memory, duk_size_t size)
{
    if (size == 0) {
        engine_free(context, memory);
        return NULL;
    }
    void *bigger = engine_allocate(context, size);
    if (bigger != NULL && memory != NULL) {
        size_t old = ((struct block *)memory - 1)->size;
        memcpy(bigger, memory, old < size ? old : size);
        engine_free(context, memory);
    }
    return bigger;
}

/* The heap cannot be used any more; its memory is freed with the engine. */
static void engine_fatal(void *context, const char *message)
{
    (void)message;
    struct script_engine *engine = context;
    engine->duk = NULL;
    if (engine->recovery == NULL) {
        abort(); /* no code of Duktape runs outside of a guarded call */
    }
    longjmp(*engine->recovery, 1);
}

static void engine_release(void *resource)
{
    struct script_engine *engine = resource;
    while (engine->blocks.next != &engine->blocks) {
        engine_free(engine, engine->blocks.next + 1);
    }
}

/* ---- text: Duktape has surrogate pairs where UTF-8 has one sequence ---- */

static void push_text(duk_context *duk, struct arena *arena, struct slice text)
{
    size_t at = 0;
    while (at < text.length && (unsigned char)text.data[at] < 0xf0) {
        at++;
    }
    if (at == text.length) {
        duk_push_lstring(duk, text.data != NULL ? text.data : "", text.length);
        return;
    }
    struct builder out = builder_new(arena);
    builder_add(&out, slice_part(text, 0, at));
    while (at < text.length) {
        struct slice rest = slice_part(text, at, text.length);
        size_t length = utf8_sequence(rest);
        if (length < 4) {
            builder_add_char(&out, text.data[at++]);
            continue;
        }
        uint32_t code = utf8_decode(rest, &length) - 0x10000;
        char pair[8];
        size_t first = utf8_encode(0xd800 + (code >> 10), pair);
        builder_add(&out, (struct slice){pair, first});
        builder_add(&out, (struct slice){pair, utf8_encode(0xdc00 + (code & 0x3ff), pair)});
        at += length;
    }
    struct slice converted = builder_slice(&out);
    duk_push_lstring(duk, converted.data, converted.length);
}

/* The surrogate at the start of `text`, which Duktape encodes in three bytes; 0: none. */
static uint32_t surrogate_at(struct slice text)
{
    if (text.length < 3 || (unsigned char)text.data[0] != 0xed) {
        return 0;
    }
    unsigned char second = (unsigned char)text.data[1];
    unsigned char third = (unsigned char)text.data[2];
    return second < 0xa0 ? 0 : 0xd000u | (second & 0x3fu) << 6 | (third & 0x3fu);
}

/* Adds a text as UTF-8; lone surrogates, and what is not text at all, become U+FFFD. */
static void add_utf8(struct builder *out, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct slice rest = slice_part(text, at, text.length);
        size_t length = utf8_sequence(rest);
        if (length > 0) {
            builder_add(out, slice_part(rest, 0, length));
            at += length;
            continue;
        }
        uint32_t high = surrogate_at(rest);
        uint32_t low = rest.length > 3 ? surrogate_at(slice_part(rest, 3, rest.length)) : 0;
        char bytes[4];
        if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00) {
            uint32_t code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            builder_add(out, (struct slice){bytes, utf8_encode(code, bytes)});
            at += 6;
        } else {
            builder_add(out, (struct slice){bytes, utf8_encode(0xfffd, bytes)});
            at += high != 0 ? 3 : 1;
        }
    }
}

static struct slice text_at(duk_context *duk, duk_idx_t index)
{
    duk_size_t length;
    const char *text = duk_safe_to_lstring(duk, index, &length);
    return (struct slice){text, length};
}

/* ---- what scripts can call ---- */

static struct script_engine *engine_of(duk_context *duk)
{
    duk_memory_functions functions;
    duk_get_memory_functions(duk, &functions);
    return functions.udata;
}

static duk_ret_t call_print(duk_context *duk)
{
    struct script_engine *engine = engine_of(duk);
    duk_idx_t count = duk_get_top(duk);
    for (duk_idx_t i = 0; i < count; i++) {
        struct slice text = text_at(duk, i);
        size_t room = (SCRIPT_MEMORY_LIMIT - engine->used) / PRINTED_COST;
        if (text.length >= room) {
            duk_error_raw(duk, DUK_ERR_RANGE_ERROR, NULL, 0, "too much is printed");
        }
        engine->used += (text.length + 1) * PRINTED_COST;
        if (i > 0 || engine->printed.length > 0) {
            builder_add_char(&engine->printed, i > 0 ? ' ' : '\n');
        }
        add_utf8(&engine->printed, text);
    }
    return 0;
}

static duk_ret_t call_clear_logins(duk_context *duk)
{
    engine_of(duk)->cleared_logins = true;
    return 0;
}

static duk_ret_t call_close(duk_context *duk)
{
    engine_of(duk)->closed = true;
    return 0;
}

/*
 * Defines a Date whose time stands still, and the tools that scripts have on the platform; those
 * that are missing here throw an error that says so.
 */
static const char prelude[] =
    "(function (global, now) {\n"
    "    var RealDate = Date;\n"
    "    function StillDate(y, m, d, h, i, s, ms) {\n"
    "        if (!(this instanceof StillDate)) {\n"
    "            return new RealDate(now).toString();\n"
    "        }\n"
    "        switch (arguments.length) {\n"
    "        case 0: return new RealDate(now);\n"
    "        case 1: return new RealDate(y);\n"
    "        default:\n"
    "            return new RealDate(y, m, d === undefined ? 1 : d, h || 0, i || 0, s || 0, ms || "
    "0);\n"
    "        }\n"
    "    }\n"
    "    StillDate.prototype = RealDate.prototype;\n"
    "    StillDate.now = function () { return now; };\n"
    "    StillDate.parse = RealDate.parse;\n"
    "    StillDate.UTC = RealDate.UTC;\n"
    "    RealDate.prototype.constructor = StillDate;\n"
    "    global.Date = StillDate;\n"
    "    var seed = 1;\n"
    "    Math.random = function () {\n"
    "        seed = seed * 48271 % 2147483647;\n"
    "        return (seed - 1) / 2147483646;\n"
    "    };\n"
    "    var util = global.koreUtil;\n"
    "    util.getSessionId = function () { return 'simulated-session'; };\n"
    "    util.autoTranslate = function (text) { return text; };\n"
    "    util.getAmbiguousIntents = function () { return []; };\n"
    "    util.getCurrentOptions = function () {\n"
    "        return {authorizationURL: 'https://login.example/authorize'};\n"
    "    };\n"
    "    ['_', 'moment', 'momenttz', 'intl', 'rrule', 'xml2js', 'hash'].forEach(function (name) {\n"
    "        Object.defineProperty(util, name, {get: function () {\n"
    "            throw new Error('koreUtil.' + name + ' is not part of the simulator');\n"
    "        }});\n"
    "    });\n"
    "    global.context = {entities: {}, session: {BotUserSession: {}, UserSession: {},\n"
    "        UserContext: {}, BotContext: {}, EnterpriseContext: {}}};\n"
    "    global.env = {};\n"
    "    global.content = {};\n"
    "    delete global.Duktape;\n"
    "})\n";

static void set_function(duk_context *duk, const char *name, duk_c_function function)
{
    duk_push_c_function(duk, function, DUK_VARARGS);
    duk_put_prop_string(duk, -2, name);
}

static duk_ret_t set_up(duk_context *duk, void *data)
{
    duk_push_global_object(duk);
    set_function(duk, "print", call_print);
    duk_push_object(duk);
    set_function(duk, "ClearAuthProfiles", call_clear_logins);
    set_function(duk, "ClearAllAuthProfiles", call_clear_logins);
    set_function(duk, "closeConversationSession", call_close);
    duk_put_prop_string(duk, -2, "koreUtil");
    duk_push_string(duk, "prelude");
    duk_compile_lstring_filename(duk, DUK_COMPILE_EVAL, prelude, sizeof prelude - 1);
    duk_call(duk, 0);
    duk_dup(duk, -2);
    duk_push_number(duk, (double)*(const long long *)data);
    duk_call(duk, 2);
    return 0;
}

/* ---- guarded calls ---- */

/* The message of the error on top of the stack, as UTF-8, with an end. */
static struct slice message_on_top(struct script_engine *engine, struct arena *arena)
{
    struct slice text = text_at(engine->duk, -1);
    size_t end = text.length;
    if (end > SCRIPT_MESSAGE_LIMIT) {
        end = SCRIPT_MESSAGE_LIMIT;
        while (((unsigned char)text.data[end] & 0xC0) == 0x80) {
            end--;
        }
    }
    struct builder out = builder_new(arena);
    add_utf8(&out, slice_part(text, 0, end));
    builder_add_text(&out, end < text.length ? "…" : "");
    return builder_slice(&out);
}

/* Runs `function` under Duktape; false, with `*error`, when it throws or the heap breaks. */
static bool call_guarded(struct script_engine *engine, struct arena *arena,
                         duk_safe_call_function function, void *data, struct script_error *error)
{
    const struct slice broken = SLICE("the script ran out of memory");
    jmp_buf recovery;
    if (engine->duk == NULL) {
        error->message = broken;
        return false;
    }
    engine->arena = arena;
    engine->recovery = &recovery;
    if (setjmp(recovery) != 0) {
        engine->recovery = NULL;
        error->message = broken;
        return false;
    }
    bool done = duk_safe_call(engine->duk, function, data, 0, 1) == DUK_EXEC_SUCCESS;
    if (!done) {
        if (duk_is_error(engine->duk, -1)) {
            duk_get_prop_string(engine->duk, -1, "lineNumber");
            error->line = duk_is_number(engine->duk, -1) ? (long)duk_get_int(engine->duk, -1) : 0;
            duk_pop(engine->duk);
            error->is_syntax = duk_get_error_code(engine->duk, -1) == DUK_ERR_SYNTAX_ERROR;
        }
        error->message = message_on_top(engine, arena);
    }
    duk_pop(engine->duk);
    engine->recovery = NULL;
    return done;
}

struct script_engine *script_engine_new(struct arena *arena, long long now,
                                        const struct script_hooks *hooks)
{
    struct script_engine *engine = arena_alloc(arena, sizeof *engine);
    engine->hooks = hooks;
    engine->blocks.next = engine->blocks.previous = &engine->blocks;
    arena_defer(arena, engine_release, engine);
    engine->duk =
        duk_create_heap(engine_allocate, engine_reallocate, engine_free, engine, engine_fatal);
    struct script_error error = {0};
    if (engine->duk == NULL || !call_guarded(engine, arena, set_up, &now, &error)) {
        arena_fail(arena);
    }
    return engine;
}

/* ---- running ---- */

struct run_call {
    struct slice name, source;
};

static duk_ret_t run_script(duk_context *duk, void *data)
{
    const struct run_call *call = data;
    struct script_engine *engine = engine_of(duk);
    struct builder wrapped = builder_new(engine->arena);
    builder_add(&wrapped, SLICE("(function () {")); /* on its first line, so that lines stay */
    builder_add(&wrapped, call->source);
    builder_add(&wrapped, SLICE("\n})"));
    push_text(duk, engine->arena, builder_slice(&wrapped));
    push_text(duk, engine->arena, call->name);
    duk_compile(duk, DUK_COMPILE_EVAL);
    duk_call(duk, 0);
    duk_call(duk, 0);
    return 0;
}

/* Duktape ends its messages with "(line 3, end of input)". */
static struct slice remove_place(struct slice message)
{
    size_t place = slice_find(message, " (line ", 0);
    return place < message.length ? slice_part(message, 0, place) : message;
}

struct script_result script_run(struct script_engine *engine, struct arena *arena,
                                struct slice name, struct slice source)
{
    struct script_result result = {0};
    struct run_call call = {name, source};
    engine->printed = builder_new(arena);
    engine->cleared_logins = engine->closed = false;
    if (engine->hooks != NULL) {
        engine->hooks->enter(engine->hooks->context, name);
    }
    result.failed = !call_guarded(engine, arena, run_script, &call, &result.error);
    if (engine->hooks != NULL) {
        engine->hooks->leave(engine->hooks->context);
    }
    result.error.message = remove_place(result.error.message);
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

struct get_call {
    struct slice path;
    struct slice json; /* empty: undefined */
};

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

static duk_ret_t get_value(duk_context *duk, void *data)
{
    struct get_call *call = data;
    struct script_engine *engine = engine_of(duk);
    duk_push_global_object(duk);
    for (size_t at = 0; at < call->path.length;) {
        if (!duk_check_type_mask(duk, -1, DUK_TYPE_MASK_OBJECT | DUK_TYPE_MASK_STRING)) {
            return 0; /* other values have no members */
        }
        push_text(duk, engine->arena, next_key(call->path, &at));
        duk_get_prop(duk, -2);
        duk_remove(duk, -2);
    }
    if (duk_is_undefined(duk, -1) || duk_is_callable(duk, -1)) {
        return 0;
    }
    duk_json_encode(duk, -1);
    if (!duk_is_string(duk, -1)) {
        return 0;
    }
    struct slice json = text_at(duk, -1);
    size_t size = json.length + nodes_of(json) * (sizeof(struct node) + sizeof(struct member));
    if (size > SCRIPT_VALUES_LIMIT - engine->values) {
        engine->values = SCRIPT_VALUES_LIMIT;
        duk_error_raw(duk, DUK_ERR_RANGE_ERROR, NULL, 0, "the values of the scripts are too large");
    }
    engine->values += size;
    struct builder out = builder_new(engine->arena);
    add_utf8(&out, json);
    call->json = builder_slice(&out);
    return 0;
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

struct node *script_show(struct script_engine *engine, struct arena *arena, struct slice path,
                         struct slice *reason)
{
    struct get_call call = {.path = path};
    struct script_error error = {.message = SLICE("it is undefined")};
    if (engine->hooks != NULL) {
        engine->hooks->enter(engine->hooks->context, path);
    }
    bool done = call_guarded(engine, arena, get_value, &call, &error);
    if (engine->hooks != NULL) {
        engine->hooks->leave(engine->hooks->context);
    }
    if (!done || call.json.length == 0) {
        *reason = error.message;
        return NULL;
    }
    return read_value(arena, call.json, reason);
}

struct node *script_get(struct script_engine *engine, struct arena *arena, struct slice path)
{
    struct slice reason;
    return script_show(engine, arena, path, &reason);
}

bool script_is_broken(const struct script_engine *engine)
{
    return engine->duk == NULL || engine->values == SCRIPT_VALUES_LIMIT;
}

struct set_call {
    const struct slice *segments;
    size_t count;
    const struct node *value;
};

static void push_node(duk_context *duk, struct arena *arena, const struct node *value)
{
    if (value->kind == NODE_STRING) {
        push_text(duk, arena, value->text);
        return;
    }
    struct builder json = builder_new(arena);
    struct json_writer writer = json_writer_new(&json, true);
    json_node(&writer, value);
    push_text(duk, arena, builder_slice(&json));
    duk_json_decode(duk, -1);
}

static duk_ret_t set_value(duk_context *duk, void *data)
{
    const struct set_call *call = data;
    struct arena *arena = engine_of(duk)->arena;
    duk_push_global_object(duk);
    for (size_t i = 0; i + 1 < call->count; i++) {
        push_text(duk, arena, call->segments[i]);
        duk_dup(duk, -1);
        duk_get_prop(duk, -3);
        if (!duk_is_object(duk, -1)) {
            if (call->value == NULL) {
                return 0;
            }
            duk_pop(duk);
            duk_dup(duk, -1);
            duk_push_object(duk);
            duk_put_prop(duk, -4);
            duk_dup(duk, -1);
            duk_get_prop(duk, -3);
        }
        duk_remove(duk, -2);
        duk_remove(duk, -2);
    }
    push_text(duk, arena, call->segments[call->count - 1]);
    if (call->value == NULL) {
        duk_del_prop(duk, -2);
    } else {
        push_node(duk, arena, call->value);
        duk_put_prop(duk, -3);
    }
    return 0;
}

void script_set(struct script_engine *engine, struct arena *arena, const struct slice *segments,
                size_t count, const struct node *value)
{
    struct set_call call = {segments, count, value};
    struct script_error error = {0};
    call_guarded(engine, arena, set_value, &call, &error);
}
