/*
 * The graph of a dialog as steps. A node that only one way leads to stands where that way comes
 * from: in the branch, or right behind. A node that several ways lead to stands behind the step
 * that all of them come from (its immediate dominator), under a label; the last way before it
 * falls through, the others `goto` it.
 */
#include "base/builder.h"
#include "import/private.h"

/* Branches that are nested deeper stand at the end of the flow, under a label. */
#define NESTING_LIMIT 8

#define NO_REGION SIZE_MAX

/* A condition for those that the language cannot say. */
#define NEVER "${context.see_xo} exists"

/* Which way a list of steps goes on at its end. */
enum { FOLLOW_END = -1, FOLLOW_NOTHING = -2 };

/* What is known of a node's place in the graph. */
struct place {
    size_t region;     /* nodes that are reached from one start; NO_REGION: not yet */
    size_t rank;       /* in reverse post-order of the region */
    size_t dominator;  /* the node that every way comes by */
    size_t ways;       /* transitions that lead here, within the region */
    size_t first_join; /* what it dominates and several ways lead to, the last in order first */
    size_t next_join;  /* of the dominator's */
    bool emitted;
};

struct flow_writer {
    struct import_dialog *d;
    struct arena *arena;
    struct place *places;
    size_t *order; /* of the present region, by rank */
    size_t order_count;
    size_t *detached; /* nodes that stand at the end because of the nesting */
    size_t detached_count;
    struct map labels;
};

/* ---- dominators ---- */

static void walk_region(struct flow_writer *w, size_t start, size_t region)
{
    struct import_dialog *d = w->d;
    size_t *stack = arena_alloc_array(w->arena, d->node_count + 1, sizeof *stack);
    size_t *edge = arena_alloc_array(w->arena, d->node_count + 1, sizeof *edge);
    size_t depth = 0;
    size_t end = d->node_count;
    stack[depth++] = start;
    w->places[start].region = region;
    while (depth > 0) {
        size_t at = stack[depth - 1];
        const struct import_node *node = &d->nodes[at];
        if (edge[at] == node->target_count) {
            w->order[--end] = at;
            depth--;
            continue;
        }
        size_t target = node->targets[edge[at]++];
        if (target != NO_TARGET && w->places[target].region == NO_REGION) {
            w->places[target].region = region;
            stack[depth++] = target;
        }
    }
    w->order_count = d->node_count - end;
    memmove(w->order, w->order + end, w->order_count * sizeof *w->order);
    for (size_t i = 0; i < w->order_count; i++) {
        w->places[w->order[i]].rank = i;
        w->places[w->order[i]].dominator = NO_TARGET;
        w->places[w->order[i]].ways = 0;
        w->places[w->order[i]].first_join = NO_TARGET;
    }
}

static void link_joins(struct flow_writer *w)
{
    for (size_t i = 1; i < w->order_count; i++) {
        struct place *place = &w->places[w->order[i]];
        if (place->ways > 1) {
            place->next_join = w->places[place->dominator].first_join;
            w->places[place->dominator].first_join = w->order[i];
        }
    }
}

static size_t common_dominator(const struct flow_writer *w, size_t a, size_t b)
{
    while (a != b) {
        while (w->places[a].rank > w->places[b].rank) {
            a = w->places[a].dominator;
        }
        while (w->places[b].rank > w->places[a].rank) {
            b = w->places[b].dominator;
        }
    }
    return a;
}

/* Cooper, Harvey, Kennedy: pushes dominators along the edges until nothing changes. */
static void find_dominators(struct flow_writer *w, size_t start)
{
    struct import_dialog *d = w->d;
    size_t region = w->places[start].region;
    w->places[start].dominator = start;
    bool changed = true;
    bool first = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < w->order_count; i++) {
            size_t at = w->order[i];
            for (size_t j = 0; j < d->nodes[at].target_count; j++) {
                size_t target = d->nodes[at].targets[j];
                if (target == NO_TARGET || w->places[target].region != region) {
                    continue;
                }
                struct place *place = &w->places[target];
                place->ways += first;
                if (target == start || w->places[at].dominator == NO_TARGET) {
                    continue;
                }
                size_t dominator =
                    place->dominator == NO_TARGET ? at : common_dominator(w, place->dominator, at);
                changed = changed || dominator != place->dominator;
                place->dominator = dominator;
            }
        }
        first = false;
    }
}

