/* Derived names: the service's own without "Service", and a word. */
#include "language/model/platform_name.h"

static struct slice derive(struct arena *arena, struct slice service, const char *word)
{
    struct slice stem = service;
    if (slice_ends_with(service, "Service") && service.length > 7) {
        stem = slice_part(service, 0, service.length - 7);
    }
    return arena_printf(arena, "%.*s%s", SLICE_ARG(stem), word);
}

struct slice platform_action_name(struct arena *arena, struct slice service)
{
    return derive(arena, service, "Action");
}

struct slice platform_script_name(struct arena *arena, struct slice service)
{
    return derive(arena, service, "Script");
}

struct slice platform_request_name(struct arena *arena, struct slice service)
{
    return derive(arena, service, "Request");
}

struct slice platform_failed_name(struct arena *arena, struct slice service)
{
    return derive(arena, service, "Failed");
}

struct slice platform_outcome_name(struct arena *arena, struct slice service)
{
    return derive(arena, service, "Outcome");
}

struct slice platform_login_name(struct arena *arena, struct slice service)
{
    return derive(arena, service, "Login");
}

struct slice platform_check_name(struct arena *arena, struct slice stem)
{
    return arena_printf(arena, "%.*sCheck", SLICE_ARG(stem));
}

struct slice platform_refused_name(struct arena *arena, struct slice stem)
{
    return arena_printf(arena, "%.*sRefused", SLICE_ARG(stem));
}
