/*
 * The table of what means nothing, measured on real exports: which keys an older platform did not
 * write, which values are its usual ones.
 */
#include "platform/artifact/equivalence.h"

#include "base/percent.h"
#include "document/json/layout.h"
#include "document/json/reader.h"
#include "document/tree/build.h"

/*
 * Paths, `*` for the number of an item and for a locale; and values, as JSON, that mean the same as
 * each other and as no value. NULL: any value (an id, a place on the canvas). "text": texts that
 * are equal but for their percent-encoding and the layout of their JSON. "path": paths in the
 * context, of which the platform takes `status` for `context.status`. "idle": conditions without
 * an operator, of which the platform does not use the value. "blank": texts, one of which is empty.
 * "marks": entities in a sentence, in any order, and those that name none.
 */
static const struct usual_values {
    const char *path;
    const char *values[4];
} usual_values[] = {
    {"dialog/sceneRefId", {NULL}},
    {"dialog/vNameSpace", {NULL}},
    {"dialog/sequences", {"[]"}},
    {"dialog/lname", {NULL}},
    {"dialog/followUpIntents", {"null", "[]"}},
    {"dialog/isAbandonment", {"false"}},
    {"dialog/isFollowUp", {"false"}},
    {"dialog/isHidden", {"false"}},
    {"dialog/groups", {NULL}},
    {"dialog/onTaskFailure", {"{\"msg\":[],\"enabled\":false}"}},
    {"dialog/followupTaskOptions", {"{\"isFollowUp\":false,\"message\":\"\"}"}},
    {"dialog/followupTaskOptions/message", {"\"\""}},
    {"dialog/amendConfig/allowHidden", {"false"}},
    {"dialog/interruptOptions/resumeUxOptions/neverNotify", {"false"}},
    {"dialog/localeData/*/shortDesc", {"\"\""}},

    {"node/metadata", {NULL}},
    {"node/positionMeta", {NULL}},
    {"node/metadata/left", {NULL}},
    {"node/metadata/top", {NULL}},
    {"node/positionMeta/left", {NULL}},
    {"node/positionMeta/top", {NULL}},
    {"node/componentId", {NULL}},
    {"node/flowTaskId", {NULL}},
    {"node/contextMap", {"text"}},
    {"node/postContextMap", {"text"}},
    {"node/dialogRefId", {NULL}},
    {"node/vNameSpace", {NULL}},
    {"node/preConditions", {"[]"}},
    {"node/useTaskLevelNs", {"true"}},
    {"node/nodeOptions/message", {"[]"}},
    {"node/nodeOptions/errorMessage", {"[]"}},
    {"node/nodeOptions/customTags/session", {"[]", "[{\"name\":\"\",\"value\":\"\"}]"}},
    {"node/nodeOptions/customTags/message", {"[]", "[{\"name\":\"\",\"value\":\"\"}]"}},
    {"node/nodeOptions/customTags/user", {"[]", "[{\"name\":\"\",\"value\":\"\"}]"}},
    {"node/nodeOptions/customTags/altText", {"[]"}},
    {"node/nodeOptions/transitionType", {"\"auto\""}},
    {"node/nodeOptions/isRetriesExceeded", {"false"}},
    {"node/nodeOptions/promptOptions", {"\"required\""}},
    {"node/nodeOptions/reuseMarkedupPhrases", {"false"}},
    {"node/nodeOptions/interruptOptions/interruptsEnabled", {"true"}},
    {"node/nodeOptions/interruptOptions/priority", {"\"task\""}},
    {"node/nodeOptions/transitionMode", {"\"initiateCurrentTask\""}},
    {"node/nodeOptions/inputHandlingOptions", {"\"useAsEntityValue\""}},
    {"node/nodeOptions/reuseOptions", {"\"1\"", "1"}},
    {"node/nodeOptions/isOptional", {"false"}},
    {"node/nodeOptions/entityRules", {"{}"}},
    {"node/nodeOptions/userInputCorrection", {"true"}},
    {"node/nodeOptions/noAutoCorrection", {"false"}},
    {"node/nodeOptions/notForReuse", {"false"}},
    {"node/nodeOptions/contextTags", {"[]"}},
    {"node/nodeOptions/precedence", {"\"entityOverIntent\""}},
    {"node/nodeOptions/eventOptions/defaultMaxRetry/retry_limit", {"5"}},
    {"node/nodeOptions/eventOptions/defaultMaxRetry/action", {"\"endOfDialog\""}},
    {"node/nodeOptions/eventOptions/defaultMaxRetry/ref", {"\"\""}},
    {"node/nodeOptions/eventOptions/maxRetry/ref", {"\"\""}},
    {"node/transitions/*/metadata", {NULL}},
    {"node/transitions/*/metadata/color", {NULL}},
    {"node/transitions/*/metadata/connId", {NULL}},
    {"node/transitions/*/metadata/pathName", {NULL}},
    {"node/transitions/*/metadata/pathsMap", {NULL}},
    {"node/transitions/*/metadata/intent", {"\"\""}},
    {"node/transitions/*/userUtterance", {NULL}},
    {"node/transitions/*/if/context", {"path"}},
    {"node/transitions/*/if/tests/*/context", {"path"}},
    {"node/transitions/*/if", {"idle"}},
    {"node/transitions/*/if/tests/*", {"idle"}},
    {"node/transitions/*/if/op", {"\"\""}},
    {"node/transitions/*/if/value", {"\"\""}},
    {"node/transitions/*/if/tests/*/op", {"\"\""}},
    {"node/transitions/*/if/tests/*/value", {"\"\""}},
    {"node/transitions/*/default", {"\"\"", "\"end\""}},
    {"node/transitions/*/then", {"\"\"", "\"end\""}},
    {"node/nodes/*/nodeId", {NULL}},
    {"node/nodes/*/componentId", {NULL}},
    {"node/nodes/*/level", {"\"root\""}},
    {"node/nodes/*/nodeOptions", {"{}"}},
    {"node/nodes/*/nodeOptions/transitionType", {"\"auto\""}},
    {"node/nodes/*/nodeOptions/serviceAPITimeout", {"20"}},
    {"node/nodes/*/nodeOptions/timeOutError/closeConversation", {"true"}},

    {"component/parentId", {NULL}},
    {"component/dialogId", {NULL}},
    {"component/vNameSpace", {NULL}},
    {"component/piiDataEnabled", {"false"}},
    {"component/isSensitive", {"false"}},
    {"component/isArray", {"false"}},
    {"component/applyDefaultTemplate", {"false"}},
    {"component/useTaskLevelNs", {"true"}},
    {"component/spellcorrectThreshold", {"0"}},
    {"component/serviceNodeType", {"\"custom\""}},
    {"component/preConditions", {"[]"}},
    {"component/ivrOptions",
     {"null",
      "{\"initialPrompts\":[],\"nomatchPrompts\":[],\"timeoutPrompts\":[],\"errorPrompts\":[],"
      "\"grammars\":[],\"advance\":{\"timeout\":10000,\"retry_limit\":3,\"bargein\":false,"
      "\"properties\":[],\"enable_log\":false,\"recording\":\"stop\"}}"}},
    {"component/generativeAI", {"{\"rephrase\":{\"isSysIntAndCustomPrompt\":false}}"}},
    {"component/containmentType", {"\"agenttransfer\""}},
    {"component/rtmRenderType", {"\"pop-up\""}},
    {"component/subType", {"\"static\""}},
    {"component/localeData/*/allowedValues/indexKey", {"\"\""}},
    {"component/localeData/*/allowedValues/synonymsKey", {"\"\""}},
    {"component/localeData/*/traitRules", {"[]"}},
    {"component/localeData/*/patterns", {"[]"}},
    {"component/localeData/*/negativePatterns", {"[]"}},
    {"component/localeData/*/synonyms", {"[]"}},
    {"component/localeData/*/synonyms/yes", {"[]"}},
    {"component/localeData/*/synonyms/no", {"[]"}},
    {"component/localeData/*/desc", {"\"\""}},
    {"component/message/*/localeData/*/text", {"text"}},
    {"component/errorMessage/*/localeData/*/text", {"text"}},
    {"component/submitMessage/*/localeData/*/text", {"text"}},
    {"component/script", {"text"}},
    {"component/preProcessor", {"text"}},
    {"component/postProcessor", {"text"}},
    {"component/localeData/*/label", {"blank"}},
    {"component/endPoint/path", {"text"}},
    {"component/endPoint/host", {"\"\""}},
    {"component/endPoint/protocol", {"\"\""}},
    {"component/endPoint/port", {"\"\""}},
    {"component/endPoint/connectorEnabled", {"false"}},
    {"component/endPoint/piiDataEnabled", {"false"}},
    {"component/authRequired", {"false"}},
    {"component/payload/value", {"\"\"", "\"%7B%7D\"", "\"{}\"", "\"undefined\""}},
    {"component/payload/value", {"text"}},
    {"component/headers/value", {"\"\"", "\"{}\""}},
    {"component/headers/value", {"text"}},
    {"component/sampleResponse/*/response", {"text"}},
    {"component/serviceType", {"\"rest\""}},
    {"component/idp", {"\"none\""}},
    {"component/serviceAPITimeout", {"20"}},
    {"component/timeOutError/closeConversation", {"true"}},
    {"component/sampleResponse/*/name", {NULL}},
    {"component/sampleResponse/*/isDefault", {"true"}},
    {"component/nodes/*/nodeId", {NULL}},
    {"component/nodes/*/componentId", {NULL}},
    {"component/nodes/*/metadata", {NULL}},
    {"component/nodes/*/positionMeta", {NULL}},
    {"component/nodes/*/positionMeta/left", {NULL}},
    {"component/nodes/*/positionMeta/top", {NULL}},
    {"component/nodes/*/level", {"\"root\""}},
    {"component/nodes/*/transitions/*/default", {"\"\"", "\"end\""}},
    {"component/nodes/*/transitions/*/userUtterance", {NULL}},
    {"component/nodes/*/transitions/*/metadata/color", {NULL}},
    {"component/nodes/*/transitions/*/metadata/connId", {NULL}},
    {"component/nodes/*/transitions/*/metadata/pathName", {NULL}},
    {"component/nodes/*/transitions/*/metadata/pathsMap", {NULL}},

    {"sentence/_id", {NULL}},
    {"sentence/taskId", {NULL}},
    {"sentence/taskName", {NULL}},
    {"sentence/entities", {"marks"}},
    {"pattern/refId", {NULL}},
    {"pattern/taskName", {NULL}},
    {"pattern/taskType", {NULL}},
    {"pattern/nodeType", {"\"dialog\""}},
    {"pattern/localeData/*", {"{}"}},
};