/* True when the only way to `target` is one transition of `from`. */
static bool belongs_to(const struct flow_writer *w, size_t target, size_t from)
{
    return target != NO_TARGET && target != 0 && !w->places[target].emitted &&
           w->places[target].region == w->places[from].region && w->places[target].ways == 1 &&
           w->places[target].dominator == from && target != from;
}

/* ---- labels ---- */

static struct slice label_of(struct flow_writer *w, size_t node)
{
    struct import_node *n = &w->d->nodes[node];
    if (!n->needs_label) {
        n->needs_label = true;
        struct slice wanted = n->name.data[0] == '_' ? SLICE("step") : n->name;
        n->label = import_unique(w->arena, &w->labels, wanted, "-", n);
    }
    return n->label;
}

/* ---- conditions ---- */

/* A value between quotes where it needs them; false when it has both kinds. */
static bool add_value(struct builder *out, struct slice value)
{
    bool bare = value.length > 0 && !slice_is(value, "and") && !slice_is(value, "or");
    for (size_t i = 0; bare && i < value.length; i++) {
        char c = value.data[i];
        bare = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    }
    if (bare) {
        builder_add(out, value);
        return true;
    }
    bool single = slice_find(value, "'", 0) != SIZE_MAX;
    if (single && slice_find(value, "\"", 0) != SIZE_MAX) {
        return false;
    }
    builder_printf(out, "%c%.*s%c", single ? '"' : '\'', SLICE_ARG(value), single ? '"' : '\'');
    return true;
}

/* context.session.BotUserSession.name */
static bool is_context_path(struct slice path)
{
    if (!slice_starts_with(path, "context.") || path.length > 500) {
        return false;
    }
    bool start = false;
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (start ? !letter : !letter && !(c >= '0' && c <= '9') && c != '.') {
            return false;
        }
        start = c == '.';
    }
    return !start;
}

/* What the context path is called in the language. */
static struct slice reference_of_path(struct flow_writer *w, struct slice path)
{
    static const char status[] = ".response.statusCode";
    struct slice inside = slice_part(path, strlen("context."), path.length);
    if (!slice_ends_with(inside, status)) {
        return path;
    }
    struct slice name = slice_part(inside, 0, inside.length - strlen(status));
    const struct node *services = node_get(w->d->root, "services");
    return node_member(services, name) != NULL
               ? arena_printf(w->arena, "%.*s.status", SLICE_ARG(name))
               : path;
}

/* The reference that a test begins with; empty when the language has none. */
static struct slice reference_of(struct flow_writer *w, const struct node *test)
{
    struct slice field = bot_text(test, "field");
    const struct import_node *asked = field.length > 0 ? map_get(&w->d->by_node_id, field) : NULL;
    if (asked != NULL) {
        return asked->kind == DIALOG_ENTITY ? asked->name : SLICE("");
    }
    struct slice path = bot_text(test, "context");
    return is_context_path(path) ? reference_of_path(w, path) : SLICE("");
}

static const struct {
    const char *name;
    const char *text;
    bool has_value;
} operators[] = {
    {"eq", "==", true},  {"neq", "!=", true},       {"gt", ">", true},
    {"gte", ">=", true}, {"cnt", "contains", true}, {"dne", "missing", false},
};

/* Appends `${name} == value`; false when the language cannot say the test. */
static bool add_test(struct flow_writer *w, struct builder *out, const struct node *test)
{
    struct slice reference = reference_of(w, test);
    const struct node *op = node_get(test, "op");
    if (reference.length == 0) {
        return false;
    }
    builder_printf(out, "${%.*s} ", SLICE_ARG(reference));
    /* no operator, or one that is empty: it has a value */
    if (op == NULL ||
        (node_is(op, NODE_STRING) && op->text.length == 0 && bot_text(test, "value").length == 0)) {
        builder_add_text(out, "exists");
        return true;
    }
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (node_is(op, NODE_STRING) && slice_is(op->text, operators[i].name)) {
            builder_add_text(out, operators[i].text);
            if (!operators[i].has_value) {
                return true;
            }
            const struct node *value = node_get(test, "value");
            builder_add_char(out, ' ');
            return node_is(value, NODE_STRING) && add_value(out, value->text);
        }
    }
    return false;
}

/*
 * The condition of a transition as text. What the language cannot say (a condition that nobody has
 * filled in, `or`, an intent) becomes one that never holds; `xo` has the real one.
 */
