/*
 * Artifacts, read by a second reader (cJSON): valid under schemas/xo-dialog.schema.json, and whole:
 * every id unique, every reference resolved, stubs and components in agreement.
 *
 *     test_artifact FILE...
 */
#include "support.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/map.h"
#include "document/json/reader.h"
#include "document/schema/schema.h"

static int file_count;
static char **files;

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsString(value)) {
        fail_msg("%s is no text", key);
    }
    return value->valuestring;
}

static const cJSON *list_of(const cJSON *object, const char *key)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    assert_true(cJSON_IsArray(value));
    return value;
}

static void take_once(struct map *seen, const char *id)
{
    if (map_add(seen, slice_of(id), seen) != NULL) {
        fail_msg("%s stands twice", id);
    }
}

static const cJSON *find(const cJSON *list, const char *key, const char *value)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(text_of(item, key), value) == 0) {
            return item;
        }
    }
    return NULL;
}

static void check_target(const cJSON *nodes, const char *target)
{
    if (strcmp(target, "end") != 0 && target[0] != '\0' && find(nodes, "nodeId", target) == NULL) {
        fail_msg("a transition leads to %s, which is not there", target);
    }
}

static void check_transitions(const cJSON *nodes, const cJSON *node)
{
    const cJSON *list = list_of(node, "transitions");
    int size = cJSON_GetArraySize(list);
    assert_true(size > 0);
    for (int i = 0; i < size; i++) {
        const cJSON *transition = cJSON_GetArrayItem(list, i);
        bool is_default = cJSON_HasObjectItem(transition, "default");
        assert_int_equal(is_default, i + 1 == size); /* the default is there, and last */
        check_target(nodes, text_of(transition, is_default ? "default" : "then"));
        const cJSON *test = cJSON_GetObjectItem(transition, "if");
        if (test != NULL && cJSON_HasObjectItem(test, "field")) {
            const cJSON *asked = find(nodes, "nodeId", text_of(test, "field"));
            assert_non_null(asked);
            assert_string_equal(text_of(asked, "type"), "entity");
        }
    }
}

/* A bot action's stub repeats the nodes of its component; they run one after the other. */
static void check_action(const cJSON *components, const cJSON *stub, const cJSON *component,
                         struct map *node_ids)
{
    const cJSON *outer = list_of(stub, "nodes");
    const cJSON *inner = list_of(component, "nodes");
    int size = cJSON_GetArraySize(inner);
    assert_int_equal(cJSON_GetArraySize(outer), size);
    for (int i = 0; i < size; i++) {
        const cJSON *a = cJSON_GetArrayItem(outer, i);
        const cJSON *b = cJSON_GetArrayItem(inner, i);
        assert_string_equal(text_of(a, "nodeId"), text_of(b, "nodeId"));
        assert_string_equal(text_of(a, "componentId"), text_of(b, "componentId"));
        const cJSON *content = find(components, "_id", text_of(a, "componentId"));
        assert_non_null(content);
        assert_string_equal(text_of(content, "type"), text_of(a, "type"));
        take_once(node_ids, text_of(a, "nodeId"));
        const char *next = text_of(cJSON_GetArrayItem(list_of(b, "transitions"), 0), "default");
        assert_string_equal(next, i + 1 < size ? text_of(cJSON_GetArrayItem(inner, i + 1), "nodeId")
                                               : "");
    }
}

