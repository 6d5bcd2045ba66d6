/* The order of the families: references first, since the others follow their pointers. */
#include "language/check/families.h"

const struct analysis *check_template(struct arena *arena, const struct template *template,
                                      const struct auth_profiles *profiles,
                                      struct diagnostics *diagnostics)
{
    struct check check = {
        .arena = arena, .diagnostics = diagnostics, .template = template, .profiles = profiles};
    size_t errors = diagnostics->error_count;
    check.graph = flow_graph_build(arena, template, diagnostics);
    check.analysis = analysis_new(arena, template, check.graph);
    check.unresolved = diagnostics->error_count > errors || template->has_malformed;
    check.unknown_names = map_new(arena);
    /* scripts are read for their own mistakes, and for warnings and hints */
    bool reads_scripts = diagnostics_want(diagnostics, E0508);
    struct context_writes writes =
        reads_scripts ? context_writes_of(arena, template) : context_writes_unread(arena);
    check.writes = &writes;
    check_objects(&check);
    check_references(&check);
    check_formats(&check);
    check_operations(&check);
    check_names(&check);
    check_entities(&check);
    check_training(&check);
    check_channels(&check);
    check_flow(&check);
    check_security(&check);
    check_requests(&check);
    check_answers(&check);
    check_wildcards(&check);
    check_links(&check);
    if (reads_scripts) {
        check_scripts(&check);
    }
    if (!diagnostics->errors_only) { /* these only warn */
        check_alike_buttons(&check);
        check_braces(&check);
        check_bare_names(&check);
        check_context(&check);
        check_unused(&check);
    }
    return check.analysis;
}