static struct slice condition_of(struct flow_writer *w, const struct node *condition)
{
    struct builder out = builder_new(w->arena);
    const struct node *tests = node_get(condition, "tests");
    bool known = tests != NULL
                     ? slice_is(bot_text(condition, "conjoin"), "and") && node_length(tests) > 1
                     : add_test(w, &out, condition);
    for (size_t i = 0; known && i < node_length(tests); i++) {
        builder_add_text(&out, i > 0 ? " and " : "");
        known = add_test(w, &out, tests->items[i]);
    }
    return known ? arena_slice(w->arena, builder_slice(&out)) : SLICE(NEVER);
}

/* ---- steps of nodes ---- */

/* The settings of a node that are not the platform's usual ones. */
static struct node *options_of(struct flow_writer *w, const struct import_node *node)
{
    static const struct {
        const char *key;
        const char *usual; /* "true" and "false" are booleans */
    } usual[] = {
        {"transitionType", "auto"},
        {"isRetriesExceeded", "false"},
        {"promptOptions", "required"},
        {"reuseMarkedupPhrases", "false"},
        {"transitionMode", "initiateCurrentTask"},
        {"inputHandlingOptions", "useAsEntityValue"},
        {"reuseOptions", "1"},
        {"userInputCorrection", "true"},
        {"noAutoCorrection", "false"},
        {"notForReuse", "false"},
        {"precedence", "entityOverIntent"},
        {"errorPromptSequencing", ""},
        {"arraySize", ""},
    };
    const struct node *options = node_get(node->stub, "nodeOptions");
    struct node *out = node_new_mapping(w->arena);
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        const struct node *value = node_get(options, usual[i].key);
        bool is_usual = value == NULL;
        if (node_is(value, NODE_STRING)) {
            is_usual = slice_is(value->text, usual[i].usual);
        } else if (node_is(value, NODE_BOOLEAN)) {
            is_usual = strcmp(usual[i].usual, value->boolean ? "true" : "false") == 0;
        }
        const struct node *entity =
            node->kind == DIALOG_ENTITY
                ? node_get(node_member(node_get(w->d->root, "entities"), node->name)->value,
                           "optional")
                : NULL;
        bool said = strcmp(usual[i].key, "promptOptions") == 0 && entity != NULL &&
                    node_is(value, NODE_STRING) && slice_is(value->text, "optional");
        if (!is_usual && !said) {
            node_set(w->arena, out, slice_of(usual[i].key), value);
        }
    }
    const struct node *interrupts = node_get(options, "interruptOptions");
    bool enabled = true;
    const struct node *flag = node_get(interrupts, "interruptsEnabled");
    enabled = flag == NULL || flag->boolean;
    if (interrupts != NULL && (node_get(interrupts, "type") != NULL || !enabled ||
                               !slice_is(bot_text(interrupts, "priority"), "task"))) {
        node_set(w->arena, out, SLICE("interruptOptions"), interrupts);
    }
    const struct node *events = node_get(options, "eventOptions");
    const struct node *usual_event = node_get(events, "defaultMaxRetry");
    bool leads = node_get(usual_event, "ref") != NULL && bot_text(usual_event, "ref").length > 0;
    bool unusual =
        node_get(events, "maxRetry") != NULL ||
        (usual_event != NULL && !slice_is(bot_text(usual_event, "action"), "endOfDialog"));
    const struct node *limit = node_get(usual_event, "retry_limit");
    if (events != NULL && unusual && !leads && (limit == NULL || limit->kind == NODE_INTEGER)) {
        node_set(w->arena, out, SLICE("eventOptions"), events);
    }
    const struct node *tags = node_get(options, "customTags");
    bool tagged = false;
    for (size_t i = 0; node_is(tags, NODE_MAPPING) && i < tags->count; i++) {
        const struct node *list = tags->members[i].value;
        for (size_t j = 0; j < node_length(list); j++) {
            tagged = tagged || bot_text(list->items[j], "name").length > 0 ||
                     bot_text(list->items[j], "value").length > 0;
        }
    }
    if (tagged) {
        struct node *kept = node_copy(w->arena, tags);
        node_remove(kept, SLICE("altText"));
        node_set(w->arena, out, SLICE("customTags"), kept);
    }
    return out->count > 0 ? out : NULL;
}

