/* Stubs: the nodes of a dialog with their options and transitions. */
#include "document/tree/build.h"
#include "platform/artifact/writer.h"

/* ---- node options ---- */

static void write_retries(struct json_writer *json, const struct entity *entity)
{
    json_begin_object_member(json, "eventOptions");
    json_begin_object_member(json, "defaultMaxRetry");
    json_integer_member(json, "retry_limit", entity->retries);
    json_word_member(json, "action", SLICE("endOfDialog"));
    json_end_object(json);
    json_end_object(json);
}

/* Seen once in exports: {channel, localeData: {en: {text, type}}}. */
static void write_default_value(struct json_writer *json, const struct template *template,
                                const struct node *value)
{
    struct slice text = value->text;
    if (value->kind == NODE_BOOLEAN) {
        text = value->boolean ? SLICE("true") : SLICE("false");
    }
    json_begin_object_member(json, "defaultValue");
    json_word_member(json, "channel", SLICE("default"));
    json_begin_object_member(json, "localeData");
    for (size_t i = 0; i < template->locale_count; i++) {
        json_key_slice(json, template->locales[i]);
        json_begin_object(json);
        json_key(json, "text");
        artifact_write_encoded(json, text);
        json_word_member(json, "type", SLICE("basic"));
        json_end_object(json);
    }
    json_end_object(json);
    json_end_object(json);
}

static void write_tags(struct json_writer *json)
{
    json_begin_object_member(json, "customTags");
    json_empty_array_member(json, "session");
    json_empty_array_member(json, "message");
    json_empty_array_member(json, "user");
    json_end_object(json);
}

static void write_interruptions(struct json_writer *json, bool is_question)
{
    json_begin_object_member(json, "interruptOptions");
    if (is_question) {
        json_boolean_member(json, "interruptsEnabled", true);
    }
    json_word_member(json, "priority", SLICE("task"));
    json_end_object(json);
}

/* Writes the author's value of an option; false when there is none. */
static bool write_given(struct json_writer *json, const struct dialog_node *node, const char *key)
{
    const struct node *value = node->options != NULL ? node_get(node->options, key) : NULL;
    if (value != NULL) {
        json_key(json, key);
        json_node(json, value);
    }
    return value != NULL;
}

static void write_word(struct json_writer *json, const struct dialog_node *node, const char *key,
                       const char *usual)
{
    if (!write_given(json, node, key)) {
        json_text_member(json, key, slice_of(usual));
    }
}

static void write_flag(struct json_writer *json, const struct dialog_node *node, const char *key,
                       bool usual)
{
    if (!write_given(json, node, key)) {
        json_boolean_member(json, key, usual);
    }
}

/* The author's events, with the id of the node that they lead to for its label. */
static bool write_events(struct artifact_writer *w, const struct dialog_node *node)
{
    struct node *events = node_copy(w->arena, node_get(node->options, "eventOptions"));
    struct node *retries = node_copy(w->arena, node_get(events, "defaultMaxRetry"));
    node_remove(retries, SLICE("goto"));
    if (node_get(retries, "action") == NULL) {
        node_set_text(w->arena, retries, "action", SLICE("executeNode"));
    }
    node_set_text(w->arena, retries, "ref", slice_of(w->ids[node->retries].node.text));
    node_set(w->arena, events, SLICE("defaultMaxRetry"), retries);
    json_key(&w->json, "eventOptions");
    json_node(&w->json, events);
    return true;
}

static enum artifact_options options_of(const struct dialog_node *node)
{
    if (node->kind == DIALOG_ENTITY) {
        return node->entity.entity->optional ? OPTIONS_OPTIONAL : OPTIONS_REQUIRED;
    }
    return node->kind == DIALOG_CONFIRM ? OPTIONS_CONFIRM : OPTIONS_PLAIN;
}

