/* Derived names: the service's own without "Service", or that of an entity, and a word. */
#include "language/model/platform_name.h"

#include "base/ascii.h"
#include "base/builder.h"

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

struct slice platform_set_name(struct arena *arena, struct slice variable)
{
    return arena_printf(arena, "%.*sSet", SLICE_ARG(variable));
}

struct slice platform_default_name(struct arena *arena, struct slice entity)
{
    return arena_printf(arena, "%.*sDefault", SLICE_ARG(entity));
}

struct slice platform_values_name(struct arena *arena, struct slice dialog)
{
    struct builder name = builder_new(arena);
    for (size_t i = 0; i < dialog.length; i++) {
        bool begins = i > 0 && dialog.data[i - 1] == '-';
        if (dialog.data[i] != '-') {
            builder_add_char(&name, begins ? ascii_to_upper(dialog.data[i]) : dialog.data[i]);
        }
    }
    builder_add_text(&name, "Values");
    return builder_slice(&name);
}