static struct node *members_of(struct flow_writer *w, const struct import_node *node)
{
    struct import_dialog *d = w->d;
    struct node *list = node_new_sequence(w->arena);
    const struct node *members = node_get(node->stub, "nodes");
    const struct node *services = node_get(d->root, "services");
    for (size_t i = 0; i < node_length(members); i++) {
        if (import_is_prepared(d, services, members, i)) {
            continue;
        }
        const struct node *component = bot_component(d->importer->bot, members->items[i]);
        struct slice type = bot_text(members->items[i], "type");
        bool is_service = slice_is(type, "service");
        bool is_logic = slice_is(type, "logic");
        enum dialog_kind kind = is_service ? DIALOG_SERVICE
                                : is_logic ? DIALOG_LOGIC
                                           : DIALOG_SCRIPT;
        struct node *member = node_new_mapping(w->arena);
        node_set_text(w->arena, member,
                      is_service ? "call"
                      : is_logic ? "logic"
                                 : "run",
                      import_component_name(d, kind, component));
        node_append(w->arena, list, member);
    }
    return list;
}

/* The identifier by which `dialog:` calls the dialog of an intent node. */
static struct slice callee_of(struct flow_writer *w, const struct import_node *node)
{
    struct import_dialog *d = w->d;
    struct arena *arena = w->arena;
    struct slice dialog_id = bot_text(node->component, "dialogId");
    const struct import_dialog *callee = map_get(&d->importer->by_dialog_id, dialog_id);
    if (callee != NULL && callee->selected && callee->intent == node->component) {
        return callee->id;
    }
    struct node *dialogs = node_get(d->root, "dialogs");
    struct slice name = bot_text(node->component, "name");
    struct slice id = callee != NULL && callee->intent == node->component
                          ? callee->id
                          : import_identifier(arena, name, "dialog");
    if (dialogs == NULL) {
        dialogs = node_new_mapping(arena);
        node_set(arena, d->root, SLICE("dialogs"), dialogs);
    }
    struct slice component = bot_text(node->component, "_id");
    struct slice wanted = id;
    for (size_t number = 2;; number++) {
        const struct member *taken = node_member(dialogs, wanted);
        bool own = taken != NULL && slice_equal(bot_text(taken->value, "component"), component);
        const struct import_dialog *named = map_get(&d->importer->ids, wanted);
        bool clash = named != NULL && named != callee;
        if (own) {
            return wanted;
        }
        if (taken == NULL && !clash) {
            break;
        }
        wanted = arena_printf(arena, "%.*s-%zu", SLICE_ARG(id), number);
    }
    struct node *other = node_new_mapping(arena);
    node_set_text(arena, other, "intent", name.length > 0 ? name : SLICE("unknown"));
    struct node *title = import_localized(d, node->component, "intent", name);
    if (title != NULL) {
        node_set(arena, other, SLICE("title"), title);
    }
    struct node *label = import_localized(d, node->component, "label", SLICE(""));
    if (label != NULL) {
        node_set(arena, other, SLICE("label"), label);
    }
    struct node *description = import_localized(d, node->component, "desc", SLICE(""));
    if (description != NULL) {
        node_set(arena, other, SLICE("description"), description);
    }
    if (slice_starts_with(dialog_id, "dg-")) {
        node_set_text(arena, other, "id", dialog_id);
    }
    struct slice ref = bot_text(node->stub, "flowTaskId");
    if (ref.length > 0) {
        node_set_text(arena, other, "ref", ref);
    }
    if (slice_starts_with(component, "dc-")) {
        node_set_text(arena, other, "component", component);
        node_set_text(arena, other, "componentRef", bot_text(node->component, "refId"));
    }
    node_set(arena, dialogs, wanted, other);
    return wanted;
}

static void add_display(struct flow_writer *w, struct node *step, const struct import_node *node)
{
    struct node *display = import_localized(w->d, node->component, "label", node->name);
    if (display != NULL) {
        node_set(w->arena, step, SLICE("display"), display);
    }
}

/* Other words for yes and no. */
static void add_yes_and_no(struct flow_writer *w, struct node *step, const struct import_node *node)
{
    static const char *const words[] = {"yes", "no"};
    struct import_dialog *d = w->d;
    struct node *synonyms = node_new_mapping(w->arena);
    const struct node *data = node_get(node->component, "localeData");
    for (size_t i = 0; i < 2; i++) {
        struct node *map = node_new_mapping(w->arena);
        bool whole = true;
        for (size_t j = 0; j < d->locale_count; j++) {
            struct member *own = node_member(data, d->locales[j]);
            const struct node *list =
                own != NULL ? node_get(node_get(own->value, "synonyms"), words[i]) : NULL;
            for (size_t k = 0; k < node_length(list); k++) {
                whole = whole && node_is(list->items[k], NODE_STRING) &&
                        list->items[k]->text.length > 0;
            }
            if (node_length(list) > 0) {
                node_set(w->arena, map, d->locales[j], list);
            }
        }
        if (map->count > 0 && whole) {
            node_set(w->arena, synonyms, slice_of(words[i]),
                     d->locale_count == 1 ? map->members[0].value : map);
        }
    }
    if (synonyms->count > 0) {
        node_set(w->arena, step, SLICE("synonyms"), synonyms);
    }
}

