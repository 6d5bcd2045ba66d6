/*
 * Realms: to make one takes longer than to run most conversations, so one conversation after the
 * other gets the same, as long as none leaves anything in it (realm.js).
 */
#include "trial/script/engine.h"
#include "trial/script/libraries.h"
#include "trial/script/parts.h"

/*
 * Before a realm is remembered, so many conversations get realms of their own: to look at all that
 * is in one takes as long as they do. The number doubles when conversations change their realms.
 */
#define LEAST_PATIENCE 32
#define MOST_PATIENCE  4096

/* ---- calls ---- */

static JSObjectRef evaluate(struct script_machine *machine, struct script_realm *realm,
                            const char *name)
{
    JSStringRef source = script_machine_string(machine, script_library(slice_of(name)));
    JSStringRef url = script_machine_string(machine, slice_of(name));
    JSValueRef value = JSEvaluateScript(realm->context, source, NULL, url, 1, NULL);
    JSStringRelease(source);
    JSStringRelease(url);
    return (JSObjectRef)value;
}

/* Calls a function; NULL when it throws, or when there is none. */
static JSValueRef call(struct script_realm *realm, JSObjectRef function, size_t count,
                       const JSValueRef *given)
{
    return function != NULL
               ? JSObjectCallAsFunction(realm->context, function, NULL, count, given, NULL)
               : NULL;
}

/* Calls a function of realm.js. */
static JSValueRef call_own(struct script_machine *machine, struct script_realm *realm,
                           const char *name, JSValueRef given)
{
    JSStringRef key = script_machine_string(machine, slice_of(name));
    JSValueRef function = JSObjectGetProperty(realm->context, realm->own, key, NULL);
    JSStringRelease(key);
    return call(realm, (JSObjectRef)function, 1, &given);
}

/* ---- making and unmaking ---- */

static bool make_own(struct script_machine *machine, struct script_realm *realm)
{
    const JSValueRef global = JSContextGetGlobalObject(realm->context);
    realm->own = (JSObjectRef)call(realm, evaluate(machine, realm, "realm"), 1, &global);
    if (realm->own != NULL) {
        JSValueProtect(realm->context, realm->own);
    }
    return realm->own != NULL;
}

static void unmake(struct script_machine *machine, struct script_realm *realm)
{
    if (realm->own != NULL) {
        JSValueUnprotect(realm->context, realm->own);
    }
    JSGlobalContextRelease(realm->context);
    *realm = (struct script_realm){.natives = realm->natives, .next = machine->spare};
    machine->spare = realm;
}

/* The machine comes to its end. */
static void release_idle(void *resource)
{
    struct script_machine *machine = resource;
    if (machine->idle != NULL) {
        unmake(machine, machine->idle);
    }
}

/* True when the next new realm is to last. */
static bool is_time(struct script_machine *machine)
{
    if (machine->patience == 0) {
        machine->alone = machine->patience = LEAST_PATIENCE;
        arena_defer(machine->strings.arena, release_idle, machine);
    }
    machine->alone -= machine->alone > 0;
    return machine->alone == 0;
}

/* A new realm; NULL when it cannot be made. */
static struct script_realm *make(struct script_machine *machine)
{
    struct script_realm *realm = machine->spare;
    if (realm == NULL) {
        realm = arena_alloc(machine->strings.arena, sizeof *realm);
    } else {
        machine->spare = realm->next;
    }
    realm->context = JSGlobalContextCreateInGroup(machine->group, NULL);
    if (!make_own(machine, realm)) {
        unmake(machine, realm);
        return NULL;
    }
    JSValueRef nothing = JSValueMakeUndefined(realm->context);
    realm->is_remembered =
        is_time(machine) && call_own(machine, realm, "remember", nothing) != NULL;
    return realm;
}

/* ---- a conversation ---- */

static bool begin(struct script_machine *machine, struct script_realm *realm, long long now)
{
    const JSValueRef given[] = {JSContextGetGlobalObject(realm->context),
                                script_make_natives(machine, realm)};
    JSValueRef time = JSValueMakeNumber(realm->context, (double)now);
    return call_own(machine, realm, "begin", time) != NULL &&
           call(realm, evaluate(machine, realm, "platform"), 2, given) != NULL;
}

bool script_realm_enter(struct script_engine *engine, long long now)
{
    struct script_machine *machine = engine->machine;
    struct script_realm *realm = machine->idle != NULL ? machine->idle : make(machine);
    machine->idle = NULL;
    if (realm == NULL) {
        return false;
    }
    realm->engine = engine;
    realm->has_run = false;
    realm->served++;
    if (!begin(machine, realm, now)) {
        unmake(machine, realm);
        return false;
    }
    engine->realm = realm;
    engine->context = realm->context;
    return true;
}

void script_realm_note(struct script_realm *realm, struct slice source)
{
    /* With these, a builtin can be changed in a way that realm.js does not look for. */
    static const char *const words[] = {"defineProp", "__define"};
    realm->has_run = true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        realm->is_changed = realm->is_changed || slice_find(source, words[i], 0) < source.length;
    }
}

static bool is_as_before(struct script_engine *engine)
{
    struct script_realm *realm = engine->realm;
    if (realm->is_changed || engine->broken.length > 0) {
        return false;
    }
    JSValueRef has_run = JSValueMakeBoolean(realm->context, realm->has_run);
    JSValueRef left = call_own(engine->machine, realm, "leave", has_run);
    return left != NULL && JSValueToBoolean(realm->context, left);
}

void script_realm_leave(struct script_engine *engine)
{
    struct script_machine *machine = engine->machine;
    struct script_realm *realm = engine->realm;
    bool is_good = realm->is_remembered && is_as_before(engine);
    if (is_good && machine->idle == NULL) {
        machine->idle = realm;
        return;
    }
    if (realm->is_remembered && !is_good) {
        bool was_worth = realm->served > LEAST_PATIENCE;
        size_t patience = was_worth ? LEAST_PATIENCE : machine->patience * 2;
        machine->patience = patience < MOST_PATIENCE ? patience : MOST_PATIENCE;
        machine->alone = machine->patience;
    }
    unmake(machine, realm);
}
