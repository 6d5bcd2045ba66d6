/*
 * What references say is in a response: which responses a message can show, those of successes, of
 * failures, or of both, and whether these have the parts.
 */
#include "language/check/families.h"

#include "base/suggestion.h"
#include "language/operation/reference_value.h"
#include "salesforce/path.h"

/* Marks the nodes between calls of `service` that an edge of one of them leads to. */
static void mark_behind(struct check *check, const struct service *service, bool failed,
                        bool *marked)
{
    const struct flow_graph *graph = check->graph;
    for (size_t i = 0; i < graph->count; i++) {
        const struct step *step = graph->nodes[i].step;
        marked[i] = step->kind == STEP_CALL && slice_equal(step->target, service->name);
    }
    for (size_t i = 0; i < graph->count; i++) {
        const struct flow_node *node = &graph->nodes[i];
        bool calls =
            node->step->kind == STEP_CALL && slice_equal(node->step->target, service->name);
        for (size_t j = 0; calls && j < node->edge_count; j++) {
            if ((node->edges[j].outcome != OUTCOME_NEXT) == failed &&
                !(flow_is_node(node->edges[j].target) && marked[node->edges[j].target])) {
                flow_graph_mark_reachable(check->arena, graph, node->edges[j].target, marked);
            }
        }
    }
}

/* True when one of the marked nodes says `message`. */
static bool is_said(const struct check *check, const struct message *message, const bool *marked)
{
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (marked[i] && step->kind == STEP_SAY && slice_equal(step->target, message->name)) {
            return true;
        }
    }
    return false;
}

enum response_ends check_response_ends(struct check *check, const struct service *service)
{
    if (check->message == NULL || service->kind != SERVICE_REQUEST) {
        return RESPONSE_OF_ANY;
    }
    bool *marked = arena_alloc_array(check->arena, check->graph->count, sizeof *marked);
    mark_behind(check, service, false, marked);
    bool succeeded = is_said(check, check->message, marked);
    mark_behind(check, service, true, marked);
    bool failed = is_said(check, check->message, marked);
    return succeeded == failed ? RESPONSE_OF_ANY
           : failed            ? RESPONSE_OF_FAILURE
                               : RESPONSE_OF_SUCCESS;
}

/* ---- parts of responses ---- */

/*
 * Whether what says what the service answers is wrong, its operation or its samples: that is the
 * mistake, and has been reported.
 */
static bool is_reported_elsewhere(const struct check *check, const struct service *service)
{
    const struct node *node =
        service->kind == SERVICE_SALESFORCE ? service->node : service->samples;
    const struct diagnostic *d = node != NULL ? check->diagnostics->first : NULL;
    for (; d != NULL; d = d->next) {
        if (d->severity == SEVERITY_ERROR && d->source == node->source &&
            d->range.start >= node->range.start && d->range.end <= node->range.end) {
            return true;
        }
    }
    return false;
}

/* Whether no sample of a request says what is in the responses of these ends. */
static bool lacks_sample_of(const struct service *service, enum response_ends ends)
{
    bool found = false;
    for (size_t i = 0; i < node_length(service->samples); i++) {
        bool failed = node_integer(node_get(service->samples->items[i], "status"), 0) >= 400;
        found = found || (ends & (failed ? RESPONSE_OF_FAILURE : RESPONSE_OF_SUCCESS)) != 0;
    }
    return service->kind == SERVICE_REQUEST && !found;
}

/* How the missing sample is called, and how it is written. */
struct sample_words {
    const char *key, *what, *example;
};

static struct sample_words words_for(const struct service *service, enum response_ends ends)
{
    if (service->samples == NULL) {
        return (struct sample_words){"samples", "its response",
                                     "`samples: [{status: 200, body: {…}}]`; conversations are "
                                     "tested with it, too"};
    }
    return ends == RESPONSE_OF_FAILURE
               ? (struct sample_words){"failures", "a failure", "`{status: 400, body: {…}}`"}
               : (struct sample_words){"successes", "a success", "`{status: 200, body: {…}}`"};
}