static void add_flag(struct flow_writer *w, struct node *step, const char *key)
{
    node_set(w->arena, step, slice_of(key), node_new_boolean(w->arena, true));
}

/* The step of a node, without its branches. */
static struct node *step_of(struct flow_writer *w, const struct import_node *node)
{
    struct node *step = node_new_mapping(w->arena);
    struct arena *arena = w->arena;
    const struct node *flag = node_get(node->component, "applyDefaultTemplate");
    struct node *question;
    switch (node->kind) {
    case DIALOG_ENTITY:
        node_set_text(arena, step, "ask", node->name);
        break;
    case DIALOG_MESSAGE:
        node_set_text(arena, step, "say", node->name);
        break;
    case DIALOG_CONFIRM:
        question = import_messages(w->d, node->component, "message");
        node_set(arena, step, SLICE("confirm"),
                 question != NULL ? question : node_new_text(arena, SLICE("(see xo)")));
        node_set_text(arena, step, "name", node->name);
        add_display(w, step, node);
        add_yes_and_no(w, step, node);
        if (node_is(flag, NODE_BOOLEAN) && flag->boolean) {
            add_flag(w, step, "defaultTemplate");
        }
        break;
    case DIALOG_ACTION: {
        node_set_text(arena, step, "action", node->name);
        node_set(arena, step, SLICE("do"), members_of(w, node));
        add_display(w, step, node);
        struct node *text = import_localized(w->d, node->component, "desc", SLICE(""));
        if (text != NULL) {
            node_set(arena, step, SLICE("description"), text);
        }
        break;
    }
    case DIALOG_SCRIPT:
        node_set_text(arena, step, "run", node->name);
        add_flag(w, step, "bare");
        break;
    case DIALOG_SERVICE:
        node_set_text(arena, step, "call", node->name);
        add_flag(w, step, "bare");
        break;
    case DIALOG_CALL:
        node_set_text(arena, step, "dialog", callee_of(w, node));
        break;
    case DIALOG_TRANSFER:
        add_flag(w, step, "transfer");
        node_set_text(arena, step, "name", node->name);
        add_display(w, step, node);
        break;
    case DIALOG_FORM:
        node_set_text(arena, step, "form", node->name);
        break;
    default:
        break; /* a logic node is its `choose` */
    }
    return step;
}

/* ---- branches ---- */

static struct node *end_step(struct flow_writer *w)
{
    return node_new_text(w->arena, SLICE("end"));
}

/* The steps that lead to `target` at the end of a list that goes on with `follow`. */
static void add_jump(struct flow_writer *w, struct node *list, size_t target, long follow)
{
    if (target == NO_TARGET || target == 0) {
        if (follow != FOLLOW_END) {
            node_append(w->arena, list, end_step(w));
        }
    } else if (follow < 0 || (size_t)follow != target) {
        struct node *step = node_new_mapping(w->arena);
        node_set_text(w->arena, step, "goto", label_of(w, target));
        node_append(w->arena, list, step);
    }
}

static void add_sequence(struct flow_writer *w, struct node *list, size_t start, long follow,
                         size_t depth);

/* The steps of a branch of `from`. */
static struct node *branch_to(struct flow_writer *w, size_t from, size_t target, long follow,
                              size_t depth)
{
    struct node *list = node_new_sequence(w->arena);
    if (!belongs_to(w, target, from)) {
        add_jump(w, list, target, follow);
    } else if (depth >= NESTING_LIMIT) {
        w->detached = arena_grow(w->arena, w->detached, w->detached_count, w->detached_count + 1,
                                 sizeof *w->detached);
        w->detached[w->detached_count++] = target;
        add_jump(w, list, target, FOLLOW_NOTHING);
    } else {
        add_sequence(w, list, target, follow, depth + 1);
    }
    return list;
}

/* The transitions of a node in the language's order: conditions, then the default. */
struct ways {
    size_t *conditions; /* numbers of transitions */
    size_t condition_count;
    size_t fallback; /* the target of the default */
    bool has_default;
};