static const struct node *parse(struct arena *arena, struct slice json)
{
    return json_read_quietly(arena, json);
}

/* True when `value` (NULL: no value) is one of the usual ones. */
static bool is_one_of(struct arena *arena, const struct usual_values *usual,
                      const struct node *value)
{
    if (value == NULL) {
        return true;
    }
    for (size_t i = 0; i < 4 && usual->values[i] != NULL; i++) {
        const struct node *meant = parse(arena, slice_of(usual->values[i]));
        if (meant != NULL && node_equal(meant, value)) {
            return true;
        }
    }
    return false;
}

/* A path in the context without the `context.` that it begins with. */
static struct slice bare_path(struct slice path)
{
    static const char root[] = "context.";
    return slice_starts_with(path, root) ? slice_part(path, sizeof root - 1, path.length) : path;
}

struct slice artifact_apply_manner(struct arena *arena, struct slice text, struct slice manner)
{
    if (slice_is(manner, "open")) {
        return slice_is(text, "end") ? SLICE("") : text;
    }
    if (slice_is(manner, "bare")) {
        return bare_path(text);
    }
    bool plain = slice_starts_with(manner, "plain");
    bool json = slice_starts_with(manner, "json ");
    size_t start = plain ? strlen("plain") : json ? strlen("json ") : 0;
    struct slice word = slice_trim(slice_part(manner, start, manner.length));
    enum json_layout layout = json_layout_find(word);
    struct slice inside = json ? text : percent_decode_text(arena, text);
    if (layout != JSON_LAYOUT_COUNT) {
        enum json_layout present;
        const struct node *value = json_read_layout(arena, inside, &present);
        if (value == NULL) {
            return text;
        }
        struct builder out = builder_new(arena);
        json_write_layout(&out, value, layout);
        inside = builder_slice(&out);
    }
    if (plain || json) {
        return inside;
    }
    struct builder encoded = builder_new(arena);
    percent_encode(&encoded, inside);
    return builder_slice(&encoded);
}

