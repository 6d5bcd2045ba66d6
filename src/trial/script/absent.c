/* In place of the other files, where dialogc is built without JavaScriptCore. */
#include "trial/script/engine.h"

bool script_is_available(void)
{
    return false;
}

struct script_machine *script_machine_new(struct arena *arena)
{
    arena_fail(arena);
}

bool script_machine_was_made(void)
{
    return false;
}

void script_machine_confine(void)
{
}

bool script_machine_has_grown(const struct script_machine *machine)
{
    (void)machine;
    return false;
}

void script_machine_begin_series(struct script_machine *machine)
{
    (void)machine;
}

size_t script_machine_stops(const struct script_machine *machine)
{
    (void)machine;
    return 0;
}

struct script_engine *script_engine_new(struct arena *arena, long long now,
                                        struct script_machine *machine)
{
    (void)now;
    (void)machine;
    arena_fail(arena);
}

struct script_result script_run(struct script_engine *engine, struct arena *arena,
                                struct slice source)
{
    (void)engine;
    (void)source;
    arena_fail(arena);
}

struct node *script_get(struct script_engine *engine, struct arena *arena, struct slice path)
{
    (void)engine;
    (void)path;
    arena_fail(arena);
}

struct node *script_get_member(struct script_engine *engine, struct arena *arena, struct slice path,
                               struct slice key)
{
    (void)engine;
    (void)path;
    (void)key;
    arena_fail(arena);
}

struct node *script_show(struct script_engine *engine, struct arena *arena, struct slice path,
                         struct slice *reason)
{
    (void)engine;
    (void)path;
    (void)reason;
    arena_fail(arena);
}

struct slice script_broken(const struct script_engine *engine)
{
    (void)engine;
    return SLICE("");
}

void script_set(struct script_engine *engine, struct arena *arena, const struct slice *segments,
                size_t count, const struct node *value)
{
    (void)engine;
    (void)segments;
    (void)count;
    (void)value;
    arena_fail(arena);
}