/* Of a request, only a sample says what the response is. An imported one comes without. */
static void report_sample(struct check *check, const struct reference *reference,
                          const struct service *service, enum response_ends ends)
{
    struct sample_words words = words_for(service, ends);
    struct slice key =
        arena_printf(check->arena, "%s of %.*s", words.key, SLICE_ARG(service->name));
    if (check->template->imported != NULL ||
        check_is_reported(check, key, reference->source, reference->range)) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0223, reference->source, reference->range,
                    "`%.*s` has no sample of %s, so this cannot be checked",
                    SLICE_ARG(service->name), words.what);
    diag_note(check->diagnostics, d, service->key->source, service->key->range, "add one here: %s",
              words.example);
    check_note_unknown(check, key, d);
}

static void offer_to(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

enum { MOST_LISTED = 12 };

struct name_list {
    struct builder out;
    size_t count;
    struct slice last;
};

static void list_name(void *context, struct slice name)
{
    struct name_list *list = context;
    if (slice_equal(name, list->last)) {
        return;
    }
    if (list->count < MOST_LISTED) {
        builder_printf(&list->out, "%s`%.*s`", list->count > 0 ? ", " : "", SLICE_ARG(name));
    }
    list->count++;
    list->last = name;
}

/* `records.Id`: what is before the missing part is a list. */
static bool is_below_list(struct check *check, const struct service *service,
                          const struct reference *probe, size_t segment)
{
    struct reference list = *probe;
    enum value_kind kind;
    size_t missing;
    list.count = segment;
    return segment > 2 &&
           response_look_up(check->arena, service, &list, check_response_ends(check, service),
                            &kind, &missing, NULL, NULL) == RESPONSE_FOUND &&
           kind == VALUE_LIST;
}

/* A field that the object of a query has, and the query, written as text, does not select. */
static bool is_unselected(struct check *check, const struct service *service,
                          const struct reference *probe)
{
    size_t record = response_record_at(service, probe);
    const struct sobject *object = service_sobject(service);
    if (service_operation(service) != OPERATION_QUERY || object == NULL || record >= probe->count) {
        return false;
    }
    return path_follow(check->arena, object, probe->segments + record, probe->count - record)
               .field != NULL;
}

/* `records[3]`, where the samples have lists of two. */
static void check_index(struct check *check, const struct reference *reference,
                        const struct service *service)
{
    size_t count;
    size_t place =
        response_beyond_samples(service, reference, 2, check_response_ends(check, service), &count);
    if (place == SIZE_MAX || check->template->imported != NULL) {
        return;
    }
    struct diagnostic *d = diag_report(
        check->diagnostics, W0231, reference->source, reference_segment_range(reference, place),
        "the samples of `%.*s` have no item `[%.*s]` here, but %zu item%s",
        SLICE_ARG(service->name), SLICE_ARG(reference->segments[place]), count,
        count == 1 ? "" : "s");
    diag_note(check->diagnostics, d, NULL, reference->range,
              "the first item is `[0]`; if responses have more items, add them to a sample");
}

/*
 * Checks `probe`, whose segments from 2 on lead into the service's answer. Its segments from `own`
 * on are those of `reference`, from 1 on.
 */
static void check_answer_path(struct check *check, const struct reference *reference,
                              const struct reference *probe, size_t own,
                              const struct service *service)
{
    enum value_kind kind;
    size_t segment;
    enum response_ends ends = check_response_ends(check, service);
    enum response_fact fact =
        response_look_up(check->arena, service, probe, ends, &kind, &segment, NULL, NULL);
    if (fact == RESPONSE_EMPTY) {
        diag_report(check->diagnostics, E0210, reference->source, reference->range,
                    "the response of `%.*s` has no body", SLICE_ARG(service->name));
        return;
    }
    if (fact == RESPONSE_UNKNOWN && lacks_sample_of(service, ends)) {
        report_sample(check, reference, service, ends);
        return;
    }
    if (fact != RESPONSE_NOT_FOUND || is_reported_elsewhere(check, service)) {
        return;
    }
    struct slice missing = segment < probe->count ? probe->segments[segment] : SLICE("");
    bool pointed = segment >= own && segment - own + 1 < reference->count;
    struct range place =
        pointed ? reference_segment_range(reference, segment - own + 1) : reference->range;
    struct diagnostic *d = diag_report(
        check->diagnostics, E0210, reference->source, place, "the response of `%.*s` has no `%.*s`",
        SLICE_ARG(service->name), SLICE_ARG(reference_path(check->arena, probe, 2)));
    struct suggestion s = suggestion_new(missing);
    response_look_up(check->arena, service, probe, ends, &kind, &segment, offer_to, &s);
    static const char *const lengths[] = {"size", "count", "len", "total", "totalCount", NULL};
    bool is_length =
        is_below_list(check, service, probe, segment) && slice_is_any(missing, lengths);
    if (s.best.length == 0 && (is_length || suggestion_is_near(missing, SLICE("length"), NULL))) {
        s.best = SLICE("length");
    }
    diag_suggest(check->diagnostics, d, s.best);
    if (s.best.length == 0 && is_below_list(check, service, probe, segment)) {
        diag_note(check->diagnostics, d, NULL, reference->range,
                  "`%.*s` is a list: write `%.*s[0].%.*s` for the first of its items",
                  SLICE_ARG(probe->segments[segment - 1]), SLICE_ARG(probe->segments[segment - 1]),
                  SLICE_ARG(missing));
    } else if (s.best.length == 0 && is_unselected(check, service, probe)) {
        diag_note(
            check->diagnostics, d, NULL, reference->range,
            "the query does not select it: add `%.*s` to its fields",
            SLICE_ARG(reference_path(check->arena, probe, response_record_at(service, probe))));
    } else if (s.best.length == 0) {
        struct name_list list = {.out = builder_new(check->arena)};
        response_look_up(check->arena, service, probe, ends, &kind, &segment, list_name, &list);
        if (list.count > 0 && list.count <= MOST_LISTED) {
            diag_note(check->diagnostics, d, NULL, reference->range, "it has %.*s",
                      SLICE_ARG(builder_slice(&list.out)));
        }
    }
}

/* ---- items of lists and tables ---- */

bool check_item_place(struct check *check, const struct message *message,
                      const struct reference *item, struct reference *place)
{
    const struct shown_records *records = message_records(message);
    const struct reference *list = records != NULL ? text_single(&records->each) : NULL;
    if (list == NULL) {
        return false;
    }
    enum value_kind kind = reference_value(check->analysis, list);
    if (check_resolution(check, list)->kind != REFERENCE_BODY ||
        (kind != VALUE_LIST && kind != VALUE_ANY)) {
        return false;
    }
    size_t count = list->count + item->count;
    struct slice *segments = arena_alloc_array(check->arena, count, sizeof *segments);
    memcpy(segments, list->segments, list->count * sizeof *segments);
    segments[list->count] = SLICE("0");
    for (size_t i = 1; i < item->count; i++) {
        segments[list->count + i] = item->segments[i];
    }
    *place = *list;
    place->segments = segments;
    place->count = count;
    return true;
}

/* Whether the response has the list; where it has not, or nobody says, that is told of the list. */
static bool has_list(struct check *check, const struct reference *list)
{
    enum value_kind kind;
    size_t segment;
    const struct service *service = check_resolution(check, list)->service;
    enum response_fact fact =
        response_look_up(check->arena, service, list, check_response_ends(check, service), &kind,
                         &segment, NULL, NULL);
    return fact != RESPONSE_NOT_FOUND && fact != RESPONSE_UNKNOWN;
}

static void check_item(struct check *check, const struct reference *item)
{
    const struct shown_records *records = message_records(check->message);
    const struct reference *list = records != NULL ? text_single(&records->each) : NULL;
    struct reference probe;
    if (list != NULL && check_item_place(check, check->message, item, &probe) &&
        has_list(check, list)) {
        check_answer_path(check, item, &probe, list->count + 1,
                          check_resolution(check, list)->service);
    }
}

static void check_answer(struct check *check, const struct reference *reference)
{
    const struct resolution *to = check_resolution(check, reference);
    if (to->kind == REFERENCE_BODY) {
        check_answer_path(check, reference, reference, 1, to->service);
        check_index(check, reference, to->service);
    } else if (to->kind == REFERENCE_ITEM && check->message != NULL) {
        check_item(check, reference);
    }
}

void check_answers(struct check *check)
{
    check_each_reference(check, check_answer);
}