struct slice artifact_find_manner(struct arena *arena, const struct node *have,
                                  const struct node *want)
{
    static const char *const prefixes[] = {"plain", "", "json "};
    if (!node_is(have, NODE_STRING) || !node_is(want, NODE_STRING)) {
        return SLICE("");
    }
    if (slice_is(have->text, "end") && want->text.length == 0) {
        return SLICE("open");
    }
    if (slice_starts_with(have->text, "context.") &&
        slice_equal(bare_path(have->text), want->text)) {
        return SLICE("bare");
    }
    for (size_t layout = 0; layout <= JSON_LAYOUT_COUNT; layout++) {
        for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
            bool bare = layout == 0; /* first without a layout */
            const char *name = bare ? "" : json_layout_name((enum json_layout)(layout - 1));
            if (bare && i != 0) {
                continue;
            }
            struct slice manner =
                arena_printf(arena, "%s%s%s", prefixes[i], i == 0 && !bare ? " " : "", name);
            if (slice_equal(artifact_apply_manner(arena, have->text, manner), want->text)) {
                return manner;
            }
        }
    }
    return SLICE("");
}

/* What the test of a transition can be about. */
static const char *const subjects[] = {"field", "context", "intent", "dialogAct", "tests"};
enum { SUBJECT_COUNT = sizeof subjects / sizeof subjects[0] };