static struct ways ways_of(struct flow_writer *w, const struct import_node *node)
{
    struct ways ways = {.fallback = NO_TARGET};
    const struct node *transitions = node_get(node->stub, "transitions");
    ways.conditions = arena_alloc_array(w->arena, node->target_count + 1, sizeof(size_t));
    for (size_t i = 0; i < node->target_count; i++) {
        if (node_get(transitions->items[i], "if") != NULL) {
            ways.conditions[ways.condition_count++] = i;
        } else {
            ways.fallback = node->targets[i];
            ways.has_default = true;
        }
    }
    return ways;
}

static const struct node *condition_at(const struct import_node *node, size_t transition)
{
    return node_get(node_get(node->stub, "transitions")->items[transition], "if");
}

/* `choose: ${name}` with `cases` reads better than a list of `${name} == value`. */
static struct slice common_reference(struct flow_writer *w, const struct import_node *node,
                                     const struct ways *ways)
{
    struct slice common = SLICE("");
    for (size_t i = 0; i < ways->condition_count; i++) {
        const struct node *test = condition_at(node, ways->conditions[i]);
        struct slice reference = reference_of(w, test);
        bool equals = node_get(test, "tests") == NULL && slice_is(bot_text(test, "op"), "eq") &&
                      bot_text(test, "value").length > 0;
        if (!equals || reference.length == 0 || (i > 0 && !slice_equal(reference, common))) {
            return SLICE("");
        }
        common = reference;
    }
    return ways->condition_count > 1 ? common : SLICE("");
}

static void add_choose(struct flow_writer *w, struct node *step, size_t at, const struct ways *ways,
                       long follow, size_t depth)
{
    const struct import_node *node = &w->d->nodes[at];
    struct slice common = common_reference(w, node, ways);
    struct node *cases = node_new_sequence(w->arena);
    if (common.length > 0) {
        node_set_text(w->arena, step, "choose",
                      arena_printf(w->arena, "${%.*s}", SLICE_ARG(common)));
        node_set(w->arena, step, SLICE("cases"), cases);
    } else {
        node_set(w->arena, step, SLICE("choose"), cases);
    }
    if (ways->condition_count == 0) { /* a logic node that nobody has filled in */
        struct node *branch = node_new_mapping(w->arena);
        node_set_text(w->arena, branch, "when", SLICE(NEVER));
        node_set(w->arena, branch, SLICE("then"), node_new_sequence(w->arena));
        node_append(w->arena, cases, branch);
    }
    for (size_t i = 0; i < ways->condition_count; i++) {
        const struct node *test = condition_at(node, ways->conditions[i]);
        struct node *branch = node_new_mapping(w->arena);
        node_set_text(w->arena, branch, "when",
                      common.length > 0 ? bot_text(test, "value") : condition_of(w, test));
        node_set(w->arena, branch, SLICE("then"),
                 branch_to(w, at, node->targets[ways->conditions[i]], follow, depth));
        node_append(w->arena, cases, branch);
    }
}

/* yes, no, and what is neither. */
static void add_answers(struct flow_writer *w, struct node *step, size_t at,
                        const struct ways *ways, long follow, size_t depth)
{
    static const char *const answers[] = {"yes", "no"};
    const struct import_node *node = &w->d->nodes[at];
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < ways->condition_count; j++) {
            struct slice answer = bot_text(condition_at(node, ways->conditions[j]), "dialogAct");
            if (slice_is(answer, answers[i])) {
                struct node *branch =
                    branch_to(w, at, node->targets[ways->conditions[j]], follow, depth);
                if (branch->count > 0) {
                    node_set(w->arena, step, slice_of(answers[i]), branch);
                }
                break;
            }
        }
    }
}

/* Where the transition of an answer leads; NO_TARGET where there is none. */
static size_t answer_target(const struct import_node *node, const struct ways *ways,
                            const char *answer)
{
    for (size_t i = 0; i < ways->condition_count; i++) {
        if (slice_is(bot_text(condition_at(node, ways->conditions[i]), "dialogAct"), answer)) {
            return node->targets[ways->conditions[i]];
        }
    }
    return NO_TARGET;
}

/*
 * What follows an answer that is neither yes nor no; without `else` the same as a no. Returns the
 * node that goes on in the same list, or NO_TARGET.
 */
static size_t add_neither(struct flow_writer *w, struct node *step, size_t at,
                          const struct ways *ways, long next, bool goes_on, size_t depth)
{
    const struct import_node *node = &w->d->nodes[at];
    if (!ways->has_default) {
        node_set_text(w->arena, step, "else", SLICE("none"));
    } else if (goes_on) {
        node_set(w->arena, step, SLICE("else"), node_new_sequence(w->arena));
        return ways->fallback;
    } else if (answer_target(node, ways, "no") != ways->fallback) {
        node_set(w->arena, step, SLICE("else"), branch_to(w, at, ways->fallback, next, depth));
    }
    return NO_TARGET;
}