static void check_nodes(struct arena *arena, const cJSON *root, struct map *used)
{
    const cJSON *dialog = cJSON_GetArrayItem(list_of(root, "dialogs"), 0);
    const cJSON *nodes = list_of(dialog, "nodes");
    const cJSON *components = list_of(root, "dialogComponents");
    struct map node_ids = map_new(arena);
    struct map places = map_new(arena);
    const cJSON *node;
    assert_string_equal(text_of(cJSON_GetArrayItem(nodes, 0), "nodeId"), "intent0");
    cJSON_ArrayForEach(node, nodes)
    {
        const cJSON *component = find(components, "_id", text_of(node, "componentId"));
        assert_non_null(component);
        assert_string_equal(text_of(component, "type"), text_of(node, "type"));
        take_once(&node_ids, text_of(node, "nodeId"));
        map_add(used, slice_of(text_of(node, "componentId")), used);
        check_transitions(nodes, node);
        const cJSON *newer = cJSON_GetObjectItem(node, "positionMeta");
        const cJSON *older = cJSON_GetObjectItem(node, "metadata");
        assert_true((newer == NULL) != (older == NULL));
        const cJSON *position = newer != NULL ? newer : older;
        struct slice place =
            arena_printf(arena, "%g/%g", cJSON_GetObjectItem(position, "left")->valuedouble,
                         cJSON_GetObjectItem(position, "top")->valuedouble);
        take_once(&places, place.data);
        if (strcmp(text_of(node, "type"), "botAction") == 0) {
            check_action(components, node, component, &node_ids);
            const cJSON *member;
            cJSON_ArrayForEach(member, list_of(node, "nodes"))
            {
                map_add(used, slice_of(text_of(member, "componentId")), used);
            }
        }
    }
    assert_string_equal(
        text_of(dialog, "_id"),
        cJSON_GetArrayItem(
            list_of(cJSON_GetObjectItem(cJSON_GetObjectItem(root, "exportOptions"), "subTasks"),
                    "dialogs"),
            0)
            ->valuestring);
}

static void check_components(struct arena *arena, const cJSON *root, const struct map *used)
{
    const cJSON *components = list_of(root, "dialogComponents");
    const cJSON *patterns = list_of(root, "patterns");
    struct map ids = map_new(arena);
    int trained = 0;
    const cJSON *component;
    cJSON_ArrayForEach(component, components)
    {
        const char *type = text_of(component, "type");
        take_once(&ids, text_of(component, "_id"));
        take_once(&ids, text_of(component, "refId"));
        if (map_get(used, slice_of(text_of(component, "_id"))) == NULL) {
            fail_msg("the component %s is an orphan", text_of(component, "name"));
        }
        if (strcmp(type, "intent") == 0 || strcmp(type, "entity") == 0) {
            const cJSON *pattern = find(patterns, "refId", text_of(component, "refId"));
            trained += pattern != NULL;
            if (pattern != NULL) {
                assert_string_equal(text_of(pattern, "taskType"), type);
            }
        }
        if (strcmp(type, "service") == 0 &&
            strcmp(text_of(component, "serviceNodeType"), "datatable") != 0) {
            bool bound = cJSON_IsTrue(cJSON_GetObjectItem(component, "authRequired"));
            assert_int_equal(bound, strcmp(text_of(component, "idp"), "none") != 0);
        }
    }
    assert_int_equal(cJSON_GetArraySize(patterns), trained);
}

static void check_sentences(struct arena *arena, const cJSON *root)
{
    const cJSON *components = list_of(root, "dialogComponents");
    struct map ids = map_new(arena);
    const cJSON *sentence;
    cJSON_ArrayForEach(sentence, list_of(root, "sentences"))
    {
        take_once(&ids, text_of(sentence, "_id"));
        const cJSON *intent = find(components, "_id", text_of(sentence, "taskId"));
        assert_non_null(intent);
        assert_string_equal(text_of(intent, "type"), "intent");
        assert_string_equal(text_of(intent, "name"), text_of(sentence, "taskName"));
        const cJSON *mark;
        cJSON_ArrayForEach(mark, list_of(sentence, "entities"))
        {
            const cJSON *entity = find(components, "_id", text_of(mark, "entityId"));
            assert_non_null(entity);
            assert_string_equal(text_of(entity, "type"), "entity");
            assert_true(cJSON_GetObjectItem(mark, "startIndex")->valuedouble <
                        cJSON_GetObjectItem(mark, "endIndex")->valuedouble);
        }
    }
}

