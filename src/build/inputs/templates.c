#include "build/inputs/templates.h"

#include "build/inputs/content.h"
#include "build/inputs/named.h"

/* True when one of the folders of `path` has one of these names. */
static bool is_below(const char *path, const char *const *folders)
{
    const char *end;
    for (const char *part = path; (end = strchr(part, '/')) != NULL; part = end + 1) {
        if (slice_is_any((struct slice){part, (size_t)(end - part)}, folders)) {
            return true;
        }
    }
    return false;
}

/*
 * True unless it is below a folder of other inputs, a project file, or holds conversations; what is
 * above the `folder` that is searched does not count.
 */
static bool is_template(const char *path, const char *folder)
{
    static const char *const others[] = {"auth", "fragments", "sobjects", NULL};
    return !is_below(file_inside(folder, path), others) &&
           strcmp(file_name(path), PROJECT_FILE) != 0 && !content_is_conversation(path);
}

/* The folders below `folder` that are projects of their own, as the project files of `found` show.
 */
static struct file_list find_inner_projects(struct arena *arena, const struct file_list *found,
                                            const char *folder)
{
    struct file_list inner = {0};
    for (size_t i = 0; i < found->count; i++) {
        if (strcmp(file_name(found->paths[i]), PROJECT_FILE) == 0) {
            const char *project = file_folder(arena, found->paths[i]);
            if (strcmp(project, folder) != 0) {
                file_list_add(arena, &inner, project);
            }
        }
    }
    return inner;
}

static bool is_inside_any(const struct file_list *folders, const char *path)
{
    for (size_t i = 0; i < folders->count; i++) {
        size_t length = strlen(folders->paths[i]);
        if (strncmp(path, folders->paths[i], length) == 0 && path[length] == '/') {
            return true;
        }
    }
    return false;
}

void templates_leave_out_inner_projects(struct arena *arena, struct file_list *found,
                                        const char *folder)
{
    struct file_list inner = find_inner_projects(arena, found, folder);
    struct file_list kept = {0};
    for (size_t i = 0; inner.count > 0 && i < found->count; i++) {
        if (!is_inside_any(&inner, found->paths[i])) {
            file_list_add(arena, &kept, found->paths[i]);
        }
    }
    *found = inner.count > 0 ? kept : *found;
}

void templates_add(struct arena *arena, struct file_list *inputs, struct findings *findings,
                   const char *path)
{
    if (content_is_conversation(path)) {
        return; /* `*.yaml` means the templates, and these lie beside them */
    }
    if (strcmp(path, "-") == 0 || !input_is_folder(findings, path)) {
        file_list_add(arena, inputs, path);
        return;
    }
    struct file_list found = {0};
    const char *reason;
    const char *folder = file_without_slash(arena, path);
    if (!file_find(arena, folder, FILE_YAML, &found, &reason)) {
        findings_fail(findings, "cannot read %s: %s", path, reason);
        return;
    }
    templates_leave_out_inner_projects(arena, &found, folder);
    for (size_t i = 0; i < found.count; i++) {
        if (is_template(found.paths[i], folder)) {
            file_list_add(arena, inputs, found.paths[i]);
        }
    }
}

void templates_add_project(struct arena *arena, struct file_list *inputs, struct findings *findings,
                           const struct project *project, const char *folder)
{
    if (project->templates == NULL) {
        templates_add(arena, inputs, findings, file_join(arena, folder, SLICE("templates")));
    }
    for (size_t i = 0; i < node_length(project->templates); i++) {
        const struct node *named = project->templates->items[i];
        const char *path = file_join(arena, folder, named->text);
        if (named_exists(arena, findings, named, path)) {
            templates_add(arena, inputs, findings, path);
        }
    }
}

static void add_conversations(struct arena *arena, struct file_list *conversations,
                              const char *path)
{
    struct file_list found = {0};
    const char *reason;
    const char *folder = file_without_slash(arena, path);
    if (file_type_of(folder, &reason) != FILE_TYPE_FOLDER ||
        !file_find(arena, folder, FILE_YAML, &found, &reason)) {
        return;
    }
    templates_leave_out_inner_projects(arena, &found, folder);
    for (size_t i = 0; i < found.count; i++) {
        if (content_is_conversation(found.paths[i])) {
            file_list_add(arena, conversations, found.paths[i]);
        }
    }
}

void conversations_add_project(struct arena *arena, struct file_list *conversations,
                               const struct project *project, const char *folder)
{
    if (project->templates == NULL) {
        add_conversations(arena, conversations, file_join(arena, folder, SLICE("templates")));
    }
    for (size_t i = 0; i < node_length(project->templates); i++) {
        add_conversations(arena, conversations,
                          file_join(arena, folder, project->templates->items[i]->text));
    }
}