/* What a node dominates and several ways lead to, put on the stack so that the first is on top. */
static size_t *push_joins(struct flow_writer *w, size_t at, size_t *stack, size_t *count)
{
    for (size_t join = w->places[at].first_join; join != NO_TARGET;
         join = w->places[join].next_join) {
        stack = arena_grow(w->arena, stack, *count, *count + 1, sizeof *stack);
        stack[(*count)++] = join;
    }
    return stack;
}

static void note_emitted(struct flow_writer *w, size_t at, struct node *step)
{
    struct import_dialog *d = w->d;
    w->places[at].emitted = true;
    d->nodes[at].step = step;
    if (at != 0) {
        d->emitted[d->emitted_count++] = at;
    }
}

/*
 * Appends the step of a node and its branches. Returns the node that goes on in the same list, or
 * NO_TARGET when the list ends here or goes on with what is on the stack.
 */
static size_t add_node_steps(struct flow_writer *w, struct node *list, size_t at, long follow,
                             bool has_joins, size_t depth)
{
    const struct import_node *node = &w->d->nodes[at];
    struct ways ways = ways_of(w, node);
    struct node *step = step_of(w, node);
    bool is_confirm = node->kind == DIALOG_CONFIRM;
    bool is_logic = node->kind == DIALOG_LOGIC;
    bool straight = belongs_to(w, ways.fallback, at);
    struct node *options = options_of(w, node);
    note_emitted(w, at, step);
    if (at != 0) {
        node_append(w->arena, list, step);
    }
    bool branches = is_confirm || is_logic || ways.condition_count > 0;
    /* without joins the default goes on in this list, and branches lead away from it */
    long next = straight && !has_joins ? (long)ways.fallback : follow;
    struct node *holder = step;
    if (is_confirm) {
        if (options != NULL) {
            node_set(w->arena, step, SLICE("options"), options);
        }
        add_answers(w, step, at, &ways, next, depth);
        return add_neither(w, step, at, &ways, next, straight && !has_joins, depth);
    } else if (branches) {
        if (!is_logic) {
            holder = node_new_mapping(w->arena);
            node_append(w->arena, list, holder);
        }
        if (at != 0 && options != NULL) {
            node_set(w->arena, step, SLICE("options"), options);
        }
        add_choose(w, holder, at, &ways, next, depth);
        if (is_logic) {
            node_set_text(w->arena, step, "node", node->name);
            add_display(w, step, node);
        }
    } else if (at != 0 && options != NULL) {
        node_set(w->arena, step, SLICE("options"), options);
    }
    if (straight && !has_joins) {
        return ways.fallback;
    }
    if (!branches) {
        if (straight) {
            return ways.fallback;
        }
        if (node->kind != DIALOG_TRANSFER) {
            add_jump(w, list, ways.fallback, follow);
        }
        return NO_TARGET;
    }
    struct node *otherwise = branch_to(w, at, ways.fallback, follow, depth);
    if (otherwise->count > 0) {
        node_set(w->arena, holder, SLICE("else"), otherwise);
    }
    return NO_TARGET;
}

static void add_sequence(struct flow_writer *w, struct node *list, size_t start, long follow,
                         size_t depth)
{
    size_t *joins = NULL;
    size_t join_count = 0;
    size_t at = start;
    for (;;) {
        size_t before = join_count;
        joins = push_joins(w, at, joins, &join_count);
        long next = join_count > 0 ? (long)joins[join_count - 1] : follow;
        at = add_node_steps(w, list, at, next, join_count > before, depth);
        while (at == NO_TARGET || w->places[at].emitted) {
            if (join_count == 0) {
                return;
            }
            at = joins[--join_count];
        }
    }
}

/* ---- the whole ---- */

/* A region: what can be reached from `start` and stands nowhere yet. */
static void add_region(struct flow_writer *w, struct node *list, size_t start, size_t region,
                       long follow)
{
    walk_region(w, start, region);
    find_dominators(w, start);
    link_joins(w);
    add_sequence(w, list, start, follow, 0);
    for (size_t i = 0; i < w->detached_count; i++) {
        add_sequence(w, list, w->detached[i], FOLLOW_NOTHING, 0);
    }
    w->detached_count = 0;
}