static const struct schema *artifact_schema(struct arena *arena)
{
    struct schema_set *set = schema_set_new(arena);
    struct diagnostics list = diagnostics_new(arena);
    struct source *source;
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        if (strcmp(file->name, "schemas/xo-dialog.schema.json") == 0) {
            const struct node *root =
                json_read(arena, file->name,
                          (struct slice){(const char *)file->bytes, file->length}, &list, &source);
            schema_set_add(set, SLICE("https://dialogc.dev/schemas/xo-dialog.schema.json"), root);
        }
    }
    return schema_compile(set, SLICE("https://dialogc.dev/schemas/xo-dialog.schema.json"), &list);
}

static void check_text(const char *path, struct slice bytes)
{
    if (bytes.data[bytes.length - 1] != '}' || slice_find(bytes, "\r", 0) != SIZE_MAX) {
        fail_msg("%s is not formatted as exports are", path);
    }
}

static void artifacts_are_whole(void **state)
{
    (void)state;
    assert_true(file_count > 0);
    WITH_ARENA(arena);
    const struct schema *schema = artifact_schema(&arena);
    assert_non_null(schema);
    for (int i = 0; i < file_count; i++) {
        struct slice bytes;
        const char *reason;
        struct source *source;
        struct diagnostics list = diagnostics_new(&arena);
        assert_int_equal(file_read(&arena, files[i], 1 << 24, &bytes, &reason), FILE_OK);
        const struct node *node = json_read(&arena, files[i], bytes, &list, &source);
        assert_non_null(node);
        if (!schema_validate(&list, schema, node)) {
            fail_msg("%s is not valid: %.*s", files[i], SLICE_ARG(list.first->message));
        }
        check_text(files[i], bytes);
        cJSON *root = cJSON_ParseWithLength(bytes.data, bytes.length);
        struct map used = map_new(&arena);
        check_nodes(&arena, root, &used);
        check_components(&arena, root, &used);
        check_sentences(&arena, root);
        cJSON_Delete(root);
    }
    arena_free(&arena);
}

/* The schema is strict: each of these changes to an artifact must be refused. */
static void schema_refuses_changes(void **state)
{
    (void)state;
    static const char *const changes[][2] = {
        {"\"type\": \"message\"", "\"type\": \"massage\""},
        {"\"promptOptions\": \"required\"", "\"promptOptions\": 1"},
        {"\"nodeId\": \"intent0\",", ""},
        {"\"lname\":", "\"lName\":"},
        {"\"isHidden\": false", "\"isHidden\": \"false\""},
        {"\"_id\": \"dc-", "\"_id\": \"xx-"},
        {"\"dialogs\":", "\"dialog\":"},
        {"\"connId\": \"dummy-", "\"connection\": \"dummy-"},
        {"\"transitionType\": \"auto\",", ""},
        {"\"taskType\": \"intent\"", "\"taskType\": \"intend\""},
    };
    WITH_ARENA(arena);
    const struct schema *schema = artifact_schema(&arena);
    struct slice bytes;
    const char *reason;
    assert_int_equal(file_read(&arena, files[0], 1 << 24, &bytes, &reason), FILE_OK);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        size_t at = slice_find(bytes, changes[i][0], 0);
        assert_true(at != SIZE_MAX);
        struct slice rest = slice_part(bytes, at + strlen(changes[i][0]), bytes.length);
        struct slice changed =
            arena_printf(&arena, "%.*s%s%.*s", (int)at, bytes.data, changes[i][1], SLICE_ARG(rest));
        struct diagnostics list = diagnostics_new(&arena);
        struct source *source;
        const struct node *node = json_read(&arena, "changed", changed, &list, &source);
        assert_non_null(node);
        if (schema_is_valid(&arena, schema, node)) {
            fail_msg("%s instead of %s counts as valid", changes[i][1], changes[i][0]);
        }
    }
    arena_free(&arena);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(artifacts_are_whole),
        cmocka_unit_test(schema_refuses_changes),
    };
    file_count = count - 1;
    files = arguments + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
