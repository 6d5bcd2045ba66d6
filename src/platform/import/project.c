/* The project file and the auth profiles of an imported bot. */
#include "language/model/project.h"
#include "platform/import/importer.h"
#include "salesforce/operation.h"
#include "document/yaml/writer.h"

void import_add_file(struct importer *importer, struct import *import, struct slice path,
                     struct slice bytes)
{
    import->files =
        arena_append(importer->kept, import->files, import->file_count, sizeof *import->files);
    import->files[import->file_count++] = (struct imported_file){path, bytes};
}

/* A profile that services are bound to by its name; the platform has its settings. */
static void add_profile(struct importer *importer, struct import *import, struct map *taken,
                        struct slice name)
{
    struct arena *arena = importer->arena;
    if (name.length == 0 || slice_is(name, "none") || map_get(&importer->profiles, name) != NULL) {
        return;
    }
    struct slice *id = arena_alloc(arena, sizeof *id);
    *id = import_unique(arena, taken, import_identifier(arena, name, "profile"), "-", importer);
    map_add(&importer->profiles, name, id);
    struct node *root = node_new_mapping(arena);
    node_set(arena, root, SLICE("dialogc"), node_new_integer(arena, 1));
    node_set_text(arena, root, "profile", *id);
    node_set_text(arena, root, "name", name);
    node_set_text(arena, root, "type", SLICE("existing"));
    struct builder out = builder_new(arena);
    builder_add_text(
        &out, "# The platform holds this profile's settings; services refer to it by name.\n");
    yaml_write_members(&out, root, 0, NULL);
    struct slice path = arena_printf(arena, "auth/%.*s.yaml", SLICE_ARG(*id));
    struct slice bytes = arena_slice(arena, builder_slice(&out));
    import_add_file(importer, import, path, bytes);
    compiler_load_profile(importer->compiler, path.data, bytes, importer->diagnostics);
}

void import_add_profiles(struct importer *importer, struct import *import)
{
    struct map taken = map_new(importer->arena);
    const struct node *profiles = bot_section(importer->bot, "idpConfigurations");
    const struct node *components = bot_section(importer->bot, "dialogComponents");
    map_add(&taken, SLICE("none"), importer);
    for (size_t i = 0; i < node_length(profiles); i++) {
        add_profile(importer, import, &taken, node_text(profiles->items[i], "name"));
    }
    for (size_t i = 0; i < node_length(components); i++) {
        add_profile(importer, import, &taken, node_text(components->items[i], "idp"));
    }
}

/* The API version and the host of the first Salesforce call, and the host of the login. */
static struct node *salesforce_of(struct importer *importer)
{
    struct arena *arena = importer->arena;
    struct node *out = node_new_mapping(arena);
    const struct node *components = bot_section(importer->bot, "dialogComponents");
    const char *const usual[] = {PROJECT_API_VERSION, PROJECT_INSTANCE, PROJECT_LOGIN};
    const char *const keys[] = {"apiVersion", "instance", "login"};
    struct slice found[3] = {{0}};
    for (size_t i = 0; i < node_length(components); i++) {
        const struct node *point = node_get(components->items[i], "endPoint");
        struct slice path = import_decode_braces(arena, node_text(point, "path"));
        struct slice host = import_host(arena, node_text(point, "host"));
        struct slice version;
        struct slice rest;
        if (found[0].length == 0 && import_salesforce_path(path, &version, &rest)) {
            found[0] = version;
            found[1] = host;
        } else if (slice_is(path, operation_info(OPERATION_USERINFO)->route)) {
            found[2] = host;
        }
    }
    for (size_t i = 0; i < 3; i++) {
        if (found[i].length > 0 && !slice_is(found[i], usual[i])) {
            node_set_text(arena, out, keys[i], found[i]);
        }
    }
    return out;
}

static struct slice project_bytes(struct arena *arena, const struct node *root)
{
    struct builder out = builder_new(arena);
    yaml_write_members(&out, root, 0, NULL);
    return arena_slice(arena, builder_slice(&out));
}

void import_add_project(struct importer *importer, struct import *import)
{
    struct arena *arena = importer->arena;
    const struct node *locales = node_get(importer->bot->root, "localeData");
    struct node *root = node_new_mapping(arena);
    struct slice name = bot_name(importer->bot);
    node_set(arena, root, SLICE("dialogc"), node_new_integer(arena, 1));
    node_set_text(arena, root, "name", name.length > 0 ? name : SLICE("Imported bot"));
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; node_is(locales, NODE_MAPPING) && i < locales->count; i++) {
        node_append(arena, list, node_new_text(arena, locales->members[i].key->text));
    }
    if (list->count > 0) {
        node_set(arena, root, SLICE("locales"), list);
    }
    struct node *salesforce = salesforce_of(importer);
    struct node *whole = node_copy(arena, root);
    node_set(arena, whole, SLICE("salesforce"), salesforce);
    struct slice bytes = project_bytes(arena, salesforce->count > 0 ? whole : root);
    struct diagnostics refused = diagnostics_new(arena); /* a host that is none, a locale */
    if (!compiler_load_project(importer->compiler, "dialogc.yaml", bytes, &refused)) {
        bytes = project_bytes(arena, root);
    }
    import_add_file(importer, import, SLICE("dialogc.yaml"), bytes);
}