/* Questions that follow one another are one step. */
static void join_asks(struct flow_writer *w, struct node *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct node *step = list->items[i];
        struct node *last = kept > 0 ? list->items[kept - 1] : NULL;
        struct node *names = node_get(last, "ask");
        const struct node *name = node_get(step, "ask");
        for (size_t j = 0; node_is(step, NODE_MAPPING) && j < step->count; j++) {
            static const char *const branches[] = {"yes", "no", "else", NULL};
            struct node *value = step->members[j].value;
            if (slice_is_any(step->members[j].key->text, branches) &&
                value->kind == NODE_SEQUENCE) {
                join_asks(w, value);
            }
            for (size_t k = 0; k < node_length(value); k++) {
                struct node *then = node_get(value->items[k], "then");
                if (then != NULL) {
                    join_asks(w, then);
                }
            }
        }
        if (names != NULL && name != NULL && step->count == 1 && last->count <= 1) {
            if (names->kind == NODE_STRING) {
                struct node *both = node_new_sequence(w->arena);
                node_append(w->arena, both, names);
                node_set(w->arena, last, SLICE("ask"), both);
                names = both;
            }
            node_append(w->arena, names, name);
        } else {
            list->items[kept++] = step;
        }
    }
    list->count = kept;
}

/* The label stands first, where a reader looks for it. */
static void put_label(struct flow_writer *w, struct node *step, struct slice label)
{
    node_set_text(w->arena, step, "label", label);
    struct member last = step->members[step->count - 1];
    memmove(&step->members[1], &step->members[0], (step->count - 1) * sizeof *step->members);
    step->members[0] = last;
}

static void add_labels(struct flow_writer *w)
{
    for (size_t i = 1; i < w->d->node_count; i++) {
        struct import_node *node = &w->d->nodes[i];
        if (node->needs_label && node->step != NULL) {
            put_label(w, node->step, node->label);
        }
    }
}

/* Every node as a step, one after the other: `xo` has the transitions. */
static void add_flat(struct flow_writer *w, struct node *list)
{
    for (size_t i = 1; i < w->d->node_count; i++) {
        struct node *step = step_of(w, &w->d->nodes[i]);
        if (w->d->nodes[i].kind == DIALOG_LOGIC) {
            struct node *cases = node_new_sequence(w->arena);
            struct node *branch = node_new_mapping(w->arena);
            node_set_text(w->arena, branch, "when", SLICE(NEVER));
            node_set(w->arena, branch, SLICE("then"), node_new_sequence(w->arena));
            node_append(w->arena, cases, branch);
            node_set(w->arena, step, SLICE("choose"), cases);
            node_set_text(w->arena, step, "node", w->d->nodes[i].name);
        }
        node_append(w->arena, list, step);
        note_emitted(w, i, step);
    }
}

static void write_flow(struct flow_writer *w, struct node *list, long follow)
{
    struct import_dialog *d = w->d;
    d->emitted_count = 0;
    w->labels = map_new(w->arena);
    for (size_t i = 0; i < d->node_count; i++) {
        w->places[i] = (struct place){.region = NO_REGION};
        d->nodes[i].needs_label = false;
        d->nodes[i].step = NULL;
    }
    if (d->flat) {
        add_flat(w, list);
        return;
    }
    size_t region = 0;
    add_region(w, list, 0, region++, follow);
    for (size_t i = 1; i < d->node_count; i++) {
        if (w->places[i].region == NO_REGION) {
            /* a start that nothing leads to, where there is one */
            add_region(w, list, i, region++, FOLLOW_NOTHING);
        }
    }
}

struct node *import_flow(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct flow_writer w = {.d = d, .arena = arena};
    w.places = arena_alloc_array(arena, d->node_count + 1, sizeof *w.places);
    w.order = arena_alloc_array(arena, d->node_count + 1, sizeof *w.order);
    d->emitted = arena_alloc_array(arena, d->node_count + 1, sizeof *d->emitted);
    struct node *list = node_new_sequence(arena);
    write_flow(&w, list, FOLLOW_END);
    bool more = false; /* is there anything behind the flow that starts with the intent? */
    for (size_t i = 0; i < d->node_count; i++) {
        more = more || w.places[i].region != 0;
    }
    if (!d->flat && (more || w.detached != NULL)) {
        list = node_new_sequence(arena);
        write_flow(&w, list, FOLLOW_NOTHING);
        const struct node *last = list->count > 0 ? list->items[list->count - 1] : NULL;
        list->count -= node_is(last, NODE_STRING);
    }
    add_labels(&w);
    join_asks(&w, list);
    return list;
}
