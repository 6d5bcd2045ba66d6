/*
 * Names that were meant as references, without `${` and `}`: a text that says nothing but the name
 * of an entity, a part of a response, a field of the shown records, or a message.
 */
#include "language/check/families.h"

#include "base/ascii.h"
#include "document/tree/passage.h"
#include "language/operation/reference_value.h"

/* A name with dots, such as `lastName` or `saveService.body.id`. */
static bool is_path(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_word(text.data[i]) && text.data[i] != '.') {
            return false;
        }
    }
    return text.length > 0 && ascii_is_letter(text.data[0]);
}

static bool is_capital(char c)
{
    return ascii_to_lower(c) != c;
}

/* `lastName`, which nobody writes as a word of a sentence. */
static bool is_camel_case(struct slice name)
{
    bool inner = false;
    for (size_t i = 1; i < name.length; i++) {
        inner = inner || is_capital(name.data[i]);
    }
    return inner && !is_capital(name.data[0]);
}

/* `text` is what `node` says, without blanks. */
static void report(struct check *check, const struct node *node, struct slice text,
                   const char *done, const char *meant_before)
{
    struct diagnostic *d = diag_report(check->diagnostics, W0229, node->source, node->range,
                                       "`%.*s` is %s literally", SLICE_ARG(text), done);
    diag_suggest(check->diagnostics, d,
                 arena_printf(check->arena, "${%s%.*s}", meant_before, SLICE_ARG(text)));
}

/* Whether `text` names an entity, or leads into a service's response. */
static bool is_value(const struct check *check, struct slice text)
{
    size_t dot = slice_find(text, ".", 0);
    if (dot == SIZE_MAX) {
        return template_entity(check->template, text) != NULL;
    }
    struct slice behind = slice_part(text, dot + 1, text.length);
    return template_service(check->template, slice_part(text, 0, dot)) != NULL &&
           (slice_starts_with(behind, "body.") || slice_is(behind, "status") ||
            slice_is(behind, "error"));
}

/* ---- what is sent ---- */

static void check_sent(struct check *check, const struct node *node, struct slice key)
{
    if (node == NULL || node->kind != NODE_STRING) {
        return;
    }
    struct slice text = slice_trim(node->text);
    if (check_has_finding(check, E0808, node->source, node->range)) {
        return; /* it is no id, which is told with what was meant */
    }
    bool like = is_camel_case(text) || slice_equal_ignoring_case(text, key) ||
                slice_find(text, ".", 0) != SIZE_MAX;
    if (is_path(text) && like && is_value(check, text)) {
        report(check, node, text, "sent", "");
    }
}

static void check_body(struct check *check, const struct body *body, struct slice key)
{
    check_sent(check, body->node, key);
    for (size_t i = 0; i < body->count; i++) {
        check_body(check, &body->items[i], body->keys != NULL ? body->keys[i] : key);
    }
}

/* What is searched for: an entity's name is hardly ever a word that somebody always looks for. */
static void check_term(struct check *check, const struct node *node)
{
    if (node_is(node, NODE_STRING) && template_entity(check->template, node->text) != NULL &&
        !check_has_finding(check, E0808, node->source, node->range)) {
        report(check, node, node->text, "sent", "");
    }
}

/* `FIND {company}` looks for this word, and not for what the user has said. */
static void check_find(struct check *check, const struct node *search)
{
    size_t open = node_is(search, NODE_STRING) ? slice_find(search->text, "{", 0) : SIZE_MAX;
    size_t close = open != SIZE_MAX ? slice_find(search->text, "}", open) : SIZE_MAX;
    struct slice word =
        close != SIZE_MAX ? slice_trim(slice_part(search->text, open + 1, close)) : SLICE("");
    if (!is_path(word) || template_entity(check->template, word) == NULL) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0229, search->source, passage_range(search, word),
                    "`%.*s` is sent literally", SLICE_ARG(word));
    diag_suggest(check->diagnostics, d, arena_printf(check->arena, "${%.*s}", SLICE_ARG(word)));
}

/* The conditions of a query as a mapping: `{Company: {contains: company}}`. */
static void check_conditions(struct check *check, const struct node *node, struct slice field)
{
    static const char *const words[] = {"all",        "any",      "not",     "equals", "lessThan",
                                        "atMost",     "moreThan", "atLeast", "like",   "contains",
                                        "startsWith", "endsWith", "in",      "notIn",  "includes",
                                        "excludes",   NULL};
    check_sent(check, node, field);
    for (size_t i = 0; node_is(node, NODE_MAPPING) && i < node->count; i++) {
        struct slice key = node->members[i].key->text;
        check_conditions(check, node->members[i].value, slice_is_any(key, words) ? field : key);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        check_conditions(check, node->items[i], field);
    }
}

static void check_query(struct check *check, const struct service *service)
{
    const struct node *query = node_get(node_get(service->node, "salesforce"), "query");
    const struct node *where = node_is(query, NODE_MAPPING) ? node_get(query, "where") : NULL;
    if (service->salesforce.query.sosl != NULL) {
        check_find(check, service->salesforce.node);
    }
    if (node_is(where, NODE_MAPPING)) {
        check_conditions(check, where, SLICE(""));
    }
}

