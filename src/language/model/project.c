/* Loading the project file. */
#include "language/model/project.h"

#include "document/tree/build.h"

static struct slice text_or(const struct node *node, const char *key, const char *fallback)
{
    const struct node *value = node_get(node, key);
    return value != NULL ? value->text : slice_of(fallback);
}

struct project *project_load(struct arena *arena, const struct node *root,
                             struct sobject_catalog *catalog)
{
    struct project *project = arena_alloc(arena, sizeof *project);
    const struct node *salesforce = node_get(root, "salesforce");
    const struct node *locales = node_get(root, "locales");
    const struct node *variables = node_get(root, "variables");
    project->root = root;
    project->name = text_or(root, "name", "");
    project->channels = node_get(root, "channels");
    project->templates = node_get(root, "templates");
    project->auth = node_get(root, "auth");
    project->fragments = node_get(root, "fragments");
    project->sobjects = node_get(salesforce, "sobjects");
    project->catalog = catalog;
    project->output = text_or(root, "output", PROJECT_OUTPUT);
    project->api_version = text_or(salesforce, "apiVersion", PROJECT_API_VERSION);
    project->instance = text_or(salesforce, "instance", PROJECT_INSTANCE);
    project->login = text_or(salesforce, "login", PROJECT_LOGIN);
    project->currency = text_or(salesforce, "currency", "");
    project->parameters = node_get(root, "parameters");
    project->env = node_get(variables, "env");
    project->content = node_get(variables, "content");
    project->checks = node_get(root, "checks");
    project->environments = node_get(root, "environments");
    project->has_locales = locales != NULL;
    project->locale_count = locales != NULL ? locales->count : 1;
    struct slice *names = arena_alloc_array(arena, project->locale_count, sizeof *names);
    project->locales = names;
    for (size_t i = 0; i < project->locale_count; i++) {
        names[i] = locales != NULL ? locales->items[i]->text : SLICE("en");
    }
    return project;
}

bool project_has_locale(const struct project *project, struct slice locale)
{
    for (size_t i = 0; i < project->locale_count; i++) {
        if (slice_equal(project->locales[i], locale)) {
            return true;
        }
    }
    return false;
}

/* The parameters of the project, with those of the environment in their places. */
static const struct node *merge(struct arena *arena, const struct node *usual,
                                const struct node *special)
{
    if (usual == NULL || special == NULL) {
        return special != NULL ? special : usual;
    }
    struct node *merged = node_copy(arena, usual);
    for (size_t i = 0; i < special->count; i++) {
        node_set(arena, merged, special->members[i].key->text, special->members[i].value);
    }
    return merged;
}

struct project *project_in_environment(struct arena *arena, const struct project *project,
                                       struct slice name)
{
    const struct member *member =
        project->environments != NULL ? node_member(project->environments, name) : NULL;
    if (member == NULL) {
        return NULL;
    }
    struct project *changed = arena_alloc(arena, sizeof *changed);
    const struct node *environment = member->value;
    const struct node *auth = node_get(environment, "auth");
    *changed = *project;
    changed->environment =
        (struct project_environment){.name = member->key->text,
                                     .bot = node_text(environment, "bot"),
                                     .host = node_text(environment, "host"),
                                     .variables = node_get(environment, "variables")};
    changed->auth = auth != NULL ? auth : project->auth;
    changed->parameters = merge(arena, project->parameters, node_get(environment, "parameters"));
    return changed;
}