/* The options that all nodes have. */
static void write_common_options(struct json_writer *json, const struct dialog_node *node)
{
    enum artifact_options kind = options_of(node);
    bool is_question = kind != OPTIONS_PLAIN;
    if (!write_given(json, node, "customTags")) {
        write_tags(json);
    }
    write_word(json, node, "transitionType", "auto");
    write_flag(json, node, "isRetriesExceeded", false);
    write_word(json, node, "promptOptions", kind == OPTIONS_OPTIONAL ? "optional" : "required");
    write_flag(json, node, "reuseMarkedupPhrases", false);
    if (!write_given(json, node, "interruptOptions")) {
        write_interruptions(json, is_question);
    }
    write_word(json, node, "transitionMode", "initiateCurrentTask");
    write_word(json, node, "inputHandlingOptions", "useAsEntityValue");
    write_word(json, node, "reuseOptions", "1");
    write_flag(json, node, "userInputCorrection", true);
    write_flag(json, node, "noAutoCorrection", false);
    write_flag(json, node, "notForReuse", false);
    if (!write_given(json, node, "contextTags")) {
        json_empty_array_member(json, "contextTags");
    }
    if (is_question) {
        write_word(json, node, "precedence", "entityOverIntent");
    }
}

/* Where the author has given none, the common ones are copied from the first such node. */
static void write_options(struct artifact_writer *w, const struct dialog_node *node)
{
    static const char *const rare[] = {"errorPromptSequencing", "arraySize", "isOptional",
                                       "entityRules"};
    struct json_writer *json = &w->json;
    struct json_passage own = {0};
    struct json_passage *passage = node->options == NULL ? &w->options[options_of(node)] : &own;
    json_begin_object_member(json, "nodeOptions");
    if (!json_repeat(json, passage)) {
        write_common_options(json, node);
        json_end_passage(json, passage);
    }
    for (size_t i = 0; i < sizeof rare / sizeof rare[0]; i++) {
        write_given(json, node, rare[i]);
    }
    bool has_events =
        node->retries > 0 ? write_events(w, node) : write_given(json, node, "eventOptions");
    if (node->kind == DIALOG_ENTITY) {
        if (!has_events) {
            write_retries(json, node->entity.entity);
        }
        if (node->entity.entity->default_value != NULL) {
            write_default_value(json, w->dialog->template, node->entity.entity->default_value);
        }
    }
    json_end_object(json);
}

/* ---- transitions ---- */

/* The platform's words; "exists" is never written (see below). */
static const char *operator_word(enum operator_kind comparison)
{
    switch (comparison) {
    case OPERATOR_EQUAL:
        return "eq";
    case OPERATOR_NOT_EQUAL:
        return "neq";
    case OPERATOR_GREATER:
        return "gt";
    case OPERATOR_GREATER_EQUAL:
        return "gte";
    case OPERATOR_CONTAINS:
        return "cnt";
    case OPERATOR_MISSING:
        return "dne";
    case OPERATOR_LESS:
        return "lt";
    case OPERATOR_LESS_EQUAL:
        return "lte";
    case OPERATOR_EXISTS:
    case OPERATOR_PLATFORM: /* has a name of its own */
        break;
    }
    return "";
}

static void write_target(struct artifact_writer *w, const char *key, size_t target)
{
    json_key(&w->json, key);
    if (target == DIALOG_END) {
        json_word(&w->json, SLICE("end"));
    } else {
        json_word(&w->json, slice_of(w->ids[target].node.text));
    }
}

static void write_connection(struct artifact_writer *w, const struct artifact_id *node,
                             struct slice node_key, size_t number, bool conditional)
{
    struct json_writer *json = &w->json;
    struct artifact_id id = artifact_connection_id(node, w->dialog->template->id, node_key, number);
    json_begin_object_member(json, "metadata");
    json_word_member(json, "color", slice_of(conditional ? "#299d8e" : "#676767"));
    artifact_write_id(json, "connId", &id);
    json_word_member(json, "pathName", SLICE(""));
    json_empty_array_member(json, "pathsMap");
    json_end_object(json);
}