static void check_services(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        switch (service->kind) {
        case SERVICE_SALESFORCE:
            check_body(check, &service->salesforce.fields, SLICE(""));
            check_term(check, service->salesforce.term.node);
            if (service->salesforce.external != NULL) {
                check_term(check, service->salesforce.id.node);
            }
            check_query(check, service);
            break;
        case SERVICE_REQUEST:
            check_body(check, &service->request.body, SLICE(""));
            for (size_t j = 0; j < service->request.parameter_count; j++) {
                check_sent(check, service->request.parameters[j].value.node,
                           service->request.parameters[j].key->text);
            }
            break;
        case SERVICE_VERBATIM:
        case SERVICE_DATA_TABLE:
            break;
        }
    }
}

/* ---- what is shown ---- */

static void check_shown(struct check *check, const struct text_variant *variant)
{
    const struct node *node = variant->is_script ? NULL : variant->text.node;
    if (node == NULL) {
        return;
    }
    struct slice text = slice_trim(node->text);
    if (!is_path(text) || (!is_camel_case(text) && slice_find(text, ".", 0) == SIZE_MAX)) {
        return;
    }
    if (slice_starts_with(text, "item.") || is_value(check, text)) {
        report(check, node, text, "shown", "");
    }
}

/* What a question says, where the name of a message was meant. */
static void check_question(struct check *check, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        const struct text_variant *variant = &texts->variants[i];
        const struct node *node = variant->is_script ? NULL : variant->text.node;
        if (node == NULL || variant->borrowed) {
            continue;
        }
        struct slice text = slice_trim(node->text);
        if (template_message(check->template, text) == NULL) {
            continue;
        }
        struct diagnostic *d = diag_report(check->diagnostics, W0229, node->source, node->range,
                                           "`%.*s` is shown literally", SLICE_ARG(text));
        diag_note(check->diagnostics, d, NULL, node->range,
                  "there is a message with this name, but the text of a question is written here; "
                  "to say the message first, put `say: %.*s` before the step",
                  SLICE_ARG(text));
    }
}

static void check_questions(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->entity_count; i++) {
        check_question(check, &template->entities[i].prompt);
        check_question(check, &template->entities[i].error);
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (step->kind == STEP_CONFIRM) {
            check_question(check, &step->confirm.prompt);
        }
    }
}

/* ---- what is shown of each record ---- */

/* Whether the records that `message` shows are known to have the field `name`. */
static bool is_field(struct check *check, const struct message *message, struct slice name)
{
    const struct slice segments[] = {SLICE("item"), name};
    const struct reference item = {.segments = segments, .count = 2};
    struct reference place;
    if (!check_item_place(check, message, &item, &place)) {
        return false;
    }
    const struct reference *list = text_single(&message_records(message)->each);
    const struct service *service = check_resolution(check, list)->service;
    enum value_kind kind;
    size_t segment;
    return response_look_up(check->arena, service, &place, check_response_ends(check, service),
                            &kind, &segment, NULL, NULL) == RESPONSE_FOUND;
}

static void check_of_record(struct check *check, const struct message *message,
                            const struct text *text)
{
    const struct node *node = text->node;
    if (node != NULL && !text->has_references && is_path(node->text) &&
        is_field(check, message, node->text)) {
        report(check, node, node->text, "shown", "item.");
    }
}

static void check_texts_of_record(struct check *check, const struct message *message,
                                  const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (!texts->variants[i].borrowed && !texts->variants[i].is_script) {
            check_of_record(check, message, &texts->variants[i].text);
        }
    }
}

static void check_records(struct check *check, const struct message *message)
{
    const struct shown_records *records = message_records(message);
    if (records == NULL || records->each.node == NULL) {
        return;
    }
    if (message->kind == MESSAGE_TABLE) {
        for (size_t i = 0; i < message->table.count; i++) {
            check_of_record(check, message, &message->table.columns[i].value);
        }
        return;
    }
    for (size_t i = 0; i < message->elements.count; i++) {
        check_texts_of_record(check, message, &message->elements.items[i].title);
        check_texts_of_record(check, message, &message->elements.items[i].subtitle);
    }
}

/* ---- what is set ---- */

/* `set: {last: city}` */
static void check_set(struct check *check, const struct step *step)
{
    for (size_t i = 0; step->set.default_of == NULL && i < step->set.values.count; i++) {
        const struct node *node = step->set.values.items[i].value.node;
        if (node_is(node, NODE_STRING) && is_path(node->text) && is_value(check, node->text) &&
            !check_has_finding(check, E0409, node->source, node->range)) {
            report(check, node, node->text, "set", "");
        }
    }
}

/* ---- what is handed over ---- */

static void check_handed_over(struct check *check)
{
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (step->kind == STEP_SET) {
            check_set(check, step);
        }
        size_t count = step->kind == STEP_DIALOG ? step->dialog.with.count : 0;
        for (size_t j = 0; j < count; j++) {
            const struct node *node = step->dialog.with.items[j].value.node;
            if (node_is(node, NODE_STRING) && is_path(node->text) && is_value(check, node->text)) {
                report(check, node, node->text, "handed over", "");
            }
        }
    }
}

void check_bare_names(struct check *check)
{
    const struct template *template = check->template;
    if (template->imported != NULL) {
        return; /* it says what the bot says */
    }
    check_services(check);
    check_handed_over(check);
    check_each_text(check, check_shown);
    check_questions(check);
    for (size_t i = 0; i < template->message_count; i++) {
        check_records(check, &template->messages[i]);
    }
}