static bool is_empty(const struct node *value)
{
    return value == NULL || (node_is(value, NODE_STRING) && value->text.length == 0);
}

bool artifact_is_unfilled(const struct node *condition)
{
    for (size_t i = 0; i < SUBJECT_COUNT; i++) {
        if (!is_empty(node_get(condition, subjects[i]))) {
            return false;
        }
    }
    return node_is(condition, NODE_MAPPING);
}

/* Both ask whether the same thing has a value. */
static bool ask_whether_given(const struct node *a, const struct node *b)
{
    for (size_t i = 0; i < SUBJECT_COUNT; i++) {
        struct slice of_a = bare_path(node_text(a, subjects[i]));
        if (!slice_equal(of_a, bare_path(node_text(b, subjects[i])))) {
            return false;
        }
    }
    return node_is(a, NODE_MAPPING) && node_is(b, NODE_MAPPING) && is_empty(node_get(a, "op")) &&
           is_empty(node_get(b, "op")) && node_get(a, "tests") == NULL &&
           node_get(b, "tests") == NULL;
}

/* True when every mark of an entity in `b` is in `a`, too. */
static bool has_marks_of(const struct node *a, const struct node *b)
{
    for (size_t i = 0; i < node_length(b); i++) {
        bool found = node_text(b->items[i], "entityId").length == 0;
        for (size_t j = 0; !found && j < node_length(a); j++) {
            found = node_equal(a->items[j], b->items[i]);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool have_usual_values(struct arena *arena, const struct usual_values *usual,
                              const struct node *a, const struct node *b)
{
    if (usual->values[0] == NULL) {
        return true;
    }
    bool texts = node_is(a, NODE_STRING) && node_is(b, NODE_STRING);
    if (strcmp(usual->values[0], "path") == 0) {
        return texts && slice_equal(bare_path(a->text), bare_path(b->text));
    }
    if (strcmp(usual->values[0], "idle") == 0) {
        return (artifact_is_unfilled(a) && artifact_is_unfilled(b)) || ask_whether_given(a, b);
    }
    if (strcmp(usual->values[0], "blank") == 0) {
        return texts && (a->text.length == 0 || b->text.length == 0);
    }
    if (strcmp(usual->values[0], "marks") == 0) {
        return has_marks_of(a, b) && has_marks_of(b, a);
    }
    if (strcmp(usual->values[0], "text") == 0) {
        return (texts && slice_equal(percent_decode_text(arena, a->text),
                                     percent_decode_text(arena, b->text))) ||
               artifact_find_manner(arena, a, b).length > 0;
    }
    return is_one_of(arena, usual, a) && is_one_of(arena, usual, b);
}

static bool is_equivalent(struct arena *arena, struct slice path, const struct node *a,
                          const struct node *b)
{
    for (size_t i = 0; i < sizeof usual_values / sizeof usual_values[0]; i++) {
        if (slice_is(path, usual_values[i].path) &&
            have_usual_values(arena, &usual_values[i], a, b)) {
            return true;
        }
    }
    /* a mapping that one side lacks means nothing when nothing in it does */
    const struct node *whole = a == NULL ? b : b == NULL ? a : NULL;
    if (!node_is(whole, NODE_MAPPING) || whole->count == 0) {
        return false;
    }
    bool under_locales = slice_ends_with(path, "/localeData");
    for (size_t i = 0; i < whole->count; i++) {
        const struct member *member = &whole->members[i];
        struct slice key = under_locales ? SLICE("*") : member->key->text;
        struct slice inner = arena_printf(arena, "%.*s/%.*s", SLICE_ARG(path), SLICE_ARG(key));
        if (!is_equivalent(arena, inner, a != NULL ? member->value : NULL,
                           b != NULL ? member->value : NULL)) {
            return false;
        }
    }
    return true;
}

bool artifact_is_equivalent(struct arena *arena, struct slice path, const struct node *a,
                            const struct node *b)
{
    struct arena_mark mark = arena_mark(arena);
    bool equivalent = is_equivalent(arena, path, a, b);
    arena_rewind(arena, mark);
    return equivalent;
}