static void write_test_members(struct artifact_writer *w, const struct dialog_test *test)
{
    struct json_writer *json = &w->json;
    switch (test->kind) {
    case DIALOG_TEST_ANSWER:
        json_text_member(json, "dialogAct", test->value);
        return;
    case DIALOG_TEST_INTENT:
        json_text_member(json, "intent", test->value);
        return;
    case DIALOG_TEST_ENTITY:
        artifact_write_id(json, "field", &w->ids[test->node].node);
        break;
    case DIALOG_TEST_CONTEXT:
    case DIALOG_TEST_NEVER: /* an empty path */
        json_text_member(json, "context", test->path);
        break;
    }
    bool own = test->comparison == OPERATOR_PLATFORM;
    struct slice word = own ? test->operator_name : slice_of(operator_word(test->comparison));
    bool exists = test->kind != DIALOG_TEST_NEVER && test->comparison == OPERATOR_EXISTS;
    if (!exists) { /* a test without operator: it has a value */
        json_text_member(json, "op", word);
        json_text_member(json, "value", test->value);
    }
}

static void write_tests(struct artifact_writer *w, const struct dialog_transition *transition)
{
    struct json_writer *json = &w->json;
    json_begin_object_member(json, "if");
    if (transition->test_count == 1) {
        write_test_members(w, &transition->tests[0]);
    } else {
        json_word_member(json, "conjoin", transition->any ? SLICE("or") : SLICE("and"));
        json_begin_array_member(json, "tests");
        for (size_t i = 0; i < transition->test_count; i++) {
            json_begin_object(json);
            write_test_members(w, &transition->tests[i]);
            json_end_object(json);
        }
        json_end_array(json);
    }
    json_end_object(json);
}

/* What the editor shows as the user's words on this connection. */
static struct slice utterance_of(const struct dialog_transition *transition)
{
    const struct dialog_test *test = &transition->tests[0];
    if (test->kind == DIALOG_TEST_ANSWER) {
        return slice_is(test->value, "yes") ? SLICE("Yes") : SLICE("No");
    }
    return test->kind == DIALOG_TEST_ENTITY ? test->value : SLICE("");
}

static void write_transitions(struct artifact_writer *w, const struct dialog_node *node)
{
    const struct artifact_id *id = &artifact_ids_of(w, node)->node;
    struct json_writer *json = &w->json;
    json_begin_array_member(json, "transitions");
    for (size_t i = 0; i < node->transition_count; i++) {
        const struct dialog_transition *transition = &node->transitions[i];
        json_begin_object(json);
        if (transition->test_count == 0) {
            write_target(w, "default", transition->target);
            write_connection(w, id, node->key, i, false);
        } else {
            write_tests(w, transition);
            write_connection(w, id, node->key, i, true);
            write_target(w, "then", transition->target);
            json_text_member(json, "userUtterance", utterance_of(transition));
        }
        json_end_object(json);
    }
    json_end_array(json);
}

/* ---- places ---- */

static void write_position(struct json_writer *json, const char *key,
                           const struct dialog_node *node)
{
    json_begin_object_member(json, key);
    json_integer_member(json, "left", node->left);
    json_integer_member(json, "top", node->top);
    json_end_object(json);
}

/* Scripts, services and logic nodes outside of bot actions are older than the newer key. */
static bool is_older(enum dialog_kind kind)
{
    return kind == DIALOG_SCRIPT || kind == DIALOG_SERVICE || kind == DIALOG_LOGIC;
}

/* ---- members of bot actions ---- */

static void write_service_options(struct json_writer *json, const struct dialog_request *request)
{
    json_begin_object_member(json, "nodeOptions");
    json_integer_member(json, "serviceAPITimeout", request->timeout);
    json_begin_object_member(json, "timeOutError");
    json_boolean_member(json, "closeConversation", true);
    json_end_object(json);
    json_end_object(json);
}

