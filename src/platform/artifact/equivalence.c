/*
 * The table of what means nothing, measured on real exports: which keys an older platform did not
 * write, which values are its usual ones.
 */
#include "platform/artifact/equivalence.h"

#include "base/percent.h"
#include "document/json/layout.h"
#include "document/json/reader.h"
#include "document/tree/build.h"

/* A path and its length, by which most rows are told apart. */
#define PATH(path) path, sizeof(path) - 1

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
    size_t length;
    const char *values[4];
} usual_values[] = {
    {PATH("dialog/sceneRefId"), {NULL}},
    {PATH("dialog/vNameSpace"), {NULL}},
    {PATH("dialog/sequences"), {"[]"}},
    {PATH("dialog/lname"), {NULL}},
    {PATH("dialog/followUpIntents"), {"null", "[]"}},
    {PATH("dialog/isAbandonment"), {"false"}},
    {PATH("dialog/isFollowUp"), {"false"}},
    {PATH("dialog/isHidden"), {"false"}},
    {PATH("dialog/groups"), {NULL}},
    {PATH("dialog/onTaskFailure"), {"{\"msg\":[],\"enabled\":false}"}},
    {PATH("dialog/followupTaskOptions"), {"{\"isFollowUp\":false,\"message\":\"\"}"}},
    {PATH("dialog/followupTaskOptions/message"), {"\"\""}},
    {PATH("dialog/amendConfig/allowHidden"), {"false"}},
    {PATH("dialog/interruptOptions/resumeUxOptions/neverNotify"), {"false"}},
    {PATH("dialog/localeData/*/shortDesc"), {"\"\""}},

    {PATH("node/metadata"), {NULL}},
    {PATH("node/positionMeta"), {NULL}},
    {PATH("node/metadata/left"), {NULL}},
    {PATH("node/metadata/top"), {NULL}},
    {PATH("node/positionMeta/left"), {NULL}},
    {PATH("node/positionMeta/top"), {NULL}},
    {PATH("node/componentId"), {NULL}},
    {PATH("node/flowTaskId"), {NULL}},
    {PATH("node/contextMap"), {"text"}},
    {PATH("node/postContextMap"), {"text"}},
    {PATH("node/dialogRefId"), {NULL}},
    {PATH("node/vNameSpace"), {NULL}},
    {PATH("node/preConditions"), {"[]"}},
    {PATH("node/useTaskLevelNs"), {"true"}},
    {PATH("node/nodeOptions/message"), {"[]"}},
    {PATH("node/nodeOptions/errorMessage"), {"[]"}},
    {PATH("node/nodeOptions/customTags/session"), {"[]", "[{\"name\":\"\",\"value\":\"\"}]"}},
    {PATH("node/nodeOptions/customTags/message"), {"[]", "[{\"name\":\"\",\"value\":\"\"}]"}},
    {PATH("node/nodeOptions/customTags/user"), {"[]", "[{\"name\":\"\",\"value\":\"\"}]"}},
    {PATH("node/nodeOptions/customTags/altText"), {"[]"}},
    {PATH("node/nodeOptions/transitionType"), {"\"auto\""}},
    {PATH("node/nodeOptions/isRetriesExceeded"), {"false"}},
    {PATH("node/nodeOptions/promptOptions"), {"\"required\""}},
    {PATH("node/nodeOptions/reuseMarkedupPhrases"), {"false"}},
    {PATH("node/nodeOptions/interruptOptions/interruptsEnabled"), {"true"}},
    {PATH("node/nodeOptions/interruptOptions/priority"), {"\"task\""}},
    {PATH("node/nodeOptions/transitionMode"), {"\"initiateCurrentTask\""}},
    {PATH("node/nodeOptions/inputHandlingOptions"), {"\"useAsEntityValue\""}},
    {PATH("node/nodeOptions/reuseOptions"), {"\"1\"", "1"}},
    {PATH("node/nodeOptions/isOptional"), {"false"}},
    {PATH("node/nodeOptions/entityRules"), {"{}"}},
    {PATH("node/nodeOptions/userInputCorrection"), {"true"}},
    {PATH("node/nodeOptions/noAutoCorrection"), {"false"}},
    {PATH("node/nodeOptions/notForReuse"), {"false"}},
    {PATH("node/nodeOptions/contextTags"), {"[]"}},
    {PATH("node/nodeOptions/precedence"), {"\"entityOverIntent\""}},
    {PATH("node/nodeOptions/eventOptions/defaultMaxRetry/retry_limit"), {"5"}},
    {PATH("node/nodeOptions/eventOptions/defaultMaxRetry/action"), {"\"endOfDialog\""}},
    {PATH("node/nodeOptions/eventOptions/defaultMaxRetry/ref"), {"\"\""}},
    {PATH("node/nodeOptions/eventOptions/maxRetry/ref"), {"\"\""}},
    {PATH("node/transitions/*/metadata"), {NULL}},
    {PATH("node/transitions/*/metadata/color"), {NULL}},
    {PATH("node/transitions/*/metadata/connId"), {NULL}},
    {PATH("node/transitions/*/metadata/pathName"), {NULL}},
    {PATH("node/transitions/*/metadata/pathsMap"), {NULL}},
    {PATH("node/transitions/*/metadata/intent"), {"\"\""}},
    {PATH("node/transitions/*/userUtterance"), {NULL}},
    {PATH("node/transitions/*/if/context"), {"path"}},
    {PATH("node/transitions/*/if/tests/*/context"), {"path"}},
    {PATH("node/transitions/*/if"), {"idle"}},
    {PATH("node/transitions/*/if/tests/*"), {"idle"}},
    {PATH("node/transitions/*/if/op"), {"\"\""}},
    {PATH("node/transitions/*/if/value"), {"\"\""}},
    {PATH("node/transitions/*/if/tests/*/op"), {"\"\""}},
    {PATH("node/transitions/*/if/tests/*/value"), {"\"\""}},
    {PATH("node/transitions/*/default"), {"\"\"", "\"end\""}},
    {PATH("node/transitions/*/then"), {"\"\"", "\"end\""}},
    {PATH("node/nodes/*/nodeId"), {NULL}},
    {PATH("node/nodes/*/componentId"), {NULL}},
    {PATH("node/nodes/*/level"), {"\"root\""}},
    {PATH("node/nodes/*/nodeOptions"), {"{}"}},
    {PATH("node/nodes/*/nodeOptions/transitionType"), {"\"auto\""}},
    {PATH("node/nodes/*/nodeOptions/serviceAPITimeout"), {"20"}},
    {PATH("node/nodes/*/nodeOptions/timeOutError/closeConversation"), {"true"}},
    {PATH("node/nodes/*/nodeOptions/integrationFields"), {"{}"}},
    {PATH("node/nodes/*/nodeOptions/responseMapper"), {"{}"}},

    {PATH("component/parentId"), {NULL}},
    {PATH("component/dialogId"), {NULL}},
    {PATH("component/vNameSpace"), {NULL}},
    {PATH("component/piiDataEnabled"), {"false"}},
    {PATH("component/isSensitive"), {"false"}},
    {PATH("component/isArray"), {"false"}},
    {PATH("component/applyDefaultTemplate"), {"false"}},
    {PATH("component/useTaskLevelNs"), {"true"}},
    {PATH("component/spellcorrectThreshold"), {"0"}},
    {PATH("component/serviceNodeType"), {"\"custom\""}},
    {PATH("component/preConditions"), {"[]"}},
    {PATH("component/ivrOptions"),
     {"null",
      "{\"initialPrompts\":[],\"nomatchPrompts\":[],\"timeoutPrompts\":[],\"errorPrompts\":[],"
      "\"grammars\":[],\"advance\":{\"timeout\":10000,\"retry_limit\":3,\"bargein\":false,"
      "\"properties\":[],\"enable_log\":false,\"recording\":\"stop\"}}"}},
    {PATH("component/generativeAI"), {"{\"rephrase\":{\"isSysIntAndCustomPrompt\":false}}"}},
    {PATH("component/containmentType"), {"\"agenttransfer\""}},
    {PATH("component/rtmRenderType"), {"\"pop-up\""}},
    {PATH("component/subType"), {"\"static\""}},
    {PATH("component/localeData/*/allowedValues/indexKey"), {"\"\""}},
    {PATH("component/localeData/*/allowedValues/synonymsKey"), {"\"\""}},
    {PATH("component/localeData/*/traitRules"), {"[]"}},
    {PATH("component/localeData/*/patterns"), {"[]"}},
    {PATH("component/localeData/*/negativePatterns"), {"[]"}},
    {PATH("component/localeData/*/synonyms"), {"[]"}},
    {PATH("component/localeData/*/synonyms/yes"), {"[]"}},
    {PATH("component/localeData/*/synonyms/no"), {"[]"}},
    {PATH("component/localeData/*/desc"), {"\"\""}},
    {PATH("component/message/*/localeData/*/text"), {"text"}},
    {PATH("component/errorMessage/*/localeData/*/text"), {"text"}},
    {PATH("component/submitMessage/*/localeData/*/text"), {"text"}},
    {PATH("component/script"), {"text"}},
    {PATH("component/preProcessor"), {"text"}},
    {PATH("component/postProcessor"), {"text"}},
    {PATH("component/localeData/*/label"), {"blank"}},
    {PATH("component/endPoint/path"), {"text"}},
    {PATH("component/endPoint/host"), {"\"\""}},
    {PATH("component/endPoint/protocol"), {"\"\""}},
    {PATH("component/endPoint/port"), {"\"\""}},
    {PATH("component/endPoint/connectorEnabled"), {"false"}},
    {PATH("component/endPoint/piiDataEnabled"), {"false"}},
    {PATH("component/authRequired"), {"false"}},
    {PATH("component/payload/value"), {"\"\"", "\"%7B%7D\"", "\"{}\"", "\"undefined\""}},
    {PATH("component/payload/value"), {"text"}},
    {PATH("component/headers/value"), {"\"\"", "\"{}\""}},
    {PATH("component/headers/value"), {"text"}},
    {PATH("component/sampleResponse/*/response"), {"text"}},
    {PATH("component/serviceType"), {"\"rest\""}},
    {PATH("component/idp"), {"\"none\""}},
    {PATH("component/serviceAPITimeout"), {"20"}},
    {PATH("component/timeOutError/closeConversation"), {"true"}},
    {PATH("component/sampleResponse/*/name"), {NULL}},
    {PATH("component/sampleResponse/*/isDefault"), {"true"}},
    {PATH("component/nodes/*/nodeId"), {NULL}},
    {PATH("component/nodes/*/componentId"), {NULL}},
    {PATH("component/nodes/*/metadata"), {NULL}},
    {PATH("component/nodes/*/positionMeta"), {NULL}},
    {PATH("component/nodes/*/positionMeta/left"), {NULL}},
    {PATH("component/nodes/*/positionMeta/top"), {NULL}},
    {PATH("component/nodes/*/level"), {"\"root\""}},
    {PATH("component/nodes/*/transitions/*/default"), {"\"\"", "\"end\""}},
    {PATH("component/nodes/*/transitions/*/userUtterance"), {NULL}},
    {PATH("component/nodes/*/transitions/*/metadata/color"), {NULL}},
    {PATH("component/nodes/*/transitions/*/metadata/connId"), {NULL}},
    {PATH("component/nodes/*/transitions/*/metadata/pathName"), {NULL}},
    {PATH("component/nodes/*/transitions/*/metadata/pathsMap"), {NULL}},

    {PATH("sentence/_id"), {NULL}},
    {PATH("sentence/taskId"), {NULL}},
    {PATH("sentence/taskName"), {NULL}},
    {PATH("sentence/entities"), {"marks"}},
    {PATH("pattern/refId"), {NULL}},
    {PATH("pattern/taskName"), {NULL}},
    {PATH("pattern/taskType"), {NULL}},
    {PATH("pattern/nodeType"), {"\"dialog\""}},
    {PATH("pattern/localeData/*"), {"{}"}},
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

/* Some exports have all keys of nodes in the members of bot actions, too. */
static struct slice path_in_node(struct arena *arena, struct slice path)
{
    static const char members[] = "node/nodes/*/";
    if (!slice_starts_with(path, members)) {
        return path;
    }
    struct slice rest = slice_part(path, sizeof members - 1, path.length);
    return arena_printf(arena, "node/%.*s", SLICE_ARG(rest));
}

static bool is_row_of(const struct usual_values *usual, struct slice path)
{
    return usual->length == path.length && memcmp(usual->path, path.data, path.length) == 0;
}

static bool is_equivalent(struct arena *arena, struct slice path, const struct node *a,
                          const struct node *b)
{
    struct slice in_node = path_in_node(arena, path);
    for (size_t i = 0; i < sizeof usual_values / sizeof usual_values[0]; i++) {
        const struct usual_values *usual = &usual_values[i];
        if ((is_row_of(usual, path) || is_row_of(usual, in_node)) &&
            have_usual_values(arena, usual, a, b)) {
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