static void write_members(struct artifact_writer *w, const struct dialog_node *node)
{
    struct json_writer *json = &w->json;
    json_begin_array_member(json, "nodes");
    for (size_t i = 0; i < node->member_count; i++) {
        const struct dialog_node *member = &node->members[i];
        const struct artifact_node_ids *ids = &artifact_ids_of(w, node)->members[i];
        json_begin_object(json);
        json_word_member(json, "type", slice_of(node_type_name(member->kind)));
        json_text_member(json, "componentId", slice_of(ids->component.text));
        json_word_member(json, "level", SLICE("root"));
        artifact_write_id(json, "nodeId", &ids->node);
        if (member->kind == DIALOG_SERVICE) {
            write_service_options(json, &member->service.request);
        }
        json_end_object(json);
    }
    json_end_array(json);
}

/* The members as the component holds them: with transitions from one to the next. */
void artifact_write_action_nodes(struct artifact_writer *w, const struct dialog_node *node)
{
    struct json_writer *json = &w->json;
    const struct artifact_node_ids *ids = artifact_ids_of(w, node)->members;
    json_begin_array_member(json, "nodes");
    for (size_t i = 0; i < node->member_count; i++) {
        const struct dialog_node *member = &node->members[i];
        json_begin_object(json);
        json_word_member(json, "type", slice_of(node_type_name(member->kind)));
        artifact_write_id(json, "nodeId", &ids[i].node);
        json_text_member(json, "componentId", slice_of(ids[i].component.text));
        json_begin_array_member(json, "transitions");
        json_begin_object(json);
        json_key(json, "default");
        if (i + 1 < node->member_count) {
            json_word(json, slice_of(ids[i + 1].node.text));
        } else {
            json_word(json, SLICE(""));
        }
        write_connection(w, &ids[i].node, member->key, 0, false);
        json_end_object(json);
        json_end_array(json);
        write_position(json, "positionMeta", member);
        json_word_member(json, "level", SLICE("root"));
        json_end_object(json);
    }
    json_end_array(json);
}

/* What a call of a dialog assigns before or after it. */
static void write_assignment(struct json_writer *json, const char *key, struct slice text)
{
    if (text.length > 0) {
        json_key(json, key);
        artifact_write_encoded(json, text);
    }
}

static void write_call(struct json_writer *json, const struct dialog_node *node)
{
    const struct node *before = node->call.step->dialog.before;
    const struct node *after = node->call.step->dialog.after;
    struct artifact_id callee = artifact_ref_of_dialog(node->call.callee);
    json_text_member(json, "flowTaskId", slice_of(callee.text));
    write_assignment(json, "contextMap", before != NULL ? before->text : node->call.values);
    write_assignment(json, "postContextMap", after != NULL ? after->text : SLICE(""));
}

void artifact_write_stub(struct artifact_writer *w, const struct dialog_node *node)
{
    struct json_writer *json = &w->json;
    const struct artifact_node_ids *ids = artifact_ids_of(w, node);
    json_begin_object(json);
    write_options(w, node);
    json_empty_array_member(json, "vNameSpace");
    json_empty_array_member(json, "preConditions");
    json_boolean_member(json, "useTaskLevelNs", true);
    artifact_write_id(json, "nodeId", &ids->node);
    json_word_member(json, "type", slice_of(node_type_name(node->kind)));
    json_text_member(json, "componentId", slice_of(ids->component.text));
    write_transitions(w, node);
    write_position(json, is_older(node->kind) ? "metadata" : "positionMeta", node);
    if (node->kind == DIALOG_ACTION) {
        write_members(w, node);
    }
    if (node->kind == DIALOG_CALL) {
        write_call(json, node);
    }
    json_end_object(json);
}
